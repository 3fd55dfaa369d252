"""A saved web page as the article in it: trafilatura leaves navigation, advertisements and other boilerplate out."""

from __future__ import annotations

import logging
from copy import deepcopy
from typing import TYPE_CHECKING

from zeroline.sources.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path


TAGS = 100_000
"""The most tags a page may have: telling text from boilerplate takes long in more, and no article has so many."""


def text_of_html(text: str, about: str | Path, url: str = "") -> tuple[str, tuple[str, ...]]:
    """The article of a page, a paragraph for each block, captions too, and what is worth saying. Raises SourceError."""
    from zeroline.sources.reading import LONGEST, STRUCK, missing, too_large

    if len(text) > LONGEST:  # parsing takes the memory of many times a page's size
        raise too_large(about, len(text), "characters of HTML", LONGEST)
    if (tags := text.count("<")) > TAGS:
        raise too_large(about, tags, "tags", TAGS)
    if "<!ENTITY" in text:
        raise SourceError(about, "declares entities, which no web page does", "do not trust it")
    try:
        from lxml.etree import LxmlError
        from trafilatura import extract, load_html

        from zeroline.sources.reading.left_out import paragraphs_not_in, put_back
        from zeroline.sources.reading.page import made_plain
    except ImportError:
        raise missing(about, "HTML", "html") from None
    notes: list[str] = []
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is said here, and by us
    try:
        page = load_html(text)
    except (LxmlError, ValueError, RecursionError, AttributeError, TypeError) as error:
        raise _unreadable(about, error) from None
    if page is None:
        raise SourceError(about, "no article was found in this page", _MEND)
    try:
        struck = made_plain(page)
        whole = deepcopy(page)
    except RecursionError as error:  # what else goes wrong here is ours
        raise _unreadable(about, error) from None
    try:
        # Nothing is left out for being short or for standing twice: both may be a passage.
        found = extract(
            page, url=url or None, output_format="txt", favor_recall=True, include_comments=False,
            include_tables=True, include_formatting=False, include_links=False, deduplicate=False,
        )  # fmt: skip
    except (LxmlError, ValueError, RecursionError, AttributeError, TypeError) as error:
        raise _unreadable(about, error) from None
    if not found:
        raise SourceError(about, "no article was found in this page", _MEND)
    found = put_back(whole, found)
    if struck:
        notes.append(STRUCK)
    if left_out := paragraphs_not_in(whole, found):
        notes.append(
            f"{left_out} paragraph{'' if left_out == 1 else 's'} within the article left out as no part of it; "
            "if a passage is missing, attach its text"
        )
    return "\n\n".join(line for line in found.split("\n") if line.strip()), tuple(notes)


def _unreadable(about: str | Path, error: Exception) -> SourceError:
    return SourceError(about, f"is a web page that cannot be read ({type(error).__name__})", _MEND)


_MEND = "save the page whole, or attach its text"
