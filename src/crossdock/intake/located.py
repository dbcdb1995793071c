"""Where each staged row stands in the export, and one digest over what it says.

Views `row.<object>`: `_row` (as in `src`), `_file`, `_line` (or the row of a sheet), `place` as
people read it, and `_digest` (MD5 in hexadecimal) over the row's typed values. Two rows that say
the same have the same digest, in whatever format, order of columns or encoding they were written.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.sql import literal, quoted

#: The same columns for an object of which there is no file.
_NONE = (
    "SELECT _row, _file, NULL::BIGINT AS _line, NULL::VARCHAR AS place, NULL::VARCHAR AS _digest"
    " FROM"
)


def create_views(connection: duckdb.DuckDBPyConnection, objects: Sequence[SourceObject]) -> None:
    """Make the views over everything staged, from the views `src.<object>`."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS row")
    columns = _columns(connection)
    filled = connection.execute("SELECT DISTINCT object FROM stage._file").fetchall()
    for obj in objects:
        if (obj.name,) not in filled:
            connection.execute(f"CREATE OR REPLACE VIEW row.{obj.name} AS {_NONE} src.{obj.name}")
            continue
        connection.execute(
            f"""
            CREATE OR REPLACE VIEW row.{obj.name} AS
            SELECT s._row, s._file, r.line_from + s._row - r.row_from AS _line,
                f.name || ' ' || f.unit || ' ' || (r.line_from + s._row - r.row_from) AS place,
                {_digest(columns[obj.name])} AS _digest
            FROM src.{obj.name} s
            JOIN stage._file f ON f.file_no = s._file AND f.object = {literal(obj.name)}
            ASOF JOIN (SELECT * FROM stage._run WHERE object = {literal(obj.name)}) r
                ON s._row >= r.row_from
            """
        )


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Return the columns of each view of `src`, in the order of their names."""
    rows = connection.execute(
        "SELECT table_name, list(column_name ORDER BY column_name) FROM information_schema.columns"
        " WHERE table_schema = 'src' AND NOT starts_with(column_name, '_') GROUP BY 1"
    ).fetchall()
    return dict(rows)


def _digest(columns: Sequence[str]) -> str:
    parts = [f"{literal(column + chr(30))} || s.{quoted(column)}" for column in columns]
    return f"md5(concat_ws(chr(31), {', '.join(parts)}))"


def contents(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, str]]:
    """Return for each object how many rows it has, and one digest over them in any order."""
    found = {}
    for (name,) in connection.execute("SELECT name FROM stage._object ORDER BY 1").fetchall():
        row = connection.execute(
            f"SELECT count(*), coalesce(sum(md5_number_lower(_digest)), 0)::VARCHAR FROM row.{name}"
        ).fetchone()
        assert row is not None
        found[name] = (int(row[0]), str(row[1]))
    return found
