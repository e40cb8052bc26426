"""What holds for every test: none fails because the machine was busy, none reports to GitHub."""

import os

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("golden")  # it shows where a file differs

settings.register_profile("untimed", parent=settings(), deadline=None)
settings.load_profile("untimed")

os.environ.pop("GITHUB_STEP_SUMMARY", None)
