"""The history of the explorer's filter: what is done can be undone, step by step."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from zeroline.index.filter import Filter
from zeroline.tui.state import FORCES, KINDS, Wanted

FILTERS = st.builds(
    Filter,
    query=st.sampled_from(["", "oil", "lamp"]),
    stances=st.sampled_from([(), ("keep",), ("keep", "lease")]),
    kinds=st.sampled_from(KINDS),
)


@given(st.lists(FILTERS, max_size=12))
def test_back_undoes_every_step(steps):
    wanted, seen = Wanted(), [Filter()]
    for step in steps:
        if wanted.change(step):
            seen.append(step)
    while len(seen) > 1:
        assert wanted.filter == seen.pop()
        assert wanted.back()
        assert wanted.filter == seen[-1]
    assert not wanted.filter
    assert not wanted.back()


@given(st.lists(FILTERS, max_size=12), st.integers(0, 15))
def test_every_change_is_of_another_generation(steps, backs):
    wanted = Wanted()
    before = wanted.generation
    for step in steps:
        changed = wanted.change(step)
        assert (wanted.generation > before) == changed
        before = wanted.generation
    for _ in range(backs):
        back = wanted.back()
        assert (wanted.generation > before) == back
        before = wanted.generation


def test_typing_one_search_is_one_step():
    wanted = Wanted()
    wanted.change(Filter(stances=("keep",)))
    for query in ("o", "oi", "oil"):
        wanted.change(replace(wanted.filter, query=query), step="typing")
    assert wanted.back()
    assert wanted.filter == Filter(stances=("keep",))


def test_another_search_is_another_step():
    wanted = Wanted()
    wanted.change(Filter(query="oil"), step="typing")
    wanted.stop_typing()
    wanted.change(Filter(query="lamp"), step="typing")
    assert wanted.back()
    assert wanted.filter == Filter(query="oil")


def test_what_was_typed_and_wiped_out_again_is_no_step():
    wanted = Wanted()
    wanted.change(Filter(stances=("keep",)))
    wanted.change(Filter(stances=("keep",), query="o"), step="typing")
    wanted.change(Filter(stances=("keep",)), step="typing")
    assert wanted.back()
    assert wanted.filter == Filter()


def test_a_filter_that_was_given_can_be_dropped():
    wanted = Wanted(Filter(query="oil"))
    assert wanted.back()
    assert not wanted.filter


def test_rounds_come_back_to_all():
    wanted = Wanted()
    seen = []
    for _ in FORCES:
        wanted.change(wanted.next_force())
        seen.append(wanted.filter.forces)
    assert seen == [("unconditional",), ("conditional", "hypothetical"), ()]
    for _ in KINDS:
        wanted.change(wanted.next_kinds())
    assert wanted.filter.kinds == ()


def test_the_order_turns():
    wanted = Wanted()
    wanted.turn_order()
    assert wanted.order == "relevance"
    wanted.turn_order()
    assert wanted.order == "time"


def test_bookmarks_that_change_are_no_step_and_reach_the_steps_before():
    wanted = Wanted()
    wanted.change(Filter(bookmarked=("a", "b")))
    wanted.change(Filter(bookmarked=("a", "b"), query="oil"))
    assert wanted.bookmarks_changed(("a",))
    assert wanted.filter == Filter(bookmarked=("a",), query="oil")
    assert not wanted.bookmarks_changed(("a",))
    assert wanted.back()
    assert wanted.filter == Filter(bookmarked=("a",))
    assert wanted.back()
    assert wanted.filter == Filter()
    assert not wanted.bookmarks_changed(("a", "c"))
    assert wanted.filter == Filter()


def test_a_search_that_is_not_understood_never_was():
    wanted = Wanted()
    wanted.change(Filter(query="oil"), step="typing")
    wanted.stop_typing()
    wanted.change(Filter(query="oil zzz:a"), step="typing")
    wanted.change(Filter(query="oil zzz:a", stances=("keep",)))
    before = wanted.generation
    assert wanted.not_understood("oil zzz:a", "oil")
    assert wanted.filter == Filter(query="oil", stances=("keep",)) and wanted.generation > before
    assert not wanted.not_understood("oil zzz:a", "oil")
    assert wanted.back() and wanted.filter == Filter(query="oil")
    assert wanted.back() and wanted.filter == Filter()
    assert not wanted.back()


def test_rounds_of_forces_are_undone_as_one():
    wanted = Wanted()
    wanted.change(Filter(stances=("keep",)))
    for _ in range(2):
        wanted.change(wanted.next_force(), step="force")
    assert wanted.filter.forces == ("conditional", "hypothetical")
    assert wanted.only_conditional()
    assert wanted.back()
    assert wanted.filter == Filter(stances=("keep",))
    assert not wanted.only_conditional()
