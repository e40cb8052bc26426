"""What a type checker must report: each line says which error mypy sees there, and which pyright.

Nothing here is run. Both checkers complain of a comment that silences nothing, so each of these
mistakes is one that they find.
"""

from betatech_milestones import (
    Diff,
    Judgement,
    Met,
    Milestone,
    PolicyDate,
    Programme,
    Report,
    Slips,
    Standing,
    Texts,
    as_of,
    judge,
    load,
    render,
)


def formats(report: Report, changes: Diff, slipped: Slips, judgement: Judgement) -> None:
    """A view has its own formats alone, and a programme is no view."""
    render(changes, "csv")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    render(slipped, "html")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    render(report, "pdf")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    render(judgement, "text", colour="red")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    render(load())  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]


def on_a_day(report: Report, programme: Programme) -> None:
    """A day and a status are no numbers, and a programme is no report."""
    as_of(programme, 2015)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    as_of("my.toml", "2015-02-01")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    report.only(1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    judge(programme)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    judge(report, grace=14)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    judge(report).fails()  # type: ignore[operator]  # pyright: ignore[reportCallIssue]


def records(standing: Standing, milestone: Milestone) -> None:
    """A record is frozen, and has what it has."""
    standing.due = None  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    milestone.measure.title = Texts({"nl": "x"})  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    _ = milestone.name  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType, reportAttributeAccessIssue]
    Texts({"nl": 1})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Met(on=PolicyDate.parse("2014"))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def lazily_loaded(report: Report) -> None:
    """What is loaded lazily is no `Any`."""
    number: int = load()  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    as_of(number, "2015-02-01")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    _ = report.nothing  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType, reportAttributeAccessIssue]
