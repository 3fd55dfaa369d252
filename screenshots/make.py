"""Make the pictures that the README shows, from the real app on the bundled corpus.

    python screenshots/make.py            writes the SVGs beside this file
    python screenshots/make.py --check    only says whether they are up to date (exit code 1 where not)

The same code gives the same bytes: the clock stands still, nothing is animated, the index and the bookmarks are made
anew in a folder that is thrown away, and no variable of the environment has a say.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import re
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch

from textual.pilot import Pilot

from zeroline.bookmarks.store import BookmarkStore
from zeroline.cli.session import context_of
from zeroline.corpus.bundled import bundled
from zeroline.index import cache
from zeroline.tui.app import ZerolineApp
from zeroline.tui.engine import Engine

HERE = Path(__file__).resolve().parent
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
QUIET, LIMIT = 0.25, 20.0
"""Seconds for which the screen must stay the same, and the most to wait for that."""

BOOKMARKS = (
    ("liber-02", "All prisoners for Kursk would be popular.", ("prisoners",)),
    ("melnyk-01", "Prisoners are one use of the chip among others.", ("prisoners", "leverage")),
    ("norman-04", "Only where nothing more can be won.", ("conditions",)),
)

PICTURES: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "explorer": ((120, 36), ("@norman-04",)),
    "search": ((120, 36), ("slash", *"prisoners", "enter", "2")),
    "bookmarks": ((120, 36), ("B",)),
    "export": ((120, 36), ("e", "shift+tab", "right")),
    "small": ((80, 24), ("f", "f", "@norman-06")),
}
"""Each picture's size and the keys that lead to it; ``@id`` goes down to a statement or event."""

ASK_FOR_THE_DATE = tuple(
    f"zeroline.tui.screens.{name}" for name in ("bookmarks_view", "export_fields", "explorer_citing")
)


class Today(date):
    """A calendar that always shows the same day."""

    @classmethod
    def today(cls) -> Today:
        """The day of the pictures."""
        return cls(NOW.year, NOW.month, NOW.day)


async def settled(pilot: Pilot[None]) -> str:
    """The picture once it has stopped changing. Raises TimeoutError where it never does."""
    before, since, began = "", 0.0, asyncio.get_running_loop().time()
    while (now := asyncio.get_running_loop().time()) - began < LIMIT:
        await pilot.pause(0.09)  # drawing the picture is what takes time
        svg = pilot.app.export_screenshot(simplify=True)
        if svg != before:
            before, since = svg, now
        elif now - since > QUIET and pilot.app.screen_stack:
            return svg
    raise TimeoutError("the screen never came to rest")


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Keys, from a screen at rest to a screen at rest. Raises LookupError where ``@id`` is not in the list."""
    await settled(pilot)
    for key in keys:
        if key.startswith("@"):
            if key != keys[0]:
                await settled(pilot)
            await go_down_to(pilot, key[1:])
        else:
            await pilot.press(key)


async def go_down_to(pilot: Pilot[None], id: str) -> None:
    """From the top of the timeline to a statement or event."""
    app = pilot.app
    assert isinstance(app, ZerolineApp)
    await pilot.press("g")
    for _ in range(app.explorer.timeline.item_count()):
        row = app.explorer.timeline.current
        if row is not None and row.item["id"] == id:
            return
        await pilot.press("j")
    raise LookupError(f"{id} is not in the timeline")


async def picture(size: tuple[int, int], keys: tuple[str, ...]) -> str:
    """The screen of the app at a size, after keys, as SVG."""
    engine = Engine(bundled())
    engine.start()
    app = ZerolineApp(engine)
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        await press(pilot, *keys)
        return tidy(await settled(pilot))


def tidy(svg: str) -> str:
    """The SVG with a fixed id, and without what it would fetch from elsewhere: fonts are the reader's own."""
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    svg = re.sub(r"\s*<!-- Generated with .*? -->", "", svg)
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("font-family: Fira Code, monospace", "font-family: 'Fira Code', 'DejaVu Sans Mono', monospace")
    # Some viewers drop a no-break space that begins a text: plain spaces, kept, come out the same everywhere.
    svg = svg.replace("&#160;", " ").replace("<text ", '<text xml:space="preserve" ')
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def keep_bookmarks(folder: Path) -> None:
    """The bookmarks of the pictures, written into the file of a data folder."""
    index = cache.build(bundled())
    store = BookmarkStore(folder / "bookmarks.toml", clock=lambda: NOW)
    for id, note, tags in BOOKMARKS:
        row = index.get(id)
        if row is None:
            raise LookupError(f"the bundled corpus has no {id}")
        store.add(row.item, context_of(index), note, tags)


def make() -> dict[str, str]:
    """All pictures, by name."""
    kept, here = dict(os.environ), Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        try:
            for name in list(os.environ):
                if name.startswith(("ZEROLINE_", "TEXTUAL")) or name == "NO_COLOR":
                    del os.environ[name]
            home = Path(folder) / "home"
            (home / "articles").mkdir(parents=True)
            os.chdir(home / "articles")  # an export says the folder it goes to
            os.environ["HOME"] = str(home)
            os.environ |= {"ZEROLINE_CACHE": f"{folder}/cache", "ZEROLINE_DATA": f"{folder}/data"}
            (Path(folder) / "data").mkdir()
            keep_bookmarks(Path(folder) / "data")
            with contextlib.ExitStack() as calendars:
                for module in ASK_FOR_THE_DATE:
                    calendars.enter_context(patch(f"{module}.date", Today))
                return {name: asyncio.run(picture(*how)) for name, how in PICTURES.items()}
        finally:
            os.chdir(here)
            os.environ.clear()
            os.environ.update(kept)


def main() -> int:
    """Write or check; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; name what would change")
    check = parser.parse_args().check
    old = 0
    for name, svg in make().items():
        file = HERE / f"{name}.svg"
        if check and (not file.exists() or file.read_text(encoding="utf-8") != svg):
            print(f"{file.name} is not what the app shows now")
            old = 1
        elif not check:
            file.write_text(svg, encoding="utf-8")
    return old


if __name__ == "__main__":
    sys.exit(main())
