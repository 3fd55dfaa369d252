"""A first look at a file: what it is, how it is written, which columns it has, and its first rows."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from zeroline.importing.errors import ImportFault
from zeroline.importing.file_kinds import beginning, misnamed, no_table
from zeroline.importing.firmness import says_how_firm
from zeroline.importing.json_keys import Keys
from zeroline.importing.reading import Lines, head, packing_of
from zeroline.importing.rows import Row, Table, field_limit, header, objects, rows

SAMPLE_ROWS = 5_000
SAMPLE_CELLS = 4 << 20
"""The first rows, and the most characters of them, from which all is guessed."""

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
"""The delimiters that are tried, by name."""

FORMATS = ("csv", "tsv", "jsonl")

NAMES_MOST = 2_000
"""The most different keys that the objects of a file may have in its first rows."""

_TRIED = 200
_STRING = 8
_TEXT_KEPT = 200
_HEAD = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control characters that no text has many of.
_CONTROLS = bytes(n for n in range(32) if n not in b"\t\n\r\f\x1a\x1b")


class Look(NamedTuple):
    """What was seen: the table, its first rows with all their cells, those that are bad, a hint for the reader.

    ``buried``: names of JSON keys that speak of force or condition, and lie so deep or in such lists that they are no
    columns. ``whole``: every row was looked at, so that no further key can come.
    """

    table: Table
    sample: list[Row]
    bad: list[Row]
    hint: str
    buried: tuple[str, ...] = ()
    whole: bool = False

    def with_columns(self, names: Iterable[str]) -> Look:
        """The same with further columns, those of ``names`` that it has not: what lies deep, or comes late."""
        more = tuple(dict.fromkeys(name for name in names if name not in self.table.columns))
        if not more:
            return self
        again = _sampled(self.table._replace(columns=self.table.columns + more))
        return again._replace(buried=self.buried, whole=self.whole)


def look(
    path: Path,
    form: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    quoted: bool | None = None,
) -> Look:
    """Look at a file. What is given is taken as given, the rest found out. Raises ImportFault."""
    start = head(path, _HEAD)
    if not start:
        raise ImportFault(f"{path} is empty")
    parquet = packing_of(path) == "parquet"
    encoding = "utf-8" if parquet else _encoding(path, start, encoding)
    with field_limit():
        if parquet or _is_json(path, start, encoding, form, delimiter):
            return _look_at_json(Table(path, encoding, "", False, ()))
        table = _dialect(path, encoding, form, delimiter, quoted)
        with Lines(path, encoding) as lines:
            table = table._replace(columns=header(table, lines))
        return _sampled(table)


def _sampled(table: Table) -> Look:
    sample: list[Row] = []
    bad: list[Row] = []
    size = 0
    with Lines(table.path, table.encoding) as lines:
        for row in rows(table, lines, tuple(dict.fromkeys(table.columns))):
            if row.fault:
                bad.append(row._replace(text=row.text[:_TEXT_KEPT]))
            else:
                sample.append(row._replace(text=""))
                # A list costs its strings, and each of them more than its characters.
                size += sum(len(c) if isinstance(c, str) else sum(map(len, c)) + _STRING * len(c) for c in row.cells)
            if len(sample) + len(bad) >= SAMPLE_ROWS or size > SAMPLE_CELLS:
                break
    if not sample and not bad:
        raise ImportFault(_no_rows(table))
    if not sample:
        first = bad[0]
        raise ImportFault(
            f"{table.path.name}: none of the first {len(bad):,} rows can be read; "
            f"the first (line {first.line}): {first.fault}{_spread(table, first)}"
        )
    return Look(table, sample, bad, _hint(table, bad))


def _no_rows(table: Table) -> str:
    """What a table without a row is, in words."""
    joint = table.delimiter if len(table.columns) > 1 else " "
    found = f"holds one line, {beginning(joint.join(table.columns))}, which would be its header, and no rows"
    return f"{table.path.name} {found}{misnamed(table.path.name, bool(packing_of(table.path)))}"


def _spread(table: Table, first: Row) -> str:
    """What to do about JSON that is written over several lines."""
    if not table.is_json or first.text.strip() not in ("{", "["):
        return ""
    return f"; it is JSON over several lines: write one object a line, as “jq -c . {table.path.name}” does"


def _hint(table: Table, bad: list[Row]) -> str:
    if not table.encoding.startswith("utf-8") or not any("--encoding" in row.fault for row in bad):
        return ""
    line = next(row.line for row in bad if "--encoding" in row.fault)
    return f"line {line} is not UTF-8; if the file was made by Excel or is older, --encoding cp1252 may read it"


# --- encoding and kind -----------------------------------------------------------------------------------------------


def _encoding(path: Path, start: bytes, given: str | None) -> str:
    if what := no_table(start):
        raise ImportFault(f"{path.name} is no table of text but {what}")
    if given:
        try:
            io.TextIOWrapper(io.BytesIO(), given)  # refuses what encodes no text, like rot13
            name = codecs.lookup(given).name
        except (LookupError, ValueError):
            raise ImportFault(
                f"--encoding: there is no encoding “{given}”; try utf-8, cp1252 or utf-16", asks=True
            ) from None
        return "utf-8-sig" if name == "utf-8" else name
    for bom, name in _BOMS:
        if start.startswith(bom):
            return name
    controls = len(start) - len(start.translate(None, _CONTROLS))
    if controls > len(start) * 0.05:
        name = "utf-16" if start.count(0) > len(start) // 4 else "utf-8"
        raise ImportFault(f"{path.name} looks like no text; if it is, say its encoding, like --encoding {name}")
    return "utf-8-sig"


def _is_json(path: Path, start: bytes, encoding: str, form: str | None, delimiter: str | None) -> bool:
    if form:
        return form == "jsonl"
    text = codecs.getincrementaldecoder(encoding)("replace").decode(start).lstrip()
    ending = Path(path.name.removesuffix(".gz")).suffix.lower()
    if text.startswith("[") and (ending in (".json", ".jsonl", ".ndjson") or text[1:].lstrip().startswith("{")):
        mend = f"write one object a line, as “jq -c '.[]' {path.name}” does"
        raise ImportFault(f"{path.name} is one JSON array and no JSON Lines; {mend}")
    return not delimiter and (ending in (".jsonl", ".ndjson") or text.startswith("{"))


# --- CSV -------------------------------------------------------------------------------------------------------------


def _dialect(path: Path, encoding: str, form: str | None, delimiter: str | None, quoted: bool | None) -> Table:
    """The delimiter and whether there are quotation marks, with which the most of the first rows fit their header."""
    choices = [delimiter] if delimiter else ["\t"] if form == "tsv" else list(DELIMITERS)
    quotings = [True, False] if quoted is None else [quoted]
    tables = [Table(path, encoding, sign, marks, ()) for marks in quotings for sign in choices]
    # Without quotation marks nothing but the tab is a safe delimiter, unless that is asked for.
    tables = [t for t in tables if t.quoted or t.delimiter == "\t" or quoted is False]
    scored = [(_score(table), -n, table) for n, table in enumerate(tables)]
    (several, *_), _, best = max(scored)
    if not several and delimiter is None and quoted is None and not _any_quoted(path, encoding):
        return Table(path, encoding, "\t", False, ())  # one column: a line is a cell, whatever signs are in it
    return best


def _any_quoted(path: Path, encoding: str) -> bool:
    """Whether one of the first lines begins with a quotation mark."""
    with Lines(path, encoding) as lines:
        return any(line.startswith('"') for line in islice(lines, _TRIED))


def _score(table: Table) -> tuple[int, int, int]:
    """Whether there is more than one column, how many of the first rows fit, how many columns there are."""
    with Lines(table.path, table.encoding) as lines:
        try:
            columns = header(table, lines)
        except ImportFault:
            return 0, 0, 0
    with Lines(table.path, table.encoding) as lines:
        found = list(islice(rows(table._replace(columns=columns), lines, columns[:1]), _TRIED))
    fitting = sum(not row.fault for row in found)
    return int(len(columns) > 1 and fitting * 5 >= len(found)), fitting, len(columns)


# --- JSON Lines ------------------------------------------------------------------------------------------------------


def _look_at_json(table: Table) -> Look:
    keys = Keys()
    names: dict[str, None] = {}
    buried: dict[str, None] = {}
    with Lines(table.path, table.encoding) as lines:
        all_of_them = objects(lines)
        for item in islice(all_of_them, SAMPLE_ROWS):
            if not isinstance(item, Row):
                for key in keys.new(item[0]):
                    if key.column:
                        names[key.name] = None
                    elif says_how_firm(key.name):
                        buried[key.name] = None
            if len(names) > NAMES_MOST:
                raise ImportFault(f"{table.path.name}: its objects have more than {NAMES_MOST:,} different keys")
        whole = next(all_of_them, None) is None
    seen = _sampled(table._replace(columns=tuple(names) or ("",)))
    return seen._replace(buried=tuple(buried), whole=whole)
