"""Reading everything of an entity back, into a table that SQL can compare with the plan."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import duckdb
import orjson

from crossdock.connectors.base import Destination, ReadRecord
from crossdock.ledger import Ledger

Progress = Callable[[int], None]


async def read_back(
    connection: duckdb.DuckDBPyConnection,
    destination: Destination,
    ledger: Ledger,
    entity: str,
    progress: Progress = lambda _: None,
) -> None:
    """Read all records of an entity into `seen.<entity>` (id, key, record as JSON).

    Costs about a request per hundred records; products and files, which have no list, are asked
    for by the ids of the ledger. Replaces what was read before.
    """
    connection.execute("CREATE SCHEMA IF NOT EXISTS seen")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "seen.ndjson"
        with path.open("wb") as stream:
            async for page in _pages(connection, destination, ledger, entity):
                for record in page:
                    stream.write(orjson.dumps(_line(record)) + b"\n")
                progress(len(page))
        connection.execute(
            f"""
            CREATE OR REPLACE TABLE seen.{entity} AS
            SELECT DISTINCT ON (id) id, key, record FROM read_json(?,
                format = 'newline_delimited', maximum_object_size = 67108864,
                columns = {{id: 'VARCHAR', key: 'VARCHAR', record: 'JSON'}})
            """,
            [str(path)],
        )


def _line(record: ReadRecord) -> dict[str, object]:
    return {"id": record.id, "key": record.key, "record": dict(record.values)}


async def _pages(
    connection: duckdb.DuckDBPyConnection, destination: Destination, ledger: Ledger, entity: str
) -> AsyncIterator[list[ReadRecord]]:
    if entity == "product":
        ids = [found for _, found, _, _ in ledger.crossed(entity)]
        async for page in destination.read_ids(entity, ids):
            yield page
    elif entity == "document":
        for owner, ids in _file_owners(connection, ledger).items():
            async for page in destination.read_targets(owner, ids):
                yield page
    else:
        async for page in destination.read(entity):
            yield page


def _file_owners(connection: duckdb.DuckDBPyConnection, ledger: Ledger) -> dict[str, list[str]]:
    """Return the ids of the records that planned files stand on, by entity."""
    rows = connection.execute(
        "SELECT payload ->> '$.targetable_id.$ref[0]', payload ->> '$.targetable_id.$ref[1]'"
        " FROM plan.document WHERE action <> 'reject' GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    owners: dict[str, list[str]] = {}
    for entity in {entity for entity, _ in rows}:
        keys = [key for owner, key in rows if owner == entity]
        for start in range(0, len(keys), 500):
            found = ledger.ids(entity, keys[start : start + 500])
            owners.setdefault(entity, []).extend(found.values())
    return owners


def load_crosswalk(connection: duckdb.DuckDBPyConnection, ledger: Ledger, entity: str) -> None:
    """Put an entity's crosswalk into `seen.crosswalk_<entity>`, so that SQL can join with it."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS seen")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crosswalk.ndjson"
        with path.open("wb") as stream:
            for key, found, origin, run_id in ledger.crossed(entity):
                line = {"key": key, "id": found, "origin": origin, "run_id": run_id}
                stream.write(orjson.dumps(line) + b"\n")
        connection.execute(
            f"""
            CREATE OR REPLACE TABLE seen.crosswalk_{entity} AS
            SELECT * FROM read_json(?, format = 'newline_delimited', columns =
                {{key: 'VARCHAR', id: 'VARCHAR', origin: 'VARCHAR', run_id: 'BIGINT'}})
            """,
            [str(path)],
        )
