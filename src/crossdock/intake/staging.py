"""Tables become staged tables: text only, in file order, every row knowing where it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import duckdb

from crossdock.connectors.base import Recognised, SourceObject
from crossdock.intake import loading
from crossdock.intake.sql import quoted
from crossdock.intake.tables.layout import Layout
from crossdock.intake.tables.table import Table

Progress = Callable[[str], None]

_TABLES = """
CREATE SCHEMA IF NOT EXISTS stage;
CREATE OR REPLACE TABLE stage._file (
    file_no INTEGER, object VARCHAR, name VARCHAR, path VARCHAR, sha256 VARCHAR,
    bytes BIGINT, rows BIGINT, rejected BIGINT, declared BIGINT, unit VARCHAR
);
CREATE OR REPLACE TABLE stage._object (name VARCHAR, settings BOOLEAN);
CREATE OR REPLACE TABLE stage._column (
    object VARCHAR, name VARCHAR, header VARCHAR, position INTEGER, known BOOLEAN
);
CREATE OR REPLACE TABLE stage._reject (object VARCHAR, file VARCHAR, line BIGINT, reason VARCHAR);
CREATE OR REPLACE TABLE stage._noticed (code VARCHAR, place VARCHAR, count BIGINT);
CREATE OR REPLACE TABLE stage._run (
    object VARCHAR, file_no INTEGER, row_from BIGINT, line_from BIGINT
);
"""


def stage(
    connection: duckdb.DuckDBPyConnection,
    objects: Sequence[SourceObject],
    layout: Layout,
    progress: Progress,
) -> None:
    """Stage every table of an export into `stage.<object>`; replaces what was staged before.

    Each has the object's columns as VARCHAR plus `_file` (its number in `stage._file`); `rowid` is
    the row's place, and `stage._run` says on which line it begins: from `row_from` on, rows follow
    line by line. Objects without a table get an empty one, so that every later query can name
    them.

    Raises RowsLostError when the independent count differs, ExportUnreadableError.
    """
    connection.execute(_TABLES)
    connection.executemany(
        "INSERT INTO stage._object VALUES (?, ?)", [(obj.name, obj.settings) for obj in objects]
    )
    by_object: dict[str, list[Recognised]] = defaultdict(list)
    for table in layout.tables:
        by_object[table.what.object].append(table.what)
        if table.what.lines is not None:
            by_object[table.what.lines.object].append(table.what.lines)
    for obj in objects:
        _create(connection, obj, by_object[obj.name])
    order = {obj.name: place for place, obj in enumerate(objects)}
    numbers = {id(table): number for number, table in enumerate(layout.tables, 1)}
    for table in sorted(layout.tables, key=lambda t: order[t.what.object]):
        progress(table.name)
        _load(connection, numbers[id(table)], table, layout)
    for refusal in layout.refused:
        connection.execute("INSERT INTO stage._reject VALUES (?, ?, ?, ?)", refusal)


def _create(
    connection: duckdb.DuckDBPyConnection, obj: SourceObject, found: Sequence[Recognised]
) -> None:
    present = {name: header for what in found for header, name in what.columns}
    known = [column.name for column in obj.columns]
    columns = [*known, *(name for name in present if name not in known)]
    body = ", ".join(f"{quoted(name)} VARCHAR" for name in columns)
    connection.execute(f"CREATE OR REPLACE TABLE stage.{obj.name} ({body}, _file INTEGER)")
    if present:
        connection.executemany(
            "INSERT INTO stage._column VALUES (?, ?, ?, ?, ?)",
            [
                (obj.name, name, header, columns.index(name), name in known)
                for name, header in present.items()
            ],
        )


def _load(connection: duckdb.DuckDBPyConnection, number: int, table: Table, layout: Layout) -> None:
    alone = sum(other.origin == table.origin for other in layout.tables) == 1
    rows = table.what.lines or table.what
    for loaded in loading.load(connection, number, table, layout.work):
        refused = sum(r[:2] == (loaded.object, table.name) for r in layout.refused)
        connection.execute(
            "INSERT INTO stage._file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                number,
                loaded.object,
                table.name,
                str(table.origin),
                layout.digests[table.origin],
                table.origin.stat().st_size,
                loaded.rows,
                loaded.rejected + refused,
                # What the manifest counts is rows of a file: not sheets, not what its rows repeat.
                layout.declared.rows.get(table.origin.name)
                if alone and loaded.object == rows.object
                else None,
                "row" if table.above else "line",
            ],
        )
