"""Change the package in one place at a time, and look whether a test notices.

The changes are those of mutmut, with the negated condition beside them; its runner is not used, as
it changes no table, no class body and no decorated function, and collects the tests anew for each
change. Here the tests are collected once and the process forks for each change: what is changed in
a function replaces the code of that function, and the tests that reach the line are run, those that
reach least and take least first. What is changed outside of functions is imported anew, with the
test files that reach the module.

`tests/mutants.toml` says which changes are not made, and which ones no test can notice. Results are
kept in `.mutants`, a line for each change: a run goes on where the one before it stopped.
"""

import argparse
import ast
import contextlib
import functools
import gc
import hashlib
import importlib
import importlib.machinery
import importlib.util
import itertools
import json
import math
import os
import re
import resource
import signal
import sys
import time
import tomllib
import traceback
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import attrs
import hypothesis
import libcst as cst
import pytest
from coverage import Coverage
from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider
from mutmut.mutation.mutators import mutation_operators

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "src" / "betatech_milestones"
ROOMS = ("model", "analysis", "calendars", "datafile", "language")
GOAL = 97
"""Of a hundred changes that a test can notice, so many at least are noticed."""

KILLED, TIMED_OUT, SURVIVED, UNREACHED = "killed", "timed out", "survived", "unreached"
EQUIVALENT, ACCEPTED = "equivalent", "accepted"
"""Survivors in `tests/mutants.toml`: no test can tell, or none needs to."""
NOT_RUN = "not run"

SECONDS_OF_TESTS = 10.0
"""The tests that are run for one change take so long, at most, when nothing is changed."""
SECONDS_AT_MOST = 5.0
"""A test that computes so much longer than it takes otherwise is stopped: it hangs."""
SECONDS_OF_FORK = 120
"""After so long no further test is begun: the change survives."""
BYTES_AT_MOST = 6 * 2**30

# What starts processes, or looks at files, at texts and at pictures, sees no change or none soon.
_LEFT_OUT = (
    *("api", "architecture", "browser", "body_page", "catalogue", "catalogues", "ci", "docs"),
    *("face", "figures_page", "firefox", "house", "packaging", "picker", "pictures"),
    *("portfolio_browser", "register_browser", "serve", "serve_browser", "startup", "tombi"),
    *("data_frames", "charts_browser", "examples", "bad_sites", "hands", "parts"),
    *("publish", "packed", "mend", "search", "strip", "registers"),
    *("workbook", "tables_xlsx", "tables_sheets", "sheet", "import_table", "questions"),
)
_ARGUMENTS = (
    *("-q", "-x", "--no-header", "--tb=no", "-p", "no:cacheprovider"),
    *("-p", "no:xdist", "-m", "not slow and not browser", "--hypothesis-profile=mutants"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
    *(f"--ignore=tests/test_{name}.py" for name in _LEFT_OUT),
)

hypothesis.settings.register_profile(
    "mutants",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=25,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    suppress_health_check=list(hypothesis.HealthCheck),
)


# --- the changes ----------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Mutant:
    """One change: the lines that it touches, before and after."""

    module: str
    line: int
    statement: tuple[int, int]
    """The first and the last line of the statement that it is in."""
    was: str
    now: str
    count: int
    """How often the same change stands further up in the module."""
    around: str
    """A fingerprint of the function, class or table that it is in."""
    function: tuple[str, int] | None
    """The qualified name and first line of the outermost function that it is in."""
    edit: tuple[int, int, str] = attrs.field(repr=False)
    """Where the replaced text begins and ends in the module, and what stands there instead."""

    @property
    def key(self) -> str:
        return json.dumps([self.module, self.was, self.now, self.count, self.around])

    @property
    def order(self) -> bytes:
        """By which changes stand in an order that is random, and always the same."""
        return hashlib.sha256(self.key.encode()).digest()

    @property
    def path(self) -> Path:
        return PACKAGE / self.module

    def code(self) -> CodeType | None:
        """Return the module with the change in it, or none where that is no Python."""
        source = self.path.read_text(encoding="utf-8")
        start, end, text = self.edit
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `"text" is not None`
            try:
                return compile(source[:start] + text + source[end:], str(self.path), "exec")
            except SyntaxError:
                return None

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.was}\n    -> {self.now}"


def _negated(condition: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    """Yield the opposite of a bare condition: mutmut changes comparisons, `and`, `or` and `not`."""
    if isinstance(condition, cst.Name | cst.Attribute | cst.Call | cst.NamedExpr):
        yield cst.parse_expression(f"not ({_NOTHING.code_for_node(condition)})")


_NOTHING = cst.Module([])
_UNCHANGED_CALLS = {"len", "isinstance", "cast", "TypeVar"}
"""Calls that fail with anything else, or say something to type checkers alone."""


def _is_passed_over(node: cst.CSTNode) -> bool:
    """Whether nothing in a part of the code is changed: nothing runs it, or mutmut does not."""
    if isinstance(node, cst.If):
        return "TYPE_CHECKING" in _NOTHING.code_for_node(node.test)
    if isinstance(node, cst.Call):
        return isinstance(node.func, cst.Name) and node.func.value in _UNCHANGED_CALLS
    return isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom)


class _Changes(cst.CSTVisitor):  # type: ignore[misc]  # it may not be there to be looked at
    """Collects the changes of a module as `(node that is replaced, replacement, function)`."""

    METADATA_DEPENDENCIES = (PositionProvider, ParentNodeProvider)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[cst.CSTNode, cst.CSTNode, tuple[str, int] | None]] = []
        self.statements: dict[int, tuple[int, int]] = {}
        """The first and last line of the statement of each line."""
        self._names: list[str] = []
        self._function: tuple[str, int] | None = None
        self._outermost: cst.FunctionDef | None = None

    def on_visit(self, node: cst.CSTNode) -> bool:
        if _is_passed_over(node):
            return False
        if isinstance(node, cst.ClassDef | cst.FunctionDef):
            self._names.append(node.name.value)
        if isinstance(node, cst.SimpleStatementLine):
            span = self.get_metadata(PositionProvider, node)
            whole = (span.start.line, span.end.line)
            self.statements |= dict.fromkeys(range(whole[0], whole[1] + 1), whole)
        parent = self.get_metadata(ParentNodeProvider, node, None)
        if self._outermost is None and isinstance(parent, cst.FunctionDef) and parent.body is node:
            first = parent.decorators[0] if parent.decorators else parent
            line = self.get_metadata(PositionProvider, first).start.line
            self._outermost, self._function = parent, (".".join(self._names), line)
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                for changed in operator(node):
                    if not _is_other_case(node, changed):
                        self.found.append((node, changed, self._function))
        if isinstance(node, cst.If | cst.While | cst.CompIf):
            self.found += [(node.test, changed, self._function) for changed in _negated(node.test)]
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.ClassDef | cst.FunctionDef):
            self._names.pop()
        if original_node is self._outermost:
            self._outermost = self._function = None


def _is_other_case(node: cst.CSTNode, changed: cst.CSTNode) -> bool:
    """Whether a string is changed in its case alone: a test sees that as it sees other letters."""
    if isinstance(node, cst.SimpleString) and isinstance(changed, cst.SimpleString):
        return bool(node.value.casefold() == changed.value.casefold())
    return False


def mutants(path: Path, left_out: Sequence[re.Pattern[str]] = ()) -> list[Mutant]:
    """Return the changes of a module, in the order of its lines.

    Left out are those that are none but for what one of some patterns finds.
    """
    module = path.relative_to(PACKAGE).as_posix()
    source = path.read_text(encoding="utf-8")
    starts = [0, *itertools.accumulate(map(len, source.splitlines(keepends=True)))]
    fingerprints = dict(_fingerprints(source))
    wrapper = MetadataWrapper(cst.parse_module(source))
    positions = wrapper.resolve(PositionProvider)
    visitor = _Changes()
    wrapper.visit(visitor)
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for node, changed, function in visitor.found:
        span = positions[node]
        first, last = span.start.line, span.end.line
        place = (starts[first - 1] + span.start.column, starts[last - 1] + span.end.column)
        edit = _edit(source, place, wrapper.module, node, changed)
        new = source[: edit[0]] + edit[2] + source[edit[1] :]
        was = " ".join(source[starts[first - 1] : starts[last]].split())
        now = " ".join(new[starts[first - 1] : starts[last] + len(new) - len(source)].split())
        if was == now or any(one.sub("", was) == one.sub("", now) for one in left_out):
            continue
        found.append(
            Mutant(
                module=module,
                line=first,
                statement=visitor.statements.get(first, (first, last)),
                was=was,
                now=now,
                count=seen[was, now],
                around=fingerprints[first],
                function=function,
                edit=edit,
            )
        )
        seen[was, now] += 1
    return sorted(found, key=lambda mutant: mutant.line)


def _fingerprints(source: str) -> Iterator[tuple[int, str]]:
    """Yield each line with a fingerprint of the function, class or statement that it is in."""
    lines = source.splitlines()
    for node in ast.parse(source).body:
        decorators = node.decorator_list if isinstance(node, ast.FunctionDef | ast.ClassDef) else []
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
        last = node.end_lineno or first
        digest = hashlib.sha256("\n".join(lines[first - 1 : last]).encode()).hexdigest()[:12]
        yield from ((line, digest) for line in range(first, last + 1))


def _edit(
    source: str,
    place: tuple[int, int],
    module: cst.Module,
    node: cst.CSTNode,
    changed: cst.CSTNode,
) -> tuple[int, int, str]:
    """Return where the text of a node begins and ends, and what is to stand there."""
    start, end = place
    before, after = module.code_for_node(node), module.code_for_node(changed)
    if not isinstance(node, cst.Match):  # the lines of one are indented
        if source[start:end] == before:
            return start, end, after
        if source[start:end] == before.strip():
            return start, end, after.strip()
        if source[start - 1 : end + 1] == before:  # with its brackets
            return start - 1, end + 1, after
    whole = cst.ensure_type(module.deep_replace(node, changed), cst.Module)
    return 0, len(source), whole.code


# --- which test reaches what ----------------------------------------------------------------------


class Reached:
    """Which tests reach which line, and how long they take."""

    def __init__(self, written: dict[str, Any]) -> None:
        self.seconds: dict[str, float] = written["seconds"]
        self._tests = list(self.seconds)
        self._lines = {
            module: {int(line): int(mask, 16) for line, mask in lines.items()}
            for module, lines in written["lines"].items()
        }
        self._known: dict[tuple[str, int, int], list[str]] = {}
        self._weights = Counter[int]()
        for lines in self._lines.values():
            for mask in lines.values():
                self._weights.update(_bits(mask))

    def tests(self, module: str, first: int, last: int) -> list[str]:
        """Return the tests that reach one of the lines, the likeliest and quickest first."""
        if (module, first, last) not in self._known:
            mask = 0
            for line in range(first, last + 1):
                mask |= self._lines.get(module, {}).get(line, 0)
            found = sorted(_bits(mask), key=lambda i: (self._cost(i) * self._weights[i], i))
            self._known[module, first, last] = [self._tests[i] for i in found]
        return self._known[module, first, last]

    def of_module(self, module: str) -> list[str]:
        return self.tests(module, 1, max(self._lines.get(module, {0: 0})))

    def within(self, tests: Iterable[str], seconds: float) -> list[str]:
        """Return as many of the first tests as are run in so many seconds."""
        found = []
        for test in tests:
            seconds -= self.seconds[test] + 0.002
            if seconds < 0:
                break
            found.append(test)
        return found

    def _cost(self, test: int) -> float:
        return self.seconds[self._tests[test]] + 0.002


def _bits(mask: int) -> list[int]:
    return [m.start() for m in re.finditer("1", f"{mask:b}"[::-1])]


def _fork(work: Callable[[Callable[[str], None]], int], seconds: float | None) -> tuple[int, str]:
    """Do some work in a fork of this process; return the status and what it said.

    A negative status is the signal that ended it. What it has started ends with it.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.setpgid(0, 0)
            os.close(reader)
            if seconds is not None:
                nothing = os.open(os.devnull, os.O_RDWR)
                for stream in (0, 1, 2):
                    os.dup2(nothing, stream)
                signal.signal(signal.SIGALRM, signal.SIG_DFL)
                signal.setitimer(signal.ITIMER_REAL, seconds)
                resource.setrlimit(resource.RLIMIT_AS, (BYTES_AT_MOST, BYTES_AT_MOST))
            status = work(lambda text: _write(writer, text))
        except BaseException:  # noqa: BLE001 - the fork ends here, whatever it is
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as said:
        text = said.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    return status, text


def _write(writer: int, text: str) -> None:
    with os.fdopen(os.dup(writer), "w", encoding="utf-8") as file:
        file.write(text)


def _failing(items: Sequence[pytest.Item], seconds: dict[str, float]) -> str | None:
    """Run tests until one fails, and return its name."""
    from _pytest.runner import runtestprotocol

    end = time.monotonic() + SECONDS_OF_FORK
    for item, after in zip(items, [*items[1:], None], strict=True):
        if time.monotonic() > end:
            break
        limit = SECONDS_AT_MOST + 20 * seconds.get(item.nodeid, 10)
        signal.setitimer(signal.ITIMER_PROF, limit)
        signal.setitimer(signal.ITIMER_REAL, 10 * limit)  # it waits, or the machine is busy
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=after)):
            return item.nodeid
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    return None


class _Measure:
    """Runs every test once, and writes down which lines each reaches."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        from _pytest.runner import runtestprotocol

        coverage = Coverage(data_file=None, include=[f"{PACKAGE}/*"], config_file=False)
        coverage.start()
        seconds = {}
        for item, after in zip(session.items, [*session.items[1:], None], strict=True):
            coverage.switch_context(item.nodeid)
            begun = time.perf_counter()
            reports = runtestprotocol(item, log=False, nextitem=after)
            if all(report.passed for report in reports):
                seconds[item.nodeid] = round(time.perf_counter() - begun, 4)
            elif any(report.failed for report in reports):
                print(f"fails though nothing is changed, and is left out: {item.nodeid}")
                for report in reports:
                    if report.failed:
                        print(str(report.longrepr)[-600:])
        coverage.stop()
        numbers = {test: number for number, test in enumerate(seconds)}
        data = coverage.get_data()
        lines: dict[str, dict[int, str]] = {}
        for file in data.measured_files():
            module = Path(file).relative_to(PACKAGE).as_posix()
            lines[module] = {
                line: f"{sum(1 << numbers[test] for test in tests if test in numbers):x}"
                for line, tests in data.contexts_by_lineno(file).items()
            }
        self._path.write_text(json.dumps({"seconds": seconds, "lines": lines}), encoding="utf-8")
        return True


# --- running them ---------------------------------------------------------------------------------


class Results:
    """What became of each change, in a file to which every fork adds a line."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.verdicts: dict[str, str] = {}
        self.read()

    def read(self) -> None:
        if self._file.exists():
            for line in self._file.read_text(encoding="utf-8").splitlines():
                key, verdict, *_ = json.loads(line)
                self.verdicts[key] = verdict

    def note(self, change: Mutant, verdict: str, killer: str = "", begun: float = 0) -> None:
        seconds = round(time.monotonic() - begun, 3) if begun else 0
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps([change.key, verdict, killer, seconds]) + "\n")
        self.verdicts[change.key] = verdict


_NOT_HERE = 3
"""The status of a fork that cannot put the changed code in the place of the other."""


class _InFunctions:
    """Runs the tests of each change that is made in a function: a fork with other code for it."""

    def __init__(self, changes: Sequence[Mutant], reached: Reached, results: Results) -> None:
        self._changes = changes
        self._reached = reached
        self._results = results
        self._items: dict[str, pytest.Item] = {}
        self._functions: defaultdict[tuple[str, str, int], list[FunctionType]] = defaultdict(list)
        self._caches: list[Any] = []
        self._killers: defaultdict[Any, list[str]] = defaultdict(list)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._items = {item.nodeid: item for item in session.items}
        for thing in gc.get_objects():
            if isinstance(thing, FunctionType):
                self._functions[_key(thing.__code__)].append(thing)
            elif isinstance(thing, functools._lru_cache_wrapper):  # noqa: SLF001 - its only name
                self._caches.append(thing)
        gc.freeze()
        for change in self._changes:
            changed = _code_of(change.code(), change.function)
            if changed and self._functions.get(_key(changed)):  # else it is imported anew
                self._run(change, changed)
        return True

    def _run(self, change: Mutant, code: CodeType) -> None:
        tests = self._reached.tests(change.module, *change.statement)
        tests = [test for test in tests if test in self._items]
        if not tests:  # it is reached when a test file is imported, or never
            return
        chosen = self._reached.within(tests, SECONDS_OF_TESTS) or tests[:1]
        killers = self._killers[change.module, change.function]
        chosen = list(dict.fromkeys([*(test for test in killers[-3:] if test in chosen), *chosen]))

        def work(say: Callable[[str], None]) -> int:
            try:
                for part in _parts(code):
                    for function in self._functions.get(_key(part), ()):
                        function.__code__ = part
            except ValueError:  # it uses other names of the function around it
                return _NOT_HERE
            for cache in self._caches:
                cache.cache_clear()
            killer = _failing([self._items[test] for test in chosen], self._reached.seconds)
            say(killer or "")
            return 1 if killer else 0

        begun = time.monotonic()
        status, killer = _fork(work, 10 * SECONDS_OF_FORK)
        if killer and killer not in killers:
            killers.append(killer)
        if status != _NOT_HERE:
            self._results.note(change, _verdict(status), killer, begun)


def _verdict(status: int) -> str:
    if status in {-signal.SIGALRM, -signal.SIGPROF}:
        return TIMED_OUT
    return KILLED if status else SURVIVED


def _key(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _parts(code: CodeType) -> Iterator[CodeType]:
    """Yield a code and those of the functions in it, of which some are there already.

    Of several on one line nobody can tell which is which: they stay what they are.
    """
    yield code
    inner = [part for part in code.co_consts if isinstance(part, CodeType)]
    times = Counter(map(_key, inner))
    for part in inner:
        if times[_key(part)] == 1:
            yield from _parts(part)


def _code_of(code: CodeType | None, function: tuple[str, int] | None) -> CodeType | None:
    """Return the code of a function in that of its module."""
    for part in () if code is None else code.co_consts:
        if isinstance(part, CodeType):
            if (part.co_qualname, part.co_firstlineno) == function:
                return part
            if found := _code_of(part, function):
                return found
    return None


class _Anew:
    """Puts a changed module in the place of the one that would be imported."""

    def __init__(self, change: Mutant, code: CodeType) -> None:
        parts = ["betatech_milestones", *Path(change.module).with_suffix("").parts]
        self._name = ".".join(part for part in parts if part != "__init__")
        self._path = str(change.path)
        self._code = code

    def find_spec(self, name: str, *_: object) -> Any:
        if name != self._name:
            return None
        code = self._code

        class Loader(importlib.machinery.SourceFileLoader):
            def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002
                return code

        return importlib.util.spec_from_file_location(
            name, self._path, loader=Loader(name, self._path)
        )


class _Chosen:
    """Runs some tests of those that are collected, and the slow ones of some files."""

    def __init__(self, tests: Sequence[str], named: Sequence[str], reached: Reached) -> None:
        self._tests = tests
        self._named = named
        self._seconds = reached.seconds
        self.killer: str | None = None

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:  # the change is seen already when the package or a test file is imported
            os._exit(1)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        found = [items[test] for test in self._tests if test in items]
        found += [
            item
            for item in session.items
            if item.nodeid not in self._seconds and item.nodeid.split("::")[0] in self._named
        ]
        self.killer = _failing(found, self._seconds)
        return True


def _run_anew(change: Mutant, chosen: _Chosen, files: Sequence[str]) -> tuple[str, str]:
    """Run tests in a fork that imports the package with the change in it."""
    code = change.code()
    if code is None:
        return KILLED, "no Python"

    def work(say: Callable[[str], None]) -> int:
        sys.meta_path.insert(0, _Anew(change, code))
        status = pytest.main([*_ARGUMENTS, "-m", "not browser", *files], plugins=[chosen])
        say(chosen.killer or ("" if status in {0, 5} else "it starts no more"))
        return 1 if chosen.killer or status not in {0, 5} else 0

    status, killer = _fork(work, 10 * SECONDS_OF_FORK)
    return _verdict(status), killer


def _tests_anew(
    change: Mutant, reached: Reached, tests_of: dict[str, list[str]]
) -> tuple[list[str], list[str], list[str]]:
    """Return the tests to run for a change that is imported anew, and in which files they are.

    The last are the files that are named after the module, or named for it: what was not measured
    in them, as it is slow, is run as well.
    """
    reaching = list(reached.tests(change.module, *change.statement))
    if not change.function or not reaching:
        reaching += reached.of_module(change.module)
    room, stem = change.module.split("/")[0], Path(change.module).stem
    named = tests_of.get(change.module, tests_of.get(room, []))
    if (HERE / f"test_{stem}.py").exists():
        named = [f"tests/test_{stem}.py", *named]
    often = Counter(test.split("::")[0] for test in reaching[:400]).most_common(3)
    files = list(dict.fromkeys([*named, *(file for file, _ in often)]))
    others = [test for test in reached.seconds if test.split("::")[0] in named]
    tests = [t for t in dict.fromkeys([*reaching, *others]) if t.split("::")[0] in files]
    if not change.function:  # a table is seen by other tests than reach the lines around it
        tests.sort(key=lambda test: reached.seconds[test])
    return reached.within(tests, SECONDS_OF_TESTS), files, named


# --- from the command line ------------------------------------------------------------------------


def _interval(killed: int, of: int) -> str:
    """Return the share killed in percent, and its 95 % interval (Wilson)."""
    if not of:
        return "-"
    z, p = 1.96, killed / of
    middle = (p + z * z / 2 / of) / (1 + z * z / of)
    half = z * math.sqrt(p * (1 - p) / of + z * z / 4 / of / of) / (1 + z * z / of)
    return f"{100 * p:.1f} ({100 * (middle - half):.1f} to {100 * min(1.0, middle + half):.1f})"


def _preload() -> None:
    """Import what the package and the tests use of others, so that no fork has to."""

    def work(say: Callable[[str], None]) -> int:
        pytest.main([*_ARGUMENTS, "--collect-only", "-qqq"])
        own = (str(PACKAGE), str(HERE))
        names = [
            name
            for name, module in list(sys.modules.items())
            if (file := getattr(module, "__file__", None)) and not file.startswith(own)
        ]
        say("\n".join(names))
        return 0

    for name in _fork(work, 300)[1].split():
        try:
            importlib.import_module(name)
        except Exception:  # noqa: BLE001, S112 - it is imported where it is used
            continue


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="mutants.py", description="Change one thing at a time.")
    parser.add_argument("parts", nargs="*", default=ROOMS, help="rooms or modules: model/values")
    parser.add_argument("--share", type=float, default=1.0, help="a random part of the changes")
    parser.add_argument("--folder", type=Path, default=HERE.parent / ".mutants", help="of results")
    parser.add_argument("--measure", action="store_true", help="which test reaches what, anew")
    parser.add_argument("--again", action="store_true", help="run the survivors again")
    parser.add_argument("--report", action="store_true", help="run nothing, print the results")
    options = parser.parse_args(arguments)
    os.chdir(HERE.parent)
    os.environ["CI"] = "1"  # the same examples each time
    scratch = options.folder.resolve() / "tmp"
    scratch.mkdir(parents=True, exist_ok=True)
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(scratch)
    table = tomllib.loads((HERE / "mutants.toml").read_text(encoding="utf-8"))
    changes = _changes(options.parts, table, options.share)
    results = Results(options.folder / "results.jsonl")
    if options.again:
        for change in changes:
            if results.verdicts.get(change.key) in {SURVIVED, UNREACHED}:
                del results.verdicts[change.key]
    if not options.report:
        measured = options.folder / "reached.json"
        if options.measure or not measured.exists():
            measure = _Measure(measured)
            _fork(lambda _: int(pytest.main([*_ARGUMENTS], plugins=[measure])), None)
        reached = Reached(json.loads(measured.read_text(encoding="utf-8")))
        _run(changes, results, reached, table.get("tests", {}))
    return _print(changes, results.verdicts, table)


def _changes(parts: Iterable[str], table: dict[str, Any], share: float) -> list[Mutant]:
    left_out = [re.compile(entry["pattern"]) for entry in table.get("left_out", [])]
    found = []
    for part in parts:
        path = PACKAGE / part
        files = sorted(path.glob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
        for file in files:
            all_of_file = mutants(file, left_out)
            number = math.ceil(len(all_of_file) * share)
            # A larger share has the smaller one in it.
            found += sorted(all_of_file, key=lambda change: change.order)[:number]
    return found


def _run(
    changes: Sequence[Mutant],
    results: Results,
    reached: Reached,
    tests_of: dict[str, list[str]],
) -> None:
    """Run what has no result yet; what survives in a function is imported anew as well."""
    # What is done when one stops is a random part of all.
    in_order = sorted(changes, key=lambda change: change.order)
    waiting = [change for change in in_order if change.key not in results.verdicts]
    if functions := [change for change in waiting if change.function]:
        plugin = _InFunctions(functions, reached, results)
        _fork(lambda _: int(pytest.main([*_ARGUMENTS], plugins=[plugin])), None)
        results.read()
    survivors = [c for c in waiting if results.verdicts.get(c.key) == SURVIVED]
    others = [c for c in waiting if c.key not in results.verdicts]
    _preload()
    for change in [*survivors, *others]:
        begun = time.monotonic()
        tests, files, named = _tests_anew(change, reached, tests_of)
        verdict, killer = UNREACHED, ""
        # A file that is named for the module sees most, alone and soon.
        for some in dict.fromkeys([*((file,) for file in named), tuple(files)]):
            if some and verdict in {UNREACHED, SURVIVED}:
                chosen = _Chosen(tests, named, reached)
                verdict, killer = _run_anew(change, chosen, some)
        results.note(change, verdict, killer, begun)


def _print(changes: Sequence[Mutant], results: dict[str, str], table: dict[str, Any]) -> int:
    """Print the survivors that are not listed and the figures of each room; return the status."""
    listed = {
        (entry["module"], entry["was"], now): EQUIVALENT if "equivalent" in entry else ACCEPTED
        for entry in table.get("survivor", [])
        for now in entry["now"]
    }
    figures: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for change in changes:
        verdict = results.get(change.key, NOT_RUN)
        if verdict in {SURVIVED, UNREACHED}:
            verdict = listed.get((change.module, change.was, change.now), SURVIVED)
            if verdict == SURVIVED:
                print(f"survives: {change}")
        figures[change.module.split("/")[0]][verdict] += 1
    figures["all"] = sum(figures.values(), Counter())
    columns = (KILLED, TIMED_OUT, EQUIVALENT, ACCEPTED, SURVIVED, NOT_RUN)
    print("", *(f"{name:>10}" for name in ("room", *columns)), "   killed in a hundred", sep="  ")
    is_enough = True
    for name, counts in figures.items():
        killed = counts[KILLED] + counts[TIMED_OUT]
        noticeable = killed + counts[ACCEPTED] + counts[SURVIVED]
        numbers = (f"{counts[column]:>10}" for column in columns)
        print("", f"{name:>10}", *numbers, f"   {_interval(killed, noticeable)}", sep="  ")
        is_enough = is_enough and not counts[SURVIVED] and 100 * killed >= GOAL * noticeable
    return 0 if is_enough else 1


if __name__ == "__main__":
    sys.exit(main())
