"""The folder that an import makes: whole, or not there at all.

All is written into a hidden folder beside it, which takes its name at the end. What a killed import leaves of such a
folder, the next one to the same place clears away.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zeroline.importing.errors import ImportFault

CORPUS, STATEMENTS, BAD_ROWS, RECEIPT = "corpus.toml", "statements.jsonl", "bad-rows.csv", "import.json"
"""The files an import makes; the receipt says how it was made, and by its presence that it was."""

_LOCK = ".lock"


class Target:
    """Where an import goes. Use :func:`opened`. ``said`` is the folder as the reader named it."""

    def __init__(self, folder: Path, replace: bool) -> None:
        self.folder = Path(os.path.realpath(folder))
        self.said = folder
        self._replace = replace
        token = f"{os.getpid()}-{secrets.token_hex(3)}"
        self.temp = self.folder.parent / f".{self.folder.name}.importing-{token}"
        self._old = self.folder.parent / f".{self.folder.name}.replaced-{token}"
        self._lock: int | None = None

    def make(self) -> None:
        """Make the hidden folder. Raises ImportFault or OSError."""
        if not self.folder.parent.is_dir():
            raise ImportFault(f"there is no folder {self.folder.parent}; make it first")
        self._clear_up()
        check_free(self.folder, self._replace)
        self.temp.mkdir()
        self._lock = _locked(self.temp / _LOCK)

    def commit(self, receipt: dict[str, Any], sha256: str) -> None:
        """Give the folder its name, all of it on the disk for good.

        ``receipt`` is kept beside the rest; ``sha256`` is that of the statements, which need not be read once more.
        """
        receipt["sha256"] = {CORPUS: _digest(self.temp / CORPUS), STATEMENTS: sha256}
        text = json.dumps(receipt, ensure_ascii=False, indent=2) + "\n"
        (self.temp / RECEIPT).write_text(text, encoding="utf-8")
        (self.temp / _LOCK).unlink(missing_ok=True)
        for path in [*self.temp.iterdir(), self.temp]:
            _sync(path)
        if not (self.folder.exists() and any(self.folder.iterdir())):
            with contextlib.suppress(FileNotFoundError):
                self.folder.rmdir()
            self.temp.rename(self.folder)
        else:
            check_free(self.folder, self._replace)
            self.folder.rename(self._old)
            try:
                self.temp.rename(self.folder)
            except BaseException:
                self._old.rename(self.folder)
                raise
            shutil.rmtree(self._old, ignore_errors=True)
        _sync(self.folder.parent)

    def close(self) -> None:
        """Take away what has not been committed."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        shutil.rmtree(self.temp, ignore_errors=True)

    def told(self, name: object) -> str:
        """How a message calls a place: what lies in the hidden folders is the reader's folder to everybody else."""
        path = Path(os.fsdecode(name)) if isinstance(name, (str, bytes)) else self.folder
        own = any(path.is_relative_to(folder) for folder in (self.temp, self._old, self.folder))
        return str(self.said if own else path)

    def _clear_up(self) -> None:
        """Take away what killed imports to the same place have left; put back what one was about to replace."""
        for path in self.folder.parent.iterdir():
            if path.name.startswith(f".{self.folder.name}.replaced-"):
                if self.folder.exists():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.rename(self.folder)
            elif path.name.startswith(f".{self.folder.name}.importing-") and _is_abandoned(path):
                shutil.rmtree(path, ignore_errors=True)


@contextmanager
def opened(folder: Path, *, replace: bool) -> Iterator[Target]:
    """A target, cleared away unless it was committed. Whatever ends it, no half of it stays."""
    target = Target(folder, replace)
    try:
        target.make()
        yield target
    except OSError as error:
        raise ImportFault(
            f"{target.told(error.filename)} cannot be written: {(error.strerror or str(error)).lower()}; "
            "nothing of the import is left"
        ) from error
    finally:
        target.close()


def check_free(folder: Path, replace: bool) -> None:
    """That an import may take this place. Raises ImportFault."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ImportFault(f"{folder} is a file; name a folder to make")
    names = {path.name for path in folder.iterdir()}
    if not names:
        _check_not_within(folder)
        return
    if RECEIPT not in names:
        raise ImportFault(f"{folder} is not empty; name a folder that is new or empty")
    _check_not_within(folder)
    if not replace:
        raise ImportFault(f"{folder} holds an earlier import; add --replace to take its place")
    strangers = names - {CORPUS, STATEMENTS, BAD_ROWS, RECEIPT}
    changed = [name for name, digest in _receipt(folder).items() if name in names and _digest(folder / name) != digest]
    if strangers or changed:
        what = f"{min(strangers)} was put there" if strangers else f"{changed[0]} was changed"
        raise ImportFault(f"{folder}: {what} since the import, and would be lost; name another folder, or move it away")


def _check_not_within(folder: Path) -> None:
    """That it is not the current folder: a shell in it would be nowhere once it is replaced. Raises ImportFault."""
    try:
        here, there = Path.cwd(), Path(os.path.realpath(folder))
    except FileNotFoundError:  # the current folder is gone already
        return
    if here.is_relative_to(there):
        above = shlex.quote(str(there.parent))
        raise ImportFault(
            f"{folder} is the folder you are in, and would be taken from under you; "
            f"go up first (cd {above}), then import --into {shlex.quote(there.name)}"
        )


def _receipt(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))["sha256"]
        return {CORPUS: str(found[CORPUS]), STATEMENTS: str(found[STATEMENTS])}
    except (ValueError, KeyError, TypeError) as error:
        raise ImportFault(f"{folder / RECEIPT} is damaged, so what is there is not replaced; move it away") from error


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Have a file or a folder reach the disk. Not every system can for a folder; for a file an error counts."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        if path.is_dir():
            return
        raise
    try:
        os.fsync(descriptor)
    except OSError:
        if not path.is_dir():
            raise
    finally:
        os.close(descriptor)


def _locked(path: Path) -> int:
    """A lock that lasts as long as this process, so that others can tell whether it lives."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with contextlib.suppress(ImportError, OSError):
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return descriptor


def _is_abandoned(temp: Path) -> bool:
    """Whether nobody works on a hidden folder any more; where that cannot be told, it is left alone."""
    try:
        import fcntl

        descriptor = os.open(temp / _LOCK, os.O_RDWR)
    except (ImportError, OSError):
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(descriptor)
