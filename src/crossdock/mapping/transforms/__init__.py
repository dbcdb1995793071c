"""The named transforms: each turns source columns into the SQL of a value at the destination.

A transform is given column names of the entity's route table and returns an SQL expression that
DuckDB evaluates for all rows at once. NULL means that the field is not sent. Each has examples,
which are run by a test and shown in the reference.

============  ======================================================================
`transform`   what a transform is: name, columns, kinds, examples
`quoting`     names and texts as SQL
`texts`       those that make a text
`numbers`     those that make a number, or yes or no
`dates`       those that make a day, a moment or a year
`choices`     those that make choices and lists
`records`     those that lead to other records
`allowed`     what an SQL expression may use
`parsing`     an SQL expression, taken apart
`catalogue`   all of them, and the SQL of a line
`checking`    whether a line can be evaluated for every row
`refusing`    the error about a line
============  ======================================================================
"""

from crossdock.mapping.transforms.catalogue import NAMED, TRANSFORMS, expression, transform_of
from crossdock.mapping.transforms.checking import check
from crossdock.mapping.transforms.dates import order_variable
from crossdock.mapping.transforms.quoting import literal, quoted, reference
from crossdock.mapping.transforms.refusing import faulty, invalid
from crossdock.mapping.transforms.transform import Example, Gives, Transform

__all__ = [
    "NAMED",
    "TRANSFORMS",
    "Example",
    "Gives",
    "Transform",
    "check",
    "expression",
    "faulty",
    "invalid",
    "literal",
    "order_variable",
    "quoted",
    "reference",
    "transform_of",
]
