"""Sites to look at: the pages of a programme, with what they are made of."""

import datetime as dt
from typing import Any

import attrs

from betatech_milestones import PolicyDate, Programme, Source, Texts, site

ADDRESS = "https://example.org/promises/"


def pages(programme: Programme, day: dt.date, *, address: str | None = None) -> dict[str, str]:
    """Return the pages of a programme by their paths, as of a day."""
    return {
        path: content.decode()
        for path, content in site(programme, day, address=address).items()
        if path.endswith(".html")
    }


HOSTILE = (
    "\u202e</title></style></script><script>alert(1)</script><!--"
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
                return attrs.evolve(value, title=spoilt(value.title), reference=HOSTILE)
            case tuple():
                return tuple(map(spoilt, value))
            case _ if attrs.has(type(value)):
                fields = [field.name for field in attrs.fields(type(value)) if field.init]
                changes = {name: spoilt(getattr(value, name)) for name in fields}
                if "locator" in changes:
                    changes["locator"] = HOSTILE
                return attrs.evolve(value, **changes)
        return value

    spoilt_programme: Programme = spoilt(programme)
    return spoilt_programme
