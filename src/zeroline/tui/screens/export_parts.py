"""What the export dialog is made of: its commands and words, its messages, the completion of a path."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual.message import Message
from textual.suggester import Suggester

from zeroline.tui.commands import Command
from zeroline.tui.exporting import Scope, completed

SECTION = "Exporting"

EXPORT_COMMANDS: tuple[Command, ...] = (
    Command("write", ("enter",), "write", "Write the file; over another one only after asking", SECTION, 1),
    Command("next_field", ("tab",), "next", "To the next field", SECTION, 2, built_in=True),
    Command(
        "choose",
        ("left", "right"),
        "choose",
        "Another format, other bookmarks, another style; at the end of the path → takes what is offered",
        SECTION,
        3,
        built_in=True,
    ),
    Command("cancel", ("escape",), "cancel", "Write nothing", SECTION, 4),
)
BUSY_COMMANDS: tuple[Command, ...] = (
    Command("cancel", ("escape",), "stop", "Stop: nothing is written", SECTION, 4),
)  # fmt: skip

VIEWS = ("preview", "balance", "losses")
"""What the pane can show: the beginning of the file, whom it quotes for what, what the format cannot hold."""

NOTHING_YET = (
    "There is nothing to export yet.",
    "",
    "In the explorer b bookmarks the statement or event you are on, and m writes a note on it. "
    "Then e writes your bookmarks, with their citations, to a file.",
)


class Previewed(Message):
    """The beginning of an export."""

    def __init__(self, number: int, lines: list[str]) -> None:
        super().__init__()
        self.number, self.lines = number, lines


class Balanced(Message):
    """How a selection compares with its corpus."""

    def __init__(self, scope: Scope, lines: tuple[str, ...]) -> None:
        super().__init__()
        self.scope, self.lines = scope, lines


class Progressed(Message):
    """So many bookmarks are written."""

    def __init__(self, done: int, whole: int) -> None:
        super().__init__()
        self.done, self.whole = done, whole


class Done(Message):
    """The file was written, is there already, or could not be written."""

    def __init__(self, path: Path, words: str = "", error: str = "", taken: bool = False) -> None:
        super().__init__()
        self.path, self.words, self.error, self.taken = path, words, error, taken


class PathSuggester(Suggester):
    """Offers the rest of a name in the folder that is being typed; the folder is read off the screen's thread."""

    async def get_suggestion(self, value: str) -> str | None:
        """What was typed, completed; None where nothing fits."""
        return await asyncio.to_thread(completed, value)
