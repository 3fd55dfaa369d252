"""Laying a passage along a copy's words: which word of the copy stands for which of the passage, and how surely.

Scores are bits: by how much likelier the words are if this is the passage's place than if it is any place. Two words
whose mark fits count three bits, since every eighth pair fits by chance; a known word counts as much as it is rare in
the copy; what does not fit costs about what an edit is worth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from zeroline.sources.known_passage import Known
    from zeroline.sources.words import Words

FITS, DIFFERS = 3.0, -4.0
"""Bits for a mark that fits, and for a mark or a known word that does not."""

GAP, LONGER = -12.0, -3.0
"""Bits for one word too many or too few, and for each further one beside it."""

SKIPPED = 4
"""So many words in a row may be too many or too few."""

BAND = 2
"""So much earlier or later than voted for may a word stand."""


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
    if (laid := straight(known, words, low, width, marks, bits)) is not None:
        return laid
    none = float("-inf")
    rows: list[list[float]] = []  # the best that can be had with a slot laid on the word so far behind ``low``
    back: list[list[tuple[int, int]]] = []  # and what is laid before it
    fewer, fewer_from = [none] * width, [-1] * width  # … with words of the passage left out before it, since which
    end = (none, 0, 0)
    for slot in range(count):
        word, row, came = known.words[slot], [none] * width, [(-1, -1)] * width
        worth, before = bits(word) if word is not None else 0.0, known.words[slot - 1] if slot else None
        own, opening = own_marks[slot - 1] if slot and use_marks else "", _gap(slot)
        above, higher = rows[-1] if rows else row, rows[-2] if slot > 1 else row
        more, more_from = none, -1  # … with words of the copy left out before it
        last, last_from, fewer, fewer_from = fewer, fewer_from, [none] * width, [-1] * width
        for shift in range(max(0, -slot - low), min(width, there - slot - low)):
            at = slot + low + shift
            other = word is not None and folded[at] != word
            here = 0.0 if word is None else DIFFERS if other else worth
            best, origin = opening, (-1, -1)
            if slot:
                step = above[shift]
                if own and own == marks[at - 1 - begin]:
                    step += FITS
                elif own and not other and (before is None or folded[at - 1] == before):
                    step += DIFFERS  # but a known word that differs is counted once, not with its marks again
                if step > best:
                    best, origin = step, (slot - 1, shift)
                if shift:
                    more += LONGER
                    if (step := above[shift - 1] + GAP) >= more or shift - more_from > SKIPPED:
                        more, more_from = step, shift - 1
                    if more > best:
                        best, origin = more, (slot - 1, more_from)
                if shift + 1 < width:
                    since, step = last_from[shift + 1], higher[shift + 1] + GAP
                    less = last[shift + 1] + LONGER
                    if step >= less or slot - 1 - since > SKIPPED:
                        less, since = step, slot - 2
                    fewer[shift], fewer_from[shift] = less, since
                    if less > best:
                        best, origin = less, (since, shift + slot - 1 - since)
            row[shift], came[shift] = best + here, origin
        rows.append(row)
        back.append(came)
        if (total := max(row) + _gap(count - 1 - slot)) >= end[0]:
            end = total, slot, width - 1 - row[::-1].index(max(row))
    if end[0] == none:
        return None
    pairs, slot, shift = [], end[1], end[2]
    while slot >= 0:
        pairs.append((slot, slot + low + shift))
        slot, shift = back[slot][shift]
    return Laid(end[0], pairs[::-1])


def straight(known: Known, words: Words, low: int, width: int, marks: str, bits: Callable[[str], float]) -> Laid | None:
    """A passage laid word upon word, without a gap, where no way with a gap can be better; None where one might.

    Most edits change a word or two, and this is much faster than looking for the best of all ways.
    """
    count, folded, use_marks = len(known.words), words.folded, known.text is None
    begin = max(low, 0)
    said = [(slot, word, bits(word)) for slot, word in enumerate(known.words) if word is not None]
    near = set(folded[begin : low + width - 1 + count])
    # What a way with a gap comes to at most: every word that is near and all marks fit, but the one over the gap.
    most = sum(worth for _, word, worth in said if word in near) + GAP
    most += FITS * (count - 2) if use_marks else 0
    ways = []
    for first in range(begin, min(low + width, len(folded) - count + 1)):
        wrong = {slot for slot, word, _ in said if folded[first + slot] != word}
        total = sum(DIFFERS if slot in wrong else worth for slot, _, worth in said)
        if use_marks:
            for slot, (own, other) in enumerate(zip(known.marks, marks[first - begin :], strict=False)):
                if own == other:
                    total += FITS
                elif slot not in wrong and slot + 1 not in wrong:
                    total += DIFFERS
        ways.append((total, first))
    ways.sort(reverse=True)
    if not ways or ways[0][0] <= max(most, ways[1][0] if len(ways) > 1 else most):
        return None
    total, first = ways[0]
    return Laid(total, [(slot, first + slot) for slot in range(count)])


def _gap(words: int) -> float:
    return GAP + LONGER * (words - 1) if words else 0.0
