"""Rules that hold between records: what is refused, at which line, with which remedy."""

import pytest
from programmes import changed, found

from betatech_milestones import loads

ACROSS = {
    "an id that two sources have": (
        "[[cluster]]",
        '[[source]]\nid = "letter-2013"\ntitle = "x"\nseen = 2015-01-01\n[[cluster]]',
        (
            '28: error: id: an earlier source has the id "letter-2013"; give this one its own '
            "[duplicate-id]"
        ),
    ),
    "an id that two kinds have": (
        '[[measure]]\nid = "files"',
        '[[kind]]\nid = "consultation"\ntitle = "x"\n\n[[measure]]\nid = "files"',
        (
            '46: error: id: an earlier kind has the id "consultation"; give this one its own '
            "[duplicate-id]"
        ),
    ),
    "a kind that is one of the ten": (
        '[[measure]]\nid = "files"',
        '[[kind]]\nid = "report"\ntitle = "x"\n\n[[measure]]\nid = "files"',
        (
            '46: error: id: "report" is one of the ten kinds; take this one out, or rename it '
            "[duplicate-id]"
        ),
    ),
    "an id that two clusters have": (
        "[[sector]]",
        '[[cluster]]\nid = "labour-market"\ntitle = "x"\n\n[[sector]]',
        (
            '33: error: id: an earlier cluster has the id "labour-market"; give this one its own '
            "[duplicate-id]"
        ),
    ),
    "an id that two sectors have": (
        "[[body]]",
        '[[sector]]\nid = "mbo"\ntitle = "x"\n\n[[body]]',
        '37: error: id: an earlier sector has the id "mbo"; give this one its own [duplicate-id]',
    ),
    "an id that two bodies have": (
        "[[kind]]",
        '[[body]]\nid = "ocw"\nname = "x"\n\n[[kind]]',
        '42: error: id: an earlier body has the id "ocw"; give this one its own [duplicate-id]',
    ),
    "an id that two measures have": (
        '[[measure]]\nid = "files"',
        (
            '[[measure]]\nid = "teachers"\ntitle = "x"\nsource = "letter-2013"\n\n'
            '[[measure]]\nid = "files"'
        ),
        (
            '111: error: id: an earlier measure has the id "teachers"; give this one its own '
            "[duplicate-id]"
        ),
    ),
    "an id that two milestones of a measure have": (
        'id = "progress"',
        'id = "in-force"',
        (
            '91: error: id: an earlier milestone has the id "in-force"; give this one its '
            "own [duplicate-id]"
        ),
    ),
    "a former id that another milestone has": (
        'formerly = ["letter"]',
        'formerly = ["in-force"]',
        (
            '94: error: formerly: "dossiers/in-force" is or was the id of another milestone; '
            "take it out of one of them [former-id]\n"
            '94: error: formerly: "files/in-force" is or was the id of another milestone; '
            "take it out of one of them [former-id]"
        ),
    ),
    "a former id that another milestone had": (
        'kind = "entry-into-force"',
        'kind = "entry-into-force"\nformerly = ["elsewhere/start", "letter"]',
        (
            '95: error: formerly: "dossiers/letter" is or was the id of another milestone; '
            "take it out of one of them [former-id]\n"
            '95: error: formerly: "files/letter" is or was the id of another milestone; '
            "take it out of one of them [former-id]"
        ),
    ),
    "a former id that it has itself": (
        'formerly = ["letter"]',
        'formerly = ["files/progress"]',
        (
            '94: error: formerly: "files/progress" is the id it has; '
            "take it out, or write the id it had before [former-id]"
        ),
    ),
    "a measure that was called as it is": (
        'formerly = ["dossiers"]',
        'formerly = ["files"]',
        (
            '54: error: formerly: "files" is the id it has; '
            "take it out, or write the id it had before [former-id]"
        ),
    ),
    "a measure that was called as another is": (
        'reason = { nl = "wordt nagevraagd", en = "being asked" }',
        (
            'reason.nl = "wordt nagevraagd"\n[[measure]]\nid = "dossiers"\n'
            'title.nl = "x"\nsource = "letter-2013"'
        ),
        (
            '54: error: formerly: "dossiers" is or was the id of another measure; '
            "take it out of one of them [former-id]"
        ),
    ),
    "a body that was called as it is": (
        'formerly = ["ocenw"]',
        'formerly = ["ocw"]',
        (
            '38: error: formerly: "ocw" is the id it has; take it out, or write the id it had '
            "before [former-id]"
        ),
    ),
    "a body that was called as another is": (
        "[[kind]]",
        '[[body]]\nid = "ocenw"\nname = "x"\n\n[[kind]]',
        (
            '38: error: formerly: "ocenw" is or was the id of another body; take it out of one of '
            "them [former-id]"
        ),
    ),
    "a source without a day": (
        "seen = 2015-09-01\n",
        "",
        (
            "19: error: published: is missing; write the day, or seen = the day on which you read "
            "the document [undated-source]"
        ),
    ),
    "a source of an unknown day": (
        "published = 2015-07-01",
        'published = { words = "zonder datum" }',
        (
            "18: error: published: has no last day; write the day, or seen = the day on which you "
            "read the document [undated-source]"
        ),
    ),
    "a source of no last day": (
        "published = 2015-07-01",
        'published = "[2015..]"',
        (
            "18: error: published: has no last day; write the day, or seen = the day on which you "
            "read the document [undated-source]"
        ),
    ),
    "a source that was read before it appeared": (
        "published = 2015-07-01",
        'published = "juli 2015"\nseen = 2015-06-30',
        (
            "19: error: seen: 2015-06-30 is before the document appeared (2015-07-01); mend one of "
            "the two [seen-before-published]"
        ),
    ),
    "dropped and replaced": (
        "[measure.milestone.snoozed]",
        (
            "[measure.milestone.replaced]\n"
            'source = "web-page"\n'
            'reason = "x"\n'
            "[measure.milestone.snoozed]"
        ),
        (
            "90: error: dropped and replaced exclude each other; keep the one that came about "
            "[two-outcomes]"
        ),
    ),
    "met by the source that drops it": (
        "[measure.milestone.number]\ngoal",
        (
            "[measure.milestone.dropped]\n"
            'source = "letter-2015"\n'
            'reason = "x"\n'
            "[measure.milestone.number]\n"
            "goal"
        ),
        (
            "62: error: met by a source of 2015-07-01, and dropped by one of 2015-07-01: what is "
            "kept cannot be dropped later; keep the one that came about, or cite a newer source "
            "for met [two-outcomes]"
        ),
    ),
    "met by an older source than that which replaces it": (
        "[measure.milestone.number]\ngoal",
        (
            "[measure.milestone.replaced]\n"
            'source = "web-page"\n'
            'reason = "x"\n'
            "[measure.milestone.number]\n"
            "goal"
        ),
        (
            "62: error: met by a source of 2015-07-01, and replaced by one of 2015-09-01: what is "
            "kept cannot be replaced later; keep the one that came about, or cite a newer source "
            "for met [two-outcomes]"
        ),
    ),
    "three outcomes": (
        "[measure.milestone.number]\ngoal",
        (
            "[measure.milestone.dropped]\n"
            'source = "letter-2013"\n'
            'reason = "x"\n'
            "[measure.milestone.replaced]\n"
            'source = "letter-2013"\n'
            'reason = "x"\n'
            "[measure.milestone.number]\n"
            "goal"
        ),
        (
            "62: error: dropped and replaced and met exclude each other; keep the one that came "
            "about [two-outcomes]"
        ),
    ),
    "a fact with a date": (
        'kind = "report"',
        'kind = "report"\ncommitment = "none"\ndue = 2014',
        (
            '94: error: commitment: "none" means that nobody promised it, and it has a due; take '
            "the date out, or write when it was done in met [commitment-conflict]"
        ),
    ),
    "a fact that was moved": (
        'reason = { nl = "opgegaan in de dossiers" }\n',
        (
            'reason = { nl = "opgegaan in de dossiers" }\n'
            "[[measure.milestone]]\n"
            'id = "fact"\n'
            'title = "x"\n'
            'kind = "other"\n'
            'commitment = "none"\n'
            'revised = [{ due = 2016, source = "web-page" }]\n'
            'met.source = "web-page"\n'
        ),
        (
            '158: error: commitment: "none" means that nobody promised it, and it has a due; take '
            "the date out, or write when it was done in met [commitment-conflict]"
        ),
    ),
    "a fact without an outcome": (
        'reason = { nl = "opgegaan in de dossiers" }\n',
        (
            'reason = { nl = "opgegaan in de dossiers" }\n'
            "[[measure.milestone]]\n"
            'id = "fact"\n'
            'title = "x"\n'
            'kind = "other"\n'
            'commitment = "none"\n'
        ),
        (
            '158: error: commitment: "none" means that a source reports it as done; add '
            "[measure.milestone.met] with that source [commitment-conflict]"
        ),
    ),
    "fixed without a date": (
        'kind = "report"',
        'kind = "report"\ncommitment = "fixed"',
        (
            '94: error: commitment: "fixed" means that it comes about by itself on its day, and it '
            "has none; write due = 2014-08-01, or another commitment [commitment-conflict]"
        ),
    ),
    "fixed on no day": (
        'commitment = "deadline"\ndue = 2014-08-01',
        'commitment = "fixed"\ndue = 2014',
        (
            '66: error: commitment: "fixed" means that it comes about by itself on its day, and it '
            "has none; write due = 2014-08-01, or another commitment [commitment-conflict]"
        ),
    ),
    "fixed, and moved to no day": (
        '"deadline"',
        '"fixed"',
        (
            '66: error: commitment: "fixed" means that it comes about by itself on its day, and it '
            "has none; write due = 2014-08-01, or another commitment [commitment-conflict]"
        ),
    ),
    "fixed by several sources": (
        'kind = "consultation"\n',
        'kind = "consultation"\ncommitment = "fixed"\n',
        (
            '123: error: commitment: "fixed" means that it comes about by itself on its day, and '
            "it has none; write due = 2014-08-01, or another commitment [commitment-conflict]"
        ),
    ),
    "a promise that is fixed on a day that cannot be read": (
        'kind = "report"',
        'kind = "report"\ncommitment = "fixed"\ndue = 0',
        (
            "95: error: due: 0 is not a date: write a year in four digits, a day as 2014-08-01 "
            "[bad-date]"
        ),
    ),
    "a revision in several sources before the promise": (
        "announced = 2015-09-02\n",
        "announced = 2015-06-30\n",
        (
            "129: error: revised: announced on 2015-06-30, before the promise (2015-07-01); put "
            "the oldest first, or mend the day [revised-before-promise]"
        ),
    ),
    "news before the promise": (
        "on = 2015-08-31",
        "on = 2015-06-30",
        (
            "135: error: news: on 2015-06-30, before the promise (2015-07-01); mend the day, or "
            "the source of the promise [news-before-promise]"
        ),
    ),
    "a revision before the promise": (
        "announced = 2014-05-01",
        "announced = 2013-02-25",
        (
            "71: error: revised: announced on 2013-02-25, before the promise (2013-02-26); "
            "put the oldest first, or mend the day [revised-before-promise]"
        ),
    ),
    "revisions out of order": (
        "[measure.milestone.met]",
        (
            "[[measure.milestone.revised]]\n"
            "due = 2017\n"
            'source = "letter-2013"\n'
            "[measure.milestone.met]"
        ),
        (
            "77: error: revised: announced on 2013-02-26, before the revision above it "
            "(2014-05-01); put the oldest first, or mend the day [revisions-out-of-order]"
        ),
    ),
    "a snooze that ends before it was given": (
        "since = 2015-07-02",
        "since = 2015-10-02",
        (
            "100: error: until: ends on 2015-10-01, before it was given (2015-10-02); "
            "mend the day, or take the snooze out [bad-snooze]"
        ),
    ),
    "a snooze that ends before the promise was made": (
        "until = 2015-10-01\nsince = 2015-07-02",
        "until = 2013-02-25",
        (
            "100: error: until: ends on 2013-02-25, before the promise was made (2013-02-26); "
            "mend the day, or take the snooze out [bad-snooze]"
        ),
    ),
    "a second snooze": (
        'by = "redactie"',
        'by = "redactie"\nreason.nl = "x"\n[measure.milestone.snoozed]\nuntil = 2016-01-01',
        (
            "104:1: error: not TOML: measure.milestone.snoozed is there already for the milestone "
            '"progress" (line 90), in line 99; keep one [measure.milestone.snoozed], or move this '
            "below its own: a table belongs to the last [[measure.milestone]] above it "
            "[toml-syntax]"
        ),
    ),
    "snoozes in a list": (
        "[measure.milestone.snoozed]",
        "[[measure.milestone.snoozed]]",
        (
            '99: error: snoozed: [{"until": "2015-10-01", "since": "2015-07-02", "by": "reda… '
            "is no table; write [measure.milestone.snoozed] [wrong-type]"
        ),
    ),
    "met after its source": (
        "on = 2015-06-01",
        "on = 2015-07-02",
        (
            '78: error: on: begins on 2015-07-02, after its source "letter-2015" appeared '
            "(2015-07-01); cite a source of that day or later, or mend the date "
            "[dated-after-source]"
        ),
    ),
    "dropped after its source": (
        'on = "zomer 2015"',
        'on = "herfst 2015"',
        (
            '96: error: on: begins on 2015-09-01, after its source "letter-2015" appeared '
            "(2015-07-01); cite a source of that day or later, or mend the date "
            "[dated-after-source]"
        ),
    ),
    "a reading after its source": (
        'on = "schooljaar 2012/2013"',
        'on = "maart 2013"',
        (
            '86: error: on: begins on 2013-03-01, after its source "letter-2013" appeared '
            "(2013-02-26); cite a source of that day or later, or mend the date "
            "[dated-after-source]"
        ),
    ),
    "news after its source": (
        "on = 2015-08-31",
        "on = 2015-09-02",
        (
            '136: error: on: begins on 2015-09-02, after its source "web-page" appeared '
            "(2015-09-01); cite a source of that day or later, or mend the date "
            "[dated-after-source]"
        ),
    ),
    "news after one of its sources": (
        'by = "de onderzoekers"\nsource = "web-page"\n[measure.milestone.number]',
        'sources = ["web-page", "letter-2015"]\n[measure.milestone.number]',
        (
            '136: error: on: begins on 2015-08-31, after its source "letter-2015" appeared '
            "(2015-07-01); cite a source of that day or later, or mend the date "
            "[dated-after-source]"
        ),
    ),
    "met after each of its sources": (
        'on = 2015-06-01\nsource = "letter-2015"',
        'on = 2015-09-02\nsources = ["letter-2015", "web-page"]',
        (
            '78: error: on: begins on 2015-09-02, after its source "letter-2015" appeared '
            "(2015-07-01); cite a source of that day or later, or mend the date "
            "[dated-after-source]\n"
            '78: error: on: begins on 2015-09-02, after its source "web-page" appeared '
            "(2015-09-01); cite a source of that day or later, or mend the date "
            "[dated-after-source]"
        ),
    ),
    "replaced after its source": (
        'by = "files/in-force"\n',
        'by = "files/in-force"\non = 2016\n',
        (
            '152: error: on: begins on 2016-01-01, after its source "web-page" appeared '
            "(2015-09-01); cite a source of that day or later, or mend the date "
            "[dated-after-source]"
        ),
    ),
    "a reading after one of its sources": (
        'on = 2015\nvalue = 3\nkind = "planned"\nsource = "letter-2015"',
        'on = 2015\nvalue = 3\nsources = ["web-page", "letter-2013"]',
        (
            '146: error: on: begins on 2015-01-01, after its source "letter-2013" appeared '
            "(2013-02-26); cite a source of that day or later, or mend the date "
            "[dated-after-source]"
        ),
    ),
    "part of its own measure": (
        'also = ["files"]',
        'also = ["files", "teachers"]',
        (
            '127: error: also: "teachers" is the measure in which it stands; take it out '
            "[own-measure]"
        ),
    ),
    "part of nearly a measure": (
        'also = ["files"]',
        'also = ["fils"]',
        '127: error: also: there is no measure "fils"; did you mean "files"? [unknown-measure]',
    ),
    "part of no measure": (
        'also = ["files"]',
        'also = ["pupils-and-parents"]',
        (
            '127: error: also: there is no measure "pupils-and-parents"; take it out, or name '
            "another [unknown-measure]"
        ),
    ),
    "part of a measure twice": (
        'also = ["files"]',
        'also = ["files", "files"]',
        '127: error: also: "files" is named twice; name it once [duplicate-id]',
    ),
    "replaced by nothing": (
        (
            'by = "files/in-force"\n'
            'source = "web-page"\n'
            'reason = { nl = "opgegaan in de dossiers" }\n'
        ),
        'source = "web-page"\n',
        (
            '150: error: replaced: by nothing; add by = "measure/milestone", or a reason that says '
            "what took its place [bad-replacement]"
        ),
    ),
    "replaced by itself": (
        'by = "files/in-force"\n',
        'by = "teachers/survey"\n',
        (
            "151: error: by: teachers/survey is replaced by itself; name what took its place "
            "[bad-replacement]"
        ),
    ),
    "replaced by nearly a milestone": (
        'by = "files/in-force"\n',
        'by = "files/inforce"\n',
        (
            '151: error: by: there is no milestone "files/inforce"; did you mean "files/in-force"? '
            "[bad-replacement]"
        ),
    ),
    "replaced by no milestone": (
        'by = "files/in-force"\n',
        'by = "x/y"\n',
        (
            '151: error: by: there is no milestone "x/y"; name another, or write the reason '
            "[bad-replacement]"
        ),
    ),
    "replaced in a circle": (
        "[measure.milestone.number]\ngoal",
        (
            "[measure.milestone.replaced]\n"
            'by = "teachers/survey"\n'
            'source = "letter-2013"\n'
            "[measure.milestone.number]\n"
            "goal"
        ),
        (
            "82: error: by: files/in-force is replaced in a circle (files/in-force → "
            "teachers/survey → files/in-force); name what took its place [bad-replacement]\n"
            "154: error: by: teachers/survey is replaced in a circle (teachers/survey → "
            "files/in-force → teachers/survey); name what took its place [bad-replacement]"
        ),
    ),
    "replaced in a circle of others": (
        (
            'by = "files/in-force"\n'
            'source = "web-page"\n'
            'reason = { nl = "opgegaan in de dossiers" }\n'
        ),
        (
            'by = "files/in-force"\n'
            'source = "web-page"\n'
            'reason = { nl = "opgegaan in de dossiers" }\n'
            "[[measure.milestone]]\n"
            'id = "a"\n'
            'title = "x"\n'
            'kind = "other"\n'
            'replaced = { by = "teachers/b", source = "web-page" }\n'
            "[[measure.milestone]]\n"
            'id = "b"\n'
            'title = "x"\n'
            'kind = "other"\n'
            'replaced = { by = "teachers/c", source = "web-page" }\n'
            "[[measure.milestone]]\n"
            'id = "c"\n'
            'title = "x"\n'
            'kind = "other"\n'
            'replaced = { by = "teachers/b", source = "web-page" }\n'
        ),
        (
            "163: error: by: teachers/b is replaced in a circle (teachers/b → teachers/c → "
            "teachers/b); name what took its place [bad-replacement]\n"
            "168: error: by: teachers/c is replaced in a circle (teachers/c → teachers/b → "
            "teachers/c); name what took its place [bad-replacement]"
        ),
    ),
    "replaced by what no milestone replaces": (
        (
            'by = "files/in-force"\n'
            'source = "web-page"\n'
            'reason = { nl = "opgegaan in de dossiers" }\n'
        ),
        (
            'by = "files/in-force"\n'
            'source = "web-page"\n'
            'reason = { nl = "opgegaan in de dossiers" }\n'
            "[[measure.milestone]]\n"
            'id = "a"\n'
            'title = "x"\n'
            'kind = "other"\n'
            'replaced = { by = "teachers/b", source = "web-page" }\n'
            "[[measure.milestone]]\n"
            'id = "b"\n'
            'title = "x"\n'
            'kind = "other"\n'
            'replaced = { by = "teachers/z", source = "web-page" }\n'
        ),
        (
            '163: error: by: there is no milestone "teachers/z"; did you mean "teachers/b"? '
            "[bad-replacement]"
        ),
    ),
    "replaced by half an id": (
        'by = "files/in-force"\n',
        'by = "in-force"\n',
        (
            '151: error: by: "in-force" is no id of a milestone; write it as measure/milestone '
            "[bad-id]"
        ),
    ),
}


@pytest.mark.parametrize(("written", "instead", "findings"), ACROSS.values(), ids=ACROSS)
def test_rule_across_records(written: str, instead: str, findings: str) -> None:
    """Records that read well alone are refused where they contradict each other."""
    assert found(changed(written, instead)) == findings


SOUND = {
    "moved on the day of the promise": ("announced = 2014-05-01", "announced = 2013-02-26"),
    "moved twice on a day": (
        "[measure.milestone.met]",
        (
            '[[measure.milestone.revised]]\ndue = 2017\nsource = "letter-2015"\n'
            "announced = 2014-05-01\n[measure.milestone.met]"
        ),
    ),
    "a goal that was moved, and no day": (
        "[measure.milestone.met]",
        (
            '[[measure.milestone.revised]]\ngoal = 3000\nsource = "letter-2015"\n'
            "[measure.milestone.met]"
        ),
    ),
    "met on the day of its source": ("on = 2015-06-01", "on = 2015-07-01"),
    "met in a period that its source fell in": ("on = 2015-06-01", "on = 2015"),
    "met before the promise": ("on = 2015-06-01", "on = 2012"),
    "met on the day on which a page was read": (
        'on = 2015-06-01\nsource = "letter-2015"',
        'on = 2015-09-01\nsource = "web-page"',
    ),
    "met on an unknown day": ("on = 2015-06-01\n", ""),
    "dropped, and met by a newer source": (
        "[measure.milestone.number]\ngoal",
        (
            '[measure.milestone.dropped]\nsource = "letter-2013"\nreason = "x"\n'
            "[measure.milestone.number]\ngoal"
        ),
    ),
    "replaced, and met by a newer source": (
        "[measure.milestone.number]\ngoal",
        (
            '[measure.milestone.replaced]\nsource = "letter-2013"\nreason = "x"\n'
            "[measure.milestone.number]\ngoal"
        ),
    ),
    "replaced by what was replaced": (
        "[measure.milestone.number]\ngoal",
        (
            '[measure.milestone.replaced]\nby = "files/progress"\nsource = "letter-2013"\n'
            "[measure.milestone.number]\ngoal"
        ),
    ),
    "a fact": ('kind = "report"', 'kind = "report"\ncommitment = "none"'),
    "fixed on a day": (
        'kind = "report"',
        'kind = "report"\ncommitment = "fixed"\ndue = "1 augustus 2014"',
    ),
    "news on the day of the promise": ("on = 2015-08-31", "on = 2015-07-01"),
    "news without a day of its own": ("on = 2015-08-31\n", ""),
    "news without a day of its own, in several sources": (
        'on = 2015-08-31\nfound = "under-way"',
        (
            'found = "under-way"\nsources = ["web-page", "letter-2015"]\n'
            '[[measure.milestone.news]]\nfound = "partly"'
        ),
    ),
    "news that nothing was found": (
        "[measure.milestone.snoozed]",
        (
            '[[measure.milestone.news]]\non = 2015-10-01\nfound = "nothing"\nby = "redactie"\n'
            "[measure.milestone.snoozed]"
        ),
    ),
    "a source that was read on the day it appeared": (
        "published = 2015-07-01",
        "published = 2015-07-01\nseen = 2015-07-01",
    ),
    "a source that was read in the month it appeared": (
        "published = 2015-07-01",
        'published = "juni 2015"\nseen = 2015-06-05',
    ),
    "a source of which only the first day is known": (
        "published = 2015-07-01",
        'published = "[2015..]"\nseen = 2015-06-05',
    ),
    "met at some time before a day": ("on = 2015-06-01", 'on = "uiterlijk 2015"'),
    "an id that another measure's milestone has": (
        'id = "progress"',
        (
            'id = "progress"\ntitle.nl = "x"\nkind = "other"\n[[measure]]\nid = "more"\n'
            'title.nl = "x"\nsource = "letter-2013"\n[[measure.milestone]]\nid = "in-force"'
        ),
    ),
}


@pytest.mark.parametrize(("written", "instead"), SOUND.values(), ids=SOUND)
def test_sound(written: str, instead: str) -> None:
    """What is unusual and no contradiction is accepted."""
    loads(changed(written, instead))
