"""What the columns are that nobody explained: proposed from evidence, with a reason in words.

================  ======================================================================
`scorer`          the contract: a column's profile, a place, evidence, a scorer
`shapes`          which share of values looks like a phone number, a date, a street ...
`kinds`           the type of a new field, where values are few or have a known shape
`profiles`        profiles of staged columns, and of written-down samples
`places`          what a column of an object could be: a column, a field, the tenant's own
`words`           a header in plain words; the dictionary of the trade (`synonyms.toml`)
`names`           evidence from words, abbreviations and slips
`values`          evidence from shapes and known words (`vocabulary.toml`)
`types`           evidence from types, lengths, and how often values repeat
`structure`       evidence from the other columns of the list
`weights`         how evidence adds up
`assign`          one place for one column
`columns`         the proposal, its confidence (`calibration.toml`) and its reason
`extras`          further scorers, off unless a person turns them on
================  ======================================================================

Nothing that is proposed counts before a person confirmed it.
"""

from crossdock.mapping.proposing.columns import (
    ALWAYS_ON,
    HIGH,
    Candidate,
    ColumnProposal,
    propose_columns,
)
from crossdock.mapping.proposing.places import BECOMES, places_of
from crossdock.mapping.proposing.profiles import sampled, staged
from crossdock.mapping.proposing.scorer import (
    OWN,
    Asked,
    ColumnProfile,
    Evidence,
    Place,
    Scorer,
    Surroundings,
)

__all__ = [
    "ALWAYS_ON",
    "BECOMES",
    "HIGH",
    "OWN",
    "Asked",
    "Candidate",
    "ColumnProfile",
    "ColumnProposal",
    "Evidence",
    "Place",
    "Scorer",
    "Surroundings",
    "places_of",
    "propose_columns",
    "sampled",
    "staged",
]
