"""A lock between processes: one writes the bookmarks at a time.

The system drops it when its holder dies, so that it is never left behind; the lock file itself is empty and stays.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 10.0
"""Seconds to wait for another process to finish its change."""

_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _drop(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _drop(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


@contextmanager
def locked(path: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the lock file at ``path``. Raises TimeoutError when another holds it too long, OSError when it cannot be."""
    end = time.monotonic() + (PATIENCE if patience is None else patience)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while True:
            try:
                _take(descriptor)
                break
            except OSError as error:
                if error.errno not in _BUSY:
                    raise
                if time.monotonic() >= end:
                    raise TimeoutError("another Zeroline is writing the bookmarks") from None
                time.sleep(0.01)
        try:
            yield
        finally:
            _drop(descriptor)
    finally:
        os.close(descriptor)
