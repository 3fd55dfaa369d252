"""Every size: nothing breaks, the item under the cursor still shows, and narrow screens show one pane."""

from __future__ import annotations

import pytest
from textual.events import Resize
from textual.geometry import Region, Size

from zeroline.tui.widgets.painted import Painted

SIZES = [(160, 50), (120, 36), (80, 24), (60, 20), (40, 10), (20, 5), (1, 1)]


def cursor_shows(listed) -> bool:
    lines = listed.lines_of(listed.cursor)
    top, height = listed.scroll_offset.y, listed.size.height - listed.HEAD
    return all(top <= line < top + height for line in lines)


def visible_panes(reader) -> list[str]:
    return [name for name in ("speakers", "timeline", "statement") if reader.app.explorer.query_one(f"#{name}").display]


@pytest.mark.parametrize("pane", ["speakers", "timeline", "statement"])
async def test_down_to_one_cell_and_back(explorer, pane):
    async with explorer(SIZES[0]) as reader:
        explorer_screen = reader.app.explorer
        await reader.press("G")
        explorer_screen.query_one(f"#{pane}").focus()
        await reader.press("j", "j")
        for size in [*SIZES, *SIZES[::-1]]:
            await reader.pilot.resize_terminal(*size)
            await reader.until(lambda size=size: reader.app.size == size)
            await reader.press("j", "k")
            if size[1] >= 10:
                for listed in (explorer_screen.timeline, explorer_screen.speakers):
                    if listed.display and listed.size.height:
                        assert cursor_shows(listed), f"{listed.id} at {size}"
            assert reader.app.focused.id == pane
        assert visible_panes(reader) == ["speakers", "timeline", "statement"]


async def test_all_of_the_screen_is_used_and_no_more(explorer):
    async with explorer((40, 10)) as reader:
        for size in ((40, 10), (120, 36), (80, 24), (60, 20), (40, 10)):
            await reader.resize(size)
            for widget in reader.app.screen.walk_children():
                if widget.display and widget.region.area:
                    assert Region(0, 0, *size).contains_region(widget.region), widget
            assert reader.app.explorer.keys.region.bottom == size[1]
            assert "? help" in reader.seen("#keys")


async def test_under_80_columns_one_pane_shows_and_tab_goes_on(explorer):
    async with explorer((60, 20)) as reader:
        assert visible_panes(reader) == ["timeline"]
        for pane in ("statement", "speakers", "timeline"):
            await reader.press("tab")
            assert visible_panes(reader) == [pane]
            assert reader.app.focused.id == pane
        await reader.press("enter")
        assert visible_panes(reader) == ["statement"]


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_from_80_columns_all_panes_show(explorer, size):
    async with explorer(size) as reader:
        assert visible_panes(reader) == ["speakers", "timeline", "statement"]
        await reader.press("tab")
        assert visible_panes(reader) == ["speakers", "timeline", "statement"]


@pytest.mark.parametrize("size", [(60, 20), (20, 5), (1, 1)])
async def test_every_screen_opens_at_every_size(explorer, size):
    async with explorer(size) as reader:
        for key in ("question_mark", "B", "m", "e", "ctrl+p", "ctrl+t"):
            await reader.press(key)
            for other in ((120, 36), (1, 1), size):
                await reader.pilot.resize_terminal(*other)
                await reader.until(lambda other=other: reader.app.size == other)
            for _ in range(3):
                if type(reader.app.screen).__name__ != "Explorer":
                    await reader.press("escape")
            await reader.on("Explorer")


async def test_a_search_can_be_read_while_it_is_typed(explorer):
    async with explorer((20, 5)) as reader:
        for size in ((20, 5), (40, 10), (60, 20)):
            await reader.resize(size)
            await reader.press("slash")
            await reader.type("storms")
            assert "storms" in reader.seen("#search"), size
            await reader.until(lambda: "“storms”" in reader.app.explorer.status.showing)
            await reader.press("enter", "0")
            await reader.until(lambda: not reader.app.explorer.search.value)


@pytest.mark.parametrize("between", [(40, 10), (119, 36)])
async def test_a_terminal_that_is_small_for_a_moment_is_painted_anew(explorer, monkeypatch, between):
    async with explorer((120, 36)) as reader:
        painted = set()
        render = Painted.render_lines

        def rendered(widget, crop):
            if crop.size == widget.outer_size:
                painted.add(widget.id)
            return render(widget, crop)

        monkeypatch.setattr(Painted, "render_lines", rendered)
        for size in (Size(*between), Size(120, 36)):  # both are there before either is taken
            reader.app.post_message(Resize(size, size))
        shown = {"title", "search", "chips", "speakers", "timeline", "statement", "status", "keys"}
        await reader.until(lambda: painted == shown, "all that the terminal has lost is painted")
    reader.app._paint_all()  # as it may come while the program ends
