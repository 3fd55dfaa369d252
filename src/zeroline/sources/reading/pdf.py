"""A PDF file as its text: pypdfium2, which is the PDF reader of a browser.

Lines stay as they are set; a hyphen that PDFium knows to be one of a broken word becomes a soft hyphen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zeroline.sources.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

PAGES = 5_000
"""The most pages that are read."""

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
    pages, length = [], 0
    try:
        if len(document) > PAGES:
            raise too_large(about, len(document), "pages", PAGES)
        for page in document:
            text = page.get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\r", "\n")
            pages.append(_SOFT.sub("\u00ad", text).strip())
            length += len(text)
            if length > LONGEST:
                raise too_large(about, length, "characters of text and more", LONGEST)
    except pypdfium2.PdfiumError:
        raise SourceError(about, f"is a damaged PDF file (page {len(pages) + 1})", "save it anew") from None
    finally:
        document.close()
    return "\n\n".join(page for page in pages if page)
