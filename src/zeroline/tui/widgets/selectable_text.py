"""Selecting in the text of a source, with the keyboard or the mouse; scrolling it while nothing is selected."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from zeroline.tui.widgets.selection import Selection
from zeroline.tui.widgets.source_text import SIGNS, SourceText


class SelectableText(SourceText):
    """A document to read, and to select a passage of."""

    ALLOW_SELECT = False  # Textual's own selection knows nothing of what is scrolled out of view

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move('down')", "Down", show=False),
        Binding("up,k", "move('up')", "Up", show=False),
        Binding("left,h", "move('left')", "Left", show=False),
        Binding("right,l", "move('right')", "Right", show=False),
        Binding("w", "move('word')", "Word", show=False),
        *[
            Binding(f"shift+{key}", f"extend('{key}')", "Select", show=False)
            for key in ("down", "up", "left", "right", "home", "end")
        ],
        Binding("pagedown,space,ctrl+f", "page(1)", "Page down", show=False),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False),
        Binding("home,g", "to_end(False)", "Top", show=False),
        Binding("end,G", "to_end(True)", "End", show=False),
    ]

    class Clicked(Message):
        """A statement was clicked, by its rank."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._pressed: int | None = None
        self._dragged = False

    # --- moving and selecting ------------------------------------------------------------------------------------

    def action_move(self, way: str) -> None:
        """Move the end of the selection; without one, scroll."""
        if self.selection is not None:
            self.action_extend(way)
        elif way in ("down", "up"):
            self.scroll_relative(y=1 if way == "down" else -1, animate=False, force=True)

    def action_extend(self, way: str) -> None:
        """Select further, from the current statement on or from where the text shows."""
        if self.wrapped is None or self.document is None or not len(self.wrapped):
            return
        if self.selection is None:
            self.begin()
            if self.selection is None:
                return
        self.selection = self.selection.moved(way, self.wrapped)
        self._keep_in_view(self.selection.cursor)
        self.redraw()
        self.post_message(self.Changed())

    def begin(self) -> None:
        """Begin to select: the whole current statement where it shows, else nothing yet at the first line."""
        mark = self.current
        if self.document is None or self.wrapped is None:
            return
        if mark is not None and self.in_view(mark):
            self.selection = Selection(mark.start, mark.end)
        else:
            self.selection = Selection(self.top_offset(), self.top_offset())
        self.redraw()
        self.post_message(self.Changed())

    def select(self, start: int, end: int) -> None:
        """Select characters and bring them into the middle."""
        if self.wrapped is None:
            return
        self.selection = Selection(start, end)
        self.scroll_to(y=max(self.wrapped.line_of(start) - self.size.height // 2, 0), animate=False, force=True)
        self.redraw()
        self.post_message(self.Changed())

    def drop(self) -> None:
        """Select nothing."""
        self.selection = None
        self.redraw()
        self.post_message(self.Changed())

    def _keep_in_view(self, offset: int) -> None:
        assert self.wrapped is not None
        line, top, height = self.wrapped.line_of(offset), self.scroll_offset.y, self.size.height
        if line < top:
            self.scroll_to(y=line, animate=False, force=True)
        elif line >= top + height:
            self.scroll_to(y=line - height + 1, animate=False, force=True)

    def action_page(self, by: int) -> None:
        """A page on or back."""
        self.scroll_relative(y=by * max(self.size.height - 2, 1), animate=False, force=True)

    def action_to_end(self, last: bool) -> None:
        """To the top or the end."""
        self.scroll_to(y=self.max_scroll_y if last else 0, animate=False, force=True)

    # --- the mouse -----------------------------------------------------------------------------------------------

    def _offset_under(self, event: events.MouseEvent) -> int | None:
        wrapped, offset = self.wrapped, event.get_content_offset_capture(self)
        if wrapped is None or not len(wrapped):
            return None
        before, numbers, _ = self._columns()
        line = min(max(offset.y + self.scroll_offset.y, 0), len(wrapped) - 1)
        return wrapped.offset_at(line, offset.x - before - numbers - SIGNS)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select."""
        if event.button == 1 and not self.over_bar(event):
            self._pressed, self._dragged = self._offset_under(event), False
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the pointer."""
        at = self._offset_under(event) if self._pressed is not None else None
        if self._pressed is None or at is None or (at == self._pressed and not self._dragged):
            return
        self._dragged = True
        self.selection = Selection(self._pressed, at)
        self._keep_in_view(at)
        self.redraw()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """A selection is made; without one, the statement under the pointer becomes current."""
        pressed, self._pressed = self._pressed, None
        self.release_mouse()
        if self._dragged:
            self.post_message(self.Changed())
        elif pressed is not None and self.document is not None:
            self.drop()
            under = [rank for _, _, ranks in self.document.covering(pressed, pressed + 1) for rank in ranks]
            if under:
                # The shortest of those that stand in each other, as every longer one can be clicked beside it.
                spans = self.document.marks
                self.post_message(self.Clicked(min(under, key=lambda r: spans[r].end - spans[r].start)))
