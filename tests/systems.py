"""What the tests ask of the system they run on, and how long they wait for it."""

import os

import pytest

PATIENCE_SECONDS = 600
"""How long a test waits for another process: it ends what hangs, and nothing that is slow."""

root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files to others"
)
posix = pytest.mark.skipif(
    os.name != "posix", reason="needs a POSIX system: its shell, its devices or its file modes"
)
