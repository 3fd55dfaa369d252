"""The export dialog: what is written is what the formats make, and no file is written over unasked."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest
from textual.widgets import Input

from zeroline.bookmarks.model import Collection
from zeroline.bookmarks.store import BookmarkStore
from zeroline.export import FORMATS, Options, markdown, with_passages, write
from zeroline.tui.exporting import scopes

BY_HAND = """
[[bookmark]]
corpus = "small"
id = "brum-4"
note = "\\u001b[2J"

[[bookmark]]
corpus = "small"
id = "brum-1"
tags = ["[/]", "lead"]

[[bookmark]]
corpus = "elsewhere"
id = "x"
tags = ["lead"]
"""


def made(format: str, bookmarks) -> list[bytes]:
    """The export without the passages of the texts that the corpus carries, and with those that are found by now."""
    options = Options(date.today())
    found = (options, with_passages(options, bookmarks))
    return [b"".join(FORMATS[format].pieces(bookmarks, one)) for one in found]


async def open_dialog(reader) -> None:
    """Open it from the explorer once the bookmarks are read and filled in."""
    explorer = reader.app.explorer
    await reader.until(
        lambda: explorer.bookmarks and all(b.snapshot for b in explorer.bookmarks if b.corpus == "small")
    )
    await reader.press("e")
    await reader.on("ExportDialog")


async def name(reader, path: object) -> None:
    field = reader.app.screen.query_one("#export-path", Input)
    field.value = ""
    await reader.type(str(path))


def notice(reader) -> str:
    return reader.words("#export-notice")


async def test_the_suggested_file_in_the_current_folder(explorer, home, saved):
    async with explorer() as reader:
        await reader.bookmark("brum-1", "brum-3", "lamp-dark")
        await open_dialog(reader)
        suggested = reader.app.screen.query_one("#export-path", Input).value
        assert suggested == f"zeroline-bookmarks-{date.today().isoformat()}.md"
        assert str(home / "work") in notice(reader).replace(" ", "")
        await reader.press("enter")
        await reader.on("Explorer")
        await reader.until(lambda: f"3 bookmarks written to {suggested}" in reader.seen("#status"))
    written = (home / "work" / suggested).read_bytes()
    assert written in made("md", saved())
    assert "let them have the rooms" in written.decode()


async def test_every_format_as_the_ending_says(explorer, home, write_by_hand, saved):
    write_by_hand(BY_HAND)
    endings = {FORMATS[name].ending: FORMATS[name] for name in ("json", "xlsx", "csl")}
    async with explorer() as reader:
        for ending in endings:
            await open_dialog(reader)
            await name(reader, f"mine.{ending}")
            await reader.press("enter")
            await reader.on("Explorer")
            await reader.until(lambda ending=ending: f"2 bookmarks written to mine.{ending}" in reader.seen("#status"))
    here = [b for b in saved() if b.corpus == "small"]
    for ending, format in endings.items():
        assert (home / "work" / f"mine.{ending}").read_bytes() in made(format.name, here), ending


async def test_the_ending_follows_the_format_and_the_preview_too(explorer, write_by_hand):
    write_by_hand(BY_HAND)
    async with explorer() as reader:
        await open_dialog(reader)
        dialog = reader.app.screen
        await reader.until(lambda: "hole \\[sic\\] thing" in reader.seen("#export-preview"))
        await reader.press("shift+tab", "shift+tab", "shift+tab")
        assert dialog.focused.id == "export-format"
        await reader.press(*["right"] * 4)
        assert dialog.query_one("#export-path", Input).value.endswith(".json")
        await reader.until(lambda: '"id": "brum-4"' in reader.seen("#export-preview"))
        await reader.press("end")
        assert dialog.query_one("#export-path", Input).value.endswith(".csl.json")
        await reader.press(*["left"] * 3)
        assert dialog.query_one("#export-path", Input).value.endswith(".toml")
        assert "2 bookmarks, as TOML" in await previewed(reader, "TOML")
        await reader.press("left")
        assert "2 bookmarks, as Excel (shown as CSV)" in await previewed(reader, "corpus,corpus_title")
        await reader.press("tab", "end", "left", "tab", "tab")
        assert dialog.focused.id == "export-path"


async def test_what_a_format_loses_and_how_the_selection_compares(explorer, write_by_hand):
    write_by_hand(BY_HAND)
    async with explorer() as reader:
        await open_dialog(reader)
        await reader.until(lambda: "Of the speakers for each stance you quote" in reader.words("#export-balance"))
        await reader.press("tab", "right")
        await reader.until(lambda: "2 statements of 10 by 1 of 4 speakers" in reader.seen("#export-preview"))
        await reader.press("right")
        await reader.until(lambda: "keys of your own" in reader.seen("#export-preview"))
        assert "What Markdown cannot hold" in reader.seen("#export-preview")


async def test_citations_in_a_style(explorer, write_by_hand, home):
    pytest.importorskip("citeproc")
    write_by_hand(BY_HAND)
    async with explorer((120, 60)) as reader:
        await open_dialog(reader)
        await reader.press("shift+tab", "right", "right")
        await reader.until(lambda: "as cited in" in reader.seen("#export-preview"))
        await reader.press("tab")
        await name(reader, "apa.md")
        await reader.press("enter")
        await reader.on("Explorer")
    assert "as cited in" in (home / "work" / "apa.md").read_text(encoding="utf-8")


async def test_a_path_is_completed_as_it_is_typed(explorer, home):
    (home / "work" / "chapter two").mkdir()
    (home / "work" / "chapter two" / "notes.md").write_text("mine")
    async with explorer() as reader:
        await reader.bookmark("brum-1")
        await open_dialog(reader)
        field = reader.app.screen.query_one("#export-path", Input)
        await name(reader, "cha")
        await reader.until(lambda: "chapter two/" in reader.seen("#export-path"))
        await reader.press("right")
        assert field.value == "chapter two/"
        await reader.type("no")
        await reader.until(lambda: "chapter two/notes.md" in reader.seen("#export-path"))
        await reader.press("right", "enter")
        await reader.until(lambda: "is there already" in notice(reader))


async def test_esc_stops_what_is_being_written(explorer, home, monkeypatch):
    going, go_on = threading.Event(), threading.Event()
    entry_in = markdown.entry_in

    def slow(*arguments, **named):
        going.set()
        assert go_on.wait(20)
        return entry_in(*arguments, **named)

    async with explorer() as reader:
        await reader.bookmark("brum-1", "brum-3")
        await open_dialog(reader)
        await previewed(reader, "lamp stays lit")
        monkeypatch.setattr(markdown, "entry_in", slow)
        monkeypatch.setattr(write, "STEP", 1)
        await reader.press("enter")
        await reader.until(going.is_set)
        await reader.press("escape")
        go_on.set()
        await reader.until(lambda: "Stopped: nothing is written" in notice(reader))
        await reader.press("escape")
        await reader.on("Explorer")
    assert list((home / "work").iterdir()) == []


async def previewed(reader, words: str) -> str:
    await reader.until(lambda: words in reader.seen("#export-preview"))
    return reader.seen("#export-preview")


async def test_nothing_in_the_preview_reaches_the_terminal_raw(explorer, write_by_hand):
    write_by_hand(BY_HAND)
    async with explorer((120, 60)) as reader:
        await open_dialog(reader)
        assert "␛" in await previewed(reader, "2J")
        assert "\x1b" not in reader.seen()
        assert "#[/] (1)" in reader.seen("#export-scope")


async def test_a_file_that_is_there_is_only_written_over_when_asked_twice(explorer, home):
    taken = home / "work" / "notes.md"
    taken.write_text("mine")
    async with explorer() as reader:
        await reader.bookmark("brum-1")
        await open_dialog(reader)
        await name(reader, "notes.md")
        await reader.press("enter")
        await reader.until(lambda: "notes.md is there already. Enter again overwrites it" in notice(reader))
        assert taken.read_text() == "mine"
        # Another name, and back: what was agreed to no longer counts.
        await reader.press("x", "backspace", "enter")
        await reader.until(lambda: "is there already" in notice(reader))
        assert taken.read_text() == "mine"
        await reader.press("enter")
        await reader.on("Explorer")
        await reader.until(lambda: "1 bookmark written to notes.md" in reader.seen("#status"))
    assert "the lamp stays lit" in taken.read_text(encoding="utf-8")


async def test_esc_after_the_question_leaves_the_file(explorer, home):
    taken = home / "work" / "notes.md"
    taken.write_text("mine")
    async with explorer() as reader:
        await reader.bookmark("brum-1")
        await open_dialog(reader)
        await name(reader, "notes.md")
        await reader.press("enter")
        await reader.until(lambda: "is there already" in notice(reader))
        await reader.press("escape")
        await reader.on("Explorer")
    assert taken.read_text() == "mine"
    assert list((home / "work").iterdir()) == [taken]


async def test_what_cannot_be_written_is_said_in_the_dialog(explorer, home, bookmark_file):
    (home / "work" / "folder").mkdir()
    async with explorer() as reader:
        await reader.bookmark("brum-1")
        kept = bookmark_file.read_bytes()
        await open_dialog(reader)
        for path, words in (
            ("nowhere/notes.md", "there is no folder nowhere"),
            ("folder", "folder is a folder"),
            ("", "Name a file"),
            ("/dev/null", "is no file"),
            (bookmark_file, "holds your bookmarks themselves"),
            ("n" * 300 + ".md", "could not be written: file name too long"),
        ):
            await name(reader, path)
            await reader.press("enter")
            await reader.until(lambda words=words: words.replace(" ", "") in notice(reader).replace(" ", ""), words)
            await reader.on("ExportDialog")
        assert bookmark_file.read_bytes() == kept


async def test_without_a_bookmark_it_says_how_to_make_one(explorer, home):
    async with explorer() as reader:
        await reader.press("e")
        await reader.on("ExportDialog")
        assert "nothing to export yet" in reader.seen("#export-nothing")
        assert "b bookmarks the statement" in reader.words("#export-nothing")
        await reader.press("escape")
        await reader.on("Explorer")
    assert list((home / "work").iterdir()) == []


async def test_the_filter_of_the_bookmarks_screen_is_what_is_written(explorer, bookmarks_screen, home):
    async with explorer() as reader:
        await reader.bookmark("brum-1", "vane-1", "brum-2")
    async with bookmarks_screen() as reader:
        await reader.press("slash")
        await reader.type("vane")
        await reader.press("enter", "e")
        await reader.on("ExportDialog")
        assert "▸as filtered (1)" in reader.seen("#export-scope")
        await name(reader, "v.csv")
        await reader.press("enter")
        await reader.on("BookmarksScreen")
        await reader.until(lambda: "1 bookmark written to v.csv" in reader.seen("#bookmarks-status"))
    text = (home / "work" / "v.csv").read_text(encoding="utf-8-sig")
    assert "vane-1" in text
    assert "brum-1" not in text


async def test_another_scope(explorer, write_by_hand, home):
    write_by_hand(BY_HAND)
    async with explorer() as reader:
        await open_dialog(reader)
        assert "▸this corpus (2)" in reader.seen("#export-scope")
        await reader.press("shift+tab", "shift+tab", "end")
        assert "▸#lead (2)" in reader.seen("#export-scope")
        await reader.press("tab", "tab")
        await name(reader, "lead.toml")
        await reader.press("enter")
        await reader.on("Explorer")
    text = (home / "work" / "lead.toml").read_text(encoding="utf-8")
    assert 'id = "brum-1"' in text
    assert 'id = "x"' in text
    assert "brum-4" not in text


async def test_every_size(explorer, write_by_hand, home):
    write_by_hand(BY_HAND)
    async with explorer((20, 8)) as reader:
        for size in ((20, 8), (160, 50), (80, 24), (60, 20), (30, 10), (20, 8)):
            await reader.resize(size)
            await open_dialog(reader)
            for key in ("tab", "tab", "right", "right", "right", "left", "tab", "end", "home"):
                await reader.press(key)
                assert reader.seen()
            await reader.resize((120, 36))
            await reader.resize(size)
            await reader.press("escape")
            await reader.on("Explorer")
    assert list((home / "work").iterdir()) == []


async def test_scopes(write_by_hand):
    write_by_hand(BY_HAND)
    every = BookmarkStore().load()
    found = {scope.words: [b.id for b in scope.bookmarks] for scope in scopes(every, "small", None)}
    assert found == {"this corpus": ["brum-4", "brum-1"], "all": ["brum-4", "brum-1", "x"], "#[/]": ["brum-1"],
                     "#lead": ["brum-1", "x"]}  # fmt: skip
    assert [s.words for s in scopes(every[:2], "small", every[:1])][:2] == ["as filtered", "all"]
    assert [s.words for s in scopes(every, "third", [])] == ["all", "#[/]", "#lead"]
    assert scopes((), "small", None) == []
    shelved = [replace(one, collections=("Shelf",)) for one in every[:2]]
    own_order = Collection("Shelf", order=("small/brum-1",))
    (shelf,) = [s for s in scopes(shelved, "small", None, [own_order, Collection("empty")]) if s.words == "Shelf"]
    assert [one.id for one in shelf.bookmarks] == ["brum-1", "brum-4"]


async def test_a_path_from_the_home_folder(explorer, home, monkeypatch):
    monkeypatch.setenv("HOME", str(home))
    async with explorer() as reader:
        await reader.bookmark("brum-1")
        await open_dialog(reader)
        await name(reader, "~/mine.md")
        assert notice(reader) == "into the folder ~"
        await name(reader, "mine.md")
        assert notice(reader) == "into the folder ~/work"
        await name(reader, "~/mine.md")
        await reader.press("enter")
        await reader.on("Explorer")
    assert (home / "mine.md").is_file()


@pytest.mark.parametrize("size", [(60, 20), (60, 14)])
async def test_the_whole_balance_is_seen_on_a_low_screen(explorer, write_by_hand, size):
    write_by_hand(BY_HAND)
    async with explorer(size) as reader:
        await open_dialog(reader)
        await reader.until(lambda: "Of the speakers for each stance you quote" in reader.words("#export-balance"))
        await reader.until(lambda: "Of the speakers" in reader.seen())
        last = reader.words("#export-balance").split()[-1]
        await reader.until(lambda: last in reader.seen("#export-balance"))
        screen = reader.app.screen
        balance, keys = screen.query_one("#export-balance").region, screen.query_one("#export-keys").region
        assert screen.region.contains_region(balance) and balance.bottom <= keys.y
