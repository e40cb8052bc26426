"""What is no date is refused with what to write instead: made for the text, in its language."""

# ruff: noqa: RUF001  apostrophes as people write them

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betatech_milestones import DateOrder, NotADate, PolicyDate
from betatech_milestones.language import LANGUAGES, lexicon
from betatech_milestones.model.conventions import Conventions
from betatech_milestones.model.phrases import read
from betatech_milestones.model.refusals import examples
from betatech_milestones.model.words import LONGEST

# How a date can be written, in each language, in the year that was written.
EXAMPLES = {
    "nl": (
        'write {0}-08-01, "1 augustus {0}", "derde kwartaal {0}", "zomer {0}", "december {0}" or '
        '"uiterlijk 31 december {0}", or else {{ words = "…", edtf = "{0}-08~" }}'
    ),
    "en": (
        'write {0}-08-01, "1 August {0}", "third quarter of {0}", "summer {0}", "December {0}" or '
        '"by 31 December {0}", or else {{ words = "…", edtf = "{0}-08~" }}'
    ),
    "fr": (
        'write {0}-08-01, "1er août {0}", "troisième trimestre {0}", "été {0}", "décembre {0}" or '
        '"au plus tard le 31 décembre {0}", or else {{ words = "…", edtf = "{0}-08~" }}'
    ),
    "de": (
        'write {0}-08-01, "1. August {0}", "3. Quartal {0}", "Sommer {0}", "Dezember {0}" or '
        '"spätestens am 31. Dezember {0}", or else {{ words = "…", edtf = "{0}-08~" }}'
    ),
    "it": (
        'write {0}-08-01, "1° agosto {0}", "terzo trimestre {0}", "estate {0}", "dicembre {0}" or '
        '"entro il 31 dicembre {0}", or else {{ words = "…", edtf = "{0}-08~" }}'
    ),
}
COUNTED = (
    'it counts from another day; write {{ words = "{0}", edtf = "…" }} with the days that it '
    'comes to: "{1}-08-01", "{1}-08~" or "[..{1}-12-31]"'
)
NO_DATE = "it says that there is no date; leave the key out"
GOES_ON = 'it goes on without a day; write {{ words = "{0}" }}'
NO_YEAR = "it names no year; write the year, in four digits"
TWO = "it names two dates; write one, and a milestone for each"

# The language of a programme, a text, and what to write instead.
REMEDIES = {
    ("nl", "n.t.b."): NO_DATE,
    ("en", "TBC"): NO_DATE,
    ("fr", "à déterminer"): NO_DATE,
    ("de", "noch offen"): NO_DATE,
    ("it", "data da definire"): NO_DATE,
    ("nl", "doorlopend"): GOES_ON.format("doorlopend"),
    ("en", "every year"): GOES_ON.format("every year"),
    ("fr", "en continu"): GOES_ON.format("en continu"),
    ("de", "laufend"): GOES_ON.format("laufend"),
    ("it", "ogni anno"): GOES_ON.format("ogni anno"),
    ("nl", "binnen drie maanden"): COUNTED.format("binnen drie maanden", "2014"),
    ("nl", "over een half jaar"): COUNTED.format("over een half jaar", "2014"),
    ("nl", "binnen drie maanden na 1 mei 2019"): COUNTED.format(
        "binnen drie maanden na 1 mei 2019", "2019"
    ),
    ("en", "six months after adoption"): COUNTED.format("six months after adoption", "2014"),
    ("fr", "dès que possible"): COUNTED.format("dès que possible", "2014"),
    ("de", "zwei Wochen danach"): COUNTED.format("zwei Wochen danach", "2014"),
    ("it", "entro sei mesi dall'adozione"): COUNTED.format("entro sei mesi dall'adozione", "2014"),
    ("nl", "in de loop van dit jaar"): NO_YEAR,
    ("en", "later part of this year"): NO_YEAR,
    ("fr", "cette année-là"): NO_YEAR,
    ("de", "Ende dieses Jahres irgendwie"): NO_YEAR,
    ("it", "quest'anno, forse sì"): NO_YEAR,
    ("nl", "2013 en 2015"): TWO,
    ("en", "2013 and 2015"): TWO,
    ("fr", "en 2013 et 2015"): TWO,
    ("de", "2013 und 2015"): TWO,
    ("it", "nel 2013 e nel 2015"): TWO,
    # the years of a century that is not written
    ("nl", "zomer '14"): "write the year in four digits",
    ("en", "Q3 ’14"): "write the year in four digits",
    # an apostrophe and a number that is no year
    ("it", "dall'11 marzzo 2024"): 'did you mean "dall\'11 marzo 2024"?',
    # a typing error
    ("nl", "zommer 2014"): 'did you mean "zomer 2014"?',
    ("nl", "zommer\n 2014"): "it has the control character U+000A at position 7; take it out",
    ("nl", "na de zommer van 2014"): 'did you mean "na de zomer van 2014"?',
    ("nl", "Uiterlijk 1 AUGSTUS 2014"): 'did you mean "Uiterlijk 1 augustus 2014"?',
    ("en", "1 Agust 2014"): 'did you mean "1 August 2014"?',
    ("fr", "15 julliet 2014"): 'did you mean "15 juillet 2014"?',
    ("fr", "1 madi 2014"): 'did you mean "1 mai 2014"?',  # no "mardi", which is no date there
    ("nl", "augustu 2013 t/m augustus 2014"): 'did you mean "augustus 2013 t/m augustus 2014"?',
    ("nl", "augustus 2013 t/m augustu 2014"): 'did you mean "augustus 2013 t/m augustus 2014"?',
    # of two names that are as near, the one with which it is a date
    ("de", "Sonntag, 1. Junli 2014"): 'did you mean "Sonntag, 1. Juni 2014"?',
    ("de", "Dienstag, 1. Junli 2014"): 'did you mean "Dienstag, 1. Juli 2014"?',
    ("nl", "wondag 1 juni 2014"): 'did you mean "zondag 1 juni 2014"?',  # "woensdag" is nearer
    ("de", "Herbse 2014"): 'did you mean "Herbst 2014"?',  # and so is "Herbstes"
    ("de", "Somer 2014"): 'did you mean "Sommer 2014"?',
    ("it", "autuno 2014"): 'did you mean "autunno 2014"?',
    # no text at all, and too much of it
    ("nl", ""): EXAMPLES["nl"].format(2014).join(("it is empty; ", ", or leave the key out")),
    ("en", " \n "): EXAMPLES["en"].format(2014).join(("it is empty; ", ", or leave the key out")),
    ("nl", "zomer 2014 " * 20): (
        f"it is longer than the {LONGEST} characters of a date; {EXAMPLES['nl'].format(2014)}"
    ),
    # anything else: what can be written, in the year that was
    ("nl", "ooit"): EXAMPLES["nl"].format(2014),
    ("en", "in the spirit of 2021"): EXAMPLES["en"].format(2021),
    ("fr", "bof 1998"): EXAMPLES["fr"].format(1998),
    ("de", "im Sinne von 2030"): EXAMPLES["de"].format(2030),
    ("it", "mah 2020"): EXAMPLES["it"].format(2020),
    ("nl", "ooit en dan 2014"): EXAMPLES["nl"].format(2014),  # one year, and no two
    ("nl", "ooit".ljust(LONGEST)): EXAMPLES["nl"].format(2014),
    ("nl", "ooit 0000"): EXAMPLES["nl"].format(2014),  # a year that there is not
    ("nl", "5e kwartaal 2014"): EXAMPLES["nl"].format(2014),
    ("nl", "zommer winnter 2014"): EXAMPLES["nl"].format(2014),  # two errors
    ("nl", "winnter 2014"): EXAMPLES["nl"].format(2014),  # would still be refused
    ("nl", "jui 2014"): EXAMPLES["nl"].format(2014),  # too short to tell what was meant
    ("nl", "zomer x2014"): EXAMPLES["nl"].format(2014),
    ("nl", "septemmmber 2014"): EXAMPLES["nl"].format(2014),  # more than one letter
    ("nl", "zondg 2014"): EXAMPLES["nl"].format(2014),  # a day of the week, which is no date
    ("nl", "in de zon van 2014"): EXAMPLES["nl"].format(2014),  # near to nothing
    ("nl", "zommer 2014 of 2014"): EXAMPLES["nl"].format(2014),
    # a programme in another language, or in none, is answered in English
    ("pl", "ooit"): EXAMPLES["en"].format(2014),
    (None, "ooit"): EXAMPLES["en"].format(2014),
    ("de-CH", "irgendwas"): EXAMPLES["de"].format(2014),
    # the words of every other language are known for what they are
    ("nl", "every year"): GOES_ON.format("every year"),
    ("de", "à déterminer"): NO_DATE,
    ("nl", "n.t.b. 2014"): EXAMPLES["nl"].format(2014),  # something is known: its year
    ("nl", "every year 2014"): EXAMPLES["nl"].format(2014),  # with a year, those of its own alone
}


@pytest.mark.parametrize(("written", "remedy"), REMEDIES.items(), ids=map(str, REMEDIES))
def test_remedy(written: tuple[str | None, str], remedy: str) -> None:
    """A text that is no date is refused with what to write instead."""
    language, text = written
    with pytest.raises(NotADate) as refusal:
        PolicyDate.parse(text, Conventions(language=language))
    assert str(refusal.value).partition(" is not a date: ")[2] == remedy


def test_remedy_is_read_as_the_programme_writes_its_dates() -> None:
    """A typing error is mended, too, in a date that only the conventions make one."""
    conventions = Conventions(language="nl", date_order=DateOrder.DAY_FIRST)
    with pytest.raises(NotADate) as refusal:
        PolicyDate.parse("vrijdg 1-8-2014", conventions)
    assert str(refusal.value).endswith('did you mean "vrijdag 1-8-2014"?')


def test_message_is_one_short_line() -> None:
    """A message shows a text on one line, cut short, and so does what is to be written."""
    text = "doorlopend, " * 9
    with pytest.raises(NotADate) as refusal:
        PolicyDate.parse(text)
    shown = "doorlopend, doorlopend, doorlopend, doorlopend, …"
    assert str(refusal.value) == (
        f'"{shown}" is not a date: it goes on without a day; write {{ words = "{shown}" }}'
    )


@given(st.sampled_from(LANGUAGES), st.integers(1, 9999).map("{:04}".format))
def test_examples_are_dates(language: str, year: str) -> None:
    """Each example, in every language and year, is a date of that year."""
    shown = examples(lexicon(language), year)
    assert shown.startswith(f"{year}-08-01, ")
    assert shown.endswith(f'{{ words = "…", edtf = "{year}-08~" }}')
    for text in re.findall('"([^"…]*)"', shown)[:-1]:
        found = read(text, lexicon(language))
        assert found is not None
        assert year in found.edtf


def test_a_year_that_there_is_not() -> None:
    """Where the year that was written has no days, the examples have another."""
    assert examples(lexicon("nl"), "0000") == examples(lexicon("nl"))
