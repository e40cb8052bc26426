"""Sheets and registers to a ledger: what a table says that a programme does not have yet.

In come the bytes of a table, its mapping and a programme; out goes a programme with statements
added, and what is to be told of the table. This room reads mappings; nothing here writes a file,
prints, or asks the clock.

Bytes become rows in `tables`, which asks a module for each format (`csv_tables`, `json_tables`,
`calendar_tables`, `xlsx`, `ods`, `xls`) and gives the `grid` that all of them make. A `mapping`
says what columns mean; `headings` finds them, `cells` reads what stands in one, and `read` makes
`rows` of it; `sketch` writes a first mapping. The workbook of our own needs none: `sheets` is its
layout, `typed` and `workbook` read it back. What rows say is compared with a programme in `ledger`
and `statements`, on a `draft` of it. `table` is the way through all of this for one file, and
`editions` for every committed one; `merge` takes in another file of the same programme.
"""
