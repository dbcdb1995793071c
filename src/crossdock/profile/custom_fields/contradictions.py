"""Values that are not what a field's type says, with some of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from crossdock.model.fields import FieldType
from crossdock.profile.custom_fields.measures import EXAMPLES, tests

#: The tests that a value of a type must pass, one at least.
_TESTS = {
    FieldType.NUMBER: ("numbers",),
    FieldType.DATE: ("dates", "moments"),
    FieldType.TIME: ("times",),
    FieldType.CHECKBOX: ("words",),
}


def examples(
    connection: duckdb.DuckDBPyConnection,
    kinds: Mapping[int, FieldType],
    date_formats: Sequence[str],
) -> Mapping[int, Sequence[str]]:
    """Return the most frequent values of each place that are not of its type, with counts."""
    if not kinds:
        return {}
    tested = tests(date_formats)
    unfit = " OR ".join(
        f"(place = {place} AND NOT ({' OR '.join(f'({tested[name]})' for name in _TESTS[kind])}))"
        for place, kind in kinds.items()
    )
    rows = connection.execute(
        f"SELECT place, max((n, value), {EXAMPLES}) FROM custom_value WHERE {unfit} GROUP BY place"
    ).fetchall()
    return {place: tuple(f"{value} ({n:,})" for n, value in found) for place, found in rows}
