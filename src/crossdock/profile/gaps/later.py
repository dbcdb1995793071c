"""References to numbers that are higher than the highest of their list: a table that rules ask.

`gap_later` has label, field, target, prefix, highest, named, rows: how many rows of one object name
records of another that are newer than its newest. The list that names them was taken later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.sql import quoted
from crossdock.profile.gaps.expected import expected
from crossdock.profile.gaps.numbers import FAR, number

#: Columns that name a record of any kind by its number.
_ANY = ("record_number", "ref", "converted_to")


def measure(connection: duckdb.DuckDBPyConnection, objects: Iterable[SourceObject]) -> None:
    """Make the table; after the numbers."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE gap_later (label VARCHAR, field VARCHAR, target VARCHAR,"
        " prefix VARCHAR, highest BIGINT, named BIGINT, rows BIGINT)"
    )
    targets = connection.execute("SELECT object, label, prefix, highest FROM gap_prefix").fetchall()
    for obj in objects:
        for column in obj.columns:
            named = [t for t in targets if _may_name(obj, column.name, t[0], t[2])]
            if named:
                highest = _highest(connection, obj, column.name, [t[2] for t in named])
                for target, high in zip(named, highest, strict=True):
                    if high is not None and high > target[3]:
                        _count(connection, obj, column.name, target)


def _may_name(obj: SourceObject, column: str, target: str, prefix: str) -> bool:
    own = expected()[target].numbers
    if obj.name == target and column == own:
        return False
    return column in (own, f"{own}s") or (column in _ANY and bool(prefix))


def _last(column: str) -> str:
    """Return the SQL of the last of the values in one cell: of numbers it is the newest."""
    last = f"ltrim(split_part({column}, ';', -1))"
    return f"CASE WHEN contains({column}, ';') THEN {last} ELSE {column} END"


def _highest(
    connection: duckdb.DuckDBPyConnection, obj: SourceObject, column: str, prefixes: Iterable[str]
) -> Iterator[int | None]:
    values = ", ".join(f"max({number('value', prefix)})" for prefix in prefixes)
    row = connection.execute(
        f"SELECT {values} FROM (SELECT {_last(quoted(column))} AS value FROM stage.{obj.name})"
    ).fetchone()
    assert row is not None
    return iter(row)


def _count(
    connection: duckdb.DuckDBPyConnection,
    obj: SourceObject,
    column: str,
    target: tuple[str, str, str, int],
) -> None:
    """Count the rows that name something newer; numbers far off are of something else."""
    name, label, prefix, highest = target
    own = quoted(expected()[name].numbers)
    connection.execute(
        f"""
        INSERT INTO gap_later
        SELECT ?, ?, ?, ?, ?, max(n), count(*) FROM (
            SELECT {number("value", prefix)} AS n
            FROM (SELECT {_last(quoted(column))} AS value FROM stage.{obj.name})
        ) WHERE n BETWEEN {highest + 1} AND {highest + max(FAR, highest // 10)} AND n NOT IN (
            SELECT {number(own, prefix)} AS n FROM stage.{name} WHERE n IS NOT NULL
        ) HAVING count(*) > 0
        """,
        [obj.label, column, label, prefix, highest],
    )
