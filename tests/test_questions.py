"""The notebook among the examples: run again from its beginning, it shows what it shows."""

import copy
import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from golden import Golden, hold
from transcripts import ROOT

NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)


@pytest.mark.slow
@each_notebook
def test_a_notebook_shows_what_its_cells_make(file: Path) -> None:
    """Every cell is run, and what it prints and shows is what stands below it."""
    for needed in ("nbclient", "ipykernel", "nanoarrow", "polars"):
        pytest.importorskip(needed)
    hold(file, executed(file))


def golden() -> Golden:
    """Return what writes each notebook: its cells, run again."""
    return {file: partial(executed, file) for file in NOTEBOOKS}


def executed(file: Path) -> str:
    """Return a notebook with what its cells show; nothing of this machine, and no time."""
    import nbformat
    from nbclient import NotebookClient

    notebook: Any = nbformat.read(file, as_version=4)
    kept = copy.deepcopy(notebook.metadata)
    NotebookClient(notebook, timeout=120, record_timing=False, coalesce_streams=True).execute()
    notebook.metadata = kept  # without the version of this machine's Python
    return f"{json.dumps(notebook, indent=1, ensure_ascii=False)}\n"


@each_notebook
def test_a_notebook_is_small_and_of_no_machine(file: Path) -> None:
    """It is under 300 kB, as few as its pictures need, and names no folder."""
    text = file.read_text(encoding="utf-8")
    assert len(text.encode()) < 300_000
    for word in ("/home/", "/Users/", "\\\\Users", "site-packages", "Traceback"):
        assert word not in text
    assert str(ROOT) not in text
