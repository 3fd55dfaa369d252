"""Colours: two themes, and the Rich styles that widgets drawing their own lines use.

Colours of stances are from the Okabe-Ito set, darkened for the light theme until they stand out from its background.
A stance is never told by colour alone.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from rich.style import Style
from textual.theme import Theme

Ground = Literal["background", "surface", "panel"]
DARK, LIGHT = "zeroline-dark", "zeroline-light"

_STANCES_DARK = {
    "sky": "#56b4e9",
    "orange": "#e69f00",
    "purple": "#d58bb3",
    "green": "#2fbf94",
    "yellow": "#f0e442",
    "blue": "#5b9bd5",
    "vermillion": "#ec7c3c",
    "grey": "#9aa4ae",
}
_STANCES_LIGHT = {
    "sky": "#0a6aa1",
    "orange": "#8a5a00",
    "purple": "#9a3d75",
    "green": "#00694e",
    "yellow": "#6b6400",
    "blue": "#1f4e8c",
    "vermillion": "#a84300",
    "grey": "#59636e",
}

THEMES = (
    Theme(
        name=DARK,
        primary="#8ab4dc",
        secondary="#5f7f9c",
        accent="#8ab4dc",
        warning="#e6b450",
        error="#f07178",
        success="#2fbf94",
        foreground="#d8dee6",
        background="#10141a",
        surface="#151b22",
        panel="#1b232d",
        dark=True,
    ),
    Theme(
        name=LIGHT,
        primary="#1d5d94",
        secondary="#5d7488",
        accent="#1d5d94",
        warning="#8a5a00",
        error="#b3261e",
        success="#00694e",
        foreground="#1f2328",
        background="#fbfaf7",
        surface="#f4f2ed",
        panel="#e9e6de",
        dark=False,
    ),
)


GROUNDS = ("background", "surface", "panel")
"""The theme's colours that lines are drawn on."""


class Grounded(dict[Style | None, Style]):
    """Styles on a ground, each worked out once: adding styles costs a line more than drawing it."""

    def __init__(self, ground: Style) -> None:
        super().__init__({None: ground})
        self.ground = ground

    def __missing__(self, style: Style | None) -> Style:
        grounded = self[style] = self.ground + style
        return grounded


class Look(NamedTuple):
    """Styles by what they mean, for one theme."""

    dark: bool
    text: Style
    strong: Style
    dim: Style
    quiet: Style
    accent: Style
    heading: Style
    italic: Style
    cursor: Style
    cursor_blurred: Style
    marker: Style
    hit: Style
    star: Style
    event: Style
    key: Style
    error: Style
    warning: Style
    ok: Style
    chip: str
    thumb: Style
    grounds: dict[str, Grounded]
    stances: dict[str, Style]

    def stance(self, colour: str) -> Style:
        """The style of a stance's sign and label, by the codebook's colour name."""
        return self.stances.get(colour) or self.stances["grey"]

    def chip_on(self, colour: str) -> Style:
        """A stance's chip while it is filtered by: its colour behind the words."""
        return Style(color=self.chip, bgcolor=self.stance(colour).color, bold=True)

    def on(self, ground: Ground) -> Grounded:
        """The styles on a ground."""
        return self.grounds[ground]


def _look(dark: bool) -> Look:
    text, dim, quiet = ("#d8dee6", "#8f9aa6", "#4a5561") if dark else ("#1f2328", "#5c6670", "#b4b0a6")
    accent, cursor, blurred = ("#8ab4dc", "#25384b", "#1c2630") if dark else ("#1d5d94", "#cfe0f0", "#e4e9ec")
    star, error = ("#e6b450", "#f07178") if dark else ("#8a5a00", "#b3261e")
    return Look(
        dark=dark,
        text=Style(color=text),
        strong=Style(color="#f2f5f8" if dark else "#000000", bold=True),
        dim=Style(color=dim),
        quiet=Style(color=quiet),
        accent=Style(color=accent),
        heading=Style(color=dim, bold=True),
        italic=Style(color=dim, italic=True),
        cursor=Style(bgcolor=cursor, bold=True),
        cursor_blurred=Style(bgcolor=blurred),
        marker=Style(color=accent, bold=True),
        hit=Style(color="#10141a" if dark else "#1f2328", bgcolor="#c9b458" if dark else "#f2d974"),
        star=Style(color=star, bold=True),
        event=Style(color=accent),
        key=Style(color=star, bold=True),
        error=Style(color=error, bold=True),
        warning=Style(color=star),
        ok=Style(color="#2fbf94" if dark else "#00694e"),
        chip="#10141a" if dark else "#ffffff",
        thumb=Style(color="#8298ad" if dark else "#5d7488", bold=True),
        grounds={name: Grounded(Style(bgcolor=getattr(THEMES[0 if dark else 1], name))) for name in GROUNDS},
        stances={name: Style(color=colour) for name, colour in (_STANCES_DARK if dark else _STANCES_LIGHT).items()},
    )


_LOOKS = {True: _look(True), False: _look(False)}


def look_for(dark: bool) -> Look:
    """The styles for a dark or a light theme."""
    return _LOOKS[dark]
