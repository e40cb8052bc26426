"""Which data file is meant where none is named, or a folder is."""

import pickle
from pathlib import Path

import pytest
from programmes import PROGRAMME

from betatech_milestones import BetatechError, load
from betatech_milestones.datafile import find as find_module
from betatech_milestones.datafile.find import NoDataFile, find, find_all, shipped
from betatech_milestones.datafile.load import load_example

OTHER = PROGRAMME.replace('id = "science"', 'id = "other"')
REMEDY = (
    "name a file, make one with betatech-milestones init, "
    "or look at the example with --example (in Python: load_example())"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with nothing in it but a folder for data."""
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_data_of_the_current_folder_is_found(folder: Path) -> None:
    """First where it has it itself, then in `data`; its path is the short one."""
    (folder / "data" / "milestones.toml").write_text(OTHER, encoding="utf-8")
    assert (find(), load().id) == (Path("data", "milestones.toml"), "other")
    (folder / "milestones.toml").write_text(PROGRAMME, encoding="utf-8")
    assert (find(), load().id) == (Path("milestones.toml"), "science")
    assert load().path == "milestones.toml"


@pytest.mark.parametrize("named", ["plan", Path("plan"), "./plan", "plan/"])
def test_a_folder_is_looked_into(named: str | Path, folder: Path) -> None:
    """The same two places, below the folder that is named."""
    (folder / "plan" / "data").mkdir(parents=True)
    (folder / "plan" / "data" / "milestones.toml").write_text(OTHER, encoding="utf-8")
    assert load(named).path == str(Path("plan", "data", "milestones.toml"))
    (folder / "plan" / "milestones.toml").write_text(PROGRAMME, encoding="utf-8")
    assert load(named).path == str(Path("plan", "milestones.toml"))


def test_a_file_is_itself(folder: Path) -> None:
    """Whatever its name, and whatever there is beside it."""
    (folder / "milestones.toml").write_text(PROGRAMME, encoding="utf-8")
    (folder / "other.toml").write_text(OTHER, encoding="utf-8")
    assert load("other.toml").id == "other"
    with pytest.raises(FileNotFoundError, match=r"No such file.*: 'missing\.toml'$"):
        load("missing.toml")


@pytest.mark.usefixtures("folder")
def test_a_name_that_is_too_long_is_no_folder() -> None:
    """What the system says of such a file is what is said."""
    with pytest.raises(OSError, match=r"name too long|No such file"):  # the latter is of Windows
        load("a" * 5000)
    assert find_all("a" * 5000) == (Path("a" * 5000),)


MISSING = {
    None: f"no milestones.toml and no data/milestones.toml here: {REMEDY}",
    "data": f"no milestones.toml and no data/milestones.toml in data: {REMEDY}",
    ".": f"no milestones.toml and no data/milestones.toml in .: {REMEDY}",
    "": "the name of the data file is empty; write it, or leave it out",
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_told_with_a_remedy(path: str | None) -> None:
    """Nobody gets somebody else's promises: the example is for those who ask for it."""
    with pytest.raises(NoDataFile) as raised:
        load(path)
    assert str(raised.value) == MISSING[path]
    assert isinstance(raised.value, BetatechError)
    assert isinstance(raised.value, FileNotFoundError)


@pytest.mark.parametrize(
    ("files", "instead"),
    [
        (["b.toml", "a.toml"], "but several programmes: name one of them, such as {}a.toml"),
        (["plan.toml"], "but one programme: name it, {}plan.toml"),
        (
            ["portfolio.toml", "a.toml"],
            "but several programmes: name one of them, such as {}a.toml",
        ),
        (
            ["portfolio.toml"],
            "but several programmes: name one of the files in {}portfolio.toml",
        ),
    ],
)
def test_what_is_there_instead_is_named(folder: Path, files: list[str], instead: str) -> None:
    """Who has programmes needs no new one, and what takes one programme takes none of several."""
    for name in files:
        text = "[portfolio]\n" if name == "portfolio.toml" else PROGRAMME
        (folder / "data" / name).write_text(text, encoding="utf-8")
    where = str(Path("data", "x"))[:-1]
    with pytest.raises(NoDataFile) as raised:
        find("data")
    assert str(raised.value) == (
        f"no milestones.toml and no data/milestones.toml in data, {instead.format(where)}"
    )


def test_the_error_can_be_sent_elsewhere() -> None:
    """It survives pickling, as between processes."""
    again = pickle.loads(pickle.dumps(NoDataFile("no file")))  # noqa: S301  made in this line
    assert (type(again), str(again)) == (NoDataFile, "no file")


def test_a_folder_of_that_name_is_no_file(folder: Path) -> None:
    """It is passed over, and the next place is looked at."""
    (folder / "milestones.toml").mkdir()
    (folder / "data" / "milestones.toml").write_text(PROGRAMME, encoding="utf-8")
    assert find() == Path("data", "milestones.toml")


@pytest.mark.usefixtures("folder")
def test_the_example_is_there_wherever_one_is() -> None:
    """It is the programme that ships, from the repository or from the package."""
    assert load_example().id == "betatech"
    assert load_example().path == str(shipped())


def test_an_installed_package_has_its_example_beside_its_rooms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There the one of the package counts, and no folder above it is looked at."""
    (tmp_path / "milestones.toml").write_text(PROGRAMME, encoding="utf-8")
    monkeypatch.setattr(find_module, "__file__", str(tmp_path / "datafile" / "find.py"))
    assert load_example().id == "science"


# --- several files --------------------------------------------------------------------------------

FOLDERS: dict[str, tuple[dict[str, str], list[str]]] = {
    "one file": ({"milestones.toml": PROGRAMME}, ["milestones.toml"]),
    "one below data": ({"data/milestones.toml": PROGRAMME}, ["data/milestones.toml"]),
    "several, in the order of their names": (
        {"b.toml": PROGRAMME, "a.toml": OTHER, "milestones.toml": ""},
        ["a.toml", "b.toml", "milestones.toml"],
    ),
    "those that hold a programme": (
        {
            "plan.toml": "# sound or not\n [ programme ]\nid",
            "dotted.toml": 'programme.id = "x"',
            "inline.toml": "programme = {}",
            "pyproject.toml": "[project]\n",
            "words.toml": 'about = "a [programme]"\n[programmes]\n',
            ".hidden.toml": PROGRAMME,
            "plan.txt": PROGRAMME,
            "below/deeper.toml": PROGRAMME,
        },
        ["dotted.toml", "inline.toml", "plan.toml"],
    ),
    "a portfolio, and nothing else": (
        {"portfolio.toml": "", "milestones.toml": PROGRAMME},
        ["portfolio.toml"],
    ),
}


@pytest.mark.parametrize("case", FOLDERS)
def test_a_folder_stands_for_all_that_it_holds(case: str, folder: Path) -> None:
    """Every programme in it, or the portfolio that names them."""
    files, expected = FOLDERS[case]
    for name, text in files.items():
        file = folder / "plan" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / "plan" / "z.toml").mkdir()
    assert find_all("plan") == tuple(Path("plan", *name.split("/")) for name in expected)


def test_a_file_is_all_that_its_name_means(folder: Path) -> None:
    """Whether it is there is for who reads it to tell; no name is none."""
    (folder / "sound.toml").write_text(PROGRAMME, encoding="utf-8")
    assert find_all("sound.toml") == (Path("sound.toml"),)
    assert find_all("missing.toml") == (Path("missing.toml"),)
    with pytest.raises(NoDataFile, match=r"^the name of the data file is empty"):
        find_all("")
    with pytest.raises(NoDataFile, match=r"^no milestones\.toml and no .* in data: name a file"):
        find_all("data")


def test_the_portfolio_of_the_current_folder_is_found_first(folder: Path) -> None:
    """Without one it is the data file of that folder, and never all that lies about in it."""
    for name in ("milestones.toml", "draft.toml"):
        (folder / name).write_text(PROGRAMME, encoding="utf-8")
    assert find_all() == (Path("milestones.toml"),)
    (folder / "portfolio.toml").write_text("", encoding="utf-8")
    assert find_all() == (Path("portfolio.toml"),)


def test_what_cannot_be_read_is_for_others_to_tell(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that nobody may look into could hold a programme."""
    (folder / "plan.toml").write_text(PROGRAMME, encoding="utf-8")

    def refused(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refused)
    assert find_all(".") == (Path("plan.toml"),)
