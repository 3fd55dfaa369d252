"""A bookmark file, cut at its ``[[bookmark]]`` headings: read block by block, and written back as it stood.

A heading may also stand in a text of several lines. What ends within such a text is no TOML, so a wrong cut never goes
unseen: the block then ends at a later one.

A block that was read once is known by a mark (a hash of its bytes), and so is what it says: of a long file that
somebody else has changed only what they changed is read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

from zeroline.bookmarks.model import Bookmark, Document, Key
from zeroline.bookmarks.schema import WrongShape
from zeroline.bookmarks.tables import read_bookmark

_HEADING = b"\n[[bookmark]]"
_TAIL = b"\n[bookmark.snapshot]"
_END = b"\n# end"
_LATER = ("{", "\\e", "\\x")


WITHIN = 50
"""So many headings may stand within the texts of a bookmark."""


class Block(NamedTuple):
    """Where a bookmark stands in a file, as offsets of bytes: what the reader made of it, and from ``tail`` on its
    snapshot. ``tail`` is ``end`` where the two cannot be told apart."""

    start: int
    tail: int
    end: int
    mark: bytes


class Blocks(NamedTuple):
    """What a file holds: its bookmarks, everything else in it, and by the bookmark's ``id()`` where each stands, as far
    as that is sure. Comments after a bookmark belong to it."""

    bookmarks: tuple[Bookmark, ...]
    rest: dict[str, Any]
    found: dict[int, Block]


class Written(NamedTuple):
    """What a file holds, and where in it each bookmark stands, by its ``id()``."""

    document: Document
    found: dict[int, Block]

    def known(self) -> dict[bytes, Bookmark]:
        """The bookmarks by the marks of their blocks: what need not be read again in another version of the file."""
        return {self.found[id(one)].mark: one for one in self.document.bookmarks if id(one) in self.found}


def read(data: bytes, known: Mapping[bytes, Bookmark]) -> Blocks | None:
    """A file in UTF-8, block by block; None where anything in it is not as it should be.

    ``known`` are bookmarks by the mark of their block, which need not be read again.
    """
    rest: dict[str, Any] = {}
    bookmarks: dict[Key, Bookmark] = {}
    found: dict[int, Block] = {}
    cuts = list(_cuts(data))
    number = 0
    try:
        while number < len(cuts) - 1:
            start, last = cuts[number], number
            raw = _trimmed(data, start, cuts[number + 1])
            mark = _mark(raw)
            number += 1
            one = known.get(mark)
            if one is None:
                raw, table, number = _table(data, cuts, last)
                tables = table.pop("bookmark", [])
                if rest.keys() & table.keys() or (tables and not last):
                    return None
                rest |= table
                if len(tables) != 1 or table:  # more than one, or other things: written anew one by one
                    for each in map(read_bookmark, tables):
                        if bookmarks.setdefault(each.key, each) is not each:
                            return None
                    continue
                one, mark = read_bookmark(tables[0]), _mark(raw)
            if bookmarks.setdefault(one.key, one) is not one or id(one) in found:
                return None
            found[id(one)] = _block(start, raw, one, mark)
    except (WrongShape, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None  # what it is, and where, is said by whoever reads the whole file
    return Blocks(tuple(bookmarks.values()), rest, found)


def _table(data: bytes, cuts: list[int], at: int) -> tuple[bytes, dict[str, Any], int]:
    """The block that begins at a cut, what is in it, and the cut where it ends: the first up to which it is TOML, since
    a heading may stand in a text of several lines. Raises ValueError."""
    import tomllib

    import rtoml

    for end in range(at + 1, min(at + 1 + WITHIN, len(cuts))):
        raw = _trimmed(data, cuts[at], cuts[end])
        try:
            text = raw.decode("utf-8" if at else "utf-8-sig").replace("\r\n", "\n")
            # What may be of TOML 1.1, which a short file may not have either, is read by Python's own.
            loads = tomllib.loads if any(sign in text for sign in _LATER) else rtoml.loads
            return raw, loads(text), end
        except ValueError:
            if end + 1 == min(at + 1 + WITHIN, len(cuts)):
                raise
    raise ValueError


def matched(data: bytes, bookmarks: tuple[Bookmark, ...]) -> dict[int, Block]:
    """Where the bookmarks of a file that was read as a whole stand in it: those that their block alone gives, too."""
    apart = read(data, {})
    if apart is None or len(apart.bookmarks) != len(bookmarks):
        return {}
    pairs = zip(apart.bookmarks, bookmarks, strict=True)
    return {id(one): apart.found[id(other)] for other, one in pairs if id(other) in apart.found and other == one}


def block_of(start: int, raw: bytes, bookmark: Bookmark) -> Block:
    """The block of a bookmark that was just written as ``raw``, without the line end at its end."""
    return _block(start, raw, bookmark, _mark(raw))


def _block(start: int, raw: bytes, bookmark: Bookmark, mark: bytes) -> Block:
    tail = len(raw)
    # Only where nothing of the reader's own stands below it, and it stands below no text of several lines.
    if bookmark.snapshot and not bookmark.extra and b'"""' not in raw and b"'''" not in raw:
        at = raw.find(_TAIL)
        if at >= 0 and raw.find(b"\n[") == at:
            tail = at + 1
    return Block(start, start + tail, start + len(raw), mark)


def _cuts(data: bytes) -> Iterator[int]:
    """Where the head of the file and each block begin, and where the last ends."""
    yield 0
    at = -1 if data.startswith(_HEADING[1:]) else data.find(_HEADING)
    if at >= 0 or data.startswith(_HEADING[1:]):
        yield at + 1
        while (at := data.find(_HEADING, at + 1)) >= 0:
            yield at + 1
    yield len(data)


def _trimmed(data: bytes, start: int, end: int) -> bytes:
    """A block without the white space and the end of the file after it."""
    raw = data[start:end].rstrip(b" \t\r\n")
    return raw[: -len(_END)].rstrip(b" \t\r\n") if raw.endswith(_END) else raw


def _mark(raw: bytes) -> bytes:
    return blake2b(raw, digest_size=16).digest()
