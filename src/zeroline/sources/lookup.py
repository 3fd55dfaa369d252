"""Where in a copy the words and marks of the passages sought stand.

A copy may have millions of words and a source thousands of statements. So only what some passage asks for is looked up,
for all passages in one pass over the copy: rare words, pairs of words, and runs of marks.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from functools import cached_property, partial
from itertools import compress
from math import log2
from typing import TYPE_CHECKING

from zeroline.sources.words import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zeroline.sources.known_passage import Known
    from zeroline.sources.words import Words

RARE, COMMON = 60, 600
"""A word that stands in a copy more often says too little about where a passage is: alone, and with the next."""


class Lookup:
    """``words`` of a copy, and what the ``sought`` passages ask for in it."""

    def __init__(self, words: Words, sought: Iterable[Known]) -> None:
        self.words = words
        self._sought = list(sought)
        self._bits: dict[str, float] = {}

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word of the passages stands in the copy; one that does not stand in it is not among them."""
        asked = {word for known in self._sought for word in known.words if word}
        asked.update(key.casefold() for known in self._sought for key in known.keys)
        return Counter(filter(asked.__contains__, self.words.folded))

    def bits(self, word: str) -> float:
        """How much it says that a word stands at a certain place."""
        if (said := self._bits.get(word)) is None:
            said = self._bits[word] = log2((len(self.words.places) + 1) / (self.counts.get(word) or 1))
        return said

    @cached_property
    def where(self) -> dict[str, Sequence[int]]:
        """At which places among the words of the copy each rare word stands, and each that a passage is found by."""
        counts = self.counts
        wanted = {word for known in self._sought for word in known.words if word and counts.get(word, RARE + 1) <= RARE}
        wanted.update(word for known in self._sought if (word := self._rarest(known.keys)[1]))
        folded = self.words.folded
        found: defaultdict[str, array[int]] = defaultdict(partial(array, "i"))
        for at in compress(range(len(folded)), map(wanted.__contains__, folded)):
            found[folded[at]].append(at)
        return dict(found)

    @cached_property
    def pairs(self) -> dict[tuple[str, str], Sequence[int]]:
        """At which places two words stand side by side of which the first is not common."""
        counts, folded = self.counts, self.words.folded
        wanted: set[tuple[str, str]] = set()
        for known in self._sought:
            for word, following in zip(known.words, known.words[1:], strict=False):
                if word and following and following in counts and counts.get(word, COMMON + 1) <= COMMON:
                    wanted.add((word, following))
        first = {word for word, _ in wanted}
        found: defaultdict[tuple[str, str], array[int]] = defaultdict(partial(array, "i"))
        for at in compress(range(len(folded) - 1), map(first.__contains__, folded)):
            if (pair := (folded[at], folded[at + 1])) in wanted:
                found[pair].append(at)
        return dict(found)

    @cached_property
    def run_length(self) -> int:
        """How many marks in a row are looked up: so many that chance seldom has them in this copy."""
        length = 3
        while 8**length < len(self.words.places) / 8:
            length += 1
        return length

    @cached_property
    def runs(self) -> dict[str, Sequence[int]]:
        """At which pair of words each run of :attr:`run_length` marks begins."""
        marks, length = self.words.marks, self.run_length
        wanted = {m[at : at + length] for m in (k.marks for k in self._sought) for at in range(len(m) - length + 1)}
        found: defaultdict[str, array[int]] = defaultdict(partial(array, "i"))
        for begin in range(0, len(marks) - length + 1, AT_ONCE):  # in passes that run in C, some thousand at a time
            end = min(begin + AT_ONCE, len(marks) - length + 1)
            runs = [marks[at : at + length] for at in range(begin, end)]
            for at in compress(range(end - begin), map(wanted.__contains__, runs)):
                found[runs[at]].append(begin + at)
        return dict(found)

    def find(self, keys: list[str], most: int = 1_000) -> list[int]:
        """At which tokens of the copy a run of tokens with a word in it begins, wherever it stands."""
        found: list[int] = []
        rarest, word = self._rarest(keys)
        if rarest < 0:
            return found
        places, all_keys = self.words.places, self.words.keys
        for at in self.where.get(word, ()):
            start = places[at] - rarest
            if start >= 0 and all_keys[start : start + len(keys)] == keys:
                found.append(start)
                if len(found) == most:
                    break
        return found

    def _rarest(self, keys: list[str]) -> tuple[int, str]:
        """Which of some tokens is the rarest word, and the word without case; -1 and "" where none is a word."""
        words = [(self.counts.get(key.casefold(), 0), at) for at, key in enumerate(keys) if key[0].isalnum()]
        at = min(words)[1] if words else -1
        return at, keys[at].casefold() if words else ""
