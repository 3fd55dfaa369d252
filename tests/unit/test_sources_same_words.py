"""The same or nearly the same words said by several, and a copy that has not all of them: nobody gets another's."""

from __future__ import annotations

import pytest

from zeroline.corpus.passages import SourceText, digest
from zeroline.sources.context import Beside
from zeroline.sources.ladder import anchor
from zeroline.sources.model import Anchored
from zeroline.sources.passages_sought import Need, Wanted, print_of
from zeroline.sources.words import Words

TWIN = "We cannot keep the ferry through another hard winter"
PARAGRAPHS = [
    "The meeting opened late because the road had been closed by ice, the clerk writes.",
    f"Ada Millward rose first and told the hall: “{TWIN},” and sat down again at once.",
    "Nobody answered for a while, and the stove was filled with the last of the wood.",
    f"Then Bo Carter, who had been silent, agreed with her: “{TWIN},” and left the hall.",
    "The chairman asked whether the county would pay for eleven new beams of oak.",
    "“The beams of the north arch must be changed before the spring flood,” said Cy Dunn.",
    "“The beams of the south arch must be changed before the spring flood,” said Dee Early.",
    "The vote was put off until the next month, and the lamps were put out.",
]
NORTH, SOUTH = (f"The beams of the {side} arch must be changed before the spring flood" for side in ("north", "south"))
BO_EDITED = f"Carter stood up: “{TWIN},” he repeated loudly."


def wanted(passages: dict[str, tuple[str, int]], paragraphs: list[str] = PARAGRAPHS, *, known: bool = False) -> Wanted:
    """Passages by id, each the words and which occurrence of them it is."""
    text = "\n\n".join(paragraphs)
    near, needs = Beside(Words(text)), []
    for id, (passage, which) in passages.items():
        start = -1
        for _ in range(which):
            start = text.index(passage, start + 1)
        need = Need(id, id, "direct", " ".join(passage.split()[:7]), start, start + len(passage), 1, digest(passage))
        need.print = print_of(need, near)
        need.passage = passage if known else None
        needs.append(need)
    return Wanted("s", "", digest(text), None, [], None, needs)


FOUR = {"ada": (TWIN, 1), "bo": (TWIN, 2), "cy": (NORTH, 1), "dee": (SOUTH, 1)}


def look(copy: list[str], known: bool = False) -> dict[str, Anchored]:
    return {a.id: a for a in anchor(wanted(FOUR, known=known), SourceText("\n\n".join(copy)))}


SURE = ("verbatim", "normalised")


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize(
    "copy",
    [
        [*PARAGRAPHS[:1], PARAGRAPHS[2], BO_EDITED, *PARAGRAPHS[4:]],
        [PARAGRAPHS[0], PARAGRAPHS[1].replace("cannot", "can"), PARAGRAPHS[2], BO_EDITED, *PARAGRAPHS[4:]],
    ],
    ids=["Ada's deleted", "Ada's changed"],
)
def test_of_two_that_say_the_same_none_takes_a_place_that_may_be_the_others(copy: list[str], known: bool) -> None:
    found = look(copy, known)
    assert found["ada"].state not in SURE and found["bo"].state not in SURE
    assert found["cy"].state == found["dee"].state == "verbatim"


def test_as_many_places_as_statements_are_theirs_in_order() -> None:
    copy = [PARAGRAPHS[0], f"Ada: {TWIN}!", PARAGRAPHS[2], BO_EDITED, *PARAGRAPHS[4:]]
    found = look(copy)
    places = [(found[id].state, found[id].paragraph) for id in ("ada", "bo")]
    assert places == [("proposed", 2), ("proposed", 4)]  # whose each is seems clear; who says so is not what it was


def test_what_stands_around_it_tells_whose_it_is() -> None:
    found = look([PARAGRAPHS[0], *PARAGRAPHS[2:]])
    assert (found["bo"].state, found["bo"].paragraph) == ("verbatim", 3) and found["ada"].state == "orphan"


def test_a_passage_out_of_order_with_nothing_around_it_that_agrees_is_only_proposed() -> None:
    copy = [*PARAGRAPHS[:5], *PARAGRAPHS[6:], f"A reader writes: they quoted “{NORTH}”, and it was never said."]
    found = look(copy)
    assert found["cy"].state not in SURE, found["cy"].why
    assert found["dee"].state == "verbatim"
    in_place = [*PARAGRAPHS[:5], f"As Dunn has it: {NORTH}; nothing else.", *PARAGRAPHS[6:]]
    cy = look(in_place)["cy"]
    assert cy.state == "proposed" and cy.proposal is not None and cy.proposal.words == "verbatim"


@pytest.mark.parametrize("known", [False, True])
def test_the_worse_of_two_proposed_for_the_same_words_is_an_orphan(known: bool) -> None:
    """Cy's sentence is gone; Dee's has one word changed, and is near to both."""
    copy = [*PARAGRAPHS[:5], PARAGRAPHS[6].replace("spring", "autumn"), PARAGRAPHS[7]]
    found = look(copy, known)
    assert found["dee"].state == "proposed" and found["dee"].paragraph == 6
    assert found["cy"].state == "orphan" and "another statement" in found["cy"].why


def test_a_place_that_is_the_only_one_near_is_ahead_of_none() -> None:
    copy = [PARAGRAPHS[0], PARAGRAPHS[1].replace("cannot", "can"), PARAGRAPHS[2], *PARAGRAPHS[4:]]
    alone = anchor(wanted({"ada": FOUR["ada"]}), SourceText("\n\n".join(copy)))[0].proposal
    assert alone is not None and alone.only and alone.ahead == "no other place is near"
    twice = [*copy, f"Later: “{' '.join(TWIN.split()[1:7])} a cold wet spring”."]
    second = anchor(wanted({"ada": FOUR["ada"]}), SourceText("\n\n".join(twice)))[0].proposal
    assert second is not None and not second.only
    assert second.ahead == f"{100 * second.margin:.0f} points ahead of the next best place"
