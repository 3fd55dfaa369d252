"""A proposed passage with what differs in it marked, in signs as well as in colours."""

from __future__ import annotations

from collections.abc import Iterator

from rich.style import Style
from rich.text import Text

from zeroline.sources.model import Anchored, Kind, Part, Proposal
from zeroline.tui.drawing import safe_text
from zeroline.tui.look import Look
from zeroline.tui.passages import flowing

_LEGEND: dict[Kind, str] = {
    "changed": "+these words+ of the copy stand where the corpus’s text has others",
    "added": "+these words+ are in the copy only",
    "missing": "−here− something of the corpus’s text is left out",
    "unsure": "~among these words~ one differs at least; without the corpus’s own text it cannot be told which",
    "signs": "^the same words^ with other capitals or signs",
}


def difference(text: str, it: Anchored, look: Look) -> Text:
    """The wording at the place proposed; what the corpus's text has instead, where it is known, stands before it."""
    shown, at = Text(), it.start
    for part in it.proposal.parts if it.proposal else ():
        if part.start > at:
            shown.append_text(safe_text(flowing(text[at : part.start]), look.text))
        shown.append_text(_part(text, part, look))
        at = max(at, part.end)
    return shown.append_text(safe_text(flowing(text[at : it.end]), look.text))


def _part(text: str, part: Part, look: Look) -> Text:
    words, gone = flowing(text[part.start : part.end]), look.error + Style(strike=True)
    match part.kind:
        case "same":
            return safe_text(words, look.text)
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
    kinds = {part.kind for part in proposal.parts}
    for kind, words in _LEGEND.items():
        if kind in kinds:
            yield Text(words, look.dim)
    if any(part.theirs for part in proposal.parts if part.kind in ("changed", "missing")):
        yield Text("−words struck through− are the corpus’s", look.dim)
