"""How records are told: one voice for every view.

Whether a date is followed by its window, what a move or a standing is called, how a source is
cited: it is decided here, once. A view lays out what it is told.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import attrs

from betatech_milestones.language import LANGUAGES, Lexicon, lexicon, spoken
from betatech_milestones.model import rules
from betatech_milestones.model.dates import PolicyDate, reads
from betatech_milestones.model.errors import BadValue
from betatech_milestones.model.plain import Plain
from betatech_milestones.model.records import (
    Body,
    Budget,
    Met,
    Milestone,
    News,
    Number,
    Outcome,
    OwnKind,
    Programme,
    Reading,
    Replaced,
    Revision,
    Source,
    Texts,
    trusted,
)
from betatech_milestones.model.rules import Rule
from betatech_milestones.model.sayings import said, said_by_days, tells_days
from betatech_milestones.model.standing import Standing, Timeliness
from betatech_milestones.model.vocabulary import (
    Attestation,
    Commitment,
    Kind,
    ReadingKind,
    Status,
)
from betatech_milestones.model.words import names_season
from betatech_milestones.voice.catalogues import catalogue, texts
from betatech_milestones.voice.labels import SPANS

_SIGNS = {"EUR": "€"}
_COMING = {"day": "in age", "window": "begins in age", "term": "ends in age"}
_SOFT = (Commitment.AIM, Commitment.FORECAST, Commitment.FIXED)


@attrs.frozen(eq=False, repr=False)
class Voice(Plain):
    """Tells records to a reader of a BCP 47 language, in one of the `LANGUAGES`."""

    language: str
    """As it was asked for: texts of the data can be in other languages than ours."""
    _lexicon: Lexicon = attrs.field(init=False, eq=False, repr=False)
    _texts: Mapping[str, str] = attrs.field(init=False, eq=False, repr=False)

    @_lexicon.default
    def _own_lexicon(self) -> Lexicon:
        return lexicon(spoken(self.language))

    @_texts.default
    def _own_texts(self) -> Mapping[str, str]:
        return texts(spoken(self.language))

    @property
    def spoken(self) -> str:
        """Which of our languages it speaks."""
        return self._lexicon.language

    # --- words and numbers ---

    def label(self, key: str, **values: object) -> str:
        """Return a label or a sentence of ours, its {names} filled in."""
        return self._texts[key].format(**values)

    def labelled(self, key: str, text: str) -> str:
        """Return a text behind its label: "Measure: …"."""
        return self.pair(capital(self.label(key)), text)

    def pair(self, label: str, text: object) -> str:
        """Return a text behind what it is: "moves: 2", with the space that the language wants."""
        return self.label("with label", label=label, text=text)

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
        return said(day.isoformat(), self._lexicon)

    @property
    def days_in_words(self) -> Mapping[str, object]:
        """What a script needs to say a day as `day` does: the form, that of a first, the months."""
        forms, months = self._lexicon.forms, self._lexicon.months
        return {
            "day": forms["day"],
            "first": forms.get("first of month", forms["day"]),
            "months": [self._lexicon.first(month) for month in months],
        }

    def days(self, number: int) -> str:
        """Return a number of days in words.

        >>> Voice("nl").days(1), Voice("en").days(31), Voice("nl").days(3012)
        ('1 dag', '31 days', '3.012 dagen')
        """
        return self._span(number, "day")

    def age(self, first: dt.date, last: dt.date) -> str:
        """Return the time from one day to another as people say it: whole units of the calendar.

        >>> Voice("en").age(dt.date(2015, 2, 1), dt.date(2015, 8, 1))
        '6 months'
        >>> Voice("nl").age(dt.date(2013, 7, 1), dt.date(2026, 11, 27))
        'ruim 13 jaar'
        """
        days = (last - first).days
        months = 12 * (last.year - first.year) + last.month - first.month - (last.day < first.day)
        if days < 14:  # noqa: PLR2004  from two weeks on, people count weeks
            return self._span(days, "day")
        if months < 2:  # noqa: PLR2004
            return self._span(days // 7, "week")
        if months < 24:  # noqa: PLR2004
            return self._span(months, "month")
        years = self._span(months // 12, "year")
        return self.label("over", age=years) if months % 12 else years

    @property
    def spans(self) -> Mapping[str, Mapping[str, str]]:
        """How one and how more of each unit of time are told, by the plural categories of CLDR."""
        return {
            unit: {
                category: self._plural(unit, number)
                for category, number in (("one", 1), ("other", 2))
            }
            for unit in SPANS
        }

    def _span(self, number: int, unit: str) -> str:
        return self._plural(unit, number).format(number=self.number(number))

    def _plural(self, unit: str, number: int) -> str:
        return catalogue(self.spoken).npgettext(f"span {unit}", *SPANS[unit], number)

    def number(self, number: object) -> str:
        """Return a number with its thousands apart, as the language writes it.

        >>> Voice("nl").number(11_700_000), Voice("en").number(11_700_000)
        ('11.700.000', '11,700,000')
        """
        marks = f"{self._lexicon.thousands}{self._lexicon.decimal}"
        return f"{number:,}".translate(str.maketrans(",.", marks))

    def range(self, low: object, high: object) -> str:
        """Return a number that is known, or the two between which it is: "7 to 13"."""
        if low == high:
            return self.number(low)
        return self.label("range", low=self.number(low), high=self.number(high))

    def kind(self, kind: Kind | OwnKind) -> str:
        """Return what sort of moment it is."""
        return self.label(kind) if isinstance(kind, Kind) else self.line(kind.title)

    def sum(self, budget: Budget) -> str:
        """Return an amount with its currency: "€ 1,000,000 a year", and how many get it."""
        sign = _SIGNS.get(budget.currency, budget.currency)
        amount = f"{sign} {self.number(budget.amount)} {self.label(budget.per)}"
        if budget.each:
            return self.label("for each", amount=amount, each=self.number(budget.each))
        return amount

    def money(self, budget: Budget) -> str:
        """Return an amount, for which years it is, and what is noted with it."""
        amount = self.sum(budget)
        if budget.years:
            amount += f", {'-'.join(str(year) for year in dict.fromkeys(budget.years))}"
        if budget.note:
            amount += f"; {self.line(budget.note)}"
        return amount

    # --- dates ---

    def said(self, date: PolicyDate) -> str:
        """Return a date in the reader's language; the source's own words where it names no day.

        >>> Voice("en").said(PolicyDate.parse("in de zomer van 2014"))
        'summer 2014'
        >>> Voice("nl").said(PolicyDate(None, words="doorlopend"))
        '“doorlopend”'
        """
        if date.edtf is None:
            words = date.in_language(self.language)
            return words if date.translations else self.quote(words)
        return said(date.edtf, self._lexicon)

    def quoted(self, date: PolicyDate) -> str:
        """Return the source's own words in quotation marks, where they tell the reader more.

        That is where a reader of this language would not read the same date in them. What the
        data says in several languages is no quotation, and has no marks.
        """
        words = date.in_language(self.language)
        if date.edtf is None or not words or words == date.edtf:
            return ""
        if reads(words, self._lexicon, date.edtf) and not self._are_a_convention(words, date):
            return ""
        return words if date.translations else self.quote(words)

    def _are_a_convention(self, words: str, date: PolicyDate) -> bool:
        """Whether a season is said as days, which is our reading: the season may be a recess."""
        return names_season(words, self._lexicon) and not names_season(
            self.said(date), self._lexicon
        )

    def quote(self, text: str) -> str:
        """Return what somebody else said, in quotation marks."""
        before, behind = self._lexicon.quotes
        return f"{before}{text}{behind}"

    def window(self, date: PolicyDate) -> str:
        """Return the days that a date leaves open; nothing where it is said by its days.

        >>> Voice("en").window(PolicyDate("2014-22"))
        '1 June 2014 to 31 August 2014'
        >>> Voice("en").window(PolicyDate("[..2014-08-31]"))
        ''
        """
        if date.edtf is None or tells_days(date.edtf, self._lexicon):
            return ""
        first, last = date.earliest, date.latest
        if first is None or last is None:
            key = "until" if first is None else "from"
            days = {"first": first, "last": last}
            window = self.label(key, **{name: self.day(day) for name, day in days.items() if day})
        elif first == last:
            window = self.day(first)
        else:
            window = said_by_days(first, last, self._lexicon)
        return f"{window}, {self.label('approximate')}" if date.approximate else window

    def date(self, date: PolicyDate, *, window: bool = False) -> str:
        """Return a date in the reader's language, with its source's words, and with its window.

        >>> Voice("en").date(PolicyDate.parse("in de zomer van 2014"), window=True)
        'summer 2014 (“in de zomer van 2014”; 1 June 2014 to 31 August 2014)'
        """
        if not date.words:
            return self.label("no date given", date=self.said(date))
        more = filter(None, (self.quoted(date), self.window(date) if window else ""))
        besides = "; ".join(more)
        return f"{self.said(date)} ({besides})" if besides else self.said(date)

    def date_or_none(self, date: PolicyDate | None) -> str:
        """Return a date, or that there is none."""
        return self.label("undated") if date is None else self.date(date)

    # --- what was said of a milestone ---

    def promise(self, milestone: Milestone, *, window: bool = False) -> str:
        """Return for when it was promised, aimed at or expected; nothing where it was reported."""
        if milestone.is_fact:
            return ""
        date = "" if milestone.due is None else self.date(milestone.due, window=window)
        return self.label(self.promise_key(milestone), date=date)

    def promise_key(self, milestone: Milestone) -> str:
        """Return the label of its promise: whether it was one, and whether that has a date."""
        said = f"promised {milestone.commitment}" if milestone.commitment in _SOFT else "promised"
        return said if milestone.due is not None else f"{said} undated"

    def moved_to(self, due: PolicyDate, *, window: bool = False) -> str:
        """Return where a revision moves its milestone."""
        return self.label("moved", date=self.date(due, window=window))

    def revised(self, revision: Revision, *, window: bool = False) -> str:
        """Return what a revision changes: the date, the number to reach, who answers for it."""
        moved = "" if revision.due is None else self.moved_to(revision.due, window=window)
        return "; ".join(filter(None, (moved, self.revised_besides(revision))))

    def revised_besides(self, revision: Revision) -> str:
        """Return what a revision changes besides the date; nothing where it only moves."""
        parts = []
        if revision.goal is not None:
            parts.append(self.label("goal now", goal=self.number(revision.goal)))
        if revision.bodies is not None:
            names = self.responsible(revision.bodies) or self.label("nobody")
            parts.append(self.label("handed over", bodies=names))
        return "; ".join(parts)

    def news(self, news: News) -> str:
        """Return what was found, and who looked: "under way"; "nothing found, looked by …"."""
        found = self.label(f"found {news.found}")
        by = f" ({self.label('looked by', by=news.by)})" if news.by else ""
        told = f"{found}{by}"
        return self.pair(told, self.line(news.says)) if news.says else told

    def quantity(self, number: Number, goal: int | Decimal | None) -> str:
        """Return what is counted, the number to reach and the one from which it started."""
        facts = {"goal": goal, "baseline": number.baseline}
        told = [f"{self.label(k)} {self.number(v)}" for k, v in facts.items() if v is not None]
        unit = self.text(number.unit)
        return self.pair(unit, ", ".join(told)) if told else unit

    def reading(self, reading: Reading) -> str:
        """Return a number on the way, when it was so, and whether it was only planned."""
        kind = self.label("reading planned") if reading.kind is ReadingKind.PLANNED else ""
        on = self.label("day unknown") if reading.on is None else self.date(reading.on)
        value = self.number(reading.value)
        return self.pair(on, f"{value} ({kind})" if kind else value)

    def was(self, dates: Iterable[PolicyDate], *, window: bool = False) -> str:
        """Return the dates that it had before; nothing where there are none."""
        before = ", ".join(self.date(date, window=window) for date in dates)
        return self.label("was", date=before) if before else ""

    def shift(self, days: int | None) -> str:
        """Return by how much something moved: "31 days later"; nothing where it did not."""
        if not days:
            return ""
        return self.label("later" if days > 0 else "earlier", days=self.days(abs(days)))

    def revision(self, revision: Revision) -> str:
        """Return a revision in full: what it changes, who announced it and when, and why."""
        changes = self.revised_besides(revision) if revision.due else ""
        what = self.date(revision.due) if revision.due else self.revised(revision)
        who = self.announcement(revision.source, revision.announced)
        why = self.line(revision.reason) if revision.reason else ""
        return "; ".join(filter(None, (what, changes, who, why)))

    def outcome(
        self,
        outcome: Outcome,
        *,
        window: bool = False,
        fact: bool = False,
    ) -> str:
        """Return how a promise ended, or what was reported as done: "met: 9 September 2014"."""
        on = self.outcome_day(outcome, window=window)
        return self.label("done on" if fact else f"{outcome.status} on", date=on)

    def outcome_day(self, outcome: Outcome, *, window: bool = False) -> str:
        """Return on which day it ended so; that no source tells it, where the day is ours."""
        if outcome.on is None:
            return self.label("day unknown")
        if isinstance(outcome, Met) and not outcome.on.words:
            return self.label("no date given done", date=self.said(outcome.on))
        return self.date(outcome.on, window=window)

    def because(self, outcome: Outcome) -> str:
        """Return why a promise was withdrawn, or what took its place; nothing where it was kept."""
        if isinstance(outcome, Met):
            return ""
        reason = [self.line(outcome.reason)] if outcome.reason else []
        return "; ".join((*self._instead(outcome), *reason))

    def _instead(self, outcome: Outcome) -> Iterator[str]:
        """Yield which milestone took the place of a promise, where one did."""
        if isinstance(outcome, Replaced) and outcome.by is not None:
            yield self.label("by milestone", by=outcome.by)

    # --- how it stands ---

    def standing(self, standing: Standing) -> str:
        """Return how a milestone stands: "in 12 days", "met: 9 September 2014; in time"."""
        if standing.outcome is None:
            parts = [self.status(standing)]
        else:
            parts = [self.outcome(standing.outcome, fact=standing.milestone.is_fact)]
            parts += self._instead(standing.outcome)
        return "; ".join(filter(None, (*parts, self.verdict(standing))))

    def verdict(self, standing: Standing) -> str:
        """Return who says that it ended so, and how late that was; nothing where it has not."""
        attested, timeliness = str(standing.attestation or ""), standing.timeliness
        if attested == Attestation.REPORTED and standing.reporter_is_unknown:
            attested = "reported by unknown"
        parts = [self.label(attested)] if attested else []
        if timeliness is not None and (standing.outcome is not None or timeliness.at_most != 0):
            parts.append(self.timeliness(timeliness, moved=bool(standing.moves)))
        return "; ".join(parts)

    def status(self, standing: Standing, *, age: str = "") -> str:
        """Return the same without an outcome's date: "expected date passed 2 weeks ago".

        With an `age` that stands where the stretch of time would.
        """
        counted = standing.turn.counted
        if counted is not None and not age:
            age = self.age(min(counted, standing.day), max(counted, standing.day))
        return self._status(standing, age=age)

    def standing_since(self, standing: Standing) -> str:
        """Return the same by its day, which stays true: "expected date passed: 1 July 2013"."""
        counted = standing.turn.counted
        if counted is None:
            return self.status(standing)
        return self._status(standing, term=self.day(counted))

    def _status(self, standing: Standing, **counted: str) -> str:
        """Return how a milestone stands, by an `age`, or by its `term` as a day."""
        if standing.status is Status.OVERDUE:
            return self._overdue(standing, counted)
        if standing.milestone.is_fact:
            return self.label("fact")
        due, key = standing.due, str(standing.status)
        match standing.status:
            case Status.PASSED:
                key = f"passed {standing.milestone.commitment}"
                key = f"since {key}" if "term" in counted else key
            case Status.UPCOMING:
                key = _COMING[standing.turn.begins]
                key = f"since {key}" if "term" in counted else key
            case Status.DUE if due is not None and due.latest is not None and not due.is_day:
                return self.label("due until", last=self.day(due.latest))
            case Status.MET if standing.outcome is None:
                return self.label("by itself", date=self.date_or_none(due))
        return self.label(key, **counted)

    def _overdue(self, standing: Standing, counted: Mapping[str, str]) -> str:
        """Return what is known of a milestone whose term has passed."""
        news, newest = standing.newest_news, standing.newest_statement
        looked = {} if news is None else {"day": self.day(news.on), "by": news.by}
        key = f"since {standing.evidence}" if "term" in counted else f"how {standing.evidence}"
        how = self.label(key, **counted, **looked)
        if news is not None and news.source is not None:
            key = "told by" if news.on == news.source.known_from else "told on"
            found = self.label(f"found {news.found}")
            source = self.announcement(news.source, news.source.known_from)
            how = self.label(key, how=how, found=found, day=self.day(news.on), source=source)
            if news.source.known_from == newest:
                return how  # the statement is the newest: its day was told
        day = self.known_day(newest, standing.sources)
        return f"{how}; {self.label('newest statement', day=day)}"

    def timeliness(self, timeliness: Timeliness, *, moved: bool = False) -> str:
        """Return how late something was met: as bounds, where a window leaves the day open.

        What was `moved` with a word is told to be after its first term, and not to be late.

        >>> Voice("en").timeliness(Timeliness(0, 30)), Voice("en").timeliness(Timeliness(9, 9))
        ('in time or up to 30 days late', '9 days late')
        """
        least, most = timeliness.at_least, timeliness.at_most
        suffix = " moved" if moved else ""
        if most == 0:
            return self.label(f"in time{suffix}")
        if most is None and not least:
            return self.label("in time or not")
        if most is None:
            return self.label(f"days late at least{suffix}", least=self.days(least))
        if least == most:
            return self.label(f"days late{suffix}", days=self.days(most))
        key = "days late between" if least else "days late at most"
        return self.label(f"{key}{suffix}", least=self.days(least), most=self.days(most))

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
        """Return the same with its day, or that on which it was read."""
        return f"{self.citation(source)}, {self.source_day(source)}"

    def source_day(self, source: Source) -> str:
        """Return when a source appeared, or that it bears no day and when it was read."""
        if source.published is not None and source.published.latest is not None:
            return self.date(source.published)
        return self.label("seen on", day=self.day(source.known_from))

    def known_day(self, day: dt.date, sources: Iterable[Source]) -> str:
        """Return when something was known: the month, where its source tells no more.

        Of a source that bears no day it is said when that was read.

        `sources` are those that may have said it.
        """
        said = [source for source in sources if source.known_from == day]
        dates = [source.published for source in said if source.published is not None]
        if not dates:
            return self.label("seen on", day=self.day(day)) if said else self.day(day)
        if not dates[0].is_plain:
            return self.label("known by", last=self.day(day))
        return self.date(dates[0])

    def news_on(self, news: News) -> str:
        """Return of when news is: of the day that it names, or else of that of its source."""
        return self.known_day(news.on, news.sources)

    def announcement(self, source: Source, day: dt.date) -> str:
        """Return who said something and when: "Letter, 15 July 2013".

        Where its source is of another day, both are told: "1 July 2013 (Letter, 15 July 2013)".
        """
        said = f"{self.line(source.title)}, {self.source_day(source)}"
        return said if day == source.known_from else f"{self.day(day)} ({said})"

    def responsible(self, bodies: Iterable[Body]) -> str:
        """Return the names of those who answer for something."""
        return "; ".join(self.line(body.name) for body in bodies)

    # --- rules ---

    def meaning(self, rule: Rule) -> str:
        """Return what a rule means."""
        return self._texts.get(f"{rule.name}: meaning", rule.meaning)

    def remedy(self, rule: Rule) -> str:
        """Return what to do about a breach of it."""
        return self._texts.get(f"{rule.name}: remedy", rule.remedy)


def languages_of(programme: Programme) -> tuple[str, ...]:
    """Return the languages in which a programme has a title: its own first.

    Where one of them is none of our `LANGUAGES`, a voice speaks English around its texts.
    """
    own = _published_as(programme.language)
    tags = dict.fromkeys(_published_as(tag) for tag, _ in programme.title.pairs)
    return tuple(sorted(tags, key=lambda tag: tag != own))


def in_languages(programme: Programme, languages: Iterable[str]) -> Programme:
    """Return a programme that is published in some of its languages alone.

    Raises `BadValue` for a language in which it has no title.
    """
    known = languages_of(programme)
    chosen = [_published_as(tag) for tag in languages]
    for tag in chosen:
        if tag not in known:
            message = f'"{tag}" is no language of the programme, which has {", ".join(known)}'
            raise BadValue(rules.BAD_LANGUAGE, message)
    pairs = [pair for pair in programme.title.pairs if _published_as(pair[0]) in chosen]
    with trusted():
        return attrs.evolve(programme, title=Texts(tuple(pairs)))


def _published_as(tag: str) -> str:
    """Return the tag under which a language is published: ours without its region."""
    plain, own = tag.lower(), tag.partition("-")[0].lower()
    return own if own in LANGUAGES else plain


def capital(text: str) -> str:
    """Return a text that begins with a capital; the rest keeps its own."""
    return text[:1].upper() + text[1:]
