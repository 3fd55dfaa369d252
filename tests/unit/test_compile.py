"""Compiling: what the index holds is the corpus, in the order of the timeline."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from zeroline.corpus.bundled import bundled
from zeroline.corpus.check import load_checked
from zeroline.corpus.models import Study
from zeroline.corpus.problems import CorpusError
from zeroline.index.compile import compile_study
from zeroline.index.describe import Describer, source_record
from zeroline.index.filter import NONE, Filter
from zeroline.index.order import moment_of
from zeroline.index.reader import Index
from zeroline.text.dates import span

SMALL = Path(__file__).parents[1] / "fixtures" / "corpora" / "small"
HEAD = '[corpus]\nid = "tiny"\ntitle = "Tiny"\nversion = "1"\n'


def compiled(corpus: Path, folder: Path) -> tuple[Study, Index]:
    study = load_checked(corpus)
    folder.mkdir()
    compile_study(study, folder, corpus)
    return study, Index(folder)


@pytest.fixture(scope="module", params=["small", "kursk"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Index]:
    corpus = SMALL if request.param == "small" else bundled()
    return compiled(corpus, tmp_path_factory.mktemp(request.param) / "index")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return compiled(SMALL, tmp_path_factory.mktemp("small") / "index")[1]


def made(tmp_path: Path, toml: str) -> Index:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "corpus.toml").write_text(HEAD + toml, encoding="utf-8")
    return compiled(corpus, tmp_path / "index")[1]


def test_every_statement_and_event_is_found_by_its_id_as_it_was_described(both: tuple[Study, Index]) -> None:
    study, index = both
    describe = Describer(study)
    for it in study.statement:
        row = index.get(it.id)
        assert row is not None and row.item == describe.statement(it)
    for event in study.event:
        row = index.get(event.id)
        assert row is not None and row.item == describe.event(event)
    assert index.get("no-such-id") is None and index.get("") is None
    about = index.summary
    assert (about.statements, about.events) == (len(study.statement), len(study.event))
    assert (about.speakers, about.sources) == (len(study.speaker), len(study.source))


def test_a_record_is_the_same_in_json(both: tuple[Study, Index]) -> None:
    _, index = both
    for item in index.each(Filter()):
        assert json.loads(json.dumps(item, ensure_ascii=False)) == item


def test_every_speaker_and_source_is_found_by_id_and_in_order(both: tuple[Study, Index]) -> None:
    study, index = both
    kinds = [kind.id for kind in study.kind]
    ordered = sorted(study.speaker, key=lambda s: kinds.index(s.kind))
    describe = Describer(study)
    assert index.speakers() == [describe.speaker(s, n) for n, s in enumerate(ordered)]
    assert index.sources() == [source_record(s) for s in study.source]
    for speaker in study.speaker:
        record = index.speaker(speaker.id)
        assert record is not None and record["name"] == speaker.name
    assert index.speakers(1, 2) == index.speakers()[1:3]
    assert (
        index.speakers(10_000, 5) == [] and index.speakers(0, 0) == [] and index.speakers(-3, 1) == index.speakers(0, 1)
    )
    assert index.speakers(0, 10**15) == index.speakers()
    assert index.speaker("hearing") is None and index.source(study.speaker[0].id) is None


def test_time_order_is_by_moment_then_end_then_events_then_as_printed(both: tuple[Study, Index]) -> None:
    study, index = both
    dates = {s.id: s.date for s in study.source}
    number = {s.id: n for n, s in enumerate(study.source)}
    expected = []
    for event in study.event:
        first, last = span(event.date)
        expected.append((moment_of(event.date, first, last), last, -1, event.paragraph or 0, event.id))
    for it in study.statement:
        edtf = it.date or dates[it.source] or ""
        first, last = span(edtf)
        at = it.locator.start if it.locator else 0
        expected.append((moment_of(edtf, first, last), last, number[it.source], at, it.id))
    rows = index.page(Filter(), limit=10_000).rows
    assert [row.item["id"] for row in rows] == [key[-1] for key in sorted(expected)]
    assert [row.seq for row in rows] == list(range(len(rows)))
    for row in rows:
        first, last = span(row.item["date"] or "")
        assert (row.first_day, row.last_day) == (first.toordinal(), last.toordinal())


@pytest.mark.parametrize(
    ("edtf", "moment"),
    [
        ("2024-08-06", "2024-08-06"),
        ("2024-08", "2024-08-16"),  # the middle: not before the 6th
        ("2024", "2024-07-01"),
        ("2024-08~", "2024-08-16"),
        ("2024-08/2025-02", "2024-08-01"),  # an interval begins
        ("2024-08/..", "2024-08-01"),
        ("../2024-08-06", "2024-08-06"),  # no beginning: where it ends
        ("/2024-08-06", "2024-08-06"),
        ("[2024-01-05,2024-03-01]", "2024-01-05"),
        ("[..2024-01-05]", "2024-01-05"),
        ("{2024-01..2024-03}", "2024-01-01"),
        ("202X", "2024-12-31"),
    ],
)
def test_moment(edtf: str, moment: str) -> None:
    assert moment_of(edtf, *span(edtf)) == date.fromisoformat(moment)


def test_headings_are_year_how_dated_and_section(small: Index) -> None:
    rows = small.page(Filter(), limit=100).rows
    under = [(row.item["id"], small.summary.groups[row.group].path) for row in rows]
    assert under == [
        ("lamp-built", ("1987",)),
        ("boats-lost", ("2030",)),
        ("oil-dear", ("2031",)),
        ("lamp-dark", ("2031",)),
        ("crates-carried", ("2031",)),
        ("soliany-1", ("2031", "said April 2031")),
        ("brum-1", ("2031", "published 1 June 2031")),
        ("brum-2", ("2031", "published 1 June 2031")),
        ("brum-3", ("2031", "published 1 June 2031")),
        ("brum-4", ("2031", "published 1 June 2031")),
        ("soliany-2", ("2031", "published 1 June 2031")),
        ("vane-1", ("2031", "published 1 June 2031", "Second sitting")),
        ("quill-1", ("2031", "published 1 June 2031", "Second sitting")),
        ("quill-2", ("2031", "published 1 June 2031", "Second sitting")),
        ("vane-2", ("2031", "published July 2031")),
    ]
    counts = small.groups(Filter())
    assert counts == {n: sum(row.group == n for row in rows) for n in range(len(small.summary.groups))}


def test_stances_of_a_speaker_are_derived_by_force(small: Index) -> None:
    def stances(id: str) -> dict[str, tuple[int, int, int]]:
        record = small.speaker(id)
        assert record is not None
        return {s["stance"]: (s["unconditional"], s["conditional"], s["hypothetical"]) for s in record["stances"]}

    assert stances("oda-brum") == {"keep": (2, 1, 1), "lease": (0, 1, 0)}
    assert stances("ilko-soliany") == {"close": (0, 0, 1)}
    assert stances("tessaly-vane") == {"lease": (1, 1, 0)}
    assert stances("perrin-quill") == {"keep": (0, 1, 0), "close": (1, 0, 0)}


def test_the_summary_counts_the_whole_corpus(small: Index) -> None:
    about = small.summary
    assert about.stance_counts == {"keep": 5, "lease": 3, "close": 2, NONE: 1}
    assert about.months == small.facets(Filter()).months
    assert sum(about.months.values()) == about.statements + about.events
    assert [s.id for s in about.stances] == ["keep", "lease", "close"]
    assert about.none_key == 4 and about.stance_by_key(4) == NONE and about.stance_by_key(2) == "lease"
    assert about.people[0].id == "the-clerk"


SOURCE = '[[source]]\nid = "s"\ntitle = "S"\n'
SPEAKER = '[[speaker]]\nid = "p"\nname = "P"\n'
STATEMENT = '[[statement]]\nid = "x"\nspeaker = "p"\nsource = "s"\nattribution = "direct"\nparaphrase = "Nothing."\n'


def test_what_is_undated_stands_first_and_belongs_to_no_days(tmp_path: Path) -> None:
    dated = STATEMENT.replace('"x"', '"y"') + 'date = "2031-06"\n'
    index = made(tmp_path, SOURCE + SPEAKER + dated + STATEMENT)
    first, second = index.page(Filter()).rows
    assert first.item["id"] == "x" and (first.month, first.first_day, first.last_day) == (0, 0, 0)
    assert [g.path for g in index.summary.groups] == [("Undated",), ("2031", "said June 2031")]
    assert index.summary.months == index.facets(Filter()).months == {second.month: 1}
    for wanted in (
        Filter(since="0001"),
        Filter(until="2999"),
        Filter(since="2031", until="2031"),
        Filter(query="date:*"),
    ):
        assert [item["id"] for item in index.each(wanted)] == ["y"]
    assert index.count(Filter(query="-date:*")) == index.count(Filter(query="-date:2031")) == 1


def test_an_empty_corpus_is_an_index_too(tmp_path: Path) -> None:
    index = made(tmp_path, "")
    assert index.page(Filter()).rows == () and index.page(Filter(query="x"), typing=True).total == 0
    assert index.speakers() == [] and index.sources() == [] and list(index.each(Filter())) == []
    facets = index.facets(Filter())
    assert (facets.statements, facets.events, facets.speakers, facets.months) == (0, 0, {}, {})
    assert index.rank(Filter(), 5) == 0 and index.groups(Filter()) == {}


def test_stances_without_a_look_are_given_one_and_kinds_a_heading(tmp_path: Path) -> None:
    stances = "".join(f'[[stance]]\nid = "s{n}"\nlabel = "S{n}"\n' for n in range(12))
    index = made(tmp_path, stances + SPEAKER + SPEAKER.replace('"p"', '"q"') + 'kind = "pilot"\n')
    shapes = [s.shape for s in index.summary.stances]
    assert len(set(shapes[:9])) == 9 and all(shapes)
    assert all(s.colour for s in index.summary.stances)
    assert index.summary.kinds == (("speaker", "Speakers"), ("pilot", "Pilots"))


def test_text_is_kept_as_it_is_and_found_without_its_marks(tmp_path: Path) -> None:
    text = "cafe\N{COMBINING ACUTE ACCENT} [/b] \\[red] “x” \N{RIGHT-TO-LEFT OVERRIDE} й й"
    statement = STATEMENT.replace('"Nothing."', json.dumps(text))
    index = made(tmp_path, SOURCE + SPEAKER + statement)
    (item,) = index.each(Filter(query="café"))
    assert item["kind"] == "statement" and item["paraphrase"] == text
    assert index.count(Filter(query="cafe b red x й")) == 1


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (
            '[[event]]\nid = "e"\ndate = "2031"\ntitle = "T"\nasserted_by = "s"\nsource = "s"\nparagraph = N\n',
            "paragraph",
        ),
        (
            STATEMENT + f'locator = {{ paragraph = N, start = 0, end = 2, sha256 = "{"0" * 64}" }}\n',
            "locator.paragraph",
        ),
        (STATEMENT + f'locator = {{ paragraph = 1, start = N, end = N1, sha256 = "{"0" * 64}" }}\n', "locator.start"),
    ],
)
def test_a_huge_number_is_a_problem_of_the_corpus(tmp_path: Path, line: str, key: str) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    huge = "1" + "0" * 30
    toml = line.replace("= N1", f"= {huge}1").replace("= N", f"= {huge}")
    (corpus / "corpus.toml").write_text(HEAD + SOURCE + SPEAKER + toml)
    with pytest.raises(CorpusError) as wrong:
        load_checked(corpus)
    assert f"{key}: is so large a number; it must be at most 1,000,000,000" in str(wrong.value)


def test_progress_rises_to_the_whole(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    study = load_checked(Path(shutil.copytree(SMALL, tmp_path / "small")))
    (tmp_path / "index").mkdir()
    compile_study(study, tmp_path / "index", SMALL, lambda done, total: told.append((done, total)))
    assert told == sorted(told) and told[-1] == (15, 15)
