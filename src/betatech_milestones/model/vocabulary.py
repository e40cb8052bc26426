"""The fixed words of the field, as data files, scripts and output have them."""

import enum


class Kind(enum.StrEnum):
    """What sort of moment a milestone is; a programme may have sorts of its own besides."""

    START = "start"
    REPORT = "report"
    EVALUATION = "evaluation"
    DECISION = "decision"
    AGREEMENT = "agreement"
    PUBLICATION = "publication"
    FUNDING = "funding"
    TARGET = "target"
    ENTRY_INTO_FORCE = "entry-into-force"
    OTHER = "other"


class Commitment(enum.StrEnum):
    """How firmly a date was promised: "uiterlijk", "voorzien", "streven"."""

    DEADLINE = "deadline"
    """At the latest: "uiterlijk", "by", "no later than"."""
    PLANNED = "planned"
    FIXED = "fixed"
    """Laid down in a law or a contract: it comes about by itself, on its day."""
    AIM = "aim"
    """Striven for, and not promised."""
    FORECAST = "forecast"
    """Expected, by somebody who does not commit to it."""
    NONE = "none"
    """Nobody promised it: a source reports it as done."""


class DateOrder(enum.StrEnum):
    """Which of two numbers before a year is the day: in "1/9/2026", 1 September or 9 January."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class Per(enum.StrEnum):
    """Whether an amount is for each year or for all years together."""

    YEAR = "year"
    TOTAL = "total"


class SourceKind(enum.StrEnum):
    """What sort of document a source is; some sorts verify what they report."""

    LETTER = "letter"
    PARLIAMENTARY_PAPER = "parliamentary-paper"
    GAZETTE = "gazette"
    LAW = "law"
    REPORT = "report"
    EVALUATION = "evaluation"
    AUDIT = "audit"
    REGISTER = "register"
    PRESS = "press"
    WEBSITE = "website"
    OTHER = "other"


class Found(enum.StrEnum):
    """What was found of a milestone that has no outcome yet."""

    NOTHING = "nothing"
    """Somebody looked, and found no news."""
    UNDER_WAY = "under-way"
    PARTLY = "partly"
    """A part of it is done."""
    NOT_DONE = "not-done"
    """A source says that it was not done."""


class ReadingKind(enum.StrEnum):
    """Whether a number was reached, or only planned for."""

    REACHED = "reached"
    PLANNED = "planned"


class Status(enum.StrEnum):
    """How a milestone stands on a day, the most pressing first."""

    OVERDUE = "overdue"
    """Its term has passed, and no outcome is recorded; the evidence says what that is worth."""
    DUE = "due"
    UPCOMING = "upcoming"
    PASSED = "passed"
    """The date of an aim or a forecast has passed, and no outcome is recorded."""
    UNDATED = "undated"
    MET = "met"
    REPLACED = "replaced"
    DROPPED = "dropped"


class Evidence(enum.StrEnum):
    """What is known of a milestone that is overdue, the most pressing first."""

    LATE = "late"
    """A statement of after the term says that it was not done by then."""
    UNCHECKED = "unchecked"
    """Nothing was stated since the term ended, and nobody wrote down to have looked."""
    NO_NEWS = "no-news"
    """Somebody looked after the term, and found nothing."""


class Attestation(enum.StrEnum):
    """Who says that a milestone ended so: reckoned from the sources, and never written down."""

    CLAIMED = "claimed"
    """A body that answers for it."""
    REPORTED = "reported"
    """Somebody else."""
    VERIFIED = "verified"
    """A gazette, a law, an evaluation, an audit or a register."""


ENDED = (Status.MET, Status.REPLACED, Status.DROPPED)
"""The statuses of what has ended."""


class By(enum.StrEnum):
    """What promises are grouped by."""

    BODY = "body"
    """Who answers for it, on the day whose knowledge counts; who shares it is counted with it."""
    CLUSTER = "cluster"
    SECTOR = "sector"
    KIND = "kind"
    MEASURE = "measure"
    YEAR = "year"
    """In which it was promised."""
