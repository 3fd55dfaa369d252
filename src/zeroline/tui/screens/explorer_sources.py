"""The explorer and the reader's copies of sources: opened after the first frame, read, attached, decided on."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from zeroline.tui import requests
from zeroline.tui.messages import CopiesChanged
from zeroline.tui.screens.explorer_bookmarks import LOOK_SECONDS
from zeroline.tui.screens.explorer_view import ExplorerView

if TYPE_CHECKING:
    from zeroline.tui.copies_worker import Copies, Told
    from zeroline.tui.engine import Engine
    from zeroline.tui.screens.explorer import Explorer
    from zeroline.tui.screens.reader_view import Left


class ExplorerSources(ExplorerView):
    """Passages come into the statement pane with the engine's answers, once the copies are open."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.copies: Copies | None = None
        self.copies_known = False  # whether it has been looked what is attached

    def _begin(self, first: requests.Beginning) -> None:
        super()._begin(first)
        self.call_after_refresh(self._open_copies)

    def _opened(self, opened: requests.Opened) -> None:
        super()._opened(opened)
        if self.copies is not None and not opened.stale:
            self.copies.look()  # the corpus may name other passages now

    def _open_copies(self) -> None:
        if self.copies is None and self.index is not None:
            from zeroline.tui.copies_worker import Copies

            self.copies = Copies(self.engine.corpus, self.index.summary.id, self._told)
            self.set_interval(LOOK_SECONDS, self.copies.look_again)
        if self.copies is not None:
            self.copies.look()

    def _told(self, told: Told) -> None:
        self.post_message(CopiesChanged(told))

    def on_copies_changed(self, message: CopiesChanged) -> None:
        """Passages are known now, or others are."""
        told = message.told
        if told.progress is not None:
            return
        on_top = self.app.screen is self
        if told.error and on_top:
            self.status.set(error=told.error)
        self.copies_known = True
        known = self.engine.passage_of is not None
        self.engine.passage_of = self.copies.passage if self.copies is not None and told.attached is not None else None
        if (known or told.attached is not None) and isinstance(self.detail, requests.ItemDetail):
            self._want_detail(item=self.detail.row.item["id"])
        if told.done and on_top:
            self.say(told.done)
        if told.wanted == "attach" and told.outcome is not None and on_top:  # the dialog was left before it was done
            from zeroline.tui.attach_outcome import outcome_words

            self.say(outcome_words(told.outcome, told.outcome.copy.file or told.outcome.copy.url))

    # --- commands ------------------------------------------------------------------------------------------------

    def do_read(self) -> None:
        """Read the source around what is shown."""
        if self.copies is None:
            self._open_copies()
        if self.copies is None:
            self.say("the corpus is still being opened")
            return
        from zeroline.tui.screens.reader import Reader

        item = self.shown_item()
        statement = item["id"] if item is not None and item["kind"] == "statement" else None
        source = item["source"]["id"] if item is not None else None
        paragraph = item["paragraph"] if item is not None and item["kind"] == "event" else None
        self.app.push_screen(Reader(cast("Explorer", self), statement, source, paragraph), self._left_reader)

    def _left_reader(self, left: Left | None) -> None:
        if left is None:
            return
        item = self.shown_item()
        if left.statement is not None and (item is None or item["id"] != left.statement):
            if self.speakers.has_focus:
                self._show_place("timeline")
                self.timeline.focus()
            self.stand_on(left.statement, left.seq)
        if left.link is not None:
            self.call_after_refresh(self.follow, left.link)

    def stand_on(self, id: str, seq: int) -> None:
        """Show a statement, the timeline's cursor on it where the filter lets it through."""
        rank = next((rank for rank, row in self.timeline.rows.items() if row.item["id"] == id), None)
        if rank is not None:
            self.timeline.put_cursor(rank)
        elif seq >= 0 and self.wanted.order == "time" and not self.wanted.filter:
            wanted = self.wanted
            self.engine.ask(
                requests.RowsRequest(wanted.generation, wanted.filter, wanted.order, 0, requests.CHUNK, True, seq)
            )
        elif self.wanted.filter:
            self.say("shown, though the filter leaves it out of the timeline")
        self._want_detail(item=id)

    def do_attach(self) -> None:
        """Attach a copy of the source of what is shown."""
        item = self.shown_item()
        self.attach_to(item["source"]["id"] if item is not None else None)

    def attach_to(self, source: str | None) -> None:
        """The dialog that attaches a copy; ``source`` is the one it is likely of."""
        if self.copies is None:
            self._open_copies()
        if self.copies is None or self.index is None:
            self.say("the corpus is still being opened")
            return
        from zeroline.tui.screens.attach import AttachDialog

        self.app.push_screen(AttachDialog(self.copies, self.index, source), self._say_on_top)

    def do_detach(self) -> None:
        """Forget the copy of the source of what is shown."""
        item = self.shown_item()
        self.detach_from(item["source"]["id"] if item is not None else None)

    def detach_from(self, source: str | None) -> None:
        """Ask, and forget the reader's copy of a source."""
        attached = self.copies.attached if self.copies is not None else None
        view = attached.view(source) if attached is not None and source is not None else None
        if self.copies is None or view is None or view.copy is None:
            self._say_on_top("nothing to detach: no copy of its source is attached")
        elif view.carried is not None:
            self._say_on_top("nothing to detach: the corpus carries this text itself")
        else:
            from zeroline.tui.screens.detach import DetachDialog

            self.app.push_screen(DetachDialog(self.copies, view))

    def do_difference(self) -> None:
        """How the passage proposed for the statement shown differs from what was coded."""
        item = self.shown_item()
        self.show_difference(item["id"] if item is not None else None)

    def show_difference(self, statement: str | None) -> None:
        """The difference of a statement's proposal, to accept or refuse."""
        attached = self.copies.attached if self.copies is not None else None
        if statement is None or attached is None or attached.of(statement).proposal is None:
            self._say_on_top("nothing is proposed for this statement")
            return
        from zeroline.tui.screens.proposal import ProposalDialog

        assert self.copies is not None
        self.app.push_screen(ProposalDialog(self.copies, statement))

    def _say_on_top(self, words: str | None) -> None:
        """Say something on the screen that shows: this one, or the reader over it."""
        from zeroline.tui.screens.reader_view import ReaderView

        screen = self.app.screen
        if words:
            screen.say(words) if isinstance(screen, ReaderView) else self.say(words)
