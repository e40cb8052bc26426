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
    "reported by unknown": "author of the source not recorded",
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
    "none": "no promise recorded",
    # Headings.
    "as of": "as of {day}",
    "hindsight": "with hindsight: what was known on {day}",
    "foresight": "by what was known on {day}",
    "counted dated": "promises with a date: {all} ({counts})",
    "counted undated": "without a date: {all} ({counts})",
    "counted facts": "reported as done, with no promise of it recorded: {all}",
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
    "since late": "late: its term ended on {term}",
    "since unchecked": "not checked since its term ended on {term}",
    "since no-news": "no news: looked for on {day} by {by}; its term ended on {term}",
    "told by": "{how}; {found} ({source})",
    "told on": "{how}; {found} as of {day} ({source})",
    "newest statement": "newest statement: {day}",
    # Why a promise was dropped, by a table that gives no reason.
    "no reason given": "no reason in the table",
    "no longer in table": "no longer in “{title}”",
    "passed aim": "aimed-at date passed {age} ago",
    "passed forecast": "expected date passed {age} ago",
    "since passed aim": "aimed-at date passed: {term}",
    "since passed forecast": "expected date passed: {term}",
    "in age": "in {age}",
    "begins in age": "begins in {age}",
    "ends in age": "term ends in {age}",
    "since in age": "upcoming: {term}",
    "since begins in age": "begins on {term}",
    "since ends in age": "term ends on {term}",
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
    "why looked": "warning: looked for no more than {days} ago",
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
    "feed recent": (
        "There is too much for one calendar: here is what is open, and what ended on {since} or "
        "later."
    ),
    "feed room": "There was not room for all of that.",
    "feed not before": "Nothing dated before {first} is here.",
    "feed not after": "Nothing dated after {last} is here.",
    "feed by year": "The calendars of single years have everything with a date.",
    "feed no cluster": (
        "Here is what belongs to no cluster; each cluster has a calendar of this year."
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
    "terms": "terms",
    "outcomes": "outcomes",
    "others": "others",
    "density settled": "term of what has ended",
    "density coming": "due now or upcoming",
    "density dropped": "dropped or replaced",
    "density about": (
        "Above the line each term stands where it falls; below it what happened, by its date. "
        "Counted is what was known on {day}."
    ),
    "day outside": "{day} is outside this timeline",
    "not drawn": "Without a date, and not drawn: {all}.",
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
    "several programmes": "{number} programmes",
    "programmes": "programmes",
    "bodies": "who answers for what",
    "portfolio about": "What these programmes promised, how it stands, and who says so.",
    "last read": "Its file could not be read: this is how it stood on {day}.",
    "never read": "Not read, and never published: {unread} of {all} files.",
    "kept": (
        "Could not be read this time: {unread} of {all} files. How those programmes stand is "
        "told as of an earlier day, which stands with each."
    ),
    "not whole": "{title} (not read: {unread} of {all} files)",
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
    # What became of promises.
    "what became": "what became of promises, {day}",
    "promised since": "only what was promised on {day} or later",
    "fell due means": (
        "Counted are promises of which the first term has passed, whether the date was moved or "
        "not; moves are those of all promises. In time: by the end of that term. Where sources "
        "leave a day open, a share is a range, from what is surely so to what may be so. What a "
        "law or a contract fixes is no case of a share. No outcome means that none is recorded "
        "here, not that nothing was done. Fewer than {few} cases are too few to compare."
    ),
    "fell due": "first term passed",
    "who says kept": "who says that they were kept",
    "not counted as due": "no first term that has passed",
    "not due yet": "first term not passed",
    "never dated": "never had a term",
    "shares": "shares of those, without what a law or a contract fixes",
    "share kept": "recorded as kept, in time or not",
    "untold": "no source says what became of {number} of {all}",
    "share kept in time": "recorded as kept by the first term",
    "share in time": "of those kept, in time",
    "share of": "{counts} of {all} ({percent}\u00a0%)",
    "range": "{low} to {high}",
    "no case": "none",
    "moved promises": "promises of which a date moved",
    "spread": "median: {median}; half of them from {lower} to {upper} ({count} counted)",
    "spread few": "median: {median}; from {lower} to {upper} ({count} counted)",
    "at least": "at least {least}",
    "between": "at least {least}, at most {most}",
    "none of these": "none recorded",
    "no promises": "No promise is recorded for this.",
    "fate in-time": "kept, in time",
    "fate kept": "kept, in time or not: no source tells",
    "fate kept-late": "kept late",
    "fate put-off": "moved to a date that has not passed",
    "by kind": "by kind",
    "by year promised": "by year of the promise",
    "year promised": "year of the promise",
    # How promises like one that is open went.
    "like it": "promises like it",
    "like it went": (
        "{share} recorded as kept by a year after their first term; dropped or replaced: {ended}; "
        "without a source that says what became of them: {untold}"
    ),
    "like it are": "{commitment}; {kind}; {bodies}; first term more than a year ago",
    "like it any kind": "of any kind",
    "like it anybody": "whoever answers for it",
    "like it means": "How those went is no forecast of how this one goes.",
    # Figures, drawn.
    "chart trend": "how terms moved, {day}",
    "chart trend about": (
        "Each line is a promise whose date was moved: its height is the last day of the date in "
        "force, it steps on the day on which a move was announced, and it ends with what came of "
        "it. Below the slanted line, where the term is the day itself, the term has passed."
    ),
    "chart burn-up": "what was promised and what was kept, {day}",
    "chart burn-up about": (
        "How many promises were public at the end of each month, of how many the first term had "
        "passed, and how many were kept by then, in time or not: from what surely was to what may "
        "have been, by what is known on {known}. What was kept before its term, or never had one, "
        "is counted, too: so more may be kept here than of those whose first term has passed. What "
        "is not kept here has no outcome that is recorded, which does not say that nothing was "
        "done."
    ),
    "chart incidence": "how long it took from promise to outcome, {day}",
    "chart incidence about": (
        "The share of promises that were kept, and that were dropped or replaced, so long after "
        "they were made, where those without an outcome count for as long as they could be "
        "followed (Aalen and Johansen). Each band runs from the smallest to the largest share "
        "that the dates of the sources allow; it says nothing of chance."
    ),
    "chart delays": "how late promises were kept, by responsible body, {day}",
    "chart delays about": (
        "Each mark is a promise that was kept so many days after its first term, the number at 0 "
        "is how many were kept in time, and a line is a promise of which sources tell only from "
        "how many days to how many. What has no outcome is not drawn, nor a body that had nothing "
        "to keep by that day; and the order of the bodies is none of merit: those with fewer than "
        "{few} promises are too few to compare."
    ),
    "kept promises": "recorded as kept",
    "dropped or replaced": "dropped or replaced",
    "number of promises": "number of promises",
    "nothing moved": "No date of a promise was moved, as far as is recorded here.",
    "term in force": "last day of the date in force",
    "day announced": "day on which it was announced",
    "term is the day": "slanted line: the last day is the day itself",
    "share of promises": "share of promises",
    "percent": "{percent}\u00a0%",
    "days since promise": "days since the promise",
    "months since promise": "months since the promise",
    "years since promise": "years since the promise",
    "followed": "followed so long, at most",
    "followed so long": "how many could be followed so long, at most:",
    "too few to draw": (
        "Not drawn: too few promises for shares over time ({cases}; it takes {few})."
    ),
    "not followed yet": "Not drawn: no day has passed since these promises were made.",
    "days after term": "days after the first term",
    "none kept": "Nothing is recorded as kept of which the first term has passed.",
    "dot": "A dot is one promise.",
    "marks": (
        "A number at the left is how many were kept in time; a line runs from at least to at most "
        "so many days, an arrow where sources leave the end open."
    ),
    "tallest": "The tallest bar stands for {number} promises.",
    "ranges left out": "{number} more of which the days are not certain",
    "bodies left out": (
        "Not drawn: more responsible bodies ({number}), and what they kept ({kept})."
    ),
    "moves left out": (
        "Drawn are the {drawn} promises that moved by most days, of {all} of which a term moved."
    ),
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
    "digest": "what is new, {first} to {last}",
    "digest promised": "new milestones",
    "digest by itself": "day fixed by law or contract passed, not checked",
    "digest coming": "due now or within {days}",
    "nothing new": "Nothing new is recorded for this period.",
    # The web page.
    "page about": (
        "What was promised, what is coming, what was moved and what came of it: every "
        "milestone with its dates then and now, and the source that says so."
    ),
    "page size": "Measures: {measures}; milestones: {milestones}; sources: {sources}.",
    "page day": (
        "This page was made with the standing of that day. With JavaScript it follows the "
        "clock and the list can be filtered."
    ),
    "skip": "Skip to the milestones",
    "attention": "what needs attention",
    "attention of": "all {count}",
    "due soon": "due within {days}",
    "next dates": "next dates",
    "no next dates": "No date to come is recorded here.",
    "fresh": "Newest statement: {day}. Nothing newer is recorded here.",
    "fresh dated": (
        "Newest dated statement: {day}. Undated pages were read up to {read}. "
        "Nothing newer is recorded here."
    ),
    "fresh undated": "Undated pages were read up to {read}. Nothing newer is recorded here.",
    "published by": "Publisher: {name}",
    "labels in English": (
        "The labels of this page are in English, because there are none yet in the language of "
        "the programme."
    ),
    "list without script": (
        "With JavaScript all milestones stand here in one list, to search and to filter. They "
        "also stand on the pages of their measures, below."
    ),
    "list loads": "The list is loading …",
    "list failed": (
        "The list could not be loaded here. All milestones stand on the pages of their measures, "
        "below."
    ),
    "show list": "Show all {count} milestones",
    "not here": "And {count} more: each stands on the pages of the measures to which it belongs.",
    "other calendars": "Other calendars",
    "subscribe default": "Subscribe to the calendar",
    "those who answer": "who answers for what",
    "handed away": "handed to others since then",
    "measures from to": "measures {first} to {last} of {all}",
    "page before": "previous page",
    "page behind": "next page",
    "has moved": "This page has moved: {name}",
    "no cluster": "without a cluster",
    "about page": "about this page",
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
    "by year": "by year",
    "outlook work": "Outlook (work)",
    "copy": "Copy address",
    "copied": "Copied",
    "data": "data",
    "calendars": "calendars",
    "changes": "changes",
    "figures": "what became of promises, in figures",
    "groups not here": "And {count} more: {command} tells of all.",
    "in the table": "{title}: the numbers stand in the table below",
    "table of rows": "Table, {count} rows",
    "every row": "One row in {count} stands here, counted back from the last.",
    "rows not here": "And {count} more, which the picture shows.",
    "nothing drawn": "There are too few cases of this for a picture.",
    "figures of those read": (
        "These figures are of {read} of {all} files: the others could not be read."
    ),
    # Sheets of the workbook; each name at most 31 characters.
    "moves and news": "moves and news",
    "lists": "lists",
    "explanation": "explanation",
    # Headings of its columns; no two of one sheet may be the same.
    "id": "id",
    "how many": "how many",
    "first day": "first day",
    "last day": "last day",
    "known from": "known from",
    "evidence": "what is known after the term",
    "attestation": "who says that it ended so",
    "moved days": "moved by, in days",
    "days past term": "days since its term",
    "days left": "days left",
    "days late least": "days after its first term, at least",
    "days late most": "days after its first term, at most",
    "in time yes": "yes",
    "in time no": "no",
    "in time unknown": "cannot be told",
    "newest": "newest statement",
    "page": "on this site",
    "until then": "date until then",
    "from then on": "date from then on",
    "what promised": "promised",
    "what revised": "changed, but not its date",
    "commitment": "how firmly",
    "outcome": "outcome",
    "ended on": "ended when",
    "reason": "reason",
    "unit": "unit",
    "locator": "where in the source",
    "summary": "summary",
    "what": "what happened",
    "date": "date",
    "found": "what was found",
    "number": "number",
    "says": "what is said, or why",
    "looked": "who looked",
    "answers now": "who answers from then on",
    "instead": "what took its place",
    "title": "title",
    "document": "kind of document",
    "written by": "written by",
    "published": "published",
    "read on": "read on",
    "address": "web address",
    "reference": "reference",
    "archived": "archived copy",
    # Choices in its cells.
    "what moved": "moved or changed",
    "what news": "news",
    "what met": "met",
    "what dropped": "dropped",
    "what replaced": "replaced",
    "what reached": "number reached",
    "what planned": "number planned",
    "document letter": "letter",
    "document parliamentary-paper": "parliamentary paper",
    "document gazette": "official gazette",
    "document law": "law",
    "document report": "report",
    "document evaluation": "evaluation",
    "document audit": "audit",
    "document register": "register",
    "document press": "press",
    "document website": "website",
    "document other": "other",
    # Rows of a template, and cells that hold no value.
    "example": "example",
    "example report": "Progress report sent to parliament",
    "example law": "Act in force",
    "example reason": "more time was needed",
    "not in a cell": "[does not fit in a cell: read it in the data file]",
    # The page that explains the workbook.
    "page from": (
        "Made from {file}, programme {id}, with what its sources say up to and including {day}."
    ),
    "page empty": "Made from {file}, programme {id}, without its milestones.",
    "page for": "Only what these answer for: {bodies}.",
    "page import": (
        "Edit this workbook and import it into the data file. What you changed is added there, "
        "by the source that you name with the import. Nothing that is recorded is overwritten "
        "or taken out, and what you did not touch changes nothing."
    ),
    "page move": (
        "To move a date, write the new one under “{due}” on the sheet “{milestones}”. When "
        "something ended, choose the outcome there. What another source says, and news, goes in"
        " a new row of the sheet “{statements}”."
    ),
    "page new": (
        "A new milestone, statement or source goes in an empty row below the others. Leave the "
        "grey id of a new milestone empty."
    ),
    "page dates": (
        "A date is a day, a year, or words such as “{phrase}” and “{limit}”. What is chosen "
        "more than once stands in one cell, with semicolons between."
    ),
    "page yours": (
        "You may sort, filter and hide rows, move columns and add columns of your own, which "
        "are not imported. Grey and hidden columns are how the import knows a row: leave them "
        "as they are."
    ),
    "colours": "colours",
    "colour term": (
        "term passed and no outcome recorded: by the date of today, and by the dates as this "
        "workbook was made with them or as you typed a day"
    ),
    "colour missing": "missing: no date, no source, or nobody who answers for it",
    "colour example": "an example: the import leaves it out",
    "sheet": "sheet",
    "column": "column",
    "holds": "what it holds",
    "imported": "imported",
    "imported back": "yes",
    "imported new": "from new rows",
    "imported empty": "from new rows, and where nothing was",
    "imported not": "no",
    # What each column of the workbook holds.
    "about milestones.id": "by which the import knows the milestone",
    "about milestones.code": "its number in a register or a plan",
    "about milestones.title": (
        "what was promised; another wording is told at the import, and changes nothing"
    ),
    "about milestones.measure": (
        "of which it is a part; a name that is not on the list becomes a new measure"
    ),
    "about milestones.kind": "what sort of moment it is",
    "about milestones.commitment": "how firmly the source promises the date",
    "about milestones.promised": "the date as it was first promised, which stays",
    "about milestones.due": "the date that holds now: write a new one here to move it",
    "about milestones.bodies": "who answers for it now; another name hands it over",
    "about milestones.outcome": "how it ended, or that it is open",
    "about milestones.on": "when; empty where no source tells the day",
    "about milestones.reason": "why it was moved or dropped",
    "about milestones.goal": "the number to reach, where there is one",
    "about milestones.unit": "what is counted",
    "about milestones.source": (
        "where it was promised; empty in a new row: the source of the import"
    ),
    "about milestones.locator": "the page or the section of the source",
    "about milestones.summary": "what it is, in a few words",
    "about milestones.note": "what else there is to know",
    "about statements.id": "the milestone that it is about, from the list",
    "about statements.title": (
        "what that is called; enough in a new row, where only one is called so"
    ),
    "about statements.what": "what became of it, from the list",
    "about statements.on": (
        "the new date of what moved; when it ended; of when a number is; the day of news"
    ),
    "about statements.found": "of news: how far it is",
    "about statements.number": "the number that was reached or is planned, or the new goal",
    "about statements.says": (
        "what the source says in brief, or why it was moved, dropped or replaced"
    ),
    "about statements.by": "of news: who looked",
    "about statements.bodies": "where it was handed over: to whom",
    "about statements.instead": "of what was replaced: the milestone that took its place",
    "about statements.announced": (
        "the day on which a move was made known; empty: that of its source"
    ),
    "about statements.sources": (
        "who says so, by the ids of the sources; empty: the source of the import"
    ),
    "about statements.note": "what else there is to know",
    "about sources.id": "by which others cite it; left empty in a new row, it is made of the title",
    "about sources.title": "what the document is called",
    "about sources.kind": "what sort of document it is",
    "about sources.by": "the body that wrote it",
    "about sources.published": "when it appeared",
    "about sources.seen": "where it bears no date: the day on which you read it",
    "about sources.url": "where it can be read",
    "about sources.reference": "where it is filed",
    "about sources.archived": "the address of a copy that stays as it was",
    "mend": "report a mistake",
    "mend file": "mend this",
    "mend subject": "A mistake: {title}",
    "publisher": "publisher",
    "contact": "contact",
    "licence": "licence",
    # In a notebook.
    "judged": "errors: {errors}; warnings: {warnings}; hints: {hints}",
    "more in": "And {count} more:",
    "not read": "not read",
    # Sentences.
    "nothing recorded": "No outcome is recorded here; newest statement: {day}.",
    "replaced title": "Replaced: {title}",
    "cancelled": "Cancelled: {title}",
    "no outcome": (
        "A term that passed without an outcome means that none is recorded here, not that "
        "nothing was done. Of what has no outcome, “late” is said only where a statement made "
        "after the term tells that it was not done by then."
    ),
    "nothing overdue": "No term has passed without an outcome.",
    "nothing": "No milestones.",
    "nothing to do": "Nothing that needs attention is recorded here.",
    "and more": "And {count} more; the report as text names them all.",
}

# One, and more than one: languages have rules of their own for how many forms there are.
SPANS: Mapping[str, tuple[str, str]] = {
    "day": ("{number} day", "{number} days"),
    "week": ("{number} week", "{number} weeks"),
    "month": ("{number} month", "{number} months"),
    "year": ("{number} year", "{number} years"),
}
