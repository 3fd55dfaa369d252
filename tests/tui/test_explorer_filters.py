"""Filters: stances, speakers, forces, kinds, dates, bookmarks and searches, alone and together.

What ought to show is asked of the index itself.
"""

from __future__ import annotations

import pytest
from textual.events import Key

from zeroline.index.cache import open_index
from zeroline.index.filter import NONE, Filter
from zeroline.text.dates import in_words
from zeroline.tui.state import FORCES


@pytest.fixture
def matching(home):
    """The ids the index gives for a filter, in order."""
    index = open_index(home / "small")
    return lambda order="time", typing=True, **facets: [
        row.item["id"] for row in index.page(Filter(**facets), order=order, typing=typing).rows
    ]


def ids(reader) -> list[str]:
    rows = reader.app.explorer.timeline.rows
    return [rows[n].item["id"] for n in sorted(rows)]


def status(reader) -> str:
    return reader.seen("#status").strip()


async def rows_are(reader, expected: list[str]) -> None:
    await reader.until(lambda: ids(reader) == expected, f"{expected}, not {ids(reader)}")


@pytest.mark.parametrize(("key", "stance", "word"), [("1", "keep", "keep"), ("2", "lease", "lease"), ("4", NONE, "no")])
async def test_a_number_filters_by_a_stance_and_again_no_longer(explorer, matching, key, stance, word):
    async with explorer() as reader:
        await reader.press(key)
        await rows_are(reader, matching(stances=(stance,)))
        assert f"· {word}" in status(reader)
        assert "Esc undoes" in status(reader)
        await reader.press(key)
        await rows_are(reader, matching())
        assert "all 15" in status(reader)


async def test_stances_are_alternatives_and_facets_narrow_each_other(explorer, matching):
    async with explorer() as reader:
        await reader.press("1", "3")
        await rows_are(reader, matching(stances=("keep", "close")))
        assert "keep or close" in status(reader)
        await reader.press("slash")
        await reader.type("storms")
        await rows_are(reader, matching(stances=("keep", "close"), query="storms"))
        await reader.press("enter", "f")
        await rows_are(reader, matching(stances=("keep", "close"), query="storms", forces=FORCES[1]))
        assert "keep or close · without a condition · “storms”" in status(reader)


async def test_counts_of_chips_are_those_under_the_other_filters(explorer, home):
    index = open_index(home / "small")
    async with explorer() as reader:
        await reader.press("2", "slash")
        await reader.type("oda")
        await reader.press("enter")
        wanted = Filter(query="oda")
        facets = index.facets(wanted, typing=True)
        chips = reader.app.explorer.chips
        await reader.until(lambda: chips.counts == facets.stances, f"{facets.stances}")
        assert sum(facets.stances.values()) > 0
        for stance, label in (("keep", "▲ keep"), ("lease", "◆ lease")):
            assert f"{label} {facets.stances[stance]}" in reader.seen("#chips")


async def test_escape_undoes_step_by_step_and_0_clears(explorer, matching):
    async with explorer() as reader:
        await reader.press("1")
        await rows_are(reader, matching(stances=("keep",)))
        await reader.press("f")
        await reader.press("slash")
        await reader.type("storms")
        await reader.press("escape")
        await rows_are(reader, matching(stances=("keep",), forces=FORCES[1], query="storms"))
        assert reader.app.focused.id == "timeline"
        await reader.press("escape")
        await rows_are(reader, matching(stances=("keep",), forces=FORCES[1]))
        assert reader.app.explorer.search.value == ""
        await reader.press("escape")
        await rows_are(reader, matching(stances=("keep",)))
        await reader.press("escape")
        await rows_are(reader, matching())
        await reader.press("escape")
        assert "no filter to undo" in status(reader)
        await reader.press("1", "2", "v", "0")
        await rows_are(reader, matching())
        assert not reader.app.explorer.wanted.filter
        await reader.press("escape")
        await rows_are(reader, matching(stances=("keep", "lease"), kinds=("statement",)))
        # Esc and a digit right behind it come as one sign.
        reader.app.post_message(Key("º", "º"))
        await rows_are(reader, matching())
        assert not reader.app.explorer.wanted.filter
        await reader.press("2", "3")
        await rows_are(reader, matching(stances=("lease", "close")))
        reader.app.post_message(Key("inverted_exclamation_mark", "¡"))
        await rows_are(reader, matching(stances=("lease", "keep")))


async def test_force_and_kinds_go_round(explorer, matching):
    async with explorer() as reader:
        for forces in (*FORCES[1:], ()):
            await reader.press("f")
            await rows_are(reader, matching(forces=forces))
        for kind in ("statement", "event"):
            await reader.press("v")
            await rows_are(reader, matching(kinds=(kind,)))
            assert f"{kind}s only" in status(reader)
        await reader.press("v")
        await rows_are(reader, matching())


async def test_brackets_narrow_the_dates(explorer, matching):
    async with explorer() as reader:
        await reader.go_to("oil-dear")
        await reader.press("left_square_bracket")
        wanted = reader.app.explorer.wanted
        await rows_are(reader, matching(since=wanted.filter.since))
        assert wanted.filter.since.startswith("2031-0")
        assert f"from {in_words(wanted.filter.since)}" in status(reader)
        assert "lamp-built" not in ids(reader)
        await reader.go_to("lamp-dark")
        await reader.press("right_square_bracket")
        await rows_are(reader, matching(since=wanted.filter.since, until="2031-03-04"))
        assert "to 4 March 2031" in status(reader)
        assert "lamp-dark" in ids(reader)
        assert "vane-2" not in ids(reader)


async def test_the_order_is_by_time_or_by_best_match(explorer, matching):
    async with explorer() as reader:
        await reader.press("slash")
        await reader.type("lamp")
        await reader.press("enter", "r")
        expected = matching(order="relevance", query="lamp")
        await rows_are(reader, expected)
        assert expected != matching(query="lamp")
        assert "best match first" in status(reader)
        assert "2031 " not in reader.seen("#timeline").splitlines()[2]
        await reader.press("r")
        await rows_are(reader, matching(query="lamp"))


async def test_only_what_is_bookmarked(explorer, matching):
    async with explorer() as reader:
        await reader.bookmark("brum-1", "vane-2", "lamp-dark")
        await reader.press("x")
        marked = ("brum-1", "lamp-dark", "vane-2")
        await rows_are(reader, matching(bookmarked=marked))
        assert "★" in reader.seen("#timeline")
        assert "3 of 15 · bookmarked" in status(reader)
        await reader.go_to("vane-2")
        await reader.press("b")
        await rows_are(reader, matching(bookmarked=("brum-1", "lamp-dark")))
        await reader.press("1")
        await rows_are(reader, ["brum-1"])
        await reader.press("escape")
        await rows_are(reader, matching(bookmarked=("brum-1", "lamp-dark")))
        await reader.press("escape")
        await rows_are(reader, matching())
        await reader.press("x", "x")
        await rows_are(reader, matching())


@pytest.mark.parametrize("size", [(120, 36), (60, 20)])
async def test_an_empty_result_says_which_filters_to_drop(explorer, size):
    async with explorer(size) as reader:
        await reader.press("1", "slash")
        await reader.type("crates")
        await reader.until(lambda: reader.app.explorer.timeline.item_count() == 0)
        await reader.press("enter")
        words = reader.seen("#timeline")
        assert "Nothing matches all of these at once:" in words
        assert "keep" in words
        assert "“crates”" in words
        assert "Esc drops the last, 0 all of them." in words
        await reader.press("0", "slash")
        await reader.type("zzzzzz")
        await reader.until(lambda: "Drop this filter" in reader.seen("#timeline"))
        assert "“zzzzzz”" in reader.seen("#timeline")


async def test_bookmarks_only_without_any(explorer):
    async with explorer() as reader:
        await reader.press("x")
        await reader.until(lambda: "Nothing matches" in reader.seen("#timeline"))
        assert "bookmarked" in reader.seen("#timeline")


async def test_a_key_without_a_stance_says_so(explorer):
    async with explorer() as reader:
        await reader.press("7")
        assert "no stance has the key 7" in status(reader)
        assert not reader.app.explorer.wanted.filter


async def test_a_jump_right_after_a_filter_is_one_in_what_it_leaves(explorer, matching):
    async with explorer() as reader:
        it = reader.app.explorer
        for last in (True, False):
            kept = matching(stances=("keep",)) if last else matching()
            it.timeline.action_move(1)  # the engine is at work
            it.action_stance(1)
            it.timeline.action_to_end(last)
            await rows_are(reader, kept)
            await reader.until(lambda kept=kept, last=last: it.timeline.cursor == (len(kept) - 1 if last else 0))
            await reader.until(lambda kept=kept, last=last: it.shown_item()["id"] == kept[-1 if last else 0])


async def test_asking_for_the_rest_of_the_speakers_changes_no_count(explorer):
    async with explorer() as reader:
        await reader.press("slash")
        await reader.type("lam")
        await reader.until(lambda: "“lam”" in status(reader))
        await reader.press("enter")
        it = reader.app.explorer
        await reader.until(lambda: it._rest is None)
        chips, speakers = reader.seen("#chips"), reader.seen("#speakers")
        asked, it.chips.counts = it.chips.counts, {}
        it.speakers.post_message(it.speakers.RestNeeded())
        await reader.until(lambda: it.chips.counts == asked, "the rest has come")
        assert (reader.seen("#chips"), reader.seen("#speakers")) == (chips, speakers)
