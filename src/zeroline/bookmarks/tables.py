"""The tables of a bookmark file, once TOML has been read, as bookmarks and collections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from sys import intern
from typing import Any, cast

from zeroline.bookmarks.model import Bookmark, Collection, Snapshot, in_utc, tidy_tags
from zeroline.bookmarks.schema import WrongShape, restore_item
from zeroline.records import SourceRecord, SpeakerRef

LABELS = ("stance_labels", "topic_labels", "place_names", "stance_shapes", "stance_colours")
_PLAIN = {"corpus", "id", "kind", "added", "changed", "note", "tags", "collections", "snapshot"}
_COLLECTION = {"name", "note", "order"}
_SOURCE, _SPEAKER = len(SourceRecord.__annotations__), len(SpeakerRef.__annotations__)
_SNAPSHOT = {"corpus_title", "corpus_version", "citation", "item", *LABELS}


def read_bookmark(table: dict[str, Any]) -> Bookmark:
    """The bookmark of a ``[[bookmark]]``. Raises :class:`WrongShape`."""
    snapshot = _snapshot(table["snapshot"]) if "snapshot" in table else None
    kind = table.get("kind", snapshot.item["kind"] if snapshot else None)
    if kind not in (None, "statement", "event"):
        raise WrongShape("kind", 'must be "statement" or "event"')
    return Bookmark(
        corpus=_id(table, "corpus"),
        id=_id(table, "id"),
        kind=kind,
        added=_moment(table["added"], "added") if "added" in table else None,
        note=_text(table.get("note", ""), "note"),
        tags=tidy_tags(_texts(table, "tags", "to cite")),
        snapshot=snapshot,
        extra=_others(table, _PLAIN),
        collections=tidy_tags(_texts(table, "collections", "Chapter 2")),
        changed=_moment(table["changed"], "changed") if "changed" in table else None,
    )


def read_collections(tables: object) -> tuple[Collection, ...]:
    """The collections of all ``[[collection]]``. Raises :class:`WrongShape`."""
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise WrongShape("collection", "must be tables, each headed [[collection]]")
    found: dict[str, Collection] = {}
    for one in tables:
        (name,) = tidy_tags([_text(one.get("name", ""), "collection.name")]) or ("",)
        if not name:
            raise WrongShape("collection.name", "is missing: a collection needs a name")
        if name in found:
            raise WrongShape("collection.name", f"two collections have the name “{name}”")
        order = _texts(one, "order", "kursk-2025/melnyk-01")
        note = _text(one.get("note", ""), "collection.note")
        found[name] = Collection(name, note, tuple(dict.fromkeys(order)), _others(one, _COLLECTION))
    return tuple(found.values())


def _snapshot(table: object) -> Snapshot:
    if not isinstance(table, dict):
        raise WrongShape("snapshot", "must be a table")

    def text(name: str) -> str:
        return _text(table.get(name, ""), f"snapshot.{name}")

    labels = {name: _labels(table.get(name, {}), f"snapshot.{name}") for name in LABELS}
    item = restore_item(table.get("item"), "snapshot.item")
    if len(item["source"]) == _SOURCE:  # of keys that nobody checked there may be none
        item["source"] = cast(SourceRecord, _once(tuple(item["source"].items())))
    if item["kind"] == "statement" and len(item["speaker"]) == _SPEAKER:
        item["speaker"] = cast(SpeakerRef, _once(tuple(item["speaker"].items())))
    return Snapshot(
        item=item,
        corpus_title=intern(text("corpus_title")),
        corpus_version=intern(text("corpus_version")),
        citation=text("citation"),
        extra=_others(table, _SNAPSHOT),
        **labels,
    )


def _id(table: dict[str, Any], key: str) -> str:
    if key not in table:
        raise WrongShape(key, "is missing: a bookmark needs `corpus` and `id`")
    if not _text(table[key], key).strip():
        raise WrongShape(key, "is empty")
    return str(table[key])


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise WrongShape(key, "must be text, in quotation marks")
    return value


def _texts(table: dict[str, Any], key: str, example: str) -> list[str]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise WrongShape(key, f'must be a list of texts, such as ["{example}"]')
    return value


def _labels(value: object, key: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise WrongShape(key, "must be a table")
    for id, label in value.items():
        if type(label) is not str:
            raise WrongShape(f"{key}.{id}", "must be text, in quotation marks")
    return cast(dict[str, str], _once(tuple(value.items()))) if value else {}


def _moment(value: object, key: str) -> datetime:
    if isinstance(value, datetime):
        try:
            return in_utc(value)
        except OverflowError:
            raise WrongShape(key, "is out of the range of dates") from None
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    raise WrongShape(key, "must be a date or time, such as 2025-03-01 or 2025-03-01T10:00:00Z")


def _others(table: dict[str, Any], known: Iterable[str]) -> dict[str, object]:
    return {key: value for key, value in table.items() if key not in known}


@lru_cache(maxsize=10_000)
def _once(members: tuple[tuple[str, object], ...]) -> Mapping[str, object]:
    """The same table for all bookmarks that hold one like it: a long file has the same few sources and speakers."""
    return {intern(key): value for key, value in members}
