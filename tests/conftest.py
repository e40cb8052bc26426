"""What holds for every test: none fails because the machine was busy, none reports to GitHub.

Coverage is that of the fast tests, and of the few others that reach what no fast one does: to
measure a test doubles its time. What examples reach by chance does not count.
"""

import gc
import os
import signal

import pytest
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite("golden")  # it shows where a file differs

# The same examples each time in CI: no change fails for what it did not touch. Anywhere else they
# are new ones, and what they find can be reproduced. A few are enough to notice what is changed in
# the package (tests/mutants.py has no more); to find what is rare there is the profile `many`.
CI = bool(os.environ.get("CI"))
settings.register_profile(
    "few",
    parent=settings(),
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=CI,
    database=None if CI else settings().database,
    print_blob=True,
)
settings.register_profile(
    "many", parent=settings.get_profile("few"), max_examples=250, derandomize=False
)
settings.load_profile("few")

os.environ.pop("GITHUB_STEP_SUMMARY", None)
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in the background of a script
    signal.signal(signal.SIGINT, signal.default_int_handler)  # or no process of a test can be told


_OF_THE_WHOLE = {
    *("test_api.py", "test_at_once.py", "test_catalogues.py", "test_corpus.py"),
    *("test_data_frames.py", "test_docs.py", "test_figures_page.py", "test_items.py"),
    *("test_overnight.py", "test_overview.py", "test_portfolio_site.py", "test_printable.py"),
    *("test_publish.py", "test_schema.py", "test_search.py", "test_tombi.py"),
}
"""What makes much at once: whole sites, pages, documents and calendars, on many days. The tests of
their parts reach nearly all of that in a fraction of the time.
"""


@pytest.hookimpl(trylast=True)  # when Hypothesis has marked what draws examples
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Measure no slow test, none of a whole and none with examples, unless marked as `measured`."""
    if config.pluginmanager.hasplugin("pytest_cov"):  # whose mark it is
        for item in items:
            marks = {mark.name for mark in item.iter_markers()}
            is_dear = marks & {"slow", "browser", "hypothesis"} or item.path.name in _OF_THE_WHOLE
            if is_dear and "measured" not in marks:
                item.add_marker("no_cover")


gc.disable()  # while tests are collected, which live as long as the process does


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over the tests, and look seldom at what they make.

    To look at all of them again and again was a tenth of the time of the fast ones, and a quarter
    of that of collecting them; to look after each 700 objects, another tenth.
    """
    gc.freeze()
    gc.set_threshold(100_000)
    gc.enable()
