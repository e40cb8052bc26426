"""A first mapping for a table, made by looking at its headings and its cells.

It is a draft for people: every line that could be another says so in a comment. What a heading may
mean is read off the mapping for lists, so there is one list of such words.
"""

import functools
import json
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import attrs

from betatech_milestones.importing import cells
from betatech_milestones.importing.cells import Manner, WrongCellError
from betatech_milestones.importing.grid import NotATable, Table, Unusable, Value
from betatech_milestones.importing.headings import plain, shown
from betatech_milestones.importing.mapping import Outcome, load_mapping
from betatech_milestones.importing.names import bare
from betatech_milestones.language import LANGUAGES, lexicon, spoken
from betatech_milestones.model.conventions import Conventions
from betatech_milestones.model.vocabulary import Kind

_MOST_ROWS = 500
"""How many rows are looked at."""
_MOST_TRIED = 100
"""How many cells of a column are tried as dates or numbers: to refuse one takes a while."""
_FEW_WORDS, _MOST_WORDS = 12, 30
"""How many values a column of choices has: few, or in a long table more."""
_LONGEST_WORD = 40
_FIRST_ROWS = 30
"""Among how many rows that with the headings is."""


def sketch(tables: Sequence[Table], *, language: str) -> str:
    """Return a first mapping of a table as commented TOML, which loads as it stands.

    `language` is that of the words in the table, and of its dates.
    """
    table = max(tables, key=lambda one: (not one.hidden, _size(one)), default=None)
    if table is None or not table.rows:
        raise NotATable("no table has anything in it; look whether it is the right file")
    columns = _columns(table)
    if not columns:
        raise NotATable("no row has headings; write them above the columns")
    draft = _Draft(columns=columns, language=language)
    draft.measure()
    draft.milestone()
    others = [one.name for one in tables if one is not table]
    return draft.written(table.name, others)


def _size(table: Table) -> int:
    return len(table.rows) * len(table.rows[0].values) if table.rows else 0


# --- columns --------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class _Column:
    """A column with a heading, and the cells below it that are not empty."""

    heading: str
    values: tuple[Value, ...]
    rows: int
    """How many rows the table has."""

    @property
    def texts(self) -> list[str]:
        """What the cells say."""
        return [cells.written(value) for value in self.values if not isinstance(value, Unusable)]

    @property
    def is_unique(self) -> bool:
        """Whether each row has something in it, and each another thing."""
        texts = [bare(text) for text in self.texts]
        return len(set(texts)) == len(texts) == self.rows > 0

    @property
    def different(self) -> int:
        """How many values it has."""
        return len({bare(text) for text in self.texts})

    @property
    def is_varied(self) -> bool:
        """Whether most rows have another thing in it."""
        return self.different > len(self.texts) // 2

    @property
    def is_choice(self) -> bool:
        """Whether what it says is one of a few words."""
        is_few = self.different <= max(_FEW_WORDS, len(self.texts) // 2)
        is_short = all(len(text) <= _LONGEST_WORD for text in self.texts)
        return 0 < self.different <= _MOST_WORDS and is_few and is_short

    def share(self, fits: Callable[[Value], bool]) -> float:
        """Return of how many of its first cells something holds, from 0 to 1."""
        tried = self.values[:_MOST_TRIED]
        return sum(map(fits, tried)) / len(tried) if tried else 0.0


def _columns(table: Table) -> list[_Column]:
    """Return the columns below the row that looks most like headings."""
    candidates = table.rows[: 1 if table.headed else _FIRST_ROWS]
    known = {plain(alias) for aliases in _aliases().values() for alias in aliases}

    def looks(row: int) -> int:
        texts = {plain(value) for value in candidates[row].values if isinstance(value, str)}
        return len(texts - {""}) + 2 * len(texts & known)

    header = max(range(len(candidates)), key=looks)
    rows = table.rows[header + 1 :][:_MOST_ROWS]
    found: dict[str, _Column] = {}
    for at, value in enumerate(table.rows[header].values):
        heading = shown(value)
        if plain(heading) and "{" not in heading and "}" not in heading:
            below = tuple(row.values[at] for row in rows if row.values[at] is not None)
            found.setdefault(plain(heading), _Column(heading, below, len(rows)))
    return [*found.values()]


# --- what headings may mean -----------------------------------------------------------------------

_MORE: Mapping[str, tuple[str, ...]] = {
    "number": ("Nummer", "Number", "Nr", "No", "Numéro", "Numero", "Nr. Seq.", "Uid", "Sequence"),
    "id": ("Identifier", "Unique identifier", "Codice univoco"),
    "outcome": ("Completion", "Voortgang", "Progress", "Avancement", "Avanzamento", "Fortschritt"),
    "on": ("Nakoming",),
    "kind": ("Kind", "Type", "Soort", "Genre", "Art", "Typ", "Tipo", "Tipologia"),
    "goal": (
        "Goal",
        "Target value",
        "Doelwaarde",
        "Streefwaarde",
        "Cible",
        "Zielwert",
        "Obiettivo",
    ),
    "unit": ("Unit", "Eenheid", "Unité", "Einheit", "Unità", "Unità di misura"),
    "year": ("Year", "Jaar", "Année", "Jahr", "Anno"),
    "quarter": ("Quarter", "Kwartaal", "Trimestre", "Quartal"),
}


@functools.cache
def _aliases() -> Mapping[str, tuple[str, ...]]:
    """Return the headings that each key may have in a list of somebody's own."""
    mapping = load_mapping("list")
    [moment] = mapping.milestones
    keys = {**moment.keys, "measure": mapping.measure["id"]}
    found = {key: tuple(origin.headings) for key, origin in keys.items()}
    return {key: found.get(key, ()) + _MORE.get(key, ()) for key in {**found, **_MORE}}


@functools.cache
def _known_words() -> Mapping[str, str]:
    """Return what words of a status mean in a list of somebody's own, in the order of ours."""
    [moment] = load_mapping("list").milestones
    words, order = moment.keys["outcome"].words or {}, list(Outcome)
    pairs = sorted(words.items(), key=lambda pair: order.index(Outcome(pair[1])))
    return {bare(theirs): ours for theirs, ours in pairs}


def _is_measure(heading: str) -> bool:
    """Whether a heading looks like a measure, and not like what something is measured in."""
    likeness = _likeness(heading, "measure")
    unit = _likeness(heading, "unit")
    return likeness is not None and (unit is None or unit < likeness)


_Likeness = tuple[int, int, int]
"""Wholly or by some of its words, how many these are, and how usual; more is more."""


def _likeness(heading: str, key: str) -> _Likeness | None:
    """Return how much a heading looks like a key, or None."""
    own = plain(heading)
    within = f" {re.sub('[^0-9a-z]+', ' ', own)} "
    found = []
    for index, alias in enumerate(map(plain, _aliases()[key])):
        if own == alias:
            found.append((2, 0, -index))
        elif len(alias) > _SHORTEST and f" {alias} " in within:
            found.append((1, len(alias.split()), -index))
    return max(found, default=None)


_SHORTEST = 2
"""Letters of a word that means nothing within a heading: "by", "no"."""

# --- the draft ------------------------------------------------------------------------------------


@attrs.frozen
class _Line:
    """A key, its value as TOML, and what is not certain of it."""

    key: str
    value: str
    doubt: str = ""


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", quoted)


# Controls that JSON leaves as they are, ends of lines, and what turns a text around.
_UNSEEN = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def _fits(_: _Column) -> bool:
    return True


_FITS: Mapping[str, Callable[[_Column], bool]] = {"summary": lambda column: column.is_varied}
"""What a column has to be besides that its heading fits."""


@attrs.define(kw_only=True)
class _Draft:
    """A mapping while it is made."""

    columns: list[_Column]
    language: str
    used: list[_Column] = attrs.field(factory=list)
    of_measure: list[_Line] = attrs.field(factory=list)
    of_milestone: list[_Line] = attrs.field(factory=list)
    words: dict[str, list[_Line]] = attrs.field(factory=dict)
    order: str | None = attrs.field(init=False)
    """Which of two numbers is the day in dates of numbers, where one date tells."""
    manner: Manner = attrs.field(init=False)
    """How cells are read while looking."""

    @order.default
    def _order(self) -> str | None:
        pairs = [(int(found[1]), int(found[2])) for found in self._numeric()]
        if any(first > _MONTHS for first, _ in pairs):
            return "dmy"
        return "mdy" if any(second > _MONTHS for _, second in pairs) else None

    @manner.default
    def _manner(self) -> Manner:
        conventions = Conventions(language=self.language, date_order=self.order or "dmy")
        return Manner(conventions=conventions, decimal=lexicon(spoken(self.language)).decimal)

    # --- looking ---

    def find(self, key: str, fits: Callable[[_Column], bool] = _fits) -> tuple[_Column | None, str]:
        """Return the column that looks most like a key, and a doubt where others do as well."""
        liked = {
            column: likeness
            for column in self.columns
            if column not in self.used
            and (likeness := _likeness(column.heading, key)) is not None
            and fits(column)
        }
        if not liked:
            return None, ""
        first, *others = [one for one in liked if liked[one] == max(liked.values())]
        return first, _or(others)

    def take(self, lines: list[_Line], key: str, column: _Column, doubt: str = "") -> None:
        """Use a column for a key."""
        self.used.append(column)
        lines.append(_Line(key, _quoted(column.heading), doubt))

    def is_date(self, value: Value) -> bool:
        """Whether a cell is a date."""
        try:
            return cells.date(value, self.manner) is not None
        except WrongCellError:
            return False

    def is_wrong(self, value: Value) -> bool:
        """Whether a cell says something, and that is no date."""
        try:
            cells.date(value, self.manner)
        except WrongCellError:
            return not cells.says_nothing(value, self.manner)
        return False

    def is_number(self, value: Value) -> bool:
        """Whether a cell is a number, or says nothing."""
        try:
            cells.number(value, self.manner)
        except WrongCellError:
            return bare(cells.written(value)) in _NONES
        return True

    # --- keys ---

    def measure(self) -> None:
        """Look for the measure of a row: a column that has the same for several rows."""
        alike = [
            one
            for one in self.columns
            if _is_measure(one.heading) and 0 < one.different < len(one.texts)
        ]
        if not alike:
            return
        code = next((one for one in alike if _is_code(one)), None)
        title, doubt = self.find("measure", lambda one: one in alike and not _is_code(one))
        made = code or title
        assert made is not None, "one of those that are alike"
        heading = _quoted(made.heading)
        value = (
            heading if len(made.values) == made.rows else f"{{ from = {heading}, optional = true }}"
        )
        self.used.append(made)
        self.of_measure.append(_Line("id", value, "" if code else doubt))
        if code is not None and title is not None:
            self.take(self.of_measure, "title", title, doubt)

    def milestone(self) -> None:
        """Look for everything else."""
        lines = self.of_milestone
        due = self.due()
        title, doubt = self.title()
        self.used.append(title)
        number = self.number(title)
        if number is not None:
            lines.append(number)
        elif title.different < len(title.texts):
            doubt = "; ".join(filter(None, (doubt, "two rows have the same: what makes the id?")))
        lines.append(_Line("title", _quoted(title.heading), doubt))
        if due is not None:
            lines.append(due)
        self.choice("outcome", _known_words(), Outcome.OPEN)
        for key in ("bodies", "on", "summary", "reason", "note"):
            column, doubt = self.find(key, _FITS.get(key, _fits))
            if column is not None and key == "bodies":
                self.bodies(column, doubt)
            elif column is not None:
                self.take(lines, key, column, doubt)
        self.choice("kind", {kind.value: kind.value for kind in Kind}, Kind.OTHER)
        unit, _ = self.find("unit")
        goal, doubt = self.find("goal", lambda one: one.share(self.is_number) > _HALF)
        if unit is not None and goal is not None:
            self.take(lines, "unit", unit)
            self.take(lines, "goal", goal, doubt)

    def title(self) -> tuple[_Column, str]:
        """Return the column with the titles: by its heading, or else the one with most to say."""
        column, doubt = self.find("title", lambda one: one.is_varied and not _is_code(one))
        if column is not None:
            return column, doubt
        left = [one for one in self.columns if one not in self.used] or self.columns
        longest = max(left, key=lambda one: sum(map(len, one.texts)))
        return longest, "it says most: is it the title?"

    def number(self, title: _Column) -> _Line | None:
        """Return the column that makes the id, where there is one for that."""
        for key in ("id", "code", "number"):
            column, doubt = self.find(key, lambda one: one.is_unique)
            if column is None:
                continue
            is_running = column.share(_is_number) > _HALF
            if is_running and title.is_unique:
                continue
            self.used.append(column)
            if is_running:
                doubt = "does it stay when a row is put in?"
            return _Line("id", _quoted(column.heading), doubt)
        return None

    def due(self) -> _Line | None:
        """Return where the date is: a column with dates, or a quarter and a year apart."""
        year, _ = self.find("year", lambda one: one.share(_is_year) > _MOST)
        quarter, _ = self.find("quarter", lambda one: one.share(_is_quarter) > _MOST)
        if year is not None and quarter is not None:
            self.used += [year, quarter]
            letter = "Q" if any(map(_is_number, quarter.values)) else ""
            both = f"{letter}{{{quarter.heading}}} {{{year.heading}}}"
            return _Line("due", _quoted(both))
        ended, _ = self.find("on")
        dated = [
            one
            for one in self.columns
            if one is not ended
            and one not in self.used
            and one.share(self.is_date) > _HALF
            and one.share(_is_number) < _HALF
        ]
        column, doubt = self.find("due", lambda one: one in dated or one.values == ())
        if column is None and not dated:
            return None
        if column is None:
            column, *others = dated
            doubt = _or(others) or "is it the day that was promised?"
        self.used.append(column)
        wrong = [value for value in column.values if self.is_wrong(value)]
        if wrong:
            what = _quoted(textwrap.shorten(shown(wrong[0]), _LONGEST_WORD, placeholder="…"))
            doubt = f"{f'{doubt}; ' if doubt else ''}does {what} say that there is none?"
        return _Line("due", _quoted(column.heading), doubt)

    def bodies(self, column: _Column, doubt: str) -> None:
        """Use a column with those who are to do it."""
        self.used.append(column)
        heading = _quoted(column.heading)
        several = any(";" in text for text in column.texts)
        value = f'{{ from = {heading}, split = ";" }}' if several else heading
        self.of_milestone.append(_Line("bodies", value, doubt))

    def choice(self, key: str, known: Mapping[str, str], otherwise: str) -> None:
        """Use a column with one of a few words, and say what each of them is to us."""
        column, doubt = self.find(
            key, lambda one: one.is_choice and one.share(self.is_date) < _HALF
        )
        if column is None:
            return
        self.used.append(column)
        lines = [_Line("from", _quoted(column.heading), doubt)]
        self.words[key] = lines
        different = {bare(text): " ".join(text.split()) for text in column.texts}
        for text in different.values():
            ours = known.get(bare(text))
            ask = "" if ours else f"which of {', '.join(dict.fromkeys(known.values()))}?"
            lines.append(_Line(f"words.{_quoted(text)}", _quoted(ours or otherwise), ask))

    # --- what a table has throughout ---

    def _numeric(self) -> Iterator[re.Match[str]]:
        for column in self.columns:
            for value in column.values:
                if isinstance(value, str) and (found := _NUMERIC.fullmatch(value)):
                    yield found

    def of_table(self, name: str, others: Sequence[str]) -> list[_Line]:
        """Return what holds for all of the table."""
        lines = [self._in_language()]
        if others and name:
            also = " or ".join(map(_quoted, others))
            lines.insert(0, _Line("sheet", _quoted(name), f"or {also}?"))
        if order := self.order:
            lines.append(_Line("date_order", _quoted(order)))
        elif found := next(self._numeric(), None):
            lines.append(_Line("# date_order", '"dmy"', f"which number of {found[0]} is the day?"))
        texts = {text for column in self.used for text in column.texts}
        nones = sorted(text for text in texts if bare(text) in _NONES)
        if nones:
            lines.append(_Line("none", f"[{', '.join(map(_quoted, nones))}]"))
        return lines

    def _in_language(self) -> _Line:
        if self.language in LANGUAGES:
            return _Line("language", _quoted(self.language))
        known = ", ".join(map(_quoted, LANGUAGES))
        doubt = f"dates are not read in {_quoted(self.language)}: which of {known}?"
        return _Line("# language", _quoted(spoken(self.language)), doubt)

    def written(self, name: str, others: Sequence[str]) -> str:
        """Return the mapping as TOML."""
        parts = [("table", self.of_table(name, others))]
        if self.of_measure:
            parts.append(("measure", self.of_measure))
        parts.append(("[milestone]", self.of_milestone))
        parts += [(f"milestone.{key}", lines) for key, lines in self.words.items()]
        text = _HEAD
        for header, lines in parts:
            text += f"\n[{header}]\n{''.join(map(_toml, lines))}"
        left = [column.heading for column in self.columns if column not in self.used]
        if left:
            text += f"\n# Not used: {', '.join(map(_quoted, left))}\n"
        return text


_HEAD = """\
# A first mapping, made by looking at headings and cells. Where a line ends in a question, it may be
# another: look at those, and run the import with --dry-run.
"""


def _toml(line: _Line) -> str:
    doubt = f" # {line.doubt}" if line.doubt else ""
    return f"{line.key} = {line.value}{doubt}\n"


def _or(others: Iterable[_Column]) -> str:
    """Return the doubt that other columns are meant."""
    names = [_quoted(column.heading) for column in others]
    return f"or {' or '.join(names)}?" if names else ""


# --- what cells look like -------------------------------------------------------------------------

_MOST = 0.9
_HALF = 0.5
_MONTHS = 12
_NUMERIC = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.][0-9]{4}")
_NONES = {"n/a", "na", "nd", "n.d.", "n.v.t.", "nvt", "n.t.b.", "ntb", "tbd", "tbc", "k.a.", "s.o."}


def _is_number(value: Value) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and value.isdecimal())


def _is_year(value: Value) -> bool:
    return re.fullmatch("(?:19|20)[0-9]{2}", shown(value)) is not None


def _is_quarter(value: Value) -> bool:
    return re.fullmatch("[QqTtKk]?[1-4]", shown(value)) is not None


_CODES = {"code", "codice", "id", "nummer", "number", "identifier", "numero", "kenmerk", "univoco"}


def _is_code(column: _Column) -> bool:
    return not _CODES.isdisjoint(plain(column.heading).split())
