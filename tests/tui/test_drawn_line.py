"""Lines that are drawn no longer are gone at once: nothing is left for Python's collector, which would hold keys up."""

from __future__ import annotations

import gc
import sys

from rich.segment import Segment
from textual.strip import Strip

from zeroline.tui.widgets.drawn_line import Line


def test_a_line_does_not_hold_itself():
    line = Line([Segment("lamp"), Segment("light")], 9)
    held = sys.getrefcount(line)
    assert line.divide([9]) == [line] and line.divide(iter([9])) == [line]
    assert sys.getrefcount(line) == held
    for cuts in ([4, 9], [2, 6, 9], [9, 12], [3]):
        assert [part.text for part in line.divide(cuts)] == [
            part.text for part in Strip([Segment("lamp"), Segment("light")], 9).divide(cuts)
        ]


async def test_what_was_typed_leaves_no_lines_behind(explorer):
    async with explorer((120, 36)) as reader:
        await reader.press("slash", "l", "a")
        gc.collect()
        gc.disable()
        try:
            await reader.press("m", "p", "backspace", "backspace", "m", "p")
            gc.set_debug(gc.DEBUG_SAVEALL)
            gc.collect()
            left = sum(isinstance(it, Strip) for it in gc.garbage)
        finally:
            gc.set_debug(0)
            gc.garbage.clear()
            gc.enable()
        assert left == 0
