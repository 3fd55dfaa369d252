"""What counts as the same words and signs in a copy, and what must not."""

from __future__ import annotations

import pytest

from zeroline.corpus.passages import SourceText, digest
from zeroline.sources.context import Beside
from zeroline.sources.ladder import anchor
from zeroline.sources.passages_sought import Need, Wanted, print_of
from zeroline.sources.words import Words

AROUND = "The clerk of the ferry wrote it down as follows: {}. Then the hall was closed for the night."
OTHER = [
    ("They fired 106 shells at the old mill on that day", "They fired 10⁶ shells at the old mill on that day"),
    ("They took 3 of 10 boats from the quay above the mill", "They took 3 of ⑩ boats from the quay above the mill"),
    ("A litre of H2O is what each of us was given then", "A litre of H₂O is what each of us was given then"),
    ("He said the rowers resigned after the long meeting", "He said the rowers re-signed after the long meeting"),
    ("The old engine A-12 is the one we wanted to keep", "The old engine A12 is the one we wanted to keep"),
    ("The workers are un-ionised and will not leave it now", "The workers are unionised and will not leave it now"),
    ("The wall at the depot is 6′ high and nobody climbs it", "The wall at the depot is 6″ high and nobody climbs it"),
    ("The wall at the depot is 6' high and nobody climbs it", 'The wall at the depot is 6" high and nobody climbs it'),
    ("We lost 1.5 percent of the men in the whole winter", "We lost 1. 5 percent of the men in the whole winter"),
    ("The clerk counted 1,200 boats along the river road", "The clerk counted 1, 200 boats along the river road"),
]
SAME = [
    ("He said the rowers resigned after the long meeting", "He said the rowers re-\nsigned after the long meeting"),
    ("He said the rowers re-signed after the long meeting", "He said the rowers re-\nsigned after the long meeting"),
    ("He said the rowers re-signed after the long meeting", "He said the rowers re\u2011signed after the long meeting"),
    ("He said the rowers re-signed after the long meeting", "He said the row-\ners re-signed after the long meeting"),
    ("We lost all the boats—all of them—in the winter flood", "We lost all the boats–all of them–in the winter flood"),
    ("We lost 1.5 percent of the men in the whole winter", "We lost 1.5 percent of the men in\nthe whole winter"),
    ("The wall at the depot is 6' high and nobody climbs it", "The wall at the depot is 6′ high and nobody climbs it"),
    ("The clerk counted 1,200 boats along the river road", "The clerk counted 1，200 boats along the river road"),
    ("The official finding was flat in the whole of the hall", "The oﬃcial ﬁnding was ﬂat in the whole of the hall"),
    *[
        ("She won’t sell the ferryman’s boat before the spring",
         f"She won{sign}t sell the ferryman{sign}s boat before the spring")
        for sign in ("'", "ʼ", "‘", "`")
    ],
    *[
        ("We had neither harbour nor lanterns on that long night",
         f"We had neither harbour nor lan-{end}terns on that long night")
        for end in ("\n\n", "\n\f", "\u2028", "\u00a0\n", "\r\n", "\n   ")
    ],
]  # fmt: skip


def state(passage: str, said: str, known: bool) -> str:
    text = AROUND.format(passage)
    start = text.index(passage)
    excerpt = " ".join(passage.split()[:3])
    need = Need("n-1", "", "direct", excerpt, start, start + len(passage), 1, digest(passage))
    need.print = print_of(need, Beside(Words(text)))
    need.passage = passage if known else None
    (found,) = anchor(Wanted("s", "", digest(text), None, [], None, [need]), SourceText(AROUND.format(said)))
    return found.state


@pytest.mark.parametrize("known", [False, True], ids=["detached", "carried"])
@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_is_not_the_same_is_not_taken_for_it(one: str, other: str, known: bool) -> None:
    assert state(one, other, known) == state(other, one, known) == "proposed"


@pytest.mark.parametrize("known", [False, True], ids=["detached", "carried"])
@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_is_the_same_is_found(one: str, other: str, known: bool) -> None:
    assert state(one, other, known) == "normalised"
