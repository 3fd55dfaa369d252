"""The bookmark file on the disk: reading, and writing under the lock with rolling backups."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zeroline.bookmarks import files
from zeroline.bookmarks.errors import BookmarkError
from zeroline.bookmarks.lock import locked

FILE_NAME = "bookmarks.toml"
BACKUPS = 3
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


def read(path: Path) -> bytes:
    """The bytes of the file, none if there is no file. Raises :class:`BookmarkError`."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except IsADirectoryError:
        raise BookmarkError(
            "there is a folder where the bookmark file should be", path=path, mend="rename the folder"
        ) from None
    except OSError as error:
        raise BookmarkError(f"cannot be read: {_why(error)}", path=path, mend="check its rights") from None


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


def write(target: Path, old: bytes, new: bytes) -> None:
    """Put ``new`` in the place of ``old``, which becomes the first backup. Raises :class:`BookmarkError`.

    Only under the lock. Whatever fails, the file is the old one or the new one, whole.
    """
    temps: list[Path] = []
    try:
        temps.append(files.write_temp(target, new, _PRIVATE))
        if old:
            first = backup(target, 1)
            temps.append(files.write_temp(first, old, _PRIVATE))
            for number in range(BACKUPS, 1, -1):
                with contextlib.suppress(FileNotFoundError):
                    files.rename(backup(target, number - 1), backup(target, number))
            files.rename(temps[1], first)
        files.rename(temps[0], target)
    except OSError as error:
        raise _not_written(target, error) from None
    finally:
        for temp in temps:
            files.discard(temp)
    files.sync_folder(target.parent)


def backup(target: Path, number: int) -> Path:
    """The file of a backup; 1 is the newest."""
    return target.with_name(f"{target.name}.bak-{number}")


def _sweep(target: Path) -> None:
    """Remove what a process that died while writing left behind. Under the lock nobody else is writing."""
    for leading in (target.name, backup(target, 1).name):
        for temp in target.parent.glob(f".{leading}.*{files.TEMP_SUFFIX}"):
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
