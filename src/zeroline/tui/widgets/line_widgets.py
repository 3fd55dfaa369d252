"""Widgets of one line that draw themselves: what is shown changes without a layout pass."""

from __future__ import annotations

from rich.segment import Segment

from zeroline.tui.widgets.painted import Painted


class LineWidget(Painted):
    """A widget whose lines a subclass draws."""

    def draw(self, y: int, width: int) -> list[Segment]:
        """Line ``y`` in at most ``width`` columns."""
        raise NotImplementedError

    def draw_line(self, y: int, width: int) -> list[Segment]:
        """The same, as :class:`Painted` asks for it."""
        return self.draw(y, width)


def columns(segments: list[Segment]) -> int:
    """How many columns segments take."""
    return sum(s.cell_length for s in segments)
