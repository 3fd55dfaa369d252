"""``zeroline bookmarks collections``, ``add-to``, ``take-from`` and ``move``: named lists, and the order in them."""

from __future__ import annotations

import click

from zeroline.cli.bookmark_options import collection_and_ids, complete_collections, complete_saved
from zeroline.cli.diagnostics import PROBLEM, Failure, note
from zeroline.cli.phrases import counted
from zeroline.cli.session import corpus_option, examples

_NONE_YET = 'there is no collection yet; “zeroline bookmarks add-to "Chapter 2" ID” makes one'


@click.command(
    "collections",
    short_help="List collections; rename, describe or dissolve one.",
    epilog=examples(
        ("zeroline bookmarks collections", "all of them, with how many bookmarks each holds"),
        ('zeroline bookmarks collections "Chapter 2" --note "What the officers say."', "write on one, in Markdown"),
        ('zeroline bookmarks collections "Chapter 2" --rename "Chapter 3"', "give it another name"),
        ('zeroline bookmarks collections "Chapter 2" --delete', "dissolve it; its bookmarks stay"),
    ),
)
@click.argument("name", required=False, shell_complete=complete_collections)
@click.option("--note", "text", metavar="TEXT", help="Write this note on it (Markdown).")
@click.option("--rename", metavar="NEW", help="Give it this name.")
@click.option("--delete", is_flag=True, help="Dissolve it; its bookmarks stay.")
@click.pass_context
def collections_(ctx: click.Context, name: str | None, text: str | None, rename: str | None, delete: bool) -> None:
    """List the collections, or the one called NAME, with their notes; or change it."""
    from zeroline.bookmarks import collection_edits, edits
    from zeroline.bookmarks.collections import collection, counts
    from zeroline.bookmarks.store import BookmarkStore
    from zeroline.cli.bookmark_selection import known_collection
    from zeroline.cli.table import Column, print_table

    if name is None and (text is not None or rename or delete):
        raise click.UsageError("say which collection: its NAME comes first", ctx)
    if delete and (rename or text is not None):
        raise click.UsageError("--delete goes with nothing else", ctx)
    store = BookmarkStore()
    known = known_collection(store, name) if name is not None else None
    if known is not None and delete:
        inside = store.apply(collection_edits.delete_collection(known))
        note(f"dissolved “{known}”; {counted(inside, 'bookmark')} stay{'s' * (inside == 1)} saved")
        return
    if known is not None and (text is not None or rename):
        changes = [collection_edits.describe_collection(known, text)] if text is not None else []
        changes += [collection_edits.rename_collection(known, rename)] if rename else []
        store.apply(edits.several(changes, f"changed the collection “{known}”"))
        note(f"changed the collection “{known}”")
        return
    document = store.document()
    found = {known: counts(document.bookmarks)[known]} if known else counts(document.bookmarks, document.collections)
    columns = (Column("Collection"), Column("Bookmarks"), Column("Note", reading=True))
    tables = document.collections
    print_table(columns, ((one, f"{number:,}", collection(tables, one).note) for one, number in found.items()))
    if not found:
        raise Failure(_NONE_YET, PROBLEM)


@click.command(
    "add-to",
    short_help="Put bookmarks into a collection.",
    epilog=examples(
        ('zeroline bookmarks add-to "Chapter 2" melnyk-02 solo-01', "two of them; the collection is made if need be"),
        ('zeroline bookmarks add melnyk-02 --collection "Chapter 2"', "bookmark a statement right into one"),
    ),
)
@collection_and_ids
def add_to(ctx: click.Context, name: str, ids: tuple[str, ...], corpus: str | None) -> None:
    """Put the bookmarks on these IDs into the collection NAME, at its end. A bookmark may be in several."""
    from zeroline.bookmarks import collection_edits
    from zeroline.bookmarks.store import BookmarkStore
    from zeroline.cli.bookmark_selection import keys_of, known_collection

    store = BookmarkStore()
    keys = keys_of(ctx, store, ids, corpus)
    known = known_collection(store, name, new=True)
    put = store.apply(collection_edits.collect(known, keys))
    there = (
        f"; {len(keys) - put:,} {'was' if len(keys) - put == 1 else 'were'} in it already" if put < len(keys) else ""
    )
    note(f"{counted(put, 'bookmark')} put into “{known}”{there}")


@click.command(
    "take-from",
    short_help="Take bookmarks out of a collection.",
    epilog=examples(('zeroline bookmarks take-from "Chapter 2" melnyk-02', "it stays bookmarked")),
)
@collection_and_ids
def take_from(ctx: click.Context, name: str, ids: tuple[str, ...], corpus: str | None) -> None:
    """Take the bookmarks on these IDs out of the collection NAME; they stay bookmarked."""
    from zeroline.bookmarks import collection_edits
    from zeroline.bookmarks.store import BookmarkStore
    from zeroline.cli.bookmark_selection import keys_of, known_collection

    store = BookmarkStore()
    known, keys = known_collection(store, name), keys_of(ctx, store, ids, corpus)
    taken = store.apply(collection_edits.uncollect(known, keys))
    if not taken:
        raise Failure(f"none of them is in “{known}”", PROBLEM)
    note(f"{counted(taken, 'bookmark')} taken out of “{known}”")


@click.command(
    "move",
    short_help="Give a bookmark another place in your order.",
    epilog=examples(
        ("zeroline bookmarks move melnyk-02 1", "to the top of all bookmarks"),
        ('zeroline bookmarks move melnyk-02 3 --in "Chapter 2"', "to the third place of a collection"),
    ),
)
@click.argument("id", shell_complete=complete_saved)
@click.argument("place", type=click.IntRange(min=1))
@click.option("--in", "inside", metavar="NAME", shell_complete=complete_collections, help="In this collection.")
@corpus_option
@click.pass_context
def move(ctx: click.Context, id: str, place: int, inside: str | None, corpus: str | None) -> None:
    """Put the bookmark on ID at PLACE, counted from 1: in your order of all, or of a collection."""
    from zeroline.bookmarks import collection_edits, edits
    from zeroline.bookmarks.collections import members
    from zeroline.bookmarks.store import BookmarkStore
    from zeroline.cli.bookmark_selection import keys_of, known_collection

    store = BookmarkStore()
    (key,) = keys_of(ctx, store, [id], corpus)
    if inside is None:
        store.apply(edits.move(key, place - 1))
        among = store.load()
    else:
        known = known_collection(store, inside)
        if known not in next(one for one in store.load() if one.key == key).collections:
            raise Failure(f"{key[1]} is not in “{known}”", PROBLEM)
        store.apply(collection_edits.move_in(known, key, place - 1))
        among = members(store.load(), store.collections(), known)
    at = [one.key for one in among].index(key) + 1
    note(f"{key[1]} is number {at:,} of {len(among):,} now")
