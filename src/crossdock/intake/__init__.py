"""Intake: the export's files become staged tables, and every row is accounted for.

=============  ==========================================================================
`unpack/`      a folder, a zip or one file, with whatever is in it, becomes a folder
`tables/`      any file of that folder becomes tables: text of any dialect, workbooks, JSON
`staging`      tables become `stage.<object>`, as text, each row knowing its file
`loading`      one table: rows staged, refused, set aside, counted twice at the same time
`reading`      the SQL that reads one table
`refusals`     what the reader refused, in words, and whether a fault of one row hides others
`counting`     a third opinion on the number of rows, when the first two differ
`remembering`  what is kept beside the rows, and whether they must be read again
`formats/`     how each file writes dates, numbers and so on; views `typed.<object>`
`links/`       keys where the export has none; views `src.<object>`, what other rooms read
`located`      views `row.<object>`: file, line and digest of each row
`asking`       what no row can decide: missing objects, time zone, currency
`sql`          small helps for writing SQL
`intake`       all of the above, once per export; what others call
=============  ==========================================================================

Staged tables hold text only. A cast that fails becomes NULL in `src` and a finding, never a lost
row; the text stays in `stage`. What was read stays read: a command that finds the same files, and
the same answers, goes on at once.
"""
