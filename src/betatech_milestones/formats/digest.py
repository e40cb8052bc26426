"""What is new as Markdown, as HTML for a mail, and as a mail that is ready to send.

Each line stands alone, because each will be quoted alone: what happened, of which measure, who
answers for it, and who says so and when. With nothing new it is the heading and a line that says
so.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from html import escape
from urllib.parse import unquote

import attrs

from betatech_milestones.analysis.course import course
from betatech_milestones.analysis.digest import Digest
from betatech_milestones.analysis.history import (
    Ended,
    Moved,
    Revised,
    Statement,
    Told,
    said,
)
from betatech_milestones.formats.layout import Layout
from betatech_milestones.formats.markdown import escaped, linked
from betatech_milestones.formats.markup import isolated
from betatech_milestones.formats.standings import group_of
from betatech_milestones.model.records import Milestone, News, Outcome, Programme, Revision
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import Status
from betatech_milestones.voice import Voice, capital, languages_of
from betatech_milestones.voice.paths import Paths


def as_markdown(digest: Digest, layout: Layout) -> str:
    """Return what is new as a list below a heading for each kind."""
    return "\n".join(_markdown(digest, layout.voice)) + "\n"


def _markdown(digest: Digest, voice: Voice) -> Iterator[str]:
    yield f"# {escaped(_heading(digest, voice))}"
    for section in _sections(digest, voice):
        yield f"\n## {section.heading} ({len(section.lines)})\n"
        for line in section.lines:
            told = (escaped(line.told), *(linked(escaped(s.text), s.url) for s in line.sources))
            title = linked(escaped(line.title.text), line.title.url)
            yield f"- **{title}**: {'; '.join(told)}"
    for ending in _endings(digest, voice):
        yield f"\n{linked(escaped(ending.text), ending.url)}"


_STYLE = """\
:root { color-scheme: light dark }
body { font: 1rem/1.5 sans-serif; max-width: 42rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.3rem }
h2 { font-size: 1.1rem; margin: 1.5rem 0 0 }
ul { padding-left: 1.2rem }
li { margin: .5rem 0; overflow-wrap: anywhere }"""


def as_html(digest: Digest, layout: Layout) -> str:
    """Return what is new as a complete HTML document, which fetches nothing.

    It has no colour of its own, so that it is readable in mail programs that have a dark one.
    """
    return "\n".join(_html(digest, layout.voice)) + "\n"


def _html(digest: Digest, voice: Voice) -> Iterator[str]:
    heading = escape(_heading(digest, voice))
    yield f'<!DOCTYPE html>\n<html lang="{voice.spoken}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{heading}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>"
    yield f"<h1>{heading}</h1>"
    for section in _sections(digest, voice):
        yield f"<h2>{escape(section.heading)} ({len(section.lines)})</h2>\n<ul>"
        for line in section.lines:
            told = (isolated(line.told), *map(_linked, line.sources))
            yield f"<li><strong>{_linked(line.title)}</strong>: {'; '.join(told)}</li>"
        yield "</ul>"
    for ending in _endings(digest, voice):
        yield f"<p>{_linked(ending)}</p>"
    yield "</body>\n</html>"


def _linked(link: "_Link") -> str:
    text = isolated(link.text)
    return text if link.url is None else f'<a href="{escape(link.url)}">{text}</a>'


def as_mail(digest: Digest, layout: Layout) -> str:
    """Return what is new as a mail (RFC 5322) with the same as text and as HTML, to be sent.

    Mail programs open it as a draft. It is dated by the day of which it tells and named after its
    content, so the same digest is the same mail. It is from the publisher of the programme where
    that has an address of mail in ASCII, and to nobody.
    """
    voice = layout.voice
    plain, page = "\n".join(_plain(digest, voice)) + "\n", as_html(digest, layout)
    name = hashlib.sha256(f"{plain}{page}".encode(errors="replace")).hexdigest()[:_DIGITS]
    mail = EmailMessage(policy.SMTP)
    mail["Subject"] = _heading(digest, voice)
    if (sender := _sender(digest, voice)) is not None:
        mail["From"] = sender
    # At noon in UTC it is that day in almost every zone.
    mail["Date"] = dt.datetime.combine(digest.day, dt.time(12), dt.UTC)
    mail["Message-ID"] = f"<digest.{name}@{digest.programme.id}>"
    mail["X-Unsent"] = "1"
    mail.set_content(plain, cte=_CTE)
    mail.add_alternative(page, subtype="html", cte=_CTE)
    mail.set_boundary(f"={name}=")
    mail["Content-Language"] = voice.spoken  # of the whole: set before, it would be of a part
    return mail.as_string()


_DIGITS = 32
# Lines of any length and letters of any language, in ASCII (RFC 2045, 6.7).
_CTE = "quoted-printable"
_MAILTO = "mailto:"


def _plain(digest: Digest, voice: Voice) -> Iterator[str]:
    yield _heading(digest, voice)
    for section in _sections(digest, voice):
        yield f"\n{section.heading} ({len(section.lines)})\n"
        for line in section.lines:
            told = (line.told, *(source.in_full for source in line.sources))
            yield f"* {line.title.in_full}: {'; '.join(told)}"
    for ending in _endings(digest, voice):
        yield f"\n{ending.in_full}"


def _sender(digest: Digest, voice: Voice) -> Address | None:
    publisher = digest.programme.publisher
    if publisher is None or not (publisher.contact or "").startswith(_MAILTO):
        return None
    user, _, domain = str(publisher.contact).removeprefix(_MAILTO).rpartition("@")
    user = unquote(user)
    # Other letters than those of ASCII no server but a few takes (RFC 6531).
    return Address(voice.line(publisher.name), user, domain) if user.isascii() else None


# --- in words -------------------------------------------------------------------------------------


@attrs.frozen
class _Link:
    """A text, and where it leads; None where it leads nowhere."""

    text: str
    url: str | None = None

    @property
    def in_full(self) -> str:
        """The same where nothing can be a link."""
        return self.text if self.url is None else f"{self.text} <{self.url}>"


@attrs.frozen(kw_only=True)
class _Line:
    """One thing that is new: of what, all that is told of it, and who says so."""

    title: _Link
    """It leads to its place on the site, where that is known."""
    told: str
    sources: tuple[_Link, ...]
    """One, or none where nobody says anything: somebody looked, and found nothing."""


@attrs.frozen(kw_only=True)
class _Section:
    heading: str
    lines: Sequence[_Line]


_ORDER = (
    "change moved",
    "change dropped",
    "change replaced",
    "change met",
    "fact",
    "late",
    "unchecked",
    "no-news",
    "passed",
    "digest by itself",
    "change revised",
    "change news",
    "digest promised",
)
"""The kinds of what is new, the most newsworthy first: the labels of their headings."""


def _heading(digest: Digest, voice: Voice) -> str:
    """Return of what it tells, narrowed to what, and of which days."""
    title = voice.line(digest.programme.title)
    texts = (*(m.title for m in digest.measures), *(body.name for body in digest.bodies))
    if narrowed := "; ".join(map(voice.line, texts)):
        title += f" ({narrowed})"
    days = {"first": voice.day(digest.since), "last": voice.day(digest.day)}
    return voice.pair(title, voice.label("digest", **days))


def _sections(digest: Digest, voice: Voice) -> Iterator[_Section]:
    found: defaultdict[str, list[_Line]] = defaultdict(list)
    for statement in digest.statements:
        found[_kind(statement)].append(_of_statement(statement, digest, voice))
    for standing in digest.passed:
        found[_kind_of_passed(standing)].append(_of_standing(standing, digest, voice))
    for kind in filter(found.get, _ORDER):
        yield _Section(heading=capital(voice.label(kind)), lines=found[kind])
    if digest.coming:
        days = voice.days(digest.within_days)
        heading = capital(voice.label("digest coming", days=days))
        lines = [_of_standing(standing, digest, voice) for standing in digest.coming]
        yield _Section(heading=heading, lines=lines)


def _kind(statement: Statement) -> str:
    match statement:
        case Moved():
            return "change moved"
        case Revised():
            return "change revised"
        case Told():
            return "change news"
        case Ended(milestone=milestone, outcome=outcome):
            return "fact" if milestone.is_fact else f"change {outcome.status}"
    return "digest promised"


def _kind_of_passed(standing: Standing) -> str:
    return "digest by itself" if standing.status is Status.MET else group_of(standing)


def _of_statement(statement: Statement, digest: Digest, voice: Voice) -> _Line:
    milestone, record = statement.milestone, said(statement)
    happened = [*_happened(statement, digest, voice)]
    if record.note:
        happened.append(voice.pair(voice.label("note"), voice.line(record.note)))
    source = voice.label("source")
    return _Line(
        title=_title(milestone, digest, voice),
        told=_told(happened, milestone, digest, voice),
        sources=tuple(
            attrs.evolve(by, text=voice.pair(source, by.text))
            for by in _announced(record, digest.day, voice)
        ),
    )


def _of_standing(standing: Standing, digest: Digest, voice: Voice) -> _Line:
    """Return how a milestone stands; its source is that of the date, which says nothing of that."""
    milestone, moves = standing.milestone, standing.moves
    is_coming = standing.status in {Status.DUE, Status.UPCOMING}
    stands = voice.status(standing) if is_coming else voice.standing_since(standing)
    was = voice.was(move.before for move in moves if move.before is not None)
    facts = (stands, voice.verdict(standing), was, voice.snooze(standing))
    in_force = voice.pair(voice.label("in force"), voice.date_or_none(standing.due))
    record = moves[-1].revision if moves else milestone
    return _Line(
        title=_title(milestone, digest, voice),
        told=_told(facts, milestone, digest, voice),
        sources=tuple(
            attrs.evolve(by, text=f"{in_force} ({by.text})")
            for by in _announced(record, standing.day, voice)
        ),
    )


def _title(milestone: Milestone, digest: Digest, voice: Voice) -> _Link:
    """Return what it is called, with a link to its place on the site where that is known.

    Among several programmes each has the site of its own there, in a folder that bears its id.
    """
    title, home = voice.line(milestone.title), _home(milestone, digest)
    if digest.address is None:
        return _Link(title)
    own = milestone.measure.id
    if digest.members:
        own = own.removeprefix(f"{home.id}/")
    languages = languages_of(home)
    paths = Paths.of(home, voice.spoken if voice.spoken in languages else languages[0])
    site = f"{digest.address}{home.id}/" if digest.members else digest.address
    return _Link(title, f"{site}{paths.measure(own)}#{milestone.id}")


def _home(milestone: Milestone, digest: Digest) -> Programme:
    """Return the programme of a milestone: among several its id begins with that of its own."""
    own = milestone.measure.id.partition("/")[0]
    return next((one for one in digest.members if one.id == own), digest.programme)


def _told(facts: Iterable[str], milestone: Milestone, digest: Digest, voice: Voice) -> str:
    """Return facts in a line that can stand alone: with the measure, and who answers on the day."""
    home = voice.pair(voice.label("measure"), voice.line(milestone.measure.title))
    if digest.members:
        title = voice.line(_home(milestone, digest).title)
        home = f"{voice.pair(voice.label('programme'), title)}; {home}"
    names = voice.responsible(milestone.bodies_by(digest.day)) or voice.label("nobody")
    who = voice.pair(voice.label("responsible"), names)
    return "; ".join(filter(None, (*facts, home, who)))


def _happened(statement: Statement, digest: Digest, voice: Voice) -> Iterator[str]:
    """Yield what is told of a statement, the first in the fewest words; what is empty is none."""
    match statement:
        case Moved(move=move):
            was, now = voice.date_or_none(move.before), voice.date(move.due)
            yield voice.pair(voice.label("change moved"), f"{was} → {now}")
            yield voice.shift(move.days)
            yield voice.revised_besides(move.revision)
        case Revised(revision=revision):
            yield voice.revised(revision)
        case Told(news=news):
            yield voice.label("news on", day=voice.news_on(news), news=voice.news(news))
        case Ended(milestone=milestone, outcome=outcome):
            yield voice.outcome(outcome, fact=milestone.is_fact)
            yield voice.because(outcome)
            yield _verdict(statement, digest.day, voice)
        case _:
            yield voice.promise(statement.milestone)
    if isinstance(statement, Moved | Revised) and statement.reason:
        yield voice.line(statement.reason)


def _verdict(ended: Ended, day: dt.date, voice: Voice) -> str:
    """Return who says that it ended so, and how late that was."""
    turns = (turn for turn in course(ended.milestone) if turn.outcome is ended.outcome)
    # None where it counts on no day: another outcome of the same days counts instead.
    turn = next(turns, None)
    return "" if turn is None else voice.verdict(Standing(ended.milestone, day, day, turn))


def _announced(
    record: Milestone | Revision | News | Outcome, day: dt.date, voice: Voice
) -> Iterator[_Link]:
    """Yield who says so and when: the first of its documents, of those known on a day if any."""
    known = [source for source in record.sources if source.known_from <= day]
    for source in (known or record.sources)[:1]:
        yield _Link(voice.announcement(source, record.known_from), source.url)


def _endings(digest: Digest, voice: Voice) -> Iterator[_Link]:
    """Yield what a term that passed means, who publishes this, and where to say what is wrong."""
    if digest.is_empty:
        yield _Link(voice.label("nothing new"))
    if any(standing.status is Status.OVERDUE for standing in digest.passed):
        yield _Link(voice.label("no outcome"))
    if (publisher := digest.programme.publisher) is not None:
        yield _Link(voice.labelled("publisher", voice.line(publisher.name)), publisher.url)
        if publisher.contact is not None:
            yield _Link(capital(voice.label("mend")), publisher.contact)
