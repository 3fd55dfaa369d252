"""Writing an export to a file: whole or not at all, and never over another file unasked."""

from __future__ import annotations

import stat
from pathlib import Path

from zeroline.bookmarks import files


class ExportError(Exception):
    """An export that could not be written; ``str`` is one line for people. What was there before is untouched."""


def write_export(text: str, path: Path, *, overwrite: bool) -> None:
    """Write the text as UTF-8, its line ends as they are. Raises :class:`ExportError`.

    ``overwrite`` allows taking the place of a file that is there. A device or a pipe (``/dev/stdout``) is written to.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise ExportError(
            f"{path}: the text holds U+{ord(text[error.start]):04X}, half of a character, which no file can hold"
        ) from None
    try:
        mode = path.stat().st_mode if path.exists() else None
        if mode is not None and stat.S_ISDIR(mode):
            raise ExportError(f"{path} is a folder; name a file in it")
        if mode is not None and not stat.S_ISREG(mode):
            with path.open("wb") as device:
                device.write(data)
            return
        files.write_atomic(path, data, overwrite=overwrite)
    except FileExistsError:
        raise ExportError(f"{path} is there already; name another file, or ask to overwrite it") from None
    except FileNotFoundError:
        raise ExportError(f"{path}: there is no folder {path.parent}; make it first") from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        words = getattr(error, "strerror", None) or str(error)
        raise ExportError(f"{path} could not be written: {words[:1].lower()}{words[1:]}") from None
