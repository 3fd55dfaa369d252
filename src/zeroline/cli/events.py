"""``zeroline events``: search events and print them."""

from __future__ import annotations

from typing import Any

import click

from zeroline.cli import filter_options
from zeroline.cli.session import examples, open_corpus


@click.command(
    "events",
    short_help="Search events and print them.",
    epilog=examples(
        ("zeroline events", "all of them, in the order of time"),
        ("zeroline events --since 2024-08 --until 2024-12", "the last months of 2024"),
        ("zeroline events speaker:syrskyi", "what he asserts"),
        ("zeroline events --format csv > events.csv", "for a spreadsheet"),
    ),
)
@filter_options.options(
    stances=False,
    orders=("time", "relevance"),
    order_help="In time, or best match of QUERY first (at most 1,000).",
)
@click.pass_context
def command(ctx: click.Context, /, limit: int | None, order: str, form: str, corpus: str | None, **asked: Any) -> None:
    """Print the events that match QUERY and every option.

    QUERY is in the query language of the explorer; speaker:NAME finds what somebody asserts. Events take no stance, so
    there is no --stance here. Without QUERY and options, all events are printed.
    """
    from zeroline.cli import item_rows
    from zeroline.cli.listing import Shape, print_items, print_records

    index = open_corpus(ctx, corpus)
    shape = Shape(
        item_rows.EVENT_COLUMNS,
        lambda it: item_rows.event_row(index, it),
        item_rows.EVENT_FIELDS,
        lambda it: item_rows.event_fields(index, it),
    )
    query = filter_options.to_filter(index, filter_options.Asked(**asked), "event")
    if not index.count(query):
        print_records([], shape, form)
        raise filter_options.nothing_found(index, query, "event")
    print_items(index, query, shape, noun="event", order=order, limit=limit, form=form)
