"""What became of promises, as text, Markdown, CSV and JSON.

Every share stands with the cases that it is a share of, and in JSON every number with the ids
behind it. Where there is no case there is no number.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import attrs

from betatech_milestones.analysis.incidence import incidence
from betatech_milestones.analysis.over_time import MonthEnd, over_time
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
from betatech_milestones.formats.standings import attested, day
from betatech_milestones.model.about import REPORT_VERSION
from betatech_milestones.model.records import Texts
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Attestation, By
from betatech_milestones.model.words import without_accents
from betatech_milestones.voice import Voice, capital

_STYLES = {
    Fate.IN_TIME: "green",
    Fate.IN_TIME_OR_NOT: "green",
    Fate.KEPT_LATE: "green",
    Fate.LATE: "bold red",
    Fate.UNCHECKED: "bold magenta",
    Fate.NO_NEWS: "yellow",
}
_FATES = {
    Fate.IN_TIME: "fate in-time",
    Fate.IN_TIME_OR_NOT: "fate kept",
    Fate.KEPT_LATE: "fate kept-late",
    Fate.FIXED: "fixed",
    Fate.PUT_OFF: "fate put-off",
    Fate.LATE: "group late",
    Fate.NO_NEWS: "group no-news",
    Fate.UNCHECKED: "group unchecked",
    Fate.PASSED: "group passed",
    Fate.DROPPED: "dropped",
    Fate.REPLACED: "replaced",
}
_ATTESTED = ("claimed", "reported", "reported by unknown", "verified")


def as_text(stats: Stats, layout: Layout) -> str:
    """Return the figures as tables for a terminal, or as lines without a width."""
    return listing.laid_out(listed(stats, layout.voice), layout)


def listed(stats: Stats, voice: Voice, most: int | None = None) -> listing.Listing:
    """Return what is told of the figures, with no more than so many groups."""
    groups = [
        listing.Group(
            heading=section.heading,
            style="",
            items=[
                listing.Item(
                    lead=figure.told,
                    style=figure.style,
                    id="",
                    title=figure.what,
                    details=figure.details,
                )
                for figure in section.figures
            ],
            number=voice.number(section.number),
        )
        for section in sections(stats.total, voice)
    ]
    if stats.groups:
        assert stats.by is not None, "groups are of something"
        groups.append(
            listing.group(
                grouping(stats.by, voice),
                ordered(stats.groups, voice),
                lambda group: _item(group, voice),
                voice,
                most=most,
            )
        )
    return listing.Listing(
        heading=_heading(stats, voice),
        groups=groups,
        nothing=voice.label("no promises"),
        note=note(stats, voice),
    )


def _heading(stats: Stats, voice: Voice) -> str:
    return f"{voice.text(stats.programme.title)}, {of_day('what became', stats, voice)}"


def of_day(key: str, stats: Stats, voice: Voice) -> str:
    """Return what is told of the figures, of which day, and since when promises count."""
    told = voice.label(key, day=day(stats, voice))
    if stats.since is None:
        return told
    return f"{told}, {voice.label('promised since', day=voice.day(stats.since))}"


def grouping(by: By, voice: Voice) -> str:
    """Return by what groups are told apart."""
    return voice.label("by year promised" if by is By.YEAR else f"by {by}")


def ordered(groups: Iterable[Group], voice: Voice) -> list[Group]:
    """Return groups with the small ones in the order of what a reader of a language calls them."""
    return sorted(groups, key=lambda group: _place(group, voice))


def _place(group: Group, voice: Voice) -> tuple[bool, bool, str]:
    if group.title is None:  # a year, or none: where they are
        return group.id is None, False, ""
    name = without_accents(title_of(group, voice).casefold()) if group.is_small else ""
    return False, group.is_small, name


def note(stats: Stats, voice: Voice) -> str:
    """Return what the figures mean, and what they do not."""
    if not stats.total.promises:
        return ""
    return voice.label("fell due means", few=FEW)


@attrs.frozen
class Figure:
    """A figure, what it is of, and what there is to say besides."""

    what: str
    told: str
    style: str = ""
    details: tuple[str, ...] = ()


@attrs.frozen
class Section:
    """Figures of the same cases, below a heading that tells how many those are."""

    heading: str
    number: int
    figures: tuple[Figure, ...]


def sections(group: Group, voice: Voice) -> Iterator[Section]:
    """Yield what is told of promises together; nothing of what there is no case of."""
    others = {"not due yet": group.not_due, "never dated": group.without_term}
    found = {
        "fell due": (len(group.fell_due), _fates(group, voice)),
        "shares": (group.judged, _shares(group, voice)),
        "who says kept": (len(group.kept), _attested(group, voice)),
        "not counted as due": (
            sum(map(len, others.values())),
            (
                Figure(voice.label(key), voice.number(len(its)))
                for key, its in others.items()
                if its
            ),
        ),
        "moves": (group.moves, _moves(group, voice)),
    }
    for heading, (number, figures) in found.items():
        if number:
            yield Section(voice.label(heading), number, tuple(figures))


def _fates(group: Group, voice: Voice) -> Iterator[Figure]:
    for word, standings in group.fates.items():
        if standings:
            late = tuple(days_late(group, voice)) if word is Fate.KEPT_LATE else ()
            count = voice.number(len(standings))
            yield Figure(voice.label(_FATES[word]), count, _STYLES.get(word, ""), late)


def _attested(group: Group, voice: Voice) -> Iterator[Figure]:
    found = Counter(map(attested, group.kept))
    for key in _ATTESTED:
        if found[key]:
            yield Figure(voice.label(key), voice.number(found[key]))


def days_late(group: Group, voice: Voice) -> Iterator[str]:
    """Yield the days in the middle and at the top by which those were late that surely were."""
    for key, bounds in {
        "median": group.median_days_late,
        "largest": group.largest_days_late,
    }.items():
        if bounds is not None:
            yield voice.pair(voice.label(key), _bounds(bounds, voice))


def _bounds(bounds: Bounds, voice: Voice) -> str:
    if bounds.at_least == bounds.at_most:
        return voice.days(_nearest(bounds.at_least))
    least = voice.days(math.floor(bounds.at_least))
    if bounds.at_most is None:
        return voice.label("at least", least=least)
    return voice.label("between", least=least, most=voice.days(math.ceil(bounds.at_most)))


def _nearest(days: float) -> int:
    """Return days as whole ones; half a day is told as the next, as in a share."""
    return math.floor(days + 1 / 2)


def _shares(group: Group, voice: Voice) -> Iterator[Figure]:
    number, every = len(group.untold), voice.number(group.judged)
    untold = (voice.label("untold", number=voice.number(number), all=every),) if number else ()
    for key, found in {
        "share kept": group.share_kept,
        "share kept in time": group.share_kept_in_time,
        "share in time": group.share_in_time,
    }.items():
        told = share(found, voice)
        yield Figure(voice.label(key), told, details=() if key == "share in time" else untold)


def share(found: Share, voice: Voice) -> str:
    """Return a share with its cases: "7 to 13 of 17 (41 to 76%)"; "none" where there is no case.

    Of a few cases it is not told in percent alone anywhere: the counts stand first.
    """
    percent = found.percent
    if percent is None:
        return voice.label("no case")
    counts = voice.range(found.at_least, found.at_most)
    low, high = percent
    return voice.label(
        "share of", counts=counts, all=voice.number(found.of), percent=voice.range(low, high)
    )


def _moves(group: Group, voice: Voice) -> Iterator[Figure]:
    days = group.moved_days
    details = () if days is None else (_spread(days, voice),)
    yield Figure(voice.label("moved promises"), _share_moved(group, voice), "yellow", details)


def _share_moved(group: Group, voice: Voice) -> str:
    """Return how many were moved of all of them, due or not."""
    moved = len(group.moved)
    return share(Share(moved, moved, len(group.promises)), voice)


def _spread(found: Spread, voice: Voice) -> str:
    """Return the days in the middle, and between which half of them lie; all, where few are."""
    count = voice.number(found.number)
    if found.smallest == found.largest:
        return voice.label("median of", days=_signed(found.median, voice), count=count)
    is_few = found.number < FEW
    return voice.label(
        "spread few" if is_few else "spread",
        median=_signed(found.median, voice),
        lower=_signed(found.smallest if is_few else found.lower_quartile, voice),
        upper=_signed(found.largest if is_few else found.upper_quartile, voice),
        count=count,
    )


def _signed(days: float, voice: Voice) -> str:
    return voice.shift(_nearest(days)) or voice.days(0)


def _item(group: Group, voice: Voice) -> listing.Item:
    return listing.Item(
        lead=voice.pair(voice.label("fell due"), voice.number(len(group.fell_due))),
        id="" if group.title is None else group.id or "",
        title=title_of(group, voice),
        details=tuple(voice.pair(voice.label(key), told) for key, told in _brief(group, voice)),
    )


def title_of(group: Group, voice: Voice) -> str:
    """Return what a group is called; a year is its own title."""
    if group.title is None:
        return group.id or voice.label("none of these")
    if isinstance(group.title, Texts):
        return voice.text(group.title)
    return voice.label(group.title)


_WORST_FIRST = (
    *(Fate.KEPT_LATE, Fate.LATE, Fate.UNCHECKED, Fate.NO_NEWS, Fate.PASSED, Fate.PUT_OFF),
    *(Fate.DROPPED, Fate.REPLACED, Fate.FIXED),
)


def _brief(group: Group, voice: Voice) -> Iterator[tuple[str, str]]:
    """Yield what is told of a group in few words, but for what it has none of."""
    if group.judged:
        yield "share kept", share(group.share_kept, voice)
    if group.kept:
        yield "share in time", share(group.share_in_time, voice)
    counts = {
        **{_FATES[word]: group.fates[word] for word in _WORST_FIRST},
        "not due yet": group.not_due,
        "never dated": group.without_term,
    }
    for key, those in counts.items():
        if those:
            late = days_late(group, voice) if key == _FATES[Fate.KEPT_LATE] else ()
            yield key, ", ".join([voice.number(len(those)), *late])
    if group.moved:
        yield "moved promises", _share_moved(group, voice)


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
    for section in sections(stats.total, voice):
        yield ""
        yield f"## {capital(section.heading)} ({voice.number(section.number)})"
        yield ""
        rows = (
            (escaped(figure.what), escaped("; ".join([figure.told, *figure.details])))
            for figure in section.figures
        )
        yield from table(("what", "how many"), rows, voice)
    if stats.groups:
        assert stats.by is not None, "groups are of something"
        yield ""
        yield f"## {capital(grouping(stats.by, voice))} ({voice.number(len(stats.groups))})"
        yield ""
        columns = ("year promised" if stats.by is By.YEAR else str(stats.by), *GROUP_COLUMNS)
        yield from table(
            columns, (_row(group, voice) for group in ordered(stats.groups, voice)), voice
        )
    yield ""
    yield escaped(note(stats, voice))


GROUP_COLUMNS = ("fell due", "share kept", "share in time", "fate kept-late", "open", "moves")
"""The labels of what `cells` tells of a group."""


def _row(group: Group, voice: Voice) -> tuple[str, ...]:
    title = escaped(title_of(group, voice))
    named = title if group.title is None else f"{title}<br>`{group.id}`"
    return named, *map(escaped, cells(group, voice))


def cells(group: Group, voice: Voice) -> tuple[str, ...]:
    """Return what a table of groups has of one, behind its title."""
    late = group.fates[Fate.KEPT_LATE]
    return (
        voice.number(len(group.fell_due)),
        share(group.share_kept, voice),
        share(group.share_in_time, voice),
        "; ".join([voice.number(len(late)), *days_late(group, voice)]),
        voice.number(len(group.open)),
        voice.number(group.moves),
    )


# --- for programs ---------------------------------------------------------------------------------


def as_csv(stats: Stats, layout: Layout) -> str:
    """Return a row for all promises together, and one for each group."""
    days = (stats.day, stats.known_on)
    every = ("all", None, None, *_fields(stats.total), *days)
    groups = (
        (stats.by, group.id, title_of(group, layout.voice), *_fields(group), *days)
        for group in ordered(stats.groups, layout.voice)
    )
    return rows_of(_COLUMNS, (every, *groups))


_COLUMNS = (
    *("by", "id", "title", "promises", "without_term", "not_due", "fell_due"),
    *(word.replace("-", "_") for word in Fate),
    *Attestation,
    *("open", "moved", "moves"),
    *("kept_cases", "kept_at_least", "kept_at_most"),
    *("kept_in_time_cases", "kept_in_time_at_least", "kept_in_time_at_most"),
    *("in_time_cases", "in_time_at_least", "in_time_at_most"),
    *("median_days_late_at_least", "median_days_late_at_most"),
    *("largest_days_late_at_least", "largest_days_late_at_most"),
    *("moved_days_counted", "moved_days_lower_quartile", "moved_days_median"),
    *("moved_days_upper_quartile", "as_of", "known_on"),
)


def _fields(group: Group) -> Iterator[Field]:
    yield from map(len, (group.promises, group.without_term, group.not_due, group.fell_due))
    yield from map(len, group.fates.values())
    yield from map(len, group.attested.values())
    yield from (len(group.open), len(group.moved), group.moves)
    for found in (group.share_kept, group.share_kept_in_time, group.share_in_time):
        yield from (found.of, found.at_least, found.at_most)
    for bounds in (group.median_days_late, group.largest_days_late):
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
    """Return the figures as a JSON document, each with the ids of the milestones behind it.

    How they stood month by month, and how long they took, is told in numbers alone.
    """
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
            "groups": map(_record, stats.groups),  # each is written before the next is made
            "over_time": [_moment(moment) for moment in over_time(stats)],
            "incidence": incidence(stats.total.promises).points,
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
        "attestation": {str(word): _ids(its) for word, its in group.attested.items()},
        "kept": _share(group.share_kept),
        "kept_in_time": _share(group.share_kept_in_time),
        "in_time": _share(group.share_in_time),
        "median_days_late": group.median_days_late,
        "largest_days_late": group.largest_days_late,
        "open": _ids(group.open),
        "untold": _ids(group.untold),
        "days_since_term": group.days_since_term,
        "moved": _ids(group.moved),
        "moves": group.moves,
        "moved_days": group.moved_days,
        "is_small": group.is_small,
    }


def _moment(moment: MonthEnd) -> dict[str, Any]:
    standings = [
        {"status": status, "evidence": evidence, "number": number}
        for (status, evidence), number in moment.standings.items()
    ]
    return {
        **{field.name: getattr(moment, field.name) for field in attrs.fields(MonthEnd)},
        "standings": standings,
    }


def _ids(standings: Iterable[Standing]) -> dict[str, Any]:
    ids = [standing.milestone.full_id for standing in standings]
    return {"number": len(ids), "ids": ids}


def _share(found: Share) -> dict[str, Any]:
    return {**attrs.asdict(found), "percent": found.percent}
