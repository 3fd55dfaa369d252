"""What is said when a corpus cannot be opened: every problem, and how to go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from zeroline.tui.detail_parts import Part
from zeroline.tui.drawing import safe_text
from zeroline.tui.theme import look_for
from zeroline.tui.widgets.detail import Detail


class Trouble(Screen[None]):
    """One line a problem; ``r`` tries again once they are mended."""

    DEFAULT_CSS = """
    Trouble { background: $background; }
    Trouble Detail { height: 1fr; border: round $error; padding: 1 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,ctrl+r", "retry", "Try again", show=False),
        Binding("q,escape,ctrl+q", "app.quit", "Quit", show=False),
    ]

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self.lines = lines

    def compose(self) -> ComposeResult:
        """One pane."""
        yield Detail(id="trouble")

    def on_mount(self) -> None:
        """Say it."""
        look = look_for(self.app.current_theme.dark)
        count = len(self.lines)
        title = "This corpus cannot be opened" + (f": {count} problems" if count > 1 else "")
        parts = [Part(Text(title, look.error)), Part(Text(""))]
        parts += [Part(safe_text(f"• {line}", look.text)) for line in self.lines]
        parts += [Part(Text("")), Part(Text("Mend it, then press r to try again. q quits.", look.dim))]
        pane = self.query_one(Detail)
        pane.show(parts)
        pane.focus()

    def action_retry(self) -> None:
        """Compile again."""
        from zeroline.tui.app import ZerolineApp

        if isinstance(self.app, ZerolineApp):
            self.app.engine.reload()
        self.dismiss()
