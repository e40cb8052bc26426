"""What is left out of a calendar that is too large, so that every reader still takes it.

Google Calendar stops at 1 MB, and others have trouble before. A window follows from the year of the
build, so that nothing comes or goes overnight but at New Year.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Generic, Protocol, TypeVar

import attrs

from betatech_milestones.calendars.items import Item

ROOM = 500_000
"""How many octets the items of a calendar have at most."""
ROOM_OF_YEAR = 900_000
"""The same in a calendar of one year, where everything is."""
_ALARM = 300
"""About how many octets an alarm adds."""


class Dated(Protocol):
    """What an item of a calendar tells of its days."""

    @property
    def day(self) -> dt.date | None:
        """The last day of its date."""

    @property
    def end(self) -> dt.date | None:
        """The first day by which it has ended; None: it is open."""


_Kept = TypeVar("_Kept", bound=Dated)


@attrs.frozen(kw_only=True)
class Window(Generic[_Kept]):
    """The items that a calendar has room for, in order, and what that leaves out."""

    items: Sequence[_Kept]
    left_out: int = 0
    since: dt.date | None = None
    """What ended before is left out; None: all is there."""
    first: dt.date | None = None
    """For want of room, nothing of an earlier day is there."""
    last: dt.date | None = None
    """For want of room, nothing of a later day is there."""
    is_full: bool = False
    """Whether there was no room for all that is open or ended later."""


def size(item: Item) -> int:
    """Return how many octets an item has."""
    return item.edition.octets


def size_with_alarm(item: Item) -> int:
    """Return about how many it has where alarms are, which go off for what has no outcome."""
    return item.edition.octets + (_ALARM if item.milestone.outcome is None else 0)


def window(found: Sequence[_Kept], year: int, octets: Callable[[_Kept], int]) -> Window[_Kept]:
    """Return all items or, where these are too many, what is open and what ended of late.

    That is since the year before. If it is still too much, the furthest past is left out first and
    then the furthest future, by whole years; of a year that is too much alone the last days stay.
    """
    if sum(map(octets, found)) <= ROOM:
        return Window(items=found)
    since = dt.date(max(year - 1, dt.MINYEAR), 1, 1)
    recent = [item for item in found if item.end is None or item.end >= since]
    near = {id(item) for item in _nearest(recent, year, octets)}
    kept = [item for item in recent if id(item) in near]
    days, lost = _days(kept), _days(item for item in recent if id(item) not in near)
    return Window(
        items=kept,
        left_out=len(found) - len(kept),
        since=since,
        first=_first(days, lost),
        last=_last(days, lost),
        is_full=len(kept) < len(recent),
    )


def _days(found: Iterable[Dated]) -> set[dt.date]:
    return {item.day for item in found if item.day is not None}


def _first(kept: set[dt.date], lost: set[dt.date]) -> dt.date | None:
    """Return the day before which there is nothing though there could be: with its whole year."""
    if not kept or min(lost, default=dt.date.max) > min(kept):
        return None
    new_year = dt.date(min(kept).year, 1, 1)
    return min(kept) if any(new_year <= day < min(kept) for day in lost) else new_year


def _last(kept: set[dt.date], lost: set[dt.date]) -> dt.date | None:
    """Return the last day of the years after which there is nothing though there could be."""
    if not kept or max(lost, default=dt.date.min) < max(kept):
        return None
    return dt.date(max(kept).year, 12, 31)


def _nearest(found: Iterable[_Kept], year: int, octets: Callable[[_Kept], int]) -> Iterator[_Kept]:
    """Yield what there is room for, from what is nearest to a year on."""
    by_year: defaultdict[int | None, list[_Kept]] = defaultdict(list)
    for item in found:
        by_year[None if item.day is None else item.day.year].append(item)
    room = ROOM
    for one in sorted(by_year, key=lambda each: _distance(each, year)):
        needed = sum(map(octets, by_year[one]))
        if needed > room:
            if room == ROOM:
                yield from _last_days(by_year[one], octets)
            return
        yield from by_year[one]
        room -= needed


def _distance(one: int | None, year: int) -> tuple[int, int]:
    """Return what sorts years: this one and those to come, what has no date, and those before."""
    if one is None:
        return 1, 0
    return (0, one) if one >= year else (2, -one)


def _last_days(found: Iterable[_Kept], octets: Callable[[_Kept], int]) -> Iterator[_Kept]:
    """Yield the latest of what there is too much of, as far as there is room."""
    latest = sorted(found, key=lambda item: item.day or dt.date.min, reverse=True)
    sizes = accumulate(map(octets, latest))
    yield from (item for item, size in zip(latest, sizes, strict=True) if size <= ROOM)
