"""``zeroline decide``: look at what is proposed for a statement's passage, and accept or refuse it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from zeroline.cli import completion_values, diagnostics, output
from zeroline.cli.diagnostics import USAGE, Failure
from zeroline.cli.session import corpus_folder, corpus_option, examples

if TYPE_CHECKING:
    from zeroline.sources.attached import Attached
    from zeroline.sources.model import Anchored, Part, Verdict


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
@click.argument("statement", shell_complete=completion_values.records)
@click.option("--accept", "verdict", flag_value="accepted", help="It is the passage.")
@click.option("--refuse", "verdict", flag_value="refused", help="It is not.")
@click.option("--undo", "verdict", flag_value="undo", help="Take back what was decided.")
@click.option("--by", default="", metavar="NAME", help="Who decides.  [default: your name on this machine]")
@corpus_option
@click.pass_context
def command(ctx: click.Context, statement: str, verdict: str | None, by: str, corpus: str | None) -> int:
    """Print what is proposed for the passage of STATEMENT, with [-words of the text coded-] and {+words of your copy+}
    where they differ, and keep what you decide on it: in your data folder, with who and when.

    Where the passage stands word for word, but among other words than in the text coded (in a denial, say), those are
    shown before and behind it. Accepted, it is verbatim or normalised again; a passage whose own words differ stays
    proposed.
    """
    from zeroline.cli.source_copies import failure
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
    proposal, copy = it.proposal, _copy(found, it)
    said = f"{proposal.similarity:.0%} alike, {proposal.ahead}"
    output.say(f"{it.id}: paragraph {it.paragraph}, {said}")
    if proposal.before or proposal.after:
        output.paragraph(f"{it.why}.")
    if proposal.decision:
        output.say(f"{proposal.decision.verdict} by {proposal.decision.by} on {proposal.decision.at[:10]}")
    output.say()
    if proposal.before:
        output.paragraph(f"before it: … {marked(copy, proposal.before)}", indent="  ")
    output.paragraph(marked(copy, proposal.parts, it.start, it.end), indent="  ")
    if proposal.after:
        output.paragraph(f"behind it: {marked(copy, proposal.after)} …", indent="  ")
    if any(part.kind == "unsure" for part in (*proposal.before, *proposal.parts, *proposal.after)):
        output.say()
        output.paragraph("{?…?}: at least one of these words is not that of the text coded; which cannot be told.")


def _copy(found: Attached, it: Anchored) -> str:
    view = found.view_of(it.id)
    text = found.text(view.id) if view else None
    return text.text if text else ""


def marked(copy: str, parts: list[Part], start: int = -1, end: int = -1) -> str:
    """The wording of some parts of a copy, with signs where it differs: [-theirs-], {+the copy's+}, {?unsure?}.

    What stands between the parts, and from ``start`` up to ``end`` before and behind them, is given too.
    """
    said, at = [], start if start >= 0 else parts[0].start
    for part in parts:
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
    return "".join([*said, copy[at:end] if end >= 0 else ""])
