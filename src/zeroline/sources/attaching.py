"""A text made the reader's copy of a source: which source it is of is found out, and it is kept if it is one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from zeroline.corpus.passages import SourceText
from zeroline.sources import attached, store
from zeroline.sources.choose_source import Chosen, choose
from zeroline.sources.errors import SourceError
from zeroline.sources.passages_sought import gather
from zeroline.sources.quoted import without_marks

if TYPE_CHECKING:
    from collections.abc import Callable

    from zeroline.sources.model import Anchored, Copy
    from zeroline.sources.reading import Read


class Outcome(NamedTuple):
    """What was attached: the copy, the one it took the place of, and how the statements of its source stand in it.

    ``notes`` is what is worth saying of how it was read.
    """

    copy: Copy
    replaced: Copy | None
    anchored: list[Anchored]
    notes: tuple[str, ...] = ()


def attach(
    folder: Path,
    read: Read,
    source: str | None = None,
    force: bool = False,
    tell: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Attach a text to the corpus in ``folder`` and find every statement in it.

    ``source`` names the source it is a copy of, else that is found out. ``force`` attaches it even where no passage is
    in it. ``tell`` is told how many statements are done, and of how many. Raises SourceError (nothing is changed then)
    and CorpusError.
    """
    from zeroline.corpus.check import load_checked

    study = load_checked(folder)
    about = read.url or read.name
    sources = gather(study, folder)
    detached = {id: wanted for id, wanted in sources.items() if not wanted.carried}
    if (source in sources and source not in detached) or (sources and not detached):
        mend = f"to check a file against it: zeroline verify --against {read.name}"
        raise SourceError(source or about, "the corpus carries the text of its source itself", mend, here="")
    read = without_marks(read, detached.values())
    chosen: Chosen = choose(detached, SourceText(read.text), about, source, tell)
    if not chosen.found and chosen.wanted.needs and not force:
        problem = f"no passage of “{chosen.wanted.id}” is in it, so it is not attached"
        mend = "is it another text? --force attaches it all the same"
        raise SourceError(about, problem, mend, here="is it another text? ctrl+f attaches it all the same")
    kept = store.attach(study.corpus.id, chosen.wanted.id, read)
    found = attached.build(folder, tell, (kept.copy.sha256, chosen)).view(chosen.wanted.id)
    return Outcome(kept.copy, kept.replaced, found.anchored if found else chosen.anchored, read.notes)
