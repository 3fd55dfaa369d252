"""Python’s garbage collector, out of the way while very many objects are made: it would stop the screen for nothing.

What was made by then is kept out of later collections.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SELDOM = 20_000
"""Objects made before those are looked through: as many as several keys make, so that most keys wait for none of it."""

MANY = 200_000
"""So many objects newly made are worth keeping out of later collections."""

_lock = Lock()
_pauses = 0


@contextmanager
def paused() -> Iterator[None]:
    """No collection meanwhile, in any thread."""
    global _pauses
    with _lock:
        _pauses += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _pauses -= 1
            if not _pauses:
                if gc.get_count()[0] > MANY:
                    gc.freeze()
                gc.enable()


def again() -> None:
    """Collect again after the start, which has turned it off; see :mod:`zeroline.tui.start`."""
    with _lock:
        if not _pauses and not gc.isenabled():
            gc.freeze()
            gc.set_threshold(SELDOM, 10, 10)
            gc.enable()
