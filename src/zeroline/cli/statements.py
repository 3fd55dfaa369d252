"""``zeroline statements``: search statements and print them."""

from __future__ import annotations

from typing import Any

import click

from zeroline.cli import filter_options, output
from zeroline.cli.diagnostics import note
from zeroline.cli.session import examples, open_corpus


@click.command(
    "statements",
    short_help="Search statements and print them.",
    epilog=examples(
        ("zeroline statements", "all of them, in the order of time"),
        ("zeroline statements prisoners --stance trade", "who would trade, and speaks of prisoners"),
        ("zeroline statements --force conditional,hypothetical", "under a condition, or as a hypothesis"),
        ("zeroline statements '\"bargaining chip\"' --order relevance", "a phrase, best match first"),
        (
            "zeroline statements 'topic:drones -speaker:melnyk'",
            "fields and exclusion; a leading - needs “--” before it",
        ),
        ("zeroline statements --speaker Melnyk --format jsonl", "full records, one a line"),
    ),
)
@filter_options.options(
    stances=True,
    orders=("time", "relevance"),
    order_help="In time, or best match of QUERY first (at most 1,000).",
)
@click.pass_context
def command(ctx: click.Context, /, limit: int | None, order: str, form: str, corpus: str | None, **asked: Any) -> None:
    """Print the statements that match QUERY and every option.

    QUERY is in the query language of the explorer: words, "phrases", beginnings (dron*), fields (speaker:melnyk
    stance:trade topic:drones place:pokrovsk), + and -, AND, OR and brackets. A word with a typing error is found where
    nothing is spelt so. Without QUERY and options, all statements are printed.
    """
    from zeroline.cli import item_rows, stance_signs
    from zeroline.cli.listing import Shape, print_items, print_records

    index = open_corpus(ctx, corpus)
    shape = Shape(
        item_rows.STATEMENT_COLUMNS,
        lambda it: item_rows.statement_row(index, it),
        item_rows.STATEMENT_FIELDS,
        lambda it: item_rows.statement_fields(index, it),
    )
    query = filter_options.to_filter(index, filter_options.Asked(**asked), "statement")
    if not index.count(query):
        print_records([], shape, form)
        raise filter_options.nothing_found(index, query, "statement")
    print_items(index, query, shape, noun="statement", order=order, limit=limit, form=form)
    filter_options.say_other_hedged(index, query, "statement")
    if form == "table" and (output.on_terminal() or not stance_signs.drawn()):
        note(f"{stance_signs.legend()} · (inferred): read from the words by the coders", wrap=True)
