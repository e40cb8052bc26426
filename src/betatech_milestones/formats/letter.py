"""The reminder of the half-year as Markdown and as a page of HTML, ready to send or to print.

With nothing to remind of it is the heading and a line that says so.
"""

from collections.abc import Iterator
from html import escape

import attrs

from betatech_milestones.formats.markdown import escaped, linked
from betatech_milestones.formats.page import Page
from betatech_milestones.formats.rows import document, move, said, standing_in_words
from betatech_milestones.letter import Letter, Section
from betatech_milestones.model import Milestone
from betatech_milestones.report import Standing
from betatech_milestones.words import say, say_day, spoken


def markdown(letter: Letter, page: Page) -> str:
    """Return the letter as a heading for each body, with two numbered lists."""
    return "\n".join(_markdown(letter, page.language)) + "\n"


def _markdown(letter: Letter, language: str) -> Iterator[str]:
    yield f"# {escaped(_heading(letter, language))}"
    if not letter.sections:
        yield f"\n{say('nothing to remind of', language)}"
    for section in letter.sections:
        yield f"\n## {escaped(_addressee(section, language))}"
        for part in _parts(letter, section, language):
            yield f"\n### {part.heading} ({len(part.standings)})\n\n{part.about}"
            for number, standing in enumerate(part.standings, start=1):
                indent = " " * len(f"{number}. ")
                title = escaped(standing.milestone.title.in_language(language))
                measure = escaped(standing.measure.title.in_language(language))
                yield f"\n{number}. **{title}**; {measure} (`{standing.milestone.full_id}`)"
                for fact in _facts(standing, language):
                    yield f"{indent}- {escaped(fact)}"
                source = escaped(_source(standing.milestone, language))
                yield f"{indent}- {linked(source, standing.milestone.source.url)}"
        yield f"\n{say('request', language)}"


_STYLE = """\
body { font: 12pt/1.4 serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem }
ul { list-style: none; padding-left: 1rem }
li { break-inside: avoid; margin: .4rem 0 }
h2, h3 { break-after: avoid }
section + section { break-before: page }
@media print { a::after { content: " <" attr(href) ">"; overflow-wrap: anywhere } }"""


def html(letter: Letter, page: Page) -> str:
    """Return the letter as a complete HTML document, without scripts and alone in its file."""
    return "\n".join(_html(letter, page.language)) + "\n"


def _html(letter: Letter, language: str) -> Iterator[str]:
    heading = escape(_heading(letter, language))
    yield f'<!DOCTYPE html>\n<html lang="{spoken(language)}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{heading}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>"
    yield f"<h1>{heading}</h1>"
    if not letter.sections:
        yield f"<p>{say('nothing to remind of', language)}</p>"
    for section in letter.sections:
        yield f"<section>\n<h2>{_isolated(_addressee(section, language))}</h2>"
        for part in _parts(letter, section, language):
            yield f"<h3>{part.heading} ({len(part.standings)})</h3>\n<p>{part.about}</p>"
            if part.standings:
                yield "<ol>"
                for standing in part.standings:
                    yield from _html_item(standing, language)
                yield "</ol>"
        yield f"<p>{say('request', language)}</p>\n</section>"
    yield "</body>\n</html>"


def _html_item(standing: Standing, language: str) -> Iterator[str]:
    milestone = standing.milestone
    title = _isolated(milestone.title.in_language(language))
    measure = _isolated(standing.measure.title.in_language(language))
    yield f"<li><strong>{title}</strong>; {measure} (<code>{milestone.full_id}</code>)\n<ul>"
    for fact in _facts(standing, language):
        yield f"<li>{_isolated(fact)}</li>"
    source = _isolated(_source(milestone, language))
    if url := milestone.source.url:
        source = f'<a href="{escape(url)}">{source}</a>'
    yield f"<li>{source}</li>\n</ul></li>"


def _isolated(text: str) -> str:
    """Return a text of which nothing is markup, and whose direction stays its own."""
    return f"<bdi>{escape(text)}</bdi>"


# --- in words -------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Part:
    """One of the two lists; its heading and what it is about are words of ours."""

    heading: str
    about: str
    standings: tuple[Standing, ...]


def _heading(letter: Letter, language: str) -> str:
    title = letter.programme.title.in_language(language)
    days = {"first": say_day(letter.first, language), "last": say_day(letter.last, language)}
    return f"{title}: {say('reminder', language, **days)}"


def _addressee(section: Section, language: str) -> str:
    return section.body.name.in_language(language) if section.body else say("no body", language)


def _parts(letter: Letter, section: Section, language: str) -> Iterator[_Part]:
    first, last = say_day(letter.first, language), say_day(letter.last, language)
    for name, standings in {"expired": section.expired, "coming due": section.coming}.items():
        about = say(f"{name} about", language, first=first, last=last)
        yield _Part(
            heading=say(name, language),
            about=about if standings else say("none", language),
            standings=standings,
        )


def _facts(standing: Standing, language: str) -> Iterator[str]:
    """Yield the date as promised, each move of it and the date in force, and how that stands."""
    due, moves = standing.milestone.due, standing.revisions
    stands = f"({standing_in_words(standing, language)})"
    promise = say("promised undated", language)
    if due:
        promise = say("promised", language, date=said(due, language))
    promise = promise[:1].upper() + promise[1:]
    if not moves:
        yield f"{promise} {stands}"
        return
    yield promise
    for revision in moves:
        yield f"{say('change moved', language).capitalize()}: {move(revision, language)}"
    in_force = say("in force", language).capitalize()
    yield f"{in_force}: {said(moves[-1].due, language)} {stands}"


def _source(milestone: Milestone, language: str) -> str:
    parts = (document(milestone.source, language), milestone.locator)
    cited = ", ".join(part for part in parts if part)
    return f"{say('source', language).capitalize()}: {cited}"
