"""The lists of a JSON document become plain tables, however large it is.

==============  =======================================================================
`text`          walking through the text, one value at a time
`pairs`         objects that name a key twice
`splitting`     one pass: each list goes to a file of one record per line
`records`       records cleaned, counted, written
`shape`         the keys that the records of a list have
`expressions`   what a column holds: from the source's words to SQL
`levels`        records and the records nested in them as tables of DuckDB
`pivots`        a list of fields, each with a name and a value, as columns
`writing`       those tables as plain files, compared with the count
`reading`       all of the above for one document; what others call
==============  =======================================================================

What a nested list means is told by the source. Lists that it does not know become tables as well:
a key is a column, `address.street` one below it, texts of a list are joined with `; `, and a nested
list of records is a table of its own that carries what tells the record around it.
"""

from crossdock.intake.tables.documents.reading import Documents, plain

__all__ = ["Documents", "plain"]
