"""Rung 4: the place in a copy that is nearly a passage, proposed to the reader and never taken without them.

Words that are rare in the copy, and runs of marks, vote for where the passage would begin; the best places are aligned
(rapidfuzz) and judged. A place is proposed when enough of its words fit, when so much agreement is not to be expected
by chance in a text of that length, when it is clearly better than the next best, and when it is not another
statement's own.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Levenshtein

from zeroline.corpus.passages import SourceText, digest
from zeroline.sources.difference import Known, full, marked
from zeroline.sources.model import Anchored, Part, Proposal
from zeroline.sources.words import Words

if TYPE_CHECKING:
    from zeroline.sources.ladder import Taken
    from zeroline.sources.needs import Need

SIMILAR = 0.6
"""At least so much of a passage's words must fit."""

MARGIN = 0.1
"""So much better than the next best place must the best be."""

BEYOND_CHANCE = 8.0
"""Bits of agreement a place must have more than the best of all places of the copy would have by chance."""

RARE = 60
"""A word that stands in a copy more often says too little about where a passage is."""

CANDIDATES = 6
"""So many places are looked at."""

_SHIFT = 4


class Candidate(NamedTuple):
    """Words ``first`` up to ``last`` of a copy; tokens with the signs around; ``owned`` by another statement."""

    similarity: float
    first: int
    last: int
    tokens: tuple[int, int]
    parts: list[Part]
    owned: bool


class Near:
    """Looks for passages in one copy. ``taken`` are the places that are statements' for certain."""

    def __init__(self, copy: SourceText, words: Words, taken: list[Taken]) -> None:
        self._copy, self._words, self._taken = copy, words, taken

    def look(self, need: Need) -> Anchored:
        """The place proposed for a passage that no surer rung has found, or an orphan that says why."""
        known = _known(need)
        if known is None:
            return Anchored(need.id, "orphan", why=_unknown(need))
        if not self._words.places:
            return Anchored(need.id, "orphan", why="the copy has no words")
        found = sorted(self._candidates(need, known), key=lambda c: -c.similarity)
        free = [c for c in found if not c.owned]
        if not free or free[0].similarity < SIMILAR:
            near = " but another statement's own" if found and found[0].similarity >= SIMILAR else ""
            return Anchored(need.id, "orphan", why=f"nothing in the copy is near it{near}")
        best = free[0]
        others = [c for c in free[1:] if not _overlap(best, c)]
        margin = best.similarity - (others[0].similarity if others else 0)
        start, end = self._words.span(*best.tokens)
        if margin < MARGIN:
            first, second = sorted(
                (self._copy.paragraph(start), self._copy.paragraph(self._words.span(*others[0].tokens)[0]))
            )
            return Anchored(need.id, "orphan", why=f"places in paragraphs {first} and {second} are about equally near")
        proposal = Proposal(round(best.similarity, 3), round(margin, 3), best.parts, digest(self._copy.text[start:end]))
        return Anchored(
            need.id, "proposed", start, end, self._copy.paragraph(start), _said(best, proposal.similarity), proposal
        )

    # --- where it may be -----------------------------------------------------------------------------------------

    @cached_property
    def _length(self) -> int:
        """How many marks in a row are looked up: so many that chance seldom has them in this copy."""
        length = 3
        while 8**length < len(self._words.places) / 8:
            length += 1
        return length

    @cached_property
    def _runs(self) -> dict[str, list[int]]:
        runs, marks, length = defaultdict(list), self._words.marks, self._length
        for at in range(len(marks) - length + 1):
            runs[marks[at : at + length]].append(at)
        return runs

    def _bits(self, word: str) -> float:
        """How much it says that a word stands at a certain place."""
        return log2((len(self._words.places) + 1) / (len(self._words.where.get(word, ())) or 1))

    def _candidates(self, need: Need, known: Known) -> list[Candidate]:
        votes: dict[int, float] = defaultdict(float)
        for at, word in enumerate(known.words):
            places = self._words.where.get(word, ()) if word is not None else ()
            if 0 < len(places) <= RARE:
                weight = self._bits(word or "")
                for place in places:
                    votes[place - at] += weight
        for at in range(len(known.marks) - self._length + 1):
            for place in self._runs.get(known.marks[at : at + self._length], ())[:RARE]:
                votes[place - at] += 3 * self._length
        found = []
        for low, high in _clusters(votes):
            if candidate := self._judge(need, known, low, high):
                found.append(candidate)
        return found

    def _judge(self, need: Need, known: Known, low: int, high: int) -> Candidate | None:
        """The best run of words that begins near ``low`` to ``high``; None when it may be chance."""
        count, there = len(known.words), len(self._words.places)
        exact = known.tokens is not None
        best: tuple[float, int, int, int] | None = None
        for first in range(max(low - 1, 0), min(high + 2, there)):
            for last in range(max(low - 1 + count, first + 1), min(high + 2 + count, there + 1)):
                if exact:
                    distance = Levenshtein.distance(known.words, self._words.folded[first:last])
                else:
                    distance = Levenshtein.distance(known.marks, self._words.marks[first : last - 1])
                key = (-distance / max(count, last - first), -abs(last - first - count), -first, last)
                if best is None or key > best:
                    best = key
        if best is None:
            return None
        first, last = -best[2], best[3]
        tokens = self._tokens(need, first, last)
        if exact:
            parts = full(known, self._words, *tokens)
            same = Levenshtein.distance(known.words, self._words.folded[first:last])
            fitting = max(count, last - first) - same
        else:
            parts, fitting = marked(known, self._words, first, last)
        if self._agreement(known, first, last) < log2(there + 1) + BEYOND_CHANCE:
            return None
        similarity = fitting / max(count, last - first)
        if any(part.kind != "same" for part in parts):
            similarity = min(similarity, 0.99)  # all the words may fit, and the signs or capitals not
        return Candidate(similarity, first, last, tokens, parts, self._owned(need, self._words.span(*tokens)))

    def _agreement(self, known: Known, first: int, last: int) -> float:
        """Bits by which the words and marks of a place agree with a passage's."""
        bits, own = 0.0, self._words.folded[first:last]
        if known.tokens is None:
            marks = Levenshtein.opcodes(known.marks, self._words.marks[first : last - 1])
            bits = sum(3.0 * (op.src_end - op.src_start) if op.tag == "equal" else -1.0 for op in marks)
        wanted = [word for word in known.words if word is not None]
        for op in Levenshtein.opcodes(wanted, own):
            if op.tag == "equal":
                bits += sum(self._bits(word) for word in own[op.dest_start : op.dest_end])
        return bits

    def _tokens(self, need: Need, first: int, last: int) -> tuple[int, int]:
        """The tokens of words, with as many signs before and behind as the passage has, where signs stand there."""
        start, end = self._words.places[first], self._words.places[last - 1] + 1
        head, tail = (need.print.head, need.print.tail) if need.print else (0, 0)
        before = self._words.places[first - 1] + 1 if first else 0
        behind = self._words.places[last] if last < len(self._words.places) else len(self._words)
        return max(start - head, before), min(end + tail, behind)

    def _owned(self, need: Need, span: tuple[int, int]) -> bool:
        """Whether half of a place is, for certain, of statements that have nothing in common with this one."""
        shared = 0
        for start, end, locator in self._taken:
            apart = need.start < 0 or locator[0] < 0 or locator[1] <= need.start or need.end <= locator[0]
            if apart and start < span[1] and span[0] < end:
                shared += min(end, span[1]) - max(start, span[0])
        return shared * 2 >= span[1] - span[0]


def _known(need: Need) -> Known | None:
    if need.passage is not None:
        own = Words(need.passage)
        return Known([*own.folded], own.marks, "", own.keys, own) if own.places else None
    if need.print is None:
        return None
    print, words = need.print, [None] * need.print.words
    known: list[str | None] = [*words]
    if print.at is not None:
        for at, word in enumerate(Words(need.excerpt).folded, print.at):
            if at < len(known):
                known[at] = word
    return Known(known, print.marks, print.plain, None, None)


def _unknown(need: Need) -> str:
    if need.sha256 is None:
        return "the corpus says neither where it stands nor any of its words"
    return "not there character for character, and the corpus has no anchor that would find it otherwise"


def _clusters(votes: dict[int, float]) -> list[tuple[int, int]]:
    """The best beginnings voted for, those that lie close together as one."""
    clusters: list[tuple[int, int]] = []
    for at in sorted(votes, key=lambda at: (-votes[at], at)):
        near = next((n for n, (low, high) in enumerate(clusters) if low - _SHIFT <= at <= high + _SHIFT), None)
        if near is None:
            if len(clusters) == CANDIDATES:
                break
            clusters.append((at, at))
        elif clusters[near][1] - clusters[near][0] < 2 * _SHIFT:
            low, high = clusters[near]
            clusters[near] = min(low, at), max(high, at)
    return clusters


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.first < other.last and other.first < one.last


def _said(best: Candidate, similarity: float) -> str:
    if all(part.kind == "same" for part in best.parts):
        return "the same words, but too few to be sure, and what stands around them does not agree"
    if any(part.kind == "signs" for part in best.parts):
        return "the same words; signs or capitals among them differ"
    return f"{similarity:.0%} of its words fit"
