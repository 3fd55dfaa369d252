"""The names of the keys in JSON objects, told apart once each, however deep they lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

DEEPEST = 3
"""Objects in objects become columns (“user.name”) down to so many names; an object below is one cell, its JSON."""

KEPT = 20_000
"""The most names that are remembered; a name beyond is told anew each time it is met."""


class Key(NamedTuple):
    """The name of a key, with the way to it. ``column``: it is one of a table's columns without being asked for."""

    name: str
    column: bool


_Entered = tuple[str, int, Iterator[tuple[str, Any]], set[str]]


class Keys:
    """The names met so far: “user.name” in an object, “votes[].force” in the objects of a list."""

    def __init__(self) -> None:
        self._known: dict[str, set[str]] = {}
        self._count = 0

    def new(self, found: dict[str, Any]) -> list[Key]:
        """The names in an object that were not met before, in the order they stand there."""
        fresh: list[Key] = []
        stack = [self._entered("", 1, found)]
        while stack:
            before, depth, items, known = stack[-1]
            for key, value in items:
                kind = value.__class__
                within = _within(f"{before}{key}", value) if kind is dict or kind is list else ()
                if key not in known and (kind is not dict or depth >= DEEPEST):
                    fresh.append(Key(before + key, depth <= DEEPEST and not in_list(before)))
                    if self._count < KEPT:
                        self._count += 1
                        known.add(key)
                if within:
                    stack += [self._entered(name, depth + 1, inner) for name, inner in reversed(within)]
                    break
            else:
                stack.pop()
        return fresh

    def _entered(self, before: str, depth: int, inner: dict[str, Any]) -> _Entered:
        known = self._known.get(before)
        if known is None:
            known = set()
            if len(self._known) < KEPT:
                self._known[before] = known
        return before, depth, iter(inner.items()), known


def in_list(name: str) -> bool:
    """Whether what a name means lies in a list of objects, so that no column can be made of it."""
    return "[]." in name


def _within(name: str, value: Any) -> list[tuple[str, dict[str, Any]]]:
    """The objects in a value, with the way to them; of a list those in it, in lists of lists too."""
    if value.__class__ is dict:
        return [(f"{name}.", value)]
    found: list[tuple[str, dict[str, Any]]] = []
    lists = [(f"{name}[]", value)]
    for inner, items in lists:  # grows as it is gone through
        for item in items:
            if item.__class__ is dict:
                found.append((f"{inner}.", item))
            elif item.__class__ is list:
                lists.append((f"{inner}[]", item))
    return found
