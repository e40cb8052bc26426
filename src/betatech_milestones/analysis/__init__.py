"""What a programme amounts to: on a day, over time, between versions, before it is published.

In come programmes and days; out come records that say how things stand, what happened, what
changed and what deserves attention. Nothing here asks the clock; `check` reads data files through
`datafile`.
"""
