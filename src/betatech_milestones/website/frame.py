"""What stands around a page of one thing: its head, the way to the overview, and who publishes it.

Ten thousand pages have it in common, so it is short, and what it needs is reckoned once a language.
"""

import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import attrs

from betatech_milestones.language import LANGUAGES, lexicon
from betatech_milestones.voice import Voice, languages_of
from betatech_milestones.voice.paths import Paths
from betatech_milestones.website.assets import ICON, POLICY, SCRIPT, STYLE, linked
from betatech_milestones.website.telling import PageVoice, Relations, templates

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
            style=linked(STYLE),
            script=linked(SCRIPT),
            icon=ICON,
            **values,
        )


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
