"""What stands beside a place and is nearly one of the passages: sentences that say almost the same, put in there.

Whole sentences only, from one pause to another, so never what is one sentence with a passage; about as long as the
passage they are nearly, with seven words in ten the same in order, and so much agreement that it is no chance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from itertools import pairwise
from math import log2
from typing import TYPE_CHECKING

from zeroline.sources.align import FITS, Laid, lay
from zeroline.sources.context import LONGEST, Beside
from zeroline.sources.cut_context import Span, span_of
from zeroline.sources.difference import of_marks
from zeroline.sources.known_passage import Known, known_of
from zeroline.sources.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zeroline.sources.passages_sought import Need

SAME = 0.7
"""So much of its words must be the passage's."""

BEYOND_CHANCE = 8.0
"""Bits of agreement it must have more than the best of all passages would have by chance."""

MOST = 50_000
"""A corpus that has more passages than that is not searched for near-twins."""

_SENTENCES = 5  # a passage may have as many
_EDGE = 10  # words by which the beginning and the end of one are told
_FIRST = 4
_CLEARLY = 4  # so much more fits where words are put before it or behind
_SURELY = 3  # so much of each sentence fits, where there are several
_TRIED = 4  # passages that are laid along a sentence
_OFTEN = 400  # a run of marks or a word that more passages have says too little


class Twins:
    """The passages of a corpus, to tell what is nearly one; ``copy`` says how rare a word is."""

    def __init__(self, needs: list[Need], copy: Words) -> None:
        self._needs, self._copy = needs, copy
        self._told: dict[tuple[str, tuple[int, ...]], bool] = {}

    def is_one(self, text: Beside, first: int, last: int) -> bool:
        """Whether words ``first`` up to ``last`` of a text, some whole sentences, are nearly a passage."""
        said = " ".join(text.words.folded[first:last])
        pauses = (0, *(at - first for at in range(first + 1, last) if text.may_pause(at)), last - first)
        if (told := self._told.get((said, pauses))) is None:
            told = self._told[said, pauses] = bool(said) and self._look(Words(said), pauses)
        return told

    @property
    def longest(self) -> int:
        """No near-twin has more words."""
        return int(max((len(known.words) for known in self._known), default=0) / SAME)

    @cached_property
    def _known(self) -> list[Known]:
        if len(self._needs) > MOST:
            return []
        spans: dict[tuple[int, int] | str, Need] = {}
        for need in self._needs:
            spans.setdefault((need.start, need.end) if need.start >= 0 else need.id, need)
        return [known for known in map(known_of, spans.values()) if known is not None]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(self._copy.folded)

    def _bits(self, word: str) -> float:
        return log2((len(self._copy.places) + 1) / (self._counts.get(word) or 1))

    @cached_property
    def _run(self) -> int:
        """How many marks in a row are looked up."""
        length, all_ = 2, sum(len(known.marks) for known in self._known)
        while 8**length * 16 < all_:
            length += 1
        return length

    @cached_property
    def _where(self) -> dict[str, list[tuple[int, int]]]:
        """Where runs of marks, and known words, stand: in which passages, and at which word."""
        found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, known in enumerate(self._known):
            for at in range(len(known.marks) - self._run + 1):
                found[known.marks[at : at + self._run]].append((number, at))
            for at, word in enumerate(known.words):
                if word is not None:
                    found[f" {word}"].append((number, at))
        return found

    def _look(self, own: Words, pauses: tuple[int, ...]) -> bool:
        count = len(own.places)
        votes: defaultdict[tuple[int, int], float] = defaultdict(float)
        for at in range(len(own.marks) - self._run + 1):
            for number, slot in self._where.get(own.marks[at : at + self._run], ())[:_OFTEN]:
                votes[number, at - slot] += FITS
        for at, word in enumerate(own.folded):
            for number, slot in self._where.get(f" {word}", ())[:_OFTEN]:
                votes[number, at - slot] += self._bits(word)
        least = log2(sum(len(known.words) for known in self._known) + 1) + BEYOND_CHANCE
        tried, within = 0, set[int]()
        for (number, at), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
            known = self._known[number]
            long = max(len(known.words), count)
            if number in within or min(len(known.words), count) < SAME * long:
                continue
            laid = lay(known, own, at, at, self._bits)
            if laid is not None and laid.bits >= least:
                (slot, place), (last, behind) = laid.pairs[0], laid.pairs[-1]
                if place > slot or count - behind > len(known.words) - last:
                    within.add(number)  # something stands before it or behind it: “It is not so that …”
                    continue
                if known.text is not None:
                    fitting = sum(known.words[slot] == own.folded[place] for slot, place in laid.pairs)
                else:
                    fitting = of_marks(known, own, laid).fitting
                if fitting >= SAME * long and _nothing_outside(known, own):
                    return len(pauses) == 2 or _all_of_it(known, own, laid, pauses)
            tried += 1
            if tried == _TRIED:
                break
        return False


def _all_of_it(known: Known, own: Words, laid: Laid, pauses: tuple[int, ...]) -> bool:
    """Whether it does so in each of its sentences: “Never!” beside a near-twin is none of it."""
    slots = {place: slot for slot, place in laid.pairs}
    for first, last in pairwise(pauses):
        fits = sum(
            slots.get(place, -1) >= 0 and known.words[slots[place]] == own.folded[place] for place in range(first, last)
        )
        for place in range(max(first - 1, 0), min(last, len(own.marks))):  # with those of the words on both sides
            slot = slots.get(place, -1)
            together = slot >= 0 and slots.get(place + 1) == slot + 1
            fits += together and known.marks[slot] == own.marks[place]
        if fits < max(_SURELY, min((last - first) * 0.5, 2 + (last - first) * 0.3)):
            return False
    return True


def _nothing_outside(known: Known, own: Words) -> bool:
    """Whether it begins and ends as the passage does, or later and earlier: not “It is not so that …”."""
    count, more = len(known.words), len(own.places) - len(known.words)
    for shift in range(1, int(len(own.places) * (1 - SAME)) + 2):
        for first, other, beside in ((True, shift, 0), (False, more - shift, more)):
            wide, narrow = (
                [_fits(known, own, *((0, min(edge, count)) if first else (max(count - edge, 0), count)), by)
                 for by in (other, beside)]
                for edge in (_EDGE, _FIRST)
            )  # fmt: skip
            if wide[0] >= wide[1] + _CLEARLY and narrow[0] > narrow[1]:
                return False
    return True


def _fits(known: Known, own: Words, first: int, last: int, shift: int) -> int:
    """How much fits between slots of a passage and words that stand so much later."""
    fits = 0
    for slot in range(max(first, -shift), min(last, len(own.places) - shift)):
        fits += 2 * (known.words[slot] == own.folded[slot + shift])
        fits += known.marks[slot : slot + 1] == own.marks[slot + shift : slot + shift + 1] != ""
    return fits


def between(text: Beside, at: int, step: int) -> Iterator[Span]:
    """The code points of each near-twin among the words that count on a side of a place, the nearest first."""
    twins, words = text.twins, text.words
    assert twins is not None
    longest = twins.longest
    for near in range(LONGEST + 1):
        begin = at + step * near
        if not 0 <= begin <= len(words.places):
            return
        if not text.may_pause(begin):
            continue
        sentences, end = 0, begin
        while sentences < _SENTENCES and abs(end - begin) < longest:
            end += step
            if not 0 <= end <= len(words.places):
                break
            if text.may_pause(end):
                sentences += 1
                if twins.is_one(text, min(begin, end), max(begin, end)):
                    yield span_of(words, min(begin, end), max(begin, end))
            if text.is_edge(end):
                break
        if near and text.is_edge(begin):
            return
