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

from betatech_milestones.dates import PolicyDate, days_later, in_words, window_in_words
from betatech_milestones.formats.rows import shift
from betatech_milestones.history import was_promised
from betatech_milestones.model import Measure, Milestone, Programme, Revision, Source, Texts
from betatech_milestones.report import Report, Standing, Status
from betatech_milestones.words import LANGUAGES, say, say_day, say_days, say_number, spoken

if TYPE_CHECKING:
    from betatech_milestones.calendars import Feed


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
    other = next(one for one in LANGUAGES if one != language)
    at_home = language == spoken(programme.language)
    telling = _Telling(language=language, programme=programme)
    ours = [feed for feed in feeds if feed.language == language]
    drawn = picture if _is_dated(programme) else ""
    templates = _templates()
    style, script = (_raw(templates, name) for name in ("page.css", "page.js"))
    return templates.get_template("page.html").render(
        telling=telling,
        report=report,
        programme=programme,
        measures=_measures(report),
        statuses=list(Status),
        picture=drawn,
        choices=_choices(programme, telling),
        feeds=[(feed, _links(feed, address)) for feed in ours],
        scopes={feed.scope for feed in ours},
        located=address is not None,
        data=_data(language),
        for_script=_for_script(programme, language),
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
        for _, milestone in programme.milestones
    )


def _measures(report: Report) -> Iterator[tuple[Measure, list[Standing]]]:
    """Yield the measures in the order of the file, with the standings of their milestones."""
    standings = {standing.milestone.full_id: standing for standing in report.standings}
    for measure in report.programme.measures:
        yield measure, [standings[milestone.full_id] for milestone in measure.milestones]


def _choices(
    programme: Programme, telling: "_Telling"
) -> list[tuple[str, str, list[tuple[str, "_Words"]]]]:
    """Return what the list can be narrowed to: name, label, and the ids and titles of each sort."""
    clusters = [(it.id, telling.text(it.title)) for it in programme.clusters]
    sectors = [(it.id, telling.text(it.title)) for it in programme.sectors]
    bodies = [(it.id, telling.text(it.name)) for it in programme.bodies]
    return [
        ("cluster", "cluster", clusters),
        ("sector", "sector", sectors),
        ("body", "responsible", bodies),
    ]


def _data(language: str) -> list[tuple[str, str]]:
    """Return what is published beside the page, by path from the root of the site."""
    return [
        (f"{language}/milestones.csv", say("milestones", language).capitalize() + " (CSV)"),
        ("api/v1/programme.json", say("programme", language).capitalize() + " (JSON)"),
        (f"{language}/timeline.svg", say("picture", language).capitalize() + " (SVG)"),
        (f"{language}/changes.atom", say("changes", language).capitalize() + " (Atom)"),
        ("feeds.json", say("calendars", language).capitalize() + " (JSON)"),
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


def _for_script(programme: Programme, language: str) -> dict[str, object]:
    """Return what the script does not find in the page: whose day it is, and what it says."""
    return {
        "timezone": programme.timezone,
        "how": {
            **{status: say(status, language) for status in Status},
            Status.OVERDUE: say("days late", language, days="{days}"),
            Status.UPCOMING: say("in days", language, days="{days}"),
        },
        "hits": say("hits", language, shown="{shown}", all="{all}"),
        "copied": say("copied", language),
    }


# --- how the template tells it --------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Words:
    """A text of the data, and its language where that is not the page's."""

    text: str
    language: str | None


@attrs.frozen(kw_only=True)
class _Telling:
    """How texts, dates and numbers are told in the page's language."""

    language: str
    programme: Programme

    def label(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)

    def sentence(self, key: str) -> str:
        """Return a sentence of ours with its gaps, for the template to put markup in."""
        return say(key, self.language, date="{date}", day="{day}", by="{by}", reason="{reason}")

    def text(self, texts: Texts) -> _Words:
        text = texts.in_language(self.language)
        tags = [tag for tag, written in texts.pairs if written == text]
        ours = any(self._is_ours(tag) for tag in tags)
        return _Words(text=text, language=None if ours else tags[0])

    def date(self, date: PolicyDate) -> _Words:
        text = in_words(date, self.language)
        ours = not _in_own_words(date) or self._is_ours(self.programme.language)
        return _Words(text=text, language=None if ours else self.programme.language)

    def window(self, date: PolicyDate) -> str:
        """Return the days that the source's own words leave open."""
        return window_in_words(date, self.language) if _in_own_words(date) else ""

    def day(self, day: dt.date) -> str:
        return say_day(day, self.language)

    def number(self, number: object) -> str:
        return say_number(number, self.language)

    def how(self, standing: Standing) -> str:
        """Return how a milestone stands, without the date of an outcome."""
        if standing.days_overdue is not None:
            days = say_days(standing.days_overdue, self.language)
            return self.label("days late", days=days)
        if standing.days_left is not None:
            return self.label("in days", days=say_days(standing.days_left, self.language))
        return self.label(standing.status)

    def moves(self, milestone: Milestone) -> Iterator[tuple[Revision, str]]:
        """Yield each revision, and by how much it moved the last day."""
        due = milestone.due
        for revision in milestone.revisions:
            yield revision, shift(days_later(due, revision.due), self.language)
            due = revision.due

    def sources(self, measure: Measure) -> Iterable[Source]:
        """Return what a measure and its milestones rest on, each document once."""
        cited = [measure.source]
        for milestone in measure.milestones:
            cited += milestone.sources
            if milestone.target:
                cited += [reading.source for reading in milestone.target.readings]
        return {source.id: source for source in cited}.values()

    def _is_ours(self, tag: str) -> bool:
        return tag.partition("-")[0].lower() == self.language


def _in_own_words(date: PolicyDate) -> bool:
    """Whether a date is told in the words of its source, which are the same in any language."""
    return in_words(date, "nl") == in_words(date, "en")


def _is_link(url: str | None) -> bool:
    """Whether a reader may follow an address: the loader lets no other through, a script may."""
    return url is not None and url.startswith(("https://", "http://"))


# --- the parts of the page ------------------------------------------------------------------------


@functools.cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("betatech_milestones", "webpage"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    templates.tests["link"] = _is_link
    templates.tests["promised"] = was_promised
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
