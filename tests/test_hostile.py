"""Small files that could cost much: what is bounded, and what is said of the rest.

How much time and memory such files take beside sound ones is in `tests/benchmarks/hostile.py`.
"""

import datetime as dt
from pathlib import Path

import attrs
import pytest
from programmes import found

from betatech_milestones import (
    BadValue,
    Evidence,
    Finding,
    InvalidData,
    Sector,
    Texts,
    check,
    course,
    loads,
)
from betatech_milestones.formats.check import CHECK_FORMATS

HEAD = """\
[programme]
id = "hostile"
title = "x"
language = "nl"
timezone = "Europe/Amsterdam"
[[source]]
id = "letter"
title = "x"
published = 2013-01-01
"""
MEASURE = '[[measure]]\nid = "measure"\ntitle = "x"\nsource = "letter"\n'


def milestone(name: str, more: str = "due = 2014") -> str:
    return f'[[measure.milestone]]\nid = "{name}"\ntitle = "x"\nkind = "report"\n{more}\n'


def many_problems(number: int) -> str:
    return HEAD + MEASURE + "".join(f"k{index} = 1\n" for index in range(number))


@pytest.fixture(scope="module")
def problems() -> tuple[Finding, ...]:
    """What is said of a file with 19,000 problems."""
    with pytest.raises(InvalidData) as error:
        loads(many_problems(19_000), path="f")
    return error.value.findings


def test_problems_are_counted(problems: tuple[Finding, ...]) -> None:
    """Two thousand problems of a file are told at their lines, and the rest is counted."""
    *told, closing = problems
    assert [one.location.line for one in told] == [*range(14, 2_014)]
    assert str(closing) == "f: error: and 17,000 more; mend these first [more-findings]"


CLOSING = {
    "text": "f: error: and 17,000 more; mend these first [more-findings]\n",
    "json": '"message": "and 17,000 more; mend these first"',
    "sarif": '"text": "and 17,000 more; mend these first"',
    "gitlab": '"description": "and 17,000 more; mend these first"',
    "github": (
        "::error::And 1,991 more are in the report as text; f: and 17,000 more; mend these first\n"
    ),
}


@pytest.mark.parametrize("name", CHECK_FORMATS)
def test_every_format_of_check_counts_the_rest(name: str, problems: tuple[Finding, ...]) -> None:
    """No list of problems looks whole that is not."""
    assert CLOSING[name] in CHECK_FORMATS[name](problems, "f")


def test_github_counts_the_rest_of_each_file(problems: tuple[Finding, ...]) -> None:
    """What is not told of a file is counted with it, and no count is of counts."""
    others = tuple(
        attrs.evolve(one, location=attrs.evolve(one.location, path="g")) for one in problems
    )
    told = CHECK_FORMATS["github"]((*problems, *others), "f g")
    assert told.splitlines()[-1] == (
        "::error::And 3,991 more are in the report as text; f: and 17,000 more; mend these first; "
        "g: and 17,000 more; mend these first"
    )
    few = CHECK_FORMATS["github"]((*problems[:9], problems[-1]), "f")
    assert few.splitlines()[-1] == "::error::f: and 17,000 more; mend these first"


def test_hints_are_counted(tmp_path: Path) -> None:
    """So are the hints on a sound file."""
    wide = 'due = { words = "x", edtf = "2014/2017" }'
    file = tmp_path / "milestones.toml"
    text = "".join(milestone(f"m{number}", wide) for number in range(2_003))
    file.write_text(HEAD + MEASURE + text)
    *hints, closing = check(file)
    assert {hint.rule.name for hint in hints} == {"wide-window"}
    assert len(hints) == 2_000
    assert str(closing) == f"{file}: hint: and 3 more; mend these first [more-findings]"


def test_problems_behind_what_cannot_be_read() -> None:
    """Problems across records are at their lines, however many records before them are left out."""
    news = ["{}", '{ on = 2012-01-01, found = "nothing", by = "x" }'] * 20
    text = HEAD + MEASURE + milestone("a", "due = 2014\nnews = [\n" + ",\n".join(news) + "]\n")
    lines = [line.partition(":")[0] for line in found(text).split("\n") if "before the" in line]
    assert lines == [str(number) for number in range(21, 60, 2)]


@pytest.mark.parametrize(("number", "ends"), [(20, "own-18, own-19"), (22, "own-19, 2 more")])
def test_kinds_are_not_all_named(number: int, ends: str) -> None:
    """A message names twenty kinds of a programme besides the ten, and counts the rest."""
    own = "".join(f'[[kind]]\nid = "own-{index}"\ntitle = "x"\n' for index in range(number))
    said = found(HEAD + own + MEASURE + milestone("a").replace("report", "xyz"))
    assert said.endswith(f", {ends} [unknown-word]")
    assert '"xyz" is not known here; use one of start, ' in said


def replaced(number: int, last: str) -> str:
    """Milestones of which each takes the place of the one before it."""
    following = [*range(1, number), last]
    return "".join(
        milestone(
            f"m{own}", f'due = 2014\nreplaced = {{ by = "measure/m{by}", source = "letter" }}'
        )
        for own, by in enumerate(following)
    )


def test_circle() -> None:
    """Each member of a circle is told, and of a long one how the way round begins."""
    lines = found(HEAD + MEASURE + replaced(12, "0")).split("\n")
    assert len(lines) == 12
    assert lines[1] == (
        "25: error: by: measure/m1 is replaced in a circle (measure/m1 → measure/m2 → measure/m3 → "
        "measure/m4 → measure/m5 → measure/m6 → measure/m7 → measure/m8 → measure/m9 → "
        "measure/m10 → 2 more → measure/m1); name what took its place [bad-replacement]"
    )


def test_way_into_a_circle() -> None:
    """What leads into a circle is in none: its members alone are told."""
    lines = found(HEAD + MEASURE + replaced(9, "7")).split("\n")
    assert [line.partition(" is")[0] for line in lines] == [
        "61: error: by: measure/m7",
        "67: error: by: measure/m8",
    ]


FORMER = ", ".join(f'"old-{number}"' for number in range(100))
TWELVE = ", ".join(f'"old-{number}"' for number in range(12))
FORMER_IDS = {
    "of a measure": (
        f"{MEASURE}formerly = [{FORMER}]\n",
        "14: error: formerly: has 100 former ids; write fewer than 100 [former-id]",
    ),
    "of a milestone and its measure": (
        f"{MEASURE}formerly = [{TWELVE}]\n" + milestone("a", f"formerly = [{TWELVE}]"),
        (
            "19: error: formerly: with those of its measure it has 169 ids, and 100 at most; "
            "write those that it had in full, as measure/milestone [former-id]"
        ),
    ),
    "of a milestone alone": (
        MEASURE + milestone("a", f"formerly = [{FORMER}]"),
        (
            "18: error: formerly: with those of its measure it has 101 ids, and 100 at most; "
            "write those that it had in full, as measure/milestone [former-id]"
        ),
    ),
    "of a milestone, one of which another had": (
        f"{MEASURE}formerly = [{TWELVE}]\n"
        + milestone("a", f"formerly = [{TWELVE}]")
        + milestone("b", 'formerly = ["old-11/a"]'),
        (
            "19: error: formerly: with those of its measure it has 169 ids, and 100 at most; "
            "write those that it had in full, as measure/milestone [former-id]"
        ),
    ),
}


@pytest.mark.parametrize(("text", "said"), FORMER_IDS.values(), ids=FORMER_IDS)
def test_former_ids(text: str, said: str) -> None:
    """Each former id of a measure goes with each of its milestones, so that there may be few."""
    assert found(HEAD + text) == said


def test_former_ids_in_full() -> None:
    """Written in full, each of them is one."""
    full = ", ".join(f'"old/{number}"' for number in range(70))
    text = f"{MEASURE}formerly = [{TWELVE}]\n" + milestone("a", f"formerly = [{full}]")
    [only] = loads(HEAD + text).milestones
    assert len(only.formerly) == 82


def test_a_milestone_may_have_a_hundred_ids() -> None:
    """That it has now is one of them."""
    former = FORMER.partition(", ")[2]
    [only] = loads(HEAD + MEASURE + milestone("a", f"formerly = [{former}]")).milestones
    assert len(only.formerly) == 99


def test_periods_are_looked_up_by_their_names() -> None:
    """Of periods with one name the first is meant; another name of one counts behind a limit."""
    text = HEAD + "".join(
        f'[[period]]\nname = "{name}"\nalso_called = ["{other}"]\n'
        f"first = {year}-07-01\nlast = {year}-08-31\n"
        for name, other, year in (("lang reces", "stil", 2014), ("stil", "lang reces", 2015))
    )
    text += MEASURE + milestone("a", 'due = "in het stil"') + milestone("b", 'due = "voor stil"')
    dates = [one.due and one.due.edtf for one in loads(text + milestone("c")).milestones]
    assert dates == ["[2015-07-01..2015-08-31]", "[..2014-06-30]", "2014"]


DEEP = {
    "key": ".".join(["a"] * 9_000) + " = 1",
    "header": f"[{'.'.join(['a'] * 9_000)}]",
    "array": f"a = {'[' * 9_000}{']' * 9_000}",
    "table": f"a = {'{a=' * 9_000}1{'}' * 9_000}",
    "array that is not closed": f"a = {'[' * 9_000}",
}


@pytest.mark.parametrize("written", DEEP.values(), ids=DEEP)
def test_depth(written: str) -> None:
    """Whatever is nested without end is refused in one line."""
    assert found(f"# a remark\n{written}\n{HEAD}") == (
        "2: error: nested too deep to read; the format has no more than five levels [toml-syntax]"
    )


NAMES = ".".join(["a"] * 21)
DOTTED = {
    "key": f"{NAMES} = 1",
    "quoted key": '."b c".'.join(["a"] * 12) + " = 1",
    "header": f"[{NAMES}]",
    "header of an array": f"[[ {NAMES} ]]",
    "key in braces": f"a = {{ {NAMES} = 1 }}",
    "key behind what is no TOML below": f"{NAMES} = 1\n[",
}


@pytest.mark.parametrize("written", DOTTED.values(), ids=DOTTED)
def test_keys_of_many_names(written: str) -> None:
    """Each name of a key is a table, so that one of more names than any of ours is refused."""
    for above in ("# a remark\n", "\n"):
        assert found(f"{above}{written}\n{HEAD}") == (
            "2: error: nested too deep to read; "
            "the format has no more than five levels [toml-syntax]"
        )


def test_many_names_in_a_text() -> None:
    """In a text, a remark or a number of words they are none."""
    text = f"\ufeff# {NAMES}\n{HEAD}by = '{NAMES}'\n".replace("by =", "reference =")
    [source] = loads(text).sources
    assert source.reference == NAMES
    short = NAMES.removesuffix(".a")
    assert found(f"{short} = 1 # {NAMES}\n{HEAD}").startswith('1: error: the file has no key "a"')
    assert found(f"{NAMES}\n= 1").startswith(f"1:{len(NAMES) + 1}: error: not TOML")


AMOUNTS = {
    "1E-999999": "amount: 1E-999999 has more than 22 decimals; round it [bad-number]",
    "0E999999": "amount: 0E+999999 is 0; write 0 [bad-number]",
    f"0.{'1' * 23}": f"amount: 0.{'1' * 23} has more than 22 decimals; round it [bad-number]",
    f"0.{'0' * 22}1": "amount: 1E-23 has more than 22 decimals; round it [bad-number]",
}


@pytest.mark.parametrize(("amount", "said"), AMOUNTS.items(), ids=range(len(AMOUNTS)))
def test_decimals(amount: str, said: str) -> None:
    """A number that would take pages to write out is none that a source has."""
    budget = f'budget = [{{ amount = {amount}, currency = "EUR", per = "total" }}]\n'
    assert found(HEAD + MEASURE + budget) == f"14: error: {said}"


def test_most_decimals() -> None:
    """What is no longer than that is read as it is written."""
    amount = f"9007199254740990.{'1' * 20}"
    budget = f'budget = [{{ amount = {amount}, currency = "EUR", per = "total" }}]\n'
    [measure] = loads(HEAD + MEASURE + budget).measures
    assert str(measure.budgets[0].amount) == amount


def test_languages() -> None:
    """A text in forty languages is read, and one in more is not: each has pages of its own."""
    tags = [f"{one}{two}x" for one in "abcdefg" for two in "abcdef"]
    texts = ", ".join(f'{tag} = "x"' for tag in ("nl", *tags[:39]))
    assert len(loads(HEAD.replace('title = "x"', f"title = {{ {texts} }}", 1)).title.pairs) == 40
    texts = ", ".join(f'{tag} = "x"' for tag in ("nl", *tags[:40]))
    assert found(HEAD.replace('title = "x"', f"title = {{ {texts} }}", 1)) == (
        "3: error: title: has 41 languages; write no more than 40 [bad-language]"
    )


def test_others_named_in_one_place() -> None:
    """Forty bodies answer for a measure, and no more: what is told of each of them names all."""
    table = "".join(f'[[body]]\nid = "b{index}"\nname = "x"\n' for index in range(41))
    named = [f'"b{index}"' for index in range(41)]
    [measure] = loads(f"{HEAD}{table}{MEASURE}bodies = [{', '.join(named[:40])}]\n").measures
    assert len(measure.bodies) == 40
    assert found(f"{HEAD}{table}{MEASURE}bodies = [{', '.join(named)}]\n") == (
        "137: error: bodies: names 41; name 40 at most, or one that stands for several [too-many]"
    )


@pytest.mark.parametrize("key", ["also", "bodies", "sources"])
def test_others_of_a_milestone(key: str) -> None:
    """So it is with whatever a milestone names, known or not."""
    names = ", ".join(f'"x{index}"' for index in range(3_000))
    text = milestone("a", f"due = 2014\n{key} = [{names}]")
    assert found(HEAD + MEASURE + text) == (
        f"19: error: {key}: names 3,000; name 40 at most, or one that stands for several [too-many]"
    )


LONG_LINE, LONG_TEXT = "x" * 1_001, "x" * 10_001
LESS = "1,000 at most, and leave the rest out [long-text]"
LONG = {
    "title": (f'title = "{LONG_LINE}"', f"title: has 1,001 characters; write {LESS}"),
    "title in a language": (
        f'title = {{ nl = "x", en = "{LONG_LINE}" }}',
        f"title.en: has 1,001 characters; write {LESS}",
    ),
    "summary": (
        f'title = "x"\nsummary = "{LONG_TEXT}"',
        "summary: has 10,001 characters; write 10,000 at most, and leave the rest out [long-text]",
    ),
    "code": (f'title = "x"\ncode = "{LONG_LINE}"', f"code: has 1,001 characters; write {LESS}"),
}


@pytest.mark.parametrize(("written", "said"), LONG.values(), ids=LONG)
def test_long_texts(written: str, said: str) -> None:
    """What stands in every entry and on every page is no book."""
    lines = written.count("\n")
    text = HEAD + MEASURE.replace('title = "x"', written)
    assert found(text) == f"{12 + lines}: error: {said}"


def test_longest_texts() -> None:
    """What is no longer than that is read."""
    written = f'title = "{LONG_LINE[1:]}"\nsummary = "{LONG_TEXT[1:]}"'
    [measure] = loads(HEAD + MEASURE.replace('title = "x"', written)).measures
    assert (len(str(measure.title)), len(str(measure.summary))) == (1_000, 10_000)


def test_a_long_title_in_python() -> None:
    """So it is where no file is read."""
    with pytest.raises(BadValue, match=r"^Sector\.title: has 1,001 characters"):
        Sector(id="mbo", title=Texts({"nl": "x", "en": LONG_LINE}))
    assert str(Sector(id="mbo", title=Texts({"nl": LONG_LINE[1:]})).title) == LONG_LINE[1:]


ADDRESSES = {
    "url": f"https://example.org/{'x' * 9_980}",
    "contact": f"mailto:{'x' * 9_981}@example.org",
    "licence": f"CC0{'-' * 9_997}",
}


@pytest.mark.parametrize(("key", "address"), ADDRESSES.items(), ids=ADDRESSES)
def test_long_addresses(key: str, address: str) -> None:
    """So it is with an address, and with the name of a licence."""
    written = 'publisher = { name = "x", %s = "%s" }' if key != "licence" else '%s = "%s"'
    text = HEAD.replace("[[source]]", f"{written}\n[[source]]")
    loads(text % (key, address))
    assert found(text % (key, f"{address}x")) == (
        f"6: error: {key}: has 10,001 characters; write {LESS.replace('1,', '10,')}"
    )


def test_newest_news_of_very_many() -> None:
    """Thousands of news of one promise are looked up, not gone through for each of their days."""
    days = [dt.date(2015, 1, 1) + dt.timedelta(days=index) for index in range(1_500)]
    each = [f'{{ on = {day}, found = "nothing", by = "x" }}' for day in days]
    each[750] = f'{{ on = {days[750]}, found = "partly", source = "late" }}'
    source = f'[[source]]\nid = "late"\ntitle = "x"\npublished = {days[750]}\n'
    text = milestone("a", f"due = 2014\nnews = [{', '.join(each)}]")
    [only] = loads(HEAD + source + MEASURE + text).milestones
    turns = course(only)
    assert [turn.day for turn in turns if turn.news is not None] == days[:751]
    assert turns[-1].evidence is Evidence.LATE
