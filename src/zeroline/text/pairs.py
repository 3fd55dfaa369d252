"""Pairs of numbers that are made as they are asked for: a long text has millions of them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import overload


class Pairs(Sequence[tuple[int, int]]):
    """A sequence of which only ``__len__`` and :meth:`pair` must be given."""

    @abstractmethod
    def pair(self, at: int) -> tuple[int, int]:
        """The pair at a place from 0 to the length, exclusive."""

    @overload
    def __getitem__(self, at: int) -> tuple[int, int]: ...

    @overload
    def __getitem__(self, at: slice) -> list[tuple[int, int]]: ...

    def __getitem__(self, at: int | slice) -> tuple[int, int] | list[tuple[int, int]]:
        if isinstance(at, slice):
            return [self.pair(n) for n in range(*at.indices(len(self)))]
        return self.pair(range(len(self))[at])
