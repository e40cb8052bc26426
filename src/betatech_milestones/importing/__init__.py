"""Sheets and registers to a ledger: what a table says that a programme does not have yet.

In come the bytes of a table, its mapping and a programme; out goes a programme with statements
added, and what is to be told of the table. This room reads mappings; nothing here writes a file,
prints, or asks the clock.
"""
