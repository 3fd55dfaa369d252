"""Searches of one letter, two and more, against reading every word: counts are whole, rows are the first ones."""

import json
import random
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from zeroline.corpus.check import load_checked
from zeroline.index import compile, letter_counts, lookup, process_pool, schema
from zeroline.index.compile import compile_study
from zeroline.index.filter import Filter
from zeroline.index.prefixes import begins
from zeroline.index.reader import Index
from zeroline.index.schema import words_analyzer
from zeroline.text.fold import fold

MANY = 3_000
SOMEBODY = {"id": "p", "name": "Xx"}
ALPHABETS = ("abcdefgz", "абвгдєї", "ابتثج", "कखगािी", "灯塔看守人", "áéîöçß", "0123")
CORPUS = """[corpus]
id = "letters"
title = "Letters"
version = "1"

[[stance]]
id = "keep"
label = "keep"
"""


@pytest.fixture(scope="module")
def words() -> list[list[str]]:
    """The words of each statement, in time order: some letters nearly everywhere, some scarcely, one only late."""
    chance = random.Random(5)
    made = []
    for number in range(MANY):
        some = []
        for _ in range(chance.randint(1, 6)):
            letters = chance.choices(ALPHABETS, [40, 5, 3, 3, 2, 2, 1])[0]
            some.append("".join(chance.choices(letters, k=chance.randint(1, 5))))
        if number > MANY - 40:
            some.append("qwerty")
        made.append(some)
    return made


@pytest.fixture(scope="module", params=[8, 1_024])
def index(
    request: pytest.FixtureRequest, words: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Index]:
    """In small blocks, as of a large corpus, and in few.

    They are given out of order: what is first in time is not what was indexed first.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "BLOCK", request.param)
        yield made(words, tmp_path_factory)


def made(words: list[list[str]], tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The index of the words."""
    position = {"stance": "keep", "force": "unconditional", "certainty": "high", "basis": "stated", "rationale": "r"}
    order = list(enumerate(words))
    random.Random(6).shuffle(order)
    return compiled(
        tmp_path_factory.mktemp("letters"),
        (
            {
                "id": f"n{number:05}",
                "speaker": {"id": f"p{number % 7}", "name": "Xx Yy"},
                "date": f"{1000 + number}",
                "excerpt": " ".join(some),
                "positions": [position] if number % 2 else [],
            }
            for number, some in order
        ),
    )


def compiled(folder: Path, lines: Iterable[dict[str, object]]) -> Index:
    """The index of a study of those lines, made in an empty folder."""
    (folder / "corpus").mkdir()
    (folder / "corpus" / "corpus.toml").write_text(CORPUS)
    with (folder / "corpus" / "statements.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "index").mkdir()
    compile_study(load_checked(folder / "corpus"), folder / "index", folder / "corpus")
    return Index(folder / "index")


def begun(words: list[list[str]], beginning: str) -> list[str]:
    """Ids of the statements with a word, as the index cuts it, that begins so."""
    cut = words_analyzer().analyze
    return [
        f"n{number:05}"
        for number, some in enumerate(words)
        if any(word.startswith(fold(beginning)) for word in cut(fold(" ".join(some))))
    ]


BEGINNINGS = [*"abgzабєاكक灯áß03q", "ab", "ga", "zz", "аб", "اب", "कख", "灯塔", "áé", "12", "abc", "qw", "qwe", "йй"]


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_a_beginning_finds_every_word_it_begins(index: Index, words: list[list[str]], beginning: str) -> None:
    expected = begun(words, beginning)
    for offset in (0, 3, 25):
        page = index.page(Filter(query=beginning), offset=offset, limit=20, typing=True)
        assert page.total == len(expected)
        assert [row.item["id"] for row in page.rows] == expected[offset : offset + 20]
    kept = [id for id in expected if int(id[1:]) % 2]
    page = index.page(Filter(query=beginning, stances=("keep",)), limit=20, typing=True)
    assert (page.total, [row.item["id"] for row in page.rows]) == (len(kept), kept[:20])
    facets = index.facets(Filter(query=beginning), typing=True)
    assert facets.statements == len(expected)
    assert facets.stances["keep"] == len(kept)
    assert sum(facets.speakers.values()) == len(expected)


@pytest.mark.parametrize("beginning", ["a", "gb", "qwe"])
def test_how_many_stand_before(index: Index, words: list[list[str]], beginning: str) -> None:
    expected = [int(id[1:]) for id in begun(words, beginning)]
    for seq in (0, 1, 7, 8, 9, 500, MANY - 20, MANY, MANY + 5):
        assert index.rank(Filter(query=beginning), seq, typing=True) == sum(number < seq for number in expected)
        assert index.rank(Filter(), seq) == min(seq, MANY)
    for offset in (0, 999, 1_000, 1_500, MANY - 3):
        assert [row.seq for row in index.page(Filter(), offset=offset, limit=5).rows] == list(
            range(offset, min(offset + 5, MANY))
        )


def test_the_first_rows_of_a_stance(index: Index) -> None:
    page = index.page(Filter(stances=("keep",)), limit=10)
    assert page.total == MANY // 2
    assert [row.item["id"] for row in page.rows] == [f"n{number:05}" for number in range(1, 20, 2)]


def test_the_speakers_heard_most_are_the_same_counted_and_kept(index: Index) -> None:
    kept = index.facets(Filter(), most=5).speakers
    counted = index.facets(Filter(kinds=("statement",)), most=5).speakers
    assert list(kept.items()) == list(counted.items())
    assert sum(index.facets(Filter()).speakers.values()) == MANY


@pytest.mark.parametrize("text", ["Don’t, re-elect_me (x) 3rd!", "éà d’été", "कि खा ", "", "…", "a\u0301b ـا \u200db"])
def test_beginnings_are_of_the_words_the_index_has(text: str) -> None:
    folded = fold(unicodedata.normalize("NFC", text))
    assert begins(folded).split() == [word[:2] for word in words_analyzer().analyze(folded)]


def test_letters_are_counted_once_and_for_all(
    words: list[list[str]], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What very many items have is counted by the compiler, so that rows need not wait for it."""
    monkeypatch.setattr(compile, "MANY", 100)
    monkeypatch.setattr(letter_counts, "MANY", 100)
    index = made(words, tmp_path_factory)
    often = {fold(letter) for letter in {*"".join(ALPHABETS)} if len(begun(words, letter)) > 100}
    assert index.summary.letters.keys() >= often >= {*"abgz"}
    monkeypatch.setattr(index, "_count", None)
    for letter in [*often, "A"]:
        expected = begun(words, letter)
        page = index.page(Filter(query=letter), limit=5, typing=True)
        assert page.total == index.summary.letters[fold(letter)] == len(expected)
        assert [row.item["id"] for row in page.rows] == expected[:5]
    some = index.facets(Filter(query="b"), typing=True)
    assert some.statements == index.page(Filter(query="b"), limit=5, typing=True).total


def test_who_is_heard_most_is_counted_over_all_segments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those heard most are heard late, and but once early, when many others are heard more."""
    monkeypatch.setattr(process_pool, "SHARE_LEAST", 1_000)
    monkeypatch.setattr(process_pool, "_cores", lambda: 2)
    people, late = 200, (11, 57, 99, 140, 188)
    turns = [n for n in range(people) for _ in range(1 if n in late else 5 + n % 3)]
    turns += [n for n in late for _ in range(40 + n)]
    index = compiled(
        tmp_path,
        (
            {
                "id": f"n{number}",
                "speaker": {"id": f"p{who:03}", "name": f"Speaker {who}"},
                "date": f"{1000 + number // 10}",
                "excerpt": "the same words",
            }
            for number, who in enumerate(turns)
        ),
    )
    assert len(list((tmp_path / "index" / "items").glob("*.idx"))) == 2
    counts = {n: turns.count(n) for n in range(people)}
    most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:5]
    ordinals = {n: index.speaker(f"p{n:03}")["ordinal"] for n in late}  # type: ignore[index]
    found = index.facets(Filter(query="same"), most=5).speakers
    assert found == {ordinals[n]: count for n, count in most}


def phrases(words: list[list[str]], first: str, beginning: str, gap: int = 0) -> list[str]:
    """Ids of the statements where ``first`` is followed by a word that begins so, with at most ``gap`` between."""
    cut = words_analyzer().analyze
    found = []
    for number, some in enumerate(words):
        tokens = cut(fold(" ".join(some)))
        pairs = [(a, b) for n, a in enumerate(tokens) for b in tokens[n + 1 : n + 2 + gap]]
        if any(a == first and b.startswith(beginning) for a, b in pairs):
            found.append(f"n{number:05}")
    return found


def test_a_phrase_that_ends_in_a_beginning_finds_every_word_it_begins(index: Index, words: list[list[str]]) -> None:
    for first, beginning in [("a", "b"), ("a", "bc"), ("e", "z"), ("a", "e"), ("б", "a"), ("灯", "a"), ("a", "а")]:
        page = index.page(Filter(query=f'"{first} {beginning}"*'), limit=MANY)
        assert [row.item["id"] for row in page.rows] == phrases(words, first, beginning)
        assert page.total == index.count(Filter(query=f'excerpt:"{first} {beginning}'), typing=True)


@pytest.mark.parametrize(("most", "longest"), [(20, 500), (3, 500), (15_000, 0)])
def test_beginnings_of_more_words_than_tantivy_takes_are_cut_up(
    index: Index, words: list[list[str]], most: int, longest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "PHRASE_TERMS", 2)
    monkeypatch.setattr(lookup, "PHRASE_WORDS", most)
    monkeypatch.setattr(lookup, "PATTERN", longest)
    for first, beginning in [("a", "b"), ("b", "a"), ("灯", "a")]:
        assert index.count(Filter(query=f'excerpt:"{first} {beginning}"*')) == len(phrases(words, first, beginning))
    assert index.count(Filter(query="id:n*")) == MANY


def test_that_a_phrase_has_either_gaps_or_a_beginning_is_said(index: Index) -> None:
    understood = index.understand('excerpt:"a b"~2*')
    assert understood.problems == ("a phrase has ~2 or * after it, not both; the * is left out",)
    assert index.count(Filter(query='excerpt:"a b"~2*')) == index.count(Filter(query='excerpt:"a b"~2'))


def test_a_beginning_of_a_code_finds_all(index: Index) -> None:
    for query, count in [("id:n*", MANY), ("id:N0*", MANY), ("id:n00*", 1_000), ("id:n012*", 100), ("id:x*", 0)]:
        assert index.count(Filter(query=query)) == count
        assert index.count(Filter(query=query.removesuffix("*")), typing=True) == count
    assert index.count(Filter(query=f"id:{'n' * 1_500}*")) == 0
    assert index.count(Filter(query=f'"a {"n" * 1_500}"*')) == 0


ODD = [
    "a:b",
    "a.b",
    "a+b",
    "a*",
    "a^b",
    "a$",
    "a|b",
    "a{2}",
    "a]b",
    "a~b",
    "a#b",
    "a<b>",
    "a@b",
    "a&b-c",
    "a(b",
    "añ灯",
]


def test_beginnings_of_odd_ids(tmp_path: Path) -> None:
    odd = compiled(tmp_path, [{"id": id, "speaker": SOMEBODY, "excerpt": "x"} for id in ODD])
    assert odd.count(Filter(query="id:a*")) == len(ODD)
    for id in ODD:
        assert [item["id"] for item in odd.each(Filter(query=f'id:"{id}"'))] == [id]
        begun = {other for other in ODD if other.startswith(id[:2])}
        typed = odd.page(Filter(query=f'id:"{id[:2]}'), typing=True)
        assert {row.item["id"] for row in typed.rows} == begun
        assert odd.count(Filter(query=f'id:"{id[:2]}"*')) == len(begun)


def test_an_id_is_found_as_it_is_typed(tmp_path: Path) -> None:
    ids = ["a:b1", "a'b1", "a/b1", "a.b1", "#1b", "-1c.", "x-2!", "x-2"]
    odd = compiled(tmp_path, [{"id": id, "speaker": SOMEBODY, "excerpt": "x"} for id in ids])
    both = {"x-2!": {"x-2!", "x-2"}}  # the sign may also be the reader's own
    for id in ids[:-1]:
        assert {item["id"] for item in odd.each(Filter(query=f"id:{id}"))} == both.get(id, {id})
        assert {item["id"] for item in odd.each(Filter(query=f"id:{id}, x"))} == both.get(id, {id})
        assert {item["id"] for item in odd.each(Filter(query=f"id:{id[:3]}*"))} == both.get(id, {id})
        assert odd.page(Filter(query=f"id:{id[:3]}"), typing=True).total == len(both.get(id, {id}))


def test_a_phrase_ends_in_more_words_than_tantivy_takes(tmp_path: Path) -> None:
    many, each = 16_384, 128
    said = {n: " ".join(f"a b{n:05x}" for n in range(n, n + each)) for n in range(0, many, each)}
    index = compiled(tmp_path, ({"id": f"n{n}", "speaker": SOMEBODY, "paraphrase": said[n]} for n in said))
    assert index.count(Filter(query='"a b"*')) == many // each
    assert index.count(Filter(query='paraphrase:"a b03ff'), typing=True) == 1
