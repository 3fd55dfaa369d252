"""What the commands about copies of sources share: reading one, and saying how the statements stand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from zeroline.cli.diagnostics import PROBLEM, USAGE, Failure
from zeroline.cli.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zeroline.sources.errors import SourceError
    from zeroline.sources.model import Anchored
    from zeroline.sources.reading import Format, Read


def read_copy(file: str | None, url: str | None, form: Format | None, encoding: str | None) -> Read:
    """The text of a file, of standard input (“-”) or of an address. Raises SourceError."""
    if url is not None:
        return _fetched(url, form, encoding)
    from zeroline.sources.reading import read_file

    return read_file(Path(file or "-"), form, encoding)


def _fetched(url: str, form: Format | None, encoding: str | None) -> Read:
    """The text at an address; how many bytes have come is said while they come, and in the end."""
    from zeroline.cli.diagnostics import live_line, note
    from zeroline.sources.fetch import fetch

    come = 0
    with live_line() as tell:

        def told(done: int) -> None:
            nonlocal come
            come = done
            tell(f"Fetching the page: {done / 1024:,.0f} KB")

        tell("Fetching the page")
        read = fetch(url, form, told, encoding)
    note(f"{url}: {counted(come, 'byte')} fetched")
    return read


def failure(error: SourceError) -> Failure:
    """An error about a copy, as the command line ends with it."""
    return Failure(f"zeroline: {error}", USAGE if error.asks else PROBLEM)


def standing(anchored: Iterable[Anchored], more: int = 0) -> dict[str, int]:
    """How many statements are in each state, all states named, in their order; ``more`` are without a source."""
    from zeroline.sources.model import STATES

    counts = Counter(a.state for a in anchored)
    counts["no source"] += more
    return {state: counts[state] for state in STATES}


def standing_words(counts: dict[str, int]) -> str:
    """“52 statements: 50 verbatim, 2 proposed”."""
    said = ", ".join(f"{number:,} {state}" for state, number in counts.items() if number)
    total = counted(sum(counts.values()), "statement")
    return f"{total}: {said}" if said else total
