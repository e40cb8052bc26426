"""Records in JSON: where they are, and which column each value stands in."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betatech_milestones.importing.grid import NotATable, Unusable, Value
from betatech_milestones.importing.tables import read_tables


def read(written: str, at: str | None = None) -> list[tuple[int, tuple[Value, ...]]]:
    """The number and the values of each row, the headings first."""
    (table,) = read_tables(written.encode(), name="list.json", at=at)
    assert (table.name, table.headed) == ("", True)
    return [(row.number, row.values) for row in table.rows]


def refusal(written: str, at: str | None = None) -> str:
    """What is said of a file."""
    with pytest.raises(NotATable) as caught:
        read_tables(written.encode(), name="list.json", at=at)
    return str(caught.value).removeprefix("list.json: ")


AB = [(0, ("a", "b")), (1, (1, None)), (2, (2, 3))]


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ('[{"a": 1}, {"a": 2, "b": 3}]', None),
        ('\ufeff[{"a": 1}, {"a": 2, "b": 3}]', None),
        ('{"@odata.count": 2, "value": [{"a": 1}, {"a": 2, "b": 3}]}', None),
        ('{"x": [1, 2], "y": [], "value": [{"a": 1}, {"a": 2, "b": 3}]}', None),
        ('{"x": {"y": [{"a": 1}, {"a": 2, "b": 3}]}, "z": [{}]}', "x.y"),
        ('{"a": 1}\n\n{"a": 2, "b": 3}\n', None),
        ('{"a": 1}\r\n{"a": 2, "b": 3}', None),
    ],
    ids=["list", "mark", "odata", "only list", "path", "lines", "lines of Windows"],
)
def test_records_are_found(written: str, at: str | None) -> None:
    """As the whole, in an object, below a path, or one on each line."""
    assert read(written, at) == AB


def test_values_within_values_have_columns_with_dots() -> None:
    """In the order in which they first appear; lists of plain values are one text."""
    written = """[
        {"Id": 1, "Persoon": {"Naam": " Piet ", "Partij": {"Naam": null}}, "leeg": {}},
        {"Id": 1.50, "Steden": ["Delft", null, "", 3, 2.50, true, false], "ja": true},
        {"Id": 2.0, "Besluit": [{"Tekst": "a"}, {"Tekst": "b", "Nr": 2}, "los"], "niets": []},
        {"Persoon": {"Naam": "  "}}
    ]"""
    assert read(written) == [
        (
            0,
            (
                "Id",
                "Persoon.Naam",
                "Persoon.Partij.Naam",
                "Steden",
                "ja",
                "Besluit.0.Tekst",
                "Besluit.1.Tekst",
                "Besluit.1.Nr",
                "Besluit.2",
                "niets",
            ),
        ),
        (1, (1, "Piet", *[None] * 8)),
        (2, (Decimal("1.50"), None, None, "Delft; 3; 2.50; true; false", True, *[None] * 5)),
        (3, (2, None, None, None, None, "a", "b", 2, "los", None)),
    ]


def test_records_beyond_a_number_are_told_where_they_would_stand() -> None:
    """Nothing is left out without a word."""
    headings, (_, values) = read(json.dumps([{"a": [{"b": at} for at in range(23)]}]))
    assert headings[1] == (*(f"a.{at}.b" for at in range(20)), "a.20")
    assert values[-1] == Unusable("3 more", "beyond the 20 that have columns of their own")


DEEP = (
    "has values nested more than 20 deep; give a list of records, "
    "and the path to it where it is not the whole"
)


@pytest.mark.parametrize(
    ("written", "at", "message"),
    [
        ("[" * 100_000, None, DEEP),
        ('{"a":' * 1_000 + "1" + "}" * 1_000, None, DEEP),
        ('{"a":' * 100_000, None, DEEP),
        ('[{"a":' + '{"a":' * 30 + "1" + "}" * 31 + "]", None, DEEP),
        ('{"v": [{}], "w":' + '{"a":' * 30 + "1" + "}" * 31, "v", DEEP),
        ('[{"a": NaN}]', None, 'has "NaN" for a number; write null where there is none'),
        ('[{"a": 1e999}]', None, 'has "1e999" for a number; write null where there is none'),
        (
            '[{"a": 1, "b": 2, "a": 3}]',
            None,
            'has an object with the name "a" twice; keep one of them',
        ),
        (
            '[{"a.b": 1, "a": {"b": 2}}]',
            None,
            'record 1 has two values for "a.b"; keep one of them',
        ),
        ('[{"a": 1}, 2]', None, "record 2 is 2, and no object with names"),
        ('{"a": 1}', None, "has no list of records; give one, with an object for each row"),
        ('{"a": 1}', "b", 'has no list at "b"; the lists in it are: none'),
        ('{"value": []}', None, "has no rows; look whether it is the right file"),
        ('[{"a": null}]', None, "has no rows; look whether it is the right file"),
        ('{"value": []}', "Value", 'has no list at "Value"; did you mean "value"?'),
        ('{"v": [{}], "w": {"x": []}}', "q", 'has no list at "q"; the lists in it are: "v", "w.x"'),
        (
            json.dumps({f"v{number}": [] for number in range(100)}),
            "q",
            'has no list at "q"; the lists in it are: "v0", {}, 80 more'.format(
                ", ".join(f'"v{number}"' for number in range(1, 20))
            ),
        ),
        (
            '{"v": [{"a": 1}], "w": {"x": [{"a": 1}]}}',
            None,
            (
                'has several lists: "v", "w.x"; name the one with the records in the mapping: '
                'records = "v"'
            ),
        ),
        (
            '[{"a": 1},\n oops]',
            None,
            'is no JSON: line 2, column 2: expecting value, before "oops]"; export it again',
        ),
        (
            '{"a": 1} oops',
            None,
            'is no JSON: line 1, column 10: extra data, before "oops"; export it again',
        ),
        (
            '{"a": 1}\n{"a": }\n',
            None,
            'is no JSON: line 2, column 7: expecting value, before "}"; export it again',
        ),
        (
            '{"a',
            None,
            (
                r'is no JSON: line 1, column 2: unterminated string starting at, before "\"a"; '
                "export it again"
            ),
        ),
        ("[1,", None, "is no JSON: line 1, column 4: expecting value; export it again"),
        (
            f'[{{"a": "{"x" * 1_000_001}"}}]',
            None,
            f'has a text of more than 1,000,000 characters, "{"x" * 58}…; shorten it',
        ),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else None,
)
def test_what_has_no_records_is_refused(written: str, at: str | None, message: str) -> None:
    """With where it goes wrong, and what would be right."""
    assert refusal(written, at) == message


def test_lists_a_thousand_deep_are_refused() -> None:
    """Some versions of Python read them, and then there is no record in them."""
    said = refusal("[" * 1_000 + "]" * 1_000)
    assert said == DEEP or said.startswith("record 1 is ")


def test_more_columns_than_a_table_has_are_refused() -> None:
    """As in every other format."""
    written = json.dumps([{str(at): 1 for at in range(2_001)}])
    assert refusal(written).startswith("has 2,001 columns, up to BXY, and no more than 2,000 are")


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.text('abc é"\\\n', min_size=1, max_size=6).filter(lambda value: value == value.strip())
)


@given(st.lists(st.dictionaries(st.sampled_from("abcdé"), SCALARS), max_size=6), st.booleans())
def test_what_json_writes_is_read_back(
    records: list[dict[str, object]],
    by_line: bool,  # noqa: FBT001  given by name or not at all
) -> None:
    """Whatever the records hold, in one document or line by line."""
    kept = [record for record in records if any(value is not None for value in record.values())]
    if not kept:
        return
    lines = "\n".join(map(json.dumps, records))
    (_, headings), *rows = read(lines if by_line and len(records) > 1 else json.dumps(records))
    found = [
        {name: value for name, value in zip(headings, values, strict=True) if value is not None}
        for _, values in rows
    ]
    assert found == [
        {name: value for name, value in record.items() if value is not None} for record in kept
    ]
    assert list(headings) == list(dict.fromkeys(name for record in records for name in record))
