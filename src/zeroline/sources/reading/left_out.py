"""What a reader of articles leaves out of a page: words within a paragraph are put back, paragraphs are counted."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Any

FEWEST = 6
"""Words of a paragraph that is worth saying that it is left out."""

_PARAGRAPHS = (
    "p", "blockquote", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "figcaption", "div",
    "section", "article", "main", "aside",
)  # fmt: skip
_BLOCKS = frozenset((
    *_PARAGRAPHS, "html", "body", "ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "caption", "header",
    "footer", "nav", "form", "fieldset", "figure", "details", "summary", "address", "center", "hr", "hgroup",
))  # fmt: skip
_TELLING = 12  # letters of a piece of a paragraph by which it is found
_NO_TEXT = (
    "script", "style", "noscript", "head", "iframe", "select", "textarea", "svg", "video", "audio", "object", "canvas",
)  # fmt: skip
_SEVERAL = 4  # a paragraph is read as so many lines at most, where lines are broken in it


def put_back(page: Any, found: str) -> str:
    """The text found in a page, each paragraph whole: a sentence without its “not” is another."""
    lines = [line for line in found.split("\n") if line.strip()]
    said = [_letters(line) for line in lines]
    all_, starts = "".join(said), [*accumulate(map(len, said), initial=0)]
    whole = set(said)
    for it in page.iter(*_PARAGRAPHS):
        if next(it.iterchildren(*_PARAGRAPHS, "ul", "ol", "dl", "table"), None) is not None:
            continue
        pieces = [*_texts(it)]
        own = _letters("".join(pieces))
        if not own or own in whole or own in all_:
            continue
        piece = max(map(_letters, pieces), key=len)
        at = all_.find(piece) if len(piece) >= _TELLING else -1
        if at < 0:
            continue
        line = bisect_right(starts, at) - 1
        if line < len(said) and said[line] and _is_within(said[line], own):
            last = line + 1
            while last < min(line + _SEVERAL, len(said)) and _is_within("".join(said[line : last + 1]), own):
                last += 1
            lines[line:last] = ["", *([""] * (last - line - 1))]
            lines[line], said[line:last] = " ".join("".join(pieces).split()), [""] * (last - line)
    return "\n".join(line for line in lines if line)


def paragraphs(page: Any) -> list[str]:
    """The text of a page, as it is, a paragraph for each block."""
    found: list[str] = []
    said: list[str] = []

    def end() -> None:
        if text := " ".join("".join(said).split()).strip("\ufffc "):
            found.append(text)
        said.clear()

    def walk(it: Any) -> None:
        if not isinstance(it.tag, str) or it.tag in _NO_TEXT:
            return
        block = it.tag in _BLOCKS
        if block:
            end()
        said.append(" " if it.tag == "br" else it.text or "")
        for child in it:
            walk(child)
            said.append(child.tail or "")
        if block:
            end()

    walk(page)
    end()
    return found


def _texts(it: Any) -> list[str]:
    """The pieces of text in an element, in their order, without those that are no text."""
    texts = [it.text or ""]
    for child in it:
        if isinstance(child.tag, str) and child.tag not in _NO_TEXT:
            texts += [" "] if child.tag == "br" else _texts(child)
        texts.append(child.tail or "")
    return texts


def _is_within(some: str, all_: str) -> bool:
    """Whether letters are all there, in their order, others between them."""
    rest = iter(all_)
    return all(letter in rest for letter in some)


def paragraphs_not_in(page: Any, found: str) -> int:
    """How many paragraphs of the article in a page, with more than a few words, are not in the text found.

    The article is what stands between the first and the last paragraph found, and what else is in the element that has
    all of them; where that is the whole page, nobody can tell, and only what stands between counts. Navigation, lists
    of links, forms, headers and footers are none of it.
    """
    text = _letters(found)
    all_ = [it for it in page.iter("p", "blockquote", "div", "aside", "section") if len(_own(it).split()) >= FEWEST]
    is_in = [_letters(_own(it)) in text for it in all_]
    if True not in is_in:
        return len(all_)
    first, last = is_in.index(True), len(is_in) - 1 - is_in[::-1].index(True)
    body = _common([it for it, kept in zip(all_, is_in, strict=True) if kept])
    return sum(
        not kept and not is_aside(it) and (first < at < last or (body is not None and body in it.iterancestors()))
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


def is_aside(it: Any) -> bool:
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
