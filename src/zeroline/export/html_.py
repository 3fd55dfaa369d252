"""Bookmarks as one web page that needs nothing else: searched, filtered by stance, and printed where it lies.

Nothing in it comes from elsewhere, and a browser is told to fetch nothing: the page's own policy allows its one style
and its one script, by their hashes, and nothing else. Text of a corpus is escaped, and kept apart from the page's
direction of writing. Without scripts everything is there to be read.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from zeroline.bookmarks.model import Bookmark
from zeroline.export import layout
from zeroline.export.entries import Entry, citation_runs, entry_in
from zeroline.export.formats import Options
from zeroline.export.signs import holdable
from zeroline.text.dates import in_words


def write(bookmarks: Iterable[Bookmark], options: Options) -> Iterator[str]:
    """The page: what it is, the search box and the filter, the entries in the reader's order."""
    style, script = _asset("page.css"), _asset("page.js")
    day = in_words(options.accessed.isoformat())
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'"
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="generator" content="Zeroline">\n'
        f"<title>Zeroline bookmarks, {_text(day)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>Bookmarks</h1>\n<p>Exported by Zeroline on {_text(day)}. {layout.SIGNS}</p>\n"
        '<form id="controls" role="search" hidden>\n'
        '<label>Search <input id="search" type="search" autocomplete="off" spellcheck="false"></label>\n'
        '<fieldset id="stances"><legend>Stance</legend></fieldset>\n'
        '<output id="count" aria-live="polite"></output>\n</form>\n</header>\n<main id="entries">\n'
    )
    for bookmark in bookmarks:
        yield "".join(_article(entry_in(bookmark, options)))
    yield f"</main>\n<script>{script}</script>\n</body>\n</html>\n"


def _article(entry: Entry) -> Iterator[str]:
    yield f'<article data-kind="{escape(entry.kind or "unknown")}">\n'
    if words := layout.quotation(entry):
        caveat = f'<p class="reason">{_bdi(entry.passage_caveat)}</p>' if entry.passage_caveat else ""
        yield f"<blockquote>{_lines(words)}{caveat}</blockquote>\n"
    name, about = layout.who(entry)
    yield f'<h2>{_bdi(name)} <span class="about">{_bdi(about)}</span></h2>\n'
    if found := list(layout.positions(entry)):
        yield '<ul class="positions">\n'
        for one in found:
            reason = f' <span class="reason">Reason: {_bdi(one.reason)}</span>' if one.reason else ""
            yield (
                f'<li data-stance="{escape(holdable(one.stance))}" data-sign="{one.sign}"><span>{one.sign}</span> '
                f"{_bdi(one.words)}{reason}</li>\n"
            )
        yield "</ul>\n"
    elif layout.takes_no_position(entry):
        yield '<p class="none">No position coded.</p>\n'
    if figures := list(layout.figures(entry)):
        notes = (f' <span class="reason">Coders’ note: {_bdi(note)}</span>' if note else "" for _, note in figures)
        rows = (f"<li>{_bdi(words)}{note}</li>\n" for (words, _), note in zip(figures, notes, strict=True))
        yield f'<ul class="figures">\n{"".join(rows)}</ul>\n'
    rows = (
        f"<div><dt>{label}</dt><dd>{_field(entry, label, text)}</dd></div>\n" for label, text in layout.fields(entry)
    )
    yield f"<dl>\n{''.join(rows)}</dl>\n</article>\n"


def _field(entry: Entry, label: str, text: str) -> str:
    if not (layout.is_citation(label) and entry.marked_citation):
        return _lines(text)
    runs = (f"<i>{_text(run.text)}</i>" if run.italic else _text(run.text) for run in citation_runs(entry))
    return f"<bdi>{''.join(runs)}</bdi>"


def _text(text: str) -> str:
    return escape(holdable(text))


def _bdi(text: str) -> str:
    return f"<bdi>{_text(text)}</bdi>"


def _lines(text: str) -> str:
    """Lines as they are, each with a direction of writing of its own."""
    return "<br>\n".join(_bdi(line) for line in holdable(text).split("\n"))


@cache
def _asset(name: str) -> str:
    return (files("zeroline.export") / "assets" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
