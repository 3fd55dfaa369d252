"""JSON as an index holds it, read: by the standard library at first, by a quicker one once that was loaded."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

_decode: Callable[[bytes], Any] = json.loads


def read_json(raw: bytes) -> Any:
    """What some JSON says. Raises ValueError for what is none."""
    return _decode(raw)


def quicken() -> None:
    """Load the quicker one: 17 ms that the first frame is not to wait for, and a third of the time for every row."""
    global _decode
    import msgspec

    quickly = msgspec.json.Decoder().decode

    def decode(raw: bytes) -> Any:
        try:
            return quickly(raw)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return json.loads(raw)  # says the same of what is no JSON, and takes the little that is more than JSON

    _decode = decode
