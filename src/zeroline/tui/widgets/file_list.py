"""The files of a folder, to choose one from."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment

from zeroline.tui.drawing import fit, pad
from zeroline.tui.folders import Entry, size_words
from zeroline.tui.theme import Look
from zeroline.tui.widgets.entry_list import EntryList
from zeroline.tui.widgets.virtual_list import VirtualList


class FileList(EntryList[Entry]):
    """Entries, a line each."""

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.empty_words = ""

    def show(self, entries: Sequence[Entry], empty_words: str) -> None:
        """Show other entries; ``empty_words`` where there are none."""
        self.entries, self.empty_words = entries, empty_words
        self.set_reactive(VirtualList.cursor, 0)
        self.changed()

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
