"""A site as catalogues and search engines read it: what data it offers, by whom, on what terms.

Each says what the programme names, and nothing that nobody said: without a publisher none is
named, without a licence none is claimed. They depend on the newest statement, and not on the day.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from betatech_milestones.analysis.report import Report
from betatech_milestones.formats.columns import Column
from betatech_milestones.formats.json import Record
from betatech_milestones.formats.standings import standings_by_measure
from betatech_milestones.model.records import Programme, Publisher, Texts
from betatech_milestones.model.standing import Standing
from betatech_milestones.voice import Voice
from betatech_milestones.voice.paths import SITEMAP, Paths
from betatech_milestones.website.api import Published, published

CATALOG = "catalog.jsonld"
DATAPACKAGE = "datapackage.json"

ADDRESSES = 50_000
"""How many addresses one sitemap may have (sitemaps.org)."""

# The tables of the Publications Office of the EU, which DCAT-AP wants where they have a value.
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_LICENCES = {
    "CC0-1.0": "CC0",
    "CC-BY-4.0": "CC_BY_4_0",
    "CC-BY-SA-4.0": "CC_BYSA_4_0",
    "CC-BY-NC-4.0": "CC_BYNC_4_0",
    "CC-BY-ND-4.0": "CC_BYND_4_0",
    "CC-BY-NC-ND-4.0": "CC_BYNCND_4_0",
    "CC-BY-NC-SA-4.0": "CC_BYNCSA_4_0",
    "ODC-By-1.0": "ODC_BY",
    "OGL-UK-3.0": "OGL_3_0",
}
_LANGUAGES = {
    "bg": "BUL",
    "cs": "CES",
    "da": "DAN",
    "de": "DEU",
    "el": "ELL",
    "en": "ENG",
    "es": "SPA",
    "et": "EST",
    "fi": "FIN",
    "fr": "FRA",
    "ga": "GLE",
    "hr": "HRV",
    "hu": "HUN",
    "it": "ITA",
    "lt": "LIT",
    "lv": "LAV",
    "mt": "MLT",
    "nl": "NLD",
    "pl": "POL",
    "pt": "POR",
    "ro": "RON",
    "sk": "SLK",
    "sl": "SLV",
    "sv": "SWE",
}
"""The official languages of the EU: a programme may be in one that we do not speak."""
_FILE_TYPES = {
    "application/json": "JSON",
    "text/csv": "CSV",
    "application/atom+xml": "ATOM",
}
_GZIP = "application/gzip"


# --- what there is --------------------------------------------------------------------------------


def _offers(programme: Programme, languages: Sequence[str]) -> Iterator[Published]:
    """Yield what a site offers to programs: the whole files, the calendars and the changes."""
    yield from published(programme, languages)
    for language in languages:
        paths = Paths.of(programme, language)
        for path, what, media_type in (
            (paths.feed("all"), "calendars", "text/calendar"),
            (paths.changes, "changes", "application/atom+xml"),
        ):
            yield Published(
                path=path, what=what, media_type=media_type, is_packed=False, language=language
            )


_NAMES = {"statements": "history", "database": "data"}
_FORMATS = {
    "application/json": "JSON",
    "text/csv": "CSV",
    "application/vnd.sqlite3": "SQLite",
    "text/calendar": "iCalendar",
    "application/atom+xml": "Atom",
}


def _title(offer: Published, programme: Programme, language: str) -> str:
    """Return what a file is called: of what it is, what it holds, and in which format."""
    voice = Voice(language)
    what = voice.label(_NAMES.get(offer.what, offer.what))
    how = "Excel" if offer.is_for_people else _FORMATS[offer.media_type]
    return voice.pair(voice.line(programme.title), f"{what} ({how})")


def _modified(report: Report) -> dt.date | None:
    """Return the day of the newest statement that is known."""
    return _newest(report.standings)


def _newest(standings: Iterable[Standing]) -> dt.date | None:
    return max((standing.newest_statement for standing in standings), default=None)


def _is_one_licence(licence: str) -> bool:
    return " " not in licence


def _licence_address(licence: str) -> str:
    return f"https://spdx.org/licenses/{licence}.html"


def _mail(publisher: Publisher) -> str | None:
    """Return the address of mail of a publisher, where it has one."""
    contact = publisher.contact or ""
    return contact.removeprefix("mailto:") if _is_mail(contact) else None


def _is_mail(contact: str) -> bool:
    return contact.startswith("mailto:")


def _there(record: Mapping[str, Any]) -> Record:
    """Return a record without what is not there."""
    return {key: value for key, value in record.items() if value is not None}


def _written(record: Record) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode(errors="replace")


# --- schema.org -----------------------------------------------------------------------------------


def dataset(report: Report, *, language: str, address: str | None = None) -> Record:
    """Return a programme as a schema.org `Dataset`, for its overview in a language.

    Without an address it names files as seen from that page.
    """
    programme = report.programme
    paths = Paths.of(programme, language)
    root = paths.up(paths.overview) if address is None else address
    voice = Voice(language)
    licence, publisher = programme.licence, programme.publisher
    return _there(
        {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "identifier": programme.id,
            "name": voice.line(programme.title),
            "description": voice.label("page about"),
            "url": None if address is None else address + paths.overview,
            "inLanguage": language,
            "isAccessibleForFree": True,
            "dateModified": (day := _modified(report)) and day.isoformat(),
            "license": licence
            and (_licence_address(licence) if _is_one_licence(licence) else licence),
            "publisher": publisher and _organization(publisher, voice),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": _title(offer, programme, language),
                    "contentUrl": root + offer.path,
                    "encodingFormat": _GZIP if offer.is_packed else offer.media_type,
                    "inLanguage": offer.language or programme.language,
                }
                for offer in _offers(programme, [language])
            ],
        }
    )


def _organization(publisher: Publisher, voice: Voice) -> Record:
    contact = publisher.contact
    return _there(
        {
            "@type": "Organization",
            "name": voice.line(publisher.name),
            "url": publisher.url,
            "contactPoint": contact
            and {
                "@type": "ContactPoint",
                **({"email": _mail(publisher)} if _is_mail(contact) else {"url": contact}),
            },
        }
    )


def script(record: Record) -> str:
    r"""Return a record as JSON that may stand in a script element: nothing in it ends that.

    >>> print(script({"name": "a </script>"}))
    {"name": "a \u003c/script\u003e"}
    """
    text = json.dumps(record, ensure_ascii=False)
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


# --- DCAT-AP --------------------------------------------------------------------------------------


def catalog(report: Report, languages: Sequence[str], address: str | None = None) -> bytes:
    """Return the catalogue of a site: DCAT-AP 3 as JSON-LD, its texts in some languages.

    Without an address it names files as seen from the root of the site, where it stands.
    """
    programme = report.programme
    root = address or ""
    modified = _modified(report)
    shared = {
        "dct:title": _in_languages(programme.title),
        "dct:description": [_text(Voice(each).label("page about"), each) for each in languages],
        "dct:language": _languages(languages),
        "dct:modified": _day(modified),
        "dct:publisher": (publisher := programme.publisher) and _agent(publisher),
    }
    home = _typed(root + Paths.of(programme, languages[0]).overview, "foaf:Document")
    data = {
        "@id": f"{root}{CATALOG}#{programme.id}",
        "@type": "dcat:Dataset",
        **shared,
        "dct:identifier": programme.id,
        "dcat:contactPoint": publisher and _contact(publisher),
        "dcat:landingPage": home,
        "dcat:distribution": [
            _distribution(offer, report, languages, root) for offer in _offers(programme, languages)
        ],
    }
    return _written(
        _there(
            {
                "@context": _PREFIXES,
                "@id": root + CATALOG,
                "@type": "dcat:Catalog",
                **shared,
                "foaf:homepage": home,
                "dcat:dataset": _there(data),
            }
        )
    )


_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def _distribution(offer: Published, report: Report, languages: Sequence[str], root: str) -> Record:
    where = {"@id": root + offer.path}
    told = languages if offer.language is None else [offer.language]
    file_type = _FILE_TYPES.get(offer.media_type)
    return _there(
        {
            "@type": "dcat:Distribution",
            "dct:title": [_text(_title(offer, report.programme, each), each) for each in told],
            "dct:language": _languages(told),
            "dct:modified": _day(_modified(report)),
            "dct:license": _licence(report.programme),
            "dcat:accessURL": where,
            "dcat:downloadURL": where,
            "dcat:mediaType": _media_type(offer.media_type),
            "dct:format": file_type
            and _typed(f"{_AUTHORITY}file-type/{file_type}", "dct:MediaTypeOrExtent"),
            "dcat:compressFormat": _media_type(_GZIP) if offer.is_packed else None,
        }
    )


def _typed(where: str, sort: str) -> Record:
    """Return what stands at an address, with its class: a validator need not fetch it for that."""
    return {"@id": where, "@type": sort}


def _text(text: str, language: str) -> Record:
    return {"@value": text, "@language": language}


def _in_languages(texts: Texts) -> list[Record]:
    return [_text(" ".join(text.split()), language) for language, text in texts.pairs]


def _languages(languages: Iterable[str]) -> list[Record] | None:
    """Return those that have a place in the table; None where that is none of them."""
    found = (_LANGUAGES.get(language.partition("-")[0]) for language in languages)
    known = dict.fromkeys(filter(None, found))
    return [
        _typed(f"{_AUTHORITY}language/{each}", "dct:LinguisticSystem") for each in known
    ] or None


def _day(day: dt.date | None) -> Record | None:
    return None if day is None else {"@value": day.isoformat(), "@type": "xsd:date"}


def _licence(programme: Programme) -> Record | None:
    """Return the licence by its address, where it is one."""
    licence = programme.licence
    if licence is None or not _is_one_licence(licence):
        return None
    own = _LICENCES.get(licence)
    found = f"{_AUTHORITY}licence/{own}" if own else _licence_address(licence)
    return _typed(found, "dct:LicenseDocument")


def _media_type(media_type: str) -> Record:
    return _typed(f"https://www.iana.org/assignments/media-types/{media_type}", "dct:MediaType")


def _agent(publisher: Publisher) -> Record:
    names = {"@type": "foaf:Agent", "foaf:name": _in_languages(publisher.name)}
    return names | (
        {"foaf:homepage": _typed(publisher.url, "foaf:Document")} if publisher.url else {}
    )


def _contact(publisher: Publisher) -> Record | None:
    contact = publisher.contact
    if contact is None:
        return None
    return {
        "@type": "vcard:Kind",
        "vcard:fn": _in_languages(publisher.name),
        "vcard:hasEmail" if _is_mail(contact) else "vcard:hasURL": {"@id": contact},
    }


# --- Data Package ---------------------------------------------------------------------------------


def datapackage(programme: Programme, languages: Sequence[str]) -> bytes:
    """Return the tables of a site as a Data Package 2.0, with a Table Schema for each."""
    voice = Voice(languages[0])
    licence, publisher = programme.licence, programme.publisher
    return _written(
        _there(
            {
                "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
                "name": programme.id,
                "title": voice.line(programme.title),
                "description": voice.label("page about"),
                "licenses": licence and [_own_licence(licence)],
                "contributors": publisher and [_contributor(publisher, voice)],
                "resources": [
                    _resource(file, programme)
                    for file in published(programme, languages)
                    if file.table is not None and not file.is_for_people
                ],
            }
        )
    )


def _own_licence(licence: str) -> Record:
    address = {"path": _licence_address(licence)} if _is_one_licence(licence) else {}
    return {"name": licence, **address}


def _contributor(publisher: Publisher, voice: Voice) -> Record:
    return _there(
        {
            "title": voice.line(publisher.name),
            "path": publisher.url,
            "email": _mail(publisher),
            "roles": ["publisher"],
        }
    )


def _resource(file: Published, programme: Programme) -> Record:
    assert file.table is not None, "files without a table are no resources"
    assert file.language is not None, "each is in a language"
    table, language = file.table, file.language
    return _there(
        {
            "name": f"{file.what}-{language}",
            "path": file.path,
            "title": _title(file, programme, language),
            "description": table.about,
            "type": "table",
            "format": "csv",
            "mediatype": file.media_type,
            "encoding": "utf-8",
            "compression": "gz" if file.is_packed else None,
            "schema": _there(
                {
                    "fields": [_field(column, Voice(language)) for column in table.columns],
                    "primaryKey": list(table.key),
                    "foreignKeys": [*_foreign_keys(table.columns, language)] or None,
                }
            ),
        }
    )


def _field(column: Column[Any], voice: Voice) -> Record:
    constraints: Record = {"required": True} if column.required else {}
    if column.words:
        constraints["enum"] = list(column.words)
    return _there(
        {
            "name": column.name,
            "type": column.type,
            "title": column.heading(voice),
            "description": column.about,
            "constraints": constraints or None,
        }
    )


def _foreign_keys(columns: Iterable[Column[Any]], language: str) -> Iterator[Record]:
    """Yield which columns hold ids of milestones: the other tables they name are in no file."""
    for column in columns:
        if column.refers_to == "milestones":
            reference = {"resource": f"milestones-{language}", "fields": ["id"]}
            yield {"fields": [column.name], "reference": reference}


# --- sitemap --------------------------------------------------------------------------------------


def sitemap(report: Report, languages: Sequence[str], address: str) -> dict[str, bytes]:
    """Return the sitemap of a site, in parts where it has more addresses than one may have.

    With each page stands the day of the newest statement that it tells of.
    """
    pages = [*_pages(report, languages)]
    if len(pages) <= ADDRESSES:
        return {SITEMAP: _addresses("urlset", "url", pages, address)}
    parts = {
        SITEMAP.replace(".", f"-{number}."): pages[first : first + ADDRESSES]
        for number, first in enumerate(range(0, len(pages), ADDRESSES), 1)
    }
    listed = [
        (path, max((day for _, day in part if day is not None), default=None))
        for path, part in parts.items()
    ]
    index = {SITEMAP: _addresses("sitemapindex", "sitemap", listed, address)}
    return index | {
        path: _addresses("urlset", "url", part, address) for path, part in parts.items()
    }


_Page = tuple[str, dt.date | None]


def _pages(report: Report, languages: Iterable[str]) -> Iterator[_Page]:
    """Yield each page with the day of the newest statement on it."""
    programme = report.programme
    of_measures = standings_by_measure(report)
    measures = {own: _newest(standings) for own, standings in of_measures.items()}
    bodies: dict[str, dt.date | None] = dict.fromkeys(body.id for body in programme.bodies)
    for standing in report.standings:
        for body in standing.bodies:
            known = bodies.get(body.id) or standing.newest_statement
            bodies[body.id] = max(known, standing.newest_statement)
    for language in languages:
        paths = Paths.of(programme, language)
        yield paths.overview, _modified(report)
        yield paths.figures, _modified(report)
        yield from ((paths.measure(own), day) for own, day in measures.items())
        yield from ((paths.body(own), day) for own, day in bodies.items())


def _addresses(outer: str, inner: str, pages: Iterable[_Page], address: str) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(
            f"<{inner}><loc>{escape(address + path)}</loc>"
            f"{'' if day is None else f'<lastmod>{day.isoformat()}</lastmod>'}</{inner}>"
            for path, day in pages
        ),
        f"</{outer}>",
    ]
    return ("\n".join(lines) + "\n").encode()
