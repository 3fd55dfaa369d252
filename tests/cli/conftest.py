"""What the tests of the command line share: a folder of their own for index and bookmarks, and a way to run it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

Run = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]

SMALL = Path(__file__).resolve().parent.parent / "fixtures" / "corpora" / "small"


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that holds the indexes compiled so far: they are compiled once for all tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def environment(compiled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a run: nothing of the user's own is read or written."""
    for name in ("ZEROLINE_CORPUS", "ZEROLINE_DEBUG", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ZEROLINE_CACHE", str(compiled))
    monkeypatch.setenv("ZEROLINE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("TERM", "xterm-256color")
    return dict(os.environ)


@pytest.fixture
def small() -> Path:
    """The small made-up corpus."""
    return SMALL


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A copy of the small corpus, to be changed."""
    return Path(shutil.copytree(SMALL, tmp_path / "corpus"))


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    """Run the command line in this process, on the small corpus unless ``corpus`` says otherwise."""
    from zeroline.cli.app import zeroline

    def run(*arguments: str, corpus: Path | None = SMALL, **obj: Any) -> Result:
        named = [] if corpus is None else ["-C", str(corpus)]
        return CliRunner().invoke(zeroline, [*named, *arguments], prog_name="zeroline", **obj)

    return run


@pytest.fixture
def process(environment: dict[str, str], tmp_path: Path) -> Process:
    """Run ``python -m zeroline`` as a process of its own, in an empty folder and without a terminal."""

    def process(*arguments: str, env: dict[str, str] | None = None, **more: Any) -> subprocess.CompletedProcess[bytes]:
        more.setdefault("stdout", subprocess.PIPE)
        more.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.run(
            [sys.executable, "-m", "zeroline", *arguments],
            env={**environment, **(env or {})},
            cwd=tmp_path,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
            **more,
        )

    return process
