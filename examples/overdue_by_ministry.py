"""Print what is overdue on a day under the name of each body responsible, the longest first.

    python examples/overdue_by_ministry.py [2015-02-01]

A milestone for which several bodies are responsible stands under each of them.
"""

import sys

from betatech_milestones import as_of, load

day = sys.argv[1] if sys.argv[1:] else "2015-02-01"
programme = load()
overdue = as_of(programme, day).only("overdue").standings

print(f"{len(overdue)} overdue on {day}")
for body in programme.bodies:
    if theirs := [standing for standing in overdue if body in standing.measure.bodies]:
        print(f"\n{body.name.in_language('en')} ({len(theirs)})")
        for standing in theirs:
            title = standing.milestone.title.in_language("en")
            print(f"{standing.days_overdue:6} days  {title} ({standing.due})")
