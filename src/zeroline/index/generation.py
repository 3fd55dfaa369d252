"""A generation of an index while it is made: nobody else's to touch, and gone if its maker goes before it is whole.

Its maker holds a lock in it, which the system drops when the maker dies, however that is: what died half-made is told
from what is being made, and cleared away before the next one is begun. (Windows has no such lock: there age decides.)
"""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
import time
from pathlib import Path

ABANDONED = 24 * 3600
"""Seconds after which what has no lock counts as abandoned and is cleared away."""

TRIES = 5
"""So often a folder is tried to be deleted."""

_LOCK = ".making"

if sys.platform == "win32":

    def _lock(descriptor: int) -> bool:
        return False

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


class Making:
    """A new generation in the cache folder ``home``. It is either kept or dropped, at the latest when Python ends."""

    def __init__(self, home: Path) -> None:
        """Make its folder. Raises OSError."""
        import tempfile

        self.folder = Path(tempfile.mkdtemp(prefix="gen-", dir=home))
        atexit.register(self.drop)
        self._descriptor: int | None = None
        with contextlib.suppress(OSError):  # where no lock can be had, age decides
            handle, name = tempfile.mkstemp(prefix="current-", suffix=".tmp", dir=home)
            self._descriptor = handle
            _lock(handle)  # held before anybody can see it there
            Path(name).replace(self.folder / _LOCK)

    def keep(self) -> None:
        """It is whole: it stays."""
        atexit.unregister(self.drop)
        (self.folder / _LOCK).unlink(missing_ok=True)
        self._let_go()

    def drop(self) -> None:
        """It is not wanted: it goes."""
        atexit.unregister(self.drop)
        remove(self.folder)
        self._let_go()

    def _let_go(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def clear(home: Path, replaced: str | None, keep: str | None) -> None:
    """Drop the generation that was ``replaced`` and what makers that died have left; readers keep what they opened."""
    for old in [*home.glob("gen-*"), *home.glob("current-*.tmp")]:
        with contextlib.suppress(OSError):
            if old.name != keep and (old.name == replaced or _abandoned(old)):
                remove(old) if old.is_dir() else old.unlink()


def _abandoned(old: Path) -> bool:
    """Whether nobody is making this any more. Raises OSError for what is gone already."""
    if time.time() - old.stat().st_mtime > ABANDONED:
        return True
    try:
        descriptor = os.open(old / _LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        return _lock(descriptor)
    finally:
        os.close(descriptor)


def remove(folder: Path) -> None:
    """Delete a folder and all in it, as far as can be; a thread may still be writing its last there."""
    import shutil

    for _ in range(TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.05)
