"""The density strip: how much is dated when, hits against everything, a line high."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from rich.segment import Segment
from textual import events
from textual.message import Message

from zeroline.tui.widgets.lines import LineWidget

BARS = " ▁▂▃▄▅▆▇█"
GAP_MONTHS = 60
"""A gap so long at the beginning is cut out, and the cut said: one early event must not squeeze the rest."""


class DensityStrip(LineWidget):
    """Months since year 0 against counts. ``shown`` is under the filter, ``all`` over the whole corpus."""

    DEFAULT_CSS = "DensityStrip { height: 1; padding: 0 1; }"

    class Picked(Message):
        """A stretch of time was clicked: its first and last month, since year 0."""

        def __init__(self, first: int, last: int) -> None:
            super().__init__()
            self.first, self.last = first, last

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.all: Mapping[int, int] = {}
        self.shown: Mapping[int, int] = {}
        self.marked: frozenset[int] = frozenset()
        self.current: int | None = None

    def show(self, all: Mapping[int, int], shown: Mapping[int, int]) -> None:
        """Show counts by month."""
        self.all, self.shown = all, shown
        self.refresh()

    def point(self, month: int | None) -> None:
        """Mark the month under the cursor."""
        if month != self.current:
            self.current = month
            self.refresh()

    def _span(self) -> tuple[int, int, int | None]:
        """First and last month of the strip, and the earliest month cut off before it."""
        months = sorted(self.all)
        first = months[0]
        for before, after in pairwise(months):
            if after - before > GAP_MONTHS and after - before > (months[-1] - after) // 2:
                first = after
        return first, months[-1], months[0] if first != months[0] else None

    def _layout(self) -> tuple[str, str, int]:
        """The year on the left, on the right, and the columns between."""
        first, last, cut = self._span()
        left = f"{cut // 12}… {first // 12} " if cut is not None else f"{first // 12} "
        right = f" {last // 12}"
        return left, right, max(self.size.width - len(left) - len(right), 1)

    def draw(self, y: int, width: int) -> list[Segment]:
        """Bars of the filtered counts; a dim one where the filter hides what there is."""
        if not self.all:
            return []
        look = self.look
        left, right, room = self._layout()
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

    def on_click(self, event: events.Click) -> None:
        """Pick the stretch of time under the pointer."""
        if not self.all:
            return
        left, _, room = self._layout()
        column = event.x - 1 - len(left)
        first, last, _ = self._span()
        months = last - first + 1
        if 0 <= column < room:
            begin = first + -(-column * months // room)
            end = first + max(-(-(column + 1) * months // room) - 1, -(-column * months // room))
            self.post_message(self.Picked(begin, min(end, last)))
