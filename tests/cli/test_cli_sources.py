"""``zeroline attach``, ``detach``, ``sources``, ``verify`` and ``fingerprint``."""

from __future__ import annotations

import csv
import json
import shutil
import tomllib
from io import StringIO
from pathlib import Path

import pytest

POST = Path(__file__).resolve().parents[1] / "fixtures" / "texts" / "gull-post.txt"
HEARING = Path(__file__).resolve().parents[1] / "fixtures" / "corpora" / "small" / "sources" / "harbour-hearing.txt"


@pytest.fixture
def post(tmp_path: Path) -> Path:
    """A copy of the text that the small corpus does not carry."""
    return Path(shutil.copy(POST, tmp_path / "post.txt"))


def kept(environment: dict[str, str]) -> Path:
    return Path(environment["ZEROLINE_DATA"]) / "sources"


def test_attach_verify_sources_detach(run, post: Path, environment: dict[str, str]) -> None:
    before = run("verify")
    assert before.exit_code == 1 and "vane-2" in before.stdout
    assert "9 verbatim, 1 no source" in before.stderr and "“zeroline attach FILE” attaches yours" in before.stderr
    result = run("attach", str(post))
    assert (result.exit_code, result.stdout) == (0, "gull-post: 1 statement: 1 verbatim\n")
    (text,) = (kept(environment) / "texts").iterdir()
    assert text.read_bytes() == post.read_bytes()
    (copy,) = tomllib.loads((kept(environment) / "register.toml").read_text(encoding="utf-8"))["copy"]
    assert (copy["corpus"], copy["source"], copy["file"], copy["kind"]) == ("small", "gull-post", "post.txt", "text")
    assert text.stem == copy["sha256"] and copy["attached"].endswith("Z")
    assert run("verify").exit_code == 0
    shown = run("sources").stdout
    assert "harbour-hearing.txt (carried)" in shown and "post.txt (text)" in shown
    assert run("detach").stdout == "gull-post: the copy of post.txt is detached\n"
    assert list((kept(environment) / "texts").iterdir()) == [] and run("verify").exit_code == 1
    again = run("detach")
    assert again.exit_code == 1 and "0 copies are attached to “small”; there is nothing to detach" in again.stderr


def test_another_copy_takes_its_place(run, post: Path, environment: dict[str, str]) -> None:
    run("attach", str(post))
    other = post.with_name("other.md")
    other.write_text("# One month\n\n" + post.read_text(encoding="utf-8"), encoding="utf-8")
    result = run("attach", str(other))
    assert "1 verbatim" in result.stdout and "It takes the place of post.txt" in result.stderr
    assert len(list((kept(environment) / "texts").iterdir())) == 1


def test_a_copy_that_is_another_text_is_refused_and_changes_nothing(
    run, post: Path, environment: dict[str, str]
) -> None:
    run("attach", str(post))
    wrong = post.with_name("wrong.txt")
    wrong.write_text("Nothing of it is in here, not a word.", encoding="utf-8")
    register = (kept(environment) / "register.toml").read_bytes()
    result = run("attach", str(wrong))
    assert result.exit_code == 1 and "no passage of “gull-post” is in it, so it is not attached" in result.stderr
    assert (kept(environment) / "register.toml").read_bytes() == register
    assert run("attach", str(wrong), "--force").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "name a FILE"),
        (["a.txt", "--url", "http://x.example"], 2, "name a FILE"),
        (["none.txt"], 1, "none.txt: there is no such file"),
        ([str(POST), "--source", "nowhere"], 2, "is no source of this corpus; there are: gull-post"),
        ([str(HEARING), "--source", "hearing"], 1, "carries the text of its source itself"),
        ([str(POST), "--as", "pdf"], 1, "damaged PDF"),
        ([str(POST), "--encoding", "klingon"], 2, "no encoding “klingon”"),
        (["--url", "ftp://x.example/a"], 2, "is no web address"),
        (["-"], 1, "holds no text"),
    ],
    ids=range(9),
)
def test_what_cannot_be_attached_is_one_line(run, arguments: list[str], code: int, said: str) -> None:
    result = run("attach", *arguments, input="")
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr and "Traceback" not in result.stderr and len(result.stderr.splitlines()) == 1


def test_stdin_and_a_fragment(run) -> None:
    result = run("attach", "-", input=POST.read_text(encoding="utf-8"))
    assert result.exit_code == 0 and "stdin (text)" in run("sources").stdout


def test_without_anchors_only_the_very_characters_are_found_with_them_more(run, corpus: Path, post: Path) -> None:
    straight = post.with_name("straight.txt")
    straight.write_text(post.read_text(encoding="utf-8").replace("up, should", "up,\nshould"), encoding="utf-8")
    told = run("verify", "--against", str(straight), corpus=corpus)
    assert told.exit_code == 2 and "which source it is a copy of cannot be told; name it with --source" in told.stderr
    asked = ["verify", "--against", str(straight), "--source", "gull-post", "--format", "json"]
    result = run(*asked, corpus=corpus)
    (record,) = json.loads(result.stdout)
    assert result.exit_code == 1 and record["state"] == "orphan" and "no anchor" in record["why"]
    made = run("fingerprint", str(post), corpus=corpus)
    assert made.exit_code == 0 and "anchors.toml: 1 anchor of “gull-post”" in made.stdout
    assert run("check", corpus=corpus).exit_code == 0
    anchors = (corpus / "anchors.toml").read_text(encoding="utf-8")
    assert "lease" not in anchors.split("\n\n", 1)[1] and 'id = "vane-2"' in anchors
    result = run("verify", "--against", str(straight), "--format", "json", corpus=corpus)
    (record,) = json.loads(result.stdout)
    assert result.exit_code == 0 and (record["state"], record["copy"]) == ("normalised", "straight.txt")
    again = run("fingerprint", str(straight), corpus=corpus)
    assert again.exit_code == 1 and "no passage of “gull-post” stands where its locator says" in again.stderr
    assert (corpus / "anchors.toml").read_text(encoding="utf-8") == anchors


def test_an_anchor_of_no_statement_is_a_problem(run, corpus: Path, post: Path) -> None:
    run("fingerprint", str(post), corpus=corpus)
    path = corpus / "anchors.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("vane-2", "vane-9"), encoding="utf-8")
    result = run("check", corpus=corpus)
    assert (
        result.exit_code == 1 and "no statement has the id “vane-9”; run “zeroline fingerprint” anew" in result.stdout
    )


def test_a_carried_text_is_verified_against_a_file(run, tmp_path: Path) -> None:
    wrapped = tmp_path / "wrapped.txt"
    wrapped.write_text(HEARING.read_text(encoding="utf-8").replace("so the lamp", "so\nthe lamp"), encoding="utf-8")
    result = run("verify", "--against", str(wrapped), "--format", "csv")
    rows = {row["statement"]: row for row in csv.DictReader(StringIO(result.stdout))}
    assert result.exit_code == 0 and rows["brum-1"]["state"] == "normalised" and rows["brum-2"]["state"] == "verbatim"
    edited = tmp_path / "edited.txt"
    edited.write_text(HEARING.read_text(encoding="utf-8").replace("so the lamp", "so this lamp"), encoding="utf-8")
    result = run("verify", "--against", str(edited), "--format", "jsonl")
    first = json.loads(result.stdout.splitlines()[0])
    assert result.exit_code == 1 and first["state"] == "proposed" and 0.8 < first["similarity"] < 1


def test_a_broken_register_is_said_and_never_written_over(run, post: Path, environment: dict[str, str]) -> None:
    run("attach", str(post))
    path = kept(environment) / "register.toml"
    path.write_text("[[copy]\n", encoding="utf-8")
    for command in (["sources"], ["verify"], ["attach", str(post)], ["detach"]):
        result = run(*command)
        assert result.exit_code == 1 and "register.toml: cannot be understood" in result.stderr, command
        assert "Traceback" not in result.stderr
    assert path.read_text(encoding="utf-8") == "[[copy]\n"


def test_a_copy_that_is_gone_or_changed_is_said(run, post: Path, environment: dict[str, str]) -> None:
    run("attach", str(post))
    (text,) = (kept(environment) / "texts").iterdir()
    text.write_text("changed", encoding="utf-8")
    Path(environment["ZEROLINE_DATA"], "sources", "register.toml").touch()
    result = run("verify")
    assert result.exit_code == 1 and "it has been changed; attach it again" in result.stderr
    text.unlink()
    (kept(environment) / "register.toml").touch()
    result = run("sources")
    assert result.exit_code == 1 and "is gone; attach it again" in result.stderr and "cannot be used" in result.stdout


def test_nothing_is_written_where_it_cannot_be(
    run, post: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "blocked").write_text("a file", encoding="utf-8")
    monkeypatch.setenv("ZEROLINE_DATA", str(tmp_path / "blocked"))
    result = run("attach", str(post))
    assert result.exit_code == 1 and "cannot be written, so nothing was changed" in result.stderr


def test_a_proposal_is_shown_decided_and_undone(run, tmp_path: Path) -> None:
    edited = tmp_path / "edited.txt"
    edited.write_text(POST.read_text(encoding="utf-8").replace("up, should", "up,\nif"), encoding="utf-8")
    nothing = run("decide", "vane-2")
    assert nothing.exit_code == 1 and "nothing is proposed for “vane-2”: it is no source" in nothing.stderr
    assert run("decide", "vane-99").exit_code == 2
    corpus = Path(shutil.copytree(HEARING.parents[1], tmp_path / "study"))
    run("fingerprint", str(POST), corpus=corpus)
    assert "1 proposed" in run("attach", str(edited), corpus=corpus).stdout
    shown = run("decide", "vane-2", corpus=corpus)
    assert shown.exit_code == 0 and "a lease was being drawn up, [-…-] {+if+} the council" in shown.stdout
    assert run("decide", "vane-2", "--accept", "--by", "Ada", corpus=corpus).stdout == "vane-2: accepted by Ada\n"
    result = run("verify", "--source", "gull-post", "--format", "json", corpus=corpus)
    (record,) = json.loads(result.stdout)
    assert result.exit_code == 1 and (record["state"], record["decision"], record["by"]) == (
        "proposed", "accepted", "Ada",
    )  # fmt: skip
    assert "accepted by Ada on 20" in run("decide", "vane-2", corpus=corpus).stdout
    run("decide", "vane-2", "--refuse", corpus=corpus)
    assert "refused by" in run("verify", corpus=corpus).stdout
    assert run("decide", "vane-2", "--undo", corpus=corpus).stdout == "vane-2: open again\n"
    assert "1 proposed" in run("verify", corpus=corpus).stderr


def test_the_words_of_a_passage_in_a_denial_fail_until_a_person_accepts_them(run, tmp_path: Path) -> None:
    denied, passage = tmp_path / "denied.txt", "a lease was being drawn up"
    text = POST.read_text(encoding="utf-8")
    at = text.index(passage)
    denied.write_text(text[:at].rstrip(" “") + " never said, by any account, that “" + text[at:], encoding="utf-8")
    corpus = Path(shutil.copytree(HEARING.parents[1], tmp_path / "study"))
    run("fingerprint", str(POST), corpus=corpus)
    assert "1 proposed" in run("attach", str(denied), corpus=corpus).stdout
    result = run("verify", corpus=corpus)
    assert result.exit_code == 1 and "not those of the text coded" in " ".join(result.stdout.split())
    assert run("verify", "--against", str(denied), "--source", "gull-post", corpus=corpus).exit_code == 1
    shown = " ".join(run("decide", "vane-2", corpus=corpus).stdout.split())
    assert "100% alike" in shown and "before it: … {?" in shown and "never said, by any account, that?}" in shown
    run("decide", "vane-2", "--accept", "--by", "Ada", corpus=corpus)
    assert run("verify", corpus=corpus).exit_code == 0
    (record,) = json.loads(run("verify", "--source", "gull-post", "--format", "json", corpus=corpus).stdout)
    assert (record["state"], record["decision"], record["by"]) == ("verbatim", "accepted", "Ada")
    denied.write_text(denied.read_text(encoding="utf-8").replace("by any account", "by no account"), encoding="utf-8")
    assert "1 proposed" in run("attach", str(denied), corpus=corpus).stdout, "it was accepted among other words"


def test_lines_without_a_copy_are_counted_and_not_called_verified(run, tmp_path: Path) -> None:
    table = tmp_path / "talks.csv"
    table.write_text(
        "author,quote\nAda,the mill stands idle all week\nBo,close the road before winter\n", encoding="utf-8"
    )
    assert run("import", str(table), "--into", str(tmp_path / "talks"), "--yes", corpus=None).exit_code == 0
    result = run("verify", corpus=tmp_path / "talks")
    assert result.exit_code == 1 and "2 statements: 2 no source" in result.stderr and result.stdout == ""
    assert "2 statements: 2 no source" in run("sources", corpus=tmp_path / "talks").stdout
    copy = tmp_path / "copy.txt"
    copy.write_text("She said “the mill\nstands idle all week”, and no more.", encoding="utf-8")
    assert "1 normalised, 1 orphan" in run("attach", str(copy), corpus=tmp_path / "talks").stdout
    assert run("verify", corpus=tmp_path / "talks").stdout.count("\n") == 3


def test_show_has_the_passage_and_says_which_copy_it_is_from(run, post: Path) -> None:
    assert "passage" not in run("show", "vane-2").stdout
    run("attach", str(post))
    shown = run("show", "vane-2").stdout
    assert "passage       “a lease was being drawn up, should the council" in shown
    assert "(verbatim in paragraph 4 of" in " ".join(shown.split()) and "post.txt, attached" in " ".join(shown.split())
    assert "which the corpus carries" in " ".join(run("show", "brum-1").stdout.split())
    assert "passage" not in run("show", "lamp-built").stdout


def test_check_looks_for_every_statement_of_the_texts_carried(run, corpus: Path) -> None:
    assert run("check", corpus=corpus).stdout.endswith("In the texts it carries: 9 statements: 9 verbatim\n")
    told = json.loads(run("check", "--format", "json", corpus=corpus).stdout)
    assert told["passages"] == {"verbatim": 9, "normalised": 0, "proposed": 0, "orphan": 0, "no source": 0}
