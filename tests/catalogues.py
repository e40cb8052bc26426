"""The catalogues of translators, held to the texts of the tool.

    python tests/catalogues.py            write the template anew, bring every catalogue up to it
                                          and compile it
    python tests/catalogues.py --check    name what that would change, and exit with 1

New texts come into the catalogues untranslated, changed ones marked as fuzzy, and those that are
no more are taken out. docs/languages.md leads translators through it.
"""

import datetime as dt
import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from betatech_milestones.language import LANGUAGES
from betatech_milestones.voice import labels
from betatech_milestones.voice.catalogues import messages

FOLDER = Path(labels.__file__).with_name("catalogues")
TEMPLATE = FOLDER / "labels.pot"
DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # of every catalogue: the same bytes at any time
HEADER = "# Texts of betatech-milestones.\n"


def notes() -> dict[str, str]:
    """Return the comment above each group of texts, by the key of each text in it."""
    found, group = {}, ""
    for line in Path(labels.__file__).read_text(encoding="utf-8").splitlines():
        if comment := re.fullmatch(r"    # (.*)", line):
            group = comment[1]
        elif line.startswith("SPANS"):
            break
        elif key := re.match(r'    "([^"]+)": ', line):
            found[key[1]] = group
    return found


def template() -> Catalog:
    """Return the texts as they are in English."""
    catalog = Catalog(project="betatech-milestones", header_comment=HEADER, fuzzy=False)
    about = notes()
    for key, text, plural in messages():
        wanted = text if plural is None else (text, plural)
        flags = ["python-brace-format"] if "{" in text else []
        comments = [about[key]] if key in about else []
        catalog.add(wanted, context=key, flags=flags, auto_comments=comments)
    return catalog


def catalogue_of(language: str) -> Catalog:
    """Return the translations into a language, as they stand in its file."""
    file = FOLDER / f"{language}.po"
    if not file.exists():
        return Catalog(locale=language, project="betatech-milestones", header_comment=HEADER)
    with file.open("rb") as binary:
        return read_po(binary, locale=language)


def as_po(catalog: Catalog) -> bytes:
    """Return a catalogue as text, the same at any time."""
    written = io.BytesIO()
    write_po(written, catalog, width=100, omit_header=False, ignore_obsolete=True)
    dated = re.compile(
        rb'^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator'
        rb"|Language-Team|Report-Msgid-Bugs-To): .*\n",
        re.MULTILINE,
    )
    return dated.sub(b"", written.getvalue())


def files() -> dict[Path, bytes]:
    """Return the template, and each catalogue as text and compiled."""
    wanted = template()
    found = {TEMPLATE: as_po(wanted)}
    for language in LANGUAGES:
        if language == "en":
            continue
        catalog = catalogue_of(language)
        catalog.update(wanted)
        catalog.fuzzy = False
        catalog.creation_date = catalog.revision_date = DAY
        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        found[FOLDER / f"{language}.po"] = as_po(catalog)
        found[FOLDER / f"{language}.mo"] = compiled.getvalue()
    return found


def main(arguments: list[str]) -> int:
    """Write or check the catalogues; return the exit code."""
    only_check = "--check" in arguments
    changed = 0
    for file, content in files().items():
        if file.exists() and file.read_bytes() == content:
            continue
        changed += 1
        print(f"{file.name}: {'would be written otherwise now' if only_check else 'written'}")
        if not only_check:
            file.write_bytes(content)
    return int(only_check and changed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
