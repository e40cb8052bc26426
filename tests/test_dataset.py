"""The shipped data set, in tables that can be laid beside the documents it was made from.

Every date, number, amount and outcome stands here a second time, written down from the source and
not from the data file, so that neither can change alone.
"""

import datetime as dt
from collections.abc import Iterator

import pytest
from programmes import SHIPPED

from betatech_milestones import (
    Commitment,
    Dropped,
    Milestone,
    PolicyDate,
    Replaced,
    Source,
    Texts,
    as_of,
)

MILESTONES = {milestone.full_id: milestone for milestone in SHIPPED.milestones}
THE_LETTER = "2013-02-26"
TODAY = "2026-11-27"
"""The day on which the data were last looked through."""
LONGEST_TITLE = 60

# Locator · measure · how many milestones.
MEASURES = [
    ("1.1", "performance-box", 2),
    ("1.2", "stimulus-programme", 7),
    ("1.3", "girls-and-role-models", 2),
    ("1.4", "talent-in-primary-teacher-training", 3),
    ("2.1", "vmbo-mbo-pathways", 3),
    ("2.2", "top-technology-in-business", 6),
    ("2.3", "sector-plan-3tu", 5),
    ("2.4", "sector-plan-physics-chemistry", 5),
    ("3.1", "qualification-files", 4),
    ("3.2", "small-and-popular-programmes", 2),
    ("3.3", "macro-efficiency-act", 4),
    ("3.4", "sector-plan-hbo-engineering", 3),
    ("3.5", "study-information-leaflet-mbo", 1),
    ("3.6", "study-information-leaflet-he", 3),
    ("3.7", "image-bank", 2),
    ("4.1", "centres-for-craftsmanship", 3),
    ("4.2", "centres-of-expertise", 10),
    ("4.3", "associate-degrees", 4),
    ("4.4", "professionals-into-teaching", 3),
]

# Milestone · the source's words · how they are read · how firmly. First the annex.
PROMISES = [
    (
        "performance-box/yearly-funding",
        "jaarlijks in de periode 2012-2015",
        "[2012..2015]",
        "planned",
    ),
    ("stimulus-programme/jet-net-junior", "Begin 2013", "2013-37", "planned"),
    ("stimulus-programme/evaluation", "In 2013", "2013", "planned"),
    ("girls-and-role-models/classes-2014", "In 2014", "2014", "planned"),
    (
        "talent-in-primary-teacher-training/elaboration",
        "in het voorjaar van 2013",
        "2013-21",
        "planned",
    ),
    (
        "vmbo-mbo-pathways/first-pupils",
        "in schooljaar 2014/2015",
        "[2014-08-01..2015-07-31]",
        "aim",
    ),
    ("sector-plan-3tu/report-2013", "Uiterlijk 1 juli 2013", "[..2013-07-01]", "deadline"),
    (
        "sector-plan-physics-chemistry/progress-report-2014",
        "in de zomer van 2014",
        "2014-22",
        "planned",
    ),
    ("qualification-files/in-force", "op 1 augustus 2014", "2014-08-01", "planned"),
    ("macro-efficiency-act/in-force", "per 1 januari 2015", "2015-01-01", "planned"),
    ("study-information-leaflet-he/mandatory", "per 2014", "2014", "planned"),
    (
        "centres-for-craftsmanship/agro-food-grant",
        "over een half jaar",
        "[2013-06..2013-08]",
        "planned",
    ),
    (
        "centres-for-craftsmanship/centres-developed",
        "de komende vijf jaar",
        "[2013..2017]",
        "planned",
    ),
    (
        "centres-of-expertise/yearly-funding",
        "voor de periode van 2013-2016 jaarlijks",
        "[2013..2016]",
        "planned",
    ),
]

# The same of other documents, with the document.
LATER_PROMISES = [
    (
        "sector-plan-physics-chemistry/lasting-funding",
        "met ingang van komend begrotingsjaar",
        "2017",
        "planned",
        "nwo-2016-05-19",
    ),
    (
        "qualification-files/files-laid-down",
        "uiterlijk 1 juni 2014",
        "[..2014-06-01]",
        "planned",
        "letter-2013-07-15",
    ),
    (
        "qualification-files/voluntary-use",
        "vanaf 1 augustus 2015",
        "2015-08-01",
        "fixed",
        "sbb-qualification-files",
    ),
    (
        "macro-efficiency-act/policy-rule-draft",
        "voor 1 juni a.s.",
        "[..2015-05-31]",
        "deadline",
        "letter-2015-05-26",
    ),
    (
        "macro-efficiency-act/policy-rule",
        "uiterlijk in oktober 2015",
        "[..2015-10-31]",
        "deadline",
        "letter-2015-07-01",
    ),
    (
        "study-information-leaflet-he/chamber-informed",
        "uiterlijk op 1 januari 2014",
        "[..2014-01-01]",
        "deadline",
        "ek-debate-2013-07-09",
    ),
    (
        "centres-of-expertise/evaluation",
        "uiterlijk in 2017",
        "[..2017-12-31]",
        "deadline",
        "letter-2016-08-19",
    ),
    (
        "centres-of-expertise/evaluation-report",
        "uiterlijk op 1 maart 2017",
        "[..2017-03-01]",
        "deadline",
        "letter-2016-08-19",
    ),
]

# What was promised or aimed at without a date · how firmly · by which document.
UNDATED = [
    ("stimulus-programme/networks-anchored", "aim", "annex-2013"),
    ("talent-in-primary-teacher-training/science-in-curricula", "aim", "annex-2013"),
    ("vmbo-mbo-pathways/legal-framework", "planned", "annex-2013"),
    ("sector-plan-physics-chemistry/higher-intake", "aim", "annex-2013"),
    ("qualification-files/fewer-qualifications", "planned", "annex-2013"),
    ("small-and-popular-programmes/policy-response", "planned", "annex-2013"),
    ("sector-plan-hbo-engineering/broad-programmes", "planned", "annex-2013"),
    ("sector-plan-hbo-engineering/pact-domains", "planned", "scienceguide-2013-05-13"),
    ("sector-plan-hbo-engineering/pact-directions", "planned", "scienceguide-2013-05-13"),
    ("study-information-leaflet-mbo/leaflet", "planned", "annex-2013"),
    ("study-information-leaflet-he/rule-if-needed", "planned", "ek-debate-2013-07-09"),
    ("image-bank/set-up", "planned", "annex-2013"),
    ("image-bank/filled", "planned", "annex-2013"),
    ("centres-of-expertise/one-in-each-top-sector", "aim", "annex-2013"),
    ("centres-of-expertise/lasting-partnerships", "aim", "annex-2013"),
    ("associate-degrees/business-involved", "aim", "annex-2013"),
]

# Milestone · the new date · how it is read · announced · sources.
REVISIONS = [
    (
        "qualification-files/in-force",
        "1 augustus 2016",
        "2016-08-01",
        "2013-07-15",
        ["letter-2013-07-15"],
    ),
    (
        "macro-efficiency-act/in-force",
        "per 1 augustus 2015",
        "2015-08-01",
        "2014-12-31",  # after the debate of the 15th; the letter is of 26 May 2015
        ["mbo-today-debate", "letter-2015-05-26"],
    ),
    (
        "macro-efficiency-act/policy-rule-draft",
        "uiterlijk 30 juni 2015",
        "[..2015-06-30]",
        "2015-05-26",
        ["letter-2015-05-26"],
    ),
]

# What the annex itself reports as done: milestone · when · how that is read (None: no date).
REPORTED_AS_DONE = [
    ("performance-box/funding-2012", "in 2012", "2012"),
    ("stimulus-programme/funding-2012", "in 2012", "2012"),
    ("stimulus-programme/jet-net-2012", "in 2012", "2012"),
    ("stimulus-programme/networks-extended", None, None),
    ("girls-and-role-models/programme-start", "In 2012", "2012"),
    ("talent-in-primary-teacher-training/amendment-tabled", "2012-12-04", "2012-12-04"),
    ("vmbo-mbo-pathways/guidance-started", None, None),
    ("top-technology-in-business/proposals-assessed", "in 2012", "2012"),
    ("top-technology-in-business/initiatives-started", None, None),
    ("top-technology-in-business/funding-2012", "in 2012", "2012"),
    ("top-technology-in-business/extra-funding", None, None),
    ("sector-plan-3tu/progress-2012", "in de zomer van 2012", "2012-22"),
    ("sector-plan-3tu/actions-started", None, None),
    ("sector-plan-physics-chemistry/progress-2012", "in de zomer van 2012", "2012-22"),
    ("small-and-popular-programmes/advice-requested", None, None),
    ("centres-for-craftsmanship/grants-awarded", "In december 2012", "2012-12"),
    ("centres-of-expertise/biobased-centre", "sinds 2011", "2011"),
    ("centres-of-expertise/first-round-centres", None, None),
    ("centres-of-expertise/first-round-funding", None, None),
    ("associate-degrees/top-25", "In maart 2012", "2012-03"),
    (
        "associate-degrees/new-programmes",
        "In het studiejaar 2012/2013",
        "[2012-09-01..2013-08-31]",
    ),
    ("associate-degrees/room-for-masters", None, None),
    ("professionals-into-teaching/agreement", "in november 2011", "2011-11"),
    ("professionals-into-teaching/pilots", "Medio 2012", "2012-38"),
    ("professionals-into-teaching/addendum", "In 2012", "2012"),
]

# The same of other documents: what nobody had promised in any that was found.
REPORTED_LATER = [
    ("stimulus-programme/evaluation-2016", "2016-06-30", ["letter-2016-06-30", "researchned-2016"]),
    ("top-technology-in-business/audit-2013", "2013-23", ["toptechniek-audit-2013"]),
    ("top-technology-in-business/evaluation", "2015-06-28", ["dialogic-2015-06-28"]),
    ("sector-plan-3tu/plan-completed", "2015", ["4tu-2016-05-26"]),
    ("sector-plan-3tu/final-report", "2016-01", ["4tu-2016-05-26"]),
    ("sector-plan-physics-chemistry/final-report", "2016-05-19", ["nwo-2016-05-19"]),
    ("macro-efficiency-act/bill", "[2015-01-01..2015-05-26]", ["letter-2015-05-26"]),
    ("centres-of-expertise/extended-2017", "2016-11-16", ["ucreate-2016-11-16"]),
    ("centres-of-expertise/extended-2018", None, ["scienceguide-2017-08-16"]),
]

# Milestone · outcome · when, and how that is read · sources: what came of the promises.
OUTCOMES = [
    (
        "performance-box/yearly-funding",
        "replaced",
        "2014-07-10",
        "2014-07-10",
        ["stcrt-2015-10073"],
    ),
    ("stimulus-programme/jet-net-junior", "met", "Sinds 2013", "2013", ["vosabb-jet-net"]),
    ("stimulus-programme/evaluation", "met", "in 2013", "2013", ["researchned-2013-12"]),
    (
        "girls-and-role-models/classes-2014",
        "met",
        "Afgelopen twee schooljaren",
        "[2012-08..2015-07]",
        ["vhto-talentenkijker"],
    ),
    (
        "talent-in-primary-teacher-training/elaboration",
        "met",
        "2013-03-13",
        "2013-03-13",
        ["letter-2013-03-13", "debate-2013-04-09"],
    ),
    ("vmbo-mbo-pathways/legal-framework", "met", "2013-09-16", "2013-09-16", ["stb-2013-370"]),
    (
        "vmbo-mbo-pathways/first-pupils",
        "met",
        "schooljaar 2014-2015",
        "[2014-08-01..2015-07-31]",
        ["toptechniek-applications", "mbo-in-bedrijf-pathways"],
    ),
    (
        "sector-plan-physics-chemistry/progress-report-2014",
        "met",
        "2014-09-09",
        "2014-09-09",
        ["demet-2014-09-09", "scienceguide-2014-09-09"],
    ),
    ("qualification-files/in-force", "met", "2016-08-01", "2016-08-01", ["letter-2017-09-07"]),
    (
        "qualification-files/files-laid-down",
        "met",
        "op 26 februari",
        "2015-02-26",
        ["sbb-qualification-files"],
    ),
    (
        "macro-efficiency-act/in-force",
        "met",
        "2015-08-01",
        "2015-08-01",
        ["stcrt-2015-47109", "mbo-today-macro-efficiency"],
    ),
    (
        "macro-efficiency-act/policy-rule-draft",
        "met",
        "2015-07-01",
        "2015-07-01",
        ["letter-2015-07-01"],
    ),
    (
        "macro-efficiency-act/policy-rule",
        "met",
        "in 2015, na het concept van 1 juli",
        "[2015-07-02..2015-12-31]",
        ["stcrt-2015-47109"],
    ),
    (
        "study-information-leaflet-mbo/leaflet",
        "met",
        "",
        "[..2018-12-31]",
        ["sbb-work-prospects", "vpt-studie-in-cijfers", "kiesmbo-studie-in-cijfers"],
    ),
    (
        "study-information-leaflet-he/mandatory",
        "replaced",
        "2013-07-09",
        "2013-07-09",
        ["ek-debate-2013-07-09"],
    ),
    (
        "study-information-leaflet-he/chamber-informed",
        "met",
        "2013-12-19",
        "2013-12-19",
        ["letter-2013-12-19", "ek-t01765"],
    ),
    ("study-information-leaflet-he/rule-if-needed", "met", None, None, ["ek-t01765"]),
    (
        "centres-for-craftsmanship/agro-food-grant",
        "met",
        "gemeld op 19 oktober 2017",
        "[..2017-10-19]",
        ["katapult-2017-10-19"],
    ),
    (
        "centres-for-craftsmanship/centres-developed",
        "met",
        "In 2017",
        "2017",
        ["audit-2018-04-09"],
    ),
    (
        "centres-of-expertise/yearly-funding",
        "met",
        None,
        None,
        ["ucreate-2016-11-16", "scienceguide-2017-08-16"],
    ),
    (
        "centres-of-expertise/evaluation",
        "met",
        "2017-03-20",
        "2017-03-20",
        ["evaluation-2017-03-20"],
    ),
    (
        "centres-of-expertise/evaluation-report",
        "met",
        "openbaar op 20 maart 2017",
        "[..2017-03-20]",
        ["evaluation-2017-03-20"],
    ),
]

# Milestone · the day it is of · what was found · source; looked for in vain on TODAY: no source.
NEWS = [
    ("performance-box/yearly-funding", "2015-01-31", "under-way", "stcrt-2015-1627"),
    ("stimulus-programme/networks-anchored", "2019-12-31", "under-way", "ptvt-2019"),
    (
        "girls-and-role-models/classes-2014",
        "2013-12-31",
        "under-way",
        "onderwijsgids-talentenkijker",
    ),
    ("sector-plan-3tu/report-2013", TODAY, "nothing", None),
    ("sector-plan-physics-chemistry/higher-intake", "2016-05-19", "partly", "nwo-2016-05-19"),
    ("sector-plan-physics-chemistry/lasting-funding", TODAY, "nothing", None),
    ("qualification-files/fewer-qualifications", "2014-03-04", "under-way", "letter-2014-03-04"),
    ("small-and-popular-programmes/policy-response", TODAY, "nothing", None),
    ("sector-plan-hbo-engineering/broad-programmes", TODAY, "nothing", None),
    ("sector-plan-hbo-engineering/pact-domains", TODAY, "nothing", None),
    ("sector-plan-hbo-engineering/pact-directions", TODAY, "nothing", None),
    ("image-bank/set-up", TODAY, "nothing", None),
    ("image-bank/filled", TODAY, "nothing", None),
    (
        "centres-for-craftsmanship/centres-developed",
        "2017-03-29",
        "under-way",
        "mbo-raad-2017-03-29",
    ),
    (
        "centres-for-craftsmanship/centres-developed",
        "2017-10-19",
        "under-way",
        "katapult-2017-10-19",
    ),
    (
        "centres-of-expertise/one-in-each-top-sector",
        "2013-04-10",
        "under-way",
        "questions-2013-04-10",
    ),
    ("centres-of-expertise/lasting-partnerships", "2016-11-04", "under-way", "dcypher-2016-11-04"),
]

# Measure · amount · per · years · for each of how many.
AMOUNTS = [
    ("performance-box", 11_700_000, "year", (2012, 2015), None),
    ("stimulus-programme", 8_100_000, "total", (2012, 2012), None),
    ("stimulus-programme", 6_900_000, "total", (2013, 2013), None),
    ("girls-and-role-models", 1_600_000, "total", (2011, 2014), None),
    ("top-technology-in-business", 6_000_000, "total", (2012, 2012), None),
    ("top-technology-in-business", 3_600_000, "total", None, None),
    ("sector-plan-3tu", 11_000_000, "year", (2011, 2013), None),
    ("sector-plan-physics-chemistry", 20_000_000, "year", (2011, 2016), None),
    ("image-bank", 450_000, "total", None, None),
    ("centres-for-craftsmanship", 17_400_000, "total", (2013, 2017), None),
    ("centres-of-expertise", 1_000_000, "year", (2013, 2016), 17),
    ("centres-of-expertise", 1_000_000, "total", None, 4),
]

# Milestone · of what · goal · where it began · readings: when, the number, of which sort.
NUMBERS = [
    (
        "girls-and-role-models/classes-2014",
        "klassen",
        3500,
        None,
        [
            ("In het schooljaar 2011-2012", 152, "reached"),
            ("dit schooljaar", 1107, "planned"),
            ("Afgelopen twee schooljaren", 3500, "reached"),
        ],
    ),
    (
        "vmbo-mbo-pathways/first-pupils",
        "leerroutes",
        None,
        None,
        [("oktober 2013", 127, "planned")],
    ),
    (
        "top-technology-in-business/initiatives-started",
        "regionale initiatieven",
        None,
        None,
        [("2013-02-26", 17, "reached")],
    ),
    (
        "sector-plan-physics-chemistry/higher-intake",
        "instromende studenten per jaar",
        None,
        None,
        [("2008", 1514, "reached"), ("2015", 2448, "reached")],
    ),
    ("sector-plan-hbo-engineering/broad-programmes", "bacheloropleidingen, ongeveer", 15, 60, []),
    ("sector-plan-hbo-engineering/pact-domains", "soorten instroom", 6, 65, []),
    ("sector-plan-hbo-engineering/pact-directions", "studierichtingen, ongeveer", 25, None, []),
    (
        "centres-of-expertise/one-in-each-top-sector",
        "Centres of Expertise per topsector, ten minste",
        1,
        None,
        [],
    ),
    (
        "associate-degrees/new-programmes",
        "nieuwe Ad-programma's",
        None,
        None,
        [("In het studiejaar 2012/2013", 8, "reached")],
    ),
]

# Who answers for a milestone, where that is not who answers for its measure.
OTHER_BODIES = {
    "stimulus-programme/funding-2012": ["ocw"],
    "stimulus-programme/jet-net-junior": ["ocw"],
    "stimulus-programme/networks-anchored": ["ocw"],
    "stimulus-programme/evaluation": ["ocw"],
    "stimulus-programme/evaluation-2016": ["ocw"],
    "talent-in-primary-teacher-training/amendment-tabled": ["tweede-kamer"],
    "top-technology-in-business/proposals-assessed": ["expert-committee"],
    "top-technology-in-business/funding-2012": ["ocw"],
    "top-technology-in-business/extra-funding": ["ocw"],
    "top-technology-in-business/audit-2013": ["pbt"],
    "top-technology-in-business/evaluation": ["ocw"],
    "sector-plan-3tu/actions-started": ["3tu"],
    "sector-plan-3tu/report-2013": ["ocw"],
    "sector-plan-3tu/plan-completed": ["3tu"],
    "sector-plan-3tu/final-report": ["3tu"],
    "sector-plan-physics-chemistry/progress-report-2014": ["breimer-committee"],
    "sector-plan-physics-chemistry/final-report": ["breimer-committee"],
    "qualification-files/files-laid-down": ["ocw", "ez"],
    "centres-for-craftsmanship/agro-food-grant": ["ez"],
    "centres-of-expertise/yearly-funding": ["ocw"],
    "centres-of-expertise/biobased-centre": ["hogescholen"],
    "centres-of-expertise/first-round-centres": ["hogescholen"],
    "centres-of-expertise/first-round-funding": ["ocw"],
    "centres-of-expertise/extended-2017": ["ocw"],
    "centres-of-expertise/extended-2018": ["ocw"],
    "centres-of-expertise/evaluation": ["ocw"],
    "centres-of-expertise/evaluation-report": ["evaluation-committee"],
    "associate-degrees/top-25": ["vno-ncw-mkb"],
    "associate-degrees/new-programmes": ["hogescholen"],
}

# Documents that bear no day, and what they are known from: a day of reading, or the last day of the
# time that their content tells.
KNOWN_FROM = {
    "stcrt-2009-15614": "2009-10-31",
    "stb-2013-370": "2013-10-31",
    "researchned-2013-12": "2013-12-31",
    "onderwijsgids-talentenkijker": "2013-12-31",
    "mbo-today-debate": "2014-12-31",
    "stcrt-2015-1627": "2015-01-31",
    "sbb-qualification-files": "2015-03-31",
    "stcrt-2015-10073": "2015-04-30",
    "stcrt-2015-47109": "2015-12-31",
    "toptechniek-applications": "2016-02-29",
    "vosabb-jet-net": "2016-11-30",
    "sbb-work-prospects": "2026-11-24",
    "vpt-studie-in-cijfers": "2026-11-24",
    "vhto-talentenkijker": "2026-11-24",
    "groentennieuws-horticulture": "2026-11-24",
    "ek-t01765": "2026-11-27",
    "kiesmbo-studie-in-cijfers": "2026-11-27",
    "mbo-in-bedrijf-pathways": "2026-11-27",
    "mbo-today-macro-efficiency": "2026-11-27",
    "ptvt-2019": "2026-11-27",
    "researchned-2016": "2026-11-27",
    "toptechniek-audit-2013": "2026-11-27",
    "vraag-en-aanbod-3tu": "2026-11-27",
}


def languages(text: Texts | None) -> list[str]:
    return [language for language, _ in text.pairs] if text else []


def said(date: PolicyDate | None) -> tuple[str | None, str | None]:
    """The words of a date and how they are read; neither where there is none."""
    return (None, None) if date is None else (date.words, date.edtf)


def ids(sources: tuple[Source, ...]) -> list[str]:
    return [source.id for source in sources]


def facts(*, in_the_annex: bool) -> list[Milestone]:
    """What nobody promised, and a source reports as done."""
    return [
        milestone
        for milestone in MILESTONES.values()
        if milestone.commitment is Commitment.NONE
        and (milestone.source.id == "annex-2013") is in_the_annex
    ]


def promises() -> list[Milestone]:
    return [m for m in MILESTONES.values() if m.commitment is not Commitment.NONE]


def cited() -> Iterator[Source]:
    """Every source that something rests on."""
    for measure in SHIPPED.measures:
        yield from measure.sources
        yield from (budget.source for budget in measure.budgets if budget.source)
    for milestone in MILESTONES.values():
        yield from milestone.sources
        for revision in milestone.revisions:
            yield from revision.sources
        for news in milestone.news:
            yield from news.sources
        for outcome in milestone.outcomes:
            yield from outcome.sources
        if milestone.number:
            for reading in milestone.number.readings:
                yield from reading.sources


# --- what there is --------------------------------------------------------------------------------


def test_every_bullet_of_the_annex_is_a_measure() -> None:
    """Nineteen measures, each where the annex has it, none of them empty."""
    found = [(measure.locator, measure.id, len(measure.milestones)) for measure in SHIPPED.measures]
    assert found == MEASURES


def test_the_clusters_are_the_four_that_the_annex_heads() -> None:
    """The number of its cluster is the first number of a measure's locator."""
    numbers = [cluster.number for cluster in SHIPPED.clusters]
    per_cluster = [
        sum(measure.cluster == cluster for measure in SHIPPED.measures)
        for cluster in SHIPPED.clusters
    ]
    assert numbers == [1, 2, 3, 4]
    assert per_cluster == [4, 4, 7, 4]
    for measure in SHIPPED.measures:
        assert measure.cluster is not None
        assert str(measure.locator).startswith(f"{measure.cluster.number}.")


def test_every_sector_and_body_has_something() -> None:
    """Every sector is in a measure; every body answers for something, or wrote something."""
    sectors = {sector for measure in SHIPPED.measures for sector in measure.sectors}
    assert [sector.id for sector in SHIPPED.sectors] == ["po", "vo", "vmbo", "mbo", "hbo", "wo"]
    assert sectors == set(SHIPPED.sectors)
    bodies = {body for milestone in MILESTONES.values() for body in milestone.bodies}
    bodies |= {source.by for source in SHIPPED.sources if source.by}
    assert bodies == set(SHIPPED.bodies)


def test_who_answers() -> None:
    """The measure's bodies, but for the deeds that were others'."""
    found = {
        milestone.full_id: [body.id for body in milestone.bodies]
        for milestone in MILESTONES.values()
        if milestone.bodies != milestone.measure.bodies
    }
    assert found == OTHER_BODIES


def test_every_text_is_dutch_and_english() -> None:
    """Titles, summaries, names, units, notes and reasons are all there in both."""
    texts = [SHIPPED.title, *(source.title for source in SHIPPED.sources)]
    texts += [cluster.title for cluster in SHIPPED.clusters]
    texts += [sector.title for sector in SHIPPED.sectors]
    texts += [body.name for body in SHIPPED.bodies]
    optional = [budget.note for measure in SHIPPED.measures for budget in measure.budgets]
    for measure in SHIPPED.measures:
        assert measure.summary, measure.id
        texts += [measure.title, measure.summary]
    for milestone in MILESTONES.values():
        texts.append(milestone.title)
        optional += [milestone.summary, milestone.note]
        for revision in milestone.revisions:
            optional += [revision.reason, revision.note]
        optional += [text for news in milestone.news for text in (news.says, news.note)]
        for outcome in milestone.outcomes:
            optional += [outcome.note, getattr(outcome, "reason", None)]
        if milestone.number:
            texts.append(milestone.number.unit)
            optional += [reading.note for reading in milestone.number.readings]
    for text in texts + [text for text in optional if text]:
        assert languages(text) == ["nl", "en"], str(text)


def test_titles_are_short() -> None:
    """They fit a line of a calendar."""
    for milestone in MILESTONES.values():
        for _, text in milestone.title.pairs:
            assert len(text) <= LONGEST_TITLE, text


# --- promises -------------------------------------------------------------------------------------


def test_dated_promises() -> None:
    """Each date is in the words of its source and read as the table says; there are no others."""
    dated = [milestone for milestone in promises() if milestone.due]
    found = [(m.full_id, *said(m.due), m.commitment) for m in dated if m.source.id == "annex-2013"]
    assert found == PROMISES
    later = [
        (m.full_id, *said(m.due), m.commitment, m.source.id)
        for m in dated
        if m.source.id != "annex-2013"
    ]
    assert later == LATER_PROMISES


def test_undated_promises() -> None:
    """What was announced or aimed at without a date, and nothing that was only under way."""
    found = [(m.full_id, m.commitment, m.source.id) for m in promises() if not m.due]
    assert found == UNDATED


def test_moved_dates() -> None:
    """Three dates were moved; a reason stands where a source gives one."""
    found = [
        (m.full_id, *said(r.due), r.announced.isoformat(), ids(r.sources))
        for m in MILESTONES.values()
        for r in m.revisions
    ]
    assert found == REVISIONS


# --- outcomes -------------------------------------------------------------------------------------


def test_what_the_annex_reports_as_done() -> None:
    """It is met, by the annex, and was promised nowhere: it has no due date."""
    found = []
    for milestone in facts(in_the_annex=True):
        [met] = milestone.outcomes
        assert (met.status, met.source.id) == ("met", "annex-2013"), milestone.full_id
        found.append((milestone.full_id, *said(met.on)))
    assert found == REPORTED_AS_DONE


def test_what_later_documents_report_as_done() -> None:
    """It is met, and no document was found that promises it."""
    found = []
    for milestone in facts(in_the_annex=False):
        [met] = milestone.outcomes
        assert met.status == "met", milestone.full_id
        found.append((milestone.full_id, said(met.on)[1], ids(met.sources)))
    assert found == REPORTED_LATER


def test_what_came_of_the_promises() -> None:
    """Every outcome of a promise, with the documents that have it."""
    found = [
        (m.full_id, outcome.status, *said(outcome.on), ids(outcome.sources))
        for m in promises()
        for outcome in m.outcomes
    ]
    assert found == OUTCOMES


def test_nothing_was_dropped() -> None:
    """What ended otherwise than it was promised was replaced, by what the source says."""
    ended = [outcome for m in MILESTONES.values() for outcome in m.outcomes]
    assert not [outcome for outcome in ended if isinstance(outcome, Dropped)]
    money, leaflet = [outcome for outcome in ended if isinstance(outcome, Replaced)]
    assert money.by is None
    assert money.reason
    assert leaflet.by == "study-information-leaflet-he/rule-if-needed"


def test_news() -> None:
    """What was found short of an outcome; where nothing was, who looked."""
    found = [
        (m.full_id, news.on.isoformat(), news.found, news.source and news.source.id)
        for m in MILESTONES.values()
        for news in m.news
    ]
    assert found == NEWS
    for milestone in MILESTONES.values():
        for news in milestone.news:
            assert (news.by is not None) is (news.found == "nothing"), milestone.full_id
            assert (news.says is None) is (news.found == "nothing"), milestone.full_id


# --- numbers and money ----------------------------------------------------------------------------


def test_amounts() -> None:
    """Each amount of the annex, whether a year or in all, for which years and for each of whom."""
    found = [
        (measure.id, budget.amount, budget.per, budget.years, budget.each)
        for measure in SHIPPED.measures
        for budget in measure.budgets
    ]
    assert found == AMOUNTS
    assert {b.currency for measure in SHIPPED.measures for b in measure.budgets} == {"EUR"}


def test_numbers() -> None:
    """Each number, with a goal where a source sets one, and what was read on the way."""
    found = [
        (
            m.full_id,
            str(n.unit),
            n.goal,
            n.baseline,
            [(r.on.words, r.value, r.kind) for r in n.readings if r.on],
        )
        for m in MILESTONES.values()
        if (n := m.number)
    ]
    assert found == NUMBERS


def test_no_goal_is_of_our_own_making() -> None:
    """What nobody promised has no number to reach: what came about was not set before."""
    for milestone in MILESTONES.values():
        if milestone.commitment is Commitment.NONE and milestone.number:
            assert milestone.number.goal is None, milestone.full_id


# --- sources --------------------------------------------------------------------------------------


def test_every_source_is_cited() -> None:
    """A document that nothing rests on does not belong in the file."""
    assert {source.id for source in cited()} == {source.id for source in SHIPPED.sources}


@pytest.mark.parametrize("source", SHIPPED.sources, ids=lambda source: str(source.id))
def test_a_source_can_be_looked_up(source: Source) -> None:
    """It has a safe address and a kind, and an official paper has its number too."""
    assert source.url is not None
    assert source.url.startswith("https://")
    assert source.kind != "other"
    if "officielebekendmakingen" in source.url or "openkamer" in source.url:
        assert source.reference
        assert source.kind in {"letter", "parliamentary-paper", "gazette", "law"}
        assert source.by


def test_since_when_a_source_is_known() -> None:
    """The day that it bears; those that bear none stand in the table, and the file says why."""
    found = {
        source.id: source.known_from.isoformat()
        for source in SHIPPED.sources
        if not (source.published and source.published.is_day)
        or source.published.approximate
        or source.published.words != source.published.edtf
    }
    approximate = {"ucreate-2016-11-16": "2016-11-16"}  # reports what was made known on that day
    assert found == KNOWN_FROM | approximate


def test_all_measures_rest_on_the_annex() -> None:
    """The letter of 26 February 2013 is where each of them was announced."""
    [annex] = {measure.source for measure in SHIPPED.measures}
    assert (annex.id, annex.reference) == ("annex-2013", "Kamerstuk 32 637, nr. 50")
    assert annex.known_from == dt.date(2013, 2, 26)
    assert annex.url == "https://zoek.officielebekendmakingen.nl/kst-32637-50.html"
    assert annex.by is not None
    assert annex.by.id == "ocw"


# --- on a day -------------------------------------------------------------------------------------

# Milestone · day · status · what is known of it, where it is overdue · who attests its outcome.
STANDINGS = [
    ("performance-box/yearly-funding", "2013-02-26", "due", None, None),
    ("performance-box/yearly-funding", "2015-04-29", "due", None, None),
    ("performance-box/yearly-funding", "2015-04-30", "replaced", None, "verified"),
    ("stimulus-programme/evaluation", "2013-12-30", "due", None, None),
    ("stimulus-programme/evaluation", "2013-12-31", "met", None, "verified"),
    ("girls-and-role-models/classes-2014", "2015-01-01", "overdue", "unchecked", None),
    ("girls-and-role-models/classes-2014", TODAY, "met", None, "claimed"),
    ("talent-in-primary-teacher-training/elaboration", "2013-03-12", "due", None, None),
    ("talent-in-primary-teacher-training/elaboration", "2013-03-13", "met", None, "claimed"),
    ("talent-in-primary-teacher-training/elaboration", "2013-05-30", "met", None, "reported"),
    ("sector-plan-3tu/report-2013", "2013-07-01", "due", None, None),
    ("sector-plan-3tu/report-2013", "2013-07-02", "overdue", "unchecked", None),
    ("sector-plan-3tu/report-2013", TODAY, "overdue", "no-news", None),
    ("sector-plan-physics-chemistry/progress-report-2014", "2014-08-31", "due", None, None),
    (
        "sector-plan-physics-chemistry/progress-report-2014",
        "2014-09-02",
        "overdue",
        "unchecked",
        None,
    ),
    ("sector-plan-physics-chemistry/progress-report-2014", "2014-09-09", "met", None, "reported"),
    ("qualification-files/in-force", "2013-07-14", "upcoming", None, None),
    ("qualification-files/in-force", "2014-09-02", "upcoming", None, None),
    ("qualification-files/in-force", "2016-08-01", "due", None, None),
    ("qualification-files/in-force", "2017-09-13", "met", None, "claimed"),
    ("qualification-files/files-laid-down", "2014-06-02", "overdue", "unchecked", None),
    ("qualification-files/files-laid-down", "2015-03-31", "met", None, "reported"),
    ("qualification-files/voluntary-use", "2015-03-31", "upcoming", None, None),
    ("qualification-files/voluntary-use", "2015-07-31", "upcoming", None, None),
    ("qualification-files/voluntary-use", "2015-08-02", "met", None, None),
    ("macro-efficiency-act/in-force", "2014-12-30", "upcoming", None, None),
    ("macro-efficiency-act/in-force", "2015-01-01", "upcoming", None, None),
    ("macro-efficiency-act/in-force", "2015-02-01", "upcoming", None, None),
    ("macro-efficiency-act/in-force", "2015-08-01", "due", None, None),
    ("macro-efficiency-act/in-force", "2015-12-31", "met", None, "verified"),
    ("macro-efficiency-act/policy-rule-draft", "2015-05-26", "upcoming", None, None),
    ("macro-efficiency-act/policy-rule-draft", "2015-07-01", "met", None, "claimed"),
    ("study-information-leaflet-he/mandatory", "2013-07-08", "upcoming", None, None),
    ("study-information-leaflet-he/mandatory", "2013-07-09", "replaced", None, "verified"),
    ("study-information-leaflet-he/rule-if-needed", TODAY, "met", None, "verified"),
    ("centres-of-expertise/yearly-funding", "2016-11-15", "due", None, None),
    ("centres-of-expertise/yearly-funding", "2016-11-16", "met", None, "reported"),
    ("centres-of-expertise/evaluation", "2017-03-20", "met", None, "verified"),
    ("centres-of-expertise/evaluation-report", "2017-03-02", "overdue", "unchecked", None),
    ("centres-of-expertise/evaluation-report", "2017-03-20", "met", None, "claimed"),
    ("associate-degrees/new-programmes", THE_LETTER, "met", None, "reported"),
    ("image-bank/set-up", THE_LETTER, "undated", None, None),
]


@pytest.mark.parametrize(("full_id", "day", "status", "evidence", "attestation"), STANDINGS)
def test_standing(
    full_id: str, day: str, status: str, evidence: str | None, attestation: str | None
) -> None:
    """How something stood on a day, by what was known on it."""
    [found] = [s for s in as_of(SHIPPED, day).standings if s.milestone.full_id == full_id]
    assert (found.status, found.evidence, found.attestation) == (status, evidence, attestation)


def overdue_on(day: str) -> list[tuple[str, str | None]]:
    return sorted(
        (standing.milestone.full_id, standing.evidence)
        for standing in as_of(SHIPPED, day).standings
        if standing.status == "overdue"
    )


def test_the_day_before_the_letter() -> None:
    """Nothing had been promised, and nothing was known."""
    assert as_of(SHIPPED, "2013-02-25").standings == ()


def test_the_day_of_the_letter() -> None:
    """What the letter says is there, and nothing of any later document."""
    standings = {s.milestone.full_id: s for s in as_of(SHIPPED, THE_LETTER).standings}
    promised = [full_id for full_id, *_ in PROMISES]
    undated = [full_id for full_id, _, source in UNDATED if source == "annex-2013"]
    done = [full_id for full_id, *_ in REPORTED_AS_DONE]
    assert sorted(standings) == sorted(promised + undated + done)
    assert [i for i, s in standings.items() if s.status == "met"] == [
        i for i in standings if i in done
    ]
    assert {standings[full_id].status for full_id in undated} == {"undated"}
    assert {standings[full_id].status for full_id in promised} == {"due", "upcoming"}
    letter = dt.date.fromisoformat(THE_LETTER)
    known = {source.id for standing in standings.values() for source in standing.sources}
    assert known == {"annex-2013", "amendment-2012-12-04"}
    assert all(source.known_from <= letter for source in SHIPPED.sources if source.id in known)


def test_overdue_when_summer_2014_was_over() -> None:
    """The physics and chemistry report is on the list, the qualification files are not."""
    assert overdue_on("2014-09-02") == [
        ("centres-for-craftsmanship/agro-food-grant", "unchecked"),
        ("qualification-files/files-laid-down", "unchecked"),
        ("sector-plan-3tu/report-2013", "unchecked"),
        ("sector-plan-physics-chemistry/progress-report-2014", "unchecked"),
        ("stimulus-programme/jet-net-junior", "unchecked"),
    ]


def test_overdue_a_month_after_the_act_was_to_be_in_force() -> None:
    """The act is not among them: its move was in the press in December."""
    assert overdue_on("2015-02-01") == [
        ("centres-for-craftsmanship/agro-food-grant", "unchecked"),
        ("girls-and-role-models/classes-2014", "unchecked"),
        ("qualification-files/files-laid-down", "unchecked"),
        ("sector-plan-3tu/report-2013", "unchecked"),
        ("stimulus-programme/jet-net-junior", "unchecked"),
    ]


def test_nothing_is_overdue_that_nobody_looked_for() -> None:
    """Of two promises the outcome was looked for in vain; of the others it is recorded."""
    assert overdue_on(TODAY) == [
        ("sector-plan-3tu/report-2013", "no-news"),
        ("sector-plan-physics-chemistry/lasting-funding", "no-news"),
    ]
