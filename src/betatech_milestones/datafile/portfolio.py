"""Several data files read together: those that are named, those of a folder, or of a portfolio.

A `portfolio.toml` names them, says what they are called together, and which of their bodies are
one. Whatever is wrong with one file, the others are read.
"""

import contextlib
import functools
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from betatech_milestones.datafile.consistency import is_elsewhere, replacement
from betatech_milestones.datafile.find import find_all, is_folder
from betatech_milestones.datafile.format import PUBLISHER, own_language
from betatech_milestones.datafile.lines import table_lines
from betatech_milestones.datafile.load import findings_at, findings_of, loads, parsed
from betatech_milestones.datafile.readers import (
    Context,
    Keys,
    Reader,
    each,
    optional,
    read_keys,
    record,
    required,
    scalar,
    several,
    texts,
)
from betatech_milestones.model import rules, values
from betatech_milestones.model.errors import BadValue, BetatechError, did_you_mean, few_suggestions
from betatech_milestones.model.findings import (
    Finding,
    InvalidData,
    KeyPath,
    Location,
    Problem,
    bounded,
)
from betatech_milestones.model.portfolio import Portfolio, SharedBody, Unread
from betatech_milestones.model.records import Body, Programme, Publisher, Texts, trusted
from betatech_milestones.voice import Voice


class NamedTwice(BetatechError, ValueError):  # noqa: N818  the name says what it is
    """A data file that is to be read twice; the message names it."""


def load_portfolio(*paths: str | os.PathLike[str]) -> Portfolio:
    """Read several programmes together; without a path, what the current folder has.

    A path is that of a data file, of a folder for all that it holds, or of a `portfolio.toml` on
    its own. A file that cannot be read is in `Portfolio.unread`, with the reason; where it is the
    only one, the reason is raised, as `load` does. Raises `InvalidData` for a portfolio with
    problems of its own, `NamedTwice`, and `NoDataFile`.
    """
    found = [(path, find_all(path)) for path in (paths or (None,))]
    files = [file for _, its_files in found for file in its_files]
    if len(files) == 1:
        return _alone(files[0])
    _refuse_twice(files)
    names = (its_files[0] if len(its_files) == 1 else path for path, its_files in found)
    return _unnamed(files, ", ".join(map(str, names)))


def _alone(file: Path) -> Portfolio:
    """Return what one file says: a programme, or a portfolio."""
    data = file.read_bytes()
    try:
        programme = loads(data, path=str(file))
    except InvalidData as error:
        if error.findings[0].rule is not rules.NO_PROGRAMME:
            raise
        return _named(data, file)
    return Portfolio(
        id=programme.id,
        title=programme.title,
        language=programme.language,
        timezone=programme.timezone,
        publisher=programme.publisher,
        members=(programme,),
        title_as_read=programme.title,
        path=programme.path,
        is_one_file=True,
    )


def _refuse_twice(files: Iterable[Path]) -> None:
    seen: dict[object, Path] = {}
    for file in files:
        if (first := seen.setdefault(_identity(file), file)) is not file:
            other = "" if first == file else f", before as {first}"
            raise NamedTwice(f"{file} is named twice{other}; name it once")


def _identity(file: Path) -> object:
    """Return what is the same under all names of a file."""
    try:
        found = file.stat()
    except OSError:
        return str(file)
    return found.st_dev, found.st_ino


def _read(files: Iterable[Path]) -> tuple[tuple[Programme, ...], tuple[Unread, ...]]:
    """Return the programmes that files hold, and those files that hold none."""
    members: dict[str, Programme] = {}
    unread = []
    for file in files:
        path = str(file)
        try:
            data = file.read_bytes()
            programme = loads(data, path=path)
            first = members.setdefault(programme.id, programme)
            if first is not programme:
                message = f'id: "{programme.id}" is that of {first.path}, too; give each its own'
                problem = Problem(("programme", "id"), rules.DUPLICATE_ID, message)
                raise InvalidData(findings_at([problem], data.decode(), path))  # noqa: TRY301
        except (OSError, InvalidData) as error:
            unread.append(Unread(path=path, error=error))
    return tuple(members.values()), tuple(unread)


# --- files without a portfolio --------------------------------------------------------------------


def _unnamed(files: Sequence[Path], path: str) -> Portfolio:
    members, unread = _read(files)
    language = members[0].language if members else "en"
    title = members[0].title if len(members) == 1 else _counted(members, language)
    return Portfolio(
        id=_id_of(members),
        title=title,
        language=language,
        timezone=members[0].timezone if members else "UTC",
        members=members,
        unread=unread,
        findings=(
            *bounded(_dead_ends(members), path),
            *bounded(_same_bodies(members, ()), path),
        ),
        title_as_read=_as_read(title, unread, len(files)),
        path=path,
    )


def _id_of(members: Iterable[Programme]) -> str:
    """Return an id that says which programmes these are, in whatever order they are named."""
    ids = sorted(member.id for member in members)
    import hashlib

    told = "-and-".join(ids)
    if told and len(told) <= values.LONGEST_ID:
        return told
    return f"{len(ids)}-programmes-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def _counted(members: Sequence[Programme], language: str) -> Texts:
    """Return how many programmes these are, in every language in which one of them has a title."""
    tags = (tag for member in members for tag, _ in member.title.pairs)
    return Texts(
        tuple(
            (tag, Voice(tag).label("several programmes", number=len(members)))
            for tag in dict.fromkeys((language, *tags))
        )
    )


def _as_read(title: Texts, unread: Sequence[Unread], files: int) -> Texts:
    """Return a title that does not claim to be of the whole where it is not."""
    if not unread:
        return title
    numbers = {"unread": len(unread), "all": files}
    return Texts(
        tuple(
            (tag, Voice(tag).label("not whole", title=text, **numbers)) for tag, text in title.pairs
        )
    )


# --- a portfolio ----------------------------------------------------------------------------------


def _file(value: object) -> str:
    file = values.line(value)
    if PurePath(file).anchor:
        message = f"{values.shown(file)} is absolute; write it from the folder of the portfolio"
        raise BadValue(rules.NO_PROGRAMME, message)
    return file


def _body_of_programme(value: object) -> str:
    if not isinstance(value, str) or value.count("/") != 1:
        message = f"{values.shown(value)} is no id of a body; write it as programme/body"
        raise BadValue(rules.BAD_ID, message)
    return values.former_id(value)


def _placed(read: Reader) -> Reader:
    """Read a table, and keep where it stands."""
    return lambda value, at, context: (at, read(value, at, context))


def _shared_body(*, same_as: tuple[str, ...], **found: Any) -> SharedBody:
    return SharedBody(body=Body(**found), same_as=same_as)


_PORTFOLIO: Keys = {
    "language": required(own_language, '"nl"'),  # first: every text must be given in it
    "id": required(scalar(values.identifier), '"short-name"'),
    "title": required(texts(values.line), '{ nl = "…", en = "…" }'),
    "timezone": optional(scalar(values.timezone)),
    "publisher": optional(record(Publisher, PUBLISHER)),
}
_MEMBER: Keys = {"file": required(scalar(_file), '"schools.toml"')}
_SHARED_BODY: Keys = {
    "id": required(scalar(values.identifier), '"short-name"'),
    "name": required(texts(values.line), '{ nl = "…", en = "…" }'),
    "same_as": required(
        several(scalar(_body_of_programme), "programme/body"), '["programme/body"]'
    ),
}
_DOCUMENT: Keys = {
    "portfolio": required(
        record(dict, _PORTFOLIO), '{ id = "…", title = { nl = "…" }, language = "nl" }'
    ),
    "member": required(
        each(_placed(record(lambda *, file: file, _MEMBER))), '[{ file = "schools.toml" }]'
    ),
    "body": optional(each(_placed(record(_shared_body, _SHARED_BODY)))),
}


def _named(data: bytes, file: Path) -> Portfolio:
    """Return what a portfolio says, and the programmes that it names."""
    path = str(file)
    document, text = parsed(data, path)
    context = Context(lines={})  # those of milestones and measures alone are kept
    with trusted(), few_suggestions():
        found = read_keys(document, _DOCUMENT, (), context)
    named: list[tuple[KeyPath, str]] = list(found.get("member", ()))
    shared: list[tuple[KeyPath, SharedBody]] = list(found.get("body", ()))
    for at, rule, message in (*_faults(document, named, file), *_twice(shared)):
        context.note(at, rule, message)
    if context.noted:
        raise InvalidData(findings_of(context, text, path))

    missing = {at: name for at, name in named if not os.path.exists(file.parent / name)}  # noqa: PTH110
    with few_suggestions():
        told = findings_at(_missing(missing, file), text, path)
    lost = tuple(
        Unread(path=str(file.parent / name), error=InvalidData((finding,)))
        for name, finding in zip(missing.values(), told, strict=True)
    )
    members, unread = _read(file.parent / name for at, name in named if at not in missing)
    unread = (*lost, *unread)
    own = found["portfolio"]
    timezone = members[0].timezone if members else "UTC"
    with few_suggestions():
        dead = () if unread else findings_at(_dead_bodies(shared, members), text, path)
    bodies = tuple(body for _, body in shared)
    return Portfolio(
        **{"timezone": timezone, **own},
        members=members,
        bodies=bodies,
        unread=unread,
        findings=(
            *bounded(dead, path),
            *bounded(_dead_ends(members, whole=not unread), path),
            *bounded(_same_bodies(members, bodies), path),
        ),
        title_as_read=_as_read(own["title"], unread, len(named)),
        path=path,
    )


def _faults(
    document: Mapping[str, Any], named: Iterable[tuple[KeyPath, str]], file: Path
) -> Iterator[Problem]:
    """What cannot be a member of a portfolio, whatever is in it."""
    if document.get("member") == []:
        message = 'the file names no member; add [[member]] with file = "schools.toml"'
        yield Problem(("member",), rules.MISSING_KEY, message)
    seen: dict[object, str] = {_identity(file): ""}
    for at, name in named:
        there = os.path.realpath(file.parent / name)
        first = seen.setdefault(_identity(file.parent / name), name)
        if is_folder(file.parent / name):
            what = "is a folder; name the data file in it"
        elif first == "":
            what = "is this portfolio itself; name data files"
        elif os.path.exists(there) and not os.path.isfile(there):  # noqa: PTH110, PTH113  never raises
            what = "is no file, but a device or a pipe; name a data file"
        elif os.path.exists(there) and not there.endswith(".toml"):  # noqa: PTH110  as above
            # What is wrong with a data file is told with its words: no other file is looked into.
            what = "is or leads to no file that is called .toml; name a data file"
        elif first is not name:
            other = "" if first == name else f", before as {values.shown(first)}"
            what = f"is named twice{other}; name it once"
        else:
            continue
        yield Problem((*at, "file"), rules.NO_PROGRAMME, f"file: {values.shown(name)} {what}")


def _twice(shared: Iterable[tuple[KeyPath, SharedBody]]) -> Iterator[Problem]:
    """An id is that of one body, and a body of a programme is no more than one of these."""
    ids: set[str] = set()
    taken: dict[str, str] = {}
    for at, one in shared:
        own = one.body.id
        if own in ids:
            message = f'id: an earlier body has the id "{own}"; give this one its own'
            yield Problem((*at, "id"), rules.DUPLICATE_ID, message)
        ids.add(own)
        for index, same in enumerate(one.same_as):
            if taken.setdefault(same, own) != own:
                message = f'same_as: "{same}" is "{taken[same]}" above; name it in one of the two'
                yield Problem((*at, "same_as", index), rules.DUPLICATE_ID, message)


def _missing(named: Mapping[KeyPath, str], file: Path) -> Iterator[Problem]:
    """What to do about each member that is not there."""
    if not named:
        return
    there = [other.name for other in file.parent.glob("*.toml") if other != file]
    for at, name in named.items():
        if os.path.islink(file.parent / name):  # noqa: PTH114  as above
            what = "is a link that leads to no file; mend the link, or take the member out"
            message = f"file: {values.shown(name)} {what}"
        else:
            hint = did_you_mean(name, there) or "; mend the name, or take the member out"
            message = f"file: there is no file {values.shown(name)}{hint}"
        yield Problem((*at, "file"), rules.NO_PROGRAMME, message)


# --- between programmes ---------------------------------------------------------------------------


def _dead_bodies(
    shared: Iterable[tuple[KeyPath, SharedBody]], members: Iterable[Programme]
) -> Iterator[Problem]:
    known = {f"{member.id}/{body.id}" for member in members for body in member.bodies}
    for at, one in shared:
        for index, same in enumerate(one.same_as):
            if same not in known:
                hint = did_you_mean(same, known) or "; mend it, or take it out"
                message = f'same_as: there is no body "{same}"{hint}'
                yield Problem((*at, "same_as", index), rules.DEAD_LINK, message)


def _dead_ends(members: Sequence[Programme], *, whole: bool = False) -> Iterator[Finding]:
    """What took the place of a promise, by its own word, and is not where it is said to be.

    Of a programme that is not among these nothing is known, unless they are the whole.
    """
    links = [
        (member, milestone, by)
        for member in members
        for milestone in member.milestones
        if (by := replacement(milestone)) is not None and is_elsewhere(by)
    ]
    homes = {by.partition("/")[0] for _, _, by in links}
    known = {
        member.id: {milestone.full_id for milestone in member.milestones}
        for member in members
        if member.id in homes
    }
    others = functools.cache(lambda own: tuple(one.id for one in members if one.id != own))
    for member, milestone, by in links:
        home, _, own = by.partition("/")
        if home in known and own not in known[home]:
            hint = did_you_mean(own, known[home]) or "; name another, or write the reason"
            message = f'by: there is no milestone "{own}" in the programme "{home}"{hint}'
        elif home not in known and whole:
            hint = (
                did_you_mean(home, others(member.id))
                or "; add it to the portfolio, or write the reason"
            )
            message = f'by: there is no programme "{home}"{hint}'
        else:
            continue
        yield Finding(
            rule=rules.DEAD_LINK,
            message=f"{milestone.full_id} is replaced {message}",
            location=Location(path=member.path, line=milestone.line),
        )


def _same_bodies(members: Iterable[Programme], shared: Iterable[SharedBody]) -> Iterator[Finding]:
    """Bodies of one name in several programmes, of which nobody says whether they are one."""
    decided = {same for one in shared for same in one.same_as}
    by_name: defaultdict[tuple[str, str], dict[str, Programme]] = defaultdict(dict)
    names: dict[str, str] = {}
    places: dict[str, KeyPath] = {}
    for member in members:
        for index, body in enumerate(member.bodies):
            own = f"{member.id}/{body.id}"
            names[own], places[own] = str(body.name), ("body", index)
            for tag, name in body.name.pairs:
                language = tag.lower().partition("-")[0]
                by_name[language, name.casefold()][own] = member
    lines = functools.cache(_lines_of)  # those of a file are read once, whatever is told of it
    told: set[tuple[str, ...]] = set()
    for homes in by_name.values():
        ids = tuple(homes)
        if len({home.id for home in homes.values()}) == 1 or decided.issuperset(ids) or ids in told:
            continue
        told.add(ids)
        newest = next(own for own in reversed(ids) if own not in decided)
        path = homes[newest].path
        yield Finding(
            rule=rules.SAME_BODY,
            message=f'"{names[newest]}" is {_listed(ids)}: {_SAY_SO}',
            location=Location(path=path, line=lines(path).get(places[newest])),
        )


def _lines_of(path: str) -> Mapping[KeyPath, int]:
    """Return where the tables of a file stand; by now it may be gone, or another."""
    file = Path(path)
    with contextlib.suppress(OSError, InvalidData):
        if file.is_file():  # a pipe would be waited for
            return table_lines(parsed(file.read_bytes(), path)[1])
    return {}


_SAY_SO = (
    "say in portfolio.toml whether they are one, in same_as of one [[body]], or of one for each"
)
_MOST_NAMED = 4


def _listed(ids: Sequence[str]) -> str:
    if len(ids) <= _MOST_NAMED:
        return f"{', '.join(ids[:-1])} and {ids[-1]}"
    return f"{', '.join(ids[:_MOST_NAMED])} and {len(ids) - _MOST_NAMED} more"
