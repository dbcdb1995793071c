"""Per object and field: type, filled, distinct, and values that could not be read as the type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.formats import NULLS
from crossdock.intake.staging import quoted
from crossdock.model.fields import FieldType

#: From this many rows on, different values are estimated (within about 2 %), not counted.
ESTIMATE_FROM = 200_000


@dataclass(frozen=True, slots=True)
class FieldProfile:
    """One column of the export. `unread` values are text where a number or date belongs."""

    name: str
    header: str
    type: str
    filled: int
    distinct: int
    unread: int
    known: bool


@dataclass(slots=True)
class ObjectProfile:
    """One object of the export."""

    object: str
    label: str
    files: list[str]
    rows: int
    staged: int
    rejected: int
    fields: list[FieldProfile] = field(default_factory=list)


def profile_objects(
    connection: duckdb.DuckDBPyConnection, objects: Sequence[SourceObject]
) -> list[ObjectProfile]:
    """Profile every object of which there is a file."""
    rows = connection.execute(
        "SELECT object, list(name ORDER BY name), sum(rows)::BIGINT, sum(rejected)::BIGINT"
        " FROM stage._file GROUP BY 1"
    ).fetchall()
    files = {name: (names, staged, rejected) for name, names, staged, rejected in rows}
    return [
        ObjectProfile(
            obj.name,
            obj.label,
            files[obj.name][0],
            files[obj.name][1] + files[obj.name][2],
            files[obj.name][1],
            files[obj.name][2],
            _fields(connection, obj, files[obj.name][1]),
        )
        for obj in objects
        if obj.name in files
    ]


def _fields(
    connection: duckdb.DuckDBPyConnection, obj: SourceObject, rows: int
) -> list[FieldProfile]:
    columns = connection.execute(
        "SELECT name, any_value(header), bool_or(known) FROM stage._column WHERE object = ?"
        " GROUP BY name ORDER BY min(position)",
        [obj.name],
    ).fetchall()
    if not columns:
        return []
    distinct = "approx_count_distinct({0})" if rows >= ESTIMATE_FROM else "count(DISTINCT {0})"
    parts = []
    for name, _, _ in columns:
        text = f"nullif(trim(t.{quoted(name)}), '')"
        lost = f"s.{quoted(name)} IS NULL AND lower({text}) NOT IN {NULLS}"
        unread = f"count({text}) FILTER (WHERE {lost})"
        parts += [f"count({text})", distinct.format(text), unread]
    row = connection.execute(
        f"SELECT {', '.join(parts)} FROM stage.{obj.name} t JOIN src.{obj.name} s"
        " ON s._row = t.rowid"
    ).fetchone()
    assert row is not None
    return [
        FieldProfile(
            name,
            header,
            str(column.type) if (column := obj.column(name)) else str(FieldType.TEXT),
            row[3 * i],
            row[3 * i + 1],
            row[3 * i + 2],
            known,
        )
        for i, (name, header, known) in enumerate(columns)
    ]
