"""A position in words, the same on the screen, on the command line and in every export.

A position that hangs on something is never shown as plain: its condition, or that it is a hypothesis, stands in the
sentence itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from zeroline.records import PositionRecord, SpeakerRecord, StanceCount

NOT_RECORDED = "not recorded"
"""The condition of a conditional position whose source has the force alone: never left out, never made up."""

# A condition is written in the coder's own words; these openings already carry their own "if".
_OPENINGS = (
    "after ",
    "as far as ",
    "as long as ",
    "before ",
    "but only ",
    "given ",
    "in case ",
    "in exchange ",
    "in return ",
    "on condition ",
    "on the condition ",
    "once ",
    "only ",
    "provided ",
    "providing ",
    "should ",
    "so long as ",
    "subject to ",
    "under ",
    "unless ",
    "until ",
    "when ",
    "whenever ",
    "while ",
    "with ",
    "without ",
)


def force_words(position: PositionRecord) -> str:
    """How firmly the position is taken, with its condition: "only if the road stays open"."""
    return _force_words(position["force"], position["condition"], position["basis"])


@lru_cache(maxsize=4096)
def _force_words(force: str, condition: str | None, basis: str) -> str:
    condition = " ".join((condition or "").split()).rstrip(".;")
    if force == "unconditional":
        # An inferred position was not said: only that nothing is tied to it can be told.
        return "said outright" if basis == "stated" else "without a condition"
    if force == "hypothetical":
        return f"as a hypothesis: {condition}" if condition else "as a hypothesis"
    if not condition or condition.casefold() == NOT_RECORDED:
        return "only under a condition that is not recorded"
    for opening in ("only if ", "if "):
        if condition.casefold().startswith(opening):
            return "only if " + condition[len(opening) :]
    if condition.casefold().startswith("that "):
        return f"on condition {condition}"
    if condition.casefold().startswith(_OPENINGS):
        return f"on a condition: {condition}"
    return f"only if {condition}"


def proviso_words(position: PositionRecord, label: Callable[[str], str]) -> str:
    """What a position hangs on, with what is left without it: "only if …; otherwise withdraw".

    "" for a position without a condition. ``label`` gives a stance id its label.
    """
    return "" if position["force"] == "unconditional" else force_words(position) + _otherwise(position, label)


def forces_of(count: StanceCount) -> list[str]:
    """The forces with which a speaker takes a stance."""
    numbers = {f: count[f] for f in ("unconditional", "conditional", "hypothetical")}
    return [force for force, number in numbers.items() if number]


def primary_forces(speaker: SpeakerRecord) -> list[str]:
    """The forces with which a speaker takes the stance that the coders call the main one; empty without one."""
    primary = speaker["primary"]
    return next((forces_of(c) for c in speaker["stances"] if primary and c["stance"] == primary["stance"]), [])


def primary_words(speaker: SpeakerRecord) -> str:
    """How firmly the main stance is taken: "only under a condition", "mixed: 3× without a condition, 1× on a …"."""
    forces = primary_forces(speaker)
    if len(forces) != 1 and "unconditional" in forces:
        primary = speaker["primary"]
        count = next(c for c in speaker["stances"] if primary and c["stance"] == primary["stance"])
        ways = (
            (count["unconditional"], "without a condition"),
            (count["conditional"], "on a condition"),
            (count["hypothetical"], "as a hypothesis"),
        )
        return "mixed: " + ", ".join(f"{number:,}× {words}" for number, words in ways if number)
    hedged = {"conditional": "under a condition", "hypothetical": "as a hypothesis"}
    words = " or ".join(hedged[force] for force in forces if force in hedged)
    return f"only {words}" if words else "without a condition" if forces else ""


def position_words(position: PositionRecord, label: Callable[[str], str]) -> str:
    """The whole position on one line.

    ``label`` gives a stance id its label. Shapes: "trade — said outright (high certainty, stated)"; "trade — without a
    condition (low certainty, inferred)"; "hold — only if …; otherwise withdraw (medium certainty, inferred)";
    "withdraw — as a hypothesis: … (low certainty, stated)".
    """
    how_sure = f"({position['certainty']} certainty, {position['basis']})"
    return f"{label(position['stance'])} — {force_words(position)}{_otherwise(position, label)} {how_sure}"


def _otherwise(position: PositionRecord, label: Callable[[str], str]) -> str:
    return f"; otherwise {label(position['otherwise'])}" if position["otherwise"] else ""
