"""Intake: the export's files become staged tables, and every row is accounted for.

===========  ==========================================================================
`unpack/`    a folder or a zip, with whatever lies in it, becomes a folder of plain files
`staging`    files become tables `stage.<object>`, as text, each row knowing its file
`counting`   a second, independent reader counts the rows; both must agree
`formats/`   how each file writes dates and numbers, and views that read them so
`intake`     all of the above, once per export; what others call
===========  ==========================================================================

Staged tables hold text only. A cast that fails becomes NULL in `src` and a finding, never a lost
row; the text stays in `stage`.
"""
