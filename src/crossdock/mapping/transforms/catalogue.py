"""All transforms, and the SQL of a line."""

from __future__ import annotations

from typing import Final

from crossdock.mapping.document import Line
from crossdock.mapping.transforms.choices import CHOICES
from crossdock.mapping.transforms.dates import DATES
from crossdock.mapping.transforms.numbers import NUMBERS
from crossdock.mapping.transforms.parsing import RefusedError, parse
from crossdock.mapping.transforms.quoting import quoted
from crossdock.mapping.transforms.records import RECORDS
from crossdock.mapping.transforms.refusing import faulty
from crossdock.mapping.transforms.texts import TEXTS
from crossdock.mapping.transforms.transform import ANY, Example, Gives, Transform

#: The way out for what no name says. The columns stand in the expression itself.
SQL: Final = Transform(
    "sql",
    "an SQL expression over the columns of the entity",
    Gives.ANYTHING,
    lambda columns, argument: parse(argument).sql,
    (
        Example(("Bondi",), "BONDI", "upper(c)"),
        Example(("12 weeks",), 12, "try_cast(split_part(c, ' ', 1) AS INTEGER)"),
    ),
    takes=ANY,
    columns=(1, 20),
    argument="EXPRESSION",
)
TRANSFORMS: Final = (*TEXTS, *NUMBERS, *DATES, *CHOICES, *RECORDS, SQL)
#: Those that take no argument, by their name.
NAMED: Final = {each.name: each for each in TRANSFORMS if not each.argument}
#: Those that take one after a colon, by what stands before it.
WITH_ARGUMENT: Final = {each.name: each for each in TRANSFORMS if each.argument}


def transform_of(line: Line) -> Transform:
    """Return the transform that a line names. Raises MappingInvalidError for an unknown one."""
    if line.transform in NAMED:
        return NAMED[line.transform]
    name, _, argument = line.transform.partition(":")
    if name in WITH_ARGUMENT and argument:
        return WITH_ARGUMENT[name]
    if name in WITH_ARGUMENT:
        raise faulty(line, f"by = {line.transform!r} lacks what stands after the colon")
    known = [*NAMED, *WITH_ARGUMENT]
    raise faulty(line, f"there is no transform {line.transform}", line.transform, known)


def expression(line: Line) -> str:
    """Return the SQL of a line's value; NULL means that the field is not sent.

    Its columns are those of the entity's route table; a value map NAME must be joined as
    `map_NAME`, with the columns `_id` and `_forecast`.

    Raises MappingInvalidError for an unknown transform, and for an SQL expression that uses what
    it must not.
    """
    transform = transform_of(line)
    columns = [quoted(column) for column in line.columns]
    argument = line.transform.partition(":")[2]
    if not transform.argument:
        argument = line.sources[0].partition(".")[0]
    try:
        return transform.sql(columns, argument)
    except RefusedError as refused:
        raise faulty(line, refused.what, refused.wrong, refused.known) from refused
