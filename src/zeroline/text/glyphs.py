"""The signs of stances and events: shape says which stance, filling how firmly, so that colour is never needed.

Filled is without a condition; hollow is only under a condition or as a hypothesis. Every sign is one column wide; the
triangles to the sides are those that no terminal draws as an emoji, and the circle is a ringed one, since a plain ring
and a plain disc mean “no stance” and “event”.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from zeroline.records import PositionRecord, StanceCount

Mark = TypeVar("Mark")

NONE_GLYPH = "○"
"""A statement, or a speaker, without any stance."""

EVENT_GLYPH = "●"
"""An event."""

_FILLED_AND_HOLLOW = {
    "up": "▲△",
    "diamond": "◆◇",
    "down": "▼▽",
    "square": "■□",
    "right": "►▻",
    "left": "◄◅",
    "hexagon": "⬢⬡",
    "pentagon": "⬟⬠",
    "circle": "◉◎",
}


def glyph(shape: str, filled: bool) -> str:
    """The sign of a shape, one column wide; a shape unknown here is drawn as a square."""
    return _FILLED_AND_HOLLOW.get(shape, _FILLED_AND_HOLLOW["square"])[0 if filled else 1]


HOLLOW = frozenset(signs[1] for signs in _FILLED_AND_HOLLOW.values())
"""The signs of what is taken only under a condition, or as a hypothesis."""


def most_telling(marks: Sequence[Mark], signs: Sequence[str], columns: int) -> Sequence[Mark]:
    """Those of some marks that show where there is room for ``columns``, one of them for the plus of what is left out.

    ``signs`` are their signs. The first show, and one that is hollow if any is, so that nothing passes for plain.
    """
    if len(marks) <= columns:
        return marks
    shown = list(range(columns - 1))
    hollow = [n for n, sign in enumerate(signs) if sign in HOLLOW]
    if hollow and not set(hollow) & set(shown):
        shown[-1] = hollow[0]
    return [marks[n] for n in shown]


def is_filled(position: PositionRecord) -> bool:
    """Whether a position is taken without a condition."""
    return position["force"] == "unconditional"


def stance_glyphs(counts: Sequence[StanceCount], shape_of: Callable[[str], str]) -> list[tuple[str, str]]:
    """A speaker's derived stances as (stance id, sign), in the order of ``counts``.

    A stance taken both ways stands twice, filled first: nobody is shown as simple who is not. ``shape_of`` gives a
    stance id its shape. Empty for somebody without any stance: show :data:`NONE_GLYPH`.
    """
    signs: list[tuple[str, str]] = []
    for count in counts:
        shape = shape_of(count["stance"])
        if count["unconditional"]:
            signs.append((count["stance"], glyph(shape, filled=True)))
        if count["conditional"] or count["hypothetical"]:
            signs.append((count["stance"], glyph(shape, filled=False)))
    return signs


def position_glyphs(positions: Sequence[PositionRecord], shape_of: Callable[[str], str]) -> list[tuple[str, str]]:
    """A statement's positions as (stance id, sign), each pair once, in the order coded. Empty without any position."""
    pairs = ((p["stance"], glyph(shape_of(p["stance"]), is_filled(p))) for p in positions)
    return list(dict.fromkeys(pairs))
