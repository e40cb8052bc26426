"""What tables call things by, and what ids are made of it.

A table calls a ministry by its name, and a programme by its id. Two editions write the same name
with other capitals or spaces; those make no difference here, and nothing else is guessed.
"""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

import attrs

from betatech_milestones.model import values
from betatech_milestones.model.records import Body, Cluster, Sector, Texts


def body(id_: str, name: Texts) -> Body:
    return Body(id=id_, name=name)


def cluster(id_: str, name: Texts) -> Cluster:
    return Cluster(id=id_, title=name)


def sector(id_: str, name: Texts) -> Sector:
    return Sector(id=id_, title=name)


Named = TypeVar("Named", Body, Cluster, Sector)


@attrs.define
class Register(Generic[Named]):
    """What a programme has of one sort that tables call by its id or by its name."""

    language: str
    make: Callable[[str, Texts], Named]
    by_id: dict[str, Named]
    by_name: dict[str, Named]
    formerly: dict[str, Named]
    """By the ids that they had before."""

    @classmethod
    def of(
        cls, records: Iterable[Named], language: str, make: Callable[[str, Texts], Named]
    ) -> "Register[Named]":
        """Begin with those that are there."""
        by_id: dict[str, Named] = {}
        by_name: dict[str, Named] = {}
        formerly: dict[str, Named] = {}
        for record in records:
            by_id[record.id] = record
            for _, name in _names(record).pairs:
                by_name.setdefault(bare(name), record)
            if isinstance(record, Body):
                formerly.update(dict.fromkeys(record.formerly, record))
        return cls(language=language, make=make, by_id=by_id, by_name=by_name, formerly=formerly)

    def copy(self) -> "Register[Named]":
        """Return another that has the same, and may get more."""
        return attrs.evolve(self, by_id={**self.by_id}, by_name={**self.by_name})

    @property
    def all(self) -> tuple[Named, ...]:
        """Those that were there, and the new ones."""
        return tuple(self.by_id.values())

    def find(self, written: str) -> Named | None:
        """Return what is called so."""
        name = bare(written)
        return self.by_id.get(name) or self.by_name.get(name) or self.formerly.get(name)

    def called(self, written: str) -> Named:
        """Return what is called so; a new one where nothing is."""
        found = self.find(written)
        if found is None:
            id_ = values.free(slug(written), {*self.by_id, *self.formerly})
            found = self.make(id_, Texts(((self.language, " ".join(written.split())),)))
            self.by_id[id_] = self.by_name[bare(written)] = found
        return found


def _names(record: Body | Cluster | Sector) -> Texts:
    return record.name if isinstance(record, Body) else record.title


def bare(text: str) -> str:
    """Return a text without what two editions of a table may write in different ways."""
    return " ".join(text.casefold().split())


def slug(text: str) -> str:
    """Return the id that a text makes, never nothing: of long words, as much as an id may have."""
    short, made = values.slug(text), values.slug(text, longest=None)
    if len(short) < len(made) and len(short) <= values.LONGEST_ID // 2:
        short = made[: values.LONGEST_ID].strip("-")
    return short or "x"
