"""Every table of this room, over a whole export."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.profile.identity import places, rows


def measure(connection: duckdb.DuckDBPyConnection, objects: Sequence[SourceObject]) -> None:
    """Make the tables `identity_…` for an export that was read."""
    places.measure(connection, objects)
    rows.measure(connection, objects)
    for name in ("people.sql", "numbers.sql"):
        connection.execute(resources.files(__package__).joinpath(name).read_text("utf-8"))
