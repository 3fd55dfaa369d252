"""Which encoding a text is in: what its first bytes say, UTF-8, UTF-16, else what charset-normalizer makes of it."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from zeroline.sources.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MEND = "name it with --encoding, or save the file as UTF-8"
_HERE = "name it under Encoding, or save the file as UTF-8"
_SAMPLE = 1 << 18


def decoded(data: bytes, encoding: str | None, about: str | Path) -> tuple[str, tuple[str, ...]]:
    """The text in bytes, and what is worth saying of how it was read. Raises SourceError for what is no text."""
    if encoding is not None:
        return _sound(_named(data, encoding, about), about), ()
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _sound(_named(data, name, about), about), ()
    if b"\0" in data:
        guessed = _wide(data)
        if guessed is None:
            raise SourceError(
                about,
                "is not text: it holds NUL bytes",
                "if it is UTF-16, say so: --encoding utf-16-le (or utf-16-be); else attach the text",
                here="if it is UTF-16, name utf-16-le (or utf-16-be) under Encoding; else attach the text",
            )
        return _sound(_named(data, guessed, about), about), (f"read as {guessed.upper()}",)
    try:
        return _sound(data.decode("utf-8"), about), ()
    except UnicodeDecodeError:
        text, name = _guessed(data, about)
    return _sound(text, about), (f"read as {name}; --encoding names another",)


def _named(data: bytes, encoding: str, about: str | Path) -> str:
    try:
        if not codecs.lookup(encoding)._is_text_encoding:
            raise LookupError
        return data.decode(encoding)
    except (LookupError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            line = data.count(b"\n", 0, error.start) + 1
            raise SourceError(about, f"is not {encoding} in line {line}", _MEND, here=_HERE) from None
        raise SourceError(
            about, f"there is no encoding “{encoding}”", "name one like utf-8 or cp1252", asks=True
        ) from None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is NUL."""
    sample = data[: _SAMPLE & ~1]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if len(data) % 2 or not half:
        return None
    if odd > 0.3 * half and even < 0.01 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 * half and odd < 0.01 * half else None


def _guessed(data: bytes, about: str | Path) -> tuple[str, str]:
    """A text in some 8-bit encoding."""
    from charset_normalizer import from_bytes

    # What is UTF-8 but for a stray byte is not in another encoding: it is damaged, and that is said.
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken * 10 < sum(not c.isascii() for c in text[:_SAMPLE]) - broken:
        line = _first_bad_line(data)
        problem = f"is UTF-8 but for line {line}, which is damaged"
        raise SourceError(about, problem, "save it anew, or name --encoding", here="save it anew, or name its Encoding")
    best = from_bytes(data[:_SAMPLE], cp_isolation=_LIKELY).best()
    if best is None or best.encoding in _NEAR_WESTERN:
        western = data.decode("cp1252", "ignore")
        best = None if not _STRAY.search(western) else best
    for name in (best.encoding if best else None, "cp1252"):
        if name is None:
            continue
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not _is_jumbled(text):
            return text, name
    raise SourceError(about, "is in no encoding that can be told", _MEND, here=_HERE)


_NEAR_WESTERN = ("cp1250", "cp1254", "cp1257", "cp850", "cp437", "mac_roman")
"""Encodings that a Western text is easily taken for: it is one where it reads as such without a stray sign."""

_STRAY = re.compile(r"[^\W\d_][¡-©¬-¹¼-¿×÷]|[¡-©¬-¹¼-¿×÷][^\W\d_]|[\x81\x8d\x8f\x90\x9d]")
_LIKELY = [
    "cp1252", "cp1251", "koi8_u", "koi8_r", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "mac_roman",
    "shift_jis", "gb18030", "big5", "euc_kr", "euc_jp", "cp437", "cp850", "cp866",
]  # fmt: skip


_FOREIGN = re.compile(r"[\u0370-\u1fff]+")
_JUMBLED = re.compile(r"[A-Za-z][\u0370-\u1fff]+|[\u0370-\u1fff]+[A-Za-z]")


def _is_jumbled(text: str) -> bool:
    """Whether letters of other scripts stand within Latin words, not in words of their own: signs that were misread."""
    jumbled = len(_JUMBLED.findall(text))
    return jumbled > 2 and 2 * jumbled > len(_FOREIGN.findall(text))


def _first_bad_line(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1


def _sound(text: str, about: str | Path) -> str:
    """The text, unless it holds what no text does."""
    odd = sum(text.count(chr(code)) for code in (*range(9), *range(14, 27), *range(28, 32), 0x7F))
    if odd > max(5, len(text) // 1_000):
        raise SourceError(about, "is not text: it holds control characters", "attach the text")
    return text
