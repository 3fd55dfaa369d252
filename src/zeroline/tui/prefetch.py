"""What the reader may ask for next, made ready while nothing is asked: names, counts for beginnings, deep pages."""

from __future__ import annotations

import time
from collections.abc import Iterator

from zeroline.index.filter import Filter
from zeroline.index.json_reading import quicken
from zeroline.index.reader import Index
from zeroline.tui.answering import count_facets, prepare
from zeroline.tui.requests import Answer, FacetsRequest, RestAnswer

AT_MOST = 5.0
"""Seconds that counting takes, all in all: of a corpus of many millions it leaves the less frequent beginnings."""

AT_FIRST, BETWEEN, LATER = 0.25, 0.01, 2.0
"""Seconds without a request before it begins: the first frame is still being painted, then nobody has typed yet; later
a key may come any moment."""

AT_ONCE = 1_000
"""Speakers looked up in a step: some 20 ms."""

PAINTED = 0.06
"""Seconds in which the screen has painted an answer: what works meanwhile keeps it from that."""


class Prefetch:
    """Goes on by a step whenever there is time; with another index it begins again."""

    def __init__(self) -> None:
        self._of: Index | None = None
        self._steps: Iterator[None] | None = None
        self._due: RestAnswer | None = None
        self._patience = AT_FIRST

    def follow(self, answer: Answer) -> None:
        """Take in what was answered: deep pages of it may be asked for."""
        self._due = answer if isinstance(answer, RestAnswer) else self._due
        self._patience = LATER

    def rest(self, index: Index | None) -> float | None:
        """Seconds to wait before the next step; None where there is nothing to work out."""
        if index is None:
            return None
        if self._due is not None:
            return PAINTED
        return self._patience if index is not self._of or self._steps is not None else None

    def step(self, index: Index | None) -> None:
        """Work out a little more."""
        due, self._due = self._due, None
        if self._patience == AT_FIRST:
            self._patience = BETWEEN
        try:
            if due is not None and index is not None:
                prepare(index, due)
                index.give_back()
                return
            if index is not self._of:
                self._of, self._steps = index, None if index is None else _all(index)
            if self._steps is not None:
                next(self._steps)
        except Exception:  # noqa: BLE001 - all is worked out; or the index is damaged, and whoever asks is told so
            self._steps = None


def _all(index: Index) -> Iterator[None]:
    """What rows are read with, and whom they name; then what is counted."""
    quicken()
    yield
    first = 0
    while index.know_speakers(first, AT_ONCE):
        first += AT_ONCE
        yield
    yield from _beginnings(index)


def _beginnings(index: Index) -> Iterator[None]:
    spent = 0.0
    for beginning in index.frequent_beginnings():
        since = time.monotonic()
        count_facets(index, FacetsRequest(0, Filter(query=beginning), typing=True))
        spent += time.monotonic() - since
        if spent > AT_MOST:
            return
        yield
