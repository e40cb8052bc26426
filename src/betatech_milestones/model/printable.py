r"""What is shown of texts that others wrote: on a terminal, in a log, in a message.

A title, the name of a file or what git says can hold characters that nobody sees, and that move a
cursor, end a line or turn the text around (Boucher and Anderson: "Trojan Source", 2021). They are
shown by their code, `\u202e`. So is the first sign of what the log of a CI takes for a command.

Of what nobody sees these stay, because honest texts need them: joiners (U+200C, U+200D: Persian,
languages of India, emoji), variation selectors, and the soft hyphen.
"""

import re
from collections.abc import Callable

BIDI = "\u202a-\u202e\u2066-\u2069"
"""What turns the text behind it around, until something ends that (UAX #9, 2.1 to 2.4)."""
UNSHOWABLE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls (C0, C1) but tab and the ends of lines
    "\u2028\u2029"  # ends of lines and paragraphs: some readers end a line there
    "\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e007f"  # deprecated; of notes; tags
)
"""What no text shows: it has no place in a data file."""
HALVES = "\ud800-\udfff"
"""Halves of a character, which a text of Python can hold, and no file."""
INVISIBLE = (
    "\u061c\u200e\u200f"  # marks of direction
    "\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0"  # of no width
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\ufdd0-\ufdef"  # no characters, and the last two of each plane
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
)
"""What nobody sees, and may stand in a text all the same."""

_IN_LINES = f"\r{UNSHOWABLE}{HALVES}{BIDI}{INVISIBLE}"
# Few texts have any of it: these are compiled when one is met.
_NOT_IN_LINES = f"[{_IN_LINES}]"
_NOT_IN_XML = f"[{UNSHOWABLE}{BIDI}]"
_NOT_IN_A_LINE = f"[\t\n{_IN_LINES}]"

# `::name::` at the beginning of a line and `##[name]` anywhere (GitHub: actions/runner,
# ActionCommand.cs; Forgejo and Gitea do as GitHub), `##vso[name]` (Azure Pipelines), and
# `##teamcity[name]`. A line ends at \r, too; white space before `::` does not count.
COMMAND = re.compile(r"(?<![^\r\n])(?P<before>[^\S\r\n]*)(?P<colon>:)(?=:)|#(?P<hash>#)(?=\w*\[)")
"""Where a log of CI would find a command."""

LONGEST_LINE = 4000
"""How long a line of a message or of a report for people can be, in characters."""


def escape(character: str) -> str:
    r"""Return the code of a character, as `\u202e`."""
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004  of four digits


def _escaped(found: re.Match[str]) -> str:
    return escape(found[0])


def printable(text: str, *, longest: int | None = LONGEST_LINE) -> str:
    r"""Return lines as they can be printed, each cut where it is longer than that.

    >>> printable("now\x1b[2J\n::error::late")
    'now\\u001b[2J\n\\u003a:error::late'
    """
    if not text.replace("\n", "").isprintable():
        text = re.sub(_NOT_IN_LINES, _escaped, text)
    text = without_commands(text, escape)
    if longest is None or len(text) <= longest:
        return text
    return "\n".join(_cut(line, longest) for line in text.split("\n"))


def printable_line(text: str, *, longest: int | None = LONGEST_LINE) -> str:
    r"""Return a text as it can be printed on one line: an end of a line is an escape, too.

    >>> printable_line("plan.toml\nplan.toml: no problems found")
    'plan.toml\\u000aplan.toml: no problems found'
    """
    if not text.isprintable():
        text = re.sub(_NOT_IN_A_LINE, _escaped, text)
    text = without_commands(text, escape)
    return text if longest is None else _cut(text, longest)


def _cut(line: str, longest: int) -> str:
    if len(line) <= longest:
        return line
    return f"{line[:longest]}… ({len(line) - longest:,} more characters)"


def printable_document(written: str) -> str:
    """Return a text for people that may be published, such as Markdown: no line of it is cut."""
    return printable(written, longest=None)


def without_commands(written: str, escape: Callable[[str], str]) -> str:
    """Return a text in which no log of CI finds a command; its first sign becomes an escape."""
    if "::" not in written and "##" not in written:
        return written

    def broken(found: re.Match[str]) -> str:
        if found["hash"]:
            return "#" + escape("#")
        return found["before"] + escape(":")

    return COMMAND.sub(broken, written)


def printable_json(written: str) -> str:
    r"""Return JSON in which what nobody sees is an escape: `\u202e`; it means the same.

    No line of it begins with a colon, and of two hashes the second is `\u0023`.
    """
    if not written.replace("\n", "").isprintable():
        written = re.sub(_NOT_IN_LINES, lambda found: _in_json(found[0]), written)
    return without_commands(written, escape)


def _in_json(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def printable_xml(written: str) -> str:
    """Return XML or HTML that hides nothing, and in which no log of CI finds a command."""
    if not written.replace("\n", "").isprintable():
        written = re.sub(_NOT_IN_XML, _escaped, written)
    return without_commands(written, lambda character: f"&#{ord(character)};")
