"""What the tool says, in English; `catalogues/` has the same in other languages.

Each text stands behind the key by which views ask for it, and which translators see as its context.
{names} are filled in by `Voice.label`.
"""

from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    # Statuses, as the Dutch Senate's register of promises and its English readers call them.
    "overdue": "term passed, no outcome recorded",
    "due": "due now",
    "upcoming": "upcoming",
    "undated": "undated",
    "met": "met",
    "dropped": "dropped",
    "replaced": "replaced",
    "passed": "date of an aim or forecast passed",
    "fact": "reported as done",
    # What is known of what is overdue.
    "late": "late",
    "unchecked": "term passed, not checked since",
    "no-news": "term passed, looked for and no news found",
    # Who says that it ended so.
    "claimed": "claimed by those who answer for it",
    "reported": "reported by others",
    "verified": "shown by an official or independent source",
    # Kinds of milestone.
    "start": "start",
    "report": "report or letter",
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
    "fixed": "fixed by law or contract",
    "forecast": "forecast",
    "none": "not promised",
    # Headings.
    "as of": "as of {day}",
    "hindsight": "with hindsight: what was known on {day}",
    "foresight": "by what was known on {day}",
    "counted dated": "promises with a date: {all} ({counts})",
    "counted undated": "without a date: {all} ({counts})",
    "counted facts": "reported as done, and promised by nobody: {all}",
    "counted unknown": "not yet known on that day: {all}",
    "counted nothing": "no promises",
    "group late": "late",
    "group unchecked": "not checked since the term ended",
    "group no-news": "looked for without finding news",
    "group passed": "past the date of an aim or forecast",
    "news": "news",
    "code": "code",
    "note": "note",
    "baseline": "baseline",
    "reading planned": "planned",
    "also": "also part of",
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
    "how late": "late: its term ended {age} ago",
    "how unchecked": "not checked since its term ended {age} ago",
    "how no-news": "no news: looked for on {day} by {by}; its term ended {age} ago",
    "told by": "{how}; {found} ({source})",
    "told on": "{how}; {found} as of {day} ({source})",
    "newest statement": "newest statement: {day}",
    "passed aim": "aimed-at date passed {age} ago",
    "passed forecast": "expected date passed {age} ago",
    "in age": "in {age}",
    "begins in age": "begins in {age}",
    "ends in age": "term ends in {age}",
    "due until": "due by {last}",
    "over": "over {age}",
    "by itself": "by law or contract since {date}, not checked",
    "in time": "in time",
    "days late": "{days} late",
    "days late between": "at least {least} and at most {most} late",
    "days late at most": "in time or up to {most} late",
    "days late at least": "at least {least} late",
    "in time moved": "by its first term",
    "days late moved": "{days} after its first term",
    "days late between moved": "at least {least} and at most {most} after its first term",
    "days late at most moved": "by its first term or up to {most} after it",
    "days late at least moved": "at least {least} after its first term",
    "in time or not": "in time or not: no source tells the day",
    "counted open": "open",
    "found nothing": "nothing found",
    "found under-way": "under way",
    "found partly": "partly done",
    "found not-done": "not done",
    "looked by": "checked by {by}",
    "why looked": "no error: looked for no more than {days} ago",
    "why grace": "warning: within the grace of {days}",
    "why known": "warning: so it was in the earlier report",
    "why lead": "warning: falls due within {days}",
    "snoozed": "snoozed up to and including {day} by {by}: {reason}",
    "was snoozed": "was snoozed up to and including {day} by {by}: {reason}",
    # What happened to it.
    "promised": "promised: {date}",
    "promised undated": "promised without a date",
    "promised aim": "aimed at: {date}",
    "promised aim undated": "an aim without a date",
    "promised fixed": "fixed by law or contract: {date}",
    "promised fixed undated": "fixed without a date",
    "promised forecast": "expected: {date}",
    "promised forecast undated": "expected without a date",
    "moved": "moved to {date}",
    "was": "was {date}",
    "met on": "met: {date}",
    "dropped on": "dropped: {date}",
    "replaced on": "replaced: {date}",
    "done on": "reported as done: {date}",
    "day unknown": "day unknown",
    "no date given done": "no date given; done {date}",
    "no date given": "no date given; {date}",
    "by milestone": "by {by}",
    "goal now": "goal now {goal}",
    "handed over": "now answered for by {bodies}",
    "nobody": "nobody named",
    "news on": "{day}: {news}",
    "seen on": "undated, read on {day}",
    "later": "{days} later",
    "earlier": "{days} earlier",
    # Windows, numbers and money.
    "with label": "{label}: {text}",
    "until": "up to and including {last}",
    "known by": "{last} at the latest",
    "from": "from {first}",
    "approximate": "approximately",
    "goal": "goal",
    "year": "a year",
    "total": "in total",
    "for each": "{amount}, for each of {each} recipients",
    # Calendar feeds.
    "measure": "measure",
    "window": "window",
    "source": "source",
    "feed about": (
        "Promised milestones and their sources. Tentative is what its source dates to no one day."
    ),
    "feed deadlines": "Deadlines – {title}",  # noqa: RUF001  a dash
    "feed todo": "To-dos – {title}",  # noqa: RUF001  a dash
    "feed alarm": "With reminders – {title}",  # noqa: RUF001  a dash
    # The feed of changes.
    "changes of": "{title}: changes",
    # The timeline.
    "timeline": "Timeline: {title}",
    "timeline summary": (
        "Milestones: {all}; met: {met}; reported as done: {fact}; replaced: {replaced}; "
        "dropped: {dropped}; open: {open}."
    ),
    "day": "day",
    "move": "moved",
    "open": "open",
    "nothing dated": "No milestone has a date.",
    # What changed between two versions.
    "what changed": "what changed",
    "change moved": "moved",
    "change dropped": "dropped",
    "change met": "met",
    "change replaced": "replaced",
    "change revised": "revised",
    "change news": "news",
    "change added": "added",
    "change removed": "removed",
    "change renamed": "renamed",
    "change retitled": "retitled",
    "change rewritten": "history rewritten",
    "change edited": "other edits",
    "programme": "programme",
    "sector": "sector",
    "kind": "kind",
    "body": "responsible body",
    "the promise": "the promise",
    "a move": "a move",
    "ledger": "A move is added; what was promised is not rewritten.",
    "nothing changed": "Nothing changed.",
    # What slipped.
    "what slipped": "what slipped, {day}",
    "slipped moved": "moved",
    "slipped silent": "no move recorded",
    "unannounced": "no move recorded",
    "now": "now",
    "days": "days",
    "moves": "moves",
    "milestones": "milestones",
    "announced": "announced",
    "largest": "largest",
    "median": "median",
    "median of": "{days} (of {count})",
    "met late": "met",
    "silent": "no move recorded",
    "by measure": "by measure",
    "by cluster": "by cluster",
    "by body": "by responsible body",
    "nothing slipped": "Nothing slipped.",
    # The reminder of the half-year.
    "reminder": "open promises, {first} to {last}",
    "expired": "Promises whose term has passed",
    "expired about": (
        "According to our information their term ended before {first}, and no outcome was "
        "recorded by that day."
    ),
    "coming due": "Promises coming due",
    "coming due about": "Their term ends from {first} up to and including {last}.",
    "in force": "date in force",
    "no body": "No body named",
    "no items": "None.",
    "request": (
        "Please tell us what is wrong or missing here, and for each promise whose term has "
        "passed what came of it, or when it is to be expected."
    ),
    "nothing to remind of": (
        "According to our information no promise has a term that has passed or ends in this period."
    ),
    # The web page.
    "page about": (
        "What was promised, what is coming, what was moved and what came of it: every "
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
    "nothing recorded": "No outcome is recorded here; newest statement: {day}.",
    "replaced title": "Replaced: {title}",
    "cancelled": "Cancelled: {title}",
    "no outcome": (
        "A term that passed without an outcome means that none is recorded here, not that "
        "nothing was done. Late is only what a statement of after the term says had not been "
        "done yet."
    ),
    "nothing overdue": "No term has passed without an outcome.",
    "nothing": "No milestones.",
    "nothing to do": "Nothing needs attention.",
    "and more": "And {count} more; the report as text names them all.",
}

# One, and more than one: languages have rules of their own for how many forms there are.
SPANS: Mapping[str, tuple[str, str]] = {
    "day": ("{number} day", "{number} days"),
    "week": ("{number} week", "{number} weeks"),
    "month": ("{number} month", "{number} months"),
    "year": ("{number} year", "{number} years"),
}
