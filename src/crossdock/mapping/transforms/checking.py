"""Whether a line can be evaluated, found out before anything is planned.

What holds of an SQL expression once it passed:

- It is one expression over the columns of the entity's own route table. It has no query inside,
  no other rows, no parameters, and calls only functions of a closed list (`allowed`), none of which
  reads files, tables, settings, variables, the clock or the network, or changes anything.
- It was evaluated first in a database that is empty, in memory, closed to files and network, and
  locked. So a function that reached outside after all would fail there.
- What runs over the rows is the text that was written from the parts that were checked.
- It gave a value for every row as they are now. `crossdock plan` checks anew when they change.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from crossdock.errors import MappingInvalidError
from crossdock.mapping.document import Line
from crossdock.mapping.transforms.catalogue import SQL, expression, transform_of
from crossdock.mapping.transforms.dates import ambiguous, order_variable
from crossdock.mapping.transforms.parsing import RefusedError, parse, sandbox
from crossdock.mapping.transforms.quoting import literal, quoted, text
from crossdock.mapping.transforms.refusing import faulty
from crossdock.mapping.transforms.transform import Kind, Transform, kind_of
from crossdock.model.wording import count


def check(connection: duckdb.DuckDBPyConnection, table: str, line: Line) -> None:
    """Raise MappingInvalidError unless a line's value can be had for every row of a table.

    `table` is the entity's route table. Checks the transform, that its columns are there and of a
    kind that it reads, and that an SQL expression is allowed and fails for no row.
    """
    transform = transform_of(line)
    types = {
        str(name): str(kind)
        for name, kind, *_ in connection.execute(f"DESCRIBE {table}").fetchall()
    }
    for source, column in zip(line.sources, line.columns, strict=True):
        if column not in types:
            raise faulty(line, f"{source} is not there", column, types)
    _check_number(line, transform)
    if transform is SQL:
        _check_sql(connection, table, line, types)
        return
    _check_kinds(line, transform, types)
    if line.transform == "date" and kind_of(types[line.columns[0]]) is Kind.TEXT:
        _check_order(connection, table, line)


def _check_number(line: Line, transform: Transform) -> None:
    least, most = transform.columns
    if not least <= len(line.columns) <= most:
        wanted = "one column" if most == 1 else f"{least} columns or more"
        raise faulty(line, f"{line.transform} takes {wanted}, and from names {len(line.columns)}")


def _check_kinds(line: Line, transform: Transform, types: Mapping[str, str]) -> None:
    for source, column in zip(line.sources, line.columns, strict=True):
        kind = kind_of(types[column])
        if kind not in transform.takes:
            wanted = " or ".join(transform.takes)
            raise faulty(line, f"{source} holds {kind}, and {line.transform} takes {wanted}")


def _check_order(connection: duckdb.DuckDBPyConnection, table: str, line: Line) -> None:
    """Refuse dates that can be two days, where nothing decided which number is the month."""
    source = line.sources[0].partition(".")[0]
    value = text(quoted(line.columns[0]))
    row = connection.execute(
        f"SELECT count(*), min_by({value}, source_key) FROM {table}"
        f" WHERE getvariable({literal(order_variable(source))}) IS NULL AND {ambiguous(value)}"
    ).fetchone()
    if row and row[0]:
        raise faulty(
            line,
            f"{count(row[0], 'value')} such as {row[1]} can be two different days, and nothing in "
            'the export says whether the day or the month comes first; write by = "date:day-first" '
            'or by = "date:month-first"',
        )


def _check_sql(
    connection: duckdb.DuckDBPyConnection, table: str, line: Line, types: Mapping[str, str]
) -> None:
    value = expression(line)
    try:
        parse(line.transform.partition(":")[2]).require_columns(types)
        kind = _kind_in_sandbox(value, types)
    except RefusedError as refused:
        raise faulty(line, refused.what, refused.wrong, refused.known) from refused
    except duckdb.Error as error:
        raise _failed(line, error) from error
    if kind_of(kind) is Kind.OTHER and kind != '"NULL"':
        raise faulty(line, f"its SQL gives {kind}; cast it to VARCHAR, a number or a date")
    try:
        _check_rows(connection, table, line, value)
    except duckdb.Error as error:
        raise _failed(line, error) from error


def _kind_in_sandbox(value: str, types: Mapping[str, str]) -> str:
    """Return the type of an expression, found over an empty table with the same columns."""
    columns = ", ".join(f"{quoted(name)} {kind}" for name, kind in types.items())
    with sandbox().cursor() as cursor:
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE r ({columns})")
        row = cursor.execute(f"DESCRIBE SELECT {value} AS value FROM r").fetchone()
        cursor.execute(f"SELECT {value} FROM r")
    assert row is not None
    return str(row[1])


def _check_rows(connection: duckdb.DuckDBPyConnection, table: str, line: Line, value: str) -> None:
    """Refuse an expression that fails for some rows, and show the first of them."""
    row = connection.execute(
        f"SELECT count(*), min(source_key) FROM {table} WHERE TRY(list_value({value})) IS NULL"
    ).fetchone()
    if row is None or not row[0]:
        return
    failed, key = row
    try:
        connection.execute(f"SELECT {value} FROM {table} WHERE source_key = ?", [key]).fetchall()
    except duckdb.Error as error:
        raise faulty(
            line,
            f"its SQL fails for {count(failed, 'row')}, first {key}: {_reason(error)}; use "
            "try_cast or TRY(...) to leave such values empty",
        ) from error


def _failed(line: Line, error: duckdb.Error) -> MappingInvalidError:
    return faulty(line, f"its SQL fails: {_reason(error)}")


def _reason(error: duckdb.Error) -> str:
    return str(error).splitlines()[0].strip().rstrip(".")
