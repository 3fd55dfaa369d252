"""Plain text that was quoted in a mail: each of its lines begins with “>”.

The marks are the mail's and not the author's. Where passages are looked for they count as white space, and in a
reader's copy they are taken away before it is kept, unless it is, with them, the very text that was coded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zeroline.corpus.passages import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zeroline.sources.passages_sought import Wanted
    from zeroline.sources.reading import Read

NOTE = "the marks of a mail (“>” at the beginning of lines) are left out"

_MARKS = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.MULTILINE)
_SEVERAL = re.compile(r"^[ \t]{0,3}>[^\n]*\n[ \t]{0,3}>", re.MULTILINE)


def is_quoted(text: str) -> bool:
    """Whether two lines in a row begin with such a mark: one alone may be a sign of the text's own."""
    return (text.startswith(">") or "\n>" in text or "\n " in text) and _SEVERAL.search(text) is not None


def blanked(text: str) -> str:
    """The text with white space for the marks, each character in its place."""
    return _MARKS.sub(lambda found: " " * len(found[0]), text) if is_quoted(text) else text


def without_marks(read: Read, sources: Iterable[Wanted]) -> Read:
    """A copy without the marks, and a note that says so; unless one of the sources has just this text."""
    if read.kind != "text" or not is_quoted(read.text):
        return read
    if SourceText(read.text).sha256 in {wanted.sha256 for wanted in sources}:
        return read
    return read._replace(text=_MARKS.sub("", read.text), notes=(*read.notes, NOTE))
