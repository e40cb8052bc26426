"""A body on a page of its own: all that it answers for, or did, with links to where that is told.

It groups and counts, so it speaks for one day, and says which: the last on which anything of the
body changed. So it stays as it is, byte for byte, up to the day on which there is news, and no
script tells another day. However much a body answers for, the page stays small.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

import attrs

from betatech_milestones.analysis.report import standing_on
from betatech_milestones.formats.standings import KEYS, group_of
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import Body, Milestone
from betatech_milestones.model.standing import Standing
from betatech_milestones.model.vocabulary import ENDED
from betatech_milestones.website.frame import frame
from betatech_milestones.website.telling import Relations, newest_told

MOST = 240
"""So many milestones a page tells; of more, some of each group."""


def body_page(
    relations: Relations, body: Body, day: dt.date, *, language: str, address: str | None = None
) -> str:
    """Return the page of a body in one language, by what was known on a day, as HTML.

    `address` is that of the published site, ending in a slash. Besides the two nothing shows in it
    but what `body_inputs` returns.
    """
    outside = frame(
        relations, lambda paths: paths.body(body.id), language=language, address=address
    )
    voice = outside.voice.voice
    title = outside.voice.text(body.name)
    answered = relations.answered.get(body.id, ())
    page_day = body_day(relations, body, day)
    groups = _groups(answered, body, page_day)
    number = sum(len(those) for those in groups.values())
    room = MOST if number <= MOST else MOST // len(groups)
    told = [_Group.of(key, those, room) for key, those in groups.items()]
    return outside.fill(
        "body.html",
        title=title,
        name=title.text,
        about=f"{voice.labelled('milestones', str(number))}.",
        body=body,
        groups=told,
        newest=newest_told(answered, page_day, voice),
        page_day=None if page_day == dt.date.min else page_day,
        feed=outside.paths.feed("body", body.lifelong_id),
        atom=outside.paths.body_atom(body.lifelong_id),
    )


def body_inputs(relations: Relations, body: Body, day: dt.date) -> tuple[object, ...]:
    """Return all that the files of a body depend on, in whatever language: records and texts.

    That is the body, all for which it ever answered with the measures of that, what is said of the
    programme, and the day from which all of that stands as it does.
    """
    programme = relations.programme
    return (
        programme.id,
        programme.title,
        programme.language,
        programme.timezone,
        programme.publisher,
        body,
        tuple(
            (it, it.measure.id, it.measure.title, it.measure.bodies)
            for it in relations.answered.get(body.id, ())
        ),
        body_day(relations, body, day),
    )


def body_day(relations: Relations, body: Body, day: dt.date) -> dt.date:
    """Return the last day, up to and including one, on which anything of a body changed.

    Where nothing of it was known yet, that is the first of all days.
    """
    days: set[dt.date] = set()
    for milestone in relations.answered.get(body.id, ()):
        days.update(relations.changing_days(milestone))
    return max((it for it in days if it <= day), default=dt.date.min)


HANDED_AWAY = "handed away"
"""The group of that for which others answer now."""


def _groups(answered: Sequence[Milestone], body: Body, day: dt.date) -> dict[str, list[Standing]]:
    """Return for what a body answers, or did, as far as it is known: by group, and by last day."""
    found: defaultdict[str, list[Standing]] = defaultdict(list)
    for milestone in answered:
        standing = standing_on(milestone, day)
        key = group_of(standing) if body in milestone.bodies_by(day) else HANDED_AWAY
        if standing.turn.day <= day and _has_answered(milestone, body, day):
            found[key].append(standing)
    return {
        key: sorted(found[key], key=lambda one: (one.last_day, one.milestone.full_id))
        for key in (*KEYS, HANDED_AWAY)
        if key in found
    }


def _has_answered(milestone: Milestone, body: Body, day: dt.date) -> bool:
    """Whether it answers for a milestone by what is known on a day, or did so before."""
    days = (revision.announced for revision in milestone.revisions if revision.announced <= day)
    return any(body in milestone.bodies_by(it) for it in (dt.date.min, *days))


@attrs.frozen(kw_only=True)
class _Told:
    """A milestone as the page of a body tells it."""

    milestone: Milestone
    standing: Standing

    @property
    def key(self) -> str:
        """The group in which it stands, also where others answer for it now."""
        return group_of(self.standing)

    @property
    def date(self) -> PolicyDate | None:
        """The date in force, or that of how it ended where a source tells that in words."""
        outcome = self.standing.turn.outcome
        if outcome is None:
            return None if self.milestone.is_fact else self.standing.due
        return outcome.on if outcome.on is not None and outcome.on.words else None

    @property
    def is_dated(self) -> bool:
        """Whether there is anything to say of when that how it stands has not said yet."""
        turn = self.standing.turn
        if turn.outcome is not None:
            return True
        if turn.due is None or turn.status in ENDED:
            return False
        return turn.counted is None or not turn.due.is_exact


@attrs.frozen(kw_only=True)
class _Group:
    """Milestones that stand alike."""

    key: str
    number: int
    told: Sequence[_Told]
    """As many as there is room for."""

    @classmethod
    def of(cls, key: str, those: Sequence[Standing], room: int) -> "_Group":
        told = [_Told(milestone=it.milestone, standing=it) for it in those[:room]]
        return cls(key=key, number=len(those), told=told)
