"""``zeroline detach``: forget the reader's copy of a source."""

from __future__ import annotations

import click

from zeroline.cli import diagnostics, output
from zeroline.cli.session import corpus_folder, corpus_option, examples


@click.command(
    "detach",
    short_help="Forget your copy of a source.",
    epilog=examples(
        ("zeroline detach", "of a corpus with one copy attached"),
        ("zeroline detach minutes -C my-study", "the copy of one source"),
    ),
)
@click.argument("source", required=False)
@corpus_option
@click.pass_context
def command(ctx: click.Context, source: str | None, corpus: str | None) -> int:
    """Forget the copy of SOURCE and delete its text from your data folder. What you decided on proposals is kept."""
    from zeroline.cli.source_copies import failure
    from zeroline.corpus.load import load
    from zeroline.sources import store
    from zeroline.sources.errors import SourceError

    id = load(corpus_folder(ctx, corpus)).corpus.id
    try:
        mine = [copy.source for copy in store.copies(id)]
        if source is None and len(mine) != 1:
            said = f"name one: {', '.join(mine)}" if mine else "there is nothing to detach"
            raise SourceError("", f"{len(mine)} copies are attached to “{id}”", said, asks=bool(mine))
        gone = store.detach(id, source or mine[0])
    except SourceError as error:
        raise failure(error) from error
    output.say(f"{gone.source}: the copy of {gone.file or gone.url} is detached")
    return diagnostics.FINE
