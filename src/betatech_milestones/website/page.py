"""The programme as one web page, made for people.

The page is whole without a script: it tells the standings of the day for which it was made. Its
script reckons them again for the reader's day, from the data attributes that stand in the page, and
filters. Nothing is loaded from elsewhere: the policy in the page's head allows nothing but the
styles and the script that stand in it.
"""

import base64
import datetime as dt
import functools
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

import attrs
from jinja2 import Environment, PackageLoader, StrictUndefined

from betatech_milestones.analysis.report import Report
from betatech_milestones.language import LANGUAGES, Voice, spoken
from betatech_milestones.language.voice import capital, is_in_own_words
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import Measure, Programme, Source, Texts
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Status

if TYPE_CHECKING:
    from betatech_milestones.calendars.feeds import Feed


def page(
    report: Report,
    *,
    feeds: Sequence["Feed"],
    picture: str,
    language: str,
    address: str | None = None,
) -> str:
    """Return the page of a whole programme, with the feeds of its language, as HTML.

    `picture` is the timeline as SVG. `address` is that of the published site, ending in a slash;
    without it, the page's script takes the address at which it finds itself.
    """
    language, programme = spoken(language), report.programme
    other = next(tag for tag in LANGUAGES if tag != language)
    at_home = language == spoken(programme.language)
    voice = _PageVoice(voice=Voice(language), programme=programme)
    ours = [feed for feed in feeds if feed.language == language]
    drawn = picture if _is_dated(programme) else ""
    templates = _templates()
    style, script = (_raw(templates, name) for name in ("page.css", "page.js"))
    return templates.get_template("page.html").render(
        voice=voice,
        report=report,
        programme=programme,
        measures=_measures(report),
        statuses=list(Status),
        picture=drawn,
        choices=_choices(programme, voice),
        feeds=[(feed, _links(feed, address)) for feed in ours],
        scopes={feed.scope for feed in ours},
        located=address is not None,
        data=_data(voice.voice),
        for_script=_for_script(programme, voice.voice),
        language=language,
        other=other,
        to_other=f"{other}/index.html" if at_home else "../index.html",
        root="" if at_home else "../",
        style=style,
        script=script,
        policy=_policy(styles=(style, *_STYLE.findall(drawn)), script=script),
    )


def _is_dated(programme: Programme) -> bool:
    return any(
        milestone.due or milestone.revisions or milestone.outcome
        for milestone in programme.milestones
    )


def _measures(report: Report) -> Iterator[tuple[Measure, list[Standing]]]:
    """Yield the measures in the order of the file, with the standings of their milestones."""
    standings = {standing.milestone.full_id: standing for standing in report.standings}
    for measure in report.programme.measures:
        yield measure, [standings[milestone.full_id] for milestone in measure.milestones]


def _choices(
    programme: Programme, voice: "_PageVoice"
) -> list[tuple[str, str, list[tuple[str, "_Words"]]]]:
    """Return what the list can be narrowed to: name, label, and the ids and titles of each sort."""
    clusters = [(cluster.id, voice.text(cluster.title)) for cluster in programme.clusters]
    sectors = [(sector.id, voice.text(sector.title)) for sector in programme.sectors]
    bodies = [(body.id, voice.text(body.name)) for body in programme.bodies]
    return [
        ("cluster", "cluster", clusters),
        ("sector", "sector", sectors),
        ("body", "responsible", bodies),
    ]


def _data(voice: Voice) -> list[tuple[str, str]]:
    """Return what is published beside the page, by path from the root of the site."""
    return [
        (f"{voice.spoken}/milestones.csv", capital(voice.label("milestones")) + " (CSV)"),
        ("api/v1/programme.json", capital(voice.label("programme")) + " (JSON)"),
        (f"{voice.spoken}/timeline.svg", capital(voice.label("picture")) + " (SVG)"),
        (f"{voice.spoken}/changes.atom", capital(voice.label("changes")) + " (Atom)"),
        ("feeds.json", capital(voice.label("calendars")) + " (JSON)"),
    ]


def _links(feed: "Feed", address: str | None) -> dict[str, str]:
    """Return where one subscribes to a feed, by client; nothing where the address is unknown.

    Google wants the webcal address, Outlook on the web the https one.
    """
    if address is None:
        return {}
    https = address + feed.path
    webcal = re.sub("^https?:", "webcal:", https)
    outlook = f"0/addfromweb?url={quote(https, safe='')}&name={quote(feed.title, safe='')}"
    return {
        "https": https,
        "webcal": webcal,
        "google": f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        "outlook": f"https://outlook.live.com/calendar/{outlook}",
        "outlook-work": f"https://outlook.office.com/calendar/{outlook}",
    }


def _for_script(programme: Programme, voice: Voice) -> dict[str, object]:
    """Return what the script does not find in the page: whose day it is, and what it says."""
    return {
        "timezone": programme.timezone,
        "how": {
            **{status: voice.label(status) for status in Status},
            Status.OVERDUE: voice.label("days late", days="{days}"),
            Status.UPCOMING: voice.label("in days", days="{days}"),
        },
        "hits": voice.label("hits", shown="{shown}", all="{all}"),
        "copied": voice.label("copied"),
    }


# --- how the template tells it --------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Words:
    """A text of the data, and its language where that is not the page's."""

    text: str
    language: str | None


@attrs.frozen(kw_only=True)
class _PageVoice:
    """The voice of a page, which also says what is in another language than the page."""

    voice: Voice
    programme: Programme

    def label(self, key: str, **values: object) -> str:
        return self.voice.label(key, **values)

    def sentence(self, key: str) -> str:
        """Return a sentence of ours with its gaps, for the template to put markup in."""
        return self.label(key, date="{date}", day="{day}", by="{by}", reason="{reason}")

    def text(self, texts: Texts) -> _Words:
        text = self.voice.text(texts)
        tags = [tag for tag, written in texts.pairs if written == text]
        ours = any(self._is_ours(tag) for tag in tags)
        return _Words(text=text, language=None if ours else tags[0])

    def date(self, date: PolicyDate) -> _Words:
        ours = not is_in_own_words(date) or self._is_ours(self.programme.language)
        return _Words(
            text=self.voice.words(date), language=None if ours else self.programme.language
        )

    def window(self, date: PolicyDate) -> str:
        return self.voice.window(date)

    def day(self, day: dt.date) -> str:
        return self.voice.day(day)

    def number(self, number: object) -> str:
        return self.voice.number(number)

    def how(self, standing: Standing) -> str:
        """Return how a milestone stands, without the date of an outcome."""
        return self.voice.status(standing)

    def shift(self, days: int | None) -> str:
        return self.voice.shift(days)

    def sources(self, measure: Measure) -> Iterable[Source]:
        """Return what a measure and its milestones rest on, each document once."""
        cited = [measure.source]
        for milestone in measure.milestones:
            cited += milestone.sources
            if milestone.target:
                cited += [reading.source for reading in milestone.target.readings]
        return {source.id: source for source in cited}.values()

    def _is_ours(self, tag: str) -> bool:
        return tag.partition("-")[0].lower() == self.voice.spoken


def _is_link(url: str | None) -> bool:
    """Whether a reader may follow an address: the loader lets no other through, a script may."""
    return url is not None and url.startswith(("https://", "http://"))


# --- the parts of the page ------------------------------------------------------------------------


@functools.cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("betatech_milestones", "website"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    templates.tests["link"] = _is_link
    return templates


def _raw(templates: Environment, name: str) -> str:
    """Return a file beside the templates as it is: a script may hold what looks like a template."""
    assert templates.loader is not None
    return templates.loader.get_source(templates, name)[0]


_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


def _policy(*, styles: Iterable[str], script: str) -> str:
    """Return the Content-Security-Policy of a page (W3C, CSP 3, 6.7 for hashes)."""
    allowed = " ".join(_hashed(style) for style in styles)
    return (
        f"default-src 'none'; style-src {allowed}; script-src {_hashed(script)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hashed(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
