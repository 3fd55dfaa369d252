"""Asking an index: pages, counts and facets against looking at every record."""

import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zeroline.corpus.check import load_checked
from zeroline.index.compile import compile_study
from zeroline.index.filter import NONE, Filter
from zeroline.index.language import days_of
from zeroline.index.reader import Facets, Index, Row
from zeroline.records import Item

SMALL = Path(__file__).parents[1] / "fixtures" / "corpora" / "small"
MANY = 2_345


def compiled(corpus: Path, folder: Path) -> Index:
    folder.mkdir()
    compile_study(load_checked(corpus), folder, corpus)
    return Index(folder)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return compiled(SMALL, tmp_path_factory.mktemp("small") / "index")


@pytest.fixture(scope="module")
def rows(index: Index) -> tuple[Row, ...]:
    return index.page(Filter(), limit=1_000).rows


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """More statements than are ever fetched at once, by two speakers in turn, a hundred a day."""
    folder = tmp_path_factory.mktemp("large")
    lines = ['[corpus]\nid = "large"\ntitle = "Large"\nversion = "1"', '[[source]]\nid = "s"\ntitle = "S"']
    lines += [f'[[speaker]]\nid = "p{n}"\nname = "P{n}"' for n in range(2)]
    lines.append('[[stance]]\nid = "keep"\nlabel = "keep"')
    for n in range(MANY):
        stance = 'positions = [{stance="keep",force="unconditional",certainty="high",basis="stated",rationale="R"}]\n'
        day = f"2031-{n // 2000 + 1:02}-{n // 100 % 20 + 1:02}"
        lines.append(
            f'[[statement]]\nid = "n{n:05}"\nspeaker = "p{n % 2}"\nsource = "s"\nattribution = "direct"\n'
            f'date = "{day}"\nparaphrase = "Number {n}, {"odd" if n % 2 else "even"}."\n{stance if n % 3 == 0 else ""}'
        )
    (folder / "corpus").mkdir()
    (folder / "corpus" / "corpus.toml").write_text("\n".join(lines))
    return compiled(folder / "corpus", folder / "index")


# --- what a filter means, said once more and slowly ------------------------------------------------------------------


def said_by(item: Item) -> str | None:
    return item["speaker"]["id"] if item["kind"] == "statement" else None


def takes(item: Item, stances: tuple[str, ...], forces: tuple[str, ...]) -> bool:
    """Whether one and the same position has one of the stances and one of the forces."""
    if item["kind"] == "event":
        return False
    positions = item["positions"]
    if any((not stances or p["stance"] in stances) and (not forces or p["force"] in forces) for p in positions):
        return True
    return NONE in stances and not positions and not forces


def matches(row: Row, wanted: Filter) -> bool:
    item = row.item
    since, until = days_of(wanted.since or ""), days_of(wanted.until or "")
    return (
        (not (wanted.stances or wanted.forces) or takes(item, wanted.stances, wanted.forces))
        and (not wanted.speakers or said_by(item) in wanted.speakers)
        and (not wanted.topics or bool(set(wanted.topics) & set(item["topics"])))
        and (not wanted.places or bool(set(wanted.places) & set(item["places"])))
        and (not wanted.kinds or item["kind"] in wanted.kinds)
        and (since is None or row.last_day >= since[0])
        and (until is None or 0 < row.first_day <= until[1])
        and (wanted.bookmarked is None or item["id"] in wanted.bookmarked)
    )


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    """None, one or several, in any order; now and then one the corpus has not."""
    return st.lists(st.sampled_from([*values, "no-such-one"]), unique=True, max_size=3).map(tuple)


DATES = st.sampled_from(
    [None, None, None, "1987", "2030", "2031", "2031-02", "2031-03-04", "2031-04", "2031-06-01", "2031-07"]
)
IDS = ["brum-1", "brum-3", "vane-2", "quill-2", "lamp-dark", "soliany-1", "gone"]
filters = st.builds(
    Filter,
    query=st.sampled_from(["", "", "", "lamp", "oil", "ferry"]),
    stances=some("keep", "lease", "close", NONE),
    forces=some("unconditional", "conditional", "hypothetical"),
    speakers=some("oda-brum", "ilko-soliany", "tessaly-vane", "perrin-quill"),
    topics=some("light", "money", "ferry", "storms"),
    places=some("gull-harbour", "lamp-rock"),
    kinds=some("statement", "event"),
    since=DATES,
    until=DATES,
    bookmarked=st.one_of(st.none(), st.none(), some(*IDS)),
)
# Several facets at once mostly leave nothing: half of the filters have at most two.
sparse = st.builds(
    lambda wanted, kept: Filter(**{f: getattr(wanted, f) for f in kept}),
    filters,
    st.sets(st.sampled_from([*Filter.__dataclass_fields__]), max_size=2),
)
either = filters | sparse


@pytest.fixture(scope="module")
def expected(index: Index, rows: tuple[Row, ...]) -> Callable[[Filter], list[Row]]:
    """The rows of a filter by brute force; words are looked for by the index, alone, on the whole corpus."""
    texts = {q: set() for q in ("lamp", "oil", "ferry")}
    for query, ids in texts.items():
        ids.update(item["id"] for item in index.each(Filter(query=query)))
        assert ids, query

    def expected(wanted: Filter) -> list[Row]:
        found = [row for row in rows if matches(row, wanted.without("query"))]
        return [row for row in found if not wanted.query or row.item["id"] in texts[wanted.query]]

    return expected


@given(wanted=either)
def test_a_page_is_what_looking_at_every_record_finds(index: Index, expected, wanted: Filter) -> None:
    hits = expected(wanted)
    page = index.page(wanted, limit=100)
    assert page.rows == tuple(hits) and page.total == len(hits) == index.count(wanted)
    ranked = index.page(wanted, limit=100, order="relevance")
    assert Counter(r.seq for r in ranked.rows) == Counter(r.seq for r in hits) and ranked.total == len(hits)
    assert [item["id"] for item in index.each(wanted)] == [row.item["id"] for row in hits]


@given(wanted=either, offset=st.integers(0, 20), limit=st.integers(1, 6))
def test_a_page_in_the_middle(index: Index, expected, wanted: Filter, offset: int, limit: int) -> None:
    hits = expected(wanted)
    page = index.page(wanted, offset=offset, limit=limit)
    assert (page.offset, page.total, page.rows) == (offset, len(hits), tuple(hits[offset : offset + limit]))


@given(wanted=either)
def test_each_facet_is_counted_as_if_it_were_not_filtered(index: Index, expected, wanted: Filter) -> None:
    hits = expected(wanted)
    anyone = expected(wanted.without("speakers"))
    any_stance = expected(wanted.without("stances"))
    ordinal = {s["id"]: s["ordinal"] for s in index.speakers()}
    assert index.facets(wanted) == Facets(
        statements=sum(r.item["kind"] == "statement" for r in hits),
        events=sum(r.item["kind"] == "event" for r in hits),
        stances={
            s: sum(takes(r.item, (s,), wanted.forces) for r in any_stance) for s in ("keep", "lease", "close", NONE)
        },
        speakers=Counter(ordinal[id] for r in anyone if (id := said_by(r.item))),
        months=Counter(r.month for r in hits),
    )
    assert index.groups(wanted) == Counter(r.group for r in hits)


@given(wanted=either, seq=st.integers(-2, 20))
def test_rank_counts_what_comes_before(index: Index, expected, wanted: Filter, seq: int) -> None:
    assert index.rank(wanted, seq) == sum(r.seq < seq for r in expected(wanted))


def test_stance_and_force_must_be_of_one_position(index: Index) -> None:
    # brum-3 takes lease on a condition and keep as a hypothesis.
    def ids(*stances: str, force: str) -> set[str]:
        return {item["id"] for item in index.each(Filter(stances=stances, forces=(force,)))}

    assert ids("lease", force="conditional") == {"brum-3", "vane-2"}
    assert ids("keep", force="hypothetical") == {"brum-3"}
    assert ids("lease", force="hypothetical") == set()
    assert ids("keep", force="conditional") == {"brum-4", "quill-2"}
    assert ids("keep", NONE, force="hypothetical") == {"brum-3"}
    assert ids(NONE, force="unconditional") == set()


def test_best_matches_first(index: Index) -> None:
    order = [r.item["id"] for r in index.page(Filter(query="oil^5 OR lamp"), order="relevance").rows]
    assert set(order[:2]) == {"brum-2", "oil-dear"}
    in_time = [r.seq for r in index.page(Filter(query="oil^5 OR lamp")).rows]
    assert in_time == sorted(in_time)


@pytest.mark.parametrize("typing", [True, False])
def test_typing_takes_the_last_word_as_a_beginning_everywhere(index: Index, typing: bool) -> None:
    wanted = Filter(query="laught")
    hits = 1 if typing else index.count(wanted)  # untyped it is a word with letters missing
    assert index.page(wanted, typing=typing).total == hits
    assert index.facets(wanted, typing=typing).statements == hits
    assert index.rank(wanted, 1_000, typing=typing) == sum(index.groups(wanted, typing=typing).values()) == hits


def test_each_streams_more_rows_than_are_fetched_at_once_in_order(large: Index) -> None:
    ids = [item["id"] for item in large.each(Filter())]
    assert ids == [f"n{n:05}" for n in range(MANY)]
    assert [item["id"] for item in large.each(Filter(query="odd"))] == [f"n{n:05}" for n in range(1, MANY, 2)]
    assert [i["id"] for i in large.each(Filter(stances=("keep",)))] == [f"n{n:05}" for n in range(0, MANY, 3)]


def test_each_ends_where_a_chunk_ends(large: Index) -> None:
    exactly = tuple(f"n{n:05}" for n in range(1_000))
    assert [item["id"] for item in large.each(Filter(bookmarked=exactly))] == list(exactly)
    assert next(large.each(Filter()))["id"] == "n00000"


def test_pages_deep_down_and_beyond_the_end(large: Index) -> None:
    for offset in (0, 1, 999, 1_000, MANY - 2):
        page = large.page(Filter(), offset=offset, limit=3)
        assert page.total == MANY
        assert [r.seq for r in page.rows] == list(range(offset, min(offset + 3, MANY)))
    for offset in (MANY, MANY + 1, 10**9, 10**18, 10**30):
        assert (large.page(Filter(), offset=offset).rows, large.page(Filter(), offset=offset).total) == ((), MANY)
    assert len(large.page(Filter(), limit=10**15).rows) == MANY
    assert large.page(Filter(), offset=-5, limit=0).rows[0].seq == 0
    assert large.rank(Filter(), 10**30) == MANY and large.rank(Filter(query="odd"), 1_001) == 500


def test_facets_of_many(large: Index) -> None:
    facets = large.facets(Filter())
    assert (facets.statements, facets.events) == (MANY, 0)
    assert facets.speakers == {0: (MANY + 1) // 2, 1: MANY // 2}
    assert facets.stances == {"keep": (MANY + 2) // 3, NONE: MANY - (MANY + 2) // 3}
    assert facets.months == {2031 * 12: 2000, 2031 * 12 + 1: MANY - 2000}


def test_a_beginning_of_many_words(large: Index) -> None:
    # More numbers begin with 1 than a beginning stands for; it must still find, and say nothing wrong.
    page = large.page(Filter(query="number 1"), typing=True)
    assert page.total >= 256 and page.understood.problems == ()
    assert large.count(Filter(query='"number 12"*')) == 1 + 10 + 100
    assert large.page(Filter(query='"number 12'), typing=True).total == 111


def test_several_threads_may_ask_at_once(index: Index, rows: tuple[Row, ...]) -> None:
    wanted = [Filter(query=q) for q in ("lamp", "oil", "laugther", '"the lamp"', "speaker:brum OR ferry")]
    alone = [(index.page(w), index.facets(w)) for w in wanted]
    wrong: list[object] = []
    barrier = threading.Barrier(len(wanted))

    def ask(which: int) -> None:
        try:
            barrier.wait()
            for turn in range(60):
                n = (which + turn) % len(wanted)
                page, facets = index.page(wanted[n]), index.facets(wanted[n])
                if (page.rows, page.total, facets) != (alone[n][0].rows, alone[n][0].total, alone[n][1]):
                    wrong.append(wanted[n])
                index.speaker_name("oda-brum")
                index.speaker(f"nobody-{turn}")
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must hear of it
            wrong.append(error)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(len(wanted))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_names_and_labels_are_the_id_where_there_is_none(index: Index) -> None:
    assert index.speaker_name("oda-brum") == "Лампа" and index.speaker_name("tessaly-vane") == "Tessaly Vane"
    assert index.speaker_name("gone") == "gone"
    assert (index.stance_label("keep"), index.topic_label("light"), index.place_name("lamp-rock")) == (
        "keep",
        "the light",
        "Lamp Rock",
    )
    assert (index.stance_label("x"), index.topic_label("x"), index.place_name("x")) == ("x", "x", "x")
