"""Scrolling over lines that are drawn when they show: a new count of lines costs a repaint, never a layout pass."""

from __future__ import annotations

from rich.style import Style
from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView

from zeroline.tui.widgets.lines import Themed


class LineScroll(ScrollView, Themed, can_focus=True):
    """A scroll view whose scroll bar has its column always, so that its content never changes width."""

    DEFAULT_CSS = """
    LineScroll { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; min-width: 4; }
    """

    # Textual lays the whole screen out anew when a virtual size changes; here nothing but the scroll bar depends on it.
    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)

    @property
    def base(self) -> Style:
        """What every line is drawn on: from the look, since asking the CSS for it costs more than drawing the line."""
        return self.look.grounds[self.ground]

    def set_line_count(self, lines: int) -> None:
        """Say how many lines there are now; repaints."""
        height = self.scrollable_content_region.height
        self.virtual_size = Size(0, lines)
        bar = self.vertical_scrollbar
        bar.window_size, bar.window_virtual_size = height, max(lines, height)
        top = max(lines - height, 0)
        if self.scroll_y > top:
            self.scroll_to(y=top, animate=False, force=True)
        self.refresh()
