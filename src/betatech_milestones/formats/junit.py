"""JUnit XML: a test suite for each measure, a test for each milestone.

What is met passes, an error (what is overdue, as a rule) fails, and the rest is skipped. There is
no schema that all readers share, so this is what they have in common (GitLab: "Unit test reports",
JUnit XML format specification; Jenkins: the plugin `junit`; testmoapp/junitxml). GitLab shows the
content of a failure, Jenkins its `message`, so both are there; `file` and `line` are for who
annotates. With nothing to report it is `<testsuites>` with nothing in it, which Jenkins takes for a
mistake unless `allowEmptyResults` is set.
"""

import itertools
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from betatech_milestones.findings import Level
from betatech_milestones.formats.page import Page
from betatech_milestones.formats.rows import heading, message, standing_and_why
from betatech_milestones.markup import xml
from betatech_milestones.report import Standing, Status
from betatech_milestones.verdicts import Judged


def junit(report: Judged, page: Page) -> str:
    """Return a report as test results: of each measure, the most pressing milestone first."""
    root = ET.Element(
        "testsuites", _counted(heading(report, page.language), report.standings, report)
    )
    in_suites = sorted(report.standings, key=lambda standing: standing.measure.id)
    for measure, own in itertools.groupby(in_suites, key=lambda standing: standing.measure):
        standings = tuple(own)
        name = f"{measure.id}: {measure.title.in_language(page.language)}"
        suite = ET.SubElement(root, "testsuite", _counted(name, standings, report))
        suite.extend(_case(each, report, page.language) for each in standings)
    return xml(root)


def _tag(standing: Standing, report: Judged) -> str | None:
    if standing.status is Status.MET:
        return None
    return "failure" if report.verdict(standing).level is Level.ERROR else "skipped"


def _counted(name: str, standings: Sequence[Standing], report: Judged) -> dict[str, str]:
    tags = [_tag(standing, report) for standing in standings]
    return {
        "name": name,
        "tests": str(len(tags)),
        "failures": str(tags.count("failure")),
        "errors": "0",
        "skipped": str(tags.count("skipped")),
    }


def _case(standing: Standing, report: Judged, language: str) -> ET.Element:
    milestone = standing.milestone
    case = ET.Element(
        "testcase",
        classname=standing.measure.id,
        name=f"{milestone.full_id}: {milestone.title.in_language(language)}",
        file=report.programme.path,
        line=str(milestone.line),
    )
    if tag := _tag(standing, report):
        short = standing_and_why(standing, report, language)
        ET.SubElement(case, tag, message=short, type=standing.status).text = message(
            standing, report, language
        )
    return case
