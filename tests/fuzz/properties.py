"""What holds of any document: each property is a function of a folder, in one table.

A property returns whether it came to the point: a document that is refused has no feeds to read
back. `test_fuzz.py` tries each with some examples and with the corpus, `campaign.py` goes on for as
long as it is told to, and `properties_fuzzer.py` lets coverage guide what is tried.
"""

import contextlib
import csv
import datetime as dt
import importlib
import io
import itertools
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args
from xml.etree import ElementTree as ET

import attrs
import documents
import icalendar
import spreadsheets
import tomli
from click.testing import CliRunner
from documents import DATA, DAY, Folder
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from programmes import PROGRAMME
from strategies import plain, written
from test_edtf import ENDS_IN_WINTER, second_opinion, second_opinion_has_none
from test_schema import BEYOND_A_SCHEMA, as_json
from test_schema import VALIDATOR as DATA_FILE
from trees import Tree
from twin import digest_by_twin, digest_of_all

import betatech_milestones
from betatech_milestones import (
    LANGUAGES,
    MAPPINGS,
    RULES,
    BetatechError,
    Conventions,
    Finding,
    InvalidData,
    PolicyDate,
    Programme,
    Report,
    Status,
    as_of,
    dumps,
    loads,
    publish,
    render,
    site,
)
from betatech_milestones.analysis.guard import guard_version
from betatech_milestones.cli import main
from betatech_milestones.language import lexicon
from betatech_milestones.model.sayings import said
from betatech_milestones.website.parts import read_record

public: Any = betatech_milestones
"""Every public name, for calls with what types forbid."""
vobject = importlib.import_module("vobject")  # has no type information

# --- the table ------------------------------------------------------------------------------------


@attrs.frozen
class Property:
    """What holds of each folder that a strategy draws."""

    holds: Callable[[Folder], object]
    """Raises where it does not; returns whether it came to the point."""
    folders: st.SearchStrategy[Folder]
    examples: int
    """How many are tried in a short run."""


PROPERTIES: dict[str, Property] = {}
"""Every property, by its name."""


def of(
    folders: st.SearchStrategy[Folder], *, examples: int
) -> Callable[[Callable[[Folder], object]], Callable[[Folder], object]]:
    """Put a property into the table, with what it is tried on."""

    def put(holds: Callable[[Folder], object]) -> Callable[[Folder], object]:
        PROPERTIES[holds.__name__] = Property(holds, folders, examples)
        return holds

    return put


# --- what is read or refused ----------------------------------------------------------------------

_ODD = {"Cc", "Cs", "Zl", "Zp"}
_TURNS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What makes a text look otherwise than it is (Trojan Source)."""


def is_one_line(text: str) -> bool:
    """Whether a text is one line, with something on it."""
    return bool(text.strip()) and text.splitlines() == [text]


def is_clean(text: str) -> bool:
    """Whether a terminal shows a line as it is."""
    return not any(unicodedata.category(one) in _ODD or one in _TURNS for one in text)


def assert_findings(findings: tuple[Finding, ...], data: bytes, name: str) -> None:
    """Each has a place in the file, a rule that exists, and a message of one line."""
    lines = data.count(b"\n") + 1
    assert findings
    for finding in findings:
        assert finding.location.path == name
        assert 1 <= (finding.location.line or 0) <= lines, finding
        assert RULES[finding.rule.name] is finding.rule
        assert is_one_line(finding.message), finding
        assert len(finding.message) < 2_000, finding


def read(data: bytes, name: str = DATA) -> Programme | None:
    """Return the programme in a file, or None where there is none."""
    try:
        return loads(data, path=name)
    except InvalidData:
        return None


@of(documents.data_files, examples=150)
def a_data_file_is_read_or_refused(folder: Folder) -> bool:
    """A refusal has findings, with places, and the same ones each time."""
    data = folder[DATA]
    try:
        programme = loads(data, path=DATA)
    except InvalidData as error:
        assert_findings(error.findings, data, DATA)
        with TemporaryDirectory() as temporary:
            Path(temporary, DATA).write_bytes(data)
            checked = public.check(Path(temporary, DATA))
        assert [(f.rule, f.message, f.location.line) for f in checked] == [
            (f.rule, f.message, f.location.line) for f in error.findings
        ]
        return False
    assert programme == loads(data, path=DATA)
    hints = public.hints(programme, day=DAY, stale_days=100)
    if hints:
        assert_findings(hints, data, DATA)
    return True


@of(documents.data_files, examples=80)
def the_schema_agrees(folder: Folder) -> bool:
    """What is read fits the schema; what fits it is only refused for what no schema can say."""
    data = folder[DATA]
    try:
        document = tomli.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    try:
        loads(data)
    except InvalidData as error:
        broken = {one.rule.name for one in error.findings if not _BARE_DAY.search(one.message)}
        if DATA_FILE.is_valid(as_json(document)):
            assert broken <= BEYOND_A_SCHEMA | _BETWEEN_RECORDS
        return False
    assert [error.message for error in DATA_FILE.iter_errors(as_json(document))] == []
    return True


_BETWEEN_RECORDS = {
    *("duplicate-id", "former-id", "own-measure", "two-outcomes", "revisions-out-of-order"),
    *("no-change", "words-without-date"),
    *("empty-text", "control-character", "bad-date"),  # beyond what a plain pattern can tell
}
"""What takes several tables to see, or more than a pattern."""
_BARE_DAY = re.compile(r"(^|: )[0-9]{4}-[0-9]{2}-[0-9]{2}[^\"]* is no ")
"""A day where a text is wanted: to a schema a TOML date is a text, as it says."""


@of(documents.mapping_files, examples=60)
def a_mapping_is_read_or_refused(folder: Folder) -> bool:
    """What is read can be used on any table, and a table that does not fit is told so."""
    data = folder["mapping.toml"]
    try:
        mapping = public.loads_mapping(data, path="mapping.toml")
    except InvalidData as error:
        assert_findings(error.findings, data, "mapping.toml")
        return False
    for name, table in spreadsheets.REGISTERS.items():
        imported(name, table, mapping)
    return True


@of(documents.portfolios, examples=8)
def a_portfolio_is_read_or_refused(folder: Folder) -> bool:
    """What is read is a site that is the same when it is published anew."""
    with TemporaryDirectory() as temporary:
        put(folder, Path(temporary))
        file = Path(temporary, "portfolio.toml")
        try:
            portfolio = public.load_portfolio(file)
        except InvalidData as error:
            assert_findings(error.findings, folder[file.name], str(file))
            return False
        for unread in portfolio.unread:
            assert isinstance(unread.error, InvalidData | OSError)
        for finding in public.check_portfolio(portfolio, day=DAY):
            assert is_one_line(finding.message)
        if not portfolio.members:
            return False
        public.publish_portfolio(portfolio, DAY, Path(temporary, "site"))
        once = held(Path(temporary, "site"))
        assert public.publish_portfolio(portfolio, DAY, Path(temporary, "site")).changed == 0
        assert held(Path(temporary, "site")) == once
    return True


@of(documents.state_files, examples=30)
def a_state_is_read_or_refused(folder: Folder) -> bool:
    """What is read is written again as the same, and never stands in the way of a refusal."""
    try:
        state = public.read_state(folder["state.json"])
        assert public.read_state(state.dumps()) == state
    except public.BadState as error:
        assert is_one_line(str(error))
        state = None
    parts = read_record(folder["parts.json"])
    if parts is not None:
        assert read_record(parts.dumps()) == parts
    with TemporaryDirectory() as temporary:
        put(folder, Path(temporary))
        programme = loads(PROGRAMME, path=DATA)
        try:
            public.publish(programme, DAY, temporary)
        except public.Refused as error:
            for finding in error.findings:
                assert is_one_line(finding.message), finding
            assert held(Path(temporary)) == folder
            return False
        assert held(Path(temporary)) == site(programme, DAY, before=state)
    return state is not None


@of(documents.baseline_files, examples=60)
def a_baseline_is_read_or_refused(folder: Folder) -> bool:
    """A report can be held to what is read."""
    programme = loads(PROGRAMME)
    with TemporaryDirectory() as temporary:
        put(folder, Path(temporary))
        try:
            baseline = public.load_baseline(Path(temporary, "baseline.json"), programme)
        except public.BadBaseline as error:
            assert is_one_line(str(error)), error
            return False
    public.judge(as_of(programme, DAY), baseline=baseline)
    return True


@of(documents.starter_files, examples=50)
def a_programme_is_begun_or_refused(folder: Folder) -> bool:
    """What is begun is a data file without problems, whatever it is called."""
    given = json.loads(folder["starter.json"])
    try:
        files = public.starter(today=DAY, ci="github", **given)
    except public.BadValue as error:
        assert is_one_line(str(error)), error
        return False
    programme = loads(files[DATA].encode())
    assert programme.id == given["id"]
    return True


_days = documents.in_bytes(
    plain
    | written
    | st.sampled_from(LANGUAGES).flatmap(
        lambda language: written.map(lambda edtf: said_or_none(edtf, language))
    )
    | st.text(st.sampled_from("0123456789-/.~[] abcdefghijmnoprstuvz'\u00e9\u00fb")).map(str)
    | documents.mutated(st.sampled_from(documents.PHRASES))
)


def said_or_none(edtf: str, language: str) -> str:
    """Return how a language says a date."""
    return said(PolicyDate(edtf).edtf or "", lexicon(language))


@of(documents.files(date_txt=_days), examples=100)
def a_date_is_read_or_refused(folder: Folder) -> bool:
    """Its window is that of another reader of EDTF, and every language says it as it is read."""
    text = folder["date.txt"].decode(errors="surrogatepass")
    came_to_the_point = False
    for language in (None, *LANGUAGES):
        conventions = Conventions(language=language, fiscal_year="04-01", date_order="dmy")
        try:
            date = PolicyDate.parse(text, conventions)
        except public.NotADate as error:
            assert is_one_line(str(error)), error
            continue
        if date.edtf is None:
            continue
        came_to_the_point = True
        assert_window(date)
        again = PolicyDate(date.edtf)
        assert (again.earliest, again.latest) == (date.earliest, date.latest)
        for tag in LANGUAGES:
            told = said(date.edtf, lexicon(tag))
            assert PolicyDate.parse(told, Conventions(language=tag)).edtf == date.edtf, told
    return came_to_the_point


def assert_window(date: PolicyDate) -> None:
    """Whoever else reads EDTF finds the same window, as far as they read it."""
    assert date.edtf
    assert date.earliest or date.latest
    if date.earliest and date.latest:
        assert date.earliest <= date.latest
    if not second_opinion_has_none(date.edtf) and not ENDS_IN_WINTER.search(date.edtf):
        assert second_opinion(date.edtf) == (date.earliest, date.latest)


# --- what is made of it ---------------------------------------------------------------------------


def put(folder: Folder, where: Path) -> None:
    """Write the files of a folder."""
    for name, content in folder.items():
        (where / name).write_bytes(content)


def held(where: Path) -> Folder:
    """Return what the files below a folder hold."""
    return {
        path.relative_to(where).as_posix(): path.read_bytes()
        for path in where.rglob("*")
        if path.is_file()
    }


def days_of(programme: Programme) -> Iterator[dt.date]:
    """Yield days on which something changes, and the last of all days."""
    days = sorted({turn.day for one in programme.milestones for turn in public.course(one)})
    yield from sorted({DAY, *days[:1], *days[len(days) // 2 :][:1], *days[-1:], dt.date.max})


def assert_parts(report: Report) -> None:
    """Every milestone stands in one list, and the counts are those of the lists."""
    standings = report.standings
    ids = [standing.milestone.full_id for standing in standings]
    assert len({*ids}) == len(ids) == len(report.programme.by_id) - report.not_yet_promised
    lists = [report.only(status).standings for status in Status]
    assert Counter(itertools.chain.from_iterable(lists)) == Counter(standings)
    assert [*report.counts] == [*report.dated] == [*Status]
    for status, those in zip(Status, lists, strict=True):
        promises = [one for one in those if not one.milestone.is_fact]
        assert report.counts[status] == len(promises)
        assert report.dated[status] == sum(one.turn.term is not None for one in promises)
    assert sum(report.counts.values()) + report.facts == len(standings)
    assert sum(report.evidence.values()) == report.counts[Status.OVERDUE]


@of(documents.sound_files, examples=20)
def reports_add_up(folder: Folder) -> bool:
    """On any day, in any format: what a reader counts is what the report has."""
    if (programme := read(folder[DATA])) is None:
        return False
    for day in days_of(programme):
        report = as_of(programme, day)
        assert_parts(report)
        hindsight = as_of(programme, DAY, known_on=day)
        assert_parts(hindsight)
        judgement = public.judge(report)
        shown = {name: render(judgement, name) for name in get_args(public.ReportFormat)}
        number = len(report.standings)
        assert len(json.loads(shown["json"])["milestones"]) == number
        assert len([*csv.reader(io.StringIO(shown["csv"], newline=""))]) == number + 1
        ET.fromstring(shown["junit"])
        assert len(json.loads(shown["sarif"])["runs"]) == 1
        json.loads(shown["gitlab"])
        for language in LANGUAGES:
            render(judgement, "text", language=language, width=80, colour=True)
    return True


@of(documents.sound_files, examples=12)
def views_can_be_made(folder: Folder) -> bool:
    """Whatever else is told of a programme, on any day, in any format and language."""
    if (programme := read(folder[DATA])) is None:
        return False
    said = public.history(programme)
    assert [one.day for one in said] == sorted((one.day for one in said), reverse=True)
    for day in [*days_of(programme)][-3:-1]:
        report = as_of(programme, day)
        figures = public.stats(report, "kind")
        public.over_time(figures)
        for standing in report.standings:
            public.reference_class(report, standing)
        views = {
            public.slips(report): public.SlipsFormat,
            figures: public.StatsFormat,
            public.reminder(programme, min(DAY, day), day): public.ReminderFormat,
            public.digest(programme, min(DAY, day), day): public.DigestFormat,
            public.diff(programme, programme): public.DiffFormat,
        }
        for (view, formats), language in zip(views.items(), itertools.cycle(LANGUAGES)):
            for name in get_args(formats):
                public.render(view, name, language=language)
        for name in public.CHARTS:
            ET.fromstring(public.chart(figures, name).svg)
        for frame in public.tables(report).values():
            assert [*frame] == [*frame]
        ET.fromstring(public.timeline(programme, day=day))
    assert public.diff(programme, programme).changes == ()
    assert public.guard(public.state_of(programme), programme) == ()
    ET.fromstring(public.atom(programme))
    return True


def items_of(calendar: Any) -> list[Any]:
    return [*calendar.walk("VEVENT"), *calendar.walk("VTODO")]


@of(documents.sound_files, examples=20)
def feeds_read_back(folder: Folder) -> bool:
    """Two readers find as many items as there are, each once, with the same texts."""
    if (programme := read(folder[DATA])) is None:
        return False
    for one in public.feeds(programme):
        lines = one.content.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert not any(b"\r" in line or b"\n" in line for line in lines)
        calendar = icalendar.Calendar.from_ical(one.content)
        ours = items_of(calendar)
        assert not any(part.errors for part in calendar.walk())
        assert len({item["UID"] for item in ours}) == len(ours) == one.items
        (other,) = vobject.readComponents(one.content.decode())
        theirs = [*other.contents.get("vevent", []), *other.contents.get("vtodo", [])]
        for key in ("uid", "summary", "description"):
            our_texts = [str(item.get(key)) for item in ours]
            assert our_texts == [item.contents[key][0].value for item in theirs]
    return True


@of(documents.sound_files, examples=20)
def what_is_written_reads_back(folder: Folder) -> bool:
    """A programme is written as a file that is read as the same, and its documents are right."""
    if (programme := read(folder[DATA])) is None:
        return False
    text = dumps(programme)
    again = loads(text, path=DATA)
    assert again == programme
    assert dumps(again) == text
    made = {path: json.loads(one) for path, one in public.documents(as_of(programme, DAY)).items()}
    validator = Draft202012Validator(made.pop("api/v2/schema.json"))
    for document in made.values():
        assert [error.message for error in validator.iter_errors(document)] == []
    back = public.import_table(programme, public.workbook(programme), name="science.xlsx")
    assert back.programme == programme
    return True


@of(documents.sound_files, examples=8)
def another_hash_seed_makes_the_same(folder: Folder) -> bool:
    """Another process makes the same findings, or the same report, feeds and site."""
    try:
        text = folder[DATA].decode()
    except UnicodeDecodeError:
        return False
    assert digest_of_all(text) == digest_by_twin(text)
    return read(folder[DATA]) is not None


@of(documents.grown_files, examples=8)
def an_incremental_site_is_as_a_whole_one(folder: Folder) -> bool:
    """Byte for byte, on any day; and its pages are well-formed."""
    before, after = read(folder["before.toml"]), read(folder[DATA])
    if before is None or after is None:
        return False
    with TemporaryDirectory() as temporary:
        publish(before, DAY, temporary)
        state = public.read_state(Path(temporary, "state.json").read_bytes())
        for day in (DAY, DAY + dt.timedelta(days=40)):
            whole = site(after, day, before=state)
            publish(after, day, temporary, force=True)
            assert held(Path(temporary)) == whole
            state = public.read_state(whole["state.json"])
    for path, content in whole.items():
        if path.endswith(".html"):
            Tree(content.decode())
        elif path.endswith(".json"):
            json.loads(content)
    return True


# --- what is added --------------------------------------------------------------------------------


def is_within(text: str, longer: str) -> bool:
    """Whether every character of a text stands in a longer one, in the same order."""
    characters = iter(longer)
    return all(character in characters for character in text)


@of(documents.grown_files, examples=40)
def edits_keep_every_byte(folder: Folder) -> bool:
    """What a programme has besides is added to its text; two versions are compared, or merged."""
    before, after = read(folder["before.toml"]), read(folder[DATA])
    if before is None or after is None:
        return False
    text = folder["before.toml"].decode()
    assert public.guard(public.state_of(before), after) == guard_version(before, after)
    for name in get_args(public.DiffFormat):
        render(public.diff(before, after), name)
    wanted = [after]
    with contextlib.suppress(public.CannotMerge):
        wanted.append(merged := public.merge(before, after))
        assert public.merge(merged, after) == merged
    for programme in wanted:
        with contextlib.suppress(public.CannotExtend, InvalidData):
            longer = public.extended(text, programme)
            assert loads(longer) == programme
            assert is_within(text, longer)
    return True


def entry_of(given: dict[str, Any], programme: Programme) -> Any:
    """Return an entry with those of the given values that it has; a source may be a number."""
    kind = getattr(public, f"{given['entry']}Entry")
    if isinstance(number := given["source"], int):
        given["source"] = programme.sources[number % len(programme.sources)].id
    names = {field.name for field in attrs.fields(kind)}
    known = {key: value for key, value in given.items() if key in names and value is not None}
    for key in ("reason", "says"):
        if key in known:
            known[key] = {"nl": known[key]}
    return kind(**known)


@of(documents.entry_files, examples=40)
def entries_are_recorded_or_refused(folder: Folder) -> bool:
    """What happened is added to each milestone, and nothing that stood there is touched."""
    if (programme := read(folder[DATA])) is None:
        return False
    recorded = False
    text = folder[DATA].decode()
    for given in json.loads(folder["entries.json"]):
        try:
            entry = entry_of(given, programme)
        except (BetatechError, TypeError):  # a value is missing: that is a mistake in the call
            continue
        for milestone in programme.by_id[::4]:
            try:
                recording = public.with_entries(text, milestone.full_id, entry)
            except InvalidData as error:
                assert all(is_one_line(finding.message) for finding in error.findings)
            except (public.CannotRecord, public.UnknownId, public.BadValue) as error:
                assert str(error).strip()
            else:
                assert is_within(text, recording.text)
                assert loads(recording.text) != loads(text)
                text, recorded = recording.text, True
    return recorded


def imported(name: str, data: bytes, mapping: Any = None) -> bool:
    """Read a table into the shared programme; return whether it said anything."""
    programme = loads(PROGRAMME)
    source = public.Source(
        id="list-2016", title={"nl": "Lijst"}, kind="register", published="2016-01-01"
    )
    arguments = {"name": name, "source": source, "mapping": mapping}
    try:
        found = public.import_table(programme, data, **arguments)
    except public.NotATable as error:
        assert is_one_line(str(error)), error
        return False
    for problem in (*found.problems, *found.told):
        assert is_one_line(str(problem)), problem
    written = public.extended(PROGRAMME, found.programme)
    assert loads(written) == found.programme
    assert is_within(PROGRAMME, written)
    again = public.import_table(found.programme, data, **arguments)
    assert again.programme == found.programme
    return bool(found.programme != programme)


@of(spreadsheets.tables, examples=50)
def a_table_is_imported_or_refused(folder: Folder) -> bool:
    """What it says is added to a file, byte for byte beside what was there, and only once."""
    ((name, data),) = folder.items()
    said = imported(name, data)
    for mapping in MAPPINGS:
        said |= imported(name, data, public.load_mapping(mapping))
    with contextlib.suppress(public.NotATable):
        text = public.sketch_mapping(data, name=name, language="nl")
        with contextlib.suppress(InvalidData):  # where it says what is left to be filled in
            imported(name, data, public.loads_mapping(text))
    return said


# --- the command line -----------------------------------------------------------------------------

_ABOUT_FILES = {
    DATA: [
        *("check {}", "report {}", "overdue {}", "upcoming {}", "slips {}", "stats {}", "ics {}"),
        *("timeline {}", "build -o site {}", "diff {} {}", "digest --since 2014-01-01 {}"),
        *(
            "report --output-format github {}",
            "check --output-format github {}",
            "sheet {} -o x.xlsx",
        ),
        *(
            "show {} files",
            "check --against {} {}",
            "reminder --from 2014-01-01 --to 2016-01-01 {}",
        ),
        "record {} files/in-force --looked 2015-12-01 --by x --dry-run",
    ],
    "before.toml": ["diff {} milestones.toml", "check milestones.toml --against {}"],
    "portfolio.toml": ["check {}", "report {}", "build -o site {}"],
    "mapping.toml": ["import list.csv sound.toml --map {} --source letter-2015 --dry-run"],
    "baseline.json": ["overdue sound.toml --baseline {}"],
    "state.json": ["build sound.toml -o site", "build sound.toml -o site --force"],
}
_ABOUT_A_TABLE = ["import {} sound.toml --source letter-2015 --partial", "import {} --sketch"]


@of(
    st.one_of(
        documents.data_files,
        documents.grown_files,
        documents.portfolios,
        documents.mapping_files,
        documents.baseline_files,
        documents.state_files,
        spreadsheets.tables,
    ),
    examples=15,
)
def commands_end_well(folder: Folder) -> bool:
    """Any command on any file ends with 0, 1 or 2, and says why on lines that a terminal shows."""
    with TemporaryDirectory() as temporary, contextlib.chdir(temporary):
        put(folder, Path())
        Path("sound.toml").write_text(PROGRAMME, encoding="utf-8")
        if "state.json" in folder:
            Path("site").mkdir()
            put(folder, Path("site"))
        if "mapping.toml" in folder:
            Path("list.csv").write_bytes(spreadsheets.REGISTERS["promises.csv"])
        codes = {
            ended_well(command.replace("{}", name).split())
            for name in folder
            for command in _ABOUT_FILES.get(name, _ABOUT_A_TABLE)
        }
    return 0 in codes


def ended_well(arguments: list[str]) -> int:
    """Run a command, see that it ended well, and return its exit code."""
    result = CliRunner().invoke(main, arguments, prog_name="betatech-milestones")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code in {0, 1, 2}, arguments
    assert result.exit_code != 2 or result.stderr.strip(), arguments
    for line in result.stderr.splitlines():
        assert is_clean(line), (arguments, line)
    return result.exit_code
