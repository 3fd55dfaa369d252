"""The list of versions of before, and what one of them would change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from rich.segment import Segment
from rich.text import Text

from zeroline.bookmarks.backups import Backup
from zeroline.bookmarks.differences import Difference
from zeroline.tui.bookmark_words import Saved, what, who
from zeroline.tui.detail_parts import Part, blank
from zeroline.tui.drawing import fit, safe_text
from zeroline.tui.theme import Ground, Look
from zeroline.tui.widgets.entry_list import EntryList
from zeroline.tui.widgets.line_widgets import columns

MOST = 200
"""So many bookmarks that would be others are shown."""

_SIGNS = {"back": "+", "gone": "−", "changed": "~"}


@dataclass(frozen=True, slots=True)
class Version:
    """A version as far as it is known: ``number`` of bookmarks (None: not counted yet), and what it would change."""

    backup: Backup
    number: int | None = None
    compared: bool = False
    words: str = ""
    changes: tuple[Difference, ...] = ()
    error: str = ""

    @property
    def counted(self) -> bool:
        """Whether its bookmarks are counted."""
        return self.number is not None


class VersionList(EntryList[Version]):
    """One line a version: when it was replaced, how many bookmarks it holds, what bringing it back would do."""

    ground: Ground = "surface"

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self._known = False

    def show(self, versions: tuple[Version, ...]) -> None:
        """Show these; the cursor stays on its version, and begins on the newest."""
        at = self.current.backup if self.current else None
        self.entries, self._known = versions, True
        self.changed()
        self.put_cursor(next((n for n, one in enumerate(versions) if one.backup == at), 0))

    def put(self, version: Version) -> None:
        """Show more of a version."""
        self.entries = tuple(
            version if one.backup == version.backup and not one.compared else one for one in self.entries
        )
        self.redraw()

    def draw_empty(self, line: int, width: int, look: Look) -> list[Segment]:
        """Why there is none."""
        words = ("No version of before yet.", "", "The first change makes one.") if self._known else ("Reading…",)
        return [Segment(fit(words[line], width), look.dim if line else look.strong)] if line < len(words) else []

    def draw(self, line: int, width: int, look: Look) -> list[Segment]:
        """When, how many, what would change."""
        one = self.entries[line]
        segments = [Segment(fit(one.backup.words(), width), look.text)]
        count = "" if one.number is None else f"  {one.number:,}"
        if columns(segments) + len(count) <= width:
            segments.append(Segment(count, look.strong))
        left = width - columns(segments) - 2
        words, style = ("cannot be read", look.error) if one.error else (one.words, look.dim)
        return [*segments, Segment("  " + fit(words, left), style)] if words and left > 8 else segments


def version_parts(version: Version | None, look: Look) -> list[Part]:
    """What bringing a version back would do, a line for each bookmark that would be another."""
    if version is None:
        return []
    if version.error:
        return [Part(safe_text(version.error, look.error))]
    if not version.compared:
        return [Part(Text("Reading…", look.dim))]
    number = f"{version.number:,} bookmark{'s' * (version.number != 1)}"
    parts = [Part(safe_text(f"{number}; {version.words}", look.strong)), blank()]
    for one in islice(version.changes, MOST):
        parts += _change(one, look)
    if len(version.changes) > MOST:
        parts.append(Part(Text(f"… and {len(version.changes) - MOST:,} more", look.dim)))
    return parts


def _change(one: Difference, look: Look) -> Iterator[Part]:
    saved = Saved(one.bookmark)
    style = {"back": look.ok, "gone": look.error, "changed": look.warning}[one.what]
    lead = Text(f"{_SIGNS[one.what]} ", style)
    words = f"{who(saved)} · {what(saved)}" if saved.item else saved.bookmark.id
    yield Part(safe_text(f"{one.what}: {words}", look.text), lead=lead)
    if one.before is None:
        if one.bookmark.note:
            yield Part(safe_text(" ".join(one.bookmark.note.split()), look.italic), indent=4, one_line=True)
        return
    for name in one.fields or ("what was saved of it",):
        yield Part(safe_text(_field(name, one), look.dim), indent=4)


def _field(name: str, one: Difference) -> str:
    if one.before is None or name not in ("note", "tags", "collections"):
        return name
    pair = []
    for bookmark in (one.before, one.bookmark):
        value = getattr(bookmark, name)
        words = " ".join(value.split()) if isinstance(value, str) else ", ".join(value)
        pair.append(f"“{fit(words, 60)}”" if words else "none")
    return f"{name}: {pair[0]} → {pair[1]}"
