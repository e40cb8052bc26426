"""Print whose term had passed without an outcome on a day, under each body that answers for it.

    python examples/overdue_by_ministry.py [2015-02-01]

What is known of it stands beside it: that it is late, that nobody looked since, or that somebody
looked and found nothing. A milestone for which several bodies answer stands under each of them.
"""

import sys

from betatech_milestones import Voice, as_of, load

day = sys.argv[1] if sys.argv[1:] else "2015-02-01"
programme = load()
voice = Voice("en")
overdue = as_of(programme, day).only("overdue").standings

print(f"{len(overdue)} terms had passed without an outcome on {day}")
for body in programme.bodies:
    if theirs := [standing for standing in overdue if body in standing.bodies]:
        print(f"\n{body.name.in_language('en')} ({len(theirs)})")
        for standing in theirs:
            print(f"  {standing.milestone.title.in_language('en')} ({standing.due})")
            print(f"    {voice.standing(standing)}")
