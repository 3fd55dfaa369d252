"""What the reader may ask for next, worked out while nothing is asked: counts for the beginnings of a search."""

from __future__ import annotations

import time
from collections.abc import Iterator

from zeroline.index.filter import Filter
from zeroline.index.reader import Index
from zeroline.tui.answering import count_facets
from zeroline.tui.asks import FacetsRequest

AT_MOST = 5.0
"""Seconds that it works, all in all: of a corpus of many millions it leaves the less frequent beginnings."""

AT_FIRST, LATER = 0.05, 2.0
"""Seconds of rest before it works: at the start nobody has typed yet; later a key may come any moment."""


class Ahead:
    """Goes on by a step whenever there is time; with another index it begins again."""

    def __init__(self) -> None:
        self._of: Index | None = None
        self._steps: Iterator[None] | None = None
        self.rest = AT_FIRST

    def left(self, index: Index | None) -> bool:
        """Whether anything of an index is still to be worked out."""
        return index is not None and (index is not self._of or self._steps is not None)

    def step(self, index: Index | None) -> None:
        """Work out a little more."""
        if index is not self._of:
            self._of, self._steps = index, None if index is None else _beginnings(index)
        try:
            if self._steps is not None:
                next(self._steps)
        except Exception:  # noqa: BLE001 - all is worked out; or the index is damaged, and whoever asks is told so
            self._steps = None


def _beginnings(index: Index) -> Iterator[None]:
    spent = 0.0
    for beginning in index.frequent_beginnings():
        since = time.monotonic()
        count_facets(index, FacetsRequest(0, Filter(query=beginning), typing=True))
        spent += time.monotonic() - since
        if spent > AT_MOST:
            return
        yield
