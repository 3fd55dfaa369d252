"""``zeroline check``: whether a corpus holds together, and if not, what to mend where."""

from __future__ import annotations

import click

from zeroline.cli import diagnostics, output
from zeroline.cli.session import corpus_option, examples, one_folder
from zeroline.cli.words import counted


@click.command(
    "check",
    short_help="Check a corpus and say what to mend.",
    epilog=examples(
        ("zeroline check my-study", "every problem with its file, line and key, and how to mend it"),
        ("zeroline check my-study --format json", "the same for an editor or a build"),
    ),
)
@click.argument("folder", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="One line a problem, or one JSON object.",
)
@corpus_option
@click.pass_context
def command(ctx: click.Context, folder: str | None, form: str, corpus: str | None) -> int:
    """Check the corpus in FOLDER, by default the bundled one: keys, references, dates, locators, texts,
    and every line of its statements.jsonl.

    Prints each problem as “file:line: key: what is wrong; how to mend it” and exits with 1, or with 0 when there is
    none. The explorer and the other commands open no corpus that has problems.
    """
    from zeroline.corpus.check import check_all
    from zeroline.corpus.problems import CorpusError

    where = one_folder(ctx, folder, corpus)
    try:
        with diagnostics.live_line() as tell:
            study, lines = check_all(where, lambda done: tell(f"{counted(done, 'line')} checked"))
    except CorpusError as error:
        if form == "json":
            told = [
                {"file": p.file, "line": p.line, "key": p.key, "message": p.message, "mend": p.mend}
                for p in error.problems
            ]
            output.json_document({"corpus": str(where), "problems": told, "counts": None})
        else:
            for problem in error.problems:
                output.say(str(problem))
        diagnostics.note(f"{where}: {counted(len(error.problems), 'problem')}")
        return diagnostics.PROBLEM
    counts = {
        "stance": len(study.stance),
        "topic": len(study.topic),
        "source": len(study.source),
        "place": len(study.place),
        "speaker": len(study.speaker) + lines.speakers,
        "statement": len(study.statement) + lines.statements,
        "event": len(study.event),
    }
    if form == "json":
        plural = {f"{noun}s": number for noun, number in counts.items()} | {"lines": lines.statements}
        output.json_document({"corpus": str(where), "problems": [], "counts": plural})
    else:
        said = ", ".join(counted(number, noun) for noun, number in counts.items())
        of_them = f" ({counted(lines.statements, 'statement')} in lines)" if lines.statements else ""
        output.say(f"{where}: no problems in {said}{of_them}")
    return diagnostics.FINE
