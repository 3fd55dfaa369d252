"""What the dialog that attaches a copy is made of: its commands, its words, the line for a path or an address."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.message import Message

from zeroline.text.safe import one_line
from zeroline.tui.commands import Command
from zeroline.tui.drawing import fit
from zeroline.tui.folders import Entry
from zeroline.tui.widgets.fields import SafeInput

SECTION = "Attaching a copy"

ATTACH_COMMANDS: tuple[Command, ...] = (
    Command("attach", ("enter",), "attach", "Attach the file named, or the text pasted; go into a folder", SECTION, 1),
    Command("complete", ("tab",), "complete", "Complete the path; else to the next field", SECTION, 2, built_in=True),
    Command("list", ("down",), "files", "To the files of the folder", SECTION, 3, built_in=True),
    Command("force", ("ctrl+f",), "all the same", "Attach it even where no passage is found in it", SECTION, 5),
    Command("cancel", ("escape",), "cancel", "Attach nothing", SECTION, 4),
)
AFTERWARDS: tuple[Command, ...] = (Command("cancel", ("enter", "escape"), "close", "Back", SECTION, 1),)

HEIGHTS = [(0, "-low"), (16, "-high")]
HINT = "Name a file (text, Markdown, HTML, DOCX, PDF), or paste a web address, or the source’s text."
ENCODING = "found out"
ADDRESS = "Enter fetches this page, once, if its site lets programs do so. Nothing else is ever sent."


def address_in(text: str) -> str:
    """The web address that a text is, "" where it is none."""
    line = text.strip()
    return line if line.lower().startswith(("http://", "https://")) else ""


def pasted_words(text: str, before: str | None) -> str:
    """What is said of a text that was pasted, maybe in the place of one before."""
    begins = fit(one_line(text[:200]), 48)
    instead = f" in the place of the {len(before):,} before" if before is not None else ""
    return f"{len(text):,} characters pasted{instead}, beginning “{begins}”. Enter attaches them; Esc drops them."


class Listed(Message):
    """What lies in a folder, or why that cannot be told."""

    def __init__(self, folder: Path, entries: list[Entry], error: str = "") -> None:
        super().__init__()
        self.folder, self.entries, self.error = folder, entries, error


class Come(Message):
    """So many bytes of a page have come."""

    def __init__(self, bytes: int) -> None:
        super().__init__()
        self.bytes = bytes


class PathInput(SafeInput):
    """A path or web address to type. A text of several lines that is pasted is neither: the dialog takes it."""

    class Pasted(Message):
        """A text was pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def on_paste(self, event: events.Paste) -> None:
        """Several lines are a text."""
        if "\n" in event.text.strip().replace("\r", "\n"):
            event.prevent_default()
            event.stop()
            self.post_message(self.Pasted(event.text))
