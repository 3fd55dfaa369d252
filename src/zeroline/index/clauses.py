"""The clauses of a query that is being tidied, and how those of one bracket are joined for the parser."""

from __future__ import annotations

from typing import NamedTuple


class Atom(NamedTuple):
    """A word, phrase, range or bracket, or one of the operators AND, OR and NOT. ``sign`` is "", "+" or "-"."""

    text: str
    sign: str = ""
    operator: bool = False


class Frame(NamedTuple):
    """An open bracket: what stands before it and the atoms in it."""

    sign: str
    field: str
    atoms: list[Atom]


def joined(atoms: list[Atom]) -> str:
    """Atoms in one bracket. Operators without something on both sides say nothing.

    What is joined by operators is bracketed: so “a OR b c” is “(a OR b) c” and never makes ``a OR b`` a mere wish.
    """
    runs: list[list[str]] = []
    operator, negated = "", False
    for atom in atoms:
        if atom.operator:
            if atom.text == "NOT":
                negated = not negated
            elif runs:
                operator = operator or atom.text
            continue
        sign = "+" if atom.sign == "+" else ""
        if (atom.sign == "-") != negated:
            sign = "-"
        if operator:
            runs[-1] += [operator, sign + atom.text]
        else:
            runs.append([sign + atom.text])
        operator, negated = "", False
    if len(runs) == 1:
        return " ".join(runs[0])
    return " ".join(map(_wanted, runs))


def _wanted(run: list[str]) -> str:
    """What is joined to others: a bracket with the sign that it is wanted.

    tantivy takes “(a OR a)” for a mere wish once it stands beside anything else, and nothing is narrowed by it.
    """
    if "OR" in run:
        return f"+({' '.join(run)})"
    bare = len(run) == 1 and run[0][-1] == ")" and " OR " in run[0] and run[0][0] not in "+-"
    return f"+{run[0]}" if bare else " ".join(run)
