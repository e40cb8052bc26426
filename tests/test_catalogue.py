"""What catalogues and search engines read of a site: what it offers, by whom, on what terms."""

import datetime as dt
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import attrs
import pytest
from golden import Golden, hold
from hypothesis import given
from hypothesis import strategies as st
from programmes import PROGRAMME, SHIPPED, changed
from systems import PATIENCE_SECONDS

from betatech_milestones import LANGUAGES, Programme, Publisher, Report, Texts, as_of, loads
from betatech_milestones.model.records import trusted
from betatech_milestones.voice import languages_of
from betatech_milestones.voice.paths import Paths
from betatech_milestones.website import api, catalogue
from betatech_milestones.website.api import as_published, documents, published, tables
from betatech_milestones.website.catalogue import catalog, datapackage, dataset, script, sitemap

GOLDEN = Path(__file__).with_name("published")
PLAN = loads(PROGRAMME, path="plan.toml")
DAY = dt.date(2015, 9, 2)
ADDRESS = "https://example.org/plan/"
BOTH = ("nl", "en")


def report(programme: Programme = PLAN, day: dt.date = DAY) -> Report:
    return as_published(as_of(programme, day))


# --- in full --------------------------------------------------------------------------------------


def golden() -> Golden:
    """Return what writes each file that is seen in full."""
    return {
        GOLDEN / "catalog.jsonld": lambda: catalog(report(), BOTH, ADDRESS).decode(),
        GOLDEN / "datapackage.json": lambda: datapackage(PLAN, BOTH).decode(),
        GOLDEN / "dataset.en.json": lambda: indented(
            dataset(report(), language="en", address=ADDRESS)
        ),
        GOLDEN / "sitemap.xml": sitemap(report(), BOTH, ADDRESS)["sitemap.xml"].decode,
    }


def indented(record: Any) -> str:
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("file", [*golden()], ids=lambda file: file.name)
def test_a_file_in_full(file: Path) -> None:
    """Each file is what is written of the programme that the tests share."""
    hold(file, golden()[file]())


@pytest.mark.parametrize("programme", [PLAN, SHIPPED], ids=["plan", "shipped"])
def test_they_stay_overnight(programme: Programme) -> None:
    """They depend on the newest statement, and not on the day."""
    first, later = (report(programme, dt.date(2027, month, 5)) for month in (8, 11))
    languages = languages_of(programme)
    assert catalog(first, languages, ADDRESS) == catalog(later, languages, ADDRESS)
    assert sitemap(first, languages, ADDRESS) == sitemap(later, languages, ADDRESS)
    for language in languages:
        assert dataset(first, language=language) == dataset(later, language=language)


# --- schema.org -----------------------------------------------------------------------------------

UNNAMED = loads(
    "\n".join(
        line
        for line in PROGRAMME.splitlines()
        if not line.startswith(("publisher =", "licence =", "repository ="))
    )
)


def test_a_dataset_claims_what_the_programme_names() -> None:
    """Nobody is its publisher, and no licence is given, where it names none."""
    keys = {*dataset(report(), language="nl")} - {*dataset(report(UNNAMED), language="nl")}
    assert keys == {"publisher", "license"}
    assert "dateModified" not in dataset(report(day=dt.date(2013, 1, 1)), language="nl")


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("mailto:a@example.org", {"@type": "ContactPoint", "email": "a@example.org"}),
        (
            "https://example.org/contact",
            {"@type": "ContactPoint", "url": "https://example.org/contact"},
        ),
        (None, None),
    ],
    ids=["mail", "page", "none"],
)
def test_a_publisher_is_written_to(contact: str | None, expected: Any) -> None:
    """By mail or on a page, as it says; in the catalogue too, and in the package by mail alone."""
    publisher = Publisher(name=Texts({"nl": "Ons\nkantoor"}), contact=contact)
    programme = attrs.evolve(PLAN, publisher=publisher)
    found = dataset(report(programme), language="en")["publisher"]
    assert found.get("contactPoint") == expected
    assert found["name"] == "Ons kantoor"
    assert "url" not in found
    (data,) = [json.loads(catalog(report(programme), BOTH))["dcat:dataset"]]
    key = "vcard:hasEmail" if contact and contact.startswith("mailto:") else "vcard:hasURL"
    assert data.get("dcat:contactPoint", {}).get(key) == (contact and {"@id": contact})
    (contributor,) = json.loads(datapackage(programme, BOTH))["contributors"]
    assert contributor.get("email") == (expected or {}).get("email")


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("address", [None, ADDRESS], ids=["unknown", "known"])
def test_a_dataset_names_files_that_are_there(language: str, address: str | None) -> None:
    """From the page on which it stands, wherever the site is."""
    files = documents(report()) | tables(report(), language=language)
    paths = Paths.of(PLAN, language)
    feeds = {paths.feed("all"), paths.changes}
    page = "https://example.org/plan/" + paths.overview
    found = dataset(report(), language=language, address=address)
    there = {urljoin(page, offer["contentUrl"]) for offer in found["distribution"]}
    assert {where.removeprefix("https://example.org/plan/") for where in there} == feeds | {
        file.path for file in published(PLAN, [language])
    }
    assert {where.removeprefix("https://example.org/plan/") for where in there} - feeds <= {*files}


LICENCES = {
    "CC-BY-4.0": "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0",
    "EUPL-1.2": "https://spdx.org/licenses/EUPL-1.2.html",
    "CC0-1.0 OR MIT": None,
}


@pytest.mark.parametrize(("licence", "where"), LICENCES.items(), ids=LICENCES)
def test_licences(licence: str, where: str | None) -> None:
    """By its address in the table of the EU, or of SPDX; two of them have none."""
    programme = loads(changed('"CC0-1.0"', f'"{licence}"'))
    data = json.loads(catalog(report(programme), BOTH))["dcat:dataset"]
    for offer in data["dcat:distribution"]:
        assert offer.get("dct:license", {}).get("@id") == where
    spdx = None if where is None else f"https://spdx.org/licenses/{licence}.html"
    assert dataset(report(programme), language="nl")["license"] == spdx or licence
    (own,) = json.loads(datapackage(programme, BOTH))["licenses"]
    assert own == {"name": licence} | ({} if spdx is None else {"path": spdx})


@given(st.text())
def test_a_script_ends_where_it_should(text: str) -> None:
    """Whatever a text holds, it is read back, and holds nothing that a page would read."""
    written = script({"name": text})
    assert json.loads(written) == {"name": text}
    assert not {*written} & {*"<>&\u2028\u2029"}


def test_every_language_has_its_place_in_the_tables_of_the_eu() -> None:
    """So a language that is added is added there."""
    assert {*catalogue._LANGUAGES} >= {*LANGUAGES}  # noqa: SLF001  a table, and whether it is whole


@pytest.mark.parametrize(
    ("languages", "expected"),
    [(("pl", "pt-br", "pt"), ["POL", "POR"]), (("tlh", "nl"), ["NLD"]), (("tlh",), None)],
)
def test_a_language_without_a_place_in_those_tables_is_left_out(
    languages: tuple[str, ...], expected: list[str] | None
) -> None:
    """A programme may be in any; what is said in it bears its tag all the same."""
    title = dict.fromkeys(languages, "Plan")
    with trusted():
        programme = attrs.evolve(PLAN, title=Texts(title), language=languages[0])
    found = json.loads(catalog(report(programme), languages, ADDRESS))
    for part in (found, found["dcat:dataset"]):
        named = [each["@id"].rpartition("/")[2] for each in part.get("dct:language", ())]
        assert named == (expected or [])
        assert {text["@language"] for text in part["dct:title"]} == {*languages}


# --- DCAT-AP --------------------------------------------------------------------------------------


def test_a_catalogue_has_what_the_profile_demands() -> None:
    """Title, description and publisher of the catalogue; an address for each distribution."""
    found = json.loads(catalog(report(), BOTH, ADDRESS))
    data = found["dcat:dataset"]
    for part in (found, data):
        assert {"dct:title", "dct:description", "dct:publisher"} <= {*part}
        assert {text["@language"] for text in part["dct:title"]} == {*BOTH}
    prefixes = {*found["@context"]}
    for key in keys(found):
        assert key.startswith("@") or key.partition(":")[0] in prefixes
    for offer in data["dcat:distribution"]:
        assert offer["dcat:accessURL"]["@id"].startswith(ADDRESS)


def keys(value: Any) -> set[str]:
    """Every key anywhere in a value but in its context."""
    if isinstance(value, dict):
        inner = [keys(item) for key, item in value.items() if key != "@context"]
        return {*value} | set().union(*inner)
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


@pytest.mark.skipif(importlib.util.find_spec("rdflib") is None, reason="needs rdflib")
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # its own reader uses it
def test_a_catalogue_is_read_as_a_graph() -> None:
    """A reader of JSON-LD finds the catalogue, its dataset, and each file with a class for all."""
    rdflib = importlib.import_module("rdflib")
    graph = rdflib.Graph().parse(data=catalog(report(), BOTH, ADDRESS), format="json-ld")
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    (found,) = graph.subjects(rdflib.RDF.type, dcat.Catalog)
    assert str(found) == f"{ADDRESS}catalog.jsonld"
    (data,) = graph.objects(found, dcat.dataset)
    files = {str(where) for where in graph.objects(None, dcat.downloadURL)}
    assert {ADDRESS + file.path for file in published(PLAN)} <= files
    assert len(files) == len([*graph.objects(data, dcat.distribution)])


# --- Data Package ---------------------------------------------------------------------------------


def test_a_package_without_a_publisher() -> None:
    """Nobody is named, and no licence is claimed."""
    found = {*json.loads(datapackage(PLAN, BOTH))} - {*json.loads(datapackage(UNNAMED, BOTH))}
    assert found == {"contributors", "licenses"}


frictionless = pytest.mark.skipif(
    importlib.util.find_spec("frictionless") is None, reason="needs frictionless"
)


@frictionless
@pytest.mark.slow
@pytest.mark.parametrize("programme", [PLAN, SHIPPED], ids=["plan", "shipped"])
def test_frictionless_finds_nothing_wrong(programme: Programme, tmp_path: Path) -> None:
    """Every table is as its schema says: types, words, keys, and ids that lead to milestones."""
    assert validated(programme, tmp_path) == {"valid": True, "errors": []}


@frictionless
@pytest.mark.slow
def test_frictionless_reads_packed_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It unpacks those of a large programme. Patched: a hundred milestones are soon made."""
    from generate import programme_text  # is beside the benchmarks, where golden.py does not look

    monkeypatch.setattr(api, "LARGE", 100)
    assert validated(loads(programme_text(101)), tmp_path) == {"valid": True, "errors": []}
    assert (tmp_path / "nl/milestones.csv.gz").exists()


@frictionless
@pytest.mark.slow
def test_frictionless_would_find_something(tmp_path: Path) -> None:
    """An id that leads nowhere is seen: the check is one."""
    validated(PLAN, tmp_path)
    file = tmp_path / "nl/moves.csv"
    file.write_text(file.read_text("utf-8").replace("files/in-force", "files/x"), "utf-8")
    found = verdict(tmp_path)
    assert not found["valid"]
    assert any("foreign" in error for error in found["errors"])


def validated(programme: Programme, folder: Path) -> Any:
    """What frictionless says of the package of a programme, written into a folder."""
    files = {"datapackage.json": datapackage(programme, languages_of(programme))}
    for language in languages_of(programme):
        files |= tables(report(programme), language=language, address=ADDRESS)
    for path, content in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    return verdict(folder)


def verdict(folder: Path) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    found = json.loads(done.stdout)
    told = [error["type"] for task in found["tasks"] for error in task["errors"]]
    return {"valid": found["valid"], "errors": told}


# --- sitemap --------------------------------------------------------------------------------------

SITEMAPS = {"": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def addresses(content: bytes) -> dict[str, str | None]:
    """The addresses that a sitemap lists, with their days."""
    return {
        item.findtext("loc", "", SITEMAPS): item.findtext("lastmod", None, SITEMAPS)
        for item in ET.fromstring(content)  # noqa: S314  it is ours
    }


def test_a_page_is_as_new_as_what_was_said_last() -> None:
    """Of its own milestones; a page that tells of none has no day."""
    day = dt.date(2015, 7, 15)
    idle = '[[body]]\nid = "idle"\nname = "Niemand"\n[[kind]]'
    programme = loads(changed("[[kind]]", idle))
    found = addresses(sitemap(report(programme, day), ["nl"], ADDRESS)["sitemap.xml"])
    assert found == {
        f"{ADDRESS}index.html": "2015-07-01",
        f"{ADDRESS}figures.html": "2015-07-01",
        f"{ADDRESS}measure/files.html": "2015-07-01",
        f"{ADDRESS}measure/teachers.html": "2015-07-01",
        f"{ADDRESS}body/ocw.html": "2015-07-01",
        f"{ADDRESS}body/idle.html": None,
    }


def test_an_address_is_escaped() -> None:
    """What XML would read stays what it is."""
    found = sitemap(report(), ["nl"], "https://example.org/a&b/")["sitemap.xml"]
    assert "https://example.org/a&b/index.html" in addresses(found)


@pytest.mark.slow
def test_a_sitemap_in_parts() -> None:
    """With more addresses than one may have there are several, and a list of them."""
    (measure,) = PLAN.only(measures="teachers").measures
    bare = attrs.evolve(measure, milestones=())
    with trusted():
        measures = tuple(attrs.evolve(bare, id=f"m-{number}") for number in range(49_998))
        programme = attrs.evolve(PLAN, measures=(*PLAN.measures, *measures))
    found = sitemap(report(programme), ["nl"], ADDRESS)
    assert {path: len(addresses(content)) for path, content in found.items()} == {
        "sitemap.xml": 2,
        "sitemap-1.xml": 50_000,
        "sitemap-2.xml": 3,
    }
    assert addresses(found["sitemap.xml"]) == {
        f"{ADDRESS}sitemap-1.xml": "2015-09-02",
        f"{ADDRESS}sitemap-2.xml": "2015-09-02",
    }
    fewer = attrs.evolve(programme, measures=programme.measures[:49_997])
    assert [*sitemap(report(fewer), ["nl"], ADDRESS)] == ["sitemap.xml"]
