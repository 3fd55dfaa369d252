"""``zeroline sources``: the sources of a corpus, and the copies attached to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from zeroline.cli import diagnostics
from zeroline.cli.session import corpus_folder, corpus_option, examples, format_option
from zeroline.cli.table import Column

if TYPE_CHECKING:
    from zeroline.sources.attached import View

_FIELDS = (
    "source", "title", "paragraphs", "statements", "attached", "kind", "file", "url", "sha256", "characters",
    "verbatim", "normalised", "proposed", "orphan", "no source", "trouble",
)  # fmt: skip


@click.command(
    "sources",
    short_help="The sources and which copies are attached.",
    epilog=examples(
        ("zeroline sources", "each source, its copy, and how many passages are found in it"),
        ("zeroline sources --format json", "with hashes, for another program"),
    ),
)
@format_option("A table to read, or data.", "table", "json", "jsonl", "csv")
@corpus_option
@click.pass_context
def command(ctx: click.Context, form: str, corpus: str | None) -> int:
    """Print the sources of the corpus: which of them have a copy attached, from which file, and how their statements
    stand in it. A source whose text the corpus carries itself is called “carried”.
    """
    from zeroline.cli.listing import Shape, print_records
    from zeroline.cli.source_copies import failure
    from zeroline.sources import attached
    from zeroline.sources.errors import SourceError

    try:
        with diagnostics.progress("Looking for the passages") as tell:
            found = attached.open(corpus_folder(ctx, corpus), tell)
    except SourceError as error:
        raise failure(error) from error
    columns = (Column("Source"), Column("Copy"), Column("Statements", reading=True), Column("Attached", optional=True))
    shape = Shape(columns, _row, _FIELDS, lambda record: [record[field] for field in _FIELDS])
    print_records((_record(view) for view in found.views), shape, form)
    for view in found.views:
        if view.trouble:
            diagnostics.note(view.trouble)
    return diagnostics.PROBLEM if any(view.trouble for view in found.views) else diagnostics.FINE


def _record(view: View) -> dict[str, Any]:
    from zeroline.cli.source_copies import standing

    copy = view.copy
    return {
        "source": view.id,
        "title": view.title,
        "paragraphs": view.paragraphs,
        "statements": len(view.said) + view.more,
        "attached": copy.attached or None if copy else None,
        "kind": copy.kind if copy else None,
        "file": copy.file or None if copy else None,
        "url": copy.url or None if copy else None,
        "sha256": copy.sha256 if copy else None,
        "characters": copy.characters if copy else None,
        **standing(view.anchored, view.more),
        "trouble": view.trouble or None,
    }


def _row(record: dict[str, Any]) -> list[str]:
    from zeroline.cli.source_copies import standing_words
    from zeroline.sources.model import STATES

    copy = f"{record['file'] or record['url']} ({record['kind']})" if record["kind"] else "none"
    if record["trouble"]:
        copy += ", cannot be used"
    return [
        record["source"],
        copy,
        standing_words({state: record[state] for state in STATES}),
        (record["attached"] or "").partition("T")[0],
    ]
