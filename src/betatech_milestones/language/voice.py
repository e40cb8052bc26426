"""How records are told: one voice for every view.

Whether a date is followed by its window, what a move or a standing is called, how a source is
cited: it is decided here, once. A view lays out what it is told.
"""

import datetime as dt
import enum
from collections.abc import Iterable

import attrs

from betatech_milestones.language.lexicon import Lexicon, lexicon, spoken
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import (
    Budget,
    Measure,
    Milestone,
    Outcome,
    Revision,
    Source,
    Texts,
)
from betatech_milestones.model.rules import Rule
from betatech_milestones.model.standing import Standing


class Detail(enum.Enum):
    """How much is told of a date besides its words."""

    WORDS = enum.auto()
    """Nothing."""
    WHERE_UNCLEAR = enum.auto()
    """The window, where the words alone do not tell it: "over een half jaar: 1 August 2013 …"."""
    FULL = enum.auto()
    """The window, unless it is one exact day: "zomer 2014 (1 June 2014 to 31 August 2014)"."""


@attrs.frozen
class Voice:
    """Tells records to a reader of a BCP 47 language, in one of the `LANGUAGES`."""

    language: str
    """As it was asked for: texts of the data can be in other languages than ours."""
    _lexicon: Lexicon = attrs.field(init=False, eq=False, repr=False)

    @_lexicon.default
    def _own_lexicon(self) -> Lexicon:
        return lexicon(spoken(self.language))

    @property
    def spoken(self) -> str:
        """Which of our languages it speaks."""
        return self._lexicon.language

    # --- words and numbers ---

    def label(self, key: str, **values: object) -> str:
        """Return a label or a sentence of ours, its {names} filled in."""
        return self._lexicon.labels[key].format(**values)

    def labelled(self, key: str, text: str) -> str:
        """Return a text behind its label: "Measure: …"."""
        return f"{capital(self.label(key))}: {text}"

    def text(self, texts: Texts) -> str:
        """Return a text of the data."""
        return texts.in_language(self.language)

    def line(self, texts: Texts) -> str:
        """Return a text of the data on one line."""
        return " ".join(texts.in_language(self.language).split())

    def day(self, day: dt.date) -> str:
        """Return a day in words.

        >>> Voice("nl").day(dt.date(2014, 8, 1))
        '1 augustus 2014'
        """
        return f"{day.day} {self.month(day)}"

    def month(self, day: dt.date) -> str:
        """Return the month and the year of a day in words."""
        return f"{self._lexicon.months[day.month - 1]} {day.year}"

    def days(self, number: int) -> str:
        """Return a number of days in words.

        >>> Voice("nl").days(1), Voice("en").days(31)
        ('1 dag', '31 days')
        """
        one, more = self._lexicon.days
        return f"{number} {one if number == 1 else more}"

    def number(self, number: object) -> str:
        """Return a number with its thousands apart, as the language writes it.

        >>> Voice("nl").number(11_700_000), Voice("en").number(11_700_000)
        ('11.700.000', '11,700,000')
        """
        marks = f"{self._lexicon.thousands}{self._lexicon.decimal}"
        return f"{number:,}".translate(str.maketrans(",.", marks))

    def money(self, budget: Budget) -> str:
        """Return an amount, for which years it is, and what is noted with it."""
        amount = f"€ {self.number(budget.euros)} {self.label(budget.per)}"
        if budget.years:
            amount += f", {'-'.join(str(year) for year in dict.fromkeys(budget.years))}"
        if budget.note:
            amount += f"; {self.line(budget.note)}"
        return amount

    # --- dates ---

    def words(self, date: PolicyDate) -> str:
        """Return a date in the source's own words, but for a day or an ISO month.

        >>> Voice("nl").words(PolicyDate.parse(dt.date(2014, 8, 1)))
        '1 augustus 2014'
        >>> Voice("en").words(PolicyDate.parse("in de zomer van 2014"))
        'in de zomer van 2014'
        """
        if date.latest is None or is_in_own_words(date):
            return date.words
        return self.day(date.latest) if date.is_exact else self.month(date.latest)

    def window(self, date: PolicyDate) -> str:
        """Return the days that a date leaves open; nothing where it is one exact day.

        >>> Voice("en").window(PolicyDate("2014-22"))
        '1 June 2014 to 31 August 2014'
        """
        if date.is_exact:
            return ""
        first = None if date.earliest is None else self.day(date.earliest)
        last = None if date.latest is None else self.day(date.latest)
        if first is None:
            window = self.label("until", last=last)
        elif last is None:
            window = self.label("from", first=first)
        elif first == last:
            window = first
        else:
            window = self.label("from to", first=first, last=last)
        return f"{window}, {self.label('approximate')}" if date.approximate else window

    def date(self, date: PolicyDate, detail: Detail = Detail.WHERE_UNCLEAR) -> str:
        """Return a date as its source says it, and its window in the detail that is wanted."""
        words = self.words(date)
        if detail is Detail.WORDS or (detail is Detail.WHERE_UNCLEAR and date.is_plain):
            return words
        if not (window := self.window(date)):
            return words
        return f"{words} ({window})" if detail is Detail.FULL else f"{words}: {window}"

    def date_or_none(self, date: PolicyDate | None) -> str:
        """Return a date, or that there is none."""
        return self.label("undated") if date is None else self.date(date)

    # --- what was said of a milestone ---

    def promise(self, milestone: Milestone, detail: Detail = Detail.WHERE_UNCLEAR) -> str:
        """Return for when it was promised; nothing where it was only reported."""
        if milestone.due is not None:
            return self.label("promised", date=self.date(milestone.due, detail))
        return self.label("promised undated") if milestone.was_promised else ""

    def moved_to(self, revision: Revision, detail: Detail = Detail.WHERE_UNCLEAR) -> str:
        """Return where a revision moves its milestone."""
        return self.label("moved", date=self.date(revision.due, detail))

    def was(self, dates: Iterable[PolicyDate], detail: Detail = Detail.WHERE_UNCLEAR) -> str:
        """Return the dates that it had before; nothing where there are none."""
        before = ", ".join(self.date(date, detail) for date in dates)
        return self.label("was", date=before) if before else ""

    def shift(self, days: int | None) -> str:
        """Return by how much something moved: "31 days later"; nothing where it did not."""
        if not days:
            return ""
        return self.label("later" if days > 0 else "earlier", days=self.days(abs(days)))

    def revision(self, revision: Revision) -> str:
        """Return a revision in full: the date, who announced it and when, and why."""
        who = self.announcement(revision.source, revision.announced)
        why = (self.line(revision.reason),) if revision.reason else ()
        return "; ".join((self.date(revision.due), who, *why))

    def outcome(self, outcome: Outcome, detail: Detail = Detail.WHERE_UNCLEAR) -> str:
        """Return how a promise ended: "met: 9 September 2014"."""
        return self.label(f"{outcome.status} on", date=self.date(outcome.on, detail))

    # --- how it stands ---

    def standing(self, standing: Standing) -> str:
        """Return how a milestone stands: "31 days late", "in 12 days", "met: 9 September 2014"."""
        if standing.outcome is not None:
            return self.outcome(standing.outcome)
        return self.status(standing)

    def status(self, standing: Standing) -> str:
        """Return the same without the date of an outcome."""
        if standing.days_overdue is not None:
            return self.label("days late", days=self.days(standing.days_overdue))
        if standing.days_left is not None:
            return self.label("in days", days=self.days(standing.days_left))
        return self.label(standing.status)

    def due_and_was(self, standing: Standing) -> str:
        """Return the date in force, and those before it: "August 2015 (was 1 January 2015)"."""
        if standing.due is None:
            return ""
        was = self.was(move.before for move in standing.moves if move.before is not None)
        date = self.date(standing.due)
        return f"{date} ({was})" if was else date

    def snooze(self, standing: Standing) -> str:
        """Return who keeps it quiet, up to when and why; nothing where nobody does or did."""
        if (snooze := standing.snooze) is None:
            return ""
        return self.label(
            "snoozed" if standing.is_snoozed else "was snoozed",
            day=self.day(snooze.until),
            by=snooze.by,
            reason=self.line(snooze.reason),
        )

    # --- who says so ---

    def citation(self, source: Source) -> str:
        """Return what a source is called, with its reference."""
        return ", ".join(filter(None, (self.line(source.title), source.reference)))

    def dated_citation(self, source: Source) -> str:
        """Return the same with its day."""
        day = None if source.published is None else self.day(source.published)
        return ", ".join(filter(None, (self.citation(source), day)))

    def announcement(self, source: Source, day: dt.date | None) -> str:
        """Return who said something and when: "Letter, 15 July 2013"."""
        title = self.line(source.title)
        return title if day is None else f"{title}, {self.day(day)}"

    def responsible(self, measure: Measure) -> str:
        """Return the names of the bodies responsible for a measure."""
        return "; ".join(self.line(body.name) for body in measure.bodies)

    # --- rules ---

    def meaning(self, rule: Rule) -> str:
        """Return what a rule means."""
        meaning, _ = self._lexicon.rules.get(rule.name, (rule.meaning, rule.remedy))
        return meaning

    def remedy(self, rule: Rule) -> str:
        """Return what to do about a breach of it."""
        _, remedy = self._lexicon.rules.get(rule.name, (rule.meaning, rule.remedy))
        return remedy


def capital(text: str) -> str:
    """Return a text that begins with a capital; the rest keeps its own."""
    return text[:1].upper() + text[1:]


def is_in_own_words(date: PolicyDate) -> bool:
    """Whether a date is told in the words of its source, which are the same in any language."""
    last = date.latest
    return last is None or not (date.is_exact or date.words == f"{last.year:04}-{last.month:02}")
