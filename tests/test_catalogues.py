"""What the tool says is said whole in every language, by catalogues that translators can read."""

import ast
import datetime as dt
import gettext
import re
import string
from pathlib import Path

import catalogues
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from click.testing import CliRunner
from sites import EVERY_GROUP

import betatech_milestones
from betatech_milestones import (
    LANGUAGES,
    Attestation,
    Commitment,
    Evidence,
    Kind,
    Per,
    Status,
    Voice,
    as_of,
    loads,
    reminder,
    render,
    slips,
)
from betatech_milestones.cli import main
from betatech_milestones.voice.catalogues import catalogue, messages, texts
from betatech_milestones.voice.labels import LABELS, SPANS

PACKAGE = Path(betatech_milestones.__file__).parent
FOLDER = PACKAGE / "voice" / "catalogues"
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")


def po(language: str) -> Catalog:
    """Return a catalogue as a translator has it."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def names(text: str) -> set[str]:
    """Return the {names} in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def as_written(message: Message) -> tuple[str, ...]:
    """Return a translation as one text, or as one for each number."""
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said or ())


# --- whole ----------------------------------------------------------------------------------------


def test_english_needs_no_catalogue() -> None:
    """It is what the others are translated from; every other language has its two files."""
    assert {file.name for file in FOLDER.iterdir()} == {
        "labels.pot",
        *(f"{language}.{kind}" for language in TRANSLATED for kind in ("po", "mo")),
    }
    assert type(catalogue("en")) is gettext.NullTranslations
    assert {key: text for key, text in texts("en").items() if key in LABELS} == LABELS


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_left_untranslated(language: str) -> None:
    """Each text has a translation that somebody has looked at since the text last changed."""
    catalog = po(language)
    found = {(one.context, one.id): one for one in catalog if one.id}
    assert {*found} == {
        (context, text if plural is None else (text, plural))
        for context, text, plural in messages()
    }
    assert not catalog.obsolete
    assert [key for key, one in found.items() if one.fuzzy] == []
    assert [key for key, one in found.items() if not all(as_written(one))] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_fill_in_the_same_names(language: str) -> None:
    """A {name} that is missing is a day or a number that the reader is not told."""
    for message in po(language):
        wanted = names(message.id if isinstance(message.id, str) else message.id[1])
        for text in as_written(message) if message.id else ():
            assert names(text) == wanted, message.context


@pytest.mark.parametrize("language", TRANSLATED)
def test_plural_forms_are_complete(language: str) -> None:
    """There is a form for each number, and as many as the language has."""
    catalog = po(language)
    counted = [message for message in catalog if message.id and message.pluralizable]
    assert {message.context for message in counted} == {f"span {unit}" for unit in SPANS}
    assert {len(as_written(message)) for message in counted} == {catalog.num_plurals}
    plural = gettext.c2py(catalog.plural_expr)
    assert {plural(number) for number in (*range(200), 1_000_000)} == {*range(catalog.num_plurals)}


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_compiled_says_what_is_written(language: str) -> None:
    """The program reads the compiled file, translators the other."""
    compiled = catalogue(language)
    for message in po(language):
        if not message.id:
            continue
        key = str(message.context)
        if isinstance(message.id, str):
            assert compiled.pgettext(key, message.id) == message.string
            assert texts(language)[key] == message.string
        else:
            plural = gettext.c2py(po(language).plural_expr)
            for number in (0, 1, 2, 11, 1_000_000):
                said = compiled.npgettext(key, message.id[0], message.id[1], number)
                assert said == as_written(message)[plural(number)]


def test_french_keeps_a_sign_with_the_word_before_it() -> None:
    """By a narrow space that breaks no line, which a keyboard does not have."""
    for message in po("fr"):
        for text in as_written(message) if message.id else ():
            assert not re.search("[ \u00a0][:;?!»]|«[ \u00a0]", text), message.context


def test_french_parts_what_is_told_of_one_milestone_in_one_way() -> None:
    """What is put together of parts has a semicolon without a space, and so has each part."""
    parts = ("how no-news", "since no-news", "told by", "told on", "by itself")
    for key in (*parts, "no date given", "no date given done"):
        text = texts("fr")[key]
        assert "; " in text
        assert "\u202f;" not in text


def test_catalogues_are_as_they_would_be_written() -> None:
    """If this fails, run `python tests/catalogues.py`, and translate what is new."""
    stale = [
        file.name for file, content in catalogues.files().items() if file.read_bytes() != content
    ]
    assert stale == []


def test_the_command_checks_and_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A catalogue that somebody spoilt is named, then written as it should be."""
    for file in FOLDER.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "labels.pot").unlink()
    (tmp_path / "de.mo").write_bytes(b"")
    written = (FOLDER / "fr.po").read_text(encoding="utf-8").replace("\n\n", "\n\n\n")
    (tmp_path / "fr.po").write_text(written, encoding="utf-8")
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogues, "TEMPLATE", tmp_path / "labels.pot")
    names = ["labels.pot", "fr.po", "de.mo"]
    assert catalogues.main(["--check"]) == 1
    assert capsys.readouterr().out == "".join(
        f"{name}: would be written otherwise now\n" for name in names
    )
    assert catalogues.main([]) == 0
    assert capsys.readouterr().out == "".join(f"{name}: written\n" for name in names)
    assert catalogues.main(["--check"]) == 0
    for name in names:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()


def test_translators_are_told_what_a_text_is_for() -> None:
    """The comment above a group of labels stands above each of them, and above no other."""
    told = {
        str(message.context): message.auto_comments
        for message in catalogues.template()
        if message.id and isinstance(message.id, str)
    }
    assert told["late"] == ["What is known of what is overdue."]
    assert told["year"] == ["Windows, numbers and money."]
    assert told["day"] == ["The timeline."]
    assert told["feed deadlines"] == ["Calendar feeds."]
    assert told["late: meaning"] == []


# --- used -----------------------------------------------------------------------------------------


def asked_for() -> set[str]:
    """Return a pattern for each text that may be the key of a label, wherever in the package."""
    found = {re.escape(str(word)) for words in VOCABULARIES for word in words}
    for file in PACKAGE.rglob("*.py"):
        if file.name in {"labels.py", "catalogues.py"}:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(re.escape(node.value))
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*"
                    for part in node.values
                ]
                if any(part not in {".*", r"\ "} for part in parts):
                    found.add("".join(parts))
    templates = sorted((PACKAGE / "website").glob("*.html"))
    template = "\n".join(file.read_text(encoding="utf-8") for file in templates)
    found |= {re.escape(text) for text in re.findall(r'"([^"\n]+)"', template)}
    found |= {re.escape(text) for text in re.findall(r'label\("([^"\n]+)"', template)}
    found |= {f"{re.escape(text)}.*" for text in re.findall(r'"([^"\n]+)" ~', template)}
    return found


VOCABULARIES = (Status, Kind, Commitment, Evidence, Attestation, Per)


def test_every_label_is_used() -> None:
    """A text that nobody asks for is work for four translators."""
    found = asked_for()
    parted = [re.compile(pattern) for pattern in found if ".*" in pattern]
    left = [key for key in LABELS if re.escape(key) not in found]
    assert [key for key in left if not any(one.fullmatch(key) for one in parted)] == []


# --- said -----------------------------------------------------------------------------------------

DAY = dt.date(2015, 9, 1)


def reports(language: str) -> str:
    """Return every report for people on one programme, whose own texts are not in English."""
    programme = loads(EVERY_GROUP.replace(', en = "', ', es = "'))
    report = as_of(programme, DAY, known_on=DAY)
    late = slips(report)
    letter = reminder(programme, dt.date(2014, 7, 1), dt.date(2015, 1, 1))
    texts = [
        render(report, kind, language=language) for kind in ("text", "markdown", "github", "sarif")
    ]
    texts += [
        render(report.about(milestone.full_id), "story", language=language)
        for milestone in programme.milestones
    ]
    texts += [render(late, kind, language=language) for kind in ("text", "markdown")]
    texts += [render(letter, kind, language=language) for kind in ("html", "markdown")]
    return "\n".join(texts)


def pieces(text: str) -> list[str]:
    """Return what stands between the {names} of a text, where it is more than one word."""
    parts = (part.strip(" ;:,.()") for part, *_ in string.Formatter().parse(text))
    return [part for part in parts if " " in part]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_report_has_no_english_left(language: str) -> None:
    """No sentence of ours is in another language than the rest."""
    told = reports(language).lower()
    theirs = {piece.lower() for text in texts(language).values() for piece in pieces(text)}
    english = {piece.lower() for text in texts("en").values() for piece in pieces(text)}
    assert [piece for piece in sorted(english - theirs) if piece in told] == []
    assert sum(piece in told for piece in theirs) > 20
    assert any(piece in reports("en").lower() for piece in english - theirs)


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("nl", "stand op 1 september 2015"),
        ("en", "as of 1 September 2015"),
        ("fr", "situation au 1er septembre 2015"),
        ("de", "Stand: 1. September 2015"),
        ("it", "situazione al giorno 1° settembre 2015"),
    ],
)
def test_each_language_can_be_asked_for(language: str, heading: str) -> None:
    """By its tag, as every command takes it."""
    told = CliRunner().invoke(main, ["report", "--as-of", "2015-09-01", "--lang", language])
    assert told.exit_code in {0, 1}, told.stderr
    assert heading in told.stdout
    assert Voice(language).label("as of", day=Voice(language).day(DAY)) == heading


def test_another_language_is_refused() -> None:
    """The ones that there are, are named."""
    told = CliRunner().invoke(main, ["report", "--lang", "es"])
    assert told.exit_code == 2
    assert "'es' is not one of 'nl', 'en', 'fr', 'de', 'it'" in told.stderr
