"""What a programme looks like on the web: pages, timeline, documents, and their publication.

In come a programme, a day and the state published before; out come files by their paths. `publish`
alone writes: one folder, which it replaces whole. It reads what stands there.
"""
