"""Where in time the n-th hit of a filter stands: what lets End and the scroll bar be as quick as the next row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

import tantivy

from zeroline.index import schema

BUCKETS = 1_024


class Ranks:
    """Hits of one query, counted in buckets of ``width`` ranks of all items; ``total`` is how many there are."""

    def __init__(self, searcher: tantivy.Searcher, query: tantivy.Query, items: int) -> None:
        blocks = max(-(-items // (BUCKETS * schema.BLOCK)), 1)
        self.width = blocks * schema.BLOCK  # whole blocks: those are quickly found
        wanted = {"seq": {"histogram": {"field": "seq", "interval": self.width, "min_doc_count": 1}}}
        found = {int(b["key"]): int(b["doc_count"]) for b in searcher.aggregate(query, wanted)["seq"]["buckets"]}
        self._starts = sorted(found)
        self._before = [0, *accumulate(found[start] for start in self._starts)]
        self.total = self._before[-1]

    def begin(self, rank: int) -> tuple[int, int]:
        """The ``seq`` at which the bucket with the hit of that rank begins, and how many hits come before it."""
        at = min(bisect_right(self._before, rank) - 1, len(self._starts) - 1)
        return (self._starts[at], self._before[at]) if at >= 0 else (0, 0)

    def end(self, rank: int) -> int:
        """A ``seq`` at or behind the hit of that rank."""
        at = min(bisect_right(self._before, rank) - 1, len(self._starts) - 1)
        return self._starts[at] + self.width - 1 if at >= 0 else 0

    def bucket(self, seq: int) -> tuple[int, int]:
        """The ``seq`` at which the bucket of an item begins, and how many hits come before that bucket."""
        first = seq - seq % self.width
        return first, self._before[bisect_left(self._starts, first)]
