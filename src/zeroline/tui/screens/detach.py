"""The question before the reader's copy of a source is forgotten."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from zeroline.sources.attached import View
from zeroline.text.safe import one_line
from zeroline.tui.commands import Command
from zeroline.tui.copies_worker import Copies
from zeroline.tui.passages import copy_name
from zeroline.tui.widgets.bars import KeyBar
from zeroline.tui.widgets.fields import DialogKeys

SECTION = "Detaching a copy"

DETACH_COMMANDS: tuple[Command, ...] = (
    Command("detach", ("D", "enter"), "detach it", "Forget the copy", SECTION, 1),
    Command("keep", ("escape", "q", "n"), "keep it", "Leave it attached", SECTION, 2),
)

MEANS = (
    "Its text is deleted from your data folder; the file it was read from is not touched. "
    "What you decided on proposals is kept."
)
HEIGHTS = [(0, "-low"), (14, "-high")]


class DetachDialog(ModalScreen[None]):
    """Asks, and has the copy forgotten. What became of it is told by the copies."""

    DEFAULT_CSS = """
    DetachDialog { align: center middle; background: $background 60%; }
    #detach-box {
        width: 90%; max-width: 72; height: auto; max-height: 100%; padding: 0 1;
        background: $surface; border: round $primary; border-title-color: $primary;
    }
    #detach-words { height: auto; }
    #detach-means { height: auto; margin: 1 0; }
    DetachDialog.-low #detach-means { display: none; }
    #detach-keys { padding: 0; background: $surface; }
    """
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(c.keys), f"command('{c.id}')", c.label, show=False, priority=True) for c in DETACH_COMMANDS
    ]

    def __init__(self, copies: Copies, view: View) -> None:
        super().__init__()
        self._copies, self._view = copies, view

    def compose(self) -> ComposeResult:
        """What is asked, and the keys."""
        copy = self._view.copy
        words = f"Forget {copy_name(copy) if copy else 'your copy'} of “{self._view.title}”?"
        with Vertical(id="detach-box"):
            yield Static(Content(one_line(words)), id="detach-words")
            yield Static(Content(MEANS), id="detach-means")
            yield DialogKeys(id="detach-keys")

    def on_mount(self) -> None:
        """Name it."""
        self.query_one("#detach-box").border_title = "Detach?"
        self.query_one(KeyBar).show(DETACH_COMMANDS)

    @on(KeyBar.Pressed)
    def _key_pressed(self, message: KeyBar.Pressed) -> None:
        self.action_command(message.command)

    def action_command(self, id: str) -> None:
        """Detach, or leave it."""
        if id == "detach":
            self._copies.detach(self._view.id)
        self.dismiss(None)
