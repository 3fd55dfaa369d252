"""Writing an export to a file: whole or not at all, piece by piece, and never over another file unasked."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from zeroline.bookmarks import disk, files
from zeroline.bookmarks.model import Bookmark
from zeroline.bookmarks.without_gc import uncollected
from zeroline.export.formats import Format, NotInstalled, Options
from zeroline.text.styles import StyleError

Tell = Callable[[int], None]
"""Is told how many bookmarks are done; may raise :class:`Stopped`."""

STEP = 200
"""After so many bookmarks it is told."""


class ExportError(Exception):
    """An export that could not be written; ``str`` is one line for people. What was there before is untouched."""


class Stopped(Exception):
    """The reader wants no more of it. What was there before is untouched."""


def write_export(content: str | Iterable[bytes], path: Path, *, overwrite: bool) -> None:
    """Write text as UTF-8, its line ends as they are, or pieces of bytes as they come. Raises :class:`ExportError`.

    ``overwrite`` allows taking the place of a file that is there. A device or a pipe (``/dev/stdout``) is written to.
    What making the pieces raises goes on to the caller, with nothing left behind.
    """
    try:
        pieces = (content.encode(),) if isinstance(content, str) else content
        refuse_bookmarks(path)
        mode = path.stat().st_mode if path.exists() else None
        if mode is not None and stat.S_ISDIR(mode):
            raise ExportError(f"{path} is a folder; name a file in it")
        if mode is not None and not stat.S_ISREG(mode):
            with path.open("wb") as device:
                device.writelines(pieces)
            return
        if mode is not None and not overwrite:  # before the work, and once more when the file gets its name
            raise FileExistsError
        files.write_atomic(path, pieces, overwrite=overwrite)
    except FileExistsError:
        raise ExportError(f"{path} is there already; name another file, or ask to overwrite it") from None
    except FileNotFoundError:
        raise ExportError(f"{path}: there is no folder {path.parent}; make it first") from None
    except UnicodeEncodeError as error:
        raise ExportError(
            f"{path}: the text holds U+{ord(error.object[error.start]):04X}, half of a character, "
            "which no file can hold"
        ) from None
    except (NotInstalled, StyleError) as error:
        raise ExportError(str(error)) from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        words = getattr(error, "strerror", None) or str(error)
        raise ExportError(f"{path} could not be written: {words[:1].lower()}{words[1:]}") from None


def refuse_bookmarks(path: Path) -> None:
    """Raises :class:`ExportError` for the file of the bookmarks themselves, by whatever name; OSError, ValueError."""
    own = disk.default_path()
    if path.resolve() == own.resolve() or (path.exists() and own.exists() and path.samefile(own)):
        raise ExportError(f"{path} holds your bookmarks themselves; name another file")


def export_to(
    path: Path,
    format: Format,
    bookmarks: Iterable[Bookmark],
    options: Options,
    *,
    overwrite: bool,
    tell: Tell | None = None,
) -> None:
    """Write bookmarks to a file in a format. Raises :class:`ExportError`, and what ``tell`` raises.

    Of a format that is written as it goes, no more than a few bookmarks are held at a time.
    """
    with uncollected():
        write_export(format.pieces(counted(bookmarks, tell), options), path, overwrite=overwrite)


def counted(bookmarks: Iterable[Bookmark], tell: Tell | None) -> Iterator[Bookmark]:
    """The bookmarks, with word of how many went by."""
    for number, bookmark in enumerate(bookmarks):
        if tell is not None and number % STEP == 0:
            tell(number)
        yield bookmark
