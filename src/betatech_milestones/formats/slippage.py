"""What slipped, as text, Markdown, CSV and JSON.

With no slips it is the heading and a line that says so, the header alone, or empty lists.
"""

from collections.abc import Iterator
from typing import Any

from betatech_milestones.baselines import VERSION
from betatech_milestones.dates import PolicyDate
from betatech_milestones.formats.csv import Field, date_fields, rows_of
from betatech_milestones.formats.json import written
from betatech_milestones.formats.listing import Group, Item, listing
from betatech_milestones.formats.markdown import escaped, named, table
from betatech_milestones.formats.page import Page
from betatech_milestones.formats.rows import move, one_line, said, shift
from betatech_milestones.slippage import Slip, Slippage, Total
from betatech_milestones.words import say, say_day, say_days

_STYLES = {"moved": "yellow", "silent": "magenta"}


def text(slippage: Slippage, page: Page) -> str:
    """Return the slips and totals as tables for a terminal, or as lines without a width."""
    language = page.language
    groups = [
        Group(
            heading=say(f"slipped {kind}", language),
            style=_STYLES[kind],
            items=[_slip_item(slip, language) for slip in slips],
        )
        for kind, slips in _kinds(slippage)
    ]
    groups += [
        Group(
            heading=say(heading, language),
            style="",
            items=[_total_item(total, language) for total in totals],
        )
        for heading, totals in _totals(slippage)
    ]
    nothing = say("nothing slipped", language)
    return listing(_heading(slippage, language), groups, page, nothing=nothing)


def _kinds(slippage: Slippage) -> Iterator[tuple[str, tuple[Slip, ...]]]:
    for kind, slips in {"moved": slippage.moved, "silent": slippage.silent}.items():
        if slips:
            yield kind, slips


def _totals(slippage: Slippage) -> Iterator[tuple[str, tuple[Total, ...]]]:
    for heading, totals in {
        "by measure": slippage.measures,
        "by cluster": slippage.clusters,
        "by body": slippage.bodies,
    }.items():
        if totals:
            yield heading, totals


def _heading(slippage: Slippage, language: str) -> str:
    title = slippage.programme.title.in_language(language)
    day = say("as of", language, day=say_day(slippage.day, language))
    return f"{title}, {say('what slipped', language, day=day)}"


def _slip_item(slip: Slip, language: str) -> Item:
    milestone = slip.standing.milestone
    return Item(
        lead=_by(slip, language),
        id=milestone.full_id,
        title=milestone.title.in_language(language),
        details=(
            slip.standing.measure.title.in_language(language),
            f"{_date(slip.promised, language)} → {_date(slip.now, language)}",
            f"{say('moves', language)}: {len(slip.moves)}",
            *_moves(slip, language),
        ),
    )


def _total_item(total: Total, language: str) -> Item:
    by, *counts = _cells(total, language)
    details = zip(_COUNTS, counts, strict=True)
    return Item(
        lead=by,
        id=total.id,
        title=total.title.in_language(language),
        details=tuple(f"{say(column, language)}: {count}" for column, count in details),
    )


def markdown(slippage: Slippage, page: Page) -> str:
    """Return the slips and totals as tables below headings."""
    return "\n".join(_markdown(slippage, page.language)) + "\n"


def _markdown(slippage: Slippage, language: str) -> Iterator[str]:
    yield f"# {escaped(_heading(slippage, language))}"
    if not slippage.slips:
        yield ""
        yield say("nothing slipped", language)
    for kind, slips in _kinds(slippage):
        yield ""
        yield f"## {say(f'slipped {kind}', language).capitalize()} ({len(slips)})"
        yield ""
        columns = ("milestone", "promised for", "now", "days", "moves", "announced")
        yield from table(columns, (_slip_row(slip, language) for slip in slips), language)
    for heading, totals in _totals(slippage):
        yield ""
        yield f"## {say(heading, language).capitalize()} ({len(totals)})"
        yield ""
        columns = (heading.removeprefix("by "), "days", *_COUNTS)
        yield from table(columns, (_total_row(total, language) for total in totals), language)


def _slip_row(slip: Slip, language: str) -> tuple[str, ...]:
    return (
        named(slip.standing.milestone, language),
        escaped(_date(slip.promised, language)),
        escaped(_date(slip.now, language)),
        _by(slip, language),
        f"{len(slip.moves)}",
        "<br>".join(map(escaped, _moves(slip, language))),
    )


def _total_row(total: Total, language: str) -> tuple[str, ...]:
    title = escaped(total.title.in_language(language))
    return (f"{title}<br>`{total.id}`", *_cells(total, language))


def csv(slippage: Slippage, page: Page) -> str:
    """Return a row for each slip; days and sources of its moves are parted by spaces."""
    return rows_of(_COLUMNS, (_fields(slip, page.language) for slip in slippage.slips))


_COLUMNS = (
    *("id", "title", "measure_title", "cluster", "bodies", "status", "slip_days", "moves"),
    *("promised_words", "promised_edtf", "promised_earliest", "promised_latest"),
    *("now_words", "now_edtf", "now_earliest", "now_latest"),
    *("announced", "sources", "reasons"),
)


def _fields(slip: Slip, language: str) -> Iterator[Field]:
    measure, milestone = slip.standing.measure, slip.standing.milestone
    yield milestone.full_id
    yield milestone.title.in_language(language)
    yield measure.title.in_language(language)
    yield measure.cluster.id if measure.cluster else None
    yield " ".join(body.id for body in measure.bodies)
    yield slip.standing.status
    yield slip.days
    yield len(slip.moves)
    yield from date_fields(slip.promised)
    yield from date_fields(slip.now)
    yield " ".join(revision.announced.isoformat() for revision in slip.moves)
    yield " ".join(revision.source.id for revision in slip.moves)
    reasons = (revision.reason for revision in slip.moves)
    yield "; ".join(one_line(reason, language) for reason in reasons if reason)


def json(slippage: Slippage, _page: Page) -> str:
    """Return the slips and totals as a JSON document; its texts are in every language they have."""
    programme = slippage.programme
    return written(
        {
            "version": VERSION,
            "programme": {"id": programme.id, "title": programme.title},
            "as_of": slippage.day,
            "slips": [_slip(slip) for slip in slippage.slips],
            "totals": {
                "measures": slippage.measures,
                "clusters": slippage.clusters,
                "bodies": slippage.bodies,
            },
        }
    )


def _slip(slip: Slip) -> dict[str, Any]:
    measure, milestone = slip.standing.measure, slip.standing.milestone
    return {
        "id": milestone.full_id,
        "measure": measure.id,
        "milestone": milestone.id,
        "title": milestone.title,
        "measure_title": measure.title,
        "cluster": measure.cluster,
        "bodies": measure.bodies,
        "status": slip.standing.status,
        "promised": slip.promised,
        "now": slip.now,
        "days": slip.days,
        "moves": slip.moves,
    }


# --- in words -------------------------------------------------------------------------------------

_COUNTS = ("milestones", "silent", "moves", "largest")


def _cells(total: Total, language: str) -> tuple[str, ...]:
    """Return the days of a total, and its counts."""
    return (
        shift(total.days, language) or say_days(0, language),
        f"{total.milestones}",
        f"{total.silent}",
        f"{total.moves}",
        shift(total.largest, language) or "–",  # noqa: RUF001  the dash of a reader
    )


def _by(slip: Slip, language: str) -> str:
    """Return by how much it slipped, where that can be said."""
    return shift(slip.days, language) or say("slipped moved", language)


def _date(date: PolicyDate | None, language: str) -> str:
    return said(date, language) if date else say("undated", language)


def _moves(slip: Slip, language: str) -> Iterator[str]:
    """Yield each move, or that there was none."""
    for revision in slip.moves:
        yield move(revision, language)
    if not slip.moves:
        yield say("unannounced", language)
