"""Which source of a corpus a text is a copy of, where the reader does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zeroline.corpus.passages import SourceText
from zeroline.sources.errors import SourceError
from zeroline.sources.ladder import anchor
from zeroline.sources.model import Anchored

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from zeroline.sources.passages_sought import Wanted

TRIED = 200
"""Among so many sources the one is looked for that a text is a copy of."""


_HERE = "go to a statement of that source, attach from there, and choose above which source it is a copy of"


class Chosen(NamedTuple):
    """A source and where its statements stand in the text."""

    wanted: Wanted
    anchored: list[Anchored]

    @property
    def found(self) -> int:
        """How many statements have a place, a proposed one too."""
        return sum(a.state in ("verbatim", "normalised", "proposed") for a in self.anchored)


def choose(
    sources: dict[str, Wanted],
    text: SourceText,
    about: str | Path,
    named: str | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> Chosen:
    """The source that ``named`` names, or the one of which most statements are found in a text. Raises SourceError."""
    if named is not None:
        if named not in sources:
            raise SourceError(named, "is no source of this corpus", f"there are: {_listed(sources)}", asks=True)
        return Chosen(sources[named], anchor(sources[named], text, tell))
    if not sources:
        raise SourceError(about, "the corpus has no source to attach it to")
    exact = [w for w in sources.values() if w.sha256 == text.sha256]
    if len(exact) == 1 or len(sources) == 1:
        wanted = exact[0] if exact else next(iter(sources.values()))
        return Chosen(wanted, anchor(wanted, text, tell))
    if len(sources) > TRIED:
        raise SourceError(
            about, f"the corpus has {len(sources):,} sources", "name one with --source", here=_HERE, asks=True
        )
    tried = sorted((Chosen(w, anchor(w, text)) for w in sources.values() if w.needs), key=lambda c: -c.found)
    if not tried or not tried[0].found or (len(tried) > 1 and tried[0].found == tried[1].found):
        mend = f"name it with --source: {_listed(sources)}"
        raise SourceError(about, "which source it is a copy of cannot be told", mend, here=_HERE, asks=True)
    return tried[0]


def _listed(sources: dict[str, Wanted]) -> str:
    named = list(sources)
    return ", ".join(named[:12]) + (f" and {len(named) - 12:,} more" if len(named) > 12 else "")
