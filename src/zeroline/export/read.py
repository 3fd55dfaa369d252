"""Reading exports back: TOML, JSON, JSON Lines and Web Annotations become the bookmarks they were made of.

A file that is not wholly understood is refused with its line or the place of what is wrong in it: nothing is read by
half. Everything in JSON but what a bookmark file holds (citations in a style, words for dates) is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from zeroline.bookmarks import codec
from zeroline.bookmarks.errors import BookmarkError
from zeroline.bookmarks.model import Bookmark, Collection, Document
from zeroline.bookmarks.schema import WrongShape, without_none
from zeroline.bookmarks.tables import LABELS, read_bookmark, read_collections
from zeroline.export.formats import format_of
from zeroline.export.webannotation import BOOKMARK, COLLECTIONS

READ = ("toml", "json", "jsonl", "jsonld")
"""The formats that can be read."""

Numbered = tuple[str, int | None, object]
"""Where something stands in a file in words, its line where that is known, and what stands there."""


def read_export(path: Path, format: str | None = None) -> Document:
    """The bookmarks of a file, in its order. Its format is found out where it is not given.

    Raises BookmarkError for what cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BookmarkError(f"the file cannot be read: {(error.strerror or str(error)).lower()}", path=path) from None
    return parse_export(data, path, format)


def parse_export(data: bytes, path: Path, format: str | None = None) -> Document:
    """The bookmarks that the bytes of a file hold. Raises BookmarkError; ``path`` is for its words."""
    named = format_of(path.name)
    if format is None and named is not None and not named.reads:
        raise BookmarkError(
            f"{named.label} is not read back: only TOML, JSON, JSON Lines and Web Annotation hold everything",
            path=path,
            mend="export one of these",
        )
    format = format or sniff(data, path.name)
    if not data.strip() and format != "jsonl":  # of JSON Lines none is a file of nothing
        raise BookmarkError("the file is empty, and so cut short", path=path, mend="export it anew")
    if format == "toml":
        return codec.parse(data, path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BookmarkError("the file is not UTF-8", path=path, line=line, mend="save it as UTF-8") from None
    found = _lines(text, path) if format == "jsonl" else _members(_json(text, path), path)
    collections: list[Numbered] = []
    bookmarks = tuple(_unique(found, path, collections))
    return Document(bookmarks, _collections(collections, path))


def sniff(data: bytes, name: str) -> str:
    """The format of a file, by what it begins with; a name that ends in .toml or .jsonl is believed."""
    for format in ("toml", "jsonl"):
        if name.lower().endswith(f".{format}"):
            return format
    begins = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if begins.startswith(b"{"):
        first = begins.split(b"\n", 1)[0].rstrip()
        return "jsonl" if first.endswith(b"}") and b'"@context"' not in first else "jsonld"
    if begins.startswith(b"[") and begins[1:2] in b"{] \t\r\n" and not begins.startswith(b"[["):
        return "json"
    return "toml"


def _json(text: str, path: Path, line: int | None = None) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        words, at = str(error), line
        if isinstance(error, json.JSONDecodeError):
            words, at = error.msg, line or error.lineno
        if isinstance(error, RecursionError):
            words = "it is nested too deep"
        said = f"{words[:1].lower()}{words[1:]}"
        raise BookmarkError(f"the file is not JSON: {said}", path=path, line=at, mend="mend that line") from None


def _lines(text: str, path: Path) -> Iterator[Numbered]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"line {number}", number, _json(line, path, number)


def _members(found: object, path: Path) -> Iterator[Numbered]:
    """The objects of an array, or the bookmarks within the annotations of a collection."""
    if isinstance(found, list):
        for number, one in enumerate(found, 1):
            yield f"object {number}", None, one
        return
    if not isinstance(found, dict) or "@context" not in found:
        raise BookmarkError("the file holds no bookmarks that were exported", path=path)
    page = found.get("first")
    items = page.get("items") if isinstance(page, dict) else None
    if not isinstance(items, list):
        raise BookmarkError("the annotation collection has no page with items", path=path, key="first.items")
    for number, one in enumerate(items, 1):
        if not isinstance(one, dict) or BOOKMARK not in one:
            raise BookmarkError(
                f"annotation {number} was not made by Zeroline: only its own can be read back", path=path, key=BOOKMARK
            )
        yield f"annotation {number}", None, one[BOOKMARK]
    if COLLECTIONS in found:
        yield "the collections", None, found


def _collections(found: Iterable[Numbered], path: Path) -> tuple[Collection, ...]:
    """The collections of objects that have some; the same one told twice is refused."""
    tables: list[tuple[int, dict[str, Any]]] = []
    for where, line, value in found:
        try:
            if not isinstance(value, list):
                raise WrongShape("collection", "must be a list of objects")
            tables += map(_collection, value)
            read_collections([table for _, table in tables])
        except WrongShape as error:
            problem = error.problem if line else f"{error.problem} ({where})"
            raise BookmarkError(problem, path=path, line=line, key=error.key, mend="export it anew") from None
    return read_collections([table for _, table in sorted(tables, key=lambda one: one[0])])


def _collection(value: object) -> tuple[int, dict[str, Any]]:
    """The place of a collection, and its table."""
    if not isinstance(value, dict):
        raise WrongShape("collection", "must be a list of objects")
    plain = {name: value.get(name) for name in ("name", "note", "order")}
    table = without_none({**_object(value.get("own_keys"), "collection.own_keys"), **plain})
    assert isinstance(table, dict)
    place = value.get("place", 0)
    if type(place) is not int:
        raise WrongShape("collection.place", "must be a whole number")
    return place, table


def _unique(found: Iterable[Numbered], path: Path, collections: list[Numbered]) -> Iterator[Bookmark]:
    """The bookmarks, each once; what is told of collections is put aside."""
    seen: dict[tuple[str, str], str] = {}
    for where, line, value in found:
        if isinstance(value, dict) and COLLECTIONS in value:
            collections.append((where, line, value[COLLECTIONS]))
            continue
        if isinstance(value, dict) and value.get("collection_tables"):
            collections.append((where, line, value["collection_tables"]))
        try:
            bookmark = read_bookmark(_table(value))
        except WrongShape as error:
            problem = error.problem if line else f"{error.problem} ({where})"
            raise BookmarkError(problem, path=path, line=line, key=error.key, mend="export it anew") from None
        if bookmark.key in seen:
            raise BookmarkError(
                f"{where} is on {bookmark.id} (corpus {bookmark.corpus}), as is {seen[bookmark.key]}",
                path=path, line=line, key="id", mend="delete one of the two",
            )  # fmt: skip
        seen[bookmark.key] = where
        yield bookmark


def _table(value: object) -> dict[str, Any]:
    """The table of a bookmark file that an exported object was made of."""
    if not isinstance(value, dict):
        raise WrongShape("", "must be an object")
    corpus = value.get("corpus")
    if not isinstance(corpus, dict):
        raise WrongShape("corpus", "must be an object with the id of the corpus")
    plain = ("id", "kind", "note", "tags", "collections")
    table: dict[str, Any] = _object(value.get("own_keys"), "own_keys")
    table |= {"corpus": corpus.get("id"), **{name: value.get(name) for name in plain}}
    for name in ("added", "changed"):
        table[name] = _moment(value.get(name), name)
    if value.get("record") is not None:
        labels = value.get("labels") or {}
        table["snapshot"] = {
            "item": value["record"],
            "corpus_title": corpus.get("title"),
            "corpus_version": corpus.get("version"),
            "citation": value.get("saved_citation"),
            **{name: _object(labels, "labels").get(name) for name in LABELS},
            **_object(value.get("own_snapshot_keys"), "own_snapshot_keys"),
        }
    found = without_none(table)
    assert isinstance(found, dict)
    return found


def _object(value: object, key: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise WrongShape(key, "must be an object")
    return value


def _moment(value: object, key: str) -> object:
    from datetime import datetime

    if not isinstance(value, str):
        return value
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise WrongShape(key, "must be a time, such as 2025-03-01T10:00:00Z") from None
