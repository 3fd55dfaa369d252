"""A bookmark file written anew: what has not changed is taken from the file as it was, to the letter."""

from __future__ import annotations

from zeroline.bookmarks.blocks import Block, Written, block_of
from zeroline.bookmarks.codec import HEADER, head, own, render_bookmark
from zeroline.bookmarks.integrity import END
from zeroline.bookmarks.model import Document


def rewrite(document: Document, old: bytes, before: Written) -> tuple[list[bytes | memoryview], Written]:
    """The bytes of the file in parts, and where in them the bookmarks stand; ``old`` is what ``before`` was read from.

    What ``before`` has of bookmarks and of snapshots is taken from there: most of a long file never changes. Raises
    :class:`BookmarkError` for text that UTF-8 cannot hold.
    """
    above, there = f"{head(document, HEADER)}\n".encode(), memoryview(old)
    parts: list[bytes | memoryview] = [above]
    at, found = len(above), {}
    tails: dict[int, Block] | None = None
    for one in document.bookmarks:
        block = before.found.get(id(one))
        if block is not None:
            moved = at - block.start
            block = Block(at, block.tail + moved, block.end + moved, block.mark)
            parts.append(there[block.start - moved : block.end - moved])
        else:
            tails = _tails(before) if tails is None else tails
            tail = None if one.extra else tails.get(id(one.snapshot))
            text = render_bookmark(one) if tail is None else f"{own(one)}\n"
            raw = text.encode().rstrip(b"\n") if tail is None else text.encode() + there[tail.tail : tail.end]
            block = block_of(at, raw, one)
            parts.append(raw)
        found[id(one)] = block
        parts.append(b"\n\n")
        at = block.end + 2
    parts.append(f"{END}\n".encode())
    return parts, Written(document, found)


def _tails(before: Written) -> dict[int, Block]:
    """Where the snapshots stand that can be copied, by their ``id()``."""
    found = ((one, before.found.get(id(one))) for one in before.document.bookmarks)
    return {id(one.snapshot): block for one, block in found if block is not None and block.tail < block.end}
