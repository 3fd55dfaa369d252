"""Bookmarks as a W3C Web Annotation collection (JSON-LD), which annotation programs read.

An annotation's target is the source, with a TextPositionSelector for the passage (in code points, as the standard has
it) refined by a TextQuoteSelector for the excerpt in it; either alone where the other is not known. Its bodies are the
note, the tags, the positions with their conditions, the paraphrase and the citation. The whole bookmark stands beside
them as ``zeroline:bookmark``, a JSON literal that other programs pass over; so do, beside all annotations, the
collections with notes or orders as ``zeroline:collections``. ``assets/webannotation.schema.json`` says
what it all looks like. What has no address of its own gets a UUID made of its ids.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from zeroline.bookmarks.model import Bookmark
from zeroline.export.entries import Entry, entry_of
from zeroline.export.formats import Options
from zeroline.export.json_ import collections_of, encoded, object_of
from zeroline.records import SourceRecord
from zeroline.text.cite import title_words

NAMESPACE = UUID("0d9f5a52-6a0d-5f53-9d3f-3c1f6f1c7e0a")
"""What UUIDs are made in: the same bookmark has the same in every export."""
BOOKMARK, COLLECTIONS = "zeroline:bookmark", "zeroline:collections"
CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "@version": 1.1,
        "zeroline": f"urn:uuid:{NAMESPACE}#",
        BOOKMARK: {"@id": f"urn:uuid:{NAMESPACE}#bookmark", "@type": "@json"},
        COLLECTIONS: {"@id": f"urn:uuid:{NAMESPACE}#collections", "@type": "@json"},
    },
]
_ADDRESS = re.compile(r'https?://[^\s<>"{}|\\^`]+')
_INDENTED = json.JSONEncoder(ensure_ascii=False, indent=2, allow_nan=False)


def write(bookmarks: Iterable[Bookmark], options: Options) -> Iterator[str]:
    """The collection with one page. Its number of annotations and its id, made of theirs, stand at its end."""
    yield f'{{\n  "@context": {_lines(CONTEXT, 2)},\n  "type": "AnnotationCollection",\n'
    yield '  "label": "Zeroline bookmarks",\n  "first": {\n    "type": "AnnotationPage",\n    "startIndex": 0,\n'
    yield '    "items": ['
    all_ids, number, lead = sha256(), 0, "\n      "
    for bookmark in bookmarks:
        found = annotation(bookmark, options)
        all_ids.update(str(found["id"]).encode())
        number += 1
        yield lead + _lines(found, 6)
        lead = ",\n      "
    name = f"{options.accessed.isoformat()} {all_ids.hexdigest()}"
    collection, page = (_iri(f"{what} {name}") for what in ("collection", "page"))
    yield ("\n    ]" if number else "]") + f',\n    "id": "{page}",\n    "partOf": "{collection}"\n  }},\n'
    if collections := collections_of(options):
        yield f'  "{COLLECTIONS}": {_lines(collections, 2)},\n'
    yield f'  "total": {number},\n  "id": "{collection}"\n}}\n'


def annotation(bookmark: Bookmark, options: Options) -> dict[str, Any]:
    """The annotation of a bookmark."""
    entry = entry_of(bookmark, options.accessed, options.style)
    found: dict[str, Any] = {
        "id": _iri(f"bookmark {bookmark.corpus} {bookmark.id}"),
        "type": "Annotation",
        "motivation": "bookmarking",
    }
    if entry.added:
        found["created"] = entry.added
    if bodies := list(_bodies(entry)):
        found["body"] = bodies
    found["target"] = _target(entry)
    found[BOOKMARK] = object_of(bookmark, options)
    return found


def _bodies(entry: Entry) -> Iterator[dict[str, str]]:
    if entry.note.strip():
        yield _body("commenting", entry.note, "text/markdown")
    for tag in entry.tags:
        yield _body("tagging", tag)
    for words in entry.positions:
        yield _body("classifying", words)
    if entry.paraphrase.strip():
        yield _body("describing", entry.paraphrase)
    if entry.citation:
        yield _body("identifying", entry.citation)


def _body(purpose: str, value: str, format: str = "text/plain") -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "format": format, "value": value}


def _target(entry: Entry) -> dict[str, Any]:
    if entry.item is None:
        return {"id": _iri(f"item {entry.corpus} {entry.id}")}
    target: dict[str, Any] = {"type": "SpecificResource", "source": _source(entry.item["source"], entry.corpus)}
    if selector := _selector(entry):
        target["selector"] = selector
    return target


def _source(source: SourceRecord, corpus: str) -> dict[str, str]:
    url = (source["url"] or "").strip()
    found = {
        "id": url if _ADDRESS.fullmatch(url) else _iri(f"source {corpus} {source['id']}"),
        "type": "Text",
        "dc:title": title_words(source),
    }
    known = {"dc:creator": source["author"], "dc:publisher": source["outlet"], "dc:date": source["date"]}
    known["dc:rights"] = source["credit"]
    return found | {key: value for key, value in known.items() if value}


def _selector(entry: Entry) -> dict[str, Any] | None:
    quote = {"type": "TextQuoteSelector", "exact": entry.excerpt} if entry.excerpt.strip() else None
    if entry.locator is None or not 0 <= entry.locator["start"] < entry.locator["end"]:
        return quote
    place: dict[str, Any] = {"type": "TextPositionSelector"}
    place |= {"start": entry.locator["start"], "end": entry.locator["end"]}
    return place | {"refinedBy": quote} if quote else place


def _iri(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE, name)}"


def _lines(value: object, indent: int) -> str:
    return encoded(value, _INDENTED).replace("\n", "\n" + " " * indent)
