"""Views `src.<object>`: the typed rows, with the references filled that the export left open.

Only an object that needs it pays for it; every other view is the typed one.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from crossdock.intake.sql import quoted


def create(
    connection: duckdb.DuckDBPyConnection, present: Iterable[str], without_ids: bool
) -> None:
    """Make the view of each object that is present.

    `without_ids` says that no customer shows an id: what records hold as one is then no use.
    """
    connection.execute("CREATE SCHEMA IF NOT EXISTS src")
    filled = _filled(connection)
    for name in present:
        query = sql(connection, name, without_ids) if name in filled else f"FROM typed.{name}"
        connection.execute(f"CREATE OR REPLACE VIEW src.{name} AS {query}")


def sql(connection: duckdb.DuckDBPyConnection, name: str, without_ids: bool = False) -> str:
    """Return the query of an object's rows with what is known of its references so far."""
    columns: dict[str, str] = {}
    joins: list[str] = []
    for number, field in enumerate(_spelled(connection, name)):
        alias = f"s{number}"
        columns[field] = f"coalesce({alias}.number, t.{quoted(field)})"
        kind = "link.record_kind(t.record_type)" if field == "record_number" else "''"
        joins.append(
            f"LEFT JOIN link.spelling {alias} ON {alias}.object = '{name}'"
            f" AND {alias}.field = '{field}' AND {alias}.type = {kind}"
            f" AND {alias}.written = t.{quoted(field)}"
        )
    if _says(connection, "made_id", name):
        key = f"{name}_id"
        columns[key] = f"coalesce(t.{key}, m.id)"
        joins.append(f"LEFT JOIN link.made_id m ON m.object = '{name}' AND m._row = t._row")
    if name == "customer":
        columns |= {part: f"coalesce(t.{part}, n.{part})" for part in ("first_name", "last_name")}
        joins.append("LEFT JOIN link.split_name n ON n._row = t._row")
    if _says(connection, "customer_of", name):
        own = columns.get("customer_id", "t.customer_id")
        order = ("l.customer_id", own) if without_ids else (own, "l.customer_id")
        columns["customer_id"] = f"coalesce({', '.join(order)})"
        joins.append(f"LEFT JOIN link.customer_of l ON l.object = '{name}' AND l._row = t._row")
    if not columns:
        return f"FROM typed.{name}"
    replaced = ", ".join(f"{text} AS {quoted(column)}" for column, text in columns.items())
    return f"SELECT t.* REPLACE ({replaced}) FROM typed.{name} t {' '.join(joins)}"


def _filled(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the objects of which anything is filled in."""
    rows = connection.execute(
        """
        SELECT object FROM link.spelling UNION SELECT object FROM link.made_id
        UNION SELECT object FROM link.customer_of
        UNION SELECT 'customer' FROM link.split_name
        """
    )
    return {name for (name,) in rows.fetchall()}


def _spelled(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    rows = connection.execute(
        "SELECT DISTINCT field FROM link.spelling WHERE object = ? ORDER BY 1", [name]
    )
    return [field for (field,) in rows.fetchall()]


def _says(connection: duckdb.DuckDBPyConnection, table: str, name: str) -> bool:
    """Return whether a table of links says anything of an object."""
    found = connection.execute(f"SELECT 1 FROM link.{table} WHERE object = ? LIMIT 1", [name])
    return found.fetchone() is not None
