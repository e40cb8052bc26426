"""Each property holds of some examples, and of every folder of the corpus."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from campaign import Turn
from documents import DATA, Folder
from hypothesis import given, settings
from properties import PROPERTIES
from properties_fuzzer import fuzz_one_input

HERE = Path(__file__).parent
CASES = sorted(case for case in (HERE / "corpus").glob("*/*") if case.is_dir())


@pytest.mark.slow
@pytest.mark.parametrize("name", PROPERTIES)
def test_property(name: str) -> None:
    """It holds of what is drawn: the same each time in CI, and something else anywhere else.

    Of no more than any other test of a property has: tests/conftest.py.
    """
    one = PROPERTIES[name]

    @settings(max_examples=min(one.examples, settings().max_examples))
    @given(one.folders)
    def holds(folder: Folder) -> None:
        one.holds(folder)

    holds()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_corpus(case: Path) -> None:
    """What was found once is not found again."""
    folder = {path.name: path.read_bytes() for path in case.iterdir()}
    PROPERTIES[case.parent.name].holds(folder)


# --- the long run ---------------------------------------------------------------------------------


def test_bytes_are_examples() -> None:
    """What a fuzzer that measures coverage makes up is an example of the same property."""
    seen: list[Folder] = []
    fuzz_one_input("a_data_file_is_read_or_refused", seen.append)(bytes(100))
    assert [[*folder] for folder in seen] == [[DATA]]


@pytest.mark.slow
def test_a_turn_keeps_the_smallest_that_fails_and_goes_on(tmp_path: Path) -> None:
    """Each way to fail is kept once, and ends nothing; one that was known is passed over."""

    def fails(folder: Folder) -> bool:
        if not folder[DATA]:
            raise LookupError("known")
        assert len(folder[DATA]) < 3, "long"
        return True

    turn = Turn(fails, tmp_path, {f"LookupError test_fuzz.py:{fails.__code__.co_firstlineno + 2}"})
    turn.by_hypothesis("a_data_file_is_read_or_refused", seconds=3, number=0)
    (told,) = (tmp_path / "failed").glob("*.json")
    found = json.loads(told.read_bytes())
    assert found["how"] == f"AssertionError test_fuzz.py:{fails.__code__.co_firstlineno + 3}"
    assert found["size"] == len((told.with_suffix("") / DATA).read_bytes()) == 3
    assert "AssertionError: long" in found["why"]
    numbers = json.loads((tmp_path / "numbers.json").read_bytes())
    assert 0 < numbers["to_the_point"] < numbers["examples"]


@pytest.mark.slow
def test_a_campaign_says_what_it_came_to(tmp_path: Path) -> None:
    """A line for each property, with its examples, and 0 where nothing failed."""
    options = ["--only", "a_baseline", "--workers", "1", "--found", str(tmp_path)]
    ran = subprocess.run(
        [sys.executable, HERE / "campaign.py", "0.02", *options],
        capture_output=True,
        text=True,
        check=True,
    )
    heading, row, together = ran.stdout.splitlines()
    assert " ".join(heading.split()) == "property turns seconds examples to the point failed"
    name, turns, _, examples, _, failed = row.split()
    assert (name, turns, failed) == ("a_baseline_is_read_or_refused", "1", "0")
    assert int(examples) > 0
    assert together.split()[0] == "together"
    assert [*tmp_path.iterdir()] == []
