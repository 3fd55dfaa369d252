"""Mistakes in a corpus's keys and values: each is told with its file, its line, its key and its mend."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from zeroline.corpus.load import load
from zeroline.corpus.models import Study
from zeroline.corpus.problems import CorpusError

SMALL = Path(__file__).parent.parent / "fixtures" / "corpora" / "small"
CORPUS = '[corpus]\nid = "x"\ntitle = "X"\nversion = "1"\n'
SPEAKER = '[[speaker]]\nid = "a"\nname = "A"\n'


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


def corpus(folder: Path, **files: str) -> Path:
    """A corpus of the given files (``more`` is more.toml) beside a right corpus.toml."""
    folder.mkdir(exist_ok=True)
    for name, text in {"corpus": CORPUS, **files}.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def said(folder: Path) -> list[str]:
    """What loading a corpus complains of, a line each."""
    with pytest.raises(CorpusError) as wrong:
        load(folder)
    assert wrong.value.problems
    assert str(wrong.value).split("\n") == [str(problem) for problem in wrong.value.problems]
    return [str(problem) for problem in wrong.value.problems]


def test_a_misspelt_key_deep_in_a_table_is_named_with_the_right_one(small: Path) -> None:
    file = small / "statements.toml"
    text = file.read_text(encoding="utf-8")
    assert text.split("\n")[44] == '  force = "conditional"'
    file.write_text(text.replace('  force = "conditional"', '  forcce = "conditional"'), encoding="utf-8")
    assert said(small) == [
        "statements.toml:43: positions[0].force: is missing; "
        'add force = "unconditional", "conditional" or "hypothetical"',
        "statements.toml:45: positions[0].forcce: unknown key; did you mean “force”?",
    ]


STATEMENT = """\
[[statement]]
id = "s"
speaker = "a"
source = "b"
attribution = "direct"
paraphrase = "p"
"""
EVENT = """\
[[event]]
id = "e"
date = "2024"
title = "t"
asserted_by = "a"
source = "b"
"""
PLACE = '[[place]]\nid = "p"\nname = "P"\n'
POSITION = 'stance = "x", certainty = "low", basis = "stated", rationale = "r"'
LOCATOR = f'paragraph = 1, start = 0, end = 1, sha256 = "{"0" * 64}"'
AN_ID = "an id has small letters a-z, digits, “-”, “_” and “.”, and begins with a letter or digit"
KEYS_OF_FIGURE = "value, unit, what, qualifier, claimant, note"

WRONG = {
    # Keys
    "a key of no table": (PLACE + "\nzzz = 1\n", 5, "zzz: unknown key; the keys of this table are id, name, variants"),
    "a nearly right key that is taken": (PLACE + 'nam = "x"\n', 4, "nam: unknown key; did you mean “name”?"),
    "a dotted key": (PLACE + "latitud.e = 1\n", 4, "latitud: unknown key; did you mean “latitude”?"),
    "a key with a control character": (PLACE + '"no\\u001bte" = 1\n', 4, "no␛te: unknown key; did you mean “note”?"),
    "a key that is a number": (PLACE + "7 = 1\n", 4, "7: unknown key; the keys of this table are id,"),
    "a missing key has its table's line": ('\n[[place]]\n\nid = "p"\n', 2, "name: is missing; add name = …"),
    "a missing word": (
        STATEMENT + f"positions = [\n{{ {POSITION} }},\n]\n",
        8,
        'positions[0].force: is missing; add force = "unconditional", "conditional" or "hypothetical"',
    ),
    "a key of an inline table": (
        EVENT + 'figures = [\n  { value = 1, unit = "u", claimant = "c", xyzzy = 1 },\n]\n',
        8,
        f"figures[0].xyzzy: unknown key; the keys of this table are {KEYS_OF_FIGURE}",
    ),
    # Words of a closed list
    "a word nearly right": (
        STATEMENT.replace("direct", "Reportet"),
        5,
        "attribution: cannot be “Reportet”; did you mean “reported”?",
    ),
    "a word far off": (
        STATEMENT.replace("direct", "?!"),
        5,
        "attribution: cannot be “?!”; use “direct”, “reported” or “caption”",
    ),
    "no word at all": (
        STATEMENT.replace('"direct"', "3"),
        5,
        "attribution: cannot be 3; use “direct”, “reported” or “caption”",
    ),
    # Types, taken strictly
    "a number for text": (PLACE.replace('"P"', "4"), 3, 'name: must be text in quotes, not 4; write name = "4"'),
    "a date for text": (
        STATEMENT + "date = 2031-04-01\n",
        7,
        'date: must be text in quotes, not a bare date or time (2031-04-01); write date = "2031-04-01"',
    ),
    "text for a number": (
        EVENT + 'paragraph = "4"\n',
        7,
        "paragraph: must be a whole number, not “4”; write paragraph = 4, without quotes",
    ),
    "true for a number": (EVENT + "paragraph = true\n", 7, "paragraph: must be a whole number, not true"),
    "a fraction for a whole number": (EVENT + "paragraph = 1.5\n", 7, "paragraph: must be a whole number, not 1.5"),
    "text for true": (
        '[[source]]\nid = "b"\ntitle = "t"\ntitle_supplied = "true"\n',
        4,
        "title_supplied: must be true or false, not “true”; write title_supplied = true, without quotes",
    ),
    "text for a list": (
        PLACE + 'variants = "x"\n',
        4,
        'variants: must be a list in [brackets], not “x”; write variants = ["…"]',
    ),
    "a number within a list": (
        PLACE + 'variants = [\n  "x",\n  2,\n]\n',
        6,
        "variants[1]: must be text in quotes, not 2; put it in quotes",
    ),
    "text for a table": (SPEAKER + 'placed = "here"\n', 4, "placed: must be a table, not “here”"),
    "a table for text": (PLACE + "[place.note]\nx = 1\n", 4, "note: must be text in quotes, not a table"),
    "long text is cut": (SPEAKER + f'placed = "{"x" * 500}"\n', 4, f"placed: must be a table, not “{'x' * 59}…”"),
    # Values
    "a spoilt id": (
        PLACE.replace('"p"', '"Gull Harbour!"'),
        2,
        f"id: “Gull Harbour!” is no id; {AN_ID}; for instance “gull-harbour”",
    ),
    "an id of nothing we can use": (PLACE.replace('"p"', '"Ж"'), 2, f"id: “Ж” is no id; {AN_ID}"),
    "an id too long": (PLACE.replace('"p"', f'"{"p" * 121}"'), 2, "id: is too long (121 characters); use at most 120"),
    "an empty name": (PLACE.replace('"P"', '"  "'), 3, "name: is empty; write it"),
    "a latitude off the globe": (PLACE + "latitude = 90.5\n", 4, "latitude: is 90.5; it must be at most 90"),
    "a longitude off the globe": (PLACE + "longitude = -181\n", 4, "longitude: is -181; it must be at least -180"),
    "a latitude that is no number": (PLACE + "latitude = nan\n", 4, "latitude: is nan; it must be at most 90"),
    "paragraph nought": (EVENT + "paragraph = 0\n", 7, "paragraph: is 0; it must be at least 1"),
    "half a hash": (
        STATEMENT + f"locator = {{ {LOCATOR.replace('0' * 64, 'abc')} }}\n",
        7,
        "locator.sha256: is no SHA-256; it has 64 digits of 0-9 and a-f",
    ),
    "an anchor that was edited": (
        f'[[anchor]]\nid = "a"\nexact = "{"0" * 32}"\nplain = "{"0" * 32}"\nwords = 1\nmarks = ""\nlead = "4 zz"\n',
        7,
        "lead: cannot be “4 zz”; anchors are not to be edited: write them anew with zeroline fingerprint",
    ),
    # Rules of a table
    "a locator that runs backwards": (
        STATEMENT + f"locator = {{ {LOCATOR.replace('start = 0', 'start = 9')} }}\n",
        7,
        "locator: `end` (1) must be greater than `start` (9)",
    ),
    "conditional on nothing": (
        STATEMENT + f'positions = [{{ force = "conditional", {POSITION} }}]\n',
        7,
        "positions[0]: a conditional position needs its `condition`",
    ),
    "unconditional with a fallback": (
        STATEMENT + f'positions = [{{ force = "unconditional", otherwise = "y", {POSITION} }}]\n',
        7,
        "positions[0]: an unconditional position has no `condition` and no `otherwise`",
    ),
    "one position twice": (
        STATEMENT + f'[[statement.positions]]\nforce = "hypothetical"\n{POSITION.replace(", ", chr(10))}\n' * 2,
        7,
        "positions: the position 'x' (hypothetical) stands twice",
    ),
    "two judgements": (
        SPEAKER + 'no_primary = "n"\nprimary = { stance = "x", rationale = "r" }\n',
        1,
        "a speaker has either `primary` or `no_primary`, not both",
    ),
    # Ids that are taken
    "one id twice": (
        PLACE + "\n" + PLACE,
        6,
        "id: the id “p” is taken by the place at more.toml:2; give one of them another",
    ),
    "a statement's id for an event": (
        EVENT.replace('"e"', '"s"') + STATEMENT,
        2,
        "id: the id “s” is taken by the statement at more.toml:8; give one of them another",
    ),
    "a source's id for a speaker": (
        SPEAKER + '[[source]]\nid = "a"\ntitle = "t"\n',
        2,
        "id: the id “a” is taken by the source at more.toml:5; give one of them another",
    ),
    "one section twice": (
        '[[source]]\nid = "b"\ntitle = "t"\n' + '[[source.section]]\nid = "x"\nheading = "h"\nparagraph = 1\n' * 2,
        9,
        "section[1].id: the id “x” is taken by the section at more.toml:5; give one of them another",
    ),
}


@pytest.mark.parametrize(("text", "line", "says"), WRONG.values(), ids=WRONG)
def test_a_mistake_has_its_line_its_key_and_its_mend(tmp_path: Path, text: str, line: int, says: str) -> None:
    (problem,) = said(corpus(tmp_path, more=text))
    assert problem.startswith(f"more.toml:{line}: {says}")


def test_an_id_taken_in_another_file(tmp_path: Path) -> None:
    corpus(tmp_path, a=SPEAKER, b="\n" + SPEAKER)
    assert said(tmp_path) == ["b.toml:3: id: the id “a” is taken by the speaker at a.toml:2; give one of them another"]


def test_a_position_of_the_same_stance_under_another_condition_is_fine(tmp_path: Path) -> None:
    positions = [f'{{ force = "conditional", condition = "{c}", {POSITION} }}' for c in "ab"]
    corpus(tmp_path, more=f"{STATEMENT}positions = [{', '.join(positions)}]\n")
    assert len(load(tmp_path).statement[0].positions) == 2


def test_a_newer_format_is_the_only_thing_said(tmp_path: Path) -> None:
    corpus(
        tmp_path,
        corpus=CORPUS.replace("[corpus]", "[corpus]\nformat = 2\nnewly = 1"),
        more="[[place]]\nelevation = 1\n",
    )
    assert said(tmp_path) == [
        "corpus.toml:2: format: this corpus is in format 2, and this Zeroline knows formats up to 1; update Zeroline"
    ]


def test_a_format_that_never_was(tmp_path: Path) -> None:
    corpus(tmp_path, corpus=CORPUS + 'format = "one"\n')
    assert said(tmp_path) == ["corpus.toml:5: format: cannot be “one”; it must be 1"]
    corpus(tmp_path, corpus=CORPUS + "format = 0\n")
    assert said(tmp_path) == ["corpus.toml:5: format: cannot be 0; it must be 1"]


def test_all_problems_are_told_by_file_and_line(tmp_path: Path) -> None:
    corpus(tmp_path, b=PLACE + "x = 1\n", a="[[place]]\ny = 1\n", corpus=CORPUS + "z = 1\n")
    places = [problem.split(": ")[0] for problem in said(tmp_path)]
    assert places == ["corpus.toml:5", "a.toml:1", "a.toml:1", "a.toml:2", "b.toml:4"]


KEYS = st.sampled_from(
    [
        "id",
        "name",
        "title",
        "label",
        "date",
        "source",
        "speaker",
        "positions",
        "stance",
        "force",
        "figures",
        "value",
        "locator",
        "start",
        "placed",
        "topics",
        "section",
        "paragraph",
        "variants",
        "note",
        "latitude",
        "odd\x1bkey",
    ]
)
VALUES = st.recursive(
    st.one_of(
        st.integers(), st.booleans(), st.text(max_size=8), st.floats(), st.dates(), st.just("x"), st.just("2024")
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)
TABLES = st.one_of(VALUES, st.lists(st.dictionaries(KEYS, VALUES, max_size=6), max_size=3))


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(list(Study.model_fields)), TABLES, max_size=4))
def test_whatever_a_file_holds_is_loaded_or_told_line_by_line(tables: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = corpus(Path(name), more=tomli_w.dumps(tables))
        try:
            study = load(folder)
        except CorpusError as wrong:
            for problem in wrong.problems:
                assert problem.file == "more.toml"
                assert problem.line is not None
                assert problem.message
                assert len(str(problem).splitlines()) == 1
        else:
            assert study.corpus.id == "x"
