"""Statements at scale: ``statements.jsonl`` beside ``corpus.toml``, one JSON object a line.

It may be compressed (``statements.jsonl.gz``), or a Parquet file of the same columns (``statements.parquet``).

A line has the keys of a ``[[statement]]`` table, with these liberties, so that an archive need not be coded by hand:
``speaker`` is an id, or an object with ``id`` and ``name`` (and ``callsign``, ``unit``, ``role``, ``kind``), the first
of which makes the speaker; ``source`` may be left out in a corpus with one source or none; ``excerpt`` may be of any
length, and without a ``paraphrase`` it stands alone.

msgspec decodes and checks a line in about a microsecond; pydantic, which checks the TOML, takes twenty times that.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Annotated, Literal

import msgspec

from zeroline.corpus.parquet import ParquetError, ParquetLines
from zeroline.corpus.problems import CorpusError, Problem, did_you_mean

NAMES = ("statements.jsonl", "statements.jsonl.gz", "statements.parquet")
LONGEST = 1 << 20
"""The most bytes a line may have."""

READ_AT_ONCE = 1 << 20
"""Bytes."""

BOM = b"\xef\xbb\xbf"
READING = (OSError, EOFError, zlib.error)
"""What reading a file that is damaged, cut off or gone raises (gzip.BadGzipFile is an OSError)."""

_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]


class LineSpeaker(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """Who said it, where the corpus has no ``[[speaker]]`` table for them."""

    id: _Id
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    callsign: str | None = None
    unit: str | None = None
    role: str | None = None
    kind: str = "speaker"


class LinePosition(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """As :class:`zeroline.corpus.models.Position`."""

    stance: _Id
    force: Literal["unconditional", "conditional", "hypothetical"]
    certainty: Literal["high", "medium", "low"]
    basis: Literal["stated", "inferred"]
    rationale: str
    condition: str | None = None
    otherwise: str | None = None

    def __post_init__(self) -> None:
        if self.force == "conditional" and not self.condition:
            raise ValueError("a conditional position needs its `condition`")
        if self.force == "unconditional" and (self.condition or self.otherwise):
            raise ValueError("an unconditional position has no `condition` and no `otherwise`")
        if self.condition and self.condition.isspace():
            raise ValueError("the `condition` is blank; write what the position hangs on, “not recorded” if unknown")
        if self.otherwise == self.stance:
            raise ValueError("`otherwise` is the stance itself; name the one taken should the condition fail")


class LineLocator(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """As :class:`zeroline.corpus.models.Locator`."""

    paragraph: Annotated[int, msgspec.Meta(ge=1, le=1 << 40)]
    start: Annotated[int, msgspec.Meta(ge=0, le=1 << 40)]
    end: Annotated[int, msgspec.Meta(ge=1, le=1 << 40)]
    sha256: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]


class Line(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """One statement."""

    id: _Id
    speaker: LineSpeaker | str
    excerpt: str = ""
    paraphrase: str = ""
    date: str | None = None
    source: str | None = None
    attribution: Literal["direct", "reported", "caption"] = "direct"
    locator: LineLocator | None = None
    positions: tuple[LinePosition, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    note: str = ""

    def fault(self) -> str:
        """What is wrong that the types cannot say, "" for a sound line (``__post_init__`` would cost a microsecond)."""
        if not self.excerpt and not self.paraphrase:
            return "a statement needs an `excerpt` or a `paraphrase`"
        if self.excerpt.isspace():
            return "the `excerpt` is blank; write it or leave the key out"
        if self.paraphrase.isspace():
            return "the `paraphrase` is blank; write it or leave the key out"
        return "an `id` has no white space" if " " in self.id or not self.id.isprintable() else ""


def lines_file(folder: Path) -> Path | None:
    """The lines of a corpus folder, None where it has none. Raises CorpusError where it has two."""
    found = [folder / name for name in NAMES if (folder / name).is_file()]
    if len(found) > 1:
        message = "a corpus has one file of lines"
        raise CorpusError([Problem(found[1].name, None, "", message, f"delete it or {found[0].name}")])
    return found[0] if found else None


def raw_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Every line that is not empty, with its number from 1. Raises CorpusError for a file that cannot be read whole."""
    number = 0
    try:
        with opened(path) as file:
            while line := file.readline(LONGEST + 1):
                number += 1
                if len(line) > LONGEST and not line.endswith(b"\n"):
                    message = f"the line is longer than {LONGEST:,} bytes"
                    raise CorpusError([Problem(path.name, number, "", message, "break the statement up")])
                if number == 1:
                    line = line.removeprefix(BOM)
                if not line.isspace():
                    yield number, line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        message = f"the compressed file is damaged or cut off ({error})"
        raise CorpusError([Problem(path.name, number + 1, "", message, "compress it anew")]) from error
    except ParquetError as error:
        raise CorpusError([Problem(path.name, None, "", str(error.strerror), "")]) from error
    except OSError as error:
        raise CorpusError([Problem(path.name, None, "", f"cannot be read ({error.strerror})", "")]) from error


def opened(path: Path) -> IO[bytes] | gzip.GzipFile:
    """The file of lines, unpacked where it is compressed; opening and reading it raises one of READING."""
    if path.suffix == ".gz":
        return gzip.open(path, "rb")
    if path.suffix == ".parquet":
        return io.BufferedReader(ParquetLines(path), READ_AT_ONCE)
    return path.open("rb", buffering=READ_AT_ONCE)


def problem_of(error: Exception, path: Path, number: int, line: bytes) -> Problem:
    """What is wrong with a line, in plain words."""
    if isinstance(error, UnicodeDecodeError):
        return Problem(path.name, number, "", "the line is not UTF-8", "save the file as UTF-8")
    if b"\x00" in line:
        return Problem(path.name, number, "", "the line holds NUL characters", "the file is damaged: export it anew")
    message, _, where = str(error).partition(" - at `$.")
    key = where.rstrip("`")
    mend = ""
    if "unknown field" in message:
        word = message.split("`")[1] if "`" in message else ""
        mend = did_you_mean(word, Line.__struct_fields__ + LinePosition.__struct_fields__)
    elif "malformed" in message or "truncated" in message.lower():
        message, mend = f"the line is no JSON ({message})", "one JSON object a line"
    return Problem(path.name, number, key, message, mend)
