"""The values of Parquet's columns as lines of JSON would have them: text, numbers, lists and objects of these.

Arrow itself writes dates and times, since Python's have no room for nanoseconds nor for the year 12031; bytes are text
where they are UTF-8, as tools write it that know only bytes, and else visibly none.
"""

from __future__ import annotations

from typing import Any

UTC = ("UTC", "Z", "GMT", "Etc/UTC", "Zulu")
"""Zones that need no table of zones."""

_MIDNIGHT = "00:00:00"


class Unwritable(ValueError):
    """The values of a column cannot be written; says why, for people."""


def named_twice(fields: Any, way: str = "") -> str:
    """The first name that two fields of a schema or a struct share, with the way to it (“speaker.id”), or ""."""
    seen = set()
    for field in fields:
        if field.name in seen:
            return f"{way}{field.name}"
        seen.add(field.name)
    for field in fields:
        if twice := _within(field.type, f"{way}{field.name}."):
            return twice
    return ""


def plain(array: Any) -> list[Any]:
    """The values of an Arrow array; nulls are None, and left out of objects. Raises Unwritable and Arrow's errors."""
    import pyarrow.types as types

    kind = array.type
    if hasattr(array, "storage"):
        return plain(array.storage)
    if types.is_dictionary(kind) or types.is_run_end_encoded(kind):
        return plain(array.dictionary_decode() if types.is_dictionary(kind) else _decoded(array))
    if types.is_struct(kind):
        return _objects(array)
    if types.is_map(kind):
        return _pairs(array)
    if types.is_nested(kind) and not types.is_union(kind):
        return _lists(array)
    if types.is_timestamp(kind):
        return _moments(array)
    if types.is_date(kind) or types.is_time(kind):
        return _strings(array)
    if types.is_duration(kind):
        return [None if n is None else f"{n} {kind.unit}" for n in array.view("int64").to_pylist()]
    if _is_text(kind) or _is_binary(kind):
        return _texts(array)
    return list(array.to_pylist())


def _within(kind: Any, way: str) -> str:
    """The same for what a type holds: the fields of a struct, or those in a list or map."""
    import pyarrow.types as types

    if types.is_struct(kind):
        return named_twice([kind.field(n) for n in range(kind.num_fields)], way)
    inner = [kind.key_type, kind.item_type] if types.is_map(kind) else [getattr(kind, "value_type", None)]
    return next((twice for one in inner if one is not None and (twice := _within(one, way))), "")


def _objects(array: Any) -> list[dict[str, Any] | None]:
    names = [array.type.field(n).name for n in range(array.type.num_fields)]
    columns = [plain(column) for column in array.flatten()]
    rows = objects(names, columns, len(array))
    return [row if valid else None for row, valid in zip(rows, array.is_valid().to_pylist(), strict=True)]


def objects(names: list[str], columns: list[list[Any]], count: int) -> list[dict[str, Any]]:
    """So many objects of the values of columns, without nulls."""
    if not columns:
        return [{} for _ in range(count)]
    return [
        {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for row in zip(*columns, strict=True)
    ]


def _lists(array: Any) -> list[list[Any] | None]:
    import pyarrow.compute

    inner, at, found = plain(array.flatten()), 0, []
    for length in pyarrow.compute.list_value_length(array).to_pylist():
        found.append(None if length is None else inner[at : at + length])
        at += length or 0
    return found


def _pairs(array: Any) -> list[list[list[Any]] | None]:
    """Maps as lists of keys with their values: a key may stand twice."""
    edges = array.offsets.to_pylist()
    first, whole = edges[0], edges[-1] - edges[0]
    keys, values = plain(array.keys.slice(first, whole)), plain(array.items.slice(first, whole))
    inner = [list(pair) for pair in zip(keys, values, strict=True)]
    spans = zip(edges, edges[1:], array.is_valid().to_pylist(), strict=False)
    return [inner[begin - first : end - first] if valid else None for begin, end, valid in spans]


def _decoded(array: Any) -> Any:
    import pyarrow.compute

    return pyarrow.compute.run_end_decode(array)


def _moments(array: Any) -> list[str | None]:
    """Points in time to the second, as their zone's clocks tell them: ``2031-04-05T09:30:00+02:00``; midnight is a day.

    Raises Unwritable for a zone that nobody here knows.
    """
    import pyarrow

    zone = array.type.tz
    if zone in UTC:
        return [_moment(said, "Z") for said in _strings(array.view(pyarrow.timestamp(array.type.unit)))]
    try:
        told = _strings(array)
    except pyarrow.ArrowInvalid as error:
        raise Unwritable(f"its time zone “{zone}” is unknown here; write the column without a zone") from error
    if not zone:
        return [_moment(said, "") for said in told]
    return [said if said is None else _moment(said[:-5], f"{said[-5:-2]}:{said[-2:]}") for said in told]


def _moment(said: str | None, offset: str) -> str | None:
    """What Arrow writes of a moment (``2031-04-05 09:30:00.000``) as a line would have it."""
    if said is None or said.startswith("<"):  # it is out of range, says Arrow
        return said
    day, _, clock = said.partition(" ")
    clock = clock.partition(".")[0]
    return day if clock == _MIDNIGHT else f"{day}T{clock}{offset}"


def _strings(array: Any) -> list[str | None]:
    return list(array.cast("string").to_pylist())


def _is_text(kind: Any) -> bool:
    import pyarrow.types as types

    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _is_binary(kind: Any) -> bool:
    import pyarrow.types as types

    known = types.is_binary, types.is_large_binary, types.is_binary_view, types.is_fixed_size_binary
    return any(is_it(kind) for is_it in known)


def _texts(array: Any) -> list[str | None]:
    """Text, and bytes that are text in UTF-8; else how many bytes there are that are none."""
    if _is_text(array.type):
        try:
            return list(array.to_pylist())
        except UnicodeDecodeError:
            array = array.cast("binary_view" if "view" in str(array.type) else "large_binary")
    return [None if value is None else _text(value) for value in array.to_pylist()]


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return f"[{len(value):,} bytes that are no text]" if len(value) > 1 else "[a byte that is no text]"
