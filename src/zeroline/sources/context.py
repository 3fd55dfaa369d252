"""What stands around a passage in the text coded, kept as hashes, and whether a copy has the same around it.

A passage is what somebody said only where those who quote it say so: the same words in a denial, or in another's mouth,
are no proof. So the words beside it count, on both sides and in its own paragraph: back to where the sentence begins
and on to where it ends, at least four words and at most forty; fewer where the paragraph ends before. Where a passage
begins or ends a sentence itself, four words of the next one are enough. Where the sentence began or ended a paragraph,
so it must in the copy: “He lied.” might stand there. What stands in the paragraphs before and after does not count, for
those may be moved; but where a copy does not part paragraphs, two of their words tell that one began there. Where
something is missing beside a passage, or nearly a passage stands there: :mod:`zeroline.sources.context_sides`.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from zeroline.sources.attribution import hashed
from zeroline.sources.words import digest as digest_of
from zeroline.sources.words import without_notes

if TYPE_CHECKING:
    from zeroline.sources.near_twins import Twins
    from zeroline.sources.passages_sought import Print
    from zeroline.sources.words import Words

NEIGHBOURS = 4
"""So many words before and after a passage tell which of several places is meant."""

LONGEST = 40
"""No more words than that on a side must agree."""

FAVOUR = 0.05
"""What a side that agrees is worth in similarity, where two places are compared."""

_BEYOND = 2
"""So many words beyond the edge of a paragraph show that it is the same edge, where a copy does not show it."""

_WRAPPED = 200
"""A text without blank lines that has a longer line than that is not wrapped: its lines are its paragraphs."""

_BLANK = re.compile(r"\n[^\S\n]*\n")
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*\s|[。！？।؟]")
_LEADS = re.compile(r"[,:;—–-][\"'”’»)\]]*\s*\n")
_GOES_ON = re.compile(r"[\s\"'“”‘’«»)\]]*[—–―…,;-]")
_SHORTENED = re.compile(r"[A-Z][a-z]{0,4}")

Agreement = Literal["agrees", "edge", "nothing", "differs"]
"""Of one side. ``edge``: a paragraph begins or ends with the passage, in the text coded and in the copy, and no word
says more. ``nothing``: the copy, or its paragraph, begins or ends there, and has no words that could differ.
"""


class Around(NamedTuple):
    """How both sides of a place agree with what stands around the passage; ``note``: what is missing or too much."""

    before: Agreement
    after: Agreement
    note: str = ""

    @property
    def sound(self) -> bool:
        """Whether a side agrees and none differs; of what was a paragraph it is enough that it is one."""
        sides = self.before, self.after
        return "differs" not in sides and ("agrees" in sides or sides == ("edge", "edge"))


class Beside:
    """The words beside places of one text, ``step`` -1 before and +1 behind. Places are between two words.

    ``twins`` knows what is nearly one of the passages looked for. Of a piece of a text ``like`` is that text.
    """

    twins: Twins | None = None
    _paragraph: re.Pattern[str]

    def __init__(self, words: Words, like: Beside | None = None) -> None:
        self.words, self._count = words, len(words.places)
        if like is not None:
            self._paragraph = like._paragraph
            return
        text = words.shown
        lines = not _BLANK.search(text.strip()) and max(map(len, text.split("\n"))) > _WRAPPED
        self._paragraph = re.compile("\n") if lines else _BLANK

    def take(self, at: int, step: int, count: int) -> list[str]:
        """So many words on one side of a place, in the order of the text; fewer where it ends."""
        return self.words.folded[max(at - count, 0) : at] if step < 0 else self.words.folded[at : at + count]

    def _gap(self, at: int) -> str:
        words = self.words
        gap = words.shown[words.ends[words.places[at - 1]] : words.starts[words.places[at]]]
        return without_notes(gap) if any(map(str.isnumeric, gap)) else gap

    def is_edge(self, at: int) -> bool:
        """Whether a paragraph, or the text, begins or ends at a place."""
        return at <= 0 or at >= self._count or bool(self._paragraph.search(self._gap(at)))

    def paragraph_at(self, start: int) -> int:
        """The code point at which the paragraph begins that a code point is in."""
        shown, low = self.words.shown, start
        while low > 0:
            low = max(low - 2_000, 0)
            ends = [found.end() for found in self._paragraph.finditer(shown, low, start)]
            if ends:
                return ends[-1]
        return 0

    def of_hash(self, name: str) -> set[str]:
        """The words of the text, of three letters and more, that a hash of a name is of."""
        return self._hashed.get(name, set())

    @cached_property
    def _hashed(self) -> dict[str, set[str]]:
        return hashed(self.vocabulary)

    @cached_property
    def vocabulary(self) -> set[str]:
        """Every word of the text, once."""
        return set(self.words.folded)

    def may_pause(self, at: int) -> bool:
        """Whether a sentence begins or ends at a place, or what may be a title or an initial: “Col. Roe”."""
        return self.is_edge(at) or bool(_ENDS.search(self._gap(at)))

    def is_pause(self, at: int) -> bool:
        """Whether a sentence begins or ends at a place, for certain."""
        if self.is_edge(at):
            return True
        words = self.words
        token = words.places[at - 1]
        if not _ENDS.search(self._gap(at)):
            return False
        return words.keys[token + 1] != "." or not _SHORTENED.fullmatch(words.keys[token])

    def reach(self, at: int, step: int) -> tuple[int, bool]:
        """How many words on a side count, and whether it matters that a sentence or paragraph is at an end there."""
        within = not self.is_pause(at)
        for count in range(LONGEST):
            if self.is_edge(at + step * count):
                return count, True
            if count >= NEIGHBOURS and (not within or self.is_pause(at + step * count)):
                return count, within
        return LONGEST, within and self.is_pause(at + step * LONGEST)

    def wording(self, first: int, last: int) -> tuple[str, str]:
        """The text that counts on both sides of tokens ``first`` up to ``last``."""
        begin, end = self.words.word_at(first), self.words.word_at(last)
        a, b = begin - self.reach(begin, -1)[0], end + self.reach(end, 1)[0]
        before = self.words.text[slice(*span(self.words, a, begin))] if a < begin else ""
        return before, self.words.text[slice(*span(self.words, end, b))] if end < b else ""

    def code(self, at: int, step: int) -> str:
        """What is kept of a side: how many words, their hash, and that of some more where they end at a pause."""
        count, asks = self.reach(at, step)
        said = f"{count} {_hash(self.take(at, step, count))}"
        return f"{said} {_hash(self.take(at, step, beyond(count)))}" if asks else said

    def judge(self, code: str, at: int, step: int) -> Agreement:
        """Whether a side of a place in this text is the one that was kept."""
        count, near, far = parsed(code)
        if far and _hash(self.take(at, step, beyond(count))) == far:
            return "agrees"
        there, end = self.take(at, step, count), at + step * count
        if len(there) == count and _hash(there) == near:
            if not far:
                return "agrees"
            if self.is_edge(end) and not self._runs_on(end, step):  # a sentence's end is not enough: “He lied.”
                return "agrees" if count else "edge"
        return "nothing" if self._cut(at) and not self._runs_on(at, step) else "differs"

    def has_same(self, code: str, at: int, step: int) -> bool:
        """Whether a side has the words that were kept, whatever stands beyond them."""
        count, near, _ = parsed(code)
        there = self.take(at, step, count)
        return 0 < count == len(there) and _hash(there) == near

    def is_without(self, code: str, at: int, step: int) -> bool:
        """Whether a side is what it would be if something were missing: nothing may stand there that is not in it."""
        count, near, far = parsed(code)
        if far and _hash(self.take(at, step, beyond(count))) == far:
            return True
        there, end = self.take(at, step, count), at + step * count
        if not count or len(there) != count or _hash(there) != near:
            return False
        return not far or (self.is_edge(end) and not self._runs_on(end, step))

    def _runs_on(self, at: int, step: int) -> bool:
        """Whether two paragraphs are one sentence there: “He denied this:”, “— which he never said”."""
        if not 0 < at < self._count:
            return False
        if step < 0:
            return bool(_LEADS.search(self._gap(at)))
        behind = self._paragraph.split(self._gap(at))[-1]
        return bool(_GOES_ON.match(behind)) or self.words.text[self.words.starts[self.words.places[at]]].islower()

    def _cut(self, at: int) -> bool:
        """Whether a paragraph begins or ends at a place, and what stands beyond is at an end there too: not “said:”."""
        if not self.is_edge(at):
            return False
        return at <= 0 or at >= self._count or bool(_ENDS.search(self._gap(at)))

    def judge_neighbours(self, neighbours: str, at: int, step: int) -> Agreement:
        """The same by the hash of four neighbours alone, of which it is not known whether a paragraph ends there."""
        if beside(self.take(at, step, NEIGHBOURS)) == neighbours:
            return "agrees"
        ends = any(self.is_edge(at + step * count) for count in range(NEIGHBOURS))
        return "nothing" if ends else "differs"


def beside(words: list[str]) -> str:
    """The hash of the words on one side of a passage; "" where there are none."""
    return digest_of(words, 4) if words else ""


def agreeing(print: Print | None, words: Words, first: int, last: int) -> int:
    """How many sides of tokens ``first`` up to ``last`` have the four words around them that a passage has: 0 to 2."""
    if print is None:
        return 0
    before = print.before and beside(words.before(first, NEIGHBOURS)) == print.before
    after = print.after and beside(words.after(last, NEIGHBOURS)) == print.after
    return bool(before) + bool(after)


def _hash(words: list[str]) -> str:
    return digest_of(words, 4)


def beyond(count: int) -> int:
    """How many words show that a sentence or paragraph is at an end behind so many."""
    return max(count + _BEYOND, NEIGHBOURS)


def span(words: Words, first: int, last: int) -> tuple[int, int]:
    """The code points of words ``first`` up to ``last``."""
    return words.starts[words.places[first]], words.ends[words.places[last - 1]]


def parsed(code: str) -> tuple[int, str, str]:
    """How many words a kept side has, their hash, and that of some more, "" where it does not matter."""
    count, near, *far = code.split(" ")
    return int(count), near, far[0] if far else ""
