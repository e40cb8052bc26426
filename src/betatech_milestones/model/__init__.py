"""What was promised, as plain frozen records: policy dates, milestones, standings, findings.

In come values; out come records that have checked themselves. Nothing here reads a file, asks the
clock or knows how anything is told.
"""
