"""From a file to a programme, or to every problem in it."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME, changed, found

from betatech_milestones import (
    Budget,
    Commitment,
    Finding,
    InvalidData,
    Kind,
    Met,
    Per,
    PolicyDate,
    Texts,
    check,
    load,
    loads,
)
from betatech_milestones.datafile import load as load_module

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
    assert (letter.reference, letter.published) == ("Kamerstuk 1", dt.date(2013, 2, 26))
    assert letter.url == "https://example.org/letter-2013"
    assert (web_page.reference, web_page.published, web_page.url) == (None, None, None)
    (measure,) = programme.measures
    assert (measure.id, measure.locator, measure.line) == ("files", "3.1", 36)
    assert measure.cluster is programme.clusters[0]
    assert measure.cluster.number == 3
    assert measure.sectors == programme.sectors
    assert measure.bodies == programme.bodies
    assert str(measure.summary) == "Minder en bredere dossiers."
    assert measure.budgets == (
        Budget(
            euros=11_700_000,
            per=Per.YEAR,
            years=(2012, 2015),
            note=Texts((("nl", "waarvan de helft voor leraren"),)),
        ),
    )
    in_force, progress = measure.milestones
    assert (in_force.full_id, in_force.line) == ("files/in-force", 52)
    assert (in_force.kind, in_force.commitment) == (Kind.ENTRY_INTO_FORCE, Commitment.DEADLINE)
    assert in_force.due == PolicyDate("2014-08-01")
    (revision,) = in_force.revisions
    assert (revision.due.words, revision.due.edtf) == ("over een paar jaar", "2016-08~")
    assert (revision.source, revision.announced) == (second_letter, dt.date(2014, 5, 1))
    assert revision.reason is not None
    assert revision.reason.in_language("en") == "more time needed"
    assert in_force.outcome == Met(on=PolicyDate("2015-06-01"), source=second_letter)
    assert in_force.target is not None
    assert str(in_force.target.unit) == "dossiers"
    (reading,) = in_force.target.readings
    assert (reading.on.words, reading.value) == ("schooljaar 2012/2013", Decimal("152.5"))
    assert progress.due is None
    assert progress.source is letter, "its measure's, where it names none"
    assert progress.commitment is Commitment.PLANNED
    assert progress.snoozed is not None
    assert (progress.snoozed.since, progress.snoozed.until) == (
        dt.date(2015, 7, 2),
        dt.date(2015, 10, 1),
    )
    assert (progress.snoozed.by, str(progress.snoozed.reason)) == ("redactie", "wordt nagevraagd")
    assert measure.formerly == ("dossiers",)
    assert in_force.formerly == ("dossiers/in-force",)
    assert progress.formerly == ("dossiers/letter", "files/letter", "dossiers/progress")


def test_a_snooze_of_one_day() -> None:
    """A snooze may end on the day it was given."""
    (_, progress) = (
        loads(changed("since = 2015-07-02", "since = 2015-10-01")).measures[0].milestones
    )
    assert progress.snoozed is not None
    assert progress.snoozed.since == progress.snoozed.until


def test_shipped_data_set() -> None:
    """Without a path, the data set of the package is read, and it is sound."""
    assert [finding.rule.name for finding in check()] == ["wide-window"]
    assert load().id == "betatech"


def test_installed_data_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package has its data set beside its modules."""
    (tmp_path / "milestones.toml").write_text(PROGRAMME, encoding="utf-8")
    monkeypatch.setattr(load_module, "__file__", str(tmp_path / "datafile" / "load.py"))
    assert load().id == "science"


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
    (measure,) = loads(written).measures
    assert (str(measure.title), str(measure.summary)) == ("Dos siers", "Minder\nen bredere.")


def test_long_title() -> None:
    """A title of 100,000 characters is accepted."""
    title = "x" * 100_000
    assert str(loads(changed("Voortgang", title)).measures[0].milestones[1].title) == title


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
    (measure,) = loads(changed("announced = 2014-05-01\n", "")).measures
    assert measure.milestones[0].revisions[0].announced == dt.date(2015, 7, 1)


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
    assert [measure.line for measure in load(str(file)).measures] == [36]
    file.write_bytes(data.replace(b'"deadline"', b'"firm"'))
    assert [str(finding) for finding in check(file)] == [
        (
            f'{file}:56: error: commitment: "firm" is not known here; '
            "use one of deadline, planned, aim [unknown-word]"
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
        "25: error: not UTF-8: byte 0xe9; save the file as UTF-8 [encoding]",
    ),
    "UTF-16": (
        PROGRAMME.encode("utf-16"),
        "1: error: not UTF-8: byte 0xff; save the file as UTF-8 [encoding]",
    ),
    "cut within a character": (
        b"# caf\xc3",
        "1: error: not UTF-8: byte 0xc3; save the file as UTF-8 [encoding]",
    ),
    "no value": (
        b"[programme]\nid =\n",
        "2:5: error: not TOML: invalid value; see https://toml.io [toml-syntax]",
    ),
    "a key twice": (
        b'[programme]\nid = "a"\nid = "b"\n',
        "3:9: error: not TOML: cannot overwrite a value; see https://toml.io [toml-syntax]",
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
        ('36: error: [[measure]] lacks source; add source = "id-of-a-source" [missing-key]'),
    ),
    "the source of an outcome": (
        ('on = 2015-06-01\nsource = "letter-2015"\n'),
        "on = 2015-06-01\n",
        (
            "67: error: [measure.milestone.met] lacks source; add source = "
            '"id-of-a-source" [missing-key]'
        ),
    ),
    "the reason for dropping": (
        'reason = { nl = "niet meer nodig" }\n',
        "",
        (
            '85: error: [measure.milestone.dropped] lacks reason; add reason = { nl = "…", '
            'en = "…" } [missing-key]'
        ),
    ),
    "the unit of a target": (
        'unit = { nl = "dossiers", en = "files" }\n',
        "",
        (
            "71: error: [measure.milestone.target] lacks unit; add unit = { nl = "
            '"klassen", en = "classes" } [missing-key]'
        ),
    ),
    "the day of a revision": (
        ('source = "letter-2015"\nannounced = 2014-05-01'),
        'source = "web-page"',
        (
            '61: error: revised: lacks announced, and its source "web-page" bears no day; '
            "add announced = 2013-07-15 [missing-key]"
        ),
    ),
    "the name of a body": (
        "name = { nl",
        "title = { nl",
        (
            '32: error: [[body]] lacks name; add name = { nl = "…", en = "…" } '
            "[missing-key]\n"
            '34: error: [[body]] has no key "title"; its keys are id, name [unknown-key]'
        ),
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
        ('23: error: the file has no key "clusters"; did you mean "cluster"? [unknown-key]'),
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
            '56: error: [[measure.milestone]] has no key "deadline"; its keys are id, '
            "formerly, title, kind, commitment, due, source, locator, revised, met, dropped, "
            "target, snoozed [unknown-key]"
        ),
    ),
    "in a source": (
        'url = "https',
        'link = "https',
        (
            '12: error: [[source]] has no key "link"; its keys are id, title, reference, '
            "published, url [unknown-key]"
        ),
    ),
    "with a dot in quotes": (
        'commitment = "deadline"',
        '"due.on" = 1',
        ('56: error: [[measure.milestone]] has no key "due.on"; did you mean "due"? [unknown-key]'),
    ),
    "with control characters": (
        'commitment = "deadline"',
        '"\\u0000\\u009b" = 1',
        (
            '56: error: [[measure.milestone]] has no key "\\u0000\\u009b"; its keys are id, '
            "formerly, title, kind, commitment, due, source, locator, revised, met, dropped, "
            "target, snoozed [unknown-key]"
        ),
    ),
    "in a reading": (
        "value = 152.5",
        ('value = 152.5\nunit = "dossiers"'),
        (
            '78: error: [[measure.milestone.target.reading]] has no key "unit"; its keys '
            "are on, value, source [unknown-key]"
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
    "an outcome and a target that are texts": (
        (
            'source = [{ id = "s", title.nl = "S", published = 2013-01-01 }]\n'
            'measure = [{ id = "m", title.nl = "M", source = "s", milestone = [\n'
            ' { id = "n", title.nl = "N", kind = "other",\n met = "ja",\n target = 7 } ] }]'
        ),
        (
            '5: error: met: "ja" is no table; write [measure.milestone.met] [wrong-type]\n'
            "6: error: target: 7 is no table; write [measure.milestone.target] [wrong-type]"
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
        .replace("published = 2015-07-01", "published = 2015")
        .replace('bodies = ["ocw"]', 'bodies = ["ocv"]')
        .replace("euros = 11_700_000", "euros = -1")
        .replace('commitment = "deadline"', 'committed = "deadline"')
        .replace("announced = 2014-05-01", "announced = 2013-01-01")
        .replace('id = "progress"', 'id = "in-force"')
        .replace('reason = { nl = "niet meer nodig" }\n', "")
    )
    assert found(written) == (
        '5: error: timezone: "Mars" is no IANA time zone; try Europe/Amsterdam [bad-timezone]\n'
        "17: error: published: 2015 is no day; write it bare, such as 2013-02-26 [bad-date]\n"
        '42: error: bodies: there is no body "ocv"; did you mean "ocw"? [unknown-body]\n'
        "47: error: euros: -1 is no amount; "
        "write a number from 0 up to 9007199254740991 [bad-number]\n"
        "56: error: [[measure.milestone]] has no key "
        '"committed"; did you mean "commitment"? [unknown-key]\n'
        "61: error: revised: announced on 2013-01-01, before the promise (2013-02-26); "
        "put the oldest first, or mend the day [revised-before-promise]\n"
        '81: error: id: an earlier milestone has the id "in-force"; '
        "give this one its own [duplicate-id]\n"
        "85: error: [measure.milestone.dropped] lacks reason; "
        'add reason = { nl = "…", en = "…" } [missing-key]'
    )


def test_rules_speak_of_the_right_line_beside_unreadable_records() -> None:
    """Records that cannot be read do not shift the lines of what follows them."""
    bad = '[[measure.milestone.revised]]\nsource = "letter-2013"\n'
    undated = '[[measure.milestone.revised]]\nsource = "web-page"\ndue = 2017\n'
    early = '[[measure.milestone.revised]]\ndue = 2017\nsource = "letter-2013"\n'
    written = changed("[measure.milestone.met]", f"{bad}{undated}{early}[measure.milestone.met]")
    assert found(written) == (
        "67: error: [[measure.milestone.revised]] lacks due; add due = 2016-08-01 [missing-key]\n"
        '69: error: revised: lacks announced, and its source "web-page" bears no day; '
        "add announced = 2013-07-15 [missing-key]\n"
        "72: error: revised: announced on 2013-02-26, before the revision above it (2014-05-01); "
        "put the oldest first, or mend the day [revisions-out-of-order]"
    )


def test_unreadable_reading_hides_no_other() -> None:
    """The readings beside one that cannot be read are looked at too."""
    bad = '[[measure.milestone.target.reading]]\non = 2012\nvalue = "x"\nsource = "letter-2013"\n'
    written = changed(
        "[[measure.milestone.target.reading]]", f"{bad}[[measure.milestone.target.reading]]"
    ).replace('on = "schooljaar 2012/2013"', "on = 2014")
    assert found(written) == (
        '77: error: value: "x" is no number; write it bare, such as 3_500 [bad-number]\n'
        '80: error: on: begins on 2014-01-01, after its source "letter-2013" appeared '
        "(2013-02-26); cite a source of that day or later, or mend the date [dated-after-source]"
    )


ONCE = {
    "a table that others refer to": ("[[sector]]", "[sector]"),
    "the id of a source": ('[[source]]\nid = "letter-2013"', '[[source]]\nid = "Letter 2013"'),
    "the day of a source": ("published = 2015-07-01", 'published = "2015-07-01"'),
    "the title of a source": ('title = { nl = "Brief", en = "Letter" }', 'title = "Brief"'),
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
    two = '[[sector]]\nid = "vo"\ntitle = "vo"\n\n[[sector]]\nid = "po"\ntitle = "po"\n\n[[body]]'
    written = changed("[[body]]", two).replace('["mbo"]', '["vo", "po"]')
    assert found(written) == (
        '34: error: title: "vo" is no text by language; '
        'write title = { nl = "vo" } [wrong-type]\n'
        '38: error: title: "po" is no text by language; '
        'write title = { nl = "po" } [wrong-type]'
    )


def test_two_ids_that_cannot_be_read_are_no_duplicates() -> None:
    """What stands in for an id is no id."""
    written = PROGRAMME.replace('"in-force"', "1").replace('"progress"', "2")
    assert found(written) == (
        "53: error: id: 1 is no id; "
        'use lower-case letters, digits and single hyphens, such as "1" [bad-id]\n'
        "81: error: id: 2 is no id; "
        'use lower-case letters, digits and single hyphens, such as "2" [bad-id]'
    )


def test_revision_by_a_source_whose_day_cannot_be_read() -> None:
    """A revision that would have its day from there is not asked for one."""
    written = changed("announced = 2014-05-01\n", "").replace("= 2015-07-01", '= "2015-07-01"')
    assert found(written) == (
        '17: error: published: "2015-07-01" is no day; write it bare, such as 2013-02-26 [bad-date]'
    )


LINES = PROGRAMME.splitlines(keepends=True)
JUNK = st.sampled_from(["", "x = 1\n", "id = 3\n", "[measure]\n", "title = []\n", "due = {}\n"])


@given(st.dictionaries(st.integers(0, len(LINES) - 1), JUNK, max_size=4))
def test_whatever_happens_to_lines(instead: dict[int, str]) -> None:
    """A damaged file gives a programme or findings at lines that it has, and nothing else."""
    text = "".join(instead.get(index, line) for index, line in enumerate(LINES))
    try:
        findings: tuple[Finding, ...] = ()
        loads(text)
    except InvalidData as error:
        findings = error.findings
    assert all(0 < (finding.location.line or 0) <= len(LINES) + 1 for finding in findings)


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
