"""Profiles of columns: of staged tables, and of some values that somebody wrote down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import duckdb

from crossdock.intake.intake import date_formats
from crossdock.intake.sql import quoted
from crossdock.mapping.proposing import kinds
from crossdock.mapping.proposing.scorer import ColumnProfile
from crossdock.mapping.proposing.shapes import Look, look
from crossdock.model.fields import FieldType
from crossdock.profile.custom_fields import CustomField, choices, measures, separators
from crossdock.profile.custom_fields.kinds import decide
from crossdock.profile.custom_fields.measures import Measures

#: So many of the first values of a column are looked at for shapes.
LOOKED_AT = 200
#: Longer texts are looked at to this many characters.
_WIDTH = 200
_NOTHING = Look(0, {}, (), ())
_STAGE = "CREATE OR REPLACE TEMP TABLE proposing_value (place INTEGER, value VARCHAR)"


def staged(
    connection: duckdb.DuckDBPyConnection, fields: Sequence[CustomField]
) -> dict[tuple[str, str], ColumnProfile]:
    """Return profiles of the columns that these fields stand in, by object and column.

    Fields whose values stand in rows, not in a column of their own, have no profile here. Counts,
    types and choices are those of the fields; each table is read once more for the shapes.
    """
    tables: dict[str, list[CustomField]] = defaultdict(list)
    for field in fields:
        if field.column and field.object == field.source_object:
            tables[field.source_object].append(field)
    connection.execute(_STAGE)
    asked: list[CustomField] = []
    for table, own in tables.items():
        here = set(_columns(connection, table))
        there = [field for field in own if field.column in here]
        _stage_first(connection, table, [field.column for field in there], len(asked))
        asked += there
    looks = look(connection, date_formats(connection)) if asked else {}
    headers = _headers(connection)
    return {
        (field.source_object, field.column): _profile(
            field.source_object,
            headers.get((field.source_object, field.column), field.label),
            field,
            looks.get(place, _NOTHING),
        )
        for place, field in enumerate(asked)
    }


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [row[0] for row in connection.execute(f"DESCRIBE src.{table}").fetchall()]


def _headers(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    rows = connection.execute(
        "SELECT object, name, any_value(header) FROM stage._column GROUP BY ALL"
    ).fetchall()
    return {(object_name, name): header for object_name, name, header in rows}


def _stage_first(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], first: int
) -> None:
    """Put the first values of each column into `proposing_value`, in one scan of the table."""
    if not columns:
        return
    lists = ", ".join(
        f"arg_min(left(CAST({quoted(c)} AS VARCHAR), {_WIDTH}), _row, {LOOKED_AT})"
        f" FILTER ({quoted(c)} IS NOT NULL)"
        for c in columns
    )
    connection.execute(
        f"""
        INSERT INTO proposing_value
        SELECT {first} + i - 1, unnest(coalesce(held[i], []))
        FROM (SELECT [{lists}] AS held FROM src.{table}), range(1, {len(columns) + 1}) AS r(i)
        """
    )


def _profile(object_name: str, header: str, field: CustomField, look_: Look) -> ColumnProfile:
    kind = kinds.with_shapes(field.type, look_)
    return ColumnProfile(
        object_name,
        header,
        field.column,
        kind,
        field.rows,
        field.filled,
        field.distinct,
        field.longest,
        look_.looked_at,
        look_.shares,
        tuple(choice.value for choice in field.choices if choice.count),
        look_.patterns,
        look_.examples,
    )


def sampled(
    connection: duckdb.DuckDBPyConnection,
    object_name: str,
    columns: Sequence[tuple[str, Sequence[str]]],
    formats: Sequence[str],
) -> list[ColumnProfile]:
    """Return profiles of columns of which some values are known, as (header, values).

    `formats` are the ways in which dates are written. Makes and drops temporary tables.
    """
    rows = [
        (place, text)
        for place, (_, values) in enumerate(columns)
        for value in values
        if (text := value.strip())
    ]
    _stage_samples(connection, rows)
    looks = look(connection, formats)
    measured = measures.measure(connection, formats)
    choices.keep_listed(connection, {})
    tried = separators.splits(connection, measured)
    splits = {
        place: separators.choose(tried.get(place, ()), several=False, whole=None)
        for place in range(len(columns))
    }
    marks = {place: split.character if split else "" for place, split in splits.items()}
    chosen = choices.choices(connection, {p: m for p, m in marks.items() if p in measured}, {})
    connection.execute("DROP TABLE custom_value; DROP TABLE custom_listed")
    found = []
    for place, (header, values) in enumerate(columns):
        m = measured.get(place, Measures())
        look_ = looks.get(place, _NOTHING)
        kind = kinds.of_a_sample(header, m, decide(m, None, splits[place]).type, look_)
        options = chosen[place].choices if place in chosen else ()
        used = kinds.parted([c.value for c in options], kind)
        found.append(
            ColumnProfile(
                object_name,
                header,
                "",
                kind,
                len(values),
                m.filled,
                m.distinct,
                m.longest,
                look_.looked_at,
                look_.shares,
                used if kind in (FieldType.PICKLIST, FieldType.MULTI_PICKLIST) else (),
                look_.patterns,
                look_.examples,
            )
        )
    return found


def _stage_samples(connection: duckdb.DuckDBPyConnection, rows: Sequence[tuple[int, str]]) -> None:
    connection.execute(_STAGE)
    connection.execute(
        "INSERT INTO proposing_value SELECT unnest(?), left(unnest(?), ?)",
        [[place for place, _ in rows], [value for _, value in rows], _WIDTH],
    )
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE custom_value AS
        SELECT place, value, length(value) AS length, count(*) AS n
        FROM proposing_value GROUP BY ALL
        """
    )


__all__ = ["LOOKED_AT", "sampled", "staged"]
