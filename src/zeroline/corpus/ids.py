"""Which ids stand twice among millions: 8 bytes an id, no order, one question at the end.

Of an id only its hash is kept, in one of a few arrays by its last bits; a set of the ids would take ten times the
memory. Two different ids may have the same hash, at 10 million with a probability of 1 to 370,000: what
:func:`any_twice` finds is a suspicion, to be looked into. Hashes are Python's, so they agree only among processes that
were given the same PYTHONHASHSEED.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path

PARTS = 64


class Ids:
    """Hashes of ids. ``parts`` is there for whoever has millions to add: ``parts[h % PARTS].append(h)``."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self.parts = tuple(array("q") for _ in range(PARTS))
        for id in ids:
            self.add(id)

    def add(self, id: str) -> None:
        """Put an id in, whether or not it is in already."""
        h = hash(id)
        self.parts[h % PARTS].append(h)

    def write(self, file: Path) -> None:
        """Put all into a file, for :meth:`read` in another process on this machine. Raises OSError."""
        with file.open("wb") as out:
            out.write(array("q", map(len, self.parts)).tobytes())
            for part in self.parts:
                out.write(part.tobytes())

    @classmethod
    def read(cls, file: Path) -> Ids:
        """What was written. Raises OSError, and EOFError for a file that is not whole."""
        ids, lengths = cls(), array("q")
        with file.open("rb") as raw:
            lengths.fromfile(raw, PARTS)
            for part, length in zip(ids.parts, lengths, strict=True):
                part.fromfile(raw, length)
        return ids


def any_twice(all: Sequence[Ids]) -> bool:
    """Whether an id seems to stand twice, in one of ``all`` or in two of them."""
    for parts in zip(*(ids.parts for ids in all), strict=True):
        if len(set().union(*parts)) < sum(map(len, parts)):
            return True
    return False


def twice(ids: Ids) -> set[int]:
    """The hashes that stand twice."""
    found: set[int] = set()
    for part in ids.parts:
        if len(once := set(part)) < len(part):
            for h in part:
                if h in once:
                    once.discard(h)
                else:
                    found.add(h)
    return found
