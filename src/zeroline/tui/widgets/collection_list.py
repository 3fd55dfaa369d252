"""The list of collections: how many bookmarks each holds, and whether what is chosen is in it."""

from __future__ import annotations

from typing import NamedTuple

from rich.segment import Segment

from zeroline.tui.drawing import fit
from zeroline.tui.notes import first_words
from zeroline.tui.theme import Ground, Look
from zeroline.tui.widgets.entry_list import EntryList
from zeroline.tui.widgets.line_widgets import columns


class Name(NamedTuple):
    """A collection as it is listed. ``inside`` is how many of the chosen bookmarks are in it; None: all bookmarks."""

    name: str | None
    number: int
    note: str = ""
    inside: int = 0


class NameList(EntryList[Name]):
    """One line a collection. With ``chosen`` bookmarks each has a box that says whether they are in it."""

    ground: Ground = "surface"

    def __init__(self, id: str, chosen: int) -> None:
        super().__init__(id)
        self.chosen = chosen

    def show(self, names: tuple[Name, ...], at: str | None) -> None:
        """Show these, the cursor on the one called ``at``."""
        self.entries = names
        self.changed()
        self.put_cursor(next((n for n, one in enumerate(names) if one.name == at), max(self.cursor, 0)))

    def draw_empty(self, line: int, width: int, look: Look) -> list[Segment]:
        """How to make one."""
        words = ("No collections yet.", "", "n makes one: a reading list, a chapter.")
        return [Segment(fit(words[line], width), look.dim if line else look.strong)] if line < len(words) else []

    def draw(self, line: int, width: int, look: Look) -> list[Segment]:
        """Box, name, how many, the beginning of the note."""
        one = self.entries[line]
        box = ""
        if self.chosen:
            box = "[✓] " if one.inside == self.chosen else "[–] " if one.inside else "[ ] "
        count = f" {one.number:,}"
        words = "All bookmarks" if one.name is None else one.name
        name = fit(words, max(width - len(box) - len(count), 1))
        segments = [Segment(box, look.star), Segment(name, look.strong if one.name else look.text)]
        segments.append(Segment(count, look.dim))
        left = width - columns(segments) - 2
        note = first_words(one.note)
        return [*segments, Segment("  " + fit(note, left), look.italic)] if note and left > 8 else segments
