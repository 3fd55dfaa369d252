"""The panes of the explorer's main screen, and what it asks the engine. Answers are taken in explorer_view.py."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial
from shutil import get_terminal_size
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.screen import Screen

from zeroline.index.filter import Filter
from zeroline.index.reader import Index
from zeroline.tui import requests
from zeroline.tui.commands import OPENING, Place, footer
from zeroline.tui.detail_parts import Link
from zeroline.tui.drawing import fit
from zeroline.tui.messages import Answered
from zeroline.tui.state import Wanted
from zeroline.tui.widgets.backdrop import Ground, Plain
from zeroline.tui.widgets.bars import KeyBar, StanceChips, StatusBar, TitleBar
from zeroline.tui.widgets.detail import Detail
from zeroline.tui.widgets.search import Search
from zeroline.tui.widgets.speakers import SpeakerList
from zeroline.tui.widgets.timeline import Timeline
from zeroline.tui.widgets.virtual_list import VirtualList

MESSAGE_SECONDS = 4.0
HOLD_SECONDS = 0.03
"""How long what was typed waits for its rows."""
PANES: tuple[Place, ...] = ("speakers", "timeline", "statement")


if TYPE_CHECKING:
    from zeroline.bookmarks.model import Bookmark, Collection
    from zeroline.tui.bookmark_worker import Keeper
    from zeroline.tui.engine import Engine


class ExplorerPanes(Ground, Screen[None]):
    """Three panes over one index; every change of the filter asks the engine, every answer is one repaint."""

    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [  # type: ignore[misc]
        (0, "-one"),
        (80, "-two"),
        (110, "-three"),
    ]
    VERTICAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-low"), (18, "-high")]  # type: ignore[misc]
    AUTO_FOCUS = "#timeline"

    def __init__(self, engine: Engine) -> None:
        # The class that the breakpoints will give: set from the start, it saves styling every widget twice.
        columns, rows = get_terminal_size()
        width = next(name for least, name in reversed(self.HORIZONTAL_BREAKPOINTS) if columns >= least)
        height = next(name for least, name in reversed(self.VERTICAL_BREAKPOINTS) if rows >= least)
        super().__init__(classes=f"-timeline {width} {height}")
        self.engine = engine
        self.keeper: Keeper | None = None
        self.index: Index | None = None
        self.wanted = Wanted()
        self.detail: requests.ItemDetail | requests.SpeakerDetail | None = None
        self.bookmarks: tuple[Bookmark, ...] = ()
        self.collections: tuple[Collection, ...] = ()
        self.file_keys: Mapping[str, object] = {}
        self.bookmark_error = ""
        self.ready = False
        self._own: Mapping[str, Bookmark] = {}  # those of this corpus, by id
        self._detail_generation = 0
        self._shown = requests.RowsRequest(0, Filter())  # for the rows that the timeline has
        self._holding = ExitStack()
        self._held = False
        self._behind: list[requests.RestAnswer | requests.FacetsAnswer | requests.DetailAnswer] = []
        self._rest: requests.RestRequest | None = None  # not answered yet
        self._rest_due = False  # to be asked for once the rows are painted
        self._counted: requests.RestAnswer | None = None  # waits for the statement that goes with it
        self._detail_shown = 0
        self._trail: list[Link] = []
        self._total = 0
        self._loosened = False
        self._says_nothing = False
        self._query_problem = ""
        self._query_understood = ""

    # --- the screen ----------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Title, search and chips; three panes; status and keys."""
        yield TitleBar(id="title")
        with Plain(id="find"):
            yield Search("search: words, “a phrase”, speaker:…", id="search")
            yield StanceChips(id="chips")
        with Plain(id="panes"):
            yield SpeakerList(id="speakers")
            yield Timeline(id="timeline")
            yield Detail(id="statement")
        yield StatusBar(id="status")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Titles of panes; then listen to the engine."""
        self.title_bar = self.query_one(TitleBar)
        self.search = self.query_one(Search)
        self.chips = self.query_one(StanceChips)
        self.speakers = self.query_one(SpeakerList)
        self.timeline = self.query_one(Timeline)
        self.statement = self.query_one(Detail)
        self.status = self.query_one(StatusBar)
        self.keys = self.query_one(KeyBar)
        self.speakers.frame_title, self.timeline.frame_title = "Speakers", "Timeline"
        self.statement.frame_title = "Statement"
        self.keys.show(footer("timeline"))
        self.search.typed, self.search.entered = self.search_for, self._search_entered
        self._connect()
        self.timeline.fetch = self._rows_needed
        self.timeline.painted = partial(asyncio.get_running_loop().call_soon, self.call_later, self._rows_shown)
        for answer in self.engine.listen(lambda answer: self.post_message(Answered(answer))):
            self.take(answer)
        self.ready = True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Commands that would take letters from the search field leave them to it."""
        if action == "command" and parameters and parameters[0] in OPENING and self.focused is self.search:
            return False
        return super().check_action(action, parameters)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The footer shows the keys of the pane; on a narrow screen only that pane shows."""
        for place in PANES:
            if event.widget.id == place:
                self._show_place(place)
        if event.widget.id == "speakers":
            self._ask_detail()

    def _show_place(self, place: Place) -> None:
        self.keys.show(footer(place))
        if not self.has_class(f"-{place}"):
            with self.app.batch_update():
                self.remove_class(*(f"-{name}" for name in PANES), update=False)
                self.add_class(f"-{place}")

    def take(self, answer: requests.Answer) -> None:
        """Show what the engine answered."""
        raise NotImplementedError

    def search_for(self, query: str) -> None:
        """Filter by what is typed."""
        raise NotImplementedError

    def _search_entered(self) -> None:
        """The search is typed."""
        raise NotImplementedError

    def _connect(self) -> None:
        """Tell the panes what their items and links lead to."""
        raise NotImplementedError

    def _rows_shown(self) -> None:
        """The rows that were to be painted are."""
        raise NotImplementedError

    def _show_detail(self, keep_place: bool = False) -> None:
        """Show the statement, event or speaker."""
        raise NotImplementedError

    def _show_nothing(self) -> None:
        """Nothing matches."""
        raise NotImplementedError

    # --- asking --------------------------------------------------------------------------------------------------

    def _ask(self, *, keep: bool = True) -> None:
        """Ask for the rows of the filter, the cursor kept on its row where that still matches.

        The last word of the search is always taken as a beginning: leaving the search must not change what it finds.
        """
        self.timeline.jumped = self.speakers.jumped = None
        row = self.timeline.current
        seq = row.seq if keep and row is not None and self.wanted.order == "time" else None
        wanted = self.wanted
        limit = requests.CHUNK if keep else max(self.timeline.size.height, requests.CHUNK // 4)
        self._ask_rows(requests.RowsRequest(wanted.generation, wanted.filter, wanted.order, 0, limit, True, seq))

    def _ask_rows(self, request: requests.RowsRequest, hold: bool = True) -> None:
        """Ask for rows, and take them at once where they are found at once; else what is painted waits for them."""
        answer = self.engine.ask_soon(request)
        if answer is not None:
            self.take(answer)
        elif hold:
            self.hold()

    def hold(self) -> None:
        """Paint what was done with what answers it, in one go, unless that takes too long."""
        if not self._held:
            self._held = True
            self._holding.enter_context(self.app.batch_update())
            self.set_timer(HOLD_SECONDS, self.paint)

    def paint(self) -> None:
        """Paint again from now on."""
        if self._held:
            self._held = False
            self._holding.close()
            self.check_idle()  # the end of a batch wakes the app, which may leave the screen asleep

    def _rows_needed(self, first: int) -> None:
        """Ask for rows from a rank on; where they are to show at once, they are painted with what moved there."""
        offset = max(first - requests.CHUNK // 4, 1)
        shown = self._shown
        if self.wanted.generation != shown.generation and not self._query_problem:
            return  # the first rows of another filter are on their way: these ranks are of the one before
        limit = requests.CHUNK + self.timeline.size.height
        request = requests.RowsRequest(shown.generation, shown.wanted, shown.order, offset, limit, True)
        self._ask_rows(request, hold=self.is_current and self.timeline.shows(first))

    @on(SpeakerList.SpeakersNeeded)
    def _speakers_needed(self, message: SpeakerList.SpeakersNeeded) -> None:
        self.engine.ask(requests.SpeakersRequest(message.ordinals))

    @on(SpeakerList.RestNeeded)
    def _rest_needed(self) -> None:
        shown = self._shown
        self.engine.ask(requests.FacetsRequest(shown.generation, shown.wanted, True, requests.EVERYBODY))

    @on(VirtualList.Moved, "#timeline")
    def _timeline_moved(self) -> None:
        self.timeline.told = True
        row = self.timeline.current
        if row is None and self.timeline.item_count() and isinstance(self.detail, requests.ItemDetail):
            self._forget_detail()
        coming = self._rest.detail.item if self._rest and self._rest.detail else None
        if not self.speakers.has_focus and (row is None or row.item["id"] != coming):
            self._ask_detail()

    def _forget_detail(self) -> None:
        """The row under the cursor is still to come: nothing else is what commands act on."""
        self._detail_generation += 1
        self.detail = None
        self._show_detail()

    @on(VirtualList.Moved, "#speakers")
    def _speaker_moved(self) -> None:
        self.speakers.told = True
        if self.speakers.has_focus:
            self._ask_detail()

    def settled(self, item: bool) -> bool:
        """Whether the rows of the newest filter are there; and, for an ``item``, what the statement pane is to show."""
        if self.index is None or self._query_problem:
            return True
        if self.wanted.generation != self._shown.generation:
            return False
        if not item or not self.timeline.item_count():
            return True
        if not (self.timeline.told and self.speakers.told) or self._detail_generation != self._detail_shown:
            return False
        return self._rest is None if self.speakers.has_focus else self.timeline.current is not None

    def _ask_detail(self) -> None:
        """Ask for what the statement pane is to show: the speaker, or the row, under the cursor."""
        if self.speakers.has_focus:
            speaker = self.speakers.current
            if speaker is not None:
                self._want_detail(speaker=speaker["id"])
            elif not self.speakers.item_count():
                self.detail = None
                self._show_nothing()
            return
        row = self.timeline.current
        if row is not None:
            self._want_detail(item=row.item["id"])

    def _want_detail(self, item: str | None = None, speaker: str | None = None) -> None:
        self._detail_generation += 1
        self.engine.ask(requests.DetailRequest(self._detail_generation, item, speaker))

    def say(self, words: str) -> None:
        """A message for a while."""
        self.status.set(message=fit(words, 200), error="")
        generation = words
        self.set_timer(MESSAGE_SECONDS, lambda: self._unsay(generation))

    def _unsay(self, words: str) -> None:
        if self.status.message == fit(words, 200):
            self.status.set(message="")
