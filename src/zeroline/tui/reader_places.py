"""Where in a text that is read its paragraphs begin, and which statements its characters stand in."""

from __future__ import annotations

from collections.abc import Sequence

from zeroline.text.pairs import Pairs


class Numbers(Pairs):
    """Where each paragraph of a text begins, with its number; at ``end``, behind them, what is none of its (number 0).

    Made as it is asked for: a text may have millions.
    """

    def __init__(self, paragraphs: Sequence[tuple[int, int]], end: int | None) -> None:
        self._paragraphs, self._end = paragraphs, end

    def __len__(self) -> int:
        return len(self._paragraphs) + (self._end is not None)

    def pair(self, at: int) -> tuple[int, int]:
        """Where a paragraph begins, and its number."""
        return (self._paragraphs[at][0], at + 1) if at < len(self._paragraphs) else (self._end or 0, 0)


def flatten(spans: list[tuple[int, int]]) -> tuple[list[int], list[tuple[int, ...]]]:
    """Where the marks that characters are in change, and the marks from there on."""
    changes: dict[int, tuple[list[int], list[int]]] = {}
    for rank, (start, end) in enumerate(spans):
        if end > start:
            changes.setdefault(start, ([], []))[0].append(rank)
            changes.setdefault(end, ([], []))[1].append(rank)
    edges: list[int] = []
    covers: list[tuple[int, ...]] = []
    on: set[int] = set()
    for edge in sorted(changes):
        begun, ended = changes[edge]
        on -= set(ended)
        on |= set(begun)
        edges.append(edge)
        covers.append(tuple(sorted(on)))
    return edges, covers
