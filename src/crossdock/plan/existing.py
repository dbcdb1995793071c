"""What the destination already holds, so that it is matched and not written again."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import duckdb

from crossdock.connectors.base import Destination

#: By what a record that somebody else made is recognised as the same: name or e-mail, no more.
_SAME = {
    "sales_account": ("name", "lower(payload ->> '$.name')"),
    "contact": ("email", "lower(payload ->> '$.email')"),
    "product": ("name", "lower(payload ->> '$.name')"),
}


async def match_existing(
    connection: duckdb.DuckDBPyConnection, destination: Destination, entities: list[str]
) -> None:
    """Mark planned records as `match` that the destination holds under our key or the same name.

    Costs about one request per hundred records already there. A matched record is linked to, and
    nothing in it is overwritten.
    """
    for entity in entities:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "existing.ndjson"
            await _collect(destination, entity, path)
            _mark(connection, entity, path)


async def _collect(destination: Destination, entity: str, path: Path) -> None:
    natural = _SAME.get(entity, ("", ""))[0]
    with path.open("w", encoding="utf-8") as stream:
        async for page in destination.read(entity):
            for record in page:
                name = str(record.values.get(natural) or "").lower() or None
                line = {"id": record.id, "key": record.key, "same": name}
                stream.write(json.dumps(line) + "\n")


def _mark(connection: duckdb.DuckDBPyConnection, entity: str, path: Path) -> None:
    if not path.stat().st_size:
        return
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE existing AS SELECT * FROM read_json(?, format = 'newline_"
        "delimited', columns = {id: 'VARCHAR', key: 'VARCHAR', same: 'VARCHAR'})",
        [str(path)],
    )
    connection.execute(
        f"""
        UPDATE plan.{entity} SET action = 'match', destination_id = e.id,
            reason = 'it is there already, with our source key'
        FROM (SELECT key, min(id) AS id FROM existing WHERE key IS NOT NULL GROUP BY 1) e
        WHERE action = 'create' AND source_key = e.key
        """
    )
    if entity in _SAME:
        same = _SAME[entity][1]
        connection.execute(
            f"""
            UPDATE plan.{entity} SET action = 'match', destination_id = e.id,
                reason = 'a record of the same ' || ? || ' is there already; it is not overwritten'
            FROM (SELECT same, min(id) AS id FROM existing
                WHERE key IS NULL AND same IS NOT NULL GROUP BY 1) e
            WHERE action = 'create' AND {same} = e.same
            """,
            [_SAME[entity][0]],
        )
