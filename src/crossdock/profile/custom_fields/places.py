"""Where the values of the tenant's own fields stand; each table is read once.

The different values go, with their counts, to the temporary table `custom_value(place, value,
length, n)`; `place` is the number of a field in the list that is returned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from crossdock.intake.sql import quoted

#: Longer texts are kept to this many characters; their length is kept whole.
KEPT = 300
#: Objects that describe fields or hold them in long form: their own columns are no custom fields.
_NOT_CARRIERS = ("custom_field", "custom_field_value", "custom_field_answer")
#: Headers of a customer's own fields begin with this.
_PREFIX = "cf:"

#: Tables with a field and a value in each row, as (object, ref, field_id, label, scope, value).
#: Answers to inquiries, quotes, bookings and invoices are all of one job.
_LONG = {
    "custom_field_answer": """
        SELECT CASE WHEN contains(lower(record_type), 'propert') THEN 'customer_property'
                WHEN contains(lower(record_type), 'customer') THEN 'customer'
                WHEN contains(lower(record_type), 'fieldworker') THEN 'fieldworker'
                ELSE 'booking' END AS object,
            coalesce(field_id, label) AS ref, coalesce(field_id, '') AS field_id,
            label, NULL::VARCHAR AS scope, value, _row
        FROM src.custom_field_answer
        """,
    "customer_property": """
        SELECT 'customer_property' AS object, field AS ref, '' AS field_id, field AS label,
            property_type AS scope, value, _row
        FROM src.customer_property
        """,
    "form_submission": """
        SELECT 'form_submission' AS object, field AS ref, '' AS field_id, field AS label,
            form AS scope, answer AS value, _row
        FROM src.form_submission
        """,
}
_LONG_COLUMN = {"customer_property": "value", "form_submission": "answer"}


@dataclass(slots=True)
class Place:
    """One field as the files hold it.

    `rows` is how many records could hold a value, `shown` how many rows of a file show the field,
    with a value or without.
    """

    object: str
    source_object: str
    column: str
    labels: Sequence[str]
    field_id: str = ""
    scope: str = ""
    rows: int = 0
    shown: int = 0

    @property
    def label(self) -> str:
        """Return the newest label."""
        return self.labels[0]


def find(connection: duckdb.DuckDBPyConnection) -> list[Place]:
    """Return every place and fill `custom_value`."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE custom_value"
        " (place INTEGER, value VARCHAR, length BIGINT, n BIGINT)"
    )
    found: list[Place] = []
    columns: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for object_name, name, header in connection.execute(
        "SELECT object, name, any_value(header) FROM stage._column"
        " WHERE NOT known AND object NOT IN ? GROUP BY ALL ORDER BY object, min(position)",
        [_NOT_CARRIERS],
    ).fetchall():
        columns[object_name].append((name, header))
    for object_name, own in columns.items():
        found += _in_columns(connection, object_name, own, len(found))
    for table, query in _LONG.items():
        found += _in_rows(connection, table, query, len(found))
    return found


def _in_columns(
    connection: duckdb.DuckDBPyConnection,
    object_name: str,
    own: Sequence[tuple[str, str]],
    first: int,
) -> list[Place]:
    """Read the unknown columns of an object. A property's field belongs to some types of it."""
    names = [quoted(name) for name, _ in own]
    numbered = ", ".join(f'{name} AS "{first + i}"' for i, name in enumerate(names))
    connection.execute(
        f"""
        INSERT INTO custom_value
        SELECT place::INTEGER, left(value, {KEPT}), length(value), count(*)
        FROM (UNPIVOT (SELECT {numbered} FROM src.{object_name}) ON COLUMNS(*)
            INTO NAME place VALUE value)
        GROUP BY ALL
        """
    )
    rows = _count(connection, object_name)
    types = _types(connection, names) if object_name == "customer_property" else None
    found = []
    for i, (name, header) in enumerate(own):
        place = Place(object_name, object_name, name, (_label(header),), rows=rows, shown=rows)
        if types:
            holding = [row for row in types if row[2 + i]] or types
            place.scope = ", ".join(row[0] for row in holding if row[0])
            place.rows = place.shown = sum(row[1] for row in holding)
        found.append(place)
    return found


def _types(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return for each type of property how many there are, and how many hold each field."""
    counts = ", ".join(f"count({name})" for name in names)
    return connection.execute(
        f"SELECT property_type, count(*), {counts} FROM src.customer_property GROUP BY 1 ORDER BY 1"
    ).fetchall()


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM stage.{table}").fetchone()
    assert row is not None
    return int(row[0])


def _label(header: str) -> str:
    is_marked = header.casefold().startswith(_PREFIX)
    return (header[len(_PREFIX) :] if is_marked else header).strip() or header


def _in_rows(
    connection: duckdb.DuckDBPyConnection, table: str, query: str, first: int
) -> list[Place]:
    """Read a table whose rows each name a field and a value."""
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE custom_row AS
        SELECT object, ref, field_id, label, scope, left(value, {KEPT}) AS value,
            length(value) AS length, count(*) AS n, max(_row) AS latest
        FROM ({query}) WHERE ref IS NOT NULL GROUP BY ALL
        """
    )
    fields = connection.execute(
        """
        SELECT object, ref, any_value(field_id), arg_max(label, latest),
            list(DISTINCT label ORDER BY label) FILTER (label IS NOT NULL),
            list(DISTINCT scope ORDER BY scope) FILTER (scope IS NOT NULL),
            sum(n)::BIGINT
        FROM custom_row GROUP BY object, ref ORDER BY object, ref
        """
    ).fetchall()
    found = []
    for object_name, ref, field_id, newest, labels, scopes, rows in fields:
        column = _LONG_COLUMN.get(table, f"answer_{ref}")
        named = tuple(dict.fromkeys((newest or ref, *(labels or ()))))
        place = Place(object_name, table, column, named, field_id, ", ".join(scopes or ()))
        place.rows = place.shown = rows
        found.append(place)
    connection.execute(
        f"""
        INSERT INTO custom_value
        SELECT {first - 1} + f.place, value, length, sum(n)
        FROM custom_row JOIN (
            SELECT object, ref, row_number() OVER (ORDER BY object, ref) AS place
            FROM custom_row GROUP BY object, ref) f USING (object, ref)
        WHERE value IS NOT NULL GROUP BY ALL
        """
    )
    connection.execute("DROP TABLE custom_row")
    if table == "custom_field_answer":
        _count_carriers(connection, found)
    return found


def _count_carriers(connection: duckdb.DuckDBPyConnection, found: Sequence[Place]) -> None:
    """Set how many records could hold an answer; a job's are its lines, where answers name them."""
    row = connection.execute(
        "SELECT count(nullif(trim(service_line_id), '')) * 2 > count(*)"
        " FROM stage.custom_field_answer"
    ).fetchone()
    by_line = bool(row and row[0])
    counted: dict[str, int] = {}
    for place in found:
        table = "booking_service" if by_line and place.object == "booking" else place.object
        if table not in counted:
            counted[table] = _count(connection, table)
        place.rows = max(place.rows, counted[table])
