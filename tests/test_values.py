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
            '32: error: sector: {"id": "mbo", "title": {"nl": "middelbaar '
            'beroepsonderwijs"… is no array; write [[sector]] [wrong-type]'
        ),
    ),
    "a text without quotes": (
        'reference = "Kamerstuk 1"',
        "reference = 1",
        "12: error: reference: 1 is no text; put it between quotes [wrong-type]",
    ),
    "a title that is a number": (
        'title = { nl = "Voortgang" }',
        "title = 7",
        '92: error: title: 7 is no text; write title = "…" [wrong-type]',
    ),
    "a title whose text is a number": (
        'title = { nl = "Voortgang" }',
        "title = { nl = 7 }",
        "92: error: title.nl: 7 is no text; put it between quotes [wrong-type]",
    ),
    "one budget in a table": (
        "[[measure.budget]]\namount = 11",
        "[measure.budget]\namount = 11",
        (
            '55: error: budget: {"amount": 11700000, "currency": "EUR", "per": "year", "yea… is no '
            "array; write [[measure.budget]] [wrong-type]"
        ),
    ),
    "one sector without brackets": (
        'sectors = ["mbo"]',
        'sectors = "mbo"',
        ('50: error: sectors: "mbo" is no array; write sectors = ["id-of-a-sector"] [wrong-type]'),
    ),
    "a sector that is a number": (
        'sectors = ["mbo"]',
        'sectors = [3, "mbo"]',
        "50: error: sectors: 3 is no id of a sector; put it between quotes [wrong-type]",
    ),
    "a former id without brackets": (
        'formerly = ["letter"]',
        'formerly = "letter"',
        '94: error: formerly: "letter" is no array; write formerly = ["old-id"] [wrong-type]',
    ),
    "a former id of a measure that is no list": (
        'formerly = ["dossiers"]',
        'formerly = "dossiers"',
        '54: error: formerly: "dossiers" is no array; write formerly = ["old-id"] [wrong-type]',
    ),
    "a source that is a number": (
        ('source = "letter-2013"\nlocator = "3.1"\nformerly = ["dossiers"]\n[[measure.budget]]'),
        ('source = 2013\nlocator = "3.1"\nformerly = ["dossiers"]\n[[measure.budget]]'),
        ("52: error: source: 2013 is no id of a source; put it between quotes [wrong-type]"),
    ),
    "a title in brackets": (
        'title = { nl = "Voortgang" }',
        'title = ["Voortgang"]',
        '92: error: title: ["Voortgang"] is no text; write title = "…" [wrong-type]',
    ),
    "one source in brackets": (
        "[measure.milestone.met]\non = 2015-06-01\nsource",
        "[measure.milestone.met]\non = 2015-06-01\nsources",
        (
            '79: error: sources: "letter-2015" is no array; write sources = ["id-of-a-source"] '
            "[wrong-type]"
        ),
    ),
    "several sources without brackets": (
        'on = 2015-06-01\nsource = "letter-2015"',
        'on = 2015-06-01\nsource = ["letter-2015"]',
        (
            '79: error: source: ["letter-2015"] is no id of a source; write sources = […] for '
            "several [wrong-type]"
        ),
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
            '46: error: id: "Two Files" is no id; use lower-case letters, digits and '
            'single hyphens, such as "two-files" [bad-id]'
        ),
    ),
    "no letter at all": (
        'id = "files"',
        'id = "…"',
        ('46: error: id: "…" is no id; use lower-case letters, digits and single hyphens [bad-id]'),
    ),
    "a number": (
        'id = "files"',
        "id = 32_637",
        (
            "46: error: id: 32637 is no id; use lower-case letters, digits and single "
            'hyphens, such as "32637" [bad-id]'
        ),
    ),
    "a former id that is a number": (
        'formerly = ["letter"]',
        "formerly = [3]",
        (
            "94: error: formerly: 3 is no id; use lower-case letters, digits and single "
            'hyphens, such as "3" [bad-id]'
        ),
    ),
    "a former id in two measures": (
        'formerly = ["letter"]',
        'formerly = ["a/b/c"]',
        (
            '94: error: formerly: "b/c" is no id; use lower-case letters, digits and single '
            'hyphens, such as "b-c" [bad-id]'
        ),
    ),
    "a former measure with a slash": (
        'formerly = ["dossiers"]',
        'formerly = ["a/b"]',
        (
            '54: error: formerly: "a/b" is no id; use lower-case letters, digits and single '
            'hyphens, such as "a-b" [bad-id]'
        ),
    ),
    "61 characters": (
        'id = "files"',
        f'id = "{"x" * 61}"',
        (
            '46: error: id: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… '
            "is longer than 60 characters; shorten it [bad-id]"
        ),
    ),
    "a NUL": (
        'id = "files"',
        'id = "files\\u0000"',
        (
            '46: error: id: "files\\u0000" is no id; use lower-case letters, digits and '
            'single hyphens, such as "files" [bad-id]'
        ),
    ),
    "a line break at its end": (
        'id = "files"',
        'id = "files\\n"',
        (
            '46: error: id: "files\\n" is no id; use lower-case letters, digits and single '
            'hyphens, such as "files" [bad-id]'
        ),
    ),
    "a milestone's id with three slashes": (
        'by = "files/in-force"',
        'by = "p/files/in-force/1"',
        (
            '151: error: by: "p/files/in-force/1" is no id of a milestone; write it as '
            "measure/milestone [bad-id]"
        ),
    ),
    "a milestone's id that is a number": (
        'by = "files/in-force"',
        "by = 3",
        "151: error: by: 3 is no id of a milestone; write it as measure/milestone [bad-id]",
    ),
    "a milestone's id with capitals": (
        'by = "files/in-force"',
        'by = "Files/in-force"',
        (
            '151: error: by: "Files" is no id; use lower-case letters, digits and single hyphens, '
            'such as "files" [bad-id]'
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
            '68: error: source: there is no source "leter-2013"; did you mean '
            '"letter-2013"? [unknown-source]'
        ),
    ),
    "not a source": (
        ('source = "letter-2013"\nlocator = "3.1"\n\n[[measure.milestone.rev'),
        ('source = "annex"\nlocator = "3.1"\n\n[[measure.milestone.rev'),
        (
            '68: error: source: there is no source "annex"; add a [[source]] with this id, '
            "or name another [unknown-source]"
        ),
    ),
    "nearly a cluster": (
        'cluster = "labour-market"',
        'cluster = "labor-market"',
        (
            '49: error: cluster: there is no cluster "labor-market"; did you mean '
            '"labour-market"? [unknown-cluster]'
        ),
    ),
    "not a sector": (
        'sectors = ["mbo"]',
        'sectors = ["mbo", "nope"]',
        (
            '50: error: sectors: there is no sector "nope"; add a [[sector]] with this id, '
            "or name another [unknown-sector]"
        ),
    ),
    "a sector twice": (
        'sectors = ["mbo"]',
        'sectors = ["mbo", "mbo"]',
        '50: error: sectors: "mbo" is named twice; name it once [duplicate-id]',
    ),
    "nearly a body": (
        'bodies = ["ocw"]',
        ('bodies = [\n  "ocv",\n]'),
        '52: error: bodies: there is no body "ocv"; did you mean "ocw"? [unknown-body]',
    ),
    "no source in brackets": (
        'sources = ["letter-2015"]\n',
        "sources = []\n",
        '124: error: sources: names no source; write sources = ["id-of-a-source"] [missing-key]',
    ),
    "an unknown one of several sources": (
        'sources = ["letter-2015"]\n',
        'sources = ["letter-2014", "letter-2015"]\n',
        (
            '124: error: sources: there is no source "letter-2014"; did you mean "letter-2015"? '
            "[unknown-source]"
        ),
    ),
    "unknown sources alone": (
        'sources = ["letter-2015"]\n',
        'sources = ["x"]\n',
        (
            '124: error: sources: there is no source "x"; add a [[source]] with this id, or name '
            "another [unknown-source]"
        ),
    ),
    "a source twice": (
        'sources = ["letter-2015"]\n',
        'sources = ["letter-2015", "letter-2015"]\n',
        '124: error: sources: "letter-2015" is named twice; name it once [duplicate-id]',
    ),
    "both source and sources": (
        'sources = ["letter-2015"]\n',
        'source = "letter-2015"\nsources = ["letter-2015"]\n',
        (
            "124: error: [[measure.milestone]] has both source and sources; keep sources alone "
            "[duplicate-key]"
        ),
    ),
    "both source and sources of an outcome": (
        "on = 2015-06-01\n",
        'on = 2015-06-01\nsources = ["letter-2015"]\n',
        (
            "80: error: [measure.milestone.met] has both source and sources; keep sources alone "
            "[duplicate-key]"
        ),
    ),
    "nearly a body, of a source": (
        'by = "ocw"',
        'by = "ocv"',
        '23: error: by: there is no body "ocv"; did you mean "ocw"? [unknown-body]',
    ),
    "not a body, of a milestone": (
        'also = ["files"]',
        (
            'also = ["files"]\n'
            "[[measure.milestone.revised]]\n"
            'bodies = ["rector"]\n'
            'source = "web-page"'
        ),
        (
            '129: error: bodies: there is no body "rector"; add a [[body]] with this id, or name '
            "another [unknown-body]\n"
            '131: error: [[measure.milestone.revised]] has no key "corrected"; its keys are due, '
            "goal, bodies, source, sources, announced, reason, note [unknown-key]"
        ),
    ),
    "not a source, of a budget": (
        'each = 12\nsource = "letter-2015"',
        'each = 12\nsource = "x"',
        (
            '115: error: source: there is no source "x"; add a [[source]] with this id, or name '
            "another [unknown-source]"
        ),
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
        ('29: error: title.nl: "" is empty; write the text or leave the key out [empty-text]'),
    ),
    "blank": (
        '"Arbeidsmarkt"',
        '" \\n "',
        ('29: error: title.nl: " \\n " is empty; write the text or leave the key out [empty-text]'),
    ),
    "a control character": (
        '"Arbeidsmarkt"',
        '"Arbeids\\u0007markt"',
        (
            "29: error: title.nl: has the control character U+0007 at position 8; take it "
            "out [control-character]"
        ),
    ),
    "a NUL": (
        '"Arbeidsmarkt"',
        '"\\u0000"',
        (
            "29: error: title.nl: has the control character U+0000 at position 1; take it "
            "out [control-character]"
        ),
    ),
    "a line separator": (
        '"Arbeidsmarkt"',
        '"Arbeids\u2028markt"',
        (
            "29: error: title.nl: has the control character U+2028 at position 8; take it "
            "out [control-character]"
        ),
    ),
    "a language that is none": (
        'nl = "middelbaar beroepsonderwijs"',
        'nl = "mbo", "en us" = "vocational"',
        (
            '34: error: title."en us": "en us" is no BCP 47 language tag, such as "nl" '
            "[bad-language]"
        ),
    ),
    "a language that would colour a terminal": (
        'nl = "middelbaar beroepsonderwijs"',
        'nl = "mbo", "\\u009b31m" = "vocational"',
        (
            '34: error: title."\\u009b31m": "\\u009b31m" is no BCP 47 language tag, such as '
            '"nl" [bad-language]'
        ),
    ),
    "not in the programme's language": (
        'nl = "middelbaar beroepsonderwijs"',
        'en = "vocational"',
        (
            '34: error: title: has no text in the programme\'s language; add nl = "…" '
            "[missing-language]"
        ),
    ),
    "in no language": (
        '{ nl = "middelbaar beroepsonderwijs" }',
        "{}",
        (
            '34: error: title: has no text in the programme\'s language; add nl = "…" '
            "[missing-language]"
        ),
    ),
    "a bare text that is empty": (
        '"Elke school doet mee."',
        '""',
        '121: error: summary: "" is empty; write the text or leave the key out [empty-text]',
    ),
    "bare words of a date with a control character": (
        '{ words = { nl = "doorlopend", en = "ongoing" } }',
        '{ words = "door\\u0007lopend" }',
        (
            "123: error: words: has the control character U+0007 at position 5; take it out "
            "[control-character]"
        ),
    ),
    "words of a date in another language alone": (
        '{ words = { nl = "doorlopend", en = "ongoing" } }',
        '{ words.en = "ongoing" }',
        (
            '123: error: words: has no text in the programme\'s language; add nl = "…" '
            "[missing-language]"
        ),
    ),
}


@pytest.mark.parametrize(("written", "instead", "findings"), TEXTS.values(), ids=TEXTS)
def test_text(written: str, instead: str, findings: str) -> None:
    """A text says something, has no control characters, and is in the programme's language."""
    assert found(changed(written, instead)) == findings


SCALARS = {
    "a contact without its scheme": (
        '"mailto:a@example.org"',
        '"a@example.org"',
        (
            '6: error: contact: "a@example.org" is nothing to write to; write '
            '"mailto:a@example.org" [bad-contact]'
        ),
    ),
    "a contact that is none": (
        '"mailto:a@example.org"',
        '"the minister"',
        (
            '6: error: contact: "the minister" is nothing to write to; write '
            '"mailto:name@example.org", or begin with https:// [bad-contact]'
        ),
    ),
    "a contact with a line break in it": (
        '"mailto:a@example.org"',
        '"mailto:a%0Ab@example.org"',
        (
            '6: error: contact: "mailto:a%0Ab@example.org" is nothing to write to; write '
            '"mailto:name@example.org", or begin with https:// [bad-contact]'
        ),
    ),
    "a licence that is none": (
        '"CC0-1.0"',
        '"public domain"',
        (
            '7: error: licence: "public domain" is no SPDX licence; write its identifier, such as '
            '"CC0-1.0" or "CC-BY-4.0" [bad-licence]'
        ),
    ),
    "half a web address": (
        '"https://example.org/letter-2013"',
        '"example.org/letter 2013"',
        (
            '14: error: url: "example.org/letter 2013" is no web address; begin with '
            "https:// and percent-encode spaces and letters outside ASCII [bad-url]"
        ),
    ),
    "a web address that is a number": (
        '"https://example.org/letter-2013"',
        "7",
        (
            "14: error: url: 7 is no web address; begin with https:// and percent-encode "
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
        ('93: error: kind: "reprot" is not known here; did you mean "report"? [unknown-word]'),
    ),
    "not a kind": (
        'kind = "report"',
        'kind = "x"',
        (
            '93: error: kind: "x" is not known here; use one of start, report, evaluation, '
            "decision, agreement, publication, funding, target, entry-into-force, other, "
            "consultation [unknown-word]"
        ),
    ),
    "a kind that is a number": (
        'kind = "report"',
        "kind = 3",
        (
            "93: error: kind: 3 is not known here; use one of start, report, evaluation, decision, "
            "agreement, publication, funding, target, entry-into-force, other, consultation "
            "[unknown-word]"
        ),
    ),
    "a commitment in capitals": (
        '"deadline"',
        '"Deadline"',
        (
            '66: error: commitment: "Deadline" is not known here; did you mean "deadline"? '
            "[unknown-word]"
        ),
    ),
    "not a period": (
        'per = "year"',
        'per = "month"',
        ('58: error: per: "month" is not known here; use one of year, total [unknown-word]'),
    ),
    "half an address of a copy": (
        '"https://example.org/2015/web-page"',
        '"web.archive.org/x"',
        (
            '25: error: archived: "web.archive.org/x" is no web address; begin with https:// and '
            "percent-encode spaces and letters outside ASCII [bad-url]"
        ),
    ),
    "a kind that is not there any more": (
        '[[kind]]\nid = "consultation"\ntitle = { nl = "Raadpleging", en = "Consultation" }\n\n',
        "",
        (
            '118: error: kind: "consultation" is not known here; did you mean "publication"? '
            "[unknown-word]"
        ),
    ),
    "nearly an own kind": (
        'kind = "consultation"\n',
        'kind = "consultatoin"\n',
        (
            '122: error: kind: "consultatoin" is not known here; did you mean "consultation"? '
            "[unknown-word]"
        ),
    ),
    "nearly a kind of source": (
        'kind = "website"',
        'kind = "web-site"',
        '22: error: kind: "web-site" is not known here; did you mean "website"? [unknown-word]',
    ),
    "not a kind of source": (
        'kind = "website"',
        'kind = "memo"',
        (
            '22: error: kind: "memo" is not known here; use one of letter, parliamentary-paper, '
            "gazette, law, report, evaluation, audit, register, press, website, other "
            "[unknown-word]"
        ),
    ),
    "not a finding": (
        'found = "under-way"',
        'found = "bezig"',
        (
            '137: error: found: "bezig" is not known here; use one of nothing, under-way, partly, '
            "not-done [unknown-word]"
        ),
    ),
    "not a kind of reading": (
        'kind = "planned"',
        'kind = "hoped"',
        '148: error: kind: "hoped" is not known here; use one of reached, planned [unknown-word]',
    ),
    "not a commitment": (
        '"deadline"',
        '"firm"',
        (
            '66: error: commitment: "firm" is not known here; use one of deadline, planned, fixed, '
            "aim, forecast, none [unknown-word]"
        ),
    ),
    "a currency in words": (
        'currency = "EUR"\nper = "year"',
        'currency = "euro"\nper = "year"',
        (
            '57: error: currency: "euro" is no currency; write its three letters, such as "EUR" '
            "[bad-currency]"
        ),
    ),
    "a currency sign": (
        'currency = "EUR"\nper = "year"',
        'currency = "€"\nper = "year"',
        (
            '57: error: currency: "€" is no currency; write its three letters, such as "EUR" '
            "[bad-currency]"
        ),
    ),
    "a currency that is a number": (
        'currency = "EUR"\nper = "year"',
        'currency = 978\nper = "year"',
        (
            '57: error: currency: 978 is no currency; write its three letters, such as "EUR" '
            "[bad-currency]"
        ),
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
        "56: error: amount: true is no number; write it bare, such as 3_500 [bad-number]",
    ),
    "words": (
        "11_700_000",
        '"12 miljoen"',
        ('56: error: amount: "12 miljoen" is no number; write it bare, such as 3_500 [bad-number]'),
    ),
    "below 0": (
        "11_700_000",
        "-1",
        (
            "56: error: amount: -1 is no amount; write a number from 0 up to "
            "9007199254740991 [bad-number]"
        ),
    ),
    "not a number": (
        "11_700_000",
        "nan",
        (
            "56: error: amount: NaN is no amount; write a number from 0 up to "
            "9007199254740991 [bad-number]"
        ),
    ),
    "infinite": (
        "11_700_000",
        "inf",
        (
            "56: error: amount: Infinity is no amount; write a number from 0 up to "
            "9007199254740991 [bad-number]"
        ),
    ),
    "above what JSON readers take": (
        "11_700_000",
        "9007199254740992",
        (
            "56: error: amount: 9007199254740992 is no amount; write a number from 0 up to "
            "9007199254740991 [bad-number]"
        ),
    ),
    "thousands of hexadecimal digits": (
        "11_700_000",
        "0x" + "f" * 4000,
        (
            "56: error: amount: what stands here is no amount; write a number from 0 up to "
            "9007199254740991 [bad-number]"
        ),
    ),
    "an exponent beyond all bounds": (
        "11_700_000",
        "1e99999999999999999999",
        (
            "56: error: amount: Infinity is no amount; write a number from 0 up to "
            "9007199254740991 [bad-number]"
        ),
    ),
    "a cluster's number 0": (
        "number = 3",
        "number = 0",
        ("30: error: number: 0 is no whole number from 1 up; write one, bare [bad-number]"),
    ),
    "a cluster's number above what JSON readers take": (
        "number = 3",
        "number = 9007199254740992",
        (
            "30: error: number: 9007199254740992 is no whole number from 1 up; "
            "write one, bare [bad-number]"
        ),
    ),
    "a cluster's number true": (
        "number = 3",
        "number = true",
        ("30: error: number: true is no whole number from 1 up; write one, bare [bad-number]"),
    ),
    "a cluster's number and a half": (
        "number = 3",
        "number = 1.5",
        ("30: error: number: 1.5 is no whole number from 1 up; write one, bare [bad-number]"),
    ),
    "one year": (
        "[2012, 2015]",
        "2012",
        (
            "59: error: years: 2012 is no array; write the first and the last year, [2012, "
            "2015] [wrong-type]"
        ),
    ),
    "years the wrong way round": (
        "[2012, 2015]",
        "[2015, 2012]",
        (
            "59: error: years: [2015, 2012] is not the first and the last year, such as "
            "[2012, 2015] [bad-years]"
        ),
    ),
    "three years": (
        "[2012, 2015]",
        "[2012, 2013, 2015]",
        (
            "59: error: years: [2012, 2013, 2015] is not the first and the last year, such "
            "as [2012, 2015] [bad-years]"
        ),
    ),
    "a year in quotes": (
        "[2012, 2015]",
        '["2012", 2015]',
        ('59: error: years: "2012" is no whole number from 1 up; write one, bare [bad-number]'),
    ),
    "a year of five digits": (
        "[2012, 2015]",
        "[2012, 10000]",
        (
            "59: error: years: [2012, 10000] is not the first and the last year, such as "
            "[2012, 2015] [bad-years]"
        ),
    ),
    "a baseline below 0": (
        "baseline = 1",
        "baseline = -1",
        (
            "144: error: baseline: -1 is no amount; write a number from 0 up to 9007199254740991 "
            "[bad-number]"
        ),
    ),
    "a revised goal in words": (
        "goal = 12\n",
        'goal = "twaalf"\n',
        '130: error: goal: "twaalf" is no number; write it bare, such as 3_500 [bad-number]',
    ),
    "recipients of an amount, 0": (
        "each = 12",
        "each = 0",
        "114: error: each: 0 is no whole number from 1 up; write one, bare [bad-number]",
    ),
}


@pytest.mark.parametrize(("written", "instead", "findings"), NUMBERS.values(), ids=NUMBERS)
def test_number(written: str, instead: str, findings: str) -> None:
    """A number is from 0 up and finite; a period is a first and a last year."""
    assert found(changed(written, instead)) == findings


DATES = {
    "a day with an hour": (
        "seen = 2015-09-01",
        "seen = 2015-09-01T12:00:00Z",
        (
            "24: error: seen: 2015-09-01 12:00:00+00:00 is no day; write it bare, such as "
            "2013-02-26 [bad-date]"
        ),
    ),
    "an hour": (
        "seen = 2015-09-01",
        "seen = 12:00:00",
        "24: error: seen: 12:00:00 is no day; write it bare, such as 2013-02-26 [bad-date]",
    ),
    "a month where a day is wanted": (
        "seen = 2015-09-01",
        'seen = "september 2015"',
        (
            '24: error: seen: "september 2015" is no day; write it bare, such as 2013-02-26 '
            "[bad-date]"
        ),
    ),
    "due with an hour": (
        "due = 2014-08-01",
        "due = 2014-08-01T00:00:00",
        (
            "67: error: due: 2014-08-01 00:00:00 is not a date: write the day alone, "
            "2014-08-01 [bad-date]"
        ),
    ),
    "due true": (
        "due = 2014-08-01",
        "due = true",
        '67: error: due: true is no date; write 2014-08-01 or "zomer 2014" [bad-date]',
    ),
    "due a decimal": (
        "due = 2014-08-01",
        "due = 2014.5",
        '67: error: due: 2014.5 is no date; write 2014-08-01 or "zomer 2014" [bad-date]',
    ),
    "due in brackets": (
        "due = 2014-08-01",
        "due = [2014-08-01]",
        ('67: error: due: ["2014-08-01"] is no date; write 2014-08-01 or "zomer 2014" [bad-date]'),
    ),
    "due a day without hyphens": (
        "due = 2014-08-01",
        "due = 20140801",
        (
            "67: error: due: 20140801 is not a date: write a year in four digits, a day as "
            "2014-08-01 [bad-date]"
        ),
    ),
    "due a number of thousands of digits": (
        "due = 2014-08-01",
        "due = 0x" + "f" * 4000,
        "67: error: due: what stands here is no year; write four digits [bad-date]",
    ),
    "due in words that are no date": (
        "due = 2014-08-01",
        'due = "na de zomer"',
        (
            '67: error: due: "na de zomer" is not a date: it names no year; '
            "write the year, too, in four digits [bad-date]"
        ),
    ),
    "due a table without keys": (
        "due = 2014-08-01",
        "due = {}",
        '67: error: [measure.milestone.due] lacks words; add words = "…" [missing-key]',
    ),
    "due a table with more keys": (
        "due = 2014-08-01",
        'due = { words = "ooit", edtf = "2014", certain = true }',
        (
            '67: error: [measure.milestone.due] has no key "certain"; its keys are words, '
            "edtf [unknown-key]"
        ),
    ),
    "due a table whose reading is no EDTF": (
        "due = 2014-08-01",
        'due = { words = "ooit", edtf = "ooit" }',
        (
            '67: error: due: "ooit" is not a date: this is not EDTF; write 2014-08-01, '
            "2014-08, 2014, 2014-22, [2014-08..2015-07], [..2014] or 2013-08~ [bad-date]"
        ),
    ),
    "due a table whose reading is a number": (
        "due = 2014-08-01",
        'due = { words = "ooit", edtf = 2014 }',
        "67: error: edtf: 2014 is no text; put it between quotes [wrong-type]",
    ),
    "due a table whose words mean something else": (
        "due = 2014-08-01",
        'due = { words = "zomer 2014", edtf = "2014-23" }',
        (
            '67: error: due: "zomer 2014" means 2014-22, and edtf says 2014-23; write the '
            "words alone, or mend the edtf [date-conflict]"
        ),
    ),
    "a day of 30 February in quotes": (
        "seen = 2015-09-01",
        'seen = "2015-02-30"',
        '24: error: seen: "2015-02-30" is no day; write it bare, such as 2013-02-26 [bad-date]',
    ),
    "published with an hour": (
        "published = 2013-02-26",
        "published = 2013-02-26T12:00:00Z",
        (
            "13: error: published: 2013-02-26 12:00:00+00:00 is not a date: write the day alone, "
            "2013-02-26 [bad-date]"
        ),
    ),
    "published in words that are no date": (
        "published = 2013-02-26",
        'published = "onlangs"',
        (
            '13: error: published: "onlangs" is not a date: write 2014-08-01, "1 augustus 2014", '
            '"derde kwartaal 2014", "zomer 2014", "december 2014" or "uiterlijk 31 december 2014", '
            'or else { words = "…", edtf = "2014-08~" } [bad-date]'
        ),
    ),
    "news in a month": (
        "on = 2015-08-31",
        'on = "augustus 2015"',
        '136: error: on: "augustus 2015" is no day; write it bare, such as 2013-02-26 [bad-date]',
    ),
    "due a table whose words are a date without their reading": (
        "due = 2014-08-01",
        'due = { words = "zomer 2014" }',
        (
            '67: error: due: "zomer 2014" means 2014-22, and is undated without edtf; write the '
            "words alone, or add the edtf [date-conflict]"
        ),
    ),
    "due a table whose words by language mean something else": (
        "due = 2014-08-01",
        'due = { words = { en = "spring 2014", nl = "zomer 2014" }, edtf = "2014-21" }',
        (
            '67: error: due: "zomer 2014" means 2014-22, and edtf says 2014-21; write the words '
            "alone, or mend the edtf [date-conflict]"
        ),
    ),
}


@pytest.mark.parametrize(("written", "instead", "findings"), DATES.values(), ids=DATES)
def test_date(written: str, instead: str, findings: str) -> None:
    """A day is a bare TOML date; a policy date is a day, a year, known words or a table."""
    assert found(changed(written, instead)) == findings


NEWS = {
    "that nobody says": (
        "[measure.milestone.snoozed]",
        (
            "[[measure.milestone.news]]\n"
            "on = 2015-10-01\n"
            'found = "partly"\n'
            'by = "redactie"\n'
            "[measure.milestone.snoozed]"
        ),
        (
            '99: error: news: lacks source, which says so; add source = "id-of-a-source" '
            "[missing-key]"
        ),
    ),
    "of nothing that nobody looked for": (
        "[measure.milestone.snoozed]",
        (
            "[[measure.milestone.news]]\n"
            "on = 2015-10-01\n"
            'found = "nothing"\n'
            "[measure.milestone.snoozed]"
        ),
        '99: error: news: lacks by: who looked, and found nothing; add by = "…" [missing-key]',
    ),
    "of no day": (
        "[measure.milestone.snoozed]",
        (
            "[[measure.milestone.news]]\n"
            'found = "nothing"\n'
            'by = "redactie"\n'
            "[measure.milestone.snoozed]"
        ),
        "99: error: news: lacks on, the day of the look; add on = 2026-11-24 [missing-key]",
    ),
    "without what was found": (
        'found = "under-way"\n',
        "",
        (
            '135: error: [[measure.milestone.news]] lacks found; add found = "nothing", '
            '"under-way", "partly" or "not-done" [missing-key]'
        ),
    ),
}


@pytest.mark.parametrize(("written", "instead", "findings"), NEWS.values(), ids=NEWS)
def test_news(written: str, instead: str, findings: str) -> None:
    """News has a day and somebody who says so: a source or, of nothing, who looked."""
    assert found(changed(written, instead)) == findings


LIMITS = {
    "a title in no language": ('title = { nl = "Voortgang" }', 'title = "Voortgang"'),
    "a day in quotes": ("seen = 2015-09-01", 'seen = "2015-09-01"'),
    "published in a month": ("published = 2013-02-26", 'published = "januari 2013"'),
    "published on a day in quotes": ("published = 2013-02-26", 'published = "2013-02-26"'),
    "a former id of a body": ('["ocenw"]', '["oc-en-w", "ocenw"]'),
    "nobody answers for it": ('bodies = [ "ocw" ]\nalso', "bodies = []\nalso"),
    "part of no other measure": ('also = ["files"]', "also = []"),
    "an id of 60 characters": ('"progress"', f'"{"x" * 60}"'),
    "an amount of 0": ("11_700_000", "0"),
    "the largest amount": ("11_700_000", "9007199254740991"),
    "the largest number": ("number = 3", "number = 9007199254740991"),
    "a single year twice": ("[2012, 2015]", "[2012, 2012]"),
    "the last of all years": ("[2012, 2015]", "[2012, 9999]"),
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
