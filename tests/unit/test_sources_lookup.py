"""What is looked up in a copy in passes over the whole is what plain searching finds."""

from __future__ import annotations

import random
from zlib import crc32

import pytest

from zeroline.sources import align
from zeroline.sources.align import lay
from zeroline.sources.known_passage import Known, known_of
from zeroline.sources.lookup import COMMON, RARE, Lookup
from zeroline.sources.passages_sought import Need
from zeroline.sources.words import Words, mark

DICE = random.Random(5)
SYLLABLES = ["bo", "da", "ke", "li", "mu", "na", "re", "so", "ti", "wé"]
WORDS = ["".join(DICE.choices(SYLLABLES, k=1 + n % 3)) for n in range(400)]
COPY = " ".join(DICE.choices(WORDS, [1 / (n + 2) for n in range(400)], k=6_000))


def sought() -> list[Known]:
    said = COPY.split()
    passages = [" ".join(said[at : at + 12]) for at in DICE.sample(range(5_900), 30)]
    found = [known_of(Need(f"s-{n}", "", "direct", "", passage=passage)) for n, passage in enumerate(passages)]
    return [known for known in found if known is not None]


def test_marks_are_of_a_pair_with_a_space_between() -> None:
    words = Words(COPY)
    assert len(words.marks) == len(words.folded) - 1
    for at in (0, 7, 5_000):
        a, b = words.folded[at : at + 2]
        expected = (crc32(f"{a} {b}".encode()) * 0x9E3779B1 % 2**32) >> 29
        assert words.marks[at] == str(expected) == mark(a, b) == Words(COPY).marks_between(at, at + 2)
    assert words.marks_between(3, 9) == Words(COPY).marks_between(3, 9) == words.marks[3:8]
    assert words.marks_between(9, 9) == Words("").marks == ""


def test_words_pairs_and_runs_stand_where_plain_searching_finds_them() -> None:
    words, known = Words(COPY), sought()
    lookup, folded = Lookup(words, known), words.folded
    asked = {word for it in known for word in it.words if word}
    assert any(folded.count(w) > COMMON for w in asked) and any(folded.count(w) <= RARE for w in asked)
    for word in asked:
        expected = [at for at, other in enumerate(folded) if other == word]
        assert lookup.counts[word] == len(expected)
        if len(expected) <= RARE:
            assert list(lookup.where[word]) == expected
    for it in known:
        for a, b in zip(it.words, it.words[1:], strict=False):
            expected = [at for at in range(len(folded) - 1) if folded[at : at + 2] == [a, b]]
            if a and b and folded.count(a) <= COMMON:
                assert list(lookup.pairs[a, b]) == expected
        run = it.marks[: lookup.run_length]
        assert list(lookup.runs[run]) == [at for at in range(len(words.marks)) if words.marks.startswith(run, at)]
        assert COPY[slice(*words.span(lookup.find(it.keys)[0], lookup.find(it.keys)[0] + len(it.keys)))] in COPY
        assert all(words.keys[at : at + len(it.keys)] == it.keys for at in lookup.find(it.keys))


def test_words_too_many_and_too_few_are_laid_around() -> None:
    said = [f"word{n}" for n in range(40)]
    known = known_of(Need("s-1", "", "direct", "", passage=" ".join(said[10:30])))
    assert known is not None
    for left_out, put_in in [*((n, 0) for n in range(5)), *((0, n) for n in range(1, 5)), (1, 2), (2, 1)]:
        copy = said[:14] + said[14 + left_out : 20] + ["zebra"] * put_in + said[20:]
        words = Words(" ".join(copy))
        low, high = sorted((10, 10 - left_out + put_in))
        laid = lay(known, words, low, high, Lookup(words, [known]).bits)
        assert laid is not None
        pairs = [(slot, at) for slot, at in laid.pairs if known.words[slot] == words.folded[at]]
        assert len(pairs) == 20 - left_out, (left_out, put_in)


@pytest.mark.parametrize("carried", [True, False])
def test_the_short_way_to_lay_a_passage_is_the_best_way(carried: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    said, dice, short = COPY.split(), random.Random(3), 0
    words = Words(COPY)
    for _ in range(60):
        at = dice.randrange(5_900)
        passage = said[at : at + dice.randint(2, 20)]
        for _ in range(dice.randint(0, 3)):
            where = dice.randrange(len(passage))
            passage[where : where + dice.randint(0, 2)] = ["zebra"] * dice.randint(0, 2) or ["a"]
        own = Words(" ".join(passage))
        known = known_of(Need("s", "", "direct", "", passage=own.text))
        assert known is not None
        if not carried:
            few = [word if n % 4 == 0 else None for n, word in enumerate(own.folded)]
            known = Known(few, own.marks, "", None, [])
        bits = Lookup(words, [known]).bits
        low = at + dice.randint(-1, 1)
        with monkeypatch.context() as patched:
            found = lay(known, words, low, low + 1, bits)
            short += (
                align.straight(known, words, low - 2, 6, words.marks_between(max(low - 2, 0), 7_000), bits) is not None
            )
            patched.setattr(align, "straight", lambda *_: None)
            best = lay(known, words, low, low + 1, bits)
        assert found is not None and best is not None
        assert abs(found.bits - best.bits) < 1e-6 and found.pairs == best.pairs
    assert 10 < short < 60
