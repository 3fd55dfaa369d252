"""Anchors: what a corpus says of passages it does not carry, to find them in a copy that is not quite the same.

The file, ``anchors.toml``, holds for each statement of a detached source:

- ``exact`` and ``plain``: the first 128 bits of the SHA-256 of the passage's words and signs, and of its words alone,
  quotation marks, dashes, hyphenation, spaces and the like made equal before;
- ``words``, ``head``, ``tail``, ``at``: how many words it has, how many signs stand before and behind them, and which
  word the excerpt begins with;
- ``marks``: three bits of a hash for each pair of neighbouring words;
- ``before`` and ``after``: 16 bits of a hash of the four words on each side;
- ``lead`` and ``trail``: how many words on each side must be the same for the passage to be sure (see
  :mod:`zeroline.sources.context`; 0 at the edge of a paragraph), and 16 bits of a hash of these, and of some more where
  a sentence or paragraph ends with them;
- ``lead_less`` and ``trail_less``: the same as it would be if a passage, sentence or paragraph beside it were missing
  (:mod:`zeroline.sources.absent_context`; at most eight a side, kept only where they differ);
- ``quoted``: that a direct quotation stands in quotation marks; ``named``: how many words before it (or, with a plus,
  behind it) its speaker is named, 32 bits of a hash of that name, and 16 of the three words beside it
  (:mod:`zeroline.sources.attribution`).

What this protects, and what not. No word stands in the file, and none can be read from it: a mark fits every eighth
pair of words there is. What would stand beside a passage if something were missing says which words come together
then, 16 bits of a hash of four words or more at a time: by these, as by the other hashes of what stands beside it, a
guess of words outside the passages can be checked too. But it is no encryption. Whoever has the text, or guesses a
passage whole, can tell that the guess is right (as they could by the locator's SHA-256 alone). And the marks help
guessing: at three bits a pair, with the excerpt as a beginning and a language model to propose what comes next,
somebody determined may work out a passage of which the excerpt leaves only few words open, and narrow down a longer
one. A text that must stay secret must not be fingerprinted; for one that is published, and only not ours to copy, the
file stands in for no reading of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from zeroline.corpus.passages import SourceText, digest
from zeroline.sources.absent_context import Coded
from zeroline.sources.context import Beside
from zeroline.sources.errors import SourceError
from zeroline.sources.passages_sought import Need, Print, Wanted, print_of
from zeroline.sources.words import Words

if TYPE_CHECKING:
    from zeroline.corpus.models import Study

FILE = "anchors.toml"
_HEAD = """\
# Written by “zeroline fingerprint”; not to be edited. Hashes by which passages that this corpus does not carry are
# found in a reader's copy, also where it is wrapped, quoted or slightly worded otherwise. What they do and do not
# give away stands in the README.
"""


class Made(NamedTuple):
    """Anchors by statement, and the statements whose passage is not where their locator says."""

    prints: dict[str, Print]
    missed: list[str]


def fingerprint(wanted: Wanted, text: SourceText) -> Made:
    """The anchors of every statement of a source with a locator, from the text that was coded."""
    words = Beside(Words(text.text))
    prints: dict[str, Print] = {}
    missed: list[str] = []
    needs = [need for need in wanted.needs if need.start >= 0]
    coded = Coded(words, [(need.start, need.end) for need in needs])
    for need in needs:
        print = print_of(need, words) if digest(text.text[need.start : need.end]) == need.sha256 else None
        if print is None:
            missed.append(need.id)
        else:
            before, behind = coded.less(need.start, need.end)
            prints[need.id] = msgspec.structs.replace(print, lead_less=before, trail_less=behind)
    return Made(prints, missed)


def write(study: Study, folder: Path, prints: dict[str, Print], needs: list[Need]) -> Path:
    """Write the corpus's ``anchors.toml``: these anchors, and what it has of statements not among ``needs``.

    Raises SourceError.
    """
    import tomli_w

    from zeroline.bookmarks import files

    mine, statements = {need.id for need in needs}, {s.id for s in study.statement}
    rows: list[dict[str, Any]] = [
        anchor.model_dump(exclude_defaults=True)
        for anchor in study.anchor
        if anchor.id not in mine and anchor.id in statements
    ]
    rows += [{"id": id, **_plain(print)} for id, print in prints.items()]
    path = folder / FILE
    try:
        files.write_atomic(path, (_HEAD + "\n" + tomli_w.dumps({"anchor": rows})).encode())
    except OSError as error:
        raise SourceError(path, f"cannot be written ({error.strerror or error})") from None
    return path


def _plain(print: Print) -> dict[str, Any]:
    said: dict[str, Any] = msgspec.to_builtins(print)
    return {
        key: value
        for key, value in said.items()
        if value not in ("", None, (), []) and value is not False and (value or key not in ("head", "tail"))
    }
