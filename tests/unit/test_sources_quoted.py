"""A text quoted in a mail, and page numbers and running heads of a text that was printed."""

from __future__ import annotations

import re
import textwrap

import pytest

from zeroline.corpus.passages import SourceText, digest
from zeroline.sources.context import Beside
from zeroline.sources.ladder import anchor
from zeroline.sources.model import Anchored
from zeroline.sources.passages_sought import Need, Wanted, print_of
from zeroline.sources.quoted import NOTE, without_marks
from zeroline.sources.reading import read_bytes
from zeroline.sources.words import Words

SAID = (
    "We would sooner haul the ferry over the ice by hand than see it rot in somebody else’s un-ioned yard until spring"
)
PARAGRAPHS = [
    "The ferrymen met on the quay before it was light, and the fire was made of broken oars.",
    f"Their spokesman, Lew Arden, climbed a barrel and told them: “{SAID},” and they agreed with him at once.",
    "Nobody from the county had come to hear it, though two had been asked in writing.",
]
TEXT = "\n\n".join(PARAGRAPHS)


def wanted(text: str, passage: str, *, known: bool) -> Wanted:
    near, start = Beside(Words(text)), text.index(passage)
    need = Need(
        "arden", "Arden", "direct", "haul the ferry over the ice", start, start + len(passage), 2, digest(passage)
    )
    need.print, need.passage = print_of(need, near), passage if known else None
    return Wanted("s", "", digest(text), None, [], None, [need])


def look(copy: str, *, known: bool = False) -> Anchored:
    (found,) = anchor(wanted(TEXT, SAID, known=known), SourceText(copy))
    return found


def mail(mark: str) -> str:
    lines = "\n\n".join(textwrap.fill(p, 50) for p in PARAGRAPHS).split("\n")
    return "Is this not about us?\n\nOn Tuesday somebody wrote:\n" + "\n".join(f"{mark}{line}" for line in lines)


@pytest.mark.parametrize("known", [False, True], ids=["detached", "carried"])
@pytest.mark.parametrize("mark", ["> ", ">", "> > ", ">> ", " > "])
def test_marks_of_quoted_mail_are_white_space(mark: str, known: bool) -> None:
    found = look(mail(mark), known=known)
    assert found.state == "normalised", found.why


def test_a_copy_is_kept_without_the_marks_and_that_is_said() -> None:
    read = read_bytes(mail("> ").encode(), "mail.txt")
    plain = without_marks(read, [wanted(TEXT, SAID, known=False)])
    assert plain.notes == (NOTE,) and ">" not in plain.text and "\n\n" + PARAGRAPHS[0][:20] not in read.text
    assert look(plain.text).paragraph == 3 and look(plain.text).state == "normalised"
    coded = Wanted("s", "", SourceText(read.text).sha256, None, [], None, [])
    assert without_marks(read, [coded]) is read, "it is the text that was coded"
    once = read_bytes(b"a sum\n> 3 boats\nand no more", "x.txt")
    assert without_marks(once, []) is once


def test_a_coded_text_with_marks_is_found_without_them() -> None:
    text = mail("> ")
    (passage,) = re.findall(r"We would.*?spring", text, re.DOTALL)
    assert "\n> " in passage
    for known in (False, True):
        (found,) = anchor(wanted(text, passage, known=known), SourceText(TEXT.replace("the fire", "a fire")))
        assert found.state == "normalised", found.why


HEADS = {
    "a number": "\n\n12\n\n",
    "a number and a page's end": "\n12\n\f",
    "a head": "\n\n– 12 –\n\n\fThe Valley Almanac for Ferrymen and Their Friends, Volume the Third\n\n",
    "a foot and a head": "\n\nPrinted by Senn and Daughters, Upper Quay\n12\n\fThe Valley Almanac · Winter · 13\n\n",
}


@pytest.mark.parametrize("known", [False, True], ids=["detached", "carried"])
@pytest.mark.parametrize("where", ["ice by hand than", "see it rot in"])
@pytest.mark.parametrize("head", HEADS)
def test_a_page_ends_in_its_midst(head: str, where: str, known: bool) -> None:
    copy = TEXT.replace(f"{where} ", where + HEADS[head])
    assert copy != TEXT
    found = look(copy, known=known)
    assert found.state == "proposed" and found.proposal is not None, found.why
    assert copy[found.start : found.end] == SAID.replace(f"{where} ", where + HEADS[head])
    added = [copy[part.start : part.end] for part in found.proposal.parts if part.kind in ("added", "unsure")]
    assert any("12" in words for words in added), added


def test_two_halves_far_apart_are_no_passage() -> None:
    first, second = SAID.split(" than ")
    far = " ".join(f"word{n} of the almanac" for n in range(40))
    found = look(TEXT.replace(SAID, f"{first} {far} than {second}"))
    assert found.state == "orphan" or (found.proposal is not None and found.proposal.similarity < 1)
