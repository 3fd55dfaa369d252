"""Rungs 2 and 3: of the places where a passage's very words stand, the one that is this statement's for certain.

One of several places is told by the words around it; of several that have all of them, the first. Where several
statements say the same, a place is only taken by the one that it is certainly of: by what stands around it, or because
there are as many places as statements, which then stand in their order. A place where nothing around agrees is taken
when it is long enough not to be chance, and is not, out of order with the statements beside it, among other words: so
stands what somebody else has quoted. A shorter one is only taken where it stands between both.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from zeroline.corpus.passages import SourceText, digest
from zeroline.sources.attribution import doubt
from zeroline.sources.context import FAVOUR, NEIGHBOURS, Around, Beside
from zeroline.sources.context_parts import sides, where
from zeroline.sources.context_sides import around
from zeroline.sources.model import Anchored, Part, Proposal, State, Sure

if TYPE_CHECKING:
    from zeroline.sources.passages_sought import Need

ENOUGH = 6
"""A passage of so many words is not taken for another by chance, whatever stands around it."""

FEWEST = 3
"""Of a statement without a locator only the excerpt is known: it needs so many words to be looked for."""

_PLACES = 20
"""So many places of a passage are looked at closely."""

Span = tuple[int, int]
Who = tuple[int, int | str]


class Place(NamedTuple):
    """Tokens ``first`` up to ``last`` of a copy, and how many sides of the passage (0 to 2) agree there."""

    first: int
    last: int
    agree: int


def exact(
    needs: list[Need], places: dict[int, list[Place]], copy: SourceText, near: Beside, found: dict[int, Anchored]
) -> list[int]:
    """Rungs 2 and 3 for the statements with these places, put into ``found``; those not found are given back."""
    it = _Exact(needs, places, copy, near, found)
    it.agreeing(2)
    it.first_of_equals()
    it.agreeing(1)
    it.sound()
    it.alone(short=False)
    it.alone(short=True)
    return [number for number in places if number not in found]


class _Exact:
    """Who has which place. ``owners`` are the passages whose a place is for certain."""

    def __init__(
        self, needs: list[Need], places: dict[int, list[Place]], copy: SourceText, near: Beside,
        found: dict[int, Anchored],
    ) -> None:  # fmt: skip
        self._needs, self._places, self._copy, self._near, self._found = needs, places, copy, near, found
        self._words = near.words
        self._owners: dict[Span, Who] = {}

    def _who(self, number: int) -> Who:
        """Whose words they are: a passage's, however many statements it has; without a locator the speaker's."""
        need = self._needs[number]
        return (need.start, need.end) if need.start >= 0 else (-1, need.speaker)

    def _open(self, number: int) -> list[Place]:
        """The places of a statement that are not another's."""
        mine = self._who(number)
        return [
            p for p in self._places[number] if mine[0] == -1 or self._owners.get(p[:2], mine) == mine
        ]  # fmt: skip

    def _take(self, number: int, place: Place, more: str = "") -> None:
        self._owners[place[:2]] = self._who(number)
        others = [p for p in self._places[number] if p != place]
        it = self._found[number] = _found(self._needs[number], self._copy, self._near, place, others)
        it.why += more

    def agreeing(self, sides: int) -> None:
        """Take the places where so many sides agree, and no more do elsewhere, if nobody else has as much a claim."""
        claims: dict[int, Place] = {}
        claimants: defaultdict[Span, set[Who]] = defaultdict(set)
        for number in self._places:
            if number not in self._found:
                open_ = self._open(number)
                best = [p for p in open_ if p.agree == sides]
                if len(best) == 1 and all(p.agree <= sides for p in open_):
                    claims[number] = best[0]
                    claimants[best[0][:2]].add(self._who(number))
        for number, place in claims.items():
            if len(claimants[place[:2]]) == 1:
                self._take(number, place)

    def first_of_equals(self) -> None:
        """A copy may hold the whole text twice: of places that have all the same around them the first will do.

        Each is one's own, in the order of the text coded, where the same is said more than once.
        """
        groups: defaultdict[tuple[Span, ...], list[int]] = defaultdict(list)
        for number in self._places:
            need = self._needs[number]
            if number in self._found or need.print is None or need.start < 0:
                continue
            sides = bool(need.print.before) + bool(need.print.after)
            equal = [p[:2] for p in self._open(number) if sides and p.agree == sides]
            if len(equal) > 1:
                groups[tuple(equal)].append(number)
        for spans, numbers in groups.items():
            whose = sorted({self._who(number) for number in numbers})
            if len(whose) <= len(spans):
                for number in numbers:
                    at_ = spans[whose.index(self._who(number))]
                    place = next(p for p in self._places[number] if p[:2] == at_)
                    left = len(spans) - whose.index(self._who(number))
                    self._take(
                        number,
                        place,
                        f"; it stands there {left} times, and this is the first place" if left > 1 else "",
                    )

    def sound(self) -> None:
        """Take the one place of several at which all that counts around the passage agrees."""
        for number in self._places:
            open_ = self._open(number) if number not in self._found else []
            if 1 < len(open_) <= _PLACES:
                sure = [
                    place
                    for place in open_
                    if (it := around(self._needs[number], self._near, place.first, place.last)) and it.sound
                ]
                if len(sure) == 1:
                    self._take(number, sure[0])

    def alone(self, *, short: bool) -> None:
        """Take places that nothing around tells: where there are as many as there are statements with those words."""
        groups: defaultdict[tuple[Span, ...], list[int]] = defaultdict(list)
        for number in self._places:
            if number not in self._found and (open_ := self._open(number)):
                groups[tuple(sorted(p[:2] for p in open_))].append(number)
        order = _Order(self._needs, self._found)
        for spans, numbers in groups.items():
            whose = sorted({self._who(number) for number in numbers})
            if len(whose) != len(spans) or (len(whose) > 1 and whose[0][0] == -1):  # without locators in no order
                continue
            for number in numbers:
                at_ = spans[whose.index(self._who(number))]
                need, span = self._needs[number], self._words.span(*at_)
                if short:
                    enough = order.between(need, span)
                else:
                    enough = _long(need) and not (order.out_of(need, span) and self._within_others(at_))
                if enough:
                    self._take(number, next(p for p in self._places[number] if p[:2] == at_))

    def _within_others(self, at_: Span) -> bool:
        """Whether on a side of a place its own paragraph has so many words that they should have agreed."""
        words, copy = self._words, self._copy
        here, first, last = copy.paragraph(words.starts[at_[0]]), words.word_at(at_[0]), words.word_at(at_[1])
        return any(
            0 <= beside < len(words.places) and copy.paragraph(words.starts[words.places[beside]]) == here
            for beside in (first - NEIGHBOURS, last + NEIGHBOURS - 1)
        )


class _Order:
    """Where the statements found stand: in the text coded and in the copy."""

    def __init__(self, needs: list[Need], found: dict[int, Anchored]) -> None:
        sure = [
            (needs[n].start, needs[n].end, it)
            for n, it in found.items()
            if needs[n].start >= 0 and it.state != "proposed"
        ]
        self._by_end = sorted(sure, key=lambda s: s[1])
        self._by_start = sorted(sure, key=lambda s: s[0])
        self._ends, self._starts = [s[1] for s in self._by_end], [s[0] for s in self._by_start]

    def _beside(self, need: Need) -> tuple[Anchored | None, Anchored | None]:
        before, after = bisect_right(self._ends, need.start) - 1, bisect_left(self._starts, need.end)
        return (
            self._by_end[before][2] if before >= 0 else None,
            self._by_start[after][2] if after < len(self._by_start) else None,
        )

    def between(self, need: Need, place: Span) -> bool:
        """Whether a place stands between the nearest statements found, as the passage does in the text coded."""
        before, after = self._beside(need) if need.start >= 0 else (None, None)
        return before is not None and after is not None and before.end <= place[0] and place[1] <= after.start

    def out_of(self, need: Need, place: Span) -> bool:
        """Whether a place is on the wrong side of one of them."""
        before, after = self._beside(need) if need.start >= 0 else (None, None)
        return bool((before and before.end > place[0]) or (after and place[1] > after.start))


def _long(need: Need) -> bool:
    """Whether a passage's words are not to be expected by chance, whatever stands around them."""
    if need.sha256 is None:
        return len(need.excerpt.split()) >= FEWEST
    return need.print is None or need.print.words >= ENOUGH or not (need.print.before or need.print.after)


def _found(need: Need, copy: SourceText, near: Beside, place: Place, others: list[Place]) -> Anchored:
    """What a statement is whose own words are here: sure where what stands beside them agrees, else a proposal."""
    start, end = near.words.span(place.first, place.last)
    if need.passage is not None:  # an edge that is no word and no sign belongs to the passage too
        start, end = _edges(need.passage, copy.text, start, end)
    same = digest(copy.text[start:end]) == need.sha256 if need.sha256 else copy.text[start:end] == need.excerpt
    state: Sure = "verbatim" if same else "normalised"
    how = "character for character" if same else "the same words; white space, hyphens or kinds of signs differ"
    beside = around(need, near, place.first, place.last)
    if beside is None:
        return at(need, copy, start, end, state, f"{how}; what stands around it is not known")
    doubtful = doubt(need, near, place.first, place.last) if beside.sound else None
    if beside.sound and (doubtful is None or not doubtful.grave):
        more = f", but {doubtful.why}" if doubtful else ""
        return at(need, copy, start, end, state, f"{how}; {_agreeing(beside)}{more}")
    differing = sides(beside, need, near, place.first, place.last)
    why = doubtful.why if doubtful else where(beside)
    it = at(need, copy, start, end, "proposed", f"{how}, but {why}")
    margin = FAVOUR * max(place.agree - max((other.agree for other in others), default=0), 0)
    it.proposal = Proposal(
        1.0, round(margin, 3), [Part("same", start, end)],
        differing.found(copy.text[start:end], doubtful.why if doubtful else ""), only=not others,
        before=differing.before, after=differing.after, words=state,
    )  # fmt: skip
    return it


def _agreeing(it: Around) -> str:
    if it.note:
        return f"what else stands around it agrees; {it.note}"
    if "nothing" not in it:
        return "what stands around it agrees"
    one, other = ("before", "behind") if it.before == "agrees" else ("behind", "before")
    return f"what stands {one} it agrees, and nothing {other} it can be compared"


def _edges(passage: str, text: str, start: int, end: int) -> tuple[int, int]:
    """The place of a passage, its outer white space included where the copy has the same."""
    inner = passage.find(text[start:end])
    if inner < 0:
        return start, end
    left, right = start - inner, start - inner + len(passage)
    return (left, right) if left >= 0 and text[left:right] == passage else (start, end)


def at(need: Need, copy: SourceText, start: int, end: int, state: State, why: str) -> Anchored:
    """A statement found between two code points of a copy."""
    return Anchored(need.id, state, start, end, copy.paragraph(start), why)
