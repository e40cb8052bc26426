"""The shipped data set, in tables that can be laid beside the documents it was made from.

Every date, number, amount and outcome stands here a second time, written down from the source and
not from the data file, so that neither can change alone.
"""

import datetime as dt

import pytest

from betatech_milestones import Dropped, Milestone, Source, Status, Texts, as_of, load

PROGRAMME = load()
MILESTONES = {milestone.full_id: milestone for milestone in PROGRAMME.milestones}

# Locator · measure · how many milestones.
MEASURES = [
    ("1.1", "performance-box", 3),
    ("1.2", "stimulus-programme", 8),
    ("1.3", "girls-and-role-models", 5),
    ("1.4", "talent-in-primary-teacher-training", 3),
    ("2.1", "vmbo-mbo-pathways", 5),
    ("2.2", "top-technology-in-business", 6),
    ("2.3", "sector-plan-3tu", 6),
    ("2.4", "sector-plan-physics-chemistry", 3),
    ("3.1", "qualification-files", 4),
    ("3.2", "small-and-popular-programmes", 5),
    ("3.3", "macro-efficiency-act", 2),
    ("3.4", "sector-plan-hbo-engineering", 4),
    ("3.5", "study-information-leaflet-mbo", 1),
    ("3.6", "study-information-leaflet-he", 2),
    ("3.7", "image-bank", 2),
    ("4.1", "centres-for-craftsmanship", 4),
    ("4.2", "centres-of-expertise", 8),
    ("4.3", "associate-degrees", 4),
    ("4.4", "professionals-into-teaching", 9),
]

# Milestone · the source's words · how they are read. All of the annex but the two marked.
PROMISES = [
    ("performance-box/last-year-vo", "in de periode 2012-2015", "2015"),
    ("performance-box/last-year-po", "in de periode 2012-2015", "2015"),
    ("stimulus-programme/jet-net-junior", "Begin 2013", "2013-37"),
    ("stimulus-programme/evaluation", "In 2013", "2013"),
    ("girls-and-role-models/classes-2012-2013", "dit schooljaar", "[2012-08-01..2013-07-31]"),
    (
        "girls-and-role-models/recruitment-2012-2013",
        "in het schooljaar 2012-2013",
        "[2012-08-01..2013-07-31]",
    ),
    ("girls-and-role-models/classes-2014", "In 2014", "2014"),
    ("talent-in-primary-teacher-training/elaboration", "in het voorjaar van 2013", "2013-21"),
    ("vmbo-mbo-pathways/first-pupils", "in schooljaar 2014/2015", "[2014-08-01..2015-07-31]"),
    ("sector-plan-3tu/report-2013", "Uiterlijk 1 juli 2013", "[..2013-07-01]"),
    ("sector-plan-3tu/plan-completed", "2011-2013", "2013"),
    ("sector-plan-physics-chemistry/progress-report-2014", "in de zomer van 2014", "2014-22"),
    ("qualification-files/in-force", "op 1 augustus 2014", "2014-08-01"),
    ("qualification-files/voluntary-use", "per 1 augustus 2015", "2015-08-01"),  # 15 July 2013
    ("macro-efficiency-act/in-force", "per 1 januari 2015", "2015-01-01"),
    ("study-information-leaflet-he/mandatory", "per 2014", "2014"),
    ("centres-for-craftsmanship/agro-food-grant", "over een half jaar", "2013-08~"),
    ("centres-for-craftsmanship/centres-developed", "de komende vijf jaar", "[2013..2017]"),
    ("centres-of-expertise/funding-ends", "voor de periode van 2013-2016", "2016"),
    ("centres-of-expertise/evaluation", "uiterlijk in 2017", "[..2017-12-31]"),  # 19 August 2016
    ("professionals-into-teaching/pilots-continue", "in 2013", "2013"),
]

# Every milestone that is not simply planned.
FIRMNESS = [
    ("stimulus-programme/networks-anchored", "aim"),
    ("girls-and-role-models/recruitment-2012-2013", "aim"),
    ("talent-in-primary-teacher-training/science-in-curricula", "aim"),
    ("vmbo-mbo-pathways/first-pupils", "aim"),
    ("sector-plan-3tu/report-2013", "deadline"),
    ("sector-plan-physics-chemistry/goals-reached", "aim"),
    ("centres-of-expertise/one-in-each-top-sector", "aim"),
    ("centres-of-expertise/lasting-partnerships", "aim"),
    ("centres-of-expertise/evaluation", "deadline"),
]

# Milestone · the new date · how it is read · announced · source.
REVISIONS = [
    (
        "qualification-files/in-force",
        "1 augustus 2016",
        "2016-08-01",
        dt.date(2013, 7, 15),
        "letter-2013-07-15",
    ),
    (
        "macro-efficiency-act/in-force",
        "vanaf augustus 2015",
        "2015-08",
        dt.date(2015, 7, 1),
        "letter-2015-07-01",
    ),
]

# Milestone · when · how that is read: what the annex itself reports as done.
REPORTED_AS_DONE = [
    ("performance-box/funding-2012", "in 2012", "2012"),
    ("stimulus-programme/funding-2012", "in 2012", "2012"),
    ("stimulus-programme/jet-net-2012", "in 2012", "2012"),
    ("stimulus-programme/networks-extended", "uiterlijk 26 februari 2013", "[..2013-02-26]"),
    ("stimulus-programme/networks-new", "uiterlijk 26 februari 2013", "[..2013-02-26]"),
    ("girls-and-role-models/programme-start", "In 2012", "2012"),
    ("vmbo-mbo-pathways/guidance-started", "Inmiddels", "[..2013-02-26]"),
    ("top-technology-in-business/proposals-assessed", "in 2012", "2012"),
    (
        "top-technology-in-business/initiatives-approved",
        "uiterlijk 26 februari 2013",
        "[..2013-02-26]",
    ),
    (
        "top-technology-in-business/initiatives-started",
        "uiterlijk 26 februari 2013",
        "[..2013-02-26]",
    ),
    ("top-technology-in-business/funding-2012", "in 2012", "2012"),
    ("top-technology-in-business/extra-funding", "later", "[2012-01-01..2013-02-26]"),
    ("sector-plan-3tu/progress-2012", "in de zomer van 2012", "2012-22"),
    ("sector-plan-3tu/actions-started", "uiterlijk 26 februari 2013", "[..2013-02-26]"),
    ("sector-plan-physics-chemistry/progress-2012", "in de zomer van 2012", "2012-22"),
    (
        "small-and-popular-programmes/advice-requested",
        "uiterlijk 26 februari 2013",
        "[..2013-02-26]",
    ),
    ("centres-for-craftsmanship/grants-awarded", "In december 2012", "2012-12"),
    ("centres-of-expertise/grants-awarded", "uiterlijk 26 februari 2013", "[..2013-02-26]"),
    ("centres-of-expertise/biobased-centre", "sinds 2011", "2011"),
    ("centres-of-expertise/first-round-centres", "reeds", "[..2013-02-26]"),
    ("centres-of-expertise/first-round-funding", "uiterlijk 26 februari 2013", "[..2013-02-26]"),
    ("associate-degrees/top-25", "In maart 2012", "2012-03"),
    (
        "associate-degrees/new-programmes",
        "In het studiejaar 2012/2013",
        "[2012-09-01..2013-08-31]",
    ),
    (
        "associate-degrees/top-25-programmes",
        "In het studiejaar 2012/2013",
        "[2012-09-01..2013-08-31]",
    ),
    ("associate-degrees/room-for-masters", "uiterlijk 26 februari 2013", "[..2013-02-26]"),
    ("professionals-into-teaching/agreement", "in november 2011", "2011-11"),
    ("professionals-into-teaching/pilot-technical-teams", "Medio 2012", "2012-38"),
    ("professionals-into-teaching/pilot-maintenance", "Medio 2012", "2012-38"),
    ("professionals-into-teaching/addendum", "In 2012", "2012"),
]

# Milestone · when · how that is read · source: what other documents report.
FOUND_ELSEWHERE = [
    ("performance-box/last-year-vo", "2015-01-12", "2015-01-12", "stcrt-2015-1627"),
    ("performance-box/last-year-po", "2015-04-02", "2015-04-02", "stcrt-2015-10073"),
    ("stimulus-programme/jet-net-junior", "Sinds 2013", "2013", "vosabb-jet-net"),
    (
        "talent-in-primary-teacher-training/amendment-tabled",
        "2012-12-04",
        "2012-12-04",
        "amendment-2012-12-04",
    ),
    (
        "talent-in-primary-teacher-training/elaboration",
        "2013-03-13",
        "2013-03-13",
        "debate-2013-04-09",
    ),
    ("vmbo-mbo-pathways/legal-framework", "2013-09-16", "2013-09-16", "stb-2013-370"),
    (
        "vmbo-mbo-pathways/craftsmanship-route",
        "schooljaar 2014-2015",
        "[2014-08-01..2015-07-31]",
        "mbo-in-bedrijf-pathways",
    ),
    (
        "vmbo-mbo-pathways/technology-route",
        "schooljaar 2014-2015",
        "[2014-08-01..2015-07-31]",
        "mbo-in-bedrijf-pathways",
    ),
    (
        "vmbo-mbo-pathways/first-pupils",
        "schooljaar 2014-2015",
        "[2014-08-01..2015-07-31]",
        "mbo-in-bedrijf-pathways",
    ),
    (
        "top-technology-in-business/evaluation",
        "2015-06-28",
        "2015-06-28",
        "dialogic-2015-06-28",
    ),
    ("sector-plan-3tu/plan-completed", "2011-2015", "2015", "4tu-2016-05-26"),
    ("sector-plan-3tu/final-report", "In januari", "2016-01", "4tu-2016-05-26"),
    (
        "sector-plan-physics-chemistry/progress-report-2014",
        "2014-09-09",
        "2014-09-09",
        "scienceguide-2014-09-09",
    ),
    ("qualification-files/in-force", "2016-08-01", "2016-08-01", "stcrt-2016-28817"),
    ("qualification-files/voluntary-use", "2015-08-01", "2015-08-01", "sbb-qualification-files"),
    (
        "macro-efficiency-act/bill",
        "Stb. 2015, nr. 56",
        "[2015-01-01..2015-07-01]",
        "letter-2015-07-01",
    ),
    ("macro-efficiency-act/in-force", "2015-08-01", "2015-08-01", "mbo-today-macro-efficiency"),
    (
        "study-information-leaflet-mbo/leaflet",
        "uiterlijk januari 2019",
        "[..2019-01-31]",
        "vpt-studie-in-cijfers",
    ),
    ("centres-of-expertise/funding-ends", "in 2016", "2016", "evaluation-2017-03-20"),
    ("centres-of-expertise/evaluation", "2017-03-20", "2017-03-20", "evaluation-2017-03-20"),
]

# Measure · euros · per · years.
AMOUNTS = [
    ("performance-box", 11_700_000, "year", (2012, 2015)),
    ("stimulus-programme", 8_100_000, "total", (2012, 2012)),
    ("stimulus-programme", 6_900_000, "total", (2013, 2013)),
    ("girls-and-role-models", 1_600_000, "total", (2011, 2014)),
    ("top-technology-in-business", 6_000_000, "total", (2012, 2012)),
    ("top-technology-in-business", 3_600_000, "total", None),
    ("sector-plan-3tu", 11_000_000, "year", (2011, 2013)),
    ("sector-plan-physics-chemistry", 20_000_000, "year", None),
    ("image-bank", 450_000, "total", None),
    ("centres-for-craftsmanship", 17_400_000, "total", (2013, 2017)),
    ("centres-of-expertise", 1_000_000, "year", (2013, 2016)),
    ("centres-of-expertise", 1_000_000, "total", None),
]

# Milestone · the number · of what · what was read on the way, with when.
TARGETS = [
    ("girls-and-role-models/classes-2012-2013", 1107, "klassen", []),
    (
        "girls-and-role-models/classes-2014",
        3500,
        "klassen",
        [("In het schooljaar 2011-2012", 152), ("dit schooljaar", 1107)],
    ),
    (
        "top-technology-in-business/initiatives-started",
        17,
        "regio-initiatieven",
        [("uiterlijk 26 februari 2013", 17)],
    ),
    ("sector-plan-3tu/programmes-started", 7, "programma's", []),
    (
        "sector-plan-hbo-engineering/broad-programmes",
        15,
        "bacheloropleidingen",
        [("2013-02-26", 60)],
    ),
    ("sector-plan-hbo-engineering/pact-domains", 6, "brede domeinen", []),
    (
        "sector-plan-hbo-engineering/pact-directions",
        25,
        "ingangen of studierichtingen",
        [("2013-05-13", 65)],
    ),
    (
        "centres-of-expertise/grants-awarded",
        17,
        "nieuwe Centres of Expertise",
        [("uiterlijk 26 februari 2013", 17)],
    ),
    ("centres-of-expertise/one-in-each-top-sector", 1, "Centre of Expertise per topsector", []),
    (
        "associate-degrees/new-programmes",
        8,
        "nieuwe Ad-programma's",
        [("In het studiejaar 2012/2013", 8)],
    ),
    (
        "associate-degrees/top-25-programmes",
        5,
        "Ad-programma's uit de top 25",
        [("In het studiejaar 2012/2013", 5)],
    ),
]


def languages(text: Texts | None) -> list[str]:
    return [language for language, _ in text.pairs] if text else []


def outcomes(source: str | None = None) -> list[tuple[str, str, str, str]]:
    """Every outcome, or those of one source, as the rows of a table."""
    return [
        (full_id, milestone.outcome.on.words, milestone.outcome.on.edtf, cited)
        for full_id, milestone in MILESTONES.items()
        if milestone.outcome and (cited := milestone.outcome.source.id) and source in (None, cited)
    ]


def cited_by(milestone: Milestone) -> list[Source]:
    found = [milestone.source, *(revision.source for revision in milestone.revisions)]
    if milestone.outcome:
        found.append(milestone.outcome.source)
    if milestone.target:
        found.extend(reading.source for reading in milestone.target.readings)
    return found


# --- what there is --------------------------------------------------------------------------------


def test_every_bullet_of_the_annex_is_a_measure() -> None:
    """Nineteen measures, each where the annex has it, none of them empty."""
    found = [
        (measure.locator, measure.id, len(measure.milestones)) for measure in PROGRAMME.measures
    ]
    assert found == MEASURES


def test_the_clusters_are_the_four_that_the_annex_heads() -> None:
    """The number of its cluster is the first number of a measure's locator."""
    numbers = [cluster.number for cluster in PROGRAMME.clusters]
    per_cluster = [
        sum(measure.cluster == cluster for measure in PROGRAMME.measures)
        for cluster in PROGRAMME.clusters
    ]
    assert numbers == [1, 2, 3, 4]
    assert per_cluster == [4, 4, 7, 4]
    for measure in PROGRAMME.measures:
        assert measure.cluster is not None
        assert str(measure.locator).startswith(f"{measure.cluster.number}.")


def test_every_sector_and_body_has_a_measure() -> None:
    """Nothing is named that no measure speaks of."""
    sectors = {sector for measure in PROGRAMME.measures for sector in measure.sectors}
    bodies = {body for measure in PROGRAMME.measures for body in measure.bodies}
    assert [sector.id for sector in PROGRAMME.sectors] == ["po", "vo", "vmbo", "mbo", "hbo", "wo"]
    assert sectors == set(PROGRAMME.sectors)
    assert bodies == set(PROGRAMME.bodies)


def test_every_text_is_dutch_and_english() -> None:
    """Titles, summaries, names, units, notes and reasons are all there in both."""
    texts = [PROGRAMME.title, *(source.title for source in PROGRAMME.sources)]
    texts += [cluster.title for cluster in PROGRAMME.clusters]
    texts += [sector.title for sector in PROGRAMME.sectors]
    texts += [body.name for body in PROGRAMME.bodies]
    optional = [note for measure in PROGRAMME.measures for b in measure.budgets if (note := b.note)]
    for measure in PROGRAMME.measures:
        assert measure.summary, measure.id
        texts += [measure.title, measure.summary]
    for milestone in MILESTONES.values():
        texts.append(milestone.title)
        optional += [revision.reason for revision in milestone.revisions if revision.reason]
        if isinstance(milestone.outcome, Dropped):
            optional.append(milestone.outcome.reason)
        if milestone.target:
            texts.append(milestone.target.unit)
    for text in texts + optional:
        assert languages(text) == ["nl", "en"], str(text)


# --- promises -------------------------------------------------------------------------------------


def test_dated_promises() -> None:
    """Each date is in the words of its source and read as the table says; there are no others."""
    found = [(m.full_id, m.due.words, m.due.edtf) for m in MILESTONES.values() if m.due]
    assert found == PROMISES


def test_firmness_of_promises() -> None:
    """What was to be done at the latest, and what was only aimed at."""
    found = [(m.full_id, m.commitment) for m in MILESTONES.values() if m.commitment != "planned"]
    assert found == FIRMNESS


def test_moved_dates() -> None:
    """Two dates were moved, each by a letter, with a reason."""
    found = [
        (m.full_id, r.due.words, r.due.edtf, r.announced, r.source.id)
        for m in MILESTONES.values()
        for r in m.revisions
    ]
    assert found == REVISIONS
    assert all(revision.reason for m in MILESTONES.values() for revision in m.revisions)


# --- outcomes -------------------------------------------------------------------------------------


def test_what_the_annex_reports_as_done() -> None:
    """It is met, by the annex, and was promised nowhere: it has no due date."""
    found = [(full_id, words, edtf) for full_id, words, edtf, _ in outcomes("annex-2013")]
    assert found == REPORTED_AS_DONE
    for full_id, *_ in REPORTED_AS_DONE:
        assert MILESTONES[full_id].due is None, full_id


def test_what_was_found_elsewhere() -> None:
    """Every other outcome, with the document that has it."""
    assert [row for row in outcomes() if row[3] != "annex-2013"] == FOUND_ELSEWHERE


def test_only_the_agreements_of_2012_to_2015_were_dropped() -> None:
    """They were replaced before their last year was over."""
    dropped = [m.full_id for m in MILESTONES.values() if isinstance(m.outcome, Dropped)]
    assert dropped == ["performance-box/last-year-vo", "performance-box/last-year-po"]


# --- numbers and money ----------------------------------------------------------------------------


def test_amounts() -> None:
    """Each amount of the annex, whether a year or in all, and for which years."""
    found = [
        (measure.id, budget.euros, budget.per, budget.years)
        for measure in PROGRAMME.measures
        for budget in measure.budgets
    ]
    assert found == AMOUNTS


def test_targets() -> None:
    """Each number to reach, and the numbers read on the way."""
    found = [
        (m.full_id, t.value, str(t.unit), [(r.on.words, r.value) for r in t.readings])
        for m in MILESTONES.values()
        if (t := m.target)
    ]
    assert found == TARGETS


# --- sources --------------------------------------------------------------------------------------


def test_every_source_is_cited() -> None:
    """A document that nothing rests on does not belong in the file."""
    cited = {source.id for m in MILESTONES.values() for source in cited_by(m)}
    assert cited == {source.id for source in PROGRAMME.sources}


@pytest.mark.parametrize("source", PROGRAMME.sources, ids=lambda source: str(source.id))
def test_a_source_can_be_looked_up(source: Source) -> None:
    """It has a safe address, and an official paper has its number too."""
    assert source.url is not None
    assert source.url.startswith("https://")
    if "officielebekendmakingen" in source.url or "openkamer" in source.url:
        assert source.reference


def test_all_measures_rest_on_the_annex() -> None:
    """The letter of 26 February 2013 is where each of them was promised."""
    [annex] = {measure.source for measure in PROGRAMME.measures}
    assert (annex.id, annex.reference) == ("annex-2013", "Kamerstuk 32 637, nr. 50")
    assert annex.published == dt.date(2013, 2, 26)
    assert annex.url == "https://zoek.officielebekendmakingen.nl/kst-32637-50.html"


# --- on a day -------------------------------------------------------------------------------------

# Milestone · day · status · days overdue · days the date has slipped.
STANDINGS = [
    ("sector-plan-physics-chemistry/progress-report-2014", "2014-08-31", "due", None, 0),
    ("sector-plan-physics-chemistry/progress-report-2014", "2014-09-02", "overdue", 2, 0),
    ("sector-plan-physics-chemistry/progress-report-2014", "2014-09-09", "met", None, 9),
    ("qualification-files/in-force", "2013-07-14", "upcoming", None, 0),
    ("qualification-files/in-force", "2013-07-15", "upcoming", None, 731),
    ("qualification-files/in-force", "2014-09-02", "upcoming", None, 731),
    ("qualification-files/in-force", "2016-08-01", "met", None, 731),
    ("macro-efficiency-act/in-force", "2015-01-01", "due", None, 0),
    ("macro-efficiency-act/in-force", "2015-02-01", "overdue", 31, 0),
    ("macro-efficiency-act/in-force", "2015-07-01", "upcoming", None, 242),
    ("macro-efficiency-act/in-force", "2015-08-01", "met", None, 212),
    ("performance-box/last-year-vo", "2015-01-12", "dropped", None, 0),
    ("sector-plan-3tu/report-2013", "2013-07-01", "due", None, 0),
    ("sector-plan-3tu/report-2013", "2013-07-02", "overdue", 1, 0),
    ("sector-plan-3tu/plan-completed", "2014-09-02", "overdue", 245, 0),
    ("sector-plan-3tu/plan-completed", "2015-12-31", "met", None, 730),
    ("associate-degrees/new-programmes", "2013-02-26", "met", None, None),
    ("image-bank/set-up", "2013-02-26", "undated", None, None),
]


@pytest.mark.parametrize(("full_id", "day", "status", "overdue", "slip"), STANDINGS)
def test_standing(
    full_id: str, day: str, status: str, overdue: int | None, slip: int | None
) -> None:
    """What was late on a day, by how much, and from when it no longer was."""
    report = as_of(PROGRAMME, dt.date.fromisoformat(day))
    [found] = [s for s in report.standings if s.milestone.full_id == full_id]
    assert (found.status, found.days_overdue, found.slip_days) == (status, overdue, slip)


def overdue_on(day: dt.date) -> list[str]:
    return [s.milestone.full_id for s in as_of(PROGRAMME, day).only(Status.OVERDUE).standings]


def test_overdue_when_summer_2014_was_over() -> None:
    """The physics and chemistry report is on the list, the qualification files are not."""
    assert sorted(overdue_on(dt.date(2014, 9, 2))) == [
        "centres-for-craftsmanship/agro-food-grant",
        "girls-and-role-models/classes-2012-2013",
        "girls-and-role-models/recruitment-2012-2013",
        "professionals-into-teaching/pilots-continue",
        "sector-plan-3tu/plan-completed",
        "sector-plan-3tu/report-2013",
        "sector-plan-physics-chemistry/progress-report-2014",
        "stimulus-programme/evaluation",
    ]


def test_overdue_a_month_after_the_act_was_to_be_in_force() -> None:
    """The macro-efficiency act has joined them, and the report has gone."""
    assert sorted(overdue_on(dt.date(2015, 2, 1))) == [
        "centres-for-craftsmanship/agro-food-grant",
        "girls-and-role-models/classes-2012-2013",
        "girls-and-role-models/classes-2014",
        "girls-and-role-models/recruitment-2012-2013",
        "macro-efficiency-act/in-force",
        "professionals-into-teaching/pilots-continue",
        "sector-plan-3tu/plan-completed",
        "sector-plan-3tu/report-2013",
        "stimulus-programme/evaluation",
        "study-information-leaflet-he/mandatory",
    ]


def test_still_overdue() -> None:
    """Of what was promised by date, the outcome of these was not found."""
    assert sorted(overdue_on(dt.date(2020, 1, 1))) == [
        "centres-for-craftsmanship/agro-food-grant",
        "centres-for-craftsmanship/centres-developed",
        "girls-and-role-models/classes-2012-2013",
        "girls-and-role-models/classes-2014",
        "girls-and-role-models/recruitment-2012-2013",
        "professionals-into-teaching/pilots-continue",
        "sector-plan-3tu/report-2013",
        "stimulus-programme/evaluation",
        "study-information-leaflet-he/mandatory",
    ]
