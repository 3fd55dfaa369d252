"""A bookmark: a saved statement or event, with the reader's note, tags and collections.

A bookmark carries a snapshot of what it points at, so that it outlives a change of the corpus, or its loss.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from zeroline.records import Item

Key = tuple[str, str]
"""A corpus and an id: what a bookmark is known by."""


@dataclass(frozen=True)
class CorpusContext:
    """What a bookmark must know about the corpus of its item. The mappings go from ids to what to show for them."""

    id: str
    title: str
    version: str
    stance_labels: Mapping[str, str]
    topic_labels: Mapping[str, str]
    place_names: Mapping[str, str]
    stance_shapes: Mapping[str, str] = field(default_factory=dict)
    stance_colours: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The item as it was when bookmarked. Of the labels, only those that the item uses are kept.

    ``stance_shapes`` and ``stance_colours`` are the codebook's names for them ("up", "sky"): with the force of each
    position they give its sign, hollow or filled, where the corpus is not open.
    ``extra`` holds keys of the file that this version does not know; unknown keys of the item stay in ``item``.
    """

    item: Item
    corpus_title: str
    corpus_version: str
    citation: str
    stance_labels: Mapping[str, str] = field(default_factory=dict)
    topic_labels: Mapping[str, str] = field(default_factory=dict)
    place_names: Mapping[str, str] = field(default_factory=dict)
    stance_shapes: Mapping[str, str] = field(default_factory=dict)
    stance_colours: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One saved item, known by ``corpus`` and ``id``.

    ``kind``, ``added`` (aware, UTC) and ``snapshot`` are None in a bookmark written by hand with only its two ids,
    until :meth:`BookmarkStore.complete` or :meth:`BookmarkStore.add` sees its item. ``tags`` are unique and in the
    reader's order; so are ``collections``, the names of those it is in. ``changed`` (aware, UTC) is when the reader
    last changed note, tags or collections; None where that was never. ``extra`` holds keys of the file that this
    version does not know.
    """

    corpus: str
    id: str
    kind: Literal["statement", "event"] | None = None
    added: datetime | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    snapshot: Snapshot | None = None
    extra: Mapping[str, object] = field(default_factory=dict)
    collections: tuple[str, ...] = ()
    changed: datetime | None = None

    @property
    def key(self) -> Key:
        """What the bookmark is known by."""
        return self.corpus, self.id


@dataclass(frozen=True)
class Collection:
    """A named list of bookmarks: a reading list, a chapter.

    A bookmark says itself which collections it is in. ``order`` is the reader's order within this one, as "corpus/id";
    who is not in it stands after those who are, in the order of the file, and names of others in it do no harm.
    ``note`` is Markdown. ``extra`` holds keys of the file that this version does not know.
    """

    name: str
    note: str = ""
    order: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """A whole bookmark file; ``extra`` holds top-level keys that this version does not know.

    ``collections`` are those with a table of their own, in their order; a bookmark may name others.
    """

    bookmarks: tuple[Bookmark, ...] = ()
    collections: tuple[Collection, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


def tidy_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """The tags in their order, each once, on one line, and none empty."""
    return tuple(dict.fromkeys(tag for tag in (" ".join(tag.split()) for tag in tags) if tag))


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC; one without a time zone is taken to be in UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def stances_of(item: Item) -> list[str]:
    """The ids of the stances that an item speaks of, fallbacks too."""
    if item["kind"] == "event":
        return []
    return [s for p in item["positions"] for s in (p["stance"], p["otherwise"]) if s]


def snapshot_of(item: Item, context: CorpusContext, added: datetime) -> Snapshot:
    """A copy of the item with all that is needed to show and cite it without its corpus."""
    from zeroline.text.cite import citation

    stances = stances_of(item)
    return Snapshot(
        item=copy.deepcopy(item),
        corpus_title=context.title,
        corpus_version=context.version,
        citation=citation(
            item,
            corpus_title=context.title,
            corpus_version=context.version,
            corpus_id=context.id,
            accessed=in_utc(added).date(),
        ),
        stance_labels=_used(context.stance_labels, stances),
        topic_labels=_used(context.topic_labels, item["topics"]),
        place_names=_used(context.place_names, item["places"]),
        stance_shapes=_used(context.stance_shapes, stances),
        stance_colours=_used(context.stance_colours, stances),
    )


def bookmark_of(
    item: Item, context: CorpusContext, added: datetime, note: str = "", tags: Iterable[str] = ()
) -> Bookmark:
    """A bookmark on the item, stored nowhere yet: exports take these too. ``added`` is kept to the second."""
    added = in_utc(added).replace(microsecond=0)
    return Bookmark(
        corpus=context.id,
        id=item["id"],
        kind=item["kind"],
        added=added,
        note=note,
        tags=tidy_tags(tags),
        snapshot=snapshot_of(item, context, added),
    )


def _used(labels: Mapping[str, str], ids: Iterable[str]) -> dict[str, str]:
    return {id: labels[id] for id in dict.fromkeys(ids) if id in labels}
