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

from betatech_milestones.analysis.verdicts import Judgement
from betatech_milestones.formats.layout import Layout
from betatech_milestones.formats.markup import xml
from betatech_milestones.formats.standings import heading, message, standing_and_why
from betatech_milestones.model.rules import Level
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Status
from betatech_milestones.voice import Voice


def as_junit(judgement: Judgement, layout: Layout) -> str:
    """Return a report as test results: of each measure, the most pressing milestone first."""
    report, voice = judgement.report, layout.voice
    root = ET.Element("testsuites", _counted(heading(report, voice), report.standings, judgement))
    in_suites = sorted(report.standings, key=lambda standing: standing.measure.id)
    for _, own in itertools.groupby(in_suites, key=lambda standing: standing.measure.id):
        standings = tuple(own)
        measure = standings[0].measure
        name = f"{measure.id}: {voice.text(measure.title)}"
        suite = ET.SubElement(root, "testsuite", _counted(name, standings, judgement))
        suite.extend(_case(standing, judgement, voice) for standing in standings)
    return xml(root)


def _tag(standing: Standing, judgement: Judgement) -> str | None:
    if standing.status is Status.MET:
        return None
    return "failure" if judgement.verdict(standing).level is Level.ERROR else "skipped"


def _counted(name: str, standings: Sequence[Standing], judgement: Judgement) -> dict[str, str]:
    tags = [_tag(standing, judgement) for standing in standings]
    return {
        "name": name,
        "tests": str(len(tags)),
        "failures": str(tags.count("failure")),
        "errors": "0",
        "skipped": str(tags.count("skipped")),
    }


def _case(standing: Standing, judgement: Judgement, voice: Voice) -> ET.Element:
    milestone = standing.milestone
    case = ET.Element(
        "testcase",
        classname=standing.measure.id,
        name=f"{milestone.full_id}: {voice.text(milestone.title)}",
        file=milestone.path_in(judgement.report.programme),
        line=str(milestone.line),
    )
    if tag := _tag(standing, judgement):
        short = standing_and_why(standing, judgement, voice)
        ET.SubElement(case, tag, message=short, type=standing.status).text = message(
            standing, judgement, voice
        )
    return case
