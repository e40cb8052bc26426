"""What slipped, as text, Markdown, CSV and JSON.

With no slips it is the heading and a line that says so, the header alone, or empty lists.
"""

from collections.abc import Iterator
from typing import Any

from betatech_milestones.analysis.slips import Slip, Slips, Total
from betatech_milestones.formats.csv import Field, date_fields, rows_of
from betatech_milestones.formats.json import written
from betatech_milestones.formats.layout import Layout
from betatech_milestones.formats.listing import Item, Listing, group, laid_out
from betatech_milestones.formats.markdown import escaped, named, table
from betatech_milestones.formats.standings import day
from betatech_milestones.model.about import REPORT_VERSION
from betatech_milestones.voice import Voice, capital

_STYLES = {"moved": "yellow", "silent": "magenta"}


def as_text(slips: Slips, layout: Layout) -> str:
    """Return the slips and totals as tables for a terminal, or as lines without a width."""
    return laid_out(listed(slips, layout.voice), layout)


def listed(slips: Slips, voice: Voice, most: int | None = None) -> Listing:
    """Return what is told of slips, with no more than so many items in a group."""
    groups = [
        group(
            voice.label(f"slipped {kind}"),
            found,
            lambda slip: _slip_item(slip, voice),
            voice,
            style=_STYLES[kind],
            most=most,
        )
        for kind, found in _kinds(slips)
    ]
    groups += [
        group(
            voice.label(heading), totals, lambda total: _total_item(total, voice), voice, most=most
        )
        for heading, totals in _totals(slips)
    ]
    return Listing(
        heading=_heading(slips, voice), groups=groups, nothing=voice.label("nothing slipped")
    )


def _kinds(slips: Slips) -> Iterator[tuple[str, tuple[Slip, ...]]]:
    for kind, found in {"moved": slips.moved, "silent": slips.silent}.items():
        if found:
            yield kind, found


def _totals(slips: Slips) -> Iterator[tuple[str, tuple[Total, ...]]]:
    for heading, totals in {
        "by measure": slips.measures,
        "by cluster": slips.clusters,
        "by body": slips.bodies,
    }.items():
        if totals:
            yield heading, totals


def _heading(slips: Slips, voice: Voice) -> str:
    what = voice.label("what slipped", day=day(slips, voice))
    return f"{voice.text(slips.programme.title)}, {what}"


def _slip_item(slip: Slip, voice: Voice) -> Item:
    milestone = slip.standing.milestone
    return Item(
        lead=_by(slip, voice),
        id=milestone.full_id,
        title=voice.text(milestone.title),
        details=(
            voice.text(milestone.measure.title),
            f"{voice.date_or_none(slip.promised)} → {voice.date_or_none(slip.now)}",
            _met(slip, voice) if voice.shift(slip.days) else "",
            voice.pair(voice.label("moves"), len(slip.moves)) if slip.moves else "",
            *_moves(slip, voice),
        ),
    )


def _total_item(total: Total, voice: Voice) -> Item:
    number, *counts = _cells(total, voice)
    details = zip(_COUNTS[1:], counts, strict=True)
    return Item(
        lead=voice.pair(voice.label("milestones"), number),
        id=total.id,
        title=voice.text(total.title),
        details=tuple(voice.pair(voice.label(column), count) for column, count in details),
    )


def as_markdown(slips: Slips, layout: Layout) -> str:
    """Return the slips and totals as tables below headings."""
    return "\n".join(_markdown(slips, layout.voice)) + "\n"


def _markdown(slips: Slips, voice: Voice) -> Iterator[str]:
    yield f"# {escaped(_heading(slips, voice))}"
    if not slips.slips:
        yield ""
        yield voice.label("nothing slipped")
    for kind, found in _kinds(slips):
        yield ""
        yield f"## {capital(voice.label(f'slipped {kind}'))} ({len(found)})"
        yield ""
        columns = ("milestone", "promised for", "now", "days", "met late", "moves", "announced")
        yield from table(columns, (_slip_row(slip, voice) for slip in found), voice)
    for heading, totals in _totals(slips):
        yield ""
        yield f"## {capital(voice.label(heading))} ({len(totals)})"
        yield ""
        counts = (heading.removeprefix("by "), *_COUNTS)
        yield from table(counts, (_total_row(total, voice) for total in totals), voice)


def _slip_row(slip: Slip, voice: Voice) -> tuple[str, ...]:
    return (
        named(slip.standing, voice),
        escaped(voice.date_or_none(slip.promised)),
        escaped(voice.date_or_none(slip.now)),
        voice.shift(slip.days) or _NONE,
        _met(slip, voice) or _NONE,
        f"{len(slip.moves)}",
        "<br>".join(map(escaped, _moves(slip, voice))),
    )


def _total_row(total: Total, voice: Voice) -> tuple[str, ...]:
    title = escaped(voice.text(total.title))
    return (f"{title}<br>`{total.id}`", *_cells(total, voice))


def as_csv(slips: Slips, layout: Layout) -> str:
    """Return a row for each slip; days and sources of its moves are parted by spaces."""
    days = (slips.day, slips.known_on)
    return rows_of(_COLUMNS, ((*_fields(slip, layout.voice), *days) for slip in slips.slips))


_COLUMNS = (
    *("id", "title", "measure_title", "cluster", "bodies", "status"),
    *("moved_days", "at_least_days_late", "at_most_days_late", "moves"),
    *("promised_words", "promised_edtf", "promised_earliest", "promised_latest"),
    *("now_words", "now_edtf", "now_earliest", "now_latest"),
    *("announced", "sources", "reasons"),
    *("as_of", "known_on"),
)


def _fields(slip: Slip, voice: Voice) -> Iterator[Field]:
    milestone = slip.standing.milestone
    measure = milestone.measure
    revisions = [move.revision for move in slip.moves]
    yield milestone.full_id
    yield voice.text(milestone.title)
    yield voice.text(measure.title)
    yield measure.cluster.id if measure.cluster else None
    yield " ".join(body.id for body in slip.standing.bodies)
    yield slip.standing.status
    yield slip.days
    yield slip.timeliness.at_least if slip.timeliness else None
    yield slip.timeliness.at_most if slip.timeliness else None
    yield len(revisions)
    yield from date_fields(slip.promised)
    yield from date_fields(slip.now)
    yield " ".join(revision.announced.isoformat() for revision in revisions)
    yield " ".join(revision.source.id for revision in revisions)
    yield "; ".join(voice.line(revision.reason) for revision in revisions if revision.reason)


def as_json(slips: Slips, _layout: Layout) -> str:
    """Return the slips and totals as a JSON document; its texts are in every language they have."""
    programme = slips.programme
    return written(
        {
            "version": REPORT_VERSION,
            "programme": {"id": programme.id, "title": programme.title},
            "as_of": slips.day,
            "known_on": slips.known_on,
            "slips": [_slip(slip) for slip in slips.slips],
            "totals": {
                "measures": slips.measures,
                "clusters": slips.clusters,
                "bodies": slips.bodies,
            },
        }
    )


def _slip(slip: Slip) -> dict[str, Any]:
    milestone = slip.standing.milestone
    measure = milestone.measure
    return {
        "id": milestone.full_id,
        "measure": measure.id,
        "milestone": milestone.id,
        "title": milestone.title,
        "measure_title": measure.title,
        "cluster": measure.cluster,
        "bodies": slip.standing.bodies,
        "status": slip.standing.status,
        "promised": slip.promised,
        "now": slip.now,
        "moved_days": slip.days,
        "timeliness": slip.timeliness,
        "moves": [move.revision for move in slip.moves],
    }


# --- in words -------------------------------------------------------------------------------------

_COUNTS = ("milestones", "silent", "moves", "median", "largest")
_NONE = "–"  # noqa: RUF001  the dash of a reader


def _cells(total: Total, voice: Voice) -> tuple[str, ...]:
    """Return the counts of a total, and the days in the middle and at the top."""
    median = _NONE
    if total.median is not None:
        days = voice.shift(round(total.median)) or voice.days(0)
        median = voice.label("median of", days=days, count=total.counted)
    return (
        f"{total.milestones}",
        f"{total.silent}",
        f"{total.moves}",
        median,
        voice.shift(total.largest) or _NONE,
    )


def _by(slip: Slip, voice: Voice) -> str:
    """Return by how much it slipped, where that can be said."""
    return voice.shift(slip.days) or _met(slip, voice) or voice.label("slipped moved")


def _met(slip: Slip, voice: Voice) -> str:
    """Return how late it was met; nothing where it is not."""
    return (
        "" if slip.timeliness is None else voice.timeliness(slip.timeliness, moved=bool(slip.moves))
    )


def _moves(slip: Slip, voice: Voice) -> Iterator[str]:
    """Yield each move, or that there was none."""
    for move in slip.moves:
        yield voice.revision(move.revision)
    if not slip.moves:
        yield voice.label("unannounced")
