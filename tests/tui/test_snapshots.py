"""What the screen looks like, as SVG, at three sizes: dark, light and without colour.

After a change that is meant: look at the report (``snapshot_report.html``), then ``pytest --snapshot-update``.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from textual.pilot import Pilot

from zeroline.bookmarks.store import BookmarkStore
from zeroline.cli.session import context_of
from zeroline.index import cache
from zeroline.sources import attached
from zeroline.tui.app import ZerolineApp
from zeroline.tui.engine import Engine

ROOT = Path(__file__).resolve().parents[2]
SMALL = ROOT / "tests" / "fixtures" / "corpora" / "small"
NOW = datetime(2031, 8, 1, 12, 0, tzinfo=UTC)
SIZES = [(60, 20), (80, 24), (120, 36)]
LOOKS = {"dark": {}, "light": {"ZEROLINE_THEME": "light"}, "no-color": {"NO_COLOR": "1"}}

Compare = Callable[..., bool]
Look = Callable[[str], ZerolineApp]


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("zeroline_screenshots", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


pictures = _load(ROOT / "screenshots" / "make.py")


@pytest.fixture
def look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Look:
    """Makes the app in a look, on the small made-up corpus with one bookmark, on a day that does not end."""
    for name in ("ZEROLINE_THEME", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ZEROLINE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("ZEROLINE_DATA", str(tmp_path / "data"))
    for module in pictures.ASK_FOR_THE_DATE:
        monkeypatch.setattr(f"{module}.date", pictures.Today)
    index = cache.build(SMALL)
    attached.open(SMALL)  # at hand when the explorer asks: the passages come before the screen is at rest
    store = BookmarkStore(tmp_path / "data" / "bookmarks.toml", clock=lambda: NOW)
    row = index.get("brum-3")
    assert row is not None
    store.add(row.item, context_of(index), "Who pays for the glass?", ["money"])

    def make(name: str) -> ZerolineApp:
        for variable, value in LOOKS[name].items():
            monkeypatch.setenv(variable, value)
        engine = Engine(SMALL)
        engine.start()
        app = ZerolineApp(engine)
        app.animation_level = "none"
        return app

    return make


def after(*keys: str) -> Callable[[Pilot[Any]], Any]:
    """Keys to press, and then to wait for the screen to come to rest; ``@id`` goes down to a statement."""

    async def press(pilot: Pilot[Any]) -> None:
        await pictures.press(pilot, *keys)
        await pictures.settled(pilot)

    return press


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_explorer(snap_compare: Compare, look: Look, size: tuple[int, int], name: str) -> None:
    assert snap_compare(look(name), terminal_size=size, run_before=after("@brum-3"))


def test_statement_alone_on_a_narrow_screen(snap_compare: Compare, look: Look) -> None:
    assert snap_compare(look("dark"), terminal_size=(60, 20), run_before=after("@brum-3", "tab"))


def test_search(snap_compare: Compare, look: Look) -> None:
    assert snap_compare(look("dark"), terminal_size=(120, 36), run_before=after("slash", *"lamp", "enter", "1"))


def test_bookmarks(snap_compare: Compare, look: Look) -> None:
    assert snap_compare(look("dark"), terminal_size=(80, 24), run_before=after("B"))


def test_help(snap_compare: Compare, look: Look) -> None:
    assert snap_compare(look("light"), terminal_size=(80, 24), run_before=after("question_mark"))


def test_reader(snap_compare: Compare, look: Look) -> None:
    assert snap_compare(look("dark"), terminal_size=(120, 36), run_before=after("@brum-3", "o", "n"))


def test_pictures_of_the_readme_are_what_the_app_shows() -> None:
    made = pictures.make()
    shown = {file.stem: file.read_text(encoding="utf-8") for file in (ROOT / "screenshots").glob("*.svg")}
    assert made.keys() == shown.keys()
    stale = [name for name in made if made[name] != shown[name]]
    assert stale == [], "run “python screenshots/make.py”"
