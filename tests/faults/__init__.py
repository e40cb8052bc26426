"""Faults that no ordinary test meets: kills, full disks, errors of the system, many at once.

Run by name, `nox -s faults`, on Linux. The commands are the real ones, in processes and folders of
their own. What is promised of them, and what these found, stands in docs/reliability.md.
"""
