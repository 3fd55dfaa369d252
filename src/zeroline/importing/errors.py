"""What can go wrong with an import as a whole, and with one row."""

from __future__ import annotations


class ImportFault(Exception):
    """An import that cannot be done, or not go on; ``str`` is for people. Nothing is left behind.

    ``asks``: the reader must say something first (which column is which, the order of day and month). ``mends``: lines
    that say how to go on, below the message.
    """

    def __init__(self, message: str, *, asks: bool = False, mends: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.asks = asks
        self.mends = mends


class BadRow(Exception):
    """Why one row cannot become a statement, in words. It never ends an import by itself."""


class NoDate(ValueError):
    """Why a text is no date, in words."""
