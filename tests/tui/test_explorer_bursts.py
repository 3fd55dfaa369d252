"""Many keys at once, and panes taller than what is fetched at once: keys go where they belong, and rows come."""

from __future__ import annotations

import asyncio
import json

import pytest
from textual.events import Paste

from zeroline.tui import answering, requests


@pytest.fixture
def many(tmp_path):
    """300 statements, lines of a made-up study."""
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "corpus.toml").write_text(
        '[corpus]\nid = "many"\ntitle = "Many"\nversion = "1"\n\n[[stance]]\nid = "keep"\nlabel = "keep"\nkey = 1\n'
    )
    position = {"stance": "keep", "force": "unconditional", "certainty": "high", "basis": "stated", "rationale": "r"}
    with (folder / "statements.jsonl").open("w") as file:
        for n in range(300):
            line = {
                "id": f"n{n:03}",
                "speaker": {"id": f"p{n % 9}", "name": f"Speaker {n % 9}"},
                "date": f"{1700 + n}",
                "excerpt": f"lamp {'oil' if n % 2 else 'wick'} number {n}",
                "positions": [position] if n % 3 == 0 else [],
            }
            file.write(json.dumps(line) + "\n")
    return folder


def filled(timeline) -> bool:
    """Whether every row that shows is there."""
    top = timeline.scroll_offset.y
    shown = {timeline.item_at(line) for line in range(top, min(top + timeline.size.height - 1, timeline.line_count()))}
    return shown <= {*timeline.rows, None}


async def test_a_tall_pane_is_filled_to_its_end(explorer, many, monkeypatch):
    monkeypatch.setattr(requests, "CHUNK", 16)
    async with explorer((120, 90), corpus=many) as reader:
        it = reader.app.explorer
        await reader.press("G")
        await reader.until(lambda: filled(it.timeline))
        assert it.timeline.current.item["id"] == "n299"
        await reader.until(lambda: it.shown_item() is not None and it.shown_item()["id"] == "n299")
        it.timeline.scroll_to(y=100, animate=False, force=True)
        top = it.timeline.scroll_offset.y
        await reader.until(
            lambda: all(rank in it.timeline.rows for rank in range(top, top + it.timeline.size.height - 1))
        )


async def test_commands_never_take_a_row_that_is_left(explorer, many, monkeypatch):
    async with explorer((120, 36), corpus=many) as reader:
        it = reader.app.explorer
        asked = []
        monkeypatch.setattr(it.engine, "ask_soon", lambda request, **_: asked.append(request))
        await reader.press("G")
        await reader.until(lambda: asked and it.shown_item() is None)
        monkeypatch.undo()
        it._ask_rows(asked[-1])
        await reader.until(lambda: it.shown_item() is not None and it.shown_item()["id"] == "n299")


async def test_keys_right_behind_enter_are_commands(explorer, many):
    async with explorer((120, 36), corpus=many) as reader:
        it = reader.app.explorer
        for key in ("slash", *"oil", "enter", "1"):
            reader.app.post_message(key_of(key))
        await reader.until(lambda: it.wanted.filter.stances == ("keep",))
        assert it.search.value == "oil" and it.wanted.filter.query == "oil"
        await reader.until(lambda: it.timeline.item_count() == 50)


async def test_the_statement_says_no_total_of_a_search_before(explorer, many, monkeypatch):
    """Rows are there before the statement that goes with them."""
    async with explorer((120, 36), corpus=many) as reader:
        it = reader.app.explorer
        assert it.statement.frame_title == "Statement · 1 of 300"
        monkeypatch.setattr(it.engine, "ask", lambda request: None)  # it never comes
        for key in ("slash", *"oil"):
            reader.app.post_message(key_of(key))
        await reader.until(lambda: it.timeline.item_count() == 150)
        assert it.timeline.frame_title == "Timeline · 150 of 300" and it.statement.frame_title == "Statement"


async def test_word_of_a_letter_ago_changes_nothing(explorer, many):
    """The first letter may go through the queues, and the next not: what the first one says comes behind it."""
    async with explorer((120, 36), corpus=many) as reader:
        it = reader.app.explorer
        await reader.press("slash", *"oil")
        await reader.until(lambda: it.timeline.item_count() == 150)
        before = it.wanted.generation
        it.search.post_message(it.search.Changed(it.search, "o"))
        await reader.press("end")
        await reader.until(lambda: not it.search.message_queue_size and not it.message_queue_size)
        assert it.wanted.filter.query == "oil" and it.wanted.generation == before


async def test_esc_twice_leaves_the_search_and_drops_it(explorer, many):
    async with explorer((120, 36), corpus=many) as reader:
        it = reader.app.explorer
        before = it.wanted.generation
        for key in ("slash", *"oil", "escape", "escape"):
            reader.app.post_message(key_of(key))
        await reader.until(lambda: it.wanted.generation >= before + 4)  # three letters, and without them
        await reader.until(lambda: it.timeline.item_count() == 300 and reader.app.focused is it.timeline)
        assert it.search.value == it.wanted.filter.query == ""


async def test_what_was_last_understood_stays_whole(explorer, many, monkeypatch):
    async with explorer((120, 36), corpus=many) as reader:
        it = reader.app.explorer
        for key in ("slash", *"oil zzz:a"):
            reader.app.post_message(key_of(key))
        await reader.until(lambda: "there is no field" in reader.seen("#status"))
        total = it.timeline.item_count()
        assert total == it.index.count(it._shown.wanted, typing=True)
        await reader.until(lambda: sum(it.speakers.counts.values()) == total)
        it.timeline.rows.clear()
        it.timeline.scroll_to(y=max(total - 30, 0), animate=False, force=True)
        it.timeline.tell_need()
        await reader.until(lambda: not total or it.timeline.rows)


def key_of(name: str):
    from textual.events import Key

    names = {"slash": "/", "enter": "\r", "escape": "\x1b", " ": " "}
    return Key({" ": "space", ":": "colon"}.get(name, name), names.get(name, name if len(name) == 1 else None))


@pytest.mark.parametrize(
    ("keys", "value", "stances", "total"),
    [
        ("1/", "", ("keep",), 100),
        ("1/oil", "oil", ("keep",), 50),
        ("G/wickB", "wic", (), 150),
        ("0/oilHx", "xoil", (), 150),
        ("j10/oiBBBwi", "wi", (), 150),
        ("/oilE/wick", "wick", (), 150),
        ("/oilE1/wick", "wick", ("keep",), 50),
        ("/oilE/P", "wick", (), 150),
        ("/oilEj1k1/UwickE1", "wick", ("keep",), 50),
        ("E/wick", "wick", (), 150),
        ("HETTE/wickE1", "wick", ("keep",), 50),
    ],
)
@pytest.mark.parametrize("apart", [None, 1])
async def test_keys_in_one_burst_do_what_they_do_one_by_one(explorer, many, keys, value, stances, total, apart):
    """Messages to the app; or as the driver gives them to it, so many turns of the event loop apart."""
    special = {"T": "tab", "E": "enter", "B": "backspace", "H": "home", "U": "ctrl+u"}
    async with explorer((120, 36), corpus=many) as reader:
        it = reader.app.explorer
        send = reader.app.post_message if apart is None else reader.app.arrived
        for key in keys:
            send(Paste("wick") if key == "P" else key_of(special.get(key, "slash" if key == "/" else key)))
            for _ in range(apart or 0):
                await asyncio.sleep(0)
        await reader.until(lambda: it.search.value == value and it.wanted.filter.query == value, keys)
        await reader.until(lambda: it.wanted.filter.stances == stances)
        await reader.until(lambda: it.timeline.item_count() == total)
        assert reader.app.screen is it


async def test_a_speaker_far_down_stays_in_the_list_when_chosen(explorer, many, monkeypatch):
    monkeypatch.setattr(answering, "SPEAKERS_AT_ONCE", 1)
    monkeypatch.setattr(answering, "EVERYBODY", 1_000)
    monkeypatch.setattr(requests.FacetsRequest.__new__, "__defaults__", (False, 3))
    async with explorer((120, 36), corpus=many) as reader:
        it = reader.app.explorer
        await reader.press("shift+tab", "G")
        await reader.until(lambda: it.speakers.current is not None and it.speakers.cursor == 8)
        last = it.speakers.current["id"]
        await reader.press("enter")
        await reader.until(lambda: it.wanted.filter.speakers == (last,) and it._rest is None)
        await reader.until(lambda: it.speakers.current is not None and it.speakers.current["id"] == last)
        assert "✓" in reader.seen("#speakers")
        await reader.until(lambda: f"Speaker {last[1:]}" in reader.words("#statement"))
        await reader.press("enter")
        await reader.until(lambda: not it.wanted.filter.speakers)


AHEAD = [
    ("2b", "a filter, then the bookmark"),
    ("3Gb", "a filter, its end, the bookmark"),
    ("fb", "another filter"),
    ("/lamp\njb", "a search, its second hit"),
    ("jjjb", "rows further down"),
    ("2v]0b", "a date of what another filter leaves"),
]


@pytest.mark.parametrize("keys", [keys for keys, _ in AHEAD], ids=[what for _, what in AHEAD])
async def test_keys_typed_ahead_act_on_what_they_lead_to(explorer, keys, bookmark_file):
    async def pressed(slowly: bool) -> set[str]:
        bookmark_file.unlink(missing_ok=True)
        async with explorer() as reader:
            it = reader.app.explorer
            if slowly:
                for key in keys:
                    await reader.type(key)
                    await reader.until(lambda: it.focused is it.search or it.settled(True))
            else:
                await reader.type(keys)
            await reader.until(lambda: it.bookmarks)
            return {one.id for one in it.bookmarks}

    assert await pressed(slowly=False) == await pressed(slowly=True)


async def test_no_other_name_stands_out_beside_a_statement(explorer, many, monkeypatch):
    monkeypatch.setattr("zeroline.tui.widgets.speakers.FOLLOWED", 3)  # of the list, so that most are far down it
    monkeypatch.setattr(answering, "SPEAKERS_AT_ONCE", 1)
    async with explorer((120, 36), corpus=many) as reader:
        it = reader.app.explorer
        for id in ("n000", "n001", "n005", "n008"):
            await reader.go_to(id)
            said_by = it.detail.speaker["name"]
            await reader.pilot.pause()
            out = [line for line in reader.seen("#speakers").splitlines() if "▌" in line]
            assert all(said_by in line for line in out), (id, out)
            if it.detail.speaker["ordinal"] in it.speakers.ordinals[:3]:
                assert out
        await reader.press("shift+tab")
        await reader.until(lambda: "▌" in reader.seen("#speakers"))
