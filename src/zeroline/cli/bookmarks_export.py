"""``zeroline bookmarks export``: bookmarks, cited, to stdout or into a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zeroline.cli import output
from zeroline.cli.bookmark_options import collection_option
from zeroline.cli.diagnostics import PROBLEM, Failure, note, progress
from zeroline.cli.phrases import STYLES, either
from zeroline.cli.session import corpus_option, examples, open_corpus

if TYPE_CHECKING:
    from zeroline.bookmarks.model import Bookmark
    from zeroline.export import Format, Options

FORMATS = (
    "md", "footnotes", "html", "docx", "json", "jsonl", "jsonld", "csv", "xlsx", "toml", "bib", "ris", "csl",
)  # fmt: skip


@click.command(
    "export",
    short_help="Export bookmarks with their citations.",
    epilog=examples(
        ("zeroline bookmarks export", "Markdown on stdout, to paste into an article"),
        ("zeroline bookmarks export -o notes.md --style chicago", "into a new file; the ending says the format"),
        ("zeroline bookmarks export --format csv --tag lead -o lead.csv", "those with a tag, for a spreadsheet"),
        ('zeroline bookmarks export --collection "Chapter 2" -o two.docx', "a collection, in its order, as a document"),
        ("zeroline bookmarks export --balance -o notes.docx", "say whom you quote for what, and write a Word document"),
        ("zeroline bookmarks export --format html --losses", "what a web page cannot hold"),
    ),
)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default=None,
    help="Markdown (or with footnotes), a web page, Word, JSON, JSON Lines, Web Annotation, CSV, Excel, TOML; "
    "of the sources alone BibTeX, RIS or CSL-JSON.  [default: as FILE ends, else md]",
)  # fmt: skip
@click.option(
    "-o", "--output", "file", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True),
    help="Write into this file instead of to stdout.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Overwrite FILE where it is there already.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="With this tag. May be repeated: with all of them.")
@collection_option
@click.option(
    "--style", type=click.Choice(STYLES), default="plain", show_default=True, help="The style of the citations."
)
@click.option("--balance", is_flag=True, help="Say on stderr how the selection compares with its corpus.")
@click.option("--losses", is_flag=True, help="Only say what the format cannot hold.")
@corpus_option
@click.pass_context
def export(
    ctx: click.Context,
    form: str | None,
    file: Path | None,
    force: bool,
    tags: tuple[str, ...],
    collection: str | None,
    style: str,
    balance: bool,
    losses: bool,
    corpus: str | None,
) -> None:
    """Export bookmarks in your order, each with speaker, positions, note, tags, full citation and locator.

    Of every corpus unless --corpus names one.
    """
    from datetime import date

    from zeroline.bookmarks.store import BookmarkStore
    from zeroline.cli import bookmark_selection
    from zeroline.export import FORMATS as KNOWN
    from zeroline.export import Options, format_of, with_passages

    target = None if file is None or str(file) == "-" else file
    format = KNOWN[form] if form else format_of(target.name) if target else KNOWN["md"]
    if format is None:
        raise click.UsageError(f"“{file}” does not say a format; add --format {either(FORMATS)}", ctx)
    if losses:
        _say_losses(format)
        return
    store = BookmarkStore()
    bookmarks = bookmark_selection.chosen(ctx, store, corpus, tags, collection)
    whole = not tags and not collection and len(bookmarks) == len(store.load())
    tables, extra = bookmark_selection.tables_of(store, bookmarks, all=whole)
    options = with_passages(Options(date.today(), style, tables, extra=extra), bookmarks)
    _check(format, style)
    if not bookmarks:
        if target is None and not format.binary:
            output.pieces(format.pieces((), options), format.name)
        why = f"no bookmark has {either([f'“{tag}”' for tag in tags])}" if tags else "nothing is bookmarked yet"
        why = f"nothing is in “{collection}” yet" if collection and not tags else why
        raise Failure(f"{why}{'; no file is written' if target else ''}", PROBLEM)
    if balance:
        _say_balance(ctx, corpus, bookmarks)
    if target is None:
        if format.most is not None and len(bookmarks) > format.most:
            note(f"{format.written(len(bookmarks))} written")
        output.pieces(
            format.pieces(bookmarks, options), format.label if format.binary else format.name, binary=format.binary
        )
        return
    if target.exists() and target.is_file() and not force:
        raise Failure(f"{target} is there already; name another file, or add --force to overwrite it", PROBLEM)
    _write(target, format, bookmarks, options, force)
    note(f"{format.written(len(bookmarks))} written to {target}")


def _check(format: Format, style: str) -> None:
    """Say before anything is done what cannot be done: a library is not installed, a style has nothing to style."""
    from zeroline.text.styles import check

    format.check()
    if format.cites:
        check(style)
    if style != "plain" and not format.cites:
        note(f"--style {style} changes nothing: {format.label} has no citations of its own")


def _say_balance(ctx: click.Context, corpus: str | None, bookmarks: tuple[Bookmark, ...]) -> None:
    """Compare the selection with the corpus in use, before anything is written."""
    from zeroline.export.balance import balance, corpus_counts

    index = open_corpus(ctx, corpus)
    note(f"Balance with “{index.summary.title}”")
    for line in balance(bookmarks, corpus_counts(index)).lines():
        note(f"  {line}")


def _write(target: Path, format: Format, bookmarks: tuple[Bookmark, ...], options: Options, force: bool) -> None:
    from zeroline.export import export_to

    with progress(f"Writing {target.name}") as tell:
        export_to(target, format, bookmarks, options, overwrite=force, tell=lambda done: tell(done, len(bookmarks)))


def _say_losses(format: Format) -> None:
    lost = format.lost()
    output.say(f"{format.label} ({format.name}) cannot hold:" if lost else f"{format.label} holds everything.")
    for words in lost:
        output.paragraph(words, "  - ", "    ")
    if format.library:
        output.say(f"It is written by {format.package}, of the extra “export”.")
