"""Any file of an export becomes tables that can be read row by row.

============  =========================================================================
`table`       what a table is here: where it lies, how it is read, what it was recognised as
`layout`      all tables of an export, and what else is in it
`kinds`       what a file is, told by its bytes: text, workbook, document, something else
`media`       which files belong to records, and what the lists call them
`text`        a text file: read where it lies, or from a copy that can be read
`charset`     in which encoding a text file is, and the same as UTF-8
`dialect`     delimiter and header, found by what the source recognises in the first rows
`claims`      which column a header stands for, where a person said so
`footers`     rows at the end that are no records
`survey`      one pass over a text file: rows, the lines they begin on, how lines end
`lines`       on which line of its file a staged row begins
`mending`     copies without stray quotes, and with the last cells that a row lacks
`workbooks/`  each sheet of a workbook becomes a plain table
`documents/`  each list of a JSON document becomes a plain table
`plains`      both of these, written once and used again
`tables`      all of the above over a folder; what others call
============  =========================================================================

A text file is read where it lies. A file that cannot be read as it is (another encoding, a
workbook, a document) is written once as a plain table: UTF-8, commas, LF, a header, and `_line` as
the first column, the line or sheet row that each row has in the file it came from.
"""
