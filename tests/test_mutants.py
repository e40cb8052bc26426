"""What `nox -s mutants` changes, and that its list of survivors is of the code as it is."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("resource", reason="forks, as only POSIX systems can")
pytest.importorskip("mutmut", reason="is in the extra `mutants`")

import mutants

HERE = Path(__file__).parent
TABLE: dict[str, Any] = tomllib.loads((HERE / "mutants.toml").read_text(encoding="utf-8"))


def test_what_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables, bodies of classes, defaults and decorated functions too; no type and no decorator."""
    monkeypatch.setattr(mutants, "PACKAGE", tmp_path)
    path = tmp_path / "module.py"
    path.write_text(
        'WORDS = {"a": 1}\n'
        "class Plan:\n"
        '    days: "int" = 2\n'
        "    @property\n"
        "    def is_due(self, on: int = 0) -> bool:\n"
        "        return on < self.days\n"
        "    def told(self):\n"
        "        if self.days:\n"
        '            return "yes"\n',
        encoding="utf-8",
    )
    made = mutants.mutants(path)
    assert [(m.line, m.now, m.function) for m in made] == [
        (1, "WORDS = None", None),
        (1, 'WORDS = {"XXaXX": 1}', None),
        (1, 'WORDS = {"a": 2}', None),
        (3, 'days: "int" = None', None),
        (3, 'days: "int" = 3', None),
        (5, "def is_due(self, on: int = 1) -> bool:", None),
        (6, "return on <= self.days", ("Plan.is_due", 4)),
        (8, "if not (self.days):", ("Plan.told", 7)),
        (9, 'return "XXyesXX"', ("Plan.told", 7)),
    ]


@pytest.mark.parametrize("survivor", TABLE["survivor"], ids=lambda entry: entry["module"])
def test_what_survives_is_still_there(survivor: dict[str, Any]) -> None:
    """Each survivor has a reason, and stands for changes of lines that the module has."""
    assert len({"equivalent", "because"} & survivor.keys()) == 1
    source = (mutants.PACKAGE / survivor["module"]).read_text(encoding="utf-8")
    assert survivor["was"] in " ".join(source.split())
    assert survivor["now"]
    assert survivor["was"] not in survivor["now"]
