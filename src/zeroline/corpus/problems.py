"""What is wrong with a corpus, for a person to read: where it stands, what it is, how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from zeroline.text.safe import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong.

    ``file`` is the path inside the corpus's folder (or the folder itself), ``line`` counts from 1 and is None where no
    line is to blame, ``key`` is the way to the value inside its table (``positions[0].force``; empty for the table or
    file itself), ``mend`` says what to do and may be empty.
    """

    file: str
    line: int | None
    key: str
    message: str
    mend: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        said = f"{self.message}; {self.mend}" if self.mend else self.message
        return one_line(": ".join(part for part in (place, self.key, said) if part))


class CorpusError(Exception):
    """A corpus that cannot be used. ``problems`` holds everything found wrong with it, not only the first thing."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def nearest(word: str, words: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The one of ``words`` most like ``word``, or None when none is like it. Capitals and spaces do not matter."""
    by_folded = {known.casefold(): known for known in words}
    found = get_close_matches("-".join(word.casefold().split()), by_folded, 1, cutoff)
    return by_folded[found[0]] if found else None


def did_you_mean(word: str, words: Iterable[str], cutoff: float = 0.6) -> str:
    """A mend that names the nearest right word, or else the right words when they are few, or else nothing."""
    words = list(words)
    near = nearest(word, words, cutoff)
    if near:
        return f"did you mean “{near}”?"
    return "use " + one_of(words) if 0 < len(words) <= 12 else ""


def one_of(words: Iterable[str]) -> str:
    """The words in quotation marks: “a”, “b” or “c”."""
    quoted = [f"“{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
