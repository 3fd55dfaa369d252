"""The dialog that attaches the reader's copy of a source: a file chosen or typed, a web address, or a text pasted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from zeroline.index.reader import Index
from zeroline.sources.reading import Read
from zeroline.text.safe import one_line
from zeroline.tui.attach_outcome import outcome_parts, outcome_words
from zeroline.tui.copies_worker import Copies, Told
from zeroline.tui.folders import Entry, Typed, beginning_with, completed, listing, typed
from zeroline.tui.messages import CopiesChanged
from zeroline.tui.screens.attach_parts import (
    ADDRESS,
    AFTERWARDS,
    ATTACH_COMMANDS,
    ENCODING,
    HEIGHTS,
    HINT,
    Come,
    Listed,
    PathInput,
    address_in,
    pasted_words,
)
from zeroline.tui.screens.attach_reading import KINDS, Wish, form_of
from zeroline.tui.theme import look_for
from zeroline.tui.widgets.bars import KeyBar
from zeroline.tui.widgets.detail import Detail
from zeroline.tui.widgets.fields import Choice, DialogKeys, FieldLabel, SafeInput
from zeroline.tui.widgets.file_list import FileList
from zeroline.tui.widgets.virtual_list import VirtualList


class AttachDialog(ModalScreen[str | None]):
    """Gives back what was attached, in words. ``source`` is the one that the copy is likely of."""

    CSS_PATH = "../styles/attach.tcss"
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = "#attach-path"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "attach", "Attach", show=False, priority=True),
        Binding("tab", "complete", "Complete", show=False, priority=True),
        Binding("ctrl+f", "force", "All the same", show=False, priority=True),
        Binding("escape", "cancel", "Cancel", show=False, priority=True),
        Binding("down", "list", "Files", show=False),
    ]

    def __init__(self, copies: Copies, index: Index, source: str | None) -> None:
        super().__init__()
        self._copies, self._index = copies, index
        self._source = index.source(source) if source is not None and index.summary.sources > 1 else None
        self._folder: Path | None = None
        self._entries: list[Entry] = []
        self._trouble = ""
        self._pasted: str | None = None
        self._called = ""
        self._busy = False
        self._left = threading.Event()
        self._attached = ""  # what was attached, in words

    def compose(self) -> ComposeResult:
        """The fields, the folder's files, what is to be said, keys."""
        with Vertical(id="attach-box"):
            with Horizontal(classes="attach-row"):
                yield FieldLabel("File", 8)
                yield PathInput("", id="attach-path", compact=True, select_on_focus=False)
            if self._source is not None:
                with Horizontal(classes="attach-row"):
                    yield FieldLabel("Copy of", 8)
                    yield Choice(["found out", self._source["title"]], id="attach-source")
            with Horizontal(classes="attach-row"):
                yield FieldLabel("Format", 8)
                yield Choice(KINDS, id="attach-format")
                yield FieldLabel(" Encoding", 10)
                yield SafeInput("", placeholder=ENCODING, id="attach-encoding", compact=True, select_on_focus=False)
            yield FileList(id="attach-files")
            yield Detail(id="attach-outcome")
            yield Static(Content(HINT), id="attach-notice")
            yield DialogKeys(id="attach-keys")

    def on_mount(self) -> None:
        """List the current folder."""
        self.query_one("#attach-box").border_title = "Attach your copy of a source"
        self.query_one(KeyBar).show(ATTACH_COMMANDS)
        self._copies.listen(self._told)
        self._list_if_other()

    def on_unmount(self) -> None:
        """Nobody is told any more."""
        self._copies.leave(self._told)

    # --- files ---------------------------------------------------------------------------------------------------

    @property
    def _path(self) -> PathInput:
        return self.query_one("#attach-path", PathInput)

    @property
    def _files(self) -> FileList:
        return self.query_one(FileList)

    def _address(self) -> str:
        """The web address that is typed, "" where it is none."""
        return address_in(self._path.value)

    def _typed(self) -> Typed:
        return typed(self._path.value.lstrip())

    @on(Input.Changed, "#attach-path")
    def _path_changed(self) -> None:
        if not self._busy and (self._pasted is None or self._path.value.strip()):  # what is said last is meant
            self._pasted = None
            self._say(ADDRESS if self._address() else HINT)
        self._list_if_other()

    def _list_if_other(self) -> None:
        if self._address():
            self._files.show([], "a web address")
            self._files.frame_title = ""
            return
        folder = self._typed().folder
        if folder != self._folder:
            self._folder, self._entries, self._trouble = folder, [], "…"
            self._list(folder)
        self._narrow()

    @work(thread=True, exclusive=True, group="list", description="list")
    def _list(self, folder: Path) -> None:
        try:
            self.post_message(Listed(folder, listing(folder)))
        except (OSError, ValueError) as error:
            words = getattr(error, "strerror", None) or str(error)
            self.post_message(Listed(folder, [], f"{folder}: {words}"))

    @on(Listed)
    def _listed(self, message: Listed) -> None:
        if message.folder == self._folder:
            self._entries, self._trouble = message.entries, message.error
            self._narrow()

    def _narrow(self) -> None:
        it = self._typed()
        self._files.show(beginning_with(self._entries, it.beginning), self._trouble or "no file here begins so")
        self._files.frame_title = str(it.folder.absolute())

    def action_list(self) -> None:
        """To the files."""
        if self._files.entries and self._path.has_focus:
            self._files.focus()

    def action_complete(self) -> None:
        """Complete the path; where there is nothing to complete, to the next field."""
        it = self._typed()
        whole = completed(beginning_with(self._entries, it.beginning), it.beginning) if self._path.has_focus else ""
        if whole and whole != it.beginning:
            self._put_path(it.head + whole)
        else:
            self.focus_next()

    def _put_path(self, path: str) -> None:
        self._pasted = None
        self._path.value = path
        self._path.cursor_position = len(path)
        self._path.focus()

    @on(VirtualList.Chosen)
    def _entry_chosen(self) -> None:
        entry = self._files.current
        if entry is not None:
            self._put_path(self._typed().head + entry.name + ("/" if entry.folder else ""))
            if not entry.folder:
                self.action_attach()

    # --- pasting -------------------------------------------------------------------------------------------------

    @on(PathInput.Pasted)
    def _text_pasted(self, message: PathInput.Pasted) -> None:
        self._take_paste(message.text)

    def on_paste(self, event: events.Paste) -> None:
        """A text pasted while something else than the path has the focus."""
        self._take_paste(event.text)

    def _take_paste(self, text: str) -> None:
        if not text.strip() or self._busy or self._attached:
            return
        if (address := address_in(text)) and len(address.split()) == 1:
            self._put_path(address)
            return
        words = pasted_words(text, self._pasted)
        self._path.value, self._pasted = "", text
        self._say(words, "ready")

    # --- attaching -----------------------------------------------------------------------------------------------

    def action_attach(self, force: bool = False) -> None:
        """Attach; into a folder where one is named; close once something is attached."""
        if self._attached:
            self.dismiss(self._attached)
        elif self._files.has_focus:
            self._files.action_choose()
        elif not self._busy:
            read = self._reading()
            if read is not None:
                self._busy = True
                self._say("fetching the page…" if self._address() and self._pasted is None else "reading…")
                chosen = self.query("#attach-source")
                named = self._source is not None and isinstance(chosen.first(), Choice) and chosen.first(Choice).at == 1
                self._copies.attach(read, self._source["id"] if named and self._source else None, force)

    def action_force(self) -> None:
        """Attach it even where no passage is found in it."""
        self._path.focus()
        self.action_attach(force=True)

    def _reading(self) -> Callable[[], Read] | None:
        """What reads the copy, in the copies' thread; None where there is nothing to read yet."""
        if self._path.value.strip():
            self._pasted = None
        form = form_of(self.query_one("#attach-format", Choice).at)
        wish = Wish(form, self.query_one("#attach-encoding", SafeInput).value.strip() or None, self._left)
        if self._pasted is not None:
            self._called = "pasted text"
            return wish.pasted(self._pasted)
        text = self._path.value.strip()
        if not text:
            self._say("Name a file, or paste the text.", "error")
            return None
        if address := self._address():
            self._called = address
            return wish.at_address(address, lambda done: self.post_message(Come(done)))
        it = typed(text)
        path = it.folder / it.beginning
        if path.is_dir():
            self._put_path(text.rstrip("/") + "/")
            return None
        self._called = path.name
        return wish.file(path)

    @on(Come)
    def _come(self, message: Come) -> None:
        if self._busy:
            self._say(f"fetching the page… {message.bytes / 1024:,.0f} KB")

    def _told(self, told: Told) -> None:
        self.post_message(CopiesChanged(told))

    def on_copies_changed(self, message: CopiesChanged) -> None:
        """How far it is; what came of it."""
        told = message.told
        if told.wanted != "attach" or not self._busy:
            return
        if told.progress is not None:
            done, total = told.progress
            self._say(f"looking for the passages… {done:,} of {total:,}")
            return
        self._busy = False
        if told.outcome is None:
            self._say(one_line(told.error), "error")
            return
        self._attached = outcome_words(told.outcome, self._called)
        self.add_class("-done")
        pane = self.query_one("#attach-outcome", Detail)
        pane.frame_title = "Attached"
        pane.show(tuple(outcome_parts(told, self._called, look_for(self.app.current_theme.dark))))
        pane.focus()
        self._say("Kept on this machine only, in your data folder.")
        self.query_one(KeyBar).show(AFTERWARDS)

    # --- the dialog ----------------------------------------------------------------------------------------------

    def _say(self, words: str, how: str = "") -> None:
        notice = self.query_one("#attach-notice", Static)
        notice.set_class(how == "error", "-error").set_class(how == "ready", "-ready")
        notice.update(Content(one_line(words)))

    def action_cancel(self) -> None:
        """Drop what was pasted; else close, and give up what is only being read."""
        if self._pasted is not None and not self._busy and not self._attached:
            self._pasted = None
            self._say(HINT)
        else:
            self._left.set()
            self.dismiss(self._attached or None)

    @on(KeyBar.Pressed)
    def _key_pressed(self, message: KeyBar.Pressed) -> None:
        getattr(self, f"action_{message.command}")()
