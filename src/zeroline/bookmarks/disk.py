"""The bookmark file on the disk: reading, and writing under the lock with rolling backups."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from zeroline.bookmarks import backups, files
from zeroline.bookmarks.errors import BookmarkError
from zeroline.bookmarks.lock import locked

FILE_NAME = "bookmarks.toml"
_PRIVATE = 0o600  # notes are nobody else's business; the rights of a file that is there already are kept


def default_path() -> Path:
    """``bookmarks.toml`` in the folder that ZEROLINE_DATA names, or else in the user's data folder."""
    folder = os.environ.get("ZEROLINE_DATA", "").strip()
    if folder:
        chosen = Path(folder)
        with contextlib.suppress(RuntimeError):  # a ~name whom this machine does not know is a folder's name
            chosen = chosen.expanduser()
        return chosen.absolute() / FILE_NAME
    import platformdirs

    return Path(platformdirs.user_data_dir("zeroline")) / FILE_NAME


class Stamp(NamedTuple):
    """What tells one version of a file from another without reading it."""

    inode: int
    size: int
    changed: int


class Overtaken(Exception):
    """Somebody who knows no lock, an editor, wrote the file while it was being changed."""


def stamp(path: Path) -> Stamp | None:
    """The stamp of a file; None where there is none, or none to be had."""
    try:
        return _stamp(path.stat())
    except OSError:
        return None


def read(path: Path) -> tuple[bytes, Stamp | None]:
    """The bytes of the file and their stamp; none if there is no file. Raises :class:`BookmarkError`."""
    try:
        if not stat.S_ISREG(mode := path.stat().st_mode) and not stat.S_ISDIR(mode):  # a pipe is never done being read
            raise BookmarkError(
                "there is a pipe or a device where the bookmark file should be", path=path, mend="move it away"
            )
        with path.open("rb") as file:
            before = _stamp(os.fstat(file.fileno()))
            return file.read(), before
    except FileNotFoundError:
        return b"", None
    except IsADirectoryError:
        raise BookmarkError(
            "there is a folder where the bookmark file should be", path=path, mend="rename the folder"
        ) from None
    except OSError as error:
        raise BookmarkError(f"cannot be read: {_why(error)}", path=path, mend="check its rights") from None


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_ino, status.st_size, status.st_mtime_ns)


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Hold the lock; gives the real file behind ``path``. Raises :class:`BookmarkError`."""
    target = files.real(path)
    lock = target.with_name(target.name + ".lock")
    with contextlib.ExitStack() as held:
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            held.enter_context(locked(lock))
        except TimeoutError:
            raise BookmarkError(
                "another Zeroline has been writing the bookmarks for too long, so nothing was changed",
                path=path,
                mend="close it and try again",
            ) from None
        except OSError as error:
            raise _not_written(path, error) from None
        _sweep(target)
        yield target


def write(target: Path, old: tuple[bytes, Stamp | None], new: files.Data) -> Stamp | None:
    """Put ``new`` in the place of ``old``, as :func:`read` gave it, which is kept as a backup; gives the new stamp.

    Only under the lock. Whatever fails, the file is the old one or the new one, whole. Raises :class:`BookmarkError`,
    or :class:`Overtaken` where the file is no longer the old one.
    """
    kept: Path | None = None
    temp: Path | None = None
    now = datetime.now(UTC)
    try:
        temp = files.write_temp(target, new, _PRIVATE)
        written = stamp(temp)
        if old[0]:
            kept = backups.keep(target, old[0], now)
        if stamp(target) != old[1]:
            raise Overtaken
        files.rename(temp, target)
    except (OSError, Overtaken) as error:
        for path in (temp, kept):
            if path:
                files.discard(path)
        if isinstance(error, Overtaken):
            raise
        raise _not_written(target, error) from None
    except BaseException:
        if temp:
            files.discard(temp)
        raise
    files.sync_folder(target.parent)
    backups.thin(target, now)
    return written


def _sweep(target: Path) -> None:
    """Remove what a process that died while writing left behind. Under the lock nobody else is writing."""
    for temp in target.parent.glob(f".{target.name}.*{files.TEMP_SUFFIX}"):
        files.discard(temp)


def _not_written(path: Path, error: OSError) -> BookmarkError:
    return BookmarkError(
        f"cannot be written, so nothing was changed: {_why(error)}",
        path=path,
        mend="make room or check the rights of its folder, or point ZEROLINE_DATA at another",
    )


def _why(error: OSError) -> str:
    words = error.strerror or str(error) or type(error).__name__
    return words[:1].lower() + words[1:]
