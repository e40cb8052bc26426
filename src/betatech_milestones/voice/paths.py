"""Where everything of a site stands: the one place that knows an address of it.

What is published once is linked for ever, so a path is made of ids alone, whose lower-case letters,
digits and hyphens every system can keep. The pages in the programme's own language are at the root
of the site, and those in another under its tag. Calendars lead to pages, so this stands before
both.
"""

import re

import attrs

from betatech_milestones.model.records import Milestone, Programme
from betatech_milestones.voice import languages_of

PROGRAMME = "api/v2/programme.json"
FEEDS = "feeds.json"
SITEMAP = "sitemap.xml"
LINES = "lines.json"
"""The lines of the milestones in the data file, for links that mend them."""


_DEVICE = re.compile("con|prn|aux|nul|com[1-9]|lpt[1-9]")


def is_device(name: str) -> bool:
    """Whether Windows takes a name for a device, whatever stands behind a dot.

    Source: "Naming Files, Paths, and Namespaces" in the documentation of Windows.
    """
    return _DEVICE.fullmatch(name) is not None


def file_name(id_: str) -> str:
    """Return an id or a language as the name of a file or a folder: no device has it.

    Where one has, a hyphen follows; no id ends in one.

    >>> file_name("aux"), file_name("aux-1")
    ('aux-', 'aux-1')
    """
    return f"{id_}-" if is_device(id_) else id_


@attrs.frozen(kw_only=True)
class Paths:
    """The paths of what there is in one language, from the root of the site."""

    language: str
    at_home: bool
    """Whether it is the language in which the site opens."""

    @classmethod
    def of(cls, programme: Programme, language: str) -> "Paths":
        """Return the paths in one of the languages of a programme."""
        return cls(language=language, at_home=language == languages_of(programme)[0])

    @property
    def root(self) -> str:
        """The folder of the pages: empty, or with a slash at its end."""
        return "" if self.at_home else f"{self.folder}/"

    @property
    def folder(self) -> str:
        """The folder of what is in this language and no page."""
        return file_name(self.language)

    @staticmethod
    def up(path: str) -> str:
        """Return what leads from a page at a path back to the root of the site."""
        return "../" * path.count("/")

    @property
    def overview(self) -> str:
        return f"{self.root}index.html"

    @property
    def figures(self) -> str:
        return f"{self.root}figures.html"

    def measure(self, id_: str) -> str:
        return f"{self.root}measure/{file_name(id_)}.html"

    def milestone(self, milestone: Milestone) -> str:
        """Return its place on the page of its measure."""
        return f"{self.measure(milestone.measure.id)}#{milestone.id}"

    def body(self, id_: str) -> str:
        return f"{self.root}body/{file_name(id_)}.html"

    def measures(self, number: int) -> str:
        """Return one of the pages that list the measures of a large programme, counted from 1."""
        return f"{self.root}measures/{number}.html"

    def feed(self, scope: str, of: str | None = None) -> str:
        return f"{self.folder}/{'-'.join(filter(None, (scope, of)))}.ics"

    @property
    def changes(self) -> str:
        return f"{self.folder}/changes.atom"

    def measure_atom(self, id_: str) -> str:
        return f"{self.folder}/measure-{id_}.atom"

    def body_atom(self, id_: str) -> str:
        return f"{self.folder}/body-{id_}.atom"

    @property
    def search(self) -> str:
        """What the lists of the overview are drawn of."""
        return f"{self.folder}/search.json"

    @property
    def timeline(self) -> str:
        return f"{self.folder}/timeline.svg"

    def chart(self, name: str) -> str:
        """Return one of the pictures on the page of figures."""
        return f"{self.folder}/{name}.svg"

    def table(self, name: str) -> str:
        return f"{self.folder}/{name}.csv"
