"""What a table is: its columns, what they hold and mean, and how rows are made of a report.

CSV, SQLite and Table Schema are written from the same columns, so each is described once. This has
the records, and the columns that several tables share; `tables` and `relations` have the tables.
"""

import datetime as dt
import enum
import itertools
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, Generic, TypeVar

import attrs

from betatech_milestones.analysis.report import Report
from betatech_milestones.analysis.verdicts import Judgement
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import Body, Cluster, Measure, Milestone, Source, Texts
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Evidence, Status
from betatech_milestones.voice import Voice, capital

Value = str | int | Decimal | dt.date | None
"""What a cell holds; True and False are whole numbers."""
Row = tuple[Value, ...]
Subject = TypeVar("Subject")
"""What a row is about."""
Part = TypeVar("Part")


class Type(enum.StrEnum):
    """What the values of a column are, in the words of Table Schema."""

    STRING = "string"
    DATE = "date"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"


def _no_page(_: Milestone) -> None:
    """Say that nobody knows where the page of a milestone is."""


@attrs.frozen(kw_only=True)
class Telling:
    """What rows are made of besides what they are about: the report, and who tells it."""

    judgement: Judgement
    voice: Voice
    page: Callable[[Milestone], str | None] = _no_page
    """The address of a milestone on a published page; None where that is not known."""
    has_lines: bool = True
    """Whether it is told at which lines of the data file milestones begin: edits move them."""

    @property
    def report(self) -> Report:
        """What is told."""
        return self.judgement.report

    def text(self, texts: Texts | None) -> str | None:
        """Return a text of the data, if there is one."""
        return None if texts is None else self.voice.text(texts)

    def known(self, sources: Iterable[Source]) -> list[Source]:
        """Return those of some sources that are known."""
        return [source for source in sources if source.known_from <= self.report.known_on]


Read = Callable[[Subject, Telling], Value]
"""What makes the value of a cell of what its row is about."""


@attrs.frozen
class OfPart(Generic[Subject, Part]):
    """What reads a part of what a row is about; where it has no such part, nothing."""

    part: Callable[[Subject, Telling], Part | None]
    read: Callable[[Part, Telling], Value]

    def __call__(self, subject: Subject, telling: Telling) -> Value:
        found = self.part(subject, telling)
        return None if found is None else self.read(found, telling)


@attrs.frozen
class Column(Generic[Subject]):
    """A column: its name for programs, what it holds, and what people call it."""

    name: str
    about: str
    """What it holds, with its unit, in English."""
    value: Read[Subject]
    type: Type = Type.STRING
    required: bool = attrs.field(default=False, kw_only=True)
    """Whether each row has a value."""
    refers_to: str | None = attrs.field(default=None, kw_only=True)
    """The table whose ids it holds."""
    words: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    """All the words that it may hold; none where it holds any."""
    repeated: bool = attrs.field(default=False, kw_only=True)
    """Whether the table to which an id of the row leads has it as well."""
    is_code: bool = attrs.field(default=False, kw_only=True)
    """Whether its texts may look like numbers or days, and are none: "3.1", "2014/1"."""
    label: str | None = attrs.field(default=None, kw_only=True)
    """The key of what people call it; None where it is for programs alone."""
    detail: str | None = attrs.field(default=None, kw_only=True)
    """The key of which part of that it holds."""
    told: str | None = attrs.field(default=None, kw_only=True)
    """How the key of what people call one of its words is made of the word."""
    word: Read[Subject] | None = attrs.field(default=None, kw_only=True)
    """What makes the word that people are told, where programs have fewer; None: the same."""

    def heading(self, voice: Voice) -> str | None:
        """Return what people call it; None where it is for programs alone."""
        if self.label is None:
            return None
        heading = capital(voice.label(self.label))
        return heading if self.detail is None else f"{heading} ({voice.label(self.detail)})"

    def in_words(self, value: Value, voice: Voice) -> Value:
        """Return a value as people are told it."""
        if self.told is None or value is None:
            return value
        return voice.label(self.told.format(value))


Columns = tuple[Column[Subject], ...]


@attrs.frozen(kw_only=True)
class Table(Generic[Subject]):
    """A table: what its rows are, and how those of a report are made."""

    name: str
    about: str
    key: tuple[str, ...]
    """The columns whose values no two rows share."""
    subjects: Callable[[Telling], Iterable[Subject]]
    """What the rows of a report are about, in their order."""
    columns: Columns[Subject]

    def rows(self, telling: Telling) -> Iterator[Row]:
        """Return the rows of a report."""
        return zip(*self.by_column(telling), strict=True)

    def by_column(self, telling: Telling) -> list[list[Value]]:
        """Return the values of each column of a report.

        What columns read the same part of is looked up once, and each part is read once: many
        milestones have one measure, one body, one source. Some subjects are taken at a time, since
        what was looked at a moment ago is nearer than what was at the beginning.
        """
        columns: list[list[Value]] = [[] for _ in self.columns]
        subjects = iter(self.subjects(telling))
        while some := [*itertools.islice(subjects, _AT_A_TIME)]:
            parts: _Parts = {}
            for column, cells in zip(self.columns, columns, strict=True):
                cells.extend(_cells(column.value, some, telling, parts))
        return columns

    def for_people(self, rows: Iterable[Row], telling: Telling) -> Iterable[Row]:
        """Return the rows of a report with the words that people are told."""
        words = [(n, column.word) for n, column in enumerate(self.columns) if column.word]
        return self._with_words(rows, telling, words) if words else rows

    def _with_words(
        self, rows: Iterable[Row], telling: Telling, words: list[tuple[int, Read[Subject]]]
    ) -> Iterator[Row]:
        for subject, row in zip(self.subjects(telling), rows, strict=True):
            cells = [*row]
            for number, word in words:
                cells[number] = word(subject, telling)
            yield tuple(cells)


_AT_A_TIME = 500
"""Subjects: from 100 to 1,000 make no difference, all of them take half as long again."""
_Parts = dict[Callable[[Any, Telling], Any], tuple[list[int], dict[int, Any]]]
"""What was looked up: for each of some subjects which part it has, and those parts."""


def _cells(value: Read[Any], some: list[Any], telling: Telling, parts: _Parts) -> Iterable[Value]:
    if not isinstance(value, OfPart):
        return map(value, some, itertools.repeat(telling))
    if value.part not in parts:
        found = [*map(value.part, some, itertools.repeat(telling))]
        ids = [*map(id, found)]
        parts[value.part] = ids, dict(zip(ids, found, strict=True))
    ids, distinct = parts[value.part]
    read = {
        key: None if part is None else value.read(part, telling) for key, part in distinct.items()
    }
    return map(read.__getitem__, ids)


# --- what one has several of ----------------------------------------------------------------------


@attrs.frozen
class One(Generic[Subject]):
    """One of the things that another has several of."""

    of: Subject
    what: Any
    number: int
    """Which of them it is, counted from 1."""


def each(of: Subject, several: Iterable[Any]) -> Iterator[One[Subject]]:
    """Yield the things that one has several of."""
    return (One(of, what, number) for number, what in enumerate(several, 1))


def each_of_milestones(
    several: Callable[[Standing], Iterable[Any]],
) -> Callable[[Telling], Iterator[One[Standing]]]:
    """Return what yields the things that the milestones of a report have several of."""

    def subjects(telling: Telling) -> Iterator[One[Standing]]:
        for standing in telling.report.standings:
            yield from each(standing, several(standing))

    return subjects


def which(what: str) -> Column[One[Any]]:
    """Return the column that tells apart what one has several of."""
    about = f"which {what} it is, counted from 1"
    return Column("number", about, lambda one, _: one.number, Type.INTEGER, required=True)


# --- columns that several tables have -------------------------------------------------------------


def dated(
    name: str, what: str, date: Callable[[Subject], PolicyDate | None], label: str | None = None
) -> Columns[Subject]:
    """Return the four columns of a date: its words, how they are read, and the days left open."""

    def its(subject: Subject, _: Telling) -> PolicyDate | None:
        return date(subject)

    return (
        Column(
            f"{name}_words",
            f"{what}, in the words of its source",
            OfPart(its, lambda date, it: date.in_language(it.voice.language) or None),
            label=label,
        ),
        Column(
            f"{name}_edtf",
            f"{what}, as those words are read, in EDTF (ISO 8601-2); empty: they name no day",
            OfPart(its, lambda date, _: date.edtf),
        ),
        Column(
            f"{name}_earliest",
            f"{what}, the first day that it leaves open; empty: it has no beginning",
            OfPart(its, lambda date, _: date.earliest),
            Type.DATE,
            label=label,
            detail="first day",
        ),
        Column(
            f"{name}_latest",
            f"{what}, the last day that it leaves open, its term; empty: it has no end",
            OfPart(its, lambda date, _: date.latest),
            Type.DATE,
            label=label,
            detail="last day",
        ),
    )


def repeated(columns: Columns[Subject]) -> Columns[Subject]:
    """Return columns of what the table to which an id of the row leads has as well."""
    return tuple(attrs.evolve(column, repeated=True) for column in columns)


def a_body(
    what: str,
    body: Callable[[Subject], Body | None],
    label: str | None = None,
    *,
    required: bool = False,
) -> Columns[Subject]:
    """Return the columns that name a body in another table."""

    def its(subject: Subject, _: Telling) -> Body | None:
        return body(subject)

    return (
        Column(
            "body",
            f"id of {what}",
            OfPart(its, lambda body, _: body.id),
            required=required,
            refers_to="bodies",
        ),
        Column(
            "body_name",
            "the name of that body",
            OfPart(its, lambda body, it: it.voice.text(body.name)),
            required=required,
            repeated=True,
            label=label,
        ),
    )


def answering(what: str, bodies: Callable[[Subject], tuple[Body, ...] | None]) -> Columns[Subject]:
    """Return the columns of who answers for something: the first, and how many do."""

    def first(subject: Subject) -> Body | None:
        return next(iter(bodies(subject) or ()), None)

    return (
        *a_body(f"the first body that {what}", first, "responsible"),
        Column(
            "bodies",
            f"how many bodies {what}",
            lambda subject, _: None if (found := bodies(subject)) is None else len(found),
            Type.INTEGER,
            label="responsible",
            detail="how many",
        ),
    )


def cited(sources: Callable[[Subject], Iterable[Source]]) -> Columns[Subject]:
    """Return the columns of who says something: the first that is known, and how many are."""

    def first(subject: Subject, telling: Telling) -> Source | None:
        return next(iter(telling.known(sources(subject))), None)

    return (
        Column(
            "source",
            "id of the source that says so, the first of those known",
            OfPart(first, lambda source, _: source.id),
            refers_to="sources",
        ),
        Column(
            "source_title",
            "the title of that source",
            OfPart(first, lambda source, it: it.voice.text(source.title)),
            repeated=True,
            label="source",
        ),
        Column(
            "source_published",
            "the day on which it appeared, the last of its date; empty: it bears none",
            OfPart(first, lambda source, _: source.published and source.published.latest),
            Type.DATE,
            repeated=True,
            label="published",
            detail="last day",
        ),
        Column(
            "url",
            "its address",
            OfPart(first, lambda source, _: source.url),
            repeated=True,
            label="address",
        ),
        Column(
            "sources",
            "how many known sources say so",
            lambda subject, it: len(it.known(sources(subject))),
            Type.INTEGER,
            required=True,
        ),
    )


def of_measure(measure: Callable[[Subject], Measure]) -> Columns[Subject]:
    """Return the columns that name a measure in another table."""

    def its(subject: Subject, _: Telling) -> Measure:
        return measure(subject)

    return (
        Column(
            "measure",
            "id of the measure",
            OfPart(its, lambda measure, _: measure.id),
            required=True,
            refers_to="measures",
        ),
        Column(
            "measure_title",
            "the title of the measure",
            OfPart(its, lambda measure, it: it.voice.text(measure.title)),
            required=True,
            repeated=True,
            label="measure",
        ),
    )


def of_milestone(milestone: Callable[[Subject], Milestone]) -> Columns[Subject]:
    """Return the columns that name a milestone and its measure in another table."""

    def its(subject: Subject, _: Telling) -> Milestone:
        return milestone(subject)

    return (
        Column(
            "milestone",
            "id of the milestone",
            OfPart(its, lambda milestone, _: milestone.full_id),
            required=True,
            refers_to="milestones",
            is_code=True,
            label="id",
        ),
        Column(
            "title",
            "the title of the milestone",
            OfPart(its, lambda milestone, it: it.voice.text(milestone.title)),
            required=True,
            repeated=True,
            label="milestone",
        ),
        *repeated(of_measure(lambda subject: milestone(subject).measure)),
    )


def in_cluster(measure: Callable[[Subject], Measure]) -> Columns[Subject]:
    """Return the columns of the cluster of a measure."""

    def its(subject: Subject, _: Telling) -> Cluster | None:
        return measure(subject).cluster

    return (
        Column(
            "cluster",
            "id of the cluster of the measure",
            OfPart(its, lambda cluster, _: cluster.id),
            refers_to="clusters",
        ),
        Column(
            "cluster_title",
            "the title of that cluster",
            OfPart(its, lambda cluster, it: it.voice.text(cluster.title)),
            repeated=True,
            label="cluster",
        ),
    )


def status(standing: Callable[[Subject], Standing]) -> Columns[Subject]:
    """Return the columns of how a milestone stands."""
    return (
        Column(
            "status",
            "how it stands on the day of as_of",
            lambda subject, _: standing(subject).status,
            required=True,
            words=tuple(Status),
            label="status",
            told="{}",
        ),
        Column(
            "evidence",
            "what is known of it; empty: it is not overdue",
            lambda subject, _: standing(subject).evidence,
            words=tuple(Evidence),
            label="evidence",
            told="group {}",
        ),
    )


def days_of_report() -> Columns[Any]:
    """Return the columns that say for which day a row is, and by whose knowledge."""
    return (
        Column(
            "as_of",
            "the day of which the status speaks",
            lambda _, it: it.report.day,
            Type.DATE,
            required=True,
            label="on day",
        ),
        Column(
            "known_on",
            "the day whose knowledge counts: as_of, unless it is told with hindsight",
            lambda _, it: it.report.known_on,
            Type.DATE,
            required=True,
        ),
    )


def note(read: Callable[[Subject], Texts | None], label: str | None = None) -> Column[Subject]:
    """Return the column of what is noted with something."""
    about = "what is noted with it"
    return Column("note", about, lambda subject, it: it.text(read(subject)), label=label)
