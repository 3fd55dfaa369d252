"""A saved web page as the article in it: trafilatura leaves navigation, advertisements and other boilerplate out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zeroline.sources.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 8 << 20
"""A page of more characters is no article; parsing it would take the memory of many times its size."""


def text_of_html(text: str, about: str | Path, url: str = "") -> str:
    """The article of a page, a paragraph for each block. Raises SourceError."""
    from zeroline.sources.reading import missing, too_large

    if len(text) > LARGEST:
        raise too_large(about, len(text), "characters of HTML")
    try:
        from trafilatura import extract
    except ImportError:
        raise missing(about, "HTML", "html") from None
    # Precision would leave out captions and pull quotes, which a corpus may have coded.
    found = extract(
        text, url=url or None, output_format="txt", favor_recall=True, include_comments=False, include_tables=True,
        include_formatting=False, include_links=False, deduplicate=False,
    )  # fmt: skip
    if not found:
        raise SourceError(about, "no article was found in this page", "save the page whole, or attach its text")
    return "\n\n".join(line for line in found.split("\n") if line.strip())
