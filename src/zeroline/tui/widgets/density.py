"""The density strip: how much is dated when, hits against everything, a line high."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from rich.segment import Segment

from zeroline.tui.look import Look

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

    def draw(self, width: int, look: Look) -> list[Segment]:
        """Bars of the filtered counts; a dim one where the filter hides what there is."""
        if not self.all:
            return []
        left, right, room = self._layout(width)
        first, last, _ = self._span()
        months = last - first + 1
        shown, every = self._binned(self.shown, room), self._binned(self.all, room)
        highest = max(max(shown), 1)
        at = None if self.current is None or self.current < first else (self.current - first) * room // months
        segments = [Segment(left, look.dim)]
        marked = self._marked_columns(room)
        for column in range(room):
            count = shown[column]
            if count:
                bar = BARS[max(1, round((count / highest) ** 0.5 * 8))]
                style = look.accent
            else:
                bar, style = ("▁", look.dim) if every[column] else ("▁", look.quiet)
            if column in marked:
                style = look.star
            segments.append(Segment(bar, style + look.cursor if column == at else style))
        return [*segments, Segment(right, look.dim)]

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
