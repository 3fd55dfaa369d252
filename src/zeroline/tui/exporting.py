"""What of the bookmarks can be exported, what the beginning of an export looks like, and where one may go."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from zeroline.bookmarks.collections import members, names
from zeroline.bookmarks.model import Bookmark, Collection
from zeroline.export import FORMATS, ExportError, Format, NotInstalled, Options, with_passages
from zeroline.export.write import refuse_bookmarks
from zeroline.text.safe import visible
from zeroline.text.styles import StyleError

PREVIEW_BOOKMARKS = 12
PREVIEW_LINES = 300
PREVIEW_COLUMNS = 2_000
"""How much of an export is shown before it is written, and of how long a line."""

LISTED = 2_000
"""The most names of a folder that are looked at to complete one."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Some of the bookmarks, and what to call them; ``whole`` where it is the whole file."""

    words: str
    bookmarks: tuple[Bookmark, ...]
    whole: bool = False


def scopes(
    bookmarks: Sequence[Bookmark],
    corpus: str,
    shown: Sequence[Bookmark] | None,
    collections: Sequence[Collection] = (),
) -> list[Scope]:
    """What can be exported: what a filter shows, this corpus, all, each collection in its own order, each tag.

    Those with nothing in them are left out.
    """
    every = tuple(bookmarks)
    here = tuple(one for one in every if one.corpus == corpus)
    found = [Scope("as filtered", tuple(shown))] if shown is not None else []
    if here != every:
        found.append(Scope("this corpus", here))
    found.append(Scope("all", every, whole=True))
    shelved: dict[str, list[Bookmark]] = {}
    tagged: dict[str, list[Bookmark]] = {}
    for one in every:
        for name in one.collections:
            shelved.setdefault(name, []).append(one)
        for tag in one.tags:
            tagged.setdefault(tag, []).append(one)
    found += [Scope(name, members(shelved.get(name, ()), collections, name)) for name in names(every, collections)]
    found += [Scope(f"#{tag}", tuple(ones)) for tag, ones in tagged.items()]
    return [scope for scope in found if scope.bookmarks]


def preview(format: Format, bookmarks: Iterable[Bookmark], options: Options) -> list[str]:
    """The first lines of an export, or why there can be none. A file that is not to be read as it is shows as another.

    The last line says so where there is more.
    """
    first = list(islice(bookmarks, PREVIEW_BOOKMARKS + 1))
    more = len(first) > PREVIEW_BOOKMARKS
    try:
        format.check()
        shown = FORMATS[format.alike] if format.alike else format
        options = with_passages(options, first)
        text = b"".join(shown.pieces(first[:PREVIEW_BOOKMARKS], options)).decode()
    except (NotInstalled, StyleError) as error:
        return [str(error)]
    except UnicodeEncodeError as error:
        return [f"a text holds U+{ord(error.object[error.start]):04X}, half of a character, which no file can hold"]
    lines = text.splitlines()
    more = more or len(lines) > PREVIEW_LINES
    lines = [line if len(line) <= PREVIEW_COLUMNS else f"{line[:PREVIEW_COLUMNS]}…" for line in lines[:PREVIEW_LINES]]
    return [*lines, "… and so on"] if more else lines


def losses(format: Format) -> Iterator[str]:
    """What a format cannot hold, a line each."""
    lost = format.lost()
    yield f"{format.label} ({format.what}) cannot hold:" if lost else f"{format.label} holds everything."
    yield from (f"  – {words}" for words in lost)
    if format.library:
        yield f"It is written by {format.package}, of the extra “export”."


def taken(path: Path) -> bool:
    """Whether a file is there already. Raises ExportError where none must be written: over the bookmarks, a device."""
    try:
        file = path.is_file()
        if path.exists() and not file and not path.is_dir():
            raise ExportError(f"{path} is no file; name a file")
        refuse_bookmarks(path)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        words = getattr(error, "strerror", None) or str(error)
        raise ExportError(f"{path} could not be written: {words[:1].lower()}{words[1:]}") from None
    return file


def shortened(folder: Path) -> str:
    """A folder as people write it: "~" for the reader's own."""
    try:
        within = folder.relative_to(Path.home())
    except (RuntimeError, ValueError):
        return str(folder)
    return "~" if within == Path() else f"~{os.sep}{within}"


def completed(typed: str) -> str | None:
    """What was typed with the rest of the first name in its folder that begins so; None where there is none.

    A folder's name ends in a slash. Names that a terminal might act on are never offered.
    """
    before, slash, beginning = typed.rpartition("/")
    if not beginning or (not slash and typed.startswith("~")):
        return None
    try:
        with os.scandir(Path(f"{before}{slash}" or ".").expanduser()) as entries:
            fitting = [
                f"{entry.name}/" if entry.is_dir() else entry.name
                for entry in islice(entries, LISTED)
                if entry.name.startswith(beginning) and visible(entry.name) == entry.name
            ]
    except (OSError, ValueError, RuntimeError):
        return None
    longer = [name for name in fitting if name != beginning]
    return f"{before}{slash}{min(longer)}" if longer else None
