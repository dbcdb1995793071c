"""A whole run: every phase in dependency order, gated, resumed where an earlier one stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from crossdock.connectors.base import Description
from crossdock.errors import GateUnbalancedError
from crossdock.load import gate
from crossdock.load.doubt import settle_doubts
from crossdock.load.phase import Context, load_entity
from crossdock.mapping.target import needs
from crossdock.model.outcomes import PhaseCounts
from crossdock.model.times import Clock
from crossdock.routes.base import Phase, Route

#: Told at each step: the phase, what is being done, how far of how much.
Watcher = Callable[[Phase, str, int, int], None]
#: How often a phase asks again about writes that are in doubt.
_ROUNDS = 4
#: How often a gate looks again, and after how many seconds: lists that come from a search index
#: show new records up to 20 seconds late (Freshsales API, search; certainty: observed).
_LOOKS = 2
INDEX_LAG = 20.0


@dataclass(slots=True)
class RunResult:
    """What a run did. `seconds` are those of the clock that it was given."""

    run: int
    phases: list[PhaseCounts] = field(default_factory=list)
    requests: int = 0
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Return the result as the `--json` output shows it."""
        return {
            "run": self.run,
            "phases": [p.as_json() for p in self.phases],
            "requests": self.requests,
            "seconds": round(self.seconds, 1),
        }


async def run_phases(
    context: Context,
    route: Route,
    description: Description,
    clock: Clock,
    watch: Watcher,
) -> RunResult:
    """Load all phases. Raises GateUnbalancedError at the first that does not balance."""
    started, before = clock.now(), context.destination.requests
    result = RunResult(context.run_id)
    for phase in route.phases:
        if phase.checked:
            counts = _check_users(context, phase)
        elif not needs(description, phase.needs):
            counts = _skip(context, phase)
        else:
            counts = await _load(context, phase, clock, watch)
        watch(phase, "closed", counts.read, counts.read)
        result.phases.append(counts)
        context.ledger.close_phase(context.run_id, phase.entity, counts.as_json())
        if not counts.balanced:
            _refuse(phase, counts)
    context.ledger.finish_run(context.run_id)
    result.requests = context.destination.requests - before
    result.seconds = (clock.now() - started).total_seconds()
    return result


def _check_users(context: Context, phase: Phase) -> PhaseCounts:
    counts = PhaseCounts(phase.entity)
    gate.add_rows_without_record(context, counts)
    return counts


def _skip(context: Context, phase: Phase) -> PhaseCounts:
    """Put a whole phase into `skipped`, because the destination's plan has no place for it."""
    counts = gate.planned_counts(context, phase.entity)
    counts.skipped += counts.read - counts.placed
    return counts


async def _load(context: Context, phase: Phase, clock: Clock, watch: Watcher) -> PhaseCounts:
    entity = phase.entity
    total = _to_load(context, entity)
    sent = 0

    def progress(records: int) -> None:
        nonlocal sent
        sent += records
        watch(phase, "loading", min(sent, total), total)

    for _ in range(_ROUNDS):
        await settle_doubts(context, entity, clock)
        await load_entity(context, entity, progress)
        if not context.ledger.keys_in(entity, ["intended", "unknown"]):
            break
    read = 0

    def reading(records: int) -> None:
        nonlocal read
        read += records
        watch(phase, "reading back", read, total)

    await gate.take_ids(context, entity, reading)
    counts = gate.close(context, entity)
    for _ in range(_LOOKS):
        if counts.balanced:
            break
        await clock.sleep(INDEX_LAG)
        await gate.take_ids(context, entity)
        counts = gate.close(context, entity)
    return counts


def _to_load(context: Context, entity: str) -> int:
    row = context.connection.execute(
        f"SELECT count(*) FROM plan.{entity} WHERE action = 'create'"
    ).fetchone()
    assert row is not None
    return int(row[0])


def _refuse(phase: Phase, counts: PhaseCounts) -> None:
    raise GateUnbalancedError(
        f"{phase.label} do not balance: {'; '.join(counts.reasons)}.",
        next_command="crossdock run  (it looks again before it sends anything)",
        written=f"{counts.created} records of this phase were written; later phases did not begin.",
    )
