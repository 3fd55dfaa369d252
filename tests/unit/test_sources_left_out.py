"""What readers of formats leave out, and must not; and what is said of it."""

from __future__ import annotations

from io import BytesIO

import pytest

from zeroline.sources.attached import of_reader
from zeroline.sources.model import Anchored
from zeroline.sources.reading import STRUCK, converted
from zeroline.sources.reading.left_out import put_back

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
    assert SAID in text or notes == (
        "1 paragraph within the article left out as no part of it; if a passage is missing, attach its text",
    )
    assert not page(f"<p>{SAID}</p>")[1]
    soft = SAID.replace("winter", "win\u00adter")
    assert not page(f"<p>{soft}</p>")[1]


def test_what_stands_around_the_article_is_not_said_to_be_left_out() -> None:
    body = "".join(f"<p>{p}</p>" for p in FILL)
    more = "".join(f"<p><a href='/{n}'>Another article of some length, about {n} other boats</a></p>" for n in NUMBERS)
    text, notes = converted(
        f"""<!DOCTYPE html><html><body><div class="cookies">We and our many partners value your privacy.</div>
        <header><p>The paper of the valley, since the river was first bridged here</p></header>
        <main><article>{body}<div class="related">{more}</div></article></main>
        <footer><p>All rights are reserved by the paper, its owners and heirs.</p></footer></body></html>""".encode(),
        "html", None, "page.html",
    )  # fmt: skip
    assert FILL[-1] in text and "privacy" not in text and notes == ()


@pytest.mark.parametrize(
    "tag", ["div", "p", "blockquote", "pre", "section", "aside", "footer", "form", "fieldset", "figure", "details"]
)
@pytest.mark.parametrize("outer", ["p", "div", "blockquote", "li"])
def test_a_box_in_the_midst_of_a_sentence_keeps_it_whole(outer: str, tag: str) -> None:
    inner = f"We cannot <b>keep</b> <{tag}>the ferry</{tag}>through another hard winter"
    text, _ = page(f"<ul><li>{inner}</li></ul>" if outer == "li" else f"<{outer}>{inner}</{outer}>")
    assert "We cannot keep the ferry through another hard winter" in " ".join(text.split())


@pytest.mark.parametrize("struck", ["~~not~~", "<del>not</del>", "<s>**not**</s>"])
def test_struck_out_markdown_is_left_out_and_said(struck: str) -> None:
    text, notes = converted(f"It would {struck} be *popular*.".encode(), "markdown", None, "x.md")
    assert text == "It would  be popular." and notes == (STRUCK,)
    assert converted(b"It would be *popular*.", "markdown", None, "x.md")[1] == ()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = {
    "Gone": ("character", "", "<w:strike/>"),
    "GoneToo": ("character", "Gone", "<w:b/>"),
    "Back": ("character", "GoneToo", '<w:strike w:val="0"/>'),
    "Double": ("character", "", "<w:dstrike/>"),
    "Circle": ("character", "Round", "<w:vanish/>"),
    "Round": ("character", "Circle", ""),
    "Deleted": ("paragraph", "", "<w:strike/>"),
    "DeletedToo": ("paragraph", "Deleted", ""),
    "Plain": ("character", "", "<w:i/>"),
}


def styled(paragraph: str, run: str, own: str = "") -> tuple[str, tuple[str, ...]]:
    """A document of one paragraph with a word in these styles, read."""
    docx = pytest.importorskip("docx")
    from docx.oxml import parse_xml

    document = docx.Document()
    for id, (kind, based, properties) in STYLES.items():
        below = f'<w:basedOn w:val="{based}"/>' if based else ""
        document.styles.element.append(parse_xml(
            f'<w:style {W} w:type="{kind}" w:styleId="{id}"><w:name w:val="{id}"/>{below}'
            f"<w:rPr>{properties}</w:rPr></w:style>"
        ))  # fmt: skip
    of_run = f'<w:rStyle w:val="{run}"/>' if run else ""
    of_paragraph = f'<w:pPr><w:pStyle w:val="{paragraph}"/></w:pPr>' if paragraph else ""
    document.element.body.insert(0, parse_xml(
        f"<w:p {W}>{of_paragraph}<w:r><w:rPr>{of_run}{own}</w:rPr><w:t>not</w:t></w:r></w:p>"
    ))  # fmt: skip
    document.add_paragraph("It would be popular.")
    file = BytesIO()
    document.save(file)
    return converted(file.getvalue(), "docx", None, "x.docx")


@pytest.mark.parametrize(
    ("paragraph", "run", "own"),
    [("", "Gone", ""), ("", "GoneToo", ""), ("", "Double", ""), ("", "Circle", ""), ("Deleted", "", ""),
     ("DeletedToo", "Plain", ""), ("", "Plain", "<w:strike/>"), ("Deleted", "Back", "")],
)  # fmt: skip
def test_text_struck_out_by_a_style_is_left_out_and_said(paragraph: str, run: str, own: str) -> None:
    assert styled(paragraph, run, own) == ("It would be popular.", (STRUCK,))


@pytest.mark.parametrize(
    ("paragraph", "run", "own"),
    [("", "", ""), ("", "Plain", ""), ("", "Back", ""), ("", "Gone", '<w:strike w:val="false"/>'),
     ("Deleted", "Gone", ""), ("DeletedToo", "", '<w:strike w:val="0"/>')],
)  # fmt: skip
def test_a_style_may_be_taken_back(paragraph: str, run: str, own: str) -> None:
    """By the run itself, by a style based on it, or by another one: two styles that strike out do not."""
    assert styled(paragraph, run, own) == ("not\n\nIt would be popular.", ())


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


NOT = "She said it would {} be popular with them."
INLINE = [
    *(f'span class="{name}"' for name in ("author", "byline", "share", "widget", "navbar", "noprint", "next-word")),
    'span id="newsletter"', 'span aria-hidden="true"', "dialog open", "marquee", "blink", "picture", "map", "menu",
    "x-word class='tags'", 'a class="social" href="/x"', "address", "ul",
]  # fmt: skip


@pytest.mark.parametrize("tag", INLINE)
def test_no_word_of_a_sentence_is_left_out_for_its_class_or_its_element(tag: str) -> None:
    text, notes = page("<p>" + NOT.format(f"<{tag}>not</{tag.split()[0]}>") + "</p>")
    assert NOT.format("not") in " ".join(text.split()) and not notes
    if tag == "menu":  # it ends a paragraph that has no words
        return
    text, _ = page(f"<p><{tag}>Ada Bell</{tag.split()[0]}> says: “{SAID}” twice.</p>")
    assert f"Ada Bell says: “{SAID}” twice." in " ".join(text.split())


def test_words_left_out_within_a_paragraph_are_put_back() -> None:
    from lxml import html

    whole = html.fromstring(
        f"<div><p>{FILL[0]}</p><div><b>It would </b><i>not</i><u> be so, she told us.</u></div></div>"
    )
    assert put_back(whole, f"{FILL[0]}\nIt would be so, she told us.") == f"{FILL[0]}\nIt would not be so, she told us."
    assert put_back(whole, FILL[0]) == FILL[0]
    broken = html.fromstring("<div><p>The mill is gone,<br/><i>never</i> to return,<br/>they say.</p><p>So.</p></div>")
    assert put_back(broken, "The mill is gone,\nto return,\nthey say.\nSo.") == (
        "The mill is gone, never to return, they say.\nSo."
    )


@pytest.mark.parametrize(
    "tag",
    ["p hidden", 'p style="DISPLAY : NONE"', "template", 'div style="font-size:0"', 'section style="opacity: 0.0"',
     'p style="visibility:hidden"'],
)  # fmt: skip
def test_hidden_paragraphs_are_left_out_and_said(tag: str) -> None:
    text, notes = page(f"<{tag}><p>{SAID}</p></{tag.split()[0]}>" if "p " not in tag else f"<{tag}>{SAID}</p>")
    assert SAID not in text and FILL[-1] in text and notes == (STRUCK,)


@pytest.mark.parametrize("style", ["opacity: 0.5", "font-size: 0.9em", "opacity:1"])
def test_small_or_pale_is_not_hidden(style: str) -> None:
    text, notes = page(f'<p style="{style}">{SAID}</p>')
    assert SAID in text and not notes
    html = f"<html><body style='opacity:0'><article>{''.join(f'<p>{p}</p>' for p in FILL)}</article></body></html>"
    assert FILL[2] in converted(html.encode(), "html", None, "x.html")[0]


@pytest.mark.parametrize("picture", ['<img src="n.png" alt="not">', "<svg></svg>", "<input value='not'>"])
def test_a_picture_among_words_leaves_a_sign(picture: str) -> None:
    assert NOT.format("\ufffc") in page("<p>" + NOT.format(picture) + "</p>")[0]
    assert "\ufffc" not in page(f"<p>{picture}{SAID}</p><p>{SAID}{picture}</p>")[0]


def test_a_hidden_word_amid_a_quotation_and_a_hidden_menu() -> None:
    """A hidden word is said; a hidden menu, which most pages have, is not."""
    menu = "<nav hidden><p>Home, news, letters, the river and all the rest of it</p></nav>"
    text, notes = page(f"{menu}<p>{SAID}</p>")
    assert SAID in text and "letters" not in text and not notes
    text, notes = page(f"<p>{SAID.replace('keep', '<i style=opacity:0>not</i> keep')}</p>")
    assert "cannot  keep" in text or "cannot keep" in text
    assert notes == (STRUCK,)
