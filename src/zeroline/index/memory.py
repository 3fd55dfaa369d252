"""Pages of an index's files that the process holds in memory, given back when they are many.

tantivy maps its files, and each page that a search has touched counts as the process's own until the system wants it
back. Of an index of gigabytes that becomes hundreds of megabytes in an hour's searching. Given back, a page is still
in the system's cache: to touch it again costs microseconds. Only Linux says what is mapped where; elsewhere nothing
is done.
"""

from __future__ import annotations

import os
from pathlib import Path

MOST = 80 << 20
"""Bytes of files, programs among them, that may be in memory before the index's are given back."""

KEPT = (".fast", ".term")
"""Ends of the names of files that every search touches, each time anew: those are kept."""

_DONTNEED = 4
"""MADV_DONTNEED: of what is mapped from a file, and never written, nothing is lost by it."""

_STATM, _MAPS = Path("/proc/self/statm"), Path("/proc/self/maps")


def give_back(folder: Path) -> bool:
    """Give back the pages of an index's files if too many are held; whether that was so."""
    try:
        if int(_STATM.read_text().split()[2]) * os.sysconf("SC_PAGESIZE") <= MOST:
            return False
        maps = _MAPS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except (OSError, ValueError, IndexError, AttributeError):
        return False
    import ctypes

    system = ctypes.CDLL(None)
    own = f"{folder.resolve()}{os.sep}"
    for line in maps:
        # address-address permissions offset device inode path
        where, may, *_, path = line.split(maxsplit=5) if line.count(" ") >= 5 else ("", "", "")
        if path.startswith(own) and not path.endswith(KEPT) and "w" not in may:
            first, last = (int(number, 16) for number in where.split("-"))
            system.madvise(ctypes.c_void_p(first), ctypes.c_size_t(last - first), _DONTNEED)
    return True
