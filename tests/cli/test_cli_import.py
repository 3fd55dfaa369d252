"""``zeroline import``: what it asks, shows, makes and refuses."""

from __future__ import annotations

import gzip
import json
import os
import re
from pathlib import Path

import pytest

SEMEVAL = (
    "ID\tTarget\tTweet\tStance\n"
    '101\tGrain duty\t"Keep it," they say, and I agree\tFAVOR\n'
    "102\tGrain duty\tNobody asked the mill about it\tAGAINST\n"
    "103\tGrain duty\tLovely weather for a walk\tNONE\n"
    "104\tMill bridge\tMend the bridge now\tFAVOR\n"
)
TALKS = "author,quote,published,label\nAda Millward,Mend it,2031-04-05,mend\nBo Reed,Close it,2031-04-06,close\n"


@pytest.fixture
def talks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a table in it, to be in."""
    (tmp_path / "talks.csv").write_text(TALKS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "statements.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_line_of_the_issue(run, talks: Path) -> None:
    result = run(
        "import", "talks.csv", "--into", "talks", "--map", "speaker=author,text=quote,date=published,stance=label",
        corpus=None,
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    assert "2 statements, 2 speakers, 1 source" in result.stdout
    assert "stances: close: 1, mend: 1" in result.stdout and "Explore it: zeroline talks\n" in result.stdout
    shown = run("statements", "--stance", "mend", "--format", "json", corpus=talks / "talks")
    (statement,) = json.loads(shown.stdout)
    assert (statement["excerpt"], statement["speaker"]["name"], statement["date"]) == (
        "Mend it", "Ada Millward", "2031-04-05"
    )  # fmt: skip
    assert run("check", str(talks / "talks"), corpus=None).exit_code == 0


def test_stance_data_as_it_is_shared_works_out_of_the_box(run, talks: Path) -> None:
    (talks / "semeval.txt").write_text(SEMEVAL, encoding="utf-8")
    result = run("import", "semeval.txt", "--into", "semeval", corpus=None)
    assert result.exit_code == 0, result.stderr
    assert "stances: FAVOR: 2, AGAINST: 1" in result.stdout and "without a position: 1" in result.stdout
    overview = run("overview", corpus=talks / "semeval").stdout
    assert "▲ FAVOR: 2 statements" in overview and "▼ AGAINST: 1 statement" in overview
    none = json.loads(run("statements", "--stance", "none", "--format", "json", corpus=talks / "semeval").stdout)
    assert [s["id"] for s in none] == ["103"]


def test_preview_shows_and_makes_nothing(run, talks: Path) -> None:
    (talks / "semeval.txt").write_text(SEMEVAL, encoding="utf-8")
    result = run("import", "semeval.txt", "--preview", corpus=None)
    assert result.exit_code == 0 and result.stderr == ""
    assert "columns parted by a tab, UTF-8, 4 columns" in result.stdout
    assert "Stances in the first 4 rows: FAVOR: 2, AGAINST: 1" in result.stdout
    assert "Taken for no position: “NONE”: 1 (--none-label names more)" in result.stdout
    assert "--map text=Tweet,stance=Stance,topic=Target,id=ID" in result.stdout
    assert sorted(p.name for p in talks.iterdir()) == ["semeval.txt", "talks.csv"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", 'text,speaker\n"mend it,\nand soon",Ada\n\ntoo,short,by far\n"leave\n\nit",Bo\nas it is,Cy\n'),
        ("a.jsonl", '{"text": "mend it"}\n\n[]\n{"text": "leave it"}\n'),
    ],
    ids=["csv", "jsonl"],
)
def test_preview_calls_statements_as_the_import_does(name: str, text: str, run, talks: Path) -> None:
    (talks / name).write_text(text, encoding="utf-8")
    shown = run("import", name, "--preview", corpus=None).stdout
    run("import", name, "--into", "a", corpus=None)
    ids = [statement["id"] for statement in made(talks / "a")]
    assert re.findall(r"^line-\d+", shown, re.MULTILINE) == ids != []


def test_a_guess_that_is_not_sure_is_asked_or_said(run, talks: Path) -> None:
    (talks / "t.csv").write_text("who,c2\nAda,they ought to mend the bridge\n", encoding="utf-8")
    result = run("import", "t.csv", "--into", "t", corpus=None)
    assert result.exit_code == 2 and not (talks / "t").exists()
    assert "only guessed (text = “c2”)" in result.stderr and "--map text=c2,speaker=who" in result.stderr.replace(
        "speaker=who,text=c2", "text=c2,speaker=who"
    )
    assert run("import", "t.csv", "--into", "t", "--yes", corpus=None).exit_code == 0
    assert made(talks / "t")[0]["excerpt"] == "they ought to mend the bridge"


@pytest.mark.parametrize("yes", [["--yes"], []])
def test_a_date_alone_is_no_study(yes: list[str], run, talks: Path) -> None:
    (talks / "t.csv").write_text("published,n\n2031-04-05,1\n2031-04-06,2\n", encoding="utf-8")
    result = run("import", "t.csv", "--into", "t", *yes, corpus=None)
    assert result.exit_code == 2 and not (talks / "t").exists()
    assert result.stderr.splitlines() == [
        "zeroline: which column holds what was said cannot be told; only “published” (date) can be guessed. "
        "The columns are “published”, “n”",
        "To go on: zeroline import … --map text=COLUMN,speaker=COLUMN,date=published",
    ]
    shown = run("import", "t.csv", "--preview", corpus=None).stdout
    assert shown.endswith("\n--map text=COLUMN,speaker=COLUMN,date=published\n")


def test_ids_that_stand_twice_are_said_to_be_left_out(run, talks: Path) -> None:
    (talks / "t.csv").write_text("id,text\na,mend it\nA,leave it\n", encoding="utf-8")
    result = run("import", "t.csv", "--into", "t", corpus=None)
    assert result.exit_code == 0 and [s["id"] for s in made(talks / "t")] == ["line-2", "line-3"]
    assert "“id” is left out: the same ids stand in several rows" in result.stderr
    assert "\n  columns left out: “id”\n" in result.stdout
    assert "Ids: “id” is left out" in run("import", "t.csv", "--preview", corpus=None).stdout
    result = run("import", "t.csv", "--into", "u", "--map", "text=text,id=id", corpus=None)
    assert "line 3: the id “A” is taken" in result.stderr and [s["id"] for s in made(talks / "u")] == ["a"]


def test_order_of_day_and_month_is_asked_for(run, talks: Path) -> None:
    (talks / "t.csv").write_text("text,date\nx,03/04/2031\ny,05/06/2031\n", encoding="utf-8")
    result = run("import", "t.csv", "--into", "t", "--yes", corpus=None)
    assert result.exit_code == 2 and "--date-format dmy or --date-format mdy" in result.stderr
    assert run("import", "t.csv", "--into", "t", "--date-format", "mdy", corpus=None).exit_code == 0
    assert [s["date"] for s in made(talks / "t")] == ["2031-03-04", "2031-05-06"]
    assert "Missing: whether the day" in run("import", "t.csv", "--preview", corpus=None).stdout


GUARDED = "speaker,text,stance,force\nB,cc dd,mend,Hypothetical\nC,ee ff,mend,conditional\nD,gg hh,mend,hypothetcal\n"


def test_guarded_views_stay_guarded(run, talks: Path) -> None:
    (talks / "h.csv").write_text(GUARDED, encoding="utf-8")
    result = run("import", "h.csv", "--into", "h", corpus=None)
    assert result.exit_code == 0 and "line 4: force is “hypothetcal”" in result.stderr
    forces = [(s["positions"][0]["force"], s["positions"][0].get("condition")) for s in made(talks / "h")]
    assert forces == [("hypothetical", None), ("conditional", "not recorded")]
    shown = run("show", "line-3", corpus=talks / "h").stdout
    assert "only under a condition that is not recorded" in shown


def test_a_column_that_says_how_firm_is_only_left_out_when_told(run, talks: Path) -> None:
    (talks / "g.csv").write_text("text,stance,is_conditional,lang\nmend it,mend,yes,en\n", encoding="utf-8")
    result = run("import", "g.csv", "--into", "g", "--yes", corpus=None)
    assert result.exit_code == 2 and not (talks / "g").exists()
    assert "“is_conditional” would be left out" in result.stderr
    assert "--map text=text,stance=stance,condition=is_conditional" in result.stderr
    assert "To leave it out: zeroline import … --map text=text,stance=stance\n" in result.stderr
    shown = run("import", "g.csv", "--preview", corpus=None).stdout
    assert "Not left out without your word: “is_conditional”" in shown
    assert "\nTo use it: zeroline import … --map text=text,stance=stance,condition=is_conditional " in shown
    assert "mend: 1" not in shown and "line-2" not in shown  # a view that may be guarded is not shown as a plain one
    told = run("import", "g.csv", "--into", "g", "--map", "text=text,stance=stance", corpus=None)
    assert told.exit_code == 0 and "columns left out: “is_conditional”, “lang”" in told.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["talks.csv"], 2, "--into FOLDER"),
        (["none.csv", "--into", "c"], 1, "none.csv cannot be read: no such file"),
        (["talks.csv", "--into", "c", "--map", "text=quot"], 2, "no column “quot”; did you mean “quote”?"),
        (["talks.csv", "--into", "c", "--map", "txet=quote"], 2, "no field “txet”; did you mean “text”?"),
        (["talks.csv", "--into", "c", "--map", "speaker=author"], 2, "no column is mapped to “text”"),
        (["talks.csv", "--into", "c", "--encoding", "klingon"], 2, "no encoding “klingon”"),
        (["talks.csv", "--into", "c", "--encoding", "rot13"], 2, "no encoding “rot13”"),
        (["talks.csv", "--into", "c", "--delimiter", "::"], 2, "--delimiter"),
        (["talks.csv", "--into", "c", "--date-format", "D/M"], 2, "--date-format"),
        (["talks.csv", "--into", "c", "--id", "My Corpus"], 2, "--id"),
        (["talks.csv", "--into", "talks.csv"], 1, "is a file"),
        (["talks.csv", "--into", "."], 1, "is not empty"),
        (["talks.csv", "--into", "no/where"], 1, "there is no folder"),
        (["talks.csv", "--into", "c", "--format", "xlsx"], 2, "--format"),
        (["talks.csv", "--into", "/proc/nowhere/c"], 1, "there is no folder"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_makes_nothing(
    arguments: list[str], code: int, said: str, run, talks: Path
) -> None:
    result = run("import", *arguments, corpus=None)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr and len(result.stderr.splitlines()) == 1 and "Traceback" not in result.stderr
    assert [p.name for p in talks.iterdir()] == ["talks.csv"]


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that nobody can write to")
def test_a_place_that_cannot_be_written_to(run, talks: Path) -> None:
    result = run("import", "talks.csv", "--into", "/proc/c", corpus=None)
    assert result.exit_code == 1 and "cannot be written" in result.stderr and len(result.stderr.splitlines()) == 1


def test_bad_rows_are_counted_and_said_where(run, talks: Path) -> None:
    with (talks / "talks.csv").open("ab") as file:
        file.write(b"Ada,one too few,2031-04-05\n\xff,bytes,2031-04-05,mend\nAda,x,never,mend\nAda,x,2031-04-05,mend\n")
    result = run("import", "talks.csv", "--into", "c", corpus=None)
    assert result.exit_code == 0
    assert "6 rows" in result.stdout and "3 statements" in result.stdout and "bad rows: 3" in result.stdout
    assert "c/bad-rows.csv" in result.stdout
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["line 4", "line 5", "line 6"]
    result = run("import", "talks.csv", "--into", "d", "--strict", corpus=None)
    assert result.exit_code == 1 and "talks.csv:4: 3 columns instead of 4" in result.stderr
    assert not (talks / "d").exists()


def test_truncated_gzip_leaves_nothing(run, talks: Path) -> None:
    data = gzip.compress(("text\n" + "".join(f"line {n} {n * n}\n" for n in range(100_000))).encode())
    (talks / "t.csv.gz").write_bytes(data[: len(data) // 2])
    result = run("import", "t.csv.gz", "--into", "c", corpus=None)
    assert result.exit_code == 1 and "damaged or cut off behind line" in result.stderr
    assert sorted(p.name for p in talks.iterdir()) == ["t.csv.gz", "talks.csv"]


def test_title_id_and_replacement(run, talks: Path) -> None:
    arguments = ["import", "talks.csv", "--into", "c", "--title", "Mill talks", "--id", "mill-talks"]
    assert run(*arguments, corpus=None).exit_code == 0
    assert "Mill talks" in run("overview", corpus=talks / "c").stdout
    assert 'id = "mill-talks"' in (talks / "c" / "corpus.toml").read_text(encoding="utf-8")
    assert run(*arguments, corpus=None).exit_code == 1
    assert run(*arguments, "--replace", corpus=None).exit_code == 0


def test_folder_with_a_command_s_name_is_said_as_it_must_be_typed(run, talks: Path) -> None:
    result = run("import", "talks.csv", "--into", "check", corpus=None)
    assert "zeroline ./check\n" in result.stdout


def test_json_lines_with_nested_names_and_times(run, talks: Path) -> None:
    tweet = {
        "id_str": "9", "full_text": "mend it", "created_at": "Wed Oct 10 20:19:24 +0000 2018",
        "user": {"name": "Ada"}, "tags": ["bridge", "mill"],
    }  # fmt: skip
    (talks / "t.jsonl").write_text(json.dumps(tweet) + "\n", encoding="utf-8")
    assert run("import", "t.jsonl", "--into", "c", "--keep-times", corpus=None).exit_code == 0
    (statement,) = made(talks / "c")
    assert (statement["id"], statement["date"], statement["topics"]) == (
        "9",
        "2018-10-10T20:19:24Z",
        ["bridge", "mill"],
    )
    assert statement["speaker"] == {"id": "ada", "name": "Ada"}


def test_what_a_terminal_might_act_on_is_shown_visibly(run, talks: Path) -> None:
    (talks / "t.csv").write_text("text,stance\n\x1b[31mred,\x1b]0;x\x07\nplain,\x1b]0;x\x07\n", encoding="utf-8")
    for more in (["--preview"], ["--into", "c"]):
        result = run("import", "t.csv", *more, "--map", "text=text,stance=stance", corpus=None)
        assert result.exit_code == 0 and "\x1b" not in result.stdout + result.stderr and "␛" in result.stdout
    assert made(talks / "c")[0]["excerpt"] == "\x1b[31mred"


def json_lines(path: Path, *objects: object) -> None:
    path.write_text("".join(json.dumps(found) + "\n" for found in objects), encoding="utf-8")


LATE = [*[{"text": "mend it", "stance": "mend"}] * 5_000, {"text": "b", "stance": "mend", "condition": "they pay"}]
PLAIN_MAP = ["--map", "text=text,stance=stance"]


@pytest.mark.parametrize(
    ("late", "likely"),
    [
        ({"condition": "they pay"}, "condition=condition"),
        ({"force": "conditional"}, "force=force"),
        ({"user": {"force": "conditional"}}, "force=user.force"),
        ({"a": {"b": {"c": {"d": {"unless": "it rains"}}}}}, "condition=a.b.c.d.unless"),
    ],
)
def test_a_late_key_that_says_how_firm_stops_a_guessed_import(late: dict, likely: str, run, talks: Path) -> None:
    json_lines(talks / "t.jsonl", *LATE[:-1], {"text": "b", "stance": "mend", **late})
    result = run("import", "t.jsonl", "--into", "t", "--yes", corpus=None)
    assert result.exit_code == 2 and sorted(p.name for p in talks.iterdir()) == ["t.jsonl", "talks.csv"]
    said = result.stderr.splitlines()
    assert said[0].startswith(f"zeroline: t.jsonl:5001: “{likely.partition('=')[2]}” would be left out")
    assert f"--map text=text,stance=stance,{likely} " in said[1]
    assert said[2] == "To leave it out: zeroline import … --map text=text,stance=stance"


def test_a_late_key_is_used_or_left_out_as_the_map_says(run, talks: Path) -> None:
    json_lines(talks / "t.jsonl", *LATE, {"text": "c", "stance": "mend", "lang": {"code": "en"}})
    result = run("import", "t.jsonl", "--into", "t", *PLAIN_MAP, corpus=None)
    assert result.exit_code == 0 and "\n  columns left out: “condition”, “lang.code”\n" in result.stdout
    mapped = ["--map", "text=text,stance=stance,condition=condition"]
    result = run("import", "t.jsonl", "--into", "u", *mapped, corpus=None)
    assert result.exit_code == 0 and "columns left out: “lang.code”" in result.stdout
    assert [s["positions"][0].get("condition") for s in made(talks / "u")][-3:] == [None, "they pay", None]
    assert "condition" in run("import", "t.jsonl", "--preview", *mapped, corpus=None).stdout


def test_a_mapped_key_that_no_row_has_is_an_error_at_the_end(run, talks: Path) -> None:
    json_lines(talks / "t.jsonl", *LATE)
    wrong = ["--map", "text=text,stance=stance,condition=conditon"]
    result = run("import", "t.jsonl", "--into", "t", *wrong, corpus=None)
    assert result.exit_code == 2 and not (talks / "t").exists()
    assert "the file has no column “conditon”; the columns are “text”, “stance”" in result.stderr
    json_lines(talks / "t.jsonl", *LATE[-2:])  # where every row was looked at, it is said at once
    result = run("import", "t.jsonl", "--into", "t", *wrong, corpus=None)
    assert "the file has no column “conditon”; did you mean “condition”?" in result.stderr


@pytest.mark.parametrize(
    ("inner", "name"),
    [
        ({"annotations": [{"force": "conditional"}]}, "annotations[].force"),
        ({"positions": [{"x": [[{"condition": "they pay"}]]}]}, "positions[].x[][].condition"),
        ({"a": {"b": {"c": [{"fallBack": "close"}]}}}, "a.b.c[].fallBack"),
    ],
)
@pytest.mark.parametrize("late", [False, True])
def test_what_lies_in_a_list_is_not_left_out_unasked(inner: dict, name: str, late: bool, run, talks: Path) -> None:
    json_lines(talks / "t.jsonl", *LATE[: 5_000 * late], {"text": "b", "stance": "mend", **inner})
    result = run("import", "t.jsonl", "--into", "t", "--yes", corpus=None)
    assert result.exit_code == 2 and not (talks / "t").exists()
    assert f"“{name}” would be left out" in result.stderr
    assert f"What lies in a list cannot be mapped (“{name}”): write it as columns of its own" in result.stderr
    assert "To use it" not in result.stderr
    assert f"“{name}”" in run("import", "t.jsonl", "--preview", corpus=None).stdout or late
    result = run("import", "t.jsonl", "--into", "t", *PLAIN_MAP, corpus=None)
    assert result.exit_code == 0 and f"“{name}”" in result.stdout
    refused = run("import", "t.jsonl", "--into", "u", "--map", f"text=text,stance=stance,force={name}", corpus=None)
    assert refused.exit_code == 2


def test_of_what_lies_in_a_list_and_what_does_not_the_latter_is_proposed(run, talks: Path) -> None:
    found = {"text": "b", "stance": "mend", "votes": [{"force": "conditional"}], "x": {"y": {"z": {"if": "they pay"}}}}
    json_lines(talks / "t.jsonl", found)
    result = run("import", "t.jsonl", "--into", "t", corpus=None)
    assert (
        result.exit_code == 2
        and "To use it: zeroline import … --map text=text,stance=stance,condition=x.y.z.if " in (result.stderr)
    )
    assert "cannot be mapped (“votes[].force”)" in result.stderr


def test_a_column_of_a_csv_whose_name_looks_like_a_list_is_a_column(run, talks: Path) -> None:
    (talks / "t.csv").write_text("text,stance,votes[].condition\na,mend,they pay\n", encoding="utf-8")
    result = run("import", "t.csv", "--into", "t", corpus=None)
    assert result.exit_code == 2 and "condition=votes[].condition'" in result.stderr
    mapped = "text=text,stance=stance,condition=votes[].condition"
    assert run("import", "t.csv", "--into", "t", "--map", mapped, corpus=None).exit_code == 0


def test_what_lies_deep_is_mapped_by_its_way(run, talks: Path) -> None:
    json_lines(talks / "t.jsonl", {"text": "b", "stance": "mend", "a": {"b": {"c": {"condition": "they pay"}}}})
    result = run("import", "t.jsonl", "--into", "t", corpus=None)
    assert result.exit_code == 2 and "“a.b.c.condition” would be left out" in result.stderr
    mapped = "text=text,stance=stance,condition=a.b.c.condition"
    assert mapped in result.stderr
    assert "they pay" in run("import", "t.jsonl", "--preview", "--map", mapped, corpus=None).stdout
    assert run("import", "t.jsonl", "--into", "t", "--map", mapped, corpus=None).exit_code == 0
    assert made(talks / "t")[0]["positions"][0]["condition"] == "they pay"


HELD = (
    "text,stance,force,condition,otherwise\na,FAVOR,,,\nb,FAVOR,,they pay,LEAVE\nc,FAVOR,conditional,,LEAVE\n"
    "d,FAVOR,hypothetical,,\n"
)


def test_stances_are_counted_with_their_force(run, talks: Path) -> None:
    (talks / "h.csv").write_text(HELD, encoding="utf-8")
    shown = run("import", "h.csv", "--preview", corpus=None).stdout
    done = run("import", "h.csv", "--into", "h", corpus=None).stdout
    counts = "FAVOR: 4 (1 without a condition, 2 on a condition, 1 as a hypothesis)\n"
    assert f"Stances in the first 4 rows: {counts}" in shown and f"  stances: {counts}" in done
    assert "FAVOR on a condition: they pay; otherwise LEAVE" in " ".join(shown.split())
    assert "FAVOR as a hypothesis" in shown


def test_labels_that_say_a_condition_are_said_to_be_taken_so(run, talks: Path) -> None:
    (talks / "t.csv").write_text("text,stance\na,hold.conditional\nb,hold\n", encoding="utf-8")
    shown = run("import", "t.csv", "--preview", corpus=None).stdout
    done = run("import", "t.csv", "--into", "t", corpus=None).stdout
    for said in (shown, done):
        assert "hold.conditional: 1 (1 on a condition)" in said
        assert "unless a column has it: “hold.conditional” (conditional)\n" in said
    assert "hold.conditional on a condition: not recorded" in " ".join(shown.split())
    assert "only under a condition that is not recorded" in run("show", "line-2", corpus=talks / "t").stdout


def test_labels_for_no_position_are_added_to_those_known(run, talks: Path) -> None:
    (talks / "t.csv").write_text("text,stance\na,hold\nb,neutral\nc,dunno\n", encoding="utf-8")
    result = run("import", "t.csv", "--into", "t", "--none-label", "Dunno", corpus=None)
    assert "stances: hold: 1\n" in result.stdout and "without a position: 2" in result.stdout


@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes only there")
def test_names_that_are_not_utf_8(run, talks: Path) -> None:
    bad = os.fsdecode(b"t\xff.csv")
    (talks / bad).write_text("text,stance\na,b\n", encoding="utf-8")
    assert run("import", bad, "--into", "c", corpus=None).exit_code == 0
    assert 'title = "t?"' in (talks / "c" / "corpus.toml").read_text(encoding="utf-8")
    more = ["--title", os.fsdecode(b"T\xff"), "--none-label", os.fsdecode(b"\xffx")]
    assert run("import", "talks.csv", "--into", "d", *more, corpus=None).exit_code == 0
    assert 'title = "T?"' in (talks / "d" / "corpus.toml").read_text(encoding="utf-8")
    assert run("import", "talks.csv", "--into", "e", "--delimiter", os.fsdecode(b"\xff"), corpus=None).exit_code == 2


@pytest.mark.parametrize("within", ["", "sub"])
def test_the_folder_one_is_in_is_not_taken_away(within: str, run, talks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (talks / "my c" / within).mkdir(parents=True)
    monkeypatch.chdir(talks / "my c" / within)
    into = ".." if within else "."
    result = run("import", str(talks / "talks.csv"), "--into", into, corpus=None)
    assert result.exit_code == 1 and len(result.stderr.splitlines()) == 1
    if not within:
        assert f"go up first (cd {talks}), then import --into 'my c'" in result.stderr
        monkeypatch.chdir(talks)
        assert run("import", "talks.csv", "--into", "my c", corpus=None).exit_code == 0
        monkeypatch.chdir(talks / "my c")
        result = run("import", str(talks / "talks.csv"), "--into", ".", "--replace", corpus=None)
        assert result.exit_code == 1 and "is the folder you are in" in result.stderr
        assert len(made(talks / "my c")) == 2
