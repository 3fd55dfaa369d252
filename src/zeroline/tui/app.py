"""The explorer as a Textual app: themes, the main screen, the palette. Wiring only."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import App

from zeroline.tui import collector
from zeroline.tui.driver import direct
from zeroline.tui.engine import Engine
from zeroline.tui.look import DARK, LIGHT, THEMES
from zeroline.tui.screens.explorer import Explorer
from zeroline.tui.widgets.search import Search

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.timer import Timer


LEAVING = 0.5
"""Seconds after which the keys behind another are taken as they are, whatever has become of that one."""


class ZerolineApp(App[None]):
    """Explores the corpus of one engine."""

    TITLE = "Zeroline"
    CSS_PATH = Path(__file__).parent / "styles" / "explorer.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS = {lambda: _palette()}  # noqa: RUF012 - declared so by Textual

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine
        self.explorer = Explorer(engine)
        self._early: list[events.Key] = []
        self._behind: list[events.Key | events.Paste] | None = None
        self._patience: Timer | None = None
        self._colourless: dict[bool, LineFilter] = {}
        for theme in THEMES:
            self.register_theme(theme)
        wanted = LIGHT if os.environ.get("ZEROLINE_THEME", "dark").lower() == "light" else DARK
        # Nothing is styled yet; the watcher of `theme` would have every style parsed and applied a second time.
        self.set_reactive(App.theme, wanted)
        self.add_class("-dark-mode" if wanted == DARK else "-light-mode")
        self.stylesheet.set_variables(self.get_css_variables())

    def get_driver_class(self) -> type[Driver]:
        """The driver of this platform, quicker by a little."""
        return direct(super().get_driver_class())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line that is drawn passes through: without colours where the reader wants none."""
        if not self.no_color:
            return super().get_line_filters()
        from zeroline.tui.colourless import Colourless

        dark = self.theme != LIGHT
        if dark not in self._colourless:
            self._colourless[dark] = Colourless(dark)
        return (self._colourless[dark],)

    async def on_event(self, event: events.Event) -> None:
        """Keys wait, in order, for what they are for; letters of a search are typed at once."""
        if isinstance(event, events.InputEvent):
            collector.busy()
        if isinstance(event, events.Paste) and not event.is_forwarded and self._behind is not None:
            self._behind.append(event)
        elif not isinstance(event, events.Key):
            await super().on_event(event)
        elif event.is_forwarded:
            await super().on_event(event)
            await self._left()
        elif not await self._waits(event):
            focused = self.focused
            if not (isinstance(focused, Search) and self.app_focus):
                await super().on_event(event)
            elif not focused.take(event):
                await self._long_way(event)

    async def _waits(self, event: events.Key) -> bool:
        """Whether a key has to wait: before there is anything to use it on, and behind one not yet done."""
        if not self.explorer.ready:
            self._early.append(event)
            return True
        while self._early:
            await super().on_event(self._early.pop(0))
        if self._behind is None:
            return False
        self._behind.append(event)
        return True

    async def _long_way(self, event: events.Key) -> None:
        """A key for the search that is no letter comes to its field, and then back here to be done.

        The keys behind it are for what it leads to: Enter leaves the field.
        """
        if not event.is_printable:
            self._behind = []
            self._patience = self.set_timer(LEAVING, self._left)
        await super().on_event(event)
        if not event.is_forwarded:  # it was done at once
            await self._left()

    async def _left(self) -> None:
        """The keys that came behind one that is done now."""
        if self._patience is not None:
            self._patience.stop()
            self._patience = None
        behind, self._behind = self._behind or [], None
        for event in behind:
            await self.on_event(event)

    def on_mount(self) -> None:
        """Python’s collector works between keys; see :mod:`zeroline.tui.start`."""
        self.call_after_refresh(collector.started)
        self.set_interval(1.0, collector.between)
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            with suppress(
                NotImplementedError, AttributeError, ValueError, RuntimeError
            ):  # not everywhere, not in tests
                loop.add_signal_handler(getattr(signal, name), self.end)
        self.call_after_refresh(self._use_early_keys)

    def end(self) -> None:
        """Whoever runs the terminal ends it: what was being written is kept, the terminal is left as it was."""
        keep = getattr(self.screen, "keep_unsaved", None)
        if keep is not None:
            keep()
        self.call_later(self.exit)

    async def _use_early_keys(self) -> None:
        while self._early:
            await super().on_event(self._early.pop(0))

    def get_default_screen(self) -> Explorer:
        """The explorer's own screen."""
        return self.explorer

    async def action_quit(self) -> None:
        """Quit, unless a note is being written: then the first press only asks."""
        holds = getattr(self.screen, "holds_unsaved", None)
        if holds is None or not holds():
            self.exit()

    def on_unmount(self) -> None:
        """Let what was begun be finished."""
        self.engine.stop()
        if self.explorer.keeper:
            self.explorer.keeper.stop()
        if self.explorer.copies:
            self.explorer.copies.stop()


def _palette() -> type[Provider]:
    """The palette is imported when it is first opened."""
    from zeroline.tui.palette import Palette

    return Palette
