"""What an import must remember of every row, in little memory: which ids there were, and whose a speaker's id is.

Here an id is its 64-bit hash in a table of numbers, looked up in about a microsecond: 134 MB for 11 million. Beyond
them SQLite takes over, in a file beside the import. Measured with CPython 3.11 on 10 million rows: a set of the ids
alone takes 877 MB, the whole import, with 1.5 million speakers, peaks at 248. Two of 10 million ids have the same hash
with a probability of 1 to 370,000; the later one would be reported as taken. Hashes are Python's, new in each run.
"""

from __future__ import annotations

import errno
from array import array
from contextlib import suppress
from pathlib import Path

_MASK = (1 << 64) - 1
_SEGMENTS = 64
_FULL = 0.7

IDS_SLOTS = 1 << 24
"""The most slots in memory for ids: 8 bytes each."""

SPEAKERS_IN_MEMORY = 250_000
"""The most speakers in memory: about 160 bytes each."""


class Seen:
    """A set of texts that only grows. ``spill`` is where a file may be put once memory is used up."""

    def __init__(self, spill: Path, slots: int = IDS_SLOTS) -> None:
        # In segments, so that only a small part is there twice while it grows.
        self._most = max(slots // _SEGMENTS, 8)
        self._segments = [array("Q", bytes(8 * 8)) for _ in range(_SEGMENTS)]
        self._used = [0] * _SEGMENTS
        self._spill = spill
        self._disk: _Disk | None = None

    def add(self, text: str) -> bool:
        """Put a text in; False where it is in already."""
        key = (hash(text) & _MASK) or 1
        which = key >> 58
        table = self._segments[which]
        mask = len(table) - 1
        at = key & mask
        while found := table[at]:
            if found == key:
                return False
            at = (at + 1) & mask
        if self._used[which] >= _FULL * len(table):
            if len(table) >= self._most:
                self._disk = self._disk or _Disk(self._spill)
                return self._disk.claim(key, 0) is None
            self._segments[which] = _grown(table)
            return self.add(text)
        table[at] = key
        self._used[which] += 1
        return True

    def close(self) -> None:
        """Take the file away, if there is one."""
        if self._disk:
            self._disk.close()


def _grown(table: array[int]) -> array[int]:
    bigger = array("Q", bytes(8 * 2 * len(table)))
    mask = len(bigger) - 1
    for key in table:
        if key:
            at = key & mask
            while bigger[at]:
                at = (at + 1) & mask
            bigger[at] = key
    return bigger


class Owners:
    """Which name an id belongs to: the first that claims it."""

    def __init__(self, spill: Path, most: int = SPEAKERS_IN_MEMORY) -> None:
        self._first: dict[int, int] = {}
        self._most = most
        self._spill = spill
        self._disk: _Disk | None = None
        self.count = 0

    def claim(self, id: str, name: str) -> bool:
        """Whether the id is the name's: claimed by it before, or now."""
        key, owner = hash(id) & _MASK, hash(name) & _MASK
        held = self._first.get(key)
        if held is None:
            if len(self._first) < self._most:
                self._first[key] = owner
            else:
                self._disk = self._disk or _Disk(self._spill)
                held = self._disk.claim(key, owner)
        if held is None:
            self.count += 1
        return held is None or held == owner

    def close(self) -> None:
        """Take the file away, if there is one."""
        if self._disk:
            self._disk.close()


class _Disk:
    """Numbers with a number each, in a file that needs to survive nothing. Raises OSError."""

    def __init__(self, path: Path) -> None:
        import sqlite3  # few imports are large enough to need it

        self._path = path
        self._error = sqlite3.Error
        try:
            self._db = sqlite3.connect(path, isolation_level=None)
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-16000"):
                self._db.execute(f"PRAGMA {pragma}")
            self._db.execute("CREATE TABLE held (key INTEGER PRIMARY KEY, owner INTEGER)")
            self._db.execute("BEGIN")
        except sqlite3.Error as error:
            raise OSError(errno.EIO, str(error), str(path)) from error

    def claim(self, key: int, owner: int) -> int | None:
        """None where the key was free and now has this owner, else the owner it has."""
        signed = key - (1 << 64) if key >> 63 else key
        value = owner - (1 << 64) if owner >> 63 else owner
        try:
            if self._db.execute("INSERT OR IGNORE INTO held VALUES (?, ?)", (signed, value)).rowcount:
                return None
            (held,) = self._db.execute("SELECT owner FROM held WHERE key = ?", (signed,)).fetchone()
        except self._error as error:
            raise OSError(errno.EIO, str(error), str(self._path)) from error
        return int(held) & _MASK

    def close(self) -> None:
        with suppress(self._error):
            self._db.close()
        self._path.unlink(missing_ok=True)
