"""Where compiled indexes live and how one is swapped in: a cache that can always be deleted.

Each corpus folder has a cache folder of its own, named after its path. It holds generations, each a whole index, and
``current.json``, which names the one in use with the fingerprint of the corpus it was made from. A generation is made
under a temporary name and named in ``current.json`` only once whole, so that a reader never meets half an index.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zeroline.index import fingerprint, schema
from zeroline.index.fingerprint import Fingerprint
from zeroline.index.reader import Index

CURRENT = "current.json"
ABANDONED = 24 * 3600
"""Seconds after which a half-made generation counts as abandoned and is cleared away."""


class CacheError(Exception):
    """The cache folder cannot be used: says which and why."""


@dataclass(frozen=True)
class Found:
    """An index that is there, and whether names, sizes and times say it is still the corpus's."""

    index: Index
    looks_fresh: bool
    fingerprint: Fingerprint


def cache_home() -> Path:
    """The folder of all caches: ``ZEROLINE_CACHE``, or the user's cache folder."""
    if given := os.environ.get("ZEROLINE_CACHE"):
        return Path(given).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("zeroline", appauthor=False)


def cache_folder(corpus: Path) -> Path:
    """The cache folder of one corpus."""
    path = str(corpus.resolve()).encode("utf-8", "surrogateescape")
    return cache_home() / f"{corpus.resolve().name[:40]}-{zlib.crc32(path):08x}-{len(path):x}"


def find(corpus: Path) -> Found | None:
    """The index in use for a corpus, stale or not; None where there is none that can be read."""
    home = cache_folder(corpus)
    try:
        current: dict[str, Any] = json.loads((home / CURRENT).read_text(encoding="utf-8"))
        if current["format"] != schema.FORMAT or current["corpus"] != str(corpus.resolve()):
            return None
        print = Fingerprint.from_json(current["fingerprint"])
        index = Index(home / current["generation"])
        return Found(index, print.looks_fresh(corpus), print)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def build(corpus: Path, progress: Callable[[int, int], None] | None = None) -> Index:
    """Load, check and compile a corpus, swap the index in and open it.

    Raises CorpusError for a corpus with problems (the index in use stays), CacheError where nothing can be written.
    """
    from zeroline.corpus.check import load_checked
    from zeroline.index.compile import compile_study

    print = fingerprint.take(corpus) if corpus.is_dir() else None
    study = load_checked(corpus)
    home = cache_folder(corpus)
    try:
        home.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix="gen-", dir=home))
    except OSError as error:
        raise CacheError(f"{home}: the index cannot be kept here ({error.strerror}); set ZEROLINE_CACHE") from error
    try:
        compile_study(study, fresh, corpus.resolve(), progress)
        _swap_in(corpus, fresh.name, print or fingerprint.take(corpus))
        index = Index(fresh)
    except (OSError, ValueError) as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise CacheError(
            f"{home}: the index cannot be written ({error}); free some space or set ZEROLINE_CACHE"
        ) from error
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    _clear(home, keep=fresh.name)
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
        if not found.fingerprint.is_fresh(corpus):
            return False
        with contextlib.suppress(OSError):  # a cache that cannot be written is only slower next time
            _swap_in(corpus, found.index.folder.name, fingerprint.take(corpus))
    except OSError:
        return False
    return True


def _swap_in(corpus: Path, generation: str, print: Fingerprint) -> None:
    home, path = cache_folder(corpus), str(corpus.resolve())
    current = {"format": schema.FORMAT, "corpus": path, "generation": generation, "fingerprint": print.to_json()}
    text = json.dumps(current)
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


def _clear(home: Path, keep: str) -> None:
    """Drop generations that are no longer in use; one that another process is making right now is left alone."""
    for old in home.glob("gen-*"):
        with contextlib.suppress(OSError):
            whole = (old / "summary.json").exists()
            if old.name != keep and (whole or time.time() - old.stat().st_mtime > ABANDONED):
                shutil.rmtree(old, ignore_errors=True)
