"""The query language, asked of the small corpus."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zeroline.corpus.check import load_checked
from zeroline.index.compile import compile_study
from zeroline.index.filter import Filter
from zeroline.index.language import days_of
from zeroline.index.reader import Index
from zeroline.index.schema import FIELDS

SMALL = Path(__file__).parents[1] / "fixtures" / "corpora" / "small"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("index")
    compile_study(load_checked(SMALL), folder, SMALL)
    return Index(folder)


def found(index: Index, query: str, *, typing: bool = False) -> set[str]:
    """The ids a query finds; it must be understood, without a typo allowed for."""
    page = index.page(Filter(query=query), typing=typing)
    assert page.understood.problems == () and not page.understood.loosened, page.understood
    assert page.total == len(page.rows)
    return {row.item["id"] for row in page.rows}


BRUM = {f"brum-{n}" for n in (1, 2, 3, 4)}
VANE, QUILL, SOLIANY = {"vane-1", "vane-2"}, {"quill-1", "quill-2"}, {"soliany-1", "soliany-2"}
STATEMENTS = BRUM | VANE | QUILL | SOLIANY
EVENTS = {"lamp-built", "oil-dear", "lamp-dark", "crates-carried", "boats-lost"}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        # words: all must be there, in any field
        ("oil", {"brum-2", "oil-dear"}),
        ("OIL Dear", {"brum-2", "oil-dear"}),
        ("oil laughter", {"brum-2"}),
        ("oil crates", set()),
        ("whole", {"brum-4"}),  # only the note has it
        ("mayor", set()),  # a role is nowhere
        ("crates 400", {"crates-carried"}),
        # beginnings
        ("cra*", {"crates-carried", "soliany-1"}),
        ("oi* la*", {"brum-2"} | {"oil-dear"}),
        # phrases
        ('"oil is dear"', {"brum-2"}),
        ('"dear oil"', set()),
        ('"oil dear"', set()),
        ('"oil dear"~1', {"brum-2", "oil-dear"}),
        ('"oil laughter"~1', set()),
        ('"oil laughter"~2', {"brum-2"}),
        ('"oil grows"', {"oil-dear"}),
        ('"oil gr"*', {"oil-dear"}),
        ("‘oil is dear’", {"brum-2"}),
        # fields
        ("speaker:brum", BRUM | {"oil-dear"}),
        ("speaker:oda-brum", BRUM | {"oil-dear"}),
        ("callsign:лампа", BRUM | {"oil-dear"}),
        ("unit:menders", QUILL | {"boats-lost"}),
        ("topic:ferry", {"brum-3", "soliany-1", "crates-carried"}),
        ('topic:"the ferry"', {"brum-3", "soliany-1", "crates-carried"}),
        ("topic:wrecks", {"brum-1", "quill-1", "quill-2", "boats-lost"}),
        ("place:gullhaven", {"quill-1", "vane-2", "boats-lost"}),
        ("place:чайкова", {"quill-1", "vane-2", "boats-lost"}),
        ("excerpt:lease", {"vane-2"}),
        ("paraphrase:oil", {"brum-2"}),
        ("note:idiom", {"vane-1"}),
        ("condition:ferry", {"brum-3", "brum-4"}),
        ("stance:close", QUILL - {"quill-2"} | {"soliany-2"}),
        ("stance:keep.conditional", {"brum-4", "quill-2"}),
        ("stance:none", {"soliany-1"}),
        ("force:hypothetical", {"brum-3", "soliany-2"}),
        ("certainty:low", {"brum-3"}),
        ("basis:inferred", {"brum-3", "vane-2"}),
        ("attribution:reported", {"vane-2"}),
        ("kind:event", EVENTS),
        ("source:gull-post", {"vane-2", "lamp-built"}),
        ("id:brum-1", {"brum-1"}),
        ("Id:BRUM-1", {"brum-1"}),
        # what has a field
        ("condition:*", {"brum-3", "brum-4", "quill-2", "vane-2"}),
        ("stance:*", STATEMENTS - {"soliany-1"}),
        ("-stance:*", EVENTS | {"soliany-1"}),
        ("note:*", {"brum-4", "vane-1"}),
        ("*", STATEMENTS | EVENTS),
        ("speaker:*", STATEMENTS | {"oil-dear", "crates-carried", "boats-lost"}),
        # boolean
        ("oil OR crates", {"brum-2", "oil-dear", "soliany-1", "crates-carried"}),
        ("oil AND laughter", {"brum-2"}),
        ("lamp NOT speaker:brum kind:statement", {"soliany-2", "quill-1"}),
        ("lamp -speaker:brum kind:statement", {"soliany-2", "quill-1"}),
        ("-kind:event -speaker:brum", STATEMENTS - BRUM),
        ("NOT kind:event", STATEMENTS),
        ("kind:statement (oil OR crates)", {"brum-2", "soliany-1"}),
        ("lamp (zzzqqq OR zzzqqq)", set()),  # tantivy folds what stands twice, and takes the rest for a wish
        ("lamp zzzqqq OR zzzqqq", set()),
        ("(lamp OR lamp) (zzzqqq OR zzzqqq)", set()),
        ("lamp speaker:IN [zzzqqq zzzqqq]", set()),
        ("kind:statement (crates OR crates)", {"soliany-1"}),
        ("kind:statement ((crates OR crates))", {"soliany-1"}),
        ("kind:statement oil OR crates", {"brum-2", "soliany-1"}),
        ("oil OR crates kind:statement", {"brum-2", "soliany-1"}),
        ("kind:event OR kind:statement stance:none OR source:gull-post", {"soliany-1", "lamp-built", "vane-2"}),
        ("stance:(close OR lease) -force:conditional", {"quill-1", "soliany-2", "vane-1"}),
        ("oil NOT NOT laughter", {"brum-2"}),
        ("speaker:(oda OR tessaly) excerpt:lamp", {"brum-1"}),
        ("topic:IN [ferry money]", {"brum-2", "brum-3", "soliany-1", "crates-carried", "oil-dear"} | VANE),
        ("oil^3 OR crates", {"brum-2", "oil-dear", "soliany-1", "crates-carried"}),
        # dates: what may belong to those days
        ("date:2031-04", {"soliany-1", "crates-carried", "boats-lost"}),
        ("date:2031-04-30", {"soliany-1", "crates-carried", "boats-lost"}),
        ("date:1987", {"lamp-built"}),
        ("date:[2031-03 TO 2031-04]", {"soliany-1", "crates-carried", "boats-lost", "lamp-dark"}),
        ("date:{2031-03 TO 2031-06-01} kind:statement", {"soliany-1"}),
        ("date:[2031-07 TO *]", {"vane-2", "boats-lost"}),
        ("date:[* TO 1999]", {"lamp-built"}),
        ("date:>2031-06-01 kind:statement", {"vane-2"}),
        ("date:<2031-06 kind:statement", {"soliany-1"}),
        ("date:>=2031-07", {"vane-2", "boats-lost"}),
        ("-date:2031", {"lamp-built"}),
        ("date:*", STATEMENTS | EVENTS),
        # quotation marks, diacritics, and how they are encoded
        ("“oil is dear”", {"brum-2"}),
        ("«oil is dear»", {"brum-2"}),
        ("facade", {"vane-1"}),
        ("FAÇADE", {"vane-1"}),
        (unicodedata.normalize("NFD", "façade naïve OR façade"), {"vane-1"}),
        ("naive", {"quill-1"}),
        ("brûm", BRUM | {"oil-dear"}),
        ("I'd light", {"quill-2"}),
        ("I’d light", {"quill-2"}),
        ("соляний", SOLIANY | {"crates-carried"}),
        (unicodedata.normalize("NFD", "соляний"), SOLIANY | {"crates-carried"}),
        # what readers paste
        ("hole [sic] thing", {"brum-4"}),
        ("[sic]", {"brum-4", "lamp-dark"}),
        ("“Oil is dear [laughter]”, and: I", {"brum-2"}),
        ("oil is dear: keep", {"brum-2"}),
        ("note: oil", set()),
        ("[laughter]^ oil~ \\", {"brum-2"}),
        ("oil — ... !", {"brum-2", "oil-dear"}),
        ("oil OR — dear", {"brum-2", "oil-dear"}),
        ("-— oil", {"brum-2", "oil-dear"}),
    ],
)
def test_finds(index: Index, query: str, ids: set[str]) -> None:
    if ids:
        assert found(index, query) == ids
    else:
        page = index.page(Filter(query=query))
        assert page.understood.problems == () and (page.total == 0 or page.understood.loosened)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("lau", {"brum-2"}),
        ("oil lau", {"brum-2"}),
        ("oi dear", set()),  # only the last word is a beginning
        ("oi ", set()),  # it is finished
        ('"oil is de', {"brum-2"}),
        ('"lau', {"brum-2"}),
        ('"oil is de"', set()),
        ('oil "', {"brum-2", "oil-dear"}),
        ("stance:clo", {"quill-1", "soliany-2"}),
        ("stance:keep.", {"brum-1", "brum-2", "brum-3", "brum-4", "quill-2"}),
        ("(oil lau", {"brum-2"}),
        ("oil AND", {"brum-2", "oil-dear"}),
        ("oil -", {"brum-2", "oil-dear"}),
        ("oil date:2", {"brum-2", "oil-dear"}),
        ("oil date:2031-0", {"brum-2", "oil-dear"}),
        ("oil date:[2031-0", {"brum-2", "oil-dear"}),
        ("oil date:[2031-03 TO 20", {"brum-2"}),
        ("oil date:[2031-03 T", {"brum-2"}),
        ("façade sta", {"vane-1"}),
        ("I'", set()),
    ],
)
def test_finds_while_typing(index: Index, query: str, ids: set[str]) -> None:
    page = index.page(Filter(query=query), typing=True)
    assert page.understood.problems == ()
    if ids:
        assert not page.understood.loosened
        assert {row.item["id"] for row in page.rows} == ids
    else:
        assert page.understood.loosened or page.total == 0 or query.startswith("I")


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("speeker:brum", "there is no field “speeker”; did you mean “speaker:”?"),
        ("Topics:ferry", "there is no field “Topics”; did you mean “topic:”?"),
        ("zzz:brum", "there is no field “zzz”; fields are " + ", ".join(FIELDS)),
        ("seq:1", "there is no field “seq”; fields are " + ", ".join(FIELDS)),
        ("zzz:*", "there is no field “zzz”; fields are " + ", ".join(FIELDS)),
        ("zzz:[2031 TO 2032]", "there is no field “zzz”; fields are " + ", ".join(FIELDS)),
        ("date:soon", "“soon” is no date; write 2025, 2024-08 or 2024-08-06"),
        ("date:2031-13", "“2031-13” is no date; write 2025, 2024-08 or 2024-08-06"),
        ("date:2031-02-30", "“2031-02-30” is no date; write 2025, 2024-08 or 2024-08-06"),
        ("date:[soon TO 2032]", "“soon” is no date; write 2025, 2024-08 or 2024-08-06"),
        ("date:[2031 TO later]", "“later” is no date; write 2025, 2024-08 or 2024-08-06"),
        ("stance:nope", "there is no stance “nope”; did you mean “none”?"),
        ("stance:keep.cond", "there is no stance “keep.cond”; did you mean “keep.conditional”?"),
        ("stance:kepe", "there is no stance “kepe”; did you mean “keep”?"),
        ("stance:qqqq", "there is no stance “qqqq”; there are: keep, lease, close, none"),
        ("oil -stance:none.conditional", "there is no stance “none.conditional”; did you mean “none”?"),
        ("force:sometimes", "there is no force “sometimes”; there are: unconditional, conditional, hypothetical"),
        ("Force:CONDITONAL", "there is no force “conditonal”; did you mean “conditional”?"),
        ("certainty:hihg", "there is no certainty “hihg”; did you mean “high”?"),
        ("basis:inference", "there is no basis “inference”; did you mean “inferred”?"),
        ("attribution:quoted", "there is no attribution “quoted”; there are: direct, reported, caption"),
        ("kind:statements", "there is no kind “statements”; did you mean “statement”?"),
        ("kind:q*", "there is no kind “q”; there are: statement, event"),
        ("stance:(keep OR leese)", "there is no stance “leese”; did you mean “lease”?"),
        ("speaker:[a TO b]", "only dates have ranges: date:[2024-08 TO 2025]"),
        ("[a TO b]", "only dates have ranges: date:[2024-08 TO 2025]"),
        ("speaker:>5", "only dates have ranges: date:[2024-08 TO 2025]"),
        ('"oil is', "a quotation mark is not closed"),
        ("(oil", "a bracket is not closed"),
        ("date:[2031 TO", "a range is written with both its ends: [2024-08 TO 2025]"),
        ("...", "there is no word in it to look for"),
        ("“ ”", "there is no word in it to look for"),
        ("😀", "there is no word in it to look for"),
        ("x" * 2001, "a query may be 2,000 characters long, this one has 2,001"),
        ("(" * 20_000, "a query may be 2,000 characters long, this one has 20,000"),
        ("(" * 1_000 + "a", "brackets may be nested 20 deep at most"),
    ],
)
def test_says_in_plain_words_what_it_cannot_understand(index: Index, query: str, problem: str) -> None:
    assert index.understand(query).problems == (problem,)


@pytest.mark.parametrize(
    "query", ["stance:k", "stance:keep.c", "oil force:uncond", "kind:", "kind:e*", "id:zzz", "source:q"]
)
def test_a_code_that_is_being_typed_is_no_mistake(index: Index, query: str) -> None:
    assert index.understand(query, typing=True).problems == ()


@pytest.mark.parametrize("word", ["NOTHING", "ORDER", "ANDROID", "lamp NOTHING", "lamp ORDER", "oil dear ANDROID"])
def test_an_operator_on_the_way_to_a_longer_word_widens_nothing(index: Index, word: str) -> None:
    before = len(STATEMENTS | EVENTS)
    for end in range(1, len(word) + 1):
        page = index.page(Filter(query=word[:end]), typing=True)
        assert page.understood.problems == () and not page.understood.says_nothing
        if " " not in word and not page.understood.loosened:
            assert page.total <= before
            before = page.total


@pytest.mark.parametrize(
    ("query", "nothing"), [("😀", True), ("...", True), ("date:20", True), ("*", False), (" ", False)]
)
def test_it_is_known_that_a_search_looks_for_nothing(index: Index, query: str, nothing: bool) -> None:
    page = index.page(Filter(query=query), typing=True)
    assert (page.understood.says_nothing, page.total) == (nothing, len(STATEMENTS | EVENTS))


def test_a_code_that_cannot_be_completed_is_a_mistake_while_typing(index: Index) -> None:
    assert index.understand("stance:kee.x", typing=True).problems == (
        "there is no stance “kee.x”; did you mean “keep”?",
    )
    assert index.understand("stance:ke oil", typing=True).problems == ("there is no stance “ke”; did you mean “keep”?",)


def test_what_is_refused_finds_nothing_and_mere_punctuation_everything(index: Index) -> None:
    assert index.count(Filter(query="(" * 1_000 + "a")) == 0
    assert index.count(Filter(query="zzz:oil")) == 0
    assert index.count(Filter(query="...")) == len(STATEMENTS | EVENTS)
    assert index.page(Filter(query="..."), typing=True).understood.problems == ()


def test_thousands_of_nots_are_one_or_none(index: Index) -> None:
    assert found(index, "NOT " * 400 + "kind:event") == EVENTS
    assert found(index, "NOT " * 401 + "kind:event") == STATEMENTS
    assert index.understand("NOT " * 3_000 + "oil").problems != ()


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("laugther", {"brum-2"}),  # two letters swapped
        ("laughtr", {"brum-2"}),
        ("laughterr oil", {"brum-2"}),
        ("facede", {"vane-1"}),
        ("speaker:brumm", BRUM | {"oil-dear"}),
        ("laugther -stance:lease", {"brum-2"}),
    ],
)
def test_a_typo_is_forgiven_and_said(index: Index, query: str, ids: set[str]) -> None:
    page = index.page(Filter(query=query))
    assert page.understood.loosened
    assert {row.item["id"] for row in page.rows} == ids


@pytest.mark.parametrize(
    "query", ["oil OR zzzqqq", "stance:lease OR zebra", 'topic:"the light" OR captive*', "oil -zebra"]
)
def test_what_is_found_as_spelt_is_not_said_to_be_near(index: Index, query: str) -> None:
    page = index.page(Filter(query=query))
    assert page.total and not page.understood.loosened
    left = query.split(" OR ")[0].replace(" -zebra", "")
    assert {row.item["id"] for row in page.rows} == found(index, left)


@pytest.mark.parametrize("query", ["xylophone OR zzzqqq", "/regex/"])
def test_what_nothing_comes_near_is_not_said_to_be_near(index: Index, query: str) -> None:
    assert not index.understand(query).loosened and index.count(Filter(query=query)) == 0


def test_a_typo_is_forgiven_only_where_nothing_is_spelt_so(index: Index) -> None:
    understood = index.understand("lamp")
    assert not understood.loosened
    everywhere = {row.item["id"] for row in index.page(Filter(query="lamp")).rows}
    spelt_so = {id for id in everywhere if "lamp" in str(index.get(id)).casefold()}
    assert everywhere == spelt_so
    short = index.page(Filter(query="oel"))
    assert short.total == 0 and not short.understood.loosened  # three letters must be right
    assert index.page(Filter(query="laugt"), typing=True).understood.loosened
    assert not index.page(Filter(query="xylophone")).understood.loosened
    # what is filtered away is found all the same: its spelling is right
    filtered = index.page(Filter(query="laughter", stances=("lease",)))
    assert filtered.total == 0 and not filtered.understood.loosened


def test_what_is_unwanted_is_meant_as_it_is_spelt(index: Index) -> None:
    assert {r.item["id"] for r in index.page(Filter(query="laugther -stairz")).rows} == {"brum-2"}
    assert {r.item["id"] for r in index.page(Filter(query="laugther -oyl -deer")).rows} == {"brum-2"}


@pytest.mark.parametrize(
    ("query", "typing", "words", "beginnings"),
    [
        ("Oil dear", False, {"oil", "dear"}, set()),
        ("oil de", True, {"oil", "de"}, {"de"}),
        ("oil de ", True, {"oil", "de"}, set()),
        ("la* oil", False, {"la", "oil"}, {"la"}),
        ('"Oil is"', True, {"oil", "is"}, set()),
        ('"oil i', True, {"oil", "i"}, {"i"}),
        ("oil -laughter NOT dear", False, {"oil"}, set()),
        ("oil -(laughter OR dear*)", False, {"oil"}, set()),
        ("speaker:Brûm stance:keep kind:event date:2031 id:x", False, {"brum"}, set()),
        ("façade", False, {"facade"}, set()),
        ("it’s", False, {"it", "s"}, set()),
        ("(oil OR lamp)^2 crates", False, {"oil", "lamp", "crates"}, set()),
        ("condition:* *", False, set(), set()),
        ("...", False, set(), set()),
    ],
)
def test_what_is_highlighted(index: Index, query: str, typing: bool, words: set[str], beginnings: set[str]) -> None:
    understood = index.understand(query, typing=typing)
    assert (understood.words, understood.beginnings) == (words, beginnings)


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024-2-9", ("2024-02-09", "2024-02-09")),
        ("2024-12", ("2024-12-01", "2024-12-31")),
        ("9999-12", ("9999-12-01", "9999-12-31")),
    ],
)
def test_days_of_a_year_month_or_day(value: str, days: tuple[str, str]) -> None:
    from datetime import date

    assert days_of(value) == tuple(date.fromisoformat(day).toordinal() for day in days)


@pytest.mark.parametrize(
    "value", ["", "24", "2024-13", "2024-02-30", "0000", "2024-00", "2024-08-06T1", "²⁰²⁴", "soon"]
)
def test_what_is_no_year_month_or_day(value: str) -> None:
    assert days_of(value) is None


PIECES = [
    *"\"'“”‘’()[]{}<>:^~\\/*?+-!|&`,. \t\n\0…—",
    *(" ", " ", " ", " AND ", " OR ", " NOT ", " TO ", "date:", "stance:", "said:", "IN [", "date:[2031 TO "),
    *(
        "lamp",
        "oil",
        "la",
        "2031-06",
        "keep",
        "speaker:",
        "condition:*",
        "😀",
        "e\N{COMBINING ACUTE ACCENT}",
        "^2",
        "~3",
    ),
]


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)), st.booleans())
@example("\ud800", True)
@example('"' * 3, False)
@example("(((((((((((((((((((((((((((", True)
def test_any_text_has_an_answer_or_problems_in_plain_words(index: Index, text: str, typing: bool) -> None:
    page = index.page(Filter(query=text), typing=typing)
    assert 0 <= page.total <= len(STATEMENTS | EVENTS)
    assert index.facets(Filter(query=text), typing=typing).statements <= page.total
    for problem in page.understood.problems:
        for raw in ("parse", "syntax", "delimiter", "literal", "expected", "unexpected", "cannot be understood"):
            assert raw not in problem.casefold() or raw in text.casefold()
