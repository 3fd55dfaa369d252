"""``zeroline fingerprint``: make the anchors by which passages of a text that the corpus does not carry are found."""

from __future__ import annotations

import click

from zeroline.cli import diagnostics, output
from zeroline.cli.phrases import counted
from zeroline.cli.session import corpus_folder, corpus_option, examples


@click.command(
    "fingerprint",
    short_help="Make anchors for texts a corpus does not carry.",
    epilog=examples(
        ("zeroline fingerprint -C my-study article.txt", "write my-study/anchors.toml, from the text that was coded"),
        ("zeroline fingerprint -C my-study interview.txt --source interview", "of one of several sources"),
    ),
)
@click.argument("file")
@click.option("--source", metavar="ID", help="The source that FILE is.  [default: found out]")
@click.option("--encoding", metavar="NAME", help="Encoding of a text.  [default: found out]")
@corpus_option
@click.pass_context
def command(ctx: click.Context, file: str, source: str | None, encoding: str | None, corpus: str | None) -> int:
    """Write hashes of the passages in FILE, the text that was coded, into the corpus's anchors.toml.

    By them a passage is found in a reader's copy that is wrapped, quoted or slightly worded otherwise, though the
    corpus does not carry the text. For people who make a corpus; its readers only attach their copies.
    """
    from zeroline.cli.source_copies import failure, read_copy
    from zeroline.corpus.check import load_checked
    from zeroline.corpus.passages import SourceText
    from zeroline.sources.choose_source import choose
    from zeroline.sources.errors import SourceError
    from zeroline.sources.fingerprint import fingerprint, write
    from zeroline.sources.passages_sought import gather

    folder = corpus_folder(ctx, corpus)
    study = load_checked(folder)
    try:
        text = SourceText(read_copy(file, None, None, encoding).text)
        detached = {id: wanted for id, wanted in gather(study, folder).items() if not wanted.carried}
        if not detached:
            raise SourceError(file, "the corpus carries its texts itself, and needs no anchors for them")
        wanted = choose(detached, text, file, source).wanted
        made = fingerprint(wanted, text)
        if not made.prints:
            problem = f"no passage of “{wanted.id}” stands where its locator says"
            raise SourceError(file, problem, "is it the text that was coded?")
        path = write(study, folder, made.prints, wanted.needs)
    except SourceError as error:
        raise failure(error) from error
    output.say(f"{path}: {counted(len(made.prints), 'anchor')} of “{wanted.id}”")
    if made.missed:
        some = ", ".join(made.missed[:8]) + (" …" if len(made.missed) > 8 else "")
        diagnostics.note(f"not where their locators say, so without an anchor: {some}")
        return diagnostics.PROBLEM
    return diagnostics.FINE
