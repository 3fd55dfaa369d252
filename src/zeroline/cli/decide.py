"""``zeroline decide``: look at what is proposed for a statement's passage, and accept or refuse it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from zeroline.cli import complete, diagnostics, output
from zeroline.cli.diagnostics import USAGE, Failure
from zeroline.cli.session import corpus_folder, corpus_option, examples

if TYPE_CHECKING:
    from zeroline.sources.attached import Attached
    from zeroline.sources.model import Anchored, Verdict


@click.command(
    "decide",
    short_help="Accept or refuse what is proposed for a passage.",
    epilog=examples(
        ("zeroline decide melnyk-01", "what is proposed, and how it differs"),
        ("zeroline decide melnyk-01 --accept", "it is the passage, though not word for word"),
        ("zeroline decide melnyk-01 --refuse --by Ada", "it is not; kept under this name"),
        ("zeroline decide melnyk-01 --undo", "take back what was decided"),
    ),
)
@click.argument("statement", shell_complete=complete.records)
@click.option("--accept", "verdict", flag_value="accepted", help="It is the passage.")
@click.option("--refuse", "verdict", flag_value="refused", help="It is not.")
@click.option("--undo", "verdict", flag_value="undo", help="Take back what was decided.")
@click.option("--by", default="", metavar="NAME", help="Who decides.  [default: your name on this machine]")
@corpus_option
@click.pass_context
def command(ctx: click.Context, statement: str, verdict: str | None, by: str, corpus: str | None) -> int:
    """Print what is proposed for the passage of STATEMENT, with [-words of the text coded-] and {+words of your copy+}
    where they differ, and keep what you decide on it: in your data folder, with who and when.
    """
    from zeroline.cli.copies import failure
    from zeroline.sources import attached
    from zeroline.sources.errors import SourceError

    try:
        with diagnostics.progress("Looking for the passages") as tell:
            found = attached.open(corpus_folder(ctx, corpus), tell)
        if found.said(statement) is None:
            raise Failure(f"zeroline: no statement with a source has the id “{statement}”", USAGE)
        it = found.of(statement)
        if it.proposal is None:
            raise Failure(f"zeroline: nothing is proposed for “{statement}”: it is {it.state} ({it.why or 'no copy'})")
        if verdict is None:
            _print(found, it)
            return diagnostics.FINE
        made: Verdict | None = "accepted" if verdict == "accepted" else "refused" if verdict == "refused" else None
        found.decide(statement, made, by)
    except SourceError as error:
        raise failure(error) from error
    decision = it.proposal.decision
    output.say(f"{statement}: {f'{decision.verdict} by {decision.by}' if decision else 'open again'}")
    return diagnostics.FINE


def _print(found: Attached, it: Anchored) -> None:
    assert it.proposal is not None
    decision = it.proposal.decision
    said = f"{it.proposal.similarity:.0%} alike, {it.proposal.ahead}"
    output.say(f"{it.id}: paragraph {it.paragraph}, {said}")
    if decision:
        output.say(f"{decision.verdict} by {decision.by} on {decision.at[:10]}")
    output.say()
    output.paragraph(difference(found, it), indent="  ")
    if any(part.kind == "unsure" for part in it.proposal.parts):
        output.say()
        output.paragraph("{?…?}: at least one of these words is not that of the text coded; which cannot be told.")


def difference(found: Attached, it: Anchored) -> str:
    """The wording proposed, with signs where it differs: [-theirs-], {+the copy's+}, {?unsure?}."""
    assert it.proposal is not None
    view = found.view_of(it.id)
    text = found.text(view.id) if view else None
    copy = text.text if text else ""
    said, at = [], it.start
    for part in it.proposal.parts:
        said.append(copy[at : part.start])
        words = copy[part.start : part.end]
        theirs = f"[-{part.theirs}-] " if part.theirs else "[-…-] " if part.kind in ("changed", "missing") else ""
        if part.kind in ("same", "signs"):
            said.append(words)
        elif part.kind == "unsure":
            said.append(f"{{?{words}?}}")
        else:
            said.append(theirs + (f"{{+{words}+}}" if words else ""))
        at = part.end
    return "".join([*said, copy[at : it.end]])
