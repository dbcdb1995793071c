"""What stands in each column, seen once after staging and kept beside the rows.

============  ============================================================================
`surveying`   all of the below, unless it was done for these rows; what others call
`traits`      the table of what was seen: `stage._trait`
`columns`     which staged columns there are, and of what type each is
`texts`       blanks, words for nothing, signs of damage
`mending`     text that was read in the wrong encoding is put right
`dates`       the shapes of dates and times, and what proves their order
`numbers`     the shapes of numbers that are not plain
`own`         what can be seen only in certain columns: countries, digits of the tenant's own
============  ============================================================================

Everything here is a question to whole columns; what follows from it is decided elsewhere.
"""

from crossdock.intake.formats.survey.surveying import survey
from crossdock.intake.formats.survey.traits import Trait, Traits

__all__ = ["Trait", "Traits", "survey"]
