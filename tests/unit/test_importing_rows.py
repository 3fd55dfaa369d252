"""Rows of tables, sound and damaged."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zeroline.importing import reading
from zeroline.importing.errors import ImportFault
from zeroline.importing.first_look import SAMPLE_CELLS, look
from zeroline.importing.reading import Lines
from zeroline.importing.rows import Row, rows


def read(path: Path, **how: object) -> list[Row]:
    """Every row of a file, looked at first."""
    table = look(path, **how).table  # type: ignore[arg-type]
    with Lines(path, table.encoding) as lines:
        return list(rows(table, lines, table.columns))


@pytest.fixture
def file(tmp_path: Path):
    """Make a file of text or bytes."""

    def make(content: str | bytes, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


def cells(found: list[Row]) -> list[list[str]]:
    return [list(row.cells) for row in found if not row.fault]  # type: ignore[arg-type]


def faults(found: list[Row]) -> list[tuple[int, str]]:
    return [(row.line, row.fault) for row in found if row.fault]


SOUND = [["a", "b"], ["1", 'with "marks", and\na line'], ["2", "ü"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("packed", [False, True])
def test_tables_are_found_out(delimiter: str, encoding: str, ending: str, packed: bool, file) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=ending).writerows(SOUND)
    data = text.getvalue().encode(encoding)
    path = file(gzip.compress(data) if packed else data, "table.csv.gz" if packed else "table.txt")
    seen = look(path)
    assert (seen.table.columns, seen.table.delimiter, seen.bad) == (("a", "b"), delimiter, [])
    assert cells(read(path)) == SOUND[1:]


def test_lines_are_counted_as_an_editor_does(file) -> None:
    found = read(file('a,b\n1,"x\ny"\n\n2,z\n'))
    assert [(row.line, row.last) for row in found] == [(2, 3), (5, 5)]


def test_tab_separated_text_with_stray_marks(file) -> None:
    path = file('ID\tTweet\n1\t"Hm," she said\n2\t6" nails\n3\t"open\n4\tplain\n')
    assert cells(read(path)) == [["1", '"Hm," she said'], ["2", '6" nails'], ["3", '"open'], ["4", "plain"]]


def test_one_column_is_one_text_a_line(file) -> None:
    found = read(file("quote\nHello, you; there\nshort\n"))
    assert cells(found) == [["Hello, you; there"], ["short"]]
    assert cells(read(file('quote\n"Hello, you"\nshort\n'))) == [["Hello, you"], ["short"]]


def test_wrong_number_of_columns(file) -> None:
    found = read(file("a,b\n1,2\n1\n1,2,3\n1,2,,\n3,4\n"))
    assert cells(found) == [["1", "2"], ["1", "2"], ["3", "4"]]
    assert faults(found) == [(3, "1 columns instead of 2"), (4, "3 columns instead of 2")]


def test_a_mark_never_closed_costs_one_row(file) -> None:
    lines = ["a,b", "1,x", '2,"never closed', *(f"{n},y{n}" for n in range(3, 5_000))]
    found = read(file("\n".join(lines)))
    assert len(cells(found)) == 4_998
    assert faults(found) == [(3, "a quotation mark is not closed")]


def test_a_mark_never_closed_with_marks_behind_it_costs_one_row(file) -> None:
    found = read(file('a,b\n1,"never closed\n2,"sound"\n3,plain\n'))
    assert cells(found) == [["2", "sound"], ["3", "plain"]]
    assert [line for line, _ in faults(found)] == [2]


def test_a_mark_closed_far_away_costs_one_row(file) -> None:
    lines = ["a,b", '1,"open', *(f"{n},y" for n in range(2, 200)), '",x', "200,z"]
    found = read(file("\n".join(lines)))
    assert cells(found)[0] == ["2", "y"] and cells(found)[-1] == ["200", "z"]
    assert len(cells(found)) + len(faults(found)) == 201


def test_a_mark_never_closed_in_a_large_file_ends_at_the_limit(file, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["a,b", '1,"open', *(f"{n},{'y' * 50}" for n in range(2, 3_000))]
    path = file("\n".join(lines))
    monkeypatch.setattr("zeroline.importing.rows.LONGEST_LINE", 10_000)
    found = read(path)
    assert len(cells(found)) == 2_998 and faults(found) == [(2, "a quotation mark is not closed")]


def test_damaged_rows_are_told_apart(file) -> None:
    found = read(file(b"a,b\n1,caf\xe9\n2,x\0y\n3,fine\n4,\xc3\xa9\n"))
    assert cells(found) == [["3", "fine"], ["4", "é"]]
    assert [(line, fault[:9]) for line, fault in faults(found)] == [(2, "it is not"), (3, "it holds ")]
    assert cells(read(file(b"a,b\n1,caf\xe9\n"), encoding="cp1252")) == [["1", "café"]]


def test_the_look_hints_at_another_encoding(file) -> None:
    assert "--encoding cp1252" in look(file(b"a,b\n1,caf\xe9\n2,x\n")).hint
    assert look(file(b"a,b\n1,cafe\n")).hint == ""


def test_utf_16_without_a_mark_is_recognised_and_damage_in_it_found(file) -> None:
    data = "a,b\n1,ü\n2,x\n".encode("utf-16-le")
    with pytest.raises(ImportFault, match="--encoding utf-16"):
        look(file(data))
    assert cells(read(file(data), encoding="utf-16-le")) == [["1", "ü"], ["2", "x"]]
    lone = "a,b\n1,".encode("utf-16-le") + b"\x00\xd8" + "\n2,x\n".encode("utf-16-le")
    found = read(file(lone), encoding="utf-16-le")
    assert cells(found) == [["2", "x"]] and [line for line, _ in faults(found)] == [2]


def test_a_line_of_ten_megabytes_is_one_bad_row(file) -> None:
    path = file("a,b\n1," + "x" * 10_000_000 + "\n2,y\n")
    found = read(path)
    assert cells(found) == [["2", "y"]]
    assert [line for line, _ in faults(found)] == [2] and "longer than" in faults(found)[0][1]
    assert all(len(row.text) <= reading.LONGEST_LINE + 1 for row in found)
    quoted = file('a,b\n1,"' + "x" * 2_000_000 + '"\n2,y\n')
    assert cells(read(quoted)) == [["2", "y"]] and "longer than" in faults(read(quoted))[0][1]


def test_json_lines(file) -> None:
    lines = [
        {"text": "a", "user": {"name": "Ada", "id": 7}, "tags": ["x", "y"], "n": 1.5, "ok": True, "no": None},
        {"text": "b", "user": None, "a.b": "dotted"},
    ]
    bad = '{"text": "c"\n[1]\nnull\n{"text": "\\ud800"}\n\n{"text": NaN}\n'
    path = file("\n".join(map(json.dumps, lines)) + "\n" + bad + '{"text": "d"}', "t.jsonl")
    seen = look(path)
    assert seen.table.is_json and seen.table.columns == (
        "text", "user.name", "user.id", "tags", "n", "ok", "no", "user", "a.b"
    )  # fmt: skip
    found = read(path)
    assert cells(found)[0][:7] == ["a", "Ada", "7", ["x", "y"], "1.5", "true", ""]
    assert cells(found)[1][0] == "b" and cells(found)[1][-1] == "dotted"
    assert [line for line, _ in faults(found)] == [3, 4, 5, 6, 8]
    assert len(cells(found)) == 3


def test_lists_in_the_sample_count_as_what_they_hold(file) -> None:
    line = json.dumps({"text": "a", "tags": ["some tag"] * 50_000}) + "\n"
    seen = look(file(line * 40, "t.jsonl"))
    assert len(seen.sample) <= SAMPLE_CELLS // 400_000 + 1
    assert seen.whole and seen.table.columns == ("text", "tags")


def test_json_line_of_ten_megabytes_and_deep_nesting(file) -> None:
    deep = "[" * 100_000 + "]" * 100_000
    path = file('{"t": "a"}\n{"t": "' + "x" * 10_000_000 + '"}\n{"t": ' + deep + '}\n{"t": "b"}\n', "t.jsonl")
    found = read(path)
    assert [row[0] for row in cells(found)] == ["a", "b"]
    assert [line for line, _ in faults(found)] == [2, 3]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "t.csv", "is empty"),
        (b"\xef\xbb\xbf", "t.csv", "empty"),
        (b"a,b\n", "t.csv", "one line, “a,b”, which would be its header, and no rows$"),
        (b"hello\n", "t.csv.gz", "one line, “hello”.*in spite of its name it is not compressed with gzip"),
        (gzip.compress(b"hello\n", mtime=0), "t.csv.gz", "one line, “hello”, which would be its header, and no rows$"),
        (b"\n<!-- x --><!DOCTYPE html>\n<p>\n", "t.csv.gz", "a web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<a/>\n", "t.csv", "but XML"),
        (gzip.compress(gzip.compress(b"a,b\n1,2\n", mtime=0), mtime=0), "t.csv.gz", "gzip twice"),
        (b"t.csv".ljust(257, b"\0") + b"ustar\x0000".ljust(255, b"\0"), "t.tar", "a tar archive"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "t.csv", "git lfs pull"),
        (b"\n\n", "t.csv", "empty"),
        (b"PK\x03\x04rest", "t.xlsx", "Excel"),
        (b"PAR1", "t.parquet", "Parquet"),
        (bytes(range(256)) * 20, "t.csv", "looks like no text"),
        (b'[{"a": 1}]', "t.json", "one JSON array"),
        (b'[{"a": 1}]', "t.txt", "one JSON array"),
        (b'{\n"a": 1\n}\n', "t.json", "none of the first.*JSON over several lines.*jq -c . t.json"),
        (b"\x1f\x8b\x08\x00rubbish", "t.csv.gz", "damaged or cut off"),
    ],
)
def test_files_that_are_no_table(content: bytes, name: str, said: str, file) -> None:
    with pytest.raises(ImportFault, match=said):
        look(file(content, name))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ImportFault, match="no such file"):
        look(tmp_path / "none.csv")
    with pytest.raises(ImportFault, match="is a folder"):
        look(tmp_path)
    with pytest.raises(ImportFault, match="no regular file"):
        look(Path("/dev/null"))
    with pytest.raises(ImportFault, match="cannot be read"):
        look(Path("a\0b"))


def test_truncated_gzip_is_said_where_it_ends(file) -> None:
    text = "a,b\n" + "".join(f"{n},{n * n}\n" for n in range(200_000))
    data = gzip.compress(text.encode())
    path = file(data[: len(data) // 2], "t.csv.gz")
    seen = look(path)
    assert seen.sample
    with pytest.raises(ImportFault, match="damaged or cut off behind line"), Lines(path, "utf-8") as lines:
        list(rows(seen.table, lines, seen.table.columns))


def test_limit_of_fields_is_put_back(file) -> None:
    before = csv.field_size_limit()
    look(file("a,b\n1,2\n"))
    with pytest.raises(ImportFault):
        look(file("a,b\n"))
    assert csv.field_size_limit() == before


_CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(_CELL, min_size=width, max_size=width), min_size=1, max_size=12)
    ),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_comes_back(table: list[list[str]], delimiter: str, ending: str) -> None:
    from tempfile import TemporaryDirectory

    text = io.StringIO(newline="")
    header = [f"c{n}" for n in range(len(table[0]))]
    csv.writer(text, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL).writerows([header, *table])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_bytes(text.getvalue().encode())
        try:
            found = read(path, form="csv", encoding="utf-8", delimiter=delimiter)
        except ImportFault as error:
            assert "none of the first" in str(error)
            assert all("\0" in "".join(row) for row in table)
            return
    assert len(found) == len(table)
    assert cells(found) == [row for row in table if "\0" not in "".join(row)]


def test_a_key_that_stands_twice_makes_a_bad_row(file) -> None:
    lines = [
        '{"text": "a: b", "condition": "they pay"}',
        '{"text": "c", "condition": "they pay", "condition": ""}',
        '{"text": "d", "user": {"force": "conditional", "force": "unconditional"}}',
        '{"text": "e\\u003a", "n": 1.50, "list": [{"k": 1}, {"k": 2}]}',
    ]
    path = file("\n".join(lines).encode(), "t.jsonl")
    seen = look(path)
    with Lines(path, "utf-8") as read:
        found = list(rows(seen.table, read, ("text",)))
    assert [row.cells[0] for row in found if not row.fault] == ["a: b", "e:"]
    assert [(row.line, row.fault) for row in found if row.fault] == [
        (2, "its key “condition” stands twice: which of the two is meant?"),
        (3, "its key “force” stands twice: which of the two is meant?"),
    ]
