"""What stands beside a place when something is cut out of the text there, as whoever cut it would leave it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zeroline.sources.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zeroline.sources.context import Beside

Span = tuple[int, int]

_MORE = 60
"""So many words beyond what is cut out are kept: more than ever count on a side."""

_OWN = 3  # words of the passage, which say whether a sentence ends with it
_OPENED = re.compile(r"[\"“„«‟「『]+\Z")
_CLOSED = re.compile(r"[,.;]?[\"”“»」』]+,?")


def without(text: Beside, at: int, step: int, spans: Sequence[Span], *, tidy: bool = False) -> tuple[Beside, int]:
    """The same side of a place, ``at`` words into a piece of the text that lacks these code points.

    They are all on that side. ``tidy`` takes away the quotation marks, too, that they leave without a word between.
    """
    words = text.words
    starts, ends, places = words.starts, words.ends, words.places
    low, high = min(span[0] for span in spans), max(span[1] for span in spans)
    if step > 0:
        edge = ends[places[at - 1]] if at else 0
        low = starts[places[max(at - _OWN, 0)]]
        last = words.word_at(words.touching(high, high)[0]) + _MORE
        high = starts[places[last]] if last < len(places) else len(words.shown)
    else:
        edge = starts[places[at]] if at < len(places) else len(words.shown)
        last = at + _OWN
        high = starts[places[last]] if last < len(places) else len(words.shown)
        first = words.word_at(words.touching(low, low)[0]) - _MORE
        low = starts[places[first]] if first > 0 else 0
    parts, begin = [], low
    for a, b in sorted(spans):
        parts.append(words.shown[begin:a])
        begin = b
    parts.append(words.shown[begin:high])
    if tidy:
        for number in range(len(parts) - 1):
            parts[number] = _OPENED.sub("", parts[number])
            if closed := _CLOSED.match(parts[number + 1]):
                parts[number + 1] = parts[number + 1][closed.end() :]
    piece = "".join(parts)
    place = edge - low if step > 0 else len(piece) - (high - edge)
    own = Words(piece)
    return type(text)(own, text), own.word_at(own.touching(place, place)[0])


def span_of(words: Words, first: int, last: int) -> Span:
    """The code points from one word up to another, with the signs directly before, and white space behind the last."""
    start = _before_signs(words.shown, words.starts[words.places[first]])
    if last >= len(words.places):
        return start, len(words.shown)
    return start, max(_before_signs(words.shown, words.starts[words.places[last]]), start)


def _before_signs(text: str, at: int) -> int:
    while at and not text[at - 1].isspace():
        at -= 1
    return at
