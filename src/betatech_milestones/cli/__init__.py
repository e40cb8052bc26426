"""The command line: parse, call one function of the library, print, return a code.

In come words and files; out come reports on the standard output, and everything else on the other.
Only this room asks the clock, in the programme's own time zone, and prints; it writes the file that
`--output` names.
"""

from betatech_milestones.cli.commands import main

__all__ = ["main"]
