"""What readers of formats leave out, and must not; and what is said of it."""

from __future__ import annotations

from io import BytesIO

import pytest

from zeroline.sources.attached import of_reader
from zeroline.sources.model import Anchored
from zeroline.sources.reading import STRUCK, converted

NUMBERS = ("nine", "ten", "twelve", "four", "six")
FILL = [
    f"The council met in the old hall by the river, and {n} of its members came, so that the ferry could be voted on."
    for n in NUMBERS
]
SAID = "We cannot keep the ferry through another hard winter, she said to us."


def page(inner: str) -> tuple[str, tuple[str, ...]]:
    before, after = ("".join(f"<p>{p}</p>" for p in part) for part in (FILL[:3], FILL[3:]))
    text = f"<!DOCTYPE html><html><body><article><h1>Senn</h1>{before}{inner}{after}</article></body></html>"
    return converted(text.encode(), "html", None, "page.html")


@pytest.mark.parametrize(
    "tag", ["button", "label", "time", "output", "legend", "nav", "center", "data", "abbr", "summary"]
)
def test_words_of_a_sentence_stay_whatever_element_they_stand_in(tag: str) -> None:
    text, _ = page(f"<p>She said it would <{tag}>not</{tag}> be popular with them.</p>")
    assert "She said it would not be popular with them." in text


def test_a_quotation_element_has_its_marks() -> None:
    assert "She said “we <go>”".replace("<go>", "all go") in page("<p>She said <q>we <b>all</b> go</q> twice.</p>")[0]


@pytest.mark.parametrize("tag", ["del", "s", "strike", 'span style="text-decoration: line-through"'])
def test_struck_out_text_of_a_page_is_left_out_and_said(tag: str) -> None:
    text, notes = page(f"<p>She said it would <{tag}>not</{tag.split()[0]}> be popular with them.</p>")
    assert "would  be" in text or "would be popular" in text
    assert "not be" not in text and STRUCK in notes
    assert STRUCK not in page(f"<p>{SAID}</p>")[1]


def test_hidden_words_among_others_are_left_out() -> None:
    text, notes = page('<p>She said it would <span style="display:none">not</span> be popular with them.</p>')
    assert "popular with them" in text and "not be" not in text and STRUCK in notes


def test_raised_and_lowered_digits_are_no_part_of_the_number() -> None:
    text, _ = page("<p>They counted 10<sup>6</sup> boats, 10<sup>-3</sup>, 3<sub>2</sub> and the 4<sup>th</sup>.</p>")
    assert "10⁶ boats, 10⁻³, 3₂ and the 4th." in text


@pytest.mark.parametrize(
    "tag",
    ["p class='caption'", "p class='wp-caption-text'", "p class='byline'", "div class='wp-caption'",
     "aside class='pullquote'", "section class='related comment'", "p class='paragraph--related'", "p class='noprint'"],
)  # fmt: skip
def test_a_paragraph_is_kept_whatever_its_class(tag: str) -> None:
    assert SAID in page(f"<{tag}>{SAID}</{tag.split()[0]}>")[0]


def test_of_a_page_it_is_the_text_read_that_lacks_a_passage() -> None:
    for kind, where in (("html", "article read from the page"), ("text", "copy")):
        found = [Anchored("a-1", "orphan", why="nothing in the copy is near it but another statement's own")]
        of_reader(found, kind)
        assert found[0].why == f"nothing in the {where} is near it but another statement's own"


def test_that_paragraphs_are_left_out_is_said() -> None:
    text, notes = page(f"<div class='comment'>{SAID}</div>")
    assert SAID in text or any("left out as no part of the article" in note for note in notes)
    assert not page(f"<p>{SAID}</p>")[1]
    soft = SAID.replace("winter", "win\u00adter")
    assert not page(f"<p>{soft}</p>")[1]


@pytest.mark.parametrize("struck", ["~~not~~", "<del>not</del>", "<s>**not**</s>"])
def test_struck_out_markdown_is_left_out_and_said(struck: str) -> None:
    text, notes = converted(f"It would {struck} be *popular*.".encode(), "markdown", None, "x.md")
    assert text == "It would  be popular." and notes == (STRUCK,)
    assert converted(b"It would be *popular*.", "markdown", None, "x.md")[1] == ()


def test_struck_out_and_hidden_runs_of_a_document_are_left_out_and_said() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    paragraph = document.add_paragraph("It would ")
    for name in ("strike", "double_strike", "hidden"):
        setattr(paragraph.add_run("not ").font, name, True)
    paragraph.add_run("be popular with 10").font.strike = False
    paragraph.add_run("6").font.superscript = True
    paragraph.add_run(" of them.")
    file = BytesIO()
    document.save(file)
    text, notes = converted(file.getvalue(), "docx", None, "x.docx")
    assert text == "It would be popular with 10⁶ of them." and notes == (STRUCK,)
