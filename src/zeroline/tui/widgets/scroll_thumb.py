"""The thumb of a scroll bar: which part of all lines shows."""

from __future__ import annotations

from typing import NamedTuple


class Thumb(NamedTuple):
    """Rows of the bar that the thumb takes: the first, from 0, and how many; none where everything shows."""

    top: int
    long: int

    @classmethod
    def of(cls, rows: int, lines: int, first: int) -> Thumb:
        """The thumb of a bar of ``rows``, where of ``lines`` those from ``first`` on show.

        It stands at the very top, or bottom, only where the first, or last, line shows, if it has room to move.
        """
        if rows < 1 or lines <= rows:
            return cls(0, 0)
        long = max(rows * rows // lines, 1)
        room, last = rows - long, lines - rows
        top = room if first >= last else min(-(-first * room // last), max(room - 1, min(room, 1)))
        return cls(max(top, 0), long)

    @property
    def rows(self) -> frozenset[int]:
        """The rows it takes."""
        return frozenset(range(self.top, self.top + self.long))

    def line_at(self, row: int, rows: int, lines: int) -> int:
        """The first line to show where the thumb, dragged, begins at ``row``."""
        room = rows - self.long
        return round(min(max(row, 0), room) * (lines - rows) / room) if room > 0 and self.long else 0
