"""One entity's turn: planned records go out in batches, and the ledger knows each one's fate."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
import orjson

from crossdock.connectors.base import Destination, Outcome, OutcomeState, WriteRecord
from crossdock.ledger import Ledger
from crossdock.ledger.ledger import Settled
from crossdock.model.faults import FaultPoints
from crossdock.model.references import Reference, references_in, resolve
from crossdock.verify.readback import load_crosswalk

Progress = Callable[[int], None]

#: Records in one batch: what a bulk call takes, and how many writes can be in doubt at once.
BATCH = 100
#: Batches on their way at the same time.
IN_FLIGHT = 4
#: Entities that cannot be looked up after a lost answer go one by one, so that at most one is ever
#: in doubt and a person has one question to answer.
ONE_BY_ONE = ("product",)

_STATES = {
    OutcomeState.CREATED: "confirmed",
    OutcomeState.UPDATED: "confirmed",
    OutcomeState.ACCEPTED: "accepted",
    OutcomeState.REJECTED: "rejected",
    OutcomeState.UNKNOWN: "unknown",
}


@dataclass(slots=True)
class Context:
    """What every part of a run works with."""

    connection: duckdb.DuckDBPyConnection
    destination: Destination
    ledger: Ledger
    run_id: int
    faults: FaultPoints = field(default_factory=FaultPoints)
    #: What a person answered, by question code.
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Planned:
    """One planned record; its payload still names other records by reference."""

    key: str
    digest: str
    payload: object


async def load_entity(context: Context, entity: str, progress: Progress) -> None:
    """Send every planned record of an entity that has not crossed yet and was not refused."""
    adopt_matches(context, entity)
    pending: set[asyncio.Task[None]] = set()
    try:
        for batch in _batches(context, entity):
            if len(pending) >= (1 if entity in ONE_BY_ONE else IN_FLIGHT):
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            pending.add(asyncio.create_task(_send(context, entity, batch, progress)))
        await asyncio.gather(*pending)
    except BaseException:
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        raise


def adopt_matches(context: Context, entity: str) -> None:
    """Link the records that the plan found at the destination."""
    rows = context.connection.execute(
        f"SELECT source_key, destination_id, digest FROM plan.{entity}"
        " WHERE destination_id IS NOT NULL AND action <> 'reject' ORDER BY seq"
    ).fetchall()
    for start in range(0, len(rows), 1000):
        context.ledger.adopt(context.run_id, entity, rows[start : start + 1000])


def _batches(context: Context, entity: str) -> Iterator[list[Planned]]:
    """Yield what is still to be sent, in the plan's order."""
    load_crosswalk(context.connection, context.ledger, entity)
    refused = set(context.ledger.keys_in(entity, ["accepted", "rejected"]))
    cursor = context.connection.cursor()
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE to_send AS
        SELECT source_key, digest, payload FROM plan.{entity} p
        WHERE action = 'create' AND destination_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM seen.crosswalk_{entity} c WHERE c.key = p.source_key)
        ORDER BY seq
        """
    )
    cursor.execute("SELECT source_key, digest, payload FROM to_send")
    while rows := cursor.fetchmany(1 if entity in ONE_BY_ONE else BATCH):
        batch = [Planned(k, d, orjson.loads(p)) for k, d, p in rows if k not in refused]
        if batch:
            yield batch


async def _send(
    context: Context, entity: str, batch: Sequence[Planned], progress: Progress
) -> None:
    """Commit the intent, send, commit the outcome."""
    records, orphans = resolved(context.ledger, batch)
    keys = [planned.key for planned in batch]
    digests = {planned.key: planned.digest for planned in batch}
    context.ledger.intend(context.run_id, entity, keys)
    context.faults.reach(f"{entity}.intended")
    outcomes = await context.destination.write(entity, records)
    context.faults.reach(f"{entity}.sent")
    settled = [_settled(outcome, digests) for outcome in outcomes] + orphans
    context.ledger.settle(context.run_id, entity, settled)
    context.faults.reach(f"{entity}.settled")
    progress(len(batch))


def _settled(outcome: Outcome, digests: dict[str, str]) -> Settled:
    """Return the ledger's words for an outcome. A record whose id is known exists, even when a
    later part of writing it was lost; verification sees what it lacks."""
    known = outcome.state is OutcomeState.UNKNOWN and outcome.destination_id
    return Settled(
        outcome.key,
        "confirmed" if known else _STATES[outcome.state],
        outcome.destination_id or "",
        "; ".join(outcome.reasons),
        digests[outcome.key],
    )


def resolved(ledger: Ledger, batch: Sequence[Planned]) -> tuple[list[WriteRecord], list[Settled]]:
    """Put destination ids where the plan has references.

    A reference inside a list that leads nowhere is left out of the list. A record whose own target
    leads nowhere cannot be written; it is returned as rejected.
    """
    wanted: dict[str, set[str]] = {}
    for planned in batch:
        for reference in references_in(planned.payload):
            wanted.setdefault(reference.entity, set()).add(reference.key)
    known = {
        Reference(entity, key): int(found) if found.isdigit() else found
        for entity, keys in wanted.items()
        for key, found in ledger.ids(entity, sorted(keys)).items()
    }
    records, orphans = [], []
    for planned in batch:
        payload = without_lost(planned.payload, known)
        lost = next((r for r in references_in(payload) if r not in known), None)
        if lost is not None:
            reason = f"the {lost.entity} {lost.key} it belongs to was not loaded"
            orphans.append(Settled(planned.key, "rejected", detail=reason))
        else:
            records.append(WriteRecord(planned.key, resolve(payload, known.__getitem__)))
    return records, orphans


def without_lost(payload: object, known: dict[Reference, int | str]) -> object:
    """Return a payload without list members that refer to records which were not loaded."""
    if isinstance(payload, dict):
        return {key: without_lost(value, known) for key, value in payload.items()}
    if isinstance(payload, list):
        return [
            without_lost(member, known)
            for member in payload
            if all(reference in known for reference in references_in(member))
        ]
    return payload
