"""What stands around a page of one thing: its head, the way to the overview, and who publishes it.

Ten thousand pages have it in common, so it is short, what it needs is reckoned once a language, and
it is written without a template. Whatever is not markup of ours is escaped where it is put in.
"""

import datetime as dt
import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import attrs
from markupsafe import escape

from betatech_milestones.language import LANGUAGES, lexicon
from betatech_milestones.voice import Voice, capital, languages_of
from betatech_milestones.voice.paths import Paths
from betatech_milestones.website.assets import ICON, POLICY, SCRIPT, STYLE
from betatech_milestones.website.assets import linked as asset
from betatech_milestones.website.telling import PageVoice, Relations, linked, templates

if TYPE_CHECKING:
    from jinja2 import Template


@attrs.frozen(kw_only=True)
class Frame:
    """Where a page stands, in one language, and what leads from it to others."""

    relations: Relations
    voice: PageVoice
    paths: Paths
    path: str
    """Its own, from the root of the site."""
    up: str
    """What leads from it to the root of the site."""
    address: str | None
    """That of the site, where it is known."""
    others: tuple[tuple[str, str, str], ...]
    """The same page in other languages: the tag, the name of the language, and the way there."""

    def to(self, path: str) -> str:
        """Return the way to another page in the language."""
        root = self.paths.root
        return Paths.up(self.path.removeprefix(root)) + path.removeprefix(root)

    def whole(self, way: str) -> str:
        """Return the address of another page of the site by the way to it, where it is known."""
        return way if self.address is None else self.address + way.removeprefix(self.up)

    def subscription(self, feed: str) -> str | None:
        """Return where a calendar is subscribed to; None where the address is unknown."""
        return self.address and re.sub("^https?:", "webcal:", self.address + feed)

    def fill(self, template: str, **values: Any) -> str:
        """Return a template that is filled with what a page shows, in this frame."""
        programme = self.relations.programme
        return _template(template).render(
            frame=self,
            voice=self.voice,
            to=self.to,
            up=self.up,
            home=self.to(self.paths.overview),
            programme=programme,
            policy=POLICY.replace("; ", ";"),
            style=asset(STYLE),
            script=asset(SCRIPT),
            icon=ICON,
            **values,
        )

    def page(
        self,
        name: str,
        about: str,
        *,
        crumbs: str,
        heading: str,
        main: str,
        day: dt.date | None = None,
        feed: str | None = None,
        atom: str | None = None,
    ) -> str:
        """Return a whole page.

        Markup are the `crumbs`, which lead to what it is a part of, its `heading` and the `main`
        part; all else is text. The `day` is that by which what it tells was known, where it is of
        one, and `feed` and `atom` the paths of what has the same to subscribe to, if anything has.
        """
        zone = escape(self.relations.programme.timezone)
        known = "" if day is None else f' data-known="{day}"'
        return f"""\
<!doctype html>
<html lang="{self.voice.voice.spoken}" data-zone="{zone}"{known}>
<head>
{self._head(name, about, atom)}</head>
<body>
<header>
<nav class="crumbs">
{self._home()}{crumbs}{self._ways()}</nav>
{heading}</header>
<main>
{main}</main>
<footer>
{self._subscribe(feed, atom)}{self._published()}</footer>
</body>
</html>"""

    def _head(self, name: str, about: str, atom: str | None) -> str:
        whole = self.voice.text(self.relations.programme.title).text
        links = []
        if self.address is not None:
            links.append(f'<link rel="canonical" href="{escape(self.address + self.path)}">\n')
        for tag, _, way in self.others:
            there = escape(self.whole(way))
            links.append(f'<link rel="alternate" hreflang="{escape(tag)}" href="{there}">\n')
        if atom is not None:
            there = escape(self.up + atom)
            links.append(f'<link rel="alternate" type="application/atom+xml" href="{there}">\n')
        return f"""\
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width">
<title>{escape(name)} – {escape(whole)}</title>
<meta property="og:title" content="{escape(name)}">
<meta name="description" content="{escape(about)}">
{"".join(links)}<link rel="icon" href="{self.up}{ICON}">
<link rel="stylesheet" href="{self.up}{asset(STYLE)}">
<script src="{self.up}{asset(SCRIPT)}" defer></script>
"""  # noqa: RUF001  a dash

    def _home(self) -> str:
        title = self.voice.tell(self.relations.programme.title)
        return f'<a href="{escape(self.to(self.paths.overview))}">{title}</a>\n'

    def _ways(self) -> str:
        """Return links to the same page in other languages."""
        ways = ((escape(tag), escape(name), escape(way)) for tag, name, way in self.others)
        return "".join(
            f'<a class="other" href="{way}" hreflang="{tag}" lang="{tag}">{name}</a>\n'
            for tag, name, way in ways
        )

    def _subscribe(self, feed: str | None, atom: str | None) -> str:
        if feed is None or atom is None:
            return ""
        calendar, changes = escape(self.up + feed), escape(self.up + atom)
        there = self.subscription(feed)
        way = f'data-feed="{calendar}" hidden' if there is None else f'href="{escape(there)}"'
        label = escape(capital(self.voice.label("subscribe")))
        return (
            f'<p class="buttons"><a class="button" {way}>{label}</a> '
            f'<a href="{calendar}">iCalendar</a> <a href="{changes}">Atom</a></p>\n'
        )

    def _published(self) -> str:
        publisher = self.relations.programme.publisher
        if publisher is None:
            return ""
        name = linked(self.voice.tell(publisher.name), publisher.url)
        return f"<p>{self.voice.filled('published by', name=name)}</p>\n"


def frame(
    relations: Relations,
    path: Callable[[Paths], str],
    *,
    language: str,
    address: str | None = None,
) -> Frame:
    """Return the frame of a page in one of a programme's languages.

    `path` tells where the page stands in each of them.
    """
    voice, paths, others = _speaking(relations, language)
    own = path(paths)
    up = Paths.up(own)
    return Frame(
        relations=relations,
        voice=voice,
        paths=paths,
        path=own,
        up=up,
        address=address,
        others=tuple((other.language, _name(other.language), up + path(other)) for other in others),
    )


@functools.cache
def _template(name: str) -> "Template":
    return templates().get_template(name)


def _name(language: str) -> str:
    """Return what a language calls itself, or the tag of one that we do not speak."""
    return lexicon(language).name if language in LANGUAGES else language


@functools.lru_cache(maxsize=32)
def _speaking(relations: Relations, language: str) -> tuple[PageVoice, Paths, tuple[Paths, ...]]:
    """Return the voice and the paths of a language, and the paths of the others."""
    programme = relations.programme
    ways = {tag: Paths.of(programme, tag) for tag in languages_of(programme)}
    own = ways.pop(language)
    return PageVoice(voice=Voice(language), programme=programme), own, (*ways.values(),)
