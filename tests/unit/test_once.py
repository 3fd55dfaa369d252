"""Keys that stand twice in JSON: found however they are written, and never where they only look so."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zeroline.corpus.lines import Line
from zeroline.corpus.once import all_once, dropped_key, holds_nul, key_twice

SOUND = {"id": "a", "speaker": {"id": "ada", "name": "Ada"}, "excerpt": "mend it"}
decode = msgspec.json.Decoder(Line).decode


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ('{"a": 1, "b": 2}', ""),
        ('{"a": 1, "a": 1}', "a"),
        ('{"a" :1,"b":{"c":":","c":null}}', "c"),
        ('{"a": [{"b": 1}, {"b": 2, "\\u0062": 3}]}', "b"),
        ('{"a": "\\u003a", "a": ""}', "a"),
        ('{"a": "\\u003a"}', ""),
        ('{"a": "\\"a\\": 1, \\"a\\": 2"}', ""),
    ],
)
def test_a_key_that_stands_twice_is_named(raw: str, key: str) -> None:
    assert key_twice(raw) == key_twice(raw.encode()) == dropped_key(raw, msgspec.json.decode(raw)) == key


def pairs(inner: Any) -> Any:
    """Objects of few keys."""
    return st.dictionaries(st.sampled_from(["a", "b", ":", '"', "\\"]), inner)


_flat = st.none() | st.booleans() | st.integers(-9, 9) | st.text()
_values = st.recursive(_flat, lambda inner: st.lists(inner) | pairs(inner), max_leaves=9)


@given(pairs(_values), st.booleans(), st.booleans())
def test_a_key_is_found_twice_exactly_where_it_is(found: dict[str, object], ascii: bool, twice: bool) -> None:
    raw = json.dumps(found, ensure_ascii=ascii)
    if twice and found:
        key = next(iter(found))
        raw = f"{raw[:-1]}, {json.dumps(key)}: 1}}"
        assert dropped_key(raw, msgspec.json.decode(raw)) == key
    else:
        assert dropped_key(raw, msgspec.json.decode(raw)) == ""


@pytest.mark.parametrize("told", [{}, {"note": ""}, {"date": None, "attribution": "direct", "positions": []}])
def test_one_line_of_many_with_a_key_twice_is_seen(told: dict[str, object]) -> None:
    raws = [json.dumps({**SOUND, "id": f"a{n}", **told}).encode() + b"\n" for n in range(50)]
    assert all_once(raws, [decode(raw) for raw in raws])
    raws[30] = raws[30].replace(b'"excerpt"', b'"excerpt": "do not mend it", "excerpt"')
    assert not all_once(raws, [decode(raw) for raw in raws])


@pytest.mark.parametrize(
    ("raw", "nul"), [(rb'"a\u0000"', True), (rb'"\\\u0000"', True), (rb'"\\u0000"', False), (b'"u0000"', False)]
)
def test_a_nul_is_told_from_a_backslash(raw: bytes, nul: bool) -> None:
    assert holds_nul(raw) is nul is ("\0" in json.loads(raw))
