"""An edition of a table as a source, and every committed edition, replayed from the oldest on.

A register that overwrites itself keeps no moves; a repository into which somebody scrapes it does.
Each commit is an edition, seen on its day, and becomes a source where it says something new.
"""

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

import attrs

from betatech_milestones.datafile.git import Version
from betatech_milestones.importing.grid import NotATable
from betatech_milestones.importing.ledger import Imported, stem
from betatech_milestones.importing.mapping import CitedAs, TableMapping
from betatech_milestones.importing.names import Register, body
from betatech_milestones.importing.read import Reader
from betatech_milestones.importing.rows import TableProblem
from betatech_milestones.importing.table import NoSource, reader, with_tables
from betatech_milestones.importing.tables import read_tables
from betatech_milestones.model import rules, values
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.records import Programme, Source, Texts


def edition(
    programme: Programme,
    cited_as: CitedAs,
    day: dt.date,
    *,
    published: bool = False,
    reference: str | None = None,
) -> Source:
    """Return the source that an edition of a table is, seen or published on a day."""
    taken = {source.id for source in programme.sources}
    id_, title = f"{cited_as.id}-{day}", f"{cited_as.title}, {day}"
    for rule, what, text, longest in (
        (rules.BAD_ID, "id", id_, values.LONGEST_ID),
        (rules.LONG_TEXT, "title", title, values.LONGEST_LINE),
    ):
        if len(text) > longest:
            message = f"the {what} of the source has {len(text):,} characters with its day"
            raise BadValue(rule, f"{message}; {longest:,} at most: shorten it")
    return Source(
        id=values.free(id_, taken),
        title=Texts(((programme.language, title),)),
        kind=cited_as.kind,
        by=None
        if cited_as.by is None
        else Register.of(programme.bodies, programme.language, body).called(cited_as.by),
        reference=reference,
        published=PolicyDate(day.isoformat()) if published else None,
        seen=None if published else day,
        url=cited_as.url,
    )


# --- every committed edition ----------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Step:
    """What one committed edition added."""

    version: Version
    source: Source
    imported: Imported

    @property
    def problems(self) -> tuple[TableProblem, ...]:
        """What could not be taken over, with the day of the edition."""
        return self._dated(self.imported.problems)

    @property
    def told(self) -> tuple[TableProblem, ...]:
        """What it says that is no statement, with its day."""
        return self._dated(self.imported.told)

    def _dated(self, said: Iterable[TableProblem]) -> tuple[TableProblem, ...]:
        day = self.source.known_from
        return tuple(attrs.evolve(one, message=f"{one.message} (edition of {day})") for one in said)


def left_to_replay(programme: Programme, versions: Sequence[Version]) -> Sequence[Version]:
    """Return the versions behind the newest that a programme cites: where a run goes on."""
    known = {source.reference for source in programme.sources}
    done = [index for index, version in enumerate(versions) if _reference(version) in known]
    return versions[done[-1] + 1 :] if done else versions


def replay(
    programme: Programme,
    versions: Sequence[Version],
    *,
    mapping: TableMapping | None = None,
    cited_as: CitedAs | None = None,
) -> Iterator[Step]:
    """Yield what each version of a table adds to what those before it made of a programme.

    Without a mapping it is a plain list; `cited_as` goes before what the mapping says of sources.
    A version is seen on the day of its commit, where the programme is; but never before the one
    that it follows, whatever the clock of the committer said. One that is no table is a problem of
    that step, and adds nothing. Raises `NoSource` where nobody says how editions are cited.
    """
    if not versions:
        return
    read = reader(programme, mapping, name=PurePosixPath(versions[-1].path).name)
    if (cited_as := cited_as or read.mapping.cited_as) is None:
        raise NoSource("say how the editions of this table are cited, which are who says so")
    zone = zoneinfo.ZoneInfo(programme.timezone)
    earlier = (one.known_from for one in programme.sources if stem(one.id) == stem(cited_as.id))
    day = max(earlier, default=dt.date.min)
    for version in versions:
        day = max(day, version.moment.astimezone(zone).date())
        source = edition(programme, cited_as, day, reference=_reference(version))
        imported = _taken_in(programme, version, source, read)
        programme = imported.programme
        yield Step(version=version, source=source, imported=imported)


def _taken_in(programme: Programme, version: Version, source: Source, read: Reader) -> Imported:
    name = PurePosixPath(version.path).name
    try:
        tables = read_tables(version.read(), name=name, at=read.mapping.records)
    except NotATable as error:
        message = str(error).removeprefix(f"{name}: ")  # who tells it says of which table
        return Imported(programme=programme, problems=(TableProblem(None, message),))
    return with_tables(programme, tables, read, source)


def _reference(version: Version) -> str:
    """Return how a source that is a committed edition is filed."""
    return f"commit {version.commit[:12]}"
