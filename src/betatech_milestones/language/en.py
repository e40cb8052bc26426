"""What the tool says in English: its labels, its sentences, and how it writes days and numbers.

The keys are those of every other language; {names} are filled in by `Voice.label`.
"""

from betatech_milestones.language.lexicon import Lexicon

LEXICON = Lexicon(
    language="en",
    name="English",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    days=("day", "days"),
    thousands=",",
    decimal=".",
    labels={
        # Statuses, as the Dutch Senate's register of promises and its English readers call them.
        "overdue": "overdue",
        "due": "due now",
        "upcoming": "upcoming",
        "undated": "undated",
        "met": "met",
        "dropped": "dropped",
        # Kinds of milestone.
        "start": "start",
        "report": "progress report",
        "evaluation": "evaluation",
        "decision": "decision",
        "agreement": "agreement",
        "publication": "publication",
        "funding": "funding",
        "target": "target",
        "entry-into-force": "entry into force",
        "other": "other",
        # How firmly a date was promised.
        "deadline": "deadline",
        "planned": "planned",
        "aim": "aim",
        # Headings.
        "as of": "as of {day}",
        "milestone": "milestone",
        "cluster": "cluster",
        "sectors": "sectors",
        "responsible": "responsible",
        "promised for": "promised for",
        "standing": "standing",
        "numbers": "numbers",
        "money": "money",
        "sources": "sources",
        # How a milestone stands.
        "days late": "{days} late",
        "in days": "in {days}",
        "why grace": "warning: within the grace of {days}",
        "why known": "warning: so it was in the earlier report",
        "why lead": "warning: falls due within {days}",
        "snoozed": "snoozed up to and including {day} by {by}: {reason}",
        "was snoozed": "was snoozed up to and including {day} by {by}: {reason}",
        # What happened to it.
        "promised": "promised: {date}",
        "promised undated": "promised without a date",
        "moved": "moved to {date}",
        "was": "was {date}",
        "met on": "met: {date}",
        "dropped on": "dropped: {date}",
        "later": "{days} later",
        "earlier": "{days} earlier",
        # Windows, numbers and money.
        "from to": "{first} to {last}",
        "until": "up to and including {last}",
        "from": "from {first}",
        "approximate": "approximately",
        "goal": "goal",
        "year": "a year",
        "total": "in total",
        # Calendar feeds.
        "measure": "measure",
        "window": "window",
        "source": "source",
        "feed about": (
            "Promised milestones and their sources. Tentative is what its source dates to no "
            "one day."
        ),
        # The feed of changes.
        "changes of": "{title}: changes",
        "promised in brief": "promised ({date})",
        # Rules, for views that explain them.
        # The timeline.
        "timeline": "Timeline: {title}",
        "timeline summary": "Milestones: {all}; met: {met}; dropped: {dropped}; open: {open}.",
        "day": "day",
        "move": "moved",
        "open": "open",
        "nothing dated": "No milestone has a date.",
        "feed deadlines": "Deadlines – {title}",  # noqa: RUF001  a dash
        "feed todo": "To-dos – {title}",  # noqa: RUF001  a dash
        "feed alarm": "With reminders – {title}",  # noqa: RUF001  a dash
        # What changed between two versions.
        "what changed": "what changed",
        "change moved": "moved",
        "change dropped": "dropped",
        "change met": "met",
        "change added": "added",
        "change removed": "removed",
        "change renamed": "renamed",
        "change retitled": "retitled",
        "change rewritten": "history rewritten",
        "change edited": "other edits",
        "programme": "programme",
        "sector": "sector",
        "body": "responsible body",
        "the promise": "the promise",
        "a move": "a move",
        "ledger": "A move is added; what was promised is not rewritten.",
        "nothing changed": "Nothing changed.",
        # What slipped.
        "what slipped": "what slipped, {day}",
        "slipped moved": "moved",
        "slipped silent": "without announcement",
        "unannounced": "no move announced",
        "now": "now",
        "days": "days",
        "moves": "moves",
        "milestones": "milestones",
        "announced": "announced",
        "largest": "largest",
        "silent": "unannounced",
        "by measure": "by measure",
        "by cluster": "by cluster",
        "by body": "by responsible body",
        "nothing slipped": "Nothing slipped.",
        # The reminder of the half-year.
        "reminder": "open promises, {first} to {last}",
        "expired": "Promises that have expired",
        "expired about": (
            "Their term ended before {first}, and no outcome was recorded by that day."
        ),
        "coming due": "Promises coming due",
        "coming due about": "Their term ends from {first} up to and including {last}.",
        "in force": "term in force",
        "no body": "No body named",
        "none": "None.",
        "request": (
            "Please send corrections, and for each expired promise the day on which you will "
            "keep it."
        ),
        "nothing to remind of": "No promise has expired or comes due in this period.",
        # The web page.
        "page about": (
            "What was promised, what is coming, what is late and what was moved: every "
            "milestone with its dates then and now, and the source that says so."
        ),
        "page size": "{measures} measures, {milestones} milestones, {sources} sources.",
        "page day": (
            "This page was made with the standing of that day. With JavaScript it follows the "
            "clock and the list can be filtered."
        ),
        "skip": "Skip to the milestones",
        "contents": "On this page",
        "picture": "timeline",
        "measures": "measures",
        "no dates": "None of the milestones has a date: there is no timeline to draw.",
        "search": "search",
        "status": "status",
        "every": "all",
        "reset": "Clear filters",
        "on day": "as of",
        "hits": "{shown} of {all} milestones",
        "history": "history",
        "subscribe": "subscribe",
        "subscribe how": (
            "Subscribe to a calendar, do not import it: an import is a copy of today, a "
            "subscription moves what is moved."
        ),
        "subscribe where": (
            "Subscribing takes the address at which this page is published. With JavaScript "
            "the buttons stand here; without it, copy the address of one of these calendars."
        ),
        "by sector": "by sector",
        "outlook work": "Outlook (work)",
        "copy": "Copy address",
        "copied": "Copied",
        "data": "data",
        "calendars": "calendars",
        "changes": "changes",
        # Sentences.
        "cancelled": "Cancelled: {title}",
        "no outcome": "Overdue means: no outcome recorded by that day.",
        "nothing overdue": "Nothing is overdue.",
        "nothing": "No milestones.",
        "nothing to do": "Nothing needs attention.",
        "and more": "And {count} more; the report as text names them all.",
    },
)
