"""What the explorer's main screen does with bookmarks: makes, annotates, lists and writes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zeroline.tui.drawing import fit
from zeroline.tui.screens.explorer_citing import ExplorerCiting

if TYPE_CHECKING:
    from zeroline.bookmarks.store import BookmarkStore


class ExplorerKeeping(ExplorerCiting):
    """The commands that keep something: each goes to the keeper of bookmarks, or to a screen of its own."""

    def do_bookmark(self) -> None:
        """Bookmark, or take the bookmark off."""
        item = self.shown_item()
        if item is None or self.keeper is None:
            self.say("nothing to bookmark here")
            return
        context = self.context()
        name = fit(item["title"] if item["kind"] == "event" else item["paraphrase"] or item["excerpt"], 40)
        self.keeper.do(
            lambda store: f"★ bookmarked: {name}" if store.toggle(item, context) else f"no longer bookmarked: {name}"
        )

    def do_undo(self) -> None:
        """Undo the last change of a bookmark."""
        if self.keeper:
            self.keeper.undo()

    def do_redo(self) -> None:
        """Do it again."""
        if self.keeper:
            self.keeper.redo()

    def do_note(self) -> None:
        """Write a note and tags."""
        item = self.shown_item()
        keeper = self.keeper
        if item is None or keeper is None:
            self.say("nothing to write a note on here")
            return
        from zeroline.tui.screens.note import NoteEditor, Written

        context, before = self.context(), self.bookmark_of(item)

        def keep(written: Written | None) -> None:
            if written is not None:

                def write(store: BookmarkStore) -> str:
                    from zeroline.tui.screens.bookmarks import write_note

                    seen = before or store.get(context.id, item["id"])
                    if seen is None:
                        store.add(item, context, written.note, written.tags)
                        return "note saved"
                    return write_note(store, before or replace(seen, note="", tags=()), written.note, written.tags)

                keeper.do(write)

        tags = [tag for bookmark in self.bookmarks for tag in bookmark.tags]
        self.app.push_screen(NoteEditor(item, before, tags), keep)

    def do_bookmarks(self) -> None:
        """All bookmarks."""
        if self.keeper is None or self.index is None:
            return
        from zeroline.tui.screens.bookmarks import BookmarksScreen

        def opened(id: str | None) -> None:
            self.cite_style = screen.cite_style
            if id is not None:
                self.go("statement")
                self.open_item(id)
                self._want_detail(item=id)

        item = self.shown_item()
        at = item["id"] if item else None
        screen = BookmarksScreen(self.keeper, self.context(), self.index, at)
        screen.cite_style = self.cite_style
        self.app.push_screen(screen, opened)

    def do_export(self) -> None:
        """Write bookmarks to a file."""
        if self.keeper is None:
            return
        from zeroline.tui.screens.export import ExportDialog

        def written(words: str | None) -> None:
            if words:
                self.say(words)

        self.app.push_screen(
            ExportDialog(
                self.bookmarks,
                self.context(),
                trouble=self.bookmark_error,
                index=self.index,
                collections=self.collections,
                extra=self.file_keys,
            ),
            written,
        )
