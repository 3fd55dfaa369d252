"""zeroline bookmarks export and import: formats, styles, losses, the balance, and back again."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from zeroline.bookmarks.store import BookmarkStore
from zeroline.text.dates import in_words


@pytest.fixture
def marked(run, environment):
    """The bookmark file, with three bookmarks in it."""
    assert run("bookmarks", "add", "brum-3", "vane-1", "--note", "n", "--tag", "lead").exit_code == 0
    assert run("bookmarks", "add", "lamp-dark", "--collection", "Shelf").exit_code == 0
    return Path(environment["ZEROLINE_DATA"]) / "bookmarks.toml"


def test_a_style(run, marked):
    pytest.importorskip("citeproc")
    done = run("bookmarks", "export", "--style", "apa", "--tag", "lead")
    assert done.exit_code == 0 and done.stdout.count(" as cited in ") == 2
    assert "(small), version 1.0, accessed" in done.stdout
    done = run("bookmarks", "export", "--style", "mla", "--format", "toml")
    assert "--style mla changes nothing: TOML has no citations of its own" in done.stderr
    assert run("bookmarks", "export", "--style", "harvard").exit_code == 2


def test_what_is_not_installed_is_named_before_anything_is_written(run, marked, tmp_path, monkeypatch):
    monkeypatch.setattr("zeroline.export.formats.find_spec", lambda name: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    done = run("bookmarks", "export", "-o", str(tmp_path / "a.xlsx"))
    assert (done.exit_code, done.stdout) == (1, "") and "pip install 'zeroline[export]'" in done.stderr
    done = run("bookmarks", "export", "--style", "apa")
    assert (done.exit_code, done.stdout) == (1, "") and "pip install 'zeroline[cite]'" in done.stderr
    assert not (tmp_path / "a.xlsx").exists()


def test_losses(run, environment):
    done = run("bookmarks", "export", "--format", "bib", "--losses")
    assert done.exit_code == 0 and done.stdout.startswith("BibTeX (bib) cannot hold:\n")
    assert "  - your note\n" in done.stdout and "written by bibtexparser" in done.stdout
    done = run("bookmarks", "export", "-o", "x.csl.json", "--losses")
    assert done.stdout.startswith("CSL-JSON (csl) cannot hold:")


def test_the_balance_is_said_beside_the_export(run, marked):
    done = run("bookmarks", "export", "--balance", "--format", "json")
    assert done.exit_code == 0 and len(json.loads(done.stdout)) == 3
    assert "Balance with “Gull Harbour" in done.stderr
    assert "Of the speakers for each stance you quote 1 of 2 for keep" in done.stderr
    assert "1 event is not counted: events take no stance." in done.stderr
    one = run("bookmarks", "export", "--balance", "--tag", "lead").stderr
    assert "2 statements of 10 by 2 of 4 speakers." in one


def test_a_collection(run, marked):
    done = run("bookmarks", "export", "--collection", "shelf", "--format", "jsonl")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["lamp-dark"]
    assert json.loads(done.stdout)["collections"] == ["Shelf"]


def test_a_file_that_is_no_text_goes_into_a_pipe_and_into_a_file(process, marked, environment, tmp_path, small):
    done = process("-C", str(small), "bookmarks", "export", "--format", "xlsx")
    assert done.returncode == 0 and "xl/workbook.xml" in ZipFile(io.BytesIO(done.stdout)).namelist()
    done = process("-C", str(small), "bookmarks", "export", "-o", "notes.docx")
    assert done.returncode == 0 and b"3 bookmarks written to notes.docx" in done.stderr
    assert "word/document.xml" in ZipFile(tmp_path / "notes.docx").namelist()
    assert process("-C", str(small), "bookmarks", "export", "-o", "notes.docx").returncode == 1


@pytest.mark.parametrize("ending", ["toml", "json", "jsonl", "jsonld"])
def test_there_and_back_again(run, marked, tmp_path, environment, ending):
    before, bookmarks, file = marked.read_bytes(), BookmarkStore(marked).load(), tmp_path / f"out.{ending}"
    assert run("bookmarks", "export", "-o", str(file)).exit_code == 0
    marked.unlink()
    dry = run("bookmarks", "import", str(file), "--dry-run")
    assert "brum-3, vane-1 and lamp-dark: new here" in dry.stdout and "Nothing is changed" in dry.stderr
    assert not marked.exists()
    done = run("bookmarks", "import", str(file))
    assert done.exit_code == 0 and "“zeroline bookmarks undo” takes it back" in done.stderr
    assert BookmarkStore(marked).load() == bookmarks
    assert ending != "toml" or marked.read_bytes() == before, "the collection’s own table, too"
    assert "nothing is different" in run("bookmarks", "import", str(file)).stdout


def test_an_import_loses_nothing_of_what_is_there(run, marked, tmp_path):
    file = tmp_path / "theirs.json"
    file.write_text(json.dumps([
        {"corpus": {"id": "small"}, "id": "vane-1", "note": "theirs", "tags": ["lead", "new"]},
        {"corpus": {"id": "small"}, "id": "quill-1", "note": "", "tags": []},
    ]))  # fmt: skip
    done = run("bookmarks", "import", str(file))
    assert "quill-1: new here" in done.stdout and "vane-1: with two notes: both are kept" in done.stdout
    assert "only here" not in done.stdout
    found = {one["id"]: one for one in json.loads(run("bookmarks", "list", "--format", "json").stdout)}
    assert list(found) == ["brum-3", "vane-1", "quill-1", "lamp-dark"], "beside its neighbour"
    assert found["vane-1"]["note"] == "n\n\n---\n\ntheirs" and found["vane-1"]["tags"] == ["lead", "new"]


def test_a_file_that_is_not_understood_changes_nothing(run, marked, tmp_path):
    before, file = marked.read_bytes(), tmp_path / "bad.jsonl"
    file.write_text('{"corpus": {"id": "c"}, "id": "i"}\n{"corpus": {"id": "c"}}\n')
    done = run("bookmarks", "import", str(file))
    assert (done.exit_code, done.stdout) == (1, "") and "bad.jsonl:2: `id`: is missing" in done.stderr
    assert run("bookmarks", "import", str(tmp_path / "none.toml")).exit_code == 1
    assert marked.read_bytes() == before


def test_show_cites_in_a_style_as_read_today(run, monkeypatch):
    pytest.importorskip("citeproc")
    today = date.today()
    said = " ".join(run("show", "brum-1").stdout.split())
    assert f"(small), version 1.0, accessed {in_words(today.isoformat())}." in said
    assert "as cited in" in " ".join(run("show", "brum-1", "--style", "apa").stdout.split())
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    done = run("show", "brum-1", "--style", "mla")
    assert (done.exit_code, done.stdout) == (1, "") and "pip install 'zeroline[cite]'" in done.stderr


def test_an_export_never_takes_the_place_of_the_bookmarks_themselves(run, marked, tmp_path):
    before = marked.read_bytes()
    (tmp_path / "soft.toml").symlink_to(marked)
    (tmp_path / "hard.toml").hardlink_to(marked)
    for path in (marked, marked.parent / "." / marked.name, tmp_path / "soft.toml", tmp_path / "hard.toml"):
        for format in ("md", "toml"):
            done = run("bookmarks", "export", "--format", format, "--force", "-o", str(path))
            assert done.exit_code == 1 and "holds your bookmarks themselves; name another file" in done.stderr
            assert marked.read_bytes() == before
