"""Starting the explorer: the corpus is opened while Textual is still being imported, so that one frame shows it all."""

from __future__ import annotations

import gc
from pathlib import Path


def explore(folder: Path) -> int:
    """Run the explorer on a corpus folder; the exit code."""
    # Start-up makes nothing but objects that stay: collecting while it runs costs a tenth of a second for nothing.
    # ZerolineApp turns the collector on again after the first frame.
    gc.disable()
    from zeroline.tui.engine import Engine

    engine = Engine(folder)
    engine.start()
    from zeroline.tui.app import ZerolineApp

    app = ZerolineApp(engine)
    app.run()
    return app.return_code or 0
