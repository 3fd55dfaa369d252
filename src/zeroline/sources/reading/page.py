"""A page's elements made so that the reader of articles leaves no word out that stands among others.

It leaves whole elements out for what they usually are: a label or a button belongs to a form, a class that says caption
or byline to no article. But a passage may stand there, or a word of one, and a sentence without its “not” is another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from zeroline.sources.reading.left_out import FEWEST, is_aside

if TYPE_CHECKING:
    from collections.abc import Iterable

# What shapes a page, or is no text. Everything else may stand among words, whatever its name is.
_SHAPES = {
    "html", "head", "body", "title", "meta", "link", "base", "script", "style", "noscript", "template", "p", "div",
    "section", "article", "main", "header", "footer", "aside", "figure", "figcaption", "h1", "h2", "h3", "h4", "h5",
    "h6", "hgroup", "ul", "ol", "li", "dl", "dt", "dd", "menu", "dir", "table", "caption", "colgroup", "col", "thead",
    "tbody", "tfoot", "tr", "td", "th", "blockquote", "pre", "form", "fieldset", "details", "address", "center",
    "search", "hr", "br", "wbr", "iframe", "frame", "frameset", "noframes", "img", "svg", "video", "audio", "object",
    "embed", "canvas", "applet", "input", "select", "textarea", "option", "optgroup", "datalist", "source", "track",
    "area", "param", "sup", "sub", "q", "del", "s", "strike", "a",
}  # fmt: skip
_PICTURES = ("img", "svg", "video", "object", "embed", "canvas", "applet", "input", "select", "textarea", "iframe")
PICTURE = "\ufffc"
"""Stands for a picture or a field among words: it may say one."""
_STRUCK = ("del", "s", "strike")
_BLOCKS = ("p", "blockquote", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "figcaption")
_CLASSLESS = ("p", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6")
_BOXES = (
    "address", "article", "aside", "blockquote", "details", "dir", "div", "fieldset", "figure", "footer", "form",
    "header", "hgroup", "main", "menu", "ol", "pre", "search", "section", "ul",
)  # fmt: skip
_FIELDS = ("input", "textarea", "select", "iframe", "script", "table", "dl")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*\s*$")
_ALIKE = 50  # boxes alike in a row that may stand between paragraphs
_SHORT = 20  # words of a box that may be part of a sentence
_SAID = re.compile(r"caption|pull-?quote|blockquote|quote", re.IGNORECASE)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:font-size|opacity)\s*:\s*(?:0*\.)?0+(?![\d.]*[1-9])",
    re.IGNORECASE,
)
_LINE_THROUGH = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_NOTE = re.compile(r"\[?\^?\d{1,3}\]?")
_BEHIND_SIGN = re.compile(r"[.,;:!?…\"'”’»)]$")
_NUMBER = re.compile(r"[-+−]?\d[\d,.]*")


def made_plain(page: Any) -> bool:
    """Change a page's tree in place; whether struck-out or hidden text was taken out of it."""
    from lxml.etree import strip_tags

    words: dict[Any, int] = {}
    gone = [it for it in page.iter() if isinstance(it.tag, str) and (_is_struck(it) or _hidden(it))]
    struck = False
    for it in gone:
        struck = struck or _is_struck(it) or _worth_saying(it, words)
        _without(it)
    words.clear()
    for it in [*page.iter(*_PICTURES)]:
        if it.get("type") != "hidden" and _amid_words(it):
            _append(it, PICTURE)
    for it in [*page.iter("sup", "sub")]:
        _raise(it)
    for it in [*page.iter("q")]:
        _around(it, "“", "”")
        it.tag = _UNWRAPPED
    for it in [*page.iter()]:
        if not isinstance(it.tag, str) or it.tag in _SHAPES - {"a"} or not _among_words(it, words):
            continue
        if it.tag == "a":
            for name in {*it.attrib} - {"href"}:
                del it.attrib[name]
        else:
            it.tag = _UNWRAPPED
    for it in [*page.iter("table", "thead", "tbody", "tfoot", "tr", "caption", "th", "td")]:
        within = (
            it.tag not in ("caption", "th", "td") or next(it.iterchildren(*_BLOCKS, *_BOXES, "table"), None) is not None
        )
        it.tag = "div" if within else "p"  # a cell is a paragraph
        it.attrib.clear()
    for it in [*page.iter("center", "menu", "dir")]:
        if _closed_a_paragraph(it):
            _back_into(it)
    for it in [*page.iter(*_BOXES)]:
        if _in_a_sentence(it):
            _around(it, " ", " ")
            for below in it.iter("li"):
                below.tag = _UNWRAPPED
            it.tag = _UNWRAPPED if it.getparent().tag in _BLOCKS else "div"
            it.attrib.clear()
    strip_tags(page, _UNWRAPPED)
    # Captions go with their figures in trafilatura, but a corpus may have coded them.
    for it in [*page.iter("figcaption", "figure", "aside", "div", "section", *_CLASSLESS)]:
        if it.tag == "figcaption":
            it.tag = "p"
        elif it.tag == "figure" or (it.tag in ("aside", "div") and _SAID.search(it.get("class", ""))):
            it.tag = "div"
            if it.text and it.text.strip():
                it.tag = "p"
        elif it.tag in ("aside", "div", "section"):
            if not _between_paragraphs(it):
                continue
            it.tag = "div"
        it.attrib.clear()
    return struck


_UNWRAPPED = "zeroline-unwrapped"


def is_apart(before: str, said: str, behind: str) -> bool:
    """Whether what stands above or below the line is a number beside another: of 10⁶, not of 6th."""
    return bool(_NUMBER.fullmatch(said)) and (before[-1:].isdigit() or (said[-1].isdigit() and behind[:1].isdigit()))


def raised(text: str, *, lowered: bool = False) -> str:
    """Digits as they are written above or below the line; with a sign before them where there are no such digits."""
    table = _LOWERED if lowered else _RAISED
    if all(ord(sign) in table for sign in text):
        return text.translate(table)
    return f"{'_' if lowered else '^'}{text}"


def _is_struck(it: Any) -> bool:
    return it.tag in _STRUCK or bool(_LINE_THROUGH.search(it.get("style", "")))


def _hidden(it: Any) -> bool:
    """Whether a browser does not show an element; the whole page is only hidden until its scripts have run."""
    if it.tag in ("html", "body"):
        return False
    return it.tag == "template" or "hidden" in it.attrib or bool(_HIDDEN.search(it.get("style", "")))


def _worth_saying(it: Any, words: dict[Any, int]) -> bool:
    """Whether hidden text is a word among others, or a paragraph: most pages hide a menu or a form somewhere."""
    text = "".join(it.itertext()).split()
    return bool(text) and (_among_words(it, words) or (len(text) >= FEWEST and not is_aside(it)))


def _amid_words(it: Any) -> bool:
    """Whether an element has words before and behind it in its paragraph."""
    before = behind = False
    while (above := it.getparent()) is not None:
        before = before or _word(above.text) or _words_among(it.itersiblings(preceding=True))
        behind = behind or _word(it.tail) or _words_among(it.itersiblings())
        if not _is_inline(above):
            break
        it = above
    return before and behind


def _is_inline(it: Any) -> bool:
    return it.tag not in _SHAPES or it.tag in ("a", "q", "sub", "sup", "br", "wbr")


def _words_among(others: Iterable[Any]) -> bool:
    """Whether a word stands behind one of these elements, or in one that stands among words itself."""
    return any(_word(it.tail) or (_is_inline(it) and any(map(_word, it.itertext()))) for it in others)


def _word(text: str | None) -> bool:
    return bool(text) and any(sign.isalnum() for sign in text or "")


def _without(it: Any) -> None:
    """Take an element out, with what is in it, and leave what is behind it."""
    above = it.getparent()
    if above is None:
        return
    if it.tail:
        _append(it, it.tail)
    above.remove(it)


def _append(it: Any, text: str) -> None:
    """Put text before an element."""
    previous = it.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        above = it.getparent()
        above.text = (above.text or "") + text


def _before(it: Any) -> str:
    """The text directly before an element, in its parent."""
    previous = it.getprevious()
    if previous is None:
        return it.getparent().text or ""
    return previous.tail or "".join(previous.itertext())


def _words_before(it: Any) -> str:
    """The nearest text before an element, in its parent, that has words in it; "" where none has."""
    for previous in it.itersiblings(preceding=True):
        for said in (previous.tail or "", "".join(previous.itertext())):
            if said.strip():
                return said
    return (it.getparent().text or "").strip()


def _raise(it: Any) -> None:
    """A raised or lowered number beside a digit is not part of the number."""
    said = "".join(it.itertext()).strip()
    if it.getparent() is None or not said:
        return
    note = it.tag == "sup" and _NOTE.fullmatch(said) and _BEHIND_SIGN.search(_before(it))
    if note or is_apart(_before(it), said, it.tail or ""):
        for below in list(it):
            it.remove(below)
        it.text = raised(said.strip("[]^") if note else said, lowered=it.tag == "sub")
        it.tag = _UNWRAPPED


def _around(it: Any, opening: str, closing: str) -> None:
    it.text = opening + (it.text or "")
    if len(it):
        it[-1].tail = (it[-1].tail or "") + closing
    else:
        it.text += closing


def _among_words(it: Any, words: dict[Any, int]) -> bool:
    """Whether an element stands among the words of a paragraph. ``words`` keeps how many each of those has."""
    above = it.getparent()
    while above is not None and above.tag not in _BLOCKS and above.tag != "div":
        above = above.getparent()
    if above is None:
        return False
    if above not in words:  # a div is a paragraph only where it has words of its own
        direct = "" if above.tag != "div" else "".join([above.text or "", *(child.tail or "" for child in above)])
        words[above] = len("".join(above.itertext()).split()) if above.tag != "div" or direct.strip() else 0
    return words[above] > len("".join(it.itertext()).split())


def _in_a_sentence(it: Any) -> bool:
    """Whether a box stands in the midst of a sentence: behind words that end none, with words directly behind it."""
    if it.getparent() is None or not (it.tail or "").strip() or _hidden(it):
        return False
    before, words = _words_before(it), "".join(it.itertext()).split()
    if not before or _SENTENCE_END.search(before) or len(words) > _SHORT:
        return False
    return next(it.iter(*_FIELDS), None) is None


def _between_paragraphs(it: Any) -> bool:
    """Whether a box stands between paragraphs and has no links or fields in it: it is no navigation, whatever it is."""
    before, behind = it.getprevious(), it.getnext()
    for _ in range(_ALIKE):
        if behind is None or behind.tag != it.tag or behind.attrib != it.attrib:
            break
        behind = behind.getnext()
    plain = before is not None and (before.tag == "p" or (before.tag == "div" and not before.attrib))
    if not plain or behind is None or behind.tag != "p" or _hidden(it):
        return False
    return next(it.iter("a", "form", "input", "iframe", "script"), None) is None


def _closed_a_paragraph(it: Any) -> bool:
    """Whether the parser ended a paragraph at this element, which stands in the midst of its words."""
    previous = it.getprevious()
    return previous is not None and previous.tag == "p" and not (previous.tail or "").strip() and bool(it.tail)


def _back_into(it: Any) -> None:
    """Put an element and the words behind it back into the paragraph before it."""
    previous = it.getprevious()
    if (it.tail or "").strip():
        it.tag = _UNWRAPPED
        previous.append(it)  # with its tail
    else:
        it.tag = "div"
