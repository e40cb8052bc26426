"""What subscribers would lose by a new version, and promises that it would rewrite."""

import shlex
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from programmes import PROGRAMME
from states import as_version, following

from betatech_milestones import RULES, Programme, State, guard, loads, read_state, state_of
from betatech_milestones.analysis.guard import guard_version
from betatech_milestones.cli import main


def edited(*edits: tuple[str, str]) -> Programme:
    """The shared programme with parts, each of which it has once, replaced by others."""
    text = PROGRAMME
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return loads(text, path="data.toml")


def part(first: str, after: str) -> str:
    """What stands in the shared programme from one line up to another."""
    begin = PROGRAMME.index(first)
    return PROGRAMME[begin : PROGRAMME.index(after, begin + 1)]


def messages(before: State | Programme, now: Programme) -> str:
    """What is found, a line each, without the excuse that all have who rewrite a promise."""
    excuse = ', or say in corrected = "…" why it was a mistake'
    found = guard(before, now) if isinstance(before, State) else guard_version(before, now)
    return "".join(f"{one}\n".replace(excuse, "") for one in found)


# --- UIDs -----------------------------------------------------------------------------------------


def lost(milestone: str, title: str) -> str:
    return (
        f'data.toml: error: "{milestone}" ("{title}") was published and is not there any more; '
        "give it a [measure.milestone.dropped], or write its old id in formerly [lost-uid]\n"
    )


def reused(line: int, milestone: str, title: str, owner: str) -> str:
    return (
        f'data.toml:{line}: error: "files/{milestone}" ("{title}") would take the UID of '
        f'"files/{owner}" ("Van kracht"); give it an id of its own, and keep the other '
        "[reused-uid]\n"
    )


OTHER_PROGRAMME = (
    'data.toml: error: the programme was published as "science", and its id is now "technology": '
    'every UID ends with it; write id = "science" [lost-uid]\n'
)
MET = part("[measure.milestone.met]", "[measure.milestone.number]")
PROGRESS = part('[[measure.milestone]]\nid = "progress"', '[[measure]]\nid = "teachers"')
SURVEY = PROGRAMME[PROGRAMME.index('[[measure.milestone]]\nid = "survey"') :]
WITHOUT_PROGRESS, WITHOUT_SURVEY = (PROGRESS, ""), (SURVEY, "")
VALID = ('by = "files/in-force"', 'by = "files/valid"')
RENAMED = ('id = "in-force"', 'id = "valid"\nformerly = ["in-force"]')

# What was published · what is to be · what subscribers would lose.
UIDS: dict[str, tuple[Programme, Programme, str]] = {
    "nothing changed": (edited(), edited(), ""),
    "a milestone more": (edited(WITHOUT_PROGRESS), edited(), ""),
    "renamed": (edited(), edited(RENAMED, VALID), ""),
    "renamed back": (edited(RENAMED, VALID), edited(), ""),
    "another title": (edited(), edited(('"Van kracht"', '"Begin"')), ""),
    "another kind and title": (
        edited(),
        edited(('"entry-into-force"', '"start"'), ('"Van kracht"', '"Begin"')),
        "",
    ),
    "lost": (edited(), edited(WITHOUT_PROGRESS), lost("files/progress", "Voortgang")),
    "renamed without a word": (
        edited(),
        edited(('id = "in-force"', 'id = "valid"'), VALID),
        lost("files/in-force", "Van kracht"),
    ),
    "its former id given to another": (
        edited(RENAMED, VALID),
        edited(
            ('id = "in-force"', 'id = "valid"'),
            VALID,
            ('["letter"]', '["in-force"]'),
            ('"report"', '"entry-into-force"'),
        ),
        lost("files/progress", "Voortgang") + reused(90, "progress", "Voortgang", "valid"),
    ),
    "its former id given to another, and renamed itself": (
        edited(RENAMED, VALID),
        edited(
            ('id = "in-force"', 'id = "third"\nformerly = ["valid"]'),
            ('by = "files/in-force"', 'by = "files/third"'),
            ('["letter"]', '["in-force"]'),
            ('"report"', '"entry-into-force"'),
        ),
        lost("files/progress", "Voortgang") + reused(91, "progress", "Voortgang", "valid"),
    ),
    "its id given to another": (
        edited(),
        edited(
            ('"Van kracht"', '"Begin"'),
            ('"entry-into-force"', '"start"'),
            ("due = 2014-08-01", "due = 2014-09-01"),
        ),
        reused(62, "in-force", "Begin", "in-force"),
    ),
    "another programme": (
        edited(),
        edited(('id = "science"', 'id = "technology"'), (MET, "")),
        OTHER_PROGRAMME,
    ),
    "two at once": (
        edited(),
        edited(WITHOUT_PROGRESS, WITHOUT_SURVEY),
        lost("files/progress", "Voortgang") + lost("teachers/survey", "Leraren geraadpleegd"),
    ),
}


@pytest.mark.parametrize(("before", "now", "expected"), UIDS.values(), ids=UIDS)
def test_uids_that_are_lost_or_change_hands(
    before: Programme, now: Programme, expected: str
) -> None:
    """A UID that no milestone has any more, or another than before, all of them at once."""
    assert messages(state_of(before), now) == messages(before, now) == expected


def test_what_was_lost_is_told_once() -> None:
    """What is no longer published cannot be lost again, but its UID stays its own."""
    less = edited(WITHOUT_PROGRESS)
    published = following(following(None, edited()), less)
    assert guard(published, less) == ()
    other = edited(
        ('"Voortgang"', '"Begin"'), ('"report"', '"start"'), ('"start"\n', '"start"\ndue = 2014\n')
    )
    (finding,) = guard(published, other)
    assert finding.rule is RULES["reused-uid"]


# --- promises -------------------------------------------------------------------------------------

REWRITTEN = (
    'data.toml:{line}: error: due of "files/in-force" was published as {was}, and is {now} now: a '
    "promise is moved, and never rewritten; put {was} back and record the move with "
    "betatech-milestones record files/in-force data.toml --moved {to} --source ID "
    "[promise-rewritten]\n"
)
GONE = (
    'data.toml:{line}: error: a published {what} of "{id}" is not there any more ({lost}); put it '
    "back, and record what is right with betatech-milestones record {id} data.toml {to} "
    "--source ID [promise-rewritten]\n"
)


def rewritten(now: str, to: str, was: str = "2014-08-01", line: int = 62) -> str:
    return REWRITTEN.format(was=was, now=now, to=to, line=line)


def gone(what: str, lost_one: str, line: int = 62, milestone: str = "files/in-force") -> str:
    to = "--moved DATE" if what == "revision" else "--met DATE"
    return GONE.format(what=what, lost=lost_one, line=line, id=milestone, to=to)


MOVE = part("[[measure.milestone.revised]]", "[measure.milestone.met]")
HANDED = part("[[measure.milestone.revised]]\ngoal", "[[measure.milestone.news]]")
NEWS = part("[[measure.milestone.news]]", "[measure.milestone.number]")
DROPPED = part("[measure.milestone.dropped]", "[measure.milestone.snoozed]")
REPLACED = PROGRAMME[PROGRAMME.index("[measure.milestone.replaced]") :]
MOVED = "2014-05-01: due 2016-08~"
LATER = '[[measure.milestone.revised]]\ndue = 2017\nsource = "letter-2015"\n'

# What is edited · what is found.
PROMISES: dict[str, tuple[list[tuple[str, str]], str]] = {
    # the promised date: overwritten, taken out, or given to what had none
    "another day": (
        [("due = 2014-08-01", "due = 2014-09-01")],
        rewritten("2014-09-01", "2014-09-01"),
    ),
    "a window around the day": (
        [("due = 2014-08-01", 'due = "zomer 2014"')],
        rewritten("2014-22", "'zomer 2014'"),
    ),
    "about the day": (
        [("due = 2014-08-01", 'due = "2014-08-01~"')],
        rewritten("2014-08-01~", "'2014-08-01~'"),
    ),
    "words that need a reading": (
        [("due = 2014-08-01", 'due = { words = "in \'t najaar", edtf = "2014-23" }')],
        rewritten("2014-23", "'in '\"'\"'t najaar' --edtf 2014-23"),
    ),
    "words without a day": (
        [("due = 2014-08-01", 'due = { words = "ooit" }')],
        rewritten("no date", "ooit"),
    ),
    "no date": ([("due = 2014-08-01\n", "")], rewritten("no date", "DATE")),
    # the same date in other words is the same promise
    "the day in words": ([("due = 2014-08-01", 'due = "1 augustus 2014"')], ""),
    # revisions: taken out, or another one in its place
    "a move taken out": ([(MOVE, "")], gone("revision", MOVED)),
    "a move to another date": ([('"2016-08~"', '"2016-09~"')], gone("revision", MOVED)),
    "a move announced on another day": (
        [("announced = 2014-05-01", "announced = 2014-05-02")],
        gone("revision", MOVED),
    ),
    "a handing over taken out": (
        [(HANDED, "")],
        gone("revision", "2015-09-02: goal 12; bodies ocenw", 117, "teachers/survey"),
    ),
    "another goal": (
        [("goal = 12", "goal = 11")],
        gone("revision", "2015-09-02: goal 12; bodies ocenw", 117, "teachers/survey"),
    ),
    "a move more": ([(MOVE, MOVE + LATER)], ""),
    "another reason": ([('nl = "meer tijd nodig"', 'nl = "tijd nodig"')], ""),
    "a body with another id, which says its former one": (
        [('id = "ocw"\nformerly = ["ocenw"]', 'id = "minocw"\nformerly = ["ocenw", "ocw"]'),
         ('by = "ocw"', 'by = "minocw"'), ('bodies = ["ocw"]', 'bodies = ["minocw"]'),
         ('bodies = [ "ocw" ]\nalso', 'bodies = ["minocw"]\nalso'),
         ('goal = 12\nbodies = [ "ocw" ]', 'goal = 12\nbodies = ["minocw"]')],
        "",
    ),
    # outcomes: taken out, or another one in its place
    "an outcome taken out": ([(MET, "")], gone("outcome", "met")),
    "dropped after all": ([(MET, DROPPED)], gone("outcome", "met")),
    "no longer dropped": (
        [(DROPPED, "")],
        gone("outcome", "dropped", 90, "files/progress"),
    ),
    "no longer replaced": (
        [(REPLACED, "")],
        gone("outcome", "replaced", 117, "teachers/survey"),
    ),
    "met on another day": ([("on = 2015-06-01", "on = 2015-06-02")], ""),
    "dropped, and met by a newer source": (
        [(DROPPED, DROPPED + '[measure.milestone.met]\nsource = "web-page"\n')],
        "",
    ),
    # news is no promise
    "news taken out": ([(NEWS, "")], ""),
    # all of them at once
    "three at once": (
        [("due = 2014-08-01", "due = 2014-09-01"), (MOVE, ""), (MET, "")],
        rewritten("2014-09-01", "2014-09-01") + gone("revision", MOVED) + gone("outcome", "met"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edits", "expected"), PROMISES.values(), ids=PROMISES)
def test_promises_that_are_rewritten(edits: list[tuple[str, str]], expected: str) -> None:
    """What was published is added to, and the command that does so is in the message."""
    before, now = edited(), edited(*edits)
    assert messages(state_of(before), now) == messages(before, now) == expected


def test_a_date_for_what_had_none() -> None:
    """That is a move too, from no date at all."""
    now = edited(('formerly = ["letter"]\n', 'formerly = ["letter"]\ndue = 2015\n'))
    assert messages(state_of(edited()), now) == (
        'data.toml:90: error: due of "files/progress" was published as no date, and is 2015 now: a '
        "promise is moved, and never rewritten; put no date back and record the move with "
        "betatech-milestones record files/progress data.toml --moved 2015 --source ID "
        "[promise-rewritten]\n"
    )


def test_the_excuse_is_in_every_message() -> None:
    """A mistake that was mended is let through by who says so."""
    now = edited(("due = 2014-08-01", "due = 2014-09-01"), (MOVE, ""), (MET, ""))
    for finding in guard(state_of(edited()), now):
        assert finding.message.endswith(' ID, or say in corrected = "…" why it was a mistake')


def corrected(why: str, day: str) -> Programme:
    """The programme with another day for a promise, and why the one before was a mistake."""
    excuse = f'corrected = "{why}"\n' if why else ""
    return edited(("due = 2014-08-01", f"{excuse}due = {day}"))


def test_a_correction_lets_through_once() -> None:
    """What is said once excuses no second time; another mistake needs words of its own."""
    before = following(None, edited())
    first, second = "was 1 september", "was toch 1 oktober"
    assert guard(before, corrected(first, "2014-09-01")) == ()
    mended = following(before, corrected(first, "2014-09-01"))
    assert guard(mended, corrected(first, "2014-09-01")) == ()
    again = rewritten("2014-10-01", "2014-10-01", was="2014-09-01")
    assert messages(mended, corrected(first, "2014-10-01")) == again
    assert messages(mended, corrected("", "2014-10-01")) == again
    assert guard(mended, corrected("", "2014-09-01")) == ()
    assert guard(mended, corrected(second, "2014-10-01")) == ()


@pytest.mark.parametrize("edits", [(MOVE, ""), (MET, "")])
def test_a_correction_lets_all_of_a_milestone_through(edits: tuple[str, str]) -> None:
    """A revision or an outcome that was a mistake may be taken out."""
    excuse = ("due = 2014-08-01", 'corrected = "x"\ndue = 2014-08-01')
    assert guard(state_of(edited()), edited(edits, excuse)) == ()
    assert guard(state_of(edited(excuse)), edited(edits, excuse)) != ()


def test_a_correction_is_no_excuse_for_a_lost_uid() -> None:
    """Calendars know nothing of why an id is that of another milestone now."""
    now = edited(
        ('"Van kracht"', '"Begin"'),
        ('"entry-into-force"', '"start"'),
        ("due = 2014-08-01", 'corrected = "x"\ndue = 2014-09-01'),
    )
    (finding,) = guard(state_of(edited()), now)
    assert finding.rule is RULES["reused-uid"]


def test_what_comes_back_is_what_it_was() -> None:
    """A milestone that was taken out is remembered with its promise."""
    less = edited(WITHOUT_PROGRESS)
    published = following(following(None, edited()), less)
    assert guard(published, edited()) == ()
    back = edited((DROPPED, ""))
    assert messages(published, back) == gone("outcome", "dropped", 90, "files/progress")


def test_a_state_of_version_1_guards_what_it_knows() -> None:
    """It knows the promised date, and neither revisions nor outcomes."""
    before = read_state(as_version(1, following(None, edited())))
    assert guard(before, edited((MOVE, ""), (MET, ""))) == ()
    now = edited(("due = 2014-08-01", "due = 2014-09-01"))
    assert messages(before, now) == rewritten("2014-09-01", "2014-09-01")
    # the next one knows all
    after = following(before, edited())
    assert messages(after, edited((MET, ""))) == gone("outcome", "met")


# --- messages -------------------------------------------------------------------------------------

HOSTILE = "\n::error::\x1b[31m" + "x" * 10_000


def test_what_a_state_says_is_shown_short_and_harmless() -> None:
    """A text of another's making cannot write lines of its own, or fill the screen."""
    published = state_of(edited())
    (known, one), *_ = published.milestones.items()
    lost_one = attrs.evolve(published, milestones={"a/b": attrs.evolve(one, title=HOSTILE)})
    (finding,) = guard(lost_one, edited())
    assert finding.message.startswith(f'"{one.id}" ("\\n::error::\\u001b[31mxxx')
    assert len(finding.message) < 250
    spoilt = attrs.evolve(
        one, promised=HOSTILE, revisions=(*(one.revisions or ()), HOSTILE), outcomes=(HOSTILE,)
    )
    found = guard(attrs.evolve(published, milestones={known: spoilt}), edited())
    assert len(found) == 3
    for finding in found:
        assert "\\n::error::\\u001b[31mxxx" in finding.message
        assert finding.message.isprintable()
        assert len(finding.message) < 550


@pytest.mark.parametrize("name", ["data.toml", "my plan's.toml"])
def test_the_command_of_a_message_can_be_typed(tmp_path: Path, name: str) -> None:
    """Once the old date is back, it is the move that was meant."""
    file = tmp_path / name
    text = PROGRAMME.replace(MOVE, "").replace(MET, "")
    file.write_text(text, encoding="utf-8")
    now = text.replace("due = 2014-08-01", 'due = { words = "in \'t najaar", edtf = "2014-23" }')
    (finding,) = guard(state_of(loads(text)), loads(now, path=str(file)))
    command = finding.message.partition("record the move with ")[2].partition(", or say")[0]
    program, *arguments = shlex.split(command.replace(" ID", " letter-2015"))
    assert program == "betatech-milestones"
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0
    moved = loads(file.read_text(encoding="utf-8")).by_id[0]
    assert [(move.due.edtf, move.due.words) for move in moved.moves] == [
        ("2014-23", "in 't najaar")
    ]
