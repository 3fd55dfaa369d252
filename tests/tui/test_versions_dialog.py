"""Versions of before on the bookmarks screen, and copying what is bookmarked with its citation."""

from __future__ import annotations

import pytest

from zeroline.bookmarks.store import BookmarkStore
from zeroline.cli.session import context_of
from zeroline.index import cache


@pytest.fixture
def kept(home) -> BookmarkStore:
    """Two bookmarks; a third was removed, and a note was changed before that."""
    index = cache.build(home / "small")
    store = BookmarkStore()
    for id in ("brum-1", "brum-3", "vane-1"):
        row = index.get(id)
        assert row is not None
        store.add(row.item, context_of(index))
    store.edit("small", "brum-1", note="[b]as it is[/b] now")
    store.remove("small", "vane-1")
    return store


async def test_a_version_is_looked_at_brought_back_and_that_undone(kept, bookmarks_screen, saved):
    async with bookmarks_screen() as reader:
        await reader.press("v")
        await reader.on("VersionsDialog")
        await reader.until(lambda: "vane-1 back" in reader.seen("#versions-list"))
        await reader.until(lambda: "back: Tessaly Vane" in reader.seen("#versions-change"))
        await reader.press("j")
        await reader.until(lambda: "changed: " in reader.seen("#versions-change"))
        assert "note: “[b]as it is[/b] now” → none" in reader.words("#versions-change")
        assert reader.seen("#versions-list").count("\n") >= 4 and "brum-3 gone" in reader.words("#versions-list")
        await reader.press("enter")
        await reader.until(lambda: "3 bookmarks now; u takes it back" in reader.seen("#versions-notice"))
        assert [(one.id, one.note) for one in saved()] == [("brum-1", ""), ("brum-3", ""), ("vane-1", "")]
        await reader.press("u")
        await reader.until(lambda: "undone: brought back the version" in reader.seen("#versions-notice"))
        assert [(one.id, one.note) for one in saved()] == [("brum-1", "[b]as it is[/b] now"), ("brum-3", "")]
        await reader.press("escape")
        await reader.on("BookmarksScreen")


async def test_of_long_versions_only_the_one_looked_at_is_read_and_once(kept, bookmarks_screen, monkeypatch):
    monkeypatch.setattr("zeroline.tui.screens.versions.ALL_COMPARED", 0)
    read: list[str] = []
    version = BookmarkStore.version
    monkeypatch.setattr(BookmarkStore, "version", lambda self, one: read.append(one.words()) or version(self, one))
    async with bookmarks_screen() as reader:
        await reader.press("v")
        await reader.on("VersionsDialog")
        await reader.until(lambda: "vane-1 back" in reader.seen("#versions-change"))
        await reader.until(lambda: all(one.counted for one in reader.app.screen.list.entries))
        assert len(read) == 1 and "brum-3 gone" not in reader.seen("#versions-list")
        await reader.press("G")
        await reader.until(lambda: "brum-3 gone" in reader.seen("#versions-change"))
        assert len(read) == 2


async def test_a_file_that_cannot_be_read_is_replaced_from_the_screen(kept, bookmarks_screen, bookmark_file, saved):
    damaged = bookmark_file.read_bytes()[:-40]
    bookmark_file.write_bytes(damaged)
    async with bookmarks_screen((60, 14)) as reader:
        assert "v shows the versions of before" in reader.words()
        await reader.press("v")
        await reader.on("VersionsDialog")
        await reader.until(lambda: "the file of now cannot be read" in reader.words("#versions-list"))
        await reader.press("enter")
        await reader.until(lambda: "what could not be read is kept" in reader.words("#versions-notice"))
        assert [one.id for one in saved()] == ["brum-1", "brum-3", "vane-1"]
        assert kept.backups()[0].path.read_bytes() == damaged
        await reader.until(lambda: "cannot be read" in reader.seen("#versions-list"), "the damaged one is a version")


async def test_what_is_bookmarked_is_copied_with_its_citation(kept, bookmarks_screen):
    async with bookmarks_screen() as reader:
        await reader.press("g", "y")
        await reader.until(lambda: "plain citation sent" in reader.seen("#bookmarks-status"))
        one = reader.app.clipboard
        assert one.startswith("“") and "Coded in “" in one and one.count("\n") == 0
        await reader.press("a", "Y")
        await reader.until(lambda: "2 Chicago citations sent" in reader.seen("#bookmarks-status"))
        assert len(reader.app.clipboard.split("\n\n")) == 2
        await reader.press("escape", "escape")
        await reader.on("Explorer")
        assert reader.app.explorer.style_of_citations() == "chicago"
