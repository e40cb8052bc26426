"""A mapping says what the columns of a table mean; all that is wrong with one is said at once."""

from pathlib import Path

import attrs
import pytest

from betatech_milestones.importing.mapping import (
    MAPPINGS,
    CitedAs,
    Moment,
    Origin,
    Pattern,
    TableMapping,
    UnknownMapping,
    Vanished,
    load_mapping,
    loads_mapping,
    pattern,
)
from betatech_milestones.model.findings import InvalidData
from betatech_milestones.model.vocabulary import DateOrder, ReadingKind, SourceKind

WHOLE = """
[table]
sheet = ["Milestones", "M&T"]
header = 3
records = "value"
language = "it"
date_order = "dmy"
fiscal_year = "04-01"
decimal = ","
none = ["tbd", "N/A", "Segreto *"]
vanished = "dropped"

[source]
id = "pnrr"
title = "Milestone e target"
kind = "report"
by = "Italia Domani"
url = "https://example.org/"

[measure]
id = "Codice Misura"
title = ["Misura", "Denominazione Misura"]

[[milestone]]
id = "{Codice} {Sequenza}"
title = "Denominazione"
due = ["{Trimestre} {Anno}", "Data"]
kind = { from = "Tipo", words = { Milestone = "other", Target = "target" } }
commitment = { always = "deadline" }
bodies = { from = "Amministrazione", split = ";", optional = true }
unit = "Unità"
reading = { value = "Valore", on = "Al", kind = "planned" }
in_several_measures = true
"""


def heading(*names: str) -> Origin:
    return Origin(patterns=tuple(Pattern(("", name, "")) for name in names))


def test_a_mapping_is_read_key_by_key() -> None:
    """One can see the whole format here."""
    assert loads_mapping(WHOLE, path="pnrr.toml") == TableMapping(
        path="pnrr.toml",
        sheets=("Milestones", "M&T"),
        header=3,
        records="value",
        language="it",
        date_order=DateOrder.DAY_FIRST,
        fiscal_year="04-01",
        decimal=",",
        none=("tbd", "n/a", "segreto *"),
        vanished=Vanished.DROPPED,
        cited_as=CitedAs(
            id="pnrr",
            title="Milestone e target",
            kind=SourceKind.REPORT,
            by="Italia Domani",
            url="https://example.org/",
        ),
        measure={
            "id": heading("Codice Misura"),
            "title": heading("Misura", "Denominazione Misura"),
        },
        milestones=(
            Moment(
                keys={
                    "id": Origin(patterns=(Pattern(("", "Codice", " ", "Sequenza", "")),)),
                    "title": heading("Denominazione"),
                    "kind": attrs.evolve(
                        heading("Tipo"), words={"Milestone": "other", "Target": "target"}
                    ),
                    "commitment": Origin(always="deadline"),
                    "due": Origin(
                        patterns=(
                            Pattern(("", "Trimestre", " ", "Anno", "")),
                            Pattern(("", "Data", "")),
                        )
                    ),
                    "bodies": attrs.evolve(heading("Amministrazione"), split=";", optional=True),
                    "unit": heading("Unità"),
                    "reading.value": heading("Valore"),
                    "reading.on": heading("Al"),
                },
                reading=ReadingKind.PLANNED,
                in_several_measures=True,
            ),
        ),
    )


def test_little_is_needed() -> None:
    """A title; a sheet may be named by its one name."""
    mapping = loads_mapping('[table]\nsheet = "Acties"\n[[milestone]]\ntitle = "Actie"\n')
    assert mapping == TableMapping(
        path="<text>", sheets=("Acties",), milestones=(Moment(keys={"title": heading("Actie")}),)
    )


@pytest.mark.parametrize(
    ("written", "parts", "is_cell"),
    [
        ("Datum", ("", "Datum", ""), True),
        ("{Datum}", ("", "Datum", ""), True),
        ("Q{Kwartaal}", ("Q", "Kwartaal", ""), False),
        ("{A}{B}", ("", "A", "", "B", ""), False),
        ("{A}.", ("", "A", "."), False),
    ],
)
def test_a_text_is_a_heading_or_a_template(
    written: str,
    parts: tuple[str, ...],
    is_cell: bool,  # noqa: FBT001  an expectation
) -> None:
    """With braces, what stands between them is put between the cells."""
    made = pattern(written)
    assert (made.parts, made.is_cell) == (parts, is_cell)
    cells = tuple(heading.lower() for heading in made.headings)
    expected = "".join(part.lower() if at % 2 else part for at, part in enumerate(parts))
    assert made.filled(cells) == expected


TITLE = '[[milestone]]\ntitle = "T"\n'


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ['1: error: the file lacks milestone; add milestone = [{ title = "Heading" }]']),
        (
            "milestone = []",
            ['1: error: milestone: is empty; write [[milestone]] and title = "Heading"'],
        ),
        ("milestone = 3", ["1: error: milestone: 3 is no array; write [[milestone]]"]),
        ("milestone = [3]", ["1: error: 3 is no table; write [[milestone]]"]),
        (
            f"{TITLE}[tabel]\n[measures]",
            [
                '3: error: the file has no key "tabel"; did you mean "table"?',
                '4: error: the file has no key "measures"; did you mean "measure"?',
            ],
        ),
        (
            (
                "[[milestone]]\ntitel = 3\nid = 3\ndue = []\nnote = { from = 'N', always = 'x' }\n"
                "on = '{A'\nsays = '{}'\nsummary = {}\nreason = { from = 'R', optional = 1 }"
            ),
            [
                '1: error: [[milestone]] lacks title; add title = "Heading"',
                '2: error: [[milestone]] has no key "titel"; did you mean "title"?',
                (
                    "3: error: id: 3 is no heading; write the heading of a column, id = "
                    '"Heading", or several that it may have'
                ),
                (
                    "4: error: due: [] is no heading; write the heading of a column, due = "
                    '"Heading", or several that it may have'
                ),
                "5: error: [milestone.note] has both from and always; keep always alone",
                '6: error: on: "{A" has a brace without its other; write {Heading}',
                '7: error: says: "{}" has braces without a heading; write {Heading}',
                '8: error: [milestone.summary] lacks from; add from = "Heading"',
                "9: error: optional: 1 is neither; write true, or leave the key out",
            ],
        ),
        (
            (
                "[[milestone]]\ntitle = 'T'\nkind = { from = 'K', words = { A = 'Mijl Paal' } }\n"
                "outcome = { from = 'S', words = { A = 'mett', B = 'x' } }\n"
                "commitment = { always = 'dedline' }\nbodies = { from = 'B', split = '' }\n"
                "note = { from = 'N', words = 3 }\nin_several_measures = 'yes'"
            ),
            [
                (
                    '3: error: words: "A": "Mijl Paal" is no id; use lower-case letters, digits '
                    'and single hyphens, such as "mijl-paal"'
                ),
                '4: error: words: "A": "mett" is not known here; did you mean "met"?',
                (
                    '4: error: words: "B": "x" is not known here; use one of met, dropped, '
                    "under-way, partly, not-done, nothing, open"
                ),
                '5: error: always: "dedline" is not known here; did you mean "deadline"?',
                '6: error: split: "" parts nothing; write what stands between two, as ";"',
                '7: error: words: 3 is no table; write { "their word" = "our word" }',
                '8: error: in_several_measures: "yes" is neither; write true, or leave the key out',
            ],
        ),
        (
            f"{TITLE}goal = 'G'\nbaseline = 'B'\nreading = {{ value = 'V' }}",
            [
                '3: error: [[milestone]] has goal and no unit; add unit = "Heading"',
                '4: error: [[milestone]] has baseline and no unit; add unit = "Heading"',
                '5: error: [milestone.reading] lacks on; add on = "Heading"',
                '5: error: [[milestone]] has reading and no unit; add unit = "Heading"',
            ],
        ),
        (
            f"{TITLE}[measure]\nbodies = 'B'",
            ['3: error: [measure] lacks id; add id = "Heading", or leave the table out'],
        ),
        (
            f"{TITLE}[source]\nkind = 'registry'\n[measure]\nid = 1",
            [
                '3: error: [source] lacks id; add id = "short-name"',
                '3: error: [source] lacks title; add title = "…"',
                '4: error: kind: "registry" is not known here; did you mean "register"?',
                (
                    "6: error: id: 1 is no heading; write the heading of a column, id = "
                    '"Heading", or several that it may have'
                ),
            ],
        ),
        (
            (
                f"{TITLE}[table]\nsheet = 1\nheader = 0\nlanguage = 'Italian language'\n"
                "date_order = 'ymd'\nfiscal_year = 'April'\ndecimal = ';'\nnone = ['*']\n"
                "vanished = 'gone'"
            ),
            [
                '4: error: sheet: 1 is no text; write sheet = "…", or several in brackets',
                "5: error: header: 0 is no whole number from 1 up; write one, bare",
                '6: error: language: "Italian language" is no BCP 47 language tag, such as "nl"',
                '7: error: date_order: "ymd" is not known here; did you mean "mdy"?',
                (
                    '8: error: fiscal_year: "April" is no day of every year; write month and '
                    'day, as "04-01"'
                ),
                '9: error: decimal: ";" parts no decimals; write "," or "."',
                '10: error: none: "*" would be every text; write how they begin, as "tbd*"',
                '11: error: vanished: "gone" is not known here; use one of tell, dropped',
            ],
        ),
        (
            f"{TITLE}[table]\ndecimal = ['.']",
            ['4: error: decimal: ["."] parts no decimals; write "," or "."'],
        ),
        (
            "title = “T”",
            [
                (
                    '1:9: error: not TOML: “ is a quote of a word processor; write "T", with '
                    'straight quotes (")'
                )
            ],
        ),
        (
            f"a = {'[' * 2000}",
            ["1: error: nested too deep to read; the format has no more than five levels"],
        ),
        (
            f"a = {'9' * 5000}",
            ["1: error: a number with too many digits to read; write a shorter one"],
        ),
    ],
)
def test_all_that_is_wrong_is_told_at_its_line(text: str, problems: list[str]) -> None:
    """With the value, what would be right, and no more than that."""
    with pytest.raises(InvalidData) as caught:
        loads_mapping(text, path="m.toml")
    told = [str(finding).rpartition(" [")[0] for finding in caught.value.findings]
    assert told == [f"m.toml:{problem}" for problem in problems]


def test_a_mapping_is_utf_8() -> None:
    """With or without the mark with which Windows begins a file."""
    assert loads_mapping(b"\xef\xbb\xbf" + TITLE.encode()) == loads_mapping(TITLE)
    with pytest.raises(InvalidData) as caught:
        loads_mapping(b"\n[table]\n# caf\xe9\n", path="m.toml")
    assert str(caught.value) == (
        "m.toml:3:6: error: not UTF-8: byte 0xe9 in café, probably é of Windows-1252; "
        "save the file as UTF-8 [encoding]"
    )


def test_mappings_are_loaded_from_a_file_or_by_name(tmp_path: Path) -> None:
    """A file that is called as a shipped one, without an ending, is not meant."""
    file = tmp_path / "mine.toml"
    file.write_text(TITLE, encoding="utf-8")
    assert load_mapping(file) == loads_mapping(TITLE, path=str(file))
    assert load_mapping("italy-pnrr").cited_as == CitedAs(
        id="pnrr",
        title="Milestone e target del PNRR",
        kind=SourceKind.REGISTER,
        by="Italia Domani",
        url="https://www.italiadomani.gov.it/content/sogei-ng/it/it/catalogo-open-data.html",
    )
    with pytest.raises(FileNotFoundError):
        load_mapping(tmp_path / "other.toml")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("italy-pnr", '; did you mean "italy-pnrr"?'),
        (
            "sheet",
            (
                "; there are calendar, italy-pnrr, list, ogp-commitments, tweede-kamer-toezegging, "
                "uk-major-projects"
            ),
        ),
    ],
)
def test_an_unknown_name_is_told(name: str, hint: str) -> None:
    """With the nearest, or all of them."""
    with pytest.raises(UnknownMapping) as caught:
        load_mapping(name)
    assert str(caught.value) == f'no mapping is called "{name}"{hint}'


def test_every_shipped_mapping_is_named() -> None:
    """Each file is one, and each is a mapping."""
    folder = Path(load_mapping.__code__.co_filename).parent / "mappings"
    assert sorted(file.stem for file in folder.glob("*.toml")) == list(MAPPINGS)
    for name in MAPPINGS:
        assert load_mapping(name).milestones


def test_what_is_late_is_not_done() -> None:
    """Whatever word a list has for that: "under way" would be more than it says."""
    [moment] = load_mapping("list").milestones
    words = moment.keys["outcome"].words or {}
    late = ["Delayed", "Late", "Vertraagd", "Retardé", "En retard", "Verzögert", "In ritardo"]
    assert {words[word] for word in late} == {"not-done"}


@pytest.mark.parametrize(
    ("language", "hint"),
    [("dee", '; did you mean "de"?'), ("xx", "; use one of nl, en, fr, de, it")],
)
def test_dates_are_read_in_the_five_languages(language: str, hint: str) -> None:
    """Another one would be refused in every cell; it is refused once, where it stands."""
    with pytest.raises(InvalidData) as caught:
        loads_mapping(f'[table]\nlanguage = "{language}"\n[[milestone]]\ntitle = "T"\n')
    assert str(caught.value) == (
        f'<text>:2: error: language: dates are not read in "{language}"{hint} [bad-language]'
    )
