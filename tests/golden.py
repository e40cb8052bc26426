"""The golden files: what is written, in full view, and the one command that rewrites them.

    python tests/golden.py            rewrite each file that is not as it would be written now
    python tests/golden.py --check    name each of those, and exit with 1 if there is one
    python tests/golden.py PART …     only files whose path has a part in it: formats, README

A test module that has golden files names them in `golden()`, each with what writes it. CONTRIBUTING
says when to rewrite them, and how to read what changed.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = "python tests/golden.py"

Golden = dict[Path, Callable[[], str]]
"""What writes each golden file of a test module."""


def hold(file: Path, written: str) -> None:
    """Hold what is written against a golden file."""
    expected = file.read_text(encoding="utf-8") if file.exists() else ""
    name = file.relative_to(ROOT).as_posix()
    assert written == expected, f"{name}: if the new text is right, run {COMMAND} {name}"


def golden_files() -> Iterator[tuple[Path, Callable[[], str]]]:
    """Yield every golden file with what writes it."""
    import test_api
    import test_atom
    import test_catalogue
    import test_charts
    import test_docs
    import test_examples
    import test_face
    import test_formats
    import test_questions
    import test_tables_out
    import test_timeline
    import test_words

    texts = (test_formats, test_tables_out, test_examples, test_docs, test_questions)
    pictures = (test_timeline, test_charts)
    published = (test_atom, test_api, test_catalogue)
    for module in (*texts, *pictures, *published, test_face, test_words):
        yield from module.golden().items()


def main(arguments: list[str]) -> int:
    """Rewrite or check the golden files; return the exit code."""
    only_check = "--check" in arguments
    parts = [argument for argument in arguments if argument != "--check"]
    changed = 0
    for file, write in golden_files():
        name = file.relative_to(ROOT).as_posix()
        if parts and not any(part in name for part in parts):
            continue
        written = write()
        if file.exists() and file.read_text(encoding="utf-8") == written:
            continue
        changed += 1
        print(f"{name}: {'would be written otherwise now' if only_check else 'rewritten'}")
        if not only_check:
            file.write_text(written, encoding="utf-8", newline="")
    print(f"{changed} golden files {'are not as written now' if only_check else 'rewritten'}")
    return int(only_check and changed > 0)


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "benchmarks")]
    sys.exit(main(sys.argv[1:]))
