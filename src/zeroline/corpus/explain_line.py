"""What msgspec finds wrong with a line of a corpus, in words for the person who writes it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec

from zeroline.corpus.lines import WORDS, Line, LineLocator, LinePosition, LineSpeaker
from zeroline.corpus.problems import Problem, did_you_mean, nearest, one_of

_TYPES = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
}
_FOUND = {**_TYPES, "int": "a number"}
_TABLES: dict[str, type[msgspec.Struct]] = {
    "speaker": LineSpeaker,
    "positions": LinePosition,
    "locator": LineLocator,
    "": Line,
}
_EXPECTED = re.compile(r"Expected `(?P<wanted>[^`]*)`, got `(?P<found>[^`]*)`")
_LIMIT = re.compile(r"Expected `(?:str|int)` (?P<what>of length >=|of length <=|>=|<=|matching regex) (?P<than>.*)")


def problem_of(error: Exception, path: Path, number: int, line: bytes) -> Problem:
    """What is wrong with a line, in plain words."""
    if isinstance(error, UnicodeDecodeError):
        return Problem(path.name, number, "", "the line is not UTF-8", "save the file as UTF-8")
    if b"\x00" in line:
        return Problem(path.name, number, "", "the line holds NUL characters", "the file is damaged: export it anew")
    said, _, where = str(error).partition(" - at `$.")
    key = where.rstrip("`")
    if not isinstance(error, msgspec.ValidationError):
        return Problem(path.name, number, "", *_no_json(said, line))
    message, mend = _explained(said, key)
    return Problem(path.name, number, key, message, mend)


def _explained(said: str, key: str) -> tuple[str, str]:
    """The message and the mend for what does not fit the types."""
    name = re.sub(r"\[\d+\]$", "", key).rpartition(".")[2]
    word = said.split("`")[1] if "`" in said else ""
    table = re.split(r"[.\[]", key)[0]
    if "unknown field" in said:
        fields = _TABLES.get(table, Line).__struct_fields__
        return f"unknown key “{word}”", did_you_mean(word, fields) or f"use one of {', '.join(fields)}"
    if "missing required field" in said:
        words = WORDS.get(word)
        return f"has no `{word}`", f'add "{word}": ' + (one_of(words) if words else "…")
    if said.startswith("Invalid enum value"):
        given, words = said.partition("'")[2].rstrip("'"), WORDS.get(name, ())
        near = nearest(given, words)
        hint = f"; did you mean “{near}”?" if near else ""
        return f"cannot be “{given}”", f"use {one_of(words)}{hint}" if words else ""
    if match := _EXPECTED.match(said):
        return _retyped(match["wanted"].split(" | "), match["found"], key)
    if match := _LIMIT.match(said):
        return _limited(match["what"], match["than"], name)
    return said, ""


def _retyped(wanted: list[str], found: str, key: str) -> tuple[str, str]:
    if not key:
        return f"the line is {_FOUND.get(found, found)}", "write one JSON object a line: {…}"
    must = " or ".join(_TYPES.get(kind, kind) for kind in wanted if kind != "null")
    message = f"must be {must}, not {_FOUND.get(found, found)}"
    if found == "null":
        return message, "take it out" if key.endswith("]") else "leave the key out where there is none"
    if "array" in wanted:
        return message, "put it in [brackets]"
    return message, "put it in quotation marks" if "str" in wanted and found in ("int", "float", "bool") else ""


def _limited(what: str, than: str, name: str) -> tuple[str, str]:
    if what == "of length >=":
        return "is empty", "write it"
    if what == "of length <=":
        return "is too long", f"use at most {than} characters"
    if what == "matching regex":
        return ("is no SHA-256", "it has 64 digits of 0-9 and a-f") if name == "sha256" else ("is misspelt", "")
    if what == ">=":
        return "is too small", f"it must be at least {than}"
    return "is too large", f"it must be at most {than}"


def _no_json(said: str, line: bytes) -> tuple[str, str]:
    """What to say of a line that msgspec cannot decode."""
    if half := _half_a_character(line):
        return f"the line holds half a character ({half})", "write the character itself, or both its halves"
    return f"the line is no JSON ({said[:1].lower()}{said[1:]})", "one JSON object a line"


def _half_a_character(line: bytes) -> str:
    r"""A surrogate that stands alone, as ``\ud83d``, "" where there is none."""
    try:
        json.dumps(json.loads(line), ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        return f"\\u{ord(error.object[error.start]):04x}"
    except (ValueError, RecursionError):
        pass
    return ""
