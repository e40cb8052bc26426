"""Publication of a site in a folder.

What stands there already as it is to be is neither made nor touched.
"""

import datetime as dt
import os
from collections.abc import Collection
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from betatech_milestones.datafile.load import no_collector
from betatech_milestones.model.dates import day as a_day
from betatech_milestones.model.records import Programme
from betatech_milestones.website.folder import foreign, place_of, replace_folder
from betatech_milestones.website.noted import Look, look_at
from betatech_milestones.website.parts import digest_of, setting
from betatech_milestones.website.publication import (
    BY_PART,
    Publication,
    Refused,
    alone_in,
    kept_beside,
    large_feeds,
)

if TYPE_CHECKING:
    from betatech_milestones.calendars.items import Placement


@no_collector()
def publish(
    programme: Programme,
    day: dt.date | str,
    folder: str | os.PathLike[str],
    *,
    placement: "Placement | str" = "deadline",
    since: dt.date | str | None = None,
    address: str | None = None,
    languages: Collection[str] | None = None,
    previous: str | os.PathLike[str] | None = None,
    force: bool = False,
) -> Publication:
    """Publish a site in a folder, as the next edition of the one that stands there.

    Only what differs from that is made, and all else is left as it is. `languages` are those in
    which it speaks; all of the programme if they are left out. `previous` is another folder
    with the edition to go on from. Raises `Refused` where subscribers would lose something, unless
    forced to, the `OSError` of what cannot be read, written or replaced, and what `site` does; the
    folder then is as it was.
    """
    options = placement, since, address, languages and [*languages]
    inputs = _inputs(programme, a_day(day), *options)
    target = place_of(Path(folder))
    with alone_in(target):
        seen = look_at(target, inputs) if inputs is not None and previous is None else None
        if seen is not None and seen.is_noted:
            return _as_it_stands(seen, Path(folder))
        # What makes a site is loaded where one may have to be made.
        from betatech_milestones.voice import in_languages
        from betatech_milestones.website.prepared import prepare
        from betatech_milestones.website.site import Settings

        site = prepare(
            programme if languages is None else in_languages(programme, languages),
            a_day(day),
            Path(folder),
            Settings(placement=placement, since=since, address=address),
            previous=None if previous is None else Path(previous),
            untouched=seen.octets if seen is not None and seen.is_untouched else None,
        )
        if site.refusals and not force:
            raise Refused(site.refusals)
        if site.stands:
            left_alone = [*foreign(target, site.made, site.made)]
        else:
            left_alone = replace_folder(target, site.files(), site.made)
            made = None if inputs is None else look_at(target, inputs)
            seen = made if made is not None and made.follows(seen) else None
        if seen is not None:
            seen.keep()
        return site.publication(left_alone)


def _inputs(programme: Programme, *options: object) -> str | None:
    """Return the digest of all that a site is made of; None where no text tells the programme."""
    if programme.text is None:
        return None
    text = digest_of(programme.text.encode(errors="surrogatepass"))
    return setting(text, PurePath(programme.path).name, *options)


def _as_it_stands(seen: Look, folder: Path) -> Publication:
    """Return what was published where nothing was."""
    return Publication(
        files=len(seen.octets),
        feeds=sum(path.endswith(".ics") for path in seen.octets),
        changed=0,
        left_alone=seen.left_alone,
        warnings=(*large_feeds(seen.octets, folder, BY_PART), *kept_beside(folder)),
    )
