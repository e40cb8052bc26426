"""What a notebook shows of each view: small, folded, escaped, and in the programme's language."""

import contextlib
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from generate import programme_text

from betatech_milestones import (
    LANGUAGES,
    Portfolio,
    Programme,
    Voice,
    as_of,
    chart,
    diff,
    incidence,
    judge,
    load_example,
    load_portfolio,
    loads,
    reference_class,
    slips,
    stats,
    tables,
)

SMALL = """\
[programme]
id = "walks"
title = "Promises to walkers"
language = "en"
timezone = "Europe/Amsterdam"
[[source]]
id = "plan"
title = "Plan"
published = 2024-01-10
[[source]]
id = "letter"
title = "Letter"
published = 2025-02-01
[[body]]
id = "paths"
name = "Ministry of Paths"
[[measure]]
id = "bridges"
title = "Bridges"
bodies = ["paths"]
source = "plan"
[[measure.milestone]]
id = "act"
title = "Act in force"
kind = "entry-into-force"
due = 2024-12-31
[[measure.milestone.revised]]
due = 2025-06-30
source = "letter"
[[measure.milestone]]
id = "map"
title = "Map of all bridges"
kind = "publication"
due = 2024-06-30
[measure.milestone.met]
on = 2024-06-01
source = "letter"
"""
DAY = "2025-08-01"


def small(language: str = "en") -> Programme:
    return loads(SMALL.replace('language = "en"', f'language = "{language}"'), path="walks.toml")


HEAD = """\
<style>.betatech-milestones :is(td,th){text-align:start!important;vertical-align:top}\
.betatech-milestones table{margin:0}.betatech-milestones summary{cursor:pointer}</style>
"""
LISTED = """\
<p><strong><bdi>Promises to walkers, as of 1 August 2025</bdi></strong>\
<br><bdi>Promises with a date: 2 (not checked since the term ended: 1, met: 1).</bdi>{more}</p>
<details open><summary>term passed, not checked since (1)</summary>
<table><tbody>
<tr><td><bdi>not checked since its term ended 4 weeks ago; newest statement: 1 February 2025</bdi>\
</td><td><bdi>Act in force</bdi><br><small><bdi>30 June 2025 (was 31 December 2024)</bdi> · \
<bdi>Ministry of Paths</bdi></small><br><code><bdi>bridges/act</bdi></code></td></tr>
</tbody></table>
</details>
<details><summary>met (1)</summary>
<table><tbody>
<tr><td><bdi>met: 1 June 2024; author of the source not recorded; in time</bdi></td><td>\
<bdi>Map of all bridges</bdi><br><small><bdi>30 June 2024</bdi> · <bdi>Ministry of Paths</bdi>\
</small><br><code><bdi>bridges/map</bdi></code></td></tr>
</tbody></table>
</details>
<p><small>A term that passed without an outcome means that none is recorded here, not that nothing \
was done. Of what has no outcome, “late” is said only where a statement made after the term tells \
that it was not done by then.</small></p>
"""
SHOWN: dict[str, tuple[Callable[[], Any], str]] = {
    "programme": (
        small,
        """\
<p><strong><bdi>Promises to walkers</bdi></strong>\
<br><bdi>Measures: 1; milestones: 2; sources: 2.</bdi></p>
<details open><summary>measures (1)</summary>
<table><tbody>
<tr><td><bdi>milestones: 2</bdi></td><td><bdi>Bridges</bdi><br><small><bdi>Ministry of Paths</bdi>\
</small><br><code><bdi>bridges</bdi></code></td></tr>
</tbody></table>
</details>
""",
    ),
    "report": (lambda: as_of(small(), DAY), LISTED.format(more="")),
    "judgement": (
        lambda: judge(as_of(small(), DAY)),
        LISTED.format(more="<br><bdi>errors: 1; warnings: 0; hints: 0</bdi>"),
    ),
    "slips": (
        lambda: slips(as_of(small(), DAY)),
        """\
<p><strong><bdi>Promises to walkers, what slipped, as of 1 August 2025</bdi></strong></p>
<details open><summary>moved (1)</summary>
<table><tbody>
<tr><td><bdi>181 days later</bdi></td><td><bdi>Act in force</bdi><br><small><bdi>Bridges</bdi> · \
<bdi>31 December 2024 → 30 June 2025</bdi> · <bdi>moves: 1</bdi> · \
<bdi>30 June 2025; Letter, 1 February 2025</bdi></small><br>\
<code><bdi>bridges/act</bdi></code></td></tr>
</tbody></table>
</details>
<details><summary>by measure (1)</summary>
<table><tbody>
<tr><td><bdi>milestones: 1</bdi></td><td><bdi>Bridges</bdi><br><small>\
<bdi>no move recorded: 0</bdi> · <bdi>moves: 1</bdi> · \
<bdi>median: 181 days later (of 1)</bdi> · <bdi>largest: 181 days later</bdi></small><br>\
<code><bdi>bridges</bdi></code></td></tr>
</tbody></table>
</details>
<details><summary>by responsible body (1)</summary>
<table><tbody>
<tr><td><bdi>milestones: 1</bdi></td><td><bdi>Ministry of Paths</bdi><br><small>\
<bdi>no move recorded: 0</bdi> · <bdi>moves: 1</bdi> · \
<bdi>median: 181 days later (of 1)</bdi> · <bdi>largest: 181 days later</bdi></small><br>\
<code><bdi>paths</bdi></code></td></tr>
</tbody></table>
</details>
""",
    ),
    "diff": (
        lambda: diff(small(), loads(SMALL.replace("Map of all", "Map of the"))),
        """\
<p><strong><bdi>Promises to walkers, what changed</bdi></strong></p>
<details open><summary>retitled (1)</summary>
<table><tbody>
<tr><td><bdi>milestone</bdi></td><td><bdi>Map of the bridges</bdi><br><small><bdi>Bridges</bdi> · \
<bdi>Map of all bridges → Map of the bridges</bdi></small><br>\
<code><bdi>bridges/map</bdi></code></td></tr>
</tbody></table>
</details>
""",
    ),
    "no diff": (
        lambda: diff(small(), small()),
        """\
<p><strong><bdi>Promises to walkers, what changed</bdi></strong></p>
<p>Nothing changed.</p>
""",
    ),
    "stats": (
        lambda: stats(as_of(small().only(measures="bridges"), "2024-07-01"), "body"),
        """\
<p><strong><bdi>Promises to walkers, what became of promises, as of 1 July 2024</bdi></strong></p>
<details open><summary>first term passed (1)</summary>
<table><tbody>
<tr><td><bdi>1</bdi></td><td><bdi>not checked since the term ended</bdi></td></tr>
</tbody></table>
</details>
<details><summary>shares of those, without what a law or a contract fixes (1)</summary>
<table><tbody>
<tr><td><bdi>0 of 1 (0\N{NO-BREAK SPACE}%)</bdi></td><td>\
<bdi>recorded as kept, in time or not</bdi><br><small>\
<bdi>no source says what became of 1 of 1</bdi></small></td></tr>
<tr><td><bdi>0 of 1 (0\N{NO-BREAK SPACE}%)</bdi></td><td>\
<bdi>recorded as kept by the first term</bdi><br><small>\
<bdi>no source says what became of 1 of 1</bdi></small></td></tr>
<tr><td><bdi>none</bdi></td><td><bdi>of those kept, in time</bdi></td></tr>
</tbody></table>
</details>
<details><summary>no first term that has passed (1)</summary>
<table><tbody>
<tr><td><bdi>1</bdi></td><td><bdi>first term not passed</bdi></td></tr>
</tbody></table>
</details>
<details><summary>by responsible body (1)</summary>
<table><tbody>
<tr><td><bdi>first term passed: 1</bdi></td><td><bdi>Ministry of Paths</bdi><br><small>\
<bdi>recorded as kept, in time or not: 0 of 1 (0\N{NO-BREAK SPACE}%)</bdi> · \
<bdi>not checked since the term ended: 1</bdi> · \
<bdi>first term not passed: 1</bdi></small><br><code><bdi>paths</bdi></code></td></tr>
</tbody></table>
</details>
<p><small>Counted are promises of which the first term has passed, whether the date was moved or \
not; moves are those of all promises. In time: by the end of that term. Where sources leave a day \
open, a share is a range, from what is surely so to what may be so. What a law or a contract fixes \
is no case of a share. No outcome means that none is recorded here, not that nothing was done. \
Fewer than 10 cases are too few to compare.</small></p>
""",
    ),
    "table": (
        lambda: tables(small(), DAY)["bodies"],
        """\
<p><strong><bdi>bodies</bdi></strong>\
<br><bdi>A row for each body that can answer for something: a ministry, a council.</bdi></p>
<details open><summary>rows (1)</summary>
<table><thead><tr><th>id</th><th>name</th></tr></thead><tbody>
<tr><td><bdi>paths</bdi></td><td><bdi>Ministry of Paths</bdi></td></tr>
</tbody></table>
</details>
<details><summary>columns (2)</summary>
<table><tbody>
<tr><td><code>id</code></td><td>string</td><td>its id</td></tr>
<tr><td><code>name</code></td><td>string</td><td>its name</td></tr>
</tbody></table>
</details>
""",
    ),
    "nothing": (
        lambda: loads(SMALL.partition("[[measure]]")[0]),
        """\
<p><strong><bdi>Promises to walkers</bdi></strong>\
<br><bdi>Measures: 0; milestones: 0; sources: 2.</bdi></p>
<p>No milestones.</p>
""",
    ),
}


@pytest.mark.parametrize(("view", "shown"), SHOWN.values(), ids=SHOWN)
def test_a_view_shows_itself(view: Callable[[], Any], shown: str) -> None:
    """Groups below a heading, the first unfolded, and what the figures mean."""
    html = f'<div class="betatech-milestones" lang="en">\n{HEAD}{shown}</div>'
    assert view()._repr_html_() == html


def portfolio(folder: Path) -> Portfolio:
    (folder / "walks.toml").write_text(SMALL, encoding="utf-8")
    (folder / "wrong.toml").write_text("[programme", encoding="utf-8")
    with contextlib.chdir(folder):  # by short names: what is long is cut off
        return load_portfolio("walks.toml", "wrong.toml")


def test_a_portfolio_shows_its_programmes_and_what_could_not_be_read(tmp_path: Path) -> None:
    """Neither hides the other, and none shows its milestones."""
    html = portfolio(tmp_path)._repr_html_()
    assert (
        html.partition("</style>\n")[2]
        == """\
<p><strong><bdi>Promises to walkers (not read: 1 of 2 files)</bdi></strong></p>
<details open><summary>programmes (1)</summary>
<table><tbody>
<tr><td><bdi>Measures: 1; milestones: 2; sources: 2.</bdi></td><td><bdi>Promises to walkers</bdi>\
<br><code><bdi>walks</bdi></code></td></tr>
</tbody></table>
</details>
<details><summary>not read (1)</summary>
<table><tbody>
<tr><td><bdi>wrong.toml</bdi></td><td><bdi>wrong.toml:1:1: error: not TOML: the \
brackets of [programme do not match; write [programme] [toml-syntax]</bdi></td></tr>
</tbody></table>
</details>
</div>"""
    )


# --- any data -------------------------------------------------------------------------------------


class Page(HTMLParser):
    """What a browser makes of it: every element is closed, and texts are texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.isolated: list[str] = []
        self.rest = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "br":
            self.open.append(tag)
        if tag == "bdi":
            self.isolated.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["bdi"]:
            self.isolated[-1] += data
        else:
            self.rest += data


ELEMENTS = {"div", "style", "p", "strong", "bdi", "details", "summary", "table", "tbody", "tr"}
ELEMENTS |= {"td", "small", "code", "br", "thead", "th"}


def views(programme: Programme) -> list[Any]:
    """Every view of a programme, by a day on which each has something to show."""
    report = as_of(programme, DAY)
    nothing = loads(SMALL.partition("[[body]]")[0])
    grouped = (stats(report, by) for by in ("body", "measure", "kind", "year"))
    shown = [programme, report, judge(report), slips(report), diff(nothing, programme), *grouped]
    return [*shown, tables(report)["milestones"]]


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "</bdi></td></table><b>",
        "\"' onmouseover='alert(1)' \"",
        "&lt;b&gt; & &amp; &#60;i>",
        "\N{RIGHT-TO-LEFT MARK}\N{HEBREW LETTER SHIN}\N{HEBREW LETTER LAMED}",
    ],
)
def test_no_text_of_the_data_is_markup(bad: str) -> None:
    """Each stands as it is in an element that keeps its direction, and nowhere else."""
    written = bad.replace('"', '\\"')
    text = re.sub('^(title|name) = "', lambda key: f"{key[0]}{written} ", SMALL, flags=re.MULTILINE)
    for view in views(loads(text)):
        page = Page(view._repr_html_())
        assert page.elements <= ELEMENTS
        assert page.attributes <= {"class", "lang", "open"}
        assert any(bad in each for each in page.isolated)
        assert bad not in page.rest


@pytest.mark.parametrize("language", LANGUAGES)
def test_views_speak_the_language_of_the_programme(language: str) -> None:
    """Whose promises they are tells in which language a notebook reads of them."""
    programme = small(language)
    *speaking, table = views(programme)
    for view in speaking:
        html = view._repr_html_()
        assert f'<div class="betatech-milestones" lang="{language}">' in html
    assert '<div class="betatech-milestones" lang="en">' in table._repr_html_()
    assert Voice(language).label("measures") in programme._repr_html_()


@pytest.mark.parametrize("character", ["x", "'", "\N{HEBREW LETTER SHIN}"])
def test_a_long_text_is_cut(character: str) -> None:
    """No title makes an output large; where no row has room, it is told how many there are."""
    text = (Path(__file__).parent / "formats" / "programme.toml").read_text(encoding="utf-8")
    long = re.sub('(nl|en) = "(?!")', lambda key: f"{key[0]}{character * 900} ", text)
    without_rows = 0
    for view in views(loads(long)):
        html = view._repr_html_()
        page = Page(html)
        assert len(html.encode()) <= 20_000
        assert f"{character * 200}…" in page.isolated
        assert max(map(len, page.isolated)) == 201
        without_rows += len(re.findall("</summary>\n<p>", html))
    assert (without_rows > 0) == (character == "'")  # which takes six characters in HTML


def test_a_number_above_a_table_has_its_thousands_apart() -> None:
    """As elsewhere, and as the language of the programme writes it."""
    programme = loads(programme_text(3_100))
    report = as_of(programme, "2013-04-01", known_on="2026-11-28")
    shown = {
        "maatregelen (1.034)": programme,
        "komend (3.007)": report,
        "rows (3,100)": tables(report)["milestones"],
    }
    for told, view in shown.items():
        assert f"<summary>{told}</summary>" in view._repr_html_()


@pytest.mark.parametrize("milestones", [100, pytest.param(6_000, marks=pytest.mark.slow)])
def test_what_a_notebook_keeps_is_small(milestones: int) -> None:
    """It is under 20 kB of any size, and what is left out is counted."""
    counted = 0
    for view in views(loads(programme_text(milestones))):
        html = view._repr_html_()
        assert Page(html).elements <= ELEMENTS
        assert len(html.encode()) <= 20_000
        for group in html.split("<details")[1:]:
            if more := re.search(r"<p>\D+ ([\d.]+): <code>", group):
                number = re.search(r"\(([\d.]+)\)</summary>", group)
                assert number is not None
                counted += 1
                assert group.count("<tr>") + int(more[1].replace(".", "")) == int(
                    number[1].replace(".", "")
                )
    assert counted > 5


def test_of_a_wide_table_the_first_columns_are_shown() -> None:
    """What the others hold is told below; an empty cell is empty."""
    report = as_of(small(), DAY)
    html = tables(report)["milestones"]._repr_html_()
    assert html.count("<th>") == 9
    assert html.count("<th>…</th>") == 1
    assert "<td><bdi>bridges/act</bdi></td><td></td><td><bdi>Act in force</bdi></td>" in html
    assert "<td><code>in_time</code></td><td>string</td>" in html


def test_the_first_rows_of_a_table_are_shown_and_the_rest_is_counted() -> None:
    """All of them are what a list of it has."""
    html = tables(load_example(), "2026-11-28")["bodies"]._repr_html_()
    assert "<summary>rows (14)</summary>" in html
    assert "</tbody></table>\n<p>And 4 more: <code>list(…)</code></p>\n</details>" in html


def test_of_an_empty_table_the_columns_are_told() -> None:
    """There is no row to show."""
    html = tables(small(), DAY)["clusters"]._repr_html_()
    assert "rows" not in html
    assert "<details open><summary>columns (" in html


def test_all_room_is_used_and_no_more() -> None:
    """A row is shown as long as all fits, with what stands above it and below."""
    head, _, measure = SMALL.replace("Ministry of Paths", "'" * 110).partition(
        "[[measure.milestone]]"
    )
    act = measure.partition("[[measure.milestone.revised]]")[0]
    largest = 0
    for length in range(150, 200):
        each = act.replace("Act in force", "'" * length)
        text = head + "".join(
            f"[[measure.milestone]]{each.replace('act', f'act-{number}', 1)}"
            for number in range(10)
        )
        size = len(as_of(loads(text), DAY)._repr_html_().encode())
        assert size <= 20_000
        largest = max(largest, size)
    assert largest > 19_900


def test_the_first_rows_are_shown_and_the_rest_is_counted() -> None:
    """A notebook is told what to write for all of it."""
    measure = SMALL.partition("[[measure]]")[2]
    several = "".join(
        f"[[measure]]{measure.replace('bridges', f'bridges-{number}')}" for number in range(25)
    )
    html = loads(SMALL.partition("[[measure]]")[0] + several)._repr_html_()
    assert html.count("<tr>") == 10
    assert "</tbody></table>\n<p>And 15 more: <code>.measures</code></p>\n</details>" in html


def test_light_and_dark_are_those_of_the_notebook() -> None:
    """Nothing fixes a colour, loads anything or runs."""
    for view in views(small()):
        html = view._repr_html_()
        for word in ("color", "background", "style=", "script", "http", "url("):
            assert word not in html


def test_nothing_that_writes_html_is_loaded_before_it_is_used() -> None:
    """A script that shows nothing pays for no view."""
    script = """\
        import sys
        from betatech_milestones import as_of, load_example
        as_of(load_example(), "2014-09-01")
        assert "betatech_milestones.formats" not in sys.modules
        as_of(load_example(), "2014-09-01")._repr_html_()
        assert "betatech_milestones.formats.notebook" in sys.modules
        """
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=True)


def test_a_chart_shows_its_picture() -> None:
    """It stands alone, with colours for light and for dark."""
    drawn = chart(stats(as_of(load_example(), "2026-11-28")), "burn-up")
    assert drawn._repr_svg_() == drawn.svg
    assert repr(drawn) == "<Chart burn-up: 166 rows>"


# --- in a line ------------------------------------------------------------------------------------


def test_a_line_tells_what_an_object_is() -> None:
    """Where a notebook cannot show a view, and wherever it is one of several."""
    programme = load_example()
    report = as_of(programme, "2026-11-28")
    standing = next(s for s in report.standings if s.milestone.full_id == "image-bank/filled")
    group = stats(report, "body").groups[0]
    then = as_of(programme, "2017-01-01")
    open_one = next(s for s in then.standings if s.milestone.id == "lasting-funding")
    lines = {
        "<Programme betatech: 19 measures, 72 milestones>": programme,
        "<Report betatech 2026-11-28: 2 overdue, 13 undated, 21 met, 2 replaced>": report,
        "<Slips betatech 2026-11-28: 3 moved, 1 unannounced>": slips(report),
        "<Diff betatech: nothing changed>": diff(programme, programme),
        "<Measure associate-degrees: 4 milestones>": programme.by_id[0].measure,
        "<Milestone image-bank/filled: undated>": standing.milestone,
        "<Standing image-bank/filled 2026-11-28: undated>": standing,
        "<Group ocw: 19 fell due of 32>": group,
        "<Incidence of 37 cases, 57 points>": incidence(report.standings),
        "<ReferenceClass of 11 cases: 6 kept within a year of their first term>": reference_class(
            then, open_one
        ),
    }
    assert [repr(each) for each in lines.values()] == [*lines]
