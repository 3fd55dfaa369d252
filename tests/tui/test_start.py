"""What is settled before Textual is imported, which reads its environment but once."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

STARTED = """
import sys
from pathlib import Path
from zeroline.tui import engine, start

def stop(self):
    assert not any(name.startswith("textual") for name in sys.modules)
    raise KeyboardInterrupt

engine.Engine.start = stop
try:
    start.explore(Path("."))
except KeyboardInterrupt:
    from textual.constants import ESCAPE_DELAY
    print(ESCAPE_DELAY)
"""


@pytest.mark.parametrize(("given", "seconds"), [(None, "0.03"), ("250", "0.25")])
def test_esc_is_obeyed_soon_unless_the_reader_says_otherwise(given: str | None, seconds: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "ESCDELAY"}
    if given:
        environment["ESCDELAY"] = given
    done = subprocess.run([sys.executable, "-c", STARTED], env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == (seconds, "")
