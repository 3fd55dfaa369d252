"""The palette: what is typed narrows it at once, and Enter does what stands first, however fast it comes."""

from __future__ import annotations

import re

import pytest
from textual.events import Key

from zeroline.tui import app, palette
from zeroline.tui.palette import Entry, Palette
from zeroline.tui.theme import DARK, LIGHT

ENTRIES = [
    Entry("Undo filter", "Undo the last filter", "Esc", str),
    Entry("Order", "By time, or the best match first", "r", str),
    Entry("Reload", "Compile the corpus anew", "^r", str),
    Entry("Topic: Fuel for the lamp", "Filter by it, or no longer", "", str),
    Entry("Place: Lamp Rock", "Filter by it, or no longer", "", str),
    Entry("Speaker: Oda Brûm", "Show their profile", "", str),
]


def names(query: str) -> list[str]:
    return [entry.name for entry in Palette(ENTRIES).find(query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [entry.name for entry in ENTRIES]),
        ("lamp", ["Topic: Fuel for the lamp", "Place: Lamp Rock"]),
        ("rock lamp", ["Place: Lamp Rock"]),
        ("BRUM", ["Speaker: Oda Brûm"]),
        ("r", ["Order", "Reload", "Place: Lamp Rock"]),  # its key, then beginnings of words
        ("^r", ["Reload"]),
        ("last", ["Undo filter"]),  # in what it does
        ("filter", ["Undo filter"]),  # what all topics say is no way to find one
        ("relaod", ["Reload"]),  # nothing has it: what is nearly it
        ("zzzz", []),
    ],
)
def test_what_is_found_and_what_stands_first(query: str, found: list[str]) -> None:
    assert names(query)[: len(found)] == found
    assert bool(names(query)) == bool(found)


def test_what_is_typed_may_be_searched_for_instead() -> None:
    looked = []
    found = Palette(ENTRIES, looked.append).find("  lamp  oil ")
    assert [entry.name for entry in found] == ["Search: lamp oil"]
    found[0].run()
    assert looked == ["lamp oil"]


def test_what_changes_something_is_never_offered_for_a_name_that_is_merely_near_it() -> None:
    entries = [*ENTRIES, Entry("Undo", "Undo the last change of a bookmark", "u", str, changes=True)]
    assert [entry.name for entry in Palette(entries).find("kifoto cibudo")] == []
    assert [entry.name for entry in Palette(entries).find("undoo")] == ["Undo filter"]
    assert Palette(entries).find("undo")[1].name == "Undo"


BURSTS = [
    ("theme\n", lambda it: it.app.theme == LIGHT),
    ("thex<backspace>me\n", lambda it: it.app.theme == LIGHT),
    ("tme<left><left>he\n", lambda it: it.app.theme == LIGHT),
    ("stance: keep\n/lamp\n", lambda it: (it.wanted.filter.stances, it.wanted.filter.query) == (("keep",), "lamp")),
    ("stance: keep\n2", lambda it: it.wanted.filter.stances == ("keep", "lease")),
    ("<escape>2", lambda it: it.wanted.filter.stances == ("lease",)),
    ("stance: keep\n<ctrl+p>stance: lease\n", lambda it: it.wanted.filter.stances == ("keep", "lease")),
    ("stance: le<down><up>\n", lambda it: it.wanted.filter.stances == ("lease",)),
    ("search\nlamp\n", lambda it: it.wanted.filter.query == "lamp"),
]


@pytest.mark.parametrize(("keys", "done"), BURSTS, ids=[keys for keys, _ in BURSTS])
async def test_a_burst_does_what_the_same_keys_do_slowly(explorer, monkeypatch, keys, done):
    monkeypatch.setattr(app, "LEAVING", 20.0)  # on a machine that is busy
    async with explorer() as reader:
        for key in re.findall(r"<[^>]+>|.|\n", "<ctrl+p>" + keys, re.S):
            name = {" ": "space", "\n": "enter", "/": "slash", ":": "colon"}.get(key, key.strip("<>"))
            reader.app.post_message(Key(name, key if len(key) == 1 and key != "\n" else None))
        await reader.on("Explorer")
        await reader.until(lambda: done(reader.app.explorer))
        assert reader.app.explorer.search.value == reader.app.explorer.wanted.filter.query


@pytest.mark.parametrize("screen", ["m", "question_mark", "e", "A"])
async def test_a_dialog_has_no_palette_and_loses_nothing(explorer, screen):
    async with explorer() as reader:
        await reader.press("j", screen)
        before = reader.app.screen
        assert before is not reader.app.explorer
        await reader.press("ctrl+p")
        assert reader.app.screen is before


async def test_the_same_key_closes_it_and_so_does_a_click_beside_it(explorer):
    async with explorer() as reader:
        await reader.press("ctrl+p")
        await reader.on("PaletteScreen")
        await reader.press("ctrl+p")
        await reader.on("Explorer")
        await reader.press("ctrl+p")
        await reader.on("PaletteScreen")
        await reader.pilot.click(offset=(1, 34))
        await reader.on("Explorer")


async def test_a_click_does_what_it_is_on(explorer):
    async with explorer() as reader:
        await reader.press("ctrl+p")
        await reader.on("PaletteScreen")
        await reader.type("stance: lease")
        await reader.pilot.click("#palette-list", offset=(3, 0))
        await reader.on("Explorer")
        await reader.until(lambda: reader.app.explorer.wanted.filter.stances == ("lease",))


async def test_quitting_asks_for_what_is_unsaved(explorer):
    async with explorer() as reader:
        await reader.press("j", "m")
        await reader.on("NoteEditor")
        await reader.type("not yet saved")
        await reader.press("ctrl+q")
        assert reader.app.is_running
        assert type(reader.app.screen).__name__ == "NoteEditor"


async def test_speakers_of_a_corpus_of_very_many_are_found_by_name(explorer, monkeypatch):
    monkeypatch.setattr(palette, "SPEAKERS_MOST", 1)
    async with explorer() as reader:
        await reader.press("ctrl+p")
        await reader.on("PaletteScreen")
        await reader.type("tessaly va")
        await reader.until(lambda: "Speaker: Tessaly Vane" in reader.seen("#palette-list"))
        assert reader.app.screen.list.current.name == "Search: tessaly va"
        await reader.press("down", "enter")
        await reader.on("Explorer")
        await reader.until(lambda: "mayor" in reader.words("#statement"))


async def test_the_reader_has_commands_of_its_own(explorer):
    async with explorer() as reader:
        await reader.go_to("brum-1")
        await reader.press("o")
        await reader.on("Reader")
        await reader.press("ctrl+p")
        await reader.on("PaletteScreen")
        await reader.type("find")
        assert "Find words in the text" in reader.seen("#palette-list")


@pytest.mark.parametrize("size", [(120, 36), (60, 20)])
async def test_keys_of_one_burst_do_what_was_typed(explorer, size):
    async with explorer(size) as reader:
        assert reader.app.theme == DARK
        await reader.press("ctrl+p")
        await reader.type("theme\n")
        await reader.until(lambda: reader.app.theme == LIGHT)
        await reader.on("Explorer")
        assert reader.app.explorer.search.value == ""


async def test_arrows_choose_and_esc_does_nothing(explorer):
    async with explorer() as reader:
        await reader.press("ctrl+p")
        await reader.on("PaletteScreen")
        await reader.type("stance")
        first = reader.app.screen.list.current
        await reader.press("down")
        second = reader.app.screen.list.current
        assert first and second and first.name != second.name
        await reader.press("up", "escape")
        await reader.on("Explorer")
        assert not reader.app.explorer.wanted.filter.stances


async def test_a_search_from_the_palette_is_one(explorer):
    async with explorer() as reader:
        await reader.press("ctrl+p")
        await reader.type("lantern oil")
        await reader.on("PaletteScreen")
        await reader.press("enter")
        await reader.on("Explorer")
        await reader.until(lambda: reader.app.explorer.wanted.filter.query == "lantern oil")
        assert reader.app.explorer.search.value == "lantern oil"


async def test_what_a_narrow_list_has_no_room_for_stands_under_it(explorer):
    async with explorer((60, 20)) as reader:
        await reader.press("ctrl+p")
        await reader.type("force")
        await reader.on("PaletteScreen")
        assert "Only without a condition" in reader.seen("#palette-help")
    async with explorer((120, 36)) as reader:
        await reader.press("ctrl+p")
        await reader.type("force")
        await reader.on("PaletteScreen")
        assert "Only without a condition" in reader.seen("#palette-list")
        assert not reader.seen("#palette-help").strip()
