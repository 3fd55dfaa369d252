"""Collections whose names differ in upper and lower case alone are one collection: as the reader spells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from zeroline.bookmarks import collections as named
from zeroline.bookmarks.model import Collection, Document, tidy_tags
from zeroline.bookmarks.three_way import three_notes


def respelt(document: Document, known: Iterable[str]) -> tuple[Document, list[str]]:
    """A document with its collections spelt as in ``known``, or else as it spells them first; and who was respelt."""
    known = tuple(known)
    spelling: dict[str, str] = {}
    for name in known:
        spelling.setdefault(name.casefold(), name)
    changes: dict[str, str] = {}
    for name in named.names(document.bookmarks, document.collections):
        chosen = name if name in known else spelling.setdefault(name.casefold(), name)
        if chosen != name:
            changes[name] = chosen
    if not changes:
        return document, []
    bookmarks = tuple(
        replace(one, collections=tidy_tags(changes.get(name, name) for name in one.collections))
        if any(name in changes for name in one.collections)
        else one
        for one in document.bookmarks
    )
    tables: dict[str, Collection] = {}
    for one in document.collections:
        name = changes.get(one.name, one.name)
        there = tables.get(name)
        tables[name] = replace(one, name=name) if there is None else _one(there, one)
    words = [f"“{old}” is “{new}” here" for old, new in changes.items()]
    return replace(document, bookmarks=bookmarks, collections=tuple(tables.values())), words


def _one(first: Collection, second: Collection) -> Collection:
    return replace(
        first,
        note=three_notes("", first.note, second.note),
        order=tuple(dict.fromkeys((*first.order, *second.order))),
        extra={**second.extra, **first.extra},
    )
