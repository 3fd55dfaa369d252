"""Whether an index still fits its corpus: names, sizes and times of the files first, their hashes only in doubt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple


class Fingerprint(NamedTuple):
    """``files`` maps each file's name to its size (bytes), modification time (ns) and SHA-256."""

    files: dict[str, tuple[int, int, str]]

    def looks_fresh(self, folder: Path) -> bool:
        """Whether names, sizes and times are still the same: no file is read."""
        return {name: (size, time) for name, (size, time, _) in self.files.items()} == _looks(folder)

    def is_fresh(self, folder: Path) -> bool:
        """Whether names and contents are still the same: every file is read where a time differs."""
        looks = _looks(folder)
        if looks.keys() != self.files.keys():
            return False
        for name, (size, time, digest) in self.files.items():
            if looks[name] != (size, time) and (looks[name][0] != size or _digest(folder / name) != digest):
                return False
        return True

    def to_json(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {"files": self.files}

    @classmethod
    def from_json(cls, raw: Any) -> Fingerprint:
        """Read back; raises KeyError, TypeError or ValueError for anything else."""
        return cls({str(k): (int(v[0]), int(v[1]), str(v[2])) for k, v in raw["files"].items()})


def take(folder: Path) -> Fingerprint:
    """The fingerprint of a corpus folder as it is now."""
    return Fingerprint({name: (*look, _digest(folder / name)) for name, look in _looks(folder).items()})


def _looks(folder: Path) -> dict[str, tuple[int, int]]:
    # Only files that make the corpus count; the pattern is load.study_files', kept here free of heavy imports.
    looks = {}
    for pattern in ("*.toml", "sources/*.txt"):
        for path in folder.glob(pattern):
            stat = path.stat()
            looks[path.relative_to(folder).as_posix()] = (stat.st_size, stat.st_mtime_ns)
    return looks


def _digest(path: Path) -> str:
    import hashlib  # takes longer to import than the warm path has

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def dumps(print: Fingerprint) -> str:
    """One JSON line."""
    return json.dumps(print.to_json(), ensure_ascii=False)
