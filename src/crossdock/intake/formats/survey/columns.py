"""Which columns are staged, and of what type each is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.model.fields import FieldType

NUMBERS = frozenset({FieldType.NUMBER, FieldType.MONEY})
DATES = frozenset({FieldType.DATE, FieldType.DATETIME})
CLOCKED = frozenset({FieldType.DATE, FieldType.DATETIME, FieldType.TIME})
#: The columns of one staged table, each with its type.
Columns = dict[str, FieldType]
#: Types that are read by a cast; all others are text.
CAST = NUMBERS | CLOCKED | {FieldType.CHECKBOX}


def staged(
    connection: duckdb.DuckDBPyConnection, objects: Sequence[SourceObject]
) -> dict[str, Columns]:
    """Return the staged columns of each object with their types, in their order."""
    by_name = {obj.name: obj for obj in objects}
    found: dict[str, Columns] = {obj.name: {} for obj in objects}
    rows = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns()"
        " WHERE schema_name = 'stage' AND NOT internal AND NOT starts_with(table_name, '_')"
        " AND NOT starts_with(column_name, '_') ORDER BY table_oid, column_index"
    )
    for table, name in rows.fetchall():
        if table in by_name:
            column = by_name[table].column(name)
            found[table][name] = column.type if column else FieldType.TEXT
    return found


def of_types(columns: Columns, types: Collection[FieldType]) -> list[str]:
    """Return the columns that are of one of some types."""
    return [name for name, kind in columns.items() if kind in types]


def is_name(field: str) -> bool:
    """Return whether a column holds names of persons, in which `Null` and `Na` are names.

    Columns that say who did something are none: there, `None` is nobody.
    """
    return "first_name" in field or "last_name" in field or field in _NAMES


_NAMES = frozenset({"display_name", "contact_name", "customer_name"})
