"""Markdown as the text it shows: marks of emphasis, links and headings are gone, their words stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zeroline.sources.reading.page import PICTURE

if TYPE_CHECKING:
    from markdown_it.token import Token

_PICTURE = re.compile(r"<(?:img|svg|object|embed|input)\b", re.IGNORECASE)
_UNREAD = "blocks of HTML are left out: to read them the extra “html” is needed"
_FOOTNOTE = re.compile(r"\[\^(\w{1,20})\]")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def text_of_markdown(text: str) -> tuple[str, tuple[str, ...]]:
    """The words of a Markdown text, each block a paragraph, and what is worth saying.

    Front matter is left out, and what is struck out.
    """
    from markdown_it import MarkdownIt

    from zeroline.sources.reading import STRUCK

    text = _FRONT_MATTER.sub("", text.removeprefix("\ufeff").replace("\r\n", "\n"))
    text = _FOOTNOTE.sub(r"\\[^\1\\]", text)  # else a mark with a note is a link to it
    blocks: list[str] = []
    struck = unread = False
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        if token.type == "inline":
            blocks.append(_inline(token.children or []))
            struck = struck or any(child.type == "s_open" or _struck_tag(child, "<") for child in token.children or [])
        elif token.type in ("code_block", "fence"):
            blocks.append(token.content)
        elif token.type == "html_block":
            said = _of_html(token.content)
            unread = unread or said is None
            blocks += said[0] if said else ()
            struck = struck or bool(said and said[1])
    text = "\n\n".join(stripped for block in blocks if (stripped := block.strip(f" \t\n{PICTURE}")))
    return text, (*([STRUCK] if struck else ()), *([_UNREAD] if unread else ()))


def _of_html(markup: str) -> tuple[list[str], bool] | None:
    """The paragraphs of a block of HTML, and whether struck-out or hidden text was left out; None: cannot be read."""
    if not re.search(r"[^\W_]", re.sub(r"<!--.*?(?:-->|\Z)|<[^>]*>", "", markup, flags=re.DOTALL)):
        return [], False
    try:
        from lxml.html import document_fromstring
    except ImportError:
        return None
    from zeroline.sources.reading.left_out import paragraphs
    from zeroline.sources.reading.page import made_plain

    page = document_fromstring(f"<body>{markup}</body>")
    struck = made_plain(page)
    return paragraphs(page), struck


def _inline(tokens: list[Token]) -> str:
    said: list[str] = []
    struck = 0
    for token in tokens:
        if token.type == "s_open" or _struck_tag(token, "<"):
            struck += 1
        elif token.type == "s_close" or _struck_tag(token, "</"):
            struck = max(struck - 1, 0)
        elif struck:
            continue
        elif token.type in ("text", "code_inline"):
            said.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            said.append("\n")
        elif token.type == "image" or (token.type == "html_inline" and _PICTURE.match(token.content)):
            said.append(PICTURE)
    return "".join(said)


def _struck_tag(token: Token, opening: str) -> bool:
    """Whether a token is an HTML tag that begins (or, with ``</``, ends) struck-out text."""
    return token.type == "html_inline" and bool(re.match(rf"{opening}(?:del|s|strike)\b", token.content, re.IGNORECASE))
