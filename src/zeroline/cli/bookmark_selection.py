"""The reader's bookmarks as the commands see them: which of them are meant, and what a table shows of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zeroline.cli.diagnostics import PROBLEM, USAGE, Failure
from zeroline.cli.phrases import counted, either, shortened
from zeroline.cli.session import context_of, corpus_folder, named_corpus, open_corpus
from zeroline.cli.table import Cell, Column, Part

if TYPE_CHECKING:
    from zeroline.bookmarks.model import Bookmark, Key
    from zeroline.bookmarks.model import Collection as Collected
    from zeroline.bookmarks.store import BookmarkStore
    from zeroline.records import Item, PositionRecord

COLUMNS = (
    Column("Corpus", optional=True),
    Column("Id"),
    Column("Who"),
    Column("What", reading=True),
    Column("Your note", reading=True),
    Column("Tags", optional=True),
    Column("In", optional=True),
)


def chosen(
    ctx: click.Context,
    store: BookmarkStore,
    corpus: str | None,
    tags: Sequence[str] = (),
    collection: str | None = None,
) -> tuple[Bookmark, ...]:
    """The bookmarks meant, in the reader's order: of every corpus unless one is named, with all of the tags.

    Those of a collection stand in its own order. One written by hand with only its ids is completed first, where its
    corpus is the one in use. Raises Failure where there is no such collection.
    """
    from zeroline.bookmarks.collections import members

    bookmarks = store.load()
    name = known_collection(store, collection) if collection else None
    named = named_corpus(ctx, corpus, environment=False)
    if named or any(b.snapshot is None for b in bookmarks):
        bookmarks = _completed(ctx, store, corpus, only=bool(named))
    if name is not None:
        bookmarks = members(bookmarks, store.collections(), name)
    wanted = {tag.casefold() for tag in tags}
    return tuple(b for b in bookmarks if wanted <= {tag.casefold() for tag in b.tags})


def tables_of(
    store: BookmarkStore, bookmarks: Sequence[Bookmark], *, all: bool = False
) -> tuple[tuple[Collected, ...], Mapping[str, object]]:
    """The collections with a table of their own that bookmarks are in, and keys of the reader's own at the top.

    With ``all``, where nothing was chosen out of the file, those with nothing in them too; else there are no keys.
    """
    document = store.document()
    if all:
        return document.collections, document.extra
    named = {name for bookmark in bookmarks for name in bookmark.collections}
    return tuple(one for one in document.collections if one.name in named), {}


def _completed(ctx: click.Context, store: BookmarkStore, corpus: str | None, only: bool) -> tuple[Bookmark, ...]:
    from zeroline.corpus.problems import CorpusError
    from zeroline.index.cache import CacheError

    try:
        index = open_corpus(ctx, corpus)
    except (CorpusError, CacheError):
        if only:
            raise
        return store.load()  # bookmarks outlive their corpus

    def lookup(id: str) -> Item | None:
        found = index.get(id)
        return found.item if found else None

    store.complete(lookup, context_of(index))
    return tuple(b for b in store.load() if not only or b.corpus == index.summary.id)


def unknown_corpora(ctx: click.Context, corpus: str | None, bookmarks: Sequence[Bookmark]) -> dict[str, int]:
    """The corpora that nothing here knows, by the id that bookmarks give, with how many bookmarks give it."""
    from zeroline.index.cache import known

    here: Collection[str] = known()
    if not all(bookmark.corpus in here for bookmark in bookmarks):
        here = known() | _ids_at_hand(ctx, corpus)
    counts: dict[str, int] = {}
    for bookmark in bookmarks:
        if bookmark.corpus not in here:
            counts[bookmark.corpus] = counts.get(bookmark.corpus, 0) + 1
    return counts


def unknown_words(ctx: click.Context, corpus: str | None, id: str, count: int, file: Path) -> str:
    """What to say of such a corpus: that it is unknown, and how to mend it."""
    from zeroline.index.cache import known

    near = get_close_matches(id.lower(), sorted(known() | _ids_at_hand(ctx, corpus)), 1)
    mend = f"did you mean “{near[0]}”? Mend it in {file}" if near else "open it once with “zeroline FOLDER”"
    return f"{counted(count, 'bookmark')} of “{id}”: no corpus known here has this id; {mend}"


def _ids_at_hand(ctx: click.Context, corpus: str | None) -> set[str]:
    """The ids of the corpus in use and of the bundled one, which need not have been opened yet."""
    import tomllib

    from zeroline.corpus.bundled import bundled
    from zeroline.corpus.problems import CorpusError

    ids = set()
    finders: list[Callable[[], Path]] = [lambda: corpus_folder(ctx, corpus), bundled]
    for find in finders:
        with suppress(CorpusError, OSError, ValueError, KeyError, TypeError):
            text = (find() / "corpus.toml").read_text(encoding="utf-8-sig")
            ids.add(str(tomllib.loads(text)["corpus"]["id"]))
    return ids


def known_collection(store: BookmarkStore, word: str, *, new: bool = False) -> str:
    """The name of the collection that a word means, upper and lower case alike where that is no doubt.

    Where there is none, the word itself if it may be ``new``; else raises Failure.
    """
    from zeroline.bookmarks.collections import called, names
    from zeroline.bookmarks.model import tidy_tags

    (word,) = tidy_tags([word]) or ("",)
    if not word:
        raise Failure("a collection needs a name", USAGE)
    document = store.document()
    known = names(document.bookmarks, document.collections)
    if found := called(known, word):
        return found
    if new:
        return word
    alike: dict[str, list[str]] = {}
    for name in known:
        alike.setdefault(name.casefold(), []).append(name)
    near = [name for folded in get_close_matches(word.casefold(), alike, 1) for name in alike[folded]]
    hint = "; “zeroline bookmarks collections” lists them"
    if near:
        hint = f"; did you mean {either([f'“{name}”' for name in near])}?"
    raise Failure(f"there is no collection “{shortened(word)}”{hint}", PROBLEM)


def keys_of(ctx: click.Context, store: BookmarkStore, words: Sequence[str], corpus: str | None) -> list[Key]:
    """The bookmarks that words name, each once; see :func:`key_of`."""
    named = named_corpus(ctx, corpus, environment=False)
    corpus_id = open_corpus(ctx, corpus).summary.id if named else None
    return list(dict.fromkeys(key_of(store, word, corpus_id) for word in words))


def key_of(store: BookmarkStore, word: str, corpus_id: str | None) -> tuple[str, str]:
    """The corpus and id of the bookmark that a word names: an id, or CORPUS/ID where two corpora share it.

    Raises Failure where there is none, or more than one.
    """
    bookmarks = store.load()
    before, _, after = word.rpartition("/")
    found = [b.key for b in bookmarks if b.id == after and b.corpus == (before or corpus_id or b.corpus)]
    if len(found) == 1:
        return found[0]
    if found:
        raise Failure(f"{either([f'{c}/{i}' for c, i in found])}: name one of these, with its corpus", USAGE)
    known = [b.id for b in bookmarks if not corpus_id or b.corpus == corpus_id]
    near = get_close_matches(after, known, 3)
    hint = f"; did you mean {either(near)}?" if near else "; “zeroline bookmarks list” gives the ids"
    raise Failure(f"there is no bookmark on “{word}”{hint}", PROBLEM)


def row(bookmark: Bookmark, unknown: Collection[str] = ()) -> Sequence[Cell]:
    """A row of :data:`COLUMNS`; ``unknown`` are the ids of corpora that nothing here knows."""
    from zeroline.cli.item_rows import name_words, said_words

    who, what = "", "not opened since it was written"
    if bookmark.corpus in unknown:
        what = f"no corpus “{bookmark.corpus}” is known here"
    if bookmark.snapshot:
        item = bookmark.snapshot.item
        if item["kind"] == "statement":
            positions = " · ".join(_position(p, bookmark.snapshot.stance_labels) for p in item["positions"])
            who, what = name_words(item["speaker"]), said_words(item) + (f" — {positions}" if positions else "")
        else:
            who, what = item["asserted_by_name"], item["title"]
    own = [Part(tag) for tag in bookmark.tags], [Part(name) for name in bookmark.collections]
    return bookmark.corpus, bookmark.id, who, what, bookmark.note, *own


def _position(position: PositionRecord, labels: Mapping[str, str]) -> str:
    """Stance and force in words, since a bookmark knows no signs: "hold: only if …; otherwise withdraw"."""
    from zeroline.text.positions import force_words, proviso_words

    def label(stance: str) -> str:
        return labels.get(stance, stance)

    return f"{label(position['stance'])}: {proviso_words(position, label) or force_words(position)}"
