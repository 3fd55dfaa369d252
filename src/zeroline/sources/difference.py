"""How a passage and the place proposed for it differ, word for word where the passage is known.

Of a passage that the corpus does not carry only a mark of three bits for each pair of words is known. A run of pairs
that do not fit says that the words within it are not the passage's, not what they were. One pair alone that does not
fit says that one of its two words is not; and one time in 64 a changed word shows in no mark at all. What is
certain either way is said by the hashes of the whole.
"""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from zeroline.sources.model import Kind, Part
from zeroline.sources.words import Words
from zeroline.sources.words import digest as digest_of


class Known(NamedTuple):
    """What is known of a passage's words: each folded word, or None; a mark for each pair; the hash of all."""

    words: list[str | None]
    marks: str
    plain: str
    tokens: list[str] | None
    text: Words | None


class Judged(NamedTuple):
    """Parts of the difference, and how many words of the copy are not known to differ."""

    parts: list[Part]
    fitting: int


def full(known: Known, words: Words, first: int, last: int) -> list[Part]:
    """The difference between a passage that is known and tokens ``first`` up to ``last`` of a copy."""
    assert known.tokens is not None and known.text is not None
    names: dict[str, Kind] = {"equal": "same", "replace": "changed", "insert": "added", "delete": "missing"}
    own, parts = known.text, []
    for op in Levenshtein.opcodes(known.tokens, words.keys[first:last]):
        theirs = None
        if op.tag != "equal" and op.src_start < op.src_end:
            theirs = own.text[own.starts[op.src_start] : own.ends[op.src_end - 1]]
        a, b = first + op.dest_start, first + op.dest_end
        start, end = (
            words.span(a, b) if a < b else (words.ends[a - 1],) * 2 if a > first else (words.starts[first],) * 2
        )
        parts.append(Part(names[op.tag], start, end, theirs))
    return parts


def marked(known: Known, words: Words, first: int, last: int) -> Judged:
    """The difference between a passage known by its marks and words ``first`` up to ``last`` of a copy."""
    own, count = words.folded[first:last], last - first
    if digest_of(own) == known.plain:
        return Judged([Part("signs", *_span(words, first, last))], count)
    kinds: list[Kind] = ["same"] * count
    theirs: list[str | None] = [None] * count
    gaps: dict[int, str | None] = {}
    slots: dict[int, int] = {}  # which word of the copy stands for which of the passage
    for op in Levenshtein.opcodes(known.marks, words.marks[first : last - 1]):
        many, few = op.src_end - op.src_start, op.dest_end - op.dest_start
        if many == few:
            slots |= {op.src_start + n: op.dest_start + n for n in range(many + 1)}
    for wanted, there in _failing(known.marks, words.marks[first : last - 1]):
        _lay(known, kinds, theirs, gaps, wanted, there)
    for slot, at in slots.items():
        word = known.words[slot]
        if word is not None and word == own[at]:
            kinds[at] = "same"
        elif word is not None:
            kinds[at], theirs[at] = "changed", word
    if all(kind == "same" for kind in kinds) and not gaps:
        kinds = ["unsure"] * count
        for slot, at in slots.items():
            if known.words[slot] is not None:
                kinds[at] = "same"
    doubtful = sum(1 for kind in kinds if kind in ("changed", "added"))
    doubtful += sum(1 for at, kind in enumerate(kinds) if kind == "unsure" and (at == 0 or kinds[at - 1] != "unsure"))
    return Judged(_parts(words, first, kinds, theirs, gaps), count - doubtful)


def _failing(marks: str, there: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Runs of pairs that do not fit: of the passage's, and of the copy's in their place."""
    runs: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for op in Levenshtein.opcodes(marks, there):
        if op.tag == "equal":
            continue
        many, few = (op.src_start, op.src_end), (op.dest_start, op.dest_end)
        if runs and runs[-1][0][1] == many[0] and runs[-1][1][1] == few[0]:
            many, few = (runs[-1][0][0], many[1]), (runs[-1][1][0], few[1])
            runs.pop()
        runs.append((many, few))
    return runs


def _lay(
    known: Known,
    kinds: list[Kind],
    theirs: list[str | None],
    gaps: dict[int, str | None],
    many: tuple[int, int],
    few: tuple[int, int],
) -> None:
    """Mark the words of one run of pairs that do not fit. Pair n is of words n and n + 1; a run's outer words fit,
    but at the very beginning and end, where no pair says so.
    """
    a, b = many[0] + (many[0] > 0), many[1] + (many[1] == len(known.marks))
    c, d = few[0] + (few[0] > 0), few[1] + (few[1] == len(kinds) - 1)
    a, c = (a, c) if (many[0] > 0) == (few[0] > 0) else (many[0], few[0])
    said = known.words[a:b]
    was = " ".join(map(str, said)) if said and None not in said else None
    if c < d:
        kind: Kind = "changed" if a < b else "added"
        for at in range(c, d):
            kinds[at] = kind
        theirs[c] = was
    elif a < b:
        gaps[max(c, 0)] = was
    else:  # one pair does not fit, and nothing stands between its words
        for at in range(max(few[0], 0), min(few[1] + 1, len(kinds))):
            kinds[at] = "unsure"


def _span(words: Words, first: int, last: int) -> tuple[int, int]:
    return words.starts[words.places[first]], words.ends[words.places[last - 1]]


def _parts(
    words: Words, first: int, kinds: list[Kind], theirs: list[str | None], gaps: dict[int, str | None]
) -> list[Part]:
    parts: list[Part] = []
    at = 0
    while at < len(kinds):
        end = at + 1
        while end < len(kinds) and kinds[end] == kinds[at] and end not in gaps and theirs[end] is None:
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
