"""Other people's programs that the tests run, to see what they make of what is published."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from systems import PATIENCE_SECONDS


def needs(module: str) -> None:
    """Skip a test, saying why, where another program is not installed."""
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} is not installed")


def run(module: str, *arguments: str | Path) -> str:
    """Return what another program prints; the test fails where the program does.

    It has a process of its own: its warnings are not ours.
    """
    needs(module)
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "no_proxy": "127.0.0.1"},
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
