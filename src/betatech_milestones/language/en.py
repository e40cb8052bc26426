"""English: the words of dates, and how we write dates and numbers."""

from betatech_milestones.language.lexicon import Lexicon

LEXICON = Lexicon(
    language="en",
    name="English",
    months=(
        "January, jan",
        "February, feb, febr",
        "March, mar",
        "April, apr",
        "May",
        "June, jun",
        "July, jul",
        "August, aug",
        "September, sept, sep",
        "October, oct",
        "November, nov",
        "December, dec",
    ),
    weekdays=(
        "Monday, mon",
        "Tuesday, tue, tues",
        "Wednesday, wed",
        "Thursday, thu, thur, thurs",
        "Friday, fri",
        "Saturday, sat",
        "Sunday, sun",
    ),
    ordinals=("first", "second", "third", "fourth"),
    seasons=("spring, springtime", "summer, summertime", "autumn, fall", "winter, wintertime"),
    school_years={
        8: "school year, schoolyear",
        9: "academic year, university year",
    },
    symbols={"q": "quarter", "h": "half"},
    words={
        # Parts of a longer time.
        "quarter": "quarter, calendar quarter, qtr, three months",
        "half": "half",
        "half-year": "half year, half-year, six months",
        "last": "last, final, latter",
        "early": (
            "early, early in, early part of, beginning of, start of, begin of, opening of, outset"
            " of, commencement of"
        ),
        "mid": "mid, middle of, middle, halfway through, midway through, the midpoint of",
        "late": "late, late in, later part of, towards the end of, toward the end of",
        "end": "end of, end, close of, expiry of",
        "year-end": "year end, eoy, end of year",
        "first-day": "first day of, 1st day of",
        "last-day": "last day of, final day of",
        "week": "week, calendar week, week no, week number",
        "week-of": "week of, week commencing, week beginning, week starting, w/c, wc",
        # Limits.
        "by": (
            "by, no later than, not later than, at the latest, at latest, latest, at the very"
            " latest, on or before, before or on, in or before, by or before, not after"
        ),
        "before": "before, prior to, ahead of, in advance of, earlier than",
        "after": "after, later than, following",
        "not-before": (
            "on or after, in or after, from or after, on and after, from and after, not before,"
            " not earlier than, no earlier than, no sooner than, not sooner than, at the earliest,"
            " at earliest, earliest, beginning on or after, starting on or after, commencing on or"
            " after"
        ),
        "from": (
            "from, since, as of, as from, starting, starting from, starting in, starting on,"
            " starting with, beginning in, beginning on, beginning from, beginning with, effective,"
            " w.e.f., effective from, effective as of, with effect from, commencing, commencing on,"
            " commencing in, onwards, onward, and onwards, on and from, with effect as of, as at,"
            " beginning the, through from, entry into force on, entering into force on, in force"
            " from, in force on, entry into force from"
        ),
        "earlier": "or earlier, or sooner, or before",
        "later": "or later, or after",
        # Two dates.
        "to": (
            "to, up to and including, to and including, through, until, till, thru, up to, up"
            " until, until and including, extended to, extended until, valid until"
        ),
        "between": "between",
        "and": "and",
        "or": "or",
        # How sure.
        "around": (
            "around, about, circa, c, ca, approximately, approx, roughly, on or about, on or"
            " around, in or around, in or about, round about, or thereabouts"
        ),
        "possibly": "possibly, perhaps",
        # How firmly it is promised.
        "forecast": (
            "eta, est, expected, anticipated, estimated, projected, probably, likely, foreseen,"
            " forecast, provisional, provisionally, tentative, tentatively, expectedly"
        ),
        "aim": (
            "target, targeted, targeted for, aim, aiming for, intended, intended for, target date,"
            " ideally"
        ),
        "planned": (
            "planned, planned for, scheduled, scheduled for, foreseen for, due, due in, to be"
            " completed, to be delivered, to be published, to be finalised, to be finalized, to be"
            " implemented"
        ),
        # Years.
        "span": "period, years, the period of",
        "fiscal-year": "financial year, fiscal year, fy, budget year, fiscal",
        "recess": (
            "recess, summer recess, summer break, winter recess, christmas recess, easter recess,"
            " parliamentary recess, holidays, summer holidays, summer vacation"
        ),
        "inclusive": "inclusive, included",
        "unit": (
            "year, calendar year, calendar, month of, month, years of, day of, cy, months of, the"
            " months of, in the months of"
        ),
        # Words that change nothing.
        "in": "in, on, during, throughout",
        "small": (
            "the, at, of, for, in the course of, over the course of, within, over, some time in,"
            " sometime in, some point in, at some point in, dated, iso, the whole of, all of, close"
            " of business on, cob, close of play, noon, at noon, date of, as soon as possible and,"
            " as soon as possible but, gmt, utc, cet, the very, both, only, sometime, across"
        ),
    },
    refused={
        "nothing": (
            "tbd, tba, tbc, to be determined, to be decided, to be announced, to be confirmed, to"
            " be agreed, unknown, not known, n/a, none, not applicable, no date, undated, not"
            " specified, not set, pending, ?"
        ),
        "going-on": (
            "ongoing, on-going, continuous, continuously, continuing, permanent, annually, annual,"
            " yearly, every year, each year, per year, monthly, quarterly, weekly, regularly,"
            " periodically, biannually, rolling, recurring, every, each, indefinite, indefinitely,"
            " where necessary, as needed, as appropriate"
        ),
        "counted": (
            "months, weeks, days, month after, year after, years after, today, tomorrow, yesterday"
        ),
        "relative": (
            "after adoption, after entry into force, entry into force, adoption, publication, as"
            " soon as possible, asap, soon, shortly, short term, medium term, long term,"
            " immediately, hence, later, then, previous, following year, last year, day after, day"
            " before, recently"
        ),
        "this-year": "this, next, coming, current, same, upcoming, forthcoming",
    },
    forms={
        "day": "{day} {month} {year}",
        "month": "{month} {year}",
        "year": "{year}",
        "quarter": "{ordinal} quarter of {year}",
        "half": "{ordinal} half of {year}",
        "early": "early {date}",
        "mid": "mid-{date}",
        "late": "late {date}",
        "first half of month": "first half of {month}",
        "second half of month": "second half of {month}",
        "season": "{season} {year}",
        "winter": "{season} {year}/{next}",
        "school year": "{school} {year}/{next}",
        "range": "{first} to {last}",
        "by": "by {date}",
        "not before": "on or after {date}",
        "earlier": "{date} or earlier",
        "later": "{date} or later",
        "around": "around {date}",
        "possibly": "possibly {date}",
    },
    thousands=",",
    decimal=".",
    quotes=("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"),
)
