"""The counts of the last filters: given back as they were put, and never more of them than there is room for."""

import pytest

from zeroline.index import counts_cache
from zeroline.index.counts_cache import Kept
from zeroline.index.facets import Facets
from zeroline.index.filter import Filter


def facets(hits: int, speakers: int = 3) -> Facets:
    return Facets(hits, 2, {"hold": hits}, {7 * n + 1: 900 - n for n in range(speakers, 0, -1)}, {24_000: hits})


def test_what_is_kept_comes_back_in_its_order() -> None:
    store, put = Kept(), facets(5)
    store.put(Filter(query="a"), True, 9, put)
    got = store.get(Filter(query="a"), True, 9)
    assert got == put and list(got.speakers) == list(put.speakers)
    assert store.total(Filter(query="a"), True) == 7
    assert store.get(Filter(query="a"), False, 9) is store.get(Filter(query="a"), True, 8) is None
    assert store.get(Filter(query="b"), True, 9) is store.total(Filter(query="b"), True) is None


def test_those_kept_longest_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts_cache, "FILTERS", 4)
    store = Kept()
    for n in range(6):
        store.put(Filter(query=str(n)), True, 9, facets(n))
    assert [store.total(Filter(query=str(n)), True) for n in range(6)] == [None, None, 4, 5, 6, 7]


def test_no_more_speakers_are_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts_cache, "SPEAKERS", 10)
    store = Kept()
    for n, speakers in enumerate((4, 4, 4, 1, 30)):
        for _ in range(3):  # put again, it takes no more room
            store.put(Filter(query=str(n)), True, 9, facets(n, speakers))
        held = [q for q in range(5) if store.total(Filter(query=str(q)), True) is not None]
        assert held == [[0], [0, 1], [1, 2], [1, 2, 3], [4]][n]
