"""A programme as calendars to subscribe to: the only room that knows icalendar.

In come a programme and, where something was published before, its state; out come feeds as bytes.
The same input gives the same bytes on any day and any machine: nothing here reads a file or asks
the clock.
"""
