"""What can go wrong with a reader's copies, said for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zeroline.text.safe import one_line

if TYPE_CHECKING:
    from pathlib import Path


class SourceError(Exception):
    """A copy that cannot be read, kept or found. ``str`` is one line: what it is about, what is wrong, how to mend it.

    ``here`` is how to mend it on the screen, where ``mend`` speaks of the command line; None where it does not.
    ``asks`` is true where the command was not understood rather than the file not good.
    """

    def __init__(
        self, about: str | Path, problem: str, mend: str = "", *, here: str | None = None, asks: bool = False
    ) -> None:
        self.about, self.problem, self.mend, self.asks = str(about), problem, mend, asks
        self.here = mend if here is None else here
        super().__init__(self._line(mend))

    @property
    def on_screen(self) -> str:
        """The same line with the mend that the explorer has."""
        return self._line(self.here)

    def _line(self, mend: str) -> str:
        said = f"{self.about}: {self.problem}" if self.about else self.problem
        return one_line(f"{said}; {mend}" if mend else said)
