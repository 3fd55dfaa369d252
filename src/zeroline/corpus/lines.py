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
from typing import IO, Annotated, Literal, get_args

import msgspec

from zeroline.corpus.parquet import ParquetError, ParquetLines
from zeroline.corpus.problems import CorpusError, Problem

NAMES = ("statements.jsonl", "statements.jsonl.gz", "statements.parquet")
LONGEST = 1 << 20
"""The most bytes a line may have."""

READ_AT_ONCE = 1 << 20
"""Bytes."""

BOM = b"\xef\xbb\xbf"
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"{\x00", b"\x00{", b"\x00\x00\xfe\xff", b"\x00\x00\x00{")
"""How a file of objects begins that has two or four bytes for every character."""

READING = (OSError, EOFError, zlib.error)
"""What reading a file that is damaged, cut off or gone raises (gzip.BadGzipFile is an OSError)."""

Force = Literal["unconditional", "conditional", "hypothetical"]
Certainty = Literal["high", "medium", "low"]
Basis = Literal["stated", "inferred"]
Attribution = Literal["direct", "reported", "caption"]
WORDS: dict[str, tuple[str, ...]] = {
    "force": get_args(Force),
    "certainty": get_args(Certainty),
    "basis": get_args(Basis),
    "attribution": get_args(Attribution),
}
"""The keys with a vocabulary of their own, and its words."""

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
    force: Force
    certainty: Certainty
    basis: Basis
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
    attribution: Attribution = "direct"
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
                    if line.startswith(_WIDE):
                        message = "the file is UTF-16 or UTF-32, not UTF-8"
                        raise CorpusError([Problem(path.name, None, "", message, "save it as UTF-8")])
                    line = line.removeprefix(BOM)
                if not line.isspace():
                    yield number, line
    except gzip.BadGzipFile as error:
        if number or not str(error).startswith("Not a gzipped file"):
            raise _damaged(path, number, error) from error
        message, mend = "the file is not compressed, whatever its name", f"name it {path.stem}, or compress it"
        raise CorpusError([Problem(path.name, None, "", message, mend)]) from error
    except (EOFError, zlib.error) as error:
        raise _damaged(path, number, error) from error
    except ParquetError as error:
        raise CorpusError([Problem(path.name, None, "", str(error.strerror), "")]) from error
    except OSError as error:
        raise CorpusError([Problem(path.name, None, "", f"cannot be read ({error.strerror})", "")]) from error


def _damaged(path: Path, number: int, error: Exception) -> CorpusError:
    message = f"the compressed file is damaged or cut off ({error})"
    return CorpusError([Problem(path.name, number + 1, "", message, "compress it anew")])


def opened(path: Path) -> IO[bytes] | gzip.GzipFile:
    """The file of lines, unpacked where it is compressed; opening and reading it raises one of READING."""
    if path.suffix == ".gz":
        return gzip.open(path, "rb")
    if path.suffix == ".parquet":
        return io.BufferedReader(ParquetLines(path), READ_AT_ONCE)
    return path.open("rb", buffering=READ_AT_ONCE)
