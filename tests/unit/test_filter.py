"""A filter: an immutable value that says itself in words."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zeroline.index.filter import NONE, Filter


class Names:
    """Labels that differ from ids, so that a test sees which of the two is said."""

    def stance_label(self, id: str) -> str:
        return f"{id} it"

    def topic_label(self, id: str) -> str:
        return f"the {id}"

    def place_name(self, id: str) -> str:
        return id.title()

    def speaker_name(self, id: str) -> str:
        return id.split("-")[0].capitalize()


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Filter(), ""),
        (Filter(query="   "), ""),
        (Filter(stances=("trade",)), "trade it"),
        (Filter(stances=("trade", "hold")), "trade it or hold it"),
        (Filter(stances=("trade", "hold", NONE)), "trade it, hold it or no stance"),
        (Filter(forces=("conditional", "hypothetical")), "on a condition or as a hypothesis"),
        (Filter(forces=("unconditional",)), "without a condition"),
        (Filter(speakers=("melnyk-a",)), "said by Melnyk"),
        (Filter(speakers=("melnyk-a", "viktor-b")), "said by Melnyk or Viktor"),
        (Filter(topics=("light", "ferry")), "on the light or the ferry"),
        (Filter(places=("sumy",)), "at Sumy"),
        (Filter(kinds=("event",)), "events only"),
        (Filter(since="2024-08-06"), "from 6 August 2024"),
        (Filter(until="2025-02"), "to February 2025"),
        (Filter(since="2024", until="2025-02"), "from 2024 to February 2025"),
        (Filter(bookmarked=()), "bookmarked"),
        (Filter(query=" pow   exchange "), "“pow exchange”"),
        (
            Filter(query="pow", stances=("trade",), speakers=("melnyk-a",), bookmarked=("x",), topics=("light",)),
            "trade it · said by Melnyk · on the light · bookmarked · “pow”",
        ),
    ],
)
def test_says_itself_in_words(wanted: Filter, words: str) -> None:
    assert wanted.in_words(Names()) == words
    assert bool(wanted) == (wanted != Filter())


def test_toggles_a_value_and_keeps_the_rest() -> None:
    wanted = Filter(query="lamp").toggle("stances", "keep").toggle("stances", "lease").toggle("topics", "light")
    assert wanted == Filter(query="lamp", stances=("keep", "lease"), topics=("light",))
    assert wanted.toggle("stances", "keep") == Filter(query="lamp", stances=("lease",), topics=("light",))
    assert wanted.toggle("stances", "keep").toggle("stances", "lease").toggle("topics", "light") == Filter(query="lamp")


FULL = Filter("q", ("a",), ("conditional",), ("s",), ("t",), ("p",), ("event",), "2024", "2025", ("id",))


def test_facets_are_named_in_the_order_they_are_said() -> None:
    order = ["stances", "forces", "speakers", "topics", "places", "kinds", "dates", "bookmarked", "query"]
    assert FULL.facets() == order
    assert Filter().facets() == []
    assert Filter(until="2025").facets() == ["dates"]
    assert Filter(bookmarked=()).facets() == ["bookmarked"]


@given(st.sampled_from(FULL.facets()))
def test_without_drops_one_facet_and_only_that(facet) -> None:
    less = FULL.without(facet)
    assert facet not in less.facets() and set(less.facets()) == set(FULL.facets()) - {facet}
    assert less.without(facet) == less
    assert Filter().without(facet) == Filter()


def test_cannot_be_changed_and_can_be_a_key() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        FULL.query = "other"  # type: ignore[misc]
    assert {FULL: 1}[dataclasses.replace(FULL)] == 1
