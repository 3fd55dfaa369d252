"""What pydantic finds wrong, in words for the person who writes the corpus."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from zeroline.corpus.anchor import Anchor
from zeroline.corpus.models import Study
from zeroline.corpus.problems import did_you_mean, nearest, one_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_WANTED = {
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list in [brackets]",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "dict_type": "a table",
}
_NUMBER_LIMITS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}


def explain(error: ErrorDetails, tables: dict[str, Any]) -> tuple[str, str]:
    """The message and the mend for one error of the validation of ``tables``."""
    kind, path, value, context = error["type"], error["loc"], error["input"], error.get("ctx", {})
    key = str(path[-1])
    if kind == "extra_forbidden":
        return "unknown key", _right_key(key, path, tables)
    if kind == "missing":
        return "is missing", _add(key, path)
    if kind in _WANTED:
        return f"must be {_WANTED[kind]}, not {shown(value)}", _retyped(kind, key, value)
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        message = f"cannot be {shown(value)}"
        if not words:
            return message, f"it must be {context.get('expected', 'something else')}"
        return message, did_you_mean(value, words) if isinstance(value, str) else "use " + one_of(words)
    if kind == "string_pattern_mismatch":
        return _misspelt(key, str(value))
    if kind == "string_too_short":
        return "is empty", "write it" if _required(path) else "write it or take the key out"
    if kind == "string_too_long":
        return f"is too long ({len(value)} characters)", f"use at most {context['max_length']}"
    if kind in _NUMBER_LIMITS:
        name, words_for = _NUMBER_LIMITS[kind]
        return f"is {shown(value)}", f"it must be {words_for} {context[name]:,.12g}"
    if kind == "value_error":
        return str(context.get("error", error["msg"])), ""
    return error["msg"][:1].lower() + error["msg"][1:], ""


def shown(value: object) -> str:
    """A TOML value as a message shows it: never long, never more than its outside when it is nested."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"“{value if len(value) <= 60 else value[:59] + '…'}”"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**20 else "so large a number"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, datetime.date | datetime.time):
        return f"a bare date or time ({value})"
    return "a list" if isinstance(value, tuple | list) else "a table"


def _right_key(key: str, path: tuple[int | str, ...], tables: dict[str, Any]) -> str:
    """The key that is meant: the nearest that its table has not got yet, or else the keys there are."""
    model = _model_at(path[:-1])
    if model is None:
        return ""
    taken: Any = tables
    for part in path[:-1]:
        taken = taken[part]
    free = [name for name in model.model_fields if name not in taken]
    near = nearest(key, free) or nearest(key, model.model_fields)
    if near:
        return f"did you mean “{near}”?"
    return f"the keys of this table are {', '.join(model.model_fields)}"


def _add(key: str, path: tuple[int | str, ...]) -> str:
    words = _words_of(path)
    return f"add {key} = {one_of(words).replace('“', chr(34)).replace('”', chr(34))}" if words else f"add {key} = …"


def _retyped(kind: str, key: str, value: object) -> str:
    """How to write the value as the type it must have, where that is plain."""
    if kind == "string_type" and isinstance(value, datetime.date | datetime.time | int | float):
        written = str(value).lower() if isinstance(value, bool) else str(value)
        return f'write {key} = "{written}"' if len(written) < 40 and not key.isdigit() else "put it in quotes"
    if kind == "tuple_type" and isinstance(value, str):
        return f"write {key} = [{chr(34)}…{chr(34)}]"
    if kind == "tuple_type":
        return "put it in [brackets]"
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?|true|false", value):
        return f"write {key} = {value}, without quotes"
    return ""


_OF_ANCHORS = frozenset(Anchor.model_fields) - {"id"}


def _misspelt(key: str, value: str) -> tuple[str, str]:
    if key == "sha256":
        return "is no SHA-256", "it has 64 digits of 0-9 and a-f"
    if key in _OF_ANCHORS:
        return f"cannot be {shown(value)}", "anchors are not to be edited: write them anew with zeroline fingerprint"
    slug = re.sub(r"[^a-z0-9._-]+", "-", value.casefold()).strip("._-")
    rule = "an id has small letters a-z, digits, “-”, “_” and “.”, and begins with a letter or digit"
    return f"{shown(value)} is no id", f"{rule}; for instance “{slug}”" if slug else rule


def _model_at(path: tuple[int | str, ...]) -> type[BaseModel] | None:
    """The model of the table at a path of a study."""
    model: type[BaseModel] | None = Study
    for part in path:
        if isinstance(part, str) and model is not None:
            model = _model_in(model.model_fields[part].annotation) if part in model.model_fields else None
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for inner in get_args(annotation) if (model := _model_in(inner))), None)


def _field_at(path: tuple[int | str, ...]) -> Any:
    model = _model_at(path[:-1])
    return model.model_fields.get(str(path[-1])) if model else None


def _required(path: tuple[int | str, ...]) -> bool:
    found = _field_at(path)
    return bool(found and found.is_required())


def _words_of(path: tuple[int | str, ...]) -> list[str]:
    """The words a key may have, when they are a closed list."""
    found = _field_at(path)
    if found is None or get_origin(found.annotation) is not Literal:
        return []
    return [word for word in get_args(found.annotation) if isinstance(word, str)]
