"""The explorer as a Textual app: themes, the main screen, the palette. Wiring only."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType

from zeroline.tui import collector
from zeroline.tui.commands import waits_for
from zeroline.tui.driver import direct
from zeroline.tui.engine import Engine
from zeroline.tui.screens.explorer import Explorer
from zeroline.tui.theme import DARK, LIGHT, THEMES
from zeroline.tui.widgets.search import Search

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.message import Message
    from textual.timer import Timer

    from zeroline.tui.screens.palette import PaletteScreen


GRACE = 3.0
"""Seconds it may take to end in good order once it has been told to."""

RESIZED = 0.1
"""Seconds without another size after which everything is painted anew."""

SETTLING = 1.0
"""Seconds a key waits at most for what it is for."""

LEAVING = 0.5
"""Seconds after which the keys behind another are taken as they are, whatever has become of that one."""


class ZerolineApp(App[None]):
    """Explores the corpus of one engine."""

    TITLE = "Zeroline"
    CSS_PATH = Path(__file__).parent / "styles" / "explorer.tcss"
    ENABLE_COMMAND_PALETTE = False  # Textual's may still list other commands when Enter comes
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+p", "palette", "Palette", show=False, priority=True)]

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine
        self.explorer = Explorer(engine)
        self._early: list[events.Key] = []
        self._behind: list[events.Key | events.Paste] | None = None
        self._patience: asyncio.TimerHandle | None = None
        self._palette: PaletteScreen | None = None
        self._at_work = 0  # on events
        self._sized = False
        self._quiet: Timer | None = None  # while the terminal is given other sizes
        self._colourless: dict[bool, LineFilter] = {}
        self._handlers: dict[int, Any] = {}
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

    def arrived(self, message: Message) -> None:
        """What the terminal has sent: a letter of a search is typed at once where nothing is before it."""
        free = not (self.message_queue_size or self._at_work or self._early) and self._behind is None
        if isinstance(message, events.Key) and free and self.explorer.ready:
            collector.busy()
            try:
                if self._typed_at_once(message):
                    return
            except Exception as error:  # noqa: BLE001 - raised where Textual looks out for it
                self.call_later(_raise, error)
                return
        self.post_message(message)

    def _typed_at_once(self, key: events.Key) -> bool:
        focused = self.focused
        return isinstance(focused, Search) and self.app_focus and focused.take(key)

    def on_resize(self) -> None:
        """Paint everything once the terminal has its size, whatever has been painted for it.

        A terminal that gets smaller and right away as large as before has lost what it showed, and for Textual nothing
        has changed; a frame for the size before may also still be on its way to it.
        """
        if self._quiet is not None:
            self._quiet.stop()
        if self._sized:
            self._quiet = self.set_timer(RESIZED, self._paint_all)
        self._sized = True

    def _paint_all(self) -> None:
        for screen in self.screen_stack[-1:]:  # none where the program is just ending
            screen.refresh()

    async def on_event(self, event: events.Event) -> None:
        """Keys wait, in order, for what they are for; letters of a search are typed at once."""
        self._at_work += 1
        try:
            await self._take_event(event)
        finally:
            self._at_work -= 1

    async def _take_event(self, event: events.Event) -> None:
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
            if self._typed_at_once(event):
                return
            focused = self.focused
            if not (self.screen is self.explorer or isinstance(focused, Search)) or focused is None:
                await super().on_event(event)
            elif not focused.check_consume_key(event.key, event.character):
                if self.screen is self.explorer and focused is not self.explorer.search:
                    await self._settled(event)
                await self._there_and_back(event)
            else:
                await super().on_event(event)  # a field takes it: it does not come back

    async def _settled(self, event: events.Key) -> None:
        """Wait until there is what a key is for: typed ahead, it is not for what was shown before."""
        wanted, loop = waits_for(event.key), asyncio.get_running_loop()
        end = loop.time() + SETTLING
        while wanted and not self.explorer.settled(wanted == "item") and loop.time() < end:
            await asyncio.sleep(0.002)

    async def _waits(self, event: events.Key) -> bool:
        """Whether a key has to wait: before there is anything to use it on, and behind one not yet done."""
        if not self.explorer.ready:
            self._early.append(event)
            return True
        await self._use_early_keys()
        if self._behind is None:
            return False
        self._behind.append(event)
        return True

    async def _there_and_back(self, event: events.Key) -> None:
        """A key comes to where the focus is, and then back here, where what it is bound to is done.

        The keys behind it are for what it leads to: “/” for a field to type in, Enter for the list.
        """
        self._behind = []
        self._patience = asyncio.get_running_loop().call_later(LEAVING, self.call_later, self._left)
        await super().on_event(event)
        if not event.is_forwarded:  # it was done at once
            await self._left()

    async def _left(self) -> None:
        """The keys that came behind one that is done now."""
        if self._palette is not None and self._palette.left:
            return
        if self._patience is not None:
            self._patience.cancel()
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
            with suppress(AttributeError, ValueError):  # not everywhere, not outside the main thread
                number = getattr(signal, name)
                self._handlers[number] = signal.signal(number, lambda *_: self._told_to_end(loop))
        self.call_after_refresh(self._use_early_keys)

    def _told_to_end(self, loop: asyncio.AbstractEventLoop) -> None:
        """Whoever runs the terminal ends it; where that is gone, what waits for it must not keep the program alive."""
        with suppress(RuntimeError):  # it has just ended
            loop.call_soon_threadsafe(self.end)
        last = threading.Timer(GRACE, self._end_all_the_same)
        last.daemon = True
        last.start()

    def _end_all_the_same(self) -> None:
        """The screen waits for a terminal that takes nothing: what is being written is finished, and that is all."""
        try:
            self._keep_unsaved()
            self._finish()
        finally:
            os._exit(1)

    def _finish(self) -> None:
        """Let what was begun be finished."""
        self.engine.stop()
        if self.explorer.keeper:
            self.explorer.keeper.stop()
        if self.explorer.copies:
            self.explorer.copies.stop()

    def end(self) -> None:
        """Whoever runs the terminal ends it: what was being written is kept, the terminal is left as it was."""
        self._keep_unsaved()
        self.call_later(self.exit)

    def _keep_unsaved(self) -> None:
        for screen in reversed(self.screen_stack):
            keep = getattr(screen, "keep_unsaved", None)
            if keep is not None:
                keep()

    async def _use_early_keys(self) -> None:
        early, self._early = self._early, []
        for event in early:
            await self.on_event(event)

    def get_default_screen(self) -> Explorer:
        """The explorer's own screen."""
        return self.explorer

    async def action_palette(self) -> None:
        """Open the palette of what the screen in front offers, in time for what is typed behind the key for it."""
        from zeroline.tui.palette import palette_of
        from zeroline.tui.screens.palette import PaletteScreen

        def chosen(run: Callable[[], object] | None) -> None:
            if run is not None:
                self.call_later(run)
            self.call_later(self._palette_left)

        if isinstance(self.screen, PaletteScreen):
            self.screen.action_close()
        elif (palette := palette_of(self.screen)) is not None:
            self._palette = PaletteScreen(palette)
            await self.push_screen(self._palette, chosen)

    async def _palette_left(self) -> None:
        """What was chosen is done: the keys behind it are for what it led to."""
        self._palette = None
        await self._left()

    def action_help_quit(self) -> None:
        """Ctrl-C, which is for other things on many a terminal, says how to quit."""
        if self.screen is self.explorer:
            self.explorer.say("q quits")
        else:
            super().action_help_quit()

    async def action_quit(self) -> None:
        """Quit, unless a note is being written: then the first press only asks."""
        holding = (getattr(screen, "holds_unsaved", None) for screen in reversed(self.screen_stack))
        if not any(holds() for holds in holding if holds is not None):
            self.exit()

    def on_unmount(self) -> None:
        """Let what was begun be finished."""
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._finish()


def _raise(error: Exception) -> None:
    raise error
