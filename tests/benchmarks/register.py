"""An invented programme in the shape of an Italian register of 1,700 milestones and targets.

Missions hold measures, a measure has reforms and investments with a code of their own, and every
milestone is due in a quarter. Nothing in it was ever promised: the names are made of parts.
"""
# ruff: noqa: RUF001  Italian has an apostrophe

import datetime as dt
import random
from collections.abc import Iterator

MEASURES, MILESTONES = 410, 1700
_MISSIONS = (
    "Digitalizzazione, innovazione e competitività",
    "Rivoluzione verde e transizione ecologica",
    "Infrastrutture per una mobilità sostenibile",
    "Istruzione e ricerca",
    "Inclusione e coesione",
    "Salute",
)
_BODIES = (
    "Ministero di prova per l’ambiente",
    "Ministero di prova per le infrastrutture e i trasporti",
    "Ministero di prova per l’istruzione",
    "Ministero di prova per l’università e la ricerca",
    "Ministero di prova per la salute",
    "Ministero di prova per il lavoro e le politiche sociali",
    "Ministero di prova per la cultura e il turismo",
    "Dipartimento di prova per la trasformazione digitale",
    "Ministero di prova per la giustizia",
    "Regioni e comuni di prova",
)
_WHAT = (
    "Riqualificazione",
    "Messa in sicurezza",
    "Digitalizzazione",
    "Riforma",
    "Potenziamento",
    "Monitoraggio",
    "Completamento",
    "Semplificazione",
)
_OF = (
    "degli edifici scolastici",
    "della rete ferroviaria regionale",
    "dei servizi idrici e riduzione delle perdite nelle reti di distribuzione",
    "delle strutture ospedaliere e di prossimità",
    "dei procedimenti amministrativi degli enti locali",
    "delle infrastrutture sociali nei comuni con meno di 5.000 abitanti",
    "dei centri per l’impiego",
    "del sistema di certificazione delle competenze per le lavoratrici e i lavoratori",
    "delle banche dati di interesse nazionale",
)
_STEPS = (
    ("decision", "Entrata in vigore del decreto"),
    ("agreement", "Aggiudicazione di tutti i contratti pubblici"),
    ("start", "Avvio dei lavori"),
    ("funding", "Erogazione delle risorse ai soggetti attuatori"),
    ("publication", "Pubblicazione delle linee guida"),
    ("target", "Interventi completati"),
    ("report", "Relazione sullo stato di attuazione"),
)
_SOURCES = 14  # one every half year
_FIRST_DAY = dt.date(2021, 6, 30)


def register_text(milestones: int = MILESTONES) -> str:
    """Return the TOML text of the programme; the same each time."""
    return "\n".join([*_shelves(), *_measures(milestones)])


def _published(source: int) -> dt.date:
    return _FIRST_DAY + dt.timedelta(days=182 * source)


def _shelves() -> Iterator[str]:
    yield (
        '[programme]\nid = "piano-di-prova"\n'
        'title = "Piano di prova: traguardi e obiettivi"\n'
        'language = "it"\ntimezone = "Europe/Rome"\nlicence = "CC-BY-4.0"\n'
        'publisher = { name = "Struttura di prova", contact = "mailto:prova@example.org" }\n'
        'repository = "https://example.org/piano/blob/main/milestones.toml"\n'
    )
    for number in range(_SOURCES):
        yield (
            f'[[source]]\nid = "relazione-{number + 1}"\n'
            f'title = "{number + 1}ª relazione semestrale"\nkind = "report"\n'
            f"published = {_published(number)}\n"
            f'url = "https://example.org/relazioni/{number + 1}.pdf"\n'
        )
    for number, mission in enumerate(_MISSIONS, 1):
        yield f'[[cluster]]\nid = "m{number}"\nnumber = {number}\ntitle = "{mission}"\n'
    for number, body in enumerate(_BODIES):
        yield f'[[body]]\nid = "ente-{number}"\nname = "{body}"\n'


def _measures(milestones: int) -> Iterator[str]:
    chance = random.Random(2021)  # noqa: S311  the same text each time is what is wanted
    each = -(-milestones // MEASURES)
    for number, first in enumerate(range(0, milestones, each)):
        mission = chance.randrange(len(_MISSIONS)) + 1
        sort = "Riforma" if chance.random() < 0.2 else "Investimento"
        code = f"M{mission}C{chance.randrange(3) + 1}"
        yield (
            f'[[measure]]\nid = "misura-{number:03}"\ncode = "{code}-{sort[0]}{number % 9 + 1}"\n'
            f'title = "{sort} {number % 9 + 1}.{number % 5 + 1}: {chance.choice(_WHAT)} '
            f'{chance.choice(_OF)}"\ncluster = "m{mission}"\n'
            f'bodies = ["ente-{chance.randrange(len(_BODIES))}"]\nsource = "relazione-1"\n'
        )
        year = 2021 + chance.randrange(6)
        for index in range(first, min(first + each, milestones)):
            kind, step = _STEPS[(index - first) % len(_STEPS)]
            year = min(year + (chance.random() < 0.3), 2029)
            yield from _milestone(chance, index, kind, f"{step} ({code}-{index + 1})", year)


def _milestone(
    chance: random.Random, index: int, kind: str, title: str, year: int
) -> Iterator[str]:
    quarter = chance.randint(1, 4)
    yield (
        f'[[measure.milestone]]\nid = "t-{index + 1:04}"\ntitle = "{title}"\nkind = "{kind}"\n'
        f'commitment = "planned"\ndue = "T{quarter} {year}"\n'
    )
    if chance.random() < 0.35:
        source = chance.randrange(2, _SOURCES)
        yield (
            f'[[measure.milestone.revised]]\ndue = "T{chance.randint(1, 4)} '
            f'{min(year + 1 + chance.randrange(2), 2031)}"\nsource = "relazione-{source + 1}"\n'
            'reason = "Aumento dei costi e carenza di materiali"\n'
        )
    if year < 2027 and chance.random() < 0.55:
        ended = dt.date(year, 3 * quarter, 28) + dt.timedelta(days=chance.randrange(90))
        told = [n for n in range(_SOURCES) if _published(n) >= ended]
        if told:
            yield f'[measure.milestone.met]\non = {ended}\nsource = "relazione-{told[0] + 1}"\n'
    if kind == "target":
        yield (
            f'[measure.milestone.number]\nunit = "interventi"\n'
            f"goal = {chance.randrange(50, 5000)}\nbaseline = 0\n"
        )
