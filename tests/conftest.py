"""What all tests share: how many examples a property is tried on.

``ZEROLINE_TEST_EXAMPLES=1000`` tries each property that names no number of its own on a thousand instead of forty.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("zeroline", max_examples=int(os.environ.get("ZEROLINE_TEST_EXAMPLES", "40")), deadline=None)
settings.load_profile("zeroline")
