"""What of the bookmarks can be exported, and where an export may go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zeroline.bookmarks import disk
from zeroline.bookmarks.model import Bookmark
from zeroline.export import ExportError


@dataclass(frozen=True, slots=True)
class Scope:
    """Some of the bookmarks, and what to call them."""

    words: str
    bookmarks: tuple[Bookmark, ...]


def scopes(bookmarks: Sequence[Bookmark], corpus: str, shown: Sequence[Bookmark] | None) -> list[Scope]:
    """What can be exported: what a filter shows, this corpus, all, each tag; those with nothing in them left out."""
    every = tuple(bookmarks)
    here = tuple(one for one in every if one.corpus == corpus)
    found = [Scope("as filtered", tuple(shown))] if shown is not None else []
    if here != every:
        found.append(Scope("this corpus", here))
    found.append(Scope("all", every))
    for tag in dict.fromkeys(tag for one in every for tag in one.tags):
        found.append(Scope(f"#{tag}", tuple(one for one in every if tag in one.tags)))
    return [scope for scope in found if scope.bookmarks]


def taken(path: Path) -> bool:
    """Whether a file is there already. Raises ExportError where none must be written: over the bookmarks, a device."""
    try:
        file = path.is_file()
        if path.exists() and not file and not path.is_dir():
            raise ExportError(f"{path} is no file; name a file")
        if path.resolve() == disk.default_path().resolve():
            raise ExportError(f"{path} holds your bookmarks themselves; name another file")
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        words = getattr(error, "strerror", None) or str(error)
        raise ExportError(f"{path} could not be written: {words[:1].lower()}{words[1:]}") from None
    return file
