"""The speaker list: who is heard, by kind, with every stance they take and how firmly."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from zeroline.index.summary import Summary
from zeroline.records import SpeakerRecord
from zeroline.text.glyphs import NONE_GLYPH, glyph, stance_glyphs
from zeroline.tui.drawing import fit, highlighted, pad
from zeroline.tui.look import Look
from zeroline.tui.widgets.virtual_list import VirtualList

LOW = 10
"""In a pane lower than this a speaker takes one line, not two: the unit is left to the statement pane."""


class SpeakerList(VirtualList):
    """Speakers with matching statements, in the corpus's order, under the kinds they are of."""

    class SpeakersNeeded(Message):
        """Speakers from ordinal ``offset`` on are wanted."""

        def __init__(self, offset: int) -> None:
            super().__init__()
            self.offset = offset

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.summary: Summary | None = None
        self.speakers: dict[int, SpeakerRecord] = {}
        self.counts: Mapping[int, int] = {}
        self.ordinals: list[int] = []
        self.chosen: frozenset[str] = frozenset()
        self.compared: str | None = None
        self.words: frozenset[str] = frozenset()
        self.beginnings: frozenset[str] = frozenset()
        self._each = 2
        self._heads: dict[int, str] = {}
        self._first_items: list[int] = [0]
        self._first_lines: list[int] = [0]
        self._lines = 0

    # --- what it holds -------------------------------------------------------------------------------------------

    def show(self, ordinals: list[int], counts: Mapping[int, int]) -> None:
        """Show those speakers, ``counts`` matching statements by ordinal; the cursor stays on its speaker."""
        current = self.current_ordinal
        self.ordinals, self.counts = ordinals, counts
        self._arrange()
        at = ordinals.index(current) if current in ordinals else 0
        self.set_reactive(VirtualList.cursor, at if ordinals else -1)
        self.changed()
        self.show_cursor()
        self.tell_need()
        if self.current_ordinal != current:
            self.post_message(self.Moved(self, by_reader=False))

    def take(self, speakers: list[SpeakerRecord]) -> None:
        """Take in speakers that were asked for."""
        missing = self.current is None
        self.speakers.update({s["ordinal"]: s for s in speakers})
        self._arrange()
        self.changed()
        if missing and self.current is not None:
            self.post_message(self.Moved(self, by_reader=False))
        self.tell_need()

    def on_resize(self) -> None:
        """A low pane has one line a speaker."""
        self._each = 1 if self.size.height < LOW else 2
        self._arrange()
        super().on_resize()

    def _arrange(self) -> None:
        """Work out headings: where, in the order of ordinals, each kind begins."""
        labels = dict(self.summary.kinds) if self.summary else {}
        self._heads, self._first_items, self._first_lines = {}, [], []
        line, before = 0, None
        for item, ordinal in enumerate(self.ordinals):
            speaker = self.speakers.get(ordinal)
            kind = speaker["kind"] if speaker else before
            if kind is not None and kind != before:
                self._heads[line] = labels.get(kind, kind)
                line += 1
                self._first_items.append(item)
                self._first_lines.append(line)
                before = kind
            elif item == 0:
                self._first_items.append(0)
                self._first_lines.append(0)
            line += self._each
        if not self.ordinals:
            self._first_items, self._first_lines = [0], [0]
        self._lines = line

    @property
    def current_ordinal(self) -> int | None:
        """The ordinal under the cursor."""
        return self.ordinals[self.cursor] if 0 <= self.cursor < len(self.ordinals) else None

    @property
    def current(self) -> SpeakerRecord | None:
        """The speaker under the cursor, None while being fetched."""
        ordinal = self.current_ordinal
        return None if ordinal is None else self.speakers.get(ordinal)

    def item_count(self) -> int:
        """Speakers shown."""
        return len(self.ordinals)

    def line_count(self) -> int:
        """One or two lines a speaker, one a heading."""
        return self._lines

    def lines_of(self, item: int) -> range:
        """The lines of a speaker."""
        at = bisect_right(self._first_items, item) - 1
        line = self._first_lines[at] + self._each * (item - self._first_items[at])
        return range(line, line + self._each)

    def item_at(self, line: int) -> int | None:
        """The speaker on a line."""
        if line in self._heads or not 0 <= line < self._lines:
            return None
        at = bisect_right(self._first_lines, line) - 1
        return self._first_items[at] + (line - self._first_lines[at]) // self._each

    def need(self, first: int, last: int) -> None:
        """Ask for the first speaker that shows and is not there yet."""
        for line in range(first, min(last, self._lines)):
            item = self.item_at(line)
            if item is not None and self.ordinals[item] not in self.speakers:
                self.post_message(self.SpeakersNeeded(self.ordinals[item]))
                return

    # --- how it looks --------------------------------------------------------------------------------------------

    def draw_empty(self, line: int, width: int, look: Look) -> list[Segment]:
        """Say that nobody is left."""
        return [Segment(" " + fit("Nobody says this.", width - 1), look.dim)] if line == 0 else []

    def draw(self, line: int, width: int, look: Look) -> list[Segment]:
        """A heading, a speaker's first line or their second."""
        if line in self._heads:
            return [Segment(fit(self._heads[line], width), look.heading)]
        item = self.item_at(line)
        speaker = self.speakers.get(self.ordinals[item]) if item is not None else None
        if speaker is None or item is None:
            return [Segment(" …", look.quiet)]
        marker = Segment("▌" if item == self.cursor else " ", look.marker)
        if line != self.lines_of(item).start:
            second = speaker["unit"] or speaker["role"] or "unit not stated"
            return [marker, Segment("  " + fit(second, width - 3), look.dim)]
        signs = self._signs(speaker, look)
        signs_width = max(sum(s.cell_length for s in signs), 3)
        number = f"{self.counts.get(self.ordinals[item], 0):,}"
        count = pad(number, max(4, len(number) + 1), right=True)
        name_width = width - 2 - signs_width - 1 - len(count)
        name = speaker["name"] + (f" “{speaker['callsign']}”" if speaker["callsign"] else "")
        tick = "✓" if speaker["id"] in self.chosen else "⇄" if speaker["id"] == self.compared else " "
        text = highlighted(pad(name, name_width), look.strong, look.hit, self.words, self.beginnings)
        blank = Segment(" " * (signs_width - sum(s.cell_length for s in signs) + 1))
        return [marker, Segment(tick, look.accent), *text, blank, *signs, Segment(count, look.dim)]

    def draw_below(self, y: int, width: int, look: Look) -> list[Segment]:
        """What the signs mean, at the foot of the pane where there is room."""
        if self.summary is None:
            return []
        lines = legend(width, look, self.summary)
        at = y - (self.size.height - len(lines))
        return lines[at] if at >= 0 and self.size.height - self._lines > len(lines) else []

    def _signs(self, speaker: SpeakerRecord, look: Look) -> list[Segment]:
        infos = {s.id: s for s in self.summary.stances} if self.summary else {}
        signs = stance_glyphs(speaker["stances"], lambda s: infos[s].shape if s in infos else "square")
        if not signs:
            return [Segment(NONE_GLYPH, look.stance("grey"))]
        return [Segment(sign, look.stance(infos[s].colour if s in infos else "grey")) for s, sign in signs]


def legend(width: int, look: Look, summary: Summary) -> list[list[Segment]]:
    """What the signs mean, in as many lines as fit ``width``."""
    shapes = [s.shape for s in summary.stances][:4]
    rows = [
        (" ".join(glyph(s, True) for s in shapes), "without a condition"),
        (" ".join(glyph(s, False) for s in shapes), "conditional, or what-if"),
        (NONE_GLYPH, "no stance"),
    ]
    column = max(cell_len(signs) for signs, _ in rows)
    return [
        [Segment(" " + pad(s, column) + "  ", look.dim), Segment(fit(w, width - column - 3), look.dim)] for s, w in rows
    ]
