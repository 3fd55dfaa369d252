"""A snapshot's record as TOML holds it, and back: TOML has no null, so None is left out and restored.

The shapes are read from :mod:`zeroline.records` itself, so that a field added there is written and read without a
change here. Keys that the shapes do not know stay where they are.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints, is_typeddict

from zeroline.records import EventRecord, Item, StatementRecord

_SHAPES: dict[str, type] = {"statement": StatementRecord, "event": EventRecord}
_WORDS = {str: "text", int: "a whole number", float: "a number", list: "a list", dict: "a table"}


class WrongShape(Exception):
    """A value is not what a record has there. ``key`` is its dotted path, ``problem`` what is wrong with it."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}")
        self.key, self.problem = key, problem


def without_none(value: object) -> object:
    """A copy, in plain dictionaries and lists, without the keys whose value is None."""
    if isinstance(value, Mapping):
        return {key: without_none(member) for key, member in value.items() if member is not None}
    if isinstance(value, list | tuple):
        return [without_none(member) for member in value]
    return value


def restore_item(table: object, key: str) -> Item:
    """The record that a TOML table holds; ``key`` is where the table stands. Raises :class:`WrongShape`."""
    if not isinstance(table, dict):
        raise WrongShape(key, "must be a table")
    kind = table.get("kind")
    if not isinstance(kind, str) or kind not in _SHAPES:
        raise WrongShape(f"{key}.kind", 'must be "statement" or "event"')
    return cast(Item, _restore(table, _SHAPES[kind], key))


@cache
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape)


def _restore(value: object, hint: Any, key: str) -> object:
    if is_typeddict(hint):
        return _restore_table(value, hint, key)
    origin = get_origin(hint)
    if origin is Literal:
        return _restore_literal(value, get_args(hint), key)
    if origin is list:
        members = _typed(value, list, key)
        (member,) = get_args(hint)
        return [_restore(one, member, f"{key}[{place}]") for place, one in enumerate(members)]
    if origin in (Union, types.UnionType):
        (present,) = (option for option in get_args(hint) if option is not type(None))
        return _restore(value, present, key)
    if hint is float and type(value) is int:
        return value
    return _typed(value, hint, key)


def _restore_table(value: object, shape: type, key: str) -> dict[str, object]:
    table = _typed(value, dict, key)
    restored: dict[str, object] = {}
    for name, hint in _hints(shape).items():
        where = f"{key}.{name}"
        restored[name] = _restore(table[name], hint, where) if name in table else _absent(hint, where)
    restored.update((name, member) for name, member in table.items() if name not in restored)
    return restored


def _absent(hint: Any, key: str) -> object:
    if type(None) in get_args(hint):
        return None
    if hint is str:
        return ""
    if get_origin(hint) is list:
        return []
    raise WrongShape(key, "is missing")


def _restore_literal(value: object, options: tuple[object, ...], key: str) -> object:
    if value not in options:
        raise WrongShape(key, "must be " + " or ".join(f'"{option}"' for option in options))
    return value


def _typed(value: object, wanted: type, key: str) -> Any:
    if type(value) is not wanted:
        raise WrongShape(key, f"must be {_WORDS.get(wanted, wanted.__name__)}")
    return value
