"""Sites to look at: the pages of a programme, with what they are made of."""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from betatech_milestones import (
    News,
    PolicyDate,
    Programme,
    Snooze,
    Source,
    Texts,
    site,
)

ADDRESS = "https://example.org/promises/"


def pages(programme: Programme, day: dt.date, *, address: str | None = None) -> dict[str, str]:
    """Return the pages of a programme by their paths, as of a day."""
    return {
        path: content.decode()
        for path, content in site(programme, day, address=address).items()
        if path.endswith(".html")
    }


@cache
def _first(programme: Programme, day: dt.date) -> Mapping[str, bytes]:
    return site(programme, day)


def published_before(programme: Programme, day: dt.date, folder: Path) -> None:
    """Have in a folder what a first publication leaves there, and make it but once.

    `tests/test_publish.py` has in `test_a_first_publication` that these are its files.
    """
    lay_out(_first(programme, day), folder)


def held(folder: Path) -> dict[str, bytes]:
    """All files of a folder, by their paths."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def lay_out(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files, with the folders that they are in."""
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


HOSTILE = (
    "\u200f</title></style></script><script>alert(1)</script><!--"
    "\"'><img src=x onerror=alert(2)>&amp;{{ 7 * 7 }}{date}"
)


def hostile(programme: Programme) -> Programme:
    """Return a programme with a hostile text in place of each text it has."""

    def spoilt(value: Any) -> Any:
        match value:
            case Texts(pairs):
                return Texts(tuple((tag, HOSTILE) for tag, _ in pairs))
            case PolicyDate():
                return PolicyDate(value.edtf, words=HOSTILE)
            case Source():
                by = spoilt(value.by)
                return attrs.evolve(value, title=spoilt(value.title), reference=HOSTILE, by=by)
            case tuple():
                return tuple(map(spoilt, value))
            case _ if attrs.has(type(value)):
                fields = [field.name for field in attrs.fields(type(value)) if field.init]
                changes = {name: spoilt(getattr(value, name)) for name in fields}
                changes |= {name: HOSTILE for name in ("code", "locator") if name in changes}
                if isinstance(value, News | Snooze):
                    changes["by"] = HOSTILE
                return attrs.evolve(value, **changes)
        return value

    spoilt_programme: Programme = spoilt(programme)
    return spoilt_programme


EVERY_GROUP = """\
[programme]
id = "plan"
title = { nl = "Plan", en = "Plan" }
language = "nl"
timezone = "Europe/Amsterdam"

[[source]]
id = "letter"
title = { nl = "Brief", en = "Letter" }
by = "ocw"
kind = "letter"
published = 2013-02-26
url = "https://example.org/letter"
[[source]]
id = "december"
title = { nl = "Verslag", en = "Account" }
kind = "report"
published = "2013-12"
[[source]]
id = "reply"
title = { nl = "Antwoord", en = "Reply" }
by = "ocw"
published = 2014-05-01
[[source]]
id = "gazette"
title = { nl = "Staatsblad", en = "Gazette" }
kind = "gazette"
reference = "Stb. 2015, 1"
published = 2015-03-01
[[source]]
id = "audit"
title = { nl = "Onderzoek", en = "Audit" }
kind = "audit"
published = 2016-01-15
[[source]]
id = "page"
title = { nl = "Webpagina", en = "Web page" }
kind = "website"
seen = 2015-09-01

[[cluster]]
id = "school"
title = { nl = "onderwijs", en = "education" }
[[cluster]]
id = "work"
title = { nl = "werk", en = "work" }
[[sector]]
id = "mbo"
title = { nl = "mbo" }
[[sector]]
id = "hbo"
title = { nl = "hbo" }
[[body]]
id = "ocw"
name = { nl = "OCW", en = "Education" }
[[body]]
id = "sbb"
name = { nl = "SBB" }

[[measure]]
id = "first"
title = { nl = "Eerste", en = "First" }
cluster = "school"
sectors = ["mbo"]
bodies = ["ocw"]
source = "letter"
[[measure.budget]]
amount = 10
currency = "EUR"
per = "year"
source = "gazette"

[[measure.milestone]]
id = "late"
title = { nl = "Te laat", en = "Late" }
kind = "report"
due = "zomer 2014"
[[measure.milestone.news]]
on = 2014-11-30
found = "not-done"
says = { nl = "Het komt later.", en = "It comes later." }
source = "gazette"

[[measure.milestone]]
id = "unchecked"
title = { nl = "Niet nagegaan", en = "Not checked" }
kind = "decision"
due = 2014-08-01

[[measure.milestone]]
id = "no-news"
title = { nl = "Niets gevonden", en = "Nothing found" }
kind = "decision"
due = "uiterlijk 1 juli 2013"
[[measure.milestone.news]]
on = 2014-02-01
found = "nothing"
by = "redactie"
[[measure.milestone.news]]
on = 2015-02-01
found = "nothing"
by = "redactie"

[[measure.milestone]]
id = "due"
title = { nl = "Verwacht", en = "Expected" }
kind = "start"
due = "2014"
[[measure.milestone.revised]]
due = { words = "in de periode 2015-2030", edtf = "[2015..2030]" }
source = "reply"
reason = { nl = "meer tijd", en = "more time" }

[[measure.milestone]]
id = "upcoming"
title = { nl = "Komend", en = "Coming" }
kind = "start"
due = 2040-01-01
source = "december"

[[measure.milestone]]
id = "aim"
title = { nl = "Streven naar bèta", en = "Aimed at" }
kind = "target"
commitment = "aim"
due = 2013

[[measure.milestone]]
id = "forecast"
title = { nl = "Verwachting", en = "Forecast" }
kind = "other"
commitment = "forecast"
due = "2014-06"

[[measure.milestone]]
id = "undated"
title = { nl = "Ooit", en = "Some day" }
kind = "other"
due = { words = { nl = "doorlopend", en = "ongoing" } }

[[measure.milestone]]
id = "fixed"
title = { nl = "Van rechtswege", en = "By law" }
kind = "entry-into-force"
commitment = "fixed"
due = 2014-01-01
[[measure.milestone.revised]]
due = 2014-07-01
announced = 2013-12-15
source = "december"

[[measure]]
id = "second"
title = { nl = "Tweede", en = "Second" }
cluster = "work"
sectors = ["hbo"]
bodies = ["ocw"]
source = "letter"

[[measure.milestone]]
id = "met"
title = { nl = "Gehaald", en = "Met" }
kind = "agreement"
due = "uiterlijk 1 juli 2014"
bodies = ["sbb"]
also = ["first"]
[[measure.milestone.revised]]
bodies = ["ocw", "sbb"]
goal = 20
source = "reply"
[measure.milestone.met]
sources = ["page", "audit"]
note = { nl = "ongeveer", en = "roughly" }
[measure.milestone.number]
unit = { nl = "scholen", en = "schools" }
goal = 10
baseline = 1
[[measure.milestone.number.reading]]
on = 2014
value = 5
kind = "planned"
source = "reply"
[[measure.milestone.number.reading]]
on = 2015
value = 21
source = "audit"

[[measure.milestone]]
id = "replaced"
title = { nl = "Vervangen", en = "Replaced" }
kind = "report"
due = 2014
[measure.milestone.replaced]
by = "first/late"
on = "2014-04"
source = "reply"
reason = { nl = "opgegaan in het andere", en = "part of the other" }

[[measure.milestone]]
id = "dropped"
title = { nl = "Vervallen", en = "Dropped" }
kind = "funding"
due = 2015
snoozed = { until = 2014-06-01, since = 2014-01-05, by = "redactie", reason = "gevraagd" }
[measure.milestone.dropped]
source = "gazette"
reason = { nl = "geen geld", en = "no money" }

[[measure.milestone]]
id = "after-all"
title = { nl = "Toch", en = "After all" }
kind = "funding"
due = 2014
[measure.milestone.dropped]
on = 2014-04-15
source = "reply"
reason = { nl = "geen geld", en = "no money" }
[measure.milestone.met]
on = "voorjaar 2015"
source = "page"

[[measure.milestone]]
id = "known-later"
title = { nl = "Later bekend", en = "Known later" }
kind = "evaluation"
due = 2017
source = "audit"

[[measure.milestone]]
id = "fact"
title = { nl = "Gemeld", en = "Reported" }
kind = "start"
commitment = "none"
code = "S.9"
met = { on = 2012, source = "letter" }

[[measure.milestone]]
id = "fact-later"
title = { nl = "Later gemeld", en = "Reported later" }
kind = "start"
commitment = "none"
source = "page"
met = { source = "page" }

[[measure]]
id = "third"
title = { nl = "Derde", en = "Third" }
source = "audit"
[[measure.milestone]]
id = "start"
title = { nl = "Begin", en = "Start" }
kind = "start"
due = 2018-01-01
"""
"""A programme with a milestone in each group of the page, some of them known later than others."""
