"""On which line of a TOML file a value stands.

Errors must name a line, and no library at hand gives one for a value: :mod:`tomllib` keeps no positions once it has
parsed, tomlkit reports them for syntax errors only (and is many times slower), and the libraries that map validation
errors to lines do so for other validators than pydantic. So this module walks the text a second time. It is run only
on a file that tomllib has accepted, and only when there is an error to place, so it can trust the grammar and need
not be fast.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

KeyPath = tuple[str | int, ...]
"""The way to a value: ("statement", 3, "positions", 0, "force")."""

_TOKEN = re.compile(
    r"""
    (?P<text>  \"{3} (?:\\.|[^\\])*? \"{3,5} | '{3} .*? '{3,5} | "(?:\\.|[^"\\\n])*" | '[^'\n]*' )
    | (?P<sign> [][{}=.,\n] )
    | (?P<bare> [^][{}=.,\n\s\#"']+ )
    | (?P<skip> \#[^\n]* | [^\S\n]+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)


def lines(text: str) -> dict[KeyPath, int]:
    """The line (from 1) of every table, key and array element of a valid TOML text."""
    return _Walk(text).found


def line_of(found: dict[KeyPath, int], path: KeyPath) -> int | None:
    """The line of a value, or of the nearest thing around it that is written: a missing key has its table's line."""
    while path:
        if path in found:
            return found[path]
        path = path[:-1]
    return None


class _Open:
    """An array or inline table that is open: its path, and in an array the number of the element to come."""

    __slots__ = ("element", "is_array", "path")

    def __init__(self, path: KeyPath, is_array: bool) -> None:
        self.path = path
        self.is_array = is_array
        self.element = 0


class _Walk:
    """One walk through a text, without recursion: however deep the brackets, the Python stack stays flat."""

    def __init__(self, text: str) -> None:
        self.found: dict[KeyPath, int] = {}
        self._tables: dict[KeyPath, int] = {}  # how many of each array of tables there have been
        self._table: KeyPath = ()
        self._open: list[_Open] = []
        self._key: list[str] = []
        self._value: KeyPath | None = None  # where the value after “=” belongs, until its statement ends
        self._tokens = self._read(text)
        for kind, token, line in self._tokens:
            self._take(kind, token, line)

    @staticmethod
    def _read(text: str) -> Iterator[tuple[str, str, int]]:
        line = 1
        for match in _TOKEN.finditer(text):
            if match.lastgroup != "skip":
                yield str(match.lastgroup), match.group(), line
            line += match.group().count("\n")

    def _take(self, kind: str, token: str, line: int) -> None:
        if self._open:
            self._inside(kind, token, line)
        elif token == "\n" and kind == "sign":
            self._key, self._value = [], None
        elif self._value is not None:
            self._value_token(kind, token, self._value)
        elif kind == "sign" and token == "[" and not self._key:
            self._header(line)
        else:
            self._key_token(kind, token, self._table, line)

    def _header(self, line: int) -> None:
        """``[a.b]`` or ``[[a.b]]``: the tokens up to the end of the line."""
        names, signs = [], 1
        for kind, token, _ in self._tokens:
            if kind == "sign" and token == "\n":
                break
            if kind != "sign":
                names.append(_plain(token))
            elif token == "[":
                signs += 1
        path: KeyPath = ()
        for name in names[:-1]:
            self.found.setdefault((*path, name), line)
            path = self._latest((*path, name))
        path = (*path, names[-1])
        self.found.setdefault(path, line)
        if signs == 2:
            self._tables[path] = self._tables.get(path, 0) + 1
        self._table = self._latest(path)
        self.found.setdefault(self._table, line)

    def _latest(self, path: KeyPath) -> KeyPath:
        """The path itself, or into the latest of its tables when it is an array of tables."""
        return (*path, self._tables[path] - 1) if path in self._tables else path

    def _key_token(self, kind: str, token: str, table: KeyPath, line: int) -> None:
        """A part of a key, bare or quoted, or the “=” that ends it."""
        if kind != "sign":
            self._key.append(_plain(token))
        elif token == "=":
            for length in range(1, len(self._key) + 1):
                self.found.setdefault((*table, *self._key[:length]), line)
            self._value = (*table, *self._key)
            self._key = []

    def _value_token(self, kind: str, token: str, path: KeyPath) -> None:
        """A part of a value; only an opening bracket matters."""
        if kind == "sign" and token in "[{":
            self._open.append(_Open(path, token == "["))
            self._value = None

    def _inside(self, kind: str, token: str, line: int) -> None:
        """A token within an array or an inline table."""
        inner = self._open[-1]
        sign = token if kind == "sign" else ""
        if sign == "\n":
            return
        if sign and sign in "]}":
            self._open.pop()
            self._value, self._key = None, []
        elif sign == ",":
            inner.element += 1
            self._value, self._key = None, []
        elif inner.is_array:
            path = (*inner.path, inner.element)
            self.found.setdefault(path, line)
            self._value_token(kind, token, path)
        elif self._value is not None:
            self._value_token(kind, token, self._value)
        else:
            self._key_token(kind, token, inner.path, line)


def _plain(key: str) -> str:
    """A key as tomllib gives it: without quotes, escapes resolved."""
    if key[0] == '"' and "\\" in key:
        import tomllib

        return next(iter(tomllib.loads(f"{key} = 0")))
    return key[1:-1] if key[0] in "\"'" else key
