"""Bookmarks as JSON Lines: the objects of the JSON export, one a line. Of any number of them few are held at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from zeroline.bookmarks.model import Bookmark
from zeroline.export.formats import Options
from zeroline.export.json_ import encoded, object_of

_COMPACT = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
# Some programs take these for the end of a line; inside a string, where alone they can stand, an escape is the same.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def write(bookmarks: Iterable[Bookmark], options: Options) -> Iterator[str]:
    """A line a bookmark, in the reader's order."""
    for bookmark in bookmarks:
        yield f"{encoded(object_of(bookmark, options), _COMPACT).translate(_LINE_ENDS)}\n"
