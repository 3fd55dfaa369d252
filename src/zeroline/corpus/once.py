"""Whether each key of a JSON object stands once: of two every decoder takes the last, and a condition may be lost.

A decoder does not tell. But each key has a colon, and what is encoded again has one for each key that was decoded: so
where the colons of lines are as many as those of the same lines encoded anew, no key was dropped. That takes half a
microsecond a line; only where they differ is it looked closer.
"""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from zeroline.corpus.lines import Line, LineLocator, LinePosition, LineSpeaker

_ESCAPED_COLON = b"\\u003"
_ESCAPED_NUL = b"\\u0000"
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")

_encode = msgspec.json.Encoder().encode
_encode_all = msgspec.json.Encoder().encode_lines


def _as_told(kind: type[msgspec.Struct], **inner: Any) -> type[msgspec.Struct]:
    """A struct of the same fields that knows which of them are there: one that is null or a default is encoded too."""
    fields = [(name, inner.get(name, object) | msgspec.UnsetType, msgspec.UNSET) for name in kind.__struct_fields__]
    return msgspec.defstruct(f"{kind.__name__}AsTold", fields, gc=False)


_decode_as_told = msgspec.json.Decoder(
    _as_told(
        Line,
        speaker=_as_told(LineSpeaker) | str,
        locator=_as_told(LineLocator) | None,
        positions=list[_as_told(LinePosition)],  # type: ignore[misc]
    )
).decode


def all_once(raws: list[bytes], lines: list[Line]) -> bool:
    """Whether no key stands twice in lines, and no NUL is in them; ``lines`` are what they were decoded to."""
    joined = b"".join(raws)
    escaped = b"\\" in joined
    if escaped and _ESCAPED_NUL in joined and holds_nul(joined):
        return False
    if not (escaped and _ESCAPED_COLON in joined):
        colons = joined.count(b":")
        if colons == _encode_all(lines).count(b":") or colons == _encode_all(map(_decode_as_told, raws)).count(b":"):
            return True
    return not any(map(key_twice, raws))


def dropped_key(raw: str, found: object) -> str:
    """A key of some JSON that was dropped when it was decoded to ``found``, as it stands twice; "" where none was."""
    if _ESCAPED_COLON.decode() not in raw and raw.count(":") == _encode(found).count(b":"):
        return ""
    try:
        return key_twice(raw)
    except (ValueError, RecursionError):  # the standard library takes less than was decoded: a number of many digits
        return ""


def key_twice(raw: str | bytes) -> str:
    """The first key that stands twice in an object of some JSON, "" where none does. Raises ValueError for no JSON."""
    found: list[str] = []

    def look(pairs: list[tuple[str, Any]]) -> None:
        if len(dict(pairs)) < len(pairs):
            keys = [key for key, _ in pairs]
            found.append(next(key for key in keys if keys.count(key) > 1))

    json.loads(raw, object_pairs_hook=look)
    return found[0] if found else ""


def holds_nul(raw: bytes) -> bool:
    r"""Whether some JSON holds a NUL, written as ``\u0000``."""
    return _ESCAPED_NUL in raw and _NUL.search(raw) is not None
