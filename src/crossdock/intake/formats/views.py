"""Views `typed.<object>`: the staged text, trimmed and cast, with all columns an object can have.

A view costs no space and never loses a row. A value that cannot be cast is NULL here and text in
`stage`; `crossdock.profile` counts those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.formats.deciding import Formats
from crossdock.intake.formats.orders import Order
from crossdock.intake.staging import quoted
from crossdock.model.fields import FieldType

_DATES: dict[Order, tuple[str, ...]] = {
    "day-first": ("%d/%m/%Y", "%Y-%m-%d", "%Y/%m/%d", "%d-%m-%Y", "%d %b %Y"),
    "month-first": ("%m/%d/%Y", "%Y-%m-%d", "%Y/%m/%d", "%m-%d-%Y", "%b %d %Y"),
}
_TIMES = (" %I:%M %p", " %H:%M", " %H:%M:%S", "T%H:%M:%S", "")
_TRUE = ("yes", "y", "true", "1", "on", "t")
_FALSE = ("no", "n", "false", "0", "off", "f")
#: Words that exports write where there is no value.
NULLS = ("n/a", "na", "null", "none", "-", "--", "0000-00-00", "0000-00-00 00:00:00")


def create_views(
    connection: duckdb.DuckDBPyConnection,
    objects: Sequence[SourceObject],
    formats: Formats,
) -> None:
    """Make the views over everything staged."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS typed")
    for obj in objects:
        staged = connection.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = 'stage' AND table_name = ? ORDER BY ordinal_position",
            [obj.name],
        ).fetchall()
        month_first = _month_first_files(connection, obj, formats.orders)
        parts = ["rowid AS _row", "_file"]
        for (name,) in staged:
            if name == "_file":
                continue
            column = obj.column(name)
            kind = column.type if column else FieldType.TEXT
            parts.append(f"{cast(quoted(name), kind, month_first)} AS {quoted(name)}")
        connection.execute(
            f"CREATE OR REPLACE VIEW typed.{obj.name} AS SELECT {', '.join(parts)}"
            f" FROM stage.{obj.name}"
        )
    _create_sources(connection, objects)


def _create_sources(connection: duckdb.DuckDBPyConnection, objects: Sequence[SourceObject]) -> None:
    """Make the views `src.<object>` that later rooms read: the typed rows as they are."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS src")
    for obj in objects:
        connection.execute(
            f"CREATE OR REPLACE VIEW src.{obj.name} AS SELECT * FROM typed.{obj.name}"
        )


def cast(column: str, kind: FieldType, month_first: Sequence[int] = ()) -> str:
    """Return the SQL that reads a staged text column as its type; NULL where it cannot."""
    text = f"nullif(trim({column}), '')"
    if kind in (FieldType.NUMBER, FieldType.MONEY):
        scale = "DECIMAL(18, 2)" if kind is FieldType.MONEY else "DECIMAL(18, 4)"
        return f"try_cast({_number(text)} AS {scale})"
    if kind is FieldType.DATE:
        return f"{_moment(text, month_first)}::DATE"
    if kind is FieldType.DATETIME:
        return _moment(text, month_first)
    if kind is FieldType.TIME:
        return f"try_strptime({text}, ['%I:%M %p', '%H:%M', '%H:%M:%S'])::TIME"
    if kind is FieldType.CHECKBOX:
        return (
            f"CASE WHEN {_among(text, _TRUE)} THEN true"
            f" WHEN {_among(text, _FALSE)} THEN false END"
        )
    if kind is FieldType.EMAIL:
        return f"lower({_without_nulls(text)})"
    return _without_nulls(text) if kind is not FieldType.LONG_TEXT else text


def _without_nulls(text: str) -> str:
    return f"CASE WHEN {_among(text, NULLS)} THEN NULL ELSE {text} END"


def _among(text: str, words: Sequence[str]) -> str:
    """Return the SQL that tells whether a text is one of some words.

    Neither with IN nor with list_contains: of these the planner makes a join, and then a query
    that asks for one column of the view reads all of them (observed with DuckDB 2.0).
    """
    return f"list_position({list(words)}, lower({text})) > 0"


def _number(text: str) -> str:
    """Drop currency signs and thousands separators; a number in brackets is negative."""
    bare = f"regexp_replace({text}, '[^0-9.()-]', '', 'g')"
    return f"regexp_replace({bare}, '^\\((.*)\\)$', '-\\1')"


def _moment(text: str, month_first: Sequence[int]) -> str:
    day_first = f"try_strptime({text}, {date_formats('day-first')})"
    if not month_first:
        return day_first
    other = f"try_strptime({text}, {date_formats('month-first')})"
    files = ", ".join(str(number) for number in month_first)
    return f"CASE WHEN _file IN ({files}) THEN {other} ELSE {day_first} END"


def date_formats(order: Order) -> list[str]:
    """Return the strptime formats of dates with and without a time, likeliest first."""
    return [date + time for time in _TIMES for date in _DATES[order]]


def _month_first_files(
    connection: duckdb.DuckDBPyConnection, obj: SourceObject, orders: Mapping[int, Order]
) -> list[int]:
    rows = connection.execute("SELECT file_no FROM stage._file WHERE object = ?", [obj.name])
    return [n for (n,) in rows.fetchall() if orders.get(n) == "month-first"]
