"""A drawn line that nobody keeps alive but those who show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.strip import Strip

NOTHING = Strip([], 0)


class Line(Strip):
    """A strip that, not divided, does not remember itself as its own part.

    Textual's does, and so a thousand objects for every key were left to Python's collector, which then held the
    screen up for a tenth of a second.
    """

    __slots__ = ()

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """The parts between some columns, the last of them the end; the line itself where there is no other."""
        cuts = list(cuts)
        return [self] if cuts == [self.cell_length] else super().divide(cuts)

    def crop(self, start: int, end: int | None = None) -> Strip:
        """The part between two columns. Of each line beside what is painted the compositor asks for none at all."""
        return NOTHING if end is not None and end <= start else super().crop(start, end)
