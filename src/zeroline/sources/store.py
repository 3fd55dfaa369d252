"""Attaching and detaching: which copy stands for which source of which corpus."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from zeroline.bookmarks import files
from zeroline.corpus.passages import SourceText, digest
from zeroline.sources import disk
from zeroline.sources.errors import SourceError
from zeroline.sources.model import Copy

if TYPE_CHECKING:
    from zeroline.sources.reading import Read


class Kept(NamedTuple):
    """A copy that is now attached, and the one it took the place of."""

    copy: Copy
    replaced: Copy | None


def now() -> str:
    """This moment in UTC, to the second, in ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def copies(corpus: str | None = None) -> list[Copy]:
    """Every copy attached, or those of one corpus, in the order attached. Raises SourceError."""
    found = disk.read_table(disk.REGISTER, "copy", Copy)
    return [copy for copy in found if corpus in (None, copy.corpus)]


def attach(corpus: str, source: str, read: Read) -> Kept:
    """Keep a text as the reader's copy of a source, in the place of one that was attached before. Raises SourceError.

    The text is on the disk before the register names it.
    """
    text = SourceText(read.text)
    copy = Copy(
        corpus, source, text.sha256, len(text.text), len(text.paragraphs), read.kind, read.name, read.url, now()
    )
    with disk.writing():
        before = copies()
        replaced = next((c for c in before if (c.corpus, c.source) == (corpus, source)), None)
        try:
            disk.keep_text(text.sha256, text.text)
            after = [c for c in before if c is not replaced] + [copy]
            disk.write_table(disk.REGISTER, "copy", after)
        except OSError as error:
            raise disk.not_written(disk.home(), error) from None
        _sweep(before, after)
    return Kept(copy, replaced)


def detach(corpus: str, source: str) -> Copy:
    """Forget the copy of a source; its text goes where nothing else uses it. Raises SourceError where there is none."""
    with disk.writing():
        before = copies()
        gone = next((c for c in before if (c.corpus, c.source) == (corpus, source)), None)
        if gone is None:
            raise SourceError(
                source, f"no copy of this source of “{corpus}” is attached", "“zeroline sources” says what is", here=""
            )
        after = [c for c in before if c is not gone]
        try:
            disk.write_table(disk.REGISTER, "copy", after)
        except OSError as error:
            raise disk.not_written(disk.home(), error) from None
        _sweep(before, after)
    return gone


def text_of(copy: Copy) -> SourceText:
    """The text of a copy. Raises SourceError where it is gone or is not what was attached."""
    path, mend = disk.text_path(copy.sha256), "attach it again"
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise SourceError(path, f"the copy of “{copy.source}” is gone", mend) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(path, f"the copy of “{copy.source}” cannot be read ({error})", mend) from None
    if digest(text) != copy.sha256:
        raise SourceError(path, f"the copy of “{copy.source}” is not what was attached: it has been changed", mend)
    return SourceText(text)


def _sweep(before: list[Copy], after: list[Copy]) -> None:
    """Remove the texts that nothing names any more; one that cannot be removed does no harm."""
    for gone in {c.sha256 for c in before} - {c.sha256 for c in after}:
        files.discard(disk.text_path(gone))
