"""A PDF file as its text: pypdfium2, which is the PDF reader of a browser.

Lines stay as they are set; a hyphen that PDFium knows to be one of a broken word becomes a soft hyphen. Running heads
and page numbers are left out, since they would stand in the middle of a passage, and a paragraph goes on over the end
of a page. A PDF does not say where paragraphs end: a short line that ends a sentence is taken for the last of one.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from zeroline.sources.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

PAGES = 5_000
"""The most pages that are read."""

FEWEST = 3
"""Of so many pages it can be told which lines all of them have."""

SHORT = 0.85
"""A line of less than so much of a full one is short."""

_NUMBER = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$|[”»]$")
_SOFT = re.compile("[\ufffe\x02]")


def text_of_pdf(data: bytes, about: str | Path) -> str:
    """The text of a PDF, its pages one below the other. Raises SourceError."""
    from zeroline.sources.reading import LONGEST, missing, too_large

    try:
        import pypdfium2
    except ImportError:
        raise missing(about, "PDF", "pdf") from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError(about, "is locked with a password", "save it without one") from None
        raise SourceError(about, "is a damaged PDF file", "save it anew") from None
    pages: list[list[str]] = []
    length = 0
    try:
        if len(document) > PAGES:
            raise too_large(about, len(document), "pages", PAGES)
        for page in document:
            text = page.get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\r", "\n")
            pages.append([line.strip() for line in _SOFT.sub("\u00ad\n", text).split("\n") if line.strip()])
            length += len(text)
            if length > LONGEST:
                raise too_large(about, length, "characters of text and more", LONGEST)
    except pypdfium2.PdfiumError:
        raise SourceError(about, f"is a damaged PDF file (page {len(pages) + 1})", "save it anew") from None
    finally:
        document.close()
    return _flowing(_without_heads(pages))


def _without_heads(pages: list[list[str]]) -> list[list[str]]:
    """Pages without the first and last lines that most of them have in common but for numbers."""
    if len(pages) < FEWEST:
        return pages
    for end in (0, -1):
        for _ in range(2):  # a head may have two lines
            common = Counter(_numberless(page[end]) for page in pages if page)
            heads = {line for line, times in common.items() if times * 2 > len(pages)}
            if not heads:
                break
            for page in pages:
                if page and _numberless(page[end]) in heads:
                    del page[end]
    return pages


def _numberless(line: str) -> str:
    return _NUMBER.sub("#", line)


def _flowing(pages: list[list[str]]) -> str:
    """The lines of all pages, a blank line where a paragraph seems to end."""
    lines = [line for page in pages for line in page]
    if not lines:
        return ""
    full = sorted(map(len, lines))[len(lines) * 9 // 10]
    said = []
    for line in lines:
        said.append(line)
        if len(line) < SHORT * full and _SENTENCE_END.search(line):
            said.append("")
    return "\n".join(said).strip()
