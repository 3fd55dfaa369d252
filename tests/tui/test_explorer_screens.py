"""What opens over the explorer: help, compare, palette; themes; and that every command is one."""

from __future__ import annotations

import pytest

from zeroline.text import styles
from zeroline.tui.commands import COMMANDS, clashes, footer
from zeroline.tui.screens.explorer import Explorer
from zeroline.tui.theme import DARK, LIGHT


def text(reader, widget: str) -> str:
    return " ".join(reader.seen(widget).replace("│", " ").split())


def test_every_command_does_something():
    assert clashes() == []
    for command in COMMANDS:
        assert command.built_in or callable(getattr(Explorer, f"do_{command.id}", None)), command.id


@pytest.mark.parametrize("place", ["speakers", "timeline", "statement"])
def test_every_key_in_the_footer_is_a_command(place):
    for command in footer(place):
        assert command.built_in or hasattr(Explorer, f"do_{command.id}")
        assert command.keys


async def test_every_key_of_every_command_works(explorer):
    async with explorer() as reader:
        for key in (key for command in COMMANDS if command.id != "quit" for key in command.keys):
            await reader.press(key)
            for _ in range(3):
                if type(reader.app.screen).__name__ != "Explorer" or reader.app.focused.id == "search":
                    await reader.press("escape")
            await reader.on("Explorer")
            assert reader.app.is_running, key


@pytest.mark.parametrize("place", ["speakers", "timeline", "statement"])
async def test_every_key_in_the_footer_can_be_clicked(explorer, place):
    async with explorer((160, 40)) as reader:
        reader.app.explorer.query_one(f"#{place}").focus()
        await reader.press("shift")
        done = []
        reader.app.explorer.run_command = done.append
        bar = reader.app.explorer.keys
        shown = reader.seen("#keys")
        clicked = [c for c in footer(place) if f"{c.shown_key} {c.label}" in shown]
        assert len(clicked) > 8
        for command in clicked:
            await reader.pilot.click("#keys", offset=(shown.index(f"{command.shown_key} {command.label}"), 0))
        await reader.until(lambda: len(done) == len(clicked))
        assert done == [c.id for c in clicked]
        assert bar.region.height == 1


async def test_the_footer_of_a_small_screen_says_how_to_leave(explorer):
    async with explorer((60, 20)) as reader:
        for place in ("speakers", "timeline", "statement"):
            reader.app.explorer.keys.show(footer(place))
            await reader.press("shift")
            shown = reader.seen("#keys")
            assert "q quit" in shown and "Tab pane" in shown and shown.rstrip().endswith("? help"), place


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_q_quits(explorer, key):
    async with explorer() as reader:
        await reader.press(key)
        await reader.until(lambda: not reader.app.is_running)


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help_names_every_key_field_and_code(explorer, key):
    async with explorer((120, 400)) as reader:
        await reader.press(key)
        await reader.on("Help")
        words = text(reader, "#help")
        for command in COMMANDS:
            assert command.help in words, command.id
            assert command.shown_key in words
        assert "stance:trade.conditional" in words
        assert "The lamp should be kept lit." in words
        assert "does not count: that the lamp once shone" in words
        for field in ("speaker:", "attribution:", "condition:"):
            assert field in words
        await reader.press("escape")
        await reader.on("Explorer")


async def test_compare_two_speakers(explorer):
    async with explorer() as reader:
        speakers = reader.app.explorer.speakers
        await reader.press("shift+tab", "g")
        await reader.press("c")
        assert "Лампа is put aside" in reader.seen("#status")
        assert "⇄" in reader.seen("#speakers")
        await reader.press("G", "c")
        await reader.on("Compare")
        assert "Lamp Crew No. 3" in reader.seen("#left")
        assert "Tessaly Vane" in reader.seen("#right")
        assert speakers.compared is None
        await reader.press("tab", "j", "enter")
        await reader.on("Explorer")
        await reader.until(lambda: (reader.app.explorer.shown_item() or {}).get("id") == "vane-1")


async def test_compare_shows_a_callsign_of_markup_as_it_is(explorer):
    async with explorer() as reader:
        await reader.press("shift+tab", "g", "c")
        await reader.press("j", "j")
        assert reader.app.explorer.speakers.current["id"] == "perrin-quill"
        await reader.press("c")
        await reader.on("Compare")
        assert "─ [/] ─" in reader.seen("#right")
        await reader.press("escape")
        await reader.on("Explorer")


async def test_compare_with_nobody_else_is_taken_back(explorer):
    async with explorer() as reader:
        await reader.press("shift+tab", "c", "c")
        assert "no longer put aside" in reader.seen("#status")
        assert reader.app.explorer.speakers.compared is None


async def palette(reader, words: str) -> str:
    await reader.press("ctrl+p")
    await reader.on("PaletteScreen")
    await reader.type(words)
    return reader.seen("#palette-list")


async def test_the_palette_finds_commands(explorer):
    async with explorer() as reader:
        assert "Dark or light" in await palette(reader, "theme")
        await reader.press("enter")
        await reader.on("Explorer")
        await reader.until(lambda: reader.app.theme == LIGHT)


@pytest.mark.parametrize(
    ("words", "facet", "id"),
    [("storms", "topics", "storms"), ("lamp rock", "places", "lamp-rock"), ("stance: none", "stances", "none")],
)
async def test_the_palette_filters(explorer, words, facet, id):
    async with explorer() as reader:
        await palette(reader, words)
        await reader.press("enter")
        await reader.on("Explorer")
        await reader.until(lambda: getattr(reader.app.explorer.wanted.filter, facet) == (id,))


async def test_the_palette_shows_a_callsign_of_markup_as_it_is(explorer):
    async with explorer() as reader:
        assert "Speaker: Perrin Quill “[/]”" in await palette(reader, "quill")
        await reader.press("enter")
        await reader.on("Explorer")
        await reader.until(lambda: "Signs as [/]" in text(reader, "#statement"))


async def test_dark_and_light(explorer):
    async with explorer() as reader:
        timeline = reader.app.explorer.timeline
        assert reader.app.theme == DARK
        before = timeline.look
        await reader.press("ctrl+t")
        assert reader.app.theme == LIGHT
        assert timeline.look != before
        colours = {s.style.bgcolor.name for s in timeline.render_line(1) if s.style and s.style.bgcolor}
        assert timeline.base.bgcolor.name in colours
        await reader.press("ctrl+t")
        assert reader.app.theme == DARK
        assert timeline.look == before


async def test_a_citation_is_copied(explorer):
    async with explorer() as reader:
        await reader.go_to("brum-2")
        await reader.press("y")
        await reader.until(lambda: "plain citation sent to the terminal’s clipboard" in reader.seen("#status"))
        assert reader.app.clipboard.startswith("“Oil is dear [laughter] and I still say keep it.” Oda Brûm")
        assert " (small), version 1.0, accessed " in reader.app.clipboard
        assert (
            "Wording: verbatim in paragraph 4 of harbour-hearing.txt, which the corpus carries" in reader.app.clipboard
        )


def missing(style):
    raise styles.StyleError("citeproc-py is not installed")


async def test_a_citation_is_copied_in_the_next_style(explorer, monkeypatch):
    pytest.importorskip("citeproc")
    monkeypatch.setenv("ZEROLINE_STYLE", "Chicago")
    async with explorer() as reader:
        await reader.go_to("brum-2")
        await reader.press("Y")
        await reader.until(lambda: "APA citation sent" in reader.seen("#status"))
        assert " as cited in " in reader.app.clipboard
        await reader.press("y")
        await reader.press("Y")
        await reader.until(lambda: "MLA citation sent" in reader.seen("#status"))
        monkeypatch.setattr(styles, "check", missing)
        await reader.press("y")
        await reader.until(lambda: "citeproc-py is not installed" in reader.seen("#status"))
