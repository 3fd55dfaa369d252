"""A Parquet file read as JSON Lines: whoever reads lines need not know which of the two a file is.

pyarrow, which reads it, is an optional extra of the package: it is large, and lines of JSON are what an index keeps.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Generator, Iterator
from pathlib import Path
from typing import Any

import msgspec

from zeroline.corpus.parquet_values import Unwritable, named_twice, objects, plain

MAGIC = b"PAR1"
"""How such a file begins, and ends."""

ROWS_AT_ONCE = 256
"""So many rows are read at a time, fewer where they are long."""

BYTES_AT_ONCE = 4 << 20
"""About so many bytes of rows are read at a time, as far as the file says how long they are."""

PIECE = 1 << 20
"""About so many bytes of rows are made lines at a time."""


class ParquetError(OSError):
    """A Parquet file cannot be read; ``strerror`` says why, for people."""

    def __init__(self, why: str) -> None:
        super().__init__(None, why)


class ParquetLines(io.RawIOBase):
    """The rows of a Parquet file as the bytes of JSON Lines, made as they are read.

    ``columns`` says which columns are read (of one like ``user.name`` the column ``user``), None for all. What is null
    is left out. Raises ParquetError, and OSError for a file that cannot be opened. ``done`` is how much of the file has
    been read, from 0 to 1.
    """

    def __init__(self, path: Path, columns: Collection[str] | None = None) -> None:
        self.done = 0.0
        self._rest = memoryview(b"")
        self._file = _opened(path)
        self._columns: list[str] | None = None
        names = self._file.schema_arrow.names
        if columns is not None and not any("." in name for name in names):  # pyarrow reads a dot as a way into a struct
            wanted = {column.partition(".")[0] for column in columns}
            self._columns = [name for name in names if name in wanted] or None
        self._pieces = self._each_piece()

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as a piece goes; 0 at the end. Raises ParquetError."""
        if not self._rest:
            self._rest = memoryview(next(self._pieces, b""))
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size

    def close(self) -> None:
        """Let go of the file, and of what was read of it, which may be much."""
        if not self.closed:
            self._pieces.close()
            self._rest = memoryview(b"")
            self._file.close()
            _give_back()
        super().close()

    def _each_piece(self) -> Generator[bytes, None, None]:
        encode = msgspec.json.Encoder().encode_lines
        whole, read = max(self._file.metadata.num_rows, 1), 0
        for batch in self._each_batch():
            step = max(1, batch.num_rows * PIECE // max(batch.nbytes, 1))
            for first in range(0, batch.num_rows, step):
                piece = batch.slice(first, step)
                lines = encode(_rows(piece, read + 1))
                read += piece.num_rows
                self.done = read / whole
                yield lines

    def _each_batch(self) -> Iterator[Any]:
        """Some rows at a time, as Arrow has them. Raises ParquetError."""
        read = 0
        try:
            for group in range(self._file.metadata.num_row_groups):
                size = self._rows_at_once(self._file.metadata.row_group(group))
                for batch in self._file.iter_batches(size, [group], self._columns, use_threads=False):
                    yield batch
                    read += batch.num_rows
        except Exception as error:
            raise _unreadable(error, f"damaged behind row {read:,}") from error

    def _rows_at_once(self, group: Any) -> int:
        """How many rows of a group are read at a time."""
        columns = [group.column(n) for n in range(group.num_columns)]
        size: int = sum(
            column.total_uncompressed_size
            for column in columns
            if self._columns is None or column.path_in_schema.partition(".")[0] in self._columns
        )
        rows: int = group.num_rows
        return min(ROWS_AT_ONCE, max(1, BYTES_AT_ONCE * rows // max(size, 1)))


def _give_back() -> None:
    """Have Arrow return to the system what it holds in reserve."""
    import pyarrow

    pyarrow.default_memory_pool().release_unused()


def _opened(path: Path) -> Any:
    """The file, opened by pyarrow. Raises ParquetError, OSError."""
    with path.open("rb") as file:  # says in Python's words what is wrong with a path
        if file.read(len(MAGIC)) != MAGIC:
            raise ParquetError("it is no Parquet file, whatever its name")
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise ParquetError("it is Parquet; pip install 'zeroline[parquet]' to read it") from error
    try:
        file = ParquetFile(path, memory_map=False, pre_buffer=False, buffer_size=1 << 18)
        twice = named_twice(file.schema_arrow)
    except Exception as error:
        raise _unreadable(error, "damaged or cut off") from error
    if twice:
        file.close()
        raise ParquetError(f"two columns are called “{twice}”; rename one")
    return file


def _unreadable(error: Exception, damage: str) -> ParquetError:
    """What to say where the library cannot read on: of a kind that it does not know, or of damage."""
    said = _short(error)
    if isinstance(error, NotImplementedError) or "encrypted" in said:
        mend = "write it anew, compressed with Snappy and not encrypted"
        return ParquetError(f"the Parquet file cannot be read here: {said}; {mend}")
    return ParquetError(f"the Parquet file is {damage}: {said}; get it anew")


def _rows(batch: Any, first: int) -> list[dict[str, Any]]:
    """The rows as objects; ``first`` is the number of the first of them. Raises ParquetError."""
    names = batch.schema.names
    columns = [_column(name, batch.column(place), first) for place, name in enumerate(names)]
    return objects(names, columns, batch.num_rows)


def _column(name: str, array: Any, first: int) -> list[Any]:
    """The values of a column. Raises ParquetError, naming the column and the row, for what cannot be written."""
    try:
        return plain(array)
    except Unwritable as error:
        raise ParquetError(f"the column “{name}” cannot be read: {error}") from error
    except Exception as error:
        row = first + next((n for n in range(len(array)) if not _works(plain, array.slice(n, 1))), 0)
        raise ParquetError(f"row {row:,} of the column “{name}” cannot be read: {_short(error)}") from error


def _works(what: Callable[[Any], object], array: Any) -> bool:
    try:
        what(array)
    except Exception:  # noqa: BLE001 - whatever it is, it is this value's
        return False
    return True


def _short(error: Exception) -> str:
    """The first sentence of what a library says."""
    return str(error).split("\n")[0].split(". ")[0].rstrip(".")[:200] or type(error).__name__
