"""Many parts of a site, made by as many processes as the machine has processors.

A process that the system splits in two has read and reckoned already what all parts need. What was
made comes back through a pipe, and one process alone writes: the others hold nothing that would
outlive it, and end when it does.
"""

import contextlib
import signal
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait

from betatech_milestones.datafile.system import processors, splitting, threads
from betatech_milestones.website.parts import Part

_Made = tuple[int, dict[str, bytes]]


def processes() -> int:
    """Return how many processes may make parts: one where none can be split off safely.

    A split carries over one thread of several, with the locks that the others held. Where nobody
    can tell how many there are, no process is split.
    """
    return processors() if threads() == 1 else 1


def made(parts: Sequence[Part], hands: int) -> Iterator[tuple[Part, dict[str, bytes]]]:
    """Yield each part with its files by path: in their order, unless several processes make them.

    Raises what a maker does, and `ChildProcessError` where a process did not live to make them.
    """
    if hands < 2:  # noqa: PLR2004  two are several
        for part in parts:
            yield part, part.made()
        return
    context = splitting()
    at_work = {}
    try:
        for first in range(hands):
            receiver, sender = context.Pipe(duplex=False)
            numbers = range(first, len(parts), hands)
            hand = context.Process(target=_work, args=(parts, numbers, receiver, sender))
            hand.start()
            sender.close()
            at_work[receiver] = hand
        for number, files in _received([*at_work]):
            yield parts[number], files
    finally:
        for receiver, hand in at_work.items():
            receiver.close()
            hand.terminate()
            hand.join()


def _received(receivers: list[Connection]) -> Iterator[_Made]:
    """Yield what comes, until each has told that there is no more."""
    while receivers:
        for receiver in wait(receivers):
            assert isinstance(receiver, Connection)
            try:
                told: _Made | Exception | None = receiver.recv()
            except EOFError:
                message = "a process that makes pages was ended; is there too little memory?"
                raise ChildProcessError(message) from None
            if isinstance(told, Exception):
                raise told
            if told is None:
                receivers.remove(receiver)
            else:
                yield told


def _work(
    parts: Sequence[Part], numbers: Sequence[int], receiver: Connection, sender: Connection
) -> None:
    """Make some parts and send them; leave when nobody is there any more to receive them."""
    receiver.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a key pressed: the first process ends the others
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(BrokenPipeError):
        try:
            for number in numbers:
                sender.send((number, parts[number].made()))
            sender.send(None)
        except BrokenPipeError:
            raise
        except Exception as error:  # noqa: BLE001  it is raised where it can be told
            sender.send(error)
