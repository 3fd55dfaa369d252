"""The import itself: every row read becomes a statement or is reported as bad, in one pass and bounded memory."""

from __future__ import annotations

import csv
import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec

from zeroline import __version__
from zeroline.importing.codebook import Codebook, Name, in_order
from zeroline.importing.dates import Dates, Style
from zeroline.importing.errors import BadRow, ImportFault
from zeroline.importing.fields import map_text
from zeroline.importing.firmness import says_how_firm
from zeroline.importing.labels import NO_STANCE
from zeroline.importing.late_keys import LateKeys
from zeroline.importing.reading import UNREADABLE, Lines
from zeroline.importing.rows import Row, Table, field_limit, rows
from zeroline.importing.seen_ids import Seen
from zeroline.importing.statements import Builder
from zeroline.importing.target import BAD_ROWS, CORPUS, STATEMENTS, Target, opened
from zeroline.importing.writable import writable

Progress = Callable[[int, int, int], None]
"""Told how many rows are read, how many bytes of the file, and of how many."""

_CHUNK = 1 << 18
_TOLD_EVERY = 0.1
_ROW_SHOWN = 2_000
_EXAMPLES = 3
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Plan(NamedTuple):
    """What to import and how; ``id`` and ``title`` are the corpus's, ``none`` the labels that mean no position.

    ``guessed``: nobody gave the ``mapping``, so nothing that speaks of force or condition may be left out by it.
    """

    table: Table
    mapping: Mapping[str, str]
    id: str
    title: str
    style: Style = Style()
    none: tuple[str, ...] = NO_STANCE
    guessed: bool = False


@dataclass
class Result:
    """What an import has made. ``stances`` come in the codebook's order; ``beyond``: names kept as notes.

    ``guarded``: the labels that themselves say a condition or hypothesis, with the force that they were taken to have.
    ``late``: keys of JSON Lines that are left out, and that the first rows did not have.
    """

    folder: Path
    statements: int = 0
    bad: int = 0
    speakers: int = 0
    topics: int = 0
    places: int = 0
    sources: int = 0
    stances: list[Name] = field(default_factory=list)
    without_stance: int = 0
    beyond: int = 0
    guarded: list[tuple[str, str]] = field(default_factory=list)
    late: tuple[str, ...] = ()
    bad_examples: list[Row] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rows(self) -> int:
        """All rows, good and bad."""
        return self.statements + self.bad


def run(
    plan: Plan, folder: Path, *, replace: bool = False, strict: bool = False, progress: Progress | None = None
) -> Result:
    """Import into ``folder``, which is new or empty, or an earlier import to ``replace``.

    Raises ImportFault where it cannot be done, or with ``strict`` at the first bad row; then, as after a
    KeyboardInterrupt, nothing is left of it.
    """
    began = time.monotonic()
    wanted = [*plan.mapping.values(), *filter(says_how_firm, plan.table.columns)]
    with opened(folder, replace=replace) as target:
        result = Result(target.folder)
        with (
            closing(Codebook(target.temp)) as codebook,
            closing(Seen(target.temp / ".ids")) as seen,
            field_limit(),
            Lines(plan.table.path, plan.table.encoding, wanted) as lines,
            (target.temp / STATEMENTS).open("wb") as file,
            closing(_BadRows(target.temp / BAD_ROWS, plan.table, strict)) as bad,
        ):
            unnamed = codebook.sources.get(f"[{writable(plan.table.path.name)}]")
            assert unnamed is not None
            builder = Builder(plan.mapping, Dates(plan.style), plan.none, codebook, seen, unnamed)
            late = LateKeys(plan.table, plan.mapping, plan.guessed)
            found = rows(plan.table, lines, tuple(plan.mapping.values()), late)
            sha256 = _stream(_telling(found, lines, progress), builder, file, bad, result)
            if plan.table.is_json and result.rows + bad.count:
                late.check_met()
            result.guarded = [(name.label, force) for name, force in builder.guarded.values() if name.held.get(force)]
            result.late = tuple(late.left)
            if "source" not in plan.mapping:
                unnamed.count = result.statements
            _count(result, codebook, bad)
        _check_not_empty(plan, result)
        _write_corpus(plan, codebook, bool(result.guarded), target)
        target.commit(_receipt(plan, result, lines.size), sha256)
    result.seconds = time.monotonic() - began
    return result


def _stream(found: Iterator[Row], builder: Builder, file: IO[bytes], bad: _BadRows, result: Result) -> str:
    """Write the statement of every good row. Returns the SHA-256 of what is written."""
    encode = msgspec.json.Encoder().encode
    digest = hashlib.sha256()
    kept: list[bytes] = []
    size = 0
    for row in found:
        if row.fault:
            bad.add(row)
            continue
        try:
            made = builder.build(row.line, row.cells)
        except BadRow as why:
            bad.add(row._replace(fault=str(why)))
            continue
        data = encode(made.statement)
        kept += (data, b"\n")
        size += len(data) + 1
        for name in made.names:
            name.count += 1
        result.statements += 1
        for stance, force in made.held:
            stance.held[force] = stance.held.get(force, 0) + 1
        result.without_stance += not made.held
        if size > _CHUNK:
            chunk = b"".join(kept)
            digest.update(chunk)
            file.write(chunk)
            kept.clear()
            size = 0
    chunk = b"".join(kept)
    digest.update(chunk)
    file.write(chunk)
    return digest.hexdigest()


def _telling(found: Iterator[Row], lines: Lines, progress: Progress | None) -> Iterator[Row]:
    """The same rows, telling now and then how far they are."""
    if progress is None:
        yield from found
        return
    next_time = 0.0
    number = 0
    for number, row in enumerate(found, 1):
        yield row
        if not number & 255 and (now := time.monotonic()) >= next_time:
            next_time = now + _TOLD_EVERY
            progress(number, lines.position(), lines.size)
    progress(number, lines.size, lines.size)


class _BadRows:
    """The report of the rows that are bad; there is a file only if there is one."""

    def __init__(self, path: Path, table: Table, strict: bool) -> None:
        self._path = path
        self._table = table
        self._strict = strict
        self._file: Any = None
        self._writer: Any = None
        self.count = 0
        self.examples: list[Row] = []

    def add(self, row: Row) -> None:
        """Report a row. Raises ImportFault when one is too many."""
        if self._strict:
            raise ImportFault(f"{self._table.path}:{row.line}: {row.fault}; with --strict nothing is imported")
        if self._file is None:
            self._file = self._path.open("w", encoding="utf-8", newline="")
            self._writer = csv.writer(self._file)
            self._writer.writerow(("line", "last_line", "reason", "row"))
        self.count += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(row)
        text = row.text.rstrip("\r\n").replace(UNREADABLE, "\ufffd")
        if len(text) > _ROW_SHOWN:
            text = f"{text[:_ROW_SHOWN]}…"
        if text.startswith(_FORMULA):
            text = f"'{text}"  # no spreadsheet shall take it for a formula
        self._writer.writerow((row.line, row.last, row.fault.replace(UNREADABLE, "\ufffd"), text))

    def close(self) -> None:
        """Finish the file, if there is one."""
        if self._file is not None:
            self._file.close()


def _count(result: Result, codebook: Codebook, bad: _BadRows) -> None:
    result.bad, result.bad_examples = bad.count, bad.examples
    result.speakers = codebook.speakers.count
    result.topics, result.places = len(codebook.topics.used()), len(codebook.places.used())
    result.sources = len(codebook.sources.used())
    result.stances = [name for name in in_order(codebook.stances.used()) if name.held]
    result.beyond = sum(names.beyond for names in (codebook.topics, codebook.places, codebook.sources))


def _check_not_empty(plan: Plan, result: Result) -> None:
    if result.statements:
        return
    if not result.bad:
        raise ImportFault(f"{plan.table.path.name} has no rows; nothing is imported")
    first = result.bad_examples[0]
    raise ImportFault(
        f"{plan.table.path.name}: all {result.bad:,} rows are bad, so nothing is imported; "
        f"the first (line {first.line}): {first.fault}"
    )


def _write_corpus(plan: Plan, codebook: Codebook, guarded: bool, target: Target) -> None:
    import tomli_w

    name = writable(plan.table.path.name)
    judged = "force" in plan.mapping or "condition" in plan.mapping
    firm = "so is how firm they are" if judged else "how firm they are, nobody has judged"
    if guarded:
        firm += "; where a label itself says a condition or a hypothesis, it is taken so"
    about = {
        "format": 1,
        "id": plan.id,
        "title": plan.title,
        "version": "1",
        "description": f"Imported from {name}. Stances are as labelled there; {firm}.",
    }
    parts = [f"[corpus]\n{tomli_w.dumps(about)}"]
    for kind, tables in codebook.tables().items():
        parts += [f"[[{kind}]]\n{tomli_w.dumps(table)}" for table in tables]
    (target.temp / CORPUS).write_text("\n".join(parts), encoding="utf-8")


def _receipt(plan: Plan, result: Result, size: int) -> dict[str, Any]:
    """How the corpus was made: enough to make it again."""
    return {
        "made_by": f"zeroline {__version__}",
        "file": writable(plan.table.path.name),
        "bytes": size,
        "encoding": plan.table.encoding,
        "delimiter": plan.table.delimiter,
        "map": map_text(plan.mapping),
        "date_format": plan.style.form or plan.style.order,
        "none_labels": list(plan.none),
        "statements": result.statements,
        "bad_rows": result.bad,
    }
