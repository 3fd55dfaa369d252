"""A passage with a page's end in its midst: its words stand in two parts, a running head or a page's number between.

Each part votes for another beginning (:mod:`zeroline.sources.near_match`); two of these are laid one after the other.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from zeroline.sources.align import DIFFERS, FITS, GAP, SKIPPED, Laid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zeroline.sources.known_passage import Known
    from zeroline.sources.words import Words

WIDEST = 40
"""No more words than that stand between the parts."""

TRIED = 4
"""So many beginnings of the other part are tried."""

LONG = 12
"""A passage of fewer words is not looked for in two parts: chance would find some."""

SURELY = 6.0
"""Bits by which two parts, with the gap between them counted, must be better than one: many ways are tried."""

WHOLE = 0.9
"""So much of a passage must be there."""


def torn(known: Known, words: Words, votes: dict[int, float], bits: Callable[[str], float]) -> Iterator[Laid]:
    """The ways to lay a passage in two parts: one begins where most ``votes`` say, the other near it.

    Votes are by the word with which the passage would begin, for either part.
    """
    if not votes:
        return
    most = max(votes, key=votes.__getitem__)
    near = [at for at in votes if SKIPPED < abs(at - most) <= WIDEST]
    for other in sorted(near, key=votes.__getitem__, reverse=True)[:TRIED]:
        if laid := _laid(known, words, min(most, other), max(most, other), bits):
            yield laid


def _laid(known: Known, words: Words, first: int, second: int, bits: Callable[[str], float]) -> Laid | None:
    count = len(known.words)
    if first < 0 or second + count > len(words.folded):
        return None
    one, other = _scores(known, words, first, bits), _scores(known, words, second, bits)
    upto = [0.0, *accumulate(one)]
    since = [0.0, *accumulate(reversed(other))][::-1]
    # Over the tear no mark can fit: what the pair there would count is left out with the word's own.
    best, cut = max((upto[at] + since[min(at + 1, count)], at) for at in range(1, count))
    pairs = [(slot, first + slot) for slot in range(cut)] + [(slot, second + slot) for slot in range(cut, count)]
    return Laid(best + GAP, pairs)


def _scores(known: Known, words: Words, begin: int, bits: Callable[[str], float]) -> list[float]:
    """What each word of a passage comes to, with the pair before it, where the passage begins at a word."""
    marks = words.marks_between(begin, begin + len(known.words)) if known.text is None else ""
    found = []
    for slot, word in enumerate(known.words):
        score = 0.0
        if word is not None:
            score = bits(word) if words.folded[begin + slot] == word else DIFFERS
        elif marks and slot:
            score = FITS if known.marks[slot - 1] == marks[slot - 1] else DIFFERS
        found.append(score)
    return found
