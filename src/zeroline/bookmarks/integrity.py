"""Whether a bookmark file is whole: it has its last line, and nothing of a merge that was not finished stands in it."""

from __future__ import annotations

import re
from pathlib import Path

from zeroline.bookmarks.errors import BookmarkError
from zeroline.bookmarks.locate import line_at

END = "# end"
PROMISE = f'# The last line, "{END}", says that the file is whole'.encode()
"""How the line begins that promises a last line; a file without it is by hand, or of a Zeroline before this was so."""
EXPORTED = "# Zeroline bookmarks, exported "
RESTORE = "“zeroline bookmarks restore” brings a version of before back"

_FORMAT = re.compile(rb"^format = \d", re.MULTILINE)
_ENDED = re.compile(rf"^{END}[ \t]*\r?$".encode(), re.MULTILINE)
_BLANK = b" \t\r\n"
_MARKS = re.compile(r"^<{7} .*?^={7}\r?$.*?^>{7} ", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"^(?:<{7}|={7}|>{7})(?: |\r?$)", re.MULTILINE)


def is_cut_short(data: bytes, header: bytes) -> bool:
    """Whether a file of ours has lost its end. It may still be good TOML, with bookmarks missing.

    ``header`` is how a file begins. A text may hold a line like the last one of a file: it counts only where no text of
    several lines is open, and what was cut within one is no TOML.
    """
    begun = data[: 2 * len(header)].removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").rstrip(b"\r\n")
    if begun and (header.startswith(begun) or EXPORTED.encode().startswith(begun)):
        return True
    promised = data.find(PROMISE)
    if promised < 0:  # an export is cut within its first lines, or of a Zeroline before it had a last one
        return begun.startswith(EXPORTED.encode()) and not _FORMAT.search(data)
    ended = data.rstrip(_BLANK)
    last = ended[max(ended.rfind(b"\n"), promised) + 1 :]
    if last == END.encode():
        return False
    # Something was written below it by hand; or it stands in a note, and the file ends at some place after that.
    return not any(_reads(data[: one.start()]) for one in _ENDED.finditer(data, promised))


def cut_short(data: bytes, path: Path, why: str = f"its last line, “{END}”, is missing") -> BookmarkError:
    """What to say of such a file, and what to do."""
    line = data.rstrip(_BLANK).count(b"\n") + 1
    if data.removeprefix(b"\xef\xbb\xbf").startswith(EXPORTED.encode()):
        mend = "export it anew"
    else:
        mend = f"{RESTORE}; if it was you who changed the end of the file, mend it there"
    return BookmarkError(f"the file is cut short: {why}", path=path, line=line, mend=mend)


def promises(data: bytes) -> bool:
    """Whether the file says that it has a last line."""
    return PROMISE in data


def refuse_marks(text: str, path: Path, *, lone: bool = False) -> None:
    """Raises :class:`BookmarkError` where the marks of a merge stand in the file, within a note too.

    ``lone``: one of them is enough, as in a file that is no TOML.
    """
    if marks := (_MARK if lone else _MARKS).search(text):
        raise BookmarkError(
            "the file holds the marks of a merge that was not finished",
            path=path,
            line=line_at(text, marks.start()),
            mend="keep the lines you want and delete <<<<<<<, ======= and >>>>>>>",
        )


def may_hold_marks(data: bytes) -> bool:
    """Whether it is worth looking for them."""
    return b"<<<<<<< " in data and b">>>>>>> " in data


def looks_merged(text: str) -> bool:
    """Whether a text, on lines of its own in the file, would be taken for a merge that was not finished."""
    return "<<<<<<< " in text and _MARKS.search(text) is not None


def _reads(data: bytes) -> bool:
    import tomllib

    try:
        tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return True
