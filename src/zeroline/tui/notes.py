"""Notes are Markdown: what a pane shows of one. Nothing is fetched, no HTML is obeyed, a line break is a line break."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text

from zeroline.tui.detail_parts import Part
from zeroline.tui.drawing import safe_text
from zeroline.tui.theme import Look

if TYPE_CHECKING:
    from markdown_it.token import Token

Draw = Callable[[str, Style], Text]

_SIGNS = re.compile(r"[*_`#>\[~\\|]|&\w|^\s*(?:[-+=]|\d+[.)])|  $|^    |---", re.MULTILINE)
"""Where none of these is, a note is plain text, and the parser need not be loaded."""

_BEGINNING = re.compile(r"^\s*(?:(?:#{1,6}|>|[-+*]|\d+[.)])\s+)*(?:[-*_=]{3,}\s*$)?")
_MARKS = re.compile(r"\*\*|__|~~|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")


def note_parts(note: str, look: Look, indent: int = 2, draw: Draw = safe_text) -> Iterator[Part]:
    """A note as parts; ``draw`` makes Rich text of words in a style, and marks what was searched for."""
    if not _SIGNS.search(note):
        yield Part(draw(note.strip("\n"), look.text), indent=indent)
        return
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("strikethrough").parse(note)
    yield from _Walk(look, draw, indent).parts(tokens)


def first_words(note: str) -> str:
    """The first line of a note that says something, without the signs of Markdown, for a list."""
    for line in note.splitlines():
        words = _MARKS.sub("", _BEGINNING.sub("", line)).strip()
        if words:
            return words
    return ""


class _Walk:
    """From block to block: how far in, which list, which item of it."""

    def __init__(self, look: Look, draw: Draw, indent: int) -> None:
        self.look, self.draw, self.indent = look, draw, indent
        self.lists: list[int | None] = []  # the next number of each list we are in; None for bullets
        self.lead = ""
        self.quotes = 0
        self.heading = False
        self.begun = self.after_quote = False

    def parts(self, tokens: list[Token]) -> Iterator[Part]:
        for token in tokens:
            match token.type:
                case "bullet_list_open":
                    self.lists.append(None)
                case "ordered_list_open":
                    self.lists.append(int(token.attrGet("start") or 1))
                case "bullet_list_close" | "ordered_list_close":
                    self.lists.pop()
                case "list_item_open":
                    self.lead = self._next_lead()
                case "blockquote_open" | "blockquote_close":
                    self.quotes += 1 if token.nesting > 0 else -1
                case "heading_open" | "heading_close":
                    self.heading = token.nesting > 0
                case "inline":
                    yield from self._block(self._inline(token.children or []))
                case "fence" | "code_block" | "html_block":
                    yield from self._block(self.draw(token.content.rstrip("\n"), self.look.dim))
                case "hr":
                    yield from self._block(Text("―" * 8, self.look.quiet))

    def _next_lead(self) -> str:
        if not self.lists or self.lists[-1] is None:
            return "• "
        number = self.lists[-1]
        self.lists[-1] = number + 1
        return f"{number}. "

    def _block(self, text: Text) -> Iterator[Part]:
        """A block with what stands before it; an empty line before, but for the items of a list."""
        lead, self.lead = self.lead, ""
        if self.begun and (not lead or self.after_quote):
            yield Part(Text(""))
        self.begun, self.after_quote = True, self.quotes > 0
        depth = self.indent + 2 * max(len(self.lists) - 1, 0) + (2 if self.lists and not lead else 0)
        before = "│ " * self.quotes + lead
        yield Part(text, indent=depth, lead=Text(before, self.look.accent) if before else None)

    def _inline(self, children: list[Token]) -> Text:
        look = self.look
        text, styles, links = Text(), [look.strong if self.heading else look.text], []
        for token in children:
            match token.type:
                case "text" | "html_inline":
                    text.append_text(self.draw(token.content, styles[-1]))
                case "softbreak" | "hardbreak":
                    text.append("\n")
                case "code_inline":
                    text.append_text(self.draw(token.content, styles[-1] + look.accent))
                case "image":
                    text.append_text(self.draw(f"[{token.content}]", styles[-1] + look.dim))
                case "em_open":
                    styles.append(styles[-1] + Style(italic=True))
                case "strong_open":
                    styles.append(styles[-1] + Style(bold=True))
                case "s_open":
                    styles.append(styles[-1] + Style(strike=True))
                case "link_open":
                    links.append((str(token.attrGet("href") or ""), len(text)))
                    styles.append(styles[-1] + Style(underline=True))
                case "em_close" | "strong_close" | "s_close":
                    styles.pop()
                case "link_close":
                    styles.pop()
                    target, start = links.pop()
                    if target and target != text.plain[start:]:
                        text.append_text(safe_text(f" ({target})", look.dim))
        return text
