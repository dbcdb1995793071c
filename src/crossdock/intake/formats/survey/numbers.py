"""The shapes of numbers that are not plain digits with at most one point."""

from __future__ import annotations

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.formats.survey import columns
from crossdock.intake.formats.survey.columns import Columns
from crossdock.intake.formats.survey.dates import shapes
from crossdock.intake.formats.survey.traits import Trait, keep
from crossdock.intake.sql import quoted

#: Read alike whatever the decimal sign: no digits after it, or so many that it is no mark of
#: thousands. With three digits after a point it could be one.
PLAIN = r"-?\d+(\.\d\d?|\.\d{4,})?"


def survey_numbers(
    connection: duckdb.DuckDBPyConnection, obj: SourceObject, types: Columns
) -> None:
    """Look at all numbers of an object: how many have a decimal point, and the odd ones' shapes."""
    names = columns.of_types(types, columns.NUMBERS)
    if not names:
        return
    parts = []
    for name in names:
        plain = f"regexp_full_match({quoted(name)}, '{PLAIN}')"
        parts += [
            f"count(*) FILTER ({plain} AND contains({quoted(name)}, '.'))",
            f"count(*) FILTER (NOT {plain})",
        ]
    rows = connection.execute(
        f"SELECT _file, {', '.join(parts)} FROM stage.{obj.name} GROUP BY 1"
    ).fetchall()
    seen = []
    odd = {}
    for i, name in enumerate(names):
        seen += [
            Trait(row[0], obj.name, name, "decimal point", "", row[1 + 2 * i])
            for row in rows
            if row[1 + 2 * i]
        ]
        if any(row[2 + 2 * i] for row in rows):
            odd[name] = f"NOT regexp_full_match({quoted(name)}, '{PLAIN}')"
    keep(connection, [*seen, *shapes(connection, obj.name, odd, "number")])
