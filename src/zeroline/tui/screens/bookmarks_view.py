"""What the screen of all bookmarks shows: the list, the whole bookmark beside it. Its commands are in bookmarks.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from threading import Lock

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from zeroline.bookmarks.collections import collection, names
from zeroline.bookmarks.model import Bookmark, Collection, CorpusContext, Key
from zeroline.index.existing_ids import there
from zeroline.index.reader import Index
from zeroline.text.safe import one_line
from zeroline.tui import collector
from zeroline.tui.bookmark_filter import sieve
from zeroline.tui.bookmark_order import MANY, ORDER_WORDS, Shelf, Shelved, Wish
from zeroline.tui.bookmark_words import SavedParts, Where
from zeroline.tui.bookmark_worker import Keeper
from zeroline.tui.detail_parts import Part
from zeroline.tui.drawing import safe_text
from zeroline.tui.messages import BookmarksChanged
from zeroline.tui.notes import first_words
from zeroline.tui.screens.bookmark_commands import bookmark_footer
from zeroline.tui.screens.shared import DoesCommands, HearsBookmarks
from zeroline.tui.theme import look_for
from zeroline.tui.widgets.bars import KeyBar, StatusBar, TitleBar
from zeroline.tui.widgets.bookmark_list import SavedList
from zeroline.tui.widgets.detail import Detail
from zeroline.tui.widgets.fields import SafeInput
from zeroline.tui.widgets.virtual_list import VirtualList

WIDTHS = [(0, "-narrow"), (100, "-wide")]
HEIGHTS = [(0, "-low"), (18, "-high")]
MESSAGE_SECONDS = 4.0
NONE_YET = (
    "No bookmarks yet.",
    "",
    "In the explorer b bookmarks the statement or event you are on, and m writes a note.",
    "",
    "Esc goes back.",
)


BRING_BACK = "v shows the versions of before, to bring one back."


class BookmarksView(Screen[str | None], HearsBookmarks, DoesCommands):
    """Every bookmark of every corpus, in the reader's order, as far as the filter lets it through."""

    CSS_PATH = "../styles/bookmarks.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = "#saved"

    class Found(Message):
        """Bookmarked ids of this corpus, and whether it has them."""

        def __init__(self, found: Mapping[str, bool]) -> None:
            super().__init__()
            self.found = found

    class Arranged(Message):
        """What shows was worked out."""

        def __init__(self, number: int, shelved: Shelved) -> None:
            super().__init__()
            self.number, self.shelved = number, shelved

    def __init__(self, keeper: Keeper, context: CorpusContext, index: Index, at: str | None = None) -> None:
        super().__init__()
        self.keeper = keeper
        self.context = context
        self.index = index
        self.bookmarks: tuple[Bookmark, ...] | None = None
        self._at: Key | None = (context.id, at) if at is not None else None
        self._stances = {s.id: s for s in index.summary.stances}
        self.collections: tuple[Collection, ...] = ()
        self.file_keys: Mapping[str, object] = {}
        self.wish = Wish()
        self.shelved = Shelved()
        self.selected: set[Key] = set()
        self._shelf = Shelf()
        self._turn = Lock()
        self._elsewhere = 0  # other corpora that have bookmarks
        self._wanted = 0  # how often something was to be arranged anew
        self._found: dict[str, bool] = {}  # ids of this corpus, and whether it has them
        self._missing: frozenset[str] = frozenset()
        self._trouble = ""

    def compose(self) -> ComposeResult:
        """Title, filter, list and preview, status and keys."""
        yield TitleBar(id="bookmarks-title")
        yield SafeInput(
            placeholder="filter: words, tag:lead", id="bookmarks-filter", compact=True, select_on_focus=False
        )
        with Container(id="bookmarks-panes"):
            yield SavedList(id="saved")
            yield Detail(id="preview")
        yield StatusBar(id="bookmarks-status")
        yield KeyBar(id="bookmarks-keys")

    def on_mount(self) -> None:
        """Read the file, fill in what was written in it by hand, and hear of every change."""
        self.saved = self.query_one(SavedList)
        self.preview = self.query_one(Detail)
        self.filter = self.query_one(Input)
        self.status = self.query_one(StatusBar)
        self.query_one(TitleBar).show(self.index.summary)
        self.query_one(KeyBar).show(bookmark_footer())
        self.saved.stances = self._stances
        self.saved.frame_title, self.preview.frame_title = "Bookmarks", "Bookmark"
        self.app.theme_changed_signal.subscribe(self, lambda _: self._preview(keep_place=True))
        self.hear(self.keeper)
        self.keeper.read()
        self.keeper.complete(lambda id: row.item if (row := self.index.get(id)) else None, self.context)

    # --- what it shows -------------------------------------------------------------------------------------------

    def on_bookmarks_changed(self, message: BookmarksChanged) -> None:
        """Show what is bookmarked now, or why a change failed."""
        kept = message.kept
        self._trouble = kept.error
        self.status.set(error=kept.error)
        if kept.bookmarks is not None:
            self._find_back(kept.bookmarks)
            self.bookmarks, self.collections, self.file_keys = kept.bookmarks, kept.collections, kept.extra
            self._elsewhere = len(kept.by_corpus.keys() - {self.context.id})
            if self.wish.collection is not None and self.wish.collection not in names(kept.bookmarks, kept.collections):
                self.wish = replace(self.wish, collection=None)
            if new := [id for id in kept.by_corpus.get(self.context.id, {}) if id not in self._found]:
                self._look_up(tuple(new))
        self._show()
        if kept.done:
            self.say(kept.done)

    def _find_back(self, bookmarks: tuple[Bookmark, ...]) -> None:
        """Stand on the bookmark that has come back, where it is one."""
        if self.bookmarks is not None and len(bookmarks) - len(self.bookmarks) == 1:
            before = {one.key for one in self.bookmarks}
            back = [one.key for one in bookmarks if one.key not in before]
            if len(back) == 1:
                self._at = back[0]

    @work(thread=True, exclusive=True, group="look-up", description="look up")
    def _look_up(self, ids: tuple[str, ...]) -> None:
        """Which of them the corpus has no more."""
        try:
            found = there(self.index, ids)
        except (OSError, ValueError):  # the index is being made anew: nothing can be told
            return
        self.post_message(self.Found(found))

    @on(Found)
    def _take_found(self, message: Found) -> None:
        self._found |= message.found
        missing = frozenset(id for id, there in self._found.items() if not there)
        if missing != self._missing:
            self._missing = missing
            self._show()

    def _where(self, bookmark: Bookmark) -> Where:
        if bookmark.corpus != self.context.id:
            return "elsewhere"
        return "gone" if bookmark.id in self._missing else "here"

    def shown(self) -> tuple[Bookmark, ...]:
        """The bookmarks that show, in order, each once."""
        return self.shelved.bookmarks

    def _show(self) -> None:
        """Arrange what shows: at once, or in a thread where there are many."""
        every, wish = self.bookmarks or (), self.wish
        self._wanted += 1
        if len(every) > MANY:
            self._arrange_in_thread(self._wanted, every, self.collections, wish)
        else:
            self._take_shelved(self._shelf.arrange(every, self.collections, wish, self._where))

    # Described, since Textual would describe a worker by what it is given: all bookmarks, in words.
    @work(thread=True, group="arrange", description="arrange")
    def _arrange_in_thread(
        self, number: int, every: tuple[Bookmark, ...], collections: tuple[Collection, ...], wish: Wish
    ) -> None:
        with self._turn:  # one after another: what was asked for meanwhile is all that is worth doing
            if number == self._wanted:
                with collector.paused():
                    shelved = self._shelf.arrange(every, collections, wish, self._where)
                self.post_message(self.Arranged(number, shelved))

    @on(Arranged)
    def _take_arranged(self, message: Arranged) -> None:
        if message.number == self._wanted:
            self._take_shelved(message.shelved)

    def _take_shelved(self, shelved: Shelved) -> None:
        """Fill the list; the cursor stays on its bookmark, or at its place where that is gone."""
        self.shelved = shelved
        every = self.bookmarks or ()
        if self.selected:
            self.selected &= {one.key for one in every}
        cursor = max(self.saved.cursor, 0)
        if not (cursor < len(shelved.rows) and shelved.rows[cursor].bookmark.key == self._at):
            cursor = next((n for n, row in enumerate(shelved.rows) if row.bookmark.key == self._at), cursor)
        self.saved.words = sieve(self.wish.filter).words
        self.saved.empty_words = self._why_empty()
        self.saved.selected = self.selected
        self.saved.show(shelved.rows, cursor, shelved.headings)
        self._show_titles()
        self._preview()

    def _show_titles(self) -> None:
        number, every, wish = len(self.shelved.bookmarks), len(self.bookmarks or ()), self.wish
        of = f" of {self.shelved.total:,}" if number != self.shelved.total else ""
        chosen = f" · {len(self.selected):,} selected" if self.selected else ""
        name = "Bookmarks" if wish.collection is None else one_line(wish.collection)
        self.saved.frame_title = f"{name} · {number:,}{of}{chosen}"
        words = self._say_what_shows(number, every) if every else ""
        self.status.set(showing=words, filtered=bool(wish.filter.strip()) or wish.collection is not None)

    def _say_what_shows(self, number: int, every: int) -> str:
        wish = self.wish
        elsewhere = self._elsewhere
        total = self.shelved.total
        where = "" if wish.collection is None else f" in “{wish.collection}”"
        parts = [f"all {number:,}{where}" if number == total else f"{number:,} of {total:,}{where}"]
        parts += [f"“{wish.filter.strip()}”"] if wish.filter.strip() else []
        parts.append(ORDER_WORDS[wish.order])
        if wish.collection is not None and (note := first_words(collection(self.collections, wish.collection).note)):
            parts.append(note)
        if elsewhere and number == every:
            parts.append(f"{elsewhere} other {'corpus' if elsewhere == 1 else 'corpora'}")
        return " · ".join(parts)

    def _why_empty(self) -> tuple[str, ...]:
        if self.bookmarks is None:
            said = ("The bookmarks cannot be read.", BRING_BACK, "", self._trouble)
            return said if self._trouble else ("Reading…",)
        if not self.bookmarks:
            return NONE_YET
        if self.wish.filter.strip():
            return ("No bookmark matches.", "", f"Esc drops the filter: “{self.wish.filter.strip()}”")
        return (
            f"Nothing is in “{self.wish.collection}” yet.",
            "",
            "Esc shows all bookmarks again; there c puts the one you are on, or all selected, into collections.",
        )

    @on(VirtualList.Moved, "#saved")
    def _moved(self, message: VirtualList.Moved) -> None:
        if message.by_reader:
            self._at = self.saved.current.bookmark.key if self.saved.current else self._at
            self._trouble = ""
            self.status.set(error="")
            self._preview()

    def _preview(self, keep_place: bool = False) -> None:
        look = look_for(self.app.current_theme.dark)
        parts: list[Part] = []
        if self._trouble:  # whole: the status line may be too short for it
            parts = [Part(safe_text(self._trouble, look.error)), Part(Text(""))]
        saved = self.saved.current
        self.preview.frame_title = "Bookmark"
        if saved is not None:
            self._at = saved.bookmark.key
            self.preview.frame_title = f"Bookmark · {self.saved.cursor + 1:,} of {len(self.saved.rows):,}"
            parts += SavedParts(self._stances, look, self.saved.words).parts(saved, date.today())
        self.preview.show(parts, keep_place=keep_place)

    def say(self, words: str) -> None:
        """A message for a while."""
        self.status.set(message=words)
        self.set_timer(MESSAGE_SECONDS, lambda: self.status.set(message="") if self.status.message == words else None)
