"""Text that can be written: names of files and arguments may hold bytes that are no UTF-8."""

from __future__ import annotations


def writable(text: str) -> str:
    """The text with “?” for what UTF-8 cannot write, as Python gives bytes of a name that are in no encoding."""
    return text.encode("utf-8", "replace").decode()
