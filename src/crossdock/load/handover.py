"""Records that were loaded without their owner get him, once he has a user.

Each record is read first. Only one that still has the owner it was loaded with is changed; whatever
a person decided since stays. The intent is committed before each request, with the owner before,
and the outcome after, so that a run that died goes on: a record that has its owner by then is not
sent again. Setting an owner twice changes nothing, so nothing has to be looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from crossdock.connectors.base import Description, OutcomeState, ReadRecord, WriteRecord
from crossdock.ledger.parking import Parked
from crossdock.load.phase import BATCH, Context
from crossdock.load.runner import INDEX_LAG
from crossdock.model.times import Clock

Progress = Callable[[str, int, int], None]

#: Records on one page when all of an entity are read.
_PAGE = 100


@dataclass(slots=True)
class Handover:
    """What became of the parked records of one entity.

    `moved` have their owner now; `kept` were given another owner by a person and are left;
    `gone` are no more; `waiting` still lack a user; `refused` were refused by the destination.
    """

    entity: str
    moved: int = 0
    kept: int = 0
    gone: int = 0
    waiting: int = 0
    refused: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the counts as the `--json` output shows them."""
        return asdict(self)


async def hand_over(
    context: Context, description: Description, clock: Clock, progress: Progress
) -> list[Handover]:
    """Give every parked record its owner where that is an active user now.

    Costs a request per record or per page of all records, whichever is less, and the writes.
    """
    users = {user.email.lower(): user.id for user in description.users if user.active}
    done = []
    for entity, parked in context.ledger.parking.waiting().items():
        ready = [row for row in parked if row.wanted in users]
        result = Handover(entity, waiting=len(parked) - len(ready))
        done.append(result)
        if ready:
            await _entity(context, result, ready, users, clock, progress)
    return done


async def _entity(
    context: Context,
    result: Handover,
    ready: Sequence[Parked],
    users: Mapping[str, str],
    clock: Clock,
    progress: Progress,
) -> None:
    entity, parking = result.entity, context.ledger.parking
    ids = _ids(context, entity, ready)
    loaded = [row for row in ready if row.key in ids]
    result.waiting += len(ready) - len(loaded)  # Not loaded yet, or not found again yet.
    seen = await _read(context, entity, [ids[row.key] for row in loaded])
    to_send: list[tuple[Parked, str]] = []
    for row in loaded:
        state = _judge(row, seen.get(ids[row.key]), users[row.wanted])
        if state == "send":
            to_send.append((row, _owner(seen[ids[row.key]])))
        else:
            parking.settle(entity, [(row.key, state, "")])
            _count(result, state)
    accepted: list[Parked] = []
    for start in range(0, len(to_send), BATCH):
        batch = to_send[start : start + BATCH]
        accepted += await _send(context, result, batch, ids, users)
        progress(entity, min(start + BATCH, len(to_send)), len(to_send))
    if accepted:
        await _confirm(context, result, accepted, ids, users, clock)


def _judge(row: Parked, record: ReadRecord | None, wanted: str) -> str:
    """Return what to do with a record, or what became of it."""
    if record is None:
        return "gone"
    owner = _owner(record)
    if owner == wanted:
        return "moved"
    as_loaded = (row.stand_in,) if row.stand_in else ("", str(record.values.get("creater_id")))
    return "send" if owner in as_loaded else "kept"


async def _send(
    context: Context,
    result: Handover,
    batch: Sequence[tuple[Parked, str]],
    ids: Mapping[str, str],
    users: Mapping[str, str],
) -> list[Parked]:
    """Send one batch; returns the records that were taken without saying that it was done."""
    entity, parking = result.entity, context.ledger.parking
    parking.intend(entity, [(row.key, prior, users[row.wanted]) for row, prior in batch])
    context.faults.reach(f"{entity}.owner.intended")
    records = [
        WriteRecord(row.key, {"id": ids[row.key], "owner_id": int(users[row.wanted])})
        for row, _ in batch
    ]
    outcomes = await context.destination.write(entity, records)
    context.faults.reach(f"{entity}.owner.sent")
    states = {
        OutcomeState.CREATED: "moved",
        OutcomeState.UPDATED: "moved",
        OutcomeState.ACCEPTED: "accepted",
        OutcomeState.REJECTED: "rejected",
        OutcomeState.UNKNOWN: "unknown",
    }
    settled = [(o.key, states[o.state], "; ".join(o.reasons)) for o in outcomes]
    parking.settle(entity, settled)
    context.faults.reach(f"{entity}.owner.settled")
    open_keys = {key for key, state, _ in settled if state in ("accepted", "unknown")}
    for key, state, _ in settled:
        if key not in open_keys:
            _count(result, state)
    return [row for row, _ in batch if row.key in open_keys]


async def _confirm(
    context: Context,
    result: Handover,
    rows: Sequence[Parked],
    ids: Mapping[str, str],
    users: Mapping[str, str],
    clock: Clock,
) -> None:
    """Read records whose jobs told no ids, a second time when lists have had time to follow."""
    left = list(rows)
    for look in range(2):
        if look:
            await clock.sleep(INDEX_LAG)
        seen = await _read(context, result.entity, [ids[row.key] for row in left])
        moved = [
            row
            for row in left
            if (record := seen.get(ids[row.key])) and _owner(record) == users[row.wanted]
        ]
        context.ledger.parking.settle(result.entity, [(row.key, "moved", "") for row in moved])
        result.moved += len(moved)
        left = [row for row in left if row not in moved]
        if not left:
            return
    result.waiting += len(left)  # In doubt; the next time looks again.


async def _read(context: Context, entity: str, ids: Sequence[str]) -> dict[str, ReadRecord]:
    """Return records by id: one by one, or all of the entity where that is fewer requests."""
    wanted = set(ids)
    everything = sum(1 for _ in context.ledger.crossed(entity))
    few = len(wanted) <= everything // _PAGE + 1
    pages = context.destination.read_ids(entity, ids) if few else context.destination.read(entity)
    return {record.id: record async for page in pages for record in page if record.id in wanted}


def _ids(context: Context, entity: str, rows: Sequence[Parked]) -> dict[str, str]:
    found: dict[str, str] = {}
    for keys in _chunks([row.key for row in rows]):
        found |= context.ledger.ids(entity, keys)
    return found


def _chunks(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), 500):
        yield keys[start : start + 500]


def _owner(record: ReadRecord) -> str:
    found = record.values.get("owner_id")
    return "" if found is None else str(found)


def _count(result: Handover, state: str) -> None:
    name = "refused" if state == "rejected" else state
    setattr(result, name, getattr(result, name) + 1)
