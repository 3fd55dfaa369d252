"""What can happen to the bookmark file while it is written and in between: every run ends with all acknowledged
bookmarks there, or with the old file untouched and a clear message.

``ZEROLINE_TEST_WRITES=1000`` kills through a thousand writes instead of a hundred.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from zeroline.bookmarks import codec, edits, files
from zeroline.bookmarks.model import Bookmark
from zeroline.bookmarks.store import BookmarkError, BookmarkStore

WRITES = int(os.environ.get("ZEROLINE_TEST_WRITES", "100"))


def tell(capsys: pytest.CaptureFixture[str], words: str) -> None:
    """Counts are printed whether or not the test passes."""
    with capsys.disabled():
        print(f"\n    {words}")


def filled(path: Path, number: int = 3) -> BookmarkStore:
    store = BookmarkStore(path)
    for n in range(number):
        store.restore(Bookmark("c", f"b-{n}", note=f"why {n}"), n)
    return store


# --- killed ------------------------------------------------------------------------------------------------------

# Forks writers that acknowledge every change once it is made, kills each at a random instant, and looks at the file.
# Every hundred writes begin a new file, since reading a longer one after each kill takes longer.
NURSERY = """
import itertools, json, os, random, signal, sys, time
from pathlib import Path
from zeroline.bookmarks import codec
from zeroline.bookmarks.model import Bookmark
from zeroline.bookmarks.store import BookmarkStore

folder, wanted, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(sys.argv[3])
told = {"acknowledged": 0, "unsaid": 0, "kills": 0, "backups": 0, "lost": [], "temps": []}
for number in range(wanted // 100):
    path = folder / str(number) / "bookmarks.toml"
    store = BookmarkStore(path)
    store.restore(Bookmark("c", "first"), 0)
    acknowledged = {"first"}
    for generation in itertools.count():
        store.load()  # what is known of the file is forked too: the writer begins at once
        read, write = os.pipe()
        child = os.fork()
        if not child:
            for n in itertools.count():
                store.restore(Bookmark("c", f"{generation}-{n}", note="why"), 0)
                os.write(write, f"{generation}-{n}\\n".encode())
        os.close(write)
        time.sleep(chance.uniform(0.0, 0.06))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(read) as pipe:
            acknowledged |= set(pipe.read().split())
        told["kills"] += 1
        ids = {one.id for one in store.load()}
        told["lost"] += sorted(acknowledged - ids)
        for backup in store.backups()[:1]:
            codec.parse(backup.path.read_bytes(), backup.path)
        if len(acknowledged) > 100:
            break
    BookmarkStore(path).restore(Bookmark("c", "last"), 0)
    for backup in store.backups():
        codec.parse(backup.path.read_bytes(), backup.path)
    told["acknowledged"] += len(acknowledged) - 1
    told["unsaid"] += len(ids - acknowledged)
    told["backups"] += len(store.backups())
    told["temps"] += [str(temp) for temp in path.parent.rglob("*.tmp")]
print(json.dumps(told))
"""


def test_kill_9_at_random_instants(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", NURSERY, str(tmp_path), str(WRITES), "zero"],
        capture_output=True,
        text=True,
        timeout=3600,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["lost"] == told["temps"] == [] and told["acknowledged"] >= WRITES and told["kills"] >= WRITES // 50
    assert told["unsaid"] <= told["kills"]  # written, and killed before it was said
    tell(
        capsys,
        f"kill -9: {told['kills']} kills, {told['acknowledged']} writes acknowledged, 0 lost; "
        f"{told['backups']} backups, all whole",
    )


# --- several at once ---------------------------------------------------------------------------------------------

EXPLORER = """
import sys
from pathlib import Path
from zeroline.bookmarks.model import Bookmark
from zeroline.bookmarks.store import BookmarkStore
from zeroline.tui.bookmark_worker import Keeper
errors = []
keeper = Keeper(BookmarkStore(Path(sys.argv[1])), lambda kept: errors.append(kept.error) if kept.error else None)
print("ready", flush=True)
sys.stdin.readline()
for n in range(int(sys.argv[3])):
    keeper.do(lambda store, n=n: store.restore(Bookmark("c", f"{sys.argv[2]}-{n}"), 0).id)
    keeper.do(lambda store, n=n: store.edit("c", f"{sys.argv[2]}-{n}", note=f"note {n}").id)
keeper.stop()
print(errors)
"""


def test_two_explorers_and_a_command_line_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, each = tmp_path / "bookmarks.toml", 15
    BookmarkStore(path).restore(Bookmark("c", "shared"), 0)
    explorers = [
        subprocess.Popen(
            [sys.executable, "-c", EXPLORER, str(path), name, str(each)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for name in ("left", "right")
    ]  # fmt: skip
    for explorer in explorers:
        assert explorer.stdout and explorer.stdin and explorer.stdout.readline() == "ready\n"
        explorer.stdin.write("go\n")
        explorer.stdin.flush()
    runs = 0
    while runs < 2 or any(explorer.poll() is None for explorer in explorers):
        command = [sys.executable, "-m", "zeroline", "bookmarks", "tag", "shared", "--add", f"cli-{runs}"]
        done = subprocess.run(
            command, env={**os.environ, "ZEROLINE_DATA": str(tmp_path)}, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        runs += 1
    for explorer in explorers:
        assert explorer.communicate(timeout=60)[0] == "[]\n"
    found = {one.id: one for one in BookmarkStore(path).load()}
    assert len(found) == 2 * each + 1
    assert all(found[f"{name}-{n}"].note == f"note {n}" for name in ("left", "right") for n in range(each))
    assert found["shared"].tags == tuple(f"cli-{n}" for n in range(runs))
    tell(capsys, f"two explorers and a command line at once: {4 * each} and {runs} changes, 0 lost")


# --- nowhere to write --------------------------------------------------------------------------------------------

# Adds bookmarks until the system says no, with a real limit: the size of a file, or the room on a disk.
FULL = """
import resource, sys
from pathlib import Path
from zeroline.bookmarks.model import Bookmark
from zeroline.bookmarks.store import BookmarkError, BookmarkStore
path, limit = Path(sys.argv[1]), int(sys.argv[2])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
store, made = BookmarkStore(path), 0
try:
    for n in range(2000):
        store.restore(Bookmark("c", f"b-{n}", note="x" * 500), n)
        made += 1
except BookmarkError as error:
    print(made)
    print(error)
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("this user may mount no disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def check_full(path: Path, limit: int, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path), str(limit)], capture_output=True, text=True, timeout=120
    )
    made, said = done.stdout.splitlines()
    assert int(made) > 5 and len(BookmarkStore(path).load()) == int(made)
    assert f"nothing was changed: {why}" in said and str(path) in said and "make room" in said
    assert not list(path.parent.rglob("*.tmp"))
    tell(capsys, f"{why}: {made} bookmarks acknowledged, {made} there, the next refused in words")


def test_a_full_disk(small_disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check_full(small_disk / "bookmarks.toml", 0, "no space left on device", capsys)


def test_a_file_that_may_not_grow(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check_full(tmp_path / "bookmarks.toml", 12_000, "file too large", capsys)


@pytest.fixture
def nobody() -> Iterator[None]:
    """Without the rights of the superuser, who may write everywhere."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_folder(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    store = filled(tmp_path / "data" / "bookmarks.toml")
    before = store.path.read_bytes()
    BookmarkStore(store.path).load()  # what has to be imported is: the user without rights may not even read Python
    root = os.getuid() == 0
    closed = [f for f in (tmp_path, *tmp_path.parents) if root and not f.stat().st_mode & 0o001]
    for folder in closed:
        folder.chmod(0o711)  # the user without rights has to come through
    store.path.parent.chmod(0o555)
    store.path.chmod(0o444)
    store.path.with_name("bookmarks.toml.lock").chmod(0o444)
    try:
        request.getfixturevalue("nobody")
        with pytest.raises(BookmarkError, match="cannot be written, so nothing was changed: permission denied"):
            store.remove("c", "b-0")
        assert len(BookmarkStore(store.path).load()) == 3
    finally:
        if root:
            os.seteuid(0)
        store.path.parent.chmod(0o700)
        for folder in closed:
            folder.chmod(0o700)
    assert store.path.read_bytes() == before


# --- damaged -----------------------------------------------------------------------------------------------------

DAMAGE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut in the middle": (lambda data: data[: len(data) // 2], "restore"),
    "cut between two bookmarks": (lambda data: data[: data.rindex(b"[[bookmark]]")], "cut short"),
    "cut to nothing": (lambda data: b"", "held 3 bookmarks; .* restore"),
    "blocks of NULs": (lambda data: data[:-200] + b"\0" * 200, "NUL bytes"),
    "only NULs": (lambda data: b"\0" * len(data), "NUL bytes"),
    "marks of a merge": (
        lambda data: data.replace(b'id = "b-1"', b'<<<<<<< HEAD\nid = "b-1"\n=======\nid = "b-9"\n>>>>>>> theirs'),
        "marks of a merge.* <<<<<<<",
    ),
    "a newer format": (lambda data: data.replace(b"format = 1", b"format = 2"), "newer Zeroline"),
    "another encoding": (lambda data: data.decode().encode("utf-16"), "UTF-16"),
    "a letter of another encoding": (lambda data: data.replace(b"why 1", b"wh\xff 1"), "not UTF-8"),
    "a quotation mark lost": (lambda data: data.replace(b'note = "why 1"', b'note = "why 1'), "not TOML"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_left_alone_and_can_be_replaced(tmp_path: Path, damage: str) -> None:
    store = filled(tmp_path / "bookmarks.toml")
    store.apply(edits.tag([("c", "b-0")], ["last"]))
    change, words = DAMAGE[damage]
    data = change(store.path.read_bytes())
    store.path.write_bytes(data)
    for one in (store, BookmarkStore(store.path)):
        for attempt in (
            one.load,
            lambda one=one: one.remove("c", "b-0"),
            lambda one=one: one.edit("c", "b-1", note=""),
        ):
            with pytest.raises(BookmarkError, match=words) as caught:
                attempt()
            assert str(store.path) in str(caught.value) and "\n" not in str(caught.value) and caught.value.mend
            assert store.path.read_bytes() == data
    before, *_ = store.backups()
    assert len(BookmarkStore(store.path).put_backup(before).bookmarks) == 3
    assert [bookmark.note for bookmark in store.load()] == ["why 0", "why 1", "why 2"]
    assert data in [backup.path.read_bytes() for backup in store.backups()] or not data, "the damaged file is kept too"


def test_a_byte_order_mark_and_windows_line_ends_are_no_damage(tmp_path: Path) -> None:
    store = filled(tmp_path / "bookmarks.toml")
    store.path.write_bytes(b"\xef\xbb\xbf" + store.path.read_bytes().replace(b"\n", b"\r\n"))
    store.edit("c", "b-0", note="changed")
    assert [one.note for one in BookmarkStore(store.path).load()] == ["changed", "why 1", "why 2"]


def test_an_emptied_file_may_be_deleted_to_begin_anew(tmp_path: Path) -> None:
    store = filled(tmp_path / "bookmarks.toml")
    store.path.unlink()
    assert store.load() == ()
    store.restore(Bookmark("c", "new"), 0)
    assert [one.id for one in BookmarkStore(store.path).load()] == ["new"]
    assert max(backup.count() for backup in store.backups()) == 2  # the versions of before are still there


# --- edited by hand meanwhile ------------------------------------------------------------------------------------


def in_place(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def by_rename(path: Path, data: bytes) -> None:
    path.with_name("editor~").write_bytes(data)
    path.with_name("editor~").replace(path)


@pytest.mark.parametrize("save", [in_place, by_rename])
def test_an_edit_by_hand_in_the_midst_of_a_change_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, save: Callable[[Path, bytes], None]
) -> None:
    """The editor saves after the store has read the file and before it has written it; it knows no lock."""
    store = filled(tmp_path / "bookmarks.toml")
    real, times = files.write_temp, 0

    def meanwhile(path: Path, data: bytes, mode: int) -> Path:
        nonlocal times
        times += 1
        if times == 1:
            save(store.path, store.path.read_bytes().replace(b"why 1", b"by hand"))
        return real(path, data, mode)

    monkeypatch.setattr(files, "write_temp", meanwhile)
    store.edit("c", "b-2", note="changed")
    assert [one.note for one in BookmarkStore(store.path).load()] == ["why 0", "by hand", "changed"]
    assert times == 2
    assert store.undo() == "changed the note on b-2"
    assert [one.note for one in store.load()] == ["why 0", "by hand", "why 2"]


def test_an_editor_that_never_stops_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled(tmp_path / "bookmarks.toml")
    real = files.write_temp

    def meanwhile(path: Path, data: bytes, mode: int) -> Path:
        by_rename(store.path, store.path.read_bytes() + b"\n")
        return real(path, data, mode)

    monkeypatch.setattr(files, "write_temp", meanwhile)
    with pytest.raises(BookmarkError, match="keeps writing the file, so nothing was changed"):
        store.edit("c", "b-2", note="changed")
    assert [one.note for one in BookmarkStore(store.path).load()] == ["why 0", "why 1", "why 2"]


def test_two_notes_written_at_once_are_both_kept(tmp_path: Path) -> None:
    store = filled(tmp_path / "bookmarks.toml")
    seen = store.load()[1]
    BookmarkStore(store.path).edit("c", "b-1", note="why 1, by hand", tags=["theirs"])
    made = store.edit("c", "b-1", note="mine", tags=["mine"], base=seen)
    assert made.note == "why 1, by hand\n\n---\n\nmine" and made.tags == ("theirs", "mine")
    assert store.edit("c", "b-1", note=made.note, base=made).note == made.note


def test_a_note_on_what_another_has_removed_brings_it_back(tmp_path: Path) -> None:
    store = filled(tmp_path / "bookmarks.toml")
    seen = store.load()[1]
    BookmarkStore(store.path).remove("c", "b-1")
    assert store.edit("c", "b-1", note="mine", base=seen).note == "mine"
    assert [one.id for one in BookmarkStore(store.path).load()] == ["b-0", "b-2", "b-1"]


def test_undo_leaves_what_another_has_written_in_the_same_note(tmp_path: Path) -> None:
    store = filled(tmp_path / "bookmarks.toml")
    store.edit("c", "b-1", note="mine")
    BookmarkStore(store.path).edit("c", "b-1", note="theirs")
    store.undo()
    assert store.load()[1].note == "theirs"


def test_what_a_change_leaves_alone_stays_as_it_was_written(tmp_path: Path) -> None:
    """Comments and layout within a bookmark that nobody changes stay, to the letter."""
    path = tmp_path / "bookmarks.toml"
    mine = "[[bookmark]]\ncorpus = 'c'\nid = \"b-1\"   # mine\ntags = [\n  'one', # two\n]\nnote = '''\nby\nhand'''\n"
    path.write_text('[[bookmark]]\ncorpus = "c"\nid = "b-0"\n\n' + mine.replace("'c'", '"c"') + "\n[other]\nx = 1\n")
    BookmarkStore(path).edit("c", "b-0", note="n")
    text = path.read_text()
    assert text.count("[other]") == 1 and codec.parse(text.encode(), path).extra == {"other": {"x": 1}}
    path.write_text(text.replace("[other]\nx = 1\n", "") + mine.replace("'c'", '"c"').replace("b-1", "b-2"))
    BookmarkStore(path).edit("c", "b-0", note="again")
    assert mine.replace("'c'", '"c"').replace("b-1", "b-2") in path.read_text()
