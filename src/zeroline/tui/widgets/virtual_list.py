"""A list of any length that draws only the lines that show: no widget a row, no list of rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive

from zeroline.tui.drawing import Piece
from zeroline.tui.theme import Look
from zeroline.tui.widgets.line_scroll import LineScroll


class VirtualList(LineScroll):
    """Items over lines. Subclasses say how many items there are, on which lines each stands and how a line is drawn.

    ``cursor`` is the rank of the current item, from 0; -1 in an empty list. Headings take lines but are no items.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False),
        Binding("home,g", "to_end(False)", "First", show=False),
        Binding("end,G", "to_end(True)", "Last", show=False),
        Binding("enter", "choose", "Choose", show=False),
    ]

    HEAD: ClassVar[int] = 0
    """Lines over the list that do not scroll."""

    cursor = reactive(-1, repaint=False)

    top = 0
    """The line at the upper edge, while lines are drawn."""

    choose: Callable[[], object] | None = None
    """Called when an item is chosen, if anybody wants that at once: the key behind Enter is for what it leads to."""

    lit = False
    """Whether the cursor stands out without the focus: what is typed elsewhere is for this list."""

    click_chooses = False
    """Whether a single click chooses."""

    told = True
    """Whether whoever listens has heard of the last move."""

    jumped: bool | None = None
    """Whether the last move went to the end, or to the beginning; None where it went elsewhere."""

    class Moved(Message):
        """The cursor stands on another item, or the item under it changed."""

        def __init__(self, sender: VirtualList, by_reader: bool) -> None:
            super().__init__()
            self.sender, self.by_reader = sender, by_reader

        @property
        def control(self) -> VirtualList:
            """The list, so that handlers can be chosen by selector."""
            return self.sender

    class Chosen(Message):
        """Enter, or a click on the item under the cursor."""

        def __init__(self, sender: VirtualList) -> None:
            super().__init__()
            self.sender = sender

        @property
        def control(self) -> VirtualList:
            """The list."""
            return self.sender

    # --- for subclasses ------------------------------------------------------------------------------------------

    def item_count(self) -> int:
        """How many items there are."""
        raise NotImplementedError

    def line_count(self) -> int:
        """How many lines items and headings take."""
        raise NotImplementedError

    def lines_of(self, item: int) -> range:
        """The lines an item stands on."""
        raise NotImplementedError

    def item_at(self, line: int) -> int | None:
        """The item on a line; None on a heading."""
        raise NotImplementedError

    def draw(self, line: int, width: int, look: Look) -> Sequence[Piece]:
        """One line."""
        raise NotImplementedError

    def draw_empty(self, line: int, width: int, look: Look) -> list[Segment]:
        """A line of what is shown instead of an empty list."""
        return []

    def draw_head(self, y: int, width: int, look: Look) -> Sequence[Piece]:
        """A line of the head."""
        return []

    def click_head(self, x: int, y: int) -> None:
        """The head was clicked."""

    def draw_below(self, y: int, width: int, look: Look) -> list[Segment]:
        """Screen row ``y`` under the last line, where the list is shorter than the pane."""
        return []

    def need(self, first: int, last: int) -> None:
        """Told which lines show, so that what they hold can be fetched."""

    def cursor_shows(self) -> bool:
        """Whether the item under the cursor stands out."""
        return True

    # --- the list ------------------------------------------------------------------------------------------------

    def changed(self) -> None:
        """Take in that items or lines are others than before: no layout, and only lines that changed are painted."""
        count = self.item_count()
        self.set_reactive(VirtualList.cursor, min(max(self.cursor, 0), count - 1))
        self.set_line_count(self.HEAD + self.line_count())
        self.show_cursor()
        self.redraw()

    def put_cursor(self, item: int, *, by_reader: bool = False) -> None:
        """Stand on an item and bring it into view."""
        item = min(max(item, 0), self.item_count() - 1)
        if by_reader:
            self.jumped = None
        moved = item != self.cursor
        self.set_reactive(VirtualList.cursor, item)
        self.show_cursor()
        self.redraw()
        if moved or not by_reader:
            self.tell_moved(by_reader)

    def tell_moved(self, by_reader: bool) -> None:
        """Say that the cursor stands on another item."""
        self.told = False
        self.post_message(self.Moved(self, by_reader))

    def show_cursor(self) -> None:
        """Scroll as little as brings the current item, and a heading right over it, into view."""
        if self.cursor < 0 or not self.size.height:
            return
        lines = self.lines_of(self.cursor)
        top = lines.start
        room = self.size.height - self.HEAD - len(lines)  # a pane too low for its headings shows the item
        while top > 0 and lines.start - top < room and self.item_at(top - 1) is None:
            top -= 1
        first = self.scroll_offset.y
        if not first <= top or lines.stop + self.HEAD > first + self.size.height:
            self.scroll_to_region(Region(0, top, 1, lines.stop - top + self.HEAD), animate=False, force=True)

    def draw_line(self, y: int, width: int) -> Sequence[Piece]:
        """The line at screen row ``y``."""
        return self.drawing()(y, width)

    def drawing(self) -> Callable[[int, int], Sequence[Piece]]:
        """How lines are drawn: where the list stands is looked up once for all of them."""
        look, head, top = self.look, self.HEAD, self.scroll_offset.y
        items, lines, cursor = self.item_count(), self.line_count(), self.cursor
        marked = self.lines_of(cursor) if 0 <= cursor < items and self.cursor_shows() else range(0)
        self.top = top

        def draw(y: int, width: int) -> Sequence[Piece]:
            line = y - head + top
            if y < head:
                return self.draw_head(y, width, look)
            if not items:
                return self.draw_empty(line, width, look)
            if line >= lines:
                return self.draw_below(y, width, look)
            segments = self.draw(line, width, look)
            return self._under_cursor(segments, width, look) if line in marked else segments

        return draw

    def _under_cursor(self, pieces: Sequence[Piece], width: int, look: Look) -> list[Piece]:
        used = sum(cell_len(text) for text, _, _ in pieces)
        under = look.cursor if self.has_focus or self.lit else look.cursor_blurred
        filled = [*pieces, (" " * max(width - used, 0), None, None)]
        return [(text, under + style if style else under, None) for text, style, _ in filled]  # hits stand out from it

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Scrolling shows other lines."""
        super().watch_scroll_y(old_value, new_value)
        self.tell_need(ahead=self.size.height // 2)

    def on_resize(self) -> None:
        """A taller list shows more lines."""
        self.changed()
        self.tell_need()

    def tell_need(self, ahead: int = 0) -> None:
        """Say which lines show, and so many more that soon may."""
        top = self.scroll_offset.y
        self.need(top, top + max(self.size.height - self.HEAD, 1) + ahead)

    def action_move(self, by: int) -> None:
        """Up or down an item."""
        self.put_cursor(self.cursor + by, by_reader=True)

    def action_page(self, by: int) -> None:
        """Up or down as many lines as show."""
        if self.cursor < 0:
            return
        line = self.lines_of(self.cursor).start + by * max(self.size.height - self.HEAD - 2, 1)
        line = min(max(line, 0), self.line_count() - 1)
        item = self.item_at(line)
        while item is None and 0 < line < self.line_count() - 1:
            line += by
            item = self.item_at(line)
        self.put_cursor((0 if by < 0 else self.item_count() - 1) if item is None else item, by_reader=True)

    def action_to_end(self, last: bool) -> None:
        """To the first or the last item."""
        if not last:
            self.scroll_to(y=0, animate=False, force=True)
        self.put_cursor(self.item_count() - 1 if last else 0, by_reader=True)
        self.jumped = last

    def action_choose(self) -> None:
        """Choose the current item."""
        if self.cursor >= 0:
            if self.choose is not None:
                self.choose()
            else:
                self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        """Stand on the item clicked; a second click chooses it."""
        offset = event.get_content_offset(self)
        if offset is None or self.over_bar(event):
            return
        if offset.y < self.HEAD:
            self.click_head(offset.x, offset.y)
            return
        line = offset.y - self.HEAD + self.scroll_offset.y
        item = self.item_at(line) if 0 <= line < self.line_count() else None
        if item is not None:
            self.put_cursor(item, by_reader=True)
            if event.chain == 2 or self.click_chooses:
                self.action_choose()
