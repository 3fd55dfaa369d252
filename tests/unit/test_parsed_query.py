"""A word that is read at once is read as the parser would read it."""

import string

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from zeroline.index import parsed_query
from zeroline.index.tidy_query import tidy


@given(st.text(string.ascii_lowercase, min_size=1, max_size=parsed_query.PLAIN))
def test_any_plain_word(word: str) -> None:
    check(word)


@pytest.mark.parametrize("word", ["or", "and", "not", "to", "in", "true", "null", "date", "text"])
def test_words_that_mean_something_in_capitals(word: str) -> None:
    check(word)


def check(word: str) -> None:
    tidied = tidy(word, typing=True)
    tree, faults = tantivy.parse_query_lenient(tidied.text)
    read = parsed_query.read(word, typing=True)
    assert not faults and read.tree == tree and read.last is read.tree
    assert tidied.open and read.problems == tidied.problems and not read.refused
