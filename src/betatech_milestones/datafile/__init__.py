"""The TOML file of a programme: read, checked across its records, and added to.

In come a path, a text, or a revision in git; out come a programme, or every problem found. This
room reads data files. `record` alone writes: one file, which it replaces whole.
"""
