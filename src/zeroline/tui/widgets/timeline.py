"""The timeline: events and statements in time order, a line each, under years and the headings of the source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from zeroline.index.reader import Page, Row, short_name
from zeroline.index.summary import Summary
from zeroline.records import PositionRecord
from zeroline.text.dates import short
from zeroline.text.glyphs import EVENT_GLYPH, NONE_GLYPH, most_telling, position_glyphs
from zeroline.text.safe import one_line
from zeroline.tui.drawing import Piece, Sought, fit, fit_around, pad, pieces, sought
from zeroline.tui.requests import Progress
from zeroline.tui.theme import Look
from zeroline.tui.timeline_layout import TimelineLayout
from zeroline.tui.widgets.density import DensityStrip
from zeroline.tui.widgets.virtual_list import VirtualList

DATE_COLUMNS = 7
SIGN_COLUMNS = 3
NAME_COLUMNS = 14
SHORT_NAME = 9
NARROW = 36
"""Where name and words have fewer columns a name has SHORT_NAME: what was said needs the room."""

ONCE = "Once for each version of the corpus: the next start is immediate."
ROWS_KEPT = 2_048
"""Rows held at most; beyond it the farthest from those that show are dropped."""


class Timeline(VirtualList):
    """Rows of one filter, fetched as they are needed."""

    HEAD = 1

    class StretchPicked(Message):
        """A stretch of time was clicked in the density strip: first and last month, since year 0."""

        def __init__(self, first: int, last: int) -> None:
            super().__init__()
            self.first, self.last = first, last

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.fetch: Callable[[int], None] | None = None
        """Called, not told, that rows from a rank on are wanted: a message would come after a frame without them."""
        self.painted: Callable[[], object] = lambda: None
        """Called when what was new in it is being painted, before the terminal has it."""
        self.strip = DensityStrip()
        self.layout_of_lines = TimelineLayout(0)
        self.rows: dict[int, Row] = {}
        self.summary: Summary | None = None
        self.bookmarked: frozenset[str] = frozenset()
        self.words: frozenset[str] = frozenset()
        self.beginnings: frozenset[str] = frozenset()
        self.empty_words: tuple[str, ...] = ()
        self.compiling: Progress | None = None
        """How far the first index of a corpus is, while there is nothing else to show."""
        self.dates_with_year = False
        self._sought: Sought = sought(self.words, self.beginnings)
        self._here = -1  # the cursor, while lines are drawn
        self._signs_known: dict[tuple[tuple[str, str], ...], list[Piece]] = {}
        self._signs_of: tuple[Summary | None, bool] = None, True

    # --- what it holds -------------------------------------------------------------------------------------------

    def show(self, page: Page, layout: TimelineLayout, cursor: int) -> None:
        """Show another filter's rows, the cursor on rank ``cursor``."""
        self.rows = {page.offset + n: row for n, row in enumerate(page.rows)}
        self.words, self.beginnings = page.understood.words, page.understood.beginnings
        self.layout_of_lines = layout
        if self.jumped is not None:  # to the end of what is shown now, whatever was shown when the key was pressed
            cursor = layout.total - 1 if self.jumped else 0
        self.set_reactive(VirtualList.cursor, cursor)
        self.set_line_count(self.HEAD + self.line_count())
        if cursor == 0 and self.scroll_offset.y:
            self.scroll_to(y=0, animate=False, force=True)
        self.put_cursor(cursor)
        self.tell_need()

    def extend(self, page: Page) -> None:
        """Take in more rows of the same filter."""
        if len(self.rows) > ROWS_KEPT:
            middle = page.offset + len(page.rows) // 2
            near = sorted(self.rows, key=lambda rank: abs(rank - middle))[: ROWS_KEPT // 2]
            self.rows = {rank: self.rows[rank] for rank in near}
        missing = self.current is None
        self.rows.update({page.offset + n: row for n, row in enumerate(page.rows)})
        self.redraw()
        if missing and self.current is not None:
            self.tell_moved(by_reader=False)
        if page.rows:
            self.tell_need()  # a pane may be taller than what was asked for

    @property
    def current(self) -> Row | None:
        """The row under the cursor, None while it is being fetched."""
        return self.rows.get(self.cursor)

    def item_count(self) -> int:
        """Matching items."""
        return self.layout_of_lines.total

    def line_count(self) -> int:
        """Items and headings."""
        return self.layout_of_lines.lines

    def lines_of(self, item: int) -> range:
        """One line an item."""
        line = self.layout_of_lines.line_of(item)
        return range(line, line + 1)

    def item_at(self, line: int) -> int | None:
        """The item on a line."""
        return self.layout_of_lines.item_at(line)

    def need(self, first: int, last: int) -> None:
        """Ask for the first missing row among those lines."""
        for line in range(first, min(last, self.line_count())):
            item = self.item_at(line)
            if item is not None and item not in self.rows:
                if self.fetch is not None:
                    self.fetch(item)
                return

    def shows(self, item: int) -> bool:
        """Whether the line of an item is in view."""
        top = self.scroll_offset.y
        return top <= self.layout_of_lines.line_of(item) < top + self.size.height - self.HEAD

    def click_head(self, x: int, y: int) -> None:
        """Narrow to the stretch of time under the pointer."""
        picked = self.strip.pick(x, self.line_width())
        if picked:
            self.post_message(self.StretchPicked(*picked))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Painting, and word of it."""
        if self.unpainted:
            self.painted()
        return super().render_lines(crop)

    # --- how it looks --------------------------------------------------------------------------------------------

    def draw_head(self, y: int, width: int, look: Look) -> Sequence[Piece]:
        """The density strip."""
        row = self.current
        self.strip.current = row.month if row else None
        return self.strip.draw(width, look)

    def draw_empty(self, line: int, width: int, look: Look) -> list[Segment]:
        """Which filter to drop; before there is an index, how far it is."""
        if self.compiling is not None and self.summary is None:
            return self._draw_compiling(line, width, look)
        lines = [(cut, style) for words, style in self._empty(look) for cut in self._wrapped(words, width - 1)]
        return [Segment(" " + lines[line][0], lines[line][1])] if 0 <= line < len(lines) else []

    def _draw_compiling(self, line: int, width: int, look: Look) -> list[Segment]:
        it, room = self.compiling or Progress(0, 0), max(width - 2, 0)
        filled = room * it.done // it.total if it.total else 0
        lines: list[list[Segment]] = [
            [],
            [Segment("Making the index", look.strong)],
            [Segment("━" * filled, look.accent), Segment("─" * (room - filled), look.quiet)],
            *([Segment(words, look.dim)] for words in self._wrapped(it.words or "reading the corpus", room)),
            [],
            *([Segment(words, look.dim)] for words in self._wrapped(ONCE, room)),
        ]
        return [Segment(" "), *lines[line]] if 0 <= line < len(lines) else []

    def _empty(self, look: Look) -> list[tuple[str, Style]]:
        return [(words, look.dim if number else look.strong) for number, words in enumerate(self.empty_words)]

    def _wrapped(self, words: str, width: int) -> list[str]:
        """Words on as many lines as they take, all as far in as the first."""
        said = one_line(words)
        inner = " " * (len(words) - len(words.lstrip()))
        cut = Text(said).wrap(self.app.console, max(width - len(inner), 1), overflow="fold")
        return [inner + line.plain.rstrip() for line in cut] or [""]

    def drawing(self) -> Callable[[int, int], Sequence[Piece]]:
        """What is searched for, and where the cursor is, is looked up once, too."""
        self._sought, self._here = sought(self.words, self.beginnings), self.cursor
        return super().drawing()

    def draw(self, line: int, width: int, look: Look) -> Sequence[Piece]:
        """A heading, or an item."""
        heading = self.layout_of_lines.heading_at(line)
        if heading is not None:
            indent = 1 if heading.level else 0
            style = look.heading if heading.level == 0 else look.dim if heading.level == 1 else look.italic
            return [Segment(" " * indent + fit(heading.text, width - indent), style)]
        item = self.item_at(line)
        row = self.rows.get(item) if item is not None else None
        if row is None:
            return [Segment("  …", look.quiet)]
        # The first row that shows has its date, whatever stands over it.
        before = self.rows.get(item - 1) if item and line > self.top else None
        return self._row(row, before, item == self._here, width, look)

    def _row(self, row: Row, before: Row | None, current: bool, width: int, look: Look) -> list[Piece]:
        # Few pieces: each is wrapped in codes for the terminal, which costs as much as its text.
        it = row.item
        star, here = it["id"] in self.bookmarked, current
        lead = "" if star or here else "  "
        used = 2
        drawn: list[Piece] = []
        # Under headings a statement's date stands over it already: its words get the room.
        if it["kind"] == "event" or self.dates_with_year:
            columns = 11 if self.dates_with_year else DATE_COLUMNS
            drawn.append((_date(self._said_of(row, before), columns) + lead, look.dim, None))
            used += columns + 1
        elif lead:
            drawn.append((lead, look.dim, None))
        if not lead:
            drawn += [("★" if star else " ", look.star, None), ("▌" if here else " ", look.marker, None)]
        if it["kind"] == "event":
            drawn.append((f"{EVENT_GLYPH} ", look.event, None))
            title = fit_around(it["title"], width - used - 2, self._sought)
            return drawn + pieces(title, look.text, look.hit, self._sought)
        signs = self._signs(it["positions"], look)
        room = width - used - SIGN_COLUMNS - 1
        name, columns = _name(short_name(it["speaker"]), SHORT_NAME if room < NARROW else NAME_COLUMNS)
        drawn += signs
        drawn += pieces(_GAPS[len(signs)] + name, look.strong, look.hit, self._sought)
        words = fit_around(it["paraphrase"] or it["excerpt"], room - columns, self._sought)
        return drawn + pieces(words, look.text, look.hit, self._sought)

    def _said_of(self, row: Row, before: Row | None) -> str:
        """The date that stands in a row: none where it is that of the row before."""
        date = row.item["date"] or ""
        if before is not None and before.item["date"] == date and before.group == row.group:
            return ""
        words = short(date)
        return f"{date[:4]} {words}" if self.dates_with_year and not words.startswith(date[:4]) else words

    def _signs(self, positions: Sequence[PositionRecord], look: Look) -> list[Piece]:
        """At most SIGN_COLUMNS signs, a column and a piece each; worked out once for all that take the same."""
        if self._signs_of != (self.summary, look.dark):
            self._signs_known, self._signs_of = {}, (self.summary, look.dark)
        taken = tuple([(p["stance"], p["force"]) for p in positions])
        signs = self._signs_known.get(taken)
        if signs is None:
            if len(self._signs_known) > ROWS_KEPT:
                self._signs_known.clear()
            signs = self._signs_known[taken] = self._draw_signs(positions, look)
        return signs

    def _draw_signs(self, positions: Sequence[PositionRecord], look: Look) -> list[Piece]:
        if not positions:
            return [(NONE_GLYPH, look.stance("grey"), None)]
        infos = self.summary.by_stance if self.summary else {}
        signs = position_glyphs(positions, lambda s: infos[s].shape if s in infos else "square")
        shown = most_telling(signs, [sign for _, sign in signs], SIGN_COLUMNS)
        parts: list[Piece] = [(sign, look.stance(infos[s].colour if s in infos else "grey"), None) for s, sign in shown]
        if len(signs) > len(shown):
            parts.append(("+", look.dim, None))
        return parts


_GAPS = [" " * (SIGN_COLUMNS + 1 - signs) for signs in range(SIGN_COLUMNS + 1)]
"""What stands between so many signs and a name."""


@lru_cache(4096)
def _date(words: str, columns: int) -> str:
    return pad(words, columns, right=True) + " "


@lru_cache(4096)
def _name(name: str, most: int) -> tuple[str, int]:
    """A name in its column: short ones are filled up, so that what is said begins in one column where it can.

    And how wide that is: ``most`` and two at most.
    """
    name = fit(name, most)
    name = pad(name, max(SHORT_NAME, cell_len(name))) + "  "
    return name, cell_len(name)
