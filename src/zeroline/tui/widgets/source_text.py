"""The text of a source, wrapped off the screen's thread and drawn a line at a time, with every statement marked."""

from __future__ import annotations

from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual import on, work
from textual.message import Message

from zeroline.tui.reader_document import Document, Mark
from zeroline.tui.text_layout import Layout, shown
from zeroline.tui.widgets.line_scroll import LineScroll
from zeroline.tui.widgets.selection import Selection

WIDEST = 92
"""The most columns of text: longer lines are hard to read."""

SIGNS = 5
"""Columns before the text: the marker of the current statement, its signs, a space."""

NUMBERS = 6
"""Columns of paragraph numbers, where there is room."""

ROOMY = 50
"""Columns from which on paragraph numbers show."""

AT_ONCE = 100_000
"""A text of so many characters is wrapped at once, a longer one in a worker."""

STATE_SIGNS = {"proposed": "?", "orphan": "✗"}
"""Beside a statement's own signs: its passage is only proposed, or was and is refused."""


class SourceText(LineScroll):
    """A document, one of whose marks is current. ``selection`` is what the reader has selected, None without one."""

    class Changed(Message):
        """Another statement is current, or something else is selected."""

    class Wrapped(Message):
        """The text is wrapped at a width."""

        def __init__(self, layout: Layout) -> None:
            super().__init__()
            self.layout = layout

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.document: Document | None = None
        self.wrapped: Layout | None = None
        self.at = -1
        self.selection: Selection | None = None
        self.empty_words = ""
        self._centre = False
        self._towards: int | None = None  # what to begin at, where that is no statement

    # --- what is shown -------------------------------------------------------------------------------------------

    def show(self, document: Document, at: int, offset: int | None = None) -> None:
        """Show a document, the mark of rank ``at`` current and in the middle, or the character at ``offset``."""
        self.document, self.wrapped, self.selection, self.at = document, None, None, at
        self._towards = offset
        self._centre = True
        self._wrap()
        self.redraw()

    @property
    def current(self) -> Mark | None:
        """The current mark."""
        marks = self.document.marks if self.document else []
        return marks[self.at] if 0 <= self.at < len(marks) else None

    def put(self, at: int) -> None:
        """Make another mark current and bring it into the middle."""
        self.at = at
        self._centre_current()
        self.redraw()
        self.post_message(self.Changed())

    def on_resize(self) -> None:
        """Wrap anew."""
        self._wrap()
        self.refresh()

    def _columns(self) -> tuple[int, int, int]:
        """Columns before the paragraph number, of the number, and of the text."""
        width = self.line_width()
        numbers = NUMBERS if width >= ROOMY else 0
        text = max(min(width - SIGNS - numbers - 1, WIDEST), 1)
        return max((width - SIGNS - numbers - text) // 2, 0), numbers, text

    def _wrap(self) -> None:
        if self.document is None or self.line_width() < 1:
            return
        text, width = self.document.text, self._columns()[2]
        if self.wrapped is not None and self.wrapped.width == width:
            if self._centre:
                self._centre_current()
        elif len(text) <= AT_ONCE:
            self._take(Layout(text, width))
        else:
            self._wrap_behind(text, width)

    @work(thread=True, exclusive=True, group="wrap", description="wrap")
    def _wrap_behind(self, text: str, width: int) -> None:
        self.post_message(self.Wrapped(Layout(text, width)))

    @on(Wrapped)
    def _take_wrapped(self, message: Wrapped) -> None:
        it = message.layout
        if self.document is not None and it.text is self.document.text and it.width == self._columns()[2]:
            self._take(it)
            self.redraw()

    def _take(self, layout: Layout) -> None:
        top = self.wrapped.line(self.scroll_offset.y)[0] if self.wrapped and len(self.wrapped) else None
        self.wrapped = layout
        self.set_line_count(len(layout))
        if self._centre or top is None:
            self._centre_current()
        else:
            self.scroll_to(y=layout.line_of(top), animate=False, force=True)

    def _centre_current(self) -> None:
        mark, layout, height = self.current, self.wrapped, self.size.height
        if layout is None or not height:
            return
        self._centre = False
        if self._towards is not None:
            self.scroll_to(y=max(layout.line_of(self._towards) - height // 3, 0), animate=False, force=True)
            self._towards = None
            return
        if mark is None:
            self.scroll_to(y=0, animate=False, force=True)
            return
        first, last = layout.line_of(mark.start), layout.line_of(max(mark.end - 1, mark.start))
        top = first - max((height - (last - first + 1)) // 2, min(2, height - 1))
        self.scroll_to(y=max(top, 0), animate=False, force=True)

    def in_view(self, mark: Mark) -> bool:
        """Whether the beginning of a statement shows."""
        if self.wrapped is None:
            return True
        top = self.scroll_offset.y
        return top <= self.wrapped.line_of(mark.start) < top + self.size.height

    def top_offset(self) -> int:
        """The first character that shows."""
        layout = self.wrapped
        return layout.line(min(self.scroll_offset.y, len(layout) - 1))[0] if layout and len(layout) else 0

    # --- drawing -------------------------------------------------------------------------------------------------

    def draw_line(self, y: int, width: int) -> list[Segment]:
        """The line at screen row ``y``."""
        layout, document = self.wrapped, self.document
        if document is None or layout is None:
            return [Segment(f" {self.empty_words}", self.look.dim)] if y == 0 else []
        number = y + self.scroll_offset.y
        if number >= len(layout):
            return []
        before, numbers, room = self._columns()
        start, end = layout.line(number)
        segments = [Segment(" " * before)] if before else []
        if numbers:
            segments.append(Segment(self._number(number, numbers), self.look.quiet))
        return segments + self._margin(number, start, end) + self._text(start, end, room)

    def _number(self, line: int, room: int) -> str:
        assert self.document is not None and self.wrapped is not None
        start, end = self.wrapped.line(line)
        here = self.document.number_of(max(end - 1, start))
        before = self.document.number_of(self.wrapped.line(line - 1)[1] - 1) if line else None
        if not here or here == before or end == start:
            return " " * room
        return f"{here:>{room - 2},}"[: room - 1].ljust(room)

    def _margin(self, line: int, start: int, end: int) -> list[Segment]:
        """The current one’s marker; signs of statements that begin on the line, or a bar beside one that goes on."""
        assert self.document is not None and self.wrapped is not None
        document, look = self.document, self.look
        inside = sorted({rank for _, _, ranks in document.covering(start, end) for rank in ranks})
        here = Segment("▌" if self.at in inside else " ", look.marker)
        signs: list[tuple[str, Style]] = []
        for rank in inside:
            mark = document.marks[rank]
            if self.wrapped.line_of(mark.start) != line:
                continue
            dim = not document.matches(mark)
            signs += [(sign, look.quiet if dim else look.stance(colour)) for sign, colour in mark.signs]
            if mark.state in STATE_SIGNS:
                signs.append((STATE_SIGNS[mark.state], look.quiet if dim else look.warning))
        if len(signs) > SIGNS - 2:
            signs = [*signs[: SIGNS - 3], ("+", look.dim)]
        if not signs and inside:
            signs = [("│", self._stroke(document.marks[self.at if self.at in inside else inside[0]]))]
        segments = [here, *(Segment(sign, style) for sign, style in signs)]
        return [*segments, Segment(" " * (SIGNS - 1 - len(signs)))]

    def _stroke(self, mark: Mark) -> Style:
        assert self.document is not None
        return self.look.stance(mark.signs[0][1]) if self.document.matches(mark) else self.look.quiet

    def _text(self, start: int, end: int, room: int) -> list[Segment]:
        assert self.document is not None
        segments, chosen = [], self.selection
        for first, last, ranks in self.document.covering(start, end):
            style = self._style(first, ranks)
            cuts = [first, last]
            if chosen is not None:
                cuts = sorted({first, last, min(max(chosen.start, first), last), min(max(chosen.end, first), last)})
            for a, b in pairwise(cuts):
                inside = chosen is not None and chosen.start <= a and b <= chosen.end
                segments.append(Segment(shown(self.document.text[a:b]), style + self.look.hit if inside else style))
        if chosen is not None and chosen.start <= end < chosen.end:
            segments.append(Segment(" ", self.look.hit))
        return segments

    def _style(self, offset: int, ranks: tuple[int, ...]) -> Style:
        """How characters look: those of the current statement stand out, of others they have its stance's colour."""
        assert self.document is not None
        document, look = self.document, self.look
        run = document.run_at(offset)
        if run is not None:
            base = {"heading": look.strong, "dim": look.dim, "number": look.quiet}[run.kind]
        else:
            base = look.text
        if self.at in ranks:
            return (look.strong if run is None else base) + Style(bgcolor=look.cursor.bgcolor)
        if not ranks or document.copy is None or offset >= document.own_end:
            return base
        matching = [r for r in ranks if document.matches(document.marks[r]) and document.marks[r].state != "orphan"]
        if not matching:
            return look.dim
        return self._stroke(document.marks[matching[0]]) + Style(underline=True)
