"""A part of a file, and how it lies in the whole."""

import re

import pytest

from betatech_milestones.datafile.excerpt import excerpt
from betatech_milestones.datafile.lines import key_lines

MEASURES = 9
TEXT = "\n".join(
    [
        "[programme]",
        *(
            line
            for number in range(MEASURES)
            for line in (
                f"# about measure {number}",
                "[[measure]]",
                f"code = {number}",
                'title = """',
                "[[measure]]",
                "[source]",
                '"""',
                "  [[measure.milestone]] # [[measure]]",
                "id = 1",
                "[measure.milestone.met]",
                *(["[[source]]", "id = 2"] if number % 4 == 2 else []),
            )
        ),
        "[[source]]",
        "",
    ]
)


@pytest.mark.parametrize(
    ("concerned", "kept"),
    [
        ((), (0, 7, 8)),
        ((0,), (0, 7, 8)),
        ((3,), (0, 2, 3, 7, 8)),
        ((1, 5), (0, 1, 4, 5, 7, 8)),
        ((8,), (0, 7, 8)),
    ],
)
def test_what_is_left_out(concerned: tuple[int, ...], kept: tuple[int, ...]) -> None:
    """A measure that matters stays with the one above it; so do the first and the last two."""
    part = excerpt(TEXT, MEASURES, [("source",), *(("measure", one) for one in concerned)])
    assert part.measures == kept
    assert [int(one) for one in re.findall(r"code = (\d)", part.text)] == [*kept]
    assert part.text.count("[[source]]\n") == 3


def test_what_is_left_out_goes_back() -> None:
    """The gaps make the text whole again, at the places that they have in the rest."""
    part = excerpt(TEXT, MEASURES, [("measure", 4, "milestone", 0)])
    whole, end = "", 0
    for at, gap in part.gaps:
        whole += part.text[end:at] + gap
        end = at
    assert whole + part.text[end:] == TEXT
    assert [re.findall(r"code = (\d)", gap) for _, gap in part.gaps] == [["1", "2"], ["5", "6"]]


def test_paths_and_lines() -> None:
    """What is found in the part has a place in the whole."""
    part = excerpt(TEXT, MEASURES, [("measure", 4)])
    here, there = key_lines(part.text), key_lines(TEXT)
    are_here = [path for path in there if path[1:2] != () and path[1] in part.measures]
    for path in (("programme",), ("source", 0), ("source", 2), *are_here):
        assert part.line(here[part.path(path)]) == there[path], path
    assert part.path(("measure", 4, "milestone", 0)) == ("measure", 2, "milestone", 0)
    assert part.path(("measure",)) == ("measure",)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("[[measure]]\ncode = 3", "[[ measure ]]\ncode = 3"),
        ("[[measure]]\ncode = 3", "[['measure']]\ncode = 3"),
        ("[[measure.milestone]] #", "[['measure'.milestone]] #"),
        ("[measure.milestone.met]", "[measure . milestone.met]"),
        ("[programme]", "measure = [{}]\n[programme]"),
    ],
)
def test_headers_that_are_written_in_another_way(written: str, instead: str) -> None:
    """Where it is not sure where a measure ends, all is looked at."""
    measures = MEASURES + ("measure = " in instead)
    text = TEXT.replace(written, instead, 1)
    part = excerpt(text, measures, [("measure", 4)])
    assert (part.text, part.gaps, part.measures) == (text, (), tuple(range(measures)))
