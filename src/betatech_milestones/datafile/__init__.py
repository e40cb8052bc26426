"""The TOML file of a programme: read, checked across its records, added to, and written.

In come a path, a text, a revision in git, or a programme; out come a programme, or every problem
found, or the text of a file. This room reads data files. `files` writes: one file, whole or not at
all; `starter` a new folder.
"""
