"""Print whose term has passed, what was moved and what comes within a year of another policy.

    python examples/second_programme.py [2026-08-01]

The policy is the Artificial Intelligence Act of the European Union, in eu-ai-act.toml beside this
script: nothing in the library is tied to the programme that it ships with.
"""

import sys
from pathlib import Path

from betatech_milestones import as_of, load

day = sys.argv[1] if sys.argv[1:] else "2026-08-01"
report = as_of(load(Path(__file__).with_name("eu-ai-act.toml")), day)

print(f"{report.programme.title} on {day}")

print("\nDays since the term, without an outcome")
for standing in report.only("overdue").standings:
    print(
        f"{standing.days_overdue:6}  {standing.milestone.title} "
        f"({standing.due}): {standing.evidence}"
    )

print("\nDays moved")
for standing in report.standings:
    if standing.moves:
        print(f"{standing.moved_days:+6}  {standing.milestone.title} (now {standing.due})")

print("\nDays left, within a year")
for standing in report.within(365).standings:
    print(f"{standing.days_left or 0:6}  {standing.milestone.title} ({standing.due})")
