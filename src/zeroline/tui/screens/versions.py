"""The dialog of the bookmark file's versions of before: what bringing one back would do, and doing it."""

from __future__ import annotations

from threading import Lock
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen

from zeroline.bookmarks.backups import Backup
from zeroline.bookmarks.errors import BookmarkError
from zeroline.bookmarks.model import Document
from zeroline.bookmarks.store import BookmarkStore
from zeroline.tui.bookmark_worker import Keeper
from zeroline.tui.commands import Command
from zeroline.tui.messages import BookmarksChanged
from zeroline.tui.screens.shared import DoesCommands, HearsBookmarks
from zeroline.tui.theme import look_for
from zeroline.tui.widgets.bars import KeyBar
from zeroline.tui.widgets.detail import Detail
from zeroline.tui.widgets.fields import DialogKeys, Notice
from zeroline.tui.widgets.version_list import Version, VersionList, version_parts
from zeroline.tui.widgets.virtual_list import VirtualList

SECTION = "In the versions of before"

VERSION_COMMANDS: tuple[Command, ...] = (
    Command(
        "bring", ("enter",), "bring back", "Bring it back; what is there now is kept as a version", SECTION, 1,
        built_in=True,
    ),
    Command("undo", ("u",), "undo", "Undo the last change", SECTION, 2),
    Command("redo", ("U",), "redo", "Do it again", SECTION, 3),
    Command("pane", ("tab",), "pane", "From the versions to what one would change, and back", SECTION, built_in=True),
    Command("close", ("escape", "q", "v"), "close", "Back to the bookmarks", SECTION, 4),
)  # fmt: skip

HEIGHTS = [(0, "-low"), (16, "-high")]
ALL_COMPARED = 500_000
"""Versions of no more bytes than this are all compared with the file of now; of others only the one looked at."""


class VersionsDialog(ModalScreen[None], HearsBookmarks, DoesCommands):
    """The versions, the newest first; under them what would be back, gone or changed.

    They are read off the screen's thread, and brought back by ``keeper``. The file itself may be in any state.
    """

    CSS_PATH = "../styles/versions.tcss"
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = "#versions-list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(c.keys), f"command('{c.id}')", c.label, show=False) for c in VERSION_COMMANDS if not c.built_in
    ]

    class Read(Message):
        """Versions that were read, all or one of them."""

        def __init__(self, turn: int, versions: tuple[Version, ...], whole: bool) -> None:
            super().__init__()
            self.turn, self.versions, self.whole = turn, versions, whole

    def __init__(self, keeper: Keeper) -> None:
        super().__init__()
        self.keeper = keeper
        self._turn = 0  # how often the file was another
        self._looked_at: tuple[int, Backup] | None = None  # the long version that is wanted now
        self._looking = Lock()

    def compose(self) -> ComposeResult:
        """List, what would change, notice, keys."""
        with Vertical(id="versions-box"):
            yield VersionList("versions-list")
            yield Detail(id="versions-change")
            yield Notice(id="versions-notice")
            yield DialogKeys(id="versions-keys")

    def on_mount(self) -> None:
        """Hear of every change, and read the versions."""
        self.query_one("#versions-box").border_title = "Versions of before"
        self.query_one(KeyBar).show([c for c in VERSION_COMMANDS if c.footer])
        self.list, self.change = self.query_one(VersionList), self.query_one(Detail)
        self.notice = self.query_one(Notice)
        self.change.frame_title = "Bringing it back"
        self.hear(self.keeper)
        self.keeper.read()

    def on_bookmarks_changed(self, message: BookmarksChanged) -> None:
        """Read the versions anew: a change makes one."""
        kept = message.kept
        self.notice.say(kept.error or kept.done, bad=bool(kept.error))
        self._turn += 1
        self._read(self._turn)

    # --- reading -------------------------------------------------------------------------------------------------

    @work(thread=True, exclusive=True, group="versions", description="versions")
    def _read(self, turn: int) -> None:
        store = self.keeper.store
        now = _now(store)
        listed = tuple(Version(backup) for backup in store.backups())
        self.post_message(self.Read(turn, listed, whole=True))
        for version in listed:
            if turn != self._turn or not self.is_attached:
                return
            small = version.backup.size <= ALL_COMPARED
            self.post_message(self.Read(turn, (_compared(store, version.backup, now, small),), whole=False))

    @work(thread=True, exclusive=True, group="version", description="version")
    def _look(self, turn: int, backup: Backup) -> None:
        with self._looking:  # one after another: what was left behind meanwhile is not worth reading
            if self._looked_at == (turn, backup) and self.is_attached:
                store = self.keeper.store
                self.post_message(self.Read(turn, (_compared(store, backup, _now(store), True),), whole=False))

    def on_versions_dialog_read(self, message: Read) -> None:
        """Show what was read, if the file is still the same."""
        if message.turn != self._turn:
            return
        if message.whole:
            self.list.show(message.versions)
        else:
            self.list.put(message.versions[0])
        self._show_change()

    @on(VirtualList.Moved)
    def _moved(self, message: VirtualList.Moved) -> None:
        if message.by_reader:
            self._show_change()

    def _show_change(self) -> None:
        version, look = self.list.current, look_for(self.app.current_theme.dark)
        if version is not None and version.counted and not version.compared:
            wanted = (self._turn, version.backup)
            if self._looked_at != wanted:
                self._looked_at = wanted
                self._look(*wanted)
        self.change.show(version_parts(version, look))

    # --- commands ------------------------------------------------------------------------------------------------

    @on(VirtualList.Chosen)
    def do_bring(self) -> None:
        """Bring it back."""
        version = self.list.current
        if version is None:
            self.notice.say("there is no version of before yet: the first change makes one")
            return
        backup = version.backup

        def bring(store: BookmarkStore) -> str:
            readable = _now(store) is not None
            number = len(store.put_backup(backup).bookmarks)
            back = "u takes it back" if readable else "what could not be read is kept as a version"
            return f"{number:,} bookmark{'s' * (number != 1)} now; {back}"

        self.keeper.do(bring)

    def do_undo(self) -> None:
        """Undo the last change."""
        self.keeper.undo()

    def do_redo(self) -> None:
        """Do it again."""
        self.keeper.redo()

    def do_pane(self) -> None:
        """To the other pane."""
        self.focus_next()

    def do_close(self) -> None:
        """Close."""
        self.dismiss(None)


def _now(store: BookmarkStore) -> Document | None:
    """What is in the file now; None where it cannot be read."""
    try:
        return store.document()
    except BookmarkError:
        return None


def _compared(store: BookmarkStore, backup: Backup, now: Document | None, whole: bool) -> Version:
    """A version with how many bookmarks it holds, and, where asked for, what it would change."""
    from zeroline.bookmarks.differences import difference, differences

    count = backup.count()
    if not whole:
        return Version(backup, count)
    try:
        document = store.version(backup)
    except BookmarkError as error:
        return Version(backup, count, compared=True, error=str(error))
    if now is None:
        return Version(backup, count, compared=True, words="the file of now cannot be read")
    words = difference(now, document) or "no change"
    return Version(backup, count, compared=True, words=words, changes=tuple(differences(now, document)))
