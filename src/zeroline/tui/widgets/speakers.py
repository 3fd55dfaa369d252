"""The speaker list: who is heard, by kind, with every stance they take and how firmly."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import cast

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from zeroline.index.summary import Summary
from zeroline.records import SpeakerRecord
from zeroline.text.glyphs import NONE_GLYPH, glyph, stance_glyphs
from zeroline.tui.drawing import fit, highlighted, pad
from zeroline.tui.theme import Look
from zeroline.tui.widgets.virtual_list import VirtualList

LOW = 10
"""In a pane lower than this a speaker takes one line, not two: the unit is left to the statement pane."""

FOLLOWED = 1_000
"""So many speakers from the top are looked through for the one of the statement shown."""

KEPT = 2_000
"""Beyond so many speakers at hand, those not asked for lately are dropped."""


class SpeakerList(VirtualList):
    """Speakers with matching statements.

    In the corpus's order, under the kinds they are of; in a corpus of very many, those with most statements first
    (``by_count``), at first only as many as one may soon look at (``cut``).
    """

    class SpeakersNeeded(Message):
        """Speakers of these ordinals are wanted."""

        def __init__(self, ordinals: tuple[int, ...]) -> None:
            super().__init__()
            self.ordinals = ordinals

    class RestNeeded(Message):
        """The list was cut short, and its end shows."""

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
        self.by_count = False
        self.cut = False
        self.shown: int | None = None
        """The ordinal of whose statement shows, None for nobody's."""
        self._second_lines: bool | None = None  # whether there is anything to say in them; None: not known yet
        self._each = 2
        self._heads: dict[int, str] = {}
        self._first_items: list[int] = [0]
        self._first_lines: list[int] = [0]
        self._lines = 0

    # --- what it holds -------------------------------------------------------------------------------------------

    def show(
        self,
        ordinals: list[int],
        counts: Mapping[int, int],
        by_count: bool = False,
        cut: bool = False,
        follow: int | None = None,
    ) -> None:
        """Show those speakers, ``counts`` matching statements by ordinal.

        The cursor stays on its speaker, or goes to the one to ``follow`` as :meth:`follow` does.
        """
        current = self.current_ordinal
        if follow is not None and not self.has_focus and follow in ordinals[:FOLLOWED]:
            current = follow
        self.ordinals, self.counts, self.by_count, self.cut = ordinals, counts, by_count, cut
        self._arrange()
        at = ordinals.index(current) if current in ordinals else 0
        if self.jumped:  # to the end, which was not all of it
            at = len(ordinals) - 1
        self.set_reactive(VirtualList.cursor, at if ordinals else -1)
        self.changed()
        self.tell_need()
        if self.current_ordinal != current:
            self.tell_moved(by_reader=False)

    def take(self, speakers: list[SpeakerRecord]) -> None:
        """Take in speakers that were asked for."""
        missing = self.current is None
        self.know(speakers)
        self.redraw()
        if missing and self.current is not None:
            self.tell_moved(by_reader=False)
        self.tell_need()

    def know(self, speakers: list[SpeakerRecord]) -> None:
        """Have them at hand when they are to be drawn."""
        if len(self.speakers) > KEPT:
            self.speakers.clear()
        self.speakers.update({s["ordinal"]: s for s in speakers})
        if self._second_lines is None and speakers:
            self._second_lines = any(s["unit"] or s["role"] for s in speakers)

    def follow(self, ordinal: int) -> None:
        """The cursor goes to the speaker of the statement shown, so that no other name stands out beside it.

        One far down a list by count is left alone: looking for it would take as long as the list is.
        """
        near = self.ordinals[:FOLLOWED]
        if not self.has_focus and self.current_ordinal != ordinal and ordinal in near:
            self.set_reactive(VirtualList.cursor, near.index(ordinal))
            self.show_cursor()
            self.redraw()

    def on_resize(self) -> None:
        """A low pane has one line a speaker."""
        self._arrange()
        super().on_resize()

    def cursor_shows(self) -> bool:
        """Without the focus, only on whoever says what is shown: no other name is to stand out beside it."""
        return self.has_focus or self.shown in (None, self.current_ordinal)

    def tell_shown(self, ordinal: int | None) -> None:
        """Take in whose statement shows."""
        if ordinal != self.shown:
            self.shown = ordinal
            self.redraw()

    def _arrange(self) -> None:
        """Work out headings: where, in the order of ordinals, each kind begins. Costs as much as there are kinds.

        A speaker has two lines; one in a low pane, or in a long list whose most heard have neither unit nor role.
        """
        self._each = 1 if self.size.height < LOW or (self.by_count and self._second_lines is False) else 2
        self._heads, self._first_items, self._first_lines = {}, [], []
        heads = self.summary.speaker_heads if self.summary and not self.by_count else ()
        line = item = 0
        for number, (first, label) in enumerate(heads):
            after = heads[number + 1][0] if number + 1 < len(heads) else None
            begin = bisect_left(self.ordinals, first)
            end = len(self.ordinals) if after is None else bisect_left(self.ordinals, after)
            if begin < end:
                self._heads[line] = label
                self._first_items.append(item)
                self._first_lines.append(line + 1)
                line += 1 + self._each * (end - begin)
                item = end
        if not self._first_items:
            self._first_items, self._first_lines, line = [0], [0], self._each * len(self.ordinals)
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
        """Ask for those that show and are not there yet, and for the rest of a list that was cut short."""
        shown = {self.item_at(line) for line in range(first, min(last, self._lines))} - {None}
        missing = [o for item in sorted(cast(set[int], shown)) if (o := self.ordinals[item]) not in self.speakers]
        if missing:
            self.post_message(self.SpeakersNeeded(tuple(missing)))
        if self.cut and shown and max(cast(set[int], shown)) >= len(self.ordinals) - 1:
            self.cut = False
            self.post_message(self.RestNeeded())

    # --- how it looks --------------------------------------------------------------------------------------------

    def draw_empty(self, line: int, width: int, look: Look) -> list[Segment]:
        """Say that nobody is left."""
        nobody = "Nobody says this." if self.summary else ""  # as long as there is no index nobody can tell
        return [Segment(" " + fit(nobody, width - 1), look.dim)] if line == 0 else []

    def draw(self, line: int, width: int, look: Look) -> list[Segment]:
        """A heading, a speaker's first line or their second."""
        if line in self._heads:
            return [Segment(fit(self._heads[line], width), look.heading)]
        item = self.item_at(line)
        speaker = self.speakers.get(self.ordinals[item]) if item is not None else None
        if speaker is None or item is None:
            return [Segment(" …", look.quiet)]
        marker = Segment("▌" if item == self.cursor and self.cursor_shows() else " ", look.marker)
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
        infos = self.summary.by_stance if self.summary else {}
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
