"""What is found out once when a plan is made, and kept with it in `plan._told`."""

from __future__ import annotations

import json
from typing import Any

import duckdb

from crossdock.connectors.base import Description
from crossdock.mapping import target
from crossdock.mapping.document import Mapping
from crossdock.plan import fires, history, storage
from crossdock.provision.people import missing_users
from crossdock.routes.base import Route


def tell(
    connection: duckdb.DuckDBPyConnection,
    route: Route,
    mapping: Mapping,
    description: Description,
) -> None:
    """Find out notes by policy, storage, what would fire and what must exist first; keep it."""
    creates = {
        phase.entity: _creates(connection, phase.entity)
        for phase in route.phases
        if not phase.checked and target.needs(description, phase.needs)
    }
    content = {
        "notes": history.notes(connection),
        "storage": storage.needed(connection, description),
        "fires": fires.would(connection, description, creates),
        "needs": _needs(connection, mapping),
    }
    connection.execute(
        "CREATE OR REPLACE TABLE plan._told AS SELECT ? AS content", [_json(content)]
    )


def told(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Return what was kept with the plan."""
    row = connection.execute("SELECT content FROM plan._told").fetchone()
    assert row is not None
    found: dict[str, Any] = json.loads(row[0])
    return found


def _needs(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> list[dict[str, Any]]:
    """Return the people without a user; `stops` where the policy waits until they have one."""
    waits = mapping.policies.get("missing_users") == "gate"
    return [
        {
            "kind": "user",
            "name": person["email"],
            "records": person["deals"],
            "stops": waits,
            "command": "crossdock users",
        }
        for person in missing_users(connection)
    ]


def _creates(connection: duckdb.DuckDBPyConnection, entity: str) -> int:
    row = connection.execute(
        f"SELECT count(*) FROM plan.{entity} WHERE action = 'create' AND destination_id IS NULL"
    ).fetchone()
    return int(row[0]) if row else 0


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False)
