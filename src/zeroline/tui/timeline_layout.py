"""Which line of the timeline holds what: headings and items, worked out from counts, not from rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from zeroline.index.summary import Group


class Heading(NamedTuple):
    """A heading line; ``level`` is 0 for the outermost."""

    text: str
    level: int


class TimelineLayout:
    """Lines of ``total`` items under headings.

    ``groups`` are all headings of the corpus, ``counts`` the matching items of each; without groups there are no
    headings, and item and line are the same.
    """

    def __init__(self, total: int, groups: Sequence[Group] = (), counts: Mapping[int, int] | None = None) -> None:
        self.total = total
        self._headings: dict[int, Heading] = {}
        self._first_items: list[int] = []
        self._first_lines: list[int] = []
        line = item = 0
        before: tuple[str, ...] = ()
        for number, group in enumerate(groups):
            count = (counts or {}).get(number, 0)
            if not count:
                continue
            same = 0
            while same < min(len(before), len(group.path)) and before[same] == group.path[same]:
                same += 1
            for level in range(same, len(group.path)):
                self._headings[line] = Heading(group.path[level], level)
                line += 1
            self._first_items.append(item)
            self._first_lines.append(line)
            item += count
            line += count
            before = group.path
        if not self._first_items:
            self._first_items, self._first_lines, line = [0], [0], total
        self.lines = line

    def line_of(self, item: int) -> int:
        """The line an item stands on."""
        at = bisect_right(self._first_items, item) - 1
        return self._first_lines[at] + item - self._first_items[at]

    def item_at(self, line: int) -> int | None:
        """The item on a line, None on a heading."""
        if line in self._headings or not 0 <= line < self.lines:
            return None
        at = bisect_right(self._first_lines, line) - 1
        return self._first_items[at] + line - self._first_lines[at]

    def heading_at(self, line: int) -> Heading | None:
        """The heading on a line."""
        return self._headings.get(line)
