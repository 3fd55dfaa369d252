"""Where the reader's copies are kept, and the small TOML files beside them: read whole, written whole or not at all.

    DATA/sources/register.toml    which copy is attached to which source of which corpus
    DATA/sources/decisions.toml   what was decided on proposals
    DATA/sources/texts/HASH.txt   the texts, each under the SHA-256 of its UTF-8

DATA is ``ZEROLINE_DATA``, or the user's data folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from zeroline.bookmarks import files
from zeroline.bookmarks.disk import default_path
from zeroline.bookmarks.lock import locked
from zeroline.sources.errors import SourceError

REGISTER, DECISIONS, TEXTS = "register.toml", "decisions.toml", "texts"
FORMAT = 1

T = TypeVar("T")


def home() -> Path:
    """The folder of all copies; it need not be there yet."""
    return default_path().parent / "sources"


def text_path(sha256: str) -> Path:
    """Where a text is kept."""
    return home() / TEXTS / f"{sha256}.txt"


def read_table(name: str, kind: str, of: type[T]) -> list[T]:
    """The ``[[kind]]`` tables of a file, none where there is no file. Raises SourceError for one that is not whole."""
    path = home() / name
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise SourceError(path, f"cannot be read ({error.strerror or error})", "check its rights") from None
    import tomllib

    mend = f"mend it, or move it away: {kind}s in it are then forgotten"
    try:
        told = tomllib.loads(raw.decode("utf-8"))
        if told.get("format", FORMAT) != FORMAT:
            raise SourceError(path, f"is of format {told['format']}, which this Zeroline does not know", "update it")
        return msgspec.convert(told.get(kind, []), list[of])  # type: ignore[valid-type]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise SourceError(path, f"cannot be understood: {error}", mend) from None


@contextmanager
def writing() -> Iterator[None]:
    """Hold the lock of the folder, which is made where it is not there. Raises SourceError."""
    try:
        (home() / TEXTS).mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(home() / "lock"):
            yield
    except TimeoutError:
        raise SourceError(
            home(), "another Zeroline has been writing here for too long", "close it and try again"
        ) from None
    except OSError as error:
        raise not_written(home(), error) from None


def write_table(name: str, kind: str, rows: list[Any]) -> None:
    """Write a file of ``[[kind]]`` tables anew, under the lock. Raises OSError."""
    import tomli_w

    plain = [{k: v for k, v in msgspec.to_builtins(row).items() if v not in ("", None)} for row in rows]
    text = tomli_w.dumps({"format": FORMAT, kind: plain})
    files.write_atomic(home() / name, text.encode(), mode=0o600)


def keep_text(sha256: str, text: str) -> None:
    """Keep a text under its hash. Raises OSError."""
    path = text_path(sha256)
    if not path.exists() or path.stat().st_size != len(text.encode()):
        files.write_atomic(path, text.encode(), mode=0o600)


def not_written(path: Path, error: OSError) -> SourceError:
    """What to say where nothing can be written."""
    mend = "make room, check the rights of its folder, or point ZEROLINE_DATA at another"
    return SourceError(path, f"cannot be written, so nothing was changed ({error.strerror or error})", mend)
