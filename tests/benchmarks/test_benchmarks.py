"""Times of the library on generated programmes: `pytest tests/benchmarks`.

For comparing two versions on one machine (`--benchmark-compare`); what holds on every machine is
in `ratios.py`.
"""

import datetime as dt

import pytest
from generate import programme_text
from pytest_benchmark.fixture import BenchmarkFixture

from betatech_milestones import Programme, as_of, feed, loads, render, site

SIZES = [1_000, 10_000]
DAY = dt.date(2015, 6, 1)


@pytest.fixture(scope="module", params=SIZES)
def text(request: pytest.FixtureRequest) -> str:
    size: int = request.param
    return programme_text(size)


@pytest.fixture(scope="module")
def programme(text: str) -> Programme:
    return loads(text)


def test_loads(benchmark: BenchmarkFixture, text: str) -> None:
    benchmark(loads, text)


def test_as_of(benchmark: BenchmarkFixture, programme: Programme) -> None:
    benchmark(as_of, programme, DAY)


def test_feed(benchmark: BenchmarkFixture, programme: Programme) -> None:
    benchmark(feed, programme)


def test_site(benchmark: BenchmarkFixture, programme: Programme) -> None:
    benchmark(site, programme, DAY)


@pytest.mark.parametrize("name", ["text", "json"])
def test_render(benchmark: BenchmarkFixture, programme: Programme, name: str) -> None:
    report = as_of(programme, DAY)
    benchmark(render, report, name)
