"""Scrolling over lines that are drawn when they show: a new count of lines costs a repaint, never a layout pass."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollDown, ScrollTo, ScrollUp

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

    # Textual moves there in a tenth of a second and paints all the way; what the pointer holds goes with it at once.

    def on_scroll_to(self, message: ScrollTo) -> None:
        """The thumb is dragged."""
        message.prevent_default().stop()
        self.scroll_to(y=message.y, animate=False, force=True)

    def on_scroll_up(self, message: ScrollUp) -> None:
        """The bar was clicked over the thumb: a page up."""
        message.prevent_default().stop()
        self.scroll_page_up(animate=False, force=True)

    def on_scroll_down(self, message: ScrollDown) -> None:
        """The bar was clicked under the thumb: a page down."""
        message.prevent_default().stop()
        self.scroll_page_down(animate=False, force=True)

    def set_line_count(self, lines: int) -> None:
        """Say how many lines there are now."""
        height = self.scrollable_content_region.height
        self.virtual_size = Size(0, lines)
        bar = self.vertical_scrollbar
        before = _thumb(bar)
        # Set without a repaint, which costs as much as that of the list: mostly the bar looks as it did.
        bar.set_reactive(ScrollBar.window_size, height)
        bar.set_reactive(ScrollBar.window_virtual_size, max(lines, height))
        if _thumb(bar) != before:
            bar.refresh()
        top = max(lines - height, 0)
        if self.scroll_y > top:
            self.scroll_to(y=top, animate=False, force=True)


def _thumb(bar: ScrollBar) -> tuple[int, int]:
    """Where the thumb of a bar begins and how long it is, in eighths of a row: what is painted of it."""
    rows, window, lines = bar.size.height, bar.window_size, bar.window_virtual_size
    if not rows or not window or lines <= window:
        return 0, 0
    long = max(1.0, window * rows / lines)
    return int((rows - long) * bar.position / (lines - window) * 8), int(long * 8)
