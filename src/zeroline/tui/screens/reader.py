"""The reader screen's commands: ``do_x`` is what command x of :mod:`zeroline.tui.screens.reader_commands` does."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.widgets import Input

from zeroline.bookmarks.model import CorpusContext
from zeroline.records import Item
from zeroline.tui.citation import cited
from zeroline.tui.citation_of_text import cite_selection
from zeroline.tui.detail_parts import Link
from zeroline.tui.find_in_text import find_words
from zeroline.tui.reader_document import Document
from zeroline.tui.screens.reader_commands import FINDING_COMMANDS, reader_bindings, reader_footer
from zeroline.tui.screens.reader_view import Left, ReaderView
from zeroline.tui.theme import DARK, LIGHT
from zeroline.tui.widgets.bars import KeyBar
from zeroline.tui.widgets.detail import Detail
from zeroline.tui.widgets.selectable_text import SelectableText


class Reader(ReaderView):
    """The source with its commands. Gives back the statement it was left on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *reader_bindings(),
        *[Binding(str(key), f"stance({key})", show=False) for key in range(1, 10)],
    ]

    # --- moving --------------------------------------------------------------------------------------------------

    def do_next(self) -> None:
        """The next statement that the filter lets through."""
        self._step(1)

    def do_previous(self) -> None:
        """The one before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        text = self.text
        document = text.document
        if document is None or not document.marks:
            self.say("this source has no statement to go to")
            return
        ranks = [n for n, mark in enumerate(document.marks) if document.matches(mark)]
        if not ranks:
            self.say("no statement of this source matches the filter; 0 drops it")
            return
        current = text.current
        if current is not None and text.in_view(current):
            ahead = [n for n in ranks if (n - text.at) * by > 0]
        else:  # the reader has scrolled away: from where the text shows
            top = text.top_offset()
            ahead = [n for n in ranks if (document.marks[n].start - top) * by >= 0]
        if text.selection is not None:
            text.drop()
        self.moved = True
        if ahead:
            text.put(ahead[0] if by > 0 else ahead[-1])
        else:
            outside = "" if document.matching is None else " that matches the filter"
            self.say(f"that was the {'last' if by > 0 else 'first'} statement{outside}")
            if current is not None:
                text.put(text.at)

    def do_lost(self) -> None:
        """The next statement that was not found, round and round."""
        document = self.text.document
        lost = [] if document is None else [n for n, m in enumerate(document.marks) if m.start >= document.own_end]
        if document is None or document.copy is None:
            self.say("nothing is attached: nothing was looked for")
        elif not lost:
            self.say("every statement has a place in this copy")
        else:
            self.moved = True
            self.text.drop()
            self.text.put(next((n for n in lost if n > self.text.at), lost[0]))

    @on(SelectableText.Clicked)
    def _clicked(self, message: SelectableText.Clicked) -> None:
        self.moved = True
        self.text.at = message.at
        self.text.redraw()
        self.text.post_message(SelectableText.Changed())

    def do_back(self) -> None:
        """Leave the words to find, or drop the selection; else back to the explorer."""
        if self.finding.has_focus:
            self._leave_finding()
        elif self.text.selection is not None:
            self.text.drop()
        else:
            self._leave()

    def _leave(self) -> None:
        mark = self.text.current
        self.dismiss(Left(mark.id, mark.seq) if mark is not None and self.moved else Left())

    # --- finding ---------------------------------------------------------------------------------------------------

    def do_find(self) -> None:
        """Type words to find."""
        self.add_class("-finding")
        self.set_focus(self.finding)

    def _leave_finding(self) -> None:
        self.remove_class("-finding")
        self.set_focus(self.text)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The keys at the foot are those of where one is."""
        self.query_one(KeyBar).show(list(FINDING_COMMANDS) if event.widget is self.finding else reader_footer())

    @on(Input.Submitted, "#find-text")
    def do_find_again(self) -> None:
        """To the next place with the words, from what is selected on."""
        document, chosen, words = self.text.document, self.text.selection, self.finding.value
        if document is not None and words.strip():
            self._find(document, words, chosen.end if chosen is not None else self.text.top_offset())

    @work(thread=True, exclusive=True, group="find", description="find")
    def _find(self, document: Document, words: str, start: int) -> None:
        found, again = find_words(document.text, words, start)
        self.post_message(self.Found(document, found, again))

    @on(ReaderView.Found)
    def _found(self, message: ReaderView.Found) -> None:
        if message.document is not self.text.document:
            return
        if message.span is None:
            self.say("these words are not in the text")
            return
        at = message.span[0]
        inside = next((n for n, mark in enumerate(message.document.marks) if mark.start <= at < mark.end), None)
        if inside is not None:
            self.text.at, self.moved = inside, True
        self.text.select(*message.span)
        if message.again:
            self.say("from the beginning again")

    # --- filters -------------------------------------------------------------------------------------------------

    def action_stance(self, key: int) -> None:
        """Filter by the stance of a number key, or no longer."""
        if self.index.summary.stance_by_key(key) is None:
            self.say(f"no stance has the key {key}")
        else:
            self.explorer.action_stance(key)
            self.sift()

    def do_force(self) -> None:
        """The next round of forces."""
        self.explorer.do_force()
        self.sift()

    def do_clear(self) -> None:
        """Drop every filter."""
        self.explorer.do_clear()
        self.sift()

    # --- selecting and copying -----------------------------------------------------------------------------------

    def do_select(self) -> None:
        """Begin to select, or no longer."""
        if self.text.selection is not None:
            self.text.drop()
        elif self._has_text():
            self.text.begin()

    def do_turn(self) -> None:
        """While something is selected: move its other end. Else back to the explorer."""
        if self.text.selection is not None:
            self.text.selection = self.text.selection.turned()
        else:
            self.do_back()

    def _has_text(self) -> bool:
        if self.text.document is None or self.text.document.copy is None:
            self.say("there is no text to select: A attaches your copy; y copies the statement’s citation")
            return False
        if (mark := self.text.current) is not None and mark.start >= self.text.document.own_end:
            self.say("nothing to select: this was not found in the copy")
            return False
        return True

    def do_copy(self) -> None:
        """Copy with a citation; whether it arrived cannot be known."""
        document, chosen, about = self.text.document, self.text.selection, self.about
        if document is not None and document.copy is not None and chosen is not None and chosen.end > chosen.start:
            if chosen.start >= document.own_end:
                self.say("these words are not the copy’s: without a selection y cites the statement")
            else:
                self._cite(None, document, chosen.start, min(chosen.end, document.own_end))
        elif document is not None and about is not None and about.row is not None:
            self._cite(about.row.item, document, 0, 0)
        else:
            self.say("nothing to cite here")

    @work(thread=True, exclusive=True, group="cite", description="cite")
    def _cite(self, item: Item | None, document: Document, start: int, end: int) -> None:
        from zeroline.text.styles import STYLES, StyleError

        style, today = self.explorer.style_of_citations(), date.today()
        try:
            if item is not None:
                words = cited(item, self.index.summary, style, today, self.attached)
            else:
                words = cite_selection(document, start, end, self.index, style, today)
        except StyleError as error:
            self.app.call_from_thread(self.say, str(error))
        else:
            self.app.call_from_thread(self._copy, words, "" if item else "selection and ", STYLES[style])

    def _copy(self, words: str, what: str, style: str) -> None:
        self.app.copy_to_clipboard(words)
        self.say(f"{what}{style} citation sent to the terminal’s clipboard (OSC 52)")
        if self.text.selection is not None:
            self.text.drop()

    def do_style(self) -> None:
        """The next style of citations, and a copy in it."""
        self.explorer.next_style_of_citations()
        self.do_copy()

    def do_bookmark(self) -> None:
        """Bookmark the statement, or take the bookmark off; while something is selected: a word back."""
        if self.text.selection is not None:
            self.text.action_extend("back")
            return
        item = self.about.row.item if self.about and self.about.row else None
        keeper = self.explorer.keeper
        if item is None or keeper is None:
            self.say("nothing to bookmark here")
            return
        context: CorpusContext = self.explorer.context()
        keeper.do(lambda store: "★ bookmarked" if store.toggle(item, context) else "no longer bookmarked")

    # --- other screens -------------------------------------------------------------------------------------------

    def choose_source(self) -> None:
        """Choose one of several sources."""
        from zeroline.tui.screens.source_chooser import SourceChooser

        if self.attached is None:
            return
        if len(self.attached.views) < 2:
            self.say("this corpus has no other source")
            return

        def chosen(id: str | None) -> None:
            view = self.attached.view(id) if id is not None and self.attached is not None else None
            if view is not None:
                self.statement = None
                self.read(view)
            elif self.text.document is None:
                self.dismiss(Left())

        self.app.push_screen(SourceChooser(self.attached.views, self.source), chosen)

    def do_sources(self) -> None:
        """Another source."""
        self.choose_source()

    def do_attach(self) -> None:
        """Attach a copy of this source."""
        self.explorer.attach_to(self.source)

    def do_detach(self) -> None:
        """Forget the copy of this source."""
        self.explorer.detach_from(self.source)

    def do_difference(self) -> None:
        """How a proposal differs."""
        self.explorer.show_difference(self.statement)

    @on(Detail.Followed)
    def _followed(self, message: Detail.Followed) -> None:
        link: Link = message.link
        if link.kind == "proposal":
            self.do_difference()
        else:
            mark = self.text.current
            self.dismiss(Left(mark.id, mark.seq, link) if mark is not None else Left(link=link))

    def do_theme(self) -> None:
        """Dark or light."""
        self.app.theme = LIGHT if self.app.current_theme.dark else DARK
        self._show_about()

    def do_help(self) -> None:
        """The help page."""
        from zeroline.tui.screens.help import Help

        self.app.push_screen(Help(self.index))
