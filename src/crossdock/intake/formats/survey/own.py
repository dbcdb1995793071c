"""What can be seen only in certain columns: countries, and digits that may have lost a zero."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.formats.survey.columns import Columns
from crossdock.intake.formats.survey.traits import Trait, keep
from crossdock.intake.sql import quoted
from crossdock.model.fields import FieldType

#: Columns that hold a postcode, in every object that has an address.
POSTCODES = frozenset({"postcode", "billing_postcode"})


def survey_own(connection: duckdb.DuckDBPyConnection, obj: SourceObject, types: Columns) -> None:
    """Look at the countries of customers, and at the lengths of what is digits only."""
    if obj.name == "customer" and "country" in types:
        rows = connection.execute(
            "SELECT upper(trim(country)), count(*) FROM stage.customer"
            " WHERE trim(country) <> '' GROUP BY 1 ORDER BY 2 DESC LIMIT 50"
        )
        keep(
            connection,
            [Trait(None, "customer", "country", "country", *row) for row in rows.fetchall()],
        )
    known = {column.name for column in obj.columns}
    wanted = [
        name
        for name, kind in types.items()
        if kind is FieldType.PHONE or name in POSTCODES or name not in known
    ]
    keep(connection, _lengths(connection, obj.name, wanted))


def _lengths(connection: duckdb.DuckDBPyConnection, obj: str, fields: Sequence[str]) -> list[Trait]:
    """Return how many values are digits only, by their length and whether they begin with 0."""
    if not fields:
        return []
    parts = " UNION ALL ".join(
        f"SELECT '{field}' AS field, strlen(trim({c})) AS long, prefix(trim({c}), '0') AS zero,"
        f" count(*), list(DISTINCT trim({c}))[1:5] FROM stage.{obj}"
        f" WHERE regexp_full_match({c}, ' *\\d{{2,20}} *') GROUP BY 2, 3"
        for field in fields
        for c in [quoted(field)]
    )
    return [
        Trait(None, obj, field, "digits", f"{'0' if zero else '9'} {long}", n, sorted(examples))
        for field, long, zero, n, examples in connection.execute(parts).fetchall()
    ]
