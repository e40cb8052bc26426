"""Write a calendar of the milestones for one sector to a file, or print it.

    python examples/calendar_for_one_sector.py [mbo [mbo.ics]]

Put the file on a web server and subscribe to its address: it is the same, byte for byte, until the
data changes.
"""

import sys
from pathlib import Path

from betatech_milestones import feed, load

sector = sys.argv[1] if sys.argv[1:] else "mbo"
written = feed(load().only(sectors=sector), language="nl")

if sys.argv[2:]:
    Path(sys.argv[2]).write_bytes(written)
else:
    sys.stdout.buffer.write(written)
