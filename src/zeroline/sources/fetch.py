"""Fetching a page at the reader's word: politely, within limits, and never of its own accord.

The page is asked for once, under an honest name, where the site's robots.txt lets programs have it; slow, large and
unfit answers are refused. httpx, which does the work, is an optional extra.
"""

from __future__ import annotations

import re
import time
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from zeroline import __version__
from zeroline.sources.errors import SourceError
from zeroline.sources.reading import LARGEST, Format, Read, missing, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

AGENT = f"Zeroline/{__version__} (fetches one page for one reader, to check quotations against it)"
"""How we call ourselves; robots.txt may name us as “Zeroline”."""

SECONDS = 60.0
"""The most a whole answer may take."""

REDIRECTS = 5
ROBOTS_LARGEST = 512 << 10
_TYPES: dict[str, Format] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
_NUMBER = re.compile(r"^\[Errno -?\d+\] ")
_MEND = "open it in a browser, save it, and attach the file"


def fetch(
    url: str, form: Format | None = None, tell: Callable[[int], None] | None = None, encoding: str | None = None
) -> Read:
    """The text at an address. Raises SourceError, in words for the reader, whatever goes wrong.

    ``tell`` is told how many bytes have come; what it raises ends the fetching. ``encoding`` is that of a text, where
    it is not the one that the site names.
    """
    try:
        import httpx
    except ImportError:
        raise missing(url, "an address", "url") from None
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        known = None
    if not known:
        raise SourceError(url, "is no web address", "one begins with https:// or http://", asks=True)
    try:
        with httpx.Client(headers={"User-Agent": AGENT}, timeout=httpx.Timeout(20, connect=10)) as client:
            return _fetch(client, url, form, tell, encoding)
    except httpx.TimeoutException:
        raise SourceError(url, "did not answer in time", "try again later") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        said = _NUMBER.sub("", str(error)) or type(error).__name__
        raise SourceError(url, f"cannot be fetched ({said})", f"is it right? Else {_MEND}") from None


def _fetch(
    client: httpx.Client, url: str, form: Format | None, tell: Callable[[int], None] | None, encoding: str | None
) -> Read:
    end, asked = time.monotonic() + SECONDS, url
    for _ in range(REDIRECTS + 1):
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            raise SourceError(asked, f"leads to {url}, which is no web address")
        _ask_leave(client, url, asked, end)
        with client.stream("GET", url) as answer:
            if answer.has_redirect_location:
                url = urljoin(url, answer.headers["location"])
                continue
            return _read(answer, url, asked, form, end, tell, encoding)
    raise SourceError(asked, f"leads on more than {REDIRECTS} times")


def _read(
    answer: httpx.Response, url: str, asked: str, form: Format | None, end: float,
    tell: Callable[[int], None] | None, encoding: str | None,
) -> Read:  # fmt: skip
    if answer.status_code != 200:
        said = f"{answer.status_code} {answer.reason_phrase}".strip()
        raise SourceError(asked, f"the site answers {said}", _MEND)
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _TYPES:
        raise SourceError(asked, f"is of the type “{kind or 'unknown'}”, and no text that can be read", _MEND)
    data = _limited(answer, asked, LARGEST, end, tell)
    name = PurePosixPath(unquote(urlsplit(url).path)).name or urlsplit(url).hostname or url
    plain = _TYPES[kind] in ("html", "text", "markdown")
    if encoding is None:
        encoding = answer.charset_encoding if plain and _is_known(answer.charset_encoding) else None
    return read_bytes(data, name, form or _TYPES[kind], encoding, about=asked, url=asked, apart=True)


def _limited(
    answer: httpx.Response, about: str, most: int, end: float, tell: Callable[[int], None] | None = None
) -> bytes:
    """The body of an answer, as long as it is neither too large nor too slow."""
    said = answer.headers.get("content-length", "")
    if said.isdigit() and int(said) > most:
        raise SourceError(about, f"has {int(said):,} bytes; {most:,} are read", _MEND)
    data = bytearray()
    for chunk in answer.iter_bytes():
        data += chunk
        if tell is not None:
            tell(len(data))
        if len(data) > most:
            raise SourceError(about, f"has more than {most:,} bytes", _MEND)
        if time.monotonic() > end:
            raise SourceError(about, f"takes longer than {SECONDS:.0f} seconds", _MEND)
    return bytes(data)


def _ask_leave(client: httpx.Client, url: str, asked: str, end: float) -> None:
    """Read the site's robots.txt, and stop where it does not let us have the page (RFC 9309)."""
    from urllib.robotparser import RobotFileParser

    parts = urlsplit(url)
    site = f"{parts.scheme}://{parts.netloc}"
    if time.monotonic() > end:
        raise SourceError(asked, f"takes longer than {SECONDS:.0f} seconds", _MEND)
    rules = RobotFileParser()
    with client.stream("GET", f"{site}/robots.txt", follow_redirects=True) as answer:
        if answer.status_code >= 500:
            raise SourceError(asked, f"the site's robots.txt cannot be had ({answer.status_code})", _MEND)
        body = _limited(answer, f"{site}/robots.txt", ROBOTS_LARGEST, end) if answer.status_code == 200 else b""
    rules.parse(body.decode("utf-8", "replace").splitlines())
    if not rules.can_fetch("Zeroline", url):
        raise SourceError(asked, "the site's robots.txt asks programs not to fetch it", _MEND)


def _is_known(encoding: str | None) -> bool:
    import codecs

    try:
        return encoding is not None and bool(codecs.lookup(encoding))
    except LookupError:
        return False
