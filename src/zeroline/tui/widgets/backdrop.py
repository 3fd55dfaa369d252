"""What lies under other widgets: its own lines hardly show, and are not made anew for every frame."""

from __future__ import annotations

from typing import Any

from textual.containers import Container
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


class Ground(Widget):
    """A widget without a content of its own, whose lines are kept until its size or its style changes.

    Textual makes and cuts the ground of a screen with every line over it: a seventh of what the compositor does.
    """

    def __init__(self, *args: Any, **others: Any) -> None:
        self._lines_kept: dict[tuple[Region, Size], list[Strip]] = {}
        super().__init__(*args, **others)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of it."""
        key = crop, self.outer_size
        lines = self._lines_kept.get(key)
        if lines is None:
            self._lines_kept.clear()
            lines = self._lines_kept[key] = super().render_lines(crop)
        return lines

    def notify_style_update(self) -> None:
        """Another theme: it looks otherwise."""
        self._lines_kept.clear()
        super().notify_style_update()


class Plain(Ground, Container):
    """A container of that kind."""
