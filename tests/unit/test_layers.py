"""What may import what: the contracts of import-linter, and what Python in fact loads."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEADLESS = ("corpus", "importing", "index", "bookmarks", "sources", "export", "text", "cli")

IMPORT_ALL = """
import importlib, pkgutil, sys
count = 0
for name in sys.argv[1].split(","):
    package = importlib.import_module(f"zeroline.{name}")
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
        count += 1
print(count, *sorted(sys.modules))
"""

WARM_START = """
import sys
import zeroline.__main__, zeroline.tui.engine, zeroline.tui.app
print(*sorted(sys.modules))
"""


def loaded_by(code: str, *arguments: str) -> list[str]:
    """What a fresh Python prints, in words."""
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_contracts_of_import_linter_hold() -> None:
    linter = shutil.which("lint-imports", path=sysconfig.get_path("scripts"))
    assert linter, "import-linter belongs to the dev extra"
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("package", HEADLESS)
def test_nothing_but_the_screen_imports_textual(package: str) -> None:
    count, *modules = loaded_by(IMPORT_ALL, package)
    assert int(count) > 1, "no module was imported: this test would prove nothing"
    assert f"zeroline.{package}" in modules
    assert [m for m in modules if m.split(".")[0] == "textual" or m.startswith("zeroline.tui")] == []


def test_records_are_a_leaf() -> None:
    modules = loaded_by("import sys, zeroline.records; print(*sys.modules)")
    assert [m for m in modules if m.startswith("zeroline")] == ["zeroline", "zeroline.records"]


def test_the_warm_start_loads_nothing_that_only_a_cold_one_needs() -> None:
    modules = set(loaded_by(WARM_START))
    assert "textual.app" in modules and "zeroline.index.reader" in modules
    assert (
        modules & {"pydantic", "click", "edtf", "tomli_w", "zeroline.corpus.models", "zeroline.index.compile"} == set()
    )
