"""What this program is: its name, its version and its address, in one place."""

NAME = "betatech-milestones"
VERSION = "0.1.0"
HOME: str | None = None
"""Where it lives on the web; None as long as that is not known: views then leave the link out."""
ISSUES = "those who make it" if HOME is None else f"{HOME}/issues"
"""To whom a fault of the program is reported."""

REPORT_VERSION = 2
"""The version of every JSON document of a report: what programs that read one rely on."""
