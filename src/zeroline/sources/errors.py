"""What can go wrong with a reader's copies, said for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zeroline.text.safe import one_line

if TYPE_CHECKING:
    from pathlib import Path


class SourceError(Exception):
    """A copy that cannot be read, kept or found. ``str`` is one line: what it is about, what is wrong, how to mend it.

    ``asks`` is true where the command was not understood rather than the file not good.
    """

    def __init__(self, about: str | Path, problem: str, mend: str = "", *, asks: bool = False) -> None:
        self.about, self.problem, self.mend, self.asks = str(about), problem, mend, asks
        said = f"{about}: {problem}" if str(about) else problem
        super().__init__(one_line(f"{said}; {mend}" if mend else said))
