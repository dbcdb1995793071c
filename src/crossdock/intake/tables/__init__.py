"""Any file of an export becomes tables that can be read row by row.

============  =========================================================================
`table`       what a table is here: where it lies, how it is read, what it was recognised as
`kinds`       what a file is, told by its bytes: text, workbook, document, something else
`survey`      one pass over a text file: rows, the lines they begin on, how lines end
`dialect`     delimiter and header, found by what the source recognises in the first rows
`workbooks`   each sheet of a workbook becomes a plain table
`documents`   each list of a JSON document becomes a plain table
`tables`      all of the above over a folder; what others call
============  =========================================================================

A text file is read where it lies. A file that cannot be read as it is (another encoding, a
workbook, a document) is written once as a plain table: UTF-8, commas, LF, a header, and `_line` as
the first column, the line or sheet row that each row has in the file it came from.
"""
