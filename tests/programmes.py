"""The small programme that the tests share: every key of the format once, in a few lines."""

import pytest

from betatech_milestones import InvalidData, loads

PROGRAMME = """\
[programme]
id = "science"
title = { nl = "Maatregelen", en = "Measures" }
language = "nl"
timezone = "Europe/Amsterdam"

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

[[cluster]]
id = "labour-market"
title = { nl = "Arbeidsmarkt", en = "Labour market" }
number = 3

[[sector]]
id = "mbo"
title = { nl = "middelbaar beroepsonderwijs" }

[[body]]
id = "ocw"
name = { nl = "Ministerie van OCW", en = "Ministry of Education" }

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
euros = 11_700_000
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

[measure.milestone.target]
value = 3500
unit = { nl = "dossiers", en = "files" }

[[measure.milestone.target.reading]]
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
"""


def changed(old: str, new: str) -> str:
    """The shared programme with something else in place of a part that it has once."""
    assert PROGRAMME.count(old) == 1, old
    return PROGRAMME.replace(old, new)


def found(text: str) -> str:
    """What is wrong with a text: a line for each finding, without the path."""
    with pytest.raises(InvalidData) as error:
        loads(text, path="data.toml")
    return "\n".join(str(one).removeprefix("data.toml:") for one in error.value.findings)
