"""``statements``, ``speakers`` and ``events``: what is found, in every format, and what is said when nothing is."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from zeroline.cli import output

HEDGED = ["brum-3", "brum-4", "soliany-2", "quill-2", "vane-2"]
"""What the small corpus has under a condition or as a hypothesis."""


def ids(result) -> list[str]:
    assert result.exit_code == 0, result.stderr
    return [record["id"] for record in json.loads(result.stdout)]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--speaker", "oda-brum"], ["brum-1", "brum-2", "brum-3", "brum-4"]),
        (["--stance", "keep", "--force", "conditional"], ["brum-4", "quill-2"]),
        (["--force", "Conditional,hypothetical"], HEDGED),
        (["--force", "hypothetical", "--force", "conditional"], HEDGED),
        (["--stance", "none"], ["soliany-1"]),
        (["--stance", "none", "--stance", "CLOSE"], ["soliany-1", "soliany-2", "quill-1"]),
        (["--topic", "storms", "--place", "Gullhaven"], ["quill-1"]),
        (["--topic", "The Light", "--force", "hypothetical"], ["soliany-2"]),
        (["--since", "2031-06-02"], ["vane-2"]),
        (["--until", "2031-04"], ["soliany-1"]),
        (["--since", "2031-04", "--until", "2031-04"], ["soliany-1"]),
        (["--limit", "2"], ["soliany-1", "brum-1"]),
        (["naive"], ["quill-1"]),
        (['"the lamp stays"'], ["brum-1"]),
        (["oil", "laughter"], ["brum-2"]),
        (["stance:lease", "speaker:vane"], ["vane-1", "vane-2"]),
        (["--", "-speaker:brum", "-speaker:quill", "-speaker:vane"], ["soliany-1", "soliany-2"]),
    ],
)
def test_statements_found(arguments: list[str], found: list[str], run) -> None:
    assert ids(run("statements", "--format", "json", *arguments)) == found


def test_one_way_to_hedge_names_the_other(run) -> None:
    assert (
        "1 more statement as a hypothesis: --force conditional,hypothetical"
        in run("statements", "--force", "conditional").stderr
    )
    assert "more statement" not in run("statements", "--force", "conditional,hypothetical").stderr
    assert "more statement" not in run("statements", "--force", "unconditional").stderr


def test_near_is_only_said_where_something_is(run) -> None:
    assert run("statements", "oil OR zzzqqq").stderr == ""
    nothing = run("statements", "/regex/")
    assert nothing.exit_code == 1 and "comes near" not in nothing.stderr and "no statement matches" in nothing.stderr
    filtered = run("statements", "laughterr", "--stance", "lease")
    assert filtered.exit_code == 1 and "comes near" not in filtered.stderr


def test_best_match_first(run) -> None:
    by_time = ids(run("statements", "lamp", "--format", "json"))
    by_rank = ids(run("statements", "lamp", "--order", "relevance", "--format", "json"))
    assert sorted(by_time) == sorted(by_rank) and by_time != by_rank
    assert ids(run("statements", "lamp", "--order", "relevance", "--limit", "1", "--format", "json")) == by_rank[:1]


@pytest.mark.parametrize("name", ["Oda Brum", "oda", "ЛАМПА", "Ода Брум", "Brûm"])
def test_speaker_by_name_callsign_or_variant(name: str, run) -> None:
    assert ids(run("speakers", "--speaker", name, "--format", "json")) == ["oda-brum"]


def test_name_of_two_is_said_with_both(run) -> None:
    result = run("statements", "--speaker", "Dmytro", corpus=None)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Dmytro “Liber” (liber)" in result.stderr and "Dmytro “Klim” (klim)" in result.stderr


def test_id_that_is_another_s_name_is_said(run, corpus: Path) -> None:
    text = (corpus / "speakers.toml").read_text(encoding="utf-8")
    text += '\n[[speaker]]\nid = "ilko"\nname = "Ilko"\nkind = "crew"\n'
    (corpus / "speakers.toml").write_text(text, encoding="utf-8")
    result = run("speakers", "--speaker", "ilko-soliany", "--speaker", "Tessaly", "--format", "json", corpus=corpus)
    assert ids(result) == ["ilko-soliany", "tessaly-vane"] and result.stderr == ""
    result = run("statements", "--speaker", "ilko", corpus=corpus)
    assert "“ilko” is taken for the id of Ilko (ilko), not for the name of Ilko Soliany (ilko-soliany)" in result.stderr
    result = run("statements", "--speaker", "Ilko", corpus=corpus)
    assert result.exit_code == 2 and "Ilko Soliany (ilko-soliany) or Ilko (ilko)" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--stance", "kep"], "there is no stance “kep”; did you mean “keep”?"),
        (["--stance", "qqqq"], "there are: keep, lease, close, none"),
        (["--topic", "strms"], "there is no topic “strms”; did you mean “storms”?"),
        (["--place", "lamp rok"], "there is no place “lamp rok”; did you mean “lamp-rock”?"),
        (["--speaker", "Vain"], "there is no speaker “Vain”; did you mean Tessaly Vane (tessaly-vane)?"),
        (["--speaker", "Xxxxxx"], "“zeroline speakers” lists them all"),
        (["--since", "yesterday"], "--since: “yesterday” is no date"),
        (["--until", "2031-02-30"], "--until: “2031-02-30” is no date"),
        (["--since", "2032", "--until", "2031"], "--since 2032 is after --until 2031"),
        (['"the lamp'], "the query: a quotation mark is not closed"),
        (["speeker:vane"], "did you mean “speaker:”?"),
        (["stance:kep"], "the query: there is no stance “kep”; did you mean “keep”?"),
        (["force:sometimes"], "there are: unconditional, conditional, hypothetical"),
    ],
)
def test_what_the_corpus_does_not_have_ends_with_2(arguments: list[str], said: str, run) -> None:
    result = run("statements", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_typing_error_is_forgiven_and_said(run) -> None:
    result = run("statements", "lauhgter", "--format", "json")
    if result.exit_code == 0:
        assert ids(result) == ["brum-2"]
    result = run("statements", "laughtr", "--format", "json")
    assert ids(result) == ["brum-2"]
    assert "nothing has exactly “laughtr”" in result.stderr


@pytest.mark.parametrize(
    ("form", "empty"), [("table", ""), ("json", "[]\n"), ("jsonl", ""), ("csv", "one header line")]
)
def test_nothing_found_says_what_to_drop(form: str, empty: str, run) -> None:
    result = run("statements", "crates", "--stance", "close", "--format", form)
    assert result.exit_code == 1
    assert result.stdout == empty or (form == "csv" and len(result.stdout.splitlines()) == 1)
    assert "no statement matches: close · “crates”" in result.stderr
    assert "without “crates” there are 2" in result.stderr and "without “close” there is 1" in result.stderr


def test_nothing_bookmarked_says_how(run) -> None:
    result = run("events", "--bookmarked")
    assert result.exit_code == 1 and "zeroline bookmarks add ID" in result.stderr
    run("bookmarks", "add", "lamp-dark", "brum-1")
    assert ids(run("events", "--bookmarked", "--format", "json")) == ["lamp-dark"]
    assert ids(run("statements", "--bookmarked", "--format", "json")) == ["brum-1"]
    assert ids(run("speakers", "--bookmarked", "--format", "json")) == ["oda-brum"]


def test_json_lines_are_the_full_records(run) -> None:
    lines = run("statements", "--format", "jsonl").stdout.splitlines()
    records = {record["id"]: record for record in map(json.loads, lines)}
    assert len(records) == 10
    it = records["brum-3"]
    assert it["speaker"] == {"id": "oda-brum", "name": "Oda Brûm", "callsign": "Лампа", "unit": "Lamp Crew No. 3"}
    assert it["positions"][0] == {
        "stance": "lease",
        "force": "conditional",
        "condition": "the ferry company pays for the glass",
        "otherwise": "keep",
        "certainty": "medium",
        "basis": "stated",
        "rationale": "Letting hangs on who pays.",
    }
    assert it["locator"]["paragraph"] == 5 and (it["topics"], it["places"]) == (["money", "ferry"], ["lamp-rock"])
    assert {"attribution", "excerpt", "paraphrase", "source", "note", "date"} <= it.keys()
    assert (it["date"], it["date_of"]) == ("2031-06-01", "source")
    own = {r["id"] for r in records.values() if r["date_of"] == "statement"}
    assert own and {r["date"] for r in records.values() if r["id"] in own} == {"2031-04"}


def test_speaker_and_event_records(run) -> None:
    speaker = json.loads(run("speakers", "--speaker", "quill", "--format", "jsonl").stdout)
    expected = {
        "id", "name", "variants", "callsign", "unit", "role", "kind", "placed", "service", "stances", "statements",
        "primary", "no_primary", "note",
    }  # fmt: skip
    assert set(speaker) == expected
    event = json.loads(run("events", "crates", "--format", "jsonl").stdout)
    assert event["id"] == "crates-carried" and event["date"] == "2031-04" and event["figures"][0]["value"] == 400
    assert {"title", "asserted_by", "places"} <= event.keys()


def test_speakers_are_those_who_say_it(run) -> None:
    assert ids(run("speakers", "--format", "json")) == ["oda-brum", "ilko-soliany", "perrin-quill", "tessaly-vane"]
    assert ids(run("speakers", "--stance", "lease", "--format", "json")) == ["oda-brum", "tessaly-vane"]
    assert ids(run("speakers", "--stance", "lease", "--order", "matches", "--format", "json")) == [
        "tessaly-vane",
        "oda-brum",
    ]
    assert ids(run("speakers", "--stance", "lease", "--speaker", "oda", "--format", "json")) == ["oda-brum"]
    assert ids(run("speakers", "--order", "matches", "--limit", "1", "--format", "json")) == ["oda-brum"]
    result = run("speakers", "--stance", "lease", "--speaker", "quill")
    assert result.exit_code == 1 and "said by [/]" in result.stderr


def rows(result) -> list[dict[str, str]]:
    assert result.exit_code == 0
    return list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))


def test_csv_is_flat_and_says_the_force(run) -> None:
    found = {row["id"]: row for row in rows(run("statements", "--format", "csv"))}
    assert found["brum-3"]["stances"] == "lease conditional | keep hypothetical"
    assert "only if the ferry company pays for the glass" in found["brum-3"]["positions"]
    assert found["soliany-1"]["stances"] == "none" and found["soliany-1"]["positions"] == ""
    assert found["brum-1"]["topics"] == "light | storms" and "¶4" in found["brum-1"]["citation"]
    speakers = {row["id"]: row for row in rows(run("speakers", "--format", "csv"))}
    assert speakers["tessaly-vane"]["stances"] == "lease unconditional: 1 | lease conditional: 1"
    events = {row["id"]: row for row in rows(run("events", "--format", "csv"))}
    assert events["crates-carried"]["figures"].startswith("about 400 crates")


def test_a_main_stance_never_stands_without_its_force(run) -> None:
    (brum,) = json.loads(run("speakers", "--speaker", "oda", "--format", "json").stdout)
    assert brum["primary"].keys() == {"stance", "rationale", "forces"}
    assert brum["primary"]["forces"] == ["unconditional", "conditional", "hypothetical"]
    flat = {row["id"]: row for row in rows(run("speakers", "--format", "csv"))}
    assert flat["oda-brum"]["primary_forces"] == "unconditional | conditional | hypothetical"
    assert flat["ilko-soliany"]["primary_forces"] == ""
    shown = " ".join(run("show", "oda-brum").stdout.split())
    assert "▲△ keep — mixed: 2× without a condition, 1× on a condition, 1× as a hypothesis; as the coders" in shown
    assert "△ keep: 1 statement, only under a condition" in shown
    assert "△ keep: 1 statement, as a hypothesis" in shown


def test_what_is_inferred_is_marked(run) -> None:
    every = json.loads(run("statements", "--format", "json").stdout)
    inferred = {s["id"]: sum(p["basis"] == "inferred" for p in s["positions"]) for s in every}
    assert any(inferred.values()) and not all(inferred.values())
    table = run("statements").stdout.splitlines()[1:]
    assert {line.split()[0]: line.count("(inferred)") for line in table} == inferred
    said = run("overview").stdout
    numbers = [int(n) for n in re.findall(r";\s+(\d+)\s+inferred$", said, re.MULTILINE)]
    assert sum(numbers) == sum(inferred.values())
    assert "1 as a hypothesis; 1 inferred)" in said


def test_csv_is_no_formula(run, corpus: Path) -> None:
    path = corpus / "statements.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Every part of the tower', '"=HYPERLINK(1) of the tower'), encoding="utf-8")
    found = {row["id"]: row for row in rows(run("statements", "--format", "csv", corpus=corpus))}
    assert found["vane-1"]["paraphrase"] == "'=HYPERLINK(1) of the tower could bring in money."


def test_table_in_a_pipe_has_a_line_a_row_and_cuts_nothing(run) -> None:
    lines = run("statements").stdout.splitlines()
    assert len(lines) == 11
    (third,) = (line for line in lines if line.startswith("brum-3"))
    conditional = "◇ lease only if the ferry company pays for the glass; otherwise keep"
    assert f"{conditional}, △ keep (inferred) as a hypothesis" in third
    assert third.index("“let them have the rooms”") == lines[0].index("What was said")
    assert "The rooms may be let, provided the ferry company pays for the glass." in third
    (close,) = (line for line in lines if line.startswith("quill-1"))
    assert "▼ close" in close and "[/]" in close
    assert all("…" not in line and line == line.rstrip() for line in lines)
    (reported,) = (line for line in lines if line.startswith("vane-2"))
    assert "reported: “a lease was being drawn up”" in reported


def test_speakers_table_shows_every_force(run) -> None:
    lines = {line.split()[0]: line for line in run("speakers").stdout.splitlines()}
    said = "▲ keep 2, △ keep 1 on a condition, △ keep 1 as a hypothesis, ◇ lease 1 on a condition"
    assert said in lines["oda-brum"]
    assert "▽ close 1" in lines["ilko-soliany"] and "▼" not in lines["ilko-soliany"]


@pytest.mark.parametrize("columns", [160, 120, 80, 60, 40])
@pytest.mark.parametrize("command", ["statements", "speakers", "events"])
def test_table_fits_the_terminal(columns: int, command: str, run, monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.cells import cell_len
    from rich.text import Text

    monkeypatch.setattr(output, "on_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", str(columns))
    result = run(command)
    assert result.exit_code == 0
    widths = [cell_len(Text.from_ansi(line).plain) for line in result.stdout.splitlines()]
    assert max(widths) < columns
    assert "10 statements" in result.stderr or "4 speakers" in result.stderr or "5 events" in result.stderr


@pytest.mark.parametrize("columns", [160, 80, 60, 40])
@pytest.mark.parametrize(
    ("command", "headings"),
    [
        ("statements", ["Id", "Date", "Speaker", "Stance", "What was said", "Topics"]),
        ("events", ["Id", "Date", "What happened", "Asserted by", "Figures", "Places"]),
        ("bookmarks list", ["Corpus", "Id", "Who", "What", "Your note", "Tags"]),
    ],
)
def test_what_a_narrow_terminal_leaves_out_is_said_and_never_who(
    columns: int, command: str, headings: list[str], run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("bookmarks", "add", "brum-3", "--note", "only where somebody else pays for it", "--tag", "money")
    monkeypatch.setattr(output, "on_terminal", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(columns))
    result = run(*command.split())
    said = [line for line in result.stderr.splitlines() if line.startswith("left out for want of room: ")]
    left_out = said[0].partition(": ")[2].partition(";")[0].split(", ") if said else []
    assert set(left_out) <= {"Date", "Topics", "Figures", "Places", "Corpus", "In", "Tags"}
    assert all("| cat shows them" in line for line in said)
    whole = "".join(result.stdout.split())
    who = {"statements": "Ilko", "events": "Perrin", "bookmarks list": "Oda"}[command]
    assert who in result.stdout or who in whole
    if columns >= 60:
        shown = [heading for heading in headings if heading not in left_out]
        assert all(word in result.stdout for heading in shown for word in heading.split())
    assert bool(left_out) == (columns < 160)


def test_legend_is_wrapped_at_words(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    from zeroline.cli import diagnostics, stance_signs

    monkeypatch.setattr(diagnostics, "_on_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "50")
    diagnostics.note(stance_signs.legend(), wrap=True)
    said = capsys.readouterr().err
    assert max(map(len, said.splitlines())) < 50 and said.split() == stance_signs.legend().split()


def test_colour_only_on_a_terminal_and_not_with_no_color(run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in run("statements").stdout
    monkeypatch.setattr(output, "on_terminal", lambda: True)
    assert "\x1b[" in run("statements").stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in run("statements").stdout


def test_more_rows_than_are_laid_out_at_once(run, monkeypatch: pytest.MonkeyPatch) -> None:
    from zeroline.cli import table

    whole = run("statements").stdout.splitlines()
    monkeypatch.setattr(table, "ROWS", 3)
    parts = run("statements").stdout.splitlines()
    assert [line.split() for line in parts] == [line.split() for line in whole]


def test_who_would_trade_for_prisoners(run: Any) -> None:
    """The question of the first page of the README, asked of the bundled corpus."""
    result = run("statements", "prisoners", "--stance", "trade", "--format", "json", corpus=None)
    found = json.loads(result.stdout)
    assert found and all(any(p["stance"] == "trade" for p in record["positions"]) for record in found)
    conditional = run("statements", "--force", "conditional", "--format", "json", corpus=None)
    assert json.loads(conditional.stdout)
    for record in json.loads(conditional.stdout):
        assert any(p["condition"] for p in record["positions"])
