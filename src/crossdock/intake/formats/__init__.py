"""How a file writes its dates, times and numbers, decided from what stands in it.

============  ============================================================================
`deciding`    every decision, in order; what others call
`orders`      each file's order of day and month
`views`       views `typed.<object>` over the staged text, cast as was decided
============  ============================================================================

Nothing is decided by the row: a file or a column is read in one way, or a person is asked.
"""

from crossdock.intake.formats.deciding import Formats, decide
from crossdock.intake.formats.views import NULLS, create_views, date_formats

__all__ = ["NULLS", "Formats", "create_views", "date_formats", "decide"]
