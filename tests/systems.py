"""What the tests ask of the system they run on, and how long they wait for it."""

import os

import pytest

PATIENCE_SECONDS = 600
"""How long a test waits for another process: it ends what hangs, and nothing that is slow."""

posix = pytest.mark.skipif(
    os.name != "posix", reason="needs a POSIX system: its shell, its devices or its file modes"
)
