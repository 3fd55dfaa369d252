"""What the screen of all bookmarks shows: the list, the whole bookmark beside it. Its commands are in bookmarks.py."""

from __future__ import annotations

from datetime import date

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from zeroline.bookmarks.model import Bookmark, CorpusContext
from zeroline.index.reader import Index
from zeroline.tui.drawing import safe_text
from zeroline.tui.keeper import Keeper, Kept
from zeroline.tui.look import look_for
from zeroline.tui.messages import BookmarksChanged
from zeroline.tui.parts import Part
from zeroline.tui.saved import Saved, SavedParts, Where
from zeroline.tui.screens.bookmark_commands import bookmark_footer
from zeroline.tui.sieve import haystack, sieve
from zeroline.tui.widgets.bars import KeyBar, StatusBar, TitleBar
from zeroline.tui.widgets.detail import Detail
from zeroline.tui.widgets.fields import SafeInput
from zeroline.tui.widgets.saved_list import SavedList
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
Key = tuple[str, str]


class BookmarksView(Screen[str | None]):
    """Every bookmark of every corpus, in the reader's order, as far as the filter lets it through."""

    CSS_PATH = "../styles/bookmarks.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = "#saved"

    class Missing(Message):
        """Some bookmarked items are no longer in this corpus."""

        def __init__(self, ids: frozenset[str]) -> None:
            super().__init__()
            self.ids = ids

    def __init__(self, keeper: Keeper, context: CorpusContext, index: Index, at: str | None = None) -> None:
        super().__init__()
        self.keeper = keeper
        self.context = context
        self.index = index
        self.bookmarks: tuple[Bookmark, ...] | None = None
        self._at: Key | None = (context.id, at) if at is not None else None
        self._stances = {s.id: s for s in index.summary.stances}
        self._missing: frozenset[str] = frozenset()
        self._trouble = ""
        self._haystacks: dict[int, tuple[Bookmark, str]] = {}

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
        self.keeper.listen(self._deliver)
        self.keeper.read()
        self.keeper.complete(lambda id: row.item if (row := self.index.get(id)) else None, self.context)

    def on_unmount(self) -> None:
        """Hear no more."""
        self.keeper.leave(self._deliver)

    def _deliver(self, kept: Kept) -> None:
        self.post_message(BookmarksChanged(kept))

    # --- what it shows -------------------------------------------------------------------------------------------

    def on_bookmarks_changed(self, message: BookmarksChanged) -> None:
        """Show what is bookmarked now, or why a change failed."""
        kept = message.kept
        self._trouble = kept.error
        self.status.set(error=kept.error)
        if kept.bookmarks is not None:
            before = {one.key for one in self.bookmarks or ()}
            back = [one.key for one in kept.bookmarks if one.key not in before]
            if self.bookmarks is not None and len(back) == 1:
                self._at = back[0]
            self.bookmarks = kept.bookmarks
            self._look_up(tuple(one.id for one in kept.bookmarks if one.corpus == self.context.id))
        self._show()
        if kept.done:
            self.say(kept.done)

    @work(thread=True, exclusive=True, group="look-up")
    def _look_up(self, ids: tuple[str, ...]) -> None:
        """Which of them the corpus has no more."""
        try:
            missing = frozenset(id for id in ids if self.index.get(id) is None)
        except (OSError, ValueError):  # the index is being made anew: nothing can be told
            return
        self.post_message(self.Missing(missing))

    @on(Missing)
    def _take_missing(self, message: Missing) -> None:
        if message.ids != self._missing:
            self._missing = message.ids
            self._show()

    def _where(self, bookmark: Bookmark) -> Where:
        if bookmark.corpus != self.context.id:
            return "elsewhere"
        return "gone" if bookmark.id in self._missing else "here"

    def _haystack(self, bookmark: Bookmark) -> str:
        known = self._haystacks.get(id(bookmark))
        if known is None or known[0] is not bookmark:
            known = self._haystacks[id(bookmark)] = (bookmark, haystack(bookmark))
        return known[1]

    def shown(self) -> list[Bookmark]:
        """The bookmarks that the filter lets through, in order."""
        wanted = sieve(self.filter.value)
        every = self.bookmarks or ()
        return [one for one in every if wanted.lets_through(one, self._haystack(one))] if wanted else list(every)

    def _show(self) -> None:
        """Fill the list; the cursor stays on its bookmark, or at its place where that is gone."""
        shown, every = self.shown(), self.bookmarks or ()
        self._haystacks = {id(one): self._haystacks[id(one)] for one in every if id(one) in self._haystacks}
        keys = [one.key for one in shown]
        cursor = keys.index(self._at) if self._at in keys else max(self.saved.cursor, 0)
        self.saved.words = sieve(self.filter.value).words
        self.saved.empty_words = self._why_empty()
        self.saved.show([Saved(one, self._where(one)) for one in shown], cursor)
        of = f" of {len(every):,}" if len(shown) != len(every) else ""
        self.saved.frame_title = f"Bookmarks · {len(shown):,}{of}"
        self.status.set(showing=self._say_what_shows(len(shown)), filtered=bool(self.filter.value.strip()))
        self._preview()

    def _say_what_shows(self, number: int) -> str:
        every = self.bookmarks or ()
        elsewhere = len({one.corpus for one in every} - {self.context.id})
        if words := self.filter.value.strip():
            return f"{number:,} of {len(every):,} · “{words}”"
        others = f" · {elsewhere} other {'corpus' if elsewhere == 1 else 'corpora'}" if elsewhere else ""
        return f"all {len(every):,} · in your order{others}" if every else ""

    def _why_empty(self) -> tuple[str, ...]:
        if self.bookmarks is None:
            return ("The bookmarks cannot be read.", "", self._trouble) if self._trouble else ("Reading…",)
        if not self.bookmarks:
            return NONE_YET
        return ("No bookmark matches.", "", f"Esc drops the filter: “{self.filter.value.strip()}”")

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
