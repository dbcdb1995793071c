"""Files become staged tables: text only, in file order, every row knowing its file."""

from __future__ import annotations

import csv
import hashlib
import tempfile
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
CREATE OR REPLACE TABLE stage._object (name VARCHAR, settings BOOLEAN);
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
    connection.executemany(
        "INSERT INTO stage._object VALUES (?, ?)", [(obj.name, obj.settings) for obj in objects]
    )
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
    """Read one file as text; what its reader refuses goes to `stage._reject` with the reason.

    A file whose lines end in two ways is read from a copy with one: the reader refuses it whole.
    """
    try:
        _insert(connection, number, file, file.path)
    except duckdb.Error as error:
        with tempfile.TemporaryDirectory() as folder:
            copy = _with_one_line_end(file.path, Path(folder))
            if copy is None:
                raise _unreadable(file, str(error).splitlines()[0]) from error
            try:
                _insert(connection, number, file, copy)
            except duckdb.Error as again:
                raise _unreadable(file, str(again).splitlines()[0]) from again
    _account_for_file(connection, number, file)


def _with_one_line_end(path: Path, folder: Path) -> Path | None:
    """Return a copy whose lines all end in LF, or None when there is nothing to mend."""
    copy = folder / path.name
    mended = False
    with path.open("rb") as source, copy.open("wb") as target:
        for line in source:
            if line.endswith(b"\r\n"):
                mended, line = True, line[:-2] + b"\n"
            target.write(line)
    return copy if mended else None


def _insert(
    connection: duckdb.DuckDBPyConnection, number: int, file: ExportFile, path: Path
) -> None:
    columns = {name: "VARCHAR" for _, name in file.columns}
    connection.execute("DROP TABLE IF EXISTS refused; DROP TABLE IF EXISTS refused_scan")
    connection.execute(
        f"""
        INSERT INTO stage.{file.object} BY NAME
        SELECT *, {number}::INTEGER AS _file FROM read_csv(
            ?, header = true, columns = {columns!r}, auto_detect = false, delim = ',',
            quote = '"', escape = '"', strict_mode = true,
            store_rejects = true, rejects_table = 'refused', rejects_scan = 'refused_scan')
        """,
        [str(path)],
    )


def _account_for_file(connection: duckdb.DuckDBPyConnection, number: int, file: ExportFile) -> None:
    """Keep the rejects, and compare with an independent count before anything goes on."""
    rejected = _keep_rejects(connection, file) + _drop_empty_rows(connection, number, file)
    staged = _count(connection, file.object, number)
    counted = _counted(file)
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


def _counted(file: ExportFile) -> int:
    try:
        return count_rows(file.path)
    except (UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(file, str(error)) from error


def _unreadable(file: ExportFile, why: str) -> ExportUnreadableError:
    return ExportUnreadableError(
        f"{file.path.name} cannot be read as CSV: {why}",
        next_command="save the file as CSV UTF-8, then: crossdock inspect",
    )


def _drop_empty_rows(connection: duckdb.DuckDBPyConnection, number: int, file: ExportFile) -> int:
    """Move rows without a single value to the rejects; returns how many there were."""
    values = ", ".join(f"nullif(trim({quoted(name)}), '')" for _, name in file.columns)
    empty = f"_file = {number} AND coalesce({values}) IS NULL"
    connection.execute(
        f"INSERT INTO stage._reject SELECT ?, ?, NULL, 'an empty row' FROM stage.{file.object}"
        f" WHERE {empty}",
        [file.object, file.path.name],
    )
    row = connection.execute(f"DELETE FROM stage.{file.object} WHERE {empty}").fetchone()
    return int(row[0]) if row else 0


def _count(connection: duckdb.DuckDBPyConnection, name: str, number: int) -> int:
    row = connection.execute(f"SELECT count(*) FROM stage.{name} WHERE _file = {number}").fetchone()
    assert row is not None
    return int(row[0])


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def quoted(name: str) -> str:
    """Return a name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
