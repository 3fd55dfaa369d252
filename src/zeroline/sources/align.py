"""Laying a passage along a copy's words: which word of the copy stands for which of the passage, and how surely.

Scores are bits: by how much likelier the words are if this is the passage's place than if it is any place. Two words
whose mark fits count three bits, since every eighth pair fits by chance; a known word counts as much as it is rare in
the copy; what does not fit costs about what an edit is worth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from zeroline.sources.words import Words

FITS, DIFFERS = 3.0, -4.0
"""Bits for a mark that fits, and for a mark or a known word that does not."""

GAP, LONGER = -12.0, -3.0
"""Bits for one word too many or too few, and for each further one beside it."""

SKIPPED = 4
"""So many words in a row may be too many or too few."""

BAND = 2
"""So much earlier or later than voted for may a word stand."""


class Known(NamedTuple):
    """What is known of a passage's words: each folded word, or None; a mark for each pair; the hash of all.

    ``text`` is the passage itself where it is known in full: marks then say nothing more.
    """

    words: list[str | None]
    marks: str
    plain: str
    text: Words | None


class Laid(NamedTuple):
    """``pairs`` are slots of the passage with the words of the copy that stand for them, in order."""

    bits: float
    pairs: list[tuple[int, int]]


def lay(known: Known, words: Words, low: int, high: int, bits: Callable[[str], float]) -> Laid | None:
    """The best way to lay a passage along a copy from about word ``low`` or ``high`` on; None where none is."""
    low, high = low - BAND, high + BAND
    count, there, width = len(known.words), len(words.folded), high - low + 1
    folded, own_marks, use_marks = words.folded, known.marks, known.text is None
    begin = max(low, 0)
    marks = words.marks_between(begin, high + count) if use_marks else ""
    none = float("-inf")
    gaps = [_gap(length) for length in range(SKIPPED + 1)]
    rows: list[list[float]] = []
    back: list[list[tuple[int, int]]] = []
    for slot in range(count):
        word, row, came = known.words[slot], [none] * width, [(-1, -1)] * width
        worth, before = bits(word) if word is not None else 0.0, known.words[slot - 1] if slot else None
        for shift in range(width):
            at = slot + low + shift
            if not 0 <= at < there:
                continue
            other = word is not None and folded[at] != word
            here = 0.0 if word is None else DIFFERS if other else worth
            best, origin = _gap(slot), (-1, -1)
            if slot:
                step = rows[slot - 1][shift]
                if use_marks and own_marks[slot - 1] == marks[at - 1 - begin]:
                    step += FITS
                elif use_marks and not other and (before is None or folded[at - 1] == before):
                    step += DIFFERS  # but a known word that differs is counted once, not with its marks again
                if step > best:
                    best, origin = step, (slot - 1, shift)
                for skip in range(1, SKIPPED + 1):
                    if skip <= shift and (step := rows[slot - 1][shift - skip] + gaps[skip]) > best:
                        best, origin = step, (slot - 1, shift - skip)
                    if skip < slot and shift + skip < width:
                        step = rows[slot - 1 - skip][shift + skip] + gaps[skip]
                        if step > best:
                            best, origin = step, (slot - 1 - skip, shift + skip)
            row[shift], came[shift] = best + here, origin
        rows.append(row)
        back.append(came)
    end = max(
        ((rows[slot][shift] + _gap(count - 1 - slot), slot, shift) for slot in range(count) for shift in range(width)),
        default=(none, 0, 0),
    )
    if end[0] == none:
        return None
    pairs, slot, shift = [], end[1], end[2]
    while slot >= 0:
        pairs.append((slot, slot + low + shift))
        slot, shift = back[slot][shift]
    return Laid(end[0], pairs[::-1])


def _gap(words: int) -> float:
    return GAP + LONGER * (words - 1) if words else 0.0
