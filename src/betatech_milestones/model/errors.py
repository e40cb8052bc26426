"""What this library raises, and how its messages help on."""

from collections.abc import Iterable

from betatech_milestones.model.rules import Rule


class BetatechError(Exception):
    """Whatever this library raises of its own; the message says what would be right."""

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle without calling the constructor: not every one of them takes the same."""
        return _unpickled, (type(self), self.args, self.__dict__)


def _unpickled(
    kind: type[BaseException], args: tuple[object, ...], state: dict[str, object]
) -> BaseException:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class BadValue(BetatechError, ValueError):  # noqa: N818  the name says what it is
    """A value that a record or a function cannot take, and the rule of `check` that it breaks."""

    def __init__(self, rule: Rule, message: str) -> None:
        super().__init__(message)
        self.rule = rule


class UnknownId(BetatechError, LookupError):  # noqa: N818  the same
    """An id that the programme does not have; the message names the nearest one it has."""


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return `; did you mean "x"?`, or nothing where no known name is near."""
    import difflib

    near = difflib.get_close_matches(wrong, list(known), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""
