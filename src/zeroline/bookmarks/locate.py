"""Which line of a bookmark file a message should name. Only used once something is wrong, so it may take its time."""

from __future__ import annotations

import re

HEADING = re.compile(r"^[ \t]*\[\[[ \t]*(?:bookmark|\"bookmark\"|'bookmark')[ \t]*\]\]", re.MULTILINE)


def line_at(text: str, offset: int) -> int:
    """The line, from 1, of a character."""
    return text.count("\n", 0, offset) + 1


def block_starts(text: str) -> list[int]:
    """Where each ``[[bookmark]]`` of a valid file starts; a header inside a note is none."""
    import tomllib

    starts: list[int] = []
    candidates = [match.start() for match in HEADING.finditer(text)]
    while candidates:
        start = candidates.pop(0)
        starts.append(start)
        # The block ends at the first header up to which it can be read on its own.
        while candidates:
            try:
                tomllib.loads(text[start : candidates[0]])
            except ValueError:
                candidates.pop(0)
            else:
                break
    return starts


def line_of(text: str, key: str, bookmark: int | None = None) -> int | None:
    """The line of a dotted key, in the given bookmark (from 0) or outside any; else the line of the bookmark."""
    starts = block_starts(text)
    if bookmark is None:
        start, end = 0, starts[0] if starts else len(text)
    elif bookmark < len(starts):
        start, end = starts[bookmark], [*starts, len(text)][bookmark + 1]
    else:
        return None
    names = [re.escape(part) for part in re.sub(r"\[\d+\]", "", key).split(".")]
    for name in reversed(names):
        found = re.compile(
            rf"^[ \t]*(?:\[+[^\]\n]*)?\b{name}[\"']?[ \t]*(?:=|\])|[{{,][ \t]*{name}[ \t]*=", re.MULTILINE
        )
        if match := found.search(text, start, end):
            return line_at(text, match.start())
    return line_at(text, start) if bookmark is not None else None
