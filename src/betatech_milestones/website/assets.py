"""What the pages of a site share: one style, one script and a sign for the tabs of browsers.

They stand beside the pages as files, so that ten thousand pages do not repeat them, and are linked
with a digest of what they hold, so that no browser keeps an old one. The script speaks the language
of the page in which it runs: it carries the words of all.
"""

import functools
import hashlib
import json
from collections.abc import Mapping

from betatech_milestones.language import LANGUAGES
from betatech_milestones.voice import Voice
from betatech_milestones.website.telling import FRESH, raw

STYLE = "page.css"
SCRIPT = "page.js"
ICON = "favicon.svg"
ASSETS = (STYLE, SCRIPT, ICON)

POLICY = (
    "default-src 'none';style-src 'self';script-src 'self';img-src 'self' data:;"
    "connect-src 'self';base-uri 'none';form-action 'none'"
)
"""The Content-Security-Policy of every page: nothing is loaded from elsewhere."""

SOON_DAYS = 30
"""What ends within so many days needs attention before it is late."""

_LABELS = ("copied", "list loads", "list failed", "nobody")

_ICON = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">
<rect width="16" height="16" rx="3" fill="#1d4f91"/>
<path d="M3 4h6v3H3zm4 5h6v3H7z" fill="#fff"/>
</svg>
"""


@functools.cache
def assets() -> Mapping[str, bytes]:
    """Return the shared files of a site, by their paths from its root."""
    script = f"const WORDS = {_json({language: _words(language) for language in LANGUAGES})};\n"
    return {
        STYLE: (raw("page.css") + raw("strip.css")).encode(),
        SCRIPT: (script + raw("page.js")).encode(),
        ICON: _ICON.encode(),
    }


@functools.cache
def linked(path: str) -> str:
    """Return how a page links a shared file: with a digest of its content behind it.

    >>> linked("favicon.svg").partition("=")[0]
    'favicon.svg?v'
    """
    return f"{path}?v={hashlib.sha256(assets()[path]).hexdigest()[:8]}"


def _words(language: str) -> dict[str, object]:
    """Return what the script says in a language."""
    voice = Voice(language)
    return {
        "days": voice.days_in_words,
        "spans": {**voice.spans, "over": voice.label("over", age="{age}")},
        "thousands": voice.number(1000)[1:-3],
        "soon": SOON_DAYS,
        "hits": voice.label("hits", shown="{shown}", all="{all}"),
        **{key: voice.label(key, day="{day}", read="{read}") for key in FRESH},
        "all": voice.label("attention of", count="{count}"),
        **{label: voice.label(label) for label in _LABELS},
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
