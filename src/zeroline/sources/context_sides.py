"""How both sides of a place in a copy agree with what stands around a passage, whatever is missing or put in there.

A side agrees where its words are those of the text coded (:mod:`zeroline.sources.context`). It does, too, where they
are what the text coded would have there without a passage, sentence or paragraph of its own
(:mod:`zeroline.sources.absent_context`), or where nothing else stands between than what is nearly a passage of this
corpus (:mod:`zeroline.sources.near_twins`). A denial is neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zeroline.sources.context import Agreement, Around, Beside
from zeroline.sources.cut_context import without
from zeroline.sources.near_twins import between

if TYPE_CHECKING:
    from zeroline.sources.passages_sought import Need

_TWINS = 3
"""So many near-twins in a row are passed over."""

_MISSING = {
    "passage": "the passage {} it is missing",
    "passages": "the passages {} it are missing",
    "sentence": "the sentence {} it is missing",
    "paragraph": "the paragraph {} it is missing",
}


def around(need: Need, text: Beside, first: int, last: int, *, twins: bool = True) -> Around | None:
    """How the sides of tokens ``first`` up to ``last`` agree; None where nothing is known of what stands around.

    Without ``twins`` a near-twin beside it counts as what is not of the text coded.
    """
    print = need.print
    if print is None:
        return None
    begin, end = text.words.word_at(first), text.words.word_at(last)
    if not print.lead or not print.trail:
        return Around(
            text.judge_neighbours(print.before, begin, -1),
            text.judge_neighbours(print.after, end, 1),
        )
    found = Around(text.judge(print.lead, begin, -1), text.judge(print.trail, end, 1))
    if found.sound:
        return found
    less = need.less()
    most = _TWINS if twins else 0
    before, one = _side(text, print.lead, less[0], begin, -1, found.before, most)
    after, other = _side(text, print.trail, less[1], end, 1, found.after, most)
    return Around(before, after, "; ".join(filter(None, (one, other))))


def _side(
    text: Beside, code: str, less: tuple[str, ...], at: int, step: int, own: Agreement, twins: int
) -> tuple[Agreement, str]:
    """How one side agrees that may lack something or have something more, and what is said of that."""
    if own == "agrees":
        return own, ""
    where = "before" if step < 0 else "behind"
    for kept in less:
        what, _, other = kept.partition(" ")
        if text.is_without(other, at, step):
            return "agrees", _MISSING[what].format(where)
    return _beside_twins(text, code, less, at, step, own, twins)


def _beside_twins(
    text: Beside, code: str, less: tuple[str, ...], at: int, step: int, own: Agreement, most: int
) -> tuple[Agreement, str]:
    """The same, whatever stands there that is nearly a passage."""
    where = "before" if step < 0 else "behind"
    if text.twins is None or not most:
        return own, ""
    for span in between(text, at, step):
        piece, place = without(text, at, step, [span])
        judged = piece.judge(code, place, step)
        if judged in ("differs", "nothing"):
            if any(piece.is_without(kept.partition(" ")[2], place, step) for kept in less):
                judged = "agrees"
            else:
                piece.twins = text.twins
                judged, _ = _beside_twins(piece, code, less, place, step, judged, most - 1)
        if judged != "differs" and judged != own:
            return judged, f"what stands {where} it, too, is nearly a passage, and is passed over"
    return own, ""
