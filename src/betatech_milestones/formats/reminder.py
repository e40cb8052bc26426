"""The reminder of the half-year as Markdown and as a page of HTML, ready to send or to print.

With nothing to remind of it is the heading and a line that says so.
"""

from collections.abc import Iterator
from html import escape

import attrs

from betatech_milestones.analysis.reminder import Reminder, Section
from betatech_milestones.formats.layout import Layout
from betatech_milestones.formats.markdown import escaped, linked
from betatech_milestones.formats.markup import isolated
from betatech_milestones.model.standing import Standing
from betatech_milestones.voice import Voice, capital


def as_markdown(reminder: Reminder, layout: Layout) -> str:
    """Return the reminder as a heading for each body, with two numbered lists."""
    return "\n".join(_markdown(reminder, layout.voice)) + "\n"


def _markdown(reminder: Reminder, voice: Voice) -> Iterator[str]:
    yield f"# {escaped(_heading(reminder, voice))}"
    if not reminder.sections:
        yield f"\n{voice.label('nothing to remind of')}"
    for section in reminder.sections:
        yield f"\n## {escaped(_addressee(section, voice))}"
        for part in _parts(reminder, section, voice):
            yield f"\n### {part.heading} ({len(part.standings)})\n\n{part.about}"
            for number, standing in enumerate(part.standings, start=1):
                indent = " " * len(f"{number}. ")
                title = escaped(voice.text(standing.milestone.title))
                measure = escaped(voice.text(standing.measure.title))
                yield f"\n{number}. **{title}**; {measure} (`{standing.milestone.full_id}`)"
                for fact in _facts(standing, voice):
                    yield f"{indent}- {escaped(fact)}"
                source = escaped(_source(standing, voice))
                yield f"{indent}- {linked(source, standing.source.url)}"
        yield f"\n{voice.label('request')}"


_STYLE = """\
body { font: 12pt/1.4 serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem }
ul { list-style: none; padding-left: 1rem }
li { break-inside: avoid; margin: .4rem 0 }
h2, h3 { break-after: avoid }
section + section { break-before: page }
@media print { a::after { content: " <" attr(href) ">"; overflow-wrap: anywhere } }"""


def as_html(reminder: Reminder, layout: Layout) -> str:
    """Return the reminder as a complete HTML document, without scripts and alone in its file."""
    return "\n".join(_html(reminder, layout.voice)) + "\n"


def _html(reminder: Reminder, voice: Voice) -> Iterator[str]:
    heading = escape(_heading(reminder, voice))
    yield f'<!DOCTYPE html>\n<html lang="{voice.spoken}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{heading}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>"
    yield f"<h1>{heading}</h1>"
    if not reminder.sections:
        yield f"<p>{voice.label('nothing to remind of')}</p>"
    for section in reminder.sections:
        yield f"<section>\n<h2>{isolated(_addressee(section, voice))}</h2>"
        for part in _parts(reminder, section, voice):
            yield f"<h3>{part.heading} ({len(part.standings)})</h3>\n<p>{part.about}</p>"
            if part.standings:
                yield "<ol>"
                for standing in part.standings:
                    yield from _html_item(standing, voice)
                yield "</ol>"
        yield f"<p>{voice.label('request')}</p>\n</section>"
    yield "</body>\n</html>"


def _html_item(standing: Standing, voice: Voice) -> Iterator[str]:
    milestone = standing.milestone
    title = isolated(voice.text(milestone.title))
    measure = isolated(voice.text(milestone.measure.title))
    yield f"<li><strong>{title}</strong>; {measure} (<code>{milestone.full_id}</code>)\n<ul>"
    for fact in _facts(standing, voice):
        yield f"<li>{isolated(fact)}</li>"
    source = isolated(_source(standing, voice))
    if url := standing.source.url:
        source = f'<a href="{escape(url)}">{source}</a>'
    yield f"<li>{source}</li>\n</ul></li>"


# --- in words -------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Part:
    """One of the two lists; its heading and what it is about are words of ours."""

    heading: str
    about: str
    standings: tuple[Standing, ...]


def _heading(reminder: Reminder, voice: Voice) -> str:
    days = {"first": voice.day(reminder.first), "last": voice.day(reminder.last)}
    return voice.pair(voice.text(reminder.programme.title), voice.label("reminder", **days))


def _addressee(section: Section, voice: Voice) -> str:
    return voice.text(section.body.name) if section.body else voice.label("no body")


def _parts(reminder: Reminder, section: Section, voice: Voice) -> Iterator[_Part]:
    first, last = voice.day(reminder.first), voice.day(reminder.last)
    for name, standings in {"expired": section.expired, "coming due": section.coming}.items():
        about = voice.label(f"{name} about", first=first, last=last)
        yield _Part(
            heading=voice.label(name),
            about=about if standings else voice.label("no items"),
            standings=standings,
        )


def _facts(standing: Standing, voice: Voice) -> Iterator[str]:
    """Yield the date as promised, each revision, the date in force, how that stands, and news."""
    revisions = standing.revisions
    stands = f"({voice.standing(standing)})"
    promise = capital(voice.promise(standing.milestone))
    if not revisions:
        yield f"{promise} {stands}"
    else:
        yield promise
        for revision in revisions:
            key = "change revised" if revision.due is None else "change moved"
            yield voice.labelled(key, voice.revision(revision))
        yield f"{voice.labelled('in force', voice.date_or_none(standing.due))} {stands}"
    for news in standing.news:
        told = voice.label("news on", day=voice.news_on(news), news=voice.news(news))
        if news.source is not None:
            told += f"; {voice.announcement(news.source, news.source.known_from)}"
        yield voice.labelled("news", told)


def _source(standing: Standing, voice: Voice) -> str:
    cited = filter(None, (voice.dated_citation(standing.source), standing.milestone.locator))
    return voice.labelled("source", ", ".join(cited))
