"""``zeroline show``: everything about one statement, event or speaker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from zeroline.cli import completion_values, output
from zeroline.cli.diagnostics import PROBLEM, Failure
from zeroline.cli.phrases import STYLES, either, shortened
from zeroline.cli.session import corpus_option, examples, format_option, open_corpus

if TYPE_CHECKING:
    from zeroline.index.reader import Index
    from zeroline.records import Item, SpeakerRecord


@click.command(
    "show",
    short_help="Show a statement, an event or a speaker in full.",
    epilog=examples(
        ("zeroline show melnyk", "a speaker: who they are, where they stand, all they say"),
        ("zeroline speakers; zeroline statements; zeroline events", "lists that give the ids"),
        ("zeroline show melnyk-02 --style chicago", "a statement, cited as the Chicago guide has it"),
        ("zeroline show melnyk --format json", "the record as JSON"),
    ),
)
@click.argument("id", shell_complete=completion_values.records)
@format_option("Words to read, or the record as JSON.", "text", "json")
@click.option(
    "--style", type=click.Choice(STYLES), default="plain", show_default=True, help="The style of the citation."
)
@corpus_option
@click.pass_context
def command(ctx: click.Context, id: str, form: str, style: str, corpus: str | None) -> None:
    """Show the statement, event or speaker with this ID: positions with their conditions, notes, locator, citation."""
    from zeroline.cli import details, speaker_rows

    index = open_corpus(ctx, corpus)
    row, speaker = index.get(id), index.speaker(id)
    found: list[Item | SpeakerRecord] = [record for record in (row.item if row else None, speaker) if record]
    if not found:
        raise _unknown(index, id)
    if form == "json":
        records = [speaker_rows.as_record(speaker)] if speaker else []
        for record in [*([row.item] if row else []), *records]:
            output.json_document(record)
        return
    if row:
        details.print_item(index, row.item, style)
    if speaker:
        if row:
            output.say()
        details.print_speaker(index, speaker)


def _unknown(index: Index, id: str) -> Failure:
    from zeroline.cli.item_rows import nearest_ids
    from zeroline.cli.resolve import each_speaker, folded, speaker_label

    ids: list[str] = []
    named: list[str] = []
    wanted = set(folded(id).split())
    for speaker in each_speaker(index):
        ids.append(speaker["id"])
        names = folded(" ".join([speaker["name"], *speaker["variants"], speaker["callsign"] or ""]))
        if wanted and wanted <= set(names.split()):
            named.append(speaker_label(speaker))
    said = f"there is no statement, event or speaker “{shortened(id)}”"
    near = named[:5] or nearest_ids(index, id, ids)
    return Failure(f"{said}; did you mean {either(near)}?" if near else said, PROBLEM)
