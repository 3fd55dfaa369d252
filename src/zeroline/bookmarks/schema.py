"""A snapshot's record as TOML holds it, and back: TOML has no null, so None is left out and restored.

The shapes are read from :mod:`zeroline.records` itself, so that a field added there is written and read without a
change here. Keys that the shapes do not know stay where they are.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints, is_typeddict

from zeroline.records import EventRecord, Item, StatementRecord

Restore = Callable[[object], object]
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
    try:
        return cast(Item, _restorer(_SHAPES[kind])(table))
    except WrongShape as error:
        raise WrongShape(f"{key}{error.key}", error.problem) from None


# Restorers are made once a shape, since a long file has millions of values. The key of their errors is relative: each
# table and list on the way out puts its own before it.


@cache
def _restorer(hint: Any) -> Restore:
    """What checks a value of that type and gives it as the records have it."""
    if is_typeddict(hint):
        return _tables(hint)
    origin = get_origin(hint)
    if origin is Literal:
        return _literals(get_args(hint))
    if origin is list:
        return _lists(*get_args(hint))
    if origin in (Union, types.UnionType):
        (present,) = (option for option in get_args(hint) if option is not type(None))
        return _restorer(present)
    return _plain(hint)


def _tables(shape: type) -> Restore:
    members = [(name, _restorer(hint), _absent(hint)) for name, hint in get_type_hints(shape).items()]

    def restore(value: object) -> object:
        if type(value) is not dict:
            raise WrongShape("", "must be a table")
        restored: dict[str, object] = {}
        found = 0
        for name, member, absent in members:
            if name in value:
                found += 1
                try:
                    restored[name] = member(value[name])
                except WrongShape as error:
                    raise WrongShape(f".{name}{error.key}", error.problem) from None
            elif absent is None:
                raise WrongShape(f".{name}", "is missing")
            else:
                restored[name] = absent()
        if found < len(value):
            restored.update((name, member) for name, member in value.items() if name not in restored)
        return restored

    return restore


def _lists(member: Any) -> Restore:
    each = _restorer(member)

    def restore(value: object) -> object:
        if type(value) is not list:
            raise WrongShape("", "must be a list")
        restored = []
        for place, one in enumerate(value):
            try:
                restored.append(each(one))
            except WrongShape as error:
                raise WrongShape(f"[{place}]{error.key}", error.problem) from None
        return restored

    return restore


def _literals(options: tuple[object, ...]) -> Restore:
    def restore(value: object) -> object:
        if value not in options:
            raise WrongShape("", "must be " + " or ".join(f'"{option}"' for option in options))
        return value

    return restore


def _plain(wanted: type) -> Restore:
    words = f"must be {_WORDS.get(wanted, wanted.__name__)}"
    fits = (float, int) if wanted is float else (wanted,)

    def restore(value: object) -> object:
        if type(value) not in fits:
            raise WrongShape("", words)
        return value

    return restore


def _absent(hint: Any) -> Callable[[], object] | None:
    """What stands for a value that is not there; None where it must be."""
    if type(None) in get_args(hint):
        return lambda: None
    if hint is str:
        return str
    return list if get_origin(hint) is list else None
