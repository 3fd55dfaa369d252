"""``zeroline bookmarks``: list, add, tag and remove bookmarks. What is done with collections, with versions of before
and with other files has files of its own, and so has ``export``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from zeroline.bookmarks.grouping import ORDERS
from zeroline.cli import completion_values, output
from zeroline.cli.bookmark_options import collection_option, complete_collections, complete_saved
from zeroline.cli.bookmarks_back import merge, restore, undo
from zeroline.cli.bookmarks_collect import add_to, collections_, move, take_from
from zeroline.cli.bookmarks_export import export
from zeroline.cli.bookmarks_import import import_
from zeroline.cli.diagnostics import PROBLEM, Failure, note
from zeroline.cli.phrases import counted, either, shortened
from zeroline.cli.session import context_of, corpus_option, examples, format_option, open_corpus

if TYPE_CHECKING:
    from zeroline.bookmarks.edits import Edit

_NONE_YET = "nothing is bookmarked yet; add one with “zeroline bookmarks add ID”, or with b in the explorer"


@click.group(
    "bookmarks",
    short_help="Bookmarks, collections of them, their export and backups.",
    epilog=examples(
        ("zeroline bookmarks list", "everything you have saved"),
        ('zeroline bookmarks add melnyk-02 --note "for the lead" --tag trade', "save a statement with a note"),
        ('zeroline bookmarks add-to "Chapter 2" melnyk-02', "put it into a collection, which is made if need be"),
        ("zeroline bookmarks export -o notes.md", "all of them, cited, as Markdown"),
        ("zeroline bookmarks undo", "take back the last change, whoever made it"),
    ),
)
def command() -> None:
    """Your saved statements and events, with notes, tags and collections; “zeroline info” names the file.

    Every change keeps the version before it: see “zeroline bookmarks restore”.
    """


for one in (collections_, add_to, take_from, move, merge, undo, restore, export, import_):
    command.add_command(one)


@command.command(
    "list",
    short_help="List bookmarks.",
    epilog=examples(
        ("zeroline bookmarks list", "of every corpus"),
        ("zeroline bookmarks list --tag trade", "only those with a tag"),
        ('zeroline bookmarks list --collection "Chapter 2"', "a collection, in its own order"),
        ("zeroline bookmarks list --group stance", "under headings: without a condition apart from conditional"),
        ("zeroline bookmarks list -C my-study --format json", "those of one corpus, as JSON"),
    ),
)
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="With this tag. May be repeated: with all of them.")
@collection_option
@click.option("--sort", type=click.Choice(ORDERS), default="yours", show_default=True, help="In what order.")
@click.option("--group", type=click.Choice(ORDERS[1:]), help="Under headings; one with two of them stands under both.")
@format_option("A table to read, or one JSON array.", "table", "json")
@corpus_option
@click.pass_context
def list_(
    ctx: click.Context,
    tags: tuple[str, ...],
    collection: str | None,
    sort: str,
    group: str | None,
    form: str,
    corpus: str | None,
) -> None:
    """List bookmarks in your order, of every corpus unless --corpus names one."""
    from zeroline.bookmarks.grouping import grouped, ordered
    from zeroline.bookmarks.store import BookmarkStore
    from zeroline.cli import bookmark_selection
    from zeroline.cli.table import Column, print_table

    store = BookmarkStore()
    bookmarks = ordered(bookmark_selection.chosen(ctx, store, corpus, tags, collection), sort)
    unknown = bookmark_selection.unknown_corpora(ctx, corpus, bookmarks)
    if form == "json":
        from datetime import date

        from zeroline.export import FORMATS

        output.document(FORMATS["json"](bookmarks, date.today()), "json")
    elif bookmarks:
        if group:
            groups = grouped(bookmarks, group)
            rows = (
                (under.heading, *bookmark_selection.row(one, unknown)) for under in groups for one in under.bookmarks
            )
            print_table((Column(group.capitalize()), *bookmark_selection.COLUMNS), rows)
        else:
            print_table(
                bookmark_selection.COLUMNS, (bookmark_selection.row(bookmark, unknown) for bookmark in bookmarks)
            )
    if not bookmarks:
        none = f"nothing is in “{collection}” yet" if collection else _NONE_YET
        raise Failure(f"no bookmark has {either([f'“{t}”' for t in tags])}" if tags else none, PROBLEM)
    for id, count in unknown.items():
        note(bookmark_selection.unknown_words(ctx, corpus, id, count, store.path))
    if form == "table" and output.on_terminal():
        note(counted(len(bookmarks), "bookmark"))


@command.command(
    "add",
    short_help="Bookmark statements or events.",
    epilog=examples(
        ("zeroline bookmarks add melnyk-02", "one"),
        ('zeroline bookmarks add melnyk-02 solo-01 --note "two sides" --tag lead', "two, with the same note and tag"),
    ),
)
@click.argument("ids", metavar="ID...", nargs=-1, required=True, shell_complete=completion_values.items)
@click.option("--note", "text", default="", metavar="TEXT", help="A note of yours.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag. May be repeated.")
@click.option(
    "--collection", "names", multiple=True, metavar="NAME", shell_complete=complete_collections,
    help="Into this collection, too. May be repeated.",
)  # fmt: skip
@corpus_option
@click.pass_context
def add(
    ctx: click.Context,
    ids: tuple[str, ...],
    text: str,
    tags: tuple[str, ...],
    names: tuple[str, ...],
    corpus: str | None,
) -> None:
    """Bookmark the statements or events with these IDs.

    One that is bookmarked already keeps its place and its collections, and its note and tags unless new ones are given.
    Where one of several IDs is unknown, none is bookmarked. Notes are Markdown.
    """
    from zeroline.bookmarks import collection_edits, edits
    from zeroline.bookmarks.store import BookmarkStore
    from zeroline.cli.bookmark_selection import known_collection
    from zeroline.cli.item_rows import nearest_ids

    index = open_corpus(ctx, corpus)
    found = []
    for id in dict.fromkeys(ids):
        row = index.get(id)
        if row is None and (speaker := index.speaker(id)):
            raise Failure(f"“{id}” is the speaker {speaker['name']}; bookmark a statement or an event", PROBLEM)
        if row is None:
            near = nearest_ids(index, id, [])
            hint = f"; did you mean {either(near)}?" if near else ""
            raise Failure(f"there is no statement or event “{shortened(id)}”{hint}", PROBLEM)
        found.append(row.item)
    store, context = BookmarkStore(), context_of(index)
    before = store.ids(context.id)
    into = [known_collection(store, name, new=True) for name in names]
    changes: list[Edit[Any]] = [edits.add(item, context, text, tags) for item in found]
    changes += [collection_edits.collect(name, [(context.id, item["id"]) for item in found]) for name in into]
    store.apply(edits.several(changes, f"bookmarked {counted(len(found), 'item')}"))
    for item in found:
        if item["id"] not in before:
            note(f"bookmarked {item['id']}")
        elif text or tags:
            parts = [name for name, given in (("note", text), ("tags", tags)) if given]
            note(f"{item['id']} was bookmarked already; {' and '.join(parts)} replaced")
        else:
            note(f"{item['id']} was bookmarked already")


@command.command(
    "tag",
    short_help="Give many bookmarks tags, or take tags off.",
    epilog=examples(
        ("zeroline bookmarks tag melnyk-02 solo-01 --add lead --remove draft", "two of them"),
        ("zeroline bookmarks tag --tagged draft --add checked", "all that have a tag"),
        ('zeroline bookmarks tag --collection "Chapter 2" --remove draft', "all in a collection"),
    ),
)
@click.argument("ids", metavar="[ID]...", nargs=-1, shell_complete=complete_saved)
@click.option("--add", "more", multiple=True, metavar="TAG", help="Give them this tag. May be repeated.")
@click.option("--remove", "less", multiple=True, metavar="TAG", help="Take this tag off. May be repeated.")
@click.option("--tagged", multiple=True, metavar="TAG", help="Those with this tag. May be repeated: with all of them.")
@collection_option
@click.option("--all", "every", is_flag=True, help="All bookmarks.")
@corpus_option
@click.pass_context
def tag(
    ctx: click.Context,
    ids: tuple[str, ...],
    more: tuple[str, ...],
    less: tuple[str, ...],
    tagged: tuple[str, ...],
    collection: str | None,
    every: bool,
    corpus: str | None,
) -> None:
    """Give the bookmarks on these IDs tags, or take tags off, all in one change.

    Instead of IDs name those with a tag (--tagged), in a collection (--collection), or --all.
    """
    from zeroline.bookmarks import edits
    from zeroline.bookmarks.store import BookmarkStore
    from zeroline.cli import bookmark_selection

    if not more and not less:
        raise click.UsageError("say which tags: --add TAG or --remove TAG", ctx)
    if bool(ids) == bool(tagged or collection or every):
        raise click.UsageError("say which bookmarks: either IDs, or --tagged, --collection or --all", ctx)
    store = BookmarkStore()
    if ids:
        keys = bookmark_selection.keys_of(ctx, store, ids, corpus)
    else:
        keys = [one.key for one in bookmark_selection.chosen(ctx, store, corpus, tagged, collection)]
    changed = store.apply(edits.tag(keys, more, less))
    note(f"{counted(len(keys), 'bookmark')}: {changed or 'none'} changed")


@command.command(
    "remove",
    short_help="Remove bookmarks.",
    epilog=examples(
        ("zeroline bookmarks remove melnyk-02", "whatever corpus it is of"),
        ("zeroline bookmarks remove kursk-2025/melnyk-02", "where two corpora have that id"),
    ),
)
@click.argument("ids", metavar="ID...", nargs=-1, required=True, shell_complete=complete_saved)
@corpus_option
@click.pass_context
def remove(ctx: click.Context, ids: tuple[str, ...], corpus: str | None) -> None:
    """Remove the bookmarks on these IDs, with their notes. Where one of several IDs is unknown, none is removed.

    The corpus need not be there any more.
    """
    from zeroline.bookmarks import edits
    from zeroline.bookmarks.store import BookmarkStore
    from zeroline.cli import bookmark_selection

    store = BookmarkStore()
    for bookmark in store.apply(edits.remove(bookmark_selection.keys_of(ctx, store, ids, corpus))):
        note(f"removed the bookmark on {bookmark.id}")
