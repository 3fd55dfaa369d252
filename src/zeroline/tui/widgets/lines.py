"""Widgets of one line that draw themselves: what is shown changes without a layout pass."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from zeroline.tui.look import LIGHT, Ground, Look, look_for


class Themed(Widget):
    """A widget that draws in the styles of the theme in use."""

    ground: Ground = "background"

    @property
    def look(self) -> Look:
        """Styles of the theme in use."""
        return look_for(self.app.theme != LIGHT)  # asking for the whole theme costs more than a line


class LineWidget(Themed):
    """A widget whose lines a subclass draws."""

    def draw(self, y: int, width: int) -> list[Segment]:
        """Line ``y`` in at most ``width`` columns."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Draw one line, cut or filled to the widget's width."""
        base = self.look.grounds[self.ground]
        return Strip(self.draw(y, self.size.width)).adjust_cell_length(self.size.width).apply_style(base)


def columns(segments: list[Segment]) -> int:
    """How many columns segments take."""
    return sum(s.cell_length for s in segments)
