"""Each property holds of some examples, and of every folder of the corpus."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from properties import PROPERTIES

CORPUS = Path(__file__).parent / "corpus"
CASES = sorted(path.parent for path in CORPUS.glob("*/*/*"))


@pytest.mark.slow
@pytest.mark.parametrize("name", PROPERTIES)
def test_property(name: str) -> None:
    """It holds of what is drawn: the same each time in CI, and something else anywhere else."""
    one = PROPERTIES[name]

    @settings(max_examples=one.examples)
    @given(one.folders)
    def holds(folder: dict[str, bytes]) -> None:
        one.holds(folder)

    holds()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_corpus(case: Path) -> None:
    """What was found once is not found again."""
    folder = {path.name: path.read_bytes() for path in case.iterdir()}
    PROPERTIES[case.parent.name].holds(folder)
