"""The names of JSON keys."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from zeroline.importing import json_keys
from zeroline.importing.json_keys import Keys

OBJECT = {
    "a": 1,
    "b": {"c": "x", "d": {"e": None, "f": {"g": 2}}},
    "h": [{"i": 1}, [[{"j": {"k": 2}}]], "x"],
    "l": [],
}


def test_every_name_is_told_once_in_the_order_of_the_file() -> None:
    keys = Keys()
    assert [key.name for key in keys.new(OBJECT)] == [
        "a", "b.c", "b.d.e", "b.d.f", "b.d.f.g", "h", "h[].i", "h[][][].j.k", "l"
    ]  # fmt: skip
    assert keys.new(OBJECT) == []
    assert [(key.name, key.column) for key in keys.new({"b": {"c": "x", "z": 1}, "h": [{"y": 1}]})] == [
        ("b.z", True), ("h[].y", False)
    ]  # fmt: skip
    assert [key.name for key in keys.new({"b": "now a text"})] == ["b"]


def test_what_lies_in_lists_or_deep_is_no_column() -> None:
    assert [key.name for key in Keys().new(OBJECT) if key.column] == ["a", "b.c", "b.d.e", "b.d.f", "h", "l"]
    assert Keys().new({"a.b.c.d.e": 1})[0].column  # a name with dots is one name


def test_a_name_too_many_to_remember_is_told_again() -> None:
    before, json_keys.KEPT = json_keys.KEPT, 2
    try:
        keys = Keys()
        assert [[key.name for key in keys.new({"a": 1, "b": 2, "c": {"d": 3}})] for _ in range(2)] == [
            ["a", "b", "c.d"],
            ["c.d"],
        ]
    finally:
        json_keys.KEPT = before


def test_nesting_however_deep() -> None:
    deep: Any = {"x": 1}
    for _ in range(900):
        deep = {"a": [deep]}
    assert Keys().new(deep)[-1].name.endswith("a[].x")


_KEY = st.sampled_from("abc")
_VALUE = st.recursive(
    st.none() | st.just("x"), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEY, inner, max_size=3)
)


def names(found: Any, before: str = "", depth: int = 1) -> set[str]:
    """The same, told the slow way."""
    made: set[str] = set()
    for key, value in found.items():
        if not isinstance(value, dict) or depth >= json_keys.DEEPEST:
            made.add(before + key)
        todo = [(before + key, value)]
        for way, inner in todo:
            if isinstance(inner, list):
                todo += [(f"{way}[]", item) for item in inner]
            elif isinstance(inner, dict):
                made |= names(inner, f"{way}.", depth + 1)
    return made


@given(st.lists(st.dictionaries(_KEY, _VALUE, max_size=3), max_size=5))
def test_no_name_is_missed_and_none_told_twice(objects: list[dict[str, Any]]) -> None:
    keys, told = Keys(), []
    for found in [*objects, *objects]:
        told += [key.name for key in keys.new(found)]
    assert len(told) == len(set(told))
    assert set(told) == set().union(*map(names, objects))
