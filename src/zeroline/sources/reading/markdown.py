"""Markdown as the text it shows: marks of emphasis, links and headings are gone, their words stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def text_of_markdown(text: str) -> tuple[str, tuple[str, ...]]:
    """The words of a Markdown text, each block a paragraph, and what is worth saying.

    Front matter is left out, and what is struck out.
    """
    from markdown_it import MarkdownIt

    from zeroline.sources.reading import STRUCK

    text = _FRONT_MATTER.sub("", text.removeprefix("\ufeff").replace("\r\n", "\n"))
    blocks: list[str] = []
    struck = False
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        if token.type == "inline":
            blocks.append(_inline(token.children or []))
            struck = struck or any(child.type == "s_open" or _struck_tag(child, "<") for child in token.children or [])
        elif token.type in ("code_block", "fence"):
            blocks.append(token.content)
    return "\n\n".join(block.strip() for block in blocks if block.strip()), (STRUCK,) if struck else ()


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
    return "".join(said)


def _struck_tag(token: Token, opening: str) -> bool:
    """Whether a token is an HTML tag that begins (or, with ``</``, ends) struck-out text."""
    return token.type == "html_inline" and bool(re.match(rf"{opening}(?:del|s|strike)\b", token.content, re.IGNORECASE))
