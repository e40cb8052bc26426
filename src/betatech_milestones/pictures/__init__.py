"""A programme drawn: pictures that stand alone, as SVG of our own.

In come programmes, reports and figures; out come strings, the same bytes for the same input. A
picture has its words within it, and colours for light and for dark. Nothing here reads a file or
asks the clock, and nothing that comes out runs.
"""

CHARTS = ("trend", "burn-up", "incidence", "delays")
"""The names of the charts of figures."""
