"""The dialog of collections: choose one to show, put bookmarks into some, make, rename, describe and dissolve."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from zeroline.bookmarks import collection_edits
from zeroline.bookmarks.collections import collection, counts
from zeroline.bookmarks.edits import Edit
from zeroline.bookmarks.model import Key
from zeroline.tui.bookmark_worker import Keeper
from zeroline.tui.commands import Command
from zeroline.tui.messages import BookmarksChanged
from zeroline.tui.screens.shared import DoesCommands, HearsBookmarks
from zeroline.tui.widgets.bars import KeyBar
from zeroline.tui.widgets.collection_list import Name, NameList
from zeroline.tui.widgets.fields import DialogKeys, FieldLabel, Notice, SafeInput
from zeroline.tui.widgets.virtual_list import VirtualList

SECTION = "In the collections"

COLLECTION_COMMANDS: tuple[Command, ...] = (
    Command("choose", ("enter",), "choose", "Show it; or put what is selected in, or out", SECTION, 1, built_in=True),
    Command("new", ("n",), "new", "Make a collection", SECTION, 2),
    Command("rename", ("r",), "rename", "Give it another name", SECTION, 3),
    Command("describe", ("m",), "note", "Write a note on it, in Markdown", SECTION, 4),
    Command("dissolve", ("d", "delete"), "dissolve", "Dissolve it; its bookmarks stay; u brings it back", SECTION, 5),
    Command("undo", ("u",), "undo", "Undo the last change", SECTION, 6),
    Command("redo", ("U",), "redo", "Do it again", SECTION),
    Command("close", ("escape", "q"), "close", "Back to the bookmarks", SECTION, 7),
)  # fmt: skip

HEIGHTS = [(0, "-low"), (14, "-high")]


@dataclass(frozen=True, slots=True)
class Shown:
    """The collection to show; None for all bookmarks."""

    name: str | None


class CollectionsDialog(ModalScreen[Shown | None], HearsBookmarks, DoesCommands):
    """The collections. With ``keys`` of chosen bookmarks Enter puts these into one or takes them out; else it shows it.

    Every change is made at once, by ``keeper``, and can be undone. ``at`` is where the cursor begins.
    """

    CSS_PATH = "../styles/collections.tcss"
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = "#collections-list"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(",".join(c.keys), f"command('{c.id}')", c.label, show=False)
            for c in COLLECTION_COMMANDS
            if not c.built_in
        ),
        Binding("space", "command('choose')", show=False),
    ]

    def __init__(self, keeper: Keeper, keys: Sequence[Key], at: str | None = None) -> None:
        super().__init__()
        self.keeper = keeper
        self._keys = frozenset(keys)
        self._at = at
        self._then: Callable[[str], Edit[Any]] | None = None  # what the line being typed is for

    def compose(self) -> ComposeResult:
        """List, the line to type in when one is, notice, keys."""
        with Vertical(id="collections-box"):
            yield NameList("collections-list", len(self._keys))
            with Horizontal(id="collections-row"):
                yield FieldLabel("Name", 5)
                yield SafeInput(id="collections-text", compact=True, select_on_focus=False)
            yield Notice(id="collections-notice")
            yield DialogKeys(id="collections-keys")

    def on_mount(self) -> None:
        """Hear of every change."""
        number = len(self._keys)
        title = f"Collections of {number:,} bookmark{'s' * (number != 1)}" if number else "Collections"
        self.query_one("#collections-box").border_title = title
        self.query_one(KeyBar).show(sorted((c for c in COLLECTION_COMMANDS if c.footer), key=lambda c: c.footer or 0))
        self.names, self.text = self.query_one(NameList), self.query_one(Input)
        self.notice = self.query_one(Notice)
        self.hear(self.keeper)
        self.keeper.read()

    def on_bookmarks_changed(self, message: BookmarksChanged) -> None:
        """Show the collections as they are now, or why a change failed."""
        kept = message.kept
        self.notice.say(kept.error or kept.done, bad=bool(kept.error))
        if kept.bookmarks is None:
            return
        inside: dict[str, int] = {}
        for one in kept.bookmarks:
            if one.key in self._keys:
                for name in one.collections:
                    inside[name] = inside.get(name, 0) + 1
        found = counts(kept.bookmarks, kept.collections)
        listed = [
            Name(name, number, collection(kept.collections, name).note, inside.get(name, 0))
            for name, number in found.items()
        ]
        if not self._keys:
            listed.insert(0, Name(None, len(kept.bookmarks)))
        self.names.show(tuple(listed), self._at)

    @on(VirtualList.Moved)
    def _moved(self) -> None:
        if self.names.current is not None:
            self._at = self.names.current.name

    # --- commands ------------------------------------------------------------------------------------------------

    @on(VirtualList.Chosen)
    def do_choose(self) -> None:
        """Show it; or put what is chosen into it, or out of it where all of it is in."""
        one = self.names.current
        if one is None:
            return
        if not self._keys:
            self.dismiss(Shown(one.name))
        elif one.name is not None:
            out = one.inside == len(self._keys)
            self._do((collection_edits.uncollect if out else collection_edits.collect)(one.name, self._keys), "")

    def do_new(self) -> None:
        """Make one: with what is chosen in it, if anything is."""
        self._ask("", "a reading list, a chapter", self._make)

    def _make(self, name: str) -> Edit[Any]:
        self._at = " ".join(name.split())
        made = collection_edits.new_collection(name)
        if not self._keys:
            return made
        from zeroline.bookmarks.edits import several

        return several((made, collection_edits.collect(name, self._keys)), f"made the collection “{self._at}”")

    def do_rename(self) -> None:
        """Give it another name."""
        if (name := self._named()) is not None:

            def rename(new: str) -> Edit[Any]:
                self._at = " ".join(new.split())
                return collection_edits.rename_collection(name, new)

            self._ask(name, "another name", rename)

    def do_describe(self) -> None:
        """Write its note."""
        one = self.names.current
        if one is None or (name := self._named()) is None:
            return
        from zeroline.tui.screens.note import NoteEditor, Written

        def keep(written: Written | None) -> None:
            if written is not None:
                self._do(collection_edits.describe_collection(name, written.note, base=one.note), "note saved")

        self.app.push_screen(NoteEditor(None, None, about=name, note=one.note), keep)

    def do_dissolve(self) -> None:
        """Dissolve it."""
        if (name := self._named()) is not None:
            self._do(collection_edits.delete_collection(name), f"dissolved “{name}”; u brings it back")

    def _named(self) -> str | None:
        one = self.names.current
        if one is None or one.name is None:
            self.notice.say("stand on a collection first" if one else "n makes a collection")
            return None
        return one.name

    def _do(self, edit: Edit[Any], words: str) -> None:
        def change(store: Any) -> str:
            store.apply(edit)
            return words

        self.keeper.do(change)

    def do_undo(self) -> None:
        """Undo the last change."""
        self.keeper.undo()

    def do_redo(self) -> None:
        """Do it again."""
        self.keeper.redo()

    def do_close(self) -> None:
        """Leave the line being typed, or close."""
        if self._then is not None:
            self._stop_typing()
        else:
            self.dismiss(None)

    # --- typing a name -------------------------------------------------------------------------------------------

    def _ask(self, value: str, hint: str, then: Callable[[str], Edit[Any]]) -> None:
        self._then = then
        self.text.value, self.text.placeholder = value, hint
        self.text.cursor_position = len(value)
        self.add_class("-typing")
        self.text.focus()

    def _stop_typing(self) -> None:
        self._then = None
        self.remove_class("-typing")
        self.names.focus()

    @on(Input.Submitted)
    def _typed(self) -> None:
        then, name = self._then, self.text.value.strip()
        self._stop_typing()
        if then is not None and name:
            self._do(then(name), "")
