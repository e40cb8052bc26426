"""What became of promises, as text, Markdown, CSV and JSON.

Every share stands with the cases that it is a share of, and in JSON every number with the ids
behind it. Where there is no case there is no number.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import attrs

from betatech_milestones.analysis.stats import (
    FEW,
    Bounds,
    Fate,
    Group,
    Share,
    Spread,
    Stats,
)
from betatech_milestones.formats import listing
from betatech_milestones.formats.csv import Field, rows_of
from betatech_milestones.formats.json import written
from betatech_milestones.formats.layout import Layout
from betatech_milestones.formats.markdown import escaped, table
from betatech_milestones.formats.standings import day
from betatech_milestones.model.about import REPORT_VERSION
from betatech_milestones.model.records import Texts
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import By
from betatech_milestones.voice import Voice, capital

_STYLES = {
    Fate.IN_TIME: "green",
    Fate.KEPT: "green",
    Fate.KEPT_LATE: "green",
    Fate.LATE: "bold red",
    Fate.UNCHECKED: "bold magenta",
    Fate.NO_NEWS: "yellow",
}
_FATES = {
    Fate.IN_TIME: "fate in-time",
    Fate.KEPT: "fate kept",
    Fate.KEPT_LATE: "fate kept-late",
    Fate.BY_ITSELF: "fate by-itself",
    Fate.PUT_OFF: "fate put-off",
    Fate.LATE: "group late",
    Fate.NO_NEWS: "group no-news",
    Fate.UNCHECKED: "group unchecked",
    Fate.PASSED: "group passed",
    Fate.DROPPED: "dropped",
    Fate.REPLACED: "replaced",
}
_NONE = "–"  # noqa: RUF001  the dash of a reader


def as_text(stats: Stats, layout: Layout) -> str:
    """Return the figures as tables for a terminal, or as lines without a width."""
    voice, total = layout.voice, stats.total
    groups = [
        listing.Group(
            heading=voice.label(heading),
            style="",
            items=[
                listing.Item(lead=told, style=style, id="", title=what, details=tuple(details))
                for what, told, style, *details in figures
            ],
            number=number,
        )
        for heading, number, figures in _sections(total, voice)
        if figures
    ]
    if stats.groups:
        assert stats.by is not None, "groups are of something"
        groups.append(
            listing.Group(
                heading=_by(stats.by, voice),
                style="",
                items=[_item(group, voice) for group in stats.groups],
            )
        )
    return listing.listing(
        _heading(stats, voice),
        groups,
        layout,
        nothing=voice.label("no promises"),
        note=_note(stats, voice),
    )


def _heading(stats: Stats, voice: Voice) -> str:
    what = voice.label("what became", day=day(stats, voice))
    if stats.since is not None:
        what = f"{what}, {voice.label('promised since', day=voice.day(stats.since))}"
    return f"{voice.text(stats.programme.title)}, {what}"


def _by(by: By, voice: Voice) -> str:
    return voice.label("by year promised" if by is By.YEAR else f"by {by}")


def _note(stats: Stats, voice: Voice) -> str:
    """Return what the figures mean, and what they do not."""
    if not stats.total.promises:
        return ""
    return voice.label("fell due means", few=FEW)


_Figure = tuple[str, ...]
"""What it is of, the figure, its style, and what there is to say besides."""


def _sections(group: Group, voice: Voice) -> Iterator[tuple[str, int | None, list[_Figure]]]:
    """Yield what is told of all promises together: a heading, of how many, and figures."""
    yield "fell due", len(group.fell_due), [*_fates(group, voice)]
    yield (
        "not counted as due",
        None,
        [
            (voice.label(key), voice.number(len(its)), "")
            for key, its in {
                "not due yet": group.not_due,
                "never dated": group.without_term,
            }.items()
            if its
        ],
    )
    shares = [*_shares(group, voice)] if group.judged else []
    yield "shares", None, [(voice.label(key), told, "") for key, told in shares]
    yield "moves", None, [(what, told, "") for what, told in _moves(group, voice)]


def _fates(group: Group, voice: Voice) -> Iterator[_Figure]:
    for word, standings in group.fates.items():
        if standings:
            yield (
                voice.label(_FATES[word]),
                voice.number(len(standings)),
                _STYLES.get(word, ""),
                *(_late(group, voice) if word is Fate.KEPT_LATE else ()),
            )


def _late(group: Group, voice: Voice) -> Iterator[str]:
    for key, bounds in {"median": group.median_late, "largest": group.largest_late}.items():
        if bounds is not None:
            yield voice.pair(voice.label(key), _bounds(bounds, voice))


def _bounds(bounds: Bounds, voice: Voice) -> str:
    least = voice.days(round(bounds.at_least))
    if bounds.at_most is None:
        return voice.label("at least", least=least)
    if round(bounds.at_least) == round(bounds.at_most):
        return least
    return voice.label("between", least=least, most=voice.days(round(bounds.at_most)))


def _shares(group: Group, voice: Voice) -> Iterator[tuple[str, str]]:
    yield "share kept", share(group.share_kept, voice)
    yield "share kept in time", share(group.share_kept_in_time, voice)
    yield "share in time", share(group.share_in_time, voice)


def share(found: Share, voice: Voice) -> str:
    """Return a share with its cases: "7 to 13 of 17 (41 to 76 %)"; "none" where there is no case.

    Of a few cases it is not told in percent alone anywhere: the counts stand first.
    """
    percent = found.percent
    if percent is None:
        return voice.label("no case")
    counts = _range(found.at_least, found.at_most, voice)
    low, high = percent
    return voice.label(
        "share of", counts=counts, all=voice.number(found.of), percent=_range(low, high, voice)
    )


def _range(low: int, high: int, voice: Voice) -> str:
    if low == high:
        return voice.number(low)
    return voice.label("range", low=voice.number(low), high=voice.number(high))


def _moves(group: Group, voice: Voice) -> Iterator[tuple[str, str]]:
    if not group.moved:
        return
    yield voice.label("moved promises"), voice.number(len(group.moved))
    yield voice.label("moves"), voice.number(group.moves)
    if (days := group.moved_days) is not None:
        yield voice.label("moved by"), _spread(days, voice)


def _spread(found: Spread, voice: Voice) -> str:
    """Return the days in the middle, and between which half of them lie."""
    return voice.label(
        "spread",
        median=_signed(found.median, voice),
        lower=_signed(found.lower_quartile, voice),
        upper=_signed(found.upper_quartile, voice),
        count=voice.number(found.number),
    )


def _signed(days: float, voice: Voice) -> str:
    return voice.shift(round(days)) or voice.days(0)


def _item(group: Group, voice: Voice) -> listing.Item:
    return listing.Item(
        lead=voice.pair(voice.label("fell due"), voice.number(len(group.fell_due))),
        id=group.id or "",
        title=_title(group, voice),
        details=tuple(voice.pair(voice.label(key), told) for key, told in _brief(group, voice)),
    )


def _title(group: Group, voice: Voice) -> str:
    if group.title is None:
        return group.id or voice.label("none of these")
    if isinstance(group.title, Texts):
        return voice.text(group.title)
    return voice.label(group.title)


_WORST_FIRST = (
    *(Fate.KEPT_LATE, Fate.LATE, Fate.UNCHECKED, Fate.NO_NEWS, Fate.PASSED, Fate.PUT_OFF),
    *(Fate.DROPPED, Fate.REPLACED, Fate.BY_ITSELF),
)


def _brief(group: Group, voice: Voice) -> Iterator[tuple[str, str]]:
    """Yield what is told of a group in few words, but for what it has none of."""
    if group.judged:
        yield "share kept", share(group.share_kept, voice)
    if group.kept:
        yield "share in time", share(group.share_in_time, voice)
    counts = {
        **{_FATES[word]: group.fates[word] for word in _WORST_FIRST},
        "moved promises": group.moved,
        "not due yet": group.not_due,
        "never dated": group.without_term,
    }
    for key, those in counts.items():
        if those:
            late = _late(group, voice) if key == _FATES[Fate.KEPT_LATE] else ()
            yield key, ", ".join([voice.number(len(those)), *late])


# --- Markdown -------------------------------------------------------------------------------------


def as_markdown(stats: Stats, layout: Layout) -> str:
    """Return the figures as tables below headings."""
    return "\n".join(_markdown(stats, layout.voice)) + "\n"


def _markdown(stats: Stats, voice: Voice) -> Iterator[str]:
    yield f"# {escaped(_heading(stats, voice))}"
    if not stats.total.promises:
        yield ""
        yield voice.label("no promises")
        return
    for heading, number, figures in _sections(stats.total, voice):
        if figures:
            yield ""
            count = "" if number is None else f" ({voice.number(number)})"
            yield f"## {capital(voice.label(heading))}{count}"
            yield ""
            rows = ((escaped(what), escaped(_told(told, more))) for what, told, _, *more in figures)
            yield from table(("what", "how many"), rows, voice)
    if stats.groups:
        assert stats.by is not None, "groups are of something"
        yield ""
        yield f"## {capital(_by(stats.by, voice))} ({len(stats.groups)})"
        yield ""
        columns = (str(stats.by), *_COLUMNS_FOR_PEOPLE)
        yield from table(columns, (_row(group, voice) for group in stats.groups), voice)
    yield ""
    yield escaped(_note(stats, voice))


def _told(told: str, more: Iterable[str]) -> str:
    return "; ".join([told, *more])


_COLUMNS_FOR_PEOPLE = ("fell due", "share kept", "share in time", "fate kept-late", "open", "moves")


def _row(group: Group, voice: Voice) -> tuple[str, ...]:
    title = escaped(_title(group, voice))
    return (
        title if group.id is None else f"{title}<br>`{group.id}`",
        voice.number(len(group.fell_due)),
        escaped(share(group.share_kept, voice)),
        escaped(share(group.share_in_time, voice)),
        escaped("; ".join(_late(group, voice))) or _NONE,
        voice.number(len(group.open)),
        voice.number(group.moves),
    )


# --- for programs ---------------------------------------------------------------------------------


def as_csv(stats: Stats, _layout: Layout) -> str:
    """Return a row for all promises together, and one for each group."""
    days = (stats.day, stats.known_on)
    groups = [("all", stats.total), *((str(stats.by), group) for group in stats.groups)]
    rows = ((sort, *_fields(group), *days) for sort, group in groups)
    return rows_of(_COLUMNS, rows)


_COLUMNS = (
    *("by", "id", "promises", "without_term", "not_due", "fell_due"),
    *(word.replace("-", "_") for word in Fate),
    *("open", "moved", "moves"),
    *("kept_cases", "kept_at_least", "kept_at_most"),
    *("in_time_cases", "in_time_at_least", "in_time_at_most"),
    *("median_days_late_at_least", "median_days_late_at_most"),
    *("largest_days_late_at_least", "largest_days_late_at_most"),
    *("moved_days_counted", "moved_days_lower_quartile", "moved_days_median"),
    *("moved_days_upper_quartile", "as_of", "known_on"),
)


def _fields(group: Group) -> Iterator[Field]:
    yield group.id
    yield from map(len, (group.promises, group.without_term, group.not_due, group.fell_due))
    yield from map(len, group.fates.values())
    yield from (len(group.open), len(group.moved), group.moves)
    for found in (group.share_kept, group.share_in_time):
        yield from (found.of, found.at_least, found.at_most)
    for bounds in (group.median_late, group.largest_late):
        yield from (None, None) if bounds is None else map(_exact, attrs.astuple(bounds))
    days = group.moved_days
    if days is None:
        yield from (0, None, None, None)
    else:
        yield days.number
        yield from map(_exact, (days.lower_quartile, days.median, days.upper_quartile))


def _exact(days: float | None) -> int | Decimal | None:
    """Return days as they are: whole, or with what a quartile between two of them has."""
    if days is None:
        return None
    return int(days) if days.is_integer() else Decimal(str(days))


def as_json(stats: Stats, _layout: Layout) -> str:
    """Return the figures as a JSON document, each with the ids of the milestones behind it."""
    programme = stats.programme
    return written(
        {
            "version": REPORT_VERSION,
            "programme": {"id": programme.id, "title": programme.title},
            "as_of": stats.day,
            "known_on": stats.known_on,
            "since": stats.since,
            "by": stats.by,
            "total": _record(stats.total),
            "groups": [_record(group) for group in stats.groups],
        }
    )


def _record(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "title": group.title,
        "promises": _ids(group.promises),
        "without_term": _ids(group.without_term),
        "not_due": _ids(group.not_due),
        "fell_due": _ids(group.fell_due),
        "fates": {str(word): _ids(standings) for word, standings in group.fates.items()},
        "kept": _share(group.share_kept),
        "kept_in_time": _share(group.share_kept_in_time),
        "in_time": _share(group.share_in_time),
        "median_days_late": group.median_late,
        "largest_days_late": group.largest_late,
        "open": _ids(group.open),
        "days_since_term": group.since_term,
        "moved": _ids(group.moved),
        "moves": group.moves,
        "moved_days": group.moved_days,
        "is_small": group.is_small,
    }


def _ids(standings: Iterable[Standing]) -> dict[str, Any]:
    ids = [standing.milestone.full_id for standing in standings]
    return {"number": len(ids), "ids": ids}


def _share(found: Share) -> dict[str, Any]:
    return {**attrs.asdict(found), "percent": found.percent}
