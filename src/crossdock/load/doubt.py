"""Writes whose answer was lost: the destination is asked before anything is sent again."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import orjson

from crossdock.errors import DoubtError, RefusedError
from crossdock.ledger.ledger import IN_DOUBT, Settled
from crossdock.load.phase import Context, Planned, resolved
from crossdock.model.times import Clock
from crossdock.verify.readback import read_back

#: Entities whose records are all read page by page, which is cheaper than asking one by one.
_READ_WHOLE = ("sales_account", "contact", "deal")
#: Writing these again changes nothing: they set a state instead of adding a record.
_REPEATABLE = ("deal_products",)
#: Questions about records in doubt begin with this; the answer is an id, or `absent`.
QUESTION = "IN_DOUBT:"
ABSENT = "absent"
#: How long a bulk job that was submitted before a crash may still be working unseen, in seconds.
SETTLING = 60.0


async def settle_doubts(context: Context, entity: str, clock: Clock) -> int:
    """Settle every write of an entity that is in doubt; returns how many there were.

    Found at the destination: confirmed with its id. Not found: absent, and sent again by the
    phase. Bulk jobs go on after the program that sent them died, so they are given time first.
    """
    doubtful = context.ledger.keys_in(entity, [*IN_DOUBT, "accepted"])
    crossed = set(context.ledger.ids(entity, doubtful)) if doubtful else set()
    doubtful = [key for key in doubtful if key not in crossed]
    if not doubtful:
        return 0
    if entity in _REPEATABLE:
        found: dict[str, str] = {}
    elif entity in _READ_WHOLE:
        await clock.sleep(_still_settling(context, entity, clock))
        found = await _read_whole(context, entity)
    else:
        found = await _find_each(context, entity, doubtful)
    digests = _digests(context.connection, entity, doubtful)
    context.ledger.settle(
        context.run_id,
        entity,
        [
            Settled(key, "confirmed", found[key], digest=digests.get(key, ""))
            if key in found
            else Settled(key, "absent", detail="looked for and not there")
            for key in doubtful
        ],
    )
    return len(doubtful)


def _still_settling(context: Context, entity: str, clock: Clock) -> float:
    """Return for how many seconds a job that was sent last may still be working."""
    last = context.ledger.last_intent(entity)
    if last is None:
        return 0.0
    return max(0.0, SETTLING - (clock.now() - last).total_seconds())


async def _read_whole(context: Context, entity: str) -> dict[str, str]:
    await read_back(context.connection, context.destination, context.ledger, entity)
    rows = context.connection.execute(
        f"SELECT key, min(id) FROM seen.{entity} WHERE key IS NOT NULL GROUP BY 1"
    ).fetchall()
    return dict(rows)


async def _find_each(context: Context, entity: str, keys: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for planned in _planned(context.connection, entity, keys):
        answer = context.answers.get(question_code(entity, planned.key))
        if answer is not None:
            found |= {planned.key: answer} if answer != ABSENT else {}
            continue
        records, _ = resolved(context.ledger, [planned])
        for record in records:
            try:
                ids = await context.destination.find(entity, record)
            except RefusedError as error:
                raise _ask(entity, planned) from error
            if ids:
                found[planned.key] = ids[0]
    return found


def question_code(entity: str, key: str) -> str:
    """Return the code of the question whether a record in doubt is there."""
    return f"{QUESTION}{entity}:{key}"


def meaning_in_doubt(code: str, value: str) -> str | None:
    """Return what an answer about a record in doubt means; None when it is no such answer."""
    if not code.startswith(QUESTION) or not (value == ABSENT or value.isdigit()):
        return None
    return "it is not there, and is sent again" if value == ABSENT else f"it is number {value}"


def _ask(entity: str, planned: Planned) -> DoubtError:
    """Ask a person to look: the destination has no list of these records (products)."""
    payload = planned.payload if isinstance(planned.payload, dict) else {}
    name = payload.get("name", planned.key)
    code = question_code(entity, planned.key)
    return DoubtError(
        f'The answer to writing the {entity} "{name}" was lost, and the destination cannot be '
        "asked about it. Look there whether it exists.",
        written="Earlier phases are complete.",
        next_command=f"crossdock answer {code} {ABSENT}  (or its number instead of {ABSENT}), "
        "then: crossdock run",
    )


def _planned(
    connection: duckdb.DuckDBPyConnection, entity: str, keys: Sequence[str]
) -> list[Planned]:
    rows = connection.execute(
        f"SELECT source_key, digest, payload FROM plan.{entity} WHERE list_contains(?, source_key)",
        [list(keys)],
    ).fetchall()
    return [Planned(key, digest, orjson.loads(payload)) for key, digest, payload in rows]


def _digests(
    connection: duckdb.DuckDBPyConnection, entity: str, keys: Sequence[str]
) -> dict[str, str]:
    return dict(
        connection.execute(
            f"SELECT source_key, digest FROM plan.{entity} WHERE list_contains(?, source_key)",
            [list(keys)],
        ).fetchall()
    )
