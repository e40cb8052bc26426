"""The examples print what `tests/examples/` shows: a transcript for each script, by its name."""

import tempfile
from functools import partial
from pathlib import Path

import pytest
import transcripts
from golden import Golden, hold
from systems import posix

from betatech_milestones import check

EXAMPLES = transcripts.ROOT / "examples"
TRANSCRIPTS = Path(__file__).parent / "examples"


@posix
@pytest.mark.parametrize("script", sorted(EXAMPLES.glob("*.py")), ids=lambda script: script.stem)
def test_script_prints_its_transcript(script: Path, tmp_path: Path) -> None:
    """Every script is run as its transcript says, and prints exactly what stands there."""
    file = TRANSCRIPTS / f"{script.stem}.txt"
    transcript = file.read_text(encoding="utf-8")
    assert f"$ python examples/{script.name}\n" in transcript
    hold(file, transcripts.replayed(transcript, transcripts.workplace(tmp_path)))


def golden() -> Golden:
    """Return what writes each transcript: its commands, run again."""
    return {file: partial(_replayed, file) for file in sorted(TRANSCRIPTS.iterdir())}


def _replayed(file: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        transcript = file.read_text(encoding="utf-8")
        return transcripts.replayed(transcript, transcripts.workplace(Path(folder)))


def test_every_transcript_has_a_script() -> None:
    """What is left of a script that went is noticed."""
    assert {file.stem for file in TRANSCRIPTS.iterdir()} == {
        script.stem for script in EXAMPLES.glob("*.py")
    }


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.toml")), ids=lambda file: file.stem)
def test_programme_is_sound(file: Path) -> None:
    """Every data file among the examples is without a problem."""
    assert check(file) == ()
