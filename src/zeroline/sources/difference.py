"""How a passage and the place proposed for it differ, word for word where the passage is known.

Of a passage that the corpus does not carry only a mark of three bits for each pair of words is known, and the words of
its excerpt. Two marks in a row that do not fit say that the word between them is not the passage's, not what it was.
One alone says that one of its two words is not; and one time in 64 a changed word shows in no mark at all. What is
certain either way is said by the hashes of the whole.
"""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from zeroline.sources.align import Laid
from zeroline.sources.known_passage import Known
from zeroline.sources.model import Kind, Part
from zeroline.sources.words import Words
from zeroline.sources.words import digest as digest_of


class Judged(NamedTuple):
    """Parts of the difference, and how many words of passage and copy fit each other."""

    parts: list[Part]
    fitting: int


def of_known(own: Words, words: Words, laid: Laid, first: int, last: int) -> Judged:
    """The difference between a known passage and tokens ``first`` up to ``last`` of the copy it is laid along."""
    names: dict[str, Kind] = {"equal": "same", "replace": "changed", "insert": "added", "delete": "missing"}
    parts: list[Part] = []
    fitting = sum(own.folded[slot] == words.folded[at] for slot, at in laid.pairs)
    mine = own.read_as(0, len(own), set())
    for op in Levenshtein.opcodes(mine, words.read_as(first, last, set(mine))):
        theirs = None
        if op.tag != "equal" and op.src_start < op.src_end:
            theirs = own.text[own.starts[op.src_start] : own.ends[op.src_end - 1]]
        a, b = first + op.dest_start, first + op.dest_end
        if a < b:
            start, end = words.span(a, b)
        else:
            start = end = words.ends[a - 1] if a > first else words.starts[first]
        parts.append(Part(names[op.tag], start, end, theirs))
    return Judged(parts, fitting)


def of_marks(known: Known, words: Words, laid: Laid) -> Judged:
    """The difference between a passage known by its marks and the words of a copy it is laid along."""
    first, last = laid.pairs[0][1], laid.pairs[-1][1] + 1
    count = last - first
    if digest_of(words.folded[first:last]) == known.plain:
        return Judged([Part("signs", *_span(words, first, last))], count)
    kinds: list[Kind] = ["added"] * count
    theirs: list[str | None] = [None] * count
    gaps: dict[int, str | None] = {}
    fits = _fitting(known, words, laid)
    for n, (slot, at) in enumerate(laid.pairs):
        before, behind, word = fits[n], fits[n + 1], known.words[slot]
        if word is not None:
            same = word == words.folded[at]
            kinds[at - first], theirs[at - first] = ("same", None) if same else ("changed", word)
        elif before is False and behind is False:
            kinds[at - first] = "changed"
        elif before is False or behind is False:
            kinds[at - first] = "unsure"
        else:
            kinds[at - first] = "same"
        if n and slot > laid.pairs[n - 1][0] + 1:
            gaps[at - first] = _words(known, laid.pairs[n - 1][0] + 1, slot)
    _settle(kinds)
    if laid.pairs[0][0]:
        gaps[0] = _words(known, 0, laid.pairs[0][0])
    if laid.pairs[-1][0] < len(known.words) - 1:
        gaps[count] = _words(known, laid.pairs[-1][0] + 1, len(known.words))
    if all(kind == "same" for kind in kinds) and not gaps:  # yet the whole is not: no mark shows where
        known_same = {at - first for slot, at in laid.pairs if known.words[slot] is not None}
        kinds = ["same" if at in known_same else "unsure" for at in range(count)]
    doubtful = sum(kind in ("changed", "added") for kind in kinds)
    doubtful += sum(kind == "unsure" and (at == 0 or kinds[at - 1] != "unsure") for at, kind in enumerate(kinds))
    return Judged(_parts(words, first, kinds, theirs, gaps), count - doubtful)


def _fitting(known: Known, words: Words, laid: Laid) -> list[bool | None]:
    """For the pair before each word laid, and the one behind the last, whether its mark fits; None: there is none."""
    fits: list[bool | None] = [None]
    begin = laid.pairs[0][1]
    marks = words.marks_between(begin, laid.pairs[-1][1] + 1)
    for (slot, at), (slot_after, after) in zip(laid.pairs, laid.pairs[1:], strict=False):
        together = slot_after == slot + 1 and after == at + 1
        fits.append(known.marks[slot] == marks[at - begin] if together else None)
    return [*fits, None]


def _settle(kinds: list[Kind]) -> None:
    """A pair that does not fit is explained by a word of it that is known to be changed: the other one may be right."""
    for at, kind in enumerate(kinds):
        beside = kinds[max(at - 1, 0) : at] + kinds[at + 1 : at + 2]
        if kind == "unsure" and "changed" in beside and "unsure" not in beside:
            kinds[at] = "same"
    for at, kind in enumerate(kinds):  # nothing but the excerpt's own words around it: it is this one
        beside = kinds[max(at - 1, 0) : at] + kinds[at + 1 : at + 2]
        if kind == "unsure" and "unsure" not in beside:
            kinds[at] = "changed"


def _words(known: Known, start: int, end: int) -> str | None:
    said = known.words[start:end]
    return " ".join(map(str, said)) if None not in said else None


def _span(words: Words, first: int, last: int) -> tuple[int, int]:
    return words.starts[words.places[first]], words.ends[words.places[last - 1]]


def _parts(
    words: Words, first: int, kinds: list[Kind], theirs: list[str | None], gaps: dict[int, str | None]
) -> list[Part]:
    parts: list[Part] = []
    at = 0
    while at < len(kinds):
        end = at + 1
        while end < len(kinds) and kinds[end] == kinds[at] and end not in gaps and theirs[end] is theirs[at] is None:
            end += 1
        if at in gaps:
            place = words.starts[words.places[first + at]]
            parts.append(Part("missing", place, place, gaps[at]))
        parts.append(Part(kinds[at], *_span(words, first + at, first + end), theirs[at]))
        at = end
    if len(kinds) in gaps:
        place = words.ends[words.places[first + len(kinds) - 1]]
        parts.append(Part("missing", place, place, gaps[len(kinds)]))
    return parts
