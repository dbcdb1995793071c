"""A list of fields in a record, each with a name and a value, becomes columns."""

from __future__ import annotations

import duckdb

from crossdock.intake.tables.documents.levels import literal, mixed
from crossdock.intake.tables.documents.shape import Leaf

#: The table of the fields of one level: one row per field.
FIELDS = "fields"
_NAMELESS = "without a name"


def spread(
    connection: duckdb.DuckDBPyConnection, table: str, listed: str, name: str, value: str
) -> list[tuple[str, str]]:
    """Add a column per name of a field to a level's table; return the names with their columns.

    `listed` is the table's column of the lists, `name` and `value` are keys of a field. A field
    that a record has twice has both values, joined with `; `.
    """
    connection.execute(
        f"""
        CREATE OR REPLACE TABLE {FIELDS} AS
        SELECT around, j, coalesce({text_of(name)}, '{_NAMELESS}') AS name,
        {mixed(f"json_extract(j, {_pointer(value)})")} AS value
        FROM (SELECT rowid AS around, unnest({listed} -> '$[*]') AS j FROM {table})
        WHERE left(j, 1) = '{{'
        """
    )
    found = connection.execute(
        f"SELECT name FROM {FIELDS} GROUP BY name ORDER BY min(rowid)"
    ).fetchall()
    if not found:
        return []
    columns = ", ".join(
        f"string_agg(value, '; ') FILTER (name = {literal(field)}) AS f{n}"
        for n, (field,) in enumerate(found)
    )
    connection.execute(
        f"""
        CREATE OR REPLACE TABLE {table} AS SELECT t.*, p.* EXCLUDE (around)
        FROM {table} t LEFT JOIN (SELECT around, {columns} FROM {FIELDS} GROUP BY around) p
        ON p.around = t.rowid ORDER BY t.rowid
        """
    )
    return [(field, f"f{n}") for n, (field,) in enumerate(found)]


def text_of(key: str) -> str:
    """Return SQL for the text of a key of a field."""
    return f"json_extract_string(j, {_pointer(key)})"


def _pointer(key: str) -> str:
    return literal(Leaf((key,), "text").pointer)
