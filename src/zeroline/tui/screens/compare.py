"""Two speakers side by side."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import Screen

from zeroline.index.reader import Index, short_name
from zeroline.tui.commands import Command
from zeroline.tui.detail_parts import Link, Says
from zeroline.tui.requests import SpeakerDetail
from zeroline.tui.theme import look_for
from zeroline.tui.widgets.bars import KeyBar
from zeroline.tui.widgets.detail import Detail

KEYS = (
    Command("other", ("tab",), "other side", "Go to the other speaker", "Comparing", 1),
    Command("follow", ("enter",), "open", "Open the statement", "Comparing", 2),
    Command("close", ("escape", "c", "q"), "close", "Back to the explorer", "Comparing", 99),
)
"""The keys of this screen."""


class Compare(Screen[Link | None]):
    """Two profiles; Enter on a statement opens it in the explorer."""

    DEFAULT_CSS = """
    Compare { background: $background; layout: vertical; }
    Compare #sides { layout: horizontal; height: 1fr; }
    Compare.-one #sides { layout: vertical; }
    Compare Detail { width: 1fr; height: 1fr; border: round $secondary 55%; border-title-color: $foreground 80%; }
    Compare Detail:focus { border: round $primary; border-title-color: $primary; }
    Compare KeyBar { background: $panel; }
    """
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-one"), (80, "-two")]  # type: ignore[misc]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "other", "Other side", show=False, priority=True),
        Binding("escape,c,q", "close", "Close", show=False),
    ]

    def __init__(self, index: Index, left: SpeakerDetail, right: SpeakerDetail) -> None:
        super().__init__()
        self.index, self.two = index, (left, right)

    def compose(self) -> ComposeResult:
        """Two panes and the keys."""
        with Container(id="sides"):
            yield Detail(id="left")
            yield Detail(id="right")
        yield KeyBar(id="compare-keys")

    def on_mount(self) -> None:
        """Fill both sides."""
        says = Says(self.index, look_for(self.app.current_theme.dark))
        for side, detail in zip(("#left", "#right"), self.two, strict=True):
            pane = self.query_one(side, Detail)
            pane.frame_title = short_name(detail.speaker)
            pane.show(tuple(says.speaker(detail)))
        self.query_one("#left").focus()
        self.query_one(KeyBar).show(KEYS)

    def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        """Do what was clicked."""
        if message.command == "follow":
            focused = self.focused
            if isinstance(focused, Detail):
                focused.action_follow()
        else:
            getattr(self, f"action_{message.command}")()

    def action_other(self) -> None:
        """To the other side."""
        self.query_one("#right" if self.query_one("#left").has_focus else "#left").focus()

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)

    def on_detail_followed(self, message: Detail.Followed) -> None:
        """Open the statement in the explorer."""
        self.dismiss(message.link)
