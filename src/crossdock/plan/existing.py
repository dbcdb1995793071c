"""What the destination already holds, so that it is matched and not written again."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import duckdb

from crossdock.connectors.base import Destination
from crossdock.errors import RefusedError

#: By what a record that somebody else made is recognised as the same: name or e-mail, no more.
_SAME = {
    "sales_account": ("name", "lower(payload ->> '$.name')"),
    "contact": ("email", "lower(payload ->> '$.email')"),
    "product": ("name", "lower(payload ->> '$.name')"),
}
#: Entities of which the name is read, though a record of the same name is not the same record.
_NAMED = ("deal",)


async def match_existing(
    connection: duckdb.DuckDBPyConnection, destination: Destination, entities: list[str]
) -> None:
    """Mark planned records that the destination holds under our source key or the same name.

    One with our key stays ours (`create` with an id: nothing is sent, and it is verified); one of
    the same name is somebody else's (`match`): it is linked to, and nothing in it is overwritten.
    Costs about one request per hundred records already there.
    """
    for entity in entities:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "existing.ndjson"
            try:
                await _collect(destination, entity, path)
            except RefusedError:
                # Some accounts do not list their products; then nothing can be matched.
                continue
            _mark(connection, entity, path)


async def _collect(destination: Destination, entity: str, path: Path) -> None:
    natural = "name" if entity in _NAMED else _SAME.get(entity, ("", ""))[0]
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
        UPDATE plan.{entity} SET destination_id = e.id,
            reason = 'it is there already, with our source key'
        FROM (SELECT key, min(id) AS id FROM existing WHERE key IS NOT NULL GROUP BY 1) e
        WHERE action = 'create' AND source_key = e.key
        """
    )
    if entity == "deal":
        _rename_deals(connection)
    if entity in _SAME:
        same = _SAME[entity][1]
        connection.execute(
            f"""
            UPDATE plan.{entity} SET action = 'match', destination_id = e.id,
                reason = 'a record of the same ' || ? || ' is there already; it is not overwritten'
            FROM (SELECT same, min(id) AS id FROM existing
                WHERE key IS NULL AND same IS NOT NULL GROUP BY 1) e
            WHERE action = 'create' AND destination_id IS NULL AND {same} = e.same
            """,
            [_SAME[entity][0]],
        )


def _rename_deals(connection: duckdb.DuckDBPyConnection) -> None:
    """Give another name to a deal that would overwrite somebody else's: names are no keys there."""
    connection.execute(
        """
        UPDATE plan.deal SET payload = json_merge_patch(payload, json_object('name',
            left(payload ->> '$.name', 200) || ' · OctopusPro ' || source_key))
        WHERE action = 'create' AND destination_id IS NULL
          AND lower(payload ->> '$.name') IN (SELECT same FROM existing WHERE key IS NULL)
        """
    )
