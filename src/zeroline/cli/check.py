"""``zeroline check``: whether a corpus holds together, and if not, what to mend where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from zeroline.cli import diagnostics, output
from zeroline.cli.phrases import counted
from zeroline.cli.session import corpus_option, examples, format_option, one_folder

if TYPE_CHECKING:
    from pathlib import Path

    from zeroline.corpus.models import Study


@click.command(
    "check",
    short_help="Check a corpus and say what to mend.",
    epilog=examples(
        ("zeroline check my-study", "every problem with its file, line and key, and how to mend it"),
        ("zeroline check my-study --format json", "the same for an editor or a build"),
    ),
)
@click.argument("folder", required=False)
@format_option("One line a problem, or one JSON object.", "text", "json")
@corpus_option
@click.pass_context
def command(ctx: click.Context, folder: str | None, form: str, corpus: str | None) -> int:
    """Check the corpus in FOLDER, by default the bundled one: keys, references, dates, locators, texts,
    and every line of its statements.jsonl.

    In texts that the corpus carries every statement is looked for, as “zeroline verify” does in others.

    Prints each problem as “file:line: key: what is wrong; how to mend it” and exits with 1, or with 0 when there is
    none. The explorer and the other commands open no corpus that has problems.
    """
    from zeroline.cli.source_copies import standing_words
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
    passages = _passages(study, where)
    if form == "json":
        plural = {f"{noun}s": number for noun, number in counts.items()} | {"lines": lines.statements}
        output.json_document({"corpus": str(where), "problems": [], "counts": plural, "passages": passages})
    else:
        said = ", ".join(counted(number, noun) for noun, number in counts.items())
        of_them = f" ({counted(lines.statements, 'statement')} in lines)" if lines.statements else ""
        output.say(f"{where}: no problems in {said}{of_them}")
        if any(passages.values()):
            output.say(f"In the texts it carries: {standing_words(passages)}")
    return diagnostics.FINE


def _passages(study: Study, folder: Path) -> dict[str, int]:
    """How the statements stand in the texts that a sound corpus carries: all are verbatim, or it would not be sound."""
    from zeroline.cli.source_copies import standing
    from zeroline.sources.ladder import anchor
    from zeroline.sources.passages_sought import gather

    if not any(source.text for source in study.source):
        return standing([])
    sources = gather(study, folder, set()).values()
    return standing(it for wanted in sources if wanted.text for it in anchor(wanted, wanted.text))
