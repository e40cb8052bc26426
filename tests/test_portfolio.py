"""Several programmes read together: which they are, what they are called, and what is wrong."""

import itertools
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner, Result
from programmes import PROGRAMME
from sites import EVERY_GROUP
from systems import posix

from betatech_milestones import as_of, diff, load, loads, render, slips
from betatech_milestones.analysis.check import check_portfolio
from betatech_milestones.cli import main
from betatech_milestones.datafile.find import NoDataFile
from betatech_milestones.datafile.portfolio import NamedTwice, _same_bodies, load_portfolio
from betatech_milestones.model import findings
from betatech_milestones.model.findings import InvalidData
from betatech_milestones.model.portfolio import Portfolio
from betatech_milestones.model.records import (
    Body,
    Cluster,
    Programme,
    Replaced,
    Sector,
    Source,
)

SCIENCE = PROGRAMME
SCHOOLS = """\
[programme]
id = "schools"
title = { nl = "Scholen", fr = "Écoles" }
language = "nl"
timezone = "America/Curacao"

[[source]]
id = "letter-2013"
title = "Andere brief"
published = 2013-03-01

[[body]]
id = "ministry"
name = { nl = "Ministerie van ocw", fr = "Ministère" }

[[measure]]
id = "files"
title = "Dossiers van scholen"
bodies = ["ministry"]
source = "letter-2013"
[[measure.milestone]]
id = "in-force"
title = "Van kracht in scholen"
kind = "entry-into-force"
due = 2014-10-01
"""
PORTFOLIO = """\
[portfolio]
id = "education"
title = { nl = "Onderwijs", en = "Education" }
language = "nl"
publisher = { name = "Ministerie", url = "https://example.org", contact = "mailto:a@example.org" }

[[member]]
file = "science.toml"

[[member]]
file = "more/schools.toml"

[[body]]
id = "ocw"
name = { nl = "OCW", en = "Ministry" }
same_as = ["science/ocw", "schools/ministry"]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with two programmes and a portfolio of them."""
    write(tmp_path, "science.toml", SCIENCE)
    write(tmp_path, "more/schools.toml", SCHOOLS)
    write(tmp_path, "portfolio.toml", PORTFOLIO)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


FILES = ("science.toml", str(Path("more", "schools.toml")))


def told(portfolio: Portfolio) -> list[str]:
    """What is wrong between programmes, a line for each."""
    return [str(finding) for finding in portfolio.findings]


def reasons(portfolio: Portfolio) -> list[str]:
    """Why files could not be read, a line for each."""
    return [str(one.error) for one in portfolio.unread]


# --- what is read together ------------------------------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_a_portfolio_names_its_members() -> None:
    """Their order is its own, and the time zone of the first is that of all."""
    found = load_portfolio("portfolio.toml")
    assert [member.id for member in found.members] == ["science", "schools"]
    assert (found.id, found.language, found.timezone) == ("education", "nl", "Europe/Amsterdam")
    assert found.publisher is not None
    assert (str(found.publisher.name), found.publisher.contact) == (
        "Ministerie",
        "mailto:a@example.org",
    )
    assert found.programme.publisher == found.publisher
    assert (told(found), found.unread) == ([], ())
    assert found.title_as_read == found.title
    assert found.paths == ("portfolio.toml", *FILES)
    assert repr(found) == "<Portfolio education: 2 programmes>"
    assert load_portfolio(".") == load_portfolio() == found


@pytest.mark.usefixtures("folder")
def test_files_are_counted_where_nobody_named_them() -> None:
    """In every language in which one of them has a title."""
    found = load_portfolio(*FILES)
    assert found.id == "schools-and-science"
    assert found.title.pairs == (
        ("nl", "2 programma’s"),  # noqa: RUF001
        ("en", "2 programmes"),
        ("fr", "2 programmes"),
    )
    assert found.path == ", ".join(FILES)
    other = load_portfolio(*reversed(FILES))
    assert (found.timezone, other.timezone) == ("Europe/Amsterdam", "America/Curacao")
    assert other.id == found.id


def test_one_file_is_what_it_is_alone(folder: Path) -> None:
    """Its ids are its own, however it was named."""
    assert load_portfolio("science.toml").programme == load("science.toml")
    (folder / "portfolio.toml").unlink()
    (folder / "science.toml").rename(folder / "milestones.toml")
    for name in (".", "milestones.toml"):
        found = load_portfolio(name)
        assert (found.is_one_file, found.path) == (True, "milestones.toml")
        assert (found.id, found.language, found.timezone) == ("science", "nl", "Europe/Amsterdam")
        assert found.title_as_read == found.title == load("milestones.toml").title
        assert found.programme.by_id[0].full_id == "files/in-force"
    assert load_portfolio().paths == ("milestones.toml",)
    assert load_portfolio().publisher == load("milestones.toml").publisher is not None


@pytest.mark.usefixtures("folder")
def test_a_folder_of_one_is_called_as_its_file() -> None:
    """Beside others, too: whoever reads where a list comes from finds the file."""
    found = load_portfolio("science.toml", "more")
    assert found.path == ", ".join(FILES)


def test_a_folder_of_several_keeps_its_name(folder: Path) -> None:
    """What it holds are files of it."""
    write(folder, "more/science.toml", SCIENCE)
    found = load_portfolio("more")
    assert (found.path, found.id) == ("more", "schools-and-science")


def test_a_portfolio_of_one_has_the_ids_of_several(folder: Path) -> None:
    """So that they stay what they are when another is added."""
    alone = PORTFOLIO.replace('[[member]]\nfile = "more/schools.toml"\n', "")
    write(folder, "portfolio.toml", alone.replace(', "schools/ministry"', ""))
    found = load_portfolio("portfolio.toml")
    assert found.programme.by_id[0].full_id == "science/files/in-force"


def plain(value: Any, owner: str = "") -> Any:
    """What a record was made of, under the ids of its own programme, wherever it stands."""
    match value:
        case str():
            return value.removeprefix(f"{owner}/")
        case tuple():
            return tuple(plain(one, owner) for one in value)
        case _ if attrs.has(type(value)):
            names = {field.name for field in attrs.fields(type(value)) if field.init} - {"path"}
            return {name: plain(getattr(value, name), owner) for name in names}
    return value


def referred(value: Any) -> Iterator[str]:
    """The id of every source, body and so on that a record refers to, at any depth."""
    if isinstance(value, tuple):
        for one in value:
            yield from referred(one)
    elif attrs.has(type(value)):
        if isinstance(value, Source | Body | Cluster | Sector):
            yield value.id
        for field in attrs.fields(type(value)):
            if field.init:
                yield from referred(getattr(value, field.name))


@pytest.mark.parametrize("shelf", ["sources", "clusters", "sectors", "bodies", "kinds", "measures"])
def test_all_but_the_ids_is_as_it_was(shelf: str, folder: Path) -> None:
    """Whatever a programme tells (moves, hand-overs, readings, reasons), it tells among others."""
    write(folder, "more/plan.toml", EVERY_GROUP)
    together = load_portfolio("more").programme
    alone = load("more/plan.toml")
    assert plain(alone, "plan") == plain(alone)
    of_plan = [one for one in getattr(together, shelf) if one.id.startswith("plan/")]
    assert plain((*of_plan,), "plan") == plain((*getattr(alone, shelf),))
    assert {name.partition("/")[0] for name in referred((*of_plan,))} <= {"plan"}


def test_a_time_zone_of_its_own(folder: Path) -> None:
    """Its today is that of all."""
    own = PORTFOLIO.replace('language = "nl"\n', 'language = "nl"\ntimezone = "UTC"\n')
    write(folder, "portfolio.toml", own)
    assert load_portfolio("portfolio.toml").programme.timezone == "UTC"


def test_many_programmes_have_one_short_id(folder: Path) -> None:
    """An id has at most 60 characters."""
    names = []
    for number in range(8):
        names.append(f"{number}.toml")
        write(folder, names[-1], SCHOOLS.replace('"schools"', f'"schools-of-{number}"'))
    assert load_portfolio(*names).id == load_portfolio(*reversed(names)).id
    assert load_portfolio(*names).id == "8-programmes-f295a596"  # calendars know it by that
    assert loads(SCHOOLS).id not in load_portfolio(*names).id
    long = "a" * 27, "b" * 28
    for name, id_ in zip(names, long, strict=False):
        write(folder, name, SCHOOLS.replace('"schools"', f'"{id_}"'))
    assert load_portfolio(*names[:2]).id == "-and-".join(long)


# --- as one programme -----------------------------------------------------------------------------


@pytest.fixture
def joined(folder: Path) -> Programme:
    """The two programmes of the folder as one, with a link from one to the other."""
    linked = SCIENCE.replace('by = "files/in-force"', 'by = "schools/files/in-force"')
    write(folder, "science.toml", linked)
    return load_portfolio("portfolio.toml").programme


def test_ids_begin_with_their_programme(joined: Programme) -> None:
    """Of measures, of what they refer to, and of what they were called before."""
    assert (joined.id, joined.path) == ("education", "portfolio.toml")
    assert [measure.id for measure in joined.measures] == [
        "science/files",
        "science/teachers",
        "schools/files",
    ]
    assert [source.id for source in joined.sources if source.id.endswith("2013")] == [
        "science/letter-2013",
        "schools/letter-2013",
    ]
    assert [cluster.id for cluster in joined.clusters] == ["science/labour-market"]
    assert [sector.id for sector in joined.sectors] == ["science/mbo"]
    assert [kind.id for kind in joined.kinds] == ["science/consultation"]
    files, teachers, _ = joined.measures
    assert files.formerly == ("science/dossiers",)
    assert (files.cluster, files.sectors) == (joined.clusters[0], joined.sectors)
    (survey,) = teachers.milestones
    assert (survey.also, survey.kind) == (("science/files",), joined.kinds[0])
    assert {source.id for said in survey.statements for source in said.sources} == {
        "science/letter-2015",
        "science/web-page",
    }
    assert teachers.budgets[0].source is survey.source


@pytest.mark.usefixtures("folder")
def test_what_a_body_was_called_begins_with_its_programme() -> None:
    """As its id does, so that no two programmes have one calendar for two bodies."""
    ocw = load_portfolio(*FILES).programme.bodies[0]
    assert (ocw.id, ocw.formerly, ocw.lifelong_id) == (
        "science/ocw",
        ("science/ocenw",),
        "science/ocenw",
    )


def test_a_body_of_several_is_one(joined: Programme) -> None:
    """It stands there once, and answers for what it answers for in each."""
    assert [body.id for body in joined.bodies] == ["ocw"]
    ocw = joined.bodies[0]
    assert str(ocw.name) == "OCW"
    assert all(measure.bodies in {(ocw,), ()} for measure in joined.measures)
    assert next(s for s in joined.sources if s.id == "science/web-page").by is ocw
    of_schools = joined.only(bodies="ocw", measures="schools/files")
    assert [m.full_id for m in of_schools.milestones] == ["schools/files/in-force"]


def test_what_replaced_a_promise_may_be_in_another_programme(joined: Programme) -> None:
    """Its id then names the programme first; one of its own begins with it, too."""
    survey = next(m for m in joined.by_id if m.id == "survey")
    assert isinstance(survey.outcome, Replaced)
    assert survey.outcome.by == "schools/files/in-force"
    own = load_portfolio(*FILES[:1]).members[0]
    other = loads(SCIENCE)
    assert isinstance(own.by_id[-1].outcome, Replaced)
    assert own.by_id[-1].outcome.by == "schools/files/in-force"
    both = Portfolio(
        id="x",
        title=other.title,
        title_as_read=other.title,
        language="nl",
        timezone="UTC",
        members=(other,),
        path="x",
    ).programme
    assert isinstance(both.by_id[-1].outcome, Replaced)
    assert both.by_id[-1].outcome.by == "science/files/in-force"


def test_calendars_know_a_milestone_by_one_name(joined: Programme) -> None:
    """Whether its programme is read alone or with others."""
    alone = load("science.toml")
    for one in alone.by_id:
        (same,) = (m for m in joined.by_id if m.full_id == f"science/{one.full_id}")
        assert same.lifelong_in(joined) == one.lifelong_in(alone) == ("science", one.lifelong_id)
        assert (same.path_in(joined), one.path_in(alone)) == ("science.toml", "science.toml")


def places(written: str) -> set[str]:
    """The files that a report in JSON names."""
    return {milestone["location"]["path"] for milestone in json.loads(written)["milestones"]}


@pytest.mark.parametrize("name", ["text", "markdown", "json", "github", "gitlab", "sarif", "junit"])
def test_every_format_tells_of_all(name: Any, joined: Programme) -> None:
    """Each milestone with its own id, and at its own place."""
    report = as_of(joined, "2015-09-01")
    written = render(report, name)
    assert "schools" in written
    if name in {"github", "gitlab", "sarif", "junit"}:
        assert Path(FILES[1]).as_posix() in written.replace("\\", "/")
    if name == "json":
        assert places(written) == set(FILES)


def test_standings_are_those_of_each_alone(joined: Programme) -> None:
    """Reading together changes nothing of how anything stands."""
    day = "2015-08-15"
    alone = [as_of(load(file), day) for file in FILES]
    together = as_of(joined, day)
    assert {
        s.milestone.full_id: (s.status, s.evidence, s.attestation) for s in together.standings
    } == {
        f"{report.programme.id}/{s.milestone.full_id}": (s.status, s.evidence, s.attestation)
        for report in alone
        for s in report.standings
    }
    assert together.counts == {
        status: sum(report.counts[status] for report in alone) for status in together.counts
    }
    assert [slip.days for slip in slips(together).slips] == [
        slip.days for report in alone for slip in slips(report).slips
    ]


@pytest.mark.usefixtures("joined")
def test_two_versions_are_compared_as_they_are_read() -> None:
    """Nothing changed is nothing told; a member that came is told with its ids."""
    found = load_portfolio("portfolio.toml").programme
    assert diff(found, load_portfolio("portfolio.toml").programme).changes == ()
    fewer = load_portfolio("portfolio.toml")
    without = Portfolio(
        **{
            name: getattr(fewer, name)
            for name in (
                "id",
                "title",
                "title_as_read",
                "language",
                "timezone",
                "path",
                "publisher",
            )
        },
        members=fewer.members[:1],
        bodies=fewer.bodies,
    ).programme
    assert "schools/files/in-force" in render(diff(without, found), "text")


@pytest.mark.parametrize("order", [*itertools.permutations("abc")], ids="".join)
def test_the_order_of_files_changes_no_id(order: tuple[str, ...]) -> None:
    """It is the order in which they are told."""
    members = tuple(loads(SCHOOLS.replace('"schools"', f'"{name}"')) for name in order)
    title = members[0].title
    found = Portfolio(
        id="x",
        title=title,
        title_as_read=title,
        language="nl",
        timezone="UTC",
        members=members,
        path="x",
    ).programme
    assert [measure.id for measure in found.measures] == [f"{name}/files" for name in order]
    assert [m.full_id for m in found.by_id] == [f"{n}/files/in-force" for n in "abc"]


# --- what cannot be read --------------------------------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_what_is_broken_hides_nothing_of_the_rest(folder: Path) -> None:
    """It is kept with its problems, and the title says that it is missing."""
    write(folder, "more/schools.toml", SCHOOLS.replace('"entry-into-force"', '"forced"'))
    found = load_portfolio("portfolio.toml")
    assert [member.id for member in found.members] == ["science"]
    assert str(found.title) == "Onderwijs"
    assert str(found.title_as_read) == "Onderwijs (niet gelezen: 1 van 2 bestanden)"
    assert found.title_as_read.in_language("en") == "Education (not read: 1 of 2 files)"
    assert found.unread[0].path == FILES[1]
    assert 'more/schools.toml:24: error: kind: "forced"' in reasons(found)[0].replace("\\", "/")
    assert repr(found) == "<Portfolio education: 1 programme, 1 unread>"
    assert (
        str(load_portfolio(*FILES).title_as_read) == "Maatregelen (niet gelezen: 1 van 2 bestanden)"
    )


def test_nothing_that_can_be_read_is_no_programme_at_all(folder: Path) -> None:
    """Whoever asks gets the reasons, and an empty programme that says so."""
    found = load_portfolio("no.toml", "none.toml")
    assert (found.members, len(found.unread), found.timezone) == ((), 2, "UTC")
    assert found.language == "en"
    assert str(found.programme.title) == "0 programmes (not read: 2 of 2 files)"
    write(folder, "portfolio.toml", PORTFOLIO.replace("science.toml", "a").replace("more/", "b"))
    assert (load_portfolio().members, load_portfolio().timezone) == ((), "UTC")


def test_the_only_file_raises_its_reason(folder: Path) -> None:
    """As `load` does: there is nothing that it could hide."""
    with pytest.raises(FileNotFoundError):
        load_portfolio("missing.toml")
    write(folder, "broken.toml", "[programme\n")
    with pytest.raises(InvalidData, match="not TOML"):
        load_portfolio("broken.toml")
    (folder / "empty").mkdir()
    with pytest.raises(NoDataFile):
        load_portfolio("empty")


SECOND = 'id: "science" is that of science.toml, too; give each its own [duplicate-id]'


def test_two_programmes_of_one_id(folder: Path) -> None:
    """The first of them is read, the other is told: which one has the wrong id, nobody knows."""
    write(folder, "again.toml", SCIENCE)
    found = load_portfolio("science.toml", "again.toml")
    assert [member.path for member in found.members] == ["science.toml"]
    assert reasons(found) == [f"again.toml:2: error: {SECOND}"]


def test_a_portfolio_is_no_programme(folder: Path) -> None:
    """Where one data file is wanted, and among others."""
    message = (
        "portfolio.toml:1: error: a portfolio names the files of several programmes, and is none "
        "itself; name one of those files, or the portfolio alone where several are read together "
        "[no-programme]"
    )
    with pytest.raises(InvalidData) as raised:
        load("portfolio.toml")
    assert str(raised.value) == message
    assert reasons(load_portfolio("science.toml", "portfolio.toml")) == [message]
    write(folder, "remarked.toml", f"# ours\n\n{PORTFOLIO}")
    assert reasons(load_portfolio("science.toml", "remarked.toml")) == [
        message.replace("portfolio.toml:1", "remarked.toml:3")
    ]
    write(folder, "outer.toml", PORTFOLIO.replace("science.toml", "portfolio.toml"))
    assert reasons(load_portfolio("outer.toml")) == [message]


def test_a_file_is_named_once(folder: Path) -> None:
    """By whatever name, and also as a part of a folder."""
    with pytest.raises(NamedTwice, match=r"^science\.toml is named twice; name it once$"):
        load_portfolio("science.toml", "./science.toml")
    os.link(folder / "science.toml", folder / "link.toml")
    with pytest.raises(
        NamedTwice, match=r"^link\.toml is named twice, before as science\.toml; name it once$"
    ):
        load_portfolio("science.toml", "link.toml")
    with pytest.raises(NamedTwice, match=r"schools\.toml is named twice; name it once$"):
        load_portfolio("more", FILES[1])


# --- a portfolio with problems --------------------------------------------------------------------

MEMBER = 'file = "science.toml"'
FAULTS = {
    "no key is left out": (
        'id = "education"\n',
        "",
        '1: error: [portfolio] lacks id; add id = "short-name" [missing-key]',
    ),
    "a key that it does not have": (
        'language = "nl"\n',
        'language = "nl"\nlang = "nl"\n',
        '5: error: [portfolio] has no key "lang"; did you mean "language"? [unknown-key]',
    ),
    "a title without its own language": (
        'title = { nl = "Onderwijs", en',
        "title = { en",
        (
            '3: error: title: has no text in the programme\'s language; add nl = "…" '
            "[missing-language]"
        ),
    ),
    "itself": (
        MEMBER,
        'file = "./portfolio.toml"',
        (
            '8: error: file: "./portfolio.toml" is this portfolio itself; name data files '
            "[no-programme]"
        ),
    ),
    "a folder": (
        MEMBER,
        'file = "more"',
        '8: error: file: "more" is a folder; name the data file in it [no-programme]',
    ),
    "a folder above it": (
        MEMBER,
        'file = ".."',
        '8: error: file: ".." is a folder; name the data file in it [no-programme]',
    ),
    "an absolute path": (
        MEMBER,
        'file = "/science.toml"',
        (
            '8: error: file: "/science.toml" is absolute; write it from the folder of the '
            "portfolio [no-programme]"
        ),
    ),
    "the same file twice": (
        MEMBER,
        'file = "more/schools.toml"',
        '11: error: file: "more/schools.toml" is named twice; name it once [no-programme]',
    ),
    "the same file by another name": (
        MEMBER,
        'file = "more/../more/schools.toml"',
        (
            '11: error: file: "more/schools.toml" is named twice, before as '
            '"more/../more/schools.toml"; name it once [no-programme]'
        ),
    ),
    "a member without a file": (
        MEMBER,
        "",
        '7: error: [[member]] lacks file; add file = "schools.toml" [missing-key]',
    ),
    "a body that is none": (
        '"science/ocw"',
        '"ocw"',
        '16: error: same_as: "ocw" is no id of a body; write it as programme/body [bad-id]',
    ),
    "a body that is two": (
        'same_as = ["science/ocw", "schools/ministry"]',
        (
            'same_as = ["science/ocw"]\n[[body]]\nid = "other"\nname = "Ander"\n'
            'same_as = ["science/ocw"]'
        ),
        (
            '20: error: same_as: "science/ocw" is "ocw" above; name it in one of the two '
            "[duplicate-id]"
        ),
    ),
    "two bodies of one id": (
        'same_as = ["science/ocw", "schools/ministry"]',
        (
            'same_as = ["science/ocw"]\n[[body]]\nid = "ocw"\nname = "Ander"\n'
            'same_as = ["schools/ministry"]'
        ),
        '18: error: id: an earlier body has the id "ocw"; give this one its own [duplicate-id]',
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_what_is_wrong_with_a_portfolio(case: str, folder: Path) -> None:
    """Each problem at its line, with its remedy; nothing is read then."""
    old, new, message = FAULTS[case]
    assert PORTFOLIO.count(old) == 1
    write(folder, "portfolio.toml", PORTFOLIO.replace(old, new))
    with pytest.raises(InvalidData) as raised:
        load_portfolio("portfolio.toml")
    assert str(raised.value) == f"portfolio.toml:{message}"


WHOLE_FAULTS = {
    "": "1: error: the file lacks programme; add programme = "
    '{ id = "…", title = { nl = "…" }, language = "nl", timezone = "Europe/Amsterdam" } '
    "[missing-key]",
    '[portfolio]\nid = "x"\ntitle = "x"\nlanguage = "nl"\n': (
        '1: error: the file lacks member; add member = [{ file = "schools.toml" }] [missing-key]'
    ),
    'member = []\n[portfolio]\nid = "x"\ntitle = "x"\nlanguage = "nl"\n': (
        '1: error: the file names no member; add [[member]] with file = "schools.toml" '
        "[missing-key]"
    ),
    '# none yet\nmember = []\n[portfolio]\nid = "x"\ntitle = "x"\nlanguage = "nl"\n': (
        '2: error: the file names no member; add [[member]] with file = "schools.toml" '
        "[missing-key]"
    ),
    "portfolio = 1\n": (
        "1: error: portfolio: 1 is no table; write [portfolio] [wrong-type]\n"
        'portfolio.toml:1: error: the file lacks member; add member = [{ file = "schools.toml" }] '
        "[missing-key]"
    ),
}


@pytest.mark.parametrize("text", WHOLE_FAULTS)
def test_what_a_portfolio_must_have(text: str, folder: Path) -> None:
    """Its own table, and members."""
    write(folder, "portfolio.toml", text)
    with pytest.raises(InvalidData) as raised:
        load_portfolio("portfolio.toml")
    assert str(raised.value) == f"portfolio.toml:{WHOLE_FAULTS[text]}"


MISSING = {
    "sciense.toml": '"sciense.toml"; did you mean "science.toml"?',
    "nowhere/at-all": '"nowhere/at-all"; mend the name, or take the member out',
    "x" * 1_000: f'"{"x" * 58}…; mend the name, or take the member out',
}


@pytest.mark.parametrize("name", MISSING, ids=lambda name: name[:20])
def test_a_member_that_is_missing(name: str, folder: Path) -> None:
    """It hides none of the others, and is told at the line that names it."""
    write(folder, "portfolio.toml", PORTFOLIO.replace("science.toml", name))
    found = load_portfolio()
    assert [member.id for member in found.members] == ["schools"]
    there_is_none = f"portfolio.toml:8: error: file: there is no file {MISSING[name]}"
    assert reasons(found) == [f"{there_is_none} [no-programme]"]
    assert [one.path for one in found.unread] == [str(Path(name))]
    assert told(found) == []  # what links lead to may be in the file that is missing


@posix
@pytest.mark.parametrize(
    ("name", "leads_to", "said"),
    [
        ("pipe.toml", None, "is no file, but a device or a pipe; name a data file"),
        ("null.toml", "/dev/null", "is no file, but a device or a pipe; name a data file"),
        (
            "secret.toml",
            "../secret.env",
            "is or leads to no file that is called .toml; name a data file",
        ),
        (
            "../secret.env",
            "",
            "is or leads to no file that is called .toml; name a data file",
        ),
    ],
)
def test_a_member_is_a_data_file(name: str, leads_to: str | None, said: str, folder: Path) -> None:
    """Whoever wrote a portfolio may not have everything read, and told in a log."""
    secret = folder.parent / "secret.env"
    secret.write_text("TOKEN=very-secret\n")
    if leads_to is None:
        os.mkfifo(folder / name)
    elif leads_to:
        (folder / name).symlink_to(leads_to)
    write(folder, "portfolio.toml", PORTFOLIO.replace("science.toml", name))
    with pytest.raises(InvalidData) as raised:
        load_portfolio()
    assert str(raised.value) == (f'portfolio.toml:8: error: file: "{name}" {said} [no-programme]')


def test_a_member_outside_is_named_so(folder: Path) -> None:
    """The way to it is written down: nothing leads out of the folder unseen."""
    write(folder, "plans/portfolio.toml", PORTFOLIO.replace('file = "', 'file = "../'))
    found = load_portfolio("plans")
    assert [member.id for member in found.members] == ["science", "schools"]


# --- between programmes ---------------------------------------------------------------------------

SAY_SO = (
    "say in portfolio.toml whether they are one, in same_as of one [[body]], or of one for each "
    "[same-body]"
)


@pytest.mark.usefixtures("folder")
def test_the_same_body_under_two_ids() -> None:
    """A warning where two names are equal in a language that both have, whatever their case."""
    (line,) = told(load_portfolio(*FILES))
    assert line.replace("\\", "/") == (
        'more/schools.toml:12: warning: "Ministerie van ocw" is science/ocw and schools/ministry: '
        f"{SAY_SO}"
    )


NAME = 'name = "Ministerie van ocw"\n'


@pytest.mark.parametrize(
    ("table", "line"),
    [
        (f"[[body]] # who\n# it\nid='ministry' #\n{NAME}", 12),
        (f'[[body]]\n{NAME}id = "ministry"\n', 12),
        (f'[[body]]\nid = "other"\nname = "X"\n  [[ body ]]\n  id = "ministry"\n{NAME}', 15),
        (f'[["body"]]\n{NAME}"id" = "ministry"\n', 12),
    ],
)
def test_a_body_is_named_by_its_line(table: str, line: int, folder: Path) -> None:
    """However its table is written."""
    before, _, rest = SCHOOLS.partition("[[body]]")
    text = f"{before}{table}[[measure]]{rest.partition('[[measure]]')[2]}"
    write(folder, "more/schools.toml", text)
    (one,) = load_portfolio(*FILES).findings
    assert one.location.line == line


def test_a_body_in_brackets_is_named_by_its_line(folder: Path) -> None:
    """An array of tables may stand in place of headers."""
    table = SCHOOLS[SCHOOLS.index("[[body]]") : SCHOOLS.index("[[measure]]")]
    inline = (
        'body = [\n{ id = "other", name = "X" },\n'
        '{ name = "Ministerie van ocw", "id" = "ministry" },\n]\n'
    )
    write(folder, "more/schools.toml", inline + SCHOOLS.replace(table, ""))
    (one,) = load_portfolio(*FILES).findings
    assert one.location.line == 3


@posix
def test_a_body_of_a_pipe_has_no_line(folder: Path) -> None:
    """What came out of it was read, and who reads again would wait for more."""
    members = [load(path) for path in FILES]
    (folder / "more" / "schools.toml").unlink()
    os.mkfifo(folder / "more" / "schools.toml")
    (one,) = _same_bodies(members, ())
    assert str(one.location) == "more/schools.toml"


@pytest.mark.parametrize("text", [None, "[programme", ""])
def test_a_body_of_a_file_that_is_another_by_now_has_no_line(
    text: str | None, folder: Path
) -> None:
    """It was read before; the file is named all the same."""
    members = [load(path) for path in FILES]
    if text is None:
        (folder / "more" / "schools.toml").unlink()
    else:
        write(folder, "more/schools.toml", text)
    (one,) = _same_bodies(members, ())
    assert str(one.location) == str(Path("more", "schools.toml"))


@pytest.mark.usefixtures("folder")
def test_a_body_of_a_file_that_may_not_be_read_any_more_has_no_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody is told of an error then: the file was read before, and is named all the same."""
    members = [load(path) for path in FILES]

    def refused(file: Path) -> bytes:
        raise PermissionError(file)

    monkeypatch.setattr(Path, "read_bytes", refused)
    (one,) = _same_bodies(members, ())
    assert str(one.location) == str(Path("more", "schools.toml"))


def test_a_body_is_told_of_whatever_stands_above_it(folder: Path) -> None:
    """One that only its own programme has, before one that two have."""
    own = '[[body]]\nid = "board"\nname = "Schoolraad"\n\n'
    write(folder, "more/schools.toml", SCHOOLS.replace("[[body]]", f"{own}[[body]]"))
    (line,) = told(load_portfolio(*reversed(FILES)))
    assert '"Ministerie van OCW" is schools/ministry and science/ocw' in line


DECIDED = {
    "one": ('["science/ocw", "schools/ministry"]', 0),
    "one of them": ('["science/ocw"]', 1),
    "each for itself": (
        (
            '["science/ocw"]\n[[body]]\nid = "school-ministry"\nname = "OCW"\n'
            'same_as = ["schools/ministry"]'
        ),
        0,
    ),
}


@pytest.mark.parametrize("case", DECIDED)
def test_a_portfolio_decides_which_bodies_are_one(case: str, folder: Path) -> None:
    """Whatever it says of both is believed."""
    same, warnings = DECIDED[case]
    text = PORTFOLIO.replace('["science/ocw", "schools/ministry"]', same)
    write(folder, "portfolio.toml", text)
    assert len(told(load_portfolio())) == warnings


OF_ONE_NAME = {
    4: "s0/ministry, s1/ministry, s2/ministry and s3/ministry",
    6: "s0/ministry, s1/ministry, s2/ministry, s3/ministry and 2 more",
}


@pytest.mark.parametrize(("number", "bodies"), OF_ONE_NAME.items())
def test_those_of_one_name_are_told_once(number: int, bodies: str, folder: Path) -> None:
    """In one line of a length that can be read, in however many languages they have it."""
    names = [f"{each}.toml" for each in range(number)]
    text = SCHOOLS.replace('ocw", fr', 'ocw", en = "Ministry", fr')
    for each, name in enumerate(names):
        write(folder, name, text.replace('"schools"', f'"s{each}"'))
    assert told(load_portfolio(*names)) == [
        f'{names[-1]}:12: warning: "Ministerie van ocw" is {bodies}: {SAY_SO}'
    ]


def test_a_language_is_the_same_wherever_it_is_spoken(folder: Path) -> None:
    """Names in the Dutch of Belgium and of the Netherlands are compared."""
    flemish = SCHOOLS.replace("nl =", "nl-BE =").replace('"nl"', '"nl-BE"')
    write(folder, "more/schools.toml", flemish)
    (line,) = told(load_portfolio(*FILES))
    assert "science/ocw and schools/ministry" in line


def test_one_word_may_be_a_name_in_two_languages(folder: Path) -> None:
    """What two languages call alike may be two things."""
    french = 'name = { nl = "Ministerie", fr = "Ministerie van ocw" }'
    text = SCHOOLS.replace('name = { nl = "Ministerie van ocw", fr = "Ministère" }', french)
    write(folder, "more/schools.toml", text)
    assert told(load_portfolio(*FILES)) == []


def test_two_bodies_of_one_programme_are_its_own_affair(folder: Path) -> None:
    """What is between programmes is told here."""
    twice = SCHOOLS + '[[body]]\nid = "again"\nname = "Ministerie van OCW"\n'
    write(folder, "more/schools.toml", twice)
    write(folder, "more/other.toml", SCHOOLS.replace('"schools"', '"other"').replace("ocw", "x"))
    other = told(load_portfolio("more"))
    assert [line for line in other if "again" in line] == []


LINKS = {
    "schools/files/in-force": None,
    "schools/files/in-forse": (
        'there is no milestone "files/in-forse" in the programme "schools"; did you mean '
        '"files/in-force"?'
    ),
    "schools/nothing/like-it": (
        'there is no milestone "nothing/like-it" in the programme "schools"; name another, or '
        "write the reason"
    ),
    "school/files/in-force": 'there is no programme "school"; did you mean "schools"?',
    "sciense/files/in-force": (  # its own programme is called so, which cannot be meant
        'there is no programme "sciense"; add it to the portfolio, or write the reason'
    ),
    "elsewhere/files/in-force": (
        'there is no programme "elsewhere"; add it to the portfolio, or write the reason'
    ),
}


@pytest.mark.parametrize("by", LINKS)
def test_links_that_lead_nowhere(by: str, folder: Path) -> None:
    """From a promise to what took its place; only a portfolio knows which programmes there are."""
    text = SCIENCE.replace('by = "files/in-force"', f'by = "{by}"')
    write(folder, "science.toml", text)
    line = load("science.toml").by_id[-1].line
    message = LINKS[by]
    expected = f"science.toml:{line}: error: teachers/survey is replaced by: {message} [dead-link]"
    assert told(load_portfolio()) == ([expected] if message else [])
    beside = [each for each in told(load_portfolio(*FILES)) if "dead-link" in each]
    assert beside == ([expected] if message and "no milestone" in message else [])


def test_a_sound_link_hides_no_other(folder: Path) -> None:
    """Each is followed, whatever stands above it."""
    by = 'by = "schools/files/in-force"'
    write(folder, "science.toml", SCIENCE.replace('by = "files/in-force"', by))
    dead = '[measure.milestone.replaced]\nby = "science/no/such"\nsource = "letter-2013"\n'
    write(folder, "more/schools.toml", SCHOOLS + dead)
    (line,) = told(load_portfolio())
    assert 'there is no milestone "no/such" in the programme "science"' in line


def test_of_very_many_findings_the_rest_is_told_of_the_portfolio(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many more there are is said under the name that the portfolio goes by."""
    monkeypatch.setattr(findings, "MOST_FINDINGS", 0)
    dead = SCIENCE.replace('by = "files/in-force"', 'by = "schools/no/such"')
    write(folder, "science.toml", dead)
    together = load_portfolio(*FILES)
    assert [finding.location.path for finding in together.findings] == [together.path] * 2
    text = PORTFOLIO.replace('["science/ocw", "schools/ministry"]', '["science/x"]')
    write(folder, "portfolio.toml", text)
    named = load_portfolio()
    assert [finding.location.path for finding in named.findings] == ["portfolio.toml"] * 3


def test_a_link_to_its_own_programme_does_without_it(folder: Path) -> None:
    """Otherwise one milestone would have two names in its own file."""
    text = SCIENCE.replace('by = "files/in-force"', 'by = "science/files/in-force"')
    write(folder, "science.toml", text)
    with pytest.raises(InvalidData) as raised:
        load("science.toml")
    (finding,) = raised.value.findings
    assert finding.message == 'by: "science" is this programme; write "files/in-force"'


BODIES = {
    "science/oc": 'same_as: there is no body "science/oc"; did you mean "science/ocw"?',
    "nowhere/at-all": 'same_as: there is no body "nowhere/at-all"; mend it, or take it out',
}


@pytest.mark.parametrize("body", BODIES)
def test_bodies_that_are_not_there(body: str, folder: Path) -> None:
    """Who keeps a member may rename its bodies: it is an error of `check`, and hides nothing."""
    write(folder, "portfolio.toml", PORTFOLIO.replace("science/ocw", body))
    found = load_portfolio()
    assert f"portfolio.toml:16: error: {BODIES[body]} [dead-link]" in told(found)
    assert len(found.members) == 2
    write(folder, "science.toml", "[programme]")
    assert told(load_portfolio()) == []


def test_check_tells_of_each_and_of_all(folder: Path) -> None:
    """The problems of files first, then what is asked of sound ones, then what is between them."""
    write(folder, "more/broken.toml", "[programme]\nid = 3")
    wide = SCHOOLS.replace("due = 2014-10-01", 'due = "[2013..2017]"')
    write(folder, "more/schools.toml", wide)
    found = check_portfolio(load_portfolio("science.toml", "more"))
    rules = [finding.rule.name for finding in found]
    assert rules == [*["missing-key"] * 3, "bad-id", "wide-window", "same-body"]


# --- the command line -----------------------------------------------------------------------------


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="betatech-milestones")


READING = (
    "overdue",
    "upcoming",
    "report",
    "slips",
    "stats --by measure",
    "timeline",
    "ics",
    "reminder --from 2014-01-01 --to 2016-01-01",
    "show schools/files",
)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", READING)
def test_reading_commands_take_several(command: str) -> None:
    """As files, as a portfolio, as the folder that has one, and as the current one."""
    first, *rest = command.split()
    day = () if first in {"ics", "timeline", "reminder"} else ("--as-of", "2015-01-01")
    files = run(first, *rest, *FILES, *day)
    assert files.exit_code == (1 if first == "overdue" else 0), files.output
    assert files.stderr == ""
    assert "schools" in files.stdout or first in {"upcoming", "timeline", "slips"}
    for named, reads in (["portfolio.toml"], ""), (["."], "portfolio.toml"), ([], "portfolio.toml"):
        done = run(first, *rest, *named, *day)
        assert done.exit_code == files.exit_code
        assert done.stderr == (f"reads {reads}\n" if reads else "")
        assert "Onderwijs" in done.stdout or first == "show"


def test_a_folder_says_how_many_it_holds(folder: Path) -> None:
    """The names of ten thousand files would be no help."""
    write(folder, "more/science.toml", SCIENCE)
    done = run("report", "more", "--as-of", "2015-01-01")
    assert (done.exit_code, done.stderr) == (0, "reads 2 files in more\n")
    assert run("check", "more").stdout.splitlines()[0].startswith(str(Path("more", "")))


@pytest.mark.usefixtures("folder")
def test_filters_are_of_ids_among_several() -> None:
    """A body that several share by its own, all else by the programme first."""
    arguments = ("report", "portfolio.toml", "--as-of", "2013-04-01", "--output-format", "json")

    def ids(*filters: str) -> list[str]:
        found = json.loads(run(*arguments, *filters).stdout)["milestones"]
        return sorted(milestone["id"] for milestone in found)

    assert ids("--body", "ocw") == [
        "schools/files/in-force",
        "science/files/in-force",
        "science/files/progress",
    ]
    assert ids("--body", "schools/ministry") == ids("--body", "science/ocw", "--body", "ocw")
    assert ids("--body", "schools/ministry") == ids("--body", "ocw")
    assert ids("--measure", "schools/files") == ["schools/files/in-force"]
    assert ids("--kind", "report", "--sector", "science/mbo") == ["science/files/progress"]
    done = run(*arguments, "--body", "ministry")
    assert (done.exit_code, done.stderr) == (2, 'Error: no body "ministry"; there are: ocw\n')


def test_what_is_broken_is_told_and_the_rest_printed(folder: Path) -> None:
    """The exit code is 2, whatever is overdue; the head does not claim the whole."""
    write(folder, "more/schools.toml", "[programme\n")
    for command in ("report", "overdue", "upcoming"):
        done = run(command, *FILES, "missing.toml", "--as-of", "2017-01-01", "--lang", "en")
        assert done.exit_code == 2
        assert done.stdout.startswith("Measures (not read: 2 of 3 files), as of 1 January 2017\n")
        problem, missing, summary = done.stderr.replace("\\", "/").splitlines()
        assert problem.startswith("more/schools.toml:1:")
        assert missing == "cannot read missing.toml: no such file or directory"
        assert summary == "2 of 3 files could not be read: more/schools.toml, missing.toml"


def test_nothing_is_printed_of_nothing(folder: Path) -> None:
    """Where no file can be read there is no report."""
    names = [f"{number}.toml" for number in range(7)]
    done = run("report", *names)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == (
        "7 of 7 files could not be read: 0.toml, 1.toml, 2.toml, 3.toml, 4.toml, …"
    )
    write(folder, "portfolio.toml", "[portfolio]\n")
    done = run("report", "portfolio.toml")
    assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (2, "", 4)


def test_a_calendar_of_a_part_is_not_written(folder: Path) -> None:
    """Who subscribed would lose what is in the rest."""
    write(folder, "more/schools.toml", "[programme\n")
    done = run("ics", *FILES, "-o", "all.ics")
    assert (done.exit_code, (folder / "all.ics").exists()) == (2, False)
    assert done.stderr.splitlines()[-1] == (
        "Error: nothing was written: who subscribed would lose what is in those files"
    )


def test_check_of_several(folder: Path) -> None:
    """What is between them counts; a file that is missing hides nothing."""
    done = run("check", *FILES)
    assert (done.exit_code, done.stdout.count("[same-body]")) == (0, 1)
    assert run("check").stdout == "portfolio.toml: no problems found\n"
    done = run("check", "science.toml", "missing.toml")
    assert (done.exit_code, done.stdout) == (2, "science.toml: no problems found\n")
    assert done.stderr == "cannot read missing.toml: no such file or directory\n"
    done = run("check", "gone.toml", "missing.toml")
    assert (done.exit_code, done.stdout) == (2, "")
    write(folder, "portfolio.toml", PORTFOLIO.replace(MEMBER, 'file = "."'))
    done = run("check", "portfolio.toml")
    assert (done.exit_code, done.stdout.count("[no-programme]"), done.stderr) == (1, 1, "")
    done = run("check", *FILES, "--against", "science.toml")
    assert done.stderr.endswith("Error: --against compares one file; name that one\n")


def test_diff_of_portfolios(folder: Path) -> None:
    """Both whole, or it would tell of what is only not read."""
    shutil.copytree(folder / "more", folder / "before" / "more")
    write(folder, "before/science.toml", SCIENCE)
    write(folder, "before/portfolio.toml", PORTFOLIO)
    changed = SCIENCE.replace("due = 2014-08-01", "due = 2014-09-01")
    write(folder, "science.toml", changed)
    done = run("diff", "before", "portfolio.toml")
    assert done.exit_code == 0
    assert "science/files/in-force" in done.stdout
    write(folder, "before/science.toml", "[programme]")
    done = run("diff", "before", "portfolio.toml")
    assert (done.exit_code, done.stdout) == (2, "")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["science.toml", "more/schools.toml", "portfolio.toml"])
@pytest.mark.parametrize("command", ["report", "check"])
def test_what_is_read_is_not_written_over(name: str, command: str) -> None:
    """A member no more than the portfolio."""
    done = run(command, "portfolio.toml", "-o", name)
    assert done.exit_code == 2
    assert done.stderr.endswith("is read here, and would be lost; name another -o\n")
    assert load_portfolio().unread == ()


@pytest.mark.usefixtures("folder")
def test_a_portfolio_has_a_baseline() -> None:
    """What was overdue in an earlier report on the same programmes is a warning."""
    arguments = (*FILES, "--as-of", "2015-01-01")
    run("report", *arguments, "--output-format", "json", "-o", "known.json")
    assert run("overdue", *arguments).exit_code == 1
    assert run("overdue", *arguments, "--baseline", "known.json").exit_code == 0


@posix
@pytest.mark.slow
def test_a_thousand_files(folder: Path) -> None:
    """A folder of any size costs what its files cost, and says so in a line."""
    for number in range(1_000):
        write(folder, f"many/{number:05}.toml", SCHOOLS.replace('"schools"', f'"s{number}"'))
    done = run("report", "many", "--as-of", "2014-01-01", "--output-format", "json")
    assert (done.exit_code, done.stderr) == (0, "reads 1000 files in many\n")
    assert len(json.loads(done.stdout)["milestones"]) == 1_000
