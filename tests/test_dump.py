"""A programme becomes the file that a person would have written, and reads back equal."""

import datetime as dt
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import Phase, given, seed, settings
from programmes import PROGRAMME
from strategies import lines, programmes, prose
from systems import posix

import betatech_milestones
from betatech_milestones import Milestone, PolicyDate, Programme, Source, Texts, load, loads
from betatech_milestones.datafile import format as data_format
from betatech_milestones.datafile.dump import CannotWrite, dump, dumps

MODEL: Any = betatech_milestones
"""Its records read what a file would hold, and their types tell what they hold from then on."""
ROOT = Path(__file__).parents[1]
LETTER: Source = MODEL.Source(
    id="letter", title={"nl": "Brief", "en": "Letter"}, published="2015-07-01"
)
PAGE: Source = MODEL.Source(
    id="page",
    title={"nl": "Pagina"},
    kind="website",
    by=MODEL.Body(id="ocw", formerly=("ocenw",), name={"nl": "OCW", "en": "Ministry of Education"}),
    reference="p. 3",
    published="augustus 2015",
    seen="2015-09-01",
    url="https://example.org/page",
    archived="https://example.org/2015/page",
)


def programme(milestone: Milestone | None = None, **fields: Any) -> Programme:
    """A programme of one measure with one milestone, or of what is given."""
    milestones = () if milestone is None else (milestone,)
    measure = MODEL.Measure(
        **{"id": "one", "title": {"nl": "Een"}, "source": LETTER, "milestones": milestones}
        | fields.pop("measure", {})
    )
    given = {
        "id": "plan",
        "title": {"nl": "Plan"},
        "language": "nl",
        "timezone": "Europe/Amsterdam",
        "sources": (LETTER,),
        "measures": (measure,),
    }
    return Programme(**given | fields)


def milestone(**fields: Any) -> Milestone:
    """A milestone with a few fields that matter."""
    return MODEL.Milestone(  # type: ignore[no-any-return]
        **{"id": "a", "title": {"nl": "A"}, "source": LETTER} | fields
    )


# --- the whole file -------------------------------------------------------------------------------

WHOLE: Programme = MODEL.Programme(
    id="plan",
    title={"nl": "Plan", "en": "Plan"},
    language="nl",
    timezone="Europe/Amsterdam",
    fiscal_year="04-01",
    date_order="dmy",
    periods=(
        MODEL.Period(
            name="zomerreces 2015",
            also_called=["de zomer 2015"],
            first="2015-07-03",
            last="2015-08-31",
        ),
    ),
    sources=(LETTER, PAGE),
    clusters=(MODEL.Cluster(id="group", title={"nl": "Groep"}, number=3),),
    sectors=(MODEL.Sector(id="mbo", title={"nl": "mbo"}),),
    bodies=(PAGE.by,) if PAGE.by else (),
    kinds=(MODEL.OwnKind(id="consultation", title={"nl": "Raadpleging"}),),
    measures=(
        MODEL.Measure(
            id="files",
            formerly=("dossiers",),
            code="M 3",
            title={"nl": "Dossiers"},
            summary={
                "nl": "Minder en bredere dossiers: elke opleiding werkt met een nieuw dossier, en "
                "voor elk dossier is er een werkgever die het mee vaststelt.",
                "en": "Fewer and broader files.",
            },
            cluster=MODEL.Cluster(id="group", title={"nl": "Groep"}, number=3),
            sectors=(MODEL.Sector(id="mbo", title={"nl": "mbo"}),),
            bodies=(PAGE.by,) if PAGE.by else (),
            source=LETTER,
            locator="3.1",
            budgets=(
                MODEL.Budget(
                    amount=11_700_000,
                    currency="EUR",
                    per="year",
                    years=(2012, 2015),
                    each=12,
                    source=PAGE,
                    note={"nl": "samen"},
                ),
            ),
            milestones=(
                MODEL.Milestone(
                    id="in-force",
                    formerly=("dossiers/start", "files/start", "exams/start", "dossiers/in-force"),
                    code="M 3-1",
                    title={"nl": "Van kracht"},
                    summary={"nl": "Eerste alinea.\n\nTweede alinea."},
                    kind=MODEL.OwnKind(id="consultation", title={"nl": "Raadpleging"}),
                    commitment="deadline",
                    due="2015-08-01",
                    source=PAGE,
                    further_sources=(LETTER,),
                    note={"nl": 'de "tabel" noemt 2016'},
                    locator="blz. 2",
                    own_bodies=(),
                    also=("exams",),
                    corrected={"nl": "er stond een dag te veel"},
                    revisions=(
                        MODEL.Revision(
                            due=PolicyDate(
                                "2016-08~",
                                words="over een jaar",
                                translations={"en": "in a year"},
                            ),
                            goal=Decimal("1.50"),
                            bodies=(PAGE.by,) if PAGE.by else (),
                            source=PAGE,
                            announced="2015-09-02",
                            reason={"nl": "meer tijd"},
                            note={"nl": "mondeling"},
                        ),
                        MODEL.Revision(
                            due="zomer 2017",
                            source=MODEL.Source(
                                id="letter", title=LETTER.title, published="2015-07-01"
                            ),
                            announced="2015-09-03",
                        ),
                    ),
                    news=(
                        MODEL.News(
                            found="partly",
                            says={"nl": "de helft"},
                            by="inspectie",
                            source=PAGE,
                            note={"nl": "op hun site"},
                        ),
                        MODEL.News(on="2015-09-09", found="nothing", by="redactie"),
                    ),
                    outcomes=(
                        MODEL.Dropped(on=2015, source=LETTER, reason={"nl": "niet nodig"}),
                        MODEL.Met(
                            on=PolicyDate("[..2015-08]", words=""),
                            source=PAGE,
                            note={"nl": "toch"},
                        ),
                    ),
                    number=MODEL.Number(
                        unit={"nl": "dossiers"},
                        goal=3500,
                        baseline=0,
                        readings=(
                            MODEL.Reading(on=2015, value=9, source=LETTER),
                            MODEL.Reading(
                                on="zomer 2016",
                                value=12_000,
                                kind="planned",
                                source=LETTER,
                                note={"nl": "raming"},
                            ),
                        ),
                    ),
                    snoozed=MODEL.Snooze(
                        until="2016-01-01",
                        since="2015-10-01",
                        by="redactie",
                        reason={"nl": "wordt nagevraagd"},
                    ),
                ),
            ),
        ),
        MODEL.Measure(
            id="exams",
            title={"nl": "Examens"},
            source=PAGE,
            milestones=(
                MODEL.Milestone(
                    id="asked",
                    title={"nl": "Scholen geraadpleegd"},
                    kind="other",
                    due=PolicyDate(None, words="doorlopend"),
                    source=PAGE,
                    outcomes=(
                        MODEL.Replaced(by="files/in-force", source=PAGE, reason={"nl": "opgegaan"}),
                    ),
                ),
            ),
        ),
    ),
)
WRITTEN = '''\
#:schema ./milestones.schema.json

[programme]
id = "plan"
title = { nl = "Plan", en = "Plan" }
language = "nl"
timezone = "Europe/Amsterdam"
fiscal_year = "04-01"
date_order = "dmy"

[[period]]
name = "zomerreces 2015"
also_called = ["de zomer 2015"]
first = 2015-07-03
last = 2015-08-31

[[source]]
id = "letter"
title = { nl = "Brief", en = "Letter" }
published = 2015-07-01

[[source]]
id = "page"
title = "Pagina"
kind = "website"
by = "ocw"
reference = "p. 3"
published = "augustus 2015"
seen = 2015-09-01
url = "https://example.org/page"
archived = "https://example.org/2015/page"

[[cluster]]
id = "group"
title = "Groep"
number = 3

[[sector]]
id = "mbo"
title = "mbo"

[[body]]
id = "ocw"
formerly = ["ocenw"]
name = { nl = "OCW", en = "Ministry of Education" }

[[kind]]
id = "consultation"
title = "Raadpleging"

[[measure]]
id = "files"
formerly = ["dossiers"]
code = "M 3"
title = "Dossiers"
summary.nl = """\\
  Minder en bredere dossiers: elke opleiding werkt met een nieuw dossier, en voor elk dossier is \\
  er een werkgever die het mee vaststelt."""
summary.en = "Fewer and broader files."
cluster = "group"
sectors = ["mbo"]
bodies = ["ocw"]
source = "letter"
locator = "3.1"

[[measure.budget]]
amount = 11_700_000
currency = "EUR"
per = "year"
years = [2012, 2015]
each = 12
source = "page"
note = "samen"

[[measure.milestone]]
id = "in-force"
formerly = ["start", "exams/start"]
code = "M 3-1"
title = "Van kracht"
summary = """
Eerste alinea.

Tweede alinea."""
kind = "consultation"
commitment = "deadline"
due = 2015-08-01
sources = ["page", "letter"]
note = "de \\"tabel\\" noemt 2016"
locator = "blz. 2"
bodies = []
also = ["exams"]
corrected = "er stond een dag te veel"

[[measure.milestone.revised]]
due = { words = { nl = "over een jaar", en = "in a year" }, edtf = "2016-08~" }
goal = 1.50
bodies = ["ocw"]
source = "page"
announced = 2015-09-02
reason = "meer tijd"
note = "mondeling"

[[measure.milestone.revised]]
due = "zomer 2017"
source = "letter"
announced = 2015-09-03

[[measure.milestone.news]]
on = 2015-08-31
found = "partly"
says = "de helft"
by = "inspectie"
source = "page"
note = "op hun site"

[[measure.milestone.news]]
on = 2015-09-09
found = "nothing"
by = "redactie"

[measure.milestone.snoozed]
until = 2016-01-01
since = 2015-10-01
by = "redactie"
reason = "wordt nagevraagd"

[measure.milestone.met]
on = { edtf = "[..2015-08]" }
source = "page"
note = "toch"

[measure.milestone.dropped]
on = 2015
source = "letter"
reason = "niet nodig"

[measure.milestone.number]
unit = "dossiers"
goal = 3500
baseline = 0

[[measure.milestone.number.reading]]
on = 2015
value = 9
source = "letter"

[[measure.milestone.number.reading]]
on = "zomer 2016"
value = 12_000
kind = "planned"
source = "letter"
note = "raming"

[[measure]]
id = "exams"
title = "Examens"
source = "page"

[[measure.milestone]]
id = "asked"
title = "Scholen geraadpleegd"
kind = "other"
due = { words = "doorlopend" }

[measure.milestone.replaced]
by = "files/in-force"
source = "page"
reason = "opgegaan"
'''


def test_the_whole_format() -> None:
    """Every key stands where the data format has it, and what the loader supplies is left out."""
    assert dumps(WHOLE) == WRITTEN
    assert loads(WRITTEN) == WHOLE


FILES = [
    *(ROOT / "data").glob("*.toml"),
    *(ROOT / "examples").glob("*.toml"),
    *(ROOT / "tests" / "formats").glob("*.toml"),
]


def documented() -> str:
    """The examples of `docs/data-format.md`, which are one programme."""
    page = (ROOT / "docs" / "data-format.md").read_text(encoding="utf-8")
    return "\n".join(re.findall(r"^```toml\n(.*?)^```", page, re.DOTALL | re.MULTILINE))


def read_from(file: Path) -> str:
    return file.read_text(encoding="utf-8")


TOML = {
    "documented": documented(),
    "shared": PROGRAMME,
    **{file.stem: read_from(file) for file in FILES},
}


@pytest.mark.parametrize("name", TOML)
def test_what_was_read_is_written_and_read_back(name: str) -> None:
    """The files of this repository say the same when they are written anew, twice the same."""
    read = loads(TOML[name])
    written = dumps(read)
    assert loads(written) == read
    assert dumps(loads(written)) == written


@pytest.mark.slow
@given(programmes())
def test_any_programme_reads_back_equal(made: Programme) -> None:
    """Whatever the model can hold is in the file, and is written in one way."""
    written = dumps(made)
    read = loads(written)
    assert read == made
    assert dumps(read) == written


TABLES = {
    ("programme",): "_PROGRAMME",
    ("period",): "_PERIOD",
    ("source",): "_SOURCE",
    ("cluster",): "_CLUSTER",
    ("sector",): "_SECTOR",
    ("body",): "_BODY",
    ("kind",): "_KIND",
    ("measure",): "_MEASURE",
    ("measure", "budget"): "_BUDGET",
    ("measure", "milestone"): "_MILESTONE",
    ("measure", "milestone", "revised"): "_REVISION",
    ("measure", "milestone", "news"): "_NEWS",
    ("measure", "milestone", "snoozed"): "_SNOOZE",
    ("measure", "milestone", "met"): "_MET",
    ("measure", "milestone", "dropped"): "_DROPPED",
    ("measure", "milestone", "replaced"): "_REPLACED",
    ("measure", "milestone", "number"): "_NUMBER",
    ("measure", "milestone", "number", "reading"): "_READING",
}


def keys_of(document: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every key in a parsed file, without the places in its arrays."""
    if isinstance(document, list):
        for one in document:
            yield from keys_of(one, at)
    elif isinstance(document, dict):
        for key, value in document.items():
            yield (*at, key)
            yield from keys_of(value, (*at, key))


@pytest.mark.slow
def test_every_key_of_the_format_is_written() -> None:
    """The programmes that are made for these tests have each of its keys, so none is forgotten."""
    missing = {(*at, key) for at, name in TABLES.items() for key in getattr(data_format, name)}

    @settings(max_examples=50, database=None, phases=[Phase.generate])
    @given(programmes())
    def write(made: Programme) -> None:
        missing.difference_update(keys_of(tomllib.loads(dumps(made))))

    for chosen in range(80):
        if missing:
            seed(chosen)(write)()
    assert missing == set()


@pytest.mark.slow
def test_an_editor_has_nothing_to_do(tmp_path: Path) -> None:
    """The formatter of a TOML editor leaves a written file as it is."""
    tombi = Path(sys.executable).with_name("tombi")
    if not tombi.exists() and shutil.which("tombi") is None:
        pytest.skip("there is no tombi here")
    for name, text in TOML.items():
        (tmp_path / f"{name}.toml").write_text(dumps(loads(text)), encoding="utf-8")
    (tmp_path / "whole.toml").write_text(WRITTEN, encoding="utf-8")
    done = subprocess.run(
        [tombi, "format", "--offline", "--check", *tmp_path.glob("*.toml")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


# --- values ---------------------------------------------------------------------------------------

LONG = " ".join(["lang"] * 25)
FULL = " ".join(["lange", *["lang"] * 18])
"""As much as there is room for on one of several lines."""

TEXTS = {
    "kort": '"kort"',
    'met "aanhaling" en C:\\': r'"met \"aanhaling\" en C:\\"',
    "een\ttab": r'"een\ttab"',
    "een\rregel": r'"een\rregel"',
    "een\ntwee": '"""\neen\ntwee"""',
    "een \ntwee": '"""\neen\\u0020\ntwee"""',
    "een\r\ntwee": '"""\neen\\r\ntwee"""',
    'een\n"""twee""""': '"""\neen\n\\"""twee\\"\\""\\""""',
    LONG: '"""\\\n  ' + " ".join(["lang"] * 19) + " \\\n  " + " ".join(["lang"] * 6) + '"""',
    f"een\n{LONG}": '"""\neen\n' + " ".join(["lang"] * 19) + " \\\n" + "lang " * 5 + 'lang"""',
    f"{FULL} lang": f'"""\\\n  {FULL} \\\n  lang"""',
    "-" * 120: f'"{"-" * 120}"',
}


@pytest.mark.parametrize("text", TEXTS)
def test_how_a_text_is_written(text: str) -> None:
    """On one line, if it fits; and else as long texts are written by hand."""
    made = programme(milestone(note={"nl": text}))
    assert f"\nnote = {TEXTS[text]}\n" in dumps(made)
    assert loads(dumps(made)) == made


@pytest.mark.parametrize(("length", "fits"), [(100, True), (101, False)])
def test_a_line_has_room_for_a_hundred_characters(length: int, *, fits: bool) -> None:
    """With one more, a text has lines of its own, and one by language a line for each."""
    words = "een " * 30
    for before, behind in (('note = "', '"'), ('note = { nl = "', '", en = "x" }')):
        text = f"{words[: length - len(before) - len(behind) - 1]}."
        note = {"nl": text} | ({"en": "x"} if "en" in behind else {})
        written = dumps(programme(milestone(note=note)))
        assert (f"\n{before}{text}{behind}\n" in written) is fits


@given(lines | prose)
def test_any_text_is_read_back(text: str) -> None:
    """Quotes, backslashes and white space mean in the file what they are."""
    made = programme(milestone(note={"nl": text, "en": f"{text}\n{text}"}))
    assert loads(dumps(made)) == made


def test_texts_by_language_that_do_not_fit_on_a_line() -> None:
    """Each then has a line of its own, as deep as it goes."""
    words = "ergens in de jaren waarin dit nog geen vaste datum had, na 2014"
    due = PolicyDate("2015~", words=words, translations={"en": "some day, after 2014"})
    assert (
        f'\ndue.words.nl = "{words}"\ndue.words.en = "some day, after 2014"\ndue.edtf = "2015~"\n'
    ) in dumps(programme(milestone(due=due)))


DATES = [
    (PolicyDate.parse(dt.date(2015, 1, 2)), "2015-01-02"),
    (PolicyDate.parse("2 januari 2015"), '"2 januari 2015"'),
    (PolicyDate.parse(2015), "2015"),
    (PolicyDate("2015-01-02~"), '"2015-01-02~"'),
    (PolicyDate("2014-22", words="zomer 2014"), '"zomer 2014"'),
    (PolicyDate("2015-01-02", words="vandaag"), '{ words = "vandaag", edtf = "2015-01-02" }'),
    (
        PolicyDate("2015-01-02~", words="2015-01-02"),
        '{ words = "2015-01-02", edtf = "2015-01-02~" }',
    ),
    (PolicyDate(None, words="doorlopend"), '{ words = "doorlopend" }'),
    (
        PolicyDate("2014-22", words="zomer 2014", translations={"nl": "nee", "en": "summer 2014"}),
        '{ words = { nl = "zomer 2014", en = "summer 2014" }, edtf = "2014-22" }',
    ),
]


@pytest.mark.parametrize(("date", "written"), DATES)
def test_how_a_date_is_written(date: PolicyDate, written: str) -> None:
    """Bare where it tells itself, and else with its words and their reading."""
    made = programme(milestone(due=date))
    assert f"\ndue = {written}\n" in dumps(made)
    assert loads(dumps(made)) == made


def test_a_date_in_the_words_of_the_programme_is_written_bare() -> None:
    """Its periods, and the order of its dates, tell what such words mean."""
    recess = MODEL.Period(name="zomerreces 2015", first="2015-07-03", last="2015-08-31")
    text = dumps(programme(milestone(), periods=(recess,), date_order="mdy"))
    for words in ("zomerreces 2015", "07/04/2015"):
        due = f'\ndue = "{words}"\n'
        assert due in dumps(loads(text.rstrip() + due)), words


COMMITMENTS = [
    ("uiterlijk 1 juli 2014", "deadline", 0),
    ("uiterlijk 1 juli 2014", "planned", 1),
    ("naar verwachting medio 2014", "forecast", 0),
    ("naar verwachting medio 2014", "planned", 1),
    ("2014", "planned", 0),
    (None, "planned", 0),
    (None, "aim", 1),
]


@pytest.mark.parametrize(("due", "commitment", "times"), COMMITMENTS)
def test_a_commitment_is_written_where_the_date_does_not_say_it(
    due: str | None, commitment: str, times: int
) -> None:
    """What the words promise of themselves stands in no key."""
    made = programme(milestone(due=due, commitment=commitment))
    assert dumps(made).count(f'\ncommitment = "{commitment}"\n') == times
    assert loads(dumps(made)) == made


def test_a_hedge_that_the_words_will_have_when_read() -> None:
    """A date made in a script has none, and the loader reads one: the commitment is kept."""
    due = PolicyDate("2014", words="naar verwachting in 2014")
    made = programme(milestone(due=due))
    assert '\ncommitment = "planned"\n' in dumps(made)
    assert loads(dumps(made)) == made


NUMBERS = {
    9999: "9999",
    10000: "10_000",
    Decimal("1.50"): "1.50",
    Decimal("1E-7"): "1E-7",
    Decimal("1E+3"): "1000",
    Decimal("2E+4"): "20_000",
    Decimal("-0.0"): "0.0",
}


@pytest.mark.parametrize("number", NUMBERS)
def test_how_a_number_is_written(number: int | Decimal) -> None:
    """As people write numbers, with the decimals that it was given with."""
    made = programme(milestone(number=MODEL.Number(unit={"nl": "klassen"}, goal=number)))
    assert f"\ngoal = {NUMBERS[number]}\n" in dumps(made)
    assert loads(dumps(made)) == made


# --- what the file leaves out ---------------------------------------------------------------------


def test_what_a_milestone_has_of_its_measure_is_left_out() -> None:
    """The same sources, and the same place in them, are said once."""
    measure = {"locator": "3.1", "further_sources": (PAGE,)}
    known = {"sources": (LETTER, PAGE), "bodies": (PAGE.by,)}
    one = milestone(locator="3.1", further_sources=(PAGE,))
    assert dumps(programme(one, measure=measure, **known)).endswith(
        'sources = ["letter", "page"]\nlocator = "3.1"\n\n'
        '[[measure.milestone]]\nid = "a"\ntitle = "A"\nkind = "other"\n'
    )
    other = milestone(source=PAGE)
    assert dumps(programme(other, measure=measure, **known)).endswith(
        '[[measure.milestone]]\nid = "a"\ntitle = "A"\nkind = "other"\nsource = "page"\n'
    )
    same_place = milestone(source=PAGE, locator="3.1")
    assert dumps(programme(same_place, measure=measure, **known)).endswith(
        'source = "page"\nlocator = "3.1"\n'
    )


def test_the_day_of_the_first_source_of_a_move_is_left_out() -> None:
    """It was announced then, if nothing else is said."""
    move = MODEL.Revision(due=2016, source=PAGE, further_sources=(LETTER,))
    made = programme(milestone(revisions=(move,)), sources=(LETTER, PAGE), bodies=(PAGE.by,))
    assert dumps(made).endswith('\ndue = 2016\nsources = ["page", "letter"]\n')
    assert loads(dumps(made)) == made


# --- what cannot be written -----------------------------------------------------------------------

REFUSED: dict[str, tuple[Programme, str]] = {
    "a text without the programme's language": (
        programme(milestone(title={"en": "A"})),
        (
            'measure "one", milestone "a": title: has no text in the programme\'s language; '
            'add nl = "…"'
        ),
    ),
    "a text with another language first": (
        programme(milestone(title={"en": "A", "nl": "B"})),
        (
            'measure "one", milestone "a", title: {"en": "A", "nl": "B"} would be read back as '
            '{"nl": "B", "en": "A"}'
        ),
    ),
    "a text with white space around it": (
        programme(milestone(title={"nl": " A"})),
        'measure "one", milestone "a", title: {"nl": " A"} would be read back as {"nl": "A"}',
    ),
    "two spaces where there is one": (
        programme(milestone(code="a  b")),
        'measure "one", milestone "a", code: "a  b" would be read back as "a b"',
    ),
    "half a character": (
        programme(milestone(code="a\ud800b")),
        'measure "one", milestone "a": "a?b" has half a character at its ?; write it in UTF-8',
    ),
    "half a character in a list": (
        programme(
            periods=(
                MODEL.Period(
                    name="x", also_called=["\ud800"], first="2015-01-01", last="2015-01-01"
                ),
            )
        ),
        'period "x": "?" has half a character at its ?; write it in UTF-8',
    ),
    "the name of a publisher with white space behind it": (
        programme(publisher=MODEL.Publisher(name={"nl": "OCW "})),
        'publisher "OCW ", name: {"nl": "OCW "} would be read back as {"nl": "OCW"}',
    ),
    "the programme's own title": (
        programme(title={"en": "Plan"}),
        'programme: title: has no text in the programme\'s language; add nl = "…"',
    ),
    "a source that the programme does not have": (
        programme(milestone(), sources=()),
        (
            'measure "one": source: there is no source "letter"; add a [[source]] with this id, or '
            "name another"
        ),
    ),
    "a source that is not the one of the programme": (
        programme(sources=(attrs.evolve(LETTER, title=Texts({"nl": "Kamerbrief"})),)),
        (
            'measure "one", source "letter", title: {"nl": "Brief", "en": "Letter"} would be read '
            'back as {"nl": "Kamerbrief"}'
        ),
    ),
    "a note on a measure": (
        programme(measure={"note": {"nl": "let op"}}),
        'measure "one", note: {"nl": "let op"} would be read back as nothing',
    ),
    "no place in a source, where the measure has one": (
        programme(milestone(), measure={"locator": "3.1"}),
        'measure "one", milestone "a", locator: nothing would be read back as "3.1"',
    ),
    "ids that follow from those of the measure": (
        programme(milestone(), measure={"formerly": ("x",)}),
        'measure "one", milestone "a", formerly: nothing would be read back as ["x/a"]',
    ),
    "ids of another measure alone, where its own has had others": (
        programme(milestone(formerly=("y/a",)), measure={"formerly": ("x",)}),
        ('measure "one", milestone "a", formerly: ["y/a"] would be read back as ["y/a", "x/a"]'),
    ),
    "a former id that is not a full one": (
        programme(milestone(formerly=("old",))),
        'measure "one", milestone "a", formerly: "old" would be read back as "one/old"',
    ),
    "a promised date without words": (
        programme(milestone(due=PolicyDate("2014", words=""))),
        'measure "one", milestone "a": [measure.milestone.due] lacks words; add words = "…"',
    ),
    "words that contradict their date": (
        programme(milestone(due=PolicyDate("2014", words="zomer 2015"))),
        (
            'measure "one", milestone "a": due: "zomer 2015" means 2015-22, and edtf says 2014; '
            "write the words alone, or mend the edtf"
        ),
    ),
    "a reading of no date": (
        programme(
            milestone(
                number=MODEL.Number(
                    unit={"nl": "x"}, readings=(MODEL.Reading(source=LETTER, value=1),)
                )
            )
        ),
        (
            'measure "one", milestone "a", number, reading 1: [[measure.milestone.number.reading]] '
            "lacks on; add on = 2014-08-01"
        ),
    ),
    "further sources of news without a first": (
        programme(
            milestone(
                news=(
                    MODEL.News(on="2016-01-01", found="nothing", by="x", further_sources=(LETTER,)),
                )
            )
        ),
        (
            'measure "one", milestone "a", news 1: sources: names no source; write sources = '
            '["id-of-a-source"]'
        ),
    ),
    "an outcome before its source": (
        programme(milestone(outcomes=(MODEL.Met(on="2016-01-01", source=LETTER),))),
        (
            'measure "one", milestone "a", met: on: begins on 2016-01-01, '
            'after its source "letter" '
            "appeared (2015-07-01); cite a source of that day or later, or mend the date"
        ),
    ),
    "two milestones of one id": (
        programme(measure={"milestones": (milestone(), milestone())}),
        (
            'measure "one", milestone "a": id: an earlier milestone has the id "a"; give this one '
            "its own"
        ),
    ),
    "a number that is no text of one line": (
        programme(milestone(number=MODEL.Number(unit={"nl": "x "}))),
        (
            'measure "one", milestone "a", number, unit: {"nl": "x "} would be read back as '
            '{"nl": "x"}'
        ),
    ),
    "a language given twice": (
        programme(milestone(title=Texts((("nl", "A"), ("nl", "B"))))),
        'measure "one", milestone "a", title: {"nl": "B"} would be read back as {"nl": "A"}',
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_written_is_refused(what: str) -> None:
    """The message names the record, and how it would be read back or what would be right."""
    made, message = REFUSED[what]
    with pytest.raises(CannotWrite, match=f"^{re.escape(message)}$"):
        dumps(made)


# --- files ----------------------------------------------------------------------------------------


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """What is refused leaves the file as it was."""
    file = tmp_path / "plan.toml"
    dump(WHOLE, file)
    assert file.read_bytes() == WRITTEN.encode()
    assert load(file) == WHOLE
    with pytest.raises(CannotWrite):
        dump(programme(title={"en": "Plan"}), str(file))
    assert file.read_bytes() == WRITTEN.encode()
    assert [*tmp_path.iterdir()] == [file]


@posix
def test_a_link_goes_on_leading_to_the_file(tmp_path: Path) -> None:
    """The file that a link leads to is written, and keeps its mode."""
    target, link = tmp_path / "target.toml", tmp_path / "link.toml"
    target.touch(mode=0o640)
    link.symlink_to(target)
    dump(WHOLE, link)
    assert (link.is_symlink(), target.stat().st_mode & 0o777) == (True, 0o640)
    assert load(target) == WHOLE
