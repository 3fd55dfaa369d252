"""The bars over and under the panes: title, stance chips, status, footer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message

from zeroline.index.filter import NONE
from zeroline.index.summary import Summary
from zeroline.text.glyphs import NONE_GLYPH, glyph
from zeroline.text.safe import one_line
from zeroline.tui.commands import Command
from zeroline.tui.drawing import fit
from zeroline.tui.theme import Ground
from zeroline.tui.widgets.line_widgets import LineWidget, columns


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


class TitleBar(LineWidget):
    """The program, the corpus and its size."""

    DEFAULT_CSS = "TitleBar { height: 1; padding: 0 1; }"
    ground = "panel"

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.summary: Summary | None = None

    def show(self, summary: Summary) -> None:
        """Show a corpus."""
        self.summary = summary
        self.redraw()

    def draw(self, y: int, width: int) -> list[Segment]:
        """The one line; the corpus's title gives way first."""
        look = self.look
        name = Segment("Zeroline", look.strong)
        if self.summary is None:
            return [name]
        it = self.summary
        figures = " · ".join(map(_counted, (it.speakers, it.statements, it.events), ("speaker", "statement", "event")))
        room = width - columns([name]) - 3
        if len(figures) + 12 > room:
            figures = _counted(it.statements, "statement")
        title = fit(it.title, max(room - len(figures) - 2, 8))
        middle = [Segment("  "), Segment(title, look.accent)]
        gap = width - columns([name, *middle]) - len(figures)
        if gap < 2:
            return [name, *middle]
        return [name, *middle, Segment(" " * gap), Segment(figures, look.dim)]


MORE = 4
"""Columns for how many stances have no chip."""


class StanceChips(LineWidget):
    """A chip a stance: its key, sign, label and count; on while it is filtered by. Clicking toggles it."""

    DEFAULT_CSS = "StanceChips { height: 1; }"
    ground = "surface"

    class Toggled(Message):
        """A chip was clicked."""

        def __init__(self, stance: str) -> None:
            super().__init__()
            self.stance = stance

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.summary: Summary | None = None
        self.counts: Mapping[str, int] = {}
        self.on: tuple[str, ...] = ()
        self.hollow = False
        """Whether what is counted is taken only under a condition, or as a hypothesis."""
        self._spots: list[tuple[int, int, str]] = []

    def show(self, summary: Summary, counts: Mapping[str, int], on: tuple[str, ...]) -> None:
        """Show counts, and which chips are on."""
        self.summary, self.counts, self.on = summary, counts, on
        self.redraw()

    def _chips(self) -> list[tuple[str, str, str, str, str]]:
        """Each chip as id, key, sign, label, colour."""
        if self.summary is None:
            return []
        chips = [
            (s.id, s.key, glyph(s.shape, not self.hollow), s.label, s.colour) for s in self.summary.stances if s.key
        ]
        key = self.summary.none_key
        if key is not None:
            chips.append((NONE, key, NONE_GLYPH, "none", "grey"))
        return [(id, str(key), sign, label, colour) for id, key, sign, label, colour in chips]

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Columns all chips take with their labels, whatever is filtered: counts never move the chips."""
        chips = self._chips()
        return sum(self._chip_width(chip, False) for chip in chips) + (MORE if self._without(chips) else 0)

    def _without(self, chips: Sequence[object]) -> int:
        """How many stances, “none” among them, have no chip: there are nine keys."""
        return len(self.summary.stances) + 1 - len(chips) if self.summary else 0

    def _chip_width(self, chip: tuple[str, str, str, str, str], short: bool) -> int:
        _, key, sign, label, _ = chip
        return len(f"{key} {sign} " + ("" if short else f"{fit(label, 20)} ") + self._count(chip[0])) + 2

    def _count(self, stance: str) -> str:
        """A count, as wide as the one over the whole corpus."""
        all = self.summary.stance_counts.get(stance, 0) if self.summary else 0
        return f"{self.counts.get(stance, 0):,}".ljust(len(f"{all:,}"))

    def draw(self, y: int, width: int) -> list[Segment]:
        """All chips, labels cut when there is too little room; how many stances there are beyond those that show."""
        look, chips = self.look, self._chips()
        short = sum(self._chip_width(chip, False) for chip in chips) > width + 1
        segments: list[Segment] = []
        self._spots = []
        used = 0
        left = len(chips) + self._without(chips)
        for chip in chips:
            id, key, sign, label, colour = chip
            take = self._chip_width(chip, short)
            if used + take + (MORE if left > 1 else 0) > width + 1:
                break
            left -= 1
            self._spots.append((used, used + take, id))
            words = "" if short else f" {fit(label, 20)}"
            count = self._count(id)
            if id in self.on:
                segments += [Segment(f" {key} {sign}{words} {count} ", look.chip_on(colour))]
            else:
                segments += [
                    Segment(f" {key} ", look.dim),
                    Segment(f"{sign}{words}", look.stance(colour)),
                    Segment(f" {count} ", look.dim),
                ]
            used += take
        if left:
            segments.append(Segment(f" +{left}"[:MORE], look.dim))
        return segments

    def on_click(self, event: events.Click) -> None:
        """Toggle the chip under the pointer."""
        for start, end, stance in self._spots:
            if start <= event.x < end:
                self.post_message(self.Toggled(stance))


ERROR_LINES = 4
"""The most lines an error takes."""


class StatusBar(LineWidget):
    """What is shown, in words, with counts; a message for a while; what went wrong."""

    DEFAULT_CSS = "StatusBar { height: 1; padding: 0 1; }"
    ground = "surface"

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.showing = ""
        self.filtered = False
        self.message = ""
        self.error = ""
        self.progress = ""

    def set(self, **words: str | bool) -> None:
        """Change any of ``showing``, ``filtered``, ``message``, ``error`` and ``progress``; one repaint."""
        for name, value in words.items():
            setattr(self, name, value)
        # A long error takes the lines it needs: how to mend a thing stands at its end.
        lines = min(max(len(self._error_lines()), 1), ERROR_LINES)
        if self.size.height and lines != self.size.height:
            self.styles.height = lines
        self.redraw()

    def _error_lines(self) -> list[str]:
        return wrap(one_line(self.error), max(self.size.width, 20)) if self.error else []

    def draw(self, y: int, width: int) -> list[Segment]:
        """An error first, then progress or a message to the right of what is shown."""
        look = self.look
        if self.error:
            lines = self._error_lines()
            return [Segment(fit(lines[y], width), look.error)] if y < len(lines) else []
        if y:
            return []
        right = self.progress or self.message
        room = max(width * 3 // 5, 10) if self.showing else width
        right_text = fit(right, room) if right else ""
        hint = "  Esc undoes" if self.filtered and not right else ""
        left = fit(self.showing, width - len(hint) - (columns([Segment(right_text)]) + 2 if right_text else 0))
        segments = [Segment(left, look.accent if self.filtered else look.dim), Segment(hint, look.dim)]
        gap = width - columns(segments) - columns([Segment(right_text)])
        return [*segments, Segment(" " * max(gap, 0)), Segment(right_text, look.ok if self.message else look.warning)]


class KeyBar(LineWidget):
    """The keys that matter where the focus is, as many as fit. Clicking one does it."""

    DEFAULT_CSS = "KeyBar { height: 1; padding: 0 1; }"
    ground: Ground = "panel"

    class Pressed(Message):
        """A command was clicked."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.commands: Sequence[Command] = ()
        self._spots: list[tuple[int, int, str]] = []

    def show(self, commands: Sequence[Command]) -> None:
        """Show other commands, the most wanted first."""
        if list(commands) != list(self.commands):
            self.commands = commands
            self.redraw()

    def draw(self, y: int, width: int) -> list[Segment]:
        """Key and label of each; the last one (help) keeps its place at the right."""
        look = self.look
        segments: list[Segment] = []
        self._spots, used = [], 0
        *most, last = self.commands or (None,)
        room = width - (len(last.shown_key) + len(last.label) + 1 if last else 0)
        for command in most:
            if command is None:
                continue
            take = len(command.shown_key) + len(command.label) + 3
            if used + take > room:
                break
            self._spots.append((used, used + take - 2, command.id))
            segments += [Segment(command.shown_key, look.key), Segment(f" {command.label}  ", look.dim)]
            used += take
        if last:
            segments.append(Segment(" " * max(room - used, 0)))
            segments += [Segment(last.shown_key, look.key), Segment(f" {last.label}", look.dim)]
            self._spots.append((room, width, last.id))
        return segments

    def on_click(self, event: events.Click) -> None:
        """Do the command under the pointer."""
        for start, end, command in self._spots:
            if start <= event.x - 1 < end:
                self.post_message(self.Pressed(command))
