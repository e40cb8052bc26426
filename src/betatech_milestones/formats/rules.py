"""Every rule of `check` in words: what it means, and what to do.

`docs/data-format.md`, `docs/publishing.md` and `docs/hints.md` have them as tables; a test keeps
them equal.
"""

from collections.abc import Mapping

RULES: Mapping[str, tuple[str, str]] = {
    "bad-date": (
        "A date that is none, or a day that is not a bare TOML date.",
        "Write one of the forms, or the table of words and EDTF.",
    ),
    "bad-id": (
        "An id with other characters, or of more than 60.",
        "Write the one that the message offers, or a shorter one.",
    ),
    "bad-language": (
        "A language that is no BCP 47 tag.",
        "Write a tag such as `nl` or `en-GB`.",
    ),
    "bad-number": (
        "A number that is none, is below 0, not finite or too large.",
        "Write it bare, with `_` between thousands if you like.",
    ),
    "bad-snooze": (
        "A snooze that ends before it was given, or before the promise was made.",
        "Mend the day, or take the snooze out.",
    ),
    "bad-timezone": (
        "A time zone that the IANA database does not have.",
        "Write a name such as `Europe/Amsterdam`.",
    ),
    "bad-url": (
        "A web address that is not absolute, or not in ASCII.",
        "Begin with `https://`, percent-encode the rest.",
    ),
    "bad-years": (
        "Years that are not a first and a last one.",
        "Write `[2012, 2015]`.",
    ),
    "control-character": (
        "A text with a character that no reader shows.",
        "Take it out; the message has its code and its position.",
    ),
    "date-conflict": (
        "Words that mean one date, beside an `edtf` of another.",
        "Leave the table, and write the words alone; or mend the `edtf`.",
    ),
    "dated-after-source": (
        "An outcome or a reading that begins after its source appeared.",
        "Cite a later source, or mend the date.",
    ),
    "duplicate-id": (
        "An id that another has, or that is named twice in a list.",
        "Give it its own, or name it once.",
    ),
    "empty-text": (
        "A text with nothing in it.",
        "Write it, or leave the key out.",
    ),
    "encoding": (
        "A file that is not UTF-8.",
        "Save it as UTF-8.",
    ),
    "former-id": (
        "An id in `formerly` that something else has, had, or that it has itself.",
        "Take it out.",
    ),
    "missing-key": (
        "A table without a key that it needs.",
        "Add the key, as in the message.",
    ),
    "missing-language": (
        "A text without the programme's own language.",
        "Add it.",
    ),
    "revised-before-promise": (
        "A move announced before the promise was made.",
        "Mend the day, or the source of the promise.",
    ),
    "revisions-out-of-order": (
        "A move announced before the one above it.",
        "Put the oldest first.",
    ),
    "toml-syntax": (
        "A file that is not TOML, or nested or numbered beyond reading.",
        "Mend the line; see toml.io.",
    ),
    "two-outcomes": (
        "A milestone both met and dropped.",
        "Keep the one that came about.",
    ),
    "undated-source": (
        "A promise whose source has no `published` day.",
        "Give it one, or name another source.",
    ),
    "unknown-body": (
        "A body that is not in the file.",
        "Mend the id, or add a `[[body]]`.",
    ),
    "unknown-cluster": (
        "A cluster that is not in the file.",
        "Mend the id, or add a `[[cluster]]`.",
    ),
    "unknown-key": (
        "A key that the table does not have.",
        "Mend its name, or take it out.",
    ),
    "unknown-sector": (
        "A sector that is not in the file.",
        "Mend the id, or add a `[[sector]]`.",
    ),
    "unknown-source": (
        "A source that is not in the file.",
        "Mend the id, or add a `[[source]]`.",
    ),
    "unknown-word": (
        "A word that is not in the list for its key.",
        "Write one of those in the message.",
    ),
    "wrong-type": (
        "A number for a text, a table for an array, and so on.",
        "Write it as the message shows.",
    ),
    # What subscribers would lose.
    "lost-uid": (
        "A milestone that was published is not in the file, or the programme has another id.",
        "Drop it, or write its old id in `formerly`; give the programme its id back.",
    ),
    "reused-uid": (
        "An id that was published is now that of another milestone.",
        "Give the new one an id of its own, and keep the old one.",
    ),
    "lower-sequence": (
        "A statement was taken away (`check`), or the state is older than the feeds (`build`).",
        "Add what is right below it; restore the state published with the feeds.",
    ),
    # Hints.
    "evaluated-too-soon": (
        "An evaluation that is over before the first start or entry into force of its measure.",
        "Mend one of the two dates, or the kind.",
    ),
    "off-change-date": (
        "An entry into force on an exact day that is no fixed change date.",
        "Mend the day, or leave it where an exception was made.",
    ),
    "snooze-ended": (
        "An open milestone whose snooze has ended; the one hint that is a warning.",
        "Record what came of it, or decide anew.",
    ),
    "stale-source": (
        "An open milestone whose newest source is older than asked for.",
        "Look for what came of it, and record it.",
    ),
    "wide-window": (
        "A window that is wider than a year.",
        "Write the day by which it was promised, or a milestone for each step.",
    ),
}
