"""What the tool says in Dutch: its labels, its sentences, and how it writes days and numbers.

The keys are those of every other language; {names} are filled in by `Voice.label`.
"""

from betatech_milestones.language.lexicon import Lexicon

LEXICON = Lexicon(
    language="nl",
    name="Nederlands",
    months=(
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    days=("dag", "dagen"),
    thousands=".",
    decimal=",",
    labels={
        # Statuses, as the Dutch Senate's register of promises and its English readers call them.
        "overdue": "te laat",
        "due": "nu verwacht",
        "upcoming": "komend",
        "undated": "zonder datum",
        "met": "gerealiseerd",
        "dropped": "vervallen",
        # Kinds of milestone.
        "start": "start",
        "report": "voortgangsrapportage",
        "evaluation": "evaluatie",
        "decision": "besluit",
        "agreement": "afspraak",
        "publication": "publicatie",
        "funding": "bekostiging",
        "target": "doelstelling",
        "entry-into-force": "inwerkingtreding",
        "other": "overig",
        # How firmly a date was promised.
        "deadline": "uiterlijk",
        "planned": "voorzien",
        "aim": "streven",
        # Headings.
        "as of": "stand op {day}",
        "milestone": "mijlpaal",
        "cluster": "cluster",
        "sectors": "sectoren",
        "responsible": "verantwoordelijk",
        "promised for": "toegezegd voor",
        "standing": "stand",
        "numbers": "cijfers",
        "money": "geld",
        "sources": "bronnen",
        # How a milestone stands.
        "days late": "{days} te laat",
        "in days": "over {days}",
        "why grace": "waarschuwing: binnen het respijt van {days}",
        "why known": "waarschuwing: zo stond het al in het eerdere verslag",
        "why lead": "waarschuwing: verloopt binnen {days}",
        "snoozed": "aangehouden t/m {day} door {by}: {reason}",
        "was snoozed": "was aangehouden t/m {day} door {by}: {reason}",
        # What happened to it.
        "promised": "toegezegd: {date}",
        "promised undated": "toegezegd zonder datum",
        "moved": "verplaatst naar {date}",
        "was": "was {date}",
        "met on": "gerealiseerd: {date}",
        "dropped on": "vervallen: {date}",
        "later": "{days} later",
        "earlier": "{days} eerder",
        # Windows, numbers and money.
        "from to": "{first} t/m {last}",
        "until": "t/m {last}",
        "from": "vanaf {first}",
        "approximate": "bij benadering",
        "goal": "doel",
        "year": "per jaar",
        "total": "in totaal",
        # Calendar feeds.
        "measure": "maatregel",
        "window": "periode",
        "source": "bron",
        "feed about": (
            "Toegezegde mijlpalen en hun bronnen. Voorlopig is wat de bron niet op de dag dateert."
        ),
        # The feed of changes.
        "changes of": "{title}: wijzigingen",
        "promised in brief": "toegezegd ({date})",
        # Rules, for views that explain them.
        # The timeline.
        "timeline": "Tijdlijn: {title}",
        "timeline summary": (
            "Mijlpalen: {all}; gerealiseerd: {met}; vervallen: {dropped}; nog open: {open}."
        ),
        "day": "dag",
        "move": "verplaatst",
        "open": "nog open",
        "nothing dated": "Geen mijlpaal heeft een datum.",
        "feed deadlines": "Uiterste data – {title}",  # noqa: RUF001  a dash
        "feed todo": "Taken – {title}",  # noqa: RUF001  a dash
        "feed alarm": "Met herinnering – {title}",  # noqa: RUF001  a dash
        # What changed between two versions.
        "what changed": "wat veranderde",
        "change moved": "verplaatst",
        "change dropped": "vervallen",
        "change met": "gerealiseerd",
        "change added": "toegevoegd",
        "change removed": "verwijderd",
        "change renamed": "ander id",
        "change retitled": "andere titel",
        "change rewritten": "geschiedenis herschreven",
        "change edited": "overige wijzigingen",
        "programme": "programma",
        "sector": "sector",
        "body": "verantwoordelijke",
        "the promise": "de toezegging",
        "a move": "een verplaatsing",
        "ledger": "Een verplaatsing wordt toegevoegd; wat was toegezegd, wordt niet herschreven.",
        "nothing changed": "Niets veranderd.",
        # What slipped.
        "what slipped": "wat verschoof, {day}",
        "slipped moved": "verplaatst",
        "slipped silent": "zonder aankondiging",
        "unannounced": "geen verplaatsing aangekondigd",
        "now": "nu",
        "days": "dagen",
        "moves": "verplaatsingen",
        "milestones": "mijlpalen",
        "announced": "aangekondigd",
        "largest": "grootste",
        "silent": "zonder aankondiging",
        "by measure": "per maatregel",
        "by cluster": "per cluster",
        "by body": "per verantwoordelijke",
        "nothing slipped": "Niets verschoof.",
        # The reminder of the half-year.
        "reminder": "openstaande toezeggingen, {first} t/m {last}",
        "expired": "Toezeggingen waarvan de termijn is verstreken",
        "expired about": (
            "De termijn hiervan eindigde vóór {first}, en op die dag was geen uitkomst vastgelegd."
        ),
        "coming due": "Toezeggingen waarvan de termijn verstrijkt",
        "coming due about": "De termijn hiervan eindigt van {first} t/m {last}.",
        "in force": "geldende termijn",
        "no body": "Zonder genoemde verantwoordelijke",
        "none": "Geen.",
        "request": (
            "Graag uw verbeteringen, en van elke verstreken toezegging de dag waarop u haar nakomt."
        ),
        "nothing to remind of": (
            "Er is geen toezegging waarvan de termijn is verstreken of in deze periode verstrijkt."
        ),
        # The web page.
        "page about": (
            "Wat is toegezegd, wat eraan komt, wat te laat is en wat werd verplaatst: elke "
            "mijlpaal met haar data van toen en nu, en de bron die het zegt."
        ),
        "page size": "{measures} maatregelen, {milestones} mijlpalen, {sources} bronnen.",
        "page day": (
            "Deze pagina is gemaakt met de stand van die dag. Met JavaScript volgt zij de "
            "klok, en kan de lijst worden gefilterd."
        ),
        "skip": "Naar de mijlpalen",
        "contents": "Op deze pagina",
        "picture": "tijdlijn",
        "measures": "maatregelen",
        "no dates": "Geen van de mijlpalen heeft een datum: er is geen tijdlijn te tekenen.",
        "search": "zoeken",
        "status": "status",
        "every": "alle",
        "reset": "Wis filters",
        "on day": "stand op",
        "hits": "{shown} van {all} mijlpalen",
        "history": "geschiedenis",
        "subscribe": "abonneren",
        "subscribe how": (
            "Abonneer u op een agenda, en importeer haar niet: een import is een kopie van "
            "vandaag en een abonnement verplaatst mee wat wordt verplaatst."
        ),
        "subscribe where": (
            "Abonneren kan met het adres waarop deze pagina staat gepubliceerd. Met JavaScript "
            "staan hier de knoppen daarvoor; kopieer anders het adres van een van deze "
            "agenda's."
        ),
        "by sector": "per sector",
        "outlook work": "Outlook (werk)",
        "copy": "Kopieer adres",
        "copied": "Gekopieerd",
        "data": "gegevens",
        "calendars": "agenda's",
        "changes": "wijzigingen",
        # Sentences.
        "cancelled": "Vervallen: {title}",
        "no outcome": "Te laat wil zeggen: geen uitkomst vastgelegd op die dag.",
        "nothing overdue": "Niets is te laat.",
        "nothing": "Geen mijlpalen.",
        "nothing to do": "Niets vraagt aandacht.",
        "and more": "En nog {count}; het verslag als tekst noemt ze alle.",
    },
    rules={
        "overdue": (
            "De toegezegde datum is voorbij, en er is geen uitkomst vastgelegd.",
            "Leg vast hoe het afliep (met of dropped) of dat het verschoof (revised), met de bron.",
        ),
        "due": (
            "De toegezegde periode loopt, en er is nog geen uitkomst vastgelegd.",
            "Zoek een bron die zegt of het er is, en leg die vast.",
        ),
        "upcoming": (
            "De toegezegde periode moet nog beginnen.",
            "Er hoeft nog niets; de datum is die van de jongste bron.",
        ),
    },
)
