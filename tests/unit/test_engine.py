"""The threads that ask the index: rows never wait for counts, and of each kind only the newest request is answered."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from zeroline.index import cache, letter_counts
from zeroline.index.filter import Filter
from zeroline.index.records import Damaged
from zeroline.tui import answering, requests
from zeroline.tui.engine import Engine
from zeroline.tui.prefetch import Prefetch

SMALL = Path(__file__).parents[1] / "fixtures" / "corpora" / "small"


class Listening:
    """An engine and what it answers."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._answers: queue.Queue[Any] = queue.Queue()
        engine.start()
        for answer in engine.listen(self._answers.put):
            self._answers.put(answer)

    def next(self, kind: Any) -> Any:
        """The next answer of a kind; what comes before it is dropped."""
        while not isinstance(answer := self._answers.get(timeout=20), kind):
            pass
        return answer


@pytest.fixture
def listening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listening]:
    monkeypatch.setenv("ZEROLINE_CACHE", str(tmp_path))
    cache.build(SMALL)
    listening = Listening(Engine(SMALL))
    listening.next(requests.Beginning)
    yield listening
    listening.engine.stop()


def rest(generation: int, query: str = "") -> requests.RestRequest:
    facets = requests.FacetsRequest(generation, Filter(query=query), typing=True)
    return requests.RestRequest(facets, requests.DetailRequest(generation, "brum-1"))


def test_rows_are_answered_while_counts_are_still_counted(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = listening.engine.index
    assert index is not None
    counting, go_on = threading.Event(), threading.Event()
    count: Callable[..., Any] = index.facets

    def slowly(*args: Any, **more: Any) -> Any:
        counting.set()
        assert go_on.wait(20)
        return count(*args, **more)

    monkeypatch.setattr(index, "facets", slowly)
    listening.engine.ask(rest(1, "oil"))
    assert counting.wait(20)
    listening.engine.ask(requests.RowsRequest(2, Filter(query="lamp"), typing=True))
    assert listening.next(requests.RowsAnswer).request.generation == 2
    for generation in (3, 4, 5):  # while one is counted, only the newest of those that come is kept
        listening.engine.ask(rest(generation, "lamp"))
    go_on.set()
    assert listening.next(requests.RestAnswer).request.facets.generation == 1
    assert listening.next(requests.RestAnswer).request.facets.generation == 5


def test_counts_come_with_the_speakers_they_are_of(listening: Listening) -> None:
    listening.engine.ask(rest(1, "oil"))
    answer = listening.next(requests.RestAnswer)
    assert answer.facets.facets.statements + answer.facets.facets.events == 2
    assert {speaker["ordinal"] for speaker in answer.speakers.speakers} == set(answer.facets.ordinals)


def test_an_index_that_cannot_answer_says_so_and_goes_on(listening: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    index = listening.engine.index
    assert index is not None

    def fail(*_: Any, **__: Any) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as broken:
        broken.setattr(index, "facets", fail)
        listening.engine.ask(rest(1))
        assert "the disk is gone" in listening.next(requests.Failed).lines[0]
    listening.engine.ask(rest(2))
    assert listening.next(requests.RestAnswer).request.facets.generation == 2


def test_a_damaged_index_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZEROLINE_CACHE", str(tmp_path))
    records = cache.build(SMALL).folder / "records"
    records.write_bytes(bytes(byte ^ 0x55 if byte != 10 else byte for byte in records.read_bytes()))
    listening = Listening(Engine(SMALL))
    first = listening.next(requests.Beginning)
    assert first.rows.page.rows
    assert first.opened.index.folder != records.parent
    listening.engine.stop()


def test_a_damaged_index_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZEROLINE_CACHE", str(tmp_path))
    index = cache.build(SMALL)
    starts = index.folder / "records.at"
    starts.write_bytes(b"\xff" * starts.stat().st_size)
    with pytest.raises(Damaged, match=str(index.folder)):
        index.page(Filter())


def test_rows_found_soon_are_handed_to_who_waits_and_to_nobody_else(listening: Listening) -> None:
    for generation in (1, 2):
        request = requests.RowsRequest(generation, Filter(query="oil"), typing=True)
        answer = listening.engine.ask_soon(request, 20)
        assert isinstance(answer, requests.RowsAnswer) and answer.request is request
    listening.engine.ask(rest(3))
    assert listening.next(requests.RowsAnswer | requests.RestAnswer).request.facets.generation == 3


def test_rows_not_found_soon_are_delivered_as_all_else(listening: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    index = listening.engine.index
    assert index is not None
    at_it, go_on = threading.Event(), threading.Event()
    page: Callable[..., Any] = index.page

    def slowly(*args: Any, **more: Any) -> Any:
        at_it.set()
        assert go_on.wait(20)
        return page(*args, **more)

    monkeypatch.setattr(index, "page", slowly)
    assert listening.engine.ask_soon(requests.RowsRequest(1, Filter()), 0.01) is None
    assert at_it.wait(20)
    # While it is at that, nobody waits for the next one at all.
    assert listening.engine.ask_soon(requests.RowsRequest(2, Filter()), 1_000_000) is None
    go_on.set()
    assert [listening.next(requests.RowsAnswer).request.generation for _ in range(2)] == [1, 2]


def test_beginnings_are_counted_before_they_are_typed(listening: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    index = listening.engine.index
    assert index is not None
    monkeypatch.setattr(letter_counts, "MANY", 2)
    some = index.frequent_beginnings()
    often = [index.count(Filter(query=one), typing=True) for one in some if len(one) == 2]
    assert {len(one) for one in some} == {1, 2} and min(often) > 2 and often == sorted(often, reverse=True)
    prefetch = Prefetch()
    while prefetch.rest(index) is not None:
        prefetch.step(index)
    known = index.facets(Filter(query=some[-1]), typing=True, most=requests.EVERYBODY)
    monkeypatch.setattr(index._counter, "_counts", None)
    assert index.facets(Filter(query=some[-1]), typing=True, most=requests.EVERYBODY) == known


def test_nothing_is_made_ready_before_the_screen_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would hold up what the screen is imported with."""
    monkeypatch.setenv("ZEROLINE_CACHE", str(tmp_path))
    cache.build(SMALL)
    stepped = threading.Event()
    monkeypatch.setattr("zeroline.tui.prefetch.AT_FIRST", 0.0)
    monkeypatch.setattr(Prefetch, "step", lambda *_: stepped.set())
    engine = Engine(SMALL)
    engine.start()
    while not engine._early:
        time.sleep(0.01)
    assert not stepped.wait(0.3)
    engine.listen(lambda answer: None)
    assert stepped.wait(20)
    engine.stop()


@pytest.mark.parametrize("at_once", [1, 2, 1_000])
def test_names_of_speakers_are_at_hand_before_rows_need_them(
    listening: Listening, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    index = listening.engine.index
    assert index is not None
    rows = index.page(Filter()).rows
    everybody = {speaker["id"] for speaker in index.speakers(0, 1_000)}
    index._tables._referred.clear()
    index._kept.clear()
    monkeypatch.setattr("zeroline.tui.prefetch.AT_ONCE", at_once)
    prefetch = Prefetch()
    while prefetch.rest(index) is not None:
        prefetch.step(index)
    assert index._tables._referred.keys() == everybody
    monkeypatch.setattr(index._tables, "speaker", None)
    assert index.page(Filter()).rows == rows


def test_no_more_names_are_kept_than_there_is_room_for(listening: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    index = listening.engine.index
    assert index is not None
    everybody = [speaker["id"] for speaker in index.speakers(0, 1_000)]
    assert len(everybody) > 2
    monkeypatch.setattr("zeroline.index.tables.REFERRED", 2)
    index._tables._referred.clear()
    while index.know_speakers(len(index._tables._referred), 1):
        pass
    assert len(index._tables._referred) == 2
    assert [index._tables.reference(id)["id"] for id in everybody] == everybody
    assert len(index._tables._referred) <= 2
    with pytest.raises(ValueError, match="no speaker 'nobody'"):
        index._tables.reference("nobody")


def test_a_list_of_very_many_speakers_ends(listening: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "SPEAKERS_AT_ONCE", 1)
    monkeypatch.setattr(answering, "EVERYBODY", 2)
    index = listening.engine.index
    assert index is not None
    first = answering.answer(index, requests.FacetsRequest(1, Filter(), True, 1))
    rest = answering.answer(index, requests.FacetsRequest(1, Filter(), True, 2))
    assert isinstance(first, requests.FacetsAnswer) and isinstance(rest, requests.FacetsAnswer)
    assert (first.cut, rest.cut) == (True, False)
