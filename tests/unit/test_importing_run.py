"""The import: every row a statement or a bad row, the folder whole or not there."""

from __future__ import annotations

import csv
import errno
import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zeroline.corpus.lines import LONGEST, Line
from zeroline.corpus.load import load
from zeroline.importing import codebook, seen_ids, target
from zeroline.importing.dates import Style
from zeroline.importing.errors import ImportFault
from zeroline.importing.first_look import look
from zeroline.importing.guess import guess
from zeroline.importing.run import Plan, Result, run

HEADER = ("id", "author", "quote", "published", "label", "target")


def table(path: Path, rows: list[tuple[str, ...]], header: tuple[str, ...] = HEADER) -> Path:
    """A CSV file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def plan_for(path: Path, mapping: dict[str, str] | None = None, **more: Any) -> Plan:
    """What to do with a file, guessed where no mapping is given."""
    seen = look(path)
    return Plan(seen.table, mapping or guess(seen).mapping, "study", "Study", **more)


def lines_of(folder: Path) -> list[Line]:
    """The statements, read as the index reads them."""
    decode = msgspec.json.Decoder(Line).decode
    found = [decode(raw) for raw in (folder / "statements.jsonl").read_bytes().splitlines()]
    assert all(not line.fault() for line in found)
    return found


def bad_rows(folder: Path) -> list[dict[str, str]]:
    """The report of bad rows, [] where there is none."""
    path = folder / "bad-rows.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FIELDS = {"text": "quote", "speaker": "author", "date": "published", "stance": "label", "topic": "target", "id": "id"}
ROWS = [
    ("q1", "Ada Millward", "Mend it, and soon", "2031-04-05", "FAVOR", "Bridge; Mill"),
    ("q2", "Bo Reed", "“Never”", "2031-04-06", "AGAINST", "Bridge"),
    ("q3", "Ada  Millward", "  It rained\nall day ", "", "NONE", ""),
    ("q4", "", "Mend it", "2031-04", "favor", "bridge"),
]


def test_rows_become_statements(tmp_path: Path) -> None:
    result = run(plan_for(table(tmp_path / "talks.csv", ROWS)), tmp_path / "talks")
    ada, bo, rain, nobody = lines_of(tmp_path / "talks")
    assert (ada.id, ada.excerpt, ada.date, ada.topics) == ("q1", "Mend it, and soon", "2031-04-05", ("bridge", "mill"))
    assert msgspec.to_builtins(ada.speaker) | {} == msgspec.to_builtins(rain.speaker)
    assert (ada.speaker.id, ada.speaker.name) == ("ada-millward", "Ada Millward")  # type: ignore[union-attr]
    (position,) = ada.positions
    assert (position.stance, position.force, position.certainty, position.basis) == (
        "favor", "unconditional", "medium", "inferred"
    )  # fmt: skip
    assert position.rationale == "as labelled in the imported data"
    assert bo.positions[0].stance == "against" and nobody.positions[0].stance == "favor"
    assert rain.positions == () and rain.date is None and rain.excerpt == "It rained\nall day"
    assert nobody.speaker.name == "Unknown" and nobody.topics == ("bridge",)  # type: ignore[union-attr]
    assert (result.statements, result.bad, result.speakers, result.topics, result.without_stance) == (4, 0, 3, 2, 1)
    assert sorted(path.name for path in (tmp_path / "talks").iterdir()) == [
        "corpus.toml", "import.json", "statements.jsonl"
    ]  # fmt: skip


def test_codebook_is_a_corpus(tmp_path: Path) -> None:
    run(plan_for(table(tmp_path / "talks.csv", ROWS)), tmp_path / "talks")
    study = load(tmp_path / "talks")
    assert (study.corpus.id, study.corpus.title, study.corpus.version) == ("study", "Study", "1")
    assert [(s.id, s.label, s.key, s.shape) for s in study.stance] == [
        ("favor", "FAVOR", 1, "up"),
        ("against", "AGAINST", 2, "down"),
    ]
    assert [(t.id, t.label) for t in study.topic] == [("bridge", "Bridge"), ("mill", "Mill")]
    assert [(s.title, s.title_supplied) for s in study.source] == [("[talks.csv]", True)]


def test_many_labels_have_ids_of_their_own_and_nine_have_keys(tmp_path: Path) -> None:
    labels = [f"Label {n}" for n in range(12)] + ["None+", "pro+", "pro-", "за", "против", "Label 11", "Label 11"]
    rows = [("x", label) for label in labels]
    path = table(tmp_path / "t.csv", rows, ("text", "stance"))
    run(plan_for(path, {"text": "text", "stance": "stance"}), tmp_path / "c")
    stances = load(tmp_path / "c").stance
    assert [s.key for s in stances] == [*range(1, 10), *[None] * 8]
    assert stances[0].label == "Label 11"
    assert len({s.id for s in stances}) == 17 and "none" not in {s.id for s in stances}
    assert all(line.positions for line in lines_of(tmp_path / "c"))


def test_a_column_of_too_many_labels_is_no_stance(tmp_path: Path) -> None:
    rows = [("x", f"label {n}") for n in range(codebook.STANCES_MOST + 5)]
    path = table(tmp_path / "t.csv", rows, ("text", "stance"))
    result = run(plan_for(path, {"text": "text", "stance": "stance"}), tmp_path / "c")
    assert result.bad == 5 and "one stance too many" in bad_rows(tmp_path / "c")[0]["reason"]


def test_labels_that_mean_no_position_may_be_named(tmp_path: Path) -> None:
    rows = [("a", "NEUTRAL"), ("b", "none"), ("c", " N/A "), ("d", ""), ("e", "pro")]
    path = table(tmp_path / "t.csv", rows, ("text", "stance"))
    mapping = {"text": "text", "stance": "stance"}
    assert run(plan_for(path, mapping), tmp_path / "c").without_stance == 4
    run(plan_for(path, mapping, none=("n/a",)), tmp_path / "d")
    assert {s.label for s in load(tmp_path / "d").stance} == {"NEUTRAL", "none", "pro"}
    assert [s.id for s in load(tmp_path / "d").stance if s.label == "none"] == ["none-2"]


def test_what_means_no_position_is_known_however_it_is_written(tmp_path: Path) -> None:
    none = [
        "NA",
        "#N/A",
        "-",
        "–",
        "unknown",
        "No  Stance",
        "no position",
        "Not stated",
        "none.",
        "(None)",
        "\u200bNONE\ufeff",
    ]
    rows = [("x", label) for label in [*none, "FAVOR", "FAVOR\u200b", "\u2060favor"]]
    path = table(tmp_path / "t.csv", rows, ("text", "stance"))
    result = run(plan_for(path, {"text": "text", "stance": "stance"}), tmp_path / "c")
    assert result.without_stance == len(none)
    assert [(s.id, s.label) for s in load(tmp_path / "c").stance] == [("favor", "FAVOR")]


def test_cells_that_say_only_whether_there_is_a_condition(tmp_path: Path) -> None:
    no = ["NA", "n/a", "none", "nan", "null", "-", "no", "False", "0", "", "None.", "0.0", "f"]
    no += ["unconditional", "No condition", "not conditional", "without conditions", "unconditionally"]
    yes = ["yes", "TRUE", "1", "y", "1.0", "T"]
    rows = [("x", "pro", cell, "unconditional" if n % 2 else "") for n, cell in enumerate(no)]
    rows += [("x", "pro", cell, "") for cell in yes] + [("x", "pro", "yes", "unconditional")]
    path = table(tmp_path / "t.csv", rows, ("text", "stance", "conditional", "force"))
    mapping = {"text": "text", "stance": "stance", "condition": "conditional", "force": "force"}
    result = run(plan_for(path, mapping), tmp_path / "c")
    found = [(line.positions[0].force, line.positions[0].condition) for line in lines_of(tmp_path / "c")]
    assert found == [("unconditional", None)] * len(no) + [("conditional", "not recorded")] * len(yes)
    assert result.bad == 1


def test_cells_that_are_empty_by_convention(tmp_path: Path) -> None:
    empty = ["NA", "N/A", "#N/A", "NULL", "NaN"]
    header = ("text", "date", "speaker", "topic", "place", "source")
    path = table(tmp_path / "t.csv", [("NA", *[cell] * 5) for cell in empty] + [("x", "", "Na", "", "", "")], header)
    run(plan_for(path, {name: name for name in header}), tmp_path / "c")
    *lines, last = lines_of(tmp_path / "c")
    assert len(lines) == 5 and last.speaker.name == "Na"  # type: ignore[union-attr]
    for line in lines:
        assert (line.excerpt, line.date, line.topics, line.places) == ("NA", None, (), ())
        assert line.speaker.name == "Unknown" and line.source == last.source  # type: ignore[union-attr]


SELF_TOLD = [
    ("hold.conditional", "conditional"), ("trade (conditional)", "conditional"), ("conditional", "conditional"),
    ("hypothetical trade", "hypothetical"), ("hold, if paid", "conditional"), ("hold unless attacked", "conditional"),
    ("holdIfPaid", "conditional"), ("trade.hypothetical", "hypothetical"), ("con\u00additional", "conditional"),
    ("unconditional", ""), ("hold.unconditional", ""), ("non-conditional", ""), ("not conditional", ""),
    ("hold even if attacked", ""), ("hold_even_if", ""), ("no conditions", ""), ("different", ""), ("Gift", ""),
    ("qualified support", "conditional"), ("support with caveats", "conditional"), ("with reservations", "conditional"),
    ("pending approval", "conditional"), ("wenn bezahlt", "conditional"), ("would hold", "hypothetical"),
    ("might hold", "hypothetical"), ("no reservations", ""), ("without caveats", ""), ("unqualified", ""),
]  # fmt: skip


@pytest.mark.parametrize(("label", "force"), SELF_TOLD)
def test_a_label_that_says_a_condition_is_no_plain_stance(label: str, force: str, tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", [("x", label)], ("text", "stance"))
    result = run(plan_for(path, {"text": "text", "stance": "stance"}), tmp_path / "c")
    (line,), (stance,) = lines_of(tmp_path / "c"), load(tmp_path / "c").stance
    assert (line.positions[0].force, stance.label) == (force or "unconditional", label)
    assert line.positions[0].condition == ("not recorded" if force == "conditional" else None)
    assert result.guarded == ([(label, force)] if force else []) and "." not in stance.id


def test_a_column_tells_more_than_a_label(tmp_path: Path) -> None:
    rows = [
        ("a", "hold if paid", "", "they pay"),
        ("b", "hold if paid", "unconditional", ""),
        ("c", "hold if paid", "", "no"),
        ("d", "hold (hypothetical)", "", "they pay"),
    ]
    path = table(tmp_path / "t.csv", rows, ("text", "stance", "force", "condition"))
    mapping = {name: name for name in ("text", "stance", "force", "condition")}
    run(plan_for(path, mapping), tmp_path / "c")
    assert [(line.positions[0].force, line.positions[0].condition) for line in lines_of(tmp_path / "c")] == [
        ("conditional", "they pay"), ("unconditional", None), ("conditional", "not recorded"),
        ("hypothetical", "they pay")
    ]  # fmt: skip


def test_several_stances_in_a_list_are_several_positions(tmp_path: Path) -> None:
    objects: list[dict[str, Any]] = [
        {"text": "a", "stance": ["hold", "trade", "HOLD", "none"], "condition": "they pay"},
        {"text": "b", "stance": []},
        {"text": "c", "stance": {"hold": 1}},
        {"text": "d", "stance": [{"stance": "hold"}]},
        {"text": "e", "stance": ["hold", "trade"], "condition": ["they pay", ""]},
        {"text": "f", "stance": ["hold", "trade"], "condition": "they pay", "otherwise": "Trade"},
        {"text": "g", "stance": ["hold, if paid", "trade"], "condition": []},
        {"text": "h", "stance": ["trade"], "condition": ["they pay"]},
    ]
    path = tmp_path / "t.jsonl"
    path.write_text("".join(json.dumps(found) + "\n" for found in objects), encoding="utf-8")
    mapping = {name: name for name in ("text", "stance", "condition", "otherwise")}
    result = run(plan_for(path, mapping), tmp_path / "c")
    a, b, g, h = lines_of(tmp_path / "c")
    assert h.positions[0].condition == "they pay"
    assert [(p.stance, p.condition) for p in a.positions] == [("hold", "they pay"), ("trade", "they pay")]
    assert b.positions == () and result.without_stance == 1
    assert [p.force for p in g.positions] == ["conditional", "unconditional"]
    assert [row["reason"] for row in bad_rows(tmp_path / "c")] == [
        'the stance is an object ({"hold":1}) and no label; map or write the label by itself',
        'the stance is an object ({"stance":"hold"}) and no label; map or write the label by itself',
        "condition is a list beside several stances; write a row for each",
        "the fallback is the stance itself (“Trade”)",
    ]
    assert {s.id: s.label for s in load(tmp_path / "c").stance}.keys() == {"hold", "trade", "hold-if-paid"}


def test_a_fallback_is_not_counted_as_a_stance_taken(tmp_path: Path) -> None:
    header = ("text", "stance", "force", "condition", "otherwise")
    rows = [
        ("a", "FAVOR", "", "", ""), ("b", "FAVOR", "", "they pay", "LEAVE"), ("c", "FAVOR", "", "it rains", "LEAVE"),
        ("d", "FAVOR", "hypothetical", "", "LEAVE"), ("e", "AGAINST", "", "", ""), ("f", "AGAINST", "", "", ""),
    ]  # fmt: skip
    path = table(tmp_path / "t.csv", rows, header)
    result = run(plan_for(path, {name: name for name in header}), tmp_path / "c")
    assert [(s.label, s.held) for s in result.stances] == [
        ("FAVOR", {"unconditional": 1, "conditional": 2, "hypothetical": 1}), ("AGAINST", {"unconditional": 2})
    ]  # fmt: skip
    assert {s.label: s.key for s in load(tmp_path / "c").stance} == {"FAVOR": 1, "AGAINST": 2, "LEAVE": 3}


def test_columns_that_say_more_of_a_position_are_used(tmp_path: Path) -> None:
    header = ("text", "stance", "force", "condition", "otherwise", "certainty", "basis", "rationale")
    rows = [
        ("a", "mend", "Conditional", "the county pays", "close", "HIGH", "stated", "says so"),
        ("b", "mend", "", "it rains", "", "", "", ""),
        ("c", "mend", "conditional", "", "", "", "", ""),
        ("d", "mend", "unconditional", "it rains", "", "", "", ""),
        ("e", "mend", "perhaps", "", "", "", "", ""),
        ("f", "mend", "", "", "none", "sure", "", ""),
        ("g", "mend", "hypothetical", "", "", "", "", ""),
        ("h", "", "conditional", "", "", "", "", ""),
        ("i", "mend", "conditional", "it rains", "Mend", "", "", ""),
    ]
    path = table(tmp_path / "t.csv", rows, header)
    result = run(plan_for(path, {name: name for name in header}), tmp_path / "c")
    a, b, c, g, h = lines_of(tmp_path / "c")
    assert msgspec.to_builtins(a.positions[0]) == {
        "stance": "mend", "force": "conditional", "condition": "the county pays", "otherwise": "close",
        "certainty": "high", "basis": "stated", "rationale": "says so",
    }  # fmt: skip
    assert (b.positions[0].force, b.positions[0].condition) == ("conditional", "it rains")
    assert g.positions[0].force == "hypothetical" and h.positions == ()
    # That there is a condition is never lost, though nobody wrote down which.
    assert (c.positions[0].force, c.positions[0].condition) == ("conditional", "not recorded")
    assert {s.id for s in load(tmp_path / "c").stance} == {"mend", "close"}
    reasons = [row["reason"] for row in bad_rows(tmp_path / "c")]
    assert result.bad == 4
    assert reasons == [
        "an unconditional position has no condition and no fallback",
        "force is “perhaps” and must be unconditional, conditional or hypothetical",
        "certainty is “sure” and must be high, medium or low",
        "the fallback is the stance itself (“Mend”)",
    ]


def test_sources_places_units_notes(tmp_path: Path) -> None:
    header = ("text", "speaker", "outlet", "place", "unit", "note", "summary", "how")
    rows = [
        ("a", "Ada", "Ada", "Mill|Weir", "Parish", "sic", "gist", "reported"),
        ("b", "Bo", "https://example.org/x", "", "", "", "", ""),
        ("", "Bo", "", "", "", "", "only a gist", "caption"),
        ("c", "Bo", "", "", "", "", "", "shouted"),
    ]
    fields = {"text": "text", "speaker": "speaker", "source": "outlet", "place": "place", "unit": "unit",
              "note": "note", "paraphrase": "summary", "attribution": "how"}  # fmt: skip
    path = table(tmp_path / "t.csv", rows, header)
    run(plan_for(path, fields), tmp_path / "c")
    study, (a, b, gist) = load(tmp_path / "c"), lines_of(tmp_path / "c")
    assert (a.places, a.note, a.paraphrase, a.attribution) == (("mill", "weir"), "sic", "gist", "reported")
    assert a.speaker.unit == "Parish" and b.speaker.unit is None  # type: ignore[union-attr]
    titles = {source.id: (source.title, source.url) for source in study.source}
    assert titles[a.source or ""] == ("Ada", None) and a.source != a.speaker.id  # type: ignore[union-attr]
    assert titles[b.source or ""] == ("https://example.org/x", "https://example.org/x")
    assert titles[gist.source or ""] == ("[t.csv]", None) and gist.paraphrase == "only a gist"
    assert "attribution is “shouted”" in bad_rows(tmp_path / "c")[0]["reason"]


def test_names_beyond_the_most_are_kept_as_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codebook, "NAMES_MOST", 3)
    rows = [(f"text {n}", f"topic {n}", f"source {n}") for n in range(6)]
    path = table(tmp_path / "t.csv", rows, ("text", "topic", "source"))
    mapping = {"text": "text", "topic": "topic", "source": "source"}
    result = run(plan_for(path, mapping), tmp_path / "c")
    study, lines = load(tmp_path / "c"), lines_of(tmp_path / "c")
    assert (len(study.topic), len(study.source), result.beyond, result.bad) == (3, 3, 7, 0)
    assert lines[5].topics == () and lines[5].note == "topic 5\nsource: source 5"
    assert {line.source for line in lines} == {source.id for source in study.source}


def test_ids_mapped_and_made(tmp_path: Path) -> None:
    rows = [("A1", "x"), ("a1", "y"), ("", "z"), ("two words", "w"), ("line-4", "v"), ("x" * 121, "u"), ("A1", "t")]
    path = table(tmp_path / "t.csv", rows, ("id", "text"))
    run(plan_for(path, {"id": "id", "text": "text"}), tmp_path / "c")
    assert [line.id for line in lines_of(tmp_path / "c")] == ["A1", "line-4", "two-words"]
    assert [row["line"] for row in bad_rows(tmp_path / "c")] == ["3", "6", "7", "8"]
    run(plan_for(path, {"text": "text"}), tmp_path / "d")
    assert [line.id for line in lines_of(tmp_path / "d")] == [f"line-{n}" for n in range(2, 9)]


def test_a_bad_row_leaves_nothing_in_the_codebook_and_takes_no_id(tmp_path: Path) -> None:
    rows = [
        ("q1", "Ghost", "", "2031-04-05", "hold", "Nothing"),
        ("q1", "Ghost", "text", "no date", "hold", "Nothing"),
        ("q1", "Ada", "text", "2031-04-05", "trade", "Mill"),
        ("q1", "Ghost", "again", "2031-04-05", "hold", "Nothing"),
        ("q2", "G" * 501, "text", "2031-04-05", "hold", "Nothing"),
    ]
    result = run(plan_for(table(tmp_path / "t.csv", rows), FIELDS), tmp_path / "c")
    study = load(tmp_path / "c")
    assert (result.statements, result.bad, result.speakers) == (1, 4, 1)
    assert [s.id for s in study.stance] == ["trade"] and [t.id for t in study.topic] == ["mill"]


def test_bad_rows_are_reported_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"text,date\nfine,2031-04-05\n=1+1,never\n\xff,2031-04-05\nonly one\n,2031-04-05\n")
    result = run(plan_for(path, {"text": "text", "date": "date"}), tmp_path / "c")
    assert (result.statements, result.bad, result.rows) == (1, 4, 5)
    found = bad_rows(tmp_path / "c")
    assert [(row["line"], row["last_line"]) for row in found] == [("3", "3"), ("4", "4"), ("5", "5"), ("6", "6")]
    assert found[0]["row"] == "'=1+1,never" and "never" in found[0]["reason"]
    assert found[1]["row"] == "\ufffd,2031-04-05"


def test_bad_rows_are_reported_as_they_stand_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('x,text,date\n"a, b",mend,never\n"1","two\nlines",never\n1,fine,2031\n')
    run(plan_for(tmp_path / "t.csv", {"date": "date", "text": "text"}), tmp_path / "c")
    assert [row["row"] for row in bad_rows(tmp_path / "c")] == ['"a, b",mend,never', '"1","two\nlines",never']
    (tmp_path / "t.jsonl").write_text('{"x": [1], "text": "mend", "date": "never"}\n{"text": "fine"}\n')
    run(plan_for(tmp_path / "t.jsonl", {"date": "date", "text": "text"}), tmp_path / "d")
    assert [row["row"] for row in bad_rows(tmp_path / "d")] == ['{"x": [1], "text": "mend", "date": "never"}']


def test_a_text_beyond_what_a_line_holds_is_a_bad_row(tmp_path: Path) -> None:
    rows = [("x" * (LONGEST // 9),), ("\x01" * (LONGEST // 9),), ("y" * (LONGEST // 7),), ("z",)]
    run(plan_for(table(tmp_path / "t.csv", rows, ("text",)), {"text": "text"}), tmp_path / "c")
    assert len(lines_of(tmp_path / "c")) == 3
    assert [row["line"] for row in bad_rows(tmp_path / "c")] == ["4"]
    assert max(map(len, (tmp_path / "c" / "statements.jsonl").read_bytes().splitlines())) <= LONGEST


def test_dates_in_the_order_given(tmp_path: Path) -> None:
    rows = [("a", "03/04/2031"), ("b", "25/04/2031"), ("c", "04/25/2031")]
    path = table(tmp_path / "t.csv", rows, ("text", "date"))
    mapping = {"text": "text", "date": "date"}
    run(plan_for(path, mapping, style=Style("dmy")), tmp_path / "c")
    assert [line.date for line in lines_of(tmp_path / "c")] == ["2031-04-03", "2031-04-25"]


def test_strict_stops_at_the_first_bad_row_and_leaves_nothing(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", [*ROWS, ("q1", "", "again", "", "", "")])
    with pytest.raises(ImportFault, match=r"t\.csv:7: the id “q1” is taken"):
        run(plan_for(path, FIELDS), tmp_path / "c", strict=True)
    assert [p.name for p in tmp_path.iterdir()] == ["t.csv"]


def test_nothing_but_bad_rows_makes_nothing(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", [("a", "never"), ("b", "nowhen")], ("text", "date"))
    with pytest.raises(ImportFault, match=r"all 2 rows are bad.*line 2.*never"):
        run(plan_for(path, {"text": "text", "date": "date"}), tmp_path / "c")
    assert [p.name for p in tmp_path.iterdir()] == ["t.csv"]


# --- the folder ------------------------------------------------------------------------------------------------------


def imported(tmp_path: Path, **more: Any) -> Result:
    return run(plan_for(table(tmp_path / "talks.csv", ROWS)), tmp_path / "talks", **more)


def test_an_empty_folder_is_filled_and_a_full_one_left_alone(tmp_path: Path) -> None:
    (tmp_path / "talks").mkdir()
    imported(tmp_path)
    with pytest.raises(ImportFault, match="--replace"):
        imported(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    for replace in (False, True):
        with pytest.raises(ImportFault, match="not empty"):
            run(plan_for(tmp_path / "talks.csv"), tmp_path / "full", replace=replace)
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["mine.txt"]
    with pytest.raises(ImportFault, match="is a file"):
        run(plan_for(tmp_path / "talks.csv"), tmp_path / "talks.csv")
    with pytest.raises(ImportFault, match="there is no folder"):
        run(plan_for(tmp_path / "talks.csv"), tmp_path / "no" / "where")


def test_an_earlier_import_is_replaced_unless_it_was_worked_on(tmp_path: Path) -> None:
    imported(tmp_path)
    table(tmp_path / "talks.csv", ROWS[:2])
    run(plan_for(tmp_path / "talks.csv"), tmp_path / "talks", replace=True)
    assert len(lines_of(tmp_path / "talks")) == 2
    main = tmp_path / "talks" / "corpus.toml"
    before = main.read_text(encoding="utf-8")
    main.write_text(before.replace('"FAVOR"', '"in favour"'), encoding="utf-8")
    with pytest.raises(ImportFault, match=r"corpus\.toml was changed"):
        imported(tmp_path, replace=True)
    main.write_text(before, encoding="utf-8")
    (tmp_path / "talks" / "events.toml").write_text("")
    with pytest.raises(ImportFault, match=r"events\.toml was put there"):
        imported(tmp_path, replace=True)
    (tmp_path / "talks" / "events.toml").unlink()
    (tmp_path / "talks" / "import.json").write_text("{}")
    with pytest.raises(ImportFault, match="damaged"):
        imported(tmp_path, replace=True)
    assert len(lines_of(tmp_path / "talks")) == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["talks", "talks.csv"]


def test_the_receipt_says_how_it_was_made(tmp_path: Path) -> None:
    imported(tmp_path)
    receipt = json.loads((tmp_path / "talks" / "import.json").read_text(encoding="utf-8"))
    assert receipt["file"] == "talks.csv" and receipt["statements"] == 4 and receipt["bad_rows"] == 0
    assert receipt["map"] == "text=quote,speaker=author,date=published,stance=label,topic=target,id=id"


def test_what_a_killed_import_left_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / ".talks.importing-1-abc"
    left.mkdir()
    (left / ".lock").touch()
    (left / "statements.jsonl").write_bytes(b"half")
    imported(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["talks", "talks.csv"]


def test_an_import_that_lives_is_left_alone(tmp_path: Path) -> None:
    with target.opened(tmp_path / "talks", replace=False) as other:
        imported(tmp_path)
        assert other.temp.is_dir()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["talks", "talks.csv"]


def test_what_a_killed_import_was_about_to_replace_is_put_back(tmp_path: Path) -> None:
    imported(tmp_path)
    (tmp_path / "talks").rename(tmp_path / ".talks.replaced-1-abc")
    with pytest.raises(ImportFault, match="earlier import"):
        imported(tmp_path)
    assert len(lines_of(tmp_path / "talks")) == 4


@pytest.mark.parametrize("where", ["fsync", "rename", "write"])
@pytest.mark.parametrize("replacing", [False, True])
def test_a_full_disk_leaves_things_as_they_were(
    where: str, replacing: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table(tmp_path / "talks.csv", ROWS)
    plan = plan_for(tmp_path / "talks.csv")
    if replacing:
        run(plan, tmp_path / "talks")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if where == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    elif where == "write":
        monkeypatch.setattr(Path, "write_text", full)
    else:
        real = Path.rename

        def rename(self: Path, to: Path) -> Path:
            return full() or self if ".importing-" in self.name else real(self, to)

        monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(ImportFault, match=r"no space left on device.*nothing of the import is left"):
        run(plan, tmp_path / "talks", replace=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == (["talks"] if replacing else []) + ["talks.csv"]
    if replacing:
        assert len(lines_of(tmp_path / "talks")) == 4


@pytest.mark.parametrize("where", ["mkdir", "spill", "commit"])
def test_errors_name_the_folder_as_it_was_given(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = "c"
    if where == "mkdir":
        name = "c" * (os.pathconf(tmp_path, "PC_NAME_MAX") - 5)
    said = rf"^{name} cannot be written: .*nothing of the import is left$"
    with pytest.raises(ImportFault, match=said), target.opened(Path(name), replace=False) as opened:
        if where == "commit":
            opened.commit({}, "")  # there is nothing in the hidden folder to commit
        seen_ids.Owners(opened.temp / "nowhere" / ".speakers", 0).claim("ada", "Ada")
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_and_may_interrupt(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", [(f"text {n}",) for n in range(2_000)], ("text",))
    told: list[tuple[int, int, int]] = []
    run(plan_for(path), tmp_path / "c", progress=lambda *how_far: told.append(how_far))
    size = path.stat().st_size
    assert told[-1] == (2_000, size, size) and len(told) > 1
    assert all(0 < done <= size for _, done, _ in told)

    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(plan_for(path), tmp_path / "d", progress=stop)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["c", "t.csv"]


_CELL = st.text(max_size=15) | st.sampled_from(["2031-04-05", "FAVOR", "q1", "none", "a;b", '"', "\0", "=1"])


@settings(deadline=None)
@given(st.lists(st.tuples(*[_CELL] * 6), min_size=1, max_size=15))
def test_every_row_is_a_statement_or_a_bad_row(rows: list[tuple[str, ...]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "t.csv").open("w", newline="", encoding="utf-8", errors="surrogatepass") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows([HEADER, *rows])
        try:
            seen = look(folder / "t.csv", delimiter=",", encoding="utf-8")
            result = run(Plan(seen.table, FIELDS, "x", "X"), folder / "c")
        except ImportFault as error:
            assert "none of the first" in str(error) or "are bad" in str(error)
            assert not (folder / "c").exists()
            return
        lines, bad = lines_of(folder / "c"), bad_rows(folder / "c")
        assert len(lines) + len(bad) == len(rows) == result.rows
        assert len({line.id.casefold() for line in lines}) == len(lines)
        texts = [row[2].strip() for row in rows]
        assert all(line.excerpt in texts for line in lines)
        study = load(folder / "c")
        assert {p.stance for line in lines for p in line.positions} == {s.id for s in study.stance}
        assert {t for line in lines for t in line.topics} == {t.id for t in study.topic}


@settings(deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"text,speaker\n", b"text\tspeaker\n", b"text;speaker\n", b'{"text": "a"}\n']),
)
def test_any_bytes_are_imported_or_refused(data: bytes, header: bytes) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "t.csv").write_bytes(header + data)
        try:
            seen = look(folder / "t.csv")
            found = guess(seen)
            if "text" not in found.mapping:
                return
            run(Plan(seen.table, found.mapping, "x", "X"), folder / "c")
        except ImportFault:
            assert [p.name for p in folder.iterdir()] == ["t.csv"]
            return
        lines_of(folder / "c")
        load(folder / "c")
