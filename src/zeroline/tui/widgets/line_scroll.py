"""Scrolling over lines that are drawn when they show: a new count of lines costs a repaint, never a layout pass."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView

from zeroline.tui.widgets.painted import Painted


class LineScroll(Painted, ScrollView, can_focus=True):
    """A scroll view whose scroll bar has its column always, so that its content never changes width."""

    DEFAULT_CSS = """
    LineScroll { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; min-width: 4; }
    """

    # Textual lays the whole screen out anew when a virtual size changes; here nothing but the scroll bar depends on it.
    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)

    def content_width(self) -> int:
        """Columns beside the scroll bar, which is there always."""
        return max(self.size.width - 1, 0)

    def set_line_count(self, lines: int) -> None:
        """Say how many lines there are now."""
        height = self.scrollable_content_region.height
        self.virtual_size = Size(0, lines)
        bar = self.vertical_scrollbar
        bar.window_size, bar.window_virtual_size = height, max(lines, height)
        top = max(lines - height, 0)
        if self.scroll_y > top:
            self.scroll_to(y=top, animate=False, force=True)
