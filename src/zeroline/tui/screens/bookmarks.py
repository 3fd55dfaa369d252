"""The screen of all bookmarks: open, write on, select, tag, collect, order, take off, filter, export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from zeroline.bookmarks import collection_edits, edits
from zeroline.bookmarks.collections import members
from zeroline.bookmarks.errors import NoSuchBookmark
from zeroline.bookmarks.model import Bookmark, Key
from zeroline.bookmarks.store import BookmarkStore
from zeroline.tui.bookmark_order import ORDER_WORDS
from zeroline.tui.bookmark_words import Saved, name_of
from zeroline.tui.screens.bookmark_commands import bookmark_bindings
from zeroline.tui.screens.bookmarks_taking import BookmarksTaking
from zeroline.tui.theme import DARK, LIGHT
from zeroline.tui.widgets.virtual_list import VirtualList


class BookmarksScreen(BookmarksTaking):
    """The bookmarks with their commands: ``do_x`` is what command x of
    :mod:`zeroline.tui.screens.bookmark_commands` does. Gives back the id of the item to open, if any.

    ``at`` is the id of the item that the cursor is to begin on, where it is bookmarked. All changes go through
    ``keeper``, off this thread; what it did comes back as :class:`~zeroline.tui.messages.BookmarksChanged`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bookmark_bindings(), Binding("down", "to_list", show=False)]

    # --- commands ------------------------------------------------------------------------------------------------

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

        before = saved.bookmark

        def keep(written: Written | None) -> None:
            if written is not None:
                self.keeper.do(lambda store: write_note(store, before, written.note, written.tags))

        self.app.push_screen(NoteEditor(saved.item, before, self._known_tags()), keep)

    def _known_tags(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(tag for one in self.bookmarks or () for tag in one.tags))

    # --- several at once -----------------------------------------------------------------------------------------

    def do_select(self) -> None:
        """Select the bookmark, or no longer, and go to the next."""
        saved = self._current()
        if saved is not None:
            self.selected ^= {saved.bookmark.key}
            self._selection_changed()
            self.saved.action_move(1)

    def do_select_all(self) -> None:
        """Select all that show; none, where all are."""
        shown = {one.key for one in self.shown()}
        self.selected = self.selected - shown if shown <= self.selected else self.selected | shown
        self._selection_changed()

    def _selection_changed(self) -> None:
        self.saved.selected = self.selected
        self.saved.redraw()
        self._show_titles()

    def do_tag(self) -> None:
        """Give tags to what is chosen, or take them off."""
        chosen = self._chosen()
        if not chosen:
            return
        from zeroline.tui.screens.tags import TagDialog, Tagging

        keys = [one.key for one in chosen]

        def tag(tagging: Tagging | None) -> None:
            if tagging is not None and (tagging.add or tagging.drop):
                self.keeper.do(lambda store: _tag(store, keys, tagging.add, tagging.drop))

        self.app.push_screen(TagDialog(chosen, self._known_tags()), tag)

    def do_collect(self) -> None:
        """Put what is chosen into collections, or take it out."""
        chosen = self._chosen()
        if chosen:
            self._open_collections([one.key for one in chosen])

    def do_collections(self) -> None:
        """Choose a collection to show, or change the collections."""
        self._open_collections([])

    def _open_collections(self, keys: list[Key]) -> None:
        from zeroline.tui.screens.collections import CollectionsDialog, Shown

        def show(shown: Shown | None) -> None:
            if shown is not None:
                self.wish = replace(self.wish, collection=shown.name)
                self.saved.focus()
                self._show()

        self.app.push_screen(CollectionsDialog(self.keeper, keys, self.wish.collection), show)

    def do_take_out(self) -> None:
        """Take what is chosen out of the collection that shows."""
        name, chosen = self.wish.collection, self._chosen()
        if name is None:
            self.say("no collection shows: C chooses one")
        elif chosen:
            keys = [one.key for one in chosen]
            self.keeper.do(
                lambda store: f"taken out of “{name}”: {store.apply(collection_edits.uncollect(name, keys)):,}"
            )

    def do_delete(self) -> None:
        """Take bookmarks off."""
        chosen = self._chosen()
        if not chosen:
            return
        keys = [one.key for one in chosen]
        name = name_of(Saved(chosen[0])) if len(chosen) == 1 else f"{len(chosen):,} bookmarks"

        def delete(store: BookmarkStore) -> str:
            return f"deleted, u undoes: {name}" if store.apply(edits.remove(keys)) else "was deleted already"

        self.keeper.do(delete)

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
        if saved is None:
            return
        if self.wish.order != "yours":
            self.say(f"the order is {ORDER_WORDS[self.wish.order]}: s goes on to your own")
            return
        key, among, name = saved.bookmark.key, frozenset(one.key for one in self.shown()), self.wish.collection
        self.keeper.do(lambda store: _step(store, key, by, among, name))

    def do_order(self) -> None:
        """The next order."""
        self._order(1)

    def do_order_back(self) -> None:
        """The order before."""
        self._order(-1)

    def _order(self, by: int) -> None:
        self.wish = replace(self.wish, order=self.wish.next_order(by))
        self._show()

    def do_filter(self) -> None:
        """Type a filter."""
        self.filter.focus()

    @on(Input.Changed)
    def _filter_changed(self, event: Input.Changed) -> None:
        self.wish = replace(self.wish, filter=event.value)
        self._show()

    @on(Input.Submitted)
    def action_to_list(self) -> None:
        """From the filter to what it lets through."""
        self.saved.focus()

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
        """Leave the filter's field; drop the selection, the filter, the collection; or leave."""
        if self.filter.has_focus:
            self.saved.focus()
        elif self.selected:
            self.selected = set()
            self._selection_changed()
        elif self.filter.value:
            self.filter.value = ""
        elif self.wish.collection is not None:
            self.wish = replace(self.wish, collection=None)
            self._show()
        else:
            self.dismiss(None)

    def do_leave(self) -> None:
        """Leave."""
        self.dismiss(None)


def write_note(store: BookmarkStore, before: Bookmark, note: str, tags: Sequence[str]) -> str:
    """Save a note and tags; ``before`` is the bookmark as the reader saw it. Says so where both notes are kept."""
    made = store.edit(*before.key, note=note, tags=tags, base=before)
    return "note saved" if made.note == note else "note saved below another that was written meanwhile: both are kept"


def _tag(store: BookmarkStore, keys: list[Key], add: Sequence[str], drop: Sequence[str]) -> str:
    changed = store.apply(edits.tag(keys, add, drop))
    return f"tags changed on {changed:,} bookmark{'s' * (changed != 1)}"


def _step(store: BookmarkStore, key: Key, by: int, among: frozenset[Key], collection: str | None) -> str:
    """Move a bookmark past its neighbour, of those in ``among``: in the order as it now is in the file."""
    document = store.document()
    every = document.bookmarks if collection is None else members(document.bookmarks, document.collections, collection)
    order = [one.key for one in every]
    if key not in order:
        raise NoSuchBookmark(*key, store.path)
    steps = [one for one in order if one in among or one == key]
    place = steps.index(key) + by
    if not 0 <= place < len(steps):
        return "already first" if by < 0 else "already last"
    to = order.index(steps[place])
    store.apply(edits.move(key, to) if collection is None else collection_edits.move_in(collection, key, to))
    return ""
