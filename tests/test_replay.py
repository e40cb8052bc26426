"""A table that somebody commits, edition after edition, is replayed into a ledger."""

import datetime as dt
import itertools
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import attrs
import pytest

from betatech_milestones import loads
from betatech_milestones.datafile.edit import extend
from betatech_milestones.datafile.files import Locked
from betatech_milestones.datafile.git import NoVersion, Version, versions
from betatech_milestones.importing.editions import Step, edition, left_to_replay, replay
from betatech_milestones.importing.mapping import CitedAs
from betatech_milestones.importing.table import NoSource, import_table
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.records import Programme, Source
from betatech_milestones.model.vocabulary import SourceKind

PLAN = """\
[programme]
id = "plan"
title = "Plan"
language = "en"
timezone = "Europe/Amsterdam"
"""
CITED_AS = CitedAs(id="roads", title="Register of roads", by="Road Office")
EDITIONS: tuple[tuple[str, str], ...] = (
    (
        "2024-01-31T09:00:00+01:00",
        "No;Title;Date;Status\n1;Bridge;2025-06-30;\n2;Tunnel;spring 2026;\n",
    ),
    (
        "2024-02-29T23:30:00+00:00",  # in Amsterdam it is 1 March
        "No;Title;Date;Status\n1;Bridge;2025-12-31;\n2;Tunnel;spring 2026;\n",
    ),
    (
        "2024-04-30T09:00:00+02:00",
        "No;Title;Date;Status\n1;Bridge;2025-12-31;\n2;Tunnel;spring 2026;\n",
    ),
    (
        "2024-06-30T09:00:00+02:00",
        (
            "No;Title;Date;Status\n1;Bridge;2026-03-31;\n2;Tunnel;spring 2027;\n"
            "3;Ferry;2024-05-01;done\n"
        ),
    ),
)
"""When each was committed, and what it said."""
MOVES = {
    "roads/bridge": ["2024-03-01 2025-12-31", "2024-06-30 2026-03-31"],
    "roads/tunnel": ["2024-06-30 spring 2027"],
    "roads/ferry": [],
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the editions of a table, which was called otherwise at first."""
    folder = tmp_path_factory.mktemp("scraped")
    git(folder, "init", "--quiet")
    for number, (moment, content) in enumerate(EDITIONS):
        if number == 2:
            git(folder, "mv", "old name.csv", "roads.csv")
        name = "old name.csv" if number < 2 else "roads.csv"
        # What is no row of it makes each edition another file.
        (folder / name).write_text(f"{content}{';' * 3}\n" * 1 + "\n" * number, encoding="utf-8")
        commit(folder, moment)
    return folder


def git(folder: Path, *arguments: str, env: Mapping[str, str] = {}) -> None:
    """Run git in a folder, as somebody."""
    who = ("-c", "user.name=Scraper", "-c", "user.email=scraper@example.org")
    surroundings = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, **env}
    subprocess.run(["git", *who, *arguments], cwd=folder, env=surroundings, check=True)


def commit(folder: Path, moment: str) -> None:
    """Commit whatever is in a folder, at a moment."""
    git(folder, "add", "--all")
    when = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    git(folder, "commit", "--quiet", "--message", "scrape", env=when)


def replayed(programme: Programme, found: tuple[Version, ...]) -> list[Step]:
    """What every version adds."""
    return list(replay(programme, found, cited_as=CITED_AS))


def moves(programme: Programme) -> dict[str, list[str]]:
    """Of each milestone, when its moves were announced, and to which date."""
    return {
        milestone.full_id: [f"{move.revision.announced} {move.due}" for move in milestone.moves]
        for milestone in programme.milestones
    }


def test_every_committed_edition_is_found_from_the_oldest_on(repository: Path) -> None:
    """Also of a file that was called otherwise."""
    found = versions(f"git:{repository}:roads.csv")
    assert [version.path for version in found] == ["old name.csv"] * 2 + ["roads.csv"] * 2
    assert [version.moment.isoformat() for version in found] == [moment for moment, _ in EDITIONS]
    assert found[0].read().startswith(b"No;Title")
    bare = versions(f"git:{repository / '.git'}:roads.csv")
    assert [version.commit for version in bare] == [version.commit for version in found]
    assert bare[-1].read() == found[-1].read()


def test_no_setting_of_a_repository_hides_a_version(repository: Path, tmp_path: Path) -> None:
    """Nor writes what it says of them in other bytes."""
    git(tmp_path, "clone", "--quiet", str(repository), "clone")
    clone = tmp_path / "clone"
    git(clone, "config", "log.showRoot", "false")
    git(clone, "config", "i18n.logOutputEncoding", "UTF-16")
    found = versions(f"git:{clone}:roads.csv")
    assert [version.moment.isoformat() for version in found] == [moment for moment, _ in EDITIONS]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is text")
def test_a_file_whose_name_is_no_text(tmp_path: Path) -> None:
    """On Linux a name is octets, which git keeps as they are."""
    git(tmp_path, "init", "--quiet")
    name = os.fsdecode(b"r\xe9gister.csv")
    (tmp_path / name).write_bytes(b"No;Title")
    commit(tmp_path, "2024-01-31T09:00:00+01:00")
    [version] = versions(f"git:{tmp_path}:{name}")
    assert (version.path, version.read()) == (name, b"No;Title")


LONG = {
    "id": (
        CitedAs(id="r" * 50, title="Register"),
        "the id of the source has 61 characters with its day; 60 at most: shorten it",
    ),
    "title": (
        CitedAs(id="roads", title="x" * 989),
        "the title of the source has 1,001 characters with its day; 1,000 at most: shorten it",
    ),
}


@pytest.mark.parametrize(("cited_as", "said"), LONG.values(), ids=LONG)
def test_a_source_that_is_too_long_with_its_day(cited_as: CitedAs, said: str) -> None:
    """Each edition is called by its day, for which there must be room."""
    day = dt.date(2024, 1, 31)
    with pytest.raises(BadValue, match=f"^{said}$"):
        edition(loads(PLAN), cited_as, day)
    shorter = attrs.evolve(cited_as, id=cited_as.id[:49], title=cited_as.title[:988])
    assert edition(loads(PLAN), shorter, day).id == f"{shorter.id}-2024-01-31"


def test_the_ledger_has_every_move_on_the_day_on_which_it_was_seen(repository: Path) -> None:
    """An edition that says nothing new is no source."""
    steps = replayed(loads(PLAN), versions(f"git:{repository}:roads.csv"))
    after = steps[-1].imported.programme
    assert moves(after) == MOVES
    assert [(source.id, str(source.title), str(source.seen)) for source in after.sources] == [
        ("roads-2024-01-31", "Register of roads, 2024-01-31", "2024-01-31"),
        ("roads-2024-03-01", "Register of roads, 2024-03-01", "2024-03-01"),
        ("roads-2024-06-30", "Register of roads, 2024-06-30", "2024-06-30"),
    ]
    assert {source.kind for source in after.sources} == {SourceKind.REGISTER}
    assert {str(source.by and source.by.name) for source in after.sources} == {"Road Office"}
    assert [body.id for body in after.bodies] == ["road-office"]


def test_editions_imported_one_by_one_give_the_same_ledger(repository: Path) -> None:
    """All but how their sources are filed."""
    programme = loads(PLAN)
    steps = replayed(programme, versions(f"git:{repository}:roads.csv"))
    for moment, content in EDITIONS:
        day = dt.datetime.fromisoformat(moment).astimezone(dt.UTC).date()
        source = edition(programme, CITED_AS, day)
        imported = import_table(programme, content.encode(), name="roads.csv", source=source)
        assert imported.problems == ()
        programme = imported.programme
    days = [move.partition(" ")[2] for those in moves(programme).values() for move in those]
    assert days == [move.partition(" ")[2] for those in MOVES.values() for move in those]
    assert len(programme.sources) == len(steps[-1].imported.programme.sources)


def test_a_run_goes_on_where_the_last_one_ended(repository: Path, tmp_path: Path) -> None:
    """Behind the newest edition that the file cites; what was said in between is read again."""
    found = versions(f"git:{repository}:roads.csv")
    file = tmp_path / "plan.toml"
    file.write_text(PLAN, encoding="utf-8")

    def two_more(programme: Programme) -> Programme:
        steps = replay(programme, left_to_replay(programme, found), cited_as=CITED_AS)
        return list(itertools.islice(steps, 2))[-1].imported.programme

    for done in (2, 4):
        after = extend(file, two_more).after
        assert left_to_replay(after, found) == found[done:]
    assert moves(after) == MOVES
    assert left_to_replay(loads(PLAN), found) == found
    once = replayed(loads(PLAN), found)[-1].imported.programme
    assert once == loads(file.read_text(encoding="utf-8"))


def test_a_clock_that_went_wrong_turns_no_edition_back(tmp_path: Path) -> None:
    """An edition is not seen before the one that it follows; two of a day have ids of their own."""
    git(tmp_path, "init", "--quiet")
    days = ("2024-03-01T12:00:00+01:00", "2023-01-01T12:00:00+01:00", "2024-03-01T18:00:00+01:00")
    for year, moment in enumerate(days, start=2025):
        (tmp_path / "a.csv").write_text(f"Title,Date\nBridge,{year}\n", encoding="utf-8")
        commit(tmp_path, moment)
    steps = replayed(loads(PLAN), versions(f"git:{tmp_path}:a.csv"))
    after = steps[-1].imported.programme
    assert [f"{source.id} {source.seen}" for source in after.sources] == [
        "roads-2024-03-01 2024-03-01",
        "roads-2024-03-01-2 2024-03-01",
        "roads-2024-03-01-3 2024-03-01",
    ]


def test_an_edition_that_is_no_table_is_a_problem_of_its_day(tmp_path: Path) -> None:
    """And so is one with a wrong cell; what is deleted is no edition."""
    git(tmp_path, "init", "--quiet")
    file = tmp_path / "a.csv"
    file.write_bytes(b"Title,Date\nBridge,2025\n")
    commit(tmp_path, "2024-01-01T12:00:00+01:00")
    file.write_bytes(b"<!doctype html><html><body>Not found</body></html>")
    commit(tmp_path, "2024-02-01T12:00:00+01:00")
    file.unlink()
    commit(tmp_path, "2024-03-01T12:00:00+01:00")
    file.write_bytes(b"Title,Date\nBridge,soon\n")
    commit(tmp_path, "2024-04-01T12:00:00+02:00")
    steps = replayed(loads(PLAN), versions(f"git:{tmp_path}:a.csv"))
    assert [len(step.problems) for step in steps] == [0, 1, 1]
    assert str(steps[1].problems[0]).endswith(" (edition of 2024-02-01)")
    assert str(steps[2].problems[0]).startswith('B2 "Date": "soon" is not a date')
    assert str(steps[2].problems[0]).endswith(" (edition of 2024-04-01)")
    assert {step.told for step in steps} == {()}


def test_nothing_is_replayed_without_a_source(repository: Path) -> None:
    """Somebody has to say what the editions are; where there are none, nobody has to."""
    found = versions(f"git:{repository}:roads.csv")
    with pytest.raises(NoSource) as caught:
        list(replay(loads(PLAN), found))
    assert str(caught.value) == (
        "say how the editions of this table are cited, which are who says so"
    )
    assert list(replay(loads(PLAN), ())) == []


WRONG = {
    "roads.csv": "cannot read roads.csv: write git:FOLDER-OF-THE-REPOSITORY:PATH-IN-IT",
    "git:nowhere:roads.csv": "cannot read git:nowhere:roads.csv: no folder nowhere",
    "git:{here}:streets.csv": (
        "cannot read git:{here}:streets.csv: no commit has a file streets.csv; name it as it is "
        "called now, from the top of the repository"
    ),
}


@pytest.mark.parametrize("wanted", WRONG)
def test_what_git_does_not_have_is_told(wanted: str, repository: Path) -> None:
    """With what would be right."""
    with pytest.raises(NoVersion) as caught:
        versions(wanted.format(here=repository))
    assert str(caught.value) == WRONG[wanted].format(here=repository)


def test_an_edition_is_cited_as_a_register_or_as_it_was_published() -> None:
    """By the body that publishes it, if the programme has it or not."""
    programme = loads(PLAN)
    day = dt.date(2024, 6, 30)
    seen = edition(programme, attrs.evolve(CITED_AS, by=None), day)
    assert (seen.seen, seen.published, seen.by) == (day, None, None)
    published = edition(programme, CITED_AS, day, published=True)
    assert (published.seen, published.published) == (None, PolicyDate("2024-06-30"))
    assert isinstance(published, Source)


def test_a_name_may_be_any_that_a_file_can_have(tmp_path: Path) -> None:
    """With quotes, tabs and letters of any script; what it was called before, too."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / 'a "b"\té.csv').write_text("Title,Date\nBridge,2025\n", encoding="utf-8")
    commit(tmp_path, "2024-01-01T12:00:00+01:00")
    git(tmp_path, "mv", 'a "b"\té.csv', "c.csv")
    commit(tmp_path, "2024-02-01T12:00:00+01:00")
    found = versions(f"git:{tmp_path}:c.csv")
    assert [version.path for version in found] == ['a "b"\té.csv', "c.csv"]
    assert found[0].read() == found[1].read()


def test_a_commit_of_no_day_is_told(tmp_path: Path) -> None:
    """A clock can say more than a calendar knows."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / "a.csv").write_text("Title,Date\nBridge,2025\n", encoding="utf-8")
    commit(tmp_path, "@300000000000 +0000")
    wanted = f"git:{tmp_path}:a.csv"
    with pytest.raises(
        NoVersion, match=r"that it is of 11476-08-15.*; no such day is known$"
    ) as no:
        versions(wanted)
    assert str(no.value).startswith(f"cannot read {wanted}: commit ")


def test_an_editor_that_saved_meanwhile_loses_nothing(tmp_path: Path) -> None:
    """It knows no lock; what it wrote stays, and what was to be added is to be added again."""
    file = tmp_path / "plan.toml"
    file.write_text(PLAN, encoding="utf-8")

    def while_somebody_saves(programme: Programme) -> Programme:
        file.write_text(f"{PLAN}# saved\n", encoding="utf-8")
        return programme

    with pytest.raises(Locked) as caught:
        extend(file, while_somebody_saves)
    assert str(caught.value) == (
        f"{file} was changed meanwhile, by an editor it seems; do it again"
    )
    assert file.read_text(encoding="utf-8") == f"{PLAN}# saved\n"
