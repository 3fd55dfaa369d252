"""A text wrapped at a width: which characters stand on which line, and on which line a character stands.

Lines hold offsets, never copies of the text. A megabyte of plain letters takes some hundredths of a second; only lines
that hold wide, joined or control characters are measured letter by letter.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from rich.cells import cell_len

from zeroline.text.safe import visible

_NARROW = re.compile(r"[ -~¡-¬®-\u02ff\u0370-\u0377\u0400-\u0482\u048a-\u052f‐-―‘-„†-•…€№−]*\Z")
"""Letters and signs one column wide each, in every terminal; what is not among them is measured."""

_WORDS = re.compile(r"\s+|\S+(?: …$)?")
"""Words and what is between them; dots at the end, which say that the words went on, stand with the last."""


def shown(text: str) -> str:
    """Characters of a line as a terminal gets them: nothing it might act on, a tab as a space."""
    return visible(text).replace("\t", " ")


@lru_cache(maxsize=20_000)
def columns_of(text: str) -> int:
    """Columns that characters take once they are made safe."""
    return len(text) if _NARROW.match(text) else cell_len(shown(text))


class Layout:
    """``text`` at ``width`` columns: line ``n`` is ``text[starts[n]:ends[n]]``, without the white space it broke at."""

    def __init__(self, text: str, width: int) -> None:
        self.text, self.width = text, max(width, 1)
        self.starts, self.ends = array("i"), array("i")
        for start, end in _source_lines(text):
            if _NARROW.match(text, start, end) and end - start <= self.width:
                self._add(start, end)
            elif _NARROW.match(text, start, end):
                self._wrap_narrow(start, end)
            else:
                self._wrap_measured(start, end)

    def __len__(self) -> int:
        return len(self.starts)

    def line_of(self, offset: int) -> int:
        """The line a character stands on; for white space that a line broke at, the line before it."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def line(self, number: int) -> tuple[int, int]:
        """The start and end of a line, end exclusive."""
        return self.starts[number], self.ends[number]

    def column_of(self, offset: int) -> int:
        """The column at which a character of its line begins."""
        start, end = self.line(self.line_of(offset))
        return columns_of(self.text[start : min(max(offset, start), end)])

    def offset_at(self, number: int, column: int) -> int:
        """The character at a column of a line; the line's end beyond it."""
        start, end = self.line(number)
        if _NARROW.match(self.text, start, end):
            return min(start + max(column, 0), end)
        used = 0
        for offset in range(start, end):
            used += columns_of(self.text[offset])
            if used > column:
                return offset
        return end

    def _add(self, start: int, end: int) -> None:
        self.starts.append(start)
        self.ends.append(end)

    def _wrap_narrow(self, start: int, end: int) -> None:
        for match in _breaks(self.width).finditer(self.text, start, end):
            self._add(*match.span(match.lastindex or 0))

    def _wrap_measured(self, start: int, end: int) -> None:
        begun, used, last = start, 0, start  # where the line began, columns it has, where its last word ended
        for word in _WORDS.finditer(self.text, start, end):
            at, stop = word.span()
            take = self._columns(at, stop)
            if word[0].isspace():
                used += take
                continue
            if used + take > self.width and last > begun:
                self._add(begun, last)
                begun, used = at, 0
            while used + take > self.width and at < stop:
                at = self._cut(at, stop, self.width - used)
                self._add(begun, at)
                begun, used, take = at, 0, self._columns(at, stop)
            used, last = used + take, stop
        if last > begun or begun == start:
            self._add(begun, max(last, begun))

    def _columns(self, start: int, end: int) -> int:
        """Columns of a word; more than fit on a line for one that is much too long to be measured."""
        most = 8 * self.width
        return columns_of(self.text[start : min(end, start + most)]) + (most if end - start > most else 0)

    def _cut(self, start: int, end: int, room: int) -> int:
        """How far a word goes into so many columns; one character at least."""
        used = columns_of(self.text[start])
        at = start + 1
        while at < end:
            take = columns_of(self.text[at])
            if used + take > room:
                break
            used, at = used + take, at + 1
        return at


def _source_lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, end
        start = end + 1
    if start < len(text):
        yield start, len(text)


@lru_cache(maxsize=8)
def _breaks(width: int) -> re.Pattern[str]:
    """As many characters as fit before a white space or the end; of a longer word as many as fit.

    Dots at the end never stand alone.
    """
    return re.compile(rf"(.{{0,{width - 1}}}\S)(?:[ \t]+(?![ \t]|…$)|$)|(.{{{width}}})|(.+)")
