"""Whatever fails, the bookmark file is the old one or the new one, whole, and the message is for people."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zeroline.bookmarks import codec, disk, files, lock
from zeroline.bookmarks.model import Bookmark
from zeroline.bookmarks.store import BookmarkError, BookmarkStore


@pytest.fixture(autouse=True, params=[codec.LONG, 0], ids=["short", "long"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as a whole, and block by block as a long file is."""
    monkeypatch.setattr(codec, "LONG", request.param)


@pytest.fixture
def store(tmp_path: Path) -> BookmarkStore:
    store = BookmarkStore(tmp_path / "bookmarks.toml")
    for id in ("a", "b"):
        store.restore(Bookmark("c", id), 9)
    return store


def failing(code: int, when: Callable[..., bool] = lambda *_: True, then: Any = None) -> Callable[..., Any]:
    def fail(*args: Any, **kwargs: Any) -> Any:
        if when(*args):
            raise OSError(code, os.strerror(code))
        return then(*args, **kwargs)

    return fail


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "a disk without hard links"])
def test_a_full_disk_at_any_step_leaves_the_old_file(
    store: BookmarkStore, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    """Every call to the system that a write makes fails once, in turn, as on a full or failing disk."""
    content = store.path.read_bytes()
    names = {path.name for path in store.path.parent.iterdir()}
    calls = 0
    fail_at: int | None = None

    def wrap(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls - 1 == fail_at:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*args, **kwargs)

        return call

    real_write_temp = files.write_temp
    monkeypatch.setattr(os, "fsync", wrap(os.fsync))
    monkeypatch.setattr(Path, "replace", wrap(Path.replace))
    monkeypatch.setattr(files, "write_temp", wrap(real_write_temp))
    monkeypatch.setattr(Path, "mkdir", wrap(Path.mkdir))
    monkeypatch.setattr(os, "link", wrap(os.link) if links else failing(errno.EPERM))

    store.restore(Bookmark("c", "counted"), 9)
    steps = calls
    store.remove("c", "counted")
    content = store.path.read_bytes()
    names = {path.name for path in store.path.parent.iterdir()}
    assert steps >= 7
    failed = 0
    for step in range(steps):
        calls, fail_at = 0, step
        try:
            store.restore(Bookmark("c", "new"), 9)
        except BookmarkError as error:
            failed += 1
            assert "nothing was changed: no space left" in str(error) and str(store.path) in str(error)
            assert store.path.read_bytes() == content
        fail_at = None
        assert {path.name for path in store.path.parent.iterdir()} <= names, "a temp file was left behind"
        assert [one.id for one in BookmarkStore(store.path).load()][:2] == ["a", "b"]
        if store.path.read_bytes() != content:
            store.remove("c", "new")
            content = store.path.read_bytes()
    # All but the fsync of the folder, when the new file is there, whole, and the hard link, which a copy replaces.
    assert failed == steps - (2 if links else 1)
    assert not list(store.path.parent.rglob("*.tmp"))
    store.restore(Bookmark("c", "new"), 9)
    assert [one.id for one in store.load()] == ["a", "b", "new"]


def test_a_failed_change_can_be_made_again_and_is_not_in_the_history(
    store: BookmarkStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing(errno.EIO))
        with pytest.raises(BookmarkError):
            store.remove("c", "a")
        with pytest.raises(BookmarkError):
            store.undo()
    assert [one.id for one in store.load()] == ["a", "b"]
    assert store.undo() == "restored the bookmark on b"


def test_a_crash_while_writing_leaves_the_old_file(store: BookmarkStore, monkeypatch: pytest.MonkeyPatch) -> None:
    before = store.path.read_bytes()

    def die(temp: Path, path: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(files, "rename", die)
        with pytest.raises(KeyboardInterrupt):
            store.remove("c", "a")
    assert store.path.read_bytes() == before and not list(store.path.parent.glob(".*.tmp"))
    assert store.remove("c", "a") is not None


def test_what_a_killed_process_left_is_swept(store: BookmarkStore) -> None:
    left = store.path.with_name(".bookmarks.toml.1234-abcd.tmp")
    left.write_text("half")
    (other := store.path.with_name(".other.toml.1-a.tmp")).write_text("not ours")
    store.remove("c", "a")
    assert not left.exists() and other.exists()


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC, errno.ENOLCK])
def test_a_folder_that_cannot_be_written_can_still_be_read(
    store: BookmarkStore, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    before = store.path.read_bytes()
    monkeypatch.setattr(os, "open", failing(code, lambda path, *_: str(path).endswith(".lock"), os.open))
    with pytest.raises(BookmarkError, match="cannot be written, so nothing was changed") as caught:
        store.remove("c", "a")
    assert caught.value.mend and "\n" not in str(caught.value)
    assert store.path.read_bytes() == before and len(BookmarkStore(store.path).load()) == 2


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "bookmarks.toml").mkdir()
    with pytest.raises(BookmarkError, match="folder where the bookmark file should be"):
        BookmarkStore(tmp_path / "bookmarks.toml").load()


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    store = BookmarkStore(tmp_path / "data" / "bookmarks.toml")
    with pytest.raises(BookmarkError, match=r"data.bookmarks\.toml: cannot be"):
        store.restore(Bookmark("c", "a"), 0)


@pytest.mark.parametrize(
    "data",
    [
        b"[[bookmark]\n",
        b"format = 2\n",
        b"\xff\xfe",
        b"format = 1\n\0\0",
        b"<<<<<<< a\n",
        b"[[bookmark]]\nid = 3\n",
        b"bookmark = 1",
    ],
)
def test_a_file_that_cannot_be_read_is_never_written_over(tmp_path: Path, data: bytes) -> None:
    store = BookmarkStore(tmp_path / "bookmarks.toml")
    store.restore(Bookmark("c", "a"), 0)
    store.path.write_bytes(data)
    changes: list[Callable[[], object]] = [
        store.load,
        lambda: store.restore(Bookmark("c", "b"), 0),
        lambda: store.remove("c", "a"),
        lambda: store.edit("c", "a", note="n"),
        lambda: store.move("c", "a", 0),
        store.undo,
    ]
    for change in changes:
        with pytest.raises(BookmarkError, match=r"bookmarks\.toml"):
            change()
        assert store.path.read_bytes() == data
    assert not list(tmp_path.glob("*.bak*"))


def test_a_file_of_no_bytes_is_damage_and_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "bookmarks.toml").write_bytes(b"")
    store = BookmarkStore(tmp_path / "bookmarks.toml")
    for attempt in (store.load, lambda: store.restore(Bookmark("c", "a"), 0)):
        with pytest.raises(BookmarkError, match=r"0 bytes.*; delete the empty file to begin anew"):
            attempt()
        assert store.path.read_bytes() == b""
    (tmp_path / "bookmarks.toml").write_bytes(b"\n")  # by hand: nothing yet
    store.restore(Bookmark("c", "a"), 0)
    store.remove("c", "a")
    assert len(store.load()) == 0
    (tmp_path / "bookmarks.toml").write_bytes(b"")
    with pytest.raises(BookmarkError, match="zeroline bookmarks restore"):
        store.load()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such pipes here")
def test_a_pipe_in_the_place_of_the_file_is_named_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "bookmarks.toml")
    with pytest.raises(BookmarkError, match="there is a pipe or a device"):
        BookmarkStore(tmp_path / "bookmarks.toml").load()


def test_a_lock_held_too_long_is_said(store: BookmarkStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.05)
    with disk.writing(store.path), pytest.raises(BookmarkError, match="another Zeroline"):
        store.remove("c", "a")
    assert store.remove("c", "a") is not None


ADDER = """
import sys
from pathlib import Path
from zeroline.bookmarks.model import Bookmark
from zeroline.bookmarks.store import BookmarkStore
store = BookmarkStore(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(12):
    store.restore(Bookmark("c", f"{sys.argv[2]}-{number}"), 0)
"""


def test_two_processes_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.toml"
    BookmarkStore(path).restore(Bookmark("c", "shared"), 0)
    adders = [
        subprocess.Popen(
            [sys.executable, "-c", ADDER, str(path), name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for name in ("left", "right")
    ]
    for adder in adders:
        assert adder.stdout and adder.stdout.readline() == "ready\n"
    for adder in adders:
        adder.communicate("go\n", timeout=60)
        assert adder.returncode == 0
    expected = {f"{name}-{number}" for name in ("left", "right") for number in range(12)} | {"shared"}
    assert BookmarkStore(path).ids("c") == expected


def test_two_threads_lose_nothing(tmp_path: Path) -> None:
    store = BookmarkStore(tmp_path / "bookmarks.toml")

    def add(name: str) -> None:
        for number in range(8):
            store.restore(Bookmark("c", f"{name}-{number}"), 0)

    threads = [threading.Thread(target=add, args=(name,)) for name in ("left", "right")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(codec.parse(store.path.read_bytes(), store.path).bookmarks) == 16
