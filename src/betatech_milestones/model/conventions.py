"""What a programme says of its own dates: without it some phrases have two readings, or none."""

import datetime as dt
from collections.abc import Iterable

import attrs

from betatech_milestones.model import rules, values
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.plain import Plain
from betatech_milestones.model.vocabulary import DateOrder


def _names(value: object) -> tuple[str, ...]:
    return tuple(values.line(name) for name in values.ids(value))  # type: ignore[arg-type]


def date_order(value: object) -> DateOrder:
    """Which of two numbers is the day, as a member or as its text."""
    return values.word(value, DateOrder)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Period(Plain):
    """A stretch of days that people name: "zomerreces 2014"."""

    name: str = attrs.field(converter=values.line)
    also_called: tuple[str, ...] = attrs.field(default=(), converter=_names)
    """Read as this period behind a word for before or after alone: "vóór de zomer 2014"."""
    first: dt.date = attrs.field(converter=values.exact_day)
    last: dt.date = attrs.field(converter=values.exact_day)

    def __attrs_post_init__(self) -> None:
        """Refuse one that ends before it begins."""
        if self.last < self.first:
            raise BadValue(
                rules.BAD_PERIOD,
                f'"{self.name}" ends on {self.last}, before it begins; mend first or last',
            )


def _periods(value: Iterable[Period]) -> tuple[Period, ...]:
    return tuple(value)


@attrs.frozen(kw_only=True, cache_hash=True)
class Conventions:
    """How a programme writes its dates."""

    language: str | None = None
    """The BCP 47 tag of the language that is tried before the others."""
    fiscal_year: str | None = attrs.field(
        default=None, converter=attrs.converters.optional(values.month_and_day)
    )
    """Month and day with which a financial year begins: "04-01"."""
    date_order: DateOrder | None = attrs.field(
        default=None, converter=attrs.converters.optional(date_order)
    )
    """Which of two numbers before a year is the day; without it "1/9/2026" is refused."""
    periods: tuple[Period, ...] = attrs.field(default=(), converter=_periods)


NO_CONVENTIONS = Conventions()
