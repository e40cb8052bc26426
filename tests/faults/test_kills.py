"""Whoever is killed leaves the old whole or the new, and is in nobody's way."""

import itertools
import random
import signal
import subprocess
import time

import pytest

from faults import strace
from faults.commands import (
    BEGUN,
    COMMAND,
    ENVIRONMENT,
    NEW,
    OLD,
    Ended,
    Place,
    next_run,
    run,
    tree,
)
from faults.conftest import Tally, Turns

_SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
_STOOD = {
    OLD: "the old stood",
    NEW: "the new stood",
    BEGUN: "some files stood, each of them whole",
}


def _wrong(at: Place, ended: Ended, sent: signal.Signals) -> tuple[str, str]:
    """Return what stood after a kill, and what is wrong with that or with the next run."""
    if ended.code not in (0, 128 + sent):
        return "", f"it ended with {ended.code}: {ended.said}"
    if "Traceback" in ended.said and "betatech_milestones" in ended.said:
        return "", ended.said  # before our code runs, it is the interpreter that speaks
    seen, _ = at.parts(tree(at.folder))
    stood = at.stands(seen)
    if stood not in _STOOD:
        return "", stood
    if ended.code == 0 and stood != NEW:
        return "", "it ended with 0, and the new does not stand"
    return stood, next_run(at, stood)


@pytest.mark.traced
def test_a_kill_at_any_call(at: Place, chance: random.Random, turns: Turns, tally: Tally) -> None:
    """A process that is killed as it asks something of the system leaves the old or the new."""
    kills = list(itertools.product(strace.calls(at), _SIGNALS))
    chance.shuffle(kills)
    wrong = []
    for (call, sent), _ in zip(kills, turns, strict=False):
        ended, happened = strace.run_with(f"signal={sent.name}", call, at)
        stood, problem = _wrong(at, ended, sent)
        if problem:
            wrong.append(f"{sent.name} at {call.line}: {problem}")
        tally[f"{sent.name} at a chosen call", _STOOD.get(stood, "WRONG")] += 1
        if not happened:
            wrong.append(f"{sent.name} at {call.line}: it never came to that")
    assert not wrong, "\n".join(wrong)


def test_a_kill_at_any_moment(at: Place, chance: random.Random, turns: Turns, tally: Tally) -> None:
    """A process that is killed at any moment leaves the old or the new."""
    folder = at.fresh()
    began = time.monotonic()
    run(folder, *at.command.arguments)
    span = time.monotonic() - began
    wrong = []
    for _ in turns:
        at.fresh()
        sent = chance.choice(_SIGNALS)
        after_seconds = chance.uniform(span / 3, span)  # before, it is no more than an interpreter
        with subprocess.Popen(
            [COMMAND, *at.command.arguments],
            cwd=folder,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            time.sleep(after_seconds)
            process.send_signal(sent)
            _, said = process.communicate()
        code = process.returncode
        ended = Ended(code=128 - code if code < 0 else code, said=said)
        stood, problem = _wrong(at, ended, sent)
        if problem:
            wrong.append(f"{sent.name} after {after_seconds:.3f} s: {problem}")
        tally[f"{sent.name} at any moment", _STOOD.get(stood, "WRONG")] += 1
    assert not wrong, "\n".join(wrong)
