"""The names of the commands, without importing them (or click): the start of the explorer needs nothing else."""

from __future__ import annotations

COMMANDS: dict[str, str] = {
    "explore": "zeroline.cli.explore",
    "overview": "zeroline.cli.overview",
    "statements": "zeroline.cli.statements",
    "speakers": "zeroline.cli.speakers",
    "events": "zeroline.cli.events",
    "show": "zeroline.cli.show",
    "bookmarks": "zeroline.cli.bookmarks",
    "attach": "zeroline.cli.attach",
    "detach": "zeroline.cli.detach",
    "sources": "zeroline.cli.sources",
    "verify": "zeroline.cli.verify",
    "decide": "zeroline.cli.decide",
    "check": "zeroline.cli.check",
    "fingerprint": "zeroline.cli.fingerprint",
    "import": "zeroline.cli.import_",
    "info": "zeroline.cli.info",
    "completion": "zeroline.cli.completion",
}
"""Every command of ``zeroline`` and the module that holds it, as an attribute called ``command``."""

CORPUS_VARIABLE = "ZEROLINE_CORPUS"
"""The environment variable that names the corpus to use where none is named on the command line."""
