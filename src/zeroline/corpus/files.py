"""The files of a corpus: which they are, what tables they hold, and which file and line each table came from.

Importing this module is cheap: tomllib and pydantic are only imported to read.
"""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zeroline.corpus.locate import KeyPath, line_of, lines
from zeroline.corpus.problems import CorpusError, Problem, did_you_mean

MAIN = "corpus.toml"
SOURCES = "sources"

_TOML_ERROR = re.compile(
    r"(?P<what>.*) \(at (?:line (?P<line>[0-9]+), column (?P<column>[0-9]+)|end of document)\)", re.S
)
_TOML_MENDS = {
    "Invalid value": 'text stands in straight quotes: "…"',
    "Cannot overwrite a value": "the same key stands twice in one table",
    "Cannot declare": "the same table is opened twice",
    "Illegal character": 'a text of several lines stands in three quotes: """…"""',
    "Invalid initial character": "a key has letters, digits, “-” and “_”, and an inline {table} stands on one line",
    "Unescaped '\\'": "write a backslash twice, or put the text in single quotes",
}


def toml_files(folder: Path) -> list[Path]:
    """The TOML files directly in a corpus's folder, ``corpus.toml`` first, then by name; hidden ones are left out."""
    found = [
        path for path in folder.iterdir() if path.suffix == ".toml" and path.name[0] not in ".#" and not path.is_dir()
    ]
    return sorted(found, key=lambda path: (path.name != MAIN, path.name))


def study_files(folder: Path) -> list[Path]:
    """Every file that makes the corpus: its TOML files and ``sources/*.txt``, sorted; none when there is no folder."""
    try:
        found = toml_files(folder)
    except OSError:
        return []
    return sorted([*found, *(path for path in (folder / SOURCES).glob("*.txt") if not path.is_dir())])


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, without a byte order mark. Raises OSError and UnicodeDecodeError."""
    if not stat.S_ISREG(path.stat().st_mode):  # a named pipe would have us wait for ever
        raise OSError(0, "it is not a regular file")
    return path.read_bytes().decode("utf-8").removeprefix("\ufeff")


def unreadable(name: str, error: OSError | UnicodeDecodeError) -> Problem:
    """What to say of a file that :func:`read_text` could not read."""
    if isinstance(error, OSError):
        return Problem(name, None, "", f"cannot be read: {error.strerror or error}", "")
    line = error.object.count(b"\n", 0, error.start) + 1
    return Problem(name, line, "", f"is not UTF-8 (byte 0x{error.object[error.start]:02x})", "save it as UTF-8")


@dataclass(slots=True)
class Reading:
    """What the TOML files of a folder hold.

    ``tables`` is the whole corpus as one mapping, lists made tuples (as strict validation wants them); ``origins`` says
    for each table of a kind which file it is from, and which of that file's it is.
    """

    folder: Path
    tables: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _lines: dict[str, dict[KeyPath, int]] = field(default_factory=dict)

    def problem(self, path: KeyPath, message: str, mend: str = "") -> Problem:
        """A problem with the value at ``path`` of the whole corpus, told with the file and line it is from."""
        kind = path[0]
        name, local, key = MAIN, path, path[1:]
        if kind != "corpus" and len(path) > 1:
            name, index = self.origins[str(kind)][int(path[1])]
            local, key = (kind, index, *path[2:]), path[2:]
        return Problem(name, self.line(name, local), key_text(key), message, mend)

    def line(self, name: str, path: KeyPath) -> int | None:
        """The line in the file ``name`` of the value at ``path`` of that file."""
        if name not in self._lines:
            try:
                self._lines[name] = lines(read_text(self.folder / name))
            except (OSError, UnicodeDecodeError):  # it was readable a moment ago
                return None
        return line_of(self._lines[name], path)


def key_text(path: KeyPath) -> str:
    """A path as a person writes it: ``positions[0].force``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def read(folder: Path, kinds: list[str]) -> Reading:
    """Read every TOML file of a corpus. ``kinds`` are the tables there are, "corpus" among them.

    Files that cannot be read and tables that cannot be placed become problems; the rest is read all the same. Raises
    CorpusError when there is no corpus to read at all.
    """
    try:
        files = toml_files(folder)
    except FileNotFoundError:
        raise _no_corpus(folder, "there is no such folder", "") from None
    except NotADirectoryError:
        mend = f"name the folder it is in: {folder.parent}" if folder.suffix == ".toml" else ""
        raise _no_corpus(folder, "is a file, and a corpus is a folder", mend) from None
    except OSError as error:
        raise _no_corpus(folder, f"cannot be read: {error.strerror or error}", "") from None
    if not files or files[0].name != MAIN:
        raise _no_corpus(folder, f"has no {MAIN}, so it is no corpus", f"write a {MAIN} with a [corpus] table")
    reading = Reading(folder)
    for path in files:
        data = _parsed(path, reading.problems)
        if data is not None:
            _add(reading, path.name, data, kinds)
            if path.name == MAIN and "corpus" not in data:
                mend = "begin it with [corpus], and give it id, title and version"
                reading.problems.append(Problem(MAIN, None, "", "has no [corpus] table", mend))
    return reading


def _no_corpus(folder: Path, message: str, mend: str) -> CorpusError:
    return CorpusError([Problem(str(folder), None, "", message, mend)])


def _parsed(path: Path, problems: list[Problem]) -> dict[str, Any] | None:
    """The tables of one file, or None and a problem more."""
    import tomllib

    try:
        text = read_text(path)
    except (OSError, UnicodeDecodeError) as error:
        problems.append(unreadable(path.name, error))
        return None
    try:
        return {kind: _tuples(value) for kind, value in tomllib.loads(text).items()}
    except tomllib.TOMLDecodeError as error:
        problems.append(_syntax(path.name, text, str(error)))
    except RecursionError:
        problems.append(Problem(path.name, None, "", "is nested too deeply to be read", "no table needs such depth"))
    except ValueError:  # an integer of thousands of digits, which Python refuses to turn into a number
        problems.append(Problem(path.name, None, "", "holds a number that is too long to be read", ""))
    return None


def _syntax(name: str, text: str, said: str) -> Problem:
    """A syntax error, with tomllib's line and words."""
    match = _TOML_ERROR.fullmatch(said)
    what = match["what"] if match else said
    line = int(match["line"]) if match and match["line"] else text.rstrip().count("\n") + 1
    column = f" (column {match['column']})" if match and match["column"] else " (the file ends too soon)"
    mend = next((mend for start, mend in _TOML_MENDS.items() if what.startswith(start)), "")
    return Problem(name, line, "", f"is not TOML: {what[:1].lower()}{what[1:]}{column}", mend)


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_tuples, value))
    if isinstance(value, dict):
        return {key: _tuples(inner) for key, inner in value.items()}
    return value


def _add(reading: Reading, name: str, data: dict[str, Any], kinds: list[str]) -> None:
    """Put one file's tables to the others."""
    for kind, value in data.items():
        trouble = _misplaced(name, kind, value, kinds)
        if trouble:
            reading.problems.append(Problem(name, reading.line(name, (kind,)), "", *trouble))
        elif kind == "corpus":
            reading.tables[kind] = value
        else:
            reading.tables[kind] = reading.tables.get(kind, ()) + value
            reading.origins.setdefault(kind, []).extend((name, index) for index in range(len(value)))


def _misplaced(name: str, kind: str, value: Any, kinds: list[str]) -> tuple[str, str] | None:
    """Why a top-level table or key cannot stand where it does, and what to do; None when it can."""
    if kind not in kinds:
        what = "table" if isinstance(value, (dict, tuple)) else "key"
        return f"unknown {what} “{kind}”", did_you_mean(kind, kinds)
    if kind == "corpus":
        if name != MAIN:
            return f"[corpus] stands in {MAIN}, once", "take it out here"
        return None if isinstance(value, dict) else ("corpus is one table", "write [corpus], in single brackets")
    if isinstance(value, dict):
        return f"{kind} is a list of tables", f"write [[{kind}]], in double brackets"
    if not isinstance(value, tuple) or not all(isinstance(table, dict) for table in value):
        return f"{kind} must be tables", f"write each as [[{kind}]] and its keys below"
    return None
