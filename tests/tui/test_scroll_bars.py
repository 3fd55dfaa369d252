"""The scroll bar is the right edge of a list's frame: it says where one is, is dragged, and goes a page at a click."""

from __future__ import annotations

from zeroline.tui.widgets.scroll_thumb import Thumb


def bar(reader, id: str = "#timeline") -> list[int]:
    """The rows of a pane, frame included, in which its thumb stands."""
    return [y for y, line in enumerate(reader.seen(id).splitlines()) if line.endswith("▐")]


async def test_the_bar_is_dragged_and_clicked(explorer):
    async with explorer((120, 12)) as reader:
        timeline = reader.app.explorer.timeline
        await reader.press("g")
        await reader.until(lambda: timeline.scroll_offset.y == 0)
        edge, rows, last = timeline.outer_size.width - 1, timeline.size.height, timeline.max_scroll_y
        assert last > 3
        thumb = bar(reader)
        assert thumb[0] == 1 and len(thumb) < rows
        cursor = timeline.cursor
        await reader.pilot.mouse_down("#timeline", offset=(edge, 1))
        await reader.pilot.hover("#timeline", offset=(edge, 1 + rows))
        assert timeline.scroll_offset.y == last
        await reader.until(lambda: bar(reader)[-1] == rows)
        await reader.pilot.hover("#timeline", offset=(edge - 30, 1 + rows // 3))  # held wherever it goes
        assert 0 < timeline.scroll_offset.y < last
        await reader.pilot.mouse_up("#timeline", offset=(edge - 30, 1 + rows // 3))
        await reader.pilot.hover("#timeline", offset=(edge, rows))
        held = timeline.scroll_offset.y
        assert 0 < held < last
        await reader.pilot.click("#timeline", offset=(edge, rows))
        assert timeline.scroll_offset.y == min(held + rows, last)
        await reader.pilot.click("#timeline", offset=(edge, 1))
        assert timeline.scroll_offset.y == max(min(held + rows, last) - rows, 0)
        assert timeline.cursor == cursor


async def test_what_shows_whole_has_no_thumb(explorer):
    async with explorer((160, 50)) as reader:
        await reader.until(lambda: reader.app.explorer.timeline.item_count())
        timeline = reader.app.explorer.timeline
        assert timeline.line_count() + 1 <= timeline.size.height
        assert not bar(reader)
        await reader.pilot.click("#timeline", offset=(timeline.outer_size.width - 1, 5))
        assert timeline.scroll_offset.y == 0


async def test_the_thumb_follows_what_is_typed(explorer):
    async with explorer((120, 12)) as reader:
        before = bar(reader)
        await reader.press("slash")
        await reader.type("lamp")
        await reader.until(lambda: "“lamp”" in reader.seen("#status"))
        await reader.until(lambda: bar(reader) != before)
        timeline = reader.app.explorer.timeline
        thumb = timeline.thumb
        assert bar(reader) == [1 + y for y in sorted(thumb.rows)]


def test_a_thumb_is_at_an_edge_only_at_an_end():
    for rows in range(1, 12):
        for lines in range(0, 90, 7):
            thumbs = [Thumb.of(rows, lines, first) for first in range(max(lines - rows, 0) + 1)]
            if lines <= rows:
                assert thumbs == [Thumb(0, 0)]
                continue
            assert all(t.top >= 0 and t.long >= 1 and t.top + t.long <= rows for t in thumbs)
            assert [t.top for t in thumbs] == sorted(t.top for t in thumbs)
            if rows - thumbs[0].long > 1:
                assert [n for n, t in enumerate(thumbs) if t.top == 0] == [0]
                assert [n for n, t in enumerate(thumbs) if t.top + t.long == rows] == [len(thumbs) - 1]
            for first, thumb in enumerate(thumbs):
                at = thumb.line_at(thumb.top, rows, lines)
                assert Thumb.of(rows, lines, at).top in (thumb.top - 1, thumb.top, thumb.top + 1), (first, thumb)
            assert thumbs[0].line_at(-5, rows, lines) == 0
            if rows > thumbs[0].long:
                assert thumbs[0].line_at(rows + 5, rows, lines) == lines - rows
