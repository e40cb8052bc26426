"""The shipped mappings read their registers: samples in the real shapes, with invented content.

Each sample in `registers/MAPPING/` is an edition; what it says stands here in full view.
"""

import datetime as dt
import io
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from betatech_milestones.importing.mapping import MAPPINGS, load_mapping
from betatech_milestones.importing.read import Reader, RowsRead
from betatech_milestones.importing.rows import MilestoneSaid
from betatech_milestones.importing.tables import read_tables
from betatech_milestones.model.conventions import Conventions

REGISTERS = Path(__file__).parent / "registers"
LANGUAGES = {
    "list/engagements.csv": "fr",
    "list/impegni.csv": "it",
    "list/promises.csv": "en",
    "list/zusagen.csv": "de",
}
"""Of the programmes into which lists are taken; Dutch for all others."""


def read(sample: str) -> RowsRead:
    """Read a sample by the mapping that its folder is called after."""
    file = REGISTERS / sample
    mapping = load_mapping(file.parent.name)
    tables = read_tables(file.read_bytes(), name=file.name, at=mapping.records)
    conventions = Conventions(language=LANGUAGES.get(sample, "nl"))
    return Reader(mapping=mapping, conventions=conventions, name=file.stem).read(tables)


def told(read: RowsRead) -> Iterator[str]:
    """Yield what a sample says, in lines that a person can check."""
    for row in read.rows:
        first, *others = parts(row.said)
        yield first
        yield from (f"    {' '.join(part.split())}" for part in others)
    for problem in read.problems:
        yield f"wrong: {problem}"
    for note in read.notes:
        yield f"told: {note}"


def parts(said: MilestoneSaid) -> Iterator[str]:
    """Yield what is said of a milestone, key by key."""
    yield " + ".join((said.full_id, *(measure.id for measure in said.also)))
    yield said.title or ""
    yield f"due {said.due}" if said.due else "undated"
    if said.kind or said.commitment:
        yield " ".join(filter(None, (said.kind, said.commitment)))
    if said.bodies:
        yield "by " + ", ".join(said.bodies)
    if said.goal is not None:
        yield f"{said.goal} {said.unit}, from {said.baseline}"
    if said.outcome:
        yield f"{said.outcome} {said.on}" if said.on else said.outcome
    if said.found:
        yield f"{said.found}: {said.says}"
    for key in ("reason", "note", "locator", "summary"):
        if text := getattr(said, key):
            yield f"{key}: {text}"


EXPECTED = {
    "calendar/library-plan.ics": """\
library-plan/opening-library-example
    The night library opens
    due 2024-09-01
    summary: In three towns, until ten o'clock.
library-plan/report-library-example
    Report on opening hours
    due 2024-03-15
    met 2024-03-12
library-plan/survey-library-example
    Survey of readers
    undated
    under-way: IN-PROCESS
library-plan/festival-library-example
    Festival of reading
    due 2024-10-05
    dropped
""",
    "italy-pnrr/2022-06-30.csv": """\
m9c1i1-01-01/m9c1-1 + m9c1i1-01-02
    Entrata in vigore del decreto sulle biblioteche
    due Q4 2022
    other deadline
    by MIN CULTURA
    summary: Il decreto stabilisce come si scelgono le biblioteche.
m9c1i1-01-01/m9c1-2
    Biblioteche aperte la sera T1
    due Q2 2023
    target deadline
    by MIN CULTURA
    250 Numero, from 0
    summary: Almeno 250 biblioteche restano aperte fino alle ore 22.
m9c1i1-01-01/m9c1-3
    Biblioteche aperte la sera T2
    due Q2 2025
    target deadline
    by MIN CULTURA
    1507 Numero, from 250
    summary: Almeno 1.507 biblioteche restano aperte fino alle ore 22.
m9c1i1-01-02/m9c1-00-ita-1
    Pubblicazione dell'avviso "Scuole che leggono"
    due Q3 2022
    other deadline
    by MIN ISTRUZIONE
    summary: L'avviso è pubblicato.
""",
    "italy-pnrr/2022-12-31.csv": """\
m9c1i1-01-01/m9c1-1 + m9c1i1-01-02
    Entrata in vigore del decreto sulle biblioteche
    due Q4 2022
    other deadline
    by MIN CULTURA
    summary: Il decreto stabilisce come si scelgono le biblioteche.
m9c1i1-01-01/m9c1-2
    Biblioteche aperte la sera T1
    due Q4 2023
    target deadline
    by MIN CULTURA
    250 Numero, from 0
    summary: Almeno 250 biblioteche restano aperte fino alle ore 22.
m9c1i1-01-01/m9c1-3
    Biblioteche aperte la sera T2
    due Q2 2025
    target deadline
    by MIN CULTURA
    1507 Numero, from 250
    summary: Almeno 1.507 biblioteche restano aperte fino alle ore 22.
m9c1i1-01-02/m9c1-00-ita-1
    Pubblicazione dell'avviso "Scuole che leggono"
    due Q1 2023
    other deadline
    by MIN ISTRUZIONE
    summary: L'avviso è pubblicato.
""",
    "italy-pnrr/2023-06-30.csv": """\
m9c1i1-01-02/m9c1-00-ita-1
    Pubblicazione dell'avviso "Scuole che leggono"
    due Q1 2023
    other deadline
    by MINISTERO DELL'ISTRUZIONE E DEL MERITO
    summary: L'avviso è pubblicato.
m9c1i1-01-02/m9c1-4
    Studenti con una tessera della biblioteca
    due Q2 2026
    target deadline
    by MINISTERO DELL'ISTRUZIONE E DEL MERITO
    37.5 Percentuale, from 12.5
    summary: Il 37,5 % degli studenti ha una tessera.
m9c1i1-01-01/m9c1-1 + m9c1i1-01-02
    Entrata in vigore del decreto sulle biblioteche
    due Q4 2022
    other deadline
    by MINISTERO DELLA CULTURA
    summary: Il decreto stabilisce come si scelgono le biblioteche.
m9c1i1-01-01/m9c1-2
    Biblioteche aperte la sera T1
    due Q4 2023
    target deadline
    by MINISTERO DELLA CULTURA
    250 Numero, from 0
    summary: Almeno 250 biblioteche restano aperte fino alle ore 22.
m9c1i1-01-01/m9c1-3
    Biblioteche aperte la sera T2
    due Q2 2026
    target deadline
    by MINISTERO DELLA CULTURA
    1200 Numero, from 250
    summary: Almeno 1.507 biblioteche restano aperte fino alle ore 22.
""",
    "list/engagements.csv": """\
engagements/rapport-sur-les-horaires
    Rapport sur les horaires
    due avant le 1er juillet 2024
    by Ministère de la Culture
    met
engagements/carte-des-sentiers
    Carte des sentiers
    due automne 2025
    under-way: En cours
""",
    "list/impegni.csv": """\
impegni/rapporto-sugli-orari
    Rapporto sugli orari
    due entro il 31 dicembre 2024
    by Ministero della Cultura
    met
impegni/carta-dei-sentieri
    Carta dei sentieri
    due autunno 2025
    under-way: In corso
""",
    "list/promises.csv": """\
promises/a-1
    Publish the timetable
    due 2024-05-01
    by Ministry of Paths
    met 2024-04-28
    summary: All trains and buses
promises/a-2
    Repair the bridge
    due end of 2025
    by City of Example
""",
    "list/toezeggingen.csv": """\
open-bibliotheken/brief-over-de-openingstijden
    Brief over de openingstijden
    due voor 1 juli 2024
    by Ministerie van OCW
    met
    note: verzonden op 20 juni
open-bibliotheken/proef-met-nachtopenstelling
    Proef met nachtopenstelling
    due Q3 2024
    by OCW, Vereniging van bibliotheken
    under-way: bezig
paden/wandelkaart-van-alle-paden
    Wandelkaart van alle paden
    due najaar 2025
    by LVVN
paden/loket-voor-meldingen
    Loket voor meldingen
    due doorlopend
    by LVVN
toezeggingen/onderzoek-naar-leesgedrag
    Onderzoek naar leesgedrag
    undated
    dropped
    note: te duur
told: row 8 was left out: nothing stands in the columns that are used
""",
    "list/zusagen.csv": """\
zusagen/bericht-uber-offnungszeiten
    Bericht über Öffnungszeiten
    due 31.12.2024
    by Kultusministerium
    met
zusagen/karte-der-wanderwege
    Karte der Wanderwege
    due Herbst 2025
""",
    "ogp-commitments/commitments.csv": """\
examplia-2/xa0001
    Open footpaths
    due 31 August 2023
    by Ministry of Paths, Land Registry
    partly: Substantial
    summary: The ministry will publish the register, with an explanation, each quarter.
examplia-2/xa0002
    Library hours
    due 2022-12-31
    by Ministry of Libraries
    met
    summary: Residents vote on the opening hours of their library.
examplia-2/xa0003
    Answer every request within ten days
    due Q4 2022
    by Ministry of Paths
    not-done: Not started
    summary: Requests for information are answered within ten days.
examplia-3/xa0004
    Quarry owners
    undated
    by Companies Office
    summary: A public register of the owners of quarries.
""",
    "tweede-kamer-toezegging/toezegging.json": """\
bibliotheken-en-wandelpaden/tz202401-001
    De minister stuurt de Kamer voor de zomer een brief over de openingstijden van bibliotheken.
    undated
    note: Toegezegd door Voorbeeld, V., Minister van Bibliotheken
    locator: Activiteit 2024A00001
bibliotheken-en-wandelpaden/tz202401-002
    De minister informeert de Kamer over de proef met nachtopenstelling.
    undated
    met 2024-03-28
    note: Toegezegd door Voorbeeld, V., Minister van Bibliotheken
    locator: Activiteit 2024A00002
    summary: Nagekomen met kamerbrief 2024Z05555
wandelpaden/tz202401-003
    De staatssecretaris gaat in gesprek met de wandelbond.
    undated
    partly: Deels voldaan
    note: Toegezegd door Proef, P., Staatssecretaris van Wandelpaden
    locator: Activiteit 2024A00003
bibliotheken-en-wandelpaden/tz202401-004
    De minister zegt een overzicht van gesloten bibliotheken toe.
    undated
    not-done: Niet nagekomen
    note: Toegezegd door Voorbeeld, V.
    locator: Activiteit 2024A00004
bibliotheken-en-wandelpaden/tz202401-005
    De minister zegt een technische briefing toe.
    undated
    note: Toegezegd door Voorbeeld, V., Minister van Bibliotheken
    locator: Activiteit 2024A00005
told: row 5 was read without "DatumNakoming": no status says that there was an end
""",
    "uk-major-projects/2024-03-31.csv": """\
dlp-0001-2122-q1/start
    Start
    due 01/04/2021
    start forecast
dlp-0001-2122-q1/end
    End
    due 30/09/2027
    planned
    under-way: Delivery confidence: Amber
    reason: The end date moved by six months because of ground surveys.
dlp-0002-2223-q3/start
    Start
    due 04/07/2022
    start forecast
dlp-0002-2223-q3/end
    End
    due 31/03/2026
    planned
    under-way: Delivery confidence: Green
dlp-0003-2324-q2/start
    Start
    undated
    start forecast
dlp-0003-2324-q2/end
    End
    undated
    planned
    under-way: None
""",
}


@pytest.mark.parametrize("sample", EXPECTED)
def test_a_sample_says_what_it_says(sample: str) -> None:
    """Row by row, with all that the mapping uses."""
    assert "".join(f"{line}\n" for line in told(read(sample))) == EXPECTED[sample]


def test_every_sample_is_read() -> None:
    """Each file stands here, and each mapping that ships has one."""
    files = {file.relative_to(REGISTERS).as_posix() for file in REGISTERS.rglob("*.*")}
    assert files == set(EXPECTED)
    assert {sample.partition("/")[0] for sample in files} == set(MAPPINGS)


def test_measures_are_told_with_what_groups_them() -> None:
    """Of each register, the first."""
    first = {
        sample: read(sample).rows[0].said.measure
        for sample in ("italy-pnrr/2023-06-30.csv", "uk-major-projects/2024-03-31.csv")
    }
    told = {sample: (one.code, one.title, one.cluster, one.bodies) for sample, one in first.items()}
    assert told == {
        "italy-pnrr/2023-06-30.csv": (
            "M9C1I1.01.02",
            "Biblioteche nelle scuole",
            "Biblioteche e sentieri",
            (),
        ),
        "uk-major-projects/2024-03-31.csv": (
            "DLP_0001_2122-Q1",
            "Coastal Footbridge Programme",
            "Infrastructure and Construction",
            ("DLP",),
        ),
    }


def test_editions_differ_only_in_what_moved() -> None:
    """Headings drift from 22 to 24 to 25 columns, rows change places, and ids stay."""
    dues = [
        {row.said.full_id: str(row.said.due) for row in read(f"italy-pnrr/{day}.csv").rows}
        for day in ("2022-06-30", "2022-12-31", "2023-06-30")
    ]
    moves = [
        {full_id: due for full_id, due in after.items() if before.get(full_id) != due}
        for before, after in pairwise(dues)
    ]
    assert moves == [
        {"m9c1i1-01-01/m9c1-2": "Q4 2023", "m9c1i1-01-02/m9c1-00-ita-1": "Q1 2023"},
        {"m9c1i1-01-01/m9c1-3": "Q2 2026", "m9c1i1-01-02/m9c1-4": "Q2 2026"},
    ]
    assert [len(edition) for edition in dues] == [4, 4, 5]


def test_a_workbook_is_read_as_people_make_it() -> None:
    """A title above the table, merged cells, a month, a formula, a filter, a remark below."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    rows: list[list[Any]] = [
        ["Actielijst 2026"],
        [],
        ["Nr", "Actiepunt", "Thema", "Trekker", "Uiterlijk", "Gereed", "Opmerkingen"],
        [1, "Brief", "Lezen", "OCW", dt.date(2026, 5, 1), True, None],
        [2, "Nota", None, "EZ", dt.date(2026, 9, 1), False, "volgt"],
        ["=1+2", "Plan", "Lopen", None, "zomer 2027", None, None],
        [4, "Proef", "Lopen", "VWS", None, None, None],
        [],
        ["Bijgewerkt op 1 mei"],
    ]
    for row in rows:
        sheet.append(row)
    sheet.title = "Acties"
    sheet.merge_cells("A1:G1")
    sheet.merge_cells("C4:C5")
    sheet["E5"].number_format = "mmm-yy"
    sheet.row_dimensions[7].hidden = True
    workbook.create_sheet("Uitleg").append(["Zie de handleiding"])
    data = io.BytesIO()
    workbook.save(data)
    reader = Reader(mapping=load_mapping("list"), conventions=Conventions(language="nl"))
    found = reader.read(read_tables(data.getvalue(), name="acties.xlsx"))
    assert (
        "".join(f"{line}\n" for line in told(found))
        == """\
lezen/brief
    Brief
    due 2026-05-01
    by OCW
    met
lezen/nota
    Nota
    due 2026-09
    by EZ
    note: volgt
lopen/plan
    Plan
    due zomer 2027
lopen/proef
    Proef
    undated
    by VWS
told: sheet "Acties": row 9 was left out: nothing stands in the columns that are used
told: sheet "Acties": row 7 was hidden, and read all the same
"""
    )


def test_one_reader_reads_all_editions() -> None:
    """In one go, as each alone."""
    mapping = load_mapping("italy-pnrr")
    reader = Reader(mapping=mapping, name="pnrr")
    for file in sorted((REGISTERS / "italy-pnrr").iterdir()):
        tables = read_tables(file.read_bytes(), name=file.name)
        assert reader.read(tables) == Reader(mapping=mapping, name="pnrr").read(tables)
