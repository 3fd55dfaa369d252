"""The first frame, the three panes and moving in them, with keys and with the mouse."""

from __future__ import annotations

import pytest

from zeroline.index.filter import Filter


def ids(reader) -> list[str]:
    rows = reader.app.explorer.timeline.rows
    return [rows[n].item["id"] for n in sorted(rows)]


def current(reader) -> str:
    return reader.app.explorer.timeline.current.item["id"]


def shown(reader) -> str:
    return " ".join(reader.seen("#statement").replace("│", " ").split())


async def on_speaker(reader, id: str) -> None:
    """Stand on a speaker in their pane."""
    speakers = reader.app.explorer.speakers
    speakers.focus()
    await reader.until(lambda: speakers.has_focus)
    await reader.press("g")
    for _ in range(speakers.item_count()):
        if speakers.current["id"] == id:
            break
        await reader.press("j")
    assert speakers.current["id"] == id


def line_of(reader, widget: str, words: str) -> tuple[int, int]:
    """Where, inside a widget's content, words are shown: column and row."""
    for y, line in enumerate(reader.seen(widget).splitlines()):
        if words in line:
            return line.index(words), y
    raise AssertionError(f"{words!r} is not shown:\n{reader.seen(widget)}")


async def click(reader, widget: str, words: str, times: int = 1) -> None:
    """Click words that a widget shows."""
    await reader.pilot.click(widget, offset=line_of(reader, widget, words), times=times)
    await reader.pilot.pause()


async def test_the_first_frame_shows_speakers_rows_and_a_statement(explorer):
    async with explorer() as reader:
        speakers, timeline = reader.seen("#speakers"), reader.seen("#timeline")
        for name in ("Oda Brûm “Лампа”", "Ilko Soliany", "Tessaly Vane", "Perrin Quill “[/]”"):
            assert name in speakers
        assert "Crew" in speakers
        assert "Officials" in speakers
        assert "The lamp is built" in timeline
        assert "Without the light" in timeline
        assert "Gull Harbour: keep, lease or close the lamp?" in reader.seen("#title")
        await reader.until(lambda: "“We carried four hundred crates past that rock in April,” he said" in shown(reader))
        assert "Ilko Soliany" in shown(reader)
        assert "○ no stance taken in these words" in shown(reader)
        assert reader.app.focused.id == "timeline"
        assert "all 15" in reader.seen("#status")


async def test_tab_goes_round_the_panes(explorer):
    async with explorer() as reader:
        order = []
        for _ in range(4):
            order.append(reader.app.focused.id)
            await reader.press("tab")
        assert order == ["timeline", "statement", "speakers", "timeline"]
        await reader.press("shift+tab")
        assert reader.app.focused.id == "timeline"
        await reader.press("slash")
        assert reader.app.focused.id == "search"
        await reader.press("tab")
        assert reader.app.focused.id in ("speakers", "timeline", "statement")


async def test_keys_move_through_every_item_and_never_stand_on_a_heading(explorer):
    async with explorer() as reader:
        timeline = reader.app.explorer.timeline
        await reader.press("g")
        seen = []
        for _ in range(timeline.item_count()):
            assert timeline.item_at(timeline.lines_of(timeline.cursor).start) == timeline.cursor
            seen.append(current(reader))
            await reader.press("j")
        assert seen == ids(reader)
        assert current(reader) == seen[-1]
        for id in reversed(seen):
            assert current(reader) == id
            await reader.press("k")
        assert timeline.cursor == 0


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 12), (40, 9)])
async def test_pages_and_ends(explorer, size):
    async with explorer(size) as reader:
        await reader.until(lambda: reader.app.explorer.speakers.item_count() == 4)
        for pane in ("speakers", "timeline"):
            listed = reader.app.explorer.query_one(f"#{pane}")
            await to(reader, pane)
            last = listed.item_count() - 1
            for key, end in (("G", last), ("g", 0), ("end", last), ("home", 0)):
                await reader.press(key)
                assert listed.cursor == end
                assert cursor_shows(listed)
            for key, end in (("pagedown", last), ("pageup", 0)):
                for _ in range(40):
                    before = listed.cursor
                    await reader.press(key)
                    assert cursor_shows(listed)
                    if listed.cursor == before:
                        break
                assert listed.cursor == end


async def to(reader, pane: str) -> None:
    for _ in range(3):
        if reader.app.focused.id == pane:
            return
        await reader.press("tab")
    assert reader.app.focused.id == pane


def cursor_shows(listed) -> bool:
    lines = listed.lines_of(listed.cursor)
    top, height = listed.scroll_offset.y, listed.size.height - listed.HEAD
    return all(top <= line < top + height for line in lines)


async def test_the_statement_pane_scrolls_and_follows_links(explorer):
    async with explorer((120, 20)) as reader:
        await reader.go_to("brum-1")
        await reader.press("tab")
        pane = reader.app.explorer.statement
        await reader.press("G")
        assert pane.scroll_offset.y == pane.max_scroll_y > 0
        await reader.press("g")
        assert pane.scroll_offset.y == 0
        await reader.press("pagedown")
        assert pane.scroll_offset.y > 0
        await reader.press("pageup", "j", "enter")
        await reader.until(lambda: pane.frame_title == "Speaker", "the link to the speaker")
        assert "Lamp Crew No. 3" in shown(reader)


async def test_a_speaker_under_the_cursor_is_shown_at_once(explorer):
    async with explorer() as reader:
        await reader.press("shift+tab", "g")
        await reader.until(lambda: "Says · 4" in shown(reader), "the profile of the first speaker")
        await reader.press("j")
        await reader.until(lambda: "Says · 2" in shown(reader), "the profile of the next speaker")
        assert "▽ close 1× as a hypothesis" in shown(reader)
        await reader.press("tab")
        await reader.press("j")
        await reader.until(lambda: reader.app.explorer.statement.frame_title.startswith("Statement"))


async def test_enter_on_a_speaker_shows_only_them_and_again_everybody(explorer):
    async with explorer() as reader:
        await on_speaker(reader, "tessaly-vane")
        await reader.press("enter")
        await reader.until(lambda: ids(reader) == ["vane-1", "vane-2"])
        assert "said by Tessaly Vane" in reader.seen("#status")
        assert "✓" in reader.seen("#speakers")
        assert "Oda Brûm" in reader.seen("#speakers")
        await reader.press("enter")
        await reader.until(lambda: len(ids(reader)) == 15)


async def test_a_speaker_whose_row_goes_is_no_longer_shown(explorer):
    async with explorer() as reader:
        await on_speaker(reader, "oda-brum")
        await reader.until(lambda: "Says · 4" in shown(reader))
        await reader.press("3")
        await reader.until(lambda: reader.app.explorer.speakers.item_count() == 2)
        name = reader.app.explorer.speakers.current["name"]
        assert name != "Oda Brûm"
        await reader.until(lambda: name in shown(reader), f"the profile of {name}")


async def test_no_statement_is_shown_that_does_not_match(explorer):
    async with explorer() as reader:
        await reader.go_to("brum-1")
        await reader.press("slash")
        await reader.type("zzzzzz")
        await reader.until(lambda: reader.app.explorer.timeline.item_count() == 0)
        await reader.press("escape", "b", "y", "m")
        assert type(reader.app.screen).__name__ == "Explorer"
        assert reader.app.explorer.shown_item() is None
        assert "the lamp stays lit" not in reader.seen("#statement")
        assert "of 15" not in reader.app.explorer.statement.frame_title
        await reader.press("escape")
        await reader.until(lambda: len(ids(reader)) == 15)
        await reader.until(lambda: reader.app.explorer.shown_item() is not None)


async def test_click_on_a_row_shows_it_and_a_double_click_goes_there(explorer):
    async with explorer() as reader:
        await click(reader, "#timeline", "Oil grows dear")
        await reader.until(lambda: reader.app.explorer.shown_item()["id"] == "oil-dear")
        assert reader.app.explorer.statement.frame_title.startswith("Event")
        await click(reader, "#timeline", "Two boats are lost", times=2)
        await reader.until(lambda: reader.app.focused.id == "statement")
        await reader.until(lambda: reader.app.explorer.shown_item()["id"] == "boats-lost")


async def test_double_click_on_a_speaker_shows_only_them(explorer):
    async with explorer() as reader:
        await click(reader, "#speakers", "Ilko Soliany")
        await reader.until(lambda: "Says · 2" in shown(reader))
        assert len(ids(reader)) == 15
        await click(reader, "#speakers", "Ilko Soliany", times=2)
        await reader.until(lambda: ids(reader) == ["soliany-1", "soliany-2"])


async def test_click_on_a_chip_a_key_and_a_link(explorer):
    async with explorer((140, 36)) as reader:
        await click(reader, "#chips", "lease")
        await reader.until(lambda: reader.app.explorer.wanted.filter == Filter(stances=("lease",)))
        await reader.until(lambda: set(ids(reader)) == {"brum-3", "vane-1", "vane-2"})
        await click(reader, "#keys", "clear")
        await reader.until(lambda: len(ids(reader)) == 15)
        await reader.go_to("brum-1")
        await click(reader, "#statement", "storms & wrecks")
        await reader.until(lambda: reader.app.explorer.wanted.filter == Filter(topics=("storms",)))
        await click(reader, "#keys", "search")
        assert reader.app.focused.id == "search"


async def test_click_in_the_strip_narrows_the_dates(explorer):
    async with explorer() as reader:
        timeline = reader.app.explorer.timeline
        await click(reader, "#timeline", "█")
        await reader.until(lambda: timeline.item_count() < 15)
        wanted = reader.app.explorer.wanted.filter
        assert wanted.since and wanted.until
        assert timeline.item_count() > 0
        assert "from " in reader.seen("#status")


async def test_the_wheel_scrolls(explorer):
    async with explorer((120, 14)) as reader:
        timeline = reader.app.explorer.timeline
        await reader.press("g")
        assert timeline.max_scroll_y > 3
        timeline.action_scroll_down()
        before = reader.seen("#timeline")
        from textual import events

        down = events.MouseScrollDown(timeline, 5, 5, 0, 1, 0, False, False, False, 5, 5)
        timeline.post_message(down)
        await reader.until(lambda: timeline.scroll_offset.y > 1)
        assert reader.seen("#timeline") != before
        assert timeline.cursor == 0
        await reader.press("j")
        assert cursor_shows(timeline)


async def test_n_and_shift_n_from_any_pane(explorer):
    async with explorer() as reader:
        first = current(reader)
        for pane in ("timeline", "statement", "speakers"):
            await to(reader, pane)
            await reader.press("n")
            second = current(reader)
            assert second != first
            await reader.until(lambda id=second: reader.app.explorer.detail.row.item["id"] == id)
            await reader.press("N")
            await reader.until(lambda: reader.app.explorer.detail.row.item["id"] == first)


async def test_dots_of_an_excerpt_never_stand_alone(explorer):
    async with explorer() as reader:
        await reader.go_to("vane-2")
        statement = reader.app.explorer.statement
        excerpt = next(part for part in statement._parts if part.text.plain.startswith("… a lease"))
        for width in range(10, 50):
            lines = [line.plain.strip() for line in statement._cut(excerpt, width)]
            assert " ".join(lines) == "… a lease was being drawn up …" and lines[-1].endswith("up …")
            assert all(len(line) < width for line in lines)
