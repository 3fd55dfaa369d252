"""The files of a folder, to choose one from."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment

from zeroline.tui.drawing import fit, pad
from zeroline.tui.folders import Entry, size_words
from zeroline.tui.theme import Look
from zeroline.tui.widgets.virtual_list import VirtualList


class FileList(VirtualList):
    """Entries, a line each."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.entries: Sequence[Entry] = ()
        self.empty_words = ""

    def show(self, entries: Sequence[Entry], empty_words: str) -> None:
        """Show other entries; ``empty_words`` where there are none."""
        self.entries, self.empty_words = entries, empty_words
        self.set_reactive(VirtualList.cursor, 0)
        self.changed()

    @property
    def current(self) -> Entry | None:
        """The entry under the cursor."""
        return self.entries[self.cursor] if 0 <= self.cursor < len(self.entries) else None

    def item_count(self) -> int:
        """Entries."""
        return len(self.entries)

    def line_count(self) -> int:
        """A line each."""
        return len(self.entries)

    def lines_of(self, item: int) -> range:
        """The line of an entry."""
        return range(item, item + 1)

    def item_at(self, line: int) -> int | None:
        """The entry on a line."""
        return line if 0 <= line < len(self.entries) else None

    def draw_empty(self, line: int, width: int, look: Look) -> list[Segment]:
        """Why there is none."""
        return [Segment(fit(self.empty_words, width), look.dim)] if line == 0 else []

    def draw(self, line: int, width: int, look: Look) -> list[Segment]:
        """Name and size; a folder has a slash behind its name."""
        entry = self.entries[line]
        style = look.accent if entry.folder else look.text if entry.likely else look.dim
        marker = Segment("▌" if line == self.cursor else " ", look.marker)
        size = size_words(entry.size)
        room = max(width - 1 - len(size) - 1, 1)
        name = pad(entry.name + ("/" if entry.folder else ""), room)
        return [marker, Segment(name, style), Segment(f" {size}", look.dim)]
