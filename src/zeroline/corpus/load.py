"""From a folder of TOML files to a :class:`~zeroline.corpus.models.Study`, or to every problem there is with it.

Values are taken strictly: "4" is no number, and 4 is no text. Cross-references, dates and source texts
are the matter of :mod:`zeroline.corpus.check`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zeroline.corpus.files import MAIN, Reading, read, study_files
from zeroline.corpus.problems import CorpusError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from zeroline.corpus.locate import KeyPath
    from zeroline.corpus.models import Study

__all__ = ["in_order", "load", "read_study", "study_files"]

FORMAT = 1
"""The newest corpus format this Zeroline knows."""

_ID_SPACES = (
    ("stance",),
    ("topic",),
    ("kind",),
    ("place",),
    ("person",),
    ("source", "speaker"),
    ("statement", "event"),
    ("anchor",),
)
# An event is asserted by a speaker or a source, and a bookmark or `show` names a statement or an event: such pairs of
# tables share their ids.


def load(folder: Path) -> Study:
    """Read and validate a corpus. Raises CorpusError with every problem found."""
    reading = read_study(folder)
    study, problems = _validated(reading)
    problems = [*reading.problems, *problems]
    if problems or study is None:
        raise CorpusError(in_order(problems))
    return study


def read_study(folder: Path) -> Reading:
    """The tables of a corpus's files, not validated. Raises CorpusError when there is no corpus."""
    from zeroline.corpus.models import Study

    return read(folder, list(Study.model_fields))


def in_order(problems: list[Problem]) -> list[Problem]:
    """The problems by file and line, ``corpus.toml`` first."""
    return sorted(problems, key=lambda problem: (problem.file != MAIN, problem.file, problem.line or 0))


def _validated(reading: Reading) -> tuple[Study | None, list[Problem]]:
    from pydantic import ValidationError

    from zeroline.corpus.explain import explain
    from zeroline.corpus.models import Study

    tables = reading.tables
    newer = _newer_format(reading)
    if newer:
        return None, [newer]
    problems = _taken_ids(reading)
    study = None
    try:
        study = Study.model_validate(tables, strict=True)
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False):
            if error["loc"] != ("corpus",):  # that there is none is said already, by the reader of files
                problems.append(reading.problem(error["loc"], *explain(error, tables)))
    return study, problems


def _newer_format(reading: Reading) -> Problem | None:
    """The one thing to say of a corpus from the future, whose keys we cannot judge."""
    given: Any = reading.tables.get("corpus", {}).get("format", FORMAT)
    if isinstance(given, int) and not isinstance(given, bool) and given > FORMAT:
        message = f"this corpus is in format {given}, and this Zeroline knows formats up to {FORMAT}"
        return reading.problem(("corpus", "format"), message, "update Zeroline")
    return None


def _taken_ids(reading: Reading) -> list[Problem]:
    problems: list[Problem] = []
    for kinds in _ID_SPACES:
        tables: list[tuple[KeyPath, Any]] = [
            ((kind, index), table) for kind in kinds for index, table in enumerate(reading.tables.get(kind, ()))
        ]
        problems += _taken_in(reading, tables)
    for index, source in enumerate(reading.tables.get("source", ())):
        sections = source.get("section", ())
        if isinstance(sections, tuple):
            problems += _taken_in(reading, [(("source", index, "section", n), it) for n, it in enumerate(sections)])
    return problems


def _taken_in(reading: Reading, tables: list[tuple[KeyPath, Any]]) -> list[Problem]:
    """A problem for each id that an earlier table has."""
    first: dict[str, KeyPath] = {}
    problems = []
    for path, table in tables:
        name = table.get("id") if isinstance(table, dict) else None
        if not isinstance(name, str):
            continue
        if name in first:
            other = reading.problem((*first[name], "id"), "")
            where = other.file if other.line is None else f"{other.file}:{other.line}"
            message = f"the id “{name}” is taken by the {first[name][-2]} at {where}"
            problems.append(reading.problem((*path, "id"), message, "give one of them another"))
        else:
            first[name] = path
    return problems
