"""The bars of the reader screen: which source, and the current statement in two lines where it has no pane."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from zeroline.tui.drawing import fit
from zeroline.tui.widgets.line_widgets import LineWidget, columns


class ReaderTitle(LineWidget):
    """The source's title, and how its statements stand."""

    DEFAULT_CSS = "ReaderTitle { height: 1; padding: 0 1; }"
    ground = "panel"

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._source_title = self._figures = ""

    def say(self, title: str, figures: str) -> None:
        """Another source."""
        self._source_title, self._figures = title, figures
        self.redraw()

    def draw(self, y: int, width: int) -> list[Segment]:
        """The one line; each gives way down to half of it."""
        look = self.look
        name = Segment("Source", look.strong)
        room = width - columns([name]) - 2
        title_takes = columns([Segment(self._source_title)])
        figures = fit(self._figures, max(room - 2 - min(title_takes, room // 2), 0))
        title = Segment(fit(self._source_title, max(room - columns([Segment(figures)]) - 2, 0)), look.accent)
        gap = width - columns([name, title]) - 2 - columns([Segment(figures)])
        return [name, Segment("  "), title, Segment(" " * max(gap, 0)), Segment(figures, look.dim)]


class CurrentLine(LineWidget):
    """The current statement: signs, who, how it stands; and what is said in short."""

    DEFAULT_CSS = "CurrentLine { height: 2; padding: 0 1; }"
    ground = "surface"

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._head: list[tuple[str, Style]] = []
        self._words = ""

    def say(self, head: list[tuple[str, Style]], words: str) -> None:
        """Another statement."""
        self._head, self._words = head, words
        self.redraw()

    def draw(self, y: int, width: int) -> list[Segment]:
        """One of the two lines."""
        if y:
            return [Segment(fit(self._words, width), self.look.dim)]
        return [Segment(text, style) for text, style in self._head]
