"""The bookmarks screen, in the real explorer: what is kept, and what can be done with it."""

from __future__ import annotations

import pytest

from zeroline.bookmarks.store import BookmarkStore
from zeroline.tui.screens.bookmark_commands import BOOKMARK_COMMANDS, bookmark_footer

HAND = """
[[bookmark]]
corpus = "small"
id = "brum-1"
note = "[/] and [sic], \\u001b[31mred \\u202e turned"
tags = ["[bold]tag[/bold]", "C#, or not"]

[[bookmark]]
corpus = "small"
id = "never-there"

[[bookmark]]
corpus = "elsewhere"
id = "brum-2"
"""


def listed(reader) -> list[str]:
    return [row.bookmark.id for row in reader.app.screen.saved.rows]


def current(reader) -> str:
    return reader.app.screen.saved.current.bookmark.id


async def test_three_bookmarks_and_a_note_are_there_after_a_restart(explorer, saved):
    async with explorer() as reader:
        await reader.bookmark("brum-1", "brum-3", "lamp-dark")
        await reader.go_to("brum-3")
        await reader.press("m")
        await reader.on("NoteEditor")
        await reader.type("Who pays?\nAsk.")
        await reader.press("tab")
        await reader.type("to cite, money")
        await reader.press("ctrl+s")
        await reader.on("Explorer")
        await reader.until(lambda: any(b.note for b in reader.app.explorer.bookmarks), "the note is saved")
        await reader.press("q")
    assert [b.id for b in saved()] == ["brum-1", "brum-3", "lamp-dark"]
    async with explorer() as reader:
        await reader.until(lambda: len(reader.app.explorer.timeline.bookmarked) == 3, "the stars show")
        await reader.press("B")
        await reader.on("BookmarksScreen")
        await reader.until(lambda: listed(reader) == ["brum-1", "brum-3", "lamp-dark"])
        assert "Who pays?" in reader.seen("#saved")
        assert "#to cite #money" in reader.seen("#saved")


async def test_the_whole_bookmark_stands_beside_the_list(explorer, bookmarks_screen):
    async with explorer() as reader:
        await reader.bookmark("brum-3")
    async with bookmarks_screen((120, 60)) as reader:
        await reader.until(lambda: listed(reader) == ["brum-3"])
        preview = reader.words("#preview")
        assert "“let them have the rooms”" in preview
        assert "lease — only if the ferry company pays for the glass; otherwise keep" in preview
        assert "keep — as a hypothesis" in preview
        assert "Letting hangs on who pays." in preview
        assert "Oda Brûm “Лампа”" in preview
        assert "“Minutes of the Lamp Hearing, Gull Harbour”" in preview


async def test_a_new_order_is_kept(explorer, bookmarks_screen, saved):
    async with explorer() as reader:
        await reader.bookmark("brum-1", "brum-2", "vane-1")
    async with bookmarks_screen() as reader:
        await reader.press("g", "J")
        await reader.until(lambda: listed(reader) == ["brum-2", "brum-1", "vane-1"])
        assert current(reader) == "brum-1"
        await reader.press("J")
        await reader.until(lambda: listed(reader) == ["brum-2", "vane-1", "brum-1"])
        await reader.press("J")
        await reader.until(lambda: "already last" in reader.seen("#bookmarks-status"))
        await reader.press("K", "ctrl+up")
        await reader.until(lambda: listed(reader) == ["brum-1", "brum-2", "vane-1"])
        await reader.press("ctrl+down")
        await reader.until(lambda: listed(reader) == ["brum-2", "brum-1", "vane-1"])
        assert current(reader) == "brum-1"
    assert [b.id for b in saved()] == ["brum-2", "brum-1", "vane-1"]


async def test_a_move_in_a_filtered_list_goes_past_the_next_that_shows(explorer, bookmarks_screen, saved):
    async with explorer() as reader:
        await reader.bookmark("brum-1", "vane-1", "brum-2")
    async with bookmarks_screen() as reader:
        await reader.press("slash")
        await reader.type("brum")
        await reader.press("enter", "g", "J")
        await reader.until(lambda: listed(reader) == ["brum-2", "brum-1"])
    assert [b.id for b in saved()] == ["vane-1", "brum-2", "brum-1"]


@pytest.mark.parametrize("key", ["d", "delete"])
async def test_delete_undo_redo(explorer, bookmarks_screen, saved, key):
    async with explorer() as reader:
        await reader.bookmark("brum-1", "brum-2", "vane-1")
    async with bookmarks_screen() as reader:
        await reader.press("g", "j", key)
        await reader.until(lambda: listed(reader) == ["brum-1", "vane-1"])
        assert current(reader) == "vane-1"
        assert "deleted, u undoes: “Oil is dear [laughter]" in reader.seen("#bookmarks-status")
        assert [b.id for b in saved()] == ["brum-1", "vane-1"]
        assert reader.app.explorer.timeline.bookmarked == {"brum-1", "vane-1"}
        await reader.press("u")
        await reader.until(lambda: listed(reader) == ["brum-1", "brum-2", "vane-1"])
        assert current(reader) == "brum-2"
        assert "undone: removed the bookmark on brum-2" in reader.seen("#bookmarks-status")
        await reader.press("U")
        await reader.until(lambda: listed(reader) == ["brum-1", "vane-1"])
    assert [b.id for b in saved()] == ["brum-1", "vane-1"]


async def test_the_note_and_tags_of_a_bookmark_are_changed_here_too(explorer, bookmarks_screen, saved):
    async with explorer() as reader:
        await reader.bookmark("brum-1")
    async with bookmarks_screen() as reader:
        await reader.press("m")
        await reader.on("NoteEditor")
        await reader.type("for the lead")
        await reader.press("ctrl+s")
        await reader.on("BookmarksScreen")
        await reader.until(lambda: "for the lead" in reader.seen("#saved"))
        assert "for the lead" in reader.seen("#preview")
    assert saved()[0].note == "for the lead"


async def test_filter_as_you_type(explorer, bookmarks_screen):
    store = BookmarkStore()
    async with explorer() as reader:
        await reader.bookmark("brum-1", "brum-3", "vane-1")
        store.edit("small", "vane-1", note="ÉTÉ", tags=["to cite"])
        store.edit("small", "brum-3", tags=["To Do"])
    async with bookmarks_screen() as reader:
        await reader.until(lambda: len(listed(reader)) == 3)
        await reader.press("slash")
        await reader.type("rooms")
        assert listed(reader) == ["brum-3"]
        assert "1 of 3" in reader.seen("#bookmarks-status")
        await reader.press("escape")
        assert listed(reader) == ["brum-3"]
        await reader.press("escape")
        assert len(listed(reader)) == 3
        await reader.press("slash")
        await reader.type("tag:to")
        assert listed(reader) == ["brum-3", "vane-1"]
        await reader.type(" ete")
        assert listed(reader) == ["vane-1"]
        await reader.type(" nothing-like-it")
        assert listed(reader) == []
        assert "No bookmark matches." in reader.seen("#saved")
        assert "Esc drops the filter" in reader.seen("#saved")
        await reader.press("escape", "escape")
        assert len(listed(reader)) == 3
        await reader.press("escape")
        await reader.on("Explorer")


@pytest.mark.parametrize("key", ["escape", "q", "B"])
async def test_back_to_the_explorer(bookmarks_screen, key):
    async with bookmarks_screen() as reader:
        await reader.press(key)
        await reader.on("Explorer")


@pytest.mark.parametrize("size", [(120, 36), (60, 20)])
async def test_enter_opens_it_in_the_explorer(explorer, bookmarks_screen, size):
    async with explorer() as reader:
        await reader.bookmark("brum-1", "vane-2")
    async with bookmarks_screen(size) as reader:
        await reader.until(lambda: len(listed(reader)) == 2)
        await reader.press("G", "enter")
        await reader.on("Explorer")
        await reader.until(lambda: reader.app.explorer.shown_item()["id"] == "vane-2")
        await reader.until(lambda: "a lease was being drawn up" in reader.seen("#statement"))


async def test_the_cursor_begins_on_the_item_of_the_explorer(explorer):
    async with explorer() as reader:
        await reader.bookmark("brum-1", "brum-2", "vane-1")
        await reader.go_to("brum-2")
        await reader.press("B")
        await reader.on("BookmarksScreen")
        await reader.until(lambda: len(listed(reader)) == 3)
        assert current(reader) == "brum-2"


async def test_without_a_bookmark_it_says_how_to_make_one(bookmarks_screen):
    async with bookmarks_screen() as reader:
        assert "No bookmarks yet." in reader.seen("#saved")
        assert "b bookmarks the statement or event" in reader.words("#saved")
        for key in ("m", "d", "J", "K", "enter", "u", "U", "down", "up", "G", "pagedown"):
            await reader.press(key)
        await reader.on("BookmarksScreen")


async def test_what_was_written_by_hand_is_shown_and_never_markup(write_by_hand, bookmarks_screen, saved):
    write_by_hand(HAND)
    async with bookmarks_screen((140, 50)) as reader:
        await reader.until(lambda: "not in this corpus" in reader.seen("#saved"))
        seen = reader.seen()
        assert "[/] and [sic], ␛[31mred" in seen
        assert "⟨U+202E⟩" in seen
        assert "#[bold]tag[/bold]" in seen
        assert not set(seen) & {"\x1b", "\u202e"}
        assert "“the lamp stays lit”" in seen  # filled in from the corpus
        assert saved()[0].snapshot is not None
        assert saved()[0].note == "[/] and [sic], \x1b[31mred \u202e turned"
        await reader.press("G", "enter")
        await reader.until(lambda: "of another corpus" in reader.seen("#bookmarks-status"))
        await reader.press("k", "enter")
        await reader.until(lambda: "not in this corpus:" in reader.seen("#bookmarks-status"))
        await reader.on("BookmarksScreen")


async def test_a_statement_that_left_the_corpus_keeps_its_bookmark(explorer, bookmarks_screen, home):
    async with explorer() as reader:
        await reader.bookmark("vane-2")
    path = home / "small" / "statements.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('id = "vane-2"', 'id = "vane-3"'), encoding="utf-8")
    async with bookmarks_screen() as reader:
        await reader.until(lambda: "no longer in this corpus" in reader.seen("#saved"))
        assert "a lease was being drawn up" in reader.seen("#preview")
        await reader.press("enter")
        await reader.on("BookmarksScreen")


async def test_a_callsign_that_looks_like_markup(explorer, bookmarks_screen):
    async with explorer() as reader:
        await reader.bookmark("quill-1", "brum-4")
    async with bookmarks_screen() as reader:
        await reader.until(lambda: len(listed(reader)) == 2)
        assert "[/]  Net Menders [retired]" in reader.seen("#saved")
        assert "hole [sic] thing" in reader.seen("#saved")
        await reader.press("g", "m")
        await reader.on("NoteEditor")
        assert "Perrin Quill “[/]”" in reader.seen("#about")


BROKEN = 'format = 1\n\n[[bookmark]]\ncorpus = "small"\nid = "brum-1"\nnote = "no end\n'


async def test_a_broken_file_is_said_so_and_left_alone(write_by_hand, bookmark_file, bookmarks_screen):
    write_by_hand(BROKEN)
    async with bookmarks_screen() as reader:
        assert "The bookmarks cannot be read." in reader.seen("#saved")
        said = reader.words("#preview").replace(" ", "")
        assert f"{bookmark_file}:6".replace(" ", "") in said
        assert "bookmarks.toml" in reader.seen("#bookmarks-status")
        await reader.press("u", "d", "e")
        await reader.on("ExportDialog")
        assert "cannot be read" in reader.seen("#export-nothing")
        await reader.press("escape", "q")
        await reader.on("Explorer")
        await reader.press("b")
        await reader.until(lambda: "bookmarks.toml" in reader.seen("#status"))
        assert reader.app.explorer.timeline.bookmarked == frozenset()
    assert bookmark_file.read_text(encoding="utf-8") == BROKEN


async def test_a_file_broken_meanwhile_changes_nothing(explorer, bookmarks_screen, bookmark_file):
    async with explorer() as reader:
        await reader.bookmark("brum-1", "brum-2")
    async with bookmarks_screen() as reader:
        await reader.until(lambda: len(listed(reader)) == 2)
        bookmark_file.write_text(BROKEN, encoding="utf-8")
        await reader.press("d")
        await reader.until(lambda: "bookmarks.toml" in reader.seen("#preview"))
        assert listed(reader) == ["brum-1", "brum-2"]
    assert bookmark_file.read_text(encoding="utf-8") == BROKEN


async def test_what_another_program_took_away_is_no_longer_listed(explorer, bookmarks_screen):
    async with explorer() as reader:
        await reader.bookmark("brum-1", "brum-2")
    async with bookmarks_screen() as reader:
        await reader.until(lambda: len(listed(reader)) == 2)
        BookmarkStore().remove("small", "brum-1")
        await reader.press("g", "J")
        await reader.until(lambda: listed(reader) == ["brum-2"])
        assert "there is no bookmark on brum-1" in reader.words("#preview")


async def test_every_size(explorer, bookmarks_screen, write_by_hand):
    write_by_hand(HAND)
    async with bookmarks_screen((20, 8)) as reader:
        await reader.until(lambda: len(listed(reader)) == 3)
        for size in ((20, 8), (160, 50), (80, 24), (60, 20), (40, 12), (20, 8)):
            await reader.resize(size)
            reader.app.screen.saved.focus()
            await reader.press("g")
            assert "brum-1" in reader.seen("#saved") or "Лампа" in reader.seen("#saved"), size
            for key in ("G", "g", "J", "K", "pagedown", "tab", "tab", "tab"):
                await reader.press(key)
            for key, screen in (("m", "NoteEditor"), ("e", "ExportDialog"), ("question_mark", "Help")):
                reader.app.screen.saved.focus()
                await reader.press(key)
                await reader.on(screen)
                assert reader.seen()
                await reader.press("escape")
                await reader.on("BookmarksScreen")


async def test_both_themes(explorer, bookmarks_screen):
    async with explorer() as reader:
        await reader.bookmark("brum-3")
    async with bookmarks_screen() as reader:
        await reader.until(lambda: listed(reader) == ["brum-3"])
        before = reader.app.screen.preview.render_line(0)
        await reader.press("ctrl+t")
        await reader.until(lambda: reader.app.screen.preview.render_line(0) != before)
        assert reader.app.screen.preview.render_line(0).text == before.text


def test_no_two_commands_share_a_key():
    keys = [key for command in BOOKMARK_COMMANDS for key in command.keys]
    assert sorted(keys) == sorted(set(keys))
    ids = [command.id for command in BOOKMARK_COMMANDS]
    assert sorted(ids) == sorted(set(ids))
    assert bookmark_footer()[-1].id == "help"
