"""Collections, tags in bulk, order, versions of before and merging, from the command line."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import pytest

from zeroline.bookmarks.store import BookmarkStore


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bookmarks.toml"


def listed(run, *arguments: str) -> list[str]:
    told = run("bookmarks", "list", "--format", "json", *arguments, corpus=None)
    return [one["id"] for one in json.loads(told.stdout)]


def test_a_bookmark_may_be_in_several_collections_each_with_its_order(run) -> None:
    run("bookmarks", "add", "brum-1", "brum-3", "vane-1", "--collection", "Chapter 2")
    result = run("bookmarks", "add-to", "Reading list", "vane-1", "brum-1")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "2 bookmarks put into “Reading list”\n"
    assert (
        "1 bookmark put into “Chapter 2”; 1 was in it" not in run("bookmarks", "add-to", "chapter 2", "brum-1").stderr
    )
    assert run("bookmarks", "move", "vane-1", "1", "--in", "chapter 2").stderr == "vane-1 is number 1 of 3 now\n"
    assert listed(run, "--collection", "Chapter 2") == ["vane-1", "brum-1", "brum-3"]
    assert listed(run, "--collection", "READING LIST") == ["brum-1", "vane-1"]
    assert listed(run) == ["brum-1", "brum-3", "vane-1"]
    shown = run("bookmarks", "collections", corpus=None).stdout.splitlines()
    assert shown == ["Collection    Bookmarks  Note", "Chapter 2     3", "Reading list  2"]
    assert "Chapter 2, Reading list" in run("bookmarks", "list", corpus=None).stdout
    assert run("bookmarks", "take-from", "Chapter 2", "brum-1").stderr == "1 bookmark taken out of “Chapter 2”\n"
    assert listed(run, "--collection", "Chapter 2") == ["vane-1", "brum-3"]


def test_a_collection_is_described_renamed_and_dissolved(run, file: Path) -> None:
    run("bookmarks", "add", "brum-1", "--collection", "Chapter 2")
    assert run("bookmarks", "collections", "chapter 2", "--note", "*Why*", "--rename", "Chapter 3").exit_code == 0
    assert run("bookmarks", "collections", "Chapter 3").stdout.splitlines()[1] == "Chapter 3   1          *Why*"
    (table,) = tomllib.loads(file.read_text(encoding="utf-8"))["collection"]
    assert table == {"name": "Chapter 3", "note": "*Why*"}
    assert run("bookmarks", "undo").exit_code == 0
    assert run("bookmarks", "collections").stdout.splitlines()[1] == "Chapter 2   1"
    assert (
        "dissolved “Chapter 2”; 1 bookmark stays saved"
        in run("bookmarks", "collections", "Chapter 2", "--delete").stderr
    )
    result = run("bookmarks", "collections")
    assert result.exit_code == 1 and "add-to" in result.stderr and listed(run) == ["brum-1"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["list", "--collection", "Chaptre 2"], 1, "did you mean “Chapter 2”"),
        (["take-from", "Nothing", "brum-1"], 1, "there is no collection “Nothing”"),
        (["take-from", "Chapter 2", "vane-1"], 1, "none of them is in “Chapter 2”"),
        (["add-to", "Chapter 2", "brum-9"], 1, "there is no bookmark on “brum-9”; did you mean"),
        (["add-to", " ", "brum-1"], 2, "needs a name"),
        (["move", "vane-1", "1", "--in", "Chapter 2"], 1, "vane-1 is not in “Chapter 2”"),
        (["collections", "--delete"], 2, "say which collection"),
        (["collections", "Chapter 2", "--delete", "--rename", "x"], 2, "goes with nothing else"),
        (["collections", "Chapter 2", "--rename", "other"], 1, "there is a collection “Other” already"),
        (["tag", "brum-1"], 2, "say which tags"),
        (["tag", "--add", "x"], 2, "say which bookmarks"),
        (["tag", "brum-1", "--all", "--add", "x"], 2, "say which bookmarks"),
        (["restore", "99"], 1, "there are 3 versions"),
        (["restore", "1"], 2, "there is no terminal to ask on: add --yes"),
        (["merge", "nowhere.toml"], 1, "there is no file nowhere.toml"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    arguments: list[str], code: int, said: str, run, file: Path
) -> None:
    run("bookmarks", "add", "brum-1", "--collection", "Chapter 2")
    run("bookmarks", "add", "vane-1", "--collection", "Other")
    run("bookmarks", "tag", "--all", "--add", "a")
    run("bookmarks", "tag", "--all", "--add", "b")
    before = file.read_bytes()
    result = run("bookmarks", *arguments, corpus=None)
    assert (result.exit_code, result.stdout) == (code, "") and said in result.stderr
    assert file.read_bytes() == before


def test_many_are_tagged_in_one_change(run) -> None:
    run("bookmarks", "add", "brum-1", "brum-3", "--tag", "draft")
    run("bookmarks", "add", "vane-1", "--collection", "Chapter 2")
    assert run("bookmarks", "tag", "--tagged", "DRAFT", "--add", "lead", "--remove", "draft").stderr == (
        "2 bookmarks: 2 changed\n"
    )
    assert listed(run, "--tag", "lead") == ["brum-1", "brum-3"]
    run("bookmarks", "tag", "--collection", "Chapter 2", "--add", "lead")
    assert len(listed(run, "--tag", "lead")) == 3
    run("bookmarks", "undo")
    assert "brum-1 and brum-3 changed" in run("bookmarks", "restore").stdout
    assert listed(run, "--tag", "lead") == ["brum-1", "brum-3"]
    run("bookmarks", "tag", "--all", "--remove", "lead")
    assert run("bookmarks", "list", "--tag", "lead").exit_code == 1


def test_orders_and_headings(run) -> None:
    run("bookmarks", "add", "vane-1", "brum-3", "lamp-dark", "brum-1")
    assert listed(run, "--sort", "speaker") == ["brum-3", "brum-1", "vane-1", "lamp-dark"]
    lines = run("bookmarks", "list", "--group", "stance", corpus=None).stdout.splitlines()[1:]
    heads = [line.split("  ")[0] for line in lines]
    assert heads == [
        "keep, without a condition",
        "keep, on a condition, or as a hypothesis",
        "lease, without a condition",
        "lease, on a condition, or as a hypothesis",
        "Events",
    ]
    assert "brum-1" in lines[0] and "brum-3" in lines[1] and "vane-1" in lines[2] and "brum-3" in lines[3]
    topics = run("bookmarks", "list", "--group", "topic", corpus=None).stdout
    assert topics.count("brum-3") >= 1
    assert run("bookmarks", "list", "--group", "date", corpus=None).stdout.splitlines()[0].startswith("Date")


def test_undo_is_one_step_back_and_forth(run) -> None:
    assert "no version before" in run("bookmarks", "undo").stderr
    run("bookmarks", "add", "brum-1")
    run("bookmarks", "add", "vane-1", "--note", "why")
    result = run("bookmarks", "undo", corpus=None)
    assert (result.exit_code, result.stdout) == (0, "") and "1 bookmark now (vane-1 gone)" in result.stderr
    assert listed(run) == ["brum-1"]
    assert "2 bookmarks now (vane-1 back)" in run("bookmarks", "undo", corpus=None).stderr
    assert listed(run) == ["brum-1", "vane-1"]


def test_restore_lists_versions_and_brings_one_back_even_over_a_broken_file(run, file: Path) -> None:
    for id in ("brum-1", "brum-3", "vane-1"):
        run("bookmarks", "add", id)
    shown = run("bookmarks", "restore", corpus=None).stdout.splitlines()
    assert len(shown) == 3 and "vane-1 gone" in shown[1] and "brum-3 and vane-1 gone" in shown[2]
    file.write_bytes(b"\0\0\0")
    result = run("bookmarks", "restore", corpus=None)
    assert result.exit_code == 0 and "NUL bytes" in result.stderr and len(result.stdout.splitlines()) == 3
    result = run("bookmarks", "restore", "1", "--yes", corpus=None)
    assert result.exit_code == 0 and listed(run) == ["brum-1", "brum-3"]
    assert BookmarkStore(file).backups()[0].path.read_bytes() == b"\0\0\0"
    result = run("bookmarks", "restore", "1", "--yes", corpus=None)
    assert result.exit_code == 1 and "NUL bytes" in result.stderr and listed(run) == ["brum-1", "brum-3"]


def test_merge_says_what_it_does(run, file: Path, tmp_path: Path) -> None:
    run("bookmarks", "add", "brum-1", "--note", "mine", "--tag", "a")
    base, theirs = tmp_path / "base.toml", tmp_path / "theirs.toml"
    base.write_bytes(file.read_bytes())
    other = BookmarkStore(theirs)
    theirs.write_bytes(file.read_bytes())
    other.edit("small", "brum-1", note="theirs", tags=["a", "b"])
    run("bookmarks", "add", "vane-1")
    run("bookmarks", "add", "brum-1", "--note", "mine, longer")
    before = file.read_bytes()
    dry = run("bookmarks", "merge", str(theirs), "--base", str(base), "--dry-run", corpus=None)
    assert dry.exit_code == 0 and file.read_bytes() == before and "Nothing is changed" in dry.stderr
    result = run("bookmarks", "merge", str(theirs), "--base", str(base), corpus=None)
    assert result.stdout == dry.stdout == "brum-1: with two notes: both are kept, with a rule between them\n"
    assert "undo" in result.stderr
    (first, second) = BookmarkStore(file).load()
    assert (first.note, first.tags, second.id) == ("mine, longer\n\n---\n\ntheirs", ("a", "b"), "vane-1")
    assert "nothing to merge" in run("bookmarks", "merge", str(theirs), "--base", str(base), corpus=None).stdout
    run("bookmarks", "undo")
    assert BookmarkStore(file).load()[0].note == "mine, longer"
    theirs.write_bytes(b"[[bookmark]")
    result = run("bookmarks", "merge", str(theirs), corpus=None)
    assert result.exit_code == 1 and f"{theirs}:1" in result.stderr
    for spoilt, said in ((before[: len(before) // 2], "cut short"), (before + b"\0", "NUL bytes")):
        theirs.write_bytes(spoilt)
        result = run("bookmarks", "merge", str(theirs), corpus=None)
        assert result.exit_code == 1 and said in result.stderr and "restore" not in result.stderr
        assert result.stderr.endswith("; get the whole file from where it came\n")


def test_merge_says_what_is_no_file(run, file: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("-", str(tmp_path / "pipe"), "/dev/null"):
        result = run("bookmarks", "merge", name, corpus=None)
        assert result.exit_code == 1
        assert result.stderr == f"{name} is a pipe or a device; save what comes out of it in a file, and merge that\n"
    result = run("bookmarks", "merge", str(tmp_path), corpus=None)
    assert result.exit_code == 1 and "is a folder; name the bookmark file in it" in result.stderr


def test_names_that_differ_in_case_alone_are_both_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zeroline.bookmarks.store import BookmarkStore
    from zeroline.cli.bookmark_selection import known_collection
    from zeroline.cli.diagnostics import Failure

    (tmp_path / "b.toml").write_text('[[collection]]\nname = "Ch"\n[[collection]]\nname = "ch"\n')
    with pytest.raises(Failure, match="did you mean “Ch” or “ch”"):
        known_collection(BookmarkStore(tmp_path / "b.toml"), "CH")
