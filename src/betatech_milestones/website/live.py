"""Pages as they are shown while a file is edited: they follow it, and tell what is wrong with it.

None of this is ever published. A page that is whole is given a script, a style and a notice, and
its policy is widened by just those two and by the one address that tells of changes.
"""

import html
import re
from collections.abc import Sequence

from betatech_milestones.website.telling import hashed, raw, templates

CHANGES = ".changes"
"""Where a page hears of changes; no file of a site has a name that begins with a dot."""
_AT_MOST = 100


def notice(said: str, problems: Sequence[str]) -> str:
    """Return what stands above a page of a file that is not sound: what is wrong with it."""
    return (
        templates()
        .get_template("notice.html")
        .render(said=said, problems=problems[:_AT_MOST], more=max(0, len(problems) - _AT_MOST))
    )


def plain_page(title: str, *, home: bool = False) -> str:
    """Return a page where there is none of the programme, with a way to that one if there is."""
    return templates().get_template("serve.html").render(title=title, home=home)


def live(page: str, *, shown: str, above: str = "") -> str:
    """Return a page that is loaded again when something else is to be shown, below what is told.

    `shown` is the name of what is shown now, and of nothing else. A page that only leads on to
    another is left as it is.
    """
    if _LEADS_ON in page:
        return page
    style, script = raw("serve.css"), raw("serve.js")
    page = _POLICY.sub(lambda found: _widened(found, style, script), page, count=1)
    head, end_of_head, rest = page.partition("</head>")
    between, body, rest = rest.partition("<body>")
    called = f'<script data-shown="{shown}" data-from="/{CHANGES}">'
    following = f"{_WAITING}\n<style>{style}</style>\n{called}{script}</script>\n"
    rest, end, after = rest.rpartition("</body>")
    return f"{head}{following}{end_of_head}{between}{body}\n{above}{rest}{_WHOLE}{end}{after}"


_LEADS_ON = '<meta http-equiv="refresh"'
# Where a browser knows of this (HTML, 4.6.7.9), it lays a page out once, when all of it is there.
_WAITING = '<link rel="expect" href="#.whole" blocking="render">'
_WHOLE = '<i id=".whole" hidden></i>'
_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)')


def _widened(meta: re.Match[str], style: str, script: str) -> str:
    """Return the policy of a page, which allows a style, a script and our own address besides."""
    directives = dict.fromkeys(("style-src", "script-src", "connect-src"), "")
    for directive in html.unescape(meta[2]).split(";"):
        name, _, sources = directive.strip().partition(" ")
        directives[name] = sources
    directives["style-src"] += f" {hashed(style)}"
    directives["script-src"] += f" {hashed(script)}"
    directives["connect-src"] = "'self'"
    policy = "; ".join(f"{name} {sources.strip()}" for name, sources in directives.items())
    return f"{meta[1]}{html.escape(policy)}{meta[3]}"
