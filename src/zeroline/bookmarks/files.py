"""Writing a file so that a crash leaves either the old one or the new one, whole.

Temp file in the same folder, fsync, rename, fsync the folder. Bookmarks and exports are written with this.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Iterable
from pathlib import Path

TEMP_SUFFIX = ".tmp"
_TEMP = re.compile(r"([1-9]\d{0,9})-[0-9a-f]{8}\.tmp")
Data = bytes | Iterable[bytes | memoryview]
"""What is written: whole, or piece by piece as the pieces come."""
BUFFER = 1 << 20
"""Bytes written at once: many small pieces make no more calls of the system than few large ones."""


def real(path: Path) -> Path:
    """The file behind a link, so that a link to a file in another folder stays a link."""
    return Path(os.path.realpath(path))


def write_temp(path: Path, data: Data, mode: int) -> Path:
    """The data, or its pieces as they come, in a new hidden file beside ``path``, on the disk for good.

    Raises OSError, and what making a piece raises, leaving nothing behind.
    """
    temp = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}{TEMP_SUFFIX}")
    descriptor = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(descriptor, "wb", BUFFER) as file:
            file.writelines((data,) if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):  # the rights of the file it is to replace, where there is one
            temp.chmod(stat.S_IMODE(path.stat().st_mode))
    except BaseException:
        discard(temp)
        raise
    return temp


def sweep_dead(path: Path) -> None:
    """Remove the temp files that processes which are no more left beside ``path``; whatever is in doubt stays."""
    begun = f".{path.name}."
    with contextlib.suppress(OSError):
        for temp in list(path.parent.iterdir()):
            named = _TEMP.fullmatch(temp.name.removeprefix(begun)) if temp.name.startswith(begun) else None
            if named and not _lives(int(named[1])):
                discard(temp)


def _lives(process: int) -> bool:
    """Whether there is such a process, as far as can be told: on Windows, where asking would end it, always."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def discard(temp: Path) -> None:
    """Remove a temp file if it is there and can be removed."""
    with contextlib.suppress(OSError):
        temp.unlink()


def rename(temp: Path, path: Path) -> None:
    """Put the temp file in the place of ``path``. Windows refuses while anybody reads the old file: try a while."""
    for wait in (0.01, 0.05, 0.2, 0.5) if sys.platform == "win32" else ():
        try:
            temp.replace(path)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    temp.replace(path)


def sync_folder(folder: Path) -> None:
    """Have a rename reach the disk. Not every system can; the file is whole all the same, so this never fails."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_atomic(path: Path, data: Data, *, mode: int = 0o666, overwrite: bool = True) -> None:
    """Write the data whole or not at all. Raises OSError; FileExistsError when told not to overwrite."""
    path = real(path)
    sweep_dead(path)
    temp = write_temp(path, data, mode)
    try:
        if overwrite:
            rename(temp, path)
        else:
            _rename_new(temp, path)
    except BaseException:
        discard(temp)
        raise
    sync_folder(path.parent)


def _rename_new(temp: Path, path: Path) -> None:
    """Give the temp file its name unless the name is taken."""
    try:
        os.link(temp, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(f"{path} exists") from None
        rename(temp, path)
    else:
        discard(temp)
