"""What is looked up in a copy in passes over the whole is what plain searching finds."""

from __future__ import annotations

import random
from zlib import crc32

from zeroline.sources.align import lay
from zeroline.sources.known import Known, known_of
from zeroline.sources.lookup import COMMON, RARE, Lookup
from zeroline.sources.needs import Need
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
