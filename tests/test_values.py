"""Each sort of value in a data file: what is refused, at which line, with which remedy."""

import pytest
from programmes import changed, found

from betatech_milestones import loads
from betatech_milestones.model.values import shown

WRONG_TYPES = {
    "two programmes": (
        "[programme]\n",
        "[[programme]]\n",
        (
            '1: error: programme: [{"id": "science", "title": {"nl": "Maatregelen", "en": '
            '"Me… is no table; write [programme] [wrong-type]'
        ),
    ),
    "one sector in a table": (
        "[[sector]]",
        "[sector]",
        (
            '28: error: sector: {"id": "mbo", "title": {"nl": "middelbaar '
            'beroepsonderwijs"… is no array; write [[sector]] [wrong-type]'
        ),
    ),
    "a text without quotes": (
        'reference = "Kamerstuk 1"',
        "reference = 1",
        "10: error: reference: 1 is no text; put it between quotes [wrong-type]",
    ),
    "a title in no language": (
        'title = { nl = "Voortgang" }',
        'title = "Voortgang"',
        (
            '82: error: title: "Voortgang" is no text by language; write title = { nl = '
            '"Voortgang" } [wrong-type]'
        ),
    ),
    "a title that is a number": (
        'title = { nl = "Voortgang" }',
        "title = 7",
        ('82: error: title: 7 is no text by language; write title = { nl = "…" } [wrong-type]'),
    ),
    "a title whose text is a number": (
        'title = { nl = "Voortgang" }',
        "title = { nl = 7 }",
        "82: error: title.nl: 7 is no text; put it between quotes [wrong-type]",
    ),
    "one budget in a table": (
        "[[measure.budget]]",
        "[measure.budget]",
        (
            '46: error: budget: {"euros": 11700000, "per": "year", "years": [2012, 2015], '
            '"… is no array; write [[measure.budget]] [wrong-type]'
        ),
    ),
    "one sector without brackets": (
        'sectors = ["mbo"]',
        'sectors = "mbo"',
        ('41: error: sectors: "mbo" is no array; write sectors = ["id-of-a-sector"] [wrong-type]'),
    ),
    "a sector that is a number": (
        'sectors = ["mbo"]',
        'sectors = [3, "mbo"]',
        "41: error: sectors: 3 is no id of a sector; put it between quotes [wrong-type]",
    ),
    "a former id without brackets": (
        'formerly = ["letter"]',
        'formerly = "letter"',
        '84: error: formerly: "letter" is no array; write formerly = ["old-id"] [wrong-type]',
    ),
    "a source that is a number": (
        ('source = "letter-2013"\nlocator = "3.1"\nformerly = ["dossiers"]\n[[measure.budget]]'),
        ('source = 2013\nlocator = "3.1"\nformerly = ["dossiers"]\n[[measure.budget]]'),
        ("43: error: source: 2013 is no id of a source; put it between quotes [wrong-type]"),
    ),
}


@pytest.mark.parametrize(("written", "instead", "findings"), WRONG_TYPES.values(), ids=WRONG_TYPES)
def test_wrong_type(written: str, instead: str, findings: str) -> None:
    """A value of another type is refused, and the right way to write it is shown."""
    assert found(changed(written, instead)) == findings


IDS = {
    "capitals and spaces": (
        'id = "files"',
        'id = "Two Files"',
        (
            '37: error: id: "Two Files" is no id; use lower-case letters, digits and '
            'single hyphens, such as "two-files" [bad-id]'
        ),
    ),
    "no letter at all": (
        'id = "files"',
        'id = "…"',
        ('37: error: id: "…" is no id; use lower-case letters, digits and single hyphens [bad-id]'),
    ),
    "a number": (
        'id = "files"',
        "id = 32_637",
        (
            "37: error: id: 32637 is no id; use lower-case letters, digits and single "
            'hyphens, such as "32637" [bad-id]'
        ),
    ),
    "a former id that is a number": (
        'formerly = ["letter"]',
        "formerly = [3]",
        (
            "84: error: formerly: 3 is no id; use lower-case letters, digits and single "
            'hyphens, such as "3" [bad-id]'
        ),
    ),
    "a former id in two measures": (
        'formerly = ["letter"]',
        'formerly = ["a/b/c"]',
        (
            '84: error: formerly: "b/c" is no id; use lower-case letters, digits and single '
            'hyphens, such as "b-c" [bad-id]'
        ),
    ),
    "a former measure with a slash": (
        'formerly = ["dossiers"]',
        'formerly = ["a/b"]',
        (
            '45: error: formerly: "a/b" is no id; use lower-case letters, digits and single '
            'hyphens, such as "a-b" [bad-id]'
        ),
    ),
    "61 characters": (
        'id = "files"',
        f'id = "{"x" * 61}"',
        (
            '37: error: id: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… '
            "is longer than 60 characters; shorten it [bad-id]"
        ),
    ),
    "a NUL": (
        'id = "files"',
        'id = "files\\u0000"',
        (
            '37: error: id: "files\\u0000" is no id; use lower-case letters, digits and '
            'single hyphens, such as "files" [bad-id]'
        ),
    ),
    "a line break at its end": (
        'id = "files"',
        'id = "files\\n"',
        (
            '37: error: id: "files\\n" is no id; use lower-case letters, digits and single '
            'hyphens, such as "files" [bad-id]'
        ),
    ),
}


@pytest.mark.parametrize(("written", "instead", "findings"), IDS.values(), ids=IDS)
def test_id(written: str, instead: str, findings: str) -> None:
    """An id is lower-case letters, digits and single hyphens, at most 60 of them."""
    assert found(changed(written, instead)) == findings


REFERENCES = {
    "nearly a source": (
        ('source = "letter-2013"\nlocator = "3.1"\n\n[[measure.milestone.rev'),
        ('source = "leter-2013"\nlocator = "3.1"\n\n[[measure.milestone.rev'),
        (
            '58: error: source: there is no source "leter-2013"; did you mean '
            '"letter-2013"? [unknown-source]'
        ),
    ),
    "not a source": (
        ('source = "letter-2013"\nlocator = "3.1"\n\n[[measure.milestone.rev'),
        ('source = "annex"\nlocator = "3.1"\n\n[[measure.milestone.rev'),
        (
            '58: error: source: there is no source "annex"; add a [[source]] with this id, '
            "or name another [unknown-source]"
        ),
    ),
    "nearly a cluster": (
        'cluster = "labour-market"',
        'cluster = "labor-market"',
        (
            '40: error: cluster: there is no cluster "labor-market"; did you mean '
            '"labour-market"? [unknown-cluster]'
        ),
    ),
    "not a sector": (
        'sectors = ["mbo"]',
        'sectors = ["mbo", "nope"]',
        (
            '41: error: sectors: there is no sector "nope"; add a [[sector]] with this id, '
            "or name another [unknown-sector]"
        ),
    ),
    "a sector twice": (
        'sectors = ["mbo"]',
        'sectors = ["mbo", "mbo"]',
        '41: error: sectors: "mbo" is named twice; name it once [duplicate-id]',
    ),
    "nearly a body": (
        'bodies = ["ocw"]',
        ('bodies = [\n  "ocv",\n]'),
        '43: error: bodies: there is no body "ocv"; did you mean "ocw"? [unknown-body]',
    ),
}


@pytest.mark.parametrize(("written", "instead", "findings"), REFERENCES.values(), ids=REFERENCES)
def test_reference(written: str, instead: str, findings: str) -> None:
    """A reference names a record that is there; a near name is offered."""
    assert found(changed(written, instead)) == findings


TEXTS = {
    "empty": (
        '"Arbeidsmarkt"',
        '""',
        ('25: error: title.nl: "" is empty; write the text or leave the key out [empty-text]'),
    ),
    "blank": (
        '"Arbeidsmarkt"',
        '" \\n "',
        ('25: error: title.nl: " \\n " is empty; write the text or leave the key out [empty-text]'),
    ),
    "a control character": (
        '"Arbeidsmarkt"',
        '"Arbeids\\u0007markt"',
        (
            "25: error: title.nl: has the control character U+0007 at position 8; take it "
            "out [control-character]"
        ),
    ),
    "a NUL": (
        '"Arbeidsmarkt"',
        '"\\u0000"',
        (
            "25: error: title.nl: has the control character U+0000 at position 1; take it "
            "out [control-character]"
        ),
    ),
    "a line separator": (
        '"Arbeidsmarkt"',
        '"Arbeids\u2028markt"',
        (
            "25: error: title.nl: has the control character U+2028 at position 8; take it "
            "out [control-character]"
        ),
    ),
    "a language that is none": (
        'nl = "middelbaar beroepsonderwijs"',
        'nl = "mbo", "en us" = "vocational"',
        (
            '30: error: title."en us": "en us" is no BCP 47 language tag, such as "nl" '
            "[bad-language]"
        ),
    ),
    "a language that would colour a terminal": (
        'nl = "middelbaar beroepsonderwijs"',
        'nl = "mbo", "\\u009b31m" = "vocational"',
        (
            '30: error: title."\\u009b31m": "\\u009b31m" is no BCP 47 language tag, such as '
            '"nl" [bad-language]'
        ),
    ),
    "not in the programme's language": (
        'nl = "middelbaar beroepsonderwijs"',
        'en = "vocational"',
        (
            '30: error: title: has no text in the programme\'s language; add nl = "…" '
            "[missing-language]"
        ),
    ),
    "in no language": (
        '{ nl = "middelbaar beroepsonderwijs" }',
        "{}",
        (
            '30: error: title: has no text in the programme\'s language; add nl = "…" '
            "[missing-language]"
        ),
    ),
}


@pytest.mark.parametrize(("written", "instead", "findings"), TEXTS.values(), ids=TEXTS)
def test_text(written: str, instead: str, findings: str) -> None:
    """A text says something, has no control characters, and is in the programme's language."""
    assert found(changed(written, instead)) == findings


SCALARS = {
    "half a web address": (
        '"https://example.org/letter-2013"',
        '"example.org/letter 2013"',
        (
            '12: error: url: "example.org/letter 2013" is no web address; begin with '
            "https:// and percent-encode spaces and letters outside ASCII [bad-url]"
        ),
    ),
    "a web address that is a number": (
        '"https://example.org/letter-2013"',
        "7",
        (
            "12: error: url: 7 is no web address; begin with https:// and percent-encode "
            "spaces and letters outside ASCII [bad-url]"
        ),
    ),
    "a language that is none": (
        'language = "nl"',
        'language = "Nederlands!"',
        (
            '4: error: language: "Nederlands!" is no BCP 47 language tag, such as "nl" '
            "[bad-language]"
        ),
    ),
    "nearly a time zone": (
        '"Europe/Amsterdam"',
        '"Europe/Amsterdm"',
        (
            '5: error: timezone: "Europe/Amsterdm" is no IANA time zone; did you mean '
            '"Europe/Amsterdam"? [bad-timezone]'
        ),
    ),
    "a folder of time zones": (
        '"Europe/Amsterdam"',
        '"Europe"',
        (
            '5: error: timezone: "Europe" is no IANA time zone; did you mean '
            '"Europe/Rome"? [bad-timezone]'
        ),
    ),
    "a time zone that is a number": (
        '"Europe/Amsterdam"',
        "2",
        ("5: error: timezone: 2 is no IANA time zone; try Europe/Amsterdam [bad-timezone]"),
    ),
    "a time zone that is a NUL": (
        '"Europe/Amsterdam"',
        '"\\u0000"',
        ('5: error: timezone: "\\u0000" is no IANA time zone; try Europe/Amsterdam [bad-timezone]'),
    ),
    "nearly a kind": (
        'kind = "report"',
        'kind = "reprot"',
        ('83: error: kind: "reprot" is not known here; did you mean "report"? [unknown-word]'),
    ),
    "not a kind": (
        'kind = "report"',
        'kind = "x"',
        (
            '83: error: kind: "x" is not known here; use one of start, report, evaluation, '
            "decision, agreement, publication, funding, target, entry-into-force, other "
            "[unknown-word]"
        ),
    ),
    "a kind that is a number": (
        'kind = "report"',
        "kind = 3",
        (
            "83: error: kind: 3 is not known here; use one of start, report, evaluation, "
            "decision, agreement, publication, funding, target, entry-into-force, other "
            "[unknown-word]"
        ),
    ),
    "a commitment in capitals": (
        '"deadline"',
        '"Deadline"',
        (
            '56: error: commitment: "Deadline" is not known here; did you mean "deadline"? '
            "[unknown-word]"
        ),
    ),
    "not a period": (
        'per = "year"',
        'per = "month"',
        ('48: error: per: "month" is not known here; use one of year, total [unknown-word]'),
    ),
}


@pytest.mark.parametrize(("written", "instead", "findings"), SCALARS.values(), ids=SCALARS)
def test_word(written: str, instead: str, findings: str) -> None:
    """What comes from a fixed list, or follows a standard, is nothing else."""
    assert found(changed(written, instead)) == findings


NUMBERS = {
    "true": (
        "11_700_000",
        "true",
        "47: error: euros: true is no number; write it bare, such as 3_500 [bad-number]",
    ),
    "words": (
        "11_700_000",
        '"12 miljoen"',
        ('47: error: euros: "12 miljoen" is no number; write it bare, such as 3_500 [bad-number]'),
    ),
    "below 0": (
        "11_700_000",
        "-1",
        (
            "47: error: euros: -1 is no amount; write a number from 0 up to "
            "9007199254740991 [bad-number]"
        ),
    ),
    "not a number": (
        "11_700_000",
        "nan",
        (
            "47: error: euros: NaN is no amount; write a number from 0 up to "
            "9007199254740991 [bad-number]"
        ),
    ),
    "infinite": (
        "11_700_000",
        "inf",
        (
            "47: error: euros: Infinity is no amount; write a number from 0 up to "
            "9007199254740991 [bad-number]"
        ),
    ),
    "above what JSON readers take": (
        "11_700_000",
        "9007199254740992",
        (
            "47: error: euros: 9007199254740992 is no amount; write a number from 0 up to "
            "9007199254740991 [bad-number]"
        ),
    ),
    "thousands of hexadecimal digits": (
        "11_700_000",
        "0x" + "f" * 4000,
        (
            "47: error: euros: what stands here is no amount; write a number from 0 up to "
            "9007199254740991 [bad-number]"
        ),
    ),
    "an exponent beyond all bounds": (
        "11_700_000",
        "1e99999999999999999999",
        (
            "47: error: euros: Infinity is no amount; write a number from 0 up to "
            "9007199254740991 [bad-number]"
        ),
    ),
    "a cluster's number 0": (
        "number = 3",
        "number = 0",
        ("26: error: number: 0 is no whole number from 1 up; write one, bare [bad-number]"),
    ),
    "a cluster's number above what JSON readers take": (
        "number = 3",
        "number = 9007199254740992",
        (
            "26: error: number: 9007199254740992 is no whole number from 1 up; "
            "write one, bare [bad-number]"
        ),
    ),
    "a cluster's number true": (
        "number = 3",
        "number = true",
        ("26: error: number: true is no whole number from 1 up; write one, bare [bad-number]"),
    ),
    "a cluster's number and a half": (
        "number = 3",
        "number = 1.5",
        ("26: error: number: 1.5 is no whole number from 1 up; write one, bare [bad-number]"),
    ),
    "one year": (
        "[2012, 2015]",
        "2012",
        (
            "49: error: years: 2012 is no array; write the first and the last year, [2012, "
            "2015] [wrong-type]"
        ),
    ),
    "years the wrong way round": (
        "[2012, 2015]",
        "[2015, 2012]",
        (
            "49: error: years: [2015, 2012] is not the first and the last year, such as "
            "[2012, 2015] [bad-years]"
        ),
    ),
    "three years": (
        "[2012, 2015]",
        "[2012, 2013, 2015]",
        (
            "49: error: years: [2012, 2013, 2015] is not the first and the last year, such "
            "as [2012, 2015] [bad-years]"
        ),
    ),
    "a year in quotes": (
        "[2012, 2015]",
        '["2012", 2015]',
        ('49: error: years: "2012" is no whole number from 1 up; write one, bare [bad-number]'),
    ),
    "a year of five digits": (
        "[2012, 2015]",
        "[2012, 10000]",
        (
            "49: error: years: [2012, 10000] is not the first and the last year, such as "
            "[2012, 2015] [bad-years]"
        ),
    ),
}


@pytest.mark.parametrize(("written", "instead", "findings"), NUMBERS.values(), ids=NUMBERS)
def test_number(written: str, instead: str, findings: str) -> None:
    """A number is from 0 up and finite; a period is a first and a last year."""
    assert found(changed(written, instead)) == findings


DATES = {
    "a day in quotes": (
        "published = 2013-02-26",
        'published = "2013-02-26"',
        (
            '11: error: published: "2013-02-26" is no day; write it bare, such as '
            "2013-02-26 [bad-date]"
        ),
    ),
    "a day with an hour": (
        "published = 2013-02-26",
        "published = 2013-02-26T12:00:00Z",
        (
            "11: error: published: 2013-02-26 12:00:00+00:00 is no day; write it bare, "
            "such as 2013-02-26 [bad-date]"
        ),
    ),
    "an hour": (
        "published = 2013-02-26",
        "published = 12:00:00",
        ("11: error: published: 12:00:00 is no day; write it bare, such as 2013-02-26 [bad-date]"),
    ),
    "a month where a day is wanted": (
        "published = 2013-02-26",
        'published = "februari 2013"',
        (
            '11: error: published: "februari 2013" is no day; write it bare, such as '
            "2013-02-26 [bad-date]"
        ),
    ),
    "due with an hour": (
        "due = 2014-08-01",
        "due = 2014-08-01T00:00:00",
        (
            "57: error: due: 2014-08-01 00:00:00 is not a date: write the day alone, "
            "2014-08-01 [bad-date]"
        ),
    ),
    "due true": (
        "due = 2014-08-01",
        "due = true",
        '57: error: due: true is no date; write 2014-08-01 or "zomer 2014" [bad-date]',
    ),
    "due a decimal": (
        "due = 2014-08-01",
        "due = 2014.5",
        '57: error: due: 2014.5 is no date; write 2014-08-01 or "zomer 2014" [bad-date]',
    ),
    "due in brackets": (
        "due = 2014-08-01",
        "due = [2014-08-01]",
        ('57: error: due: ["2014-08-01"] is no date; write 2014-08-01 or "zomer 2014" [bad-date]'),
    ),
    "due a day without hyphens": (
        "due = 2014-08-01",
        "due = 20140801",
        (
            "57: error: due: 20140801 is not a date: write a year in four digits, a day as "
            "2014-08-01 [bad-date]"
        ),
    ),
    "due a number of thousands of digits": (
        "due = 2014-08-01",
        "due = 0x" + "f" * 4000,
        "57: error: due: what stands here is no year; write four digits [bad-date]",
    ),
    "due in words that are no date": (
        "due = 2014-08-01",
        'due = "na de zomer"',
        (
            '57: error: due: "na de zomer" is not a date: write 2014-08-01, "1 augustus '
            '2014", "Q3 2014", "zomer 2014", "schooljaar 2014/2015" or "uiterlijk 2014", '
            'or else { words = "...", edtf = "2013-08~" } [bad-date]'
        ),
    ),
    "due a table without keys": (
        "due = 2014-08-01",
        "due = {}",
        (
            '57: error: [measure.milestone.due] lacks words; add words = "…" [missing-key]\n'
            '57: error: [measure.milestone.due] lacks edtf; add edtf = "2013-08~" '
            "[missing-key]"
        ),
    ),
    "due a table with more keys": (
        "due = 2014-08-01",
        'due = { words = "ooit", edtf = "2014", certain = true }',
        (
            '57: error: [measure.milestone.due] has no key "certain"; its keys are words, '
            "edtf [unknown-key]"
        ),
    ),
    "due a table whose reading is no EDTF": (
        "due = 2014-08-01",
        'due = { words = "ooit", edtf = "ooit" }',
        (
            '57: error: due: "ooit" is not a date: this is not EDTF; write 2014-08-01, '
            "2014-08, 2014, 2014-22, [2014-08..2015-07], [..2014] or 2013-08~ [bad-date]"
        ),
    ),
    "due a table whose reading is a number": (
        "due = 2014-08-01",
        'due = { words = "ooit", edtf = 2014 }',
        "57: error: edtf: 2014 is no text; put it between quotes [wrong-type]",
    ),
    "due a table whose words mean something else": (
        "due = 2014-08-01",
        'due = { words = "zomer 2014", edtf = "2014-23" }',
        (
            '57: error: due: "zomer 2014" means 2014-22, and edtf says 2014-23; write the '
            "words alone, or mend the edtf [date-conflict]"
        ),
    ),
}


@pytest.mark.parametrize(("written", "instead", "findings"), DATES.values(), ids=DATES)
def test_date(written: str, instead: str, findings: str) -> None:
    """A day is a bare TOML date; a policy date is a day, a year, known words or a table."""
    assert found(changed(written, instead)) == findings


LIMITS = {
    "an id of 60 characters": ('"progress"', f'"{"x" * 60}"'),
    "an amount of 0": ("11_700_000", "0"),
    "the largest amount": ("11_700_000", "9007199254740991"),
    "the largest number": ("number = 3", "number = 9007199254740991"),
    "a single year twice": ("[2012, 2015]", "[2012, 2012]"),
    "no sectors": ('["mbo"]', "[]"),
    "a tab and a line break": ('"meer tijd nodig"', '"meer\\ttijd\\nnodig"'),
    "a year": ("2014-08-01", "2014"),
}


@pytest.mark.parametrize(("written", "instead"), LIMITS.values(), ids=LIMITS)
def test_limit(written: str, instead: str) -> None:
    """What is just within a limit is accepted."""
    loads(changed(written, instead))


def test_value_that_cannot_be_shown() -> None:
    """A value nested beyond what can be written out is named, not shown."""
    value: list[object] = []
    for _ in range(100_000):
        value = [value]
    assert shown(value) == "what stands here"
