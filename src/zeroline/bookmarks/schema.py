"""A snapshot's record as TOML holds it, and back: TOML has no null, so None is left out and restored.

The shapes are read from :mod:`zeroline.records` itself, so that a field added there is written and read without a
change here. Keys that the shapes do not know stay where they are.

A record is checked by msgspec, and its gaps are filled. Only one that does not pass is gone through value by value, for
the words of what is wrong with it.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from functools import cache
from sys import intern
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
    if (whole := _whole(table, _SHAPES[kind])) is not None:
        return cast(Item, whole)
    try:
        return cast(Item, _restorer(_SHAPES[kind])(table))
    except WrongShape as error:
        raise WrongShape(f"{key}{error.key}", error.problem) from None


def _whole(table: dict[str, Any], shape: type) -> dict[str, Any] | None:
    """The record of a table that is as it should be; None for one that is not."""
    import msgspec

    try:
        msgspec.convert(table, _struct(shape))
    except msgspec.ValidationError:
        return None
    return _filled(table, shape)


@cache
def _struct(shape: type) -> Any:
    """What msgspec checks a table by. It takes whole numbers for numbers, as TOML's readers write them, and no others
    for each other."""
    import msgspec

    members = []
    for name, hint in get_type_hints(shape).items():
        kind = _present(hint)
        (inner,) = get_args(kind) if get_origin(kind) is list else (kind,)
        if is_typeddict(inner):
            kind = list[_struct(inner)] if inner is not kind else _struct(inner)  # type: ignore[misc]
        members.append((name, kind) if _absent(hint) is None else (name, kind, msgspec.UNSET))
    return msgspec.defstruct(shape.__name__, members, kw_only=True, gc=False)


class _Shape:
    """What there is to fill in a table of a shape."""

    def __init__(self, shape: type) -> None:
        self.blank: dict[str, Any] = {}
        self.lists, self.tables, self.rows, self.words = [], [], [], []
        for name, hint in get_type_hints(shape).items():
            kind, absent = _present(hint), _absent(hint)
            self.blank[intern(name)] = absent() if absent else None
            if get_origin(kind) is list:
                (inner,) = get_args(kind)
                self.lists.append(name)
                if is_typeddict(inner):
                    self.rows.append((name, inner))
            elif is_typeddict(kind):
                self.tables.append((name, kind))
            elif get_origin(kind) is Literal:
                self.words.append(name)


_shape = cache(_Shape)


def _filled(table: dict[str, Any], shape: type) -> dict[str, Any]:
    """A table that was checked, with what is missing, in the order of the shape. Words that many have are one."""
    about = _shape(shape)
    filled = {**about.blank, **table}
    for name in about.lists:
        filled[name] = [intern(one) if type(one) is str else one for one in table.get(name, ())]
    for name, inner in about.rows:
        filled[name] = [_filled(one, inner) for one in filled[name]]
    for name, inner in about.tables:
        if (one := table.get(name)) is not None:
            filled[name] = _filled(one, inner)
    for name in about.words:
        if (word := filled[name]) is not None:
            filled[name] = intern(word)
    return filled


def _present(hint: Any) -> Any:
    """The type of a value that is there."""
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = (option for option in get_args(hint) if option is not type(None))
    return hint


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
        return _restorer(_present(hint))
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
