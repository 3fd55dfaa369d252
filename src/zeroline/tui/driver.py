"""The terminal's driver, with a shorter way for what is typed."""

from __future__ import annotations

import asyncio
import threading
from contextvars import copy_context
from typing import TYPE_CHECKING, Any

from zeroline.tui.escape_key import EscapeFilter

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver
    from textual.message import Message


def direct(kind: type[Driver]) -> type[Driver]:
    """The same driver, but that what its thread reads is given to the app at once, not by a task of its own.

    Between a key and its rows that is a round of the event loop less; and another, since the app has a method
    ``arrived`` for it, which need not put it into its queue.
    """

    class Direct(kind):  # type: ignore[valid-type, misc]  # whatever kind the platform has
        _reader: int | None = None  # the thread that reads keys
        _filtered = _terminal = -1

        def __init__(self, app: App[Any], **others: Any) -> None:
            super().__init__(app, **others)
            self._here, self._with = asyncio.get_running_loop(), copy_context()
            self._arrived = getattr(app, "arrived", app.post_message)

        @property
        def fileno(self) -> int:
            """What is read from; for the thread that reads keys that is the filter of Esc."""
            return self._filtered if threading.get_ident() == self._reader else self._terminal

        @fileno.setter
        def fileno(self, fileno: int) -> None:
            self._terminal = fileno

        def run_input_thread(self) -> None:
            """Read keys, Esc told apart."""
            escape = EscapeFilter(self._terminal)
            self._filtered, self._reader = escape.reads, threading.get_ident()
            try:
                super().run_input_thread()
            finally:
                self._reader = None
                escape.close()

        def send_message(self, message: Message) -> None:
            """Give it to the app, from any thread."""
            self._here.call_soon_threadsafe(self._arrived, message, context=self._with)

    return Direct
