"""What is asked on a terminal of who says less than is needed: which milestone, what happened.

A list is searched by typing, in any script, and shows no more than a few lines of what it holds: of
twenty thousand milestones one is found as quickly as of ten. `KeyboardInterrupt` is raised for
whoever goes away, by Ctrl-C, Ctrl-D or Esc.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import attrs

from betatech_milestones.analysis.report import as_of
from betatech_milestones.cli.options import number
from betatech_milestones.datafile.record import (
    Cited,
    DroppedEntry,
    Entry,
    MetEntry,
    MovedEntry,
    NewsEntry,
    ReadingEntry,
    ReplacedEntry,
    SourceEntry,
)
from betatech_milestones.formats.standings import group_of
from betatech_milestones.model import values
from betatech_milestones.model.dates import PolicyDate, day
from betatech_milestones.model.printable import printable_line
from betatech_milestones.model.records import Met, Milestone, Programme, Texts
from betatech_milestones.model.vocabulary import Found, ReadingKind, SourceKind
from betatech_milestones.voice import Voice

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

# --- a list to choose from ------------------------------------------------------------------------


@attrs.frozen
class Line:
    """What can be chosen: one line, of which the end stays however narrow the terminal is."""

    text: str = attrs.field(converter=printable_line)
    end: str = attrs.field(default="", converter=printable_line)
    besides: str = ""
    """What is found by typing, and shown only of the line that is pointed at."""

    def within(self, columns: int) -> str:
        """Return it cut to a number of columns."""
        end = _cut(self.end, columns // 2)
        return _cut(self.text, columns - _width(end)) + end

    @property
    def whole(self) -> str:
        """All there is to know of it."""
        return f"{self.text}{self.end}{self.besides and f' ({self.besides})'}"


def _width(text: str) -> int:
    from prompt_toolkit.utils import get_cwidth

    return get_cwidth(text)


def _cut(text: str, columns: int) -> str:
    """Return as much of a text as fits in some columns, and a sign where that is not all."""
    if _width(text) <= columns:
        return text
    while text and _width(text) >= columns:
        text = text[:-1]
    return f"{text.rstrip()}…"


def fitting(lines: Sequence[str], typed: str) -> list[int]:
    """Return which lines have all words that were typed; the one of that number comes first.

    >>> fitting(["report of 2013", "letter", "another report"], "report"), fitting(["a", "b1"], "1")
    ([0, 2], [0, 1])
    """
    words = typed.casefold().split()
    found = [index for index, line in enumerate(lines) if all(word in line for word in words)]
    named = int(typed) - 1 if typed.isdecimal() else -1
    if named not in range(len(lines)):
        return found
    return [named, *(index for index in found if index != named)]


def told(pointed_at: Line | None, found: int, among: int) -> str:
    """Return what stands below a list: all of the line that is pointed at, and how to go on."""
    if pointed_at is None:
        return "nothing fits; take something back"
    whole = f"{pointed_at.whole}\n" if pointed_at.besides else ""
    return f"{whole}{found} of {among}: {_HOW}"


_SHOWN_LINES = 10
_HOW = "arrow keys or a number; words to search; Enter; Esc to leave"


def choose(question: str, lines: Sequence[Line]) -> int:
    """Let one of some lines be chosen, by arrow keys, by its number, or by words that it has."""
    from prompt_toolkit.application import Application, get_app
    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.filters import is_done
    from prompt_toolkit.layout import (
        BufferControl,
        ConditionalContainer,
        FormattedTextControl,
        HSplit,
        Layout,
        Window,
    )
    from prompt_toolkit.layout.processors import BeforeInput

    searched = [line.whole.casefold() for line in lines]
    found, at = [*range(len(lines))], 0

    def narrow(buffer: Buffer) -> None:
        nonlocal found, at
        found, at = fitting(searched, buffer.text), 0

    def move(steps: int, _event: "KeyPressEvent") -> None:
        nonlocal at
        at = max(0, min(at + steps, len(found) - 1))

    def answer(event: "KeyPressEvent") -> None:
        if found:
            chosen = found[at]
            buffer.text = lines[chosen].text
            event.app.exit(result=chosen)

    def rows() -> "StyleAndTextTuples":
        digits = len(str(len(lines)))
        room = get_app().output.get_size().columns - digits - len("»  .  ")
        first = max(0, min(at - _SHOWN_LINES // 2, len(found) - _SHOWN_LINES))
        shown: StyleAndTextTuples = []
        for place, index in enumerate(found[first : first + _SHOWN_LINES], first):
            style, pointer = ("bold", "»") if place == at else ("", " ")
            row = f"{pointer} {index + 1:{digits}}. {lines[index].within(room)}\n"
            shown.append((style, row))
        return shown

    def below() -> str:
        return told(lines[found[at]] if found else None, len(found), len(lines))

    buffer = Buffer(multiline=False, on_text_changed=narrow)
    prompt = BufferControl(buffer, input_processors=[BeforeInput(f"? {question} ", "bold")])
    listed = [
        Window(FormattedTextControl(rows), dont_extend_height=True),
        Window(FormattedTextControl(below), dont_extend_height=True, wrap_lines=True),
    ]
    keys = _keys_to_leave()
    for name, steps in _STEPS.items():
        keys.add(name)(partial(move, steps))
    keys.add("enter")(answer)
    application: Application[int] = Application(
        Layout(
            HSplit(
                [
                    Window(prompt, dont_extend_height=True, wrap_lines=True),
                    ConditionalContainer(HSplit(listed), filter=~is_done),
                ]
            )
        ),
        key_bindings=keys,
    )
    return application.run()


_STEPS = {"up": -1, "down": 1, "pageup": -_SHOWN_LINES, "pagedown": _SHOWN_LINES}


def _keys_to_leave() -> "KeyBindings":
    from prompt_toolkit.key_binding import KeyBindings

    keys = KeyBindings()

    @keys.add("c-c")
    @keys.add("c-d")
    @keys.add("escape", eager=True)
    def leave(event: "KeyPressEvent") -> None:
        event.app.exit(exception=KeyboardInterrupt)

    return keys


# --- a text, a date -------------------------------------------------------------------------------

_Check = Callable[[str], object]
"""What reads a text, and raises `ValueError` for one that it cannot."""


def _text(question: str, check: _Check = str, *, default: str = "", may_lack: bool = False) -> str:
    """Ask for a text; an empty one where it `may_lack`, and what the check takes."""
    import questionary

    def right(typed: str) -> bool | str:
        try:
            if typed.strip() or not may_lack:
                check(values.line(typed))
        except ValueError as error:
            return str(error)
        return True

    answered: str = questionary.text(
        question,
        default=default,
        validate=right,
        validate_while_typing=False,
        key_bindings=_keys_to_leave(),
    ).unsafe_ask()
    return answered.strip()


def _day(question: str, today: dt.date) -> dt.date:
    return day(_text(question, day, default=str(today)))


def _date(question: str, programme: Programme) -> PolicyDate:
    """Ask for a date, and for what it means where its words alone do not tell."""
    while True:
        words = _text(question)
        try:
            return PolicyDate.parse(words, programme.conventions)
        except ValueError as error:
            what_is_wrong, *_remedy_in_toml = str(error).split(";")
            why = f"{what_is_wrong}. {_MEANING}"
        if edtf := _text(why, partial(PolicyDate, words=words), may_lack=True):
            return PolicyDate(edtf, words=words)


_MEANING = (
    "What it means, in EDTF such as 2014-08, 2014-08~ or [..2014-12-31]; nothing: write anew:"
)
_UNKNOWN = Line("on a day that no source tells")


def _date_or_none(question: str, programme: Programme) -> PolicyDate | None:
    if choose(question, [Line("on a date that is known"), _UNKNOWN]):
        return None
    return _date("Date, as its source writes it:", programme)


def _texts(question: str, programme: Programme, *, may_lack: bool = False) -> Texts | None:
    text = _text(f"{question} ({programme.language}):", may_lack=may_lack)
    return Texts({programme.language: text}) if text else None


# --- which milestone ------------------------------------------------------------------------------


def ask_milestone(programme: Programme, today: dt.date) -> str:
    """Let a milestone be chosen, the most pressing first; return its full id."""
    lines = _milestones(programme, today)
    return lines[choose("Which milestone?", lines)].besides


def _milestones(programme: Programme, today: dt.date) -> list[Line]:
    voice = Voice(programme.language)
    return [
        Line(
            f"{voice.line(milestone.title)} — {voice.line(milestone.measure.title)}",
            f" — {voice.date_or_none(standing.due)} — {voice.label(group_of(standing))}",
            milestone.full_id,
        )
        for standing in as_of(programme, today).standings
        for milestone in [standing.milestone]
    ]


# --- what happened --------------------------------------------------------------------------------


def ask_entry(programme: Programme, milestones: Sequence[Milestone], today: dt.date) -> Entry:
    """Ask what happened to milestones: of what can still happen to all of them."""
    asked = [
        (line, ask)
        for line, (ask, can_happen) in _HAPPENED.items()
        if all(can_happen(milestone) for milestone in milestones)
    ]
    _, ask = asked[choose("What happened?", [Line(line) for line, _ in asked])]
    return ask(programme, today)


def confirmed(question: str) -> bool:
    """Ask whether to go on."""
    return choose(question, [Line("yes"), Line("no")]) == 0


def _met(programme: Programme, today: dt.date) -> MetEntry:
    on = _date_or_none("When was it met?", programme)
    return MetEntry(on=on, source=_source(programme, today))


def _moved(programme: Programme, today: dt.date) -> MovedEntry:
    due = _date("To which date, as its source writes it?", programme)
    source = _source(programme, today)
    return MovedEntry(
        due=due, source=source, reason=_texts("Why, if it says so", programme, may_lack=True)
    )


def _dropped(programme: Programme, today: dt.date) -> DroppedEntry:
    on = _date_or_none("When was it dropped?", programme)
    source = _source(programme, today)
    reason = _texts("Why", programme)
    assert reason, "it was asked for until it was there"
    return DroppedEntry(on=on, source=source, reason=reason)


def _replaced(programme: Programme, today: dt.date) -> ReplacedEntry:
    others = [Line("by something that is no milestone here"), *_milestones(programme, today)]
    by = others[choose("By what was it replaced?", others)].besides or None
    on = _date_or_none("When was it replaced?", programme)
    source = _source(programme, today)
    question = "By what" if by is None else "Why, if it says so"
    reason = _texts(question, programme, may_lack=by is not None)
    return ReplacedEntry(on=on, by=by, source=source, reason=reason)


def _found_nothing(_programme: Programme, today: dt.date) -> NewsEntry:
    on = _day("On which day did somebody look?", today)
    return NewsEntry(on=on, by=_text("Who looked?"))


def _found(found: Found, programme: Programme, today: dt.date) -> NewsEntry:
    on = _day("Of which day does the source speak?", today)
    source = _source(programme, today)
    says = _texts("What it says, in brief, if you like", programme, may_lack=True)
    return NewsEntry(on=on, found=found, says=says, source=source)


def _reading(kind: ReadingKind, programme: Programme, today: dt.date) -> ReadingEntry:
    value = number(_text("Which number?", number))
    on = _date("Of which date, as its source writes it?", programme)
    return ReadingEntry(on=on, value=value, kind=kind, source=_source(programme, today))


def _is_open(milestone: Milestone) -> bool:
    return milestone.outcome is None


def _can_be_met(milestone: Milestone) -> bool:
    return not isinstance(milestone.outcome, Met)


def _is_counted(milestone: Milestone) -> bool:
    return milestone.number is not None


def _always(_milestone: Milestone) -> bool:
    return True


_Ask = Callable[[Programme, dt.date], Entry]
_HAPPENED: Mapping[str, tuple[_Ask, Callable[[Milestone], bool]]] = {
    "it was met": (_met, _can_be_met),
    "it was moved to another date": (_moved, _is_open),
    "somebody looked, and found nothing": (_found_nothing, _always),
    "a source says that it is under way": (partial(_found, Found.UNDER_WAY), _always),
    "a source says that a part of it is done": (partial(_found, Found.PARTLY), _always),
    "a source says that it was not done": (partial(_found, Found.NOT_DONE), _always),
    "it was dropped": (_dropped, _is_open),
    "something took its place": (_replaced, _is_open),
    "a number was reached": (partial(_reading, ReadingKind.REACHED), _is_counted),
    "a number is planned": (partial(_reading, ReadingKind.PLANNED), _is_counted),
}
"""What can be recorded: how it is asked for, and of which milestones."""


# --- who says so ----------------------------------------------------------------------------------


def _source(programme: Programme, today: dt.date) -> Cited:
    """Let a source be chosen, the newest first, or a document be described that is none yet."""
    voice = Voice(programme.language)
    lines = [
        Line("a document that is not in the file yet"),
        *(
            Line(voice.citation(source), f" — {voice.source_day(source)}", source.id)
            for source in sorted(programme.sources, key=lambda s: s.known_from, reverse=True)
        ),
    ]
    return lines[choose("Which source says so?", lines)].besides or _document(programme, today)


def _document(programme: Programme, today: dt.date) -> SourceEntry:
    title = _text("Title of the document:")
    published, seen = None, None
    if choose("When did it appear?", [Line("on a date that it bears"), Line("it bears none")]):
        seen = _day("On which day did you read it?", today)
    else:
        published = _date("Date, as it is written there:", programme)
        if published.latest is None:  # nobody can tell since when it is known
            seen = _day("On which day did you read it?", today)
    url = _text("Address, if it has one:", values.url, may_lack=True) or None
    kinds = [*SourceKind]
    kind = kinds[choose("What kind of document is it?", [Line(str(kind)) for kind in kinds])]
    return SourceEntry(title=title, kind=kind, published=published, seen=seen, url=url)
