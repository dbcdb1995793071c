"""Columns that only this tenant has, as readable text: so that no object's own columns are lost.

A catalogue names the columns of every object. What an export has beyond them is a field that the
tenant, or a newer version of the source, added; its header says what it is.
"""

from __future__ import annotations

import duckdb


def as_text(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the view `route.own_text` (object, _row, text) from the views `src.*`.

    The text is a line "Header: value" for each own column that the row fills; rows that fill none
    are not there. Most exports have no own columns, and the view then costs nothing.
    """
    connection.execute("CREATE SCHEMA IF NOT EXISTS route")
    rows = connection.execute(
        "SELECT object, list(name ORDER BY position), list(header ORDER BY position)"
        " FROM stage._column WHERE NOT known GROUP BY 1 ORDER BY 1"
    ).fetchall()
    none = "SELECT '' AS object, 0::BIGINT AS _row, '' AS text WHERE false"
    connection.execute(
        "CREATE OR REPLACE VIEW route.own_text AS "
        + " UNION ALL ".join([none, *(_text(*row) for row in rows)])
    )


def _text(name: str, columns: list[str], headers: list[str]) -> str:
    lines = ", ".join(
        f"{_literal(_label(header) + ': ')} || nullif(trim(CAST({_quoted(column)} AS VARCHAR)), '')"
        for column, header in zip(columns, headers, strict=True)
    )
    return (
        f"SELECT * FROM (SELECT {_literal(name)}, _row, concat_ws(chr(10), {lines}) AS text"
        f" FROM src.{name}) WHERE text <> ''"
    )


def _label(header: str) -> str:
    """Return a header as people read it, without the mark of a customer's own field."""
    return header[3:].strip() if header.casefold().startswith("cf:") else header


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
