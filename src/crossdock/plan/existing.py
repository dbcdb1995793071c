"""What the destination already holds, so that it is matched and not written again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from crossdock.connectors.base import Description, Destination, ReadRecord
from crossdock.errors import RefusedError
from crossdock.model.fields import Entity, Field

#: By what a record that somebody else made is recognised as the same: name or e-mail, no more.
_SAME = {
    "sales_account": ("name", "lower(payload ->> '$.name')"),
    "contact": ("email", "lower(payload ->> '$.email')"),
    "product": ("name", "lower(payload ->> '$.name')"),
}
#: Entities of which the name is read, though a record of the same name is not the same record.
_NAMED = ("deal",)


async def read(
    connection: duckdb.DuckDBPyConnection,
    destination: Destination,
    description: Description,
    entities: Sequence[str],
) -> None:
    """Put what the destination holds of each entity into `plan._there_<entity>`.

    One row a record: `id`, `key` (our source key, where it carries one), `same` (name or e-mail, in
    small letters), `held` (the values of unique fields, as JSON). Costs about one request per
    hundred records.
    """
    connection.execute("CREATE SCHEMA IF NOT EXISTS plan")
    for entity in entities:
        unique = unique_fields(description.entities.get(entity))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "there.ndjson"
            try:
                await _collect(destination, entity, unique, path)
            except RefusedError:
                # Some accounts do not list their products; then nothing can be matched.
                path.write_bytes(b"")
            _store(connection, entity, path)


def unique_fields(entity: Entity | None) -> list[Field]:
    """Return the fields in which no two records of an entity may have the same value."""
    return [f for f in entity.fields if f.unique and not f.read_only] if entity else []


async def _collect(
    destination: Destination, entity: str, unique: Sequence[Field], path: Path
) -> None:
    natural = "name" if entity in _NAMED else _SAME.get(entity, ("", ""))[0]
    with path.open("w", encoding="utf-8") as stream:
        async for page in destination.read(entity):
            for record in page:
                name = str(record.values.get(natural) or "").lower() or None
                held = {f.name: _held(record, f) for f in unique}
                line = {"id": record.id, "key": record.key, "same": name, "held": held}
                stream.write(json.dumps(line) + "\n")


def _held(record: ReadRecord, field: Field) -> str | None:
    custom: Any = record.values.get("custom_field")
    values = custom if field.custom and isinstance(custom, dict) else record.values
    value = values.get(field.name)
    return None if value in (None, "") or isinstance(value, list | dict) else str(value)


def _store(connection: duckdb.DuckDBPyConnection, entity: str, path: Path) -> None:
    columns = "id VARCHAR, key VARCHAR, same VARCHAR, held JSON"
    connection.execute(f"CREATE OR REPLACE TABLE plan._there_{entity} ({columns})")
    if path.stat().st_size:
        connection.execute(
            f"INSERT INTO plan._there_{entity} SELECT * FROM read_json(?, format = 'newline_"
            "delimited', columns = {id: 'VARCHAR', key: 'VARCHAR', same: 'VARCHAR', held: 'JSON'})",
            [str(path)],
        )


def holds(connection: duckdb.DuckDBPyConnection, entity: str) -> bool:
    """Return whether the destination held any record of an entity when it was read."""
    known = connection.execute(
        "SELECT 1 FROM information_schema.tables WHERE table_schema = 'plan' AND table_name = ?",
        [f"_there_{entity}"],
    ).fetchone()
    return known is not None and bool(
        connection.execute(f"SELECT 1 FROM plan._there_{entity} LIMIT 1").fetchone()
    )


def match(connection: duckdb.DuckDBPyConnection, entity: str) -> None:
    """Mark planned records that the destination holds under our source key or the same name.

    One with our key stays ours (`create` with an id: nothing is sent, and it is verified); one of
    the same name is somebody else's (`match`): it is linked to, and nothing in it is overwritten.
    """
    if not holds(connection, entity):
        return
    connection.execute(
        f"""
        UPDATE plan.{entity} SET destination_id = e.id,
            reason = 'it is there already, with our source key'
        FROM (SELECT key, min(id) AS id FROM plan._there_{entity} WHERE key IS NOT NULL
            GROUP BY 1) e
        WHERE action = 'create' AND source_key = e.key
        """
    )
    if entity in _SAME:
        word, same = _SAME[entity]
        connection.execute(
            f"""
            UPDATE plan.{entity} SET action = 'match', destination_id = e.id,
                reason = 'a record of the same {word} is there already; it is not overwritten'
            FROM (SELECT same, min(id) AS id FROM plan._there_{entity}
                WHERE key IS NULL AND same IS NOT NULL GROUP BY 1) e
            WHERE action = 'create' AND destination_id IS NULL AND {same} = e.same
            """
        )
