"""Starting the explorer: the corpus is opened while Textual is still being imported, so that one frame shows it all."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path


def explore(folder: Path) -> int:
    """Run the explorer on a corpus folder; the exit code."""
    # Start-up makes nothing but objects that stay: collecting while it runs costs a tenth of a second for nothing.
    # Afterwards it works while the reader does nothing: see zeroline.tui.collector.
    gc.disable()
    # An answer is painted within 4 ms of its coming, not within 33: a timer of Textual's that is late skips a beat. No
    # more is painted for it, since what does not change is not painted.
    os.environ.setdefault("TEXTUAL_FPS", "500")
    # The engine's thread gets its turn at once while the screen is being drawn.
    sys.setswitchinterval(0.0001)
    from zeroline.tui.engine import Engine

    engine = Engine(folder)
    engine.start()
    from zeroline.tui.app import ZerolineApp

    app = ZerolineApp(engine)
    app.run()
    return app.return_code or 0
