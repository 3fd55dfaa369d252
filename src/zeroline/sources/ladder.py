"""The ladder that every statement climbs: the same file, the same passage, the same words, nearly the same.

1. The copy is the text that was coded (its hash is equal): offsets hold.
2. The passage stands in it character for character, and what stands beside it agrees: *verbatim*.
3. Its words and signs do, white space, hyphenation, kinds of quotation marks and the like aside: *normalised*.
4. Something near it does, or its very words among others: *proposed*, for the reader to decide on
   (:mod:`zeroline.sources.near_match`). Else an *orphan*.

What has to agree beside a passage stands in :mod:`zeroline.sources.context`.

Which place is whose on rungs 2 and 3, where there are several or several statements say the same, is told by
:mod:`zeroline.sources.exact_match`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zeroline.corpus.passages import SourceText, digest
from zeroline.sources.context import FAVOUR, Beside, agreeing
from zeroline.sources.exact_match import Place, at, exact
from zeroline.sources.expected_place import Expected
from zeroline.sources.known_passage import Known, known_of
from zeroline.sources.lookup import Lookup
from zeroline.sources.model import Anchored
from zeroline.sources.near_twins import Twins
from zeroline.sources.passages_sought import Need, Print, Wanted
from zeroline.sources.words import Words
from zeroline.sources.words import digest as digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AT_ONCE = 10_000
"""So many statements are looked for together."""


class Taken(NamedTuple):
    """Code points of a copy that are a passage's for certain, and where that passage stands in the text coded."""

    start: int
    end: int
    locator: tuple[int, int]


def anchor(wanted: Wanted, copy: SourceText, tell: Callable[[int, int], None] | None = None) -> list[Anchored]:
    """Where each statement's passage stands in a copy, in the order of the statements.

    ``tell`` is told now and then how many are done, and of how many.
    """
    from zeroline.sources.near_match import NOTHING, Near, part

    ranks: dict[str, float] = {}
    found: dict[int, Anchored] = {}
    if wanted.sha256 is not None and wanted.sha256 == copy.sha256:
        for number, need in enumerate(wanted.needs):
            if need.start >= 0 and digest(copy.text[need.start : need.end]) == need.sha256:
                found[number] = at(need, copy, need.start, need.end, "verbatim", "the copy is the text that was coded")
    left = [number for number in range(len(wanted.needs)) if number not in found]
    if left:
        search = _Search(wanted.needs, left, Words(copy.text))
        places = {n: _places(wanted.needs[n], known, lookup, copy) for n, known, lookup in search.each(left)}
        beside = Beside(search.words)
        beside.twins = Twins(wanted.needs, search.words)
        rest = exact(wanted.needs, places, copy, beside, found)
        ranks |= {it.id: 1 + FAVOUR * _agree(places[n], it, search.words) for n, it in found.items() if it.proposal}
        taken = [_taken(wanted.needs[n], a) for n, a in found.items()]
        near: Near | None = None
        for done, (number, known, lookup) in enumerate(search.each(rest)):
            if near is None or near.lookup is not lookup:
                near = Near(copy, lookup, taken, beside)
                near.ranks = ranks
            it = found[number] = near.look(wanted.needs[number], known)
            if it.state == "orphan":
                spans = [search.words.span(*place[:2]) for place in places[number]]
                free = [span for span in spans if not near.is_taken(wanted.needs[number], span)]
                it.why = _too_little(copy, free) or it.why
            if tell and not done % 50:
                tell(len(found), len(wanted.needs))
        missed = [number for number in rest if found[number].why == NOTHING]
        expected = Expected([(wanted.needs[n], it) for n, it in found.items()], search.words)
        for number, known, lookup in search.each(missed):
            if places_ := expected.places(wanted.needs[number]):
                assert near is not None
                near.lookup = lookup
                if (it := near.look(wanted.needs[number], known, places_)).state != "orphan":
                    found[number] = it
    all_ = [found[number] for number in range(len(wanted.needs))]
    part(wanted.needs, all_, ranks)
    return all_


class _Search:
    """What is known of the passages sought and where their words stand in the copy, some thousand passages at a time.

    Of few passages it is made once; of very many it is made anew for each step, for it would fill the memory.
    """

    def __init__(self, needs: list[Need], numbers: list[int], words: Words) -> None:
        self.words, self._needs = words, needs
        self._parts = [numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE)]
        self._made: tuple[int, dict[int, Known | None], Lookup] | None = None

    def each(self, numbers: list[int]) -> Iterator[tuple[int, Known | None, Lookup]]:
        """The statements of these numbers, which are in order, with what is known of each."""
        asked = set(numbers)
        for part, all_ in enumerate(self._parts):
            mine = [number for number in all_ if number in asked]
            if mine and (self._made is None or self._made[0] != part):
                known = {number: known_of(self._needs[number]) for number in all_}
                self._made = part, known, Lookup(self.words, [it for it in known.values() if it is not None])
            for number in mine:
                assert self._made is not None
                yield number, self._made[1][number], self._made[2]


def _too_little(copy: SourceText, free: list[tuple[int, int]]) -> str:
    """Why a passage is not found whose very words stand in these places."""
    if len(free) == 1:
        return f"its words stand in paragraph {copy.paragraph(free[0][0])}, which may be chance or another’s"
    return f"its words stand in {len(free)} places, and nothing around them says in which it is" if free else ""


def _agree(places: list[Place], it: Anchored, words: Words) -> int:
    """How many sides agree at the place that was taken."""
    return max((place.agree for place in places if words.starts[place.first] == it.start), default=0)


def _taken(need: Need, anchored: Anchored) -> Taken:
    return Taken(anchored.start, anchored.end, (need.start, need.end))


def _places(need: Need, known: Known | None, lookup: Lookup, copy: SourceText) -> list[Place]:
    """Every place where the very words and signs of a passage stand."""
    spans: list[tuple[int, int]] = []
    if known is not None and known.text is not None:
        spans = [(at, at + len(known.keys)) for at in lookup.find(known.keys)]
        own = [*known.text.readings(0, len(known.text))]
        spans = [span for span in spans if any(way in own for way in lookup.words.readings(*span))]
    elif known is not None and need.print is not None:
        spans = _by_print(known, need.print, lookup)
    elif need.passage is None and need.sha256 is not None:
        spans = _by_length(need, lookup.words, copy)
    return [Place(first, last, agreeing(need.print, lookup.words, first, last)) for first, last in spans]


def _by_print(known: Known, print: Print, lookup: Lookup) -> list[tuple[int, int]]:
    """The places of a passage of which only hashes are known: looked for by its excerpt, else by its marks."""
    words = lookup.words
    starts = [words.word_at(at) - print.at for at in lookup.find(known.keys)] if print.at is not None else []
    if not starts and len(print.marks) >= lookup.run_length:
        first = lookup.runs.get(print.marks[: lookup.run_length], ())
        starts = [at for at in first if words.marks.startswith(print.marks, at)]
    spans = []
    for start in starts:
        span = words.tokens_of(start, start + print.words, print.head, print.tail)
        if span and any(digest_of(way) == print.exact for way in words.readings(*span)):
            spans.append(span)
    return spans


def _by_length(need: Need, words: Words, copy: SourceText) -> list[tuple[int, int]]:
    """The places of a passage of which only excerpt, length and SHA-256 are known: every beginning is tried."""
    spans: list[tuple[int, int]] = []
    length, text, at = need.end - need.start, copy.text, -1
    while need.excerpt and len(spans) < 100 and (at := text.find(need.excerpt, at + 1)) >= 0:
        for start in range(max(at + len(need.excerpt) - length, 0), at + 1):
            if digest(text[start : start + length]) == need.sha256:
                first, last = words.touching(start, start + length)
                spans.append((first, last))
                break
    return spans
