"""Saying which copy a passage comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zeroline.text.dates import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zeroline.sources.attached import Attached
    from zeroline.sources.model import Anchored, Copy


class Passage(NamedTuple):
    """A passage that is proven: its wording, and in words how it stands and in which copy.

    ``caveat`` says by whom it was accepted where it is not the passage coded, or stands among other words; else "".
    """

    text: str
    copy: str
    caveat: str = ""


def copy_words(copy: Copy) -> str:
    """A copy in words: “article.html, attached 22 November 2026 (SHA-256 ce0268b65da8…)”."""
    if copy.kind == "carried":
        return f"{copy.file}, which the corpus carries (SHA-256 {copy.sha256[:12]}…)"
    when = f", attached {in_words(copy.attached[:10])}" if copy.attached else ""
    return f"{copy.url or copy.file}{when} (SHA-256 {copy.sha256[:12]}…)"


def standing_words(anchored: Anchored) -> str:
    """How a statement stands, in words: “verbatim”, “proposed, accepted by Ada on 22 November 2026, …”."""
    decision = anchored.proposal.decision if anchored.proposal else None
    if decision is None:
        return anchored.state
    decided = f"{decision.verdict} by {decision.by} on {in_words(decision.at[:10])}"
    if decision.verdict != "accepted":
        return f"{anchored.state}, {decided}"
    if anchored.proposal is not None and anchored.proposal.words is not None:
        return f"{anchored.state} among other words than in the text coded, {decided}"
    return f"proposed, {decided}, differing from the passage coded"


def caveat_words(anchored: Anchored) -> str:
    """What must stand with the wording of a proposal that was accepted; "" for what needed no accepting."""
    proposal = anchored.proposal
    if proposal is None or (decision := proposal.decision) is None:
        return ""
    by = f"accepted by {decision.by} on {in_words(decision.at[:10])}"
    if proposal.words is not None:
        return f"The coded passage, but among other words than in the text coded; {by}."
    return f"Differs from the coded passage; {by}."


def passage_of(attached: Attached, statement: str) -> Passage | None:
    """The proven passage of a statement; None without one. Raises SourceError where the copy cannot be read."""
    passage, view = attached.proven(statement), attached.view_of(statement)
    if passage is None or view is None or view.copy is None:
        return None
    it = attached.of(statement)
    paragraph = f" in paragraph {it.paragraph}" if it.paragraph else ""
    said = f"{standing_words(it)}, in paragraph {it.paragraph}" if it.proposal else f"{standing_words(it)}{paragraph}"
    return Passage(" ".join(passage.split()), f"{said} of {copy_words(view.copy)}", caveat_words(it))


def passage_words(attached: Attached, statement: str) -> str | None:
    """The same on one line: “passage” (verbatim in paragraph 3 of article.html, attached …)."""
    found = passage_of(attached, statement)
    return f"“{found.text}” ({found.copy})" if found else None


def passages(statements: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Passage]:
    """The proven passages of statements, each named by its corpus's id and its own; what has none is left out.

    Only what was worked out before counts. A copy that cannot be read is passed over: the excerpt is there.
    """
    from zeroline.sources import attached
    from zeroline.sources.errors import SourceError

    found: dict[tuple[str, str], Passage] = {}
    known: dict[str, Attached | None] = {}
    for corpus, statement in statements:
        if corpus not in known:
            known[corpus] = attached.known(corpus)
        of = known[corpus]
        try:
            passage = passage_of(of, statement) if of else None
        except SourceError:
            known[corpus] = passage = None
        if passage:
            found[corpus, statement] = passage
    return found
