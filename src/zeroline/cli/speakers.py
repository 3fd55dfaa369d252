"""``zeroline speakers``: who speaks in a corpus, or who says what is looked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from zeroline.cli import filter_options, output
from zeroline.cli.diagnostics import note
from zeroline.cli.phrases import counted
from zeroline.cli.session import examples, open_corpus

if TYPE_CHECKING:
    from zeroline.index.filter import Filter
    from zeroline.index.reader import Index
    from zeroline.records import SpeakerRecord


@click.command(
    "speakers",
    short_help="Print speakers, all or those who say something.",
    epilog=examples(
        ("zeroline speakers", "everybody who is quoted or reported"),
        ("zeroline speakers --stance trade --force conditional", "who would trade on a condition"),
        ("zeroline speakers prisoners --order matches", "who speaks of prisoners, the most often first"),
        ("zeroline speakers --format json", "full records"),
    ),
)
@filter_options.options(
    stances=True,
    orders=("list", "matches"),
    order_help="As the corpus lists them, or who has the most matching statements first.",
)
@click.pass_context
def command(ctx: click.Context, /, limit: int | None, order: str, form: str, corpus: str | None, **asked: Any) -> None:
    """Print the speakers who have a statement that matches QUERY and every option.

    Without QUERY and options, everybody is printed. A speaker's stances are those of all their statements, each force
    by itself, whatever is looked for. QUERY is in the query language of the explorer.
    """
    from zeroline.cli import speaker_rows, stance_signs
    from zeroline.cli.listing import Shape, print_records
    from zeroline.index.filter import Filter

    index = open_corpus(ctx, corpus)
    shape = Shape(speaker_rows.COLUMNS, lambda it: speaker_rows.row(index, it), speaker_rows.FIELDS, speaker_rows.flat)
    query = filter_options.to_filter(index, filter_options.Asked(**asked), "statement")
    everybody = query == Filter(kinds=query.kinds)
    matches = None if everybody else _matches(index, query)
    total = index.summary.speakers if matches is None else len(matches)
    if not total:
        print_records([], shape, form)
        raise filter_options.nothing_found(index, query, "statement" if not everybody else "speaker")
    found = _ordered(index, matches, order)
    print_records(map(speaker_rows.as_record, islice(found, limit)), shape, form)
    if form == "table" and output.on_terminal():
        which = f"{limit:,} of " if limit and limit < total else ""
        said = query.without("kinds").in_words(index)
        note(f"{which}{counted(total, 'speaker')}{f' · {said}' if said else ''}")
    if form == "table" and (output.on_terminal() or not stance_signs.drawn()):
        note(f"{stance_signs.legend()}; numbers count statements", wrap=True)


def _matches(index: Index, query: Filter) -> dict[int, int]:
    """Matching statements by the speaker's ordinal, speakers without any left out."""
    counted = index.facets(query).speakers  # counts as if no speaker were asked for, to offer the others
    if query.speakers:
        asked = {record["ordinal"] for id in query.speakers if (record := index.speaker(id))}
        counted = {ordinal: count for ordinal, count in counted.items() if ordinal in asked}
    return {ordinal: count for ordinal, count in counted.items() if count}


def _ordered(index: Index, matches: dict[int, int] | None, order: str) -> Iterator[SpeakerRecord]:
    from zeroline.cli.resolve import each_speaker

    speakers = each_speaker(index)
    if matches is not None:
        speakers = (it for it in speakers if it.get("ordinal") in matches)
    if order == "list":
        return speakers

    def most_first(it: SpeakerRecord) -> int:
        return -(it["statements"] if matches is None else matches[it["ordinal"]])

    return iter(sorted(speakers, key=most_first))
