"""``zeroline bookmarks import``: an export, back among the bookmarks."""

from __future__ import annotations

from pathlib import Path

import click

from zeroline.cli import output
from zeroline.cli.diagnostics import note
from zeroline.cli.phrases import counted
from zeroline.cli.session import examples

FORMATS = ("toml", "json", "jsonl", "jsonld")


@click.command(
    "import",
    short_help="Take an export in: TOML, JSON, JSON Lines, Web Annotation.",
    epilog=examples(
        ("zeroline bookmarks import notes.jsonl --dry-run", "say what it would do"),
        ("zeroline bookmarks import colleague.toml", "do it; “zeroline bookmarks undo” takes it back"),
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), help="What FILE is.  [default: found out]")
@click.option("--dry-run", "-n", is_flag=True, help="Only say what it would do.")
def import_(file: Path, form: str | None, dry_run: bool) -> None:
    """Take in bookmarks that were exported as TOML, JSON, JSON Lines or Web Annotation.

    New ones stand beside their neighbours in FILE. Nothing of yours is lost: on what you have bookmarked too, notes
    that differ are both kept, tags and collections are put together. A file that is not wholly understood changes
    nothing.
    """
    from datetime import datetime

    from zeroline.bookmarks.merging import merge
    from zeroline.bookmarks.store import BookmarkStore
    from zeroline.export.read import read_export

    theirs = read_export(file, form)
    store, edit = BookmarkStore(), merge(theirs, None)
    before = store.document()
    report = edit(before, datetime.now().astimezone()).result if dry_run else store.apply(edit)
    report.stayed = []  # what stands here alone is no news: an import is a part, not another version of the whole
    for line in report.lines():
        output.say(line)
    held = counted(len(theirs.bookmarks), "bookmark")
    if dry_run:
        note(f"{file} holds {held}. Nothing is changed: this was --dry-run.")
    elif store.document() != before:
        note(f"{held} read from {file}; “zeroline bookmarks undo” takes it back")
