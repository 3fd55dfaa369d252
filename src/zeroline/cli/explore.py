"""``zeroline explore``: the explorer on a terminal, the overview elsewhere."""

from __future__ import annotations

import click

from zeroline.cli import session
from zeroline.cli.session import Session, corpus_option, examples


@click.command(
    "explore",
    short_help="Explore a corpus on the terminal.",
    epilog=examples(
        ("zeroline explore", "the bundled corpus"),
        ("zeroline explore my-study", "the corpus in a folder; “zeroline my-study” does the same"),
    ),
)
@click.argument("folder", required=False)
@corpus_option
@click.pass_context
def command(ctx: click.Context, folder: str | None = None, corpus: str | None = None) -> int:
    """Explore the corpus in FOLDER, by default the bundled one.

    Where there is no terminal to explore on (a pipe, a scheduled job), its overview is printed instead.
    """
    where = session.one_folder(ctx, folder, corpus)
    found = ctx.find_object(Session)
    if found and found.explore:
        return found.explore(where)
    from zeroline.cli.overview import print_overview

    print_overview(session.open_index(where), where)
    return 0
