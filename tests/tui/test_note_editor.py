"""Writing a note: what is saved, what is asked, and that nothing typed or kept is lost or changed unasked."""

from __future__ import annotations

import pytest
from textual.widgets import Input, TextArea

from zeroline.bookmarks.store import BookmarkStore
from zeroline.tui.screens.note import shown_tags, typed_tags


async def open_on(reader, id: str) -> None:
    await reader.go_to(id)
    await reader.press("m")
    await reader.on("NoteEditor")


def fields(reader) -> tuple[str, str]:
    return reader.app.screen.query_one(TextArea).text, reader.app.screen.query_one("#tags", Input).value


async def test_it_says_whom_it_is_about(explorer):
    async with explorer() as reader:
        await open_on(reader, "brum-4")
        assert reader.seen("#about").split("  ")[:2] == ["Oda Brûm “Лампа”", "“we keep the hole [sic] thing ourselves”"]
        await reader.press("escape")
        await open_on(reader, "lamp-built")
        assert reader.seen("#about").split("  ")[:2] == ["1987", "The lamp is built"]


async def test_a_note_on_what_was_not_bookmarked_bookmarks_it_in_one_step(explorer, saved):
    async with explorer((120, 60)) as reader:
        await open_on(reader, "brum-1")
        await reader.type("one\ntwo")
        await reader.press("tab")
        await reader.type("#to cite #lead")
        await reader.press("enter")
        await reader.on("Explorer")
        await reader.until(lambda: reader.app.explorer.bookmarks)
        assert (saved()[0].note, saved()[0].tags) == ("one\ntwo", ("to cite", "lead"))
        assert "★" in reader.seen("#statement")
        await reader.press("u")
        await reader.until(lambda: not reader.app.explorer.bookmarks)
    assert saved() == ()


async def test_esc_with_nothing_typed_closes_at_once_and_bookmarks_nothing(explorer, saved):
    async with explorer() as reader:
        await open_on(reader, "brum-1")
        await reader.press("escape")
        await reader.on("Explorer")
    assert saved() == ()


async def test_esc_asks_before_it_drops_what_was_typed(explorer, saved):
    async with explorer() as reader:
        await open_on(reader, "brum-1")
        await reader.type("a thought")
        await reader.press("escape")
        await reader.on("NoteEditor")
        assert "Esc or ^q now drops it" in reader.seen("#question")
        await reader.type("!")
        assert reader.seen("#question").strip() == ""
        await reader.press("escape")
        await reader.on("NoteEditor")
        await reader.press("escape")
        await reader.on("Explorer")
    assert saved() == ()


async def test_typed_and_taken_back_is_nothing_typed(explorer):
    async with explorer() as reader:
        await open_on(reader, "brum-1")
        await reader.press("x", "backspace", "escape")
        await reader.on("Explorer")


async def test_tab_goes_from_field_to_field(explorer):
    async with explorer() as reader:
        await open_on(reader, "brum-1")
        assert reader.app.screen.focused.id == "note"
        await reader.press("tab")
        assert reader.app.screen.focused.id == "tags"
        await reader.press("tab")
        assert reader.app.screen.focused.id == "note"
        await reader.press("shift+tab")
        assert reader.app.screen.focused.id == "tags"


ODD = "[/] [sic] \x1b[31mred\r\nmixed\nends \u202e"
ODD_TAGS = ("C#, or not", "[bold]", "es\x1bc")


async def test_what_nobody_touched_stays_as_it_was_sign_for_sign(explorer, saved):
    async with explorer() as reader:
        await reader.bookmark("brum-1")
        BookmarkStore().edit("small", "brum-1", note=ODD, tags=ODD_TAGS)
        reader.app.explorer.keeper.read()
        await reader.until(lambda: reader.app.explorer.bookmarks[0].note)
        await open_on(reader, "brum-1")
        seen = reader.seen()
        assert "[/] [sic] ␛[31mred" in seen
        assert not set(seen) & {"\x1b", "\u202e"}
        await reader.press("ctrl+s")
        await reader.on("Explorer")
        await reader.until(lambda: "note saved" in reader.seen("#status"))
        assert (saved()[0].note, saved()[0].tags) == (ODD, ODD_TAGS)
        await open_on(reader, "brum-1")
        await reader.press("tab", "end")
        await reader.type(", new")
        await reader.press("ctrl+s")
        await reader.until(lambda: "new" in reader.app.explorer.bookmarks[0].tags)
    assert (saved()[0].note, saved()[0].tags) == (ODD, (*ODD_TAGS, "new"))


async def test_a_note_that_is_emptied_is_gone_and_the_bookmark_stays(explorer, saved):
    async with explorer() as reader:
        await reader.bookmark("brum-1")
        BookmarkStore().edit("small", "brum-1", note="x", tags=["y"])
        reader.app.explorer.keeper.read()
        await reader.until(lambda: reader.app.explorer.bookmarks[0].note)
        await open_on(reader, "brum-1")
        assert fields(reader) == ("x", "y")
        await reader.press("backspace", "tab", "backspace", "ctrl+s")
        await reader.until(lambda: not reader.app.explorer.bookmarks[0].note)
    assert (saved()[0].note, saved()[0].tags) == ("", ())


async def test_the_rest_of_a_known_tag_is_offered(explorer, saved):
    async with explorer() as reader:
        await reader.bookmark("vane-1")
        BookmarkStore().edit("small", "vane-1", tags=["to cite"])
        reader.app.explorer.keeper.read()
        await reader.until(lambda: reader.app.explorer.bookmarks[0].tags)
        await open_on(reader, "brum-1")
        await reader.press("tab")
        await reader.type("lead, to")
        await reader.until(lambda: "lead, to cite" in reader.seen("#tags"))
        await reader.press("right")
        assert fields(reader)[1] == "lead, to cite"
        await reader.press("ctrl+s")
        await reader.until(lambda: len(reader.app.explorer.bookmarks) == 2)
    assert saved()[1].tags == ("lead", "to cite")


async def test_what_is_pasted_is_shown_safely(explorer):
    from textual import events

    async with explorer() as reader:
        await open_on(reader, "brum-1")
        note, tags = reader.app.screen.query_one(TextArea), reader.app.screen.query_one("#tags", Input)
        reader.app.post_message(events.Paste("a\x1b[2Jb\x9b"))
        await reader.until(lambda: note.text)
        await reader.press("tab")
        reader.app.post_message(events.Paste("t\x1bx,\n to cite\n"))
        await reader.until(lambda: tags.value)
        assert note.text == "a\x1b[2Jb\x9b"
        assert "a␛[2Jb�" in reader.seen("#note")
        assert tags.value == "t␛x, to cite", "a list has a tag a line"
        assert not set(reader.seen()) & {"\x1b", "\x9b"}


@pytest.mark.parametrize("first", [(160, 50), (20, 8)])
async def test_every_size(explorer, first):
    """Opened at the largest and at the smallest, then resized."""
    async with explorer(first) as reader:
        await reader.press("m")
        await reader.on("NoteEditor")
        await reader.type("some words that go on for longer than a line of the narrowest terminal")
        await reader.press("tab")
        await reader.type("a tag")
        assert "a tag" in reader.seen("#tags")
        for size in ((20, 8), (160, 50), (80, 24), (60, 20), (30, 10), (20, 8), (120, 36)):
            await reader.resize(size)
            assert "a tag" in reader.seen("#tags"), size
            assert "words" in reader.seen("#note") or size == (20, 8)
            assert reader.seen()


@pytest.mark.parametrize(
    ("text", "before", "tags"),
    [
        ("", [], ()),
        (" , # ", [], ()),
        ("to cite, lead", [], ("to cite", "lead")),
        ("#to cite #lead", [], ("to cite", "lead")),
        ("a,a, b  c ", [], ("a", "b c")),
        ("C#, new", ["C#"], ("C#", "new")),
        ("new, C#", ["C#"], ("new", "C#")),
        ("a, b, c", ["a, b"], ("a, b", "c")),
        ("a, b2", ["a, b"], ("a", "b2")),
        ("e\u241bc, x", ["e\x1bc"], ("e\x1bc", "x")),
    ],
)
def test_typed_tags(text, before, tags):
    assert typed_tags(text, before) == tags


def test_tags_shown_are_read_back():
    tags = ("C#", "to cite", "a, b", "#x", "e\x1bc")
    assert typed_tags(shown_tags(tags), tags) == tags


async def test_quitting_asks_before_a_note_is_lost(explorer):
    async with explorer() as reader:
        await open_on(reader, "brum-1")
        await reader.type("not to be lost")
        await reader.press("ctrl+q")
        assert reader.app.screen.query_one(TextArea).text == "not to be lost"
        await reader.press("ctrl+q")
        await reader.until(lambda: not reader.app.is_running or reader.app.return_code is not None)


async def test_a_note_being_written_is_kept_when_the_terminal_goes(explorer, saved):
    async with explorer() as reader:
        await reader.go_to("brum-1")
        await reader.press("m")
        await reader.on("NoteEditor")
        await reader.type("half a thought")
        reader.app.end()
        await reader.until(lambda: [b.note for b in saved()] == ["half a thought"], "the note is in the file")
