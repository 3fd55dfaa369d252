"""How the explorer stands very many bookmarks: how long they take to load, and the longest that the screen stood still.

    python tests/benchmarks/many_bookmarks.py [--bookmarks 100000]

The screen's thread is asked to wake every ten milliseconds; a stall is how much later than that it woke.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SMALL = Path(__file__).parents[1] / "fixtures" / "corpora" / "small"


def fill(path: Path, number: int) -> None:
    """A file of so many bookmarks, each like one on a statement of the small corpus."""
    from datetime import UTC, datetime

    from zeroline.bookmarks import codec
    from zeroline.bookmarks.model import bookmark_of
    from zeroline.cli.session import context_of
    from zeroline.index import cache

    index = cache.build(SMALL)
    row = index.get("brum-3")
    assert row is not None
    made = bookmark_of(row.item, context_of(index), datetime(2031, 8, 1, tzinfo=UTC), "Who pays?", ["money"])
    text = codec.render_bookmark(made)
    blocks = (text.replace('id = "brum-3"', f'id = "made-{n}"', 1) for n in range(number))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{codec.HEADER}format = 1\n\n" + "\n".join(blocks) + "\n# end\n", encoding="utf-8")


async def measure(number: int) -> None:
    """Open the explorer on them and use the bookmarks screen."""
    from textual.events import Key

    from zeroline.tui.app import ZerolineApp
    from zeroline.tui.engine import Engine

    stall = 0.0

    async def watch() -> None:
        nonlocal stall
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.01)
            stall = max(stall, time.perf_counter() - before - 0.01)

    engine = Engine(SMALL)
    engine.start()
    app = ZerolineApp(engine)
    async with app.run_test(size=(120, 36)):

        async def until(came_about: Callable[[], object]) -> None:
            while not came_about():
                await asyncio.sleep(0.01)

        async def step(words: str, do: Callable[[], object], came_about: Callable[[], object]) -> None:
            nonlocal stall
            await asyncio.sleep(0.3)
            stall, began = 0.0, time.perf_counter()
            do()
            await until(came_about)
            took = time.perf_counter() - began
            await asyncio.sleep(0.3)
            print(f"{words:44} {took:7.2f} s, longest stall {1000 * stall:6.0f} ms", flush=True)

        def press(*keys: str) -> Callable[[], object]:
            return lambda: [
                app.post_message(Key(key, {"slash": "/"}.get(key, key if len(key) == 1 else None))) for key in keys
            ]

        watching = asyncio.create_task(watch())
        await until(lambda: app.explorer.detail is not None)
        await step(f"load {number:,} bookmarks", lambda: None, lambda: len(app.explorer.bookmarks) == number)
        await step("B shows them", press("B"), lambda: _rows(app.screen) == number)
        screen = app.screen
        saved = screen.saved
        await step("to the last", press("G"), lambda: saved.cursor == number - 1)
        await step("a page up", press("pageup"), lambda: saved.cursor < number - 1)
        await step("a note saved", lambda: _note(screen), lambda: saved.rows[0].bookmark.note == "changed")
        await step("undone", press("u"), lambda: saved.rows[0].bookmark.note == "Who pays?")
        await step("by stance", press("s", "s"), lambda: saved.headings)
        await step("in your order", press("S", "S"), lambda: not saved.headings)
        await step("the filter", press("slash"), lambda: screen.filter.has_focus)
        await step("a filter typed", press("9", "9", "9"), lambda: 0 < len(saved.rows) < number)
        await step("all of these selected and tagged", lambda: _tag(screen), lambda: "x" in saved.rows[0].bookmark.tags)
        watching.cancel()


def _rows(screen: object) -> int:
    return len(getattr(getattr(screen, "saved", None), "rows", ()))


def _note(screen: object) -> None:
    from zeroline.tui.screens.bookmarks import write_note

    first = screen.bookmarks[0]  # type: ignore[attr-defined]
    screen.keeper.do(lambda store: write_note(store, first, "changed", first.tags))  # type: ignore[attr-defined]


def _tag(screen: object) -> None:
    from zeroline.bookmarks import edits

    keys = [one.key for one in screen.shown()]  # type: ignore[attr-defined]
    screen.keeper.do(lambda store: f"{store.apply(edits.tag(keys, ['x']))}")  # type: ignore[attr-defined]


def main() -> int:
    """Make them in a folder that is thrown away, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bookmarks", type=int, default=100_000)
    number = parser.parse_args().bookmarks
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ZEROLINE_CACHE": f"{folder}/cache", "ZEROLINE_DATA": f"{folder}/data"}
        fill(Path(folder) / "data" / "bookmarks.toml", number)
        asyncio.run(measure(number))
    return 0


if __name__ == "__main__":
    sys.exit(main())
