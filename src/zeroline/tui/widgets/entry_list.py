"""A list of entries that are all at hand, each on as many lines as any other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from zeroline.tui.widgets.virtual_list import VirtualList

Entry = TypeVar("Entry")


class EntryList(VirtualList, Generic[Entry]):
    """Subclasses draw; where they show other entries they set :attr:`entries` and call ``changed``."""

    EACH: ClassVar[int] = 1
    """Lines an entry takes."""

    def __init__(self, id: str, entries: Sequence[Entry] = ()) -> None:
        super().__init__(id=id)
        self.entries = entries

    @property
    def current(self) -> Entry | None:
        """The entry under the cursor."""
        return self.entries[self.cursor] if 0 <= self.cursor < len(self.entries) else None

    def item_count(self) -> int:
        """Entries."""
        return len(self.entries)

    def line_count(self) -> int:
        """EACH lines an entry."""
        return self.EACH * len(self.entries)

    def lines_of(self, item: int) -> range:
        """The lines of an entry."""
        return range(self.EACH * item, self.EACH * (item + 1))

    def item_at(self, line: int) -> int | None:
        """The entry on a line."""
        return line // self.EACH if 0 <= line < self.line_count() else None
