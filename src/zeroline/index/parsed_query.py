"""What was typed, read: the tree that tantivy's parser makes of it, tidied first.

The tree is turned into a query in language.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import tantivy

Tree = Mapping[str, Any]
"""A node of a parsed query: its ``type``, and what belongs to that."""

PLAIN = 60
"""The most letters of a word that is read at once."""

_WORD = {"type": "literal", "field_name": None, "phrase": "", "delimiter": "none", "slop": 0, "prefix": False}
"""A word as tantivy's parser gives it."""


class Read(NamedTuple):
    """What was typed as a tree, or none; its last word, where that is still being typed; and problems.

    ``refused``: with such problems nothing is looked for.
    """

    tree: Tree | None
    last: Tree | None = None
    problems: tuple[str, ...] = ()
    refused: bool = False


def read(text: str, *, typing: bool) -> Read:
    """What was typed; while ``typing``, what is not finished yet is no mistake."""
    if typing and text.isascii() and text.isalpha() and text.islower() and len(text) <= PLAIN:
        # As most of what is typed: to read it as all else takes as long as to find it.
        word = {**_WORD, "phrase": text}
        return Read(word, word)
    from zeroline.index.tidy_query import tidy  # most starts search for nothing

    tidied = tidy(text, typing=typing)
    if tidied.refused or not tidied.text:
        return Read(None, None, tidied.problems, tidied.refused)
    tree, faults = tantivy.parse_query_lenient(tidied.text)
    problems = tidied.problems
    if faults:  # what is tidied parses; should tantivy ever think otherwise, its words are not for readers
        problems = (*problems, "this cannot be understood; put the words in quotation marks")
    return Read(tree, _last_word(tree) if tidied.open else None, problems)


def _last_word(tree: Tree) -> Tree:
    """The last leaf of a tree."""
    while tree["type"] == "bool" and tree["clauses"]:
        tree = tree["clauses"][-1][1]
    return tree
