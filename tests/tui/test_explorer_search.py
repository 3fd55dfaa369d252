"""Search as you type."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.events import Key
from textual.messages import Update

from zeroline.index.cache import open_index
from zeroline.index.filter import Filter
from zeroline.tui.answering import answer
from zeroline.tui.screens.explorer import Explorer


@pytest.fixture
def matching(home):
    index = open_index(home / "small")
    return lambda query, **facets: [
        row.item["id"] for row in index.page(Filter(query=query, **facets), typing=True).rows
    ]


def ids(reader) -> list[str]:
    rows = reader.app.explorer.timeline.rows
    return [rows[n].item["id"] for n in sorted(rows)]


async def rows_are(reader, expected: list[str]) -> None:
    await reader.until(lambda: ids(reader) == expected, f"{expected}, not {ids(reader)}")


def marked(reader, widget: str) -> list[str]:
    """The words shown as hits."""
    found = reader.app.screen.query_one(widget)
    hit = found.look.hit.bgcolor
    strips = [found.render_line(y) for y in range(found.size.height)]
    return [s.text for strip in strips for s in strip if s.style and s.style.bgcolor == hit]


async def test_rows_follow_every_letter(explorer, matching):
    async with explorer() as reader:
        await reader.press("slash")
        for n, letter in enumerate("crates", 1):
            await reader.press(letter)
            await rows_are(reader, matching("crates"[:n]))
        assert "“crates”" in reader.seen("#status")
        await reader.press(*["backspace"] * 6)
        await rows_are(reader, matching(""))


async def test_the_newest_wins(explorer, matching):
    async with explorer() as reader:
        reader.app.explorer.search.focus()
        for query in ("o", "oi", "oil", "lamp", "la", "storm", "storms", "money", "mon", "ferr", "ferry"):
            reader.app.explorer.search.value = query  # faster than any fingers: no answer comes in between
        await rows_are(reader, matching("ferry"))
        assert "“ferry”" in reader.seen("#status")
        chips = reader.app.explorer.chips
        await reader.until(lambda: chips.counts["keep"] == len(matching("ferry", stances=("keep",))))


@pytest.mark.parametrize(
    ("bad", "why"), [("colour:red", "there is no field “colour”"), ("date:[x TO 2031]", "no date")]
)
async def test_what_cannot_be_understood_keeps_the_last_good_rows_and_says_why(explorer, matching, bad, why):
    async with explorer() as reader:
        await reader.press("slash")
        await reader.type("oda")
        await rows_are(reader, matching("oda"))
        good = matching("oda")
        reader.app.explorer.search.value = bad
        await reader.until(lambda: why in reader.seen("#status"))
        assert ids(reader) == good
        await reader.press("enter")
        assert reader.app.focused.id == "search"
        assert why in reader.seen("#status")
        await reader.press("escape")
        assert reader.app.focused.id == "timeline"
        assert reader.app.explorer.search.value == "oda"
        assert "“oda”" in reader.seen("#status")
        await reader.press("1")
        await rows_are(reader, matching("oda", stances=("keep",)))
        await reader.press("escape")
        await rows_are(reader, good)
        await reader.press("escape")
        await rows_are(reader, matching(""))


@pytest.mark.parametrize("size", [(160, 50), (120, 36), (80, 24), (60, 20)])
async def test_enter_says_why_it_stays_and_what_to_do(explorer, matching, size):
    async with explorer(size) as reader:
        await reader.press("slash")
        for bad, why in (
            ("colour:red", "there is no field “colour”; fields are"),
            ('la"mp', "a quotation mark is not closed"),
        ):
            reader.app.explorer.search.value = bad
            await reader.press("enter")
            said = f"mend it, or Esc leaves it: {why}"
            await reader.until(lambda said=said: said in reader.words("#status"))
            assert reader.words("#status").endswith(("id", why)), "all of it can be read"
            assert reader.app.focused.id == "search"
        await reader.press("escape")
        assert reader.app.focused.id == "timeline" and "mend it" not in reader.seen("#status")
        await reader.press("slash")
        reader.app.explorer.search.value = "colour:red"
        await reader.press("enter")
        await reader.until(lambda: "mend it" in reader.seen("#status"))
        reader.app.explorer.search.value = "lamp"
        await reader.press("enter")
        assert reader.app.focused.id == "timeline" and reader.app.explorer.search.value == "lamp"
        await rows_are(reader, matching("lamp"))
        assert "mend it" not in reader.seen("#status")


async def test_rows_and_what_is_said_of_them_are_painted_in_one_frame(explorer, monkeypatch):
    async with explorer((120, 16)) as reader:
        it, said = reader.app.explorer, []
        await reader.press("G")
        await reader.until(lambda: not it.timeline.unpainted and not it.status.unpainted)
        assert it.timeline.scroll_offset.y, "with other rows, all lines of the timeline are others"
        post = it.post_message
        monkeypatch.setattr(it, "post_message", lambda message: said.append(message) or post(message))
        monkeypatch.setattr(it.engine, "ask_soon", lambda request, **_: answer(it.index, request))
        it.filter_stance("keep")
        # Each says at once that it is to be painted: were one to say so later, a frame could come between them.
        assert {"status", "timeline"} <= {update.widget.id for update in said if isinstance(update, Update)}
        await reader.until(lambda: "keep" in reader.seen("#status"))


async def test_the_rows_follow_another_filter_while_the_search_is_not_understood(explorer, matching, monkeypatch):
    async with explorer() as reader:
        it = reader.app.explorer
        await reader.press("slash")
        await reader.type("lamp")
        await rows_are(reader, matching("lamp"))
        it.search.value = "lamp colour:red"
        await reader.until(lambda: "there is no field “colour”" in reader.seen("#status"))
        it.filter_stance("keep")  # as the mouse or the palette does, while the search has the focus
        await rows_are(reader, matching("lamp", stances=("keep",)))
        assert it.search.value == it.wanted.filter.query == "lamp" and "“lamp”" in reader.seen("#status")
        await reader.until(lambda: "not searched for: there is no field" in reader.seen("#status"))
        await reader.press("escape", "escape")
        await rows_are(reader, matching("lamp"))
        # Keys so fast, or rows so slow, that the search is left before anybody can know that it is not understood.
        monkeypatch.setattr(it.engine, "ask_soon", lambda request, **_: it.engine.ask(request))
        for key in ("slash", *" colour:red", "tab", "1"):
            reader.app.post_message(Key({" ": "space", "slash": "slash"}.get(key, key), key if len(key) == 1 else None))
        await reader.until(lambda: it.wanted.filter.stances == ("keep",))
        await rows_are(reader, matching("lamp", stances=("keep",)))
        assert it.search.value == "lamp" and "not searched for" in reader.seen("#status")
        await reader.press("escape")
        await rows_are(reader, matching("lamp"))
        await reader.press("escape")
        await rows_are(reader, matching(""))


async def test_a_search_without_a_word_says_that_it_looks_for_nothing(explorer, matching):
    async with explorer() as reader:
        await reader.press("slash")
        await reader.type("😀 ★")
        await reader.until(lambda: "“😀 ★” has no word to look for" in reader.seen("#status"))
        assert "all 15" in reader.seen("#status") and ids(reader) == matching("")
        reader.app.explorer.filter_stance("keep")
        await rows_are(reader, matching("", stances=("keep",)))
        assert "5 of 15 · keep · “😀 ★” has no word to look for" in reader.seen("#status")
        reader.app.explorer.search.value = "date:20"
        await reader.until(lambda: "nothing to look for yet in “date:20”" in reader.seen("#status"))
        reader.app.explorer.search.value = "lamp 😀"
        await rows_are(reader, matching("lamp", stances=("keep",)))
        assert "look for" not in reader.seen("#status")


async def test_a_query_mended_is_searched(explorer, matching):
    async with explorer() as reader:
        await reader.press("slash")
        await reader.type("speakr:vane")
        await reader.until(lambda: "did you mean “speaker:”?" in reader.seen("#status"))
        reader.app.explorer.search.value = "speaker:vane"
        await rows_are(reader, matching("speaker:vane"))
        assert "did you mean" not in reader.seen("#status")


async def test_a_beginning_goes_on_to_match_after_enter(explorer, matching):
    """The last word is a beginning while typed; leaving the search must not change what it finds."""
    async with explorer() as reader:
        await reader.press("slash")
        await reader.type("stor")
        await rows_are(reader, matching("stor"))
        await reader.press("enter", "1")
        await rows_are(reader, matching("stor", stances=("keep",)))
        assert ids(reader)


async def test_a_typo_is_tolerated_and_said(explorer):
    async with explorer() as reader:
        await reader.press("slash")
        await reader.type("crattes")
        await reader.until(lambda: "crates-carried" in ids(reader))
        assert "nothing spelt so: one letter may differ" in reader.seen("#status")


async def test_hits_are_marked_in_rows_and_statement(explorer):
    async with explorer() as reader:
        await reader.press("slash")
        await reader.type("ODA oil")
        await reader.press("enter")
        await reader.until(lambda: "brum-2" in ids(reader))
        await reader.go_to("brum-2")
        assert "oil" in marked(reader, "#timeline")
        assert "Oil" in marked(reader, "#statement")
        await reader.press("0")
        await reader.until(lambda: len(ids(reader)) == 15)
        assert marked(reader, "#timeline") == []


async def test_n_goes_from_hit_to_hit(explorer, matching):
    async with explorer() as reader:
        await reader.press("slash")
        await reader.type("lamp")
        await reader.press("enter")
        hits = matching("lamp")
        await rows_are(reader, hits)
        assert len(hits) > 2
        timeline = reader.app.explorer.timeline
        for id in hits[1:]:
            await reader.press("n")
            assert timeline.current.item["id"] == id
        for id in reversed(hits[:-1]):
            await reader.press("N")
            assert timeline.current.item["id"] == id


async def test_leaving_the_search_by_another_way_begins_a_new_step(explorer, matching):
    async with explorer() as reader:
        await reader.press("slash")
        await reader.type("oil")
        await reader.press("tab", "slash", "end")
        await reader.type(" lamp")
        await rows_are(reader, matching("oil lamp"))
        await reader.press("escape", "escape")
        await rows_are(reader, matching("oil"))


async def test_keys_typed_into_the_search_are_letters(explorer):
    async with explorer() as reader:
        await reader.press("slash")
        await reader.type("jkgGqb1204nNxfvrcyemuUB")
        await reader.press("question_mark", "left_square_bracket")
        assert reader.app.explorer.search.value == "jkgGqb1204nNxfvrcyemuUB?["
        assert type(reader.app.screen).__name__ == "Explorer"


async def test_a_hostile_query_is_shown_as_it_is(explorer):
    async with explorer() as reader:
        await reader.press("slash")
        reader.app.explorer.search.value = "[@click=app.quit]x[/] [/]"
        await reader.until(lambda: "[/]" in reader.seen("#status"))
        assert reader.app.is_running


async def test_what_is_typed_right_behind_the_slash_is_letters(explorer):
    """A burst, as over a slow line or from a paste: `b` would bookmark, `e` export, `q` quit."""
    async with explorer() as reader:
        for letter in "/beqm2":
            reader.app.post_message(Key(letter, letter) if letter != "/" else Key("slash", "/"))
        await reader.until(lambda: reader.app.explorer.search.value == "beqm2", "all of it is in the search field")
        await reader.on("Explorer")
        assert reader.app.explorer.bookmarks == ()
        assert reader.app.explorer.wanted.filter == Filter(query="beqm2")


async def test_keys_that_come_before_the_screen_wait_for_it(explorer, monkeypatch):
    compose = Explorer.compose

    def composing(screen: Explorer) -> Iterator[object]:
        for key in (Key("tab", "\t"), Key("slash", "/"), *(Key(letter, letter) for letter in "oil")):
            screen.app.post_message(key)
        yield from compose(screen)

    monkeypatch.setattr(Explorer, "compose", composing)
    async with explorer() as reader:
        await reader.until(lambda: reader.app.explorer.search.value == "oil", "what was typed is in the search field")
