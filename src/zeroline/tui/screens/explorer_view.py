"""What the explorer's main screen shows: answers of the engine, bookmarks. Its commands are in explorer.py."""

from __future__ import annotations

from rich.text import Text

from zeroline.tui import requests
from zeroline.tui.commands import Place
from zeroline.tui.detail_parts import Link, Part, Says
from zeroline.tui.messages import Answered
from zeroline.tui.screens.explorer_bookmarks import ExplorerBookmarks
from zeroline.tui.timeline_layout import TimelineLayout


class ExplorerView(ExplorerBookmarks):
    """Takes the engine's answers, each one repaint, and shows what is bookmarked."""

    # --- answers -------------------------------------------------------------------------------------------------

    def on_answered(self, message: Answered) -> None:
        """The engine answered. What goes with rows waits until those are painted: it would keep them waiting."""
        answer = message.answer
        if self._rows_to_paint() and isinstance(
            answer, requests.RestAnswer | requests.FacetsAnswer | requests.DetailAnswer
        ):
            self._behind.append(answer)
        else:
            self.take(answer)

    def _rows_to_paint(self) -> bool:
        """Whether rows will be painted soon: not while another screen or, on a narrow one, another pane shows."""
        timeline = self.timeline
        return self.is_current and timeline.unpainted and timeline.display and timeline.size.height > 0

    def _show_place(self, place: Place) -> None:
        super()._show_place(place)
        if not self.timeline.display:  # nothing is to wait for what is not painted any more
            self._rows_shown()

    def _rows_shown(self) -> None:
        if self._rest_due and self._rest is not None:
            self._put_rest(self._rest)
        behind, self._behind = self._behind, []
        for answer in behind:
            self.take(answer)

    def take(self, answer: requests.Answer) -> None:
        """One answer, one change."""
        match answer:
            case requests.Beginning() as first:
                self._begin(first)
            case requests.Opened() as opened:
                self._opened(opened)
            case requests.RowsAnswer() as rows:
                self._take_rows(rows)
            case requests.RestAnswer() as rest:
                self._take_rest(rest)
            case requests.FacetsAnswer() as facets:
                self._take_facets(facets)
            case requests.SpeakersAnswer() as some if some.of is self.index:
                self.speakers.take(some.speakers)
            case requests.DetailAnswer() as shown if shown.request.generation == self._detail_generation:
                same = _same(self.detail, shown.detail)
                self.detail, self._detail_shown = shown.detail, shown.request.generation
                if self._rest is not None and self._rest.detail is shown.request:  # its counts are soon there
                    self.hold()
                self._show_detail(keep_place=same)
                if self._counted is not None:
                    self._take_rest(self._counted)
            case requests.CompareAnswer() as two if two.left and two.right and self.index:
                from zeroline.tui.screens.compare import Compare

                self.app.push_screen(Compare(self.index, two.left, two.right), self._compared)
            case requests.Progress() as progress:
                self._compiling(progress)
            case requests.Failed() as failed:
                self._failed(failed)

    def _compiling(self, progress: requests.Progress) -> None:
        """Say how far an index is: in the list while there is nothing else to show."""
        self.timeline.compiling = progress
        self.timeline.redraw()
        words = progress.words if self.index else progress.words.split(" · ")[0]
        self.status.set(progress=f"compiling… {words}".rstrip())

    def _begin(self, first: requests.Beginning) -> None:
        """Show all of the first frame."""
        self._open(first.opened)
        self.call_after_refresh(self._open_bookmarks)
        self.speakers.take(first.speakers.speakers)
        if self.wanted.generation:  # the reader has not waited
            self._ask(keep=False)
            return
        self._take_facets(first.facets)
        self._take_rows(first.rows, settled=True)
        if first.detail:
            self.detail = first.detail.detail
            self._show_detail()

    def _opened(self, opened: requests.Opened) -> None:
        """Another index, of the same corpus as it is now."""
        changed = self.index is not opened.index
        self._open(opened)
        if changed:
            self.speakers.speakers.clear()
            self.wanted.of_another_index()
            self._ask()

    def _open(self, opened: requests.Opened) -> None:
        self.index = opened.index
        summary = opened.index.summary
        self.status.set(progress="the corpus has changed: compiling…" if opened.stale else "", error="")
        if opened.index.notice:
            self.status.set(error=opened.index.notice)
        self.title_bar.show(summary)
        topic = f", topic:{summary.topics[0].id}" if summary.topics else ""
        self.search.placeholder = f"search: words, “a phrase”{topic}, speaker:…"
        self.app.title = f"Zeroline · {summary.title}"
        self.speakers.summary = self.timeline.summary = summary
        self.timeline.dates_with_year = not summary.groups
        self.chips.show(summary, summary.stance_counts, self.wanted.filter.stances)
        if self.is_running and self.size:
            self.chips.refresh(layout=True)

    def _compared(self, link: Link | None) -> None:
        if link is not None:
            # The focus comes back to the speaker list, which would show its own speaker: so it goes on first.
            self.statement.focus()
            self.call_after_refresh(self.follow, link)

    def follow(self, link: Link) -> None:
        """Go where a link leads."""
        raise NotImplementedError

    def _failed(self, failed: requests.Failed) -> None:
        more = f" (and {len(failed.lines) - 1} more: zeroline check says all)" if len(failed.lines) > 1 else ""
        self._rest = self._counted = None  # it may be that which failed
        self.timeline.compiling = None
        self.timeline.redraw()
        self.status.set(progress="", error=failed.lines[0] + more)
        if failed.fatal or self.index is None:
            from zeroline.tui.screens.trouble import Trouble

            self.app.push_screen(Trouble(failed.lines))

    def _take_rows(self, answer: requests.RowsAnswer, settled: bool = False) -> None:
        request, page = answer.request, answer.page
        more = request.offset > 0 and request.generation == self._shown.generation
        if request.generation != self.wanted.generation and not (more and self._query_problem):
            return  # while a query is not understood, what was last understood shows, whole
        self._paint_soon()
        if more:
            self.timeline.extend(page)
            return
        self._query_problem = "; ".join(page.understood.problems)
        if self._query_problem:
            self.status.set(error=self._query_problem)
            if self.focused is not self.search:  # it was left before anybody could know
                self.give_way()
            return
        self._query_understood = request.wanted.query
        self._total = page.total
        self._loosened = page.understood.loosened
        self._says_nothing = page.understood.says_nothing
        self._shown = request
        groups = self.index.summary.groups if self.index and self.wanted.order == "time" else ()
        self.timeline.empty_words = self._why_empty() if not page.total else ()
        self.timeline.show(page, TimelineLayout(page.total, groups, answer.groups), answer.cursor)
        self.speakers.words, self.speakers.beginnings = page.understood.words, page.understood.beginnings
        self._say_what_shows()
        self._title_statement()  # the statement may come later than the rows: what is said of them must not
        if not page.total:
            self._show_nothing()
        if not settled:
            self._ask_rest(request)

    def _paint_soon(self) -> None:
        """Paint what was held: behind the updates of the timeline and the status line, so that one frame has all."""
        if self._held:
            self.timeline.call_later(self.call_later, self.paint)

    def _ask_rest(self, request: requests.RowsRequest) -> None:
        """Ask for all that goes with rows, once those are painted: what answers it would keep them waiting."""
        detail, row = None, self.timeline.current
        if row is not None and not self.speakers.has_focus:
            self._detail_generation += 1
            detail = requests.DetailRequest(self._detail_generation, row.item["id"])
        facets = requests.FacetsRequest(request.generation, request.wanted, request.typing)
        self._rest = requests.RestRequest(facets, detail)
        self._rest_due = self._rows_to_paint()
        if not self._rest_due:
            self._put_rest(self._rest)

    def _put_rest(self, request: requests.RestRequest) -> None:
        self._rest_due = False
        self._counted = None
        if request.detail and request.detail.generation == self._detail_generation:  # nothing else is wanted by now
            self.engine.ask(request.detail)
        self.engine.ask(request)

    def _take_rest(self, answer: requests.RestAnswer) -> None:
        if self._rest is not answer.request:
            return
        awaited = answer.request.detail
        if awaited is not None and awaited.generation == self._detail_generation != self._detail_shown:
            self._counted = answer  # taken with the statement, which will be here in a moment
            return
        self._rest = self._counted = None
        if answer.speakers.of is self.index:
            self.speakers.know(answer.speakers.speakers)
        speaker = self.detail.speaker if isinstance(self.detail, requests.ItemDetail) else None
        self._take_facets(answer.facets, speaker["ordinal"] if speaker else None)
        self._paint_soon()

    def _show_nothing(self) -> None:
        """Nothing matches: no item is shown that commands could act on unseen; a speaker's profile stays."""
        if self.speakers.has_focus and isinstance(self.detail, requests.SpeakerDetail):
            return
        self._detail_generation += 1
        self._detail_shown = self._detail_generation
        self.detail = None
        self._show_detail()

    def _take_facets(self, answer: requests.FacetsAnswer, follow: int | None = None) -> None:
        if answer.request.generation != self._shown.generation or self.index is None:
            return
        facets, summary = answer.facets, self.index.summary
        self.chips.show(summary, facets.stances, self.wanted.filter.stances)
        strip = self.timeline.strip
        strip.all, strip.shown = summary.months, facets.months
        self.timeline.redraw(range(self.timeline.HEAD))
        self.speakers.chosen = frozenset(self.wanted.filter.speakers)
        self.speakers.show(answer.ordinals, facets.speakers, answer.by_count, answer.cut, follow)
        shown, all = len(answer.ordinals), summary.speakers
        if answer.cut and not self.wanted.filter.without("speakers"):
            shown = all  # the rest of the list comes when one goes there
        count = f"{shown:,}" + ("+" if answer.cut and shown != all else "")
        title = f"Speakers · {count}" + (f" of {all:,}" if shown != all else "")
        self.speakers.frame_title = title

    def _say_what_shows(self) -> None:
        if self.index is None:
            return
        all = self.index.summary.statements + self.index.summary.events
        wanted = self.wanted.filter
        words = (wanted.without("query") if self._says_nothing else wanted).in_words(self.index)
        order = "best match first" if self.wanted.order == "relevance" else "in time order"
        if self._says_nothing:
            query = wanted.part_in_words("query", self.index)
            begun = any(map(str.isalnum, query))  # a date, say
            why = f"nothing to look for yet in {query}" if begun else f"{query} has no word to look for"
            showing = f"{self._total:,} of {all:,} · {words} · {why}" if words else f"all {all:,} · {why}"
        elif words:
            loosely = " · nothing spelt so: one letter may differ" if self._loosened else ""
            showing = f"{self._total:,} of {all:,} · {words}{loosely}"
        else:
            showing = f"all {all:,} · {order}"
        if words and self.wanted.order == "relevance":
            showing += f" · {order}"
        self.status.set(showing=showing, filtered=bool(words) or self._says_nothing, error="")
        self._title_timeline()

    def _title_timeline(self) -> None:
        total = self.timeline.item_count()
        all = self.index.summary.statements + self.index.summary.events if self.index else 0
        self.timeline.frame_title = f"Timeline · {total:,}" + (f" of {all:,}" if total != all else "")

    def _title_statement(self) -> None:
        """Which of how many it is, as the timeline has them now; only the kind where the cursor has moved on."""
        if isinstance(it := self.detail, requests.ItemDetail):
            kind = "Event" if it.row.item["kind"] == "event" else "Statement"
            at = self.timeline.current
            here = at is not None and at.seq == it.row.seq
            count = f" · {self.timeline.cursor + 1:,} of {self.timeline.item_count():,}" if here else ""
            self.statement.frame_title = kind + count

    def _why_empty(self) -> tuple[str, ...]:
        """What an empty timeline says: which filters there are, and how to drop them."""
        if self.index is None or not self.wanted.filter:
            return ("This corpus has no statements and no events.",)
        parts = [self.wanted.filter.part_in_words(f, self.index) for f in self.wanted.filter.facets()]
        if len(parts) == 1:
            return ("Nothing matches.", "", f"Drop this filter with Esc: {parts[0]}")
        lines = [f"  {part}" for part in parts]
        return ("Nothing matches all of these at once:", "", *lines, "", "Esc drops the last, 0 all of them.")

    def _show_detail(self, keep_place: bool = False) -> None:
        if self.index is None:
            return
        says = Says(self.index, self.timeline.look, self.timeline.words, self.timeline.beginnings)
        match self.detail:
            case requests.ItemDetail() as it:
                self.statement.show(tuple(says.item(it, self.bookmark_of(it.row.item))), keep_place=keep_place)
                self._title_statement()
                self.speakers.tell_shown(it.speaker["ordinal"] if it.speaker else None)
                if it.speaker:
                    self.speakers.follow(it.speaker["ordinal"])
            case requests.SpeakerDetail() as speaker:
                self.statement.show(tuple(says.speaker(speaker)), keep_place=keep_place)
                self.statement.frame_title = "Speaker"
                self.speakers.tell_shown(speaker.speaker["ordinal"])
            case None:
                words = "Nothing to show: nothing matches." if not self._total else "…"
                self.statement.show([Part(Text(words, self.timeline.look.dim))])
                self.statement.frame_title = "Statement"


def _same(
    before: requests.ItemDetail | requests.SpeakerDetail | None,
    now: requests.ItemDetail | requests.SpeakerDetail | None,
) -> bool:
    """Whether it is the same item as before, as when its passage has become known."""
    if not isinstance(before, requests.ItemDetail) or not isinstance(now, requests.ItemDetail):
        return False
    return before.row.seq == now.row.seq
