"""Widgets that draw their own lines, frame included, and paint only those that changed.

Textual builds a line of a widget from its content, its border, its filters and its styles, each line anew whenever any
of them may have changed: on a screen of three panes that is most of what an answer costs. Here lines are drawn by the
widget, compared with what was painted last, and kept; an answer that changes nothing paints nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Self

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region, Size
from textual.messages import Update
from textual.strip import Strip
from textual.widget import Widget

from zeroline.text.safe import one_line
from zeroline.tui.drawing import Piece, fit
from zeroline.tui.theme import LIGHT, Ground, Grounded, Look, look_for
from zeroline.tui.widgets.drawn_line import Line


class Painted(Widget):
    """A widget whose content a subclass draws line by line; a rounded frame with a title where the CSS has a border."""

    ground: Ground = "background"
    unpainted: bool
    """Whether something of it is still to be painted."""

    def __init__(self, id: str | None = None) -> None:
        self._content: dict[int, list[Segment]] = {}  # by row of the content
        self._lines_painted: dict[int, Strip] = {}  # by row of the whole widget, frame and filters included
        self._painted_at = Size(0, 0)
        self._title = self._foot = ""
        self._edges: _Edges | None = None  # as long as nothing is painted anew
        self.unpainted = True
        super().__init__(id=id)

    @property
    def look(self) -> Look:
        """Styles of the theme in use."""
        return look_for(self.app.theme != LIGHT)  # asking for the whole theme costs more than a line

    @property
    def base(self) -> Style:
        """What every line is drawn on: from the look, since asking the CSS for it costs more than drawing the line."""
        return self.look.on(self.ground).ground

    @property
    def frame_title(self) -> str:
        """Words in the upper edge of the frame: a corpus's, never markup."""
        return self._title

    @frame_title.setter
    def frame_title(self, words: str) -> None:
        if words != self._title:
            self._title = words
            self._edge_changed(0)

    @property
    def frame_foot(self) -> str:
        """Words in its lower edge."""
        return self._foot

    @frame_foot.setter
    def frame_foot(self, words: str) -> None:
        if words != self._foot:
            self._foot = words
            self._edge_changed(self.outer_size.height - 1)

    def _edge_changed(self, y: int) -> None:
        self._lines_painted.pop(y, None)
        gutter = self.styles.gutter
        self.paint_regions(Region(-gutter.left, y - gutter.top, self.outer_size.width, 1))

    def paint_regions(self, *regions: Region) -> None:
        """Paint regions, by columns and rows of the content: their lines are kept where they have been drawn."""
        self._to_be_painted()
        super().refresh(*regions)

    def _to_be_painted(self) -> None:
        if not self.unpainted and self.is_running:
            # Its own word comes two turns of the event loop later; then other widgets could be painted without it.
            self.screen.post_message(Update(self))
        self.unpainted = True

    # --- for subclasses ------------------------------------------------------------------------------------------

    def draw_line(self, y: int, width: int) -> Sequence[Piece]:
        """The line at row ``y`` of the content in ``width`` columns: what is longer is cut, what is shorter filled."""
        raise NotImplementedError

    def drawing(self) -> Callable[[int, int], Sequence[Piece]]:
        """How lines are drawn as things stand: what many lines need to know, a subclass looks up but once."""
        return self.draw_line

    def line_width(self) -> int:
        """Columns a line may take."""
        return self.size.width

    def right_edges(self, edge: Segment | None) -> Callable[[int], list[Segment]]:
        """What stands at the right of each row of the content, a column a segment; ``edge`` is the frame's, if any."""
        sides = [] if edge is None else [edge]
        return lambda y: sides

    # --- painting ------------------------------------------------------------------------------------------------

    def redraw(self, rows: range | None = None) -> None:
        """Take in that lines, or those of some rows, may read otherwise: those that do are painted, no others."""
        height, width = self.size.height, self.line_width()
        if not self._content or height < 1 or self.outer_size != self._painted_at:
            self.refresh()  # nothing of it has been painted, or all of it will be
            return
        changed: list[int] = []
        top, draw, on = self.styles.gutter.top, self.drawing(), self.look.on(self.ground)
        for y in range(height) if rows is None else rows:
            line = _filled(draw(y, width), width, on)
            if line != self._content.get(y):
                self._content[y] = line
                self._lines_painted.pop(y + top, None)
                changed.append(y)
        if changed:
            self.paint_regions(*self._regions_of(changed))

    def _regions_of(self, rows: Sequence[int]) -> Iterator[Region]:
        """Rows of the content as regions, those that touch as one, frame included: what is whole need not be cut."""
        left, width = self.styles.gutter.left, self.outer_size.width
        first = before = rows[0]
        for y in (*rows[1:], -1):
            if y != before + 1:
                yield Region(-left, first, width, before - first + 1)
                first = y
            before = y

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint everything, or regions, anew: whoever asks for it, what was drawn no longer holds."""
        if repaint:
            self._forget()
            self._to_be_painted()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Another theme or focus: every line may look otherwise."""
        self._forget()
        super().notify_style_update()

    def _forget(self) -> None:
        self._content.clear()
        self._lines_painted.clear()
        self._edges = None

    def render_line(self, y: int) -> Strip:
        """The line at row ``y`` of the content."""
        width = self.line_width()
        line = self._content.get(y)
        if line is None:
            line = self._content[y] = _filled(self.draw_line(y, width), width, self.look.on(self.ground))
        return Strip(line, width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the widget, frame included."""
        size = self.outer_size
        if size != self._painted_at:
            self._painted_at = size
            self._forget()
        missing = [y for y in crop.line_range if y not in self._lines_painted]
        if missing:
            self._paint(missing, size)
        self.unpainted = False
        strips = [self._lines_painted[y] for y in crop.line_range]
        if crop.column_span != (0, size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _paint(self, rows: list[int], size: Size) -> None:
        """Draw rows of the whole widget, filters applied."""
        gutter, base = self.styles.gutter, self.base
        edge = self._edge_styles().line
        side = None if edge is None else Segment("│", edge)
        blank = Segment(" " * (gutter.left - (side is not None)), base)
        before = [part for part in (side, blank) if part is not None and part.text]
        filters = self._filters()
        width, draw, on = self.line_width(), self.drawing(), self.look.on(self.ground)
        background = self.background_colors[1] if filters else None
        right_edge = self.right_edges(side)
        for y in rows:
            if edge is not None and y in (0, size.height - 1):
                strip = self._edge(y == 0, size.width, edge)
            elif not gutter.top <= y < size.height - gutter.bottom:
                sides = [side] if side is not None else []
                strip = Line([*sides, Segment(" " * (size.width - 2 * len(sides)), base), *sides], size.width)
            else:
                line = self._content.get(y - gutter.top)
                if line is None:
                    line = self._content[y - gutter.top] = _filled(draw(y - gutter.top, width), width, on)
                after = right_edge(y - gutter.top)
                rest = size.width - gutter.left - width - len(after)
                if rest > 0:
                    after = [Segment(" " * rest, base), *after]
                strip = Line([*before, *line, *after], size.width)
            if background is not None:
                for filter in filters:
                    strip = strip.apply_filter(filter, background)
            self._lines_painted[y] = strip

    def _filters(self) -> Sequence[LineFilter]:
        """Filters that change anything: colours are drawn as true ones, and making them so again costs a line twice."""
        return [filter for filter in self.get_line_filters() if not isinstance(filter, ANSIToTruecolor)]

    def _edge_styles(self) -> _Edges:
        """How the frame is drawn: asked of the CSS once, since that takes as long as some lines."""
        if self._edges is None:
            styles, ground, base = self.styles, self.background_colors[1], self.base

            def on_ground(colour: Color) -> Style:
                return base + Style(color=(ground + colour).rich_color)

            kind, colour = styles.border_top
            title, foot = styles.border_title_color, styles.border_subtitle_color
            self._edges = _Edges(
                on_ground(colour) if kind else None,
                on_ground(title if title.a else colour) + styles.border_title_style,  # the CSS may name none
                on_ground(foot if foot.a else colour) + styles.border_subtitle_style,
            )
        return self._edges

    def _edge(self, top: bool, width: int, edge: Style) -> Strip:
        """The upper edge, with the title at its left, or the lower, with the foot at its right."""
        first, last = "╭╮" if top else "╰╯"
        words = fit(one_line(self._title if top else self._foot), width - 6) if width > 6 else ""
        if not words:
            return Line([Segment((first + "─" * (width - 2) + last)[:width], edge)], width)
        styles = self._edge_styles()
        label = Segment(f" {words} ", styles.title if top else styles.foot)
        rest = "─" * (width - 3 - label.cell_length)
        parts = [first + "─", rest + last] if top else [first + rest, "─" + last]
        return Line([Segment(parts[0], edge), label, Segment(parts[1], edge)], width)


class _Edges(NamedTuple):
    """Styles of a frame: its line, None where the CSS has no border; the words in its upper and in its lower edge."""

    line: Style | None
    title: Style
    foot: Style


def _filled(drawn: Sequence[Piece], width: int, on: Grounded) -> list[Segment]:
    """A line of content on its ground, exactly as wide as there is room."""
    segments, used = [], 0
    for text, style, _ in drawn:
        segments.append(Segment(text, on[style]))
        used += len(text) if text.isascii() else cell_len(text)
    if used > width:
        return list(Strip(segments, used).crop(0, width))
    if used < width:
        segments.append(Segment(" " * (width - used), on[None]))
    return segments
