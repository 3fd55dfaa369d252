"""Bookmarks as TOML: a bookmark file of its own, which a store reads back as the same bookmarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zeroline.bookmarks import codec
from zeroline.bookmarks.integrity import END, EXPORTED, PROMISE
from zeroline.bookmarks.model import Bookmark, Document
from zeroline.export.formats import Options
from zeroline.text.dates import in_words


def write(bookmarks: Iterable[Bookmark], options: Options) -> Iterator[str]:
    """The bookmarks with all they hold, each with the citation it was saved with."""
    yield codec.head(Document(collections=options.collections, extra=options.extra), _header(options))
    for bookmark in bookmarks:
        yield "\n" + codec.render_bookmark(bookmark)
    yield f"\n{END}\n"


def _header(options: Options) -> str:
    return (
        f"{EXPORTED}{in_words(options.accessed.isoformat())}.\n"
        "# “zeroline bookmarks import” takes them into your own; so does copying its tables there.\n"
        f"{PROMISE.decode()}.\n"
    )
