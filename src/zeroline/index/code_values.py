"""What the codes of a query may be, where that is a closed list, and the nearest right one to what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from zeroline.index.filter import NONE

VALUES: dict[str, tuple[str, ...]] = {
    "force": ("unconditional", "conditional", "hypothetical"),
    "certainty": ("high", "medium", "low"),
    "basis": ("stated", "inferred"),
    "attribution": ("direct", "reported", "caption"),
    "kind": ("statement", "event"),
}
"""Codes that are the same in every corpus, and all they may be."""

LISTED = 20
"""The most values that a message lists."""


class Values:
    """The closed lists of one corpus: those of every corpus, and the stances of its codebook by id."""

    def __init__(self, stances: Sequence[str]) -> None:
        forces = tuple(f"{stance}.{force}" for stance in stances for force in VALUES["force"])
        self._plain = {**VALUES, "stance": (*stances, NONE)}
        self._all = {**VALUES, "stance": (*stances, NONE, *forces)}

    def wrong(self, field: str, value: str, beginning: bool = False) -> str:
        """What is wrong with the value of a field, with the nearest right one; "" where nothing is.

        With ``beginning`` a value may begin a right one. A field without a closed list takes any value.
        """
        known = self._all.get(field)
        if not known or value in known or (beginning and any(v.startswith(value) for v in known)):
            return ""
        return f"there is no {field} “{value}”; {self._hint(field, value, known)}"

    def _hint(self, field: str, value: str, known: tuple[str, ...]) -> str:
        from difflib import get_close_matches  # only a mistake needs it

        head = value.partition(".")[0]
        same = [v for v in known if v == head or v.startswith(f"{head}.")]
        begun = [v for v in known if value and v.startswith(value)]
        if near := begun or get_close_matches(value, same or known, 1) or same:
            return f"did you mean “{near[0]}”?"
        plain = self._plain[field]
        return f"there are: {', '.join(plain[:LISTED])}{', …' if len(plain) > LISTED else ''}"
