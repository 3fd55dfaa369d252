"""The counts of the last filters, packed: as they are read they would take ten times the memory."""

from __future__ import annotations

import threading
from array import array
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from zeroline.index.facets import Facets
    from zeroline.index.filter import Filter

FILTERS = 256
"""The counts of so many filters are kept at most."""

SPEAKERS = 2_500_000
"""Counts of so many speakers are kept at most, of all filters together; each takes eight bytes."""


class _Packed(NamedTuple):
    most: int
    facets: Facets  # without speakers
    speakers: array[int]
    counts: array[int]


class Kept:
    """Counts of the filters asked for last, each being typed or not. Safe to use from several threads."""

    def __init__(self) -> None:
        self._packed: dict[tuple[Filter, bool], _Packed] = {}
        self._speakers = 0
        self._changing = threading.Lock()

    def get(self, wanted: Filter, typing: bool, most: int) -> Facets | None:
        """The counts of a filter, of speakers the ``most`` heard; None where they are not kept."""
        it = self._packed.get((wanted, typing))
        if it is None or it.most != most:
            return None
        return it.facets._replace(speakers=dict(zip(it.speakers, it.counts, strict=True)))

    def total(self, wanted: Filter, typing: bool) -> int | None:
        """How many items match a filter; None where that is not kept."""
        it = self._packed.get((wanted, typing))
        return None if it is None else it.facets.statements + it.facets.events

    def put(self, wanted: Filter, typing: bool, most: int, facets: Facets) -> None:
        """Keep the counts of a filter, of speakers the ``most`` heard; those kept longest go."""
        speakers = facets.speakers
        new = _Packed(most, facets._replace(speakers={}), array("I", speakers), array("I", speakers.values()))
        with self._changing:
            self._drop((wanted, typing))
            self._packed[wanted, typing] = new
            self._speakers += len(speakers)
            while len(self._packed) > FILTERS or (self._speakers > SPEAKERS and len(self._packed) > 1):
                self._drop(next(iter(self._packed)))

    def _drop(self, key: tuple[Filter, bool]) -> None:
        gone = self._packed.pop(key, None)
        self._speakers -= 0 if gone is None else len(gone.speakers)
