"""What makes a site of the documents as they stand: the hooks of mkdocs.yml.

The documents are read in the repository as well, and link to its files. So README.md is the front
page, the files that they link to have pages of their own, and each link is led to its page here.
"""

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any

import griffe
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "examples/questions.ipynb": "questions.md",
    "examples": "examples.md",
}
"""The page of each file or folder of the repository that is not below `docs`."""
LANGUAGES = {".py": "python", ".toml": "toml", ".yml": "yaml"}
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in LANGUAGES)


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages that do not stand in `docs`."""
    for source, page in PAGES.items():
        path = ROOT / source
        text = _examples() if path.is_dir() else path.read_text(encoding="utf-8")
        if path.suffix == ".ipynb":
            text, pictures = _notebook(json.loads(text), PurePosixPath(page).stem)
            for name, picture in pictures.items():
                files.append(File.generated(config, name, content=picture))
        files.append(File.generated(config, page, content=text))
    return files


def _notebook(notebook: Any, name: str) -> tuple[str, dict[str, str]]:
    """Return a notebook as a page, and the pictures in it, each under a name of its own."""
    pictures: dict[str, str] = {}
    parts: list[str] = []
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(source)
            continue
        parts.append(f"```python\n{source}\n```")
        for output in cell["outputs"]:
            parts += _shown(output, name, pictures)
    return "\n\n".join(parts) + "\n", pictures


def _shown(output: Any, name: str, pictures: dict[str, str]) -> Iterator[str]:
    """Yield what a cell shows: as a notebook would, the richest form of it."""
    data = output.get("data", {})
    if "image/svg+xml" in data:
        picture = "".join(data["image/svg+xml"])
        file = f"{name}-{len(pictures) + 1}.svg"
        pictures[file] = picture
        title = re.search(r"<title[^>]*>(.*?)</title>", picture)
        yield f'<p><img src="{file}" alt="{title[1] if title else escape(file)}"></p>'
    elif "text/html" in data:
        yield "".join(data["text/html"])
    else:
        text = "".join(output.get("text") or data["text/plain"])
        yield f"```text\n{text.rstrip()}\n```"


def _examples() -> str:
    """Return a page that shows every example."""
    shown = [
        f"## {path.name}\n\n```{LANGUAGES[path.suffix]}\n{path.read_text(encoding='utf-8')}```\n"
        for path in EXAMPLES
    ]
    return "\n".join(["# Examples\n", *shown])


# A link to a file, or a block of code, in which nothing is one.
_LINK = re.compile(
    r"^```.*?^```$|\[(?P<text>[^]]*)\]\((?P<path>[^\s)#:<]+)(?P<anchor>#[^\s)]*)?\)",
    re.DOTALL | re.MULTILINE,
)


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead the links of a page to pages of the site."""
    del config, files
    sources = {there: source for source, there in PAGES.items()}
    document = PurePosixPath(sources.get(page.file.src_uri, f"docs/{page.file.src_uri}"))
    return _LINK.sub(lambda link: _led(link, document.parent), markdown)


def _led(link: re.Match[str], folder: PurePosixPath) -> str:
    """Return a link of a document in a folder of the repository as it is on the site."""
    if link["path"] is None:
        return link[0]
    target = (ROOT / folder / link["path"]).resolve().relative_to(ROOT)
    text, anchor = link["text"], link["anchor"] or ""
    path = target.as_posix()
    if path in PAGES:
        return f"[{text}]({PAGES[path]}{anchor})"
    if target.parts[0] == "docs":
        return f"[{text}]({target.relative_to('docs').as_posix()}{anchor})"
    if target.parent.as_posix() in PAGES:
        heading = re.sub(r"[^\w-]", "", target.name)
        return f"[{text}]({PAGES[target.parent.as_posix()]}#{heading})"
    return text  # a file that is in the repository alone


class Docstrings(griffe.Extension):
    """Docstrings as a page shows them: sessions as code, and no word of how attrs reads a field."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """Fence the sessions of a docstring."""
        if obj.docstring:
            obj.docstring.value = _fenced(obj.docstring.value)

    def on_attribute_instance(self, *, attr: griffe.Attribute, **_: Any) -> None:
        """Leave out what makes a field."""
        if str(attr.value).startswith("attrs.field("):
            attr.value = None


_SESSION = re.compile(r"^>>> .*(?:\n.+)*", re.MULTILINE)


def _fenced(docstring: str) -> str:
    return _SESSION.sub(lambda session: f"```pycon\n{session[0]}\n```", docstring)
