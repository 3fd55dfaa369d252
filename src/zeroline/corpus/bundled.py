"""Where a corpus is: the bundled one, or the folder the reader names."""

from __future__ import annotations

from pathlib import Path

from zeroline.corpus.problems import CorpusError, Problem

_PACKAGE = Path(__file__).resolve().parent.parent


def bundled() -> Path:
    """The folder of the bundled Kursk corpus.

    An installed wheel has it inside the package (``zeroline/bundled_corpora/kursk``), a source checkout, which an
    editable install also runs from, beside ``src`` (``corpus/kursk``). Raises CorpusError when it is in neither.
    """
    places = (_PACKAGE / "bundled_corpora" / "kursk", _PACKAGE.parent.parent / "corpus" / "kursk")
    for folder in places:
        if (folder / "corpus.toml").is_file():
            return folder
    raise CorpusError(
        [Problem(str(places[0]), None, "", "the bundled corpus is missing", "install Zeroline again, or name a folder")]
    )


def resolve(folder: str | None) -> Path:
    """The folder to open: the one named (``~`` is the reader's home), or the bundled corpus when none is."""
    if folder is None:
        return bundled()
    path = Path(folder)
    try:
        return path.expanduser()
    except RuntimeError:  # “~nobody”, who has no home: the path as typed is what the reader must see in the error
        return path
