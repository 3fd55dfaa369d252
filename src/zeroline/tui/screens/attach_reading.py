"""What the dialog that attaches a copy gives to be read: a text pasted, a page at an address, a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import NamedTuple, TypeVar

from zeroline.sources.errors import SourceError
from zeroline.sources.reading import FORMATS, Format, Read, read_bytes, read_file

T = TypeVar("T")

FOUND_OUT = "found out"
KINDS = (FOUND_OUT, "text", "Markdown", "HTML", "DOCX", "PDF")
"""What may be said of a copy, in the order of :data:`zeroline.sources.reading.FORMATS`."""


class Wish(NamedTuple):
    """How something is to be read, where the reader says so: as which format, in which encoding.

    ``left`` is set when the reader has left the dialog: what is read then is given up.
    """

    form: Format | None
    encoding: str | None
    left: Event

    def pasted(self, text: str) -> Callable[[], Read]:
        """What reads a text that was pasted, in the copies' thread."""
        data = text.encode("utf-8", "surrogatepass")
        return lambda: read_bytes(data, "pasted text", self.form or "text", "utf-8", apart=True)

    def at_address(self, address: str, come: Callable[[int], object]) -> Callable[[], Read]:
        """What fetches a page; ``come`` is told how many bytes have come."""

        def read() -> Read:
            from zeroline.sources.fetch import fetch

            def tell(done: int) -> None:
                self._unless_left(None)
                come(done)

            return self._unless_left(fetch(address, self.form, tell, self.encoding))

        return read

    def file(self, path: Path) -> Callable[[], Read]:
        """What reads a file."""
        return lambda: self._unless_left(read_file(path, self.form, self.encoding))

    def _unless_left(self, read: T) -> T:
        if self.left.is_set():
            raise SourceError("", "given up: nothing was attached")
        return read


def form_of(kind: int) -> Format | None:
    """The format chosen, by its place among :data:`KINDS`; None to find it out."""
    return FORMATS[kind - 1] if kind else None
