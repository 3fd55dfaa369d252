"""What lies in a folder, for choosing a file: read off the screen's thread, narrowed by what is typed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

READABLE = (".txt", ".text", ".md", ".markdown", ".mkd", ".html", ".htm", ".xhtml", ".mhtml", ".docx", ".pdf")
"""Endings of files that are likely to be a source; any other can be attached too."""


class Entry(NamedTuple):
    """A file or a folder; ``size`` is in bytes, -1 of a folder and where it is not known."""

    name: str
    folder: bool
    size: int = -1

    @property
    def likely(self) -> bool:
        """Whether it may be a source."""
        return self.folder or self.name.lower().endswith(READABLE)


class Typed(NamedTuple):
    """A path as far as it is typed: the folder it is in, as typed and as a path, and the beginning of a name."""

    head: str
    folder: Path
    beginning: str


def typed(text: str) -> Typed:
    """What is typed, taken apart."""
    cut = max(text.rfind("/"), text.rfind(os.sep)) + 1
    head, beginning = text[:cut], text[cut:]
    if text in ("~", ".", ".."):
        head, beginning = text + "/", ""
    try:
        folder = Path(head or ".").expanduser()
    except RuntimeError:  # nobody of that name here
        folder = Path(head)
    return Typed(head, folder, beginning)


def listing(folder: Path) -> list[Entry]:
    """Folders, then files, by name. Raises OSError or ValueError for what is none that can be read."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                is_folder = entry.is_dir()
                size = -1 if is_folder else entry.stat().st_size
            except OSError:  # a link that leads nowhere
                is_folder, size = False, -1
            found.append(Entry(entry.name, is_folder, size))
    return sorted(found, key=lambda e: (not e.folder, not e.likely, e.name.casefold()))


def beginning_with(entries: Sequence[Entry], beginning: str) -> list[Entry]:
    """Those whose name begins so; hidden ones only where a dot is typed."""
    wanted = beginning.casefold()
    return [e for e in entries if e.name.casefold().startswith(wanted) and (beginning[:1] == "." or e.name[:1] != ".")]


def completed(entries: Sequence[Entry], beginning: str) -> str:
    """As much of a name as all that begin so have in common; "/" behind the only one, if it is a folder."""
    names = [e.name for e in entries if e.name.startswith(beginning)] or [e.name for e in entries]
    if not names:
        return beginning
    first, last = min(names), max(names)  # what these two share, all between them share
    common = first[: next((n for n, c in enumerate(first) if last[n : n + 1] != c), len(first))]
    only = next((e for e in entries if e.name == common), None)
    return common + "/" if len(names) == 1 and only and only.folder else common


def size_words(size: int) -> str:
    """A size as people read it: “48 kB”."""
    if size < 0:
        return ""
    for unit, many in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= many:
            return f"{size / many:,.1f} {unit}" if size < 10 * many else f"{size / many:,.0f} {unit}"
    return f"{size} B"
