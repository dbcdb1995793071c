"""Whether the files fit into the room that the destination's plan has for them."""

from __future__ import annotations

from typing import Any

import duckdb

from crossdock.connectors.base import Description
from crossdock.connectors.freshsales import limits


def needed(connection: duckdb.DuckDBPyConnection, description: Description) -> dict[str, Any]:
    """Return the files of the plan in number and bytes, against the room on each plan.

    The room is so much for each active user, shared by all; what the account holds already is not
    known. `plan` is the account's own as far as it can be told, else None, and then so is `fits`.
    """
    row = connection.execute(
        """
        SELECT count(*), coalesce(sum(d.bytes), 0) FROM plan.document p
        JOIN route.document d USING (source_key) WHERE p.action = 'create'
        """
    ).fetchone()
    assert row is not None
    users = sum(user.active for user in description.users)
    room = limits.storage(users)
    own = room.get(description.plan or "")
    return {
        "files": row[0],
        "bytes": int(row[1]),
        "users": users,
        "room": room,
        "plan": description.plan,
        "fits": None if own is None else int(row[1]) <= own,
    }
