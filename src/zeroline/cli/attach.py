"""``zeroline attach``: the reader's own copy of a source, in which every passage is found and proved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zeroline.cli import diagnostics, output
from zeroline.cli.session import corpus_folder, corpus_option, examples

if TYPE_CHECKING:
    from zeroline.sources.reading import Format

FORMATS = ("text", "markdown", "html", "docx", "pdf")


@click.command(
    "attach",
    short_help="Attach your copy of a source; its passages are found.",
    epilog=examples(
        ("zeroline attach article.txt", "text, Markdown, a saved web page, DOCX or PDF"),
        ("zeroline attach minutes.docx -C my-study --source minutes", "of a corpus with several sources"),
        ("pbpaste | zeroline attach -", "what was copied, through standard input"),
        ("zeroline attach --url https://example.org/article", "fetch the page, if its site lets programs do so"),
    ),
)
@click.argument("file", required=False)
@click.option("--url", metavar="URL", help="Fetch the copy from the web; the only time Zeroline goes there.")
@click.option("--source", metavar="ID", help="The source it is a copy of.  [default: found out]")
@click.option("--as", "form", type=click.Choice(FORMATS), help="What the file is.  [default: found out]")
@click.option("--encoding", metavar="NAME", help="Encoding of a text.  [default: found out]")
@click.option("--force", is_flag=True, help="Attach it even where no passage is found in it.")
@corpus_option
@click.pass_context
def command(
    ctx: click.Context, file: str | None, url: str | None, source: str | None, form: Format | None,
    encoding: str | None, force: bool, corpus: str | None,
) -> int:  # fmt: skip
    """Keep FILE (“-” for standard input) as your copy of a source, and find every statement's passage in it.

    Only the text is kept, in your data folder, in the place of a copy that was attached before. Each passage is found
    verbatim, or after normalising (quotation marks, dashes, spaces, hyphenation …), or something near it is proposed
    to you; “zeroline verify” shows which.

    HTML, DOCX, PDF and --url need extras: pip install 'zeroline[sources]'.
    """
    if (file is None) == (url is None):
        raise click.UsageError("name a FILE (“-” for standard input) or give --url", ctx)
    from zeroline.cli.source_copies import failure
    from zeroline.sources.errors import SourceError

    try:
        return _attach(corpus_folder(ctx, corpus), file, url, source, form, encoding, force)
    except SourceError as error:
        raise failure(error) from error


def _attach(
    folder: Path, file: str | None, url: str | None, source: str | None, form: Format | None, encoding: str | None,
    force: bool,
) -> int:  # fmt: skip
    from zeroline.cli.source_copies import read_copy, standing, standing_words
    from zeroline.sources.attaching import attach

    read = read_copy(file, url, form, encoding)
    for note in read.notes:
        diagnostics.note(f"{read.url or read.name}: {note}")
    with diagnostics.progress("Looking for the passages") as tell:
        made = attach(folder, read, source, force, tell)
    for note in made.notes[len(read.notes) :]:
        diagnostics.note(f"{read.url or read.name}: {note}")
    if made.replaced:
        diagnostics.note(f"It takes the place of {made.replaced.file}, attached {made.replaced.attached}.")
    counts = standing(made.anchored)
    output.say(f"{made.copy.source}: {standing_words(counts)}")
    if counts["proposed"] or counts["orphan"]:
        diagnostics.note("“zeroline verify” shows each of them")
    return diagnostics.FINE
