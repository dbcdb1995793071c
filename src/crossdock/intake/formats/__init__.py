"""How a file writes its dates, times, numbers and texts, decided from what stands in it.

============  ============================================================================
`survey/`     what stands in each column, seen once after staging
`deciding`    every decision, in order; what others call
`orders`      each file's order of day and month
`shapes`      what the shape of a date or time means
`moments`     the SQL that reads a column of dates or times
`numbers`     each file's decimal sign, and the SQL that reads numbers and amounts
`currencies`  signs and codes of money
`taxes`       whether amounts hold their tax
`regions`     in which country the business is
`phones`      numbers of phones of that country, as macros
`zeros`       zeros at the front that a spreadsheet dropped
`words`       words for nothing
`zones`       times that a change of clocks skips or repeats
`casts`       the SQL that reads each column
`views`       views `typed.<object>` over the staged text
`odd`         what is odd as it was seen
`examining`   what is odd once it is decided how values are read
`differing`   the rows that would be read otherwise by another answer
`kept`        decisions and oddities as tables: `stage._format`, `stage._oddity`
============  ============================================================================

Nothing is decided by the row: a file or a column is read in one way, or a person is asked.
"""

from crossdock.intake.formats.deciding import Formats, decide
from crossdock.intake.formats.examining import examine
from crossdock.intake.formats.views import create_views, date_formats
from crossdock.intake.formats.words import NULLS

__all__ = ["NULLS", "Formats", "create_views", "date_formats", "decide", "examine"]
