"""The ladder that every statement climbs: the same file, the same passage, the same words, nearly the same.

1. The copy is the text that was coded (its hash is equal): offsets hold.
2. The passage stands in it character for character: *verbatim*.
3. Its words and signs do, white space, hyphenation, kinds of quotation marks and the like aside: *normalised*.
4. Something near it does: *proposed*, for the reader to decide on (:mod:`zeroline.sources.near`). Else an *orphan*.

On rungs 2 and 3 one of several places is chosen by the words around it; of several that have all of them, the first. A
place where nothing around agrees is only taken when it is the only one, no other statement's, and either long enough
not to be chance or between the statements that it stands between in the text coded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zeroline.corpus.passages import SourceText, digest
from zeroline.sources.known import Known, known_of
from zeroline.sources.lookup import Lookup
from zeroline.sources.model import Anchored, State
from zeroline.sources.needs import Need, Print, Wanted, agreeing
from zeroline.sources.words import Words
from zeroline.sources.words import digest as digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENOUGH = 6
"""A passage of so many words is not taken for another by chance, whatever stands around it."""

FEWEST = 3
"""Of a statement without a locator only the excerpt is known: it needs so many words to be looked for."""


AT_ONCE = 10_000
"""So many statements are looked for together."""


class Place(NamedTuple):
    """Tokens ``first`` up to ``last`` of a copy, and how many sides of the passage (0 to 2) agree there."""

    first: int
    last: int
    agree: int


class Taken(NamedTuple):
    """Code points of a copy that are a passage's for certain, and where that passage stands in the text coded."""

    start: int
    end: int
    locator: tuple[int, int]


def anchor(wanted: Wanted, copy: SourceText, tell: Callable[[int, int], None] | None = None) -> list[Anchored]:
    """Where each statement's passage stands in a copy, in the order of the statements.

    ``tell`` is told now and then how many are done, and of how many.
    """
    from zeroline.sources.near import Near

    found: dict[int, Anchored] = {}
    if wanted.sha256 is not None and wanted.sha256 == copy.sha256:
        for number, need in enumerate(wanted.needs):
            if need.start >= 0 and digest(copy.text[need.start : need.end]) == need.sha256:
                found[number] = _at(need, copy, need.start, need.end, "verbatim", "the copy is the text that was coded")
    left = [number for number in range(len(wanted.needs)) if number not in found]
    if left:
        search = _Search(wanted.needs, left, Words(copy.text))
        places = {n: _places(wanted.needs[n], known, lookup, copy) for n, known, lookup in search.each(left)}
        rest = _exact(wanted.needs, places, copy, search.words, found)
        taken = [_taken(wanted.needs[n], a) for n, a in found.items()]
        near: Near | None = None
        for done, (number, known, lookup) in enumerate(search.each(rest)):
            if near is None or near.lookup is not lookup:
                near = Near(copy, lookup, taken)
            it = found[number] = near.look(wanted.needs[number], known)
            if it.state == "orphan":
                spans = [search.words.span(*place[:2]) for place in places[number]]
                free = [span for span in spans if not near.is_taken(wanted.needs[number], span)]
                it.why = _too_little(copy, free) or it.why
            if tell and not done % 50:
                tell(len(found), len(wanted.needs))
    return [found[number] for number in range(len(wanted.needs))]


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
        return f"its few words stand in paragraph {copy.paragraph(free[0][0])}, which may be chance"
    return f"its words stand in {len(free)} places, and nothing around them says in which it is" if free else ""


def _taken(need: Need, anchored: Anchored) -> Taken:
    return Taken(anchored.start, anchored.end, (need.start, need.end))


def _exact(
    needs: list[Need], places: dict[int, list[Place]], copy: SourceText, words: Words, found: dict[int, Anchored]
) -> list[int]:
    """Rungs 2 and 3 for the statements with these places, put into ``found``; those not found are given back."""
    left = list(places)
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for agree in (2, 1, 0):  # the surest first: what is certainly one statement's is not another's
        for number in left:
            need = needs[number]
            if number in found:
                continue
            mine = (need.start, need.end)
            open_ = [p for p in places[number] if need.start < 0 or owners.get(p[:2], mine) == mine]
            best = [p for p in open_ if p.agree == agree]
            if len(best) != 1 or (agree == 0 and not _sure_alone(need, open_)):
                continue
            place = best[0]
            owners[place[:2]] = mine
            found[number] = _found(need, copy, words, place)
        if agree == 2:
            _first_of_equals(needs, places, copy, words, found, owners)
    for number in left:  # too short to be sure of by itself, but where the order of the statements has it
        if number not in found and len(places[number]) == 1 and needs[number].start >= 0:
            place = places[number][0]
            start, end = words.span(place.first, place.last)
            mine = (needs[number].start, needs[number].end)
            if owners.get(place[:2], mine) == mine and _in_order(needs, found, mine, (start, end)):
                owners[place[:2]] = mine
                found[number] = _found(needs[number], copy, words, place)
    return [number for number in left if number not in found]


def _first_of_equals(
    needs: list[Need],
    places: dict[int, list[Place]],
    copy: SourceText,
    words: Words,
    found: dict[int, Anchored],
    owners: dict[tuple[int, int], tuple[int, int]],
) -> None:
    """A copy may hold the whole text twice: of places that have all the same around them the first will do.

    Each is one's own, in the order of the text coded, where the same is said more than once.
    """  # fmt: skip
    for number in sorted(places, key=lambda number: needs[number].start):
        need = needs[number]
        if number in found or need.print is None or need.start < 0:
            continue
        sides = bool(need.print.before) + bool(need.print.after)
        mine = (need.start, need.end)
        equal = [p for p in places[number] if sides and p.agree == sides and owners.get(p[:2], mine) == mine]
        if len(equal) > 1:
            owners[equal[0][:2]] = mine
            it = found[number] = _found(need, copy, words, equal[0])
            it.why += f"; the first of {len(equal)} such places"


def _in_order(needs: list[Need], found: dict[int, Anchored], mine: tuple[int, int], place: tuple[int, int]) -> bool:
    """Whether a place stands between the nearest statements that are found, as the passage does in the text coded."""
    sure = [(needs[n].start, needs[n].end, it) for n, it in found.items() if needs[n].start >= 0]
    before = max((s for s in sure if s[1] <= mine[0]), key=lambda s: s[1], default=None)
    after = min((s for s in sure if s[0] >= mine[1]), key=lambda s: s[0], default=None)
    if before is None or after is None:
        return False
    return before[2].end <= place[0] and place[1] <= after[2].start


def _sure_alone(need: Need, places: list[Place]) -> bool:
    """Whether a place where nothing around agrees may be taken all the same."""
    if len(places) != 1:
        return False
    if need.sha256 is None:
        return len(need.excerpt.split()) >= FEWEST
    return need.print is None or need.print.words >= ENOUGH or not (need.print.before or need.print.after)


def _places(need: Need, known: Known | None, lookup: Lookup, copy: SourceText) -> list[Place]:
    """Every place where the very words and signs of a passage stand."""
    spans: list[tuple[int, int]] = []
    if known is not None and known.text is not None:
        spans = [(at, at + len(known.keys)) for at in lookup.find(known.keys)]
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
        if span and digest_of(words.keys[span[0] : span[1]]) == print.exact:
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


def _found(need: Need, copy: SourceText, words: Words, place: Place) -> Anchored:
    start, end = words.span(place.first, place.last)
    if need.passage is not None:  # an edge that is no word and no sign belongs to the passage too
        start, end = _edges(need.passage, copy.text, start, end)
    same = digest(copy.text[start:end]) == need.sha256 if need.sha256 else copy.text[start:end] == need.excerpt
    around = ("the words beside it differ", "what stands on one side agrees", "what stands around it agrees")
    beside = around[place.agree] if need.print else "what stands around it is not known"
    if same:
        why = f"character for character; {beside}"
        return _at(need, copy, start, end, "verbatim", why)
    why = f"the same words; white space, hyphens or kinds of signs differ; {beside}"
    return _at(need, copy, start, end, "normalised", why)


def _edges(passage: str, text: str, start: int, end: int) -> tuple[int, int]:
    """The place of a passage, its outer white space included where the copy has the same."""
    inner = passage.find(text[start:end])
    if inner < 0:
        return start, end
    left, right = start - inner, start - inner + len(passage)
    return (left, right) if left >= 0 and text[left:right] == passage else (start, end)


def _at(need: Need, copy: SourceText, start: int, end: int, state: State, why: str) -> Anchored:
    return Anchored(need.id, state, start, end, copy.paragraph(start), why)
