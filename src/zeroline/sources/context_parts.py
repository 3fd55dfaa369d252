"""A passage whose own words are found, among others than in the text coded: how what stands beside it differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Levenshtein

from zeroline.corpus.passages import digest
from zeroline.sources.context import LONGEST, NEIGHBOURS, Around, Beside, beside, parsed, span
from zeroline.sources.model import Kind, Part
from zeroline.sources.words import Words

if TYPE_CHECKING:
    from zeroline.sources.passages_sought import Need

_KINDS: dict[str, Kind] = {"equal": "same", "replace": "changed", "insert": "added", "delete": "missing"}


class Sides(NamedTuple):
    """The difference around a place: parts on each side that differs, none on one that does not.

    ``said`` are the copy's words there.
    """

    before: list[Part]
    after: list[Part]
    said: list[str]

    def found(self, wording: str, doubt: str = "") -> str:
        """What a decision on a wording with these words beside it, or another reason to doubt it, is known by."""
        if self.before or self.after:
            return digest("\x1f".join([wording, *self.said]))
        return digest(f"{wording}\x1f{doubt}" if doubt else wording)


def sides(it: Around, need: Need, text: Beside, first: int, last: int) -> Sides:
    """What a copy has around a place instead of what stands around the passage."""
    print, (lead, trail) = need.print, need.beside or (None, None)
    assert print is not None
    begin, end = text.words.word_at(first), text.words.word_at(last)
    before = _side(text, begin, -1, print.lead, print.before, lead) if it.before == "differs" else ([], [])
    after = _side(text, end, 1, print.trail, print.after, trail) if it.after == "differs" else ([], [])
    return Sides(before[0], after[0], [*before[1], "\x1e", *after[1]])


def _side(
    text: Beside, at: int, step: int, code: str, neighbours: str, theirs: str | None
) -> tuple[list[Part], list[str]]:
    """The difference on one side, and the copy's words there."""
    words, count = text.words, parsed(code)[0] if code else NEIGHBOURS
    here = min(max(count, text.reach(at, step)[0]), LONGEST) or NEIGHBOURS
    kept = count if code and text.has_same(code, at, step) else 0  # then it is a sentence beyond them that differs
    if kept:
        here = kept + _sentence(text, at + step * kept, step)
    said = text.take(at, step, here)
    a, b = (at - len(said), at) if step < 0 else (at, at + len(said))
    if theirs is not None:
        return _of_known(Words(theirs), words, a, b), said
    if code and not count:  # a paragraph begins or ends there in the text coded
        return [Part("added", *span(words, a, b))], said
    near = kept or min(NEIGHBOURS, len(said))
    if near < len(said) and (kept or (neighbours and beside(text.take(at, step, NEIGHBOURS)) == neighbours)):
        cut = b - near if step < 0 else a + near
        ours, others = ((cut, b), (a, cut)) if step < 0 else ((a, cut), (cut, b))
        parts = [Part("unsure", *span(words, *others)), Part("same", *span(words, *ours))]
        return (parts if step < 0 else parts[::-1]), said
    return [Part("unsure", *span(words, a, b))], said


def _sentence(text: Beside, at: int, step: int) -> int:
    """How many words the next sentence from a place on has."""
    for count in range(1, LONGEST):
        if text.is_pause(at + step * count):
            return count
    return LONGEST


def _of_known(own: Words, words: Words, first: int, last: int) -> list[Part]:
    """The difference between words known and words ``first`` up to ``last`` of a copy."""
    parts = []
    for op in Levenshtein.opcodes(own.folded, words.folded[first:last]):
        theirs = None
        if op.tag != "equal" and op.src_start < op.src_end:
            theirs = own.text[slice(*span(own, op.src_start, op.src_end))]
        a, b = first + op.dest_start, first + op.dest_end
        parts.append(Part(_KINDS[op.tag], *(span(words, a, b) if a < b else _point(words, a)), theirs))
    return parts


def _point(words: Words, at: int) -> tuple[int, int]:
    """A place between two words, as an empty span."""
    here = words.starts[words.places[at]] if at < len(words.places) else len(words.text)
    return here, here


def where(it: Around) -> str:
    """Where other words stand, in words."""
    if it.before == it.after == "differs":
        return "the words before and behind it are not those of the text coded"
    if "differs" in it:
        return f"the words {'before' if it.before == 'differs' else 'behind'} it are not those of the text coded"
    return "nothing stands beside it that shows whose words they are"
