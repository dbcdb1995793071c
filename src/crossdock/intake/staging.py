"""Files become staged tables: text only, in file order, every row knowing its file."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from crossdock.connectors.base import ExportFile, SourceObject
from crossdock.errors import ExportUnreadableError, RowsLostError
from crossdock.intake.counting import count_rows

Progress = Callable[[str], None]

_TABLES = """
CREATE SCHEMA IF NOT EXISTS stage;
CREATE OR REPLACE TABLE stage._file (
    file_no INTEGER, object VARCHAR, name VARCHAR, path VARCHAR, sha256 VARCHAR,
    bytes BIGINT, rows BIGINT, rejected BIGINT, declared BIGINT
);
CREATE OR REPLACE TABLE stage._column (
    object VARCHAR, name VARCHAR, header VARCHAR, position INTEGER, known BOOLEAN
);
CREATE OR REPLACE TABLE stage._reject (object VARCHAR, file VARCHAR, line BIGINT, reason VARCHAR);
"""


def stage(
    connection: duckdb.DuckDBPyConnection,
    objects: Sequence[SourceObject],
    files: Sequence[ExportFile],
    progress: Progress,
) -> None:
    """Stage every file of an export into `stage.<object>`; replaces what was staged before.

    Each table has the object's columns as VARCHAR plus `_file` (its number in `stage._file`);
    `rowid` is the row's place. Objects without a file get an empty table, so that every later
    query can name them.

    Raises RowsLostError when the independent count differs, ExportUnreadableError.
    """
    connection.execute(_TABLES)
    by_object: dict[str, list[tuple[int, ExportFile]]] = defaultdict(list)
    for number, file in enumerate(files, 1):
        by_object[file.object].append((number, file))
    for obj in objects:
        own = by_object[obj.name]
        columns = _columns(obj, [file for _, file in own])
        _create(connection, obj, columns, own)
        for number, file in own:
            progress(file.path.name)
            _load(connection, number, file)


def _columns(obj: SourceObject, files: Sequence[ExportFile]) -> list[str]:
    names = [column.name for column in obj.columns]
    for file in files:
        names += [name for _, name in file.columns if name not in names]
    return names


def _create(
    connection: duckdb.DuckDBPyConnection,
    obj: SourceObject,
    columns: Sequence[str],
    files: Sequence[tuple[int, ExportFile]],
) -> None:
    body = ", ".join(f"{quoted(name)} VARCHAR" for name in columns)
    connection.execute(f"CREATE OR REPLACE TABLE stage.{obj.name} ({body}, _file INTEGER)")
    present = {name: header for _, file in files for header, name in file.columns}
    known = {column.name for column in obj.columns}
    if present:
        connection.executemany(
            "INSERT INTO stage._column VALUES (?, ?, ?, ?, ?)",
            [
                (obj.name, name, header, columns.index(name), name in known)
                for name, header in present.items()
            ],
        )


def _load(connection: duckdb.DuckDBPyConnection, number: int, file: ExportFile) -> None:
    """Read one file as text; what its reader refuses goes to `stage._reject` with the reason."""
    columns = {name: "VARCHAR" for _, name in file.columns}
    before = _count(connection, file.object)
    try:
        connection.execute(
            f"""
            INSERT INTO stage.{file.object} BY NAME
            SELECT *, {number}::INTEGER AS _file FROM read_csv(
                ?, header = true, columns = {columns!r}, auto_detect = false, delim = ',',
                quote = '"', escape = '"', strict_mode = true,
                store_rejects = true, rejects_table = 'refused', rejects_scan = 'refused_scan')
            """,
            [str(file.path)],
        )
    except duckdb.Error as error:
        raise ExportUnreadableError(
            f"{file.path.name} cannot be read as CSV: {str(error).splitlines()[0]}",
            next_command="save the file as CSV UTF-8, then: crossdock inspect",
        ) from error
    staged = _count(connection, file.object) - before
    rejected = _keep_rejects(connection, file)
    counted = count_rows(file.path)
    if staged + rejected != counted:
        raise RowsLostError(
            f"{file.path.name} has {counted} rows, but {staged} were staged and {rejected} "
            "rejected.",
            next_command="look at the file's quotes and line breaks, then: crossdock inspect",
        )
    connection.execute(
        "INSERT INTO stage._file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            number,
            file.object,
            file.path.name,
            str(file.path),
            digest(file.path),
            file.path.stat().st_size,
            staged,
            rejected,
            file.rows_declared,
        ],
    )


def _keep_rejects(connection: duckdb.DuckDBPyConnection, file: ExportFile) -> int:
    """Move what the reader refused into our own table and return the number of rows refused."""
    connection.execute(
        """
        INSERT INTO stage._reject
        SELECT ?, ?, line, string_agg(DISTINCT error_message, '; ') FROM refused GROUP BY line
        """,
        [file.object, file.path.name],
    )
    row = connection.execute("SELECT count(DISTINCT line) FROM refused").fetchone()
    connection.execute("DROP TABLE refused; DROP TABLE refused_scan")
    assert row is not None
    return int(row[0])


def _count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM stage.{name}").fetchone()
    assert row is not None
    return int(row[0])


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def quoted(name: str) -> str:
    """Return a name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
