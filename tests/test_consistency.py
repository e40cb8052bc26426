"""Rules that hold between records: what is refused, at which line, with which remedy."""

import pytest
from programmes import changed, found

from betatech_milestones import loads

ACROSS = {
    "an id that two sources have": (
        'id = "web-page"',
        'id = "letter-2013"',
        (
            '20: error: id: an earlier source has the id "letter-2013"; give this one its '
            "own [duplicate-id]"
        ),
    ),
    "an id that two milestones of a measure have": (
        'id = "progress"',
        'id = "in-force"',
        (
            '81: error: id: an earlier milestone has the id "in-force"; give this one its '
            "own [duplicate-id]"
        ),
    ),
    "a former id that another milestone has": (
        'formerly = ["letter"]',
        'formerly = ["in-force"]',
        (
            '84: error: formerly: "dossiers/in-force" is or was the id of another milestone; '
            "take it out of one of them [former-id]\n"
            '84: error: formerly: "files/in-force" is or was the id of another milestone; '
            "take it out of one of them [former-id]"
        ),
    ),
    "a former id that another milestone had": (
        'kind = "entry-into-force"',
        'kind = "entry-into-force"\nformerly = ["elsewhere/start", "letter"]',
        (
            '85: error: formerly: "dossiers/letter" is or was the id of another milestone; '
            "take it out of one of them [former-id]\n"
            '85: error: formerly: "files/letter" is or was the id of another milestone; '
            "take it out of one of them [former-id]"
        ),
    ),
    "a former id that it has itself": (
        'formerly = ["letter"]',
        'formerly = ["files/progress"]',
        (
            '84: error: formerly: "files/progress" is the id it has; '
            "take it out, or write the id it had before [former-id]"
        ),
    ),
    "a measure that was called as it is": (
        'formerly = ["dossiers"]',
        'formerly = ["files"]',
        (
            '45: error: formerly: "files" is the id it has; '
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
            '45: error: formerly: "dossiers" is or was the id of another measure; '
            "take it out of one of them [former-id]"
        ),
    ),
    "both outcomes": (
        "[measure.milestone.target]",
        (
            "[measure.milestone.dropped]\n"
            "on = 2015\n"
            'source = "letter-2015"\n'
            'reason.nl = "x"\n'
            "[measure.milestone.target]"
        ),
        (
            "71: error: met and dropped exclude each other; keep the one that came about "
            "[two-outcomes]"
        ),
    ),
    "a revision before the promise": (
        "announced = 2014-05-01",
        "announced = 2013-02-25",
        (
            "61: error: revised: announced on 2013-02-25, before the promise (2013-02-26); "
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
            "67: error: revised: announced on 2013-02-26, before the revision above it "
            "(2014-05-01); put the oldest first, or mend the day [revisions-out-of-order]"
        ),
    ),
    "a snooze that ends before it was given": (
        "since = 2015-07-02",
        "since = 2015-10-02",
        (
            "90: error: until: ends on 2015-10-01, before it was given (2015-10-02); "
            "mend the day, or take the snooze out [bad-snooze]"
        ),
    ),
    "a snooze that ends before the promise was made": (
        "until = 2015-10-01\nsince = 2015-07-02",
        "until = 2013-02-25",
        (
            "90: error: until: ends on 2013-02-25, before the promise was made (2013-02-26); "
            "mend the day, or take the snooze out [bad-snooze]"
        ),
    ),
    "a second snooze": (
        'by = "redactie"',
        'by = "redactie"\nreason.nl = "x"\n[measure.milestone.snoozed]\nuntil = 2016-01-01',
        (
            "94:27: error: not TOML: cannot declare ('measure', 'milestone', 'snoozed') twice; "
            "see https://toml.io [toml-syntax]"
        ),
    ),
    "snoozes in a list": (
        "[measure.milestone.snoozed]",
        "[[measure.milestone.snoozed]]",
        (
            '89: error: snoozed: [{"until": "2015-10-01", "since": "2015-07-02", "by": "reda… '
            "is no table; write [measure.milestone.snoozed] [wrong-type]"
        ),
    ),
    "met after its source": (
        "on = 2015-06-01",
        "on = 2015-07-02",
        (
            '68: error: on: begins on 2015-07-02, after its source "letter-2015" appeared '
            "(2015-07-01); cite a source of that day or later, or mend the date "
            "[dated-after-source]"
        ),
    ),
    "dropped after its source": (
        'on = "zomer 2015"',
        'on = "herfst 2015"',
        (
            '86: error: on: begins on 2015-09-01, after its source "letter-2015" appeared '
            "(2015-07-01); cite a source of that day or later, or mend the date "
            "[dated-after-source]"
        ),
    ),
    "a reading after its source": (
        'on = "schooljaar 2012/2013"',
        'on = "maart 2013"',
        (
            '76: error: on: begins on 2013-03-01, after its source "letter-2013" appeared '
            "(2013-02-26); cite a source of that day or later, or mend the date "
            "[dated-after-source]"
        ),
    ),
    "a promise in a source without a day": (
        ('source = "letter-2013"\nlocator = "3.1"\n\n[[measure.milestone.rev'),
        ('source = "web-page"\nlocator = "3.1"\n\n[[measure.milestone.rev'),
        (
            '58: error: source: "web-page" has no day, and a promise needs one; give that '
            "source its published day, or name another [undated-source]"
        ),
    ),
    "a measure in a source without a day": (
        ('source = "letter-2013"\nlocator = "3.1"\nformerly = ["dossiers"]\n[[measure.budget'),
        ('source = "web-page"\nlocator = "3.1"\nformerly = ["dossiers"]\n[[measure.budget'),
        (
            '43: error: source: "web-page" has no day, and a promise needs one; give that '
            "source its published day, or name another [undated-source]"
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
    "met on the day of its source": ("on = 2015-06-01", "on = 2015-07-01"),
    "met in a period that its source fell in": ("on = 2015-06-01", "on = 2015"),
    "met before the promise": ("on = 2015-06-01", "on = 2012"),
    "met by a source without a day": (
        'on = 2015-06-01\nsource = "letter-2015"',
        'on = 2016\nsource = "web-page"',
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
