"""What would stand beside a passage if the text coded lacked what is nearest to it there.

Where a copy has left something out, the words beside it are others, and yet none is foreign. So beside each side's code
(:mod:`zeroline.sources.context`) some more are kept: what it would be without the nearest other passages, without the
sentence that one of them stands in, without the next sentence, without the next paragraph. They are worked out by
cutting these out of the text coded, and hold only where not a word more or less stands there in the copy. Some of them
only matter in a copy that does not part paragraphs.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from zeroline.sources.context import NEIGHBOURS, beyond, parsed
from zeroline.sources.cut_context import Span, span_of, without

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zeroline.sources.context import Beside

MOST = 8
"""No more codes than that are kept for a side."""

_NEAREST = 4  # passages that are looked at on a side
_TOGETHER = 2  # and so many of them may be missing at once
_SHOWN = 2  # words that must stand there then
_LONGEST = 200  # words of a sentence or paragraph that may be missing

Less = tuple[tuple[str, ...], tuple[str, ...]]


class Coded:
    """A text coded, and where the passages stand in it: pairs of code points."""

    def __init__(self, near: Beside, spans: Iterable[Span]) -> None:
        self._near = near
        self._by_start = sorted(set(spans))
        self._by_end = sorted(self._by_start, key=lambda span: (span[1], span[0]))
        self._starts = [span[0] for span in self._by_start]
        self._ends = [span[1] for span in self._by_end]
        self._told: dict[Span, Less] = {}

    def less(self, start: int, end: int) -> Less:
        """What would stand before and behind a passage if something were missing: what is missing, and a code."""
        if (told := self._told.get((start, end))) is None:
            words = self._near.words
            first, last = words.touching(start, end)
            before = self._side(words.word_at(first), -1, start)
            told = self._told[start, end] = before, self._side(words.word_at(last), 1, end)
        return told

    def _side(self, at: int, step: int, edge: int) -> tuple[str, ...]:
        near, main = self._near, self._near.code(at, step)
        codes: dict[str, str] = {}
        for what, spans in self._missing(at, step, edge):
            for tidy in (False, True):
                piece, place = without(near, at, step, spans, tidy=tidy)
                code = piece.code(place, step)
                if parsed(code)[2] and len(piece.take(place, step, NEIGHBOURS)) < _SHOWN:
                    continue  # the text is at an end there, as a clipping of it is
                codes.setdefault(code, what)
            if len(codes) >= MOST:
                break
        codes.pop(main, None)
        return tuple(f"{what} {code}" for code, what in [*codes.items()][:MOST])

    def _missing(self, at: int, step: int, edge: int) -> Iterator[tuple[str, list[Span]]]:
        """What may be missing on a side, the likeliest first."""
        near = self._near
        window = self._window(at, step, [])
        others = self._others(edge, step, window)
        yield from (("passage", [other]) for other in others)
        if others:
            apart = [others[0]]
            while len(apart) < _TOGETHER and (more := self._next(apart, step, at)):
                apart.append(more)
                yield "passages", sorted(apart)
        yield from (("sentence", [it]) for other in others if (it := self._sentences(other, at, step)))
        if near.is_pause(at) and not near.is_edge(at) and (it := self._sentences_from(at, step)):
            yield "sentence", [it]
        count, asks = near.reach(at, step)
        end = at + step * count
        if asks and not near.is_edge(end) and (it := self._sentences_from(end, step)):
            yield "sentence", [it]
        if near.is_edge(end) and (it := self._paragraph(end, step)):
            yield "paragraph", [it]

    def _window(self, at: int, step: int, spans: Sequence[Span]) -> int:
        """Up to which code point words count on a side, where something is missing."""
        near, words = self._near, self._near.words
        count, asks = near.reach(at, step)
        far = beyond(count) if asks else count
        if spans:
            last = max(b for _, b in spans) if step > 0 else min(a for a, _ in spans)
            at = words.word_at(words.touching(last, last)[0])
        end = at + step * far
        if step > 0:
            return words.starts[words.places[end]] if end < len(words.places) else len(words.shown)
        return words.starts[words.places[end]] if end > 0 else 0

    def _others(self, edge: int, step: int, window: int) -> list[Span]:
        """The passages nearest to an edge of one, on that side of it and not beyond some code point."""
        if step > 0:
            low, high = bisect_left(self._starts, edge), bisect_left(self._starts, window)
            return self._by_start[low : min(high, low + _NEAREST)]
        low, high = bisect_right(self._ends, window), bisect_right(self._ends, edge)
        return self._by_end[max(high - _NEAREST, low) : high][::-1]

    def _next(self, apart: list[Span], step: int, at: int) -> Span | None:
        """The next passage beyond some, where it stands among the words that count without them."""
        edge = max(b for _, b in apart) if step > 0 else min(a for a, _ in apart)
        found = self._others(edge, step, self._window(at, step, apart))
        return found[0] if found else None

    def _sentences(self, other: Span, at: int, step: int) -> Span | None:
        """The whole sentences that another passage stands in; None where this one stands in them, too."""
        near, words = self._near, self._near.words
        first, last = words.touching(*other)
        a, b = words.word_at(first), words.word_at(last)
        low, high = (at, len(words.places)) if step > 0 else (0, at)
        while a > low and not near.is_pause(a) and b - a < _LONGEST:
            a -= 1
        while b < high and not near.is_pause(b) and b - a < _LONGEST:
            b += 1
        return span_of(words, a, b) if a < b and near.is_pause(a) and near.is_pause(b) else None

    def _sentences_from(self, at: int, step: int) -> Span | None:
        """The sentence beside a passage that ends one itself."""
        near, words, end = self._near, self._near.words, at + step
        while 0 < end < len(near.words.places) and not near.is_pause(end) and abs(end - at) < _LONGEST:
            end += step
        return span_of(words, min(at, end), max(at, end)) if near.is_pause(end) else None

    def _paragraph(self, at: int, step: int) -> Span | None:
        """The paragraph that begins or ends at a place."""
        near, words, end = self._near, self._near.words, at + step
        while 0 < end < len(near.words.places) and not near.is_edge(end) and abs(end - at) < _LONGEST:
            end += step
        inside = min(at, end) >= 0 and max(at, end) <= len(near.words.places)
        return span_of(words, min(at, end), max(at, end)) if inside and near.is_edge(end) else None
