"""Before a run: which records will be loaded without their owner, who has no user yet."""

from __future__ import annotations

from crossdock.ledger.parking import Parked
from crossdock.load.phase import Context
from crossdock.mapping.document import Mapping
from crossdock.mapping.transforms import quoted
from crossdock.routes.base import Route
from crossdock.verify.readback import load_crosswalk

_AT_ONCE = 10_000


def park(context: Context, route: Route, mapping: Mapping) -> None:
    """Note in the ledger every record to be created whose owner has no active user.

    `crossdock users --reassign` gives them their owner once there is one.
    """
    default = mapping.policies.get("default_owner", "")
    row = context.connection.execute(
        "SELECT id FROM dest.user WHERE active AND email = lower(?)", [default]
    ).fetchone()
    stand_in = str(row[0]) if row else ""
    tables = {phase.entity: phase.table for phase in route.phases if not phase.checked}
    for line in mapping.lines:
        if line.transform != "owner" or line.entity not in tables or line.status == "rejected":
            continue
        context.ledger.parking.forget_unsent(line.entity)
        load_crosswalk(context.connection, context.ledger, line.entity)
        cursor = context.connection.cursor()
        cursor.execute(
            f"""
            SELECT p.source_key, lower(r.{quoted(line.columns[0])}) AS wanted
            FROM plan.{line.entity} p JOIN {tables[line.entity]} r USING (source_key)
            WHERE p.action = 'create' AND p.destination_id IS NULL AND wanted IS NOT NULL
              AND wanted NOT IN (SELECT email FROM dest.user WHERE active)
              AND p.source_key NOT IN (SELECT key FROM seen.crosswalk_{line.entity})
            """
        )
        while rows := cursor.fetchmany(_AT_ONCE):
            noted = [Parked(key, wanted, stand_in) for key, wanted in rows]
            context.ledger.parking.keep(line.entity, noted)
