"""``zeroline bookmarks``: list, add and remove bookmarks; ``export`` is in its own file."""

from __future__ import annotations

import click

from zeroline.cli import complete, output
from zeroline.cli.bookmarks_export import export
from zeroline.cli.diagnostics import PROBLEM, Failure, note
from zeroline.cli.session import context_of, corpus_option, examples, named_corpus, open_corpus
from zeroline.cli.words import counted, either, shortened

_NONE_YET = "nothing is bookmarked yet; add one with “zeroline bookmarks add ID”, or with b in the explorer"


@click.group(
    "bookmarks",
    short_help="List, add, remove and export bookmarks.",
    epilog=examples(
        ("zeroline bookmarks list", "everything you have saved"),
        ('zeroline bookmarks add melnyk-02 --note "for the lead" --tag trade', "save a statement with a note"),
        ("zeroline bookmarks export -o notes.md", "all of them, cited, as Markdown"),
    ),
)
def command() -> None:
    """Your saved statements and events, with notes and tags; the file is named by “zeroline info”."""


command.add_command(export)


@command.command(
    "list",
    short_help="List bookmarks.",
    epilog=examples(
        ("zeroline bookmarks list", "of every corpus"),
        ("zeroline bookmarks list --tag trade", "only those with a tag"),
        ("zeroline bookmarks list -C my-study --format json", "those of one corpus, as JSON"),
    ),
)
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="With this tag. May be repeated: with all of them.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="A table to read, or one JSON array.",
)  # fmt: skip
@corpus_option
@click.pass_context
def list_(ctx: click.Context, tags: tuple[str, ...], form: str, corpus: str | None) -> None:
    """List bookmarks in your order, of every corpus unless --corpus names one."""
    from zeroline.bookmarks.store import BookmarkStore
    from zeroline.cli import saved
    from zeroline.cli.table import print_table

    store = BookmarkStore()
    bookmarks = saved.chosen(ctx, store, corpus, tags)
    unknown = saved.unknown_corpora(ctx, corpus, bookmarks)
    if form == "json":
        from datetime import date

        from zeroline.export import FORMATS

        output.document(FORMATS["json"](bookmarks, date.today()), "json")
    elif bookmarks:
        print_table(saved.COLUMNS, (saved.row(bookmark, unknown) for bookmark in bookmarks))
    if not bookmarks:
        raise Failure(f"no bookmark has {either([f'“{t}”' for t in tags])}" if tags else _NONE_YET, PROBLEM)
    for id, count in unknown.items():
        note(saved.unknown_words(ctx, corpus, id, count, store.path))
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
@click.argument("ids", metavar="ID...", nargs=-1, required=True, shell_complete=complete.items)
@click.option("--note", "text", default="", metavar="TEXT", help="A note of yours.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag. May be repeated.")
@corpus_option
@click.pass_context
def add(ctx: click.Context, ids: tuple[str, ...], text: str, tags: tuple[str, ...], corpus: str | None) -> None:
    """Bookmark the statements or events with these IDs.

    One that is bookmarked already keeps its place, and its note and tags unless new ones are given. Where one of
    several IDs is unknown, none is bookmarked.
    """
    from zeroline.bookmarks.store import BookmarkStore
    from zeroline.cli.items import nearest_ids

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
    for item in found:
        store.add(item, context, text, tags)
        if item["id"] not in before:
            note(f"bookmarked {item['id']}")
        elif text or tags:
            parts = [name for name, given in (("note", text), ("tags", tags)) if given]
            note(f"{item['id']} was bookmarked already; {' and '.join(parts)} replaced")
        else:
            note(f"{item['id']} was bookmarked already")


def _complete_saved(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from zeroline.bookmarks.store import BookmarkError, BookmarkStore

    try:
        return sorted({b.id for b in BookmarkStore().load() if b.id.startswith(incomplete)})
    except BookmarkError:
        return []


@command.command(
    "remove",
    short_help="Remove bookmarks.",
    epilog=examples(
        ("zeroline bookmarks remove melnyk-02", "whatever corpus it is of"),
        ("zeroline bookmarks remove kursk-2025/melnyk-02", "where two corpora have that id"),
    ),
)
@click.argument("ids", metavar="ID...", nargs=-1, required=True, shell_complete=_complete_saved)
@corpus_option
@click.pass_context
def remove(ctx: click.Context, ids: tuple[str, ...], corpus: str | None) -> None:
    """Remove the bookmarks on these IDs, with their notes. Where one of several IDs is unknown, none is removed.

    The corpus need not be there any more.
    """
    from zeroline.bookmarks.store import BookmarkStore
    from zeroline.cli import saved

    store = BookmarkStore()
    named = named_corpus(ctx, corpus, environment=False)
    corpus_id = open_corpus(ctx, corpus).summary.id if named else None
    for key in [saved.key_of(store, id, corpus_id) for id in dict.fromkeys(ids)]:
        if store.remove(*key):
            note(f"removed the bookmark on {key[1]}")
