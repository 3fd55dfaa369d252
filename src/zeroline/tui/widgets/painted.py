"""Widgets that draw their own lines, frame included, and paint only those that changed.

Textual builds a line of a widget from its content, its border, its filters and its styles, each line anew whenever any
of them may have changed: on a screen of three panes that is most of what an answer costs. Here lines are drawn by the
widget, compared with what was painted last, and kept; an answer that changes nothing paints nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from zeroline.text.safe import one_line
from zeroline.tui.drawing import fit
from zeroline.tui.look import LIGHT, Ground, Look, look_for


class Painted(Widget):
    """A widget whose content a subclass draws line by line; a rounded frame with a title where the CSS has a border."""

    ground: Ground = "background"
    unpainted: bool
    """Whether something of it is still to be painted."""

    def __init__(self, id: str | None = None) -> None:
        self._content: dict[int, Strip] = {}  # by row of the content
        self._lines_painted: dict[int, Strip] = {}  # by row of the whole widget, frame and filters included
        self._painted_at = Size(0, 0)
        self._title = self._foot = ""
        self.unpainted = True
        super().__init__(id=id)

    @property
    def look(self) -> Look:
        """Styles of the theme in use."""
        return look_for(self.app.theme != LIGHT)  # asking for the whole theme costs more than a line

    @property
    def base(self) -> Style:
        """What every line is drawn on: from the look, since asking the CSS for it costs more than drawing the line."""
        return self.look.grounds[self.ground]

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
        super().refresh(Region(-gutter.left, y - gutter.top, self.outer_size.width, 1))

    # --- for subclasses ------------------------------------------------------------------------------------------

    def draw_line(self, y: int, width: int) -> list[Segment]:
        """The line at row ``y`` of the content in ``width`` columns: what is longer is cut, what is shorter filled."""
        raise NotImplementedError

    def drawing(self) -> Callable[[int, int], list[Segment]]:
        """How lines are drawn as things stand: what many lines need to know, a subclass looks up but once."""
        return self.draw_line

    def content_width(self) -> int:
        """Columns a line may take."""
        return self.size.width

    # --- painting ------------------------------------------------------------------------------------------------

    def redraw(self, rows: range | None = None) -> None:
        """Take in that lines, or those of some rows, may read otherwise: those that do are painted, no others."""
        height, width = self.size.height, self.content_width()
        if not self._content or height < 1 or self.outer_size != self._painted_at:
            self.refresh()  # nothing of it has been painted, or all of it will be
            return
        changed = []
        top, draw, base = self.styles.gutter.top, self.drawing(), self.base
        for y in range(height) if rows is None else rows:
            strip = _filled(draw(y, width), width, base)
            if strip != self._content.get(y):
                self._content[y] = strip
                self._lines_painted.pop(y + top, None)
                changed.append(Region(0, y, width, 1))
        if changed:
            self.unpainted = True
            super().refresh(*changed)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint everything, or regions, anew: whoever asks for it, what was drawn no longer holds."""
        if repaint:
            self._forget()
            self.unpainted = True
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Another theme or focus: every line may look otherwise."""
        self._forget()
        super().notify_style_update()

    def _forget(self) -> None:
        self._content.clear()
        self._lines_painted.clear()

    def render_line(self, y: int) -> Strip:
        """The line at row ``y`` of the content."""
        strip = self._content.get(y)
        if strip is None:
            width = self.content_width()
            strip = self._content[y] = _filled(self.draw_line(y, width), width, self.base)
        return strip

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
        edge = self._edge_style()
        side = [] if edge is None else [Segment("│", edge)]
        pad_left, pad_right = gutter.left - len(side), gutter.right - len(side)
        before = [Segment(" " * pad_left, base)] if pad_left else []
        content = size.width - gutter.left - gutter.right
        filters = self._filters()
        width, draw = self.content_width(), self.drawing()
        background = self.background_colors[1] if filters else None
        for y in rows:
            if edge is not None and y in (0, size.height - 1):
                strip = self._edge(y == 0, size.width, edge)
            elif not gutter.top <= y < size.height - gutter.bottom:
                strip = Strip([*side, Segment(" " * (size.width - 2 * len(side)), base), *side], size.width)
            else:
                line = self._content.get(y - gutter.top)
                if line is None:
                    line = _filled(draw(y - gutter.top, width), width, base)
                    self._content[y - gutter.top] = line
                rest = content - line.cell_length + pad_right
                after = [Segment(" " * rest, base)] if rest else []
                strip = Strip([*side, *before, *line, *after, *side], size.width)
            if background is not None:
                for filter in filters:
                    strip = strip.apply_filter(filter, background)
            self._lines_painted[y] = strip

    def _filters(self) -> Sequence[LineFilter]:
        """Filters that change anything: colours are drawn as true ones, and making them so again costs a line twice."""
        return [filter for filter in self.get_line_filters() if not isinstance(filter, ANSIToTruecolor)]

    def _edge_style(self) -> Style | None:
        """How the frame is drawn; None where the CSS has no border."""
        kind, colour = self.styles.border_top
        if not kind:
            return None
        ground = self.background_colors[1]
        return self.base + Style(color=(ground + colour).rich_color)

    def _edge(self, top: bool, width: int, edge: Style) -> Strip:
        """The upper edge, with the title at its left, or the lower, with the foot at its right."""
        first, last = "╭╮" if top else "╰╯"
        words = fit(one_line(self._title if top else self._foot), width - 6) if width > 6 else ""
        if not words:
            return Strip([Segment((first + "─" * (width - 2) + last)[:width], edge)], width)
        styles, ground = self.styles, self.background_colors[1]
        colour = styles.border_title_color if top else styles.border_subtitle_color
        if not colour.a:  # the CSS names none
            colour = styles.border_top[1]
        flags = styles.border_title_style if top else styles.border_subtitle_style
        label = Segment(f" {words} ", self.base + Style(color=(ground + colour).rich_color) + flags)
        rest = "─" * (width - 3 - label.cell_length)
        parts = [first + "─", rest + last] if top else [first + rest, "─" + last]
        return Strip([Segment(parts[0], edge), label, Segment(parts[1], edge)], width)


def _filled(drawn: list[Segment], width: int, base: Style) -> Strip:
    """A line of content on its ground, exactly as wide as there is room."""
    segments, used = [], 0
    for text, style, _ in drawn:
        segments.append(Segment(text, base + style if style else base))
        used += len(text) if text.isascii() else cell_len(text)
    if used > width:
        return Strip(segments, used).crop(0, width)
    if used < width:
        segments.append(Segment(" " * (width - used), base))
    return Strip(segments, width)
