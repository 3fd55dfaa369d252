"""A page's elements made so that the reader of articles leaves no word out that stands among others.

It leaves whole elements out for what they usually are: a label or a button belongs to a form, a class that says caption
or byline to no article. But a passage may stand there, or a word of one, and a sentence without its “not” is another.
"""

from __future__ import annotations

import re
from typing import Any

_INLINE = (
    "abbr", "bdi", "bdo", "button", "cite", "data", "dfn", "font", "kbd", "label", "legend", "mark", "meter", "nav",
    "output", "progress", "samp", "summary", "time", "tt", "var",
)  # fmt: skip
_STRUCK = ("del", "s", "strike")
_BLOCKS = ("p", "blockquote", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "figcaption")
_CLASSLESS = ("p", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6")
_BOXES = (
    "article", "aside", "blockquote", "details", "div", "fieldset", "figure", "footer", "form", "header", "main", "pre",
    "section",
)  # fmt: skip
_FIELDS = ("input", "textarea", "select", "iframe", "script", "table", "ul", "ol", "dl")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*\s*$")
_SHORT = 20  # words of a box that may be part of a sentence
_SAID = re.compile(r"caption|pull-?quote|blockquote|quote", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LINE_THROUGH = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_NUMBER = re.compile(r"[-+−]?\d[\d,.]*")
_FEWEST = 6  # words of a paragraph that is worth saying that it is left out


def made_plain(page: Any) -> bool:
    """Change a page's tree in place; whether struck-out or hidden text was taken out of it."""
    from lxml.etree import strip_tags

    words: dict[Any, int] = {}
    struck = [it for it in page.iter() if isinstance(it.tag, str) and _is_struck(it)]
    struck += [
        it for it in page.iter("span", "b", "i", "em", "strong", "font") if _hidden(it) and _among_words(it, words)
    ]
    for it in struck:
        _without(it)
    words.clear()
    for it in [*page.iter("sup", "sub")]:
        _raise(it)
    for it in [*page.iter("q")]:
        _around(it, "“", "”")
        it.tag = _UNWRAPPED
    for it in [*page.iter(*_INLINE)]:
        if _among_words(it, words):
            it.tag = _UNWRAPPED
    for it in [*page.iter("center")]:
        if _closed_a_paragraph(it):
            _back_into(it)
    for it in [*page.iter(*_BOXES)]:
        if _in_a_sentence(it):
            _around(it, " ", " ")
            it.tag = _UNWRAPPED if it.getparent().tag in _BLOCKS else "div"
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
        elif _hidden(it):
            continue
        it.attrib.clear()
    return bool(struck)


_UNWRAPPED = "zeroline-unwrapped"


def paragraphs_not_in(page: Any, found: str) -> int:
    """How many paragraphs of the article in a page, with more than a few words, are not in the text found.

    The article is what stands between the first and the last paragraph found, and what else is in the element that has
    all of them; where that is the whole page, nobody can tell, and only what stands between counts. Navigation, lists
    of links, forms, headers and footers are none of it.
    """
    text = _letters(found)
    all_ = [it for it in page.iter("p", "blockquote", "div", "aside", "section") if len(_own(it).split()) >= _FEWEST]
    is_in = [_letters(_own(it)) in text for it in all_]
    if True not in is_in:
        return len(all_)
    first, last = is_in.index(True), len(is_in) - 1 - is_in[::-1].index(True)
    body = _common([it for it, kept in zip(all_, is_in, strict=True) if kept])
    return sum(
        not kept and not _aside(it) and (first < at < last or (body is not None and body in it.iterancestors()))
        for at, (it, kept) in enumerate(zip(all_, is_in, strict=True))
    )


def _common(elements: list[Any]) -> Any | None:
    """The smallest element that has all of these in it; None where only the page itself does."""
    above = [[*it.iterancestors()] for it in elements]
    for it in above[0]:
        if it.tag in ("body", "html"):
            break
        if all(it in other for other in above):
            return it
    return None


def _aside(it: Any) -> bool:
    """Whether an element is navigation, a list of links, or part of a form, a header or a footer."""
    if any(above.tag in ("nav", "form", "header", "footer") for above in (it, *it.iterancestors())):
        return True
    links = sum(len(_letters("".join(link.itertext()))) for link in it.iter("a"))
    return links * 2 > len(_letters("".join(it.itertext())))


def _letters(text: str) -> str:
    """A text without spaces and signs, of which readers drop some."""
    return re.sub(r"[\W_]+", "", text)


def _own(it: Any) -> str:
    """The words of a paragraph; of what may hold paragraphs, those before the first of them."""
    return "".join(it.itertext()) if it.tag in ("p", "blockquote") else it.text or ""


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
    return "hidden" in it.attrib or it.get("aria-hidden") == "true" or bool(_HIDDEN.search(it.get("style", "")))


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
    if is_apart(_before(it), said, it.tail or ""):
        for below in list(it):
            it.remove(below)
        it.text = raised(said, lowered=it.tag == "sub")
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
    while behind is not None and behind.tag == it.tag and behind.attrib == it.attrib:
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
