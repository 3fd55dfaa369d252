"""Which of many ids an index has, asked for by the thousand."""

from __future__ import annotations

from collections.abc import Sequence

from zeroline.index.filter import Filter
from zeroline.index.reader import Index

TOGETHER = 1_000
"""How many ids are asked for at once."""

_FEW = 8


def there(index: Index, ids: Sequence[str]) -> dict[str, bool]:
    """Whether each id is that of an item, as :meth:`Index.get` has it. Raises OSError or ValueError, as that does."""
    found: dict[str, bool] = {}
    asked = list(dict.fromkeys(ids))
    for start in range(0, len(asked), TOGETHER):
        _look(index, asked[start : start + TOGETHER], found)
    return found


def _look(index: Index, ids: list[str], found: dict[str, bool]) -> None:
    """Ask for all of them; where some are missing, for each half, until the few are left that must be looked at."""
    if len(ids) <= _FEW:
        found.update((id, index.get(id) is not None) for id in ids)
    elif index.count(Filter(bookmarked=tuple(ids))) == len(ids):
        found.update(dict.fromkeys(ids, True))
    else:
        middle = len(ids) // 2
        _look(index, ids[:middle], found)
        _look(index, ids[middle:], found)
