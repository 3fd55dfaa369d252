"""``show``, ``check``, ``info`` and the overview."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def test_statement_in_full(run) -> None:
    said = " ".join(run("show", "brum-3").stdout.split())
    assert "“let them have the rooms”" in said
    assert "◇ lease — only if the ferry company pays for the glass; otherwise keep (medium certainty, stated)" in said
    assert "△ keep — as a hypothesis (low certainty, inferred)" in said
    assert "because: Letting hangs on who pays." in said
    assert "¶5, characters 535 to 600, SHA-256 592d6a14" in said
    assert "the ferry" in said and "Lamp Rock" in said
    assert "cite as Oda Brûm “Лампа”, Lamp Crew No. 3 (direct quotation), in" in said
    assert "date published 1 June 2031" in said and "published 1 June 2031, ¶5" in said


def test_a_statement_with_its_own_date_is_not_said_to_be_published_then(run) -> None:
    said = " ".join(run("show", "soliany-1").stdout.split())
    assert "date April 2031" in said and "(direct quotation, April 2031), in" in said
    assert "published 1 June 2031, ¶6" in said and "published April" not in said


def test_statement_without_position_or_bookmark(run) -> None:
    said = run("show", "soliany-1").stdout
    assert "○ none" in said and "April 2031" in said and "bookmarked" not in said
    run("bookmarks", "add", "soliany-1", "--note", "a note of mine", "--tag", "lead")
    said = run("show", "soliany-1").stdout
    assert "tags: lead" in said and "a note of mine" in said


def test_reported_words_are_not_shown_as_a_quotation(run) -> None:
    said = run("show", "vane-2").stdout
    assert "reported: “a lease was being drawn up”" in said and "reported speech" in said


def test_event_in_full(run) -> None:
    said = " ".join(run("show", "boats-lost").stdout.split())
    assert "● Two boats are lost" in said and "(EDTF 2030/2031)" in said
    assert "(perrin-quill)" in said and "2 boats" in said
    assert "He blames the lamp; nobody else does." in said


def test_speaker_in_full(run) -> None:
    said = " ".join(run("show", "perrin-quill").stdout.split())
    assert "△ keep: 1 statement" in said and "▼ close: 1 statement" in said
    assert "none named: Says close, then says he would light it himself." in said
    assert "△ quill-2: “I'd light it myself”" in said
    said = " ".join(run("show", "oda-brum").stdout.split())
    assert "Oda Brum · Ода Брум" in said and "from 2024 on: keeper, Lamp Crew No. 3, since the old keeper left" in said
    assert "as a hypothesis; as the coders judge: Says so outright twice" in said
    assert "not said: The minutes do not say" in " ".join(run("show", "ilko-soliany").stdout.split())


@pytest.mark.parametrize("id", ["brum-3", "boats-lost", "oda-brum"])
def test_record_as_json(id: str, run) -> None:
    record = json.loads(run("show", id, "--format", "json").stdout)
    assert record["id"] == id and "ordinal" not in record


@pytest.mark.parametrize(
    ("id", "near"),
    [("brum3", "brum-3"), ("oda-brun", "oda-brum"), ("boat-lost", "boats-lost"), ("Vane", "tessaly-vane")],
)
def test_unknown_id_names_the_nearest(id: str, near: str, run) -> None:
    result = run("show", id)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"there is no statement, event or speaker “{id}”; did you mean " in result.stderr and near in result.stderr


def test_id_like_none(run) -> None:
    result = run("show", "!!!")
    assert result.exit_code == 1 and result.stderr == "there is no statement, event or speaker “!!!”\n"


def test_sound_corpus(run, small: Path) -> None:
    result = run("check", str(small), corpus=None)
    assert result.exit_code == 0
    assert (
        "no problems in 3 stances, 4 topics, 2 sources, 2 places, 4 speakers, 10 statements, 5 events" in result.stdout
    )
    told = json.loads(run("check", "--format", "json").stdout)
    assert told["problems"] == [] and told["counts"]["statements"] == 10


def test_bundled_corpus_is_sound(run) -> None:
    assert run("check", corpus=None).exit_code == 0


def break_it(corpus: Path) -> int:
    """Make a mistake in a corpus; the line it is in."""
    path = corpus / "statements.toml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = lines.index('speaker = "tessaly-vane"\n')
    lines[at] = 'speeker = "tessaly-vane"\n'
    path.write_text("".join(lines), encoding="utf-8")
    return at + 1


def test_problem_is_named_by_file_line_key_and_mend(run, corpus: Path) -> None:
    line = break_it(corpus)
    result = run("check", str(corpus), corpus=None)
    assert result.exit_code == 1
    assert f"statements.toml:{line}: " in result.stdout and "speeker" in result.stdout and "speaker" in result.stdout
    assert "problem" in result.stderr
    told = json.loads(run("check", str(corpus), "--format", "json", corpus=None).stdout)
    assert told["counts"] is None
    assert any(p["line"] == line and set(p) == {"file", "line", "key", "message", "mend"} for p in told["problems"])


def test_lines_are_checked_too(run, corpus: Path) -> None:
    path = corpus / "statements.jsonl"
    new = {"id": "line-1", "speaker": {"id": "pim", "name": "Pim"}, "source": "gull-post", "excerpt": "stay"}
    path.write_text(json.dumps(new) + "\n", encoding="utf-8")
    said = run("check", str(corpus), corpus=None).stdout
    assert "5 speakers, 11 statements, 5 events (1 statement in lines)" in said
    told = json.loads(run("check", str(corpus), "--format", "json", corpus=None).stdout)
    assert told["counts"]["lines"] == 1 and told["counts"]["statements"] == 11
    path.write_text(json.dumps(new) + "\n" + json.dumps({**new, "speaker": "pom"}) + "\n", encoding="utf-8")
    result = run("check", str(corpus), corpus=None)
    assert result.exit_code == 1
    assert "statements.jsonl:2: the id “line-1” stands twice" in result.stdout and "2 problems\n" in result.stderr


@pytest.mark.parametrize("command", ["statements", "overview", "show x", "bookmarks add x"])
def test_broken_corpus_is_not_opened(command: str, run, corpus: Path) -> None:
    line = break_it(corpus)
    result = run(*command.split(), corpus=corpus)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"statements.toml:{line}: " in result.stderr


def test_info(run, small: Path, compiled: Path, tmp_path: Path) -> None:
    told = json.loads(run("info", "--format", "json").stdout)
    assert told["paths"]["corpus"] == str(small.resolve())
    assert Path(told["paths"]["index"]).parent == compiled
    assert told["paths"]["bookmarks"] == str(tmp_path / "data" / "bookmarks.toml")
    assert told["corpus"]["positions"]["keep"] == {"unconditional": 2, "conditional": 2, "hypothetical": 1}
    assert told["corpus"]["without_position"] == 1 and told["corpus"]["events"] == 5
    assert all(told["libraries"].values())
    said = run("info").stdout
    assert str(small.resolve()) in said and told["zeroline"] in said


def test_a_broken_corpus_names_the_first_problems_and_counts_the_rest(run, corpus: Path) -> None:
    path = corpus / "statements.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('certainty = "', 'certainty = "x'), encoding="utf-8")
    checked = run("check", str(corpus), corpus=None).stdout.splitlines()
    assert len(checked) > 6
    *first, last = run("statements", corpus=corpus).stderr.splitlines()
    assert first == checked[:5] and first[0].startswith("statements.toml:")
    assert last == f"{len(checked) - 5} more of {len(checked)} problems; “zeroline check” names them all"
    path.write_text(text.replace('certainty = "', 'certainty = "x', 1), encoding="utf-8")
    assert len(run("statements", corpus=corpus).stderr.splitlines()) == 1


def test_info_of_a_broken_corpus_tells_what_it_can(run, corpus: Path) -> None:
    break_it(corpus)
    result = run("info", "--format", "json", corpus=corpus)
    assert result.exit_code == 1 and "statements.toml" in result.stderr
    told = json.loads(result.stdout)
    assert told["corpus"] is None and told["paths"]["corpus"] == str(corpus.resolve())


def test_overview_says_how_to_go_on_in_this_corpus(run, small: Path) -> None:
    said = run("overview").stdout
    assert f"zeroline show -C {small} oda-brum" in said
    assert "zeroline statements --stance hold " in run("overview", corpus=None).stdout


def test_overview_never_shows_the_mixed_as_simple(run) -> None:
    said = run("overview").stdout
    leasing = said[said.index("◆ lease") : said.index("▼ close")]
    assert "◆◇ Tessaly Vane: 1 without a condition, 1 on a condition" in leasing
    assert "◇  Oda Brûm" in leasing
    closing = said[said.index("▼ close") :]
    assert "▽  Ilko Soliany, Night Ferry: 1 as a hypothesis" in closing


def test_profile_says_what_each_position_hangs_on(run) -> None:
    said = " ".join(run("show", "oda-brum").stdout.split())
    assert "◇ lease only if the ferry company pays for the glass; otherwise keep" in said
    assert "△ keep (inferred) as a hypothesis" in said
    assert "▲ keep" not in said[said.index("What they say") :]


def test_corpus_named_twice_is_a_mistake(run, small: Path) -> None:
    for command in ("explore", "overview", "check"):
        result = run(command, str(small), "-C", str(small), corpus=None)
        assert result.exit_code == 2 and "once" in result.stderr
        assert run(command, str(small)).exit_code == 2  # run itself names it before the command


def test_absurd_id(run) -> None:
    for id in ("x" * 70_000, "brum-3\x1b[31m", "", "*", "id:brum-3"):
        result = run("show", id)
        assert result.exit_code == 1 and "\x1b" not in result.stderr and "an error of the program" not in result.stderr
        assert len(result.stderr) < 500
