"""The screen of all bookmarks: open, write on, order, take off, filter, export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from zeroline.bookmarks.errors import NoSuchBookmark
from zeroline.bookmarks.store import BookmarkStore
from zeroline.tui.look import DARK, LIGHT
from zeroline.tui.saved import Saved, name_of
from zeroline.tui.screens.bookmark_commands import bookmark_bindings
from zeroline.tui.screens.bookmarks_view import BookmarksView, Key
from zeroline.tui.widgets.bars import KeyBar
from zeroline.tui.widgets.virtual_list import VirtualList


class BookmarksScreen(BookmarksView):
    """The bookmarks with their commands: ``do_x`` is what command x of
    :mod:`zeroline.tui.screens.bookmark_commands` does. Gives back the id of the item to open, if any.

    ``at`` is the id of the item that the cursor is to begin on, where it is bookmarked. All changes go through
    ``keeper``, off this thread; what it did comes back as :class:`~zeroline.tui.messages.BookmarksChanged`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bookmark_bindings(), Binding("down", "to_list", show=False)]

    # --- commands ------------------------------------------------------------------------------------------------

    def action_command(self, id: str) -> None:
        """Do a command by its id."""
        getattr(self, f"do_{id}")()

    @on(KeyBar.Pressed)
    def _key_pressed(self, message: KeyBar.Pressed) -> None:
        self.action_command(message.command)

    def _current(self) -> Saved | None:
        if self.saved.current is None:
            self.say("no bookmark here")
        return self.saved.current

    @on(VirtualList.Chosen, "#saved")
    def do_open(self) -> None:
        """Back to the explorer, to the item."""
        saved = self._current()
        if saved is None:
            return
        if saved.where == "here":
            self.dismiss(saved.bookmark.id)
        elif saved.where == "gone":
            self.say(f"{saved.badge()}: all that was saved of it is here")
        else:
            self.say(f"of another corpus: open “{saved.corpus_title}” with zeroline FOLDER")

    def do_note(self) -> None:
        """Change the note and the tags."""
        saved = self._current()
        if saved is None:
            return
        from zeroline.tui.screens.note import NoteEditor, Written

        corpus, id = saved.bookmark.key

        def keep(written: Written | None) -> None:
            if written is not None:
                self.keeper.do(lambda store: _edit(store, (corpus, id), written.note, written.tags))

        tags = [tag for one in self.bookmarks or () for tag in one.tags]
        self.app.push_screen(NoteEditor(saved.item, saved.bookmark, tags), keep)

    def do_delete(self) -> None:
        """Take the bookmark off."""
        saved = self._current()
        if saved is not None:
            key, name = saved.bookmark.key, name_of(saved)
            self.keeper.do(lambda store: f"deleted, u undoes: {name}" if store.remove(*key) else "was deleted already")

    def do_undo(self) -> None:
        """Undo the last change."""
        self.keeper.undo()

    def do_redo(self) -> None:
        """Do it again."""
        self.keeper.redo()

    def do_earlier(self) -> None:
        """Move it up."""
        self._move(-1)

    def do_later(self) -> None:
        """Move it down."""
        self._move(1)

    def _move(self, by: int) -> None:
        saved = self._current()
        if saved is not None:
            key, among = saved.bookmark.key, frozenset(one.key for one in self.shown())
            self.keeper.do(lambda store: _step(store, key, by, among))

    def do_filter(self) -> None:
        """Type a filter."""
        self.filter.focus()

    @on(Input.Changed)
    def _filter_changed(self) -> None:
        self._show()

    @on(Input.Submitted)
    def action_to_list(self) -> None:
        """From the filter to what it lets through."""
        self.saved.focus()

    def do_export(self) -> None:
        """Write bookmarks to a file."""
        from zeroline.tui.screens.export import ExportDialog

        def written(words: str | None) -> None:
            if words:
                self.say(words)

        filter = self.filter.value.strip()
        dialog = ExportDialog(
            self.bookmarks or (),
            self.context,
            shown=self.shown() if filter else None,
            trouble=self._trouble,
            index=self.index,
        )
        self.app.push_screen(dialog, written)

    def do_pane(self) -> None:
        """To the other pane."""
        self.focus_next()

    def do_theme(self) -> None:
        """Dark or light."""
        self.app.theme = LIGHT if self.app.current_theme.dark else DARK

    def do_help(self) -> None:
        """The help page."""
        from zeroline.tui.screens.help import Help

        self.app.push_screen(Help(self.index))

    def do_back(self) -> None:
        """Leave the filter's field, drop the filter, or leave."""
        if self.filter.has_focus:
            self.saved.focus()
        elif self.filter.value:
            self.filter.value = ""
        else:
            self.dismiss(None)

    def do_leave(self) -> None:
        """Leave."""
        self.dismiss(None)


def _edit(store: BookmarkStore, key: Key, note: str, tags: Sequence[str]) -> str:
    store.edit(*key, note=note, tags=tags)
    return "note saved"


def _step(store: BookmarkStore, key: Key, by: int, among: frozenset[Key]) -> str:
    """Move a bookmark past its neighbour, of those in ``among``: in the order as it now is in the file."""
    order = [one.key for one in store.load()]
    if key not in order:
        raise NoSuchBookmark(*key, store.path)
    steps = [one for one in order if one in among or one == key]
    place = steps.index(key) + by
    if not 0 <= place < len(steps):
        return "already first" if by < 0 else "already last"
    store.move(*key, order.index(steps[place]))
    return ""
