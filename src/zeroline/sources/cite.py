"""Saying which copy a passage comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zeroline.text.dates import in_words

if TYPE_CHECKING:
    from zeroline.sources.attached import Attached
    from zeroline.sources.model import Anchored, Copy


def copy_words(copy: Copy) -> str:
    """A copy in words: “article.html, attached 22 November 2026 (SHA-256 ce0268b65da8…)”."""
    if copy.kind == "carried":
        return f"{copy.file}, which the corpus carries (SHA-256 {copy.sha256[:12]}…)"
    when = f", attached {in_words(copy.attached[:10])}" if copy.attached else ""
    return f"{copy.url or copy.file}{when} (SHA-256 {copy.sha256[:12]}…)"


def standing_words(anchored: Anchored) -> str:
    """How a statement stands, in words: “verbatim”, “proposed, accepted by Ada on 22 November 2026”."""
    decision = anchored.proposal.decision if anchored.proposal else None
    if decision is None:
        return anchored.state
    said = "proposed" if decision.verdict == "accepted" else anchored.state
    return f"{said}, {decision.verdict} by {decision.by} on {in_words(decision.at[:10])}"


def passage_words(attached: Attached, statement: str) -> str | None:
    """The proven passage of a statement “in quotation marks”, how it stands and in which copy; None without one.

    Raises SourceError where the copy cannot be read.
    """
    passage, view = attached.proven(statement), attached.view_of(statement)
    if passage is None or view is None or view.copy is None:
        return None
    it = attached.of(statement)
    paragraph = f" in paragraph {it.paragraph}" if it.paragraph else ""
    said = " ".join(passage.split())
    return f"“{said}” ({standing_words(it)}{paragraph} of {copy_words(view.copy)})"
