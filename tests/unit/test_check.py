"""Checking a loaded corpus: references, dates, texts, passages; each problem with its line."""

import shutil
from pathlib import Path

import pytest

from zeroline.corpus.bundled import bundled
from zeroline.corpus.check import check, load_checked
from zeroline.corpus.load import load
from zeroline.corpus.problems import CorpusError

FIXTURES = Path(__file__).parent.parent / "fixtures"
SMALL = FIXTURES / "corpora" / "small"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


def change(file: Path, old: str, new: str) -> int:
    """Replace the first ``old`` in a file by ``new``; return its line."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def said(folder: Path) -> list[str]:
    """What checking a corpus complains of, a line each; the corpus must load."""
    problems = [str(problem) for problem in check(load(folder), folder)]
    if problems:
        with pytest.raises(CorpusError) as wrong:
            load_checked(folder)
        assert [str(problem) for problem in wrong.value.problems] == problems
    return problems


def test_the_small_corpus_is_right(small: Path) -> None:
    assert said(small) == []
    assert load_checked(small) == load(small)


def test_the_bundled_corpus_is_right() -> None:
    assert said(bundled()) == []


def test_what_cannot_be_loaded_is_not_checked(small: Path) -> None:
    change(small / "events.toml", "title", "titel")
    with pytest.raises(CorpusError, match=r"events\.toml:4: titel: unknown key"):
        load_checked(small)


# One change to one file, and the one problem that must come of it. The line is that of the change.
REFERENCES = {
    "speaker": ("statements", 'speaker = "oda-brum"', 'speaker = "oda-brumm"',
                "speaker: no speaker has the id “oda-brumm”; did you mean “oda-brum”?"),
    "source": ("statements", 'source = "gull-post"', 'source = "gullpost"',
               "source: no source has the id “gullpost”; did you mean “gull-post”?"),
    "source far off": ("statements", 'source = "gull-post"', 'source = "zzz"',
                       "source: no source has the id “zzz”; use “gull-post” or “hearing”"),
    "topic": ("statements", 'topics = ["light", "storms"]', 'topics = ["light", "storm"]',
              "topics[1]: no topic has the id “storm”; did you mean “storms”?"),
    "topic twice": ("statements", 'topics = ["light", "storms"]', 'topics = ["light", "light"]',
                    "topics[1]: “light” stands twice; take one out"),
    "place": ("statements", 'places = ["gull-harbour"]', 'places = ["gull_harbor"]',
              "places[0]: no place has the id “gull_harbor”; did you mean “gull-harbour”?"),
    "stance": ("statements", '  stance = "lease"', '  stance = "leas"',
               "positions[0].stance: no stance has the id “leas”; did you mean “lease”?"),
    "fallback": ("statements", '  otherwise = "keep"', '  otherwise = "kep"',
                 "positions[0].otherwise: no stance has the id “kep”; did you mean “keep”?"),
    "fallback none": ("statements", '  otherwise = "keep"', '  otherwise = "none"',
                      "positions[0].otherwise: no stance has the id “none”; use “close”, “keep” or “lease”"),
    "fallback to itself": ("statements", '  otherwise = "keep"', '  otherwise = "lease"',
                           "positions[0].otherwise: “lease” is the stance itself; "
                           "name the stance taken should the condition fail, or take the key out"),
    "blank excerpt": ("statements", 'excerpt = "let them have the rooms"', 'excerpt = " "',
                      "excerpt: is blank; write it or take the key out"),
    "blank condition": ("statements", '  condition = "the ferry company pays for the glass"', '  condition = "  "',
                        "positions[0].condition: is blank; "
                        "write what the position hangs on, “not recorded” where that is not known"),
    "date of a statement": ("statements", 'date = "2031-04"', 'date = "April 2031"',
                            "date: “April 2031” is no EDTF date (like 2024-08-06, "),
    "kind": ("speakers", 'kind = "official"', 'kind = "officials"',
             "kind: no kind has the id “officials”; did you mean “official”?"),
    "placed": ("speakers", 'place = "lamp-rock"', 'place = "lamprock"',
               "placed.place: no place has the id “lamprock”; did you mean “lamp-rock”?"),
    "date of service": ("speakers", 'date = "2024/.."', 'date = "2024/2023"',
                        "service[1].date: “2024/2023” ends before it begins"),
    "primary there is none of": ("speakers", 'primary = { stance = "keep"', 'primary = { stance = "keeper"',
                                 "primary.stance: no stance has the id “keeper”; did you mean “keep”?"),
    "primary never taken": ("speakers", 'primary = { stance = "keep"', 'primary = { stance = "close"',
                            "primary.stance: no statement of “oda-brum” takes the stance “close”; "
                            "their statements take “keep”, “lease”"),
    "source of a person": ("speakers", 'source = "hearing"', 'source = "haring"',
                           "source: no source has the id “haring”; did you mean “hearing”?"),
    "paragraph of a person": ("speakers", "paragraph = 2", "paragraph = 11",
                              "paragraph: is 11, but the source has 10 paragraphs"),
    "asserted by": ("events", 'asserted_by = "hearing"', 'asserted_by = "the-clerk"',
                    "asserted_by: no speaker or source has the id “the-clerk”; use “gull-post”, “hearing”, "
                    "“ilko-soliany”, “oda-brum”, “perrin-quill” or “tessaly-vane”"),
    "source of an event": ("events", 'source = "gull-post"', 'source = "gull-posts"',
                           "source: no source has the id “gull-posts”; did you mean “gull-post”?"),
    "date of an event": ("events", 'date = "2031-03-04"', 'date = "2031-02-29"',
                         "date: “2031-02-29” is no day of the calendar: February 2031 has 28 days"),
    "topic of an event": ("events", 'topics = ["light"]', 'topics = ["lite"]',
                          "topics[0]: no topic has the id “lite”; did you mean “light”?"),
    "place of an event": ("events", 'places = ["lamp-rock"]', 'places = ["lamp-rok"]',
                          "places[0]: no place has the id “lamp-rok”; did you mean “lamp-rock”?"),
    "paragraph of an event": ("events", "paragraph = 4", "paragraph = 40",
                              "paragraph: is 40, but the source has 10 paragraphs"),
    "claimant nearly an id": ("events", 'claimant = "ilko-soliany"', 'claimant = "ilko-solianyi"',
                              "figures[0].claimant: no speaker or source has the id “ilko-solianyi”; "
                              "did you mean “ilko-soliany”?"),
    "a figure without end": ("events", "value = 400", "value = inf", "figures[0].value: is inf; write a number"),
    "key twice": ("corpus", "key = 2", "key = 1", "key: the key 1 is taken by “keep”; give it another"),
    "shape twice": ("corpus", 'shape = "diamond"', 'shape = "up"',
                    "shape: the shape “up” is taken by “keep”; give it another"),
    "date of a source": ("corpus", 'date = "2031-07"', 'date = "2031-7"', "date: “2031-7” is no EDTF date"),
    "within": ("corpus", 'within = "gull-harbour"', 'within = "gull-harbor"',
               "within: no place has the id “gull-harbor”; did you mean “gull-harbour”?"),
    "within itself": ("corpus", 'within = "gull-harbour"', 'within = "lamp-rock"',
                      "within: “lamp-rock” is within itself; take one step of the circle out"),
    "section": ("corpus", 'heading = "Second sitting"', 'heading = "Second Sitting"',
                "section[0].heading: does not stand in paragraph 7"),
    "section beyond the end": ("corpus", "paragraph = 7", "paragraph = 11",
                               "section[0].paragraph: is 11, but the source has 10 paragraphs"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "says"), REFERENCES.values(), ids=REFERENCES)
def test_one_mistake_is_one_problem_at_its_line(small: Path, file: str, old: str, new: str, says: str) -> None:
    line = change(small / f"{file}.toml", old, new)
    (problem,) = said(small)
    assert problem.startswith(f"{file}.toml:{line}: {says}")


def test_a_section_in_the_wrong_paragraph_is_told_where_it_is(small: Path) -> None:
    line = change(small / "corpus.toml", "paragraph = 7", "paragraph = 8") - 1
    start = (SMALL / "sources" / "harbour-hearing.txt").read_text(encoding="utf-8").index("Second sitting")
    assert said(small) == [
        f"corpus.toml:{line}: section[0].heading: does not stand in paragraph 8; "
        f"“Second sitting” stands at {start} to {start + 14}, in paragraph 7"
    ]


def test_no_stance_may_be_called_none(small: Path) -> None:
    line = change(small / "corpus.toml", 'id = "close"', 'id = "none"')
    found = said(small)
    assert found[0] == (
        f"corpus.toml:{line}: id: “none” is what a statement without a position is called; choose another id"
    )
    assert all("no stance has the id “close”" in problem for problem in found[1:])


@pytest.mark.parametrize("force", ["unconditional", "conditional", "hypothetical"])
def test_no_stance_is_called_as_another_with_its_force(force: str, small: Path) -> None:
    line = change(small / "corpus.toml", 'id = "keep"', f'id = "keep.{force}"')
    assert [s for s in said(small) if "corpus.toml" in s and ": id: " in s] == [
        f"corpus.toml:{line}: id: “keep.{force}” is how a {force} “keep” is looked for; "
        f"choose another id, for instance “keep-{force}”"
    ]


def test_a_statement_may_take_no_position_and_a_speaker_no_primary(small: Path) -> None:
    study = load_checked(small)
    assert study.statement[4].positions == ()
    assert study.speaker[1].primary is None


def test_a_primary_without_any_position_is_told_to_go(small: Path) -> None:
    line = change(
        small / "speakers.toml", 'no_primary = "His', 'primary = { stance = "keep", rationale = "r" }\n# "His'
    )
    statements = small / "statements.toml"
    text = statements.read_text(encoding="utf-8")
    start = text.index("positions", text.index("I would shut the lamp tomorrow"))
    statements.write_text(text[:start] + text[text.index("\n", start) + 1 :], encoding="utf-8")
    assert said(small) == [
        f"speakers.toml:{line}: primary.stance: no statement of “ilko-soliany” takes the stance “keep”; "
        "their statements take none: leave primary out"
    ]


def test_kinds_are_free_when_none_are_declared_and_needed_when_some_are(small: Path) -> None:
    line = change(small / "speakers.toml", 'kind = "official"\n', "")
    assert said(small) == [f"speakers.toml:{line - 4}: kind: is missing; use “crew” or “official”"]
    codebook = small / "corpus.toml"
    text = codebook.read_text(encoding="utf-8")
    start, end = text.index("[[kind]]"), text.index("[[source]]")
    codebook.write_text(text[:start] + text[end:], encoding="utf-8")
    assert said(small) == []


@pytest.mark.parametrize("claimant", ["hearing", "oda-brum", "the harbour master", "nobody", "Oda Brum", "soldiers"])
def test_a_claimant_may_be_free_words(small: Path, claimant: str) -> None:
    change(small / "events.toml", 'claimant = "ilko-soliany"', f'claimant = "{claimant}"')
    assert said(small) == []


def test_places_may_lie_within_each_other_but_in_no_circle(small: Path) -> None:
    line = change(small / "corpus.toml", 'kind = "village"', 'kind = "village"\nwithin = "lamp-rock"') + 1
    circle = "is within itself; take one step of the circle out"
    found = said(small)
    assert found[0] == f"corpus.toml:{line}: within: “gull-harbour” {circle}"
    assert len(found) == 2 and found[1].endswith(f"“lamp-rock” {circle}")


def test_one_coordinate_alone_is_no_place(small: Path) -> None:
    change(small / "corpus.toml", "longitude = -30.0\n", "")
    (problem,) = said(small)
    assert problem.endswith(": has no longitude; give both coordinates or neither")


def test_all_problems_are_told_in_order_of_file_and_line(small: Path) -> None:
    one = change(small / "statements.toml", '  otherwise = "keep"', '  otherwise = "kep"')
    two = change(small / "statements.toml", 'date = "2031-04"', 'date = "April"')
    three = change(small / "events.toml", 'date = "1987"', 'date = "MCMLXXXVII"')
    four = change(small / "corpus.toml", "key = 3", "key = 1")
    assert [problem.split(": ")[0] for problem in said(small)] == [
        f"corpus.toml:{four}",
        f"events.toml:{three}",
        f"statements.toml:{one}",
        f"statements.toml:{two}",
    ]
