"""All milestones in one small file, of which the page's script draws its lists and finds in them.

It is of no day: each milestone has its course, so the script tells the standings of its reader's
day. It holds columns and no records, and what many share is written once: a hundred thousand
milestones have a few thousand dates.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

from betatech_milestones.analysis.course import course
from betatech_milestones.formats.standings import KEYS, group_of
from betatech_milestones.model.dates import PolicyDate
from betatech_milestones.model.records import Measure, Milestone, Programme, Source, Texts
from betatech_milestones.model.standing import Standing, Turn
from betatech_milestones.model.vocabulary import Status
from betatech_milestones.voice import Voice
from betatech_milestones.website.telling import PageVoice, bears_a_day, statements

NONE = -1
"""Stands where another index would."""

_EPOCH = dt.date(1970, 1, 1).toordinal()  # as scripts count days


def search_index(programme: Programme, language: str) -> bytes:
    """Return the index of a programme in a language, as JSON.

    Milestones stand in the order of their full ids, so those of a measure stand together. Days are
    counted from 1 January 1970, and within a course from the turn before.
    """
    voice = Voice(language)
    measures = {milestone.measure.id: milestone.measure for milestone in programme.by_id}
    measures |= {measure.id: measure for measure in programme.measures}
    document = {
        "version": 1,
        "keys": KEYS,
        "clusters": [[it.id, voice.line(it.title)] for it in programme.clusters],
        "sectors": [[it.id, voice.line(it.title)] for it in programme.sectors],
        "bodies": [[it.id, voice.line(it.name)] for it in programme.bodies],
        "measures": _measures(programme, measures.values(), voice),
        "milestones": _milestones(programme, [*measures], voice),
        **_courses(programme.by_id, voice),
        "statements": _statements(programme.by_id, voice),
    }
    written = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return written.encode(errors="backslashreplace") + b"\n"


def _measures(programme: Programme, measures: Iterable[Measure], voice: Voice) -> dict[str, Any]:
    """Return the measures, each with how many milestones it has."""
    found = [*measures]
    clusters, sectors, bodies = _places(programme)
    return {
        "ids": [it.id for it in found],
        "titles": [voice.line(it.title) for it in found],
        "languages": _languages((it.title for it in found), programme, voice),
        "codes": {at: it.code for at, it in enumerate(found) if it.code},
        "clusters": [clusters[it.cluster.id] if it.cluster else NONE for it in found],
        "sectors": [[sectors[sector.id] for sector in it.sectors] for it in found],
        "bodies": [[bodies[body.id] for body in it.bodies] for it in found],
        "milestones": [len(it.milestones) for it in found],
    }


def _places(programme: Programme) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Return where each cluster, sector and body stands, by its id."""
    return (
        {cluster.id: at for at, cluster in enumerate(programme.clusters)},
        {sector.id: at for at, sector in enumerate(programme.sectors)},
        {body.id: at for at, body in enumerate(programme.bodies)},
    )


def _milestones(programme: Programme, measures: list[str], voice: Voice) -> dict[str, Any]:
    """Return the milestones; what few of them have stands under their index."""
    found = programme.by_id
    _, _, bodies = _places(programme)
    at_measure = {id_: at for at, id_ in enumerate(measures)}
    return {
        "ids": [it.id for it in found],
        "titles": [voice.line(it.title) for it in found],
        "languages": _languages((it.title for it in found), programme, voice),
        "codes": {at: it.code for at, it in enumerate(found) if it.code},
        "also": {
            at: [at_measure[other] for other in dict.fromkeys(it.also) if other in at_measure]
            for at, it in enumerate(found)
            if it.also
        },
        "bodies": {
            at: _answering(it, bodies) for at, it in enumerate(found) if _has_bodies_of_its_own(it)
        },
        "snoozes": {
            at: [
                _number(it.snoozed.since or dt.date.min),
                _number(it.snoozed.until),
                voice.label(
                    "snoozed",
                    day=voice.day(it.snoozed.until),
                    by=it.snoozed.by,
                    reason=voice.line(it.snoozed.reason),
                ),
            ]
            for at, it in enumerate(found)
            if it.snoozed
        },
    }


def _languages(texts: Iterable[Texts], programme: Programme, voice: Voice) -> Mapping[int, str]:
    """Return the languages of those texts that are not in the language of the page."""
    telling = PageVoice(voice=voice, programme=programme)
    told = ((at, telling.text(text).language) for at, text in enumerate(texts))
    return {at: language for at, language in told if language is not None}


def _has_bodies_of_its_own(milestone: Milestone) -> bool:
    handed = any(revision.bodies is not None for revision in milestone.revisions)
    return handed or milestone.own_bodies is not None


def _answering(milestone: Milestone, bodies: Mapping[str, int]) -> list[tuple[int, list[int]]]:
    """Return from which day on who answers for it."""
    days = [dt.date.min, *(revision.announced for revision in milestone.revisions)]
    found: list[tuple[int, list[int]]] = []
    for day in days:
        answering = [bodies[body.id] for body in milestone.bodies_by(day)]
        if not found or found[-1][1] != answering:
            found.append((_number(day), answering))
    return found


def _courses(milestones: Iterable[Milestone], voice: Voice) -> dict[str, Any]:
    """Return the turns of all, and the dates and the sayings that they share."""
    dates: dict[object, tuple[int, PolicyDate]] = {}
    sayings: dict[tuple[str, str], int] = {}
    said: dict[object, int] = {}
    counts, days, told, dues = [], [], [], []
    for milestone in milestones:
        turns, before = course(milestone), 0
        counts.append(len(turns))
        for turn in turns:
            day = _number(turn.day)
            days.append(day - before)
            before = day
            key = _what_is_said(milestone, turn)
            if key not in said:
                saying = _saying(milestone, turn, voice)
                said[key] = sayings.setdefault(saying, len(sayings))
            told.append(said[key])
            dues.append(NONE if turn.due is None else _place(turn.due, dates))
    return {
        "dates": {
            "said": [voice.said(date) for _, date in dates.values()],
            "first": [_number_or_none(date.earliest) for _, date in dates.values()],
            "last": [_number_or_none(date.latest) for _, date in dates.values()],
        },
        "sayings": {
            "keys": [KEYS.index(key) for key, _ in sayings],
            "texts": [text for _, text in sayings],
        },
        "turns": {"counts": counts, "days": days, "sayings": told, "dates": dues},
    }


def _place(date: PolicyDate, dates: dict[object, tuple[int, PolicyDate]]) -> int:
    """Return where a date stands among those that are there; what is undated is so by its words."""
    key = date.edtf or (date.words, date.translations)
    place, _ = dates.setdefault(key, (len(dates), date))
    return place


def _saying(milestone: Milestone, turn: Turn, voice: Voice) -> tuple[str, str]:
    """Return in which group it stands, and how that is said; {age} is for the script to count."""
    standing = Standing(milestone, turn.day, turn.day, turn)
    text = (
        voice.status(standing, age="{age}")
        if turn.outcome is None
        else voice.outcome(turn.outcome, fact=milestone.is_fact)
    )
    return group_of(standing), text


def _what_is_said(milestone: Milestone, turn: Turn) -> object:
    """Return all that the saying of a turn depends on: many have the same, and it is said once."""
    if turn.outcome is not None:
        return id(turn.outcome)
    if turn.evidence is not None:
        day = turn.newest_statement
        documents = (source.published for source in _documents(milestone, day))
        return turn.evidence, turn.news and id(turn.news), day, *documents
    date = turn.due
    match turn.status:
        case Status.UPCOMING:
            return turn.status, turn.begins
        case Status.DUE | Status.MET:
            return turn.status, date and (date.edtf, date.words, date.translations)
        case _:
            return turn.status, milestone.commitment


def _documents(milestone: Milestone, day: dt.date) -> Iterable[Source]:
    """Yield the documents of a day that say something of a milestone."""
    number = milestone.number
    for said in (*milestone.statements, *(number.readings if number else ())):
        yield from (source for source in said.sources if source.known_from == day)


def _statements(milestones: Iterable[Milestone], voice: Voice) -> dict[str, Any]:
    """Return the days on which anything was stated, and how they are said.

    Those on which it was only read, in what bears no day, are named by their place.
    """
    found = sorted(statements(milestones).items())
    undated = [at for at, (day, sources) in enumerate(found) if not bears_a_day(day, sources)]
    return {
        "days": [_number(day) for day, _ in found],
        "said": [
            voice.day(day) if at in undated else voice.known_day(day, sources)
            for at, (day, sources) in enumerate(found)
        ],
        "undated": undated,
    }


def _number(day: dt.date) -> int:
    return day.toordinal() - _EPOCH


def _number_or_none(day: dt.date | None) -> int | None:
    return None if day is None else _number(day)
