"""The formats: what each is called, what it holds, what it cannot hold, and the module that writes it.

What a format holds is stated here and proved by a test, which looks for every part of a bookmark in every format.
A position always comes with its force, condition and fallback: no format can leave those out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType

from zeroline.bookmarks.model import Bookmark, Collection
from zeroline.sources.copy_citation import Passage

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "excerpt": "the excerpt, or an event's title",
        "speaker": "the speaker with callsign and unit",
        "attribution": "whether it is direct or reported",
        "passage": "the whole passage, where your copy of the source proves it",
        "date": "when it was said",
        "positions": "positions with their conditions",
        "reasons": "the coders' reasons",
        "paraphrase": "the paraphrase",
        "figures": "figures",
        "topics": "topics and places",
        "coders_note": "the coders' notes",
        "note": "your note",
        "tags": "your tags",
        "collections": "your collections",
        "citation": "the citation",
        "locator": "where the passage stands, with its hash",
        "source": "the source, in fields of its own",
        "added": "when you bookmarked it",
        "collection_notes": "the notes and the orders of your collections",
        "record": "the whole record as data",
        "own_keys": "keys of your own",
    }
)
"""The parts of a bookmark that an export may hold, by name, with what to call them."""

_ALL = frozenset(PARTS)
_KEPT = _ALL - {"passage"}
_READ = _ALL - {"collection_notes", "source", "record", "own_keys"}
_SOURCES = frozenset({"excerpt", "speaker", "attribution", "date", "positions", "source"})


class NotInstalled(Exception):
    """A library that a format is written with is not installed; ``str`` is one line for people."""


@dataclass(frozen=True)
class Options:
    """``accessed`` is the day that a citation names where a bookmark does not say when it was made.

    ``style`` is one of :data:`zeroline.text.styles.STYLES`. ``collections`` are those that the bookmarks are in, with
    their notes and orders; of an export of all, those with nothing in them too, and then ``extra`` holds the keys of
    the reader's own at the top of the file. ``passages`` are those proven in the reader's own copies of the sources, by
    corpus and id (see :func:`with_passages`).
    """

    accessed: date
    style: str = "plain"
    collections: tuple[Collection, ...] = ()
    passages: Mapping[tuple[str, str], Passage] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)


def with_passages(options: Options, bookmarks: Iterable[Bookmark]) -> Options:
    """The options with the passages of bookmarks that are proven in a copy of the reader's."""
    from zeroline.sources.copy_citation import passages

    found = passages((one.corpus, one.id) for one in bookmarks if one.kind == "statement")
    return replace(options, passages=found) if found else options


@dataclass(frozen=True)
class Format:
    """One format. ``ending`` is that of its files, ``module`` what writes it: its ``write`` gives the export in pieces.

    ``holds`` are the names of :data:`PARTS` in it; ``loses`` says what else it cannot hold, in words. ``library`` is
    the package it is written with, of the extra ``export``. ``cites`` tells whether its citations follow a style,
    ``reads`` whether :mod:`zeroline.export.read` reads it back. ``alike`` is the format whose text shows what is in a
    file that is none, or not to be read as it is. ``most`` is how many bookmarks it has room for, None for any number.
    """

    name: str
    label: str
    ending: str
    what: str
    module: str
    holds: frozenset[str]
    loses: tuple[str, ...] = ()
    library: str = ""
    package: str = ""
    binary: bool = False
    cites: bool = True
    reads: bool = False
    alike: str = ""
    most: int | None = None

    def __call__(self, bookmarks: Iterable[Bookmark], accessed: date, style: str = "plain") -> str:
        """The whole text of an export; its line ends are part of it. Not for a binary format."""
        return b"".join(self.pieces(bookmarks, Options(accessed, style))).decode()

    def pieces(self, bookmarks: Iterable[Bookmark], options: Options) -> Iterator[bytes]:
        """The export, piece by piece as the bookmarks come.

        Raises NotInstalled, :class:`zeroline.text.styles.StyleError`, and UnicodeEncodeError for half a character.
        """
        self.check()
        for piece in import_module(self.module).write(bookmarks, options):
            yield piece if isinstance(piece, bytes) else piece.encode()

    def check(self) -> None:
        """Raises NotInstalled where the library is not there."""
        if self.library and find_spec(self.library) is None:
            raise NotInstalled(
                f"{self.label} is written by {self.package}, which is not installed: pip install 'zeroline[export]'"
            )

    def written(self, count: int) -> str:
        """How many of so many bookmarks are written, in words: "12 bookmarks"."""
        if self.most is not None and count > self.most:
            return f"only the first {self.most:,} of {count:,} bookmarks (of more rows {self.label} holds none)"
        return f"{count:,} bookmark{'s' * (count != 1)}"

    def lost(self) -> tuple[str, ...]:
        """What the format cannot hold, in words; empty where it holds everything."""
        return tuple(words for part, words in PARTS.items() if part not in self.holds) + self.loses


def _format(name: str, label: str, ending: str, what: str, module: str, holds: Iterable[str], **more: object) -> Format:
    return Format(name, label, ending, what, f"zeroline.export.{module}", frozenset(holds), **more)  # type: ignore[arg-type]


_NO_DATES = "dates and infinities among keys of your own: they become text"
_NO_TOP = "keys of your own at the top of the file, outside bookmarks and collections"
_UPRIGHT = "italics in citations"
XLSX_ROWS = 1_048_575
"""The most rows that Excel has under a header."""
_JOINED = "lists: they are joined by “ | ”, and a tag or name that holds this itself cannot be told from two"
_FLAT = "a position's parts as fields: each is one line of words"
_NOTE_AS_TEXT = "Markdown in your note: it shows as it was typed"
_MERGED = "your order: there is one entry a source, and the statements from it stand in its annotation"

_FORMATS: Sequence[Format] = (
    _format(
        "md", "Markdown", "md", "to paste into an article or notes, each entry with its citation", "markdown",
        _READ - {"added"}, loses=("the reason of a position that was stated", _NOTE_AS_TEXT),
    ),
    _format(
        "footnotes", "Markdown with footnotes", "md", "running text with a footnote for each citation", "footnotes",
        _READ - {"added", "locator"}, loses=("the reason of a position that was stated", _NOTE_AS_TEXT),
    ),
    _format(
        "html", "Web page", "html", "one page with a search box and a filter of stances, for print too",
        "html_", _READ, loses=("control characters: signs stand for them", _NOTE_AS_TEXT), alike="md",
    ),
    _format(
        "docx", "Word", "docx", "a document to write on in", "docx_", _READ,
        loses=("control characters: signs stand for them", _NOTE_AS_TEXT),
        library="docx", package="python-docx", binary=True, alike="md",
    ),
    _format(
        "json", "JSON", "json", "an array of the full records", "json_", _ALL,
        loses=(_NO_DATES, _NO_TOP, _UPRIGHT), reads=True,
    ),
    _format(
        "jsonl", "JSON Lines", "jsonl", "the same, one a line, for any number of them", "jsonl", _ALL,
        loses=(_NO_DATES, _NO_TOP, _UPRIGHT), reads=True,
    ),
    _format(
        "jsonld", "Web Annotation", "jsonld", "a W3C annotation collection, with text selectors", "webannotation",
        _ALL, loses=(_NO_DATES, _NO_TOP, _UPRIGHT), reads=True,
    ),
    _format(
        "csv", "CSV", "csv", "a row each, safe in spreadsheets", "csv_", _READ - {"reasons"},
        loses=(
            _FLAT, _UPRIGHT, _JOINED,
            "text that a spreadsheet would take for a formula, as it is: an apostrophe stands before it",
        ),
    ),
    _format(
        "xlsx", "Excel", "xlsx", "the same as a workbook, every cell text", "xlsx", _READ - {"reasons"},
        loses=(
            _FLAT, _UPRIGHT, _JOINED, "control characters: signs stand for them",
            "what is beyond 32,767 characters in a cell (a mark says so; of positions only whole ones are left out), "
            f"and rows beyond {XLSX_ROWS:,}",
        ),
        library="xlsxwriter", package="XlsxWriter", binary=True, alike="csv", most=XLSX_ROWS,
    ),
    _format(
        "toml", "TOML", "toml", "a bookmark file, as Zeroline keeps them", "toml_", _KEPT,
        loses=("a style of citation: each stays as it was saved",), cites=False, reads=True,
    ),
    _format(
        "bib", "BibTeX", "bib", "the sources, for LaTeX", "bibtex", _SOURCES, loses=(_MERGED,),
        library="bibtexparser", package="bibtexparser", cites=False,
    ),
    _format(
        "ris", "RIS", "ris", "the sources, for Zotero, EndNote and others", "ris", _SOURCES, loses=(_MERGED,),
        library="rispy", package="rispy", cites=False,
    ),
    _format(
        "csl", "CSL-JSON", "csl.json", "the sources, for Zotero and pandoc", "csl_json", _SOURCES,
        loses=(_MERGED,), cites=False,
    ),
)  # fmt: skip

FORMATS: Mapping[str, Format] = MappingProxyType({format.name: format for format in _FORMATS})
"""The formats by the name that options take."""


def format_of(file_name: str) -> Format | None:
    """The format that a file's ending says: of two with the same, the first; of two that fit, the longer."""
    fitting = [one for one in _FORMATS if file_name.lower().endswith(f".{one.ending}")]
    return max(fitting, key=lambda one: len(one.ending), default=None)
