"""A proposed passage with what differs in it marked, in signs as well as in colours."""

from __future__ import annotations

from collections.abc import Iterator

from rich.style import Style
from rich.text import Text

from zeroline.sources.model import Anchored, Kind, Part, Proposal
from zeroline.tui.drawing import safe_text
from zeroline.tui.passages import flowing
from zeroline.tui.theme import Look

_LEGEND: dict[Kind, str] = {
    "changed": "+these words+ of the copy stand where the corpus’s text has others",
    "added": "+these words+ are in the copy only",
    "missing": "−here− something of the corpus’s text is left out",
    "unsure": "~among these words~ one differs at least; without the corpus’s own text it cannot be told which",
    "signs": "^the same words^ with other capitals or signs",
}


def difference(text: str, it: Anchored, look: Look) -> Text:
    """The wording at the place proposed; what the corpus's text has instead, where it is known, stands before it.

    Where other words stand beside it than in the text coded, they are shown with it, and the passage is strong.
    """
    if (proposal := it.proposal) is None:
        return safe_text(flowing(text[it.start : it.end]), look.text)
    among = bool(proposal.before or proposal.after)
    shown, at = Text(), it.start
    if proposal.before:
        at = proposal.before[0].start
        shown.append("… ", look.dim)
    for part in proposal.before:
        at = _add(shown, text, at, part, look, look.dim)
    for part in proposal.parts:
        at = _add(shown, text, at, part, look, look.strong if among else look.text)
    for part in proposal.after:
        at = _add(shown, text, at, part, look, look.dim)
    shown.append_text(safe_text(flowing(text[at : it.end]), look.text))
    return shown.append(" …", look.dim) if proposal.after else shown


def _add(shown: Text, text: str, at: int, part: Part, look: Look, style: Style) -> int:
    """Show a part, and what stands before it from ``at`` on; where it ends."""
    if part.start > at:
        shown.append_text(safe_text(flowing(text[at : part.start]), style))
    shown.append_text(_part(text, part, look, style))
    return max(at, part.end)


def _part(text: str, part: Part, look: Look, style: Style) -> Text:
    words, gone = flowing(text[part.start : part.end]), look.error + Style(strike=True)
    match part.kind:
        case "same":
            return safe_text(words, style)
        case "changed" | "added":
            theirs = safe_text(f"−{flowing(part.theirs)}− ", gone) if part.theirs else Text()
            return theirs.append_text(safe_text(f"+{words}+", look.ok + Style(bold=True)))
        case "missing":
            return safe_text(f"−{flowing(part.theirs)}−" if part.theirs else "−…−", gone)
        case "unsure":
            return safe_text(f"~{words}~", look.warning + Style(underline=True))
        case "signs":
            return safe_text(f"^{words}^", look.accent)


def legend(proposal: Proposal, look: Look) -> Iterator[Text]:
    """What the signs that are used mean."""
    parts = [*proposal.before, *proposal.parts, *proposal.after]
    kinds = {part.kind for part in parts}
    if proposal.before or proposal.after:
        yield Text("the passage is bold; beside it stand other words than in the text coded", look.dim)
    for kind, words in _LEGEND.items():
        if kind in kinds:
            yield Text(words, look.dim)
    if any(part.theirs for part in parts if part.kind in ("changed", "missing")):
        yield Text("−words between minus signs− are the corpus’s", look.dim)
