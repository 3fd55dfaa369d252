"""A long bookmark file, taken apart at its ``[[bookmark]]`` headings: read piece by piece, and written as it stood.

A heading may also stand in a text of several lines. A piece that ends within such a text is no TOML, so a wrong cut
never goes unseen: whoever sees one reads the file as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from zeroline.bookmarks.locate import HEADING
from zeroline.bookmarks.model import Bookmark

PIECE = 100
"""Bookmarks read at once: some hundredths of a second, after which other threads have their turn."""

_FOREIGN = re.compile(r"^[ \t]*\[(?!\[?[ \t]*bookmark[ \t]*[.\]])", re.MULTILINE)
_END = re.compile(r"^# end[ \t]*\r?(?:\n|\Z)", re.MULTILINE)


def pieces(text: str, loads: Callable[[str], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The tables of the pieces, one after another, as ``loads`` gives them; raises what it raises."""
    starts = [match.start() for match in HEADING.finditer(text)]
    for start, end in pairwise([0, *starts[::PIECE], len(text)]):
        yield loads(text[start:end])


def texts(text: str, bookmarks: Sequence[Bookmark]) -> Iterator[tuple[Bookmark, str]]:
    """The text of each bookmark as it stands in the file, where it can be told apart for sure.

    What is not given has to be written anew. Keys, tables and comments of other things are never in it.
    """
    starts = [match.start() for match in HEADING.finditer(text)]
    if len(starts) != len(bookmarks):
        return
    for bookmark, (start, end) in zip(bookmarks, pairwise([*starts, len(text)]), strict=True):
        block = _END.sub("", text[start:end]).rstrip() + "\n"
        if f'"{bookmark.id}"' in block and f'"{bookmark.corpus}"' in block and not _FOREIGN.search(block, 1):
            yield bookmark, block
