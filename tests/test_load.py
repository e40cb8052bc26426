"""From a file to a programme, or to every problem in it."""

import contextlib
import datetime as dt
import gc
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME, WHOLE, changed, everything, findings_both_ways, found

from betatech_milestones import (
    BadBaseline,
    Budget,
    Commitment,
    Found,
    InvalidData,
    Kind,
    Level,
    Met,
    News,
    Number,
    Per,
    PolicyDate,
    Reading,
    ReadingKind,
    Replaced,
    Revision,
    Snooze,
    SourceKind,
    Texts,
    check,
    load,
    load_baseline,
    loads,
)
from betatech_milestones.datafile.find import shipped
from betatech_milestones.datafile.load import explained, load_example, sound

# --- what is read ---------------------------------------------------------------------------------


def test_every_key_becomes_a_field() -> None:
    """What the file says stands in the records, with references resolved."""
    programme = loads(PROGRAMME)
    letter, second_letter, web_page = programme.sources
    assert (programme.id, programme.language, programme.timezone, programme.path) == (
        "science",
        "nl",
        "Europe/Amsterdam",
        "<text>",
    )
    assert str(programme.title) == "Maatregelen"
    assert (letter.reference, letter.published) == ("Kamerstuk 1", PolicyDate("2013-02-26"))
    assert (letter.url, letter.kind) == ("https://example.org/letter-2013", SourceKind.OTHER)
    assert (letter.by, letter.seen, letter.archived) == (None, None, None)
    assert (web_page.reference, web_page.published, web_page.url) == (None, None, None)
    assert (web_page.kind, web_page.seen) == (SourceKind.WEBSITE, dt.date(2015, 9, 1))
    assert web_page.by is programme.bodies[0]
    assert web_page.archived == "https://example.org/2015/web-page"
    assert [body.formerly for body in programme.bodies] == [("ocenw",)]
    files, teachers = programme.measures
    assert (files.id, files.code, files.locator, files.line) == ("files", None, "3.1", 45)
    assert files.cluster is programme.clusters[0]
    assert files.cluster.number == 3
    assert files.sectors == programme.sectors
    assert files.bodies == programme.bodies
    assert str(files.summary) == "Minder en bredere dossiers."
    assert files.formerly == ("dossiers",)
    assert files.budgets == (
        Budget(
            amount=11_700_000,
            currency="EUR",
            per=Per.YEAR,
            years=(2012, 2015),
            note=Texts((("nl", "waarvan de helft voor leraren"),)),
        ),
    )
    assert (teachers.code, teachers.sources) == ("L2", (second_letter, web_page))
    assert teachers.budgets == (
        Budget(amount=250_000, currency="EUR", per=Per.TOTAL, each=12, source=second_letter),
    )


def test_every_key_of_a_milestone_becomes_a_field() -> None:
    """The same for what was promised, and for what became of it."""
    programme = loads(PROGRAMME)
    letter, second_letter, web_page = programme.sources
    in_force, progress, survey = programme.milestones
    assert (in_force.full_id, in_force.line) == ("files/in-force", 62)
    assert (in_force.kind, in_force.commitment) == (Kind.ENTRY_INTO_FORCE, Commitment.DEADLINE)
    assert in_force.due == PolicyDate("2014-08-01")
    assert in_force.formerly == ("dossiers/in-force",)
    (revision,) = in_force.revisions
    assert revision == Revision(
        due=PolicyDate("2016-08~", words="over een paar jaar"),
        source=second_letter,
        announced=dt.date(2014, 5, 1),
        reason=Texts({"nl": "meer tijd nodig", "en": "more time needed"}),
    )
    assert str(revision.due) == "over een paar jaar"
    assert in_force.outcomes == (Met(on=PolicyDate("2015-06-01"), source=second_letter),)
    assert in_force.number is not None
    assert (in_force.number.goal, str(in_force.number.unit)) == (3500, "dossiers")
    (reading,) = in_force.number.readings
    assert (str(reading.on), reading.value) == ("schooljaar 2012/2013", Decimal("152.5"))
    assert reading.kind is ReadingKind.REACHED
    assert progress.due is None
    assert progress.source is letter, "its measure's, where it names none"
    assert progress.commitment is Commitment.PLANNED
    assert progress.snoozed == Snooze(
        until=dt.date(2015, 10, 1),
        since=dt.date(2015, 7, 2),
        by="redactie",
        reason=Texts({"nl": "wordt nagevraagd", "en": "being asked"}),
    )
    assert progress.formerly == ("dossiers/letter", "files/letter", "dossiers/progress")
    assert (survey.code, survey.kind) == ("L2.1", programme.kinds[0])
    assert survey.summary == Texts({"nl": "Elke school doet mee."})
    assert survey.due is not None
    assert (survey.due.edtf, survey.due.words, survey.due.in_language("en-GB")) == (
        None,
        "doorlopend",
        "ongoing",
    )
    assert (survey.sources, str(survey.note)) == ((second_letter,), "eerst alleen in het mbo")
    assert (survey.own_bodies, survey.also) == (programme.bodies, ("files",))
    assert str(survey.corrected) == "de datum was die van een andere maatregel"
    assert survey.revisions == (
        Revision(
            goal=12,
            bodies=programme.bodies,
            source=second_letter,
            further_sources=(web_page,),
            announced=dt.date(2015, 9, 2),
            note=Texts({"nl": "mondeling, later op de webpagina"}),
        ),
    )
    assert survey.news == (
        News(
            on=dt.date(2015, 8, 31),
            found=Found.UNDER_WAY,
            says=Texts({"nl": "drie scholen zijn klaar", "en": "three schools are done"}),
            by="de onderzoekers",
            source=web_page,
        ),
    )
    planned = Reading(
        on=PolicyDate("2015"), value=3, kind=ReadingKind.PLANNED, source=second_letter
    )
    unit = Texts({"nl": "scholen"})
    assert survey.number == Number(unit=unit, goal=10, baseline=1, readings=(planned,))
    assert survey.outcomes == (
        Replaced(
            by="files/in-force", source=web_page, reason=Texts({"nl": "opgegaan in de dossiers"})
        ),
    )


# due · commitment
USUAL = [
    ("2014-08-01", Commitment.PLANNED),
    ('"zomer 2014"', Commitment.PLANNED),
    ('"uiterlijk 1 juli 2013"', Commitment.DEADLINE),
    ('"voor 1 juli 2013"', Commitment.DEADLINE),
    ('"[..2014]"', Commitment.DEADLINE),
    ('"[2014..]"', Commitment.PLANNED),
    ('{ words = "doorlopend" }', Commitment.PLANNED),
]


@pytest.mark.parametrize(("due", "commitment"), USUAL)
def test_commitment_that_is_left_out(due: str, commitment: Commitment) -> None:
    """A date that says by when is a deadline; any other is planned, and so is none at all."""
    written = changed('commitment = "deadline"\ndue = 2014-08-01', f"due = {due}")
    in_force, progress, _ = loads(written).milestones
    assert (in_force.commitment, progress.commitment) == (commitment, Commitment.PLANNED)


def test_text_in_the_programmes_own_language() -> None:
    """A bare text is in that, whichever it is."""
    written = PROGRAMME.replace('language = "nl"', 'language = "fy"').replace("{ nl =", "{ fy =")
    assert loads(written).by_id[2].summary == Texts({"fy": "Elke school doet mee."})


def test_several_sources() -> None:
    """What one of them said first is known from then on; what is cited alone is one of them."""
    letter, second_letter, web_page = loads(PROGRAMME).sources
    old = 'source = "letter-2015"\nannounced = 2014-05-01'
    (revision,) = loads(changed(old, 'sources = ["web-page", "letter-2015"]')).by_id[0].revisions
    assert (revision.source, revision.further_sources) == (web_page, (second_letter,))
    assert (revision.sources, revision.announced) == (
        (web_page, second_letter),
        dt.date(2015, 7, 1),
    )
    written = changed('kind = "report"', 'kind = "report"\nsources = ["letter-2015"]')
    progress = loads(written).by_id[1]
    assert (progress.sources, progress.locator) == ((second_letter,), None)
    assert loads(PROGRAMME).by_id[1].sources == (letter,)


def test_milestone_of_a_measure_with_several_sources() -> None:
    """It has all of them, where it names none."""
    survey = loads(changed('sources = ["letter-2015"]\n', "")).by_id[2]
    assert [source.id for source in survey.sources] == ["letter-2015", "web-page"]
    assert survey.known_from == dt.date(2015, 7, 1)


def test_day_from_which_a_source_is_known() -> None:
    """The last day of when it appeared or, where nobody knows that, the day it was read."""
    letter, second_letter, web_page = loads(
        changed("published = 2013-02-26", 'published = "februari 2013"').replace(
            "published = 2015-07-01", 'published = "[2015..]"\nseen = 2015-07-02'
        )
    ).sources
    assert [source.known_from for source in (letter, second_letter, web_page)] == [
        dt.date(2013, 2, 28),
        dt.date(2015, 7, 2),
        dt.date(2015, 9, 1),
    ]


def test_a_snooze_of_one_day() -> None:
    """A snooze may end on the day it was given."""
    progress = loads(changed("since = 2015-07-02", "since = 2015-10-01")).by_id[1]
    assert progress.snoozed is not None
    assert progress.snoozed.since == progress.snoozed.until


def test_shipped_data_set() -> None:
    """The data set of the package is sound, and in its repository it is what is found."""
    assert [finding for finding in check() if finding.level is Level.ERROR] == []
    assert (load_example().id, load().id) == ("betatech", "betatech")


def test_smallest_programme() -> None:
    """A programme without measures is sound: it is how one begins."""
    written = 'id = "x"\ntitle.nl = "X"\nlanguage = "nl"\ntimezone = "UTC"\n'
    assert loads(f"[programme]\n{written}").measures == ()


def test_inline_tables_are_tables() -> None:
    """How a table is written makes no difference, not even for the line it is on."""
    written = (
        changed("[[cluster]]", "# [[cluster]]")
        .replace('id = "labour-market"\n', "", 1)
        .replace('title = { nl = "Arbeidsmarkt", en = "Labour market" }\nnumber = 3\n', "")
    )
    cluster = 'cluster = [\n{ id = "labour-market",\ntitle = { nl = "Arbeidsmarkt" } },\n]\n'
    assert loads(cluster + written).clusters[0].id == "labour-market"


def test_own_language_comes_first() -> None:
    """Whatever the order in the file, the programme's own language is the first of a text."""
    written = changed(
        '{ nl = "Dossiers", en = "Files" }', '{ en = "Files", nl = "Dossiers", fr = "Dossiers" }'
    )
    title = loads(written).measures[0].title
    assert [language for language, _ in title.pairs] == ["nl", "en", "fr"]


def test_line_breaks_in_a_title() -> None:
    """A line break in a title is one space, in a summary it stays."""
    written = changed('"Dossiers"', '"""\n Dos\n  siers\n"""').replace(
        '"Minder en bredere dossiers."', '"""\nMinder\nen bredere.\n"""'
    )
    measure = loads(written).measures[0]
    assert (str(measure.title), str(measure.summary)) == ("Dos siers", "Minder\nen bredere.")


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_ends_of_the_calendar(day: dt.date) -> None:
    """The first and the last day that Python knows are dates like any other."""
    due = loads(changed("due = 2014-08-01", f"due = {day}")).measures[0].milestones[0].due
    assert due is not None
    assert (due.earliest, due.latest) == (day, day)


def test_reading_beside_words_of_a_known_form() -> None:
    """Words that have a meaning of their own may have it written beside them."""
    written = changed("= 2014-08-01", '= { words = "zomer 2014", edtf = "2014-22~" }')
    due = loads(written).measures[0].milestones[0].due
    assert repr(due) == "PolicyDate('2014-22~', words='zomer 2014')"


def test_revision_is_announced_by_its_source() -> None:
    """A revision without a day of its own was announced when its source appeared."""
    milestone = loads(changed("announced = 2014-05-01\n", "")).by_id[0]
    assert milestone.revisions[0].announced == dt.date(2015, 7, 1)


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        PROGRAMME.encode(),
        b"\xef\xbb\xbf" + PROGRAMME.encode(),
        PROGRAMME.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + PROGRAMME.replace("\n", "\r\n").encode(),
    ],
    ids=["as it is", "byte order mark", "Windows line ends", "both"],
)
def test_what_editors_do_to_a_file(data: bytes, tmp_path: Path) -> None:
    """A byte order mark and Windows line ends change nothing, not even the lines of findings."""
    file = tmp_path / "data.toml"
    file.write_bytes(data)
    assert check(file) == ()
    assert [measure.line for measure in load(str(file)).measures] == [45, 105]
    file.write_bytes(data.replace(b'"deadline"', b'"firm"'))
    assert [str(finding) for finding in check(file)] == [
        (
            f'{file}:66: error: commitment: "firm" is not known here; '
            "use one of deadline, planned, fixed, aim, forecast, none [unknown-word]"
        )
    ]


def test_no_file(tmp_path: Path) -> None:
    """A file that is not there is the error of the operating system."""
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none.toml")
    with pytest.raises(FileNotFoundError):
        check(tmp_path / "none.toml")


def test_directory(tmp_path: Path) -> None:
    """So is a directory."""
    with pytest.raises(OSError, match=r"directory|denied"):
        load(tmp_path)


UNREADABLE = {
    "latin-1": (
        PROGRAMME.replace("Arbeidsmarkt", "Arbeidsmarkté").encode("latin-1"),
        (
            "29:29: error: not UTF-8: byte 0xe9 in Arbeidsmarkté, probably é of Windows-1252; "
            "save the file as UTF-8 [encoding]"
        ),
    ),
    "UTF-16": (
        PROGRAMME.encode("utf-16"),
        (
            "1:1: error: not UTF-8: it is UTF-16, which some Windows programs call Unicode; "
            "save the file as UTF-8 [encoding]"
        ),
    ),
    "cut within a character": (
        b"# caf\xc3",
        (
            "1:6: error: not UTF-8: the file ends within a character; fetch it "
            "again if it was cut off, or save it as UTF-8 [encoding]"
        ),
    ),
    "no value": (
        b"[programme]\nid =\n",
        '2:5: error: not TOML: id has no value; write id = "…", or leave the key out [toml-syntax]',
    ),
    "a key twice": (
        b'[programme]\nid = "a"\nid = "b"\n',
        (
            "3:1: error: not TOML: id is given twice in [programme], in line 2 and here; "
            "keep one of them [toml-syntax]"
        ),
    ),
    "a control character": (
        b'[programme]\nid = "a\x00"\n',
        "2:8: error: not TOML: illegal character '\\x00'; see https://toml.io [toml-syntax]",
    ),
    "a thousand brackets": (
        b"# no more\nmeasure = " + b"[" * 1000 + b"]" * 1000,
        "2: error: nested too deep to read; the format has no more than five levels [toml-syntax]",
    ),
    "a thousand dots": (
        b"[programme]\n" + b"a." * 2000 + b"a = 1",
        "2: error: nested too deep to read; the format has no more than five levels [toml-syntax]",
    ),
    "thousands of digits": (
        b"[programme]\nid = " + b"1" * 5000,
        "2: error: a number with too many digits to read; write a shorter one [toml-syntax]",
    ),
}


@pytest.mark.parametrize(("data", "finding"), UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable_file(data: bytes, finding: str, tmp_path: Path) -> None:
    """A file that is no TOML document has one finding, at the place where reading stopped."""
    file = tmp_path / "data.toml"
    file.write_bytes(data)
    assert list(map(str, check(file))) == [f"{file}:{finding}"]
    with pytest.raises(InvalidData) as error:
        load(file)
    assert error.value.findings == check(file)


@pytest.mark.parametrize("text", ["", "\ufeff", " \n\n", "# nothing yet\n"])
def test_empty_file(text: str) -> None:
    """A file with nothing in it lacks a programme."""
    assert found(text) == (
        '1: error: the file lacks programme; add programme = { id = "…", title = { nl = "…" }, '
        'language = "nl", timezone = "Europe/Amsterdam" } [missing-key]'
    )


# --- earlier reports ------------------------------------------------------------------------------


def written_report(version: object) -> str:
    """The least of a report that is read back."""
    milestones = [
        {"id": "files/in-force", "status": "overdue", "due": {"edtf": "2014-08-01"}},
        {"id": "files/progress", "status": "undated", "due": None},
        {"id": "teachers/survey", "status": "undated", "due": {"edtf": None}},
    ]
    return json.dumps(
        {"version": version, "programme": {"id": "science"}, "milestones": milestones}
    )


@pytest.mark.parametrize("version", [1, 2])
def test_earlier_report(version: int, tmp_path: Path) -> None:
    """A report of this version of the format, and of the one before, is read back."""
    file = tmp_path / "earlier.json"
    file.write_text(written_report(version), encoding="utf-8")
    baseline = load_baseline(file, loads(PROGRAMME))
    in_force, progress, survey = loads(PROGRAMME).by_id
    assert baseline.has(in_force, "overdue", in_force.due)
    assert not baseline.has(in_force, "overdue", in_force.in_force), "another promise"
    assert not baseline.has(in_force, "due", in_force.due)
    assert baseline.has(progress, "undated", None)
    assert baseline.has(survey, "undated", survey.due)


REMEDY = "write one with betatech-milestones report --output-format json"
NO_REPORTS = {
    "another version": (
        written_report(3),
        f"version 3 of a report, and this program reads 1 and 2; {REMEDY}",
    ),
    "another programme": (
        written_report(2).replace('"science"', '"arts"'),
        ('a report on the programme "arts", and this is "science"; name a report on the same'),
    ),
    "a milestone without a date": (
        written_report(2).replace(', "due": null', ""),
        f"milestone 2 has no id, status or due as a report has them; {REMEDY}",
    ),
    "no programme": (
        '{"version": 2, "milestones": []}',
        f"no report: version, programme or milestones is missing; {REMEDY}",
    ),
    "no JSON": ("", f"not JSON: Expecting value: line 1 column 1 (char 0); {REMEDY}"),
    "brackets without end": ("[" * 100_000, f"nested too deep to be a report; {REMEDY}"),
}


@pytest.mark.parametrize(("written", "message"), NO_REPORTS.values(), ids=NO_REPORTS)
def test_no_earlier_report(written: str, message: str, tmp_path: Path) -> None:
    """What is no report on the programme is refused, with what would be one."""
    file = tmp_path / "earlier.json"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(BadBaseline) as error:
        load_baseline(file, loads(PROGRAMME))
    assert str(error.value) == f"{file}: {message}"


# --- keys -----------------------------------------------------------------------------------------

MISSING = {
    "an id": (
        'id = "science"\n',
        "",
        '1: error: [programme] lacks id; add id = "short-name" [missing-key]',
    ),
    "the language": (
        'language = "nl"\n',
        "",
        '1: error: [programme] lacks language; add language = "nl" [missing-key]',
    ),
    "the source of a measure": (
        ('source = "letter-2013"\nlocator = "3.1"\nformerly = ["dossiers"]\n[[measure.budget]]'),
        ('locator = "3.1"\nformerly = ["dossiers"]\n[[measure.budget]]'),
        ('45: error: [[measure]] lacks source; add source = "id-of-a-source" [missing-key]'),
    ),
    "the source of an outcome": (
        ('on = 2015-06-01\nsource = "letter-2015"\n'),
        "on = 2015-06-01\n",
        (
            "77: error: [measure.milestone.met] lacks source; add source = "
            '"id-of-a-source" [missing-key]'
        ),
    ),
    "the reason for dropping": (
        'reason = { nl = "niet meer nodig" }\n',
        "",
        (
            '95: error: [measure.milestone.dropped] lacks reason; add reason = { nl = "…", '
            'en = "…" } [missing-key]'
        ),
    ),
    "the name of a body": (
        "name = { nl",
        "title = { nl",
        (
            '36: error: [[body]] lacks name; add name = { nl = "…", en = "…" } [missing-key]\n'
            '39: error: [[body]] has no key "title"; its keys are id, formerly, name [unknown-key]'
        ),
    ),
    "the unit of a number": (
        'unit = { nl = "dossiers", en = "files" }\n',
        "",
        (
            '81: error: [measure.milestone.number] lacks unit; add unit = { nl = "klassen", en = '
            '"classes" } [missing-key]'
        ),
    ),
    "the currency of a budget": (
        'currency = "EUR"\nper = "year"',
        'per = "year"',
        '55: error: [[measure.budget]] lacks currency; add currency = "EUR" [missing-key]',
    ),
    "the sources of a measure": (
        'sources = ["letter-2015", "web-page"]\n[[measure.budget]]',
        "[[measure.budget]]",
        '105: error: [[measure]] lacks source; add source = "id-of-a-source" [missing-key]',
    ),
    "what a revision changes": (
        'due = { words = "over een paar jaar", edtf = "2016-08~" }\n',
        "",
        (
            "71: error: revised: changes nothing; add due, goal or bodies, as they are from then "
            "on [missing-key]"
        ),
    ),
    "the title of a kind": (
        'title = { nl = "Raadpleging", en = "Consultation" }\n',
        "",
        '41: error: [[kind]] lacks title; add title = { nl = "…", en = "…" } [missing-key]',
    ),
    "the words of a date": (
        '{ words = { nl = "doorlopend", en = "ongoing" } }',
        '{ edtf = "2015" }',
        '123: error: [measure.milestone.due] lacks words; add words = "…" [missing-key]',
    ),
}


@pytest.mark.parametrize(("written", "instead", "findings"), MISSING.values(), ids=MISSING)
def test_missing_key(written: str, instead: str, findings: str) -> None:
    """A required key that is absent is asked for, with an example."""
    assert found(changed(written, instead)) == findings


UNKNOWN = {
    "in the file": (
        "[[cluster]]",
        ("[[clusters]]\n[[cluster]]"),
        ('27: error: the file has no key "clusters"; did you mean "cluster"? [unknown-key]'),
    ),
    "a portfolio in the file": (
        "[[cluster]]",
        ("[portfolio]\n[[cluster]]"),
        (
            '27: error: the file has no key "portfolio"; its keys are programme, period, body, '
            "source, cluster, sector, kind, measure [unknown-key]"
        ),
    ),
    "in the programme": (
        "timezone =",
        ("time-zone = 1\ntimezone ="),
        ('5: error: [programme] has no key "time-zone"; did you mean "timezone"? [unknown-key]'),
    ),
    "in a milestone": (
        'commitment = "deadline"',
        "deadline = 2014-01-01",
        (
            '66: error: [[measure.milestone]] has no key "deadline"; its keys are id, formerly, '
            "code, title, summary, kind, commitment, due, source, sources, note, locator, bodies, "
            "also, corrected, revised, news, met, dropped, replaced, number, snoozed [unknown-key]"
        ),
    ),
    "in a source": (
        '\nurl = "https',
        '\nlink = "https',
        (
            '14: error: [[source]] has no key "link"; its keys are id, title, kind, by, reference, '
            "published, seen, url, archived [unknown-key]"
        ),
    ),
    "with a dot in quotes": (
        'commitment = "deadline"',
        '"due.on" = 1',
        ('66: error: [[measure.milestone]] has no key "due.on"; did you mean "due"? [unknown-key]'),
    ),
    "with control characters": (
        'commitment = "deadline"',
        '"\\u0000\\u009b" = 1',
        (
            '66: error: [[measure.milestone]] has no key "\\u0000\\u009b"; its keys are id, '
            "formerly, code, title, summary, kind, commitment, due, source, sources, note, "
            "locator, bodies, also, corrected, revised, news, met, dropped, replaced, number, "
            "snoozed [unknown-key]"
        ),
    ),
    "in a reading": (
        "value = 152.5",
        'value = 152.5\nunit = "dossiers"',
        (
            '88: error: [[measure.milestone.number.reading]] has no key "unit"; its keys are on, '
            "value, kind, source, sources, note [unknown-key]"
        ),
    ),
    "in news": (
        "says = {",
        "status = {",
        (
            '138: error: [[measure.milestone.news]] has no key "status"; did you mean "says"? '
            "[unknown-key]"
        ),
    ),
    "in a budget": (
        "each = 12",
        "recipients = 12",
        (
            '114: error: [[measure.budget]] has no key "recipients"; its keys are amount, '
            "currency, per, years, each, source, note [unknown-key]"
        ),
    ),
}


@pytest.mark.parametrize(("written", "instead", "findings"), UNKNOWN.values(), ids=UNKNOWN)
def test_unknown_key(written: str, instead: str, findings: str) -> None:
    """An unknown key is refused at every level, with the near one or all that are known."""
    assert found(changed(written, instead)) == findings


OTHER_TYPES = {
    "a measure that is a number": (
        "measure = 3",
        "2: error: measure: 3 is no array; write [[measure]] [wrong-type]",
    ),
    "a source that is a text": (
        'source = "x"',
        '2: error: source: "x" is no array; write [[source]] [wrong-type]',
    ),
    "a measure in a table": (
        "[measure]",
        "2: error: measure: {} is no array; write [[measure]] [wrong-type]",
    ),
    "measures that are numbers": (
        "measure = [\n1,\n2]",
        (
            "3: error: measure: 1 is no table; write [[measure]] [wrong-type]\n"
            "4: error: measure: 2 is no table; write [[measure]] [wrong-type]"
        ),
    ),
    "milestones that are a text": (
        (
            'source = [{ id = "s", title.nl = "S", published = 2013-01-01 }]\n'
            'measure = [{ id = "m", title.nl = "M", source = "s",\n milestone = "later" }]'
        ),
        '4: error: milestone: "later" is no array; write [[measure.milestone]] [wrong-type]',
    ),
    "an outcome and a number that are no tables": (
        (
            'source = [{ id = "s", title.nl = "S", published = 2013-01-01 }]\n'
            'measure = [{ id = "m", title.nl = "M", source = "s", milestone = [\n'
            ' { id = "n", title.nl = "N", kind = "other",\n met = "ja",\n number = 7 } ] }]'
        ),
        (
            '5: error: met: "ja" is no table; write [measure.milestone.met] [wrong-type]\n'
            "6: error: number: 7 is no table; write [measure.milestone.number] [wrong-type]"
        ),
    ),
    "brackets three hundred deep": (
        "measure = " + "[" * 300 + "]" * 300,
        f"2: error: measure: {'[' * 59}… is no table; write [[measure]] [wrong-type]",
    ),
}


@pytest.mark.parametrize(("written", "findings"), OTHER_TYPES.values(), ids=OTHER_TYPES)
def test_another_type_at_each_level(written: str, findings: str) -> None:
    """What is no table, or no array of tables, is shown with the header that makes one."""
    programme = 'programme = { id = "p", title.nl = "P", language = "nl", timezone = "UTC" }'
    assert found(f"{programme}\n{written}") == findings


def test_programme_is_an_array() -> None:
    """An empty array is no programme either."""
    assert found("programme = []") == (
        "1: error: programme: [] is no table; write [programme] [wrong-type]"
    )


# --- all at once ----------------------------------------------------------------------------------


def test_all_problems_at_once() -> None:
    """Reading never stops at a problem: each is reported, in the order of the lines."""
    written = (
        PROGRAMME.replace('timezone = "Europe/Amsterdam"', 'timezone = "Mars"')
        .replace("published = 2015-07-01", "published = true")
        .replace('bodies = ["ocw"]', 'bodies = ["ocv", "ocx"]')
        .replace("amount = 11_700_000", "amount = -1")
        .replace('commitment = "deadline"', 'committed = "deadline"')
        .replace("announced = 2014-05-01", "announced = 2013-01-01")
        .replace('id = "progress"', 'id = "in-force"')
        .replace('reason = { nl = "niet meer nodig" }\n', "")
    )
    assert found(written) == (
        '5: error: timezone: "Mars" is no IANA time zone; try Europe/Amsterdam [bad-timezone]\n'
        '18: error: published: true is no date; write 2014-08-01 or "zomer 2014" [bad-date]\n'
        '51: error: bodies: there is no body "ocv"; did you mean "ocw"? [unknown-body]\n'
        '51: error: bodies: there is no body "ocx"; did you mean "ocw"? [unknown-body]\n'
        "56: error: amount: -1 is no amount; "
        "write a number from 0 up to 9007199254740991 [bad-number]\n"
        "66: error: [[measure.milestone]] has no key "
        '"committed"; did you mean "commitment"? [unknown-key]\n'
        "71: error: revised: announced on 2013-01-01, before the promise (2013-02-26); "
        "put the oldest first, or mend the day [revised-before-promise]\n"
        '91: error: id: an earlier milestone has the id "in-force"; '
        "give this one its own [duplicate-id]\n"
        "95: error: [measure.milestone.dropped] lacks reason; "
        'add reason = { nl = "…", en = "…" } [missing-key]'
    )


def test_rules_speak_of_the_right_line_beside_unreadable_records() -> None:
    """Records that cannot be read do not shift the lines of what follows them."""
    bad = '[[measure.milestone.revised]]\nsource = "letter-2013"\n'
    unknown = '[[measure.milestone.revised]]\nsource = "nope"\ndue = 2017\n'
    early = '[[measure.milestone.revised]]\ndue = 2017\nsource = "letter-2013"\n'
    written = changed("[measure.milestone.met]", f"{bad}{unknown}{early}[measure.milestone.met]")
    assert found(written) == (
        "77: error: revised: changes nothing; "
        "add due, goal or bodies, as they are from then on [missing-key]\n"
        '80: error: source: there is no source "nope"; '
        "add a [[source]] with this id, or name another [unknown-source]\n"
        "82: error: revised: announced on 2013-02-26, before the revision above it (2014-05-01); "
        "put the oldest first, or mend the day [revisions-out-of-order]"
    )


def test_unreadable_reading_hides_no_other() -> None:
    """The readings beside one that cannot be read are looked at too."""
    header = '[[measure.milestone.number.reading]]\non = "school'
    bad = '[[measure.milestone.number.reading]]\non = 2012\nvalue = "x"\nsource = "letter-2013"\n'
    written = changed(header, f"{bad}{header}").replace('on = "schooljaar 2012/2013"', "on = 2014")
    assert found(written) == (
        '87: error: value: "x" is no number; write it bare, such as 3_500 [bad-number]\n'
        '90: error: on: begins on 2014-01-01, after its source "letter-2013" appeared '
        "(2013-02-26); cite a source of that day or later, or mend the date [dated-after-source]"
    )


def test_unreadable_news_hides_no_other() -> None:
    """The same for news."""
    bad = '[[measure.milestone.news]]\nfound = "bezig"\nsource = "web-page"\n'
    early = '[[measure.milestone.news]]\non = 2015-01-01\nfound = "partly"\nsource = "web-page"\n'
    header = "[[measure.milestone.news]]"
    assert found(changed(header, f"{bad}{early}{header}")) == (
        '136: error: found: "bezig" is not known here; '
        "use one of nothing, under-way, partly, not-done [unknown-word]\n"
        "138: error: news: on 2015-01-01, before the promise (2015-07-01); "
        "mend the day, or the source of the promise [news-before-promise]"
    )


ONCE = {
    "a table that others refer to": ("[[sector]]", "[sector]"),
    "the id of a source": ('[[source]]\nid = "letter-2013"', '[[source]]\nid = "Letter 2013"'),
    "a table of kinds": ("[[kind]]", "[kind]"),
    "a table of bodies": ("[[body]]", "[body]"),
    "the day of a source": ("published = 2015-07-01", 'published = "ooit"'),
    "the day on which a source was read": ("seen = 2015-09-01", 'seen = "ooit"'),
    "the title of a source": ('title = { nl = "Brief", en = "Letter" }', "title = 3"),
    "the body that wrote a source": ('by = "ocw"', 'by = "ocv"'),
    "the name of a body": ('name = { nl = "Ministerie van OCW"', 'name = { nl = ""'),
    "the id of a measure": ('id = "files"', 'id = "Files"'),
    "the id of a milestone": ('id = "in-force"', 'id = "In force"'),
    "one of several sources of a promise with older news": (
        'sources = ["letter-2015"]\nnote',
        'sources = ["nope", "web-page"]\nnote',
    ),
    "the kind of a reading": ('kind = "planned"', 'kind = "hoped"'),
    "the outcome of a fact": (
        '[measure.milestone.dropped]\non = "zomer 2015"',
        'commitment = "none"\n[measure.milestone.dropped]\non = "ooit"',
    ),
    "the source of a measure": (
        'source = "letter-2013"\nlocator = "3.1"\nformerly = ["dossiers"]\n[[measure.budget]]',
        'source = 3\nlocator = "3.1"\nformerly = ["dossiers"]\n[[measure.budget]]',
    ),
    "the day of a revision": (
        'source = "letter-2015"\nannounced = 2014-05-01',
        'source = "web-page"\nannounced = "1 mei 2014"',
    ),
    "the source of a milestone with an older revision": (
        'source = "letter-2013"\nlocator = "3.1"\n\n[[measure.milestone.revised]]',
        (
            'source = "nope"\n\n[[measure.milestone.revised]]\ndue = 2015\n'
            'source = "letter-2013"\nannounced = 2013-01-01\n\n[[measure.milestone.revised]]'
        ),
    ),
    "the source of a revision": (
        'source = "letter-2015"\nannounced = 2014-05-01',
        'source = "leter-2015"',
    ),
    "the date of an outcome": ("on = 2015-06-01", 'on = "ooit"'),
    "the language": ('language = "nl"', 'language = "?"'),
}


@pytest.mark.parametrize(("written", "instead"), ONCE.values(), ids=ONCE)
def test_one_mistake_is_reported_once(written: str, instead: str) -> None:
    """What is wrong in one place is not wrong again wherever it is used."""
    text = changed(written, instead)
    if 'id = "Letter 2013"' in text:  # renamed everywhere, so that only its form is wrong
        text = text.replace('"letter-2013"', '"Letter 2013"')
    assert len(found(text).splitlines()) == 1


def test_two_records_with_faults_are_two() -> None:
    """Two sectors whose titles cannot be read are not taken for one that is named twice."""
    two = '[[sector]]\nid = "vo"\ntitle = 1\n\n[[sector]]\nid = "po"\ntitle = 2\n\n[[body]]'
    written = changed("[[body]]", two).replace('["mbo"]', '["vo", "po"]')
    assert found(written) == (
        '38: error: title: 1 is no text; write title = "…" [wrong-type]\n'
        '42: error: title: 2 is no text; write title = "…" [wrong-type]'
    )


def test_two_ids_that_cannot_be_read_are_no_duplicates() -> None:
    """What stands in for an id is no id."""
    written = PROGRAMME.replace('"in-force"', "1").replace('"progress"', "2")
    assert found(written) == (
        "63: error: id: 1 is no id; "
        'use lower-case letters, digits and single hyphens, such as "1" [bad-id]\n'
        "91: error: id: 2 is no id; "
        'use lower-case letters, digits and single hyphens, such as "2" [bad-id]'
    )


def test_source_whose_day_cannot_be_read() -> None:
    """Nothing that it says is taken to be older or newer than anything else."""
    day = ("published = 2015-07-01", 'published = "ooit"')
    moved = '[[measure.milestone.revised]]\ndue = 2015\nsource = "letter-2013"\n'
    dropped = '[measure.milestone.dropped]\nsource = "letter-2015"\nreason = "x"\n'
    written = (
        changed("announced = 2014-05-01\n", "")
        .replace(*day)
        .replace("[measure.milestone.met]", f"{moved}{dropped}[measure.milestone.met]")
        .replace('on = 2015-06-01\nsource = "letter-2015"', 'source = "letter-2013"')
    )
    assert [line[:21] for line in found(written).splitlines()] == ["18: error: published:"]


LINES = WHOLE.splitlines(keepends=True)
JUNK = st.sampled_from(["", "x = 1\n", "id = 3\n", "[measure]\n", "title = []\n", "due = {}\n"])


@given(st.dictionaries(st.integers(0, len(LINES) - 1), JUNK, max_size=4))
def test_whatever_happens_to_lines(instead: dict[int, str]) -> None:
    """A damaged file gives a programme or findings at lines that it has, and nothing else."""
    text = "".join(instead.get(index, line) for index, line in enumerate(LINES))
    findings = findings_both_ways(text)
    assert all(0 < (finding.location.line or 0) <= len(LINES) + 1 for finding in findings)


# --- at once, or with all explained ---------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"\"'[]{}=,.#\n\r\t\0\\\ufeff\u2028\ud800 0:-+_eé",
        *("\r\n", '"""', "'''", "\\u0041", "\\x41", "\\e", "\\\n  ", "[[", "]]", "true", "inf"),
        *("0x1F", "1_000", "07:32", "2014-02-30", "2014-08-01 07:32", "9" * 40, "1.5", "1e3"),
    ]
)


@given(st.dictionaries(st.integers(0, len(WHOLE)), st.tuples(st.integers(0, 3), PIECES)))
def test_whatever_happens_to_characters(instead: dict[int, tuple[int, str]]) -> None:
    """The fast parser accepts what the other does, and gives the same, or is not believed."""
    text = WHOLE
    for place in sorted(instead, reverse=True):
        length, piece = instead[place]
        text = text[:place] + piece + text[place + length :]
    findings_both_ways(text)


@pytest.mark.parametrize(
    "text",
    [
        PROGRAMME,
        PROGRAMME.replace("\n", "\r\n"),
        PROGRAMME.replace("[[measure]]", "  [[ 'measure' ]]"),
        changed("Elke school doet mee.", '""Elke school:\r\n[[measure]]\r\ndoet mee.""'),
        changed("Elke school doet mee.", "[[measure]]"),
        changed('code = "L2"\n', 'code = "L2" # [[measure]] """\n'),
        shipped().read_text(encoding="utf-8"),
    ],
    ids=["shared", "Windows", "quoted", "long text", "text", "comment", "example"],
)
def test_what_is_sound_is_read_at_once(text: str) -> None:
    """In a file as most are, nothing has to be explained; a record has the line of its header."""
    text = text.replace("152.5", "152")
    programme = sound(text, "<text>")
    assert programme is not None
    assert everything(programme) == everything(explained(text, "<text>"))
    lines = text.splitlines()
    for measure in programme.measures:
        assert "measure" in lines[measure.line - 1]
        assert lines[measure.line] == f'id = "{measure.id}"'


@pytest.mark.parametrize("amount", ["250_000.10", "25.0e4", "+250_000.10", "1_000e-3"])
def test_decimals_are_kept_as_written(amount: str) -> None:
    """0.1 is no binary fraction, and 0.10 has been said to the cent."""
    written = changed("amount = 250_000\n", f"amount = {amount}\n")
    (budget,) = loads(written).measures[1].budgets
    assert str(budget.amount) == str(Decimal(amount))


@pytest.mark.parametrize("text", [PROGRAMME, changed("250_000", "0.1"), "x = 1"])
@pytest.mark.parametrize("was_enabled", [True, False])
def test_the_collector_rests_no_longer_than_a_file_is_read(text: str, *, was_enabled: bool) -> None:
    """Whatever comes of a file, the collector of circles is what it was."""
    try:
        (gc.enable if was_enabled else gc.disable)()
        with contextlib.suppress(InvalidData):
            loads(text)
        assert gc.isenabled() == was_enabled
    finally:
        gc.enable()


# --- places ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("added", "locator"),
    [
        ("", "3.1"),
        ('locator = "3.1, end"', "3.1, end"),
        ('source = "letter-2013"', "3.1"),
        ('source = "letter-2015"', None),
        ('source = "letter-2015"\nlocator = "p. 2"', "p. 2"),
    ],
)
def test_a_place_goes_with_its_document(added: str, locator: str | None) -> None:
    """A milestone stands where its measure does, unless it has a place or a source of its own."""
    kind = 'title = { nl = "Voortgang" }\n'
    milestone = loads(changed(kind, f"{kind}{added}\n")).measures[0].milestones[1]
    assert milestone.locator == locator


def test_measures_and_milestones_know_their_lines() -> None:
    """That of its header, from which an editor begins to read."""
    lines = PROGRAMME.splitlines()
    for measure in loads(PROGRAMME).measures:
        assert lines[measure.line - 1] == "[[measure]]"
        assert lines[measure.line] == f'id = "{measure.id}"'
