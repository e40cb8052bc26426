"""What holds for every test: none fails because the machine was busy, none reports to GitHub."""

import os

from hypothesis import settings

settings.register_profile("untimed", parent=settings(), deadline=None)
settings.load_profile("untimed")

os.environ.pop("GITHUB_STEP_SUMMARY", None)
