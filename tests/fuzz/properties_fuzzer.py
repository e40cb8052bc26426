"""The properties as a fuzz target that coverage guides, for Atheris and OSS-Fuzz.

    python tests/fuzz/properties_fuzzer.py [OPTION OF LIBFUZZER…] [FOLDER OF INPUTS…]

The first byte of an input chooses the property, and Hypothesis makes an example of the rest: the
same ones are drawn as in the tests. `PROPERTY=NAME` in the environment keeps it to one.
"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / part) for part in ("", "benchmarks", "fuzz")]


def fuzz_one_input(
    name: str, holds: Callable[[dict[str, bytes]], object]
) -> Callable[[bytes], object]:
    """Return what tries a function on the example of a property that some bytes are."""
    from hypothesis import HealthCheck, given, settings
    from properties import PROPERTIES

    @settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(PROPERTIES[name].folders)
    def tried(folder: dict[str, bytes]) -> None:
        holds(folder)

    return tried.hypothesis.fuzz_one_input  # type: ignore[attr-defined, no-any-return]


def targets() -> list[Callable[[bytes], object]]:
    """Return what tries each property, or the one that the environment names."""
    from properties import PROPERTIES

    names = [os.environ["PROPERTY"]] if "PROPERTY" in os.environ else [*PROPERTIES]
    return [fuzz_one_input(name, PROPERTIES[name].holds) for name in names]


def instrumented() -> None:
    """Import the package and what it reads with so that coverage of it is measured."""
    import atheris

    with atheris.instrument_imports(include=["betatech_milestones"], enable_loader_override=False):
        import properties  # noqa: F401


def fuzz(arguments: Sequence[str], tries: Sequence[Callable[[bytes], object]]) -> None:
    """Go on until something fails, or as libFuzzer is told; this does not return."""
    import atheris

    def TestOneInput(data: bytes) -> None:  # noqa: N802  what OSS-Fuzz calls it
        if data:
            tries[data[0] % len(tries)](data[1:])

    atheris.Setup([sys.argv[0], *arguments], TestOneInput)
    atheris.Fuzz()


if __name__ == "__main__":
    instrumented()
    fuzz(sys.argv[1:], targets())
