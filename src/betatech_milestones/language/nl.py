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
    spans={
        "day": ("dag", "dagen"),
        "week": ("week", "weken"),
        "month": ("maand", "maanden"),
        "year": ("jaar", "jaar"),
    },
    thousands=".",
    decimal=",",
    labels={
        # Statuses, as the Dutch Senate's register of promises and its English readers call them.
        "overdue": "termijn verstreken, geen uitkomst vastgelegd",
        "due": "nu verwacht",
        "upcoming": "komend",
        "undated": "zonder datum",
        "met": "gerealiseerd",
        "dropped": "vervallen",
        "replaced": "vervangen",
        "passed": "datum van een streven of verwachting verstreken",
        "fact": "gemeld als gedaan",
        # What is known of what is overdue.
        "late": "te laat",
        "unchecked": "termijn verstreken, daarna niet nagegaan",
        "no-news": "termijn verstreken, gezocht en geen nieuws gevonden",
        # Who says that it ended so.
        "claimed": "volgens de verantwoordelijke zelf",
        "reported": "volgens anderen",
        "verified": "blijkt uit een officiële of onafhankelijke bron",
        # Kinds of milestone.
        "start": "start",
        "report": "rapport of brief",
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
        "fixed": "vastgelegd in wet of contract",
        "forecast": "verwachting",
        "none": "niet aangekondigd",
        # Headings.
        "as of": "stand op {day}",
        "hindsight": "achteraf gezien: met wat op {day} bekend was",
        "foresight": "met wat op {day} bekend was",
        "counted dated": "aankondigingen met een datum: {all} ({counts})",
        "counted undated": "zonder datum: {all} ({counts})",
        "counted facts": "gemeld als gedaan, door niemand aangekondigd: {all}",
        "counted unknown": "op die dag nog niet bekend: {all}",
        "counted nothing": "geen aankondigingen",
        "group late": "te laat",
        "group unchecked": "niet nagegaan sinds de termijn verstreek",
        "group no-news": "gezocht zonder nieuws te vinden",
        "group passed": "voorbij een streefdatum of verwachting",
        "news": "bericht",
        "code": "nummer",
        "note": "noot",
        "baseline": "beginstand",
        "reading planned": "gepland",
        "also": "ook onderdeel van",
        "milestone": "mijlpaal",
        "cluster": "cluster",
        "sectors": "sectoren",
        "responsible": "verantwoordelijk",
        "promised for": "aangekondigd voor",
        "standing": "stand",
        "numbers": "cijfers",
        "money": "geld",
        "sources": "bronnen",
        # How a milestone stands.
        "how late": "te laat: de termijn verstreek {age} geleden",
        "how unchecked": "niet nagegaan sinds de termijn {age} geleden verstreek",
        "how no-news": (
            "geen nieuws: gezocht op {day} door {by}; de termijn verstreek {age} geleden"
        ),
        "told by": "{how}; {found} ({source})",
        "told on": "{how}; {found} op {day} ({source})",
        "newest statement": "jongste vermelding: {day}",
        "passed aim": "streefdatum {age} geleden verstreken",
        "passed forecast": "verwachte datum {age} geleden verstreken",
        "in age": "over {age}",
        "begins in age": "begint over {age}",
        "ends in age": "termijn eindigt over {age}",
        "due until": "verwacht t/m {last}",
        "over": "ruim {age}",
        "by itself": "volgens wet of contract sinds {date}, niet nagegaan",
        "in time": "op tijd",
        "days late": "{days} te laat",
        "days late between": "ten minste {least} en ten hoogste {most} te laat",
        "days late at most": "op tijd of ten hoogste {most} te laat",
        "days late at least": "ten minste {least} te laat",
        "in time moved": "binnen de eerste termijn",
        "days late moved": "{days} na de eerste termijn",
        "days late between moved": "ten minste {least} en ten hoogste {most} na de eerste termijn",
        "days late at most moved": "binnen de eerste termijn of ten hoogste {most} erna",
        "days late at least moved": "ten minste {least} na de eerste termijn",
        "in time or not": "op tijd of niet: geen bron noemt de dag",
        "counted open": "open",
        "found nothing": "niets gevonden",
        "found under-way": "in uitvoering",
        "found partly": "deels gedaan",
        "found not-done": "niet gedaan",
        "looked by": "nagegaan door {by}",
        "why looked": "geen fout: ten hoogste {days} geleden gezocht",
        "why grace": "waarschuwing: binnen het respijt van {days}",
        "why known": "waarschuwing: zo stond het al in het eerdere verslag",
        "why lead": "waarschuwing: verloopt binnen {days}",
        "snoozed": "aangehouden t/m {day} door {by}: {reason}",
        "was snoozed": "was aangehouden t/m {day} door {by}: {reason}",
        # What happened to it.
        "promised": "aangekondigd: {date}",
        "promised undated": "aangekondigd zonder datum",
        "promised aim": "beoogd: {date}",
        "promised aim undated": "beoogd zonder datum",
        "promised fixed": "vastgelegd in wet of contract: {date}",
        "promised fixed undated": "vastgelegd zonder datum",
        "promised forecast": "verwacht: {date}",
        "promised forecast undated": "verwacht zonder datum",
        "moved": "verplaatst naar {date}",
        "was": "was {date}",
        "met on": "gerealiseerd: {date}",
        "dropped on": "vervallen: {date}",
        "replaced on": "vervangen: {date}",
        "done on": "gemeld als gedaan: {date}",
        "day unknown": "dag onbekend",
        "by milestone": "door {by}",
        "goal now": "doel nu {goal}",
        "handed over": "nu verantwoordelijk: {bodies}",
        "nobody": "niemand genoemd",
        "news on": "{day}: {news}",
        "seen on": "ongedateerd, gelezen op {day}",
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
        "for each": "{amount}, voor elk van {each}",
        # Calendar feeds.
        "measure": "maatregel",
        "window": "periode",
        "source": "bron",
        "feed about": (
            "Aangekondigde mijlpalen en hun bronnen. Voorlopig is wat de bron niet op de dag "
            "dateert."
        ),
        # The feed of changes.
        "changes of": "{title}: wijzigingen",
        # Rules, for views that explain them.
        # The timeline.
        "timeline": "Tijdlijn: {title}",
        "timeline summary": (
            "Mijlpalen: {all}; gerealiseerd: {met}; gemeld als gedaan: {fact}; "
            "vervangen: {replaced}; vervallen: {dropped}; nog open: {open}."
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
        "change replaced": "vervangen",
        "change revised": "herzien",
        "change news": "bericht",
        "change added": "toegevoegd",
        "change removed": "verwijderd",
        "change renamed": "ander id",
        "change retitled": "andere titel",
        "change rewritten": "geschiedenis herschreven",
        "change edited": "overige wijzigingen",
        "programme": "programma",
        "sector": "sector",
        "kind": "soort",
        "body": "verantwoordelijke",
        "the promise": "de aankondiging",
        "a move": "een verplaatsing",
        "ledger": (
            "Een verplaatsing wordt toegevoegd; wat was aangekondigd, wordt niet herschreven."
        ),
        "nothing changed": "Niets veranderd.",
        # What slipped.
        "what slipped": "wat verschoof, {day}",
        "slipped moved": "verplaatst",
        "slipped silent": "geen verplaatsing vastgelegd",
        "unannounced": "geen verplaatsing vastgelegd",
        "now": "nu",
        "days": "dagen",
        "moves": "verplaatsingen",
        "milestones": "mijlpalen",
        "announced": "aangekondigd",
        "largest": "grootste",
        "median": "mediaan",
        "median of": "{days} (van {count})",
        "met late": "gerealiseerd",
        "silent": "geen verplaatsing vastgelegd",
        "by measure": "per maatregel",
        "by cluster": "per cluster",
        "by body": "per verantwoordelijke",
        "nothing slipped": "Niets verschoof.",
        # The reminder of the half-year.
        "reminder": "openstaande aankondigingen, {first} t/m {last}",
        "expired": "Aankondigingen waarvan de termijn is verstreken",
        "expired about": (
            "Volgens onze informatie eindigde de termijn hiervan vóór {first}, en was op die dag "
            "geen uitkomst vastgelegd."
        ),
        "coming due": "Aankondigingen waarvan de termijn verstrijkt",
        "coming due about": "De termijn hiervan eindigt van {first} t/m {last}.",
        "in force": "geldende termijn",
        "no body": "Zonder genoemde verantwoordelijke",
        "no items": "Geen.",
        "request": (
            "Graag vernemen wij wat hier onjuist is of ontbreekt, en wat er werd van elke "
            "aankondiging waarvan de termijn is verstreken, of wanneer dat is te verwachten."
        ),
        "nothing to remind of": (
            "Volgens onze informatie is er geen aankondiging waarvan de termijn is verstreken of "
            "in deze periode verstrijkt."
        ),
        # The web page.
        "page about": (
            "Wat is aangekondigd, wat eraan komt, wat werd verplaatst en wat ervan kwam: elke "
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
        "nothing recorded": "Er is hier geen uitkomst vastgelegd; jongste vermelding: {day}.",
        "replaced title": "Vervangen: {title}",
        "cancelled": "Vervallen: {title}",
        "no outcome": (
            "Een verstreken termijn zonder uitkomst zegt dat hier geen uitkomst is vastgelegd, "
            "niet dat er niets is gedaan. Te laat is alleen waarvan een bericht van na de termijn "
            "zegt dat het toen niet af was."
        ),
        "nothing overdue": "Geen termijn verstreek zonder uitkomst.",
        "nothing": "Geen mijlpalen.",
        "nothing to do": "Niets vraagt aandacht.",
        "and more": "En nog {count}; het verslag als tekst noemt ze alle.",
    },
    rules={
        "late": (
            "De termijn is verstreken, en een bericht van daarna zegt dat het toen niet af was.",
            "Leg vast hoe het afliep (met, dropped, replaced) of dat het verschoof, met de bron.",
        ),
        "unchecked": (
            "De termijn is verstreken, en sindsdien legde niemand vast wat ervan werd.",
            "Zoek wat ervan werd, en leg dat vast; ook dat u zocht en niets vond.",
        ),
        "no-news": (
            "De termijn is verstreken; iemand zocht daarna, en vond niets.",
            "Zoek later nog eens, en leg vast wat u vindt.",
        ),
        "due": (
            "De aangekondigde periode loopt, en er is nog geen uitkomst vastgelegd.",
            "Zoek een bron die zegt of het er is, en leg die vast.",
        ),
        "upcoming": (
            "De aangekondigde periode moet nog beginnen.",
            "Er hoeft nog niets; de datum is die van de jongste bron.",
        ),
    },
)
