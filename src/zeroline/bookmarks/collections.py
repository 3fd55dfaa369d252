"""Collections as they are read out of the bookmarks: which there are, who is in one, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zeroline.bookmarks.model import Bookmark, Collection, Key


def names(bookmarks: Iterable[Bookmark], collections: Iterable[Collection] = ()) -> tuple[str, ...]:
    """The names of all collections: those with a table of their own in order, then others as bookmarks name them."""
    found = dict.fromkeys(one.name for one in collections)
    for bookmark in bookmarks:
        if bookmark.collections:
            found.update(dict.fromkeys(bookmark.collections))
    return tuple(found)


def counts(bookmarks: Iterable[Bookmark], collections: Iterable[Collection] = ()) -> dict[str, int]:
    """How many bookmarks each collection holds; empty ones too, in the order of :func:`names`."""
    found = dict.fromkeys((one.name for one in collections), 0)
    for bookmark in bookmarks:
        for name in bookmark.collections:
            found[name] = found.get(name, 0) + 1
    return found


def members(bookmarks: Iterable[Bookmark], collections: Iterable[Collection], name: str) -> tuple[Bookmark, ...]:
    """The bookmarks of a collection in its order; those whose place is not written down come last, as in the file."""
    inside = [bookmark for bookmark in bookmarks if name in bookmark.collections]
    place = {key: at for at, key in enumerate(collection(collections, name).order)}
    return tuple(sorted(inside, key=lambda one: place.get(written(one.key), len(place))))


def collection(collections: Iterable[Collection], name: str) -> Collection:
    """The collection of that name; one without a table of its own is as good as an empty table."""
    return next((one for one in collections if one.name == name), Collection(name))


def called(known: Sequence[str], word: str) -> str | None:
    """The name among ``known`` that a word means: the same, or the only one that differs in case alone."""
    if word in known:
        return word
    alike = [name for name in known if name.casefold() == word.casefold()]
    return alike[0] if len(alike) == 1 else None


def written(key: Key) -> str:
    """A bookmark's key as it stands in ``order``, and as people type it: "kursk-2025/melnyk-01"."""
    return f"{key[0]}/{key[1]}"
