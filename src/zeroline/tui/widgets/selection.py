"""What is selected of a text, and how its moving end goes over wrapped lines."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from zeroline.tui.text_layout import Layout

_WORD = re.compile(r"\w+")


class Selection(NamedTuple):
    """From ``anchor`` to ``cursor``, whichever comes first."""

    anchor: int
    cursor: int

    @property
    def start(self) -> int:
        """Where it begins."""
        return min(self.anchor, self.cursor)

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return max(self.anchor, self.cursor)

    def turned(self) -> Selection:
        """The same, its other end moving."""
        return Selection(self.cursor, self.anchor)

    def moved(self, way: str, layout: Layout) -> Selection:
        """Its moving end gone left, right, up, down, word, back, home (of the line) or end."""
        return self._replace(cursor=_moved(self.cursor, way, layout))


def _moved(at: int, way: str, layout: Layout) -> int:
    text = layout.text
    line = layout.line_of(at)
    match way:
        case "left" | "right":
            by = 1 if way == "right" else -1
            at += by
            while 0 < at < len(text) and _joined(text, at):
                at += by
        case "up" | "down":
            to = line + (1 if way == "down" else -1)
            if to < 0:
                return 0
            if to >= len(layout):
                return len(text)
            return layout.offset_at(to, layout.column_of(at))
        case "word":
            found = _WORD.search(text, at)
            at = found.end() if found else len(text)
        case "back":
            start = max(at - 200, 0)
            words = list(_WORD.finditer(text, start, at))
            at = words[-1].start() if words else start
        case "home":
            return layout.line(line)[0]
        case "end":
            return layout.line(line)[1]
    return min(max(at, 0), len(text))


def _joined(text: str, at: int) -> bool:
    """Whether a character belongs to the one before it."""
    return bool(unicodedata.combining(text[at])) or text[at] in "\u200d\ufe0f" or text[at - 1] == "\u200d"
