"""Where a passage should stand by the statements beside it that are found: as far from them as in the text coded.

One of a few common words, one of which was changed, has nothing rare in it by which it could be looked for. Near such a
place it is enough that its words fit there, and that a side of it has the words around it that the passage has.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zeroline.sources.model import Anchored
    from zeroline.sources.passages_sought import Need
    from zeroline.sources.words import Words

ASTRAY = 4
"""By so many words it may stand earlier or later than that."""


class Expected:
    """``found`` are statements with what they are; those with a locator and a place tell where others should be."""

    def __init__(self, found: Iterable[tuple[Need, Anchored]], words: Words) -> None:
        placed = [
            (need.start, need.end, it.start, it.end)
            for need, it in found
            if need.start >= 0 and it.state != "orphan"
        ]  # fmt: skip
        self._words = words
        self._by_start, self._by_end = sorted(placed), sorted(placed, key=lambda it: it[1])
        self._starts, self._ends = [it[0] for it in self._by_start], [it[1] for it in self._by_end]

    def places(self, need: Need) -> list[int]:
        """The words with which a passage would begin, by the nearest found before it and behind it."""
        if need.start < 0:
            return []
        before, after = bisect_right(self._ends, need.start) - 1, bisect_left(self._starts, need.end)
        points = []
        if before >= 0:
            _, coded, _, here = self._by_end[before]
            points.append(here + need.start - coded)
        if after < len(self._by_start):
            coded, _, here, _ = self._by_start[after]
            points.append(here - (coded - need.start))
        inside = [at for at in points if 0 <= at <= len(self._words.shown)]
        return sorted({self._words.word_at(self._words.touching(at, at)[0]) for at in inside})
