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


class _Place:
    """Where keys stand: the way there, how deep it is, the keys known there, the objects and lists of them in it."""

    __slots__ = ("before", "depth", "known", "lists", "objects")

    def __init__(self, before: str, depth: int, known: set[str]) -> None:
        self.before = before
        self.depth = depth
        self.known = known
        self.objects: dict[str, _Place] = {}
        self.lists: dict[str, _Place] = {}


class Keys:
    """The names met so far: “user.name” in an object, “votes[].force” in the objects of a list."""

    def __init__(self) -> None:
        self._known: dict[str, set[str]] = {}
        self._count = 0
        self._root = _Place("", 1, self._known.setdefault("", set()))

    def new(self, found: dict[str, Any]) -> list[Key]:
        """The names in an object that were not met before, in the order they stand there."""
        if self._has_nothing_new(found, self._root):
            return []
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

    def _has_nothing_new(self, found: dict[str, Any], place: _Place) -> bool:
        """Whether every name in an object is known; False also where it would take long to tell."""
        known, objects = place.known, place.objects
        for key, value in found.items():
            kind = value.__class__
            if kind is dict:
                inner = objects.get(key) or self._place(objects, place, key, f"{key}.")
                if inner is None or not self._has_nothing_new(value, inner):
                    return False
            elif key not in known:
                return False
            elif kind is list:
                for item in value:
                    if item.__class__ is dict:
                        inner = place.lists.get(key) or self._place(place.lists, place, key, f"{key}[].")
                        if inner is None or not self._has_nothing_new(item, inner):
                            return False
                    elif item.__class__ is list:
                        return False
        return True

    def _place(self, places: dict[str, _Place], outer: _Place, key: str, way: str) -> _Place | None:
        """The place in another, None where it is not known yet, or lies deep."""
        known = self._known.get(outer.before + way)
        if known is None or outer.depth >= DEEPEST:
            return None
        places[key] = made = _Place(outer.before + way, outer.depth + 1, known)
        return made

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
