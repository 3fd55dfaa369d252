"""The terminal's driver, with a shorter way for what is typed."""

from __future__ import annotations

import asyncio
from contextvars import copy_context
from typing import TYPE_CHECKING, Any

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
        def __init__(self, app: App[Any], **others: Any) -> None:
            super().__init__(app, **others)
            self._here, self._with = asyncio.get_running_loop(), copy_context()
            self._arrived = getattr(app, "arrived", app.post_message)

        def send_message(self, message: Message) -> None:
            """Give it to the app, from any thread."""
            self._here.call_soon_threadsafe(self._arrived, message, context=self._with)

    return Direct
