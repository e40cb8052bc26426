"""Every rule that a finding can name: what it means, what to do, and where that is explained.

A rule is one record here. The tables in `docs/` are written from these, SARIF tells them to code
scanners, and a finding cannot be made without one.
"""

import enum
from collections.abc import Mapping

import attrs

from betatech_milestones.model.plain import Plain


class Level(enum.StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Rule(Plain):
    """Why something deserves attention, under a name that stays."""

    name: str
    meaning: str
    remedy: str
    level: Level
    """How much a breach matters, where nothing else decides it."""
    documentation: str
    """The page in `docs/` that explains it."""

    def __str__(self) -> str:
        return self.name


_RULES: list[Rule] = []


def _rule(
    name: str,
    meaning: str,
    remedy: str,
    *,
    level: Level = Level.ERROR,
    documentation: str = "data-format.md",
) -> Rule:
    rule = Rule(name=name, meaning=meaning, remedy=remedy, level=level, documentation=documentation)
    _RULES.append(rule)
    return rule


# --- what is wrong in a data file -----------------------------------------------------------------

BAD_CONTACT = _rule(
    "bad-contact",
    "A contact that is neither an address for mail nor one of the web.",
    "Write `mailto:name@example.org`, or begin with `https://`.",
)
BAD_CURRENCY = _rule(
    "bad-currency",
    "A currency that is not three capital letters (ISO 4217).",
    "Write its code, such as `EUR`.",
)
BAD_DATE = _rule(
    "bad-date",
    "A date that is none, or anything else where one exact day is wanted.",
    "Write one of the forms, or the table of words and EDTF.",
)
BAD_ID = _rule(
    "bad-id",
    "An id with other characters, or of more than 60.",
    "Write the one that the message offers, or a shorter one.",
)
BAD_LANGUAGE = _rule(
    "bad-language",
    "A language that is no BCP 47 tag, or a text in more than 40 of them.",
    "Write a tag such as `nl` or `en-GB`.",
)
BAD_LICENCE = _rule(
    "bad-licence",
    "A licence that is no identifier or expression of SPDX.",
    "Write its identifier, such as `CC0-1.0` or `CC-BY-4.0`.",
)
BAD_NUMBER = _rule(
    "bad-number",
    "A number that is none, is below 0, not finite, too large or of more than 22 decimals.",
    "Write it bare, with `_` between thousands if you like.",
)
BAD_PERIOD = _rule(
    "bad-period",
    "A period that ends before it begins.",
    "Mend `first` or `last`.",
)
BAD_REPLACEMENT = _rule(
    "bad-replacement",
    "A promise replaced by nothing, by itself, by what is not there, or in a circle.",
    "Name the milestone that took its place, or write the reason.",
)
BAD_SNOOZE = _rule(
    "bad-snooze",
    "A snooze that ends before it was given, or before the promise was made.",
    "Mend the day, or take the snooze out.",
)
BAD_TIMEZONE = _rule(
    "bad-timezone",
    "A time zone that the IANA database does not have.",
    "Write a name such as `Europe/Amsterdam`.",
)
BAD_URL = _rule(
    "bad-url",
    "A web address that is not absolute, or not in ASCII.",
    "Begin with `https://`, percent-encode the rest.",
)
BAD_YEARS = _rule(
    "bad-years",
    "Years that are not a first and a last one.",
    "Write `[2012, 2015]`.",
)
BIDI_CONTROL = _rule(
    "bidi-control",
    "A text with a character that turns what stands behind it around, so that it reads as another.",
    "Take it out; the message has its code and its position.",
)
COMMITMENT_CONFLICT = _rule(
    "commitment-conflict",
    "A fact (`none`) with a `due` or without an outcome, or `fixed` without a day.",
    "Write the commitment that the source bears, or what is missing.",
    documentation="standing.md",
)
CONTROL_CHARACTER = _rule(
    "control-character",
    "A text with a character that no reader shows.",
    "Take it out; the message has its code and its position.",
)
DATE_CONFLICT = _rule(
    "date-conflict",
    "Words that mean one date, beside an `edtf` of another, or in a table without one.",
    "Leave the table, and write the words alone; or mend the `edtf`.",
)
DATED_AFTER_SOURCE = _rule(
    "dated-after-source",
    "An outcome or a reading that begins after its source appeared.",
    "Cite a later source, or mend the date.",
)
DUPLICATE_ID = _rule(
    "duplicate-id",
    "An id that another has, or that is named twice in a list.",
    "Give it its own, or name it once.",
)
DUPLICATE_KEY = _rule(
    "duplicate-key",
    "Two keys for one thing: `source` and `sources`.",
    "Keep one of them.",
)
EMPTY_TEXT = _rule(
    "empty-text",
    "A text with nothing in it.",
    "Write it, or leave the key out.",
)
ENCODING = _rule(
    "encoding",
    "A file that is not UTF-8.",
    "Save it as UTF-8.",
)
FORMER_ID = _rule(
    "former-id",
    "An id in `formerly` that something else has or had, that it has itself, or a hundred of them.",
    "Take it out.",
)
LONG_TEXT = _rule(
    "long-text",
    "A text of more than 10,000 characters; a title or a name of more than 1,000.",
    "Shorten it, or leave the rest to the source.",
)
MISSING_KEY = _rule(
    "missing-key",
    "A table without a key that it needs.",
    "Add the key, as in the message.",
)
MISSING_LANGUAGE = _rule(
    "missing-language",
    "A text without the programme's own language.",
    "Add it.",
)
MORE_FINDINGS = _rule(
    "more-findings",
    "More problems in a file than are told, or more hints: 2,000 of each are.",
    "Mend those that are told, and check again.",
)
NEWS_BEFORE_PROMISE = _rule(
    "news-before-promise",
    "News of a day before the promise was made.",
    "Mend the day, or the source of the promise.",
)
OWN_MEASURE = _rule(
    "own-measure",
    "A milestone whose `also` names the measure in which it stands.",
    "Take it out; name other measures only.",
)
REVISED_BEFORE_PROMISE = _rule(
    "revised-before-promise",
    "A move announced before the promise was made.",
    "Mend the day, or the source of the promise.",
)
REVISIONS_OUT_OF_ORDER = _rule(
    "revisions-out-of-order",
    "A move announced before the one above it.",
    "Put the oldest first.",
)
SEEN_BEFORE_PUBLISHED = _rule(
    "seen-before-published",
    "A source that was read before it appeared.",
    "Mend one of the two days.",
)
TOML_SYNTAX = _rule(
    "toml-syntax",
    "A file that is not TOML, or nested or numbered beyond reading.",
    "Mend the line; see toml.io.",
)
TOO_MANY = _rule(
    "too-many",
    "More than forty bodies, sectors, sources or other measures in one place.",
    "Name those that matter, or one that stands for several.",
)
TWO_OUTCOMES = _rule(
    "two-outcomes",
    "A milestone both dropped and replaced, or met by a source that is no newer than that.",
    "Keep the one that came about, or cite a newer source for `met`.",
)
UNDATED_SOURCE = _rule(
    "undated-source",
    "A source with neither `published` nor `seen`: nobody can tell since when it is known.",
    "Write the day on which it appeared, or on which you read it.",
)
UNKNOWN_BODY = _rule(
    "unknown-body",
    "A body that is not in the file.",
    "Mend the id, or add a `[[body]]`.",
)
UNKNOWN_CLUSTER = _rule(
    "unknown-cluster",
    "A cluster that is not in the file.",
    "Mend the id, or add a `[[cluster]]`.",
)
UNKNOWN_KEY = _rule(
    "unknown-key",
    "A key that the table does not have.",
    "Mend its name, or take it out.",
)
UNKNOWN_MEASURE = _rule(
    "unknown-measure",
    "A measure that is not in the file.",
    "Mend the id, or take it out of `also`.",
)
UNKNOWN_SECTOR = _rule(
    "unknown-sector",
    "A sector that is not in the file.",
    "Mend the id, or add a `[[sector]]`.",
)
UNKNOWN_SOURCE = _rule(
    "unknown-source",
    "A source that is not in the file.",
    "Mend the id, or add a `[[source]]`.",
)
UNKNOWN_WORD = _rule(
    "unknown-word",
    "A word that is not in the list for its key.",
    "Write one of those in the message.",
)
WORDS_WITHOUT_DATE = _rule(
    "words-without-date",
    "Words of an outcome's date that say nothing of when it was.",
    'Put them in `note`, and leave the words out: `on = { edtf = "…" }` is a date of your own.',
)
WRONG_TYPE = _rule(
    "wrong-type",
    "A number for a text, a table for an array, and so on.",
    "Write it as the message shows.",
)
UNKNOWN = {
    "body": UNKNOWN_BODY,
    "cluster": UNKNOWN_CLUSTER,
    "sector": UNKNOWN_SECTOR,
    "source": UNKNOWN_SOURCE,
}
"""By the table in which an id is not."""

# --- what is wrong between programmes -------------------------------------------------------------

DEAD_LINK = _rule(
    "dead-link",
    "A link from one programme to what another does not have.",
    "Mend the id, or take it out.",
    documentation="portfolio.md",
)
NO_PROGRAMME = _rule(
    "no-programme",
    "What is named as the data file of a programme is none: it is missing, a folder, a portfolio "
    "or no file that is called .toml, or was named before.",
    "Name each data file once, from the folder of the portfolio.",
    documentation="portfolio.md",
)
SAME_BODY = _rule(
    "same-body",
    "Bodies of one name in several programmes, and no word on whether they are one.",
    "Name them in `same_as` of one `[[body]]` of the portfolio, or of one each.",
    level=Level.WARNING,
    documentation="portfolio.md",
)

# --- what subscribers would lose ------------------------------------------------------------------

LOST_UID = _rule(
    "lost-uid",
    "A milestone that was published is not in the file, or the programme has another id.",
    "Drop it, or write its old id in `formerly`; give the programme its id back.",
    documentation="publishing.md",
)
REUSED_UID = _rule(
    "reused-uid",
    "An id that was published is now that of another milestone.",
    "Give the new one an id of its own, and keep the old one.",
    documentation="publishing.md",
)
PROMISE_REWRITTEN = _rule(
    "promise-rewritten",
    "A date that was published is another one now, or a revision or an outcome is gone.",
    "Put it back, and add the move; or say in `corrected` why it was a mistake.",
    documentation="standing.md",
)
LOWER_SEQUENCE = _rule(
    "lower-sequence",
    "The state is older than the feeds.",
    "Restore the state that was published with the feeds.",
    documentation="publishing.md",
)
NO_STATE = _rule(
    "no-state",
    "The folder has feeds and no `state.json`.",
    "Restore it.",
    documentation="publishing.md",
)
BAD_STATE = _rule(
    "bad-state",
    "`state.json` cannot be read, or is of another version of this program; of several programmes, "
    "`portfolio.json` is not what was published.",
    "Restore it, or use that version.",
    documentation="publishing.md",
)
NOT_OURS = _rule(
    "not-ours",
    "A file, folder or link that this program did not make is in the way.",
    "Move it.",
    documentation="publishing.md",
)
LEFT_BESIDE = _rule(
    "left-beside",
    "What others wrote while the site was replaced has the name of something else in it.",
    "Take what you need of it, and remove it.",
    level=Level.WARNING,
    documentation="publishing.md",
)
LARGE_FEED = _rule(
    "large-feed",
    "A feed of over 900 kB; Google Calendar stops reading at 1 MB.",
    "Point to feeds by part, or use `--since`.",
    level=Level.WARNING,
    documentation="publishing.md",
)
LOST_FEED = _rule(
    "lost-feed",
    "A feed that was published is not made any more.",
    "Leave its cluster, sector or body in the file.",
    level=Level.WARNING,
    documentation="publishing.md",
)

# --- what a reader who knows the field would ask --------------------------------------------------

EVALUATED_TOO_SOON = _rule(
    "evaluated-too-soon",
    "An evaluation that is over before the first start or entry into force of its measure.",
    "Mend one of the two dates, or the kind.",
    level=Level.HINT,
    documentation="hints.md",
)
OFF_CHANGE_DATE = _rule(
    "off-change-date",
    "An entry into force on an exact day that is no fixed change date.",
    "Mend the day, or leave it where an exception was made.",
    level=Level.HINT,
    documentation="hints.md",
)
SNOOZE_ENDED = _rule(
    "snooze-ended",
    "An open milestone whose snooze has ended; the one hint that is a warning.",
    "Record what came of it, or decide anew.",
    level=Level.WARNING,
    documentation="hints.md",
)
STALE_SOURCE = _rule(
    "stale-source",
    "An open milestone whose newest source is older than asked for.",
    "Look for what came of it, and record it.",
    level=Level.HINT,
    documentation="hints.md",
)
WIDE_WINDOW = _rule(
    "wide-window",
    "A window that is wider than a year.",
    "Write the day by which it was promised, or a milestone for each step.",
    level=Level.HINT,
    documentation="hints.md",
)

# --- how a milestone stands -----------------------------------------------------------------------

LATE = _rule(
    "late",
    "The term has passed, and a statement of after it says that it had not been done yet.",
    "Record how it ended (met, dropped, replaced) or that it was moved, with the source.",
    level=Level.ERROR,
    documentation="standing.md",
)
UNCHECKED = _rule(
    "unchecked",
    "The term has passed, and nobody wrote down since what came of it, or that they looked.",
    "Look for what came of it, and record that: an outcome, a move, news, or that you looked.",
    level=Level.ERROR,
    documentation="standing.md",
)
NO_NEWS = _rule(
    "no-news",
    "The term has passed; somebody has looked since, and found nothing.",
    "Look again some day, and record what you find.",
    level=Level.WARNING,
    documentation="standing.md",
)
DUE = _rule(
    "due",
    "The promised window is open, and no outcome is recorded yet.",
    "Look for a source that says whether it came about, and record it.",
    level=Level.HINT,
    documentation="ci.md",
)
UPCOMING = _rule(
    "upcoming",
    "The promised window has not begun.",
    "Nothing needs doing yet; the date is that of the newest source.",
    level=Level.HINT,
    documentation="ci.md",
)

RULES: Mapping[str, Rule] = {rule.name: rule for rule in _RULES}
"""All of them, by name."""
