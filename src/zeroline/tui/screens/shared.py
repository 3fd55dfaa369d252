"""What several screens do alike, a mixin each; last among a screen's bases: Textual takes its CSS from the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from zeroline.tui.messages import BookmarksChanged
from zeroline.tui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from zeroline.tui.bookmark_worker import Keeper, Kept


class HearsBookmarks(Widget):
    """Hears of every change of the bookmarks, as a message in its own thread, for as long as it is mounted."""

    _heard: Keeper | None = None

    def hear(self, keeper: Keeper) -> None:
        """Hear of its changes from now on."""
        self._heard = keeper
        keeper.listen(self._deliver_bookmarks)

    def on_unmount(self) -> None:
        """Hear no more."""
        if self._heard is not None:
            self._heard.leave(self._deliver_bookmarks)

    def _deliver_bookmarks(self, kept: Kept) -> None:
        self.post_message(BookmarksChanged(kept))


class DoesCommands(Widget):
    """Does a command, ``do_x`` being what command x does: by its key, or pressed in the bar of keys."""

    def action_command(self, id: str) -> None:
        """Do a command by its id."""
        getattr(self, f"do_{id}")()

    @on(KeyBar.Pressed)
    def _key_pressed(self, message: KeyBar.Pressed) -> None:
        self.action_command(message.command)
