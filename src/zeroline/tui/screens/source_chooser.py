"""Choosing one of a corpus's sources to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from zeroline.sources.attached import View
from zeroline.tui.drawing import fit
from zeroline.tui.passages import copy_name, standing_words
from zeroline.tui.theme import Look
from zeroline.tui.widgets.entry_list import EntryList
from zeroline.tui.widgets.virtual_list import VirtualList


class SourceList(EntryList[View]):
    """Sources, two lines each: the title, and what is attached."""

    EACH = 2

    def draw(self, line: int, width: int, look: Look) -> list[Segment]:
        """One of its two lines."""
        view = self.entries[line // 2]
        marker = Segment("▌" if line // 2 == self.cursor else " ", look.marker)
        if line % 2 == 0:
            return [marker, Segment(fit(view.title, width - 1), look.strong)]
        many = f"{len(view.said):,} statement{'s' * (len(view.said) != 1)}"
        if view.trouble:
            words = f"{many} · its copy cannot be used"
        elif view.copy is None:
            words = f"{many} · nothing attached: its skeleton"
        else:
            words = f"{standing_words(view.anchored) or many} · {copy_name(view.copy)}"
        return [marker, Segment(f"  {fit(words, width - 3)}", look.dim)]


class SourceChooser(ModalScreen[str | None]):
    """Gives back the id of a source, None where none was chosen."""

    DEFAULT_CSS = """
    SourceChooser { align: center middle; background: $background 60%; }
    SourceChooser SourceList {
        width: 92%; max-width: 100; height: 80%; max-height: 24; border: round $primary; background: $background;
        scrollbar-color: $secondary 60%; scrollbar-background: $background;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,s", "close", "Close", show=False)]

    def __init__(self, views: Sequence[View], at: str | None) -> None:
        super().__init__()
        self._views, self._at = list(views), at

    def compose(self) -> ComposeResult:
        """The list."""
        yield SourceList("sources", self._views)

    def on_mount(self) -> None:
        """Stand on the source that is read."""
        sources = self.query_one(SourceList)
        sources.frame_title, sources.frame_foot = f"Sources · {len(self._views):,}", "Enter reads · Esc closes"
        at = next((n for n, view in enumerate(self._views) if view.id == self._at), 0)
        sources.changed()
        sources.put_cursor(at)
        sources.focus()

    @on(VirtualList.Chosen)
    def _chosen(self) -> None:
        sources = self.query_one(SourceList)
        self.dismiss(self._views[sources.cursor].id)

    def action_close(self) -> None:
        """Choose none."""
        self.dismiss(None)
