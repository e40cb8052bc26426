"""The picture of a page: what has a row, what it leads to, and how much there is of it."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

import pytest
from generate import programme_text
from programmes import PROGRAMME, SHIPPED
from sites import EVERY_GROUP

from betatech_milestones import Programme, Voice, as_of, loads
from betatech_milestones.formats.standings import KEYS, group_of
from betatech_milestones.pictures.axis import Axis
from betatech_milestones.pictures.density import Bins, Density, height, in_numbers
from betatech_milestones.voice.paths import Paths
from betatech_milestones.website.picture import picture

HEAD = PROGRAMME[: PROGRAMME.index("[[measure]]")].replace("seen = 2015-09-01", "seen = 2020-01-01")
DAY = "2016-01-01"
FATES = (
    "",
    'news = [{ found = "partly", source = "letter-2015" }]',
    'revised = [{ due = "2018", source = "letter-2015" }]',
    'met = { on = 2015-03-01, source = "letter-2015" }',
    'dropped = { on = 2015-04-01, source = "letter-2015", reason = "a" }',
    'commitment = "aim"',
    'met = { source = "letter-2015" }',
)


def of_many(
    number: int, each: int = 10, *, shelves: Sequence[str] = (), head: str = HEAD
) -> Programme:
    """A programme of many milestones, of every fate; each measure on one shelf after the other."""
    parts = [head]
    for n in range(number):
        if n % each == 0:
            shelf = shelves[n // each % len(shelves)] if shelves else ""
            parts.append(
                f'[[measure]]\nid = "m{n}"\ntitle = "Maatregel {n}"\n'
                f'source = "letter-2013"\n{shelf}\n'
            )
        parts.append(
            f'[[measure.milestone]]\nid = "n{n}"\nkind = "other"\ntitle = "Mijlpaal {n}"\n'
            f"due = {2013 + n % 10}-06-01\n{FATES[n // 10 % len(FATES)]}\n"
        )
    return loads("".join(parts))


def measure(*milestones: str) -> str:
    """A programme of one measure, each milestone given by its keys but for id, kind and title."""
    parts = [f'{HEAD}[[measure]]\nid = "m"\ntitle = "M"\nsource = "letter-2013"\n']
    parts += [
        f'[[measure.milestone]]\nid = "n{n}"\nkind = "other"\ntitle = "N"\n{keys}\n'
        for n, keys in enumerate(milestones)
    ]
    return "".join(parts)


def drawn(
    programme: Programme, day: str = DAY, language: str = "nl", **lists: dict[str | None, str]
) -> str:
    paths = Paths.of(programme, language)
    return picture(as_of(programme, day), language=language, paths=paths, **lists)


def elements(written: str) -> Iterator[tuple[str, dict[str, str | None]]]:
    """Every element of some markup, with its attributes."""
    found: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attributes)))

    Reader().feed(written)
    yield from found


def classed(written: str, name: str) -> list[dict[str, str | None]]:
    """The attributes of the elements of a class."""
    return [
        attributes
        for _, attributes in elements(written)
        if name in (attributes.get("class") or "").split()
    ]


def links(written: str) -> list[str | None]:
    return [attributes.get("href") for tag, attributes in elements(written) if tag == "a"]


def text(written: str) -> str:
    """What one reads."""
    return " ".join(re.sub(r"<[^>]*>", " ", written).split())


# --- a row for each milestone ---------------------------------------------------------------------


def test_a_small_programme_has_a_row_for_each_milestone() -> None:
    """Under its measure; both lead to their places on the page of the measure."""
    written = drawn(loads(PROGRAMME))
    assert links(written) == [
        "measure/files.html",
        "measure/files.html#in-force",
        "measure/files.html#progress",
    ]
    assert text(written) == (
        "dag periode uiterlijk verplaatst gerealiseerd vervallen komend stand op 1 januari 2016 "
        "1 januari 2016 valt buiten deze tijdlijn 2014 2015 2016 3.1 Dossiers Van kracht "
        "Voortgang Zonder datum, en niet getekend: 1."
    )


def test_the_page_of_another_language_leads_to_its_own() -> None:
    """From the folder in which it stands; a title that is not told in it says in which it is."""
    written = drawn(loads(PROGRAMME), language="en")
    assert links(written)[0] == "../en/measure/files.html"
    assert [attributes.get("lang") for tag, attributes in elements(written) if tag == "a"] == [
        None,
        None,
        "nl",
    ]


def test_a_row_follows_the_readers_day() -> None:
    """It tells how it stands on any day, and is hidden while nothing of it can be drawn."""
    written = drawn(loads(PROGRAMME), "2014-12-31")
    rows = [row for row in classed(written, "row") if "data-from" in row]
    assert rows == [
        {
            "class": "row upcoming",
            "data-from": "2013-02-26",
            "data-course": '[["2013-02-26","upcoming"],["2015-07-01","met"]]',
        },
        {
            "class": "row undated",
            "data-from": "2015-07-01",
            "hidden": None,
            "data-course": '[["2013-02-26","undated"],["2015-07-01","dropped"]]',
        },
    ]
    assert text(written).endswith("Zonder datum, en niet getekend: 1.")


def test_a_measure_is_there_from_its_first_row_on() -> None:
    """Before that, there is nothing to draw of it."""
    written = drawn(loads(PROGRAMME.replace("due = 2014-08-01\n", "")), "2014-01-01")
    measures = [it for tag, it in elements(written) if tag == "li" and "class" not in it]
    assert measures == [{"data-from": "2014-05-01", "hidden": None}]


def test_what_never_changes_needs_no_course() -> None:
    """Its class says how it stands, on any day."""
    met = 'commitment = "none"\nmet = { on = 2013-01-01, source = "letter-2013" }'
    rows = classed(drawn(loads(measure(met))), "row")
    assert rows[-1] == {"class": "row fact", "data-from": "2013-02-26"}


def test_the_day_is_told_where_it_is_on_the_axis() -> None:
    """A script writes the reader's."""
    (line,) = classed(drawn(loads(PROGRAMME)), "day-line")
    assert "hidden" not in line
    (line,) = classed(drawn(loads(PROGRAMME), "2026-01-01"), "day-line")
    assert "hidden" in line


@pytest.mark.parametrize(
    ("fate", "label"),
    [
        (FATES[0], "termijn verstreken, geen uitkomst vastgelegd"),
        (FATES[1], "te laat"),
        ('news = [{ found = "nothing", by = "wij", on = 2020-01-01 }]', "termijn verstreken"),
        ('replaced = { on = 2015-04-01, source = "letter-2015", reason = "a" }', "vervangen"),
    ],
)
def test_the_legend_names_what_is_drawn(fate: str, label: str) -> None:
    """On any day: the shapes, and the colours of how a milestone can stand."""
    assert label in text(drawn(loads(measure(f"due = 2014-01-01\n{fate}"))))


@pytest.mark.parametrize(
    ("programme", "sentence"),
    [
        (HEAD, "<p>Geen mijlpalen.</p>"),
        (measure(""), "<p>Geen mijlpaal heeft een datum.</p>"),
    ],
)
def test_without_dates(programme: str, sentence: str) -> None:
    """There is a sentence, and no axis."""
    assert drawn(loads(programme)) == sentence


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_only_the_first_or_the_last_year(year: str) -> None:
    """The axis is that year, by its months."""
    written = drawn(loads(measure(f'due = "{year}-05-01"')))
    assert f'data-first="{year}-01-01" data-last="{year}-12-31"' in written
    assert f"{int(year)} maart mei juli september november" in text(written)


@pytest.mark.parametrize("title", ["lang " * 200, "l" * 1_000])
def test_long_titles_are_cut(title: str) -> None:
    """On a word, where there is one."""
    written = drawn(loads(PROGRAMME.replace("Van kracht", title.strip())))
    assert len(written) < 4_000
    assert f"{title[:115].strip()}" in written
    assert "…" in written


def test_titles_are_no_markup() -> None:
    """Whatever they hold."""
    written = drawn(loads(PROGRAMME.replace("Van kracht", "<script>'&amp;")))
    assert "&lt;script&gt;&#39;&amp;amp;" in written


# --- how many milestones lie ----------------------------------------------------------------------


CLUSTERS = ('cluster = "labour-market"', "")
BODIES = ('bodies = ["ocw"]', "")
NO_CLUSTERS = re.sub(r"\[\[cluster\]\][^\[]*", "", HEAD)


@pytest.mark.parametrize(
    ("head", "shelves", "titles"),
    [
        (HEAD, CLUSTERS, ["Alle", "Arbeidsmarkt", "Overige"]),
        (NO_CLUSTERS, BODIES, ["Alle", "Ministerie van OCW", "Zonder genoemde verantwoordelijke"]),
        (NO_CLUSTERS, (), ["Alle"]),
    ],
)
def test_a_large_programme_is_drawn_by_cluster_or_by_body(
    head: str, shelves: Sequence[str], titles: list[str]
) -> None:
    """All at once, then each; what is in none comes last."""
    written = drawn(of_many(160, shelves=shelves, head=head))
    named = re.findall(r'<span class="name"><span dir="auto">(.*?)</span>', written)
    assert named == titles


def test_a_group_opens_to_its_measures() -> None:
    """Each leads to its page; the bars say in words what they show."""
    written = drawn(of_many(160, shelves=CLUSTERS))
    assert links(written)[:2] == ["measure/m0.html", "measure/m20.html"]
    assert [tag for tag, _ in elements(written)].count("details") == 2
    labels = [density.get("aria-label") for density in classed(written, "density")]
    by_year = (
        "Termijnen: 2013: 14, 2014: 14, 2015: 14, 2016: 14, 2017: 14, 2018: 34, "
        "2019: 14, 2020: 14, 2021: 14, 2022: 14. Uitkomsten: 2015: 40. Verplaatsingen: 2015: 20"
    )
    assert by_year in labels
    assert "mijlpalen: 10; te laat: 3; komend: 7" in labels


def test_numbers_stand_beside_the_bars() -> None:
    """How many milestones, and how many of each sort; and by whose knowledge."""
    written = text(drawn(of_many(160, shelves=CLUSTERS)))
    assert (
        "Alle mijlpalen: 160; te laat: 9; termijn verstreken, daarna niet nagegaan: 9; "
        "komend: 76; datum van een streven of verwachting verstreken: 6; gerealiseerd: 40; "
        "vervallen: 20; verplaatsingen: 20"
    ) in written
    assert written.endswith("Geteld is wat op 1 januari 2016 bekend was.")


@pytest.mark.parametrize("day", [dt.date(2014, 12, 31), dt.date(2026, 11, 27)])
@pytest.mark.parametrize("programme", [SHIPPED, loads(EVERY_GROUP)], ids=["shipped", "every group"])
def test_the_numbers_are_those_of_the_page(programme: Programme, day: dt.date) -> None:
    """Facts apart, and what ended on no day, or by itself, too: no bar is needed for that."""
    standings, voice = as_of(programme, day).standings, Voice("nl")
    numbers = in_numbers(Density.of(standings, Bins.of(Axis.of([day]))), voice)
    found = Counter(map(group_of, standings))
    told = [voice.pair(voice.label(key), found[key]) for key in KEYS if found[key]]
    whole, *parts = numbers.split("; ")
    assert whole == voice.pair("mijlpalen", len(standings))
    assert [part for part in parts if "verplaatsingen" not in part] == told


def test_what_is_known_later_is_not_counted() -> None:
    """A density is of the day of its page."""
    assert "mijlpalen: 160; komend" in text(drawn(of_many(160), "2013-03-01"))


@pytest.mark.parametrize(
    ("head", "shelves", "lists", "leads"),
    [
        (HEAD, CLUSTERS, {}, ["#measures", "#measures"]),
        (
            HEAD,
            CLUSTERS,
            {"labour-market": "measures/1.html", None: "measures/2.html"},
            ["measures/1.html", "measures/2.html"],
        ),
        (NO_CLUSTERS, BODIES, {None: "measures/1.html"}, ["body/ocw.html", "measures/1.html"]),
    ],
)
def test_a_very_large_programme_leads_to_lists(
    head: str, shelves: Sequence[str], lists: dict[str | None, str], leads: list[str]
) -> None:
    """Where its measures are too many for one page; bodies have pages of their own."""
    assert links(drawn(of_many(330, 1, shelves=shelves, head=head), lists=lists)) == leads


def test_small_groups_stand_together_where_there_are_very_many() -> None:
    """The picture is within a screen or two."""
    bodies = [f"b{n}" for n in range(60)]
    head = NO_CLUSTERS + "".join(f'[[body]]\nid = "{id_}"\nname = "B {id_}"\n' for id_ in bodies)
    written = drawn(of_many(160, 1, shelves=[f'bodies = ["{id_}"]' for id_ in bodies], head=head))
    assert written.count('<span class="name">') == 26
    assert "Zonder genoemde verantwoordelijke" in written


def test_many_marks_are_too_many_rows() -> None:
    """What has very many moves is drawn as a density, too."""
    moves = "".join(
        f'[[measure.milestone.revised]]\ndue = 2018-01-{day:02}\nsource = "letter-2015"\n'
        f"announced = 2015-01-{day:02}\n"
        for day in range(1, 29)
    )
    many = loads(measure(*[f"due = 2014-01-01\n{moves}"] * 30))
    assert "Geteld is wat" in text(drawn(many))


SIZES = [(150, 1), (151, 1), (230, 1), (600, 3)]


@pytest.mark.parametrize(("number", "each"), SIZES)
def test_the_picture_is_small(number: int, each: int) -> None:
    """Less than half of what a page may take."""
    written = drawn(of_many(number, each, shelves=CLUSTERS))
    assert len(list(elements(written))) < 1_500
    assert len(written.encode()) < 120_000


@pytest.mark.slow
def test_the_picture_of_a_very_large_programme_is_small() -> None:
    """It is the same however many milestones there are."""
    whole = loads(programme_text(3_000))
    written = drawn(whole)
    assert len(list(elements(written))) < 200
    assert len(written) < 25_000


def test_no_inline_style_or_script() -> None:
    """The policy of the pages forbids them."""
    for programme in (SHIPPED, of_many(160, shelves=CLUSTERS)):
        for tag, attributes in elements(drawn(programme)):
            assert tag not in {"style", "script"}
            assert not {name for name in attributes if name == "style" or name.startswith("on")}


# --- bins -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "number", "bin_"),
    [
        (2013, 2018, 24, "quarters"),
        (2010, 2021, 48, "quarters"),
        (2010, 2022, 13, "years"),
        (2000, 2047, 48, "years"),
        (2000, 2048, 25, "two years"),
        (2, 9998, 20, "five hundred years"),
    ],
)
def test_bins(first: int, last: int, number: int, bin_: str) -> None:
    """About as many as one can tell apart; every day is in one of them."""
    bins = Bins.of(Axis.of([dt.date(first, 5, 1), dt.date(last, 5, 1)]))
    assert len(bins.starts) == number, bin_
    assert (bins.at(dt.date(first, 1, 1)), bins.at(dt.date(last, 12, 31))) == (0, number - 1)
    assert (bins.at(dt.date.min), bins.at(dt.date.max)) == (0, number - 1)
    assert bins.span(0)[0] == 0
    assert bins.span(number - 1)[1] == 100


def test_density() -> None:
    """Terms by how they stand, and what happened: a first date is no move, and no date is none."""
    whole = loads(
        measure(
            "due = 2014-01-01",
            'due = "[2014..]"',
            "",
            FATES[2],
            f"due = 2014-01-01\n{FATES[2]}",
            f"due = 2014-01-01\n{FATES[3]}",
            f"due = 2014-01-01\n{FATES[4]}",
            'commitment = "aim"\ndue = 2014-01-01',
            f'commitment = "none"\n{FATES[3]}',
        )
    )
    bins = Bins.of(Axis.of([dt.date(2000, 1, 1), dt.date(2020, 1, 1)]))
    density = Density.of(as_of(whole, DAY).standings, bins)
    assert density.milestones == 9
    assert density.groups == {
        "unchecked": 1,
        "undated": 2,
        "upcoming": 2,
        "met": 1,
        "dropped": 1,
        "passed": 1,
        "fact": 1,
    }
    assert density.counts == {
        ("settled", 14): 2,
        ("lapsed", 14): 2,
        ("coming", 14): 1,
        ("coming", 18): 2,
        ("met", 15): 1,
        ("fact", 15): 1,
        ("dropped", 15): 1,
        ("moved", 15): 1,
    }
    assert density.looks == {"settled", "lapsed", "coming", "met", "fact", "dropped", "moved"}


def test_a_measure_of_which_nothing_is_known_has_no_row() -> None:
    """On the day of the page."""
    assert links(drawn(of_many(160), "2013-02-25")) == []


def test_nothing_has_a_height() -> None:
    """Where no milestone is known yet, one would have all the room."""
    assert height([], 640, 360) == height([Density.together([])], 640, 360) == 360
