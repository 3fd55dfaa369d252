"""Which column is which."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zeroline.importing.errors import ImportFault
from zeroline.importing.fields import FIELDS, map_text, parse_map, plain
from zeroline.importing.firmness import likely_field, says_how_firm
from zeroline.importing.first_look import look
from zeroline.importing.guess import VOCABULARIES, Guess, guess

PROSE = "the bridge ought to be mended before the winter comes"


def guessed(tmp_path: Path, columns: dict[str, list[str]], form: str = "jsonl") -> Guess:
    """The guess for columns of values."""
    path = tmp_path / f"t.{form}"
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return guess(look(path))


def test_names_of_columns_suffice(tmp_path: Path) -> None:
    made = guessed(
        tmp_path,
        {
            "Statement ID": ["1", "2"],
            "Author": ["Ada", "Bo"],
            "createdAt": ["2031-04-05", "2031-04-06"],
            "Quote": ["mend it", "close it"],
            "label": ["pro", "con"],
            "Target": ["bridge", "bridge"],
            "something else": ["x", "y"],
        },
    )
    assert made.sure
    assert made.mapping == {
        "text": "Quote", "speaker": "Author", "date": "createdAt", "stance": "label", "topic": "Target",
        "id": "Statement ID",
    }  # fmt: skip


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_every_synonym_is_a_name_as_names_are_compared(field: str) -> None:
    assert all(plain(name) == name for name in FIELDS[field])


def test_a_name_alone_is_not_believed_where_the_values_speak_against_it(tmp_path: Path) -> None:
    made = guessed(
        tmp_path,
        {
            "text": [PROSE] * 40,
            "label": [f"something different {n}" for n in range(40)],
            "date": ["no date"] * 40,
            "id": ["7"] * 40,
            "statement": [str(n) for n in range(40)],
            "force": ["strong"] * 40,
        },
    )
    assert made.mapping == {"text": "text"}


def test_dates_that_are_mostly_not_there_are_dates(tmp_path: Path) -> None:
    made = guessed(tmp_path, {"text": [PROSE] * 4, "date": ["NA", "N/A", "NaN", "2031-04-05"]})
    assert made.mapping == {"text": "text", "date": "date"}


def test_values_speak_where_names_do_not_and_are_not_sure(tmp_path: Path) -> None:
    made = guessed(
        tmp_path,
        {
            "c1": [PROSE] * 6,
            "c2": ["5 Apr 2031"] * 6,
            "c3": ["FAVOR", "AGAINST", "NONE"] * 2,
            "c4": ["en", "de"] * 3,
        },
    )
    assert made.mapping == {"text": "c1", "date": "c2", "stance": "c3"}
    assert made.unsure == ["text", "date", "stance"] and not made.sure


def test_part_of_a_name_is_not_sure(tmp_path: Path) -> None:
    made = guessed(tmp_path, {"tweet_text_clean": [PROSE] * 3, "who": ["Ada"] * 3})
    assert made.mapping == {"text": "tweet_text_clean", "speaker": "who"} and made.unsure == ["text"]


def test_two_long_columns_leave_the_text_open(tmp_path: Path) -> None:
    assert "text" not in guessed(tmp_path, {"c1": [PROSE] * 3, "c2": [PROSE + " again"] * 3}).mapping


def test_what_says_more_of_a_stance_needs_one(tmp_path: Path) -> None:
    columns = {"text": [PROSE] * 3, "force": ["conditional"] * 3, "condition": ["if paid"] * 3}
    assert guessed(tmp_path, columns).mapping == {"text": "text"}
    assert guessed(tmp_path, {**columns, "stance": ["pro"] * 3}).mapping.keys() == {
        "text", "force", "condition", "stance"
    }  # fmt: skip


def test_a_column_of_force_is_mapped_by_its_name_whatever_else_stands_in_it(tmp_path: Path) -> None:
    made = guessed(
        tmp_path,
        {"text": [PROSE] * 3, "stance": ["pro"] * 3, "Force": ["conditional", "  HYPOTHETICAL ", "hypothetcal"]},
    )
    assert made.mapping["force"] == "Force" and made.sure


@pytest.mark.parametrize("name", ["force", "is conditional", "hypotheticalView", "otherwise 2", "certainty"])
def test_what_speaks_of_force_is_never_left_out_unasked(name: str, tmp_path: Path) -> None:
    made = guessed(tmp_path, {"text": [PROSE] * 3, "stance": ["pro"] * 3, name: ["strong", "weak", ""]})
    assert made.must_ask == [name] and not made.sure and name not in made.mapping.values()
    assert guessed(tmp_path, {"text": [PROSE] * 3, "workforce": ["strong"] * 3}).must_ask == []


@pytest.mark.parametrize(
    "name",
    [
        "conditional_stance",
        "hypothetical_position",
        "label_if_paid",
        "conditional_topic",
        "date if held",
        "unless",
        "hypo",
    ],
)
def test_what_speaks_of_force_is_guessed_to_be_nothing_else(name: str, tmp_path: Path) -> None:
    made = guessed(tmp_path, {"text": [PROSE] * 6, "who": ["Ada"] * 6, name: ["pro", "con", "none"] * 2})
    assert made.mapping == {"text": "text", "speaker": "who"} and made.must_ask == [name]
    alone = guessed(tmp_path, {"a": ["Ada"] * 3, "conditional_text": [PROSE] * 3})
    assert "text" not in alone.mapping
    dated = guessed(tmp_path, {"text": [PROSE] * 3, "if_held": ["2031-04-05"] * 3})
    assert "date" not in dated.mapping


@pytest.mark.parametrize(
    "name",
    [
        "unless", "If", "provided", "depends", "dependsOn-depending", "contingent", "contingency_plan", "subject to",
        "subjectTo", "requires", "prerequisite", "cond", "stanceCond", "hypo", "uncond", "caveat", "qualifier",
        "qualified", "hedge", "hedging", "hedged", "tentative", "modality", "strength", "firmness", "Bedingung",
        "bedingt", "Bedingungen", "condicion", "condición", "condicio\u0301n", "умова", "Умови", "isconditional",
        "HTTPForce2", "force1", "conditionText", "user.fall_back", "a.certainty", "onlyIf",
        "precondition", "Preconditions", "requirement", "requirements", "required", "Voraussetzung", "unconditionally",
    ],
)  # fmt: skip
def test_names_that_speak_of_force(name: str) -> None:
    assert says_how_firm(name)


@pytest.mark.parametrize(
    "name",
    [
        "different", "life", "condo", "workforce", "gif", "airConditioning", "hypotenuse", "certainty_of_ocr",
        "hedgehog", "subject", "to", "provided_by", "second", "seconds", "strengthen", "modal", "",
    ],
)  # fmt: skip
def test_names_that_do_not(name: str) -> None:
    assert not says_how_firm(name)


@pytest.mark.parametrize(
    ("name", "values", "field"),
    [
        ("Condition text", [], "condition"),
        ("is_conditional", ["yes"], "condition"),
        ("is_conditional", ["Hypothetical"], "force"),
        ("fallBack", [], "otherwise"),
        ("certainty", [], "certainty"),
        ("subject_to", [], "condition"),
        ("hedged", [], "force"),
        ("preconditions", ["if paid"], "condition"),
        ("requirements", ["a road"], "condition"),
        ("force", ["TRUE", "FALSE", "NA"], "condition"),  # it only says whether there is one
        ("unconditionally", ["yes", "no"], "force"),  # “yes” would be turned round
        ("unconditional", [], "force"),
    ],
)
def test_the_field_that_is_proposed(name: str, values: list[str], field: str) -> None:
    assert likely_field(name, values, VOCABULARIES["force"]) == field


def test_a_column_called_stance_is_one_however_few_rows_there_are(tmp_path: Path) -> None:
    made = guessed(tmp_path, {"text": [PROSE] * 30, "stance": [f"label {n}" for n in range(26)] + ["label 1"] * 4})
    assert made.mapping["stance"] == "stance"


def test_nested_objects_are_reached(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"full_text": "a b", "user": {"screen_name": "ada"}, "created_at": "2031-04-05"}\n')
    assert guess(look(path)).mapping == {"text": "full_text", "speaker": "user.screen_name", "date": "created_at"}


COLUMNS = ("author", "Quote", "published, at", "label", "a=b", "twice", "twice")


@pytest.mark.parametrize(
    ("texts", "mapping"),
    [
        (["speaker=author,text=Quote"], {"speaker": "author", "text": "Quote"}),
        (["text=quote"], {"text": "Quote"}),
        (["text=Quote,date=published, at,stance=label"], {"text": "Quote", "date": "published, at", "stance": "label"}),
        (["text=Quote", " speaker = a=b "], {"text": "Quote", "speaker": "a=b"}),
        (["text=Quote,paraphrase=Quote"], {"text": "Quote", "paraphrase": "Quote"}),
    ],
)
def test_map_is_read(texts: list[str], mapping: dict[str, str]) -> None:
    assert parse_map(texts, COLUMNS) == mapping
    assert parse_map([map_text(mapping)], COLUMNS) == mapping


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["text=Quot"], "no column “Quot”; did you mean “Quote”?"),
        (["text=zzz"], "the columns are “author”, “Quote”"),
        (["txt=Quote"], "no field “txt”; did you mean “text”?"),
        (["text"], "not FIELD=COLUMN"),
        (["text="], "not FIELD=COLUMN"),
        (["text=Quote,text=author"], "stands twice"),
        (["speaker=author"], "no column is mapped to “text”"),
        (["text=twice"], "more than once in the header \\(columns 6 and 7\\)"),
        (["text=Quote,force=label"], "no column is mapped to “stance”"),
        ([], "no column is mapped to “text”"),
    ],
)
def test_map_that_cannot_be_used_is_said(texts: list[str], said: str) -> None:
    with pytest.raises(ImportFault, match=said):
        parse_map(texts, COLUMNS)
