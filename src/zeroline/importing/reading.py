"""Lines of a file that may be compressed, Parquet, damaged or in any encoding, counted, none longer than is sane."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import stat
import zlib
from collections import deque
from collections.abc import Collection
from pathlib import Path
from typing import Literal, cast

from zeroline.corpus.parquet import MAGIC, ParquetError, ParquetLines
from zeroline.importing.errors import ImportFault

LONGEST_LINE = 4 << 20
"""The most characters of a line that are kept; a statement has at most a megabyte."""

UNREADABLE = "\udcff"
"""What stands for bytes that are not in the file's encoding; no text decodes to it."""

_HANDLER = "zeroline.unreadable"
_BUFFER = 1 << 18
_GZIP = b"\x1f\x8b"


def _unreadable(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return UNREADABLE, error.end


codecs.register_error(_HANDLER, _unreadable)


class Lines:
    """An iterator over the lines of a file, ends kept, that counts them from 1.

    ``damage`` is "" or what is wrong with the lines given since it was last emptied: bytes that are not in the
    encoding, NUL characters, or a length beyond :data:`LONGEST_LINE` (then the line is cut there). Raises ImportFault
    for a file that cannot be read on.
    """

    def __init__(self, path: Path, encoding: str, columns: Collection[str] | None = None) -> None:
        """``columns`` are those wanted of a Parquet file (“user.name” is of the column “user”), None for all."""
        self.number = 0
        self.damage = ""
        self._name = path.name
        self._encoding = encoding
        self._again: deque[str] = deque()
        self._raw = open_raw(path)
        self.size = os.fstat(self._raw.fileno()).st_size
        self._rows: ParquetLines | None = None
        unpacked = cast(io.RawIOBase, self._unpacked(path, columns))
        self._text = io.TextIOWrapper(io.BufferedReader(unpacked, _BUFFER), encoding, errors=_HANDLER, newline="")

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_: object) -> None:
        self._text.close()
        self._raw.close()

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        if self._again:
            line = self._again.popleft()
        else:
            line = self._read()
            if not line:
                raise StopIteration
            if len(line) >= LONGEST_LINE and line[-1] not in "\r\n":
                self._skip()
                line += "\n"
        self.number += 1
        if len(line) > LONGEST_LINE:
            self.damage = f"the line is longer than {LONGEST_LINE:,} characters"
        if "\0" in line:
            self.damage = "it holds NUL characters: the file is damaged here"
        if not line.isascii() and UNREADABLE in line:
            self.damage = f"it is not {self._encoding.removesuffix('-sig').upper()} (see --encoding)"
        return line

    def push_back(self, lines: list[str]) -> None:
        """Give the last lines again."""
        self._again.extendleft(reversed(lines))
        self.number -= len(lines)

    def position(self) -> int:
        """Bytes of the file read so far (of a compressed one, compressed bytes), of ``size``."""
        return self._raw.tell() if self._rows is None else int(self.size * self._rows.done)

    def _unpacked(self, path: Path, columns: Collection[str] | None) -> object:
        match packing(self._raw):
            case "gzip":
                return gzip.GzipFile(fileobj=self._raw)
            case "parquet":
                self._rows = parquet_rows(path, columns)
                return self._rows
        return self._raw

    def _read(self) -> str:
        try:
            return self._text.readline(LONGEST_LINE)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise ImportFault(
                f"{self._name}: the compressed file is damaged or cut off behind line {self.number:,} ({error}); "
                "get it anew, or unpack what there is of it and import that"
            ) from error
        except ParquetError as error:
            raise ImportFault(f"{self._name}: {error.strerror}") from error
        except OSError as error:
            raise ImportFault(f"{self._name} cannot be read: {error.strerror or error}") from error

    def _skip(self) -> None:
        """Read over the rest of a line."""
        while (part := self._read()) and part[-1] not in "\r\n":
            pass


def open_raw(path: Path) -> io.FileIO:
    """The file, opened for reading. Raises ImportFault where there is none, or none to be read twice."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise ImportFault(f"{path} is a folder; name the file in it to import")
        if not stat.S_ISREG(mode):
            raise ImportFault(
                f"{path} is no regular file; it is read twice (to look, then to import), so save it first"
            )
        return io.FileIO(path)
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", None) or str(error)
        raise ImportFault(f"{path} cannot be read: {words[:1].lower()}{words[1:]}") from error


def packing(raw: io.FileIO) -> Literal["", "gzip", "parquet"]:
    """What lines are packed in, told by how a file begins; then it is at its beginning again."""
    start = raw.read(len(MAGIC))
    raw.seek(0)
    return "gzip" if start.startswith(_GZIP) else "parquet" if start == MAGIC else ""


def packing_of(path: Path) -> Literal["", "gzip", "parquet"]:
    """What the lines of a file are packed in, whatever its name. Raises ImportFault."""
    with open_raw(path) as raw:
        return packing(raw)


def parquet_rows(path: Path, columns: Collection[str] | None = None) -> ParquetLines:
    """The rows of a Parquet file as JSON Lines, of all columns or some. Raises ImportFault."""
    try:
        return ParquetLines(path, columns)
    except OSError as error:
        raise ImportFault(f"{path.name}: {error.strerror or error}") from error


def head(path: Path, most: int) -> bytes:
    """The first bytes, unpacked; fewer where the file is short or damaged further on."""
    packed = packing_of(path)
    if packed == "parquet":
        with io.BufferedReader(parquet_rows(path)) as rows:
            try:
                return rows.read(most)
            except ParquetError as error:
                raise ImportFault(f"{path.name}: {error.strerror}") from error
    with open_raw(path) as raw:
        if not packed:
            return io.BufferedReader(raw).read(most)
        found = bytearray()
        try:
            with gzip.GzipFile(fileobj=raw) as file:
                while len(found) < most and (part := file.read(min(most - len(found), 1 << 16))):
                    found += part
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            if not found:
                raise ImportFault(f"{path.name}: the compressed file is damaged or cut off ({error})") from error
        return bytes(found)
