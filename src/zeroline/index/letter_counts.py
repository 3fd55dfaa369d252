"""Beginnings that very many items have: which they are, and how many items a search for a single letter finds.

Counting these takes long in a large index, so it is done once, when a corpus is compiled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import tantivy

from zeroline.index import schema
from zeroline.index.facets import MANY
from zeroline.index.lookup import Lookup


def often(searcher: tantivy.Searcher, part: Callable[[str], str]) -> dict[str, int]:
    """Parts of the beginnings of words that more than :data:`MANY` items may have, and how many at most."""
    counts: Counter[str] = Counter()
    for beginning, count in searcher.terms_with_prefix(schema.BEGINS, ""):
        counts[part(beginning)] += count
    return {one: count for one, count in counts.items() if count > MANY}


def count_letters(items: Path) -> dict[str, int]:
    """How many items of the index in a folder a search for one letter finds, for letters that very many have.

    tantivy counts without Python's lock: beside it another thread gets on with its work.
    """
    index = schema.register(tantivy.Index.open(str(items)))
    searcher = index.searcher()
    lookup = Lookup(index, searcher, schema.words_analyzer())
    letters = often(searcher, lambda beginning: beginning[0])
    return {letter: int(searcher.search(lookup.letter(letter), 1).count or 0) for letter in letters}  # type: ignore[attr-defined]
