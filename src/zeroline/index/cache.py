"""Where compiled indexes live and how one is swapped in: a cache that can always be deleted.

Each corpus folder has a cache folder of its own, named after its path. It holds generations, each a whole index, and
``current.json``, which names the one in use with the fingerprint of the corpus it was made from. A generation gets a
name nobody else has and is named in ``current.json`` only once whole, so that a reader never meets half an index. Only
the generation one has replaced oneself is deleted: two processes that compile at once leave each other's alone.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zeroline.index import fingerprint, schema
from zeroline.index.fingerprint import Fingerprint
from zeroline.index.reader import Index

if TYPE_CHECKING:
    from zeroline.corpus.models import Study

CURRENT = "current.json"


class CacheError(Exception):
    """No folder can hold an index, not even a temporary one: says which and why."""


@dataclass(frozen=True)
class Found:
    """An index that is there, and whether names, sizes and times say it is still the corpus's."""

    index: Index
    looks_fresh: bool
    fingerprint: Fingerprint


def cache_home() -> Path:
    """The folder of all caches: ``ZEROLINE_CACHE``, or the user's cache folder."""
    if given := os.environ.get("ZEROLINE_CACHE"):
        with contextlib.suppress(RuntimeError):  # no such user, no home: then a folder of that name
            return Path(given).expanduser()
        return Path(given)
    from platformdirs import user_cache_path

    return user_cache_path("zeroline", appauthor=False)


def cache_folder(corpus: Path) -> Path:
    """The cache folder of one corpus."""
    path = str(corpus.resolve()).encode("utf-8", "surrogateescape")
    return cache_home() / f"{corpus.resolve().name[:40]}-{zlib.crc32(path):08x}-{len(path):x}"


def find(corpus: Path) -> Found | None:
    """The index in use for a corpus, stale or not; None where there is none that can be read."""
    home, tried = cache_folder(corpus), None
    while True:
        try:
            current = _current(home)
            tried = current["generation"]
            if current["format"] != schema.FORMAT or current["corpus"] != str(corpus.resolve()):
                return None
            print = Fingerprint.from_json(current["fingerprint"])
            generation = home / tried
            if current["sizes"] != _sizes(generation):  # tantivy opens an index that lacks some of its files
                raise ValueError("not whole")
            index = Index(generation)
            return Found(index, print.looks_fresh(corpus), print)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            if _in_use(home) in (None, tried):  # else another process has swapped in a newer one meanwhile
                return None


def build(corpus: Path, progress: Callable[[int, int], None] | None = None) -> Index:
    """Load, check and compile a corpus, swap the index in and open it.

    Where the cache cannot be written the index is made in a temporary folder, for this run alone; its ``notice`` says
    so. Raises CorpusError for a corpus with problems (the index in use stays), CacheError where nothing can be written
    at all.
    """
    from zeroline.corpus.check import load_checked
    from zeroline.index.compile import compile_study
    from zeroline.index.generation import Making, clear

    # Begun before the files are read: what is changed meanwhile then makes the index look stale.
    print = fingerprint.Taking(corpus)
    study = load_checked(corpus)
    home = cache_folder(corpus)
    making: Making | None = None
    try:
        home.mkdir(parents=True, exist_ok=True)
        clear(home, None, keep=_in_use(home))  # what is left of one that died may be all the room there is
        making = Making(home)
        compile_study(study, making.folder, corpus.resolve(), progress)
        index = Index(making.folder)
        replaced = _swap_in(corpus, making.folder.name, print.result())
    except (OSError, ValueError) as error:
        if making:
            making.drop()
        return _build_for_now(study, corpus, progress, f"the index cannot be kept in {home} ({_why(error)})")
    except BaseException:
        if making:
            making.drop()
        raise
    making.keep()
    clear(home, replaced, keep=making.folder.name)
    return index


def _build_for_now(study: Study, corpus: Path, progress: Callable[[int, int], None] | None, why: str) -> Index:
    """An index in a temporary folder that goes when the program ends."""
    import tempfile

    from zeroline.index.compile import compile_study
    from zeroline.index.generation import remove

    folder: Path | None = None
    try:
        folder = Path(tempfile.mkdtemp(prefix="zeroline-"))
        atexit.register(remove, folder)
        (folder / "index").mkdir()
        compile_study(study, folder / "index", corpus.resolve(), progress)
        index = Index(folder / "index")
    except (OSError, ValueError) as error:
        if folder:
            remove(folder)
        raise CacheError(f"{why}, nor anywhere else ({_why(error)}); free some space or set ZEROLINE_CACHE") from error
    index.notice = f"{why}: compiled for this run only; set ZEROLINE_CACHE to a folder that can be written"
    return index


def open_index(corpus: Path, progress: Callable[[int, int], None] | None = None) -> Index:
    """The index of a corpus as it is now: the cached one where it fits, else compiled anew."""
    found = find(corpus)
    if found and (found.looks_fresh or still_fits(corpus, found)):
        return found.index
    return build(corpus, progress)


def still_fits(corpus: Path, found: Found) -> bool:
    """Whether an index that looks stale holds the corpus as it is after all (a checkout changes only times)."""
    try:
        renewed = found.fingerprint.renewed(corpus)
    except OSError:
        return False
    if renewed is None:
        return False
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):  # what cannot be noted is only slower next time
        home = cache_folder(corpus)
        if _current(home)["generation"] == found.index.folder.name:
            _swap_in(corpus, found.index.folder.name, renewed)
    return True


def known() -> frozenset[str]:
    """The ids of the corpora that have been compiled here and are still where they were."""
    from zeroline.index import summary

    ids = set()
    for file in cache_home().glob(f"*/{CURRENT}"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):  # a cache that is not whole knows nothing
            current = _current(file.parent)
            if Path(current["corpus"]).is_dir():
                raw = json.loads((file.parent / current["generation"] / summary.FILE).read_text(encoding="utf-8"))
                ids.add(str(raw["id"]))
    return frozenset(ids)


def _current(home: Path) -> dict[str, Any]:
    """What ``current.json`` holds. Raises OSError, ValueError or TypeError for one that is not there or not whole."""
    raw = json.loads((home / CURRENT).read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise TypeError(f"{CURRENT} holds no table")
    return raw


def _in_use(home: Path) -> str | None:
    """The generation that is named as the one in use."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        generation = _current(home)["generation"]
        return generation if isinstance(generation, str) else None
    return None


def _sizes(generation: Path) -> dict[str, int]:
    """The bytes of each file of a generation; locks and other hidden files are left out."""
    return {
        f"{part}/{entry.name}": entry.stat().st_size
        for part in (".", "items", "tables")
        for entry in os.scandir(generation / part)
        if entry.is_file() and not entry.name.startswith(".")
    }


def _why(error: OSError | ValueError) -> str:
    said = (error.strerror if isinstance(error, OSError) else None) or str(error)
    by_the_system = re.search(r"'([^'(]+) \(os error \d+\)", said)  # as tantivy passes it on
    return by_the_system[1] if by_the_system else said


def _swap_in(corpus: Path, generation: str, print: Fingerprint) -> str | None:
    """Name a generation as the one in use; the name of the one it replaces is returned."""
    import tempfile

    home, path = cache_folder(corpus), str(corpus.resolve())
    current = {
        "format": schema.FORMAT,
        "corpus": path,
        "generation": generation,
        "sizes": _sizes(home / generation),
        "fingerprint": print.to_json(),
    }
    text = json.dumps(current)
    replaced = _in_use(home)
    handle, name = tempfile.mkstemp(prefix="current-", suffix=".tmp", dir=home)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(home / CURRENT)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return replaced
