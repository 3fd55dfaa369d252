"""Python’s garbage collector, out of the way: it works between what the reader does, or when very much is to be done.

What was made by the start, or in a time without it, is kept out of later collections.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

MANY = 200_000
"""So many objects newly made are worth keeping out of later collections."""

SOME = 5_000
"""So many are worth a collection while the reader does nothing."""

TOO_MANY = 100_000
"""And so many while they do."""

QUIET = 0.5
"""Seconds without a key or a click after which the reader is taken to do nothing."""

_lock = Lock()
_pauses = 0
_was = False
_last = 0.0


@contextmanager
def paused() -> Iterator[None]:
    """No collection meanwhile, in any thread."""
    global _pauses, _was
    with _lock:
        if not _pauses:
            _was = gc.isenabled()
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
                if _was:
                    gc.enable()


def started() -> None:
    """What the start has made will stay."""
    if not gc.isenabled():
        gc.freeze()


def busy() -> None:
    """The reader does something."""
    global _last
    _last = time.monotonic()


def between() -> None:
    """Collect if it is time to: asked now and then. Python does it itself unless the start has turned it off."""
    made = gc.get_count()[0]
    if gc.isenabled() or _pauses or made < SOME:
        return
    if made > TOO_MANY or time.monotonic() - _last > QUIET:
        gc.collect()
