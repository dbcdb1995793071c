"""Each sheet of a workbook becomes a plain table, and a second reader counts what is in it.

============  =========================================================================
`sheets`      every sheet, one after the other; what others call
`container`   the archive that a workbook is: its parts, and how much they may take
`markup`      XML of a workbook, read in pieces, with nothing in it that grows
`outline`     which sheets there are, texts that are blank, how numbers are shown
`texts`       which texts are blank
`counting`    the second reader: rows and values of a sheet, counted in its XML
`elements`    the XML of a sheet, read element by element, with all that is odd in it
`thinning`    what is ordinary in a part is cut out of its XML, and saves the parser most of it
`grammar`     what is ordinary: cells as programs write them, as regular expressions
`rows`        the rows of a sheet: ordinary cells counted, the rest left for `elements`
`columns`     columns by their letters, and how large a sheet can be
`numbers`     numbers that are shown as something else, or hold more than a number can
`cells`       the value of a cell as text
`merging`     a cell that was merged downwards holds for every row it covers
`writing`     one sheet, read by calamine, written row by row
============  =========================================================================

calamine (observed with 0.9.1) reads fast and leaves four things out, which the second reader finds
and gives back: error values, formulas that were never computed, the digits of numbers beyond 15,
and the percent sign of a share. It makes room for every cell up to the last one, so a cell far
from all others is refused here, before it is asked.
"""

from crossdock.intake.tables.workbooks.sheets import plain

__all__ = ["plain"]
