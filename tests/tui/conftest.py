"""The real explorer on a copy of the small corpus, with a data and a cache folder of its own.

Nothing here waits for a time to pass: a reader presses keys and waits until what they do has come about.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")  # read once, when Textual is imported

import pytest
from textual.events import Key
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from zeroline.bookmarks.model import Bookmark
from zeroline.bookmarks.store import BookmarkStore
from zeroline.index import cache, fingerprint, summary
from zeroline.tui.app import ZerolineApp
from zeroline.tui.engine import Engine

SMALL = Path(__file__).parents[1] / "fixtures" / "corpora" / "small"
PATIENCE = 20.0
"""Seconds after which something is taken never to come about."""


class Reader:
    """Somebody at the keyboard of a running explorer."""

    def __init__(self, app: ZerolineApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def until(self, came_about: Callable[[], object], what: str = "") -> None:
        """Wait until a condition holds."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while not came_about():
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"never came about: {what or came_about}; the screen:\n{self.seen()}")
            await asyncio.sleep(0.01)
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text as a terminal sends it: key upon key, with no wait between them."""
        names = {" ": "space", "\n": "enter", "/": "slash", "]": "right_square_bracket", "[": "left_square_bracket"}
        for c in text:
            self.app.post_message(Key(names.get(c, c), None if c == "\n" else c))
        await self.pilot.pause()
        await self.pilot.pause()

    async def resize(self, size: tuple[int, int]) -> None:
        """Give the terminal another size, and wait until the screen on top has it."""
        await self.pilot.resize_terminal(*size)
        await self.until(lambda: self.app.size == size == self.app.screen.size, f"the size {size}")

    async def on(self, screen: str) -> None:
        """Wait until a screen of that class shows."""
        await self.until(lambda: type(self.app.screen).__name__ == screen, f"the screen {screen}")

    async def go_to(self, id: str) -> None:
        """Stand on an item in the timeline."""
        timeline = self.app.explorer.timeline
        await self.press("g")
        rank = next((rank for rank, row in timeline.rows.items() if row.item["id"] == id), None)
        assert rank is not None, f"{id} is in no row at hand"
        for _ in range(rank):
            self.app.post_message(Key("j", "j"))
        await self.until(lambda: timeline.cursor == rank, f"the row of {id}")
        await self.until(lambda: (item := self.app.explorer.shown_item()) and item["id"] == id, f"{id} is shown")

    async def bookmark(self, *ids: str) -> None:
        """Bookmark items, one after another."""
        for id in ids:
            await self.go_to(id)
            await self.press("b")
            await self.until(lambda id=id: id in {b.id for b in self.app.explorer.bookmarks}, f"{id} is bookmarked")

    def seen(self, widget: str | Widget | None = None) -> str:
        """What the whole screen shows, widget by widget, or what one widget shows."""
        if widget is None:
            leaves = [w for w in self.app.screen.walk_children(Widget) if not w.children and w.display and w.size]
            return "\n".join(self.seen(leaf) for leaf in leaves)
        found = self.app.screen.query_one(widget) if isinstance(widget, str) else widget
        strips = found.render_lines(Region(0, 0, *found.outer_size))
        return "\n".join(strip.text for strip in strips)

    def words(self, widget: str | Widget | None = None) -> str:
        """The same on one line, borders left out: what is wrapped reads as it was written."""
        return " ".join(self.seen(widget).translate(dict.fromkeys(map(ord, "│╭╮╰╯─▐"), " ")).split())


Open = Callable[..., AbstractAsyncContextManager[Reader]]


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the small corpus, compiled once for all tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZEROLINE_CACHE", str(tmp_path_factory.mktemp("compiled")))
        return cache.build(SMALL).folder


@pytest.fixture
def home(compiled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own: ``data``, ``cache``, ``small`` (a corpus to change at will) and ``work``, the current.

    The cache has the corpus's index, as if it had been opened before.
    """
    monkeypatch.setenv("ZEROLINE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ZEROLINE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("ZEROLINE_THEME", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    small = Path(shutil.copytree(SMALL, tmp_path / "small"))
    (tmp_path / "work").mkdir()
    # Files of an index are never changed, only replaced; but it says which corpus it is of.
    index = Path(shutil.copytree(compiled, cache.cache_folder(small) / compiled.name, copy_function=os.link))
    about = json.loads((index / summary.FILE).read_text(encoding="utf-8"))
    (index / summary.FILE).unlink()
    (index / summary.FILE).write_text(json.dumps(about | {"folder": str(small.resolve())}), encoding="utf-8")
    cache._swap_in(small, index.name, fingerprint.take(small))
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path


@pytest.fixture
def bookmark_file(home: Path) -> Path:
    return home / "data" / "bookmarks.toml"


@pytest.fixture
def saved(bookmark_file: Path) -> Callable[[], tuple[Bookmark, ...]]:
    """The bookmarks as another program reads them from the file."""
    return lambda: BookmarkStore(bookmark_file).load()


@pytest.fixture
def write_by_hand(bookmark_file: Path) -> Callable[[str], None]:
    def write(text: str) -> None:
        bookmark_file.parent.mkdir(exist_ok=True)
        bookmark_file.write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def explorer(home: Path) -> Open:
    """Opens the explorer on the small corpus, or another folder, and gives its reader once everything shows."""

    @asynccontextmanager
    async def open(
        size: tuple[int, int] = (120, 36), *, ready: bool = True, corpus: Path | None = None
    ) -> AsyncIterator[Reader]:
        engine = Engine(corpus or home / "small")
        engine.start()
        app = ZerolineApp(engine)
        async with app.run_test(size=size) as pilot:
            reader = Reader(app, pilot)
            if ready:
                await reader.until(lambda: app.explorer.detail is not None, "the first statement")
                await reader.until(lambda: app.explorer.keeper is not None, "the bookmarks are opened")
                await reader.until(lambda: app.explorer.copies_known, "the copies are looked for")
            yield reader

    return open


@pytest.fixture
def bookmarks_screen(explorer: Open) -> Open:
    """Opens the explorer, and the bookmarks screen on it once the bookmarks are read."""

    @asynccontextmanager
    async def open(size: tuple[int, int] = (120, 36)) -> AsyncIterator[Reader]:
        async with explorer(size) as reader:
            await reader.press("B")
            await reader.on("BookmarksScreen")
            screen = reader.app.screen
            await reader.until(lambda: screen.bookmarks is not None or screen._trouble, "the bookmarks are read")
            yield reader

    return open
