"""``zeroline bookmarks export``: bookmarks, cited, to stdout or into a file."""

from __future__ import annotations

from pathlib import Path

import click

from zeroline.cli import output
from zeroline.cli.diagnostics import PROBLEM, Failure, note
from zeroline.cli.session import corpus_option, examples
from zeroline.cli.words import counted, either

FORMATS = ("md", "json", "csv", "toml")


@click.command(
    "export",
    short_help="Export bookmarks with their citations.",
    epilog=examples(
        ("zeroline bookmarks export", "Markdown on stdout, to paste into an article"),
        ("zeroline bookmarks export -o notes.md", "into a new file; the ending says the format"),
        ("zeroline bookmarks export --format csv --tag lead -o lead.csv", "those with a tag, for a spreadsheet"),
    ),
)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default=None,
    help="Markdown, JSON, CSV or TOML.  [default: as FILE ends, else md]",
)  # fmt: skip
@click.option(
    "-o", "--output", "file", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True),
    help="Write into this file instead of to stdout.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Overwrite FILE where it is there already.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="With this tag. May be repeated: with all of them.")
@corpus_option
@click.pass_context
def export(
    ctx: click.Context, form: str | None, file: Path | None, force: bool, tags: tuple[str, ...], corpus: str | None
) -> None:
    """Export bookmarks in your order, each with speaker, positions, note, tags, full citation and locator.

    Of every corpus unless --corpus names one.
    """
    from datetime import date

    from zeroline.bookmarks.store import BookmarkStore
    from zeroline.cli import saved
    from zeroline.export import FORMATS as WRITERS
    from zeroline.export import write_export

    target = None if file is None or str(file) == "-" else file
    kind = form or (target.suffix.removeprefix(".").lower() if target else "md")
    if kind not in WRITERS:
        raise click.UsageError(f"“{file}” does not say a format; add --format {either(FORMATS)}", ctx)
    bookmarks = saved.chosen(ctx, BookmarkStore(), corpus, tags)
    text = WRITERS[kind](bookmarks, date.today())
    if not bookmarks:
        if target is None:
            output.document(text, kind)
        why = f"no bookmark has {either([f'“{tag}”' for tag in tags])}" if tags else "nothing is bookmarked yet"
        raise Failure(f"{why}{'; no file is written' if target else ''}", PROBLEM)
    if target is None:
        output.document(text, kind)
        return
    if target.exists() and target.is_file() and not force:
        raise Failure(f"{target} is there already; name another file, or add --force to overwrite it", PROBLEM)
    write_export(text, target, overwrite=force)
    note(f"{counted(len(bookmarks), 'bookmark')} written to {target}")
