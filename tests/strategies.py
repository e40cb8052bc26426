"""Dates of every form that the model accepts, for the properties that tests hold of them."""

import datetime as dt
import re

from hypothesis import strategies as st

from betatech_milestones.model.edtf import PARTS, days_of
from betatech_milestones.model.sayings import year_from

years = st.integers(1, 9998).map("{:04}".format)
days = st.dates().map(dt.date.isoformat)
parts = st.builds("{}-{:02}".format, years, st.sampled_from(sorted(PARTS)))
plain = years | days | parts
qualified = st.builds(str.__add__, plain, st.sampled_from(["", "~", "?", "%"]))


def ends_after_it_begins(text: str) -> bool:
    first, last = re.split(r"/|\.\.", text.strip("[]"))
    return days_of(first)[0] <= days_of(last)[1]


def _part_of_month(month: dt.date, part: tuple[int, int]) -> str:
    last = days_of(f"{month:%Y-%m}".zfill(7))[1].day
    year_and_month = month.isoformat()[:7]
    return f"[{year_and_month}-{part[0]:02}..{year_and_month}-{part[1] or last:02}]"


ranges = st.builds("[{}..{}]".format, qualified, qualified).filter(ends_after_it_begins)
intervals = st.builds("{}/{}".format, qualified, qualified).filter(ends_after_it_begins)
open_starts = st.builds("[..{}]".format, qualified)
open_ends = st.builds("[{}..]".format, qualified)
open_intervals = st.builds(str.format, st.sampled_from(["../{}", "{}/.."]), qualified)
parts_of_months = st.builds(
    _part_of_month,
    st.dates(),
    st.sampled_from([(1, 10), (11, 20), (21, 0), (1, 15), (16, 0), (1, 0)]),  # 0 is the last day
)
school_years = st.builds(year_from, st.integers(1, 9998), st.integers(1, 12))

canonical = (
    qualified | ranges | open_starts | open_ends | parts_of_months | school_years
)  # EDTF text as we write it
written = canonical | intervals | open_intervals  # also as others write it
