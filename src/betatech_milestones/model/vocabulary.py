"""The fixed words of the field, as data files, scripts and output have them."""

import enum


class Kind(enum.StrEnum):
    """What sort of moment a milestone is."""

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
    PLANNED = "planned"
    AIM = "aim"


class Per(enum.StrEnum):
    """Whether an amount is for each year or for all years together."""

    YEAR = "year"
    TOTAL = "total"


class Status(enum.StrEnum):
    """How a milestone stands on a day, the most pressing first."""

    OVERDUE = "overdue"
    DUE = "due"
    UPCOMING = "upcoming"
    UNDATED = "undated"
    MET = "met"
    DROPPED = "dropped"


ENDED = (Status.MET, Status.DROPPED)
"""The statuses of what has an outcome."""
