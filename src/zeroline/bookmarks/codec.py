"""The bookmark file as text: TOML to bookmarks and back.

Keys that this version does not know are kept at every level. TOML has no null: what is None is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zeroline.bookmarks import blocks
from zeroline.bookmarks.blocks import Written
from zeroline.bookmarks.errors import BookmarkError
from zeroline.bookmarks.integrity import (
    END,
    RESTORE,
    cut_short,
    is_cut_short,
    looks_merged,
    may_hold_marks,
    promises,
    refuse_marks,
)
from zeroline.bookmarks.locate import line_at, line_of
from zeroline.bookmarks.model import Bookmark, Collection, Document, Key
from zeroline.bookmarks.schema import WrongShape, without_none
from zeroline.bookmarks.tables import LABELS, read_bookmark, read_collections
from zeroline.bookmarks.without_gc import uncollected

__all__ = ["FORMAT", "HEADER", "Document", "parse", "read", "render", "render_bookmark"]

FORMAT = 1
"""The format of the file that this version reads and writes."""

HEADER = """\
# Zeroline bookmarks: yours to read, edit, copy and keep. UTF-8 TOML; times are UTC.
# A bookmark needs only its two ids; note (Markdown), tags and collections are for you:
#
#     [[bookmark]]
#     corpus = "kursk-2025"
#     id = "the id of a statement or event"
#     note = "why it matters"
#     tags = ["to cite"]
#     collections = ["Chapter 2"]
#
# Their order here is the order on the screen. Keys of your own are kept; comments are not: Zeroline rewrites the
# file, and keeps versions of before in a folder beside it (zeroline bookmarks restore).
# The last line, "# end", says that the file is whole; without it the file is taken to be cut short.
"""
LONG = 200_000
"""A file of more bytes is read block by block."""

_BEGINS = HEADER.encode()
_WHERE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


def parse(data: bytes, path: Path, known: Mapping[bytes, Bookmark] | None = None) -> Document:
    """The file's bookmarks. Raises :class:`BookmarkError` with file, line, key and mend."""
    return read(data, path, known).document


def read(data: bytes, path: Path, known: Mapping[bytes, Bookmark] | None = None) -> Written:
    """The file's bookmarks, and where they stand in it. Raises :class:`BookmarkError` with file, line, key and mend.

    ``known`` are bookmarks by the mark of their block, which are not read again.
    """
    with uncollected():
        if may_hold_marks(data):
            refuse_marks(data.decode("utf-8", "replace"), path)
        if b"\0" not in data and is_cut_short(data, _BEGINS):
            raise cut_short(data, path)
        if len(data) > LONG and (quickly := _in_blocks(data, known or {})):
            return quickly
        document = _document(decode(data, path), path)
        return Written(document, blocks.matched(data, document.bookmarks))


def _document(text: str, path: Path) -> Document:
    table = _toml(text, path)

    def wrong(error: WrongShape, number: int | None = None) -> BookmarkError:
        line = line_of(text, error.key, number)
        return BookmarkError(error.problem, path=path, line=line, key=error.key, mend="mend it or delete the bookmark")

    written = table.pop("format", FORMAT)
    if type(written) is not int or written < 1:
        raise BookmarkError(
            "must be a whole number", path=path, line=line_of(text, "format"), key="format", mend=f"write {FORMAT}"
        )
    if written > FORMAT:
        raise BookmarkError(
            f"the file has format {written}, written by a newer Zeroline; this one reads format {FORMAT}",
            path=path,
            line=line_of(text, "format"),
            key="format",
            mend="update Zeroline, or point ZEROLINE_DATA at another folder",
        )
    tables = table.pop("bookmark", [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise BookmarkError(
            "must be tables", path=path, line=line_of(text, "bookmark"), key="bookmark", mend="head each [[bookmark]]"
        )
    try:
        collections = read_collections(table.pop("collection", []))
    except WrongShape as error:
        raise wrong(error) from None
    bookmarks: dict[Key, Bookmark] = {}
    for number, one in enumerate(tables):
        try:
            bookmark = read_bookmark(one)
        except WrongShape as error:
            raise wrong(error, number) from None
        if bookmark.key in bookmarks:
            problem = f"there is a bookmark on {bookmark.id} (corpus {bookmark.corpus}) already"
            first = line_of(text, "id", list(bookmarks).index(bookmark.key))
            raise BookmarkError(
                f"{problem}, on line {first}" if first else problem,
                path=path,
                line=line_of(text, "id", number),
                key="id",
                mend="delete one of the two",
            )
        bookmarks[bookmark.key] = bookmark
    return Document(tuple(bookmarks.values()), collections, table)


def _in_blocks(data: bytes, known: Mapping[bytes, Bookmark]) -> Written | None:
    """A long file, many times as fast as :func:`_toml`; None where anything is wrong, which is then said there."""
    found = blocks.read(data, known)
    if found is None:
        return None
    written = found.rest.pop("format", FORMAT)
    if type(written) is not int or written != FORMAT:
        return None
    try:
        collections = read_collections(found.rest.pop("collection", []))
    except WrongShape:
        return None
    return Written(Document(found.bookmarks, collections, found.rest), found.found)


def render(document: Document, header: str = HEADER) -> str:
    """The text of the file. Raises :class:`BookmarkError` for text that UTF-8 cannot hold."""
    parts = [head(document, header), *map(render_bookmark, document.bookmarks)]
    if promises(header.encode()):
        parts.append(f"{END}\n")
    return "\n".join(parts)


def head(document: Document, header: str) -> str:
    """All that stands above the bookmarks."""
    collections = map(_render_collection, document.collections)
    return "\n".join([f"{header}format = {FORMAT}\n{_dumps(document.extra)}", *collections])


def render_bookmark(bookmark: Bookmark) -> str:
    """One ``[[bookmark]]`` and its tables."""
    if bookmark.snapshot is None:
        return own(bookmark)
    snapshot = bookmark.snapshot
    tables = {
        "corpus_title": snapshot.corpus_title,
        "corpus_version": snapshot.corpus_version,
        "citation": snapshot.citation,
        **{name: getattr(snapshot, name) or None for name in LABELS},
        "item": snapshot.item,
        **snapshot.extra,
    }
    return own(bookmark, tables)


def own(bookmark: Bookmark, snapshot: Mapping[str, object] | None = None) -> str:
    """What the reader made of a bookmark, and its snapshot if given."""
    known: dict[str, object] = {
        "corpus": bookmark.corpus,
        "id": bookmark.id,
        "kind": bookmark.kind,
        "added": bookmark.added,
        "changed": bookmark.changed,
        "note": bookmark.note or None,
        "tags": list(bookmark.tags) or None,
        "collections": list(bookmark.collections) or None,
    }
    if snapshot is not None:
        known["snapshot"] = snapshot
    return _table("bookmark", {**known, **bookmark.extra}, f"the bookmark on {bookmark.id}")


def _render_collection(collection: Collection) -> str:
    known: dict[str, object] = {
        "name": collection.name,
        "note": collection.note or None,
        "order": list(collection.order) or None,
    }
    return _table("collection", {**known, **collection.extra}, f"the collection “{collection.name}”")


def _table(name: str, table: Mapping[str, object], what: str) -> str:
    """A ``[[name]]`` with its tables. Beside a long one tomli-w writes a short one so too, not as an inline array."""
    long = "x" * 120
    text = _dumps({name: [{"x": long}, without_none(table)]}).removeprefix(f'[[{name}]]\nx = "{long}"\n\n')
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BookmarkError(
            f"{what} holds U+{ord(text[error.start]):04X}, half of a character, which no file can hold",
            mend="leave it out (most often it is a byte that was not UTF-8)",
        ) from None
    return text


def _dumps(table: object) -> str:
    import tomli_w

    # A multi-line string would turn CR LF into LF, and a note on merges would pass for one: such text is written on one
    # line, escaped.
    return tomli_w.dumps(table, multiline_strings=not _needs_escapes(table))  # type: ignore[arg-type]


def _needs_escapes(value: object) -> bool:
    if isinstance(value, str):
        return "\r\n" in value or looks_merged(value)
    if isinstance(value, Mapping):
        return any(map(_needs_escapes, value.values()))
    return isinstance(value, list | tuple) and any(map(_needs_escapes, value))


def decode(data: bytes, path: Path) -> str:
    """The text of the file. Raises :class:`BookmarkError` where it is damaged, or not UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BookmarkError("the file is UTF-16, not UTF-8", path=path, mend="save it as UTF-8")
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise BookmarkError("the file is damaged: it holds NUL bytes", path=path, line=line, mend=RESTORE)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BookmarkError("the file is not UTF-8", path=path, line=line, mend="save it as UTF-8") from None


def _toml(text: str, path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a TOMLDecodeError, or a number of more digits than Python takes
        refuse_marks(text, path, lone=True)
        where = _WHERE.search(str(error))
        words = _WHERE.sub("", str(error)).strip()
        if isinstance(error, RecursionError):
            words = "it is nested too deep"
        line = None
        if where:
            last = line_at(text, len(text.rstrip()))
            line = int(where.group(1) or last)
            if line >= last and promises(text.encode()):  # the file stops within a text, at a line like the last one
                raise cut_short(text.encode(), path, "a text of several lines begins and never ends") from None
        raise BookmarkError(
            f"the file is not TOML: {words[0].lower()}{words[1:]}", path=path, line=line, mend="mend that line"
        ) from None
