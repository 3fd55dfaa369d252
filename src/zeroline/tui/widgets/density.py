"""The density strip: how much is dated when, hits against everything, a line high."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby, pairwise
from operator import is_not, itemgetter
from typing import NamedTuple

from rich.style import Style

from zeroline.tui.drawing import Piece
from zeroline.tui.theme import Look

BARS = " ▁▂▃▄▅▆▇█"
GAP_MONTHS = 60
"""A gap so long at the beginning is cut out, and the cut said: one early event must not squeeze the rest."""


class DensityStrip:
    """Months since year 0 against counts. ``shown`` is under the filter, ``all`` over the whole corpus.

    The timeline draws it as its head line: a widget of its own would cost the first frame more than it shows.
    """

    def __init__(self) -> None:
        self.all: Mapping[int, int] = {}
        self.shown: Mapping[int, int] = {}
        self.marked: frozenset[int] = frozenset()
        self.current: int | None = None
        self._drawn: _Drawn | None = None

    def _span(self) -> tuple[int, int, int | None]:
        """First and last month of the strip, and the earliest month cut off before it."""
        months = sorted(self.all)
        first = months[0]
        for before, after in pairwise(months):
            if after - before > GAP_MONTHS and after - before > (months[-1] - after) // 2:
                first = after
        return first, months[-1], months[0] if first != months[0] else None

    def _layout(self, width: int) -> tuple[str, str, int]:
        """The year on the left, on the right, and the columns between."""
        first, last, cut = self._span()
        left = f"{cut // 12}… {first // 12} " if cut is not None else f"{first // 12} "
        right = f" {last // 12}"
        return left, right, max(width - len(left) - len(right), 1)

    def draw(self, width: int, look: Look) -> list[Piece]:
        """Bars of the filtered counts; a dim one where the filter hides what there is."""
        if not self.all:
            return []
        of = (self.all, self.shown, self.marked)
        if self._drawn is None or self._drawn.size != (width, look.dark) or any(map(is_not, self._drawn.of, of)):
            self._drawn = self._draw(width, look)
        return self._drawn.under(self.current, look)

    def _draw(self, width: int, look: Look) -> _Drawn:
        left, right, room = self._layout(width)
        first, last, _ = self._span()
        shown, every = self._binned(self.shown, room), self._binned(self.all, room)
        highest = max(max(shown), 1)
        marked = self._marked_columns(room)
        columns = []
        for column in range(room):
            count = shown[column]
            bar = BARS[max(1, round((count / highest) ** 0.5 * 8))] if count else "▁"
            style = look.accent if count else look.dim if every[column] else look.quiet
            columns.append((bar, look.star if column in marked else style))
        return _Drawn(
            (self.all, self.shown, self.marked), (width, look.dark), left, right, columns, first, last - first + 1
        )

    def _binned(self, counts: Mapping[int, int], room: int) -> list[int]:
        first, last, _ = self._span()
        bins = [0] * room
        for month, count in counts.items():
            if month >= first:
                bins[(month - first) * room // (last - first + 1)] += count
        return bins

    def _marked_columns(self, room: int) -> set[int]:
        first, last, _ = self._span()
        return {(m - first) * room // (last - first + 1) for m in self.marked if m >= first}

    def pick(self, x: int, width: int) -> tuple[int, int] | None:
        """First and last month, since year 0, of the stretch of time drawn at column ``x``."""
        if not self.all:
            return None
        left, _, room = self._layout(width)
        column = x - len(left)
        first, last, _ = self._span()
        months = last - first + 1
        if not 0 <= column < room:
            return None
        begin = first + -(-column * months // room)
        end = first + -(-(column + 1) * months // room) - 1
        # With more columns than months, one without a month of its own belongs to the month drawn to its left.
        return min(begin, end), end


class _Drawn(NamedTuple):
    """The strip as it was drawn last: between two answers only the column of the current row changes.

    ``of`` and ``size`` are what it was drawn of and for; ``columns`` bars and their styles; ``first`` its first month.
    """

    of: tuple[object, ...]
    size: tuple[int, bool]
    left: str
    right: str
    columns: list[tuple[str, Style]]
    first: int
    months: int

    def under(self, month: int | None, look: Look) -> list[Piece]:
        """The strip with the column of a month marked."""
        columns = self.columns
        if month is not None and self.first <= month < self.first + self.months:
            at = (month - self.first) * len(columns) // self.months
            columns = columns.copy()
            bar, style = columns[at]
            columns[at] = bar, style + look.cursor
        bars: list[Piece] = [
            ("".join(bar for bar, _ in same), style, None) for style, same in groupby(columns, itemgetter(1))
        ]
        return [(self.left, look.dim, None), *bars, (self.right, look.dim, None)]
