"""The screen without a colour (``NO_COLOR``): what colours said is said by bold, dim, reverse and underlined.

Textual only turns colours into greys there. A ground of its own, like that of the cursor, a hit, a chip that is on or
the scroll bar, becomes reverse; grey words become dim. Only imported where it is wanted.
"""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from zeroline.tui.theme import Look, look_for

STANDS_OUT = 2.0
"""From this contrast on (of WCAG, 1 to 21) with the theme's background a ground means something; those of a cursor and
of a hit always do."""

FAINT = 7.0
"""Grey words of less contrast than this are meant to be quiet."""

_GREY = 48  # the most that red, green and blue of a grey differ, of 255


class Colourless(LineFilter):
    """Takes the colours out of what is drawn in a ``dark`` or a light theme."""

    def __init__(self, dark: bool) -> None:
        super().__init__()
        look = look_for(dark)
        self._plain = lru_cache(4_096)(lambda style: _without_colour(style, look))

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same text without colours."""
        plain = self._plain
        return [
            segment if control or style is None else Segment(text, plain(style))
            for segment in segments
            for text, style, control in (segment,)
        ]


def _without_colour(style: Style, look: Look) -> Style:
    back = look.grounds["background"].ground.bgcolor
    assert back is not None and back.triplet is not None
    page = back.triplet
    ink: ColorTriplet | None = _triplet(style.color)
    ground: ColorTriplet | None = _triplet(style.bgcolor) or page
    if style.reverse:
        ink, ground = ground, ink
    marked = style.bgcolor is not None and style.bgcolor in (look.cursor.bgcolor, look.hit.bgcolor)
    reverse = marked or ground is None or _contrast(ground, page) >= STANDS_OUT
    faint = ink is not None and not reverse and max(ink) - min(ink) < _GREY and _contrast(ink, page) < FAINT
    return Style(
        bold=style.bold,
        dim=True if faint and not style.bold else style.dim,
        italic=style.italic,
        # A hit on the cursor's line is told from that line.
        underline=True if style.bgcolor is not None and style.bgcolor == look.hit.bgcolor else style.underline,
        strike=style.strike,
        reverse=True if reverse else None,
        link=style.link,
        meta=style.meta or None,
    )


def _triplet(colour: RichColor | None) -> ColorTriplet | None:
    return None if colour is None or colour.is_default else colour.get_truecolor()


def _contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: ColorTriplet) -> float:
    """The relative luminance of WCAG, 0 to 1."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
