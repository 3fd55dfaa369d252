"""The command palette: what is typed narrows the list at once, so that Enter never does another thing than it shows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from zeroline.tui.drawing import fit, highlighted, pad
from zeroline.tui.palette import Entry, Palette
from zeroline.tui.theme import Ground, Look
from zeroline.tui.widgets.entry_list import EntryList
from zeroline.tui.widgets.line_widgets import LineWidget, columns
from zeroline.tui.widgets.search import Search
from zeroline.tui.widgets.virtual_list import VirtualList

NAME_MOST = 34
"""Columns of a name where what it does stands beside it."""

WIDE = 70
"""From so many columns on it does."""


class PaletteList(EntryList[Entry]):
    """Entries, a line each: the name, what it does where there is room, its keys."""

    ground: Ground = "surface"
    can_focus = False  # the field has it, and hands on the keys that are for a list
    lit = click_chooses = True

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.typed: frozenset[str] = frozenset()
        self._names = 0  # columns of the longest

    def show(self, entries: Sequence[Entry], typed: str) -> None:
        """Show other entries, the cursor on the first."""
        self.typed = frozenset(typed.split())
        self.set_reactive(VirtualList.cursor, 0)
        self.extend(entries)
        self.put_cursor(0)

    def extend(self, entries: Sequence[Entry]) -> None:
        """Show more entries; the cursor stays."""
        self.entries = entries
        self._names = min(max((cell_len(entry.name) for entry in entries), default=0), NAME_MOST)
        self.changed()

    def draw_empty(self, line: int, width: int, look: Look) -> list[Segment]:
        """That there is none."""
        return [Segment(fit("Nothing is called so.", width), look.dim)] if line == 0 else []

    def draw(self, line: int, width: int, look: Look) -> list[Segment]:
        """Name, what it does, keys."""
        entry = self.entries[line]
        marker = Segment("▌" if line == self.cursor else " ", look.marker)
        keys = f" {entry.keys}" if entry.keys else ""
        room = max(width - 1 - len(keys), 1)
        name = fit(entry.name, room)
        drawn = [marker, *highlighted(name, look.strong, look.hit, (), self.typed)]
        help = ""
        if width >= WIDE and columns(drawn) <= self._names + 1:  # a longer name takes the place of what it does
            drawn.append(Segment(" " * (self._names + 3 - columns(drawn))))
            help = entry.help
        drawn.append(Segment(pad(help, max(room + 1 - columns(drawn), 0)), look.dim))
        return [*drawn, Segment(keys, look.accent)]


class _Help(LineWidget):
    """What the current entry does, where the list has no room for it."""

    DEFAULT_CSS = "_Help { height: 1; }"
    ground: Ground = "surface"
    words = ""

    def draw(self, y: int, width: int) -> list[Segment]:
        """In one line."""
        return [Segment(fit(self.words, width), self.look.dim)]


class PaletteScreen(ModalScreen[Callable[[], object] | None]):
    """Gives back what is to be done, None for nothing."""

    CSS_PATH = "../styles/palette.tcss"
    AUTO_FOCUS = "#palette-field"
    VERTICAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-low"), (14, "-high")]  # type: ignore[misc]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", show=False),
        Binding("down,ctrl+n,tab", "move(1)", "Down", show=False),
        Binding("up,shift+tab", "move(-1)", "Up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
    ]

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette
        self.left = False
        """Whether it is closing: keys that come now are for what comes then."""

    def compose(self) -> ComposeResult:
        """The field, the list, what the current entry does."""
        with Vertical(id="palette-box"):
            yield Search(self._palette.hint, id="palette-field")
            yield PaletteList(id="palette-list")
            yield _Help(id="palette-help")

    def on_mount(self) -> None:
        """Show all there is."""
        self.field, self.list, self._help = self.query_one(Search), self.query_one(PaletteList), self.query_one(_Help)
        self.query_one("#palette-box").border_subtitle = "Enter does it · Esc closes"
        self.field.typed, self.field.entered = self._typed, self.action_choose
        self._typed("")
        self.set_focus(self.field)

    def _typed(self, query: str) -> None:
        self.list.show(self._palette.find(query), query)
        self._tell()
        if self._palette.more is not None and query.strip():
            self._ask(query, self._palette.more)

    @work(exclusive=True)
    async def _ask(self, query: str, more: Callable[[str], list[Entry]]) -> None:
        """Find what is not at hand, off this thread; it comes behind what shows, so that nothing moves."""
        try:
            found = await asyncio.to_thread(more, query)
        except Exception:  # noqa: BLE001 - an index that cannot answer is told of where rows are asked for
            return
        if found and query == self.field.value:
            known = {entry.name for entry in self.list.entries}
            self.list.extend([*self.list.entries, *(entry for entry in found if entry.name not in known)])

    @on(VirtualList.Moved)
    def _tell(self) -> None:
        current = self.list.current
        words = current.help if current and self.list.size.width < WIDE else ""
        if words != self._help.words:
            self._help.words = words
            self._help.redraw()

    @on(VirtualList.Chosen)
    def action_choose(self) -> None:
        """Do what the cursor stands on."""
        if self.list.current is not None and not self.left:
            self.left = True
            self.dismiss(self.list.current.run)

    def action_move(self, by: int) -> None:
        """Up or down an entry."""
        self.list.action_move(by)

    def action_page(self, by: int) -> None:
        """Up or down a page."""
        self.list.action_page(by)

    def action_close(self) -> None:
        """Do nothing."""
        if not self.left:
            self.left = True
            self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """A click beside it closes it."""
        if event.widget is self:
            self.action_close()
