"""The panes of the reader screen, and whom it listens to. What they show is in reader_view.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.screen import Screen

from zeroline.index.reader import Row
from zeroline.records import Item, SpeakerRecord
from zeroline.sources.attached import Attached
from zeroline.tui.copies_worker import Told
from zeroline.tui.detail_parts import Link
from zeroline.tui.drawing import fit
from zeroline.tui.messages import BookmarksChanged, CopiesChanged
from zeroline.tui.passages import Passage
from zeroline.tui.reader_document import Document
from zeroline.tui.screens.reader_commands import OPENING, reader_footer
from zeroline.tui.screens.shared import DoesCommands, HearsBookmarks
from zeroline.tui.widgets.bars import KeyBar, StatusBar
from zeroline.tui.widgets.detail import Detail
from zeroline.tui.widgets.fields import SafeInput
from zeroline.tui.widgets.reader_bars import CurrentLine, ReaderTitle
from zeroline.tui.widgets.selectable_text import SelectableText

if TYPE_CHECKING:
    from zeroline.bookmarks.model import Bookmark
    from zeroline.tui.screens.explorer import Explorer

WIDTHS = [(0, "-narrow"), (110, "-wide")]
HEIGHTS = [(0, "-low"), (18, "-high")]
MESSAGE_SECONDS = 4.0


class Left(NamedTuple):
    """With what the reader screen is left: the statement it was on, its place in time, a link to follow."""

    statement: str | None = None
    seq: int = -1
    link: Link | None = None


class About(NamedTuple):
    """The current statement's record, its speaker, and how it stands."""

    id: str
    row: Row | None
    speaker: SpeakerRecord | None
    passage: Passage | None


class ReaderPanes(Screen[Left], HearsBookmarks, DoesCommands):
    """A source, statement by statement; ``source`` and ``statement``, or ``paragraph``, say where to begin."""

    CSS_PATH = "../styles/reader.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = "#text"

    class DocumentRead(Message):
        """A source has been read, or cannot be."""

        def __init__(self, document: Document | None, error: str = "") -> None:
            super().__init__()
            self.document, self.error = document, error

    class Sifted(Message):
        """Which statements the filter lets through now."""

        def __init__(self, document: Document, matching: frozenset[str] | None) -> None:
            super().__init__()
            self.document, self.matching = document, matching

    class Found(Message):
        """Where the words looked for stand next, None where they do not; ``again`` if that is before where one was."""

        def __init__(self, document: Document, span: tuple[int, int] | None, again: bool) -> None:
            super().__init__()
            self.document, self.span, self.again = document, span, again

    class Looked(Message):
        """What is known of the current statement."""

        def __init__(self, about: About) -> None:
            super().__init__()
            self.about = about

    def __init__(
        self, explorer: Explorer, statement: str | None, source: str | None, paragraph: int | None = None
    ) -> None:
        super().__init__()
        assert explorer.index is not None and explorer.copies is not None
        self.explorer, self.index, self.copies = explorer, explorer.index, explorer.copies
        self.statement, self.source, self._paragraph = statement, source, paragraph
        self.bookmarks = explorer.bookmarks
        self.attached: Attached | None = None
        self.about: About | None = None
        self.moved = True  # False while the reader is not on a statement they have gone to

    def compose(self) -> ComposeResult:
        """Title; the text, and beside it the statement; what is said of it on a narrow screen; status and keys."""
        yield ReaderTitle(id="reader-title")
        with Container(id="reader-panes"):
            yield SelectableText(id="text")
            yield Detail(id="said")
        yield CurrentLine(id="current")
        yield SafeInput(placeholder="find in this text; Enter goes to the next", id="find-text", compact=True)
        yield StatusBar(id="reader-status")
        yield KeyBar(id="reader-keys")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Commands that would take letters from the words to find leave them to these."""
        if action == "command" and parameters and parameters[0] in OPENING and isinstance(self.focused, SafeInput):
            return False
        return super().check_action(action, parameters)

    def on_mount(self) -> None:
        """Ask for the sources."""
        self.text = self.query_one(SelectableText)
        self.said = self.query_one(Detail)
        self.finding = self.query_one("#find-text", SafeInput)
        self.status = self.query_one(StatusBar)
        self.text.frame_title, self.said.frame_title = "Text", "Statement"
        self.query_one(KeyBar).show(reader_footer())
        self.copies.listen(self._told)
        if self.explorer.keeper is not None:
            self.hear(self.explorer.keeper)
        self.text.empty_words = "…"
        if self.copies.attached is not None:
            self._take(self.copies.attached)
        else:
            self.status.set(progress="reading the corpus for its sources…")
            self.copies.open()

    def on_unmount(self) -> None:
        """Nobody is told any more."""
        self.copies.leave(self._told)

    def on_bookmarks_changed(self, message: BookmarksChanged) -> None:
        """Show what is bookmarked now, or why a change failed."""
        kept = message.kept
        if kept.error:
            self.status.set(error=kept.error)
        if kept.bookmarks is not None:
            self.bookmarks = kept.bookmarks
            self._show_about()
        if kept.done:
            self.say(kept.done)

    def _told(self, told: Told) -> None:
        self.post_message(CopiesChanged(told))

    def bookmark_of(self, item: Item) -> Bookmark | None:
        """The reader’s bookmark of an item, None without one."""
        mine = (item["id"], self.index.summary.id)
        return next((b for b in self.bookmarks if (b.id, b.corpus) == mine), None)

    def _take(self, attached: Attached) -> None:
        """The sources are known, or others are attached."""
        raise NotImplementedError

    def _show_about(self) -> None:
        """What is known of the current statement may read otherwise."""
        raise NotImplementedError

    # --- words ---------------------------------------------------------------------------------------------------

    def say(self, words: str) -> None:
        """A message for a while."""
        self.status.set(message=fit(words, 200), error="")
        self.set_timer(MESSAGE_SECONDS, lambda: self._unsay(fit(words, 200)))

    def _unsay(self, words: str) -> None:
        if self.status.message == words:
            self.status.set(message="")
