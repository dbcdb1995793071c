"""Rows that stand twice, word for word, and whole blocks of them.

=======================  =================================================================
`identity_row_twice`     object, record, _row, first_row: the row says what an earlier one says;
                         `record` marks objects of their own, such as payments, not lines or logs
`identity_block_twice`   object, label, rows, _row, first_row: so many in one block
=======================  =================================================================

Customers are compared without their id too: a list that was imported twice gave each a new one.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.sql import quoted

#: From so many rows on in the same order, a repetition is a block and no chance.
BLOCK = 20

_TABLES = """
CREATE OR REPLACE TEMP TABLE identity_row_twice (
    object VARCHAR, label VARCHAR, record BOOLEAN, id_apart BOOLEAN, _row BIGINT, first_row BIGINT
);
"""

#: Rows of a block are as far from their first as the row before: one distance, one island.
_BLOCKS = f"""
CREATE OR REPLACE TEMP TABLE identity_block_twice AS
WITH once AS (
    SELECT object, label, _row, min(first_row) AS first_row FROM identity_row_twice GROUP BY ALL
),
placed AS (
    SELECT *, _row - row_number() OVER (PARTITION BY object, _row - first_row ORDER BY _row)
        AS island
    FROM once
)
SELECT object, any_value(label) AS label, count(*) AS rows, min(_row) AS _row,
    min(first_row) AS first_row
FROM placed GROUP BY object, _row - first_row, island HAVING count(*) >= {BLOCK}
ORDER BY rows DESC
"""


def measure(connection: duckdb.DuckDBPyConnection, objects: Sequence[SourceObject]) -> None:
    """Make the two tables for every object that is no setting."""
    connection.execute(_TABLES)
    counted = connection.execute(
        "SELECT object FROM stage._file GROUP BY 1 HAVING sum(rows) > 1"
    ).fetchall()
    filled = {name for (name,) in counted}
    for obj in objects:
        if obj.settings or obj.name not in filled:
            continue
        columns = _columns(connection, obj.name)
        _twice(connection, obj, columns, id_apart=False)
        if obj.name == "customer":
            own = [quoted(column) for column in obj.key]
            _twice(connection, obj, [c for c in columns if c not in own], id_apart=True)
    connection.execute(_BLOCKS)


def _twice(
    connection: duckdb.DuckDBPyConnection,
    obj: SourceObject,
    columns: Sequence[str],
    *,
    id_apart: bool,
) -> None:
    content = f"hash({', '.join(columns)})"
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE identity_again AS
        SELECT {content} AS content, min(rowid) AS first_row FROM stage.{obj.name}
        GROUP BY 1 HAVING count(*) > 1
        """
    )
    if connection.execute("SELECT 1 FROM identity_again LIMIT 1").fetchone() is None:
        return
    # A number of its own is what makes an object's rows records; lines and logs may repeat.
    connection.execute(
        f"""
        INSERT INTO identity_row_twice
        SELECT ?, ?, ?, ?, t.rowid, a.first_row
        FROM stage.{obj.name} t JOIN identity_again a ON a.content = {content}
        WHERE t.rowid <> a.first_row
        """,
        [obj.name, obj.label, bool(obj.key), id_apart],
    )


def _columns(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    rows = connection.execute(f"DESCRIBE stage.{name}").fetchall()
    return [quoted(column) for column, *_ in rows if not column.startswith("_")]
