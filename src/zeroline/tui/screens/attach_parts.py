"""What the dialog that attaches a copy is made of: its commands, its words, the line for a path or an address."""

from __future__ import annotations

from textual import events
from textual.message import Message

from zeroline.tui.commands import Command
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

HINT = "Name a file (text, Markdown, HTML, DOCX, PDF), or paste a web address, or the source’s text."
ADDRESS = "Enter fetches this page, once, if its site lets programs do so. Nothing else is ever sent."


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
