"""A Parquet file read as JSON Lines: whoever reads lines need not know which of the two a file is.

pyarrow, which reads it, is an optional extra of the package: it is large, and lines of JSON are what an index keeps.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

import msgspec

MAGIC = b"PAR1"
"""How such a file begins, and ends."""

ROWS_AT_ONCE = 256
"""So many rows are made at a time: with texts of a megabyte they stay within some hundred megabytes."""


class ParquetError(OSError):
    """A Parquet file cannot be read; ``strerror`` says why, for people."""

    def __init__(self, why: str) -> None:
        super().__init__(None, why)


class ParquetLines(io.RawIOBase):
    """The rows of a Parquet file as the bytes of JSON Lines, made as they are read.

    What is null is left out. Raises ParquetError, and OSError for a file that cannot be opened. ``done`` is how much
    of the file has been read, from 0 to 1.
    """

    def __init__(self, path: Path) -> None:
        self.done = 0.0
        self._rest = memoryview(b"")
        self._file = _opened(path)
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
        """Let go of the file."""
        if not self.closed:
            self._file.close()
        super().close()

    def _each_piece(self) -> Iterator[bytes]:
        encode = msgspec.json.Encoder().encode_lines
        whole, read = max(self._file.metadata.num_rows, 1), 0
        try:
            for batch in self._file.iter_batches(batch_size=ROWS_AT_ONCE, use_threads=False):
                read += batch.num_rows
                self.done = read / whole
                yield encode([_as_written(row) for row in batch.to_pylist()])
        except Exception as error:
            raise ParquetError(f"the Parquet file is damaged behind row {read:,}: {_short(error)}") from error


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
        return ParquetFile(path, memory_map=False, pre_buffer=False, buffer_size=1 << 18)
    except Exception as error:
        raise ParquetError(f"the Parquet file is damaged or cut off: {_short(error)}") from error


def _as_written(value: Any) -> Any:
    """A value as a line would have it: without nulls, and a day that a column of times holds at midnight as a day."""
    if isinstance(value, dict):
        return {key: _as_written(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_as_written(inner) for inner in value]
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value


def _short(error: Exception) -> str:
    """The first sentence of what a library says."""
    return str(error).split("\n")[0].split(". ")[0].rstrip(".")[:200] or type(error).__name__
