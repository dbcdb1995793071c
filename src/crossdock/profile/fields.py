"""Per object and field: type, filled, distinct, lengths, range, examples, and what is unread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.model.fields import FieldType
from crossdock.profile import columns


@dataclass(frozen=True, slots=True)
class FieldProfile:
    """One column of the export.

    `unread` values are text where a number or a date belongs, with up to 3 `unread_examples`.
    `distinct` is exact, but for more different values than `columns.ESTIMATE_FROM`: then it is
    `estimated`, within about 2 %. `shortest` and `longest` count characters of values; None where
    there is no value. `lowest` and `highest` are the range of numbers, amounts (in the currency
    of the export), dates and times as they were read, in ISO 8601. `examples` are up to 3 values,
    the most frequent first, and `counts` how often each occurs; it is empty for an estimate.
    """

    name: str
    header: str
    type: str
    filled: int
    distinct: int
    unread: int
    known: bool
    estimated: bool = False
    shortest: int | None = None
    longest: int | None = None
    lowest: str | None = None
    highest: str | None = None
    examples: Sequence[str] = ()
    counts: Sequence[int] = ()
    unread_examples: Sequence[str] = ()


@dataclass(slots=True)
class ObjectProfile:
    """One object of the export. A migration cannot be complete without a `needed` one."""

    object: str
    label: str
    files: list[str]
    rows: int
    staged: int
    rejected: int
    fields: list[FieldProfile] = field(default_factory=list)
    needed: bool = False


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
            obj.needed,
        )
        for obj in objects
        if obj.name in files
    ]


def _fields(
    connection: duckdb.DuckDBPyConnection, obj: SourceObject, rows: int
) -> list[FieldProfile]:
    present = connection.execute(
        "SELECT name, any_value(header), bool_or(known) FROM stage._column WHERE object = ?"
        " GROUP BY name ORDER BY min(position)",
        [obj.name],
    ).fetchall()
    types = {
        name: column.type if (column := obj.column(name)) else FieldType.TEXT
        for name, _, _ in present
    }
    texts = columns.texts(connection, obj.name, types, rows)
    values = columns.values(connection, obj.name, types, texts)
    return [
        FieldProfile(
            name,
            header,
            str(types[name]),
            (text := texts[name]).filled,
            text.distinct,
            (value := values.get(name, columns.NOT_CAST)).unread,
            known,
            text.estimated,
            text.shortest,
            text.longest,
            value.lowest,
            value.highest,
            text.examples,
            text.counts,
            value.unread_examples,
        )
        for name, header, known in present
    ]
