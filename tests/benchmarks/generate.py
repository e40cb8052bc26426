"""Programmes of any size for the benchmarks: the same text for the same number of milestones."""

import datetime as dt
import random
from collections.abc import Iterator

_MILESTONES_PER_MEASURE = 3
_FIRST_DAY = dt.date(2013, 1, 1)
_SOURCES = 40  # one a month
_CLUSTERS = 8
_SECTORS = ("po", "vo", "vmbo", "mbo", "hbo", "wo")
_BODIES = 12
_KINDS = ("start", "report", "evaluation", "decision", "publication", "entry-into-force")
_COMMITMENTS = ("deadline", "planned", "aim")
_DATES = (
    "{y}-{m:02}-{d:02}",  # bare: a TOML date
    "{y}-{m:02}-{d:02}",
    '"{y}-{m:02}"',
    '"Q{q} {y}"',
    '"zomer {y}"',
    '"eind {y}"',
    '"uiterlijk {d} december {y}"',
    '"in het schooljaar {y}/{z}"',
)


def programme_text(milestones: int) -> str:
    """Return the TOML text of a programme: three milestones a measure.

    About three in ten milestones were revised, and three in ten met.
    """
    return "\n".join([*_shelves(), *_measures(milestones)])


def _published(source: int) -> dt.date:
    return _FIRST_DAY + dt.timedelta(days=30 * source)


def _shelves() -> Iterator[str]:
    yield (
        '[programme]\nid = "generated"\n'
        'title = { nl = "Voorbeeldprogramma", en = "Sample programme" }\n'
        'language = "nl"\ntimezone = "Europe/Amsterdam"\n'
    )
    for number in range(_SOURCES):
        yield (
            f'[[source]]\nid = "letter-{number:02}"\n'
            f'title = {{ nl = "Kamerbrief {number}", en = "Letter to parliament {number}" }}\n'
            f'reference = "Kamerstuk 32 637, nr. {number}"\npublished = {_published(number)}\n'
            f'url = "https://example.org/letters/{number}.html"\n'
        )
    for number in range(_CLUSTERS):
        yield (
            f'[[cluster]]\nid = "cluster-{number}"\nnumber = {number + 1}\n'
            f'title = {{ nl = "Groep {number}", en = "Cluster {number}" }}\n'
        )
    for sector in _SECTORS:
        yield f'[[sector]]\nid = "{sector}"\ntitle = {{ nl = "{sector.upper()}" }}\n'
    for number in range(_BODIES):
        yield (
            f'[[body]]\nid = "body-{number:02}"\n'
            f'name = {{ nl = "Uitvoerder {number}", en = "Agency {number}" }}\n'
        )


def _measures(milestones: int) -> Iterator[str]:
    chance = random.Random(2013)  # noqa: S311  the same text each time is what is wanted
    width = len(str(milestones))
    for first in range(0, milestones, _MILESTONES_PER_MEASURE):
        number = first // _MILESTONES_PER_MEASURE
        yield (
            f'[[measure]]\nid = "measure-{number:0{width}}"\n'
            f'title = {{ nl = "Maatregel {number}: meer leerlingen kiezen techniek", '
            f'en = "Measure {number}: more pupils choose technology" }}\n'
            f'cluster = "cluster-{chance.randrange(_CLUSTERS)}"\n'
            f'sectors = ["{chance.choice(_SECTORS)}"]\n'
            f'bodies = ["body-{chance.randrange(_BODIES):02}"]\n'
            f'source = "letter-00"\nlocator = "{number % 9 + 1}.{number % 7 + 1}"\n'
        )
        for index in range(first, min(first + _MILESTONES_PER_MEASURE, milestones)):
            yield from _milestone(chance, f"milestone-{index:0{width}}", index)


def _milestone(chance: random.Random, name: str, index: int) -> Iterator[str]:
    yield (
        f'[[measure.milestone]]\nid = "{name}"\n'
        f'title = {{ nl = "Voortgangsrapportage {index} naar de Kamer", '
        f'en = "Progress report {index} to parliament" }}\n'
        f'kind = "{chance.choice(_KINDS)}"\ncommitment = "{chance.choice(_COMMITMENTS)}"\n'
        f"due = {_date(chance)}\n"
    )
    if chance.random() < 0.3:
        source = chance.randrange(10, 25)
        yield (
            f"[[measure.milestone.revised]]\ndue = {_date(chance)}\n"
            f'source = "letter-{source}"\nannounced = {_published(source)}\n'
            'reason = { nl = "Meer tijd nodig", en = "More time was needed" }\n'
        )
    if chance.random() < 0.3:
        source = chance.randrange(25, _SOURCES)
        on = _published(source) - dt.timedelta(days=chance.randrange(60))
        yield f'[measure.milestone.met]\non = {on}\nsource = "letter-{source}"\n'


def _date(chance: random.Random) -> str:
    year = chance.randrange(2013, 2019)
    return chance.choice(_DATES).format(
        y=year,
        z=year + 1,
        m=chance.randint(1, 12),
        d=chance.randint(1, 28),
        q=chance.randint(1, 4),
    )
