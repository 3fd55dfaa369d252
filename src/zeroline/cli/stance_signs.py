"""The signs of stances as stdout can take them: shapes, or letters where its encoding has no shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zeroline.cli import output
from zeroline.text.glyphs import EVENT_GLYPH, NONE_GLYPH, glyph

if TYPE_CHECKING:
    from zeroline.index.reader import Index
    from zeroline.records import PositionRecord

_SHAPES = "▲△◆◇▼▽■□►▻◄◅⬢⬡⬟⬠◉◎○●"

_SHAPES_LEGEND = "▲ filled: without a condition · △ hollow: only under a condition, or as a hypothesis · ○ no stance"
_LETTERS_LEGEND = (
    "a stance's letter in upper case: without a condition · in lower case: only under a condition, or as a hypothesis"
    " · - no stance"
)


def drawn() -> bool:
    """Whether stdout takes every shape; if not, letters stand for all of them."""
    return output.takes(_SHAPES)


def legend() -> str:
    """What the signs mean, whatever the shape or letter."""
    return _SHAPES_LEGEND if drawn() else _LETTERS_LEGEND


def sign(index: Index, stance: str, filled: bool) -> str:
    """The sign of a stance, one column wide. Its first letter, upper case for filled, where shapes cannot be shown."""
    if drawn():
        return glyph(next((s.shape for s in index.summary.stances if s.id == stance), "square"), filled)
    letter = next((c for c in index.stance_label(stance) + stance if c.isascii() and c.isalpha()), "s")
    return letter.upper() if filled else letter.lower()


def of_position(index: Index, position: PositionRecord) -> str:
    """The sign of one position."""
    return sign(index, position["stance"], position["force"] == "unconditional")


def none() -> str:
    """The sign of no stance."""
    return NONE_GLYPH if drawn() else "-"


def event() -> str:
    """The sign of an event."""
    return EVENT_GLYPH if drawn() else "*"
