"""The screen where no colour is wanted: what is sent of a style, and that nothing else draws."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from zeroline.tui.app import ZerolineApp
from zeroline.tui.colourless import Colourless
from zeroline.tui.engine import Engine
from zeroline.tui.theme import LIGHT, Look, look_for


def sent(style: Style, dark: bool) -> Style:
    (segment,) = Colourless(dark).apply([Segment("x", style)], Color(0, 0, 0))
    assert segment.text == "x" and segment.style is not None
    assert segment.style.color is None and segment.style.bgcolor is None
    return segment.style


def attributes(style: Style) -> str:
    return " ".join(name for name in ("bold", "dim", "italic", "underline", "reverse") if getattr(style, name))


@pytest.mark.parametrize("dark", [True, False])
def test_what_colours_said_is_said_without(dark: bool) -> None:
    look: Look = look_for(dark)
    ground = look.grounds["background"].ground
    said = {
        "text": "", "strong": "bold", "dim": "dim", "quiet": "dim", "heading": "bold", "italic": "dim italic",
        "cursor": "bold reverse", "cursor_blurred": "", "hit": "underline reverse", "accent": "",
    }  # fmt: skip
    assert {name: attributes(sent(ground + getattr(look, name), dark)) for name in said} == said
    assert attributes(sent(ground + look.cursor + look.dim, dark)) == "bold reverse"
    assert attributes(sent(look.chip_on("orange"), dark)) == "bold reverse"
    for name in ("surface", "panel"):
        assert attributes(sent(look.text + look.grounds[name].ground, dark)) == ""
    assert attributes(sent(look.text + ground + Style(reverse=True), dark)) == "reverse"


def test_links_and_clicks_stay() -> None:
    style = Style(color="red", link="https://example.org", meta={"@click": "x"})
    made = sent(style, True)
    assert made.link == "https://example.org" and made.meta == {"@click": "x"}


def test_control_segments_and_those_without_style_stay() -> None:
    segments = [Segment("a"), Segment.line()]
    assert Colourless(True).apply(segments, Color(0, 0, 0)) == segments


@pytest.mark.parametrize(("variable", "number"), [("1", 1), (None, 0)])
def test_it_is_all_that_lines_pass_through(
    variable: str | None, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    if variable is not None:
        monkeypatch.setenv("NO_COLOR", variable)
    app = ZerolineApp(Engine(tmp_path))
    filters = app.get_line_filters()
    assert [isinstance(one, Colourless) for one in filters].count(True) == number
    assert app.get_line_filters()[0] is filters[0]
    if number:
        app.set_reactive(ZerolineApp.theme, LIGHT)
        assert len(filters) == 1 and app.get_line_filters()[0] is not filters[0]
