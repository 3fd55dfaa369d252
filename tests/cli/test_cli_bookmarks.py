"""``bookmarks``: saved, listed, exported and removed, without losing anything."""

from __future__ import annotations

import csv
import json
import shutil
import tomllib
from pathlib import Path

import pytest

from zeroline.cli import output


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bookmarks.toml"


def saved(file: Path) -> list[tuple[str, str]]:
    return [(b["id"], b.get("note", "")) for b in tomllib.loads(file.read_text(encoding="utf-8")).get("bookmark", [])]


def test_add_list_remove(run, file: Path) -> None:
    result = run(
        "bookmarks", "add", "brum-3", "lamp-dark", "--note", "compare [sic]", "--tag", "lead", "--tag", "money"
    )
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "bookmarked brum-3\nbookmarked lamp-dark\n"
    assert saved(file) == [("brum-3", "compare [sic]"), ("lamp-dark", "compare [sic]")]
    result = run("bookmarks", "list", corpus=None)
    assert result.exit_code == 0
    assert "“let them have the rooms”" in result.stdout and "compare [sic]" in result.stdout
    assert "lead, money" in result.stdout and "The light on Lamp Rock goes dark" in result.stdout
    assert run("bookmarks", "remove", "brum-3", corpus=None).stderr == "removed the bookmark on brum-3\n"
    assert saved(file) == [("lamp-dark", "compare [sic]")]


def test_list_says_what_a_position_hangs_on(run) -> None:
    run("bookmarks", "add", "brum-3", "brum-1", "soliany-1")
    first, second, third = run("bookmarks", "list", corpus=None).stdout.splitlines()[1:]
    assert "lease: only if the ferry company pays for the glass; otherwise keep · keep: as a hypothesis" in first
    assert "“the lamp stays lit” — keep: said outright" in second
    assert "—" not in third


def test_adding_again_keeps_the_note_unless_there_is_a_new_one(run, file: Path) -> None:
    run("bookmarks", "add", "brum-3", "--note", "first")
    assert "bookmarked already" in run("bookmarks", "add", "brum-3").stderr
    assert saved(file) == [("brum-3", "first")]
    result = run("bookmarks", "add", "brum-3", "--note", "second")
    assert result.stderr == "brum-3 was bookmarked already; note replaced\n"
    assert saved(file) == [("brum-3", "second")]


@pytest.mark.parametrize(
    ("id", "said"),
    [("brum3", "did you mean brum-3"), ("oda-brum", "is the speaker Oda Brûm"), ("!", "no statement or event “!”")],
)
def test_one_that_cannot_be_bookmarked_keeps_all_from_it(id: str, said: str, run, file: Path) -> None:
    result = run("bookmarks", "add", "brum-1", id)
    assert result.exit_code == 1 and said in result.stderr
    assert not file.exists()


def test_unknown_bookmark_keeps_all_from_being_removed(run, file: Path) -> None:
    run("bookmarks", "add", "brum-1", "brum-2")
    result = run("bookmarks", "remove", "brum-1", "brum-3", corpus=None)
    assert result.exit_code == 1 and "there is no bookmark on “brum-3”; did you mean " in result.stderr
    assert len(saved(file)) == 2


def another(corpus: Path) -> Path:
    """The corpus under another id."""
    path = corpus / "corpus.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('id = "small"', 'id = "other"', 1), encoding="utf-8")
    return corpus


def test_two_corpora_with_the_same_ids(run, corpus: Path, file: Path) -> None:
    other = another(corpus)
    run("bookmarks", "add", "brum-1", "--note", "of small")
    run("bookmarks", "add", "brum-1", "--note", "of other", corpus=other)
    both = json.loads(run("bookmarks", "list", "--format", "json", corpus=None).stdout)
    assert [b["note"] for b in both] == ["of small", "of other"]
    assert [b["note"] for b in json.loads(run("bookmarks", "list", "--format", "json", corpus=other).stdout)] == [
        "of other"
    ]
    result = run("bookmarks", "remove", "brum-1", corpus=None)
    assert result.exit_code == 2 and "small/brum-1 or other/brum-1" in result.stderr
    assert run("bookmarks", "remove", "small/brum-1", corpus=None).exit_code == 0
    assert saved(file) == [("brum-1", "of other")]
    assert run("bookmarks", "remove", "brum-1").exit_code == 1  # of small, which has none any more
    assert run("bookmarks", "remove", "brum-1", corpus=other).exit_code == 0


def test_bookmarks_outlive_their_corpus(run, corpus: Path, file: Path) -> None:
    run("bookmarks", "add", "brum-1", "--note", "kept", corpus=another(corpus))
    shutil.rmtree(corpus)
    assert "the lamp stays lit" in run("bookmarks", "list", corpus=None).stdout
    assert "the lamp stays lit" in run("bookmarks", "export", corpus=None).stdout
    assert run("bookmarks", "remove", "brum-1", corpus=None).exit_code == 0


def test_one_written_by_hand_is_completed(run, file: Path) -> None:
    file.parent.mkdir()
    file.write_text('[[bookmark]]\ncorpus = "small"\nid = "quill-2"\nnote = "by hand"\n', encoding="utf-8")
    (told,) = json.loads(run("bookmarks", "list", "--format", "json").stdout)
    assert told["excerpt"] == "I'd light it myself" and told["note"] == "by hand"


def test_one_written_by_hand_of_a_corpus_that_is_not_open_is_listed(run, file: Path) -> None:
    file.parent.mkdir()
    file.write_text('[[bookmark]]\ncorpus = "elsewhere"\nid = "it-1"\nnote = "by hand"\n', encoding="utf-8")
    result = run("bookmarks", "list", corpus=None)
    assert result.exit_code == 0 and "by hand" in result.stdout
    assert "no corpus “elsewhere” is known here" in result.stdout
    said = "1 bookmark of “elsewhere”: no corpus known here has this id; open it once with “zeroline FOLDER”\n"
    assert result.stderr == said


def test_a_corpus_id_with_a_typing_error_is_said_with_the_nearest(run, file: Path) -> None:
    file.parent.mkdir()
    file.write_text('[[bookmark]]\ncorpus = "kursk-2052"\nid = "liber-02"\n', encoding="utf-8")
    for form in ("table", "json"):
        result = run("bookmarks", "list", "--format", form, corpus=None)
        assert result.exit_code == 0
        assert f"no corpus known here has this id; did you mean “kursk-2025”? Mend it in {file}\n" in result.stderr


def test_a_corpus_that_was_opened_once_is_known(run, corpus: Path) -> None:
    path = corpus / "corpus.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('id = "small"', 'id = "once-only"', 1), encoding="utf-8")
    run("bookmarks", "add", "brum-1")
    run("bookmarks", "add", "brum-1", corpus=corpus)
    assert run("bookmarks", "list", corpus=None).stderr == ""
    shutil.rmtree(corpus)
    result = run("bookmarks", "list", corpus=None)
    assert "the lamp stays lit" in result.stdout and "1 bookmark of “once-only”: no corpus known here" in result.stderr
    assert "small" not in result.stderr


def test_file_that_cannot_be_read_is_said_and_left(run, file: Path) -> None:
    file.parent.mkdir()
    file.write_text("[[bookmark]\n", encoding="utf-8")
    for arguments in (["list"], ["add", "brum-1"], ["remove", "brum-1"], ["export"]):
        result = run("bookmarks", *arguments)
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"{file}:1" in result.stderr and len(result.stderr.splitlines()) == 1
    assert file.read_text(encoding="utf-8") == "[[bookmark]\n"
    result = run("show", "brum-1")
    assert result.exit_code == 0 and "the lamp stays lit" in result.stdout and f"{file}:1" in result.stderr


def test_nothing_yet(run, tmp_path: Path) -> None:
    result = run("bookmarks", "list")
    assert (result.exit_code, result.stdout) == (1, "") and "zeroline bookmarks add ID" in result.stderr
    assert json.loads(run("bookmarks", "list", "--format", "json").stdout) == []
    target = tmp_path / "notes.md"
    assert run("bookmarks", "export", "-o", str(target)).exit_code == 1 and not target.exists()
    run("bookmarks", "add", "brum-1", "--tag", "lead")
    result = run("bookmarks", "list", "--tag", "other")
    assert result.exit_code == 1 and "no bookmark has “other”" in result.stderr
    assert run("bookmarks", "list", "--tag", "LEAD").exit_code == 0


def test_export_to_stdout_in_every_format(run) -> None:
    run("bookmarks", "add", "brum-3", "--note", "to compare")
    texts = {
        form: run("bookmarks", "export", "--format", form).stdout_bytes.decode()
        for form in ("md", "json", "csv", "toml")
    }
    assert all("let them have the rooms" in text and "to compare" in text for text in texts.values())
    assert run("bookmarks", "export").stdout_bytes.decode() == texts["md"]
    assert json.loads(texts["json"])[0]["id"] == "brum-3"
    assert next(csv.DictReader(texts["csv"].splitlines()))["note"] == "to compare"
    assert tomllib.loads(texts["toml"])
    assert "\r\n" in texts["csv"]


def test_export_into_a_file_never_over_another(run, tmp_path: Path) -> None:
    run("bookmarks", "add", "brum-3")
    target = tmp_path / "notes.json"
    result = run("bookmarks", "export", "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, "") and f"1 bookmark written to {target}" in result.stderr
    assert json.loads(target.read_text(encoding="utf-8"))[0]["id"] == "brum-3"
    target.write_text("mine", encoding="utf-8")
    result = run("bookmarks", "export", "-o", str(target))
    assert result.exit_code == 1 and "--force" in result.stderr and target.read_text(encoding="utf-8") == "mine"
    assert run("bookmarks", "export", "-o", str(target), "--force", "--format", "md").exit_code == 0
    assert "let them have the rooms" in target.read_text(encoding="utf-8")


def test_export_that_cannot_be_written(run, tmp_path: Path) -> None:
    run("bookmarks", "add", "brum-3")
    result = run("bookmarks", "export", "-o", str(tmp_path / "nowhere" / "notes.md"))
    assert result.exit_code == 1 and "nowhere" in result.stderr and len(result.stderr.splitlines()) == 1
    result = run("bookmarks", "export", "-o", str(tmp_path / "notes.xyz"))
    assert result.exit_code == 2 and "--format" in result.stderr
    assert run("bookmarks", "export", "-o", "-").stdout == run("bookmarks", "export").stdout


def test_export_to_a_terminal_is_harmless(run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("bookmarks", "add", "brum-3", "--note", "bad \x1b]0;title\x07 \u202e")
    for form in ("md", "json", "csv", "toml"):
        monkeypatch.setattr(output, "on_terminal", lambda: True)
        shown = run("bookmarks", "export", "--format", form).stdout
        assert not {"\x1b", "\x07", "\u202e", "\r"} & set(shown)
        if form == "json":
            assert json.loads(shown)[0]["note"] == "bad \x1b]0;title\x07 \u202e"
