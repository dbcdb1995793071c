"""Everything that records name each other by; what others call."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.links import customers, dangling, ids, views


def build(
    connection: duckdb.DuckDBPyConnection, objects: Sequence[SourceObject], nulls: Sequence[str]
) -> None:
    """Make the tables `link.…` over the typed views, and the views `src.<object>`.

    `nulls` are the words that exports write where there is no value, in small letters. The macro
    `phone_key(text)` must be there.
    """
    present = [obj.name for obj in objects]
    connection.execute("DROP SCHEMA IF EXISTS link CASCADE; CREATE SCHEMA link")
    for name in ("macros.sql", "tables.sql"):
        connection.execute(_text(name))
    without_ids = "customer" in present and customers.have_no_ids(connection)
    dangling.find(connection, present, nulls)
    ids.make(connection, present)
    customers.link(connection, present, without_ids)
    views.create(connection, present, without_ids)
    if "booking" in present:
        connection.execute(_text("series.sql"))


def _text(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")
