"""Ids from names: lower-case letters, digits and hyphens, as the corpus format has them."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST = 60
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """An id made of the Latin letters and digits of a name; "" where it has none."""
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _OTHER.sub("-", name.lower()).strip("-")[:LONGEST].rstrip("-")


def telling_slug(name: str, what: str) -> str:
    """An id for a name in any script: letters that are not Latin leave their mark as a short hash of the name."""
    made = slug(name)
    if name.isascii() and made:
        return made
    folded = unicodedata.normalize("NFKD", name)
    lost = any(c.isalnum() and not c.isascii() for c in folded)
    return f"{made or what}-{digest(name)}" if lost or not made else made


def digest(name: str) -> str:
    """Eight letters and digits that stand for a name, always the same."""
    return hashlib.blake2s(name.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
