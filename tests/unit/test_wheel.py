"""The wheel, installed into a clean environment, read-only, and run from another folder.

The wheel is built from the sdist, as an installer without a wheel would do it. The new environment has a site-packages
of its own that holds Zeroline alone, put there by pip; the dependencies come from the running environment through a
``.pth`` file. So the test needs no network and takes seconds, and still proves what matters: nothing of this checkout
is on the path (the ``.pth`` files of an editable install are not read from a folder that a ``.pth`` file adds), so
whatever runs, runs from the wheel. That the dependencies named in it suffice is proved by ``.ci/run``, which installs
them from nothing.
"""

from __future__ import annotations

import email
import json
import os
import re
import stat
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from zeroline import __version__ as VERSION

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).resolve().parents[2]


def call(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(c) for c in command],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist of this checkout."""
    out = tmp_path_factory.mktemp("sdist")
    done = call(sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = out.glob("*.tar.gz")
    return made


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sdist and nothing else."""
    out = tmp_path_factory.mktemp("wheel")
    with tarfile.open(sdist) as archive:
        archive.extractall(out / "unpacked", filter="data")
    (source,) = (out / "unpacked").iterdir()
    done = call(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, source, cwd=out)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A virtual environment with the wheel in it that nobody may write to; gives its folder of programs."""
    home = tmp_path_factory.mktemp("clean")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    inside = {"base": str(home), "platbase": str(home)}
    programs = Path(sysconfig.get_path("scripts", "venv", inside))
    packages = Path(sysconfig.get_path("purelib", "venv", inside))
    pip = [sys.executable, "-m", "pip", "--python", programs / "python"]  # it works on the other environment
    done = call(*pip, "install", "--no-deps", "--no-index", wheel, cwd=home)
    assert done.returncode == 0, done.stdout + done.stderr
    borrowed = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    (packages / "borrowed.pth").write_text("\n".join(borrowed) + "\n", encoding="utf-8")
    files = [packages / "zeroline", *(packages / "zeroline").rglob("*")]
    for path in files:
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    before = sorted(str(p) for p in files)
    yield programs
    after = sorted(str(p) for p in [*(packages / "zeroline").rglob("*"), packages / "zeroline"])
    for path in files:
        path.chmod(path.stat().st_mode | stat.S_IWUSR)
    written = sorted(set(after) - set(before))
    assert [p for p in written if "__pycache__" not in p] == [], "the program wrote into its own package"


@pytest.fixture
def elsewhere(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A folder that has nothing to do with the checkout, and an environment that points nowhere into it."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    env = {k: v for k, v in os.environ.items() if not k.startswith(("ZEROLINE_", "PYTHON", "VIRTUAL_ENV"))}
    env |= {"ZEROLINE_CACHE": str(tmp_path / "cache"), "ZEROLINE_DATA": str(tmp_path / "data"), "PYTHONUTF8": "1"}
    return folder, env


def test_sdist_and_wheel_hold_what_they_should(sdist: Path, wheel: Path) -> None:
    with tarfile.open(sdist) as archive:
        in_sdist = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml", "corpus/kursk/corpus.toml"} <= in_sdist
    assert {"tests/unit/test_wheel.py", ".ci/run", "screenshots/make.py"} <= in_sdist
    with zipfile.ZipFile(wheel) as archive:
        in_wheel = set(archive.namelist())
    package = {p.relative_to(ROOT / "src").as_posix() for p in (ROOT / "src" / "zeroline").rglob("*") if p.is_file()}
    package = {name for name in package if "__pycache__" not in name}
    corpus = {f"zeroline/bundled_corpora/kursk/{p.name}" for p in (ROOT / "corpus" / "kursk").glob("*.toml")}
    assert "zeroline/py.typed" in package and any(name.endswith(".tcss") for name in package) and len(corpus) >= 5
    info = {name for name in in_wheel if name.startswith(f"zeroline-{VERSION}.dist-info/")}
    assert in_wheel - info == package | corpus
    assert f"zeroline-{VERSION}.dist-info/licenses/LICENSE" in info


def test_metadata_is_ready_for_an_index(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        about = email.message_from_bytes(archive.read(f"zeroline-{VERSION}.dist-info/METADATA"))
        starts = archive.read(f"zeroline-{VERSION}.dist-info/entry_points.txt").decode()
    assert (about["Name"], about["Version"], about["License-Expression"]) == ("zeroline", VERSION, "MIT")
    assert about["Requires-Python"] == ">=3.11"
    assert about["Description-Content-Type"] == "text/markdown"
    assert about.get_payload().startswith("# Zeroline\n")
    needed = [r for r in about.get_all("Requires-Dist", []) if "extra ==" not in r]
    assert {"textual", "tantivy", "pydantic"} <= {re.split(r"[^\w-]", r)[0] for r in needed}
    assert [r for r in needed if "<" not in r or ">=" not in r] == [], "a dependency without both bounds"
    assert "zeroline = zeroline.__main__:main" in starts


def test_it_runs_from_the_wheel_and_not_from_the_checkout(
    installed: Path, elsewhere: tuple[Path, dict[str, str]]
) -> None:
    folder, env = elsewhere
    where = "import zeroline, zeroline.corpus.bundled as b; print(zeroline.__file__); print(b.bundled())"
    done = call(installed / "python", "-c", where, cwd=folder, env=env)
    assert done.returncode == 0, done.stderr
    for line in done.stdout.splitlines():
        assert Path(line).is_relative_to(installed.parent), line
    assert len(done.stdout.splitlines()) == 2


@pytest.mark.parametrize("start", [["zeroline"], ["python", "-m", "zeroline"]], ids=["zeroline", "python -m zeroline"])
def test_it_prints_the_overview(start: list[str], installed: Path, elsewhere: tuple[Path, dict[str, str]]) -> None:
    folder, env = elsewhere
    done = call(installed / start[0], *start[1:], cwd=folder, env=env)
    assert done.returncode == 0, done.stderr
    assert "Kursk: hold, trade or withdraw?" in done.stdout
    assert "11 speakers" in done.stdout and "◆ trade" in done.stdout
    assert list(folder.iterdir()) == []


def test_it_prints_records_and_keeps_bookmarks(installed: Path, elsewhere: tuple[Path, dict[str, str]]) -> None:
    folder, env = elsewhere
    done = call(installed / "zeroline", "statements", "--format", "jsonl", cwd=folder, env=env)
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(records) > 40
    assert all(len(r["locator"]["sha256"]) == 64 and r["speaker"]["name"] for r in records if r["locator"])
    chosen = records[0]["id"]
    done = call(installed / "zeroline", "bookmarks", "add", chosen, "--note", "kept", cwd=folder, env=env)
    assert done.returncode == 0, done.stderr
    done = call(installed / "zeroline", "bookmarks", "export", "--format", "json", cwd=folder, env=env)
    assert done.returncode == 0 and chosen in done.stdout and "kept" in done.stdout, done.stderr


def test_info_names_the_places_in_use(installed: Path, elsewhere: tuple[Path, dict[str, str]]) -> None:
    folder, env = elsewhere
    done = call(installed / "zeroline", "info", cwd=folder, env=env)
    assert done.returncode == 0, done.stderr
    assert f"zeroline {VERSION}" in done.stdout
    assert env["ZEROLINE_CACHE"] in done.stdout and env["ZEROLINE_DATA"] in done.stdout
    assert str(Path("bundled_corpora") / "kursk") in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_the_explorer_opens_in_a_terminal(installed: Path, elsewhere: tuple[Path, dict[str, str]]) -> None:
    folder, env = elsewhere
    screen = "\n".join(explored(installed / "zeroline", folder, env | {"TERM": "xterm-256color"}))
    assert "Timeline" in screen and "Zelenskyy" in screen, screen


def explored(program: Path, folder: Path, env: dict[str, str]) -> list[str]:
    """The screen of a program in a pseudo-terminal once the first speaker is on it, or after 30 seconds."""
    import fcntl
    import pty
    import select
    import signal
    import struct
    import termios
    import time

    import pyte

    screen = pyte.Screen(120, 36)
    stream = pyte.ByteStream(screen)
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    process = subprocess.Popen(
        [str(program)], cwd=folder, env=env, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    try:
        end = time.monotonic() + 30
        while time.monotonic() < end and not any("Zelenskyy" in line for line in screen.display):
            if select.select([ours], [], [], 0.2)[0]:
                try:
                    stream.feed(os.read(ours, 65536))
                except OSError:  # it has ended
                    break
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(ours)
    return list(screen.display)
