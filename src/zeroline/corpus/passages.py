"""A source's text and the passages in it: what locators count, and what hashes are of."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256
from itertools import chain
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING
from unicodedata import normalize

from zeroline.corpus.files import SOURCES, read_text
from zeroline.text.pairs import Pairs

if TYPE_CHECKING:
    from pathlib import Path

_PARAGRAPH = re.compile(r"[^\S\n]*\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")


class Spans(Pairs):
    """Starts and ends of paragraphs, in order, in eight bytes each: a text may have millions."""

    def __init__(self, text: str) -> None:
        self._edges = array("i", chain.from_iterable(match.span() for match in _PARAGRAPH.finditer(text)))

    def __len__(self) -> int:
        return len(self._edges) // 2

    def pair(self, at: int) -> tuple[int, int]:
        """The start and end of a paragraph."""
        return self._edges[2 * at], self._edges[2 * at + 1]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        edges = iter(self._edges)
        return zip(edges, edges, strict=True)


class SourceText:
    """A normalised text: line ends are LF, characters composed (NFC), no byte order mark.

    Offsets are 0-based code points of ``text``. Paragraphs are parted by blank lines and counted from 1.
    """

    def __init__(self, text: str) -> None:
        self.text = normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))

    @cached_property
    def paragraphs(self) -> Spans:
        """The start and end of each paragraph, end exclusive."""
        return Spans(self.text)

    @cached_property
    def flat(self) -> str:
        """The text on one line: runs of white space are one space."""
        return " ".join(self.text.split())

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph an offset stands in; of the one before it when it stands between two."""
        return bisect_right(self.paragraphs, offset, key=lambda span: span[0])

    @property
    def sha256(self) -> str:
        """The SHA-256 of the whole text, in UTF-8."""
        return digest(self.text)


def digest(passage: str) -> str:
    """The SHA-256 of a passage, in UTF-8."""
    return sha256(passage.encode()).hexdigest()


def source_file(folder: Path, name: str) -> Path:
    """The file of a source's text in a corpus's folder.

    Raises ValueError, in words for the reader, unless the name is that of a ``.txt`` file directly in the ``sources``
    folder: a corpus must not have us read anything else on the reader's disk, by a path or by a link.
    """
    if (
        name in ("", ".", "..")
        or "\0" in name
        or PurePosixPath(name).name != name
        or PureWindowsPath(name).name != name
    ):
        raise ValueError(f"“{name}” must be the plain name of a file in the {SOURCES} folder")
    if not name.endswith(".txt"):
        raise ValueError(f"“{name}” must end in .txt")
    path = folder / SOURCES / name
    home = folder.resolve() / SOURCES
    if path.resolve().parent != home:
        raise ValueError(f"“{name}” leads out of the {SOURCES} folder")
    return path


def read_source(folder: Path, name: str) -> SourceText:
    """A source's text, normalised. Raises ValueError (see :func:`source_file`), OSError and UnicodeDecodeError."""
    return SourceText(read_text(source_file(folder, name)))
