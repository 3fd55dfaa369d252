"""The records of an index: every statement and event as one JSON line, and where the line of each rank begins.

``records`` holds the lines, first those of the corpus byte for byte, then what the tables came to. ``records.at``
holds, for every rank in time (``seq``), the byte its line begins at: 8 bytes each, in this machine's order, for a cache
never leaves it. That tantivy packed and kept the same records was a fifth of all compiling; the price is their size.
"""

from __future__ import annotations

import os
import threading
import weakref
from array import array
from collections.abc import Sequence
from io import RawIOBase
from pathlib import Path

FILE, STARTS = "records", "records.at"
_BYTES = array("Q").itemsize
_USUAL = 1_024
"""So many bytes are read for a record at first, which is all of most."""


class Damaged(Exception):
    """What an index holds is no longer what was written. It is only a cache: once it is deleted, it is made anew."""


class Records:
    """The records of one index, open for reading. Safe to use from several threads at once."""

    def __init__(self, folder: Path) -> None:
        """Open the records in ``folder``. Raises OSError where they are not there."""
        self._lines, self._starts = _Open(folder / FILE), _Open(folder / STARTS)

    def read(self, ranks: Sequence[int]) -> list[bytes]:
        """The JSON of the records of these ranks, in their order. Raises ValueError where the files are not whole."""
        if not ranks:
            return []
        first, last = min(ranks), max(ranks)
        if last - first < 4 * len(ranks):  # near each other: where they begin is read at once
            starts = self._numbers(first, last - first + 1)
            return [self._line(starts[rank - first]) for rank in ranks]
        return [self._line(self._numbers(rank, 1)[0]) for rank in ranks]

    def _numbers(self, first: int, count: int) -> array[int]:
        raw = self._starts.read(first * _BYTES, count * _BYTES)
        if len(raw) != count * _BYTES:
            raise ValueError("the index lacks some of its records")
        return array("Q", raw)

    def _line(self, start: int) -> bytes:
        size = _USUAL
        while True:
            raw = self._lines.read(start, size)
            end = raw.find(b"\n")
            if end >= 0:
                return raw[:end]
            if len(raw) < size:
                raise ValueError("the index lacks some of its records")
            size *= 8


class Starts:
    """Where records begin, written while they are numbered: runs of ranks, in any order."""

    def __init__(self, folder: Path) -> None:
        """Write into ``folder``; several may, each its own ranks. Raises OSError."""
        path = folder / STARTS
        path.touch()
        self._file = path.open("r+b", buffering=0)

    def put(self, first: int, starts: array[int]) -> None:
        """The bytes at which the records of ranks ``first`` … begin."""
        self._file.seek(first * _BYTES)
        write_all(self._file, starts.tobytes())

    def close(self) -> None:
        """All is given to the system."""
        self._file.close()


def write_all(file: RawIOBase, data: bytes) -> None:
    """Write to a file that is not buffered, which may take only a part at a time. Raises OSError."""
    left = memoryview(data)
    while left:
        left = left[file.write(left) or 0 :]


class _Open:
    """A file that is read anywhere, from any thread; closed when nobody has it any more."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
        weakref.finalize(self, os.close, self._handle)
        self._lock = threading.Lock()

    def read(self, at: int, size: int) -> bytes:
        """Up to ``size`` bytes from ``at`` on; fewer only at the end."""
        if hasattr(os, "pread"):
            return os.pread(self._handle, size, at)
        with self._lock:  # Windows has no call that does both
            os.lseek(self._handle, at, os.SEEK_SET)
            return os.read(self._handle, size)
