"""Signals that ask the program to end: they end what it does as Ctrl-C does, so that it clears up behind it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_NAMES = ("SIGTERM", "SIGHUP")


class Ended(BaseException):
    """A signal asks the program to end, with the exit code ``code``."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Have SIGTERM and SIGHUP raise Ended in here, as Ctrl-C raises KeyboardInterrupt."""
    before = end_by_signals()
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def end_by_signals() -> dict[int, Any]:
    """Have them raise Ended from now on; gives what they did before. One that is ignored, as after nohup, stays so."""
    before: dict[int, Any] = {}
    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) not in (signal.SIG_IGN, None):
            try:
                before[number] = signal.signal(number, _end)
            except ValueError:  # not in the main thread, where no signal arrives
                break
    return before


def _end(number: int, frame: object) -> None:
    raise Ended(128 + number)
