"""Versions of before, in a folder beside the bookmark file: dated, thinned out with age, and never in the way.

The version that a change replaces is kept under the time of that change. Where the disk can, it is a hard link:
nothing is copied, and whatever an editor wrote into the file up to that moment is in it.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from zeroline.bookmarks import files

NEWEST = 10
"""So many versions are kept, whatever their age."""
HOURS, DAYS, MONTHS = 24, 30, 12
"""Of older ones: the last of each hour for a day, of each day for a month, of each month for a year."""
BYTES = 500_000_000
"""All of them take no more room than this, but for the newest three."""
SURE = 3

_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6})\.(\d{6})Z\.toml")
_HEADER = re.compile(rb"^[ \t]*\[\[[ \t]*bookmark[ \t]*\]\]", re.MULTILINE)
_PRIVATE = 0o600


@dataclass(frozen=True)
class Backup:
    """A version of before. ``when`` (aware, UTC) is the moment at which it was replaced."""

    path: Path
    when: datetime
    size: int

    def words(self) -> str:
        """When it was replaced, on the reader's clock: "2025-03-01 10:00:00"."""
        return f"{self.when.astimezone():%Y-%m-%d %H:%M:%S}"

    def count(self) -> int:
        """How many bookmarks are in it, as headings; it need not be readable for that."""
        with contextlib.suppress(OSError):
            return len(_HEADER.findall(self.path.read_bytes()))
        return 0


def folder(target: Path) -> Path:
    """Where the versions of a bookmark file are kept."""
    return target.with_name(f"{target.name}.backups")


def listed(target: Path) -> list[Backup]:
    """All versions, the newest first. Files of other names in the folder are somebody else's."""
    found = []
    with contextlib.suppress(OSError):
        for path in folder(target).iterdir():
            if match := _NAME.fullmatch(path.name):
                when = datetime.strptime(f"{match[1]}.{match[2]}", "%Y-%m-%dT%H%M%S.%f").replace(tzinfo=UTC)
                found.append(Backup(path, when, path.stat().st_size))
    return sorted(found, key=lambda one: one.when, reverse=True)


def keep(target: Path, old: bytes, now: datetime) -> Path | None:
    """Keep the file as it is, under this time; None where it is kept already. Raises OSError, having kept nothing.

    ``old`` is what to write where the disk knows no hard links.
    """
    place = folder(target)
    place.mkdir(mode=0o700, exist_ok=True)
    before = listed(target)
    if before:
        with contextlib.suppress(OSError):
            if before[0].path.samefile(target):  # a change was killed between keeping and replacing
                return None
        now = max(now, before[0].when + timedelta(microseconds=1))  # a clock that was set back
    path = place / f"{now.astimezone(UTC):%Y-%m-%dT%H%M%S.%f}Z.toml"
    try:
        os.link(target, path)
    except OSError:
        temp = files.write_temp(path, old, _PRIVATE)
        try:
            files.rename(temp, path)
        except OSError:
            files.discard(temp)
            raise
    return path


def thin(target: Path, now: datetime) -> None:
    """Drop what is too much or too old. Never fails: what cannot be dropped stays."""
    kept = listed(target)
    for backup in surplus(kept, now):
        files.discard(backup.path)
    with contextlib.suppress(OSError):
        for temp in folder(target).glob(f".*{files.TEMP_SUFFIX}"):
            files.discard(temp)


def surplus(backups: Iterable[Backup], now: datetime) -> list[Backup]:
    """Of versions, the newest first, those that need not be kept."""
    spans = (("%Y-%m-%d %H", timedelta(hours=HOURS)), ("%Y-%m-%d", timedelta(days=DAYS)), ("%Y-%m", timedelta(365)))
    seen: set[str] = set()
    drop, room = [], BYTES
    for rank, backup in enumerate(backups):
        marks = {f"{backup.when:{form}}" for form, age in spans if now - backup.when <= age}
        wanted = rank < NEWEST or bool(marks - seen)
        seen |= marks
        room -= backup.size
        if rank >= SURE and (not wanted or room < 0):
            drop.append(backup)
            room += backup.size
    return drop
