"""What the reader may ask for next, worked out while nothing is asked: counts for each first letter of a search."""

from __future__ import annotations

from collections.abc import Iterator

from zeroline.index.filter import Filter
from zeroline.index.reader import Index
from zeroline.tui.answering import count_facets
from zeroline.tui.asks import FacetsRequest


class Ahead:
    """Goes on by a step whenever there is time; with another index it begins again."""

    def __init__(self) -> None:
        self._of: Index | None = None
        self._steps: Iterator[None] | None = None

    def left(self, index: Index | None) -> bool:
        """Whether anything of an index is still to be worked out."""
        return index is not None and (index is not self._of or self._steps is not None)

    def step(self, index: Index | None) -> None:
        """Work out a little more."""
        if index is not self._of:
            self._of, self._steps = index, None if index is None else _letters(index)
        try:
            if self._steps is not None:
                next(self._steps)
        except Exception:  # noqa: BLE001 - all is worked out; or the index is damaged, and whoever asks is told so
            self._steps = None


def _letters(index: Index) -> Iterator[None]:
    for letter in index.first_letters():
        count_facets(index, FacetsRequest(0, Filter(query=letter), typing=True))
        yield
