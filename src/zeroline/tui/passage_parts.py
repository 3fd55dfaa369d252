"""The passage in the statement pane: its paragraph dim, itself strong, under it a sign and words for how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.style import Style
from rich.text import Text

from zeroline.records import StatementRecord
from zeroline.sources.model import SIGNS, Anchored
from zeroline.text.safe import one_line
from zeroline.tui.detail_parts import Link, Part, blank
from zeroline.tui.drawing import safe_text
from zeroline.tui.passages import Passage, copy_name, verdict
from zeroline.tui.theme import Look


def passage_parts(
    passage: Passage, it: StatementRecord, look: Look, searched: Callable[[Text], Text]
) -> Iterator[Part]:
    """The whole passage in its paragraph where it has a place, else the excerpt; then how it stands."""
    if passage.words:
        text = safe_text(passage.before, look.dim)
        text.append_text(safe_text(passage.words, look.strong if passage.proven else look.text))
        text.append_text(safe_text(passage.after, look.dim))
        yield Part(searched(text))
    elif it["excerpt"]:
        quoted = it["attribution"] == "direct"
        excerpt = f"“{it['excerpt']}”" if quoted else f"… {it['excerpt']} …"
        yield Part(searched(safe_text(excerpt, look.strong)), indent=0 if quoted else 1)
    yield from standing_parts(passage, look)
    yield blank()


def standing_parts(passage: Passage, look: Look) -> Iterator[Part]:
    """A sign and words for how a statement stands; a proposal's leads to its difference."""
    anchored = passage.anchored
    sign, words, style = standing(passage, look)
    link = Link("proposal", anchored.id) if anchored.proposal is not None else None
    yield Part(safe_text(words, look.dim), lead=Text(f"{sign} ", style), link=link)


def standing(passage: Passage, look: Look) -> tuple[str, str, Style]:
    """The sign, the words and the style of the sign for how a statement stands."""
    anchored = passage.anchored
    place = f", ¶{anchored.paragraph}" if anchored.paragraph else ""
    where = (copy_name(passage.copy) if passage.copy else "the source") + place
    why = f": {one_line(anchored.why)}" if anchored.why else ""
    if passage.trouble:
        return SIGNS["orphan"], passage.trouble, look.error
    match anchored.state:
        case "verbatim" | "normalised" if verdict(anchored) == "accepted":
            words = f"{anchored.state} in {where}, accepted by you among other words; d shows them"
            return SIGNS[anchored.state], words, look.ok
        case "verbatim":
            return SIGNS["verbatim"], f"verbatim in {where}", look.ok
        case "normalised":
            return SIGNS["normalised"], f"in {where}{why}", look.ok
        case "proposed":
            return SIGNS["proposed"], _proposed(anchored, where), look.ok if passage.proven else look.warning
        case "orphan":
            if verdict(anchored) == "refused":
                return SIGNS["orphan"], f"you refused the passage proposed in {where}; d shows it", look.error
            return SIGNS["orphan"], f"not found in {where}{why}", look.error
    return SIGNS["no source"], "nothing is attached", look.dim


def _proposed(anchored: Anchored, where: str) -> str:
    why = f" ({one_line(anchored.why)})" if anchored.why else ""
    if verdict(anchored) == "accepted":
        return f"accepted by you in {where}{why}; d shows the difference"
    return f"proposed in {where}{why}; d shows the difference, to accept or refuse"
