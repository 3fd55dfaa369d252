"""Selecting, tagging, collecting, ordering and Markdown notes on the bookmarks screen, in the real explorer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import Input

from zeroline.bookmarks import collection_edits
from zeroline.bookmarks.model import CorpusContext
from zeroline.bookmarks.store import BookmarkStore
from zeroline.cli.session import context_of
from zeroline.index import cache
from zeroline.text.glyphs import is_filled
from zeroline.tui.bookmark_words import signs
from zeroline.tui.screens.collections import COLLECTION_COMMANDS
from zeroline.tui.screens.tags import Tagging, tagging

IDS = ("brum-1", "brum-3", "vane-1", "lamp-dark")


@pytest.fixture
def kept(home) -> BookmarkStore:
    """Four bookmarks, two of them in “Chapter 2”."""
    index = cache.build(home / "small")
    store = BookmarkStore()
    for id in IDS:
        row = index.get(id)
        assert row is not None
        store.add(row.item, context_of(index), tags=["draft"] if id == "brum-1" else [])
    store.apply(collection_edits.collect("Chapter 2", [("small", "vane-1"), ("small", "brum-1")]))
    return store


def listed(reader) -> list[str]:
    return [row.bookmark.id for row in reader.app.screen.saved.rows]


async def test_many_are_selected_tagged_and_taken_off_in_one_step(kept, bookmarks_screen, saved):
    async with bookmarks_screen() as reader:
        await reader.until(lambda: listed(reader) == [*IDS])
        await reader.press("g", "space", "space")
        assert "2 selected" in reader.seen("#saved") and reader.seen("#saved").count("✓") == 2
        await reader.press("t")
        await reader.on("TagDialog")
        assert "#draft 1" in reader.seen("#tags-now") and not reader.app.screen.query_one("#tagging").value
        await reader.type("lead, to cite, -draft\n")
        await reader.on("BookmarksScreen")
        await reader.until(lambda: "tags changed on 2 bookmarks" in reader.seen("#bookmarks-status"))
        assert [one.tags for one in saved()] == [("lead", "to cite"), ("lead", "to cite"), (), ()]
        await reader.press("u")
        await reader.until(lambda: [one.tags for one in saved()] == [("draft",), (), (), ()])
        await reader.press("slash")
        await reader.type("vane")
        await reader.press("enter", "a")
        assert "3 selected" in reader.seen("#saved")
        await reader.press("d")
        await reader.until(lambda: [one.id for one in saved()] == ["lamp-dark"])
        assert "deleted, u undoes: 3 bookmarks" in reader.seen("#bookmarks-status")
        await reader.press("u")
        await reader.until(lambda: [one.id for one in saved()] == [*IDS])
        await reader.press("escape")
        assert reader.app.screen.filter.value == ""


async def test_escape_drops_the_selection_first(kept, bookmarks_screen):
    async with bookmarks_screen() as reader:
        await reader.until(lambda: listed(reader) == [*IDS])
        await reader.press("a")
        assert "4 selected" in reader.seen("#saved")
        await reader.press("escape")
        assert "selected" not in reader.seen("#saved")
        await reader.press("a", "a")
        assert "selected" not in reader.seen("#saved")


async def test_a_collection_shows_in_its_own_order_which_is_changed(kept, bookmarks_screen, saved):
    async with bookmarks_screen() as reader:
        await reader.press("C")
        await reader.on("CollectionsDialog")
        await reader.until(lambda: "Chapter 2 2" in reader.seen("#collections-list"))
        assert "All bookmarks 4" in reader.seen("#collections-list")
        await reader.press("j", "enter")
        await reader.on("BookmarksScreen")
        await reader.until(lambda: listed(reader) == ["brum-1", "vane-1"])
        assert "Chapter 2 · 2" in reader.seen("#saved")
        await reader.press("g", "J")
        await reader.until(lambda: listed(reader) == ["vane-1", "brum-1"])
        assert [one.id for one in saved()] == [*IDS]
        await reader.press("x")
        await reader.until(lambda: listed(reader) == ["vane-1"])
        await reader.press("u")
        await reader.until(lambda: listed(reader) == ["vane-1", "brum-1"])
        await reader.press("escape")
        await reader.until(lambda: listed(reader) == [*IDS])


async def test_collections_are_made_filled_renamed_described_and_dissolved(kept, bookmarks_screen):
    store = BookmarkStore(kept.path)
    async with bookmarks_screen((80, 24)) as reader:
        await reader.until(lambda: listed(reader) == [*IDS])
        await reader.press("a", "c")
        await reader.on("CollectionsDialog")
        await reader.until(lambda: "[–] Chapter 2" in reader.seen("#collections-list"))
        await reader.press("space")
        await reader.until(lambda: "[✓] Chapter 2 4" in reader.seen("#collections-list"))
        await reader.press("enter")
        await reader.until(lambda: "[ ] Chapter 2 0" in reader.seen("#collections-list"))
        await reader.press("u")
        await reader.until(lambda: "[✓] Chapter 2 4" in reader.seen("#collections-list"))
        await reader.press("n")
        await reader.type("Reading  [list]\n")
        await reader.until(lambda: "[✓] Reading [list] 4" in reader.seen("#collections-list"))
        await reader.press("r")
        assert reader.app.screen.query_one(Input).value == "Reading [list]"
        await reader.type("s\n")
        await reader.until(lambda: "Reading [list]s 4" in reader.seen("#collections-list"))
        await reader.press("n")
        await reader.type("chapter 2\n")
        await reader.until(lambda: "there is a collection “Chapter 2” already" in reader.seen("#collections-notice"))
        await reader.press("G", "m")
        await reader.on("NoteEditor")
        await reader.type("For **August**")
        await reader.press("ctrl+s")
        await reader.on("CollectionsDialog")
        await reader.until(lambda: "For August" in reader.seen("#collections-list"))
        assert store.collections()[-1].note == "For **August**"
        await reader.press("d")
        await reader.until(lambda: "Reading" not in reader.seen("#collections-list"))
        assert len(store.load()) == 4
        await reader.press("n", "escape", "escape")
        await reader.on("BookmarksScreen")


async def test_headings_of_every_order(kept, bookmarks_screen):
    async with bookmarks_screen() as reader:
        await reader.until(lambda: listed(reader) == [*IDS])
        await reader.press("s")
        assert listed(reader) == ["brum-1", "brum-3", "vane-1", "lamp-dark"]
        assert "Events · 1" in reader.seen("#saved") and "by speaker" in reader.seen("#bookmarks-status")
        await reader.press("s")
        shown = reader.seen("#saved")
        assert "keep, without a condition" in shown and "lease, on a condition, or as a hypothesis" in shown
        assert listed(reader).count("brum-3") == 2 and "· 4" in shown.splitlines()[0]
        await reader.press("G", "J")
        assert "by stance: s goes on to your own" in reader.seen("#bookmarks-status")
        for _ in range(len(listed(reader))):
            await reader.press("k")
        assert reader.app.screen.saved.cursor == 0
        await reader.press("s", "s", "s")
        assert "Saved " in reader.seen("#saved")
        await reader.press("s")
        assert listed(reader) == [*IDS] and "in your order" in reader.seen("#bookmarks-status")
        await reader.press("S")
        assert "by day of saving" in reader.seen("#bookmarks-status")


async def test_a_bookmark_of_another_corpus_shows_its_signs(kept, bookmarks_screen, home):
    index = cache.build(home / "small")
    context: CorpusContext = replace(context_of(index), id="other", title="Another")
    row = index.get("brum-3")
    assert row is not None
    kept.add(row.item, context)
    async with bookmarks_screen() as reader:
        await reader.until(lambda: len(listed(reader)) == 5)
        screen = reader.app.screen
        here, there = (signs(screen.saved.rows[n], screen.saved.stances, screen.saved.look) for n in (1, 4))
        assert here == there and {sign for sign, _ in there} < {"△", "◇", "▽", "▲", "◆", "▼"}
        assert [is_filled(position) for position in row.item["positions"]] == [False, False]
        assert {sign for sign, _ in there} <= {"△", "◇", "▽"}
        await reader.press("G")
        assert not set("□■") & set(reader.seen("#preview"))


async def test_a_note_is_shown_as_markdown_and_never_as_markup(kept, bookmarks_screen):
    kept.edit(
        "small",
        "brum-1",
        note="# Why\n\n[bold]not markup[/bold] but **strong**\n\n- one\n- <b>two</b>\n\n> [x](http://y)",
    )
    async with bookmarks_screen((120, 60)) as reader:
        await reader.until(lambda: listed(reader) == [*IDS])
        await reader.press("g")
        seen = reader.words("#preview")
        assert "Why [bold]not markup[/bold] but strong • one • <b>two</b>" in seen and "x (http://y)" in seen
        assert "Why  #draft" in reader.seen("#saved")
        await reader.press("enter")
        await reader.on("Explorer")
        await reader.until(lambda: "but strong" in reader.words("#statement"))


async def test_a_change_by_hand_shows_while_the_explorer_is_open(kept, bookmarks_screen, saved):
    async with bookmarks_screen() as reader:
        await reader.until(lambda: listed(reader) == [*IDS])
        text = kept.path.read_text(encoding="utf-8")
        kept.path.write_text(
            text.replace('id = "brum-1"\nkind', 'id = "brum-1"\nnote = "by hand"\nkind'), encoding="utf-8"
        )
        await reader.until(lambda: "by hand" in reader.seen("#saved"), "the file is read again")
        assert "changed elsewhere" in reader.seen("#bookmarks-status")
        await reader.press("g", "m")
        await reader.on("NoteEditor")
        kept.edit("small", "brum-1", note="by another")
        await reader.type(", and mine")
        await reader.press("ctrl+s")
        await reader.on("BookmarksScreen")
        await reader.until(lambda: "both are kept" in reader.seen("#bookmarks-status"))
    assert saved()[0].note == "by another\n\n---\n\nby hand, and mine"


async def test_the_palette_has_the_commands_of_this_screen(kept, bookmarks_screen):
    async with bookmarks_screen() as reader:
        await reader.until(lambda: listed(reader) == [*IDS])
        await reader.press("ctrl+p")
        await reader.on("PaletteScreen")
        await reader.type("move down")
        await reader.until(lambda: "Move it down" in reader.seen())
        await reader.press("escape")


def test_a_line_of_tags():
    assert tagging("lead, -draft, #to cite", ["draft"]) == Tagging(("lead", "to cite"), ("draft",))
    assert tagging(" , - ,", []) == Tagging((), ())
    assert tagging("-odd", ["-odd"]) == Tagging(("-odd",), ())


def test_no_two_commands_of_the_dialog_share_a_key():
    keys = [key for command in COLLECTION_COMMANDS for key in command.keys]
    assert sorted(keys) == sorted(set(keys))
