"""An export is written whole or not at all, and never over another file unasked."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zeroline.bookmarks import files
from zeroline.bookmarks.model import Bookmark, Snapshot
from zeroline.export import FORMATS, ExportError, Options, Stopped, export_to, write_export


def test_text_is_written_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_export("a\r\n\n“é”\x00\u202e", path, overwrite=False)
    assert path.read_bytes() == "a\r\n\n“é”\x00\u202e".encode()
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]


def test_a_file_that_is_there_is_not_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    path.write_text("mine")
    with pytest.raises(ExportError, match=r"out\.md is there already"):
        write_export("new", path, overwrite=False)
    assert path.read_text() == "mine" and len(list(tmp_path.iterdir())) == 1
    write_export("new", path, overwrite=True)
    assert path.read_text() == "new" and len(list(tmp_path.iterdir())) == 1


def test_what_killed_exports_left_goes_with_the_next(tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    dead = [f".out.md.{child.pid}-0123abcd.tmp", f".out.md.{2**31 - 1}-00000000.tmp"]
    stay = [
        f".out.md.{os.getpid()}-0123abcd.tmp", ".out.md.tmp", ".out.md.7-abc.tmp", f".out.md.{child.pid}-0123abcd.bak",
        f".other.md.{child.pid}-0123abcd.tmp", f".out.md.0{child.pid}-0123abcd.tmp",
    ]  # fmt: skip
    for name in (*dead, *stay):
        (tmp_path / name).write_text("half")
    write_export("whole", path, overwrite=False)
    assert {one.name for one in tmp_path.iterdir()} == {"out.md", *stay}
    assert path.read_text() == "whole"


def test_a_name_taken_at_the_last_moment_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.md"
    write_temp = files.write_temp

    def taken(*args: Any) -> Path:
        temp = write_temp(*args)
        path.write_text("theirs")
        return temp

    monkeypatch.setattr(files, "write_temp", taken)
    with pytest.raises(ExportError, match="there already"):
        write_export("new", path, overwrite=False)
    assert path.read_text() == "theirs" and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("there", [False, True])
def test_a_file_system_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    path = tmp_path / "out.md"
    if there:
        path.write_text("mine")

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    if there:
        with pytest.raises(ExportError, match="there already"):
            write_export("new", path, overwrite=False)
    else:
        write_export("new", path, overwrite=False)
    assert path.read_text() == ("mine" if there else "new") and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = tmp_path / "out.md"
    path.write_text("mine")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os if step == "fsync" else Path, step, full)
    with pytest.raises(ExportError, match=r"out\.md could not be written: no space left"):
        write_export("new", path, overwrite=True)
    assert path.read_text() == "mine" and len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_not_there_and_one_that_is(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="there is no folder"):
        write_export("x", tmp_path / "no" / "out.md", overwrite=False)
    with pytest.raises(ExportError, match="is a folder"):
        write_export("x", tmp_path, overwrite=True)
    with pytest.raises(ExportError, match="could not be written"):
        write_export("x", tmp_path / ("n" * 300), overwrite=False)
    with pytest.raises(ExportError, match=r"U\+DC80"):
        write_export("\udc80", tmp_path / "out.md", overwrite=False)
    assert list(tmp_path.iterdir()) == []


def test_a_device_is_written_to_and_stays_one() -> None:
    write_export("x", Path(os.devnull), overwrite=False)
    assert not Path(os.devnull).is_file()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("old")
    (tmp_path / "link.md").symlink_to("real.md")
    write_export("new", tmp_path / "link.md", overwrite=True)
    assert (tmp_path / "link.md").is_symlink() and (tmp_path / "real.md").read_text() == "new"


def test_a_new_file_has_the_usual_rights(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_export("x", tmp_path / "out.md", overwrite=False)
    finally:
        os.umask(mask)
    assert (tmp_path / "out.md").stat().st_mode & 0o777 == 0o640


MANY = [Bookmark("c", f"i{number}", note="n" * 50) for number in range(450)]
OPTIONS = Options(date(2025, 3, 1))


def test_an_export_says_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    told: list[int] = []
    export_to(tmp_path / "a.jsonl", FORMATS["jsonl"], iter(MANY), OPTIONS, overwrite=False, tell=told.append)
    assert told == [0, 200, 400]
    assert len((tmp_path / "a.jsonl").read_text().splitlines()) == 450

    def stop(done: int) -> None:
        if done:
            raise Stopped

    for name in ("b.jsonl", "a.jsonl"):
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        with pytest.raises(Stopped):
            export_to(tmp_path / name, FORMATS["jsonl"], MANY, OPTIONS, overwrite=True, tell=stop)
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("format", ["jsonl", "csv", "md", "toml", "html", "json"])
def test_bookmarks_are_asked_for_as_they_are_written(format: str) -> None:
    asked = 0

    def marks() -> Iterator[Bookmark]:
        nonlocal asked
        for mark in MANY:
            asked += 1
            yield mark

    pieces = FORMATS[format].pieces(marks(), OPTIONS)
    for _ in range(5):
        next(pieces)
    assert 0 < asked <= 5, "the whole list was read before anything was written"


def test_what_an_export_cannot_do_is_said_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ExportError, match="there is no style “harvard”"):
        event: Any = {"kind": "event", "id": "e", "date": "2000", "topics": [], "places": [], "note": "", "source": {}}
        mark = Bookmark("c", "e", snapshot=Snapshot(event, "T", "1", ""))
        export_to(tmp_path / "a.md", FORMATS["md"], [mark], Options(OPTIONS.accessed, "harvard"), overwrite=False)
    with pytest.raises(ExportError, match=r"a\.jsonl: the text holds U\+D800, half of a character"):
        export_to(tmp_path / "a.jsonl", FORMATS["jsonl"], [Bookmark("c", "\ud800")], OPTIONS, overwrite=False)
    monkeypatch.setattr("zeroline.export.formats.find_spec", lambda name: None)
    with pytest.raises(ExportError, match="Excel is written by XlsxWriter, which is not installed"):
        export_to(tmp_path / "a.xlsx", FORMATS["xlsx"], MANY, OPTIONS, overwrite=False)
    assert list(tmp_path.iterdir()) == []
