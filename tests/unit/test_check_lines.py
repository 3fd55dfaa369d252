"""The lines of a corpus: what is wrong with them is found by ``check`` and by compiling alike."""

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from zeroline.corpus import check_lines
from zeroline.corpus.check import check_all, load_checked
from zeroline.corpus.problems import CorpusError
from zeroline.index.compile import compile_study
from zeroline.index.filter import Filter
from zeroline.index.reader import Index

SMALL = Path(__file__).parents[1] / "fixtures" / "corpora" / "small"
KEEP = {"stance": "keep", "force": "unconditional", "certainty": "high", "basis": "stated", "rationale": "Says so."}
SOUND: dict[str, Any] = {"id": "line-1", "speaker": "oda-brum", "source": "gull-post", "paraphrase": "She stays."}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "corpus"))


def write(corpus: Path, *lines: dict[str, Any] | str) -> None:
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    (corpus / "statements.jsonl").write_text(text, encoding="utf-8")


def compiled(corpus: Path, folder: Path) -> Index:
    folder.mkdir()
    compile_study(load_checked(corpus), folder, corpus)
    return Index(folder)


def test_sound_lines_are_counted_with_the_speakers_they_tell_of(corpus: Path, tmp_path: Path) -> None:
    assert check_all(corpus)[1] == (0, 0)
    new = {"id": "pim", "name": "Pim Larder"}
    write(
        corpus,
        {**SOUND, "date": "2031-04~", "topics": ["light"], "places": ["lamp-rock"], "positions": [KEEP]},
        "",
        {**SOUND, "id": "line-2", "speaker": new},
        {**SOUND, "id": "line-3", "speaker": "pim"},
    )
    study, lines = check_all(corpus)
    assert lines == (3, 1) and len(study.statement) == 10
    index = compiled(corpus, tmp_path / "index")
    assert index.count(Filter(kinds=("statement",))) == 13 and index.summary.speakers == 5
    with gzip.open(corpus / "statements.jsonl.gz", "wb") as file:
        file.write((corpus / "statements.jsonl").read_bytes())
    (corpus / "statements.jsonl").unlink()
    assert check_all(corpus)[1] == (3, 1)


WRONG: list[tuple[dict[str, Any] | str, str, str]] = [
    ("{not json", "", "no JSON"),
    ({**SOUND, "speeker": "oda-brum"}, "", "speeker"),
    ({**SOUND, "id": "line-1"}, "", "the id “line-1” stands twice"),
    ({**SOUND, "id": "brum-1"}, "", "the id “brum-1” stands twice"),
    ({**SOUND, "id": "lamp-dark"}, "", "the id “lamp-dark” stands twice"),
    ({**SOUND, "id": "x", "paraphrase": ""}, "", "needs an `excerpt` or a `paraphrase`"),
    ({**SOUND, "id": "x", "speaker": "oda-brun"}, "speaker", "did you mean “oda-brum”?"),
    ({**SOUND, "id": "x", "date": "2031-02-30"}, "date", "2031-02-30"),
    ({**SOUND, "id": "x", "topics": ["lihgt"]}, "topics", "did you mean “light”?"),
    ({**SOUND, "id": "x", "places": ["nowhere-at-all"]}, "places", "there is no such id: “nowhere-at-all”"),
    ({**SOUND, "id": "x", "source": "gull-pots"}, "source", "did you mean “gull-post”?"),
    ({**SOUND, "id": "x", "source": None}, "source", "the corpus has several sources: name one"),
    ({**SOUND, "id": "x", "positions": [{**KEEP, "stance": "kepe"}]}, "stance", "did you mean “keep”?"),
    (
        {**SOUND, "id": "x", "positions": [{**KEEP, "force": "hypothetical", "otherwise": "go"}]},
        "otherwise",
        "there is no such id: “go”",
    ),
    ({**SOUND, "id": "x", "positions": [{**KEEP, "force": "conditional"}]}, "positions[0]", "needs its `condition`"),
    (
        {**SOUND, "id": "x", "positions": [{**KEEP, "force": "conditional", "condition": " \t"}]},
        "positions[0]",
        "the `condition` is blank",
    ),
    (
        {**SOUND, "id": "x", "positions": [{**KEEP, "force": "hypothetical", "otherwise": "keep"}]},
        "positions[0]",
        "`otherwise` is the stance itself",
    ),
    (
        {**SOUND, "id": "x", "source": "hearing", "excerpt": "words that nobody said"},
        "excerpt",
        "does not stand in the source",
    ),
    (
        {
            **SOUND,
            "id": "x",
            "source": "hearing",
            "locator": {"paragraph": 1, "start": 0, "end": 5, "sha256": "0" * 64},
        },
        "locator.sha256",
        "does not fit the passage at 0 to 5",
    ),
]


def with_position(text: str) -> str:
    """A sound line whose one position is the one given, as it stands in the file."""
    return json.dumps({**SOUND, "id": "x", "positions": ["…"]}, ensure_ascii=False).replace('"…"', text)


FORCED = '{"stance": "keep", %s, "certainty": "high", "basis": "stated", "rationale": "Says so."}'
WRONG += [
    (
        with_position(FORCED % '"force": "conditional", "force": "unconditional", "condition": null'),
        "force",
        "the key “force” stands twice in one object; take one out",
    ),
    (with_position(FORCED % '"force" : "conditional", "f\\u006frce": "unconditional"'), "force", "stands twice"),
    (with_position(FORCED % '"force" :"conditional","force":"unconditional","otherwise":null'), "force", "twice"),
    (
        with_position(FORCED % '"force": "hypothetical", "condition": "a \\u003a", "condition": null'),
        "condition",
        "stands twice",
    ),
    ('{"id": "y", "id": "x", "speaker": "oda-brum", "source": "gull-post", "paraphrase": "She stays."}', "id", "twice"),
    (
        '{"id": "x", "speaker": {"id": "bo", "id": "pim", "name": "Bo"}, "source": "gull-post", "paraphrase": "Yes."}',
        "id",
        "stands twice",
    ),
    (json.dumps({**SOUND, "id": "x", "note": "a\0b"}), "", "the line holds NUL characters; take “\\u0000” out"),
    ({**SOUND, "id": "x", "excerpt": " \t\u00a0"}, "", "the `excerpt` is blank; write it or leave the key out"),
    ({**SOUND, "id": "x", "excerpt": "words", "paraphrase": " "}, "", "the `paraphrase` is blank"),
]


@pytest.mark.parametrize(("line", "key", "said"), WRONG)
def test_problem_is_named_by_file_line_and_key_in_check_and_in_compiling(
    line: dict[str, Any] | str, key: str, said: str, corpus: Path, tmp_path: Path
) -> None:
    write(corpus, SOUND, "", line)
    with pytest.raises(CorpusError) as checked:
        check_all(corpus)
    (problem,) = checked.value.problems
    assert (problem.file, problem.line, problem.key) == ("statements.jsonl", 3, key)
    assert said in str(problem)
    with pytest.raises(CorpusError) as compiling:
        compiled(corpus, tmp_path / "index")
    assert compiling.value.problems == checked.value.problems


def test_lines_that_only_look_as_if_a_key_stood_twice_are_sound(corpus: Path, tmp_path: Path) -> None:
    told = {"date": None, "note": "", "topics": [], "attribution": "direct", "locator": None}
    words = 'she said: "force": "a", "force": "b" \\u0000 \\u003a at 09:30'
    write(
        corpus,
        {**SOUND, **told},
        {**SOUND, "id": "line-2", "paraphrase": words},
        {**SOUND, "id": "line-3", "paraphrase": words, **told, "positions": [{**KEEP, "condition": None}]},
        json.dumps({**SOUND, "id": "line-4"}).replace("She", "\\u003a\\u0053he").replace('":', '" :'),
        "",
    )
    assert check_all(corpus)[1] == (4, 0)
    assert compiled(corpus, tmp_path / "index").count(Filter(kinds=("statement",))) == 14


LOCATOR = {"paragraph": 1, "start": 0, "end": 5, "sha256": "0" * 64}
IN_WORDS: list[tuple[dict[str, Any] | str, str, str]] = [
    (
        {"positions": [{**KEEP, "force": "Conditional"}]},
        "positions[0].force",
        "cannot be “Conditional”; use “unconditional”, “conditional” or “hypothetical”; did you mean “conditional”?",
    ),
    ({"attribution": "zzz"}, "attribution", "cannot be “zzz”; use “direct”, “reported” or “caption”"),
    (
        {"positions": [{k: v for k, v in KEEP.items() if k != "basis"}]},
        "positions[0]",
        'has no `basis`; add "basis": “stated” or “inferred”',
    ),
    ('{"id": "x"}', "", 'has no `speaker`; add "speaker": …'),
    ({"speaker": {"id": "bo"}}, "speaker", 'has no `name`; add "name": …'),
    ({"topics": None}, "topics", "must be a list, not null; leave the key out where there is none"),
    ({"topics": ["light", None]}, "topics[1]", "must be text, not null; take it out"),
    ({"topics": "light"}, "topics", "must be a list, not text; put it in [brackets]"),
    ({"date": 2031}, "date", "must be text, not a number; put it in quotation marks"),
    ({"speaker": 3}, "speaker", "must be text or an object, not a number"),
    ("[1]", "", "the line is a list; write one JSON object a line: {…}"),
    ({"id": ""}, "id", "is empty; write it"),
    ({"id": "x" * 121}, "id", "is too long; use at most 120 characters"),
    ({"locator": {**LOCATOR, "start": -1}}, "locator.start", "is too small; it must be at least 0"),
    ({"locator": {**LOCATOR, "sha256": "x"}}, "locator.sha256", "is no SHA-256; it has 64 digits of 0-9 and a-f"),
    ({"positions": [{**KEEP, "forse": "x"}]}, "positions[0]", "unknown key “forse”; did you mean “force”?"),
    ({"locator": {**LOCATOR, "page": 1}}, "locator", "unknown key “page”; use “paragraph”, “start”, “end” or “sha256”"),
    ({"note": "\ud83d!"}, "", "half a character (\\ud83d); write the character itself, or both its halves"),
    ('{"id": "x"', "", "the line is no JSON (input data was truncated); one JSON object a line"),
]


@pytest.mark.parametrize(("line", "key", "said"), IN_WORDS)
def test_what_does_not_fit_is_said_in_words_with_a_mend(
    line: dict[str, Any] | str, key: str, said: str, corpus: Path
) -> None:
    write(corpus, line if isinstance(line, str) else {**SOUND, **line})
    with pytest.raises(CorpusError) as checked:
        check_all(corpus)
    (problem,) = checked.value.problems
    assert (problem.line, problem.key) == (1, key) and said in str(problem)


def test_where_an_id_stood_first_is_said(corpus: Path) -> None:
    write(corpus, SOUND, {**SOUND, "id": "x"}, SOUND, {**SOUND, "id": "brum-1"})
    with pytest.raises(CorpusError) as checked:
        check_all(corpus)
    assert [str(p).partition(": ")[2] for p in checked.value.problems] == [
        "the id “line-1” stands twice, first in line 1; give one of them another",
        "the id “brum-1” stands twice, first in a table of the TOML files; give one of them another",
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_another_encoding_is_one_problem(encoding: str, corpus: Path, tmp_path: Path) -> None:
    text = f"{json.dumps(SOUND)}\n" * 3
    (corpus / "statements.jsonl").write_bytes(text.encode(encoding))
    for judge in (check_all, lambda folder: compiled(folder, tmp_path / "index")):
        with pytest.raises(CorpusError) as checked:
            judge(corpus)
        assert str(checked.value) == "statements.jsonl: the file is UTF-16 or UTF-32, not UTF-8; save it as UTF-8"


def test_a_file_that_is_only_called_compressed(corpus: Path) -> None:
    (corpus / "statements.jsonl.gz").write_text(json.dumps(SOUND), encoding="utf-8")
    with pytest.raises(CorpusError) as checked:
        check_all(corpus)
    assert str(checked.value) == (
        "statements.jsonl.gz: the file is not compressed, whatever its name; name it statements.jsonl, or compress it"
    )


def test_problems_of_tables_and_of_lines_are_told_together(corpus: Path) -> None:
    path = corpus / "events.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2031-04", "2031-44", 1), encoding="utf-8")
    write(corpus, SOUND, {**SOUND, "id": "x", "speaker": "nobody-here"})
    with pytest.raises(CorpusError) as checked:
        check_all(corpus)
    assert [p.file for p in checked.value.problems] == ["events.toml", "statements.jsonl"]


def test_problems_of_lines_are_told_in_their_order(corpus: Path) -> None:
    write(corpus, SOUND, SOUND, {**SOUND, "id": "x", "date": "soon"}, {**SOUND, "id": "brum-1"}, SOUND)
    with pytest.raises(CorpusError) as checked:
        check_all(corpus)
    assert [p.line for p in checked.value.problems] == [2, 3, 4, 5]


def test_too_many_problems_end_the_reading(corpus: Path) -> None:
    write(corpus, *({**SOUND, "id": f"x-{n}", "date": "soon"} for n in range(200)))
    with pytest.raises(CorpusError) as checked:
        check_all(corpus)
    assert len(checked.value.problems) == check_lines.PROBLEMS_MOST + 1
    assert "there may be more" in checked.value.problems[-1].message


def test_files_that_cannot_be_read_whole(corpus: Path) -> None:
    write(corpus, SOUND)
    packed = gzip.compress((corpus / "statements.jsonl").read_bytes())
    (corpus / "statements.jsonl.gz").write_bytes(packed)
    with pytest.raises(CorpusError, match="one file of lines"):
        check_all(corpus)
    (corpus / "statements.jsonl").unlink()
    (corpus / "statements.jsonl.gz").write_bytes(packed[:-12])
    with pytest.raises(CorpusError, match="damaged or cut off"):
        check_all(corpus)


def test_how_far_it_is_is_told(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_lines, "TOLD_EVERY", 2)
    write(corpus, *({**SOUND, "id": f"x-{n}"} for n in range(5)))
    told: list[int] = []
    check_all(corpus, told.append)
    assert told == [2, 4]
