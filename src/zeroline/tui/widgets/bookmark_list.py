"""The list of bookmarks, two or three lines each, under headings where they are ordered by something."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence, Set
from textwrap import wrap

from rich.segment import Segment
from rich.style import Style

from zeroline.bookmarks.model import Key
from zeroline.index.summary import StanceInfo
from zeroline.text.glyphs import most_telling
from zeroline.text.safe import one_line
from zeroline.tui.bookmark_words import Saved, signs, tag_words, unit_of, what, who
from zeroline.tui.drawing import fit, highlighted, join
from zeroline.tui.notes import first_words
from zeroline.tui.theme import Look
from zeroline.tui.widgets.line_widgets import columns
from zeroline.tui.widgets.virtual_list import VirtualList

LOW = 9
"""In a pane lower than this a bookmark takes two lines, not three."""

MARGIN = 6
"""Columns before the words of a bookmark: the marker and its signs."""


SELECTED = "✓"
"""Before a bookmark that is selected."""


class SavedList(VirtualList):
    """Bookmarks as they are arranged. A heading takes a line, before the first of its bookmarks."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.rows: tuple[Saved, ...] = ()
        self.headings: tuple[tuple[int, str], ...] = ()
        self.selected: Set[Key] = frozenset()
        self._firsts: list[int] = []  # the ranks of the first bookmarks under each heading
        self.stances: Mapping[str, StanceInfo] = {}
        self.words: tuple[str, ...] = ()
        self.empty_words: tuple[str, ...] = ()

    def show(self, rows: Sequence[Saved], cursor: int, headings: Sequence[tuple[int, str]] = ()) -> None:
        """Show other bookmarks, the cursor on the one of rank ``cursor``."""
        self.rows = tuple(rows)
        self.headings = tuple(headings)
        self._firsts = [first for first, _ in self.headings]
        self.changed()
        self.put_cursor(cursor)

    @property
    def current(self) -> Saved | None:
        """The bookmark under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    @property
    def _each(self) -> int:
        return 2 if self.size.height < LOW else 3

    def item_count(self) -> int:
        """Bookmarks shown."""
        return len(self.rows)

    def line_count(self) -> int:
        """Two or three lines a bookmark, one a heading."""
        return len(self.rows) * self._each + len(self.headings)

    def lines_of(self, item: int) -> range:
        """The lines of a bookmark."""
        start = item * self._each + bisect_right(self._firsts, item)
        return range(start, start + self._each)

    def _heading_at(self, line: int) -> int:
        """How many headings stand on the lines up to this one, its own included."""
        low, high = 0, len(self._firsts)
        while low < high:
            middle = (low + high) // 2
            if self._firsts[middle] * self._each + middle <= line:
                low = middle + 1
            else:
                high = middle
        return low

    def _is_heading(self, line: int, above: int) -> bool:
        return above > 0 and self._firsts[above - 1] * self._each + above - 1 == line

    def item_at(self, line: int) -> int | None:
        """The bookmark on a line; None on a heading."""
        above = self._heading_at(line)
        if self._is_heading(line, above):
            return None
        item = (line - above) // self._each
        return item if 0 <= item < len(self.rows) else None

    def draw_empty(self, line: int, width: int, look: Look) -> list[Segment]:
        """How to make a bookmark, or why none shows."""
        lines = [
            (cut, look.strong if number == 0 else look.dim)
            for number, words in enumerate(self.empty_words)
            for cut in wrap(one_line(words), max(width - 2, 1)) or [""]
        ]
        return [Segment(" "), Segment(*lines[line])] if line < len(lines) else []

    def draw(self, line: int, width: int, look: Look) -> list[Segment]:
        """One line of a bookmark: who; what; note and tags. What stands beside who in a low pane."""
        above = self._heading_at(line)
        if self._is_heading(line, above):
            return self._heading(above - 1, width, look)
        item, part = divmod(line - above, self._each)
        saved = self.rows[item]
        marker = Segment("▌" if item == self.cursor else " ", look.marker)
        if part == 0:
            if saved.bookmark.key in self.selected:
                marker = Segment(SELECTED, look.star)
            return [marker, *self._head(saved, width - 1, look)]
        room = max(width - MARGIN, 1)
        indent = Segment(" " * (MARGIN - 1))
        if part < self._each - 1 or (self._each == 2 and not _own(saved)):
            return [marker, indent, *self._hits(fit(what(saved), room), look.text, look)]
        return [marker, indent, *self._own(saved, room, look)]

    def _heading(self, number: int, width: int, look: Look) -> list[Segment]:
        first, words = self.headings[number]
        after = self._firsts[number + 1] if number + 1 < len(self._firsts) else len(self.rows)
        count = f" · {after - first:,}"
        return [Segment(" " + fit(words, max(width - len(count) - 1, 0)), look.accent), Segment(count, look.dim)]

    def _head(self, saved: Saved, width: int, look: Look) -> list[Segment]:
        marks = signs(saved, self.stances, look)
        shown = list(most_telling(marks, [sign for sign, _ in marks], 3))
        shown += [("+", look.dim)] * (len(shown) < len(marks))
        head = [*join(shown), Segment(" " * (MARGIN - 1 - len(shown)))]
        room = max(width - columns(head), 0)
        badge = fit(saved.badge(), max(room // 2, 0)) if room > 20 else ""
        badge_style = look.warning if saved.where == "gone" else look.dim
        room -= columns([Segment(badge)]) + 2 if badge else 0
        head += self._hits(fit(who(saved), room), look.strong, look)
        left = room + MARGIN - 1 - columns(head)
        beside, style = (what(saved), look.text) if self._each == 2 and _own(saved) else (unit_of(saved), look.dim)
        if left > 8 and beside:
            words = [Segment("  "), *self._hits(fit(beside, left - 2), style, look)]
            head += words
            left -= columns(words)
        return [*head, Segment(" " * max(left + 2, 0)), Segment(badge, badge_style)] if badge else head

    def _own(self, saved: Saved, width: int, look: Look) -> list[Segment]:
        """The first line of the note, and the tags: these give way only where they would take more than half."""
        note = first_words(saved.bookmark.note)
        tags = tag_words(saved.bookmark.tags)
        tags = fit(tags, max(width // 2, width - columns([Segment(one_line(note))]) - 2) if note else width)
        note = fit(note, width - columns([Segment(tags)]) - 2 if tags else width)
        parts = self._hits(note, look.italic, look)
        return [*parts, Segment("  " if note and tags else ""), *self._hits(tags, look.star, look)]

    def _hits(self, text: str, style: Style, look: Look) -> list[Segment]:
        return highlighted(text, style, look.hit, self.words, self.words)


def _own(saved: Saved) -> bool:
    """Whether the reader has written anything on it."""
    return bool(saved.bookmark.note.strip() or saved.bookmark.tags)
