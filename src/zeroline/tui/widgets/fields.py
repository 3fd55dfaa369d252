"""Fields to type in, and a choice of a few words. What is typed or pasted is shown as safely as any corpus text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from zeroline.text.safe import visible
from zeroline.tui.drawing import fit
from zeroline.tui.theme import Ground
from zeroline.tui.widgets.bars import KeyBar
from zeroline.tui.widgets.line_widgets import LineWidget, columns
from zeroline.tui.widgets.one_line import OneLine


class SafeInput(OneLine):
    """A line to type in; a control character pasted into it turns into its sign."""

    def validate_value(self, value: str) -> str:
        """The value with nothing in it that a terminal might act on."""
        return visible(value).replace("\n", " ").replace("\t", " ")


class TagInput(SafeInput):
    """Tags, parted by commas; pasted they may stand one a line."""

    joint = ", "


class SafeTextArea(TextArea):
    """Lines to type in. The text stays as it is; only what is drawn of it is made safe, sign for sign."""

    def get_line(self, line_index: int) -> Text:
        """A line as it is drawn: as many characters as it has, so that the cursor stays in its place."""
        line = self.document.get_line(line_index)
        safe = visible(line)
        if safe != line:
            safe = "".join(shown if len(shown := visible(c)) == 1 else "\ufffd" for c in line)
        return Text(safe, end="", no_wrap=True)


class Choice(LineWidget, can_focus=True):
    """A few words in a line, one of them chosen: left and right, or a click."""

    DEFAULT_CSS = "Choice { height: 1; min-width: 4; }"
    ground: Ground = "surface"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,space", "move(1)", "Next", show=False),
        Binding("left,h", "move(-1)", "Previous", show=False),
        Binding("home", "choose(0)", "First", show=False),
        Binding("end", "choose(-1)", "Last", show=False),
    ]

    class Changed(Message):
        """Another word is chosen."""

        def __init__(self, sender: Choice) -> None:
            super().__init__()
            self.sender = sender

        @property
        def control(self) -> Choice:
            """The choice, so that handlers can be chosen by selector."""
            return self.sender

    def __init__(self, words: Sequence[str], at: int = 0, *, id: str) -> None:
        super().__init__(id=id)
        self.words = tuple(words)
        self.at = at
        self._spots: list[tuple[int, int, int]] = []

    def choose(self, at: int) -> None:
        """Choose a word by its place, and say so if it is another one."""
        at = min(max(at, 0), len(self.words) - 1)
        if at != self.at:
            self.at = at
            self.refresh()
            self.post_message(self.Changed(self))

    def action_move(self, by: int) -> None:
        """To the next word or the one before, round and round."""
        self.choose((self.at + by) % len(self.words))

    def action_choose(self, at: int) -> None:
        """To the first or the last."""
        self.choose(at % len(self.words))

    def draw(self, y: int, width: int) -> list[Segment]:
        """As many words as fit, the chosen one among them; signs at the edges where there are more."""
        look = self.look
        words = [f"{'▸' if n == self.at else ' '}{fit(w, max(width - 6, 1))} " for n, w in enumerate(self.words)]
        sizes = [columns([Segment(word)]) for word in words]
        room = max(width - 4, 1)
        first = 0
        while first < self.at and sum(sizes[first : self.at + 1]) > room:
            first += 1
        segments = [Segment("‹ ", look.dim)] if first else []
        used = 2 if first else 0
        self._spots = []
        for number in range(first, len(words)):
            rest = 0 if number == len(words) - 1 else 2
            if used + sizes[number] + rest > width and number > self.at:
                segments.append(Segment(" ›", look.dim))
                break
            chosen = number == self.at
            here = look.accent + look.cursor if self.has_focus else look.strong + look.cursor_blurred
            segments.append(Segment(words[number], here if chosen else look.dim))
            self._spots.append((used, used + sizes[number], number))
            used += sizes[number]
        return segments

    def on_click(self, event: events.Click) -> None:
        """Choose the word under the pointer."""
        for start, end, number in self._spots:
            if start <= event.x < end:
                self.choose(number)

    def on_focus(self) -> None:
        """The chosen word stands out more."""
        self.refresh()

    def on_blur(self) -> None:
        """And less again."""
        self.refresh()


class FieldLabel(LineWidget):
    """A word before a field, in as many columns as it is long or as it is given."""

    DEFAULT_CSS = "FieldLabel { height: 1; }"
    ground: Ground = "surface"

    def __init__(self, words: str, width: int | None = None) -> None:
        super().__init__()
        self._words = words
        self.styles.width = width or len(words) + 1

    def draw(self, y: int, width: int) -> list[Segment]:
        """The word."""
        return [Segment(fit(self._words, width), self.look.heading)]


class DialogKeys(KeyBar):
    """The keys of a dialog, on its ground."""

    ground: Ground = "surface"


class Notice(LineWidget):
    """What was done, or what went wrong."""

    DEFAULT_CSS = "Notice { height: 1; }"
    ground: Ground = "surface"

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._words, self._bad = "", False

    def say(self, words: str, bad: bool = False) -> None:
        """Say it."""
        self._words, self._bad = words, bad
        self.redraw()

    def draw(self, y: int, width: int) -> list[Segment]:
        """The words."""
        style = self.look.error if self._bad else self.look.ok
        return [Segment(fit(self._words, width), style)] if self._words else []
