"""A corpus with the copies attached to it: every statement's place, worked out once and opened at once afterwards.

``find`` gives what was worked out before, where corpus, register and decisions are still as they were (names, sizes and
times of files; no TOML is read). ``build`` works it out. ``open`` is the one or the other. What is worked out lies in
the cache folder of the corpus and can always be deleted.
"""

from __future__ import annotations

import contextlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zeroline.bookmarks import files
from zeroline.corpus.files import SOURCES
from zeroline.corpus.passages import SourceText, read_source
from zeroline.index.cache import cache_folder, cache_home
from zeroline.index.fingerprint import Fingerprint, take
from zeroline.sources import disk
from zeroline.sources.errors import SourceError
from zeroline.sources.model import Anchored, Copy, State, Verdict
from zeroline.sources.store import copies, text_of
from zeroline.sources.view import Paragraph as Paragraph
from zeroline.sources.view import Said as Said
from zeroline.sources.view import View as View

if TYPE_CHECKING:
    from collections.abc import Callable

    from zeroline.sources.choose_source import Chosen
    from zeroline.sources.passages_sought import Wanted

FILE = "anchored.json"
FORMAT = 8
NO_SOURCE: State = "no source"


class _File(msgspec.Struct):
    format: int
    folder: str
    corpus: str
    files: dict[str, tuple[int, int, str]]
    kept: list[tuple[int, int] | None]
    views: list[View]


class Attached:
    """A corpus with its copies. ``views`` are its sources, in their order."""

    def __init__(self, folder: Path, corpus: str, views: list[View]) -> None:
        self.folder, self.corpus, self.views = folder, corpus, views
        self._texts: dict[str, SourceText] = {}

    @cached_property
    def _by_statement(self) -> dict[str, tuple[View, int]]:
        return {said.id: (view, at) for view in self.views for at, said in enumerate(view.said)}

    def view(self, source: str) -> View | None:
        """A source by its id."""
        return next((view for view in self.views if view.id == source), None)

    def view_of(self, statement: str) -> View | None:
        """The source a statement is from."""
        found = self._by_statement.get(statement)
        return found[0] if found else None

    def of(self, statement: str) -> Anchored:
        """How a statement stands: “no source” where nothing is attached, and for a statement that is not known."""
        found = self._by_statement.get(statement)
        return found[0].anchored[found[1]] if found else Anchored(statement, NO_SOURCE)

    def said(self, statement: str) -> Said | None:
        """What the skeleton knows of a statement."""
        found = self._by_statement.get(statement)
        return found[0].said[found[1]] if found else None

    def text(self, source: str) -> SourceText | None:
        """The text of a source's copy, with its paragraphs; None where none is attached. Raises SourceError."""
        view = self.view(source)
        if view is None or view.copy is None or view.trouble:
            return None
        if source not in self._texts:
            self._texts[source] = _text(self.folder, view.copy, view.carried)
        return self._texts[source]

    def passage(self, statement: str) -> str | None:
        """The wording at a statement's place in the copy (a proposal's too); None where it has none."""
        anchored, view = self.of(statement), self.view_of(statement)
        text = self.text(view.id) if view and anchored.start >= 0 else None
        return text.text[anchored.start : anchored.end] if text else None

    def proven(self, statement: str) -> str | None:
        """The wording where it is verbatim or normalised, or a proposal the reader has accepted; else None."""
        anchored = self.of(statement)
        decided = anchored.proposal.decision if anchored.proposal else None
        sure = anchored.state in ("verbatim", "normalised") or (decided and decided.verdict == "accepted")
        return self.passage(statement) if sure else None

    def in_paragraph(self, statement: str) -> tuple[str, int, int] | None:
        """The paragraphs a place stands in, and where in them it begins and ends; None where it has no place."""
        anchored, view = self.of(statement), self.view_of(statement)
        text = self.text(view.id) if view and anchored.start >= 0 else None
        if text is None:
            return None
        first = max(text.paragraph(anchored.start) - 1, 0)
        around = [s for s in text.paragraphs[first : text.paragraph(anchored.end)] if s[0] < anchored.end]
        around = [s for s in around if anchored.start < s[1]]
        start = min([anchored.start, *(a for a, _ in around)])
        end = max([anchored.end, *(b for _, b in around)])
        return text.text[start:end], anchored.start - start, anchored.end - start

    def decide(self, statement: str, verdict: Verdict | None, by: str = "") -> Anchored:
        """Accept or refuse a proposal, or take that back (None); it is kept. Raises SourceError."""
        from zeroline.sources import decisions

        anchored, said = self.of(statement), self.said(statement)
        decisions.decide(self.corpus, said.sha256 if said else "", anchored, verdict, by)
        found = _load(cache_folder(self.folder) / FILE)
        if found is not None and found.corpus == self.corpus:  # kept with the new times of the register
            _keep(self.folder, self, found.files)
        return anchored


def find(folder: Path) -> Attached | None:
    """What was worked out before, where nothing has changed since; None where it must be built (again)."""
    return _fresh(_load(cache_folder(folder) / FILE), folder)


def known(corpus: str) -> Attached | None:
    """What was worked out for the corpus of an id, wherever its folder is; None where nothing fresh is known."""
    files_ = [path for path in cache_home().glob(f"*/{FILE}") if path.is_file()]
    for path in sorted(files_, key=lambda path: -path.stat().st_mtime):
        found = _load(path)
        if found is not None and found.corpus == corpus and (fresh := _fresh(found, Path(found.folder))):
            return fresh
    return None


def _fresh(found: _File | None, folder: Path) -> Attached | None:
    if found is None or found.kept != looks() or not Fingerprint(found.files).looks_fresh(folder):
        return None
    return Attached(folder, found.corpus, found.views)


def open(folder: Path, tell: Callable[[int, int], None] | None = None) -> Attached:
    """A corpus with its copies. Raises CorpusError for a corpus with problems, SourceError for a broken register."""
    return find(folder) or build(folder, tell)


def glance(folder: Path) -> Attached | None:
    """A corpus with its copies where it may have any; None where none is attached here and none is in it.

    For what must not wait for a large corpus that has no copies. Raises as :func:`open` does.
    """
    if (found := find(folder)) is not None:
        return found
    any_ = (disk.home() / disk.REGISTER).exists() or next((folder / SOURCES).glob("*.txt"), None)
    return build(folder) if any_ else None


def build(
    folder: Path, tell: Callable[[int, int], None] | None = None, ready: tuple[str, Chosen] | None = None
) -> Attached:
    """Find every statement in the copies attached, and keep the outcome. Raises as :func:`open` does.

    ``ready`` is the SHA-256 of a text in which the statements of a source have just been looked for.
    """
    from zeroline.corpus.check import load_checked
    from zeroline.sources.decisions import apply, decisions
    from zeroline.sources.passages_sought import gather

    kept, of_files = looks(), take(folder).files
    study = load_checked(folder)
    corpus = study.corpus.id
    mine = {copy.source: copy for copy in copies(corpus)}
    made = decisions(corpus)
    views = []
    for wanted in gather(study, folder, set(mine)).values():
        view = blank(wanted)
        try:
            text = _copy(view, wanted, corpus, mine.get(wanted.id))
            if text is not None:
                if ready is not None and ready[0] == text.sha256 and ready[1].wanted == wanted:
                    view.anchored = ready[1].anchored
                else:
                    view.anchored = _anchor(wanted, text, tell)
                if view.copy is not None:
                    of_reader(view.anchored, view.copy.kind)
                apply(view.anchored, wanted.needs, made)
        except SourceError as error:
            view.trouble = str(error)
        views.append(view)
    attached = Attached(folder, corpus, views)
    if kept == looks():
        _keep(folder, attached, of_files)
    return attached


def blank(wanted: Wanted) -> View:
    """A source with nothing attached."""
    said = [
        Said(n.id, n.speaker, n.attribution, n.paragraph, n.start, n.end, n.excerpt, n.sha256 or "")
        for n in wanted.needs
    ]
    orphans = [Anchored(n.id, NO_SOURCE) for n in wanted.needs]
    return View(
        wanted.id,
        wanted.title,
        wanted.paragraphs,
        wanted.sections,
        said,
        orphans,
        carried=wanted.carried,
        more=wanted.more,
    )


def _anchor(wanted: Wanted, text: SourceText, tell: Callable[[int, int], None] | None) -> list[Anchored]:
    from zeroline.sources.ladder import anchor

    return anchor(wanted, text, tell)


def of_reader(anchored: list[Anchored], kind: str) -> None:
    """Say of a page that it is the text read from it that lacks a passage: the page itself may have had it."""
    for it in anchored if kind == "html" else ():
        if it.state == "orphan":
            it.why = it.why.replace(
                "nothing in the copy is near it", "nothing in the article read from the page is near it"
            )


def _copy(view: View, wanted: Wanted, corpus: str, copy: Copy | None) -> SourceText | None:
    """The text of a source, if there is one, its copy noted in the view."""
    if wanted.text is not None and wanted.carried is not None:
        text = wanted.text
        view.copy = Copy(
            corpus, wanted.id, text.sha256, len(text.text), len(text.paragraphs), "carried", wanted.carried
        )
        return text
    view.copy = copy
    return text_of(copy) if copy else None


def _text(folder: Path, copy: Copy, carried: str | None) -> SourceText:
    if carried is None:
        return text_of(copy)
    try:
        return read_source(folder, carried)
    except (OSError, ValueError) as error:
        raise SourceError(carried, f"cannot be read ({error})") from None


def looks() -> list[tuple[int, int] | None]:
    """How the reader's files look: size and time of register and decisions, None for one that is not there."""
    found: list[tuple[int, int] | None] = []
    for name in (disk.REGISTER, disk.DECISIONS):
        try:
            about = (disk.home() / name).stat()
            found.append((about.st_size, about.st_mtime_ns))
        except OSError:
            found.append(None)
    return found


def _load(path: Path) -> _File | None:
    try:
        found = msgspec.json.decode(path.read_bytes(), type=_File)
    except (OSError, msgspec.DecodeError, ValueError):
        return None
    return found if found.format == FORMAT else None


def _keep(folder: Path, attached: Attached, of_files: dict[str, tuple[int, int, str]]) -> None:
    """Write the outcome for the next time; where that cannot be, it is only worked out again."""
    made = _File(FORMAT, str(folder.resolve()), attached.corpus, of_files, looks(), attached.views)
    path = cache_folder(folder) / FILE
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write_atomic(path, msgspec.json.encode(made))
