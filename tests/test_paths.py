"""What is published can be checked out, copied and served on every system."""

import datetime as dt
import re
import string
from pathlib import Path

import pytest
from programmes import PROGRAMME
from test_portfolio import PORTFOLIO, SCHOOLS, SCIENCE, write

from betatech_milestones import BadValue, load_portfolio, loads, publish_portfolio, site
from betatech_milestones.voice.paths import file_name, is_device

DAY = dt.date(2016, 1, 1)
ADDRESS = "https://example.org/promises/"
DEVICES = [
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)),
]
"""The names of devices that an id can be, as the documentation of Windows has them."""
LEFT_OVER = set(string.ascii_lowercase + string.digits + "-./")
"""What a path is made of: nothing that Windows, a shell or an address takes for something else."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a programme."""
    write(tmp_path, "science.toml", SCIENCE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def unsound(path: str) -> str:
    """What keeps a path from being one everywhere, or nothing."""
    for part in path.split("/"):
        if part.partition(".")[0] in DEVICES:
            return "a device under Windows"
        if part[-1:] in {"", ".", " "}:
            return "a name that Windows shortens"
        if len(part) > 255:
            return "a name that is too long"
    return "" if LEFT_OVER.issuperset(path) else "a character"


@pytest.mark.parametrize("device", DEVICES)
def test_a_device_gives_no_file_its_name(device: str) -> None:
    """An id may be one, and so may a language; the name of its file has a hyphen more."""
    assert is_device(device)
    assert file_name(device) == f"{device}-"


@pytest.mark.parametrize("id_", ["con-1", "icon", "com0", "com10", "lpt", "auxiliary", "x-nul"])
def test_other_ids_are_names_as_they_are(id_: str) -> None:
    """What was published under them stays where it is."""
    assert file_name(id_) == id_


def renamed(text: str, **ids: str) -> str:
    """A programme with other ids."""
    for old, new in ids.items():
        text = re.sub(rf'(?<=["/]){old}(?=["/])', new, text)
    return text


def test_what_is_published_has_a_name_on_every_system() -> None:
    """Measures, bodies and a language that are called like devices, and what they were before."""
    text = renamed(PROGRAMME, files="con", ocw="aux", nl="prn")
    text = text.replace("nl = ", "nul = ").replace('language = "prn"', 'language = "nul"')
    text = text.replace('formerly = ["dossiers"]', 'formerly = ["lpt1"]')
    programme = loads(text, path="data.toml")
    paths = [*site(programme, DAY, address=ADDRESS)]
    assert {path: why for path in paths if (why := unsound(path))} == {}
    assert {
        *("measure/con-.html", "measure/lpt1-.html", "body/aux-.html"),
        *("nul-/all.ics", "nul-/measure-lpt1.ics", "api/v2/measures/con-.json"),
    } <= {*paths}


def test_a_programme_named_like_a_device_has_no_site_beside_others(folder: Path) -> None:
    """Its site would stand in a folder that Windows does not know."""
    write(folder, "more/schools.toml", SCHOOLS.replace('"schools"', '"aux"'))
    write(folder, "portfolio.toml", PORTFOLIO.replace('"schools/', '"aux/'))
    with pytest.raises(BadValue) as raised:
        publish_portfolio(load_portfolio(), DAY, "site")
    assert str(raised.value) == (
        'the programme "aux" would have its site in aux/, which is no folder under Windows; '
        "publish it apart"
    )
    assert not (folder / "site").exists()


def test_a_path_leaves_room_for_the_folder_that_it_is_in() -> None:
    """The longest ids there can be give paths far below the 260 that Windows reads by itself."""
    text = renamed(PROGRAMME, files="m" * 60, ocw="b" * 60)
    paths = [*site(loads(text, path="data.toml"), DAY, address=ADDRESS)]
    assert max(map(len, paths)) == len(f"api/v2/measures/{'m' * 60}.json")


def test_no_two_files_differ_in_case_alone() -> None:
    """A disk that does not tell capitals apart keeps them all."""
    text = PROGRAMME.replace("title = { nl", 'title = { "nl-BE" = "B", "nl-be" = "b", nl', 1)
    paths = [*site(loads(text, path="data.toml"), DAY, address=ADDRESS)]
    assert len({path.lower() for path in paths}) == len(paths)
    assert {path: why for path in paths if (why := unsound(path))} == {}
