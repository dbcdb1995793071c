"""Staged rows become the route's tables, for the chosen policies; every row is accounted for."""

from __future__ import annotations

import duckdb

from crossdock.connectors.base import Description
from crossdock.connectors.freshsales.timezones import rails_zone
from crossdock.errors import RowsLostError
from crossdock.intake.formats import orders
from crossdock.intake.intake import export_facts
from crossdock.mapping import target
from crossdock.mapping.transforms import order_variable
from crossdock.routes.base import Route

#: Notes are kept below this many characters. The destination's real limit is not documented; its
#: long text fields take 10,000.
NOTE_LENGTH = 9000
#: What a note has besides its events: a heading and the source key.
HEADING = 150


def shape(
    connection: duckdb.DuckDBPyConnection,
    route: Route,
    description: Description | None,
    policies: dict[str, str],
) -> None:
    """Make the route's tables for these policies and check that every row is accounted for.

    Raises RowsLostError when a staged row of a moved object is in no bucket, or in two.
    """
    facts = export_facts(connection)
    target.fill(connection, description)
    zone = facts["time_zone"]
    variables: dict[str, str | int | list[str]] = {
        **policies,
        "time_zone": zone,
        "rails_zone": rails_zone(zone) or "",
        "currency": facts["currency"],
        "exported_at": facts.get("exported_at", "2000-01-01T00:00:00")[:19],
        "note_length": NOTE_LENGTH - HEADING,
    }
    for name, order in orders.of_objects(connection, facts).items():
        variables[order_variable(name)] = order
    route.shape(connection, variables)
    account_for_rows(connection)


def account_for_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise RowsLostError unless every staged row is in the flow once; settings have no flow."""
    objects = connection.execute("SELECT name FROM stage._object WHERE NOT settings").fetchall()
    for (name,) in objects:
        row = connection.execute(
            f"""
            SELECT (SELECT count(*) FROM stage.{name}), count(*), count(DISTINCT _row)
            FROM route.flow WHERE object = ?
            """,
            [name],
        ).fetchone()
        assert row is not None
        staged, placed, distinct = row
        if not staged == placed == distinct:
            raise RowsLostError(
                f"{staged} rows of {name} were staged, but {distinct} are accounted for in "
                f"{placed} places.",
                next_command="report this with: crossdock inspect --json",
            )
