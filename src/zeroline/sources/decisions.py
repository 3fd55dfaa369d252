"""What readers decide on proposals: accepted or refused, by whom and when.

A decision is about two wordings, the passage coded and the one proposed for it. It holds wherever the same two meet
again, and is kept when a copy is detached.
"""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

from zeroline.sources import disk
from zeroline.sources.errors import SourceError
from zeroline.sources.model import Anchored, Decision, Verdict
from zeroline.sources.store import now

if TYPE_CHECKING:
    from zeroline.sources.passages_sought import Need


def decisions(corpus: str) -> dict[tuple[str, str], Decision]:
    """The decisions of one corpus, by statement and the SHA-256 of the wording proposed. Raises SourceError."""
    found = disk.read_table(disk.DECISIONS, "decision", Decision)
    return {(d.statement, d.found): d for d in found if d.corpus == corpus}


def decide(corpus: str, passage: str, anchored: Anchored, verdict: Verdict | None, by: str = "") -> None:
    """Keep what was decided on a proposal, in ``anchored`` too; None takes a decision back. Raises SourceError.

    ``passage`` is the SHA-256 of the passage looked for, ``by`` the reader (the name they work under here, if "").
    """
    proposal = anchored.proposal
    if proposal is None:
        raise SourceError(anchored.id, "nothing is proposed for this statement, so there is nothing to decide")
    made = None
    if verdict is not None:
        made = Decision(corpus, anchored.id, passage, proposal.found, verdict, by or reader(), now())
    with disk.writing():
        kept = [
            d
            for d in disk.read_table(disk.DECISIONS, "decision", Decision)
            if (d.corpus, d.statement, d.found) != (corpus, anchored.id, proposal.found)
        ]
        try:
            disk.write_table(disk.DECISIONS, "decision", [*kept, *([made] if made else [])])
        except OSError as error:
            raise disk.not_written(disk.home() / disk.DECISIONS, error) from None
    settle(anchored, made)


def apply(found: list[Anchored], needs: list[Need], made: dict[tuple[str, str], Decision]) -> None:
    """Put what was decided before to the proposals it is about."""
    for anchored, need in zip(found, needs, strict=True):
        if anchored.proposal is not None:
            decision = made.get((anchored.id, anchored.proposal.found))
            if decision and decision.passage == (need.sha256 or ""):
                settle(anchored, decision)


def settle(anchored: Anchored, decision: Decision | None) -> None:
    """Make a statement what a decision on its proposal makes it: refused, it is an orphan.

    Accepted it is what its words are, where they are the passage's own; else it stays proposed.
    """
    assert anchored.proposal is not None
    anchored.proposal.decision = decision
    verdict = decision.verdict if decision else None
    anchored.state = "orphan" if verdict == "refused" else "proposed"
    if verdict == "accepted" and anchored.proposal.words is not None:
        anchored.state = anchored.proposal.words


def reader() -> str:
    """The name the reader works under on this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no such user, or no way to ask
        return "reader"
