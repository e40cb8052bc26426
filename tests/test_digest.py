"""A digest says what is new since a day, each thing once, and claims no more than its source.

The small programme below has one of each kind. What is written of it is in full view here.
"""

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from email import message_from_string, policy
from email.message import EmailMessage, MIMEPart
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast

import attrs
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME

from betatech_milestones import (
    BadValue,
    Met,
    PolicyDate,
    Programme,
    Publisher,
    Status,
    Texts,
    UnknownId,
    as_of,
    history,
    load_example,
    loads,
    render,
)
from betatech_milestones.analysis.digest import Digest, digest
from betatech_milestones.cli import main
from betatech_milestones.datafile.portfolio import load_portfolio
from betatech_milestones.language import LANGUAGES
from betatech_milestones.model import rules
from betatech_milestones.model.portfolio import Portfolio
from betatech_milestones.model.records import trusted

HEAD = """\
[programme]
id = "p"
title = { nl = "Plan", en = "Plan" }
language = "nl"
timezone = "Europe/Amsterdam"
publisher = { name = "Ministerie", url = "https://example.org/", contact = "mailto:a@example.org" }
[[source]]
id = "promise"
title = { nl = "Brief", en = "Letter" }
published = 2013-01-01
url = "https://example.org/1"
[[source]]
id = "later"
title = { nl = "Tweede brief", en = "Second letter" }
by = "ocw"
published = 2014-06-10
[[source]]
id = "paper"
title = { nl = "Krant", en = "Newspaper" }
kind = "press"
published = 2014-06-12
url = "https://example.org/2"
[[body]]
id = "ocw"
name = { nl = "Ministerie van OCW", en = "Ministry of Education" }
[[body]]
id = "sbb"
name = "SBB"
[[measure]]
id = "m"
title = { nl = "Maatregel", en = "Measure" }
source = "promise"
bodies = ["ocw"]
"""


def milestone(name: str, written: str = "") -> str:
    """Return a milestone whose title is its id, from the TOML below."""
    return f'[[measure.milestone]]\nid = "{name}"\ntitle = "{name}"\nkind = "other"\n{written}\n'


def plan(*milestones: str, head: str = HEAD) -> Programme:
    return loads(head + "".join(milestones))


MOVED = "revised = [{ due = 2014-12-31, reason = { nl = 'Te druk.', en = 'Too busy.' }, %s }]"
LATER = "source = 'later'"
PLAN = plan(
    milestone("moved", "due = 2014-05-01\n" + MOVED % LATER),
    milestone("dated", "revised = [{ due = 'zomer 2015', goal = 3, source = 'later' }]"),
    milestone("dropped", "dropped = { reason = 'Nee.', source = 'later', note = 'Mondeling.' }"),
    milestone("replaced", "replaced = { by = 'm/moved', source = 'later' }"),
    milestone("met", "due = 2014-05-01\nmet = { on = 2014-06-01, source = 'later' }"),
    milestone("fact", "commitment = 'none'\nmet = { source = 'paper' }\nsource = 'paper'"),
    milestone(
        "late", "due = 2014-05-31\nnews = [{ found = 'partly', says = 'Half.', source = 'paper' }]"
    ),
    milestone(
        "unchecked",
        "due = 'uiterlijk 31 mei 2014'\n"
        "snoozed = { until = 2014-07-01, since = 2014-06-02, by = 'wij', reason = 'Later.' }",
    ),
    milestone(
        "no-news", "due = 2014-05-31\nnews = [{ found = 'nothing', by = 'wij', on = 2014-06-20 }]"
    ),
    milestone("aim", "commitment = 'aim'\ndue = 2014-06-15\nbodies = []"),
    milestone("law", "commitment = 'fixed'\ndue = 2014-06-15"),
    milestone("handed", "revised = [{ bodies = ['sbb'], source = 'paper', reason = 'Zo.' }]"),
    milestone("new", "due = 2014-08-01\nsource = 'paper'"),
    milestone("near", "due = 'najaar 2014'\n" + MOVED.replace("2014-12-31", "2014-09-25") % LATER),
    milestone("old", "due = 2014-04-01"),
    milestone("far", "due = 2015-01-01"),
    milestone("never"),
)
JUNE = digest(PLAN, "2014-06-01", "2014-06-30")

WHOSE = "measure: Measure; responsible: Ministry of Education"
LETTER, SECOND = "Letter, 1 January 2013", "Second letter, 10 June 2014"
PAPER = "Newspaper, 12 June 2014"
FIRST, NEWS = "https://example.org/1", "https://example.org/2"
# Each heading · its lines: the title, what is told, who says so, where that can be read.
EXPECTED: dict[str, list[tuple[str, str, str | None, str | None]]] = {
    "Moved (3)": [
        (
            "dated",
            f"moved: undated → summer 2015 (“zomer 2015”); goal now 3; {WHOSE}",
            f"source: {SECOND}",
            None,
        ),
        (
            "moved",
            f"moved: 1 May 2014 → 31 December 2014; 244 days later; Too busy.; {WHOSE}",
            f"source: {SECOND}",
            None,
        ),
        (
            "near",
            (
                "moved: autumn 2014 (“najaar 2014”) → 25 September 2014; 66 days earlier; "
                f"Too busy.; {WHOSE}"
            ),
            f"source: {SECOND}",
            None,
        ),
    ],
    "Dropped (1)": [
        (
            "dropped",
            (
                "dropped: day unknown; Nee.; claimed by those who answer for it; note: Mondeling.; "
                f"{WHOSE}"
            ),
            f"source: {SECOND}",
            None,
        )
    ],
    "Replaced (1)": [
        (
            "replaced",
            f"replaced: day unknown; by m/moved; claimed by those who answer for it; {WHOSE}",
            f"source: {SECOND}",
            None,
        )
    ],
    "Met (1)": [
        (
            "met",
            f"met: 1 June 2014; claimed by those who answer for it; 31 days late; {WHOSE}",
            f"source: {SECOND}",
            None,
        )
    ],
    "Reported as done (1)": [
        (
            "fact",
            f"reported as done: day unknown; reported by others; {WHOSE}",
            f"source: {PAPER}",
            NEWS,
        )
    ],
    "Late (1)": [
        (
            "late",
            f"late: its term ended on 31 May 2014; partly done ({PAPER}); {WHOSE}",
            f"date in force: 31 May 2014 ({LETTER})",
            FIRST,
        )
    ],
    "Term passed, not checked since (1)": [
        (
            "unchecked",
            (
                "not checked since its term ended on 31 May 2014; newest statement: "
                f"1 January 2013; snoozed up to and including 1 July 2014 by wij: Later.; {WHOSE}"
            ),
            f"date in force: by 31 May 2014 (“uiterlijk 31 mei 2014”) ({LETTER})",
            FIRST,
        )
    ],
    "Term passed, looked for and no news found (1)": [
        (
            "no-news",
            (
                "no news: looked for on 20 June 2014 by wij; its term ended on 31 May 2014; "
                f"newest statement: 1 January 2013; {WHOSE}"
            ),
            f"date in force: 31 May 2014 ({LETTER})",
            FIRST,
        )
    ],
    "Date of an aim or forecast passed (1)": [
        (
            "aim",
            "aimed-at date passed: 15 June 2014; measure: Measure; responsible: nobody named",
            f"date in force: 15 June 2014 ({LETTER})",
            FIRST,
        )
    ],
    "Day fixed by law or contract passed, not checked (1)": [
        (
            "law",
            f"by law or contract since 15 June 2014, not checked; {WHOSE}",
            f"date in force: 15 June 2014 ({LETTER})",
            FIRST,
        )
    ],
    "Revised (1)": [
        (
            "handed",
            "now answered for by SBB; Zo.; measure: Measure; responsible: SBB",
            f"source: {PAPER}",
            NEWS,
        )
    ],
    "News (2)": [
        ("no-news", f"20 June 2014: nothing found (checked by wij); {WHOSE}", None, None),
        ("late", f"12 June 2014: partly done: Half.; {WHOSE}", f"source: {PAPER}", NEWS),
    ],
    "New milestones (1)": [("new", f"promised: 1 August 2014; {WHOSE}", f"source: {PAPER}", NEWS)],
    "Due now or within 90 days (2)": [
        ("new", f"in 4 weeks; {WHOSE}", f"date in force: 1 August 2014 ({PAPER})", NEWS),
        (
            "near",
            f"in 2 months; was autumn 2014 (“najaar 2014”); {WHOSE}",
            f"date in force: 25 September 2014 ({SECOND})",
            None,
        ),
    ],
}
TITLE = "Plan: what is new, 1 June 2014 to 30 June 2014"
CAUTION = (
    "A term that passed without an outcome means that none is recorded here, not that nothing was "
    "done. Of what has no outcome, “late” is said only where a statement made after the term tells "
    "that it was not done by then."
)
PUBLISHER, MEND = "https://example.org/", "mailto:a@example.org"


def laid_out(line: str, source: str, url: str) -> Iterator[str]:
    """Yield the lines of the digest in a layout of its own."""
    for heading, lines in EXPECTED.items():
        yield f"{heading}\n"
        for title, told, by, where in lines:
            cited = "" if by is None else source.format(by=by)
            cited = cited if where is None else url.format(by=by, url=where)
            yield line.format(title=title, told=told) + cited
        yield ""


MARKDOWN = "\n".join(
    [
        f"# {TITLE}\n",
        *(
            re.sub(r"^(?=[A-Z])", "## ", line)
            for line in laid_out("- **{title}**: {told}", "; {by}", "; [{by}](<{url}>)")
        ),
        f"{CAUTION}\n",
        f"[Publisher: Ministerie](<{PUBLISHER}>)\n",
        f"[Report a mistake](<{MEND}>)\n",
    ]
)
PLAIN = "\n".join(
    [
        f"{TITLE}\n",
        *laid_out("* {title}: {told}", "; {by}", "; {by} <{url}>"),
        f"{CAUTION}\n",
        f"Publisher: Ministerie <{PUBLISHER}>\n",
        f"Report a mistake <{MEND}>\n",
    ]
)


# --- in full --------------------------------------------------------------------------------------


def test_markdown_in_full() -> None:
    """What happened stands first, what comes last; each line names its measure, who and where."""
    assert render(JUNE, language="en") == MARKDOWN


class Reader(HTMLParser):
    """What a mail program shows: a line for each block, the links, and that all is closed."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.blocks: list[str] = []
        self.links: list[str | None] = []
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)
        if tag in {"h1", "h2", "li", "p"}:
            self.blocks.append("")
        self.links += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"h1", "h2", "li", "p"} & {*self.open}:
            self.blocks[-1] += data


def test_html_says_the_same() -> None:
    """Word for word what the text of a mail says, with links where that has addresses."""
    page = render(JUNE, "html", language="en")
    reader = Reader(page)
    assert reader.open == []
    words = re.sub(r" <[^>]*>|^\* |\n(?=\n)", "", PLAIN, flags=re.MULTILINE)
    assert reader.blocks == words.splitlines()
    assert reader.links == re.findall("<([^>]*)>", PLAIN)
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    assert '<meta name="color-scheme" content="light dark">' in page
    assert not re.search(r"<script|<link|<img|@import|url\(| on[a-z]+=|color:|background", page)


HTML = """\
<!DOCTYPE html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Plan: wat er nieuw is, 31 mei 2014 t/m 1 juni 2014</title>
<style>
:root { color-scheme: light dark }
body { font: 1rem/1.5 sans-serif; max-width: 42rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.3rem }
h2 { font-size: 1.1rem; margin: 1.5rem 0 0 }
ul { padding-left: 1.2rem }
li { margin: .5rem 0; overflow-wrap: anywhere }
</style>
</head>
<body>
<h1>Plan: wat er nieuw is, 31 mei 2014 t/m 1 juni 2014</h1>
<h2>Termijn verstreken, daarna niet nagegaan (1)</h2>
<ul>
<li><strong><bdi>&lt;b&gt; &amp; b</bdi></strong>: <bdi>niet nagegaan sinds de termijn op \
31 mei 2014 verstreek; jongste vermelding: 1 januari 2013; maatregel: Maatregel; \
verantwoordelijk: Ministerie van OCW</bdi>; \
<a href="https://example.org/1"><bdi>geldende datum: 31 mei 2014 (Brief, 1 januari 2013)</bdi></a>\
</li>
</ul>
<p><bdi>Een verstreken termijn zonder uitkomst zegt dat hier geen uitkomst is vastgelegd, niet dat \
er niets is gedaan. Van wat geen uitkomst heeft staat er alleen “te laat” waar een bericht van na \
de termijn zegt dat het toen niet af was.</bdi></p>
<p><a href="https://example.org/"><bdi>Uitgever: Ministerie</bdi></a></p>
<p><a href="mailto:a@example.org"><bdi>Meld een fout</bdi></a></p>
</body>
</html>
"""
ONE = plan(milestone("x", "due = 2014-05-31").replace('title = "x"', 'title = "<b> & b"'))


def test_html_in_full() -> None:
    """Texts of the data are isolated and escaped; it needs no style to be read."""
    assert render(digest(ONE, "2014-05-31", "2014-06-01"), "html") == HTML


# --- a mail ---------------------------------------------------------------------------------------


def mailed(view: Digest, **options: Any) -> EmailMessage:
    """Return a mail as a mail program reads it."""
    written = render(view, "eml", **options)
    assert written.isascii()
    assert max(map(len, written.splitlines())) <= 998  # RFC 5322, 2.1.1
    return message_from_string(written, policy=policy.default)


def content(part: MIMEPart) -> str:
    """Return the text of a part of a mail, which has the ends of lines that mail has."""
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_mail_is_ready_to_send() -> None:
    """A draft with the same as text and as HTML, of the day, from who publishes, to nobody yet."""
    mail = mailed(JUNE, language="en")
    assert mail.defects == []
    own = re.fullmatch(r"<digest\.([0-9a-f]{32})@p>", str(mail["Message-ID"]))
    assert own is not None
    assert {name: str(value) for name, value in mail.items() if name != "Message-ID"} == {
        "Subject": TITLE,
        "From": "Ministerie <a@example.org>",
        "Date": "Mon, 30 Jun 2014 12:00:00 +0000",
        "X-Unsent": "1",
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="={own[1]}="',
        "Content-Language": "en",
    }
    plain, page = mail.iter_parts()
    assert (plain.get_content_type(), page.get_content_type()) == ("text/plain", "text/html")
    assert content(plain) == PLAIN
    assert content(page) == render(JUNE, "html", language="en")


def test_lines_end_as_mail_has_them() -> None:
    """With a carriage return and a line feed (RFC 5322, 2.3)."""
    written = render(JUNE, "eml")
    assert written.count("\n") == written.count("\r\n")


def test_the_same_digest_is_the_same_mail() -> None:
    """No clock and no chance is in it; another language or another day is another mail."""
    again = digest(PLAN, "2014-06-01", "2014-06-30")
    assert render(again, "eml") == render(JUNE, "eml")
    days = [digest(PLAN, "2014-06-01", day) for day in ("2014-06-29", "2014-06-30")]
    names = {
        str(mailed(view, language=language)["Message-ID"])
        for view in days
        for language in LANGUAGES
    }
    assert len(names) == 2 * len(LANGUAGES)


# What the programme says of its publisher · from whom the mail is.
SENDERS = {
    "": None,
    'publisher = { name = "X", contact = "https://example.org" }': None,
    'publisher = { name = "X" }': None,
    'publisher = { name = "X, Y", contact = "mailto:x@example.org" }': '"X, Y" <x@example.org>',
    'publisher = { name = "É\\nB", contact = "mailto:x@example.org" }': "É B <x@example.org>",
    'publisher = { name = "X", contact = "mailto:a,b@example.org" }': 'X <"a,b"@example.org>',
    'publisher = { name = "X", contact = "mailto:a%20b@example.org" }': 'X <"a b"@example.org>',
    'publisher = { name = "X", contact = "mailto:a%25b@example.org" }': "X <a%b@example.org>",
    'publisher = { name = "X", contact = "mailto:%C3%A9@example.org" }': None,
}


@pytest.mark.parametrize(("publisher", "sender"), SENDERS.items())
def test_senders(publisher: str, sender: str | None) -> None:
    """It is from the publisher where that has an address of mail, and else from nobody."""
    head = re.sub("^publisher.*$", lambda _: publisher, HEAD, flags=re.MULTILINE)
    mail = mailed(digest(plan(milestone("x"), head=head), "2013-01-01", "2013-01-01"))
    assert (mail["From"] and str(mail["From"])) == sender


@pytest.mark.parametrize("day", [dt.date.min, dt.date(1852, 3, 1), dt.date.max])
def test_any_day_can_be_mailed(day: dt.date) -> None:
    """Also the first and the last of all days."""
    written = render(digest(PLAN, day, day), "eml")
    assert f"\r\nDate: {day:%a, %d %b} {day.year:04} 12:00:00 +0000\r\n" in written


# --- what is new ----------------------------------------------------------------------------------


def told(view: Digest) -> dict[str, list[str]]:
    """Return the ids below each heading."""
    found: dict[str, list[str]] = {}
    for line in render(view, language="en").splitlines():
        if line.startswith("## "):
            found[line.removeprefix("## ").rpartition(" (")[0]] = lines = []
        elif line.startswith("- "):
            lines.append(line.split("**")[1])
    return found


UNCHECKED, SOON = "Term passed, not checked since", "Due now or within 90 days"
BY_ITSELF = "Day fixed by law or contract passed, not checked"
DUE = "due = 2014-06-15\n"
# One milestone · what is told of it from 1 June to 30 June 2014.
NEWS_OF = {
    "a term that passed": (DUE, [UNCHECKED]),
    "a term that ended on the day before": ("due = 2014-05-31", [UNCHECKED]),
    "a term that had passed": ("due = 2014-05-30", []),
    "a term that ends on the last day": ("due = 2014-06-30", []),
    "a term that passed, and was met": (
        DUE + "met = { on = 2014-06-20, source = 'late' }",
        ["Met"],
    ),
    "met, and known later": (DUE + "met = { on = 2014-06-20, source = 'july' }", [UNCHECKED]),
    "met, by another than dropped it": (
        "dropped = { reason = 'Nee.', source = 'late' }\nmet = { source = 'later' }",
        ["Dropped", "Met"],
    ),
    "moved again, beyond a term": (
        "due = 2014-05-01\nrevised = [{ due = 2014-06-05, source = 'late' }]",
        ["Moved", "Late"],
    ),
    "overdue, and moved": (
        "due = 2014-05-01\nrevised = [{ due = 2014-09-01, source = 'late' }]",
        ["Moved", SOON],
    ),
    "promised when it was late": (
        "due = 2012-01-01\nsource = 'late'",
        [UNCHECKED, "New milestones"],
    ),
    "an aim": ("commitment = 'aim'\n" + DUE, ["Date of an aim or forecast passed"]),
    "by law": ("commitment = 'fixed'\n" + DUE, [BY_ITSELF]),
    "by law, and reported": (
        "commitment = 'fixed'\n" + DUE + "met = { on = 2014-06-15, source = 'late' }",
        ["Met"],
    ),
    "near": ("due = 2014-09-28", [SOON]),
    "not near yet": ("due = 2014-09-29", []),
    "near before": ("due = 2014-08-29", []),
    "a window that opens": ("due = 'zomer 2014'", []),
    "a window that comes near": ("due = 'najaar 2014'", [SOON]),
    "a look": ("news = [{ found = 'nothing', by = 'wij', on = 2014-06-30 }]", ["News"]),
    "a look before": ("news = [{ found = 'nothing', by = 'wij', on = 2014-05-31 }]", []),
    "a look after": ("news = [{ found = 'nothing', by = 'wij', on = 2014-07-01 }]", []),
    "nothing": ("", []),
}
SOURCES = """\
[[source]]
id = "late"
title = "Laat"
published = 2014-06-20
[[source]]
id = "july"
title = "Juli"
published = 2014-07-01
"""


@pytest.mark.parametrize(("written", "expected"), NEWS_OF.values(), ids=NEWS_OF)
def test_what_is_new(written: str, expected: list[str]) -> None:
    """What was said in the period, and what time alone brought about, once."""
    head = HEAD.replace("[[body]]", f"{SOURCES}[[body]]", 1).replace("2014-06-12", "2014-06-25")
    text = written.replace("'later'", "'paper'")
    found = told(digest(plan(milestone("x", text), head=head), "2014-06-01", "2014-06-30"))
    assert found == {heading: ["x"] for heading in expected}


def test_how_far_it_looks() -> None:
    """As far as is asked: what comes nearer than that within the period."""
    found = [
        [one.milestone.id for one in digest(PLAN, "2014-06-01", "2014-06-30", within_days=n).coming]
        for n in (0, 30, 31, 32, 86, 87, 185)
    ]
    assert found == [[], [], [], ["new"], ["new"], ["new", "near"], ["new", "moved", "far"]]


@trusted()
def test_what_counts_on_no_day_has_no_verdict() -> None:
    """Said by a script to be dropped on a day by which it was met: it is told that it was said."""
    programme = plan(milestone("x", "dropped = { reason = 'x', source = 'later' }"))
    (measure,) = programme.measures
    (one,) = measure.milestones
    (said,) = one.outcomes
    dropped = attrs.evolve(said, on=PolicyDate("2014-06-20"))
    paper = programme.sources[2]
    one = attrs.evolve(one, outcomes=(dropped, Met(source=paper, on=PolicyDate("2014-06-15"))))
    measure = attrs.evolve(measure, milestones=(one,))
    programme = attrs.evolve(programme, measures=(measure,))
    found = digest(programme, "2014-06-01", "2014-06-30")
    assert [line for line in render(found, language="en").splitlines() if "**x**" in line] == [
        f"- **x**: dropped: 20 June 2014; x; {WHOSE}; source: {SECOND}",
        f"- **x**: met: 15 June 2014; reported by others; {WHOSE}; [source: {PAPER}](<{NEWS}>)",
    ]


def test_the_first_source_that_is_known() -> None:
    """Of several, the one that could be read on the day; of what none tells, the first."""
    text = "sources = ['paper', 'later']\nrevised = [{ due = 2015-01-01, source = 'paper', "
    text += "announced = 2014-06-11 }]"
    found = digest(plan(milestone("x", text)), "2014-06-01", "2014-06-11")
    lines = render(found, language="en").splitlines()
    assert [line.partition("source: ")[2] for line in lines if "source: " in line] == [
        "11 June 2014 (Newspaper, 12 June 2014)](<https://example.org/2>)",
        "Second letter, 10 June 2014",
    ]


# --- for whom -------------------------------------------------------------------------------------

TWO = plan(
    milestone("own", "due = 2014-06-15"),
    milestone(
        "given",
        "due = 2014-06-15\nrevised = [{ bodies = ['sbb'], source = 'later' }]\n"
        "news = [{ found = 'partly', source = 'paper' }]",
    ),
    milestone("given-soon", "due = 2014-09-28\nrevised = [{ bodies = ['sbb'], source = 'later' }]"),
    milestone("theirs", "due = 2014-06-15\nbodies = ['sbb']"),
    milestone("theirs-soon", "due = 2014-09-28\nbodies = ['sbb']"),
    '[[measure]]\nid = "n"\ntitle = "N"\nsource = "promise"\n',
    milestone("nobodys", "due = 2014-06-15"),
)


@pytest.mark.parametrize(
    ("wanted", "expected", "heading"),
    [
        (
            {},
            {
                UNCHECKED: ["given", "own", "theirs", "nobodys"],
                "Revised": ["given", "given-soon"],
                "News": ["given"],
                SOON: ["given-soon", "theirs-soon"],
            },
            "Plan",
        ),
        (
            {"bodies": "ocw"},
            {UNCHECKED: ["own"], "Revised": ["given", "given-soon"]},
            "Plan (Ministry of Education)",
        ),
        (
            {"bodies": ["sbb"]},
            {
                UNCHECKED: ["given", "theirs"],
                "Revised": ["given", "given-soon"],
                "News": ["given"],
                SOON: ["given-soon", "theirs-soon"],
            },
            "Plan (SBB)",
        ),
        ({"measures": "n"}, {UNCHECKED: ["nobodys"]}, "Plan (N)"),
        (
            {"measures": ["m"], "bodies": "ocw"},
            {UNCHECKED: ["own"], "Revised": ["given", "given-soon"]},
            None,
        ),
        ({"measures": "n", "bodies": "ocw"}, {}, "Plan (N; Ministry of Education)"),
    ],
)
def test_for_whom(
    wanted: dict[str, Any], expected: dict[str, list[str]], heading: str | None
) -> None:
    """Of a body or a measure it tells what concerns that, and its heading says so.

    There is no news for a body of what another answers for by then.
    """
    found = digest(TWO, "2014-06-01", "2014-06-30", **wanted)
    assert told(found) == expected
    heading = heading or "Plan (Measure; Ministry of Education)"
    first = render(found, language="en").partition("\n")[0]
    assert first == f"# {heading}: what is new, 1 June 2014 to 30 June 2014"


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"bodies": "ocv"}, r'^no body "ocv"; did you mean "ocw"\?$'),
        ({"measures": "x"}, r'^no measure "x"; there are: m, n$'),
    ],
)
def test_unknown_ids(wanted: dict[str, Any], message: str) -> None:
    """A wrong id is told, with those that there are."""
    with pytest.raises(UnknownId, match=message):
        digest(TWO, "2014-06-01", "2014-06-30", **wanted)


def test_reversed_period() -> None:
    """A period has a first and a last day, in that order."""
    message = "^the period ends on 2014-05-31, before it begins on 2014-06-01; begin earlier$"
    with pytest.raises(BadValue, match=message) as error:
        digest(PLAN, "2014-06-01", "2014-05-31")
    assert error.value.rule is rules.BAD_DATE


# --- once, and nothing left out -------------------------------------------------------------------

SHIPPED = load_example()
DAYS = st.dates(dt.date(2012, 12, 1), dt.date(2015, 12, 31))


@pytest.mark.slow
@given(st.lists(DAYS, min_size=2, max_size=5, unique=True).map(sorted))
def test_periods_that_follow_each_other(days: list[dt.date]) -> None:
    """Each statement is told once; a term that passed and what comes near are told once, too."""
    one_day = dt.timedelta(days=1)
    views = [digest(SHIPPED, first, last - one_day) for first, last in itertools.pairwise(days)]
    said = [s for s in history(SHIPPED) if days[0] <= s.day < days[-1]]
    parts = [statement for view in reversed(views) for statement in view.statements]
    assert parts == said
    passed = [(s.milestone.full_id, s.turn.term) for view in views for s in view.passed]
    assert len({*passed}) == len(passed)
    for view in views:
        standings = {s.milestone.full_id: s for s in as_of(SHIPPED, view.day).standings}
        for standing in (*view.passed, *view.coming):
            assert standings[standing.milestone.full_id] == standing
        assert all(s.status in {Status.DUE, Status.UPCOMING} for s in view.coming)


@given(DAYS, DAYS)
def test_all_that_is_overdue_was_told(one: dt.date, other: dt.date) -> None:
    """What is overdue on the last day was overdue by that term before, or is told."""
    since, day = sorted((one, other))
    now = {
        (s.milestone.full_id, s.turn.term)
        for s in as_of(SHIPPED, day).only(Status.OVERDUE).standings
    }
    before = {
        (s.milestone.full_id, s.turn.term)
        for s in as_of(SHIPPED, since - dt.timedelta(days=1)).only(Status.OVERDUE).standings
    }
    told_now = {
        (s.milestone.full_id, s.turn.term)
        for s in digest(SHIPPED, since, day).passed
        if s.status is Status.OVERDUE
    }
    assert told_now == now - before


def test_what_is_recorded_later_is_new_against_what_lacked_it() -> None:
    """A letter of last month that was read today is in no digest of this week, but for this."""
    old = plan(milestone("x", "due = 2014-06-15"), milestone("y", "due = 2014-05-01"))
    now = plan(
        milestone("x", "due = 2014-06-15\nrevised = [{ due = 2015-01-01, source = 'later' }]"),
        milestone("y", "due = 2014-05-01"),
        milestone("z", "due = 2014-04-01"),
    )
    july = ("2014-07-01", "2014-07-31")
    assert digest(now, *july).is_empty
    assert told(digest(now, *july, against=old)) == {
        "Moved": ["x"],
        UNCHECKED: ["z"],
        "New milestones": ["z"],
    }
    assert digest(now, *july, against=now).is_empty
    renamed = plan(
        milestone("x-2", "due = 2014-06-15\nformerly = ['m/x']"),
        milestone("y", "due = 2014-05-01"),
    )
    assert digest(renamed, *july, against=old).is_empty


def test_nothing_new() -> None:
    """Then it is the heading and a line that says so, in each format."""
    calm = digest(plan(milestone("x")), "2014-07-01", "2014-07-31")
    assert calm.is_empty
    assert not JUNE.is_empty
    lines = "# Plan: what is new, 1 July 2014 to 31 July 2014\n\nNothing new is recorded for this"
    assert render(calm, language="en").startswith(f"{lines} period.\n")


def test_a_digest_is_shown_in_a_line() -> None:
    """With the period, and with how much is new."""
    expected = "<Digest p 2014-06-01 to 2014-06-30: 11 statements, 5 passed, 2 coming>"
    assert repr(JUNE) == expected


# --- texts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language(language: str) -> None:
    """All of ours can tell each kind; nothing is left to fill in."""
    for name in ("markdown", "html", "eml"):
        view: Any = render(JUNE, cast("Any", name), language=language)
        assert not re.search(r"\{[a-z]+\}", view)
    assert f'<html lang="{language}">' in render(JUNE, "html", language=language)


@pytest.mark.slow
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])).map(
        lambda text: " ".join(text.split()) or "x"
    )
)
def test_texts_stay_texts(title: str) -> None:
    """Whatever a title holds is read as it was, and is markup in no format."""
    texts = Texts((("nl", title),))
    with trusted():
        measure = ONE.measures[0]
        milestones = tuple(attrs.evolve(one, title=texts) for one in measure.milestones)
        measure = attrs.evolve(measure, title=texts, milestones=milestones)
        publisher = Publisher(name=texts, contact="mailto:a@example.org")
        programme = attrs.evolve(ONE, title=texts, publisher=publisher, measures=(measure,))
    found = digest(programme, "2014-05-31", "2014-06-01", measures="m")
    reader = Reader(render(found, "html"))
    assert reader.open == []
    assert reader.blocks[2].startswith(f"{title}: ")
    assert f"; maatregel: {title}; " in reader.blocks[2]
    assert {*reader.links} == {"https://example.org/1", "mailto:a@example.org"}
    (line,) = re.findall(r"^- \*\*(.*)\*\*: niet ", render(found), re.MULTILINE)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line) == title
    assert not re.search(r"[`*_<>|&$#~\[\]]", re.sub(r"\\.", "", line))
    mail = mailed(found)
    days = "wat er nieuw is, 31 mei 2014 t/m 1 juni 2014"
    assert str(mail["Subject"]).strip() == f"{title} ({title}): {days}"  # it may be folded
    assert mail["From"].addresses[0].addr_spec == "a@example.org"
    plain, page = mail.iter_parts()
    assert f"\n* {title}: niet " in content(plain)
    assert content(page) == render(found, "html")


def test_formats_of_its_own() -> None:
    """A digest is no table."""
    with pytest.raises(ValueError, match=r'^no format "csv"; there are: markdown, html, eml$'):
        render(JUNE, cast("Any", "csv"))


# --- the command ----------------------------------------------------------------------------------


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["digest", *arguments])


JULY = ("--since", "1 juli 2015", "--as-of", "2015-07-31")


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "data.toml"
    path.write_text(PROGRAMME, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", ["markdown", "html", "eml"])
def test_the_command_writes_what_the_library_returns(file: str, tmp_path: Path, name: Any) -> None:
    """Markdown unless asked otherwise, to the standard output or to a file."""
    view = digest(loads(PROGRAMME), "2015-07-01", "2015-07-31")
    expected = render(view, name, language="nl")
    result = run(file, *JULY, "--output-format", name)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == expected.encode()
    assert render(view, language="nl") == run(file, *JULY).stdout
    written = tmp_path / "written"
    english = ("--lang", "en", "--output-format", name, "-o", str(written))
    assert run(file, *JULY, *english).output == ""
    assert written.read_bytes() == render(view, name, language="en").encode()


def test_filters(file: str) -> None:
    """All that a report can be narrowed by; of a measure and a body the heading tells."""
    whole = loads(PROGRAMME)
    for options, view in {
        ("--measure", "files"): digest(whole, "2015-07-01", "2015-07-31", measures="files"),
        ("--body", "ocw"): digest(whole, "2015-07-01", "2015-07-31", bodies="ocw"),
        ("--kind", "report"): digest(whole.only(kinds="report"), "2015-07-01", "2015-07-31"),
        ("--cluster", "labour-market", "--sector", "mbo"): digest(
            whole.only(clusters="labour-market", sectors="mbo"), "2015-07-01", "2015-07-31"
        ),
        ("--within", "1"): digest(whole, "2015-07-01", "2015-07-31", within_days=1),
    }.items():
        assert run(file, *JULY, *options).stdout == render(view)


def test_nothing_new_nothing_written(file: str, tmp_path: Path) -> None:
    """Neither a file nor a word on the standard output: a script has nothing to send."""
    written = tmp_path / "written.eml"
    result = run(file, "--since", "2014-01-01", "--as-of", "2014-01-31", "-o", str(written))
    assert (result.exit_code, result.stdout) == (0, "")
    message = "nothing new from 2014-01-01 up to and including 2014-01-31; wrote nothing\n"
    assert result.stderr == message
    assert not written.exists()


def test_against_an_earlier_version(file: str, tmp_path: Path) -> None:
    """What that lacks is new, whenever it was said."""
    before = tmp_path / "before.toml"
    before.write_text(PROGRAMME.replace("[measure.milestone.met]", "[measure.milestone.x]"))
    met = 'on = 2015-06-01\nsource = "letter-2015"\n'
    before.write_text(PROGRAMME.replace(f"[measure.milestone.met]\n{met}", ""), encoding="utf-8")
    autumn = ("--since", "2015-10-01", "--as-of", "2015-10-31", "--lang", "en")
    assert run(file, *autumn).stdout == ""
    found = run(file, *autumn, "--against", str(before)).stdout
    assert re.findall("^- .*?: .*?:", found, re.MULTILINE) == ["- **In force**: met:"]
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("a", "b"):
        text = PROGRAMME.replace('id = "science"', f'id = "{name}"')
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    result = run(str(folder), *autumn, "--against", str(before))
    assert result.exit_code == 2
    assert result.stderr.endswith("Error: --against compares one file; name that one\n")


def test_several_programmes(tmp_path: Path) -> None:
    """They are told together; what cannot be read hides nothing, and makes the exit code 2."""
    for name in ("a", "b"):
        text = PROGRAMME.replace('id = "science"', f'id = "{name}"')
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    result = run(str(tmp_path), *JULY)
    assert result.exit_code == 0
    assert result.stdout.count("- **Van kracht**: gerealiseerd: 1 juni 2015;") == 2
    assert result.stdout.count("; programma: ") == result.stdout.count("; maatregel: ")
    (tmp_path / "c.toml").write_text("[programme]\n", encoding="utf-8")
    broken = run(str(tmp_path), *JULY)
    assert broken.exit_code == 2
    assert broken.stdout.splitlines()[1:] == result.stdout.splitlines()[1:]


PORTFOLIO = """\
[portfolio]
id = "both"
title = { nl = "Beide", en = "Both", de = "Beide" }
language = "nl"
[[member]]
file = "plan.toml"
[[member]]
file = "schools.toml"
[[body]]
id = "ministry"
name = { nl = "Het ministerie", en = "The ministry", de = "Das Ministerium" }
same_as = ["p/ocw", "schools/ocw"]
"""


@pytest.fixture
def both(tmp_path: Path) -> Portfolio:
    """Two programmes, of which the second speaks Dutch alone, and one ministry."""
    moved = milestone("a", "due = 2014-01-01\n[[measure.milestone.revised]]\ndue = 2015-01-01\n")
    text = HEAD + moved + 'source = "later"\n'
    others = text.replace('"p"', '"schools"', 1).replace(', en = "Plan"', "")
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    (tmp_path / "schools.toml").write_text(
        others.replace('{ nl = "Plan" }', '"Scholen"'), encoding="utf-8"
    )
    (tmp_path / "portfolio.toml").write_text(PORTFOLIO, encoding="utf-8")
    return load_portfolio(str(tmp_path / "portfolio.toml"))


@pytest.mark.parametrize(
    ("address", "plan", "schools"),
    [
        (None, "a", "a"),
        (
            "https://example.org/site",
            "[a](<https://example.org/site/p/en/measure/m.html#a>)",
            "[a](<https://example.org/site/schools/measure/m.html#a>)",
        ),
    ],
)
def test_lines_name_their_programme(
    address: str | None, plan: str, schools: str, both: Portfolio
) -> None:
    """Two of one title are told apart; each leads to its own site, in a language that has it."""
    view = digest(
        both.programme,
        "2014-06-01",
        "2014-06-30",
        bodies="ministry",
        members=both.members,
        address=address,
    )
    moved = "moved: 1 January 2014 → 1 January 2015; 365 days later"
    told = "measure: Measure; responsible: The ministry; source: Second letter, 10 June 2014"
    assert render(view, "markdown", language="en").splitlines()[:6] == [
        "# Both (The ministry): what is new, 1 June 2014 to 30 June 2014",
        "",
        "## Moved (2)",
        "",
        f"- **{plan}**: {moved}; programme: Plan; {told}",
        f"- **{schools}**: {moved}; programme: Scholen; {told}",
    ]
    mail = mailed(view, language="de")
    plain, page = map(content, mail.iter_parts())
    assert plain.count("Programm: ") == page.count("Programm: ") == 2
    assert (address is None) is ("measure/m.html#a" not in page)


def test_titles_lead_to_the_site(tmp_path: Path) -> None:
    """Of one programme to its pages at the address; what is no address is refused."""
    file = tmp_path / "plan.toml"
    file.write_text(HEAD + milestone("a", "due = 2014-06-15\n"), encoding="utf-8")
    june = ("--since", "2014-06-01", "--as-of", "2014-06-30", "--lang", "en")
    result = run(str(file), *june, "--address", "https://example.org/")
    assert "- **[a](<https://example.org/en/measure/m.html#a>)**: " in result.stdout
    refused = run(str(file), *june, "--address", "example.org")
    assert refused.exit_code == 2
    assert '"example.org" is no web address; begin with https://' in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Error: Missing option '--since'.\n"),
        (
            ("--since", "yesterday"),
            "value for '--since': \"yesterday\" is no day; write it as 2014-09-01\n",
        ),
        (
            ("--since", "2014"),
            "value for '--since': \"2014\" is more than one day; write it as 2014-09-01\n",
        ),
        (
            ("--since", "2015-01-02", "--as-of", "2015-01-01"),
            "Error: the period ends on 2015-01-01, before it begins on 2015-01-02; begin earlier\n",
        ),
        ((*JULY, "--body", "ocv"), 'Error: no body "ocv"; did you mean "ocw"?\n'),
        ((*JULY, "--measure", "file"), 'Error: no measure "file"; did you mean "files"?\n'),
        ((*JULY, "--kind", "reprt"), 'Error: no kind "reprt"; did you mean "report"?\n'),
        ((*JULY, "--against", "none.toml"), "cannot read none.toml: no such file or directory\n"),
    ],
)
def test_wrong_usage(file: str, arguments: tuple[str, ...], message: str) -> None:
    """A wrong period, id or version is one clear message, and exit code 2."""
    result = run(file, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith(message)


def test_it_is_written_over_nothing_that_is_read(file: str) -> None:
    """The file would be lost."""
    result = run(file, *JULY, "-o", file)
    assert result.exit_code == 2
    assert result.stderr.endswith(f"{file} is read here, and would be lost; name another -o\n")
