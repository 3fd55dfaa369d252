"""What the reader screen shows: the text, the statement, the filter in words. Its commands are in reader.py."""

from __future__ import annotations

from rich.style import Style
from textual import on, work

from zeroline.sources.attached import Attached, View
from zeroline.sources.errors import SourceError
from zeroline.text.safe import one_line
from zeroline.tui.detail_parts import Says
from zeroline.tui.drawing import fit
from zeroline.tui.messages import CopiesChanged
from zeroline.tui.passage_parts import standing
from zeroline.tui.passages import copy_name, passage_of
from zeroline.tui.reader_document import Document, document_of, matching
from zeroline.tui.requests import ItemDetail
from zeroline.tui.screens.reader_panes import About, Left, ReaderPanes
from zeroline.tui.theme import look_for
from zeroline.tui.widgets.reader_bars import CurrentLine, ReaderTitle
from zeroline.tui.widgets.source_text import SourceText

__all__ = ["Left", "ReaderView"]


class ReaderView(ReaderPanes):
    """Takes what is read and what becomes of the copies."""

    # --- the source ----------------------------------------------------------------------------------------------

    def on_copies_changed(self, message: CopiesChanged) -> None:
        """The copies are open, another one is attached, something is decided."""
        told = message.told
        if told.progress is not None:
            done, total = told.progress
            self.status.set(progress=f"looking for the passages… {done:,} of {total:,}")
            return
        self.status.set(progress="", error=told.error if told.wanted != "attach" else "")  # the dialog says that
        if told.attached is not None and (told.wanted != "look" or told.attached is not self.attached):
            self._take(told.attached)
        if told.done:
            self.say(told.done)

    def _take(self, attached: Attached) -> None:
        self.attached = attached
        view = attached.view_of(self.statement) if self.statement else None
        view = view or (attached.view(self.source) if self.source else None)
        if view is not None:
            self.read(view)
        elif len(attached.views) == 1:
            self.read(attached.views[0])
        elif not attached.views:
            self.text.empty_words = "This corpus names no source."
            self.text.redraw()
        else:
            self.choose_source()

    def choose_source(self) -> None:
        """Let the reader choose one of several sources."""
        raise NotImplementedError

    def read(self, view: View) -> None:
        """Read a source."""
        self.source = view.id
        self.status.set(progress="reading the source…")
        assert self.attached is not None
        self._read(self.attached, view)

    @work(thread=True, exclusive=True, group="read", description="read")
    def _read(self, attached: Attached, view: View) -> None:
        try:
            self.post_message(self.DocumentRead(document_of(attached, view, self.index, self.explorer.wanted.filter)))
        except SourceError as error:
            self.post_message(self.DocumentRead(None, str(error)))

    @on(ReaderPanes.DocumentRead)
    def _document_read(self, message: ReaderPanes.DocumentRead) -> None:
        self.status.set(progress="", error=message.error)
        document = message.document
        if document is None:
            self.text.empty_words = "This source cannot be read; below stands why."
            self.text.redraw()
            return
        rank = next((n for n, mark in enumerate(document.marks) if mark.id == self.statement), -1)
        lost = self.statement is not None and rank < 0
        if rank < 0 and document.marks:
            rank = next((n for n, mark in enumerate(document.marks) if document.matches(mark)), 0)
        where = copy_name(document.copy) if document.copy else "nothing attached: its skeleton"
        self.query_one(ReaderTitle).say(document.title, f"{document.standing} · {where}")
        self.text.frame_title = "Text" if document.copy else "Skeleton"
        offset = document.offset_of(self._paragraph) if self._paragraph is not None else None
        if offset is not None:
            rank = next((n for n, mark in enumerate(document.marks) if mark.start >= offset), rank)
            self._paragraph = None
        self.text.show(document, rank, offset)
        self._say_what_shows()
        self._current_changed()
        self.moved = not lost
        if self.statement is not None and not lost and document.marks[rank].start >= document.own_end:
            self.say("not found in this copy: it is listed behind the text")
        if lost and document.copy is not None:
            first = "; the first that has one is shown" if document.marks else ""
            self.say(f"the statement you came from has no place in this copy{first}")

    # --- the filter ----------------------------------------------------------------------------------------------

    def sift(self) -> None:
        """Ask which statements the filter lets through now."""
        if self.text.document is not None:
            self._sift(self.text.document)

    @work(thread=True, exclusive=True, group="sift", description="sift")
    def _sift(self, document: Document) -> None:
        found = matching(self.index, self.explorer.wanted.filter, [mark.id for mark in document.marks])
        self.post_message(self.Sifted(document, found))

    @on(ReaderPanes.Sifted)
    def _sifted(self, message: ReaderPanes.Sifted) -> None:
        if message.document is self.text.document:
            message.document.matching = message.matching
            self.text.redraw()
            self._say_what_shows()
            self._current_changed()

    def _say_what_shows(self) -> None:
        document, words = self.text.document, self.explorer.wanted.filter.in_words(self.index)
        if document is None:
            return
        many = len(document.marks)
        lost = sum(mark.start >= document.own_end for mark in document.marks)
        if not many:
            self.status.set(showing="no statement has a place in this text", filtered=False)
        elif document.matching is None:
            placed = f"{many - lost:,} statement{'s' * (many - lost != 1)} marked"
            shown = (
                f"{lost:,} not found (x) · {placed}" if lost else placed
            )  # what matters first: the end may be cut off
            self.status.set(showing=shown, filtered=False)
        else:
            shown = f"{len(document.matching):,} of {many:,} statements match: {words}"
            shown += " · the others are dim, n and p pass over them"
            self.status.set(showing=shown, filtered=False)

    # --- the statement -------------------------------------------------------------------------------------------

    @on(SourceText.Changed)
    def _current_changed(self) -> None:
        mark = self.text.current
        if mark is None:
            self.said.show([])
            self.query_one(CurrentLine).say([], "")
            return
        self.statement = mark.id
        self.text.frame_foot = self._place()
        if self.about is None or self.about.id != mark.id or self.about.passage is None:
            self._look_at(mark.id)
        else:
            self._show_about()

    def _place(self) -> str:
        document = self.text.document
        if document is None:
            return ""
        if self.text.selection is not None:
            chosen = self.text.selection
            return f"{chosen.end - chosen.start:,} characters selected"
        return f"{self.text.at + 1:,} of {len(document.marks):,}"

    @work(thread=True, exclusive=True, group="look", description="look")
    def _look_at(self, id: str) -> None:
        row = self.index.get(id)
        item = row.item if row else None
        speaker = self.index.speaker(item["speaker"]["id"]) if item and item["kind"] == "statement" else None
        passage = passage_of(self.attached, id) if self.attached is not None else None
        self.post_message(self.Looked(About(id, row, speaker, passage)))

    @on(ReaderPanes.Looked)
    def _looked(self, message: ReaderPanes.Looked) -> None:
        if self.text.current is not None and message.about.id == self.text.current.id:
            self.about = message.about
            self._show_about()

    def _show_about(self) -> None:
        about, mark = self.about, self.text.current
        if about is None or mark is None or about.row is None or about.row.item["kind"] != "statement":
            return
        look, item = look_for(self.app.current_theme.dark), about.row.item
        passage = about.passage._replace(before="", words="", after="") if about.passage else None
        detail = ItemDetail(about.row, about.speaker, (), 0, passage)
        self.said.show(tuple(Says(self.index, look).item(detail, self.bookmark_of(item))))
        document = self.text.document
        dim = document is not None and not document.matches(mark)
        self.said.frame_title = "Statement" + (" · outside the filter" if dim else "")
        head: list[tuple[str, Style]] = [(sign, look.stance(colour)) for sign, colour in mark.signs]
        head.append((f" {fit(mark.who, 40)}", look.strong))
        if passage is not None:
            sign, _, style = standing(passage, look)
            state = "not found" if passage.anchored.state == "orphan" else passage.anchored.state
            head += [("  ", look.dim), (sign, style), (f" {state}", look.dim)]
        if dim:
            head.append(("  outside the filter", look.warning))
        self.query_one(CurrentLine).say(head, one_line(item["paraphrase"] or item["excerpt"]))
