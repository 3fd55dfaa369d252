"""Whether an index still fits its corpus: names, sizes and times of the files first, their hashes only in doubt."""

from __future__ import annotations

import contextlib
import stat
import threading
from pathlib import Path
from typing import Any, NamedTuple


class Fingerprint(NamedTuple):
    """``files`` maps each file's name to its size (bytes), modification time (ns) and SHA-256."""

    files: dict[str, tuple[int, int, str]]

    def looks_fresh(self, folder: Path) -> bool:
        """Whether names, sizes and times are still the same: no file is read."""
        return {name: (size, time) for name, (size, time, _) in self.files.items()} == _looks(folder)

    def renewed(self, folder: Path) -> Fingerprint | None:
        """The fingerprint with the times of now, where names and contents are still the same; None where they are not.

        Only files whose time differs are read. Raises OSError for one that cannot be.
        """
        looks = _looks(folder)
        if looks.keys() != self.files.keys():
            return None
        for name, (size, time, digest) in self.files.items():
            if looks[name] != (size, time) and (looks[name][0] != size or _digest(folder / name) != digest):
                return None
        return Fingerprint({name: (*looks[name], digest) for name, (_, _, digest) in self.files.items()})

    def to_json(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {"files": self.files}

    @classmethod
    def from_json(cls, raw: Any) -> Fingerprint:
        """Read back; raises KeyError, TypeError or ValueError for anything else."""
        return cls({str(k): (int(v[0]), int(v[1]), str(v[2])) for k, v in raw["files"].items()})


def take(folder: Path) -> Fingerprint:
    """The fingerprint of a corpus folder as it is now. A file that cannot be read has no hash: it is never fresh."""
    files = {}
    for name, look in _looks(folder).items():
        with contextlib.suppress(OSError):  # loading says what is wrong with it
            files[name] = (*look, _digest(folder / name))
    return Fingerprint(files)


class Taking:
    """A fingerprint taken beside other work: files are looked at at once, their hashes worked out in a thread."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._before = folder, _looks(folder)
        self._taken: Fingerprint | None = None
        self._thread = threading.Thread(target=self._take, name="zeroline-fingerprint", daemon=True)
        self._thread.start()

    def result(self) -> Fingerprint:
        """What there was at the beginning; a file that has changed since has no hash: it is never fresh."""
        self._thread.join()
        after = _looks(self._folder)
        files = self._taken.files if self._taken else {}
        return Fingerprint({name: it for name, it in files.items() if after.get(name) == self._before[name] == it[:2]})

    def _take(self) -> None:
        self._taken = take(self._folder)


def _looks(folder: Path) -> dict[str, tuple[int, int]]:
    """Name, size and time of each file of a corpus.

    Which they are is load.study_files' to say; it is repeated here because the warm start must not import it.
    What is no plain file does not count.
    """
    looks = {}
    for pattern in ("*.toml", "sources/*.txt", "statements.jsonl*", "statements.parquet"):
        for path in folder.glob(pattern):
            if pattern == "*.toml" and path.name[0] in ".#":
                continue
            try:
                about = path.stat()
            except OSError:  # a link that leads nowhere
                continue
            if stat.S_ISREG(about.st_mode):
                looks[path.relative_to(folder).as_posix()] = (about.st_size, about.st_mtime_ns)
    return looks


def _digest(path: Path) -> str:
    import hashlib  # takes longer to import than the warm path has

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
