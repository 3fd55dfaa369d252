"""The palette: what is typed narrows it at once, and Enter does what stands first, however fast it comes."""

from __future__ import annotations

import pytest

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
        ("filter", ["Undo filter", "Topic: Fuel for the lamp", "Place: Lamp Rock"]),  # in a name, then in what it does
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
