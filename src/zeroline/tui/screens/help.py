"""The help page: keys from the commands, the query language from the index, the codebook from the corpus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from zeroline.index.reader import Index
from zeroline.index.schema import FIELDS
from zeroline.text.glyphs import EVENT_GLYPH, NONE_GLYPH, glyph
from zeroline.tui.commands import COMMANDS
from zeroline.tui.detail_parts import Part
from zeroline.tui.drawing import safe_text
from zeroline.tui.screens.bookmark_commands import BOOKMARK_COMMANDS
from zeroline.tui.screens.collections import COLLECTION_COMMANDS
from zeroline.tui.screens.reader_commands import READER_COMMANDS
from zeroline.tui.screens.versions import VERSION_COMMANDS
from zeroline.tui.theme import Look, look_for
from zeroline.tui.widgets.detail import Detail

EXAMPLES = (
    ("prisoner exchange", "both words, anywhere; the last may be a beginning"),
    ("“prisoner exchange”", "the phrase"),
    ("drone OR mine", "either"),
    ("hold -drones", "without a word"),
    ("stance:trade.conditional", "a stance on a condition"),
    ("condition:*", "whatever hangs on a condition"),
    ("speaker:melnyk topic:leverage", "fields narrow each other"),
    ("date:[2024-08 TO 2025]", "between dates"),
)
"""Queries and what they find."""


class Help(ModalScreen[None]):
    """One pane to scroll."""

    DEFAULT_CSS = """
    Help { align: center middle; background: $background 60%; }
    Help Detail { width: 92%; max-width: 100; height: 92%; background: $background; padding: 0 2; }
    Help Detail { border: round $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", "Close", show=False),
    ]

    def __init__(self, index: Index | None) -> None:
        super().__init__()
        self.index = index

    def compose(self) -> ComposeResult:
        """The pane."""
        yield Detail(id="help")

    def on_mount(self) -> None:
        """Fill it."""
        pane = self.query_one(Detail)
        pane.frame_title, pane.frame_foot = "Help", "Esc closes"
        pane.show(tuple(self._parts(look_for(self.app.current_theme.dark))))
        pane.focus()

    def _parts(self, look: Look) -> Iterator[Part]:
        yield from _signs(look, self.index)
        commands = (*COMMANDS, *READER_COMMANDS, *BOOKMARK_COMMANDS, *COLLECTION_COMMANDS, *VERSION_COMMANDS)
        for section in dict.fromkeys(c.section for c in commands):
            yield from _heading(section, look)
            for command in (c for c in commands if c.section == section):
                yield Part(Text(command.help, look.text), label=command.shown_keys)
            if section == "Finding":
                yield Part(Text("Filter by a stance, as the chips number them", look.text), label="1-9")
        yield from _heading("Searching", look)
        for query, words in EXAMPLES:
            yield Part(Text(query, look.accent))
            yield Part(Text(words, look.text), indent=2)
        yield from _heading("Fields", look)
        for name, words in FIELDS.items():
            yield Part(Text(words, look.text), label=f"{name}:")
        if self.index is not None:
            yield from _codebook(self.index, look)


def _heading(words: str, look: Look) -> Iterator[Part]:
    yield Part(Text(""))
    yield Part(Text(words, look.strong))


def _signs(look: Look, index: Index | None) -> Iterator[Part]:
    shapes = [s.shape for s in index.summary.stances] if index else ["up", "diamond", "down"]
    filled, hollow = (" ".join(glyph(s, full) for s in shapes) for full in (True, False))
    yield Part(Text("Signs", look.strong))
    rows = (
        (filled, "a stance without a condition"),
        (hollow, "a stance only on a condition, or as a hypothesis"),
        (NONE_GLYPH, "no stance in these words"),
        (EVENT_GLYPH, "an event"),
        ("★", "bookmarked"),
    )
    for signs, words in rows:
        yield Part(Text(words, look.text), label=signs)


def _codebook(index: Index, look: Look) -> Iterator[Part]:
    for title, entries in (("Stances", index.summary.stances), ("Topics", index.summary.topics)):
        if entries:
            yield from _heading(title, look)
        for entry in entries:
            yield Part(safe_text(entry.label, look.accent))
            if entry.definition:
                yield Part(safe_text(entry.definition, look.text), indent=2)
            for words, cases in (("counts:", entry.include), ("does not count:", entry.exclude)):
                for case in cases:
                    yield Part(safe_text(f"{words} {case}", look.dim), indent=2)
