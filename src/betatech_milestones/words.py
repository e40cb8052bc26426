"""What the tool itself says, in Dutch and English.

Texts of the data file come in the file's own languages (`model.Texts`); a language without a column
here gets the English words.
"""

import datetime as dt

LANGUAGES = ("nl", "en")

# key: (Dutch, English); {names} are filled in by `say`.
_WORDS = {
    # Statuses, as the Dutch Senate's register of promises and its English readers call them.
    "overdue": ("te laat", "overdue"),
    "due": ("nu verwacht", "due now"),
    "upcoming": ("komend", "upcoming"),
    "undated": ("zonder datum", "undated"),
    "met": ("gerealiseerd", "met"),
    "dropped": ("vervallen", "dropped"),
    # Kinds of milestone.
    "start": ("start", "start"),
    "report": ("voortgangsrapportage", "progress report"),
    "evaluation": ("evaluatie", "evaluation"),
    "decision": ("besluit", "decision"),
    "agreement": ("afspraak", "agreement"),
    "publication": ("publicatie", "publication"),
    "funding": ("bekostiging", "funding"),
    "target": ("doelstelling", "target"),
    "entry-into-force": ("inwerkingtreding", "entry into force"),
    "other": ("overig", "other"),
    # How firmly a date was promised.
    "deadline": ("uiterlijk", "deadline"),
    "planned": ("voorzien", "planned"),
    "aim": ("streven", "aim"),
    # Headings.
    "as of": ("stand op {day}", "as of {day}"),
    "milestone": ("mijlpaal", "milestone"),
    "cluster": ("cluster", "cluster"),
    "sectors": ("sectoren", "sectors"),
    "responsible": ("verantwoordelijk", "responsible"),
    "promised for": ("toegezegd voor", "promised for"),
    "standing": ("stand", "standing"),
    "numbers": ("cijfers", "numbers"),
    "money": ("geld", "money"),
    "sources": ("bronnen", "sources"),
    # How a milestone stands.
    "days late": ("{days} te laat", "{days} late"),
    "in days": ("over {days}", "in {days}"),
    "why grace": (
        "waarschuwing: binnen het respijt van {days}",
        "warning: within the grace of {days}",
    ),
    "why known": (
        "waarschuwing: zo stond het al in het eerdere verslag",
        "warning: so it was in the earlier report",
    ),
    "why lead": ("waarschuwing: verloopt binnen {days}", "warning: falls due within {days}"),
    "snoozed": (
        "aangehouden t/m {day} door {by}: {reason}",
        "snoozed up to and including {day} by {by}: {reason}",
    ),
    "was snoozed": (
        "was aangehouden t/m {day} door {by}: {reason}",
        "was snoozed up to and including {day} by {by}: {reason}",
    ),
    # What happened to it.
    "promised": ("toegezegd: {date}", "promised: {date}"),
    "promised undated": ("toegezegd zonder datum", "promised without a date"),
    "moved": ("verplaatst naar {date}", "moved to {date}"),
    "was": ("was {date}", "was {date}"),
    "met on": ("gerealiseerd: {date}", "met: {date}"),
    "dropped on": ("vervallen: {date}", "dropped: {date}"),
    "later": ("{days} later", "{days} later"),
    "earlier": ("{days} eerder", "{days} earlier"),
    # Windows, numbers and money.
    "from to": ("{first} t/m {last}", "{first} to {last}"),
    "until": ("t/m {last}", "up to and including {last}"),
    "from": ("vanaf {first}", "from {first}"),
    "approximate": ("bij benadering", "approximately"),
    "goal": ("doel", "goal"),
    "year": ("per jaar", "a year"),
    "total": ("in totaal", "in total"),
    # Calendar feeds.
    "measure": ("maatregel", "measure"),
    "window": ("periode", "window"),
    "source": ("bron", "source"),
    "feed about": (
        "Toegezegde mijlpalen en hun bronnen. Voorlopig is wat de bron niet op de dag dateert.",
        "Promised milestones and their sources. Tentative is what its source dates to no one day.",
    ),
    # The feed of changes.
    "changes of": ("{title}: wijzigingen", "{title}: changes"),
    "promised in brief": ("toegezegd ({date})", "promised ({date})"),
    # Rules, for views that explain them.
    "overdue rule": (
        "De toegezegde datum is voorbij, en er is geen uitkomst vastgelegd.",
        "The promised date has passed, and no outcome is recorded.",
    ),
    "overdue help": (
        "Leg vast hoe het afliep (met of dropped) of dat het verschoof (revised), met de bron.",
        "Record how it ended (met or dropped) or that it was moved (revised), with the source.",
    ),
    "due rule": (
        "De toegezegde periode loopt, en er is nog geen uitkomst vastgelegd.",
        "The promised window is open, and no outcome is recorded yet.",
    ),
    "due help": (
        "Zoek een bron die zegt of het er is, en leg die vast.",
        "Look for a source that says whether it came about, and record it.",
    ),
    "upcoming rule": (
        "De toegezegde periode moet nog beginnen.",
        "The promised window has not begun.",
    ),
    "upcoming help": (
        "Er hoeft nog niets; de datum is die van de jongste bron.",
        "Nothing needs doing yet; the date is that of the newest source.",
    ),
    # The timeline.
    "timeline": ("Tijdlijn: {title}", "Timeline: {title}"),
    "timeline summary": (
        "Mijlpalen: {all}; gerealiseerd: {met}; vervallen: {dropped}; nog open: {open}.",
        "Milestones: {all}; met: {met}; dropped: {dropped}; open: {open}.",
    ),
    "day": ("dag", "day"),
    "move": ("verplaatst", "moved"),
    "open": ("nog open", "open"),
    "nothing dated": ("Geen mijlpaal heeft een datum.", "No milestone has a date."),
    "feed deadlines": ("Uiterste data – {title}", "Deadlines – {title}"),  # noqa: RUF001  a dash
    "feed todo": ("Taken – {title}", "To-dos – {title}"),  # noqa: RUF001
    "feed alarm": ("Met herinnering – {title}", "With reminders – {title}"),  # noqa: RUF001
    # What changed between two versions.
    "what changed": ("wat veranderde", "what changed"),
    "change moved": ("verplaatst", "moved"),
    "change dropped": ("vervallen", "dropped"),
    "change met": ("gerealiseerd", "met"),
    "change added": ("toegevoegd", "added"),
    "change removed": ("verwijderd", "removed"),
    "change renamed": ("ander id", "renamed"),
    "change retitled": ("andere titel", "retitled"),
    "change rewritten": ("geschiedenis herschreven", "history rewritten"),
    "change edited": ("overige wijzigingen", "other edits"),
    "programme": ("programma", "programme"),
    "sector": ("sector", "sector"),
    "body": ("verantwoordelijke", "responsible body"),
    "the promise": ("de toezegging", "the promise"),
    "a move": ("een verplaatsing", "a move"),
    "ledger": (
        "Een verplaatsing wordt toegevoegd; wat was toegezegd, wordt niet herschreven.",
        "A move is added; what was promised is not rewritten.",
    ),
    "nothing changed": ("Niets veranderd.", "Nothing changed."),
    # What slipped.
    "what slipped": ("wat verschoof, {day}", "what slipped, {day}"),
    "slipped moved": ("verplaatst", "moved"),
    "slipped silent": ("zonder aankondiging", "without announcement"),
    "unannounced": ("geen verplaatsing aangekondigd", "no move announced"),
    "now": ("nu", "now"),
    "days": ("dagen", "days"),
    "moves": ("verplaatsingen", "moves"),
    "milestones": ("mijlpalen", "milestones"),
    "announced": ("aangekondigd", "announced"),
    "largest": ("grootste", "largest"),
    "silent": ("zonder aankondiging", "unannounced"),
    "by measure": ("per maatregel", "by measure"),
    "by cluster": ("per cluster", "by cluster"),
    "by body": ("per verantwoordelijke", "by responsible body"),
    "nothing slipped": ("Niets verschoof.", "Nothing slipped."),
    # The reminder of the half-year.
    "reminder": (
        "openstaande toezeggingen, {first} t/m {last}",
        "open promises, {first} to {last}",
    ),
    "expired": ("Toezeggingen waarvan de termijn is verstreken", "Promises that have expired"),
    "expired about": (
        "De termijn hiervan eindigde vóór {first}, en op die dag was geen uitkomst vastgelegd.",
        "Their term ended before {first}, and no outcome was recorded by that day.",
    ),
    "coming due": ("Toezeggingen waarvan de termijn verstrijkt", "Promises coming due"),
    "coming due about": (
        "De termijn hiervan eindigt van {first} t/m {last}.",
        "Their term ends from {first} up to and including {last}.",
    ),
    "in force": ("geldende termijn", "term in force"),
    "no body": ("Zonder genoemde verantwoordelijke", "No body named"),
    "none": ("Geen.", "None."),
    "request": (
        "Graag uw verbeteringen, en van elke verstreken toezegging de dag waarop u haar nakomt.",
        "Please send corrections, and for each expired promise the day on which you will keep it.",
    ),
    "nothing to remind of": (
        "Er is geen toezegging waarvan de termijn is verstreken of in deze periode verstrijkt.",
        "No promise has expired or comes due in this period.",
    ),
    # The web page.
    "page about": (
        (
            "Wat is toegezegd, wat eraan komt, wat te laat is en wat werd verplaatst: elke "
            "mijlpaal met haar data van toen en nu, en de bron die het zegt."
        ),
        (
            "What was promised, what is coming, what is late and what was moved: every milestone "
            "with its dates then and now, and the source that says so."
        ),
    ),
    "page size": (
        "{measures} maatregelen, {milestones} mijlpalen, {sources} bronnen.",
        "{measures} measures, {milestones} milestones, {sources} sources.",
    ),
    "page day": (
        (
            "Deze pagina is gemaakt met de stand van die dag. Met JavaScript volgt zij de klok, "
            "en kan de lijst worden gefilterd."
        ),
        (
            "This page was made with the standing of that day. With JavaScript it follows the "
            "clock and the list can be filtered."
        ),
    ),
    "skip": ("Naar de mijlpalen", "Skip to the milestones"),
    "contents": ("Op deze pagina", "On this page"),
    "picture": ("tijdlijn", "timeline"),
    "measures": ("maatregelen", "measures"),
    "no dates": (
        "Geen van de mijlpalen heeft een datum: er is geen tijdlijn te tekenen.",
        "None of the milestones has a date: there is no timeline to draw.",
    ),
    "search": ("zoeken", "search"),
    "status": ("status", "status"),
    "every": ("alle", "all"),
    "reset": ("Wis filters", "Clear filters"),
    "on day": ("stand op", "as of"),
    "hits": ("{shown} van {all} mijlpalen", "{shown} of {all} milestones"),
    "history": ("geschiedenis", "history"),
    "subscribe": ("abonneren", "subscribe"),
    "subscribe how": (
        (
            "Abonneer u op een agenda, en importeer haar niet: een import is een kopie van vandaag "
            "en een abonnement verplaatst mee wat wordt verplaatst."
        ),
        (
            "Subscribe to a calendar, do not import it: an import is a copy of today, a "
            "subscription moves what is moved."
        ),
    ),
    "subscribe where": (
        (
            "Abonneren kan met het adres waarop deze pagina staat gepubliceerd. Met JavaScript "
            "staan hier de knoppen daarvoor; kopieer anders het adres van een van deze agenda's."
        ),
        (
            "Subscribing takes the address at which this page is published. With JavaScript the "
            "buttons stand here; without it, copy the address of one of these calendars."
        ),
    ),
    "by sector": ("per sector", "by sector"),
    "outlook work": ("Outlook (werk)", "Outlook (work)"),
    "copy": ("Kopieer adres", "Copy address"),
    "copied": ("Gekopieerd", "Copied"),
    "data": ("gegevens", "data"),
    "calendars": ("agenda's", "calendars"),
    "changes": ("wijzigingen", "changes"),
    # Sentences.
    "cancelled": ("Vervallen: {title}", "Cancelled: {title}"),
    "no outcome": (
        "Te laat wil zeggen: geen uitkomst vastgelegd op die dag.",
        "Overdue means: no outcome recorded by that day.",
    ),
    "nothing overdue": ("Niets is te laat.", "Nothing is overdue."),
    "nothing": ("Geen mijlpalen.", "No milestones."),
    "nothing to do": ("Niets vraagt aandacht.", "Nothing needs attention."),
    "and more": (
        "En nog {count}; het verslag als tekst noemt ze alle.",
        "And {count} more; the report as text names them all.",
    ),
}

_MONTHS = (
    ("januari", "January"),
    ("februari", "February"),
    ("maart", "March"),
    ("april", "April"),
    ("mei", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augustus", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
)


def spoken(language: str) -> str:
    """Return which of our languages a reader of a BCP 47 language gets."""
    return "nl" if language.partition("-")[0].lower() == "nl" else "en"


def say(key: str, language: str, **values: object) -> str:
    """Return a label or a sentence in Dutch or English."""
    return _WORDS[key][LANGUAGES.index(spoken(language))].format(**values)


def say_day(day: dt.date, language: str) -> str:
    """Return a day in words.

    >>> say_day(dt.date(2014, 8, 1), "nl")
    '1 augustus 2014'
    """
    return f"{day.day} {say_month(day, language)}"


def say_month(day: dt.date, language: str) -> str:
    """Return the month and the year of a day in words."""
    return f"{_MONTHS[day.month - 1][LANGUAGES.index(spoken(language))]} {day.year}"


def say_days(number: int, language: str) -> str:
    """Return a number of days in words.

    >>> say_days(1, "nl"), say_days(31, "en")
    ('1 dag', '31 days')
    """
    one, more = {"nl": ("dag", "dagen"), "en": ("day", "days")}[spoken(language)]
    return f"{number} {one if number == 1 else more}"


def say_number(number: object, language: str) -> str:
    """Return a number with its thousands apart, as the language writes it.

    >>> say_number(11_700_000, "nl"), say_number(11_700_000, "en")
    ('11.700.000', '11,700,000')
    """
    written = f"{number:,}"
    return written.translate(str.maketrans(",.", ".,")) if spoken(language) == "nl" else written
