"""The programmes that the tests share: one with every key of the format, and the one that ships."""

from typing import Any

import attrs
import pytest

from betatech_milestones import Finding, InvalidData, Programme, load, loads
from betatech_milestones.datafile.load import explained, sound

SHIPPED = load()
"""The programme that ships: the tests read it once."""

PROGRAMME = """\
[programme]
id = "science"
title = { nl = "Maatregelen", en = "Measures" }
language = "nl"
timezone = "Europe/Amsterdam"
publisher = { name = "Ministerie", url = "https://example.org", contact = "mailto:a@example.org" }
licence = "CC0-1.0"
repository = "https://example.org/data/milestones.toml"
[[source]]
id = "letter-2013"
title = { nl = "Brief", en = "Letter" }
reference = "Kamerstuk 1"
published = 2013-02-26
url = "https://example.org/letter-2013"
[[source]]
id = "letter-2015"
title = { nl = "Tweede brief" }
published = 2015-07-01
[[source]]
id = "web-page"
title = { nl = "Webpagina" }
kind = "website"
by = "ocw"
seen = 2015-09-01
archived = "https://example.org/2015/web-page"

[[cluster]]
id = "labour-market"
title = { nl = "Arbeidsmarkt", en = "Labour market" }
number = 3

[[sector]]
id = "mbo"
title = { nl = "middelbaar beroepsonderwijs" }

[[body]]
id = "ocw"
formerly = ["ocenw"]
name = { nl = "Ministerie van OCW", en = "Ministry of Education" }

[[kind]]
id = "consultation"
title = { nl = "Raadpleging", en = "Consultation" }

[[measure]]
id = "files"
title = { nl = "Dossiers", en = "Files" }
summary = { nl = "Minder en bredere dossiers." }
cluster = "labour-market"
sectors = ["mbo"]
bodies = ["ocw"]
source = "letter-2013"
locator = "3.1"
formerly = ["dossiers"]
[[measure.budget]]
amount = 11_700_000
currency = "EUR"
per = "year"
years = [2012, 2015]
note = { nl = "waarvan de helft voor leraren" }

[[measure.milestone]]
id = "in-force"
title = { nl = "Van kracht", en = "In force" }
kind = "entry-into-force"
commitment = "deadline"
due = 2014-08-01
source = "letter-2013"
locator = "3.1"

[[measure.milestone.revised]]
due = { words = "over een paar jaar", edtf = "2016-08~" }
source = "letter-2015"
announced = 2014-05-01
reason = { nl = "meer tijd nodig", en = "more time needed" }

[measure.milestone.met]
on = 2015-06-01
source = "letter-2015"

[measure.milestone.number]
goal = 3500
unit = { nl = "dossiers", en = "files" }

[[measure.milestone.number.reading]]
on = "schooljaar 2012/2013"
value = 152.5
source = "letter-2013"

[[measure.milestone]]
id = "progress"
title = { nl = "Voortgang" }
kind = "report"
formerly = ["letter"]
[measure.milestone.dropped]
on = "zomer 2015"
source = "letter-2015"
reason = { nl = "niet meer nodig" }
[measure.milestone.snoozed]
until = 2015-10-01
since = 2015-07-02
by = "redactie"
reason = { nl = "wordt nagevraagd", en = "being asked" }

[[measure]]
id = "teachers"
code = "L2"
title = { nl = "Leraren", en = "Teachers" }
sources = ["letter-2015", "web-page"]
[[measure.budget]]
amount = 250_000
currency = "EUR"
per = "total"
each = 12
source = "letter-2015"

[[measure.milestone]]
id = "survey"
code = "L2.1"
title = { nl = "Leraren geraadpleegd", en = "Teachers consulted" }
summary = "Elke school doet mee."
kind = "consultation"
due = { words = { nl = "doorlopend", en = "ongoing" } }
sources = ["letter-2015"]
note = { nl = "eerst alleen in het mbo" }
bodies = [ "ocw" ]
also = ["files"]
corrected = { nl = "de datum was die van een andere maatregel" }
[[measure.milestone.revised]]
goal = 12
bodies = [ "ocw" ]
sources = ["letter-2015", "web-page"]
announced = 2015-09-02
note = { nl = "mondeling, later op de webpagina" }
[[measure.milestone.news]]
on = 2015-08-31
found = "under-way"
says = { nl = "drie scholen zijn klaar", en = "three schools are done" }
by = "de onderzoekers"
source = "web-page"
[measure.milestone.number]
unit = "scholen"
goal = 10
baseline = 1
[[measure.milestone.number.reading]]
on = 2015
value = 3
kind = "planned"
source = "letter-2015"
[measure.milestone.replaced]
by = "files/in-force"
source = "web-page"
reason = { nl = "opgegaan in de dossiers" }
"""


def changed(old: str, new: str) -> str:
    """The shared programme with something else in place of a part that it has once."""
    assert PROGRAMME.count(old) == 1, old
    return PROGRAMME.replace(old, new)


WHOLE = changed("value = 152.5", "value = 152")
"""The same without a decimal: nothing in it keeps it from being read at once."""


def found(text: str) -> str:
    """What is wrong with a text: a line for each finding, without the path."""
    with pytest.raises(InvalidData) as error:
        loads(text, path="data.toml")
    return "\n".join(str(one).removeprefix("data.toml:") for one in error.value.findings)


def everything(programme: Programme) -> dict[str, Any]:
    """All that a programme says, the lines and the words of dates too, which `==` passes over."""
    return attrs.asdict(programme)


def findings_both_ways(text: str) -> tuple[Finding, ...]:
    """What is wrong with a text, which is read at once and with all explained: with one result."""
    at_once = sound(text, "<text>")
    try:
        programme = explained(text, "<text>")
    except InvalidData as error:
        assert at_once is None, "what is wrong is explained"
        return error.findings
    assert at_once is None or everything(at_once) == everything(programme)
    return ()
