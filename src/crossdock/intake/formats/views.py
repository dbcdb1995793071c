"""Views `typed.<object>`: the staged text, trimmed and cast, with all columns an object can have.

A view costs no space and never loses a row. A value that cannot be cast is NULL here and text in
`stage`; `crossdock.profile` counts those.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.formats import phones
from crossdock.intake.formats.deciding import Formats
from crossdock.intake.formats.orders import Order
from crossdock.intake.sql import quoted

_DATES: dict[Order, tuple[str, ...]] = {
    "day-first": ("%d/%m/%Y", "%Y-%m-%d", "%Y/%m/%d", "%d-%m-%Y", "%d %b %Y"),
    "month-first": ("%m/%d/%Y", "%Y-%m-%d", "%Y/%m/%d", "%m-%d-%Y", "%b %d %Y"),
}
_TIMES = (" %I:%M %p", " %H:%M", " %H:%M:%S", "T%H:%M:%S", "")


def create_views(
    connection: duckdb.DuckDBPyConnection,
    objects: Sequence[SourceObject],
    formats: Formats,
) -> None:
    """Make the views over everything staged, and the macros for numbers of phones.

    The views `src.<object>` above them, which later rooms read, are made by `intake.links`.
    """
    phones.create_macros(connection, formats.facts.get("region", ""))
    connection.execute("CREATE SCHEMA IF NOT EXISTS typed")
    for obj in objects:
        columns = [
            f"{sql} AS {quoted(name)}"
            for (object_name, name), sql in formats.casts.items()
            if object_name == obj.name
        ]
        connection.execute(
            f"CREATE OR REPLACE VIEW typed.{obj.name} AS"
            f" SELECT {', '.join(['rowid AS _row', '_file', *columns])} FROM stage.{obj.name}"
        )


def date_formats(order: Order) -> list[str]:
    """Return the strptime formats of dates with and without a time, likeliest first."""
    return [date + time for time in _TIMES for date in _DATES[order]]
