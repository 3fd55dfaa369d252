"""Scrolling over lines that are drawn when they show: a new count of lines costs a repaint, never a layout pass."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView

from zeroline.tui.widgets.painted import Painted
from zeroline.tui.widgets.scroll_thumb import Thumb


class LineScroll(Painted, ScrollView, can_focus=True):
    """A scroll view whose scroll bar is the right edge of its frame, or, without a frame, a column of its own.

    Textual's own bar is a widget beside the lines: cutting every line of the screen at its edges costs the compositor
    as much as the lines themselves.
    """

    DEFAULT_CSS = """
    LineScroll { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 0; min-width: 4; }
    """

    # Textual lays the whole screen out anew when a virtual size changes; here nothing depends on it.
    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)

    _grabbed: int | None = None
    """Which row of the thumb the pointer holds."""
    _thumb_shown = Thumb(0, 0)

    def line_width(self) -> int:
        """Columns beside the scroll bar."""
        return max(self.size.width - (not self._framed), 0)

    @property
    def _framed(self) -> bool:
        return bool(self.styles.border_right[0])

    def set_line_count(self, lines: int) -> None:
        """Say how many lines there are now."""
        height = self.size.height
        self.virtual_size = Size(0, lines)
        top = max(lines - height, 0)
        if self.scroll_y > top:
            self.scroll_to(y=top, animate=False, force=True)
        self._thumb_changed()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other lines show."""
        if round(old_value) != round(new_value):
            self.refresh(self.size.region)

    # --- the bar -------------------------------------------------------------------------------------------------

    @property
    def thumb(self) -> Thumb:
        """Where the thumb is, in rows of the content."""
        return Thumb.of(self.size.height, self.virtual_size.height, self.scroll_offset.y)

    def _thumb_changed(self) -> None:
        """Paint the rows of the bar that look otherwise than before."""
        before, now = self._thumb_shown, self.thumb
        if before != now:
            self.repaint_rows(before.rows ^ now.rows)

    def right_edges(self, edge: Segment | None) -> Callable[[int], list[Segment]]:
        """The bar beside each row of the content."""
        self._thumb_shown = thumb = self.thumb
        style = self.look.accent if self._grabbed is not None else self.look.thumb
        held = [Segment("▐", self.base + style)]
        other = [edge or Segment(" ", self.base)]
        return lambda y: held if thumb.top <= y < thumb.top + thumb.long else other

    def over_bar(self, event: events.MouseEvent) -> bool:
        """Whether the pointer is on the scroll bar."""
        gutter = self.styles.gutter
        return event.x == self.outer_size.width - 1 and 0 <= event.y - gutter.top < self.size.height

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the thumb; over or under it, go a page."""
        if event.button != 1 or not self.over_bar(event):
            return
        event.stop()
        y, thumb = event.y - self.styles.gutter.top, self.thumb
        if y in thumb.rows:
            self._grabbed = y - thumb.top
            self.capture_mouse()
            self.repaint_rows(thumb.rows)
        elif y < thumb.top:
            self.scroll_page_up(animate=False, force=True)
        elif thumb.long:
            self.scroll_page_down(animate=False, force=True)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """What the pointer holds goes with it, at once."""
        if self._grabbed is not None:
            row = event.y - self.styles.gutter.top - self._grabbed
            line = self.thumb.line_at(row, self.size.height, self.virtual_size.height)
            self.scroll_to(y=line, animate=False, force=True)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        if self._grabbed is not None:
            self._grabbed = None
            self.release_mouse()
            self.repaint_rows(self.thumb.rows)

    def repaint_rows(self, rows: frozenset[int]) -> None:
        """Paint the edge of rows of the content anew, their lines kept."""
        gutter = self.styles.gutter
        for y in rows:
            self._lines_painted.pop(y + gutter.top, None)
        width = self.outer_size.width - gutter.left - 1
        if rows:
            self.paint_regions(*(Region(width, y, 1, 1) for y in rows))
