"""Operations on the ledger. Each public method is one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from crossdock.ledger.parking import Parking
from crossdock.ledger.tables import crosswalk, journal, metadata, phase, run
from crossdock.model.times import Clock

#: States in which nobody knows whether the destination did it.
IN_DOUBT = ("intended", "unknown")


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one intended write. An empty `destination_id` means it was not told."""

    key: str
    state: str
    destination_id: str = ""
    detail: str = ""
    digest: str = ""


class Ledger:
    """The ledger of one project, in SQLite."""

    def __init__(self, path: Path, clock: Clock) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._clock = clock
        self._engine: Engine = create_engine(f"sqlite:///{path}")
        event.listen(self._engine, "connect", _durable)
        metadata.create_all(self._engine)
        self.parking = Parking(self._engine, self._now)

    def close(self) -> None:
        """Give back the file."""
        self._engine.dispose()

    # --- runs and phases --------------------------------------------------------------------

    def open_run(self, plan: str, mapping: str, destination: str) -> int:
        """Return the number of the unfinished run of this plan, or begin a new one."""
        with self._engine.begin() as connection:
            going = connection.execute(
                select(run.c.id).where(
                    run.c.plan == plan,
                    run.c.destination == destination,
                    run.c.finished.is_(None),
                )
            ).scalar()
            if going is not None:
                return int(going)
            result = connection.execute(
                insert(run).values(
                    plan=plan, mapping=mapping, destination=destination, started=self._now()
                )
            )
            assert result.inserted_primary_key is not None
            return int(result.inserted_primary_key[0])

    def finish_run(self, run_id: int) -> None:
        """Say that every phase of a run has balanced."""
        with self._engine.begin() as connection:
            connection.execute(update(run).where(run.c.id == run_id).values(finished=self._now()))

    def close_phase(self, run_id: int, entity: str, counts: Mapping[str, Any]) -> None:
        """Keep a phase's numbers as its gate closed them."""
        values = {
            "run_id": run_id,
            "entity": entity,
            "counts": json.dumps(counts),
            "closed": self._now(),
        }
        with self._engine.begin() as connection:
            connection.execute(
                upsert(phase)
                .values(values)
                .on_conflict_do_update(index_elements=["run_id", "entity"], set_=values)
            )

    def runs(self) -> list[dict[str, Any]]:
        """Return all runs, oldest first."""
        with self._engine.connect() as connection:
            return [
                dict(row._mapping) for row in connection.execute(select(run).order_by(run.c.id))
            ]

    def phases(self, run_id: int) -> list[dict[str, Any]]:
        """Return the closed phases of a run, in the order in which they closed."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(phase.c.counts).where(phase.c.run_id == run_id).order_by(phase.c.closed)
            )
            return [json.loads(counts) for (counts,) in rows]

    # --- writes -----------------------------------------------------------------------------

    def intend(self, run_id: int, entity: str, keys: Sequence[str]) -> None:
        """Commit that these records are about to be sent. Before any request."""
        now = self._now()
        rows = [
            {
                "run_id": run_id,
                "entity": entity,
                "source_key": key,
                "state": "intended",
                "intended": now,
            }
            for key in keys
        ]
        with self._engine.begin() as connection:
            connection.execute(insert(journal), rows)

    def settle(self, run_id: int, entity: str, outcomes: Sequence[Settled]) -> None:
        """Commit what became of intended writes, and their ids, together."""
        now = self._now()
        known = [
            {
                "entity": entity,
                "source_key": o.key,
                "destination_id": o.destination_id,
                "origin": "created",
                "digest": o.digest,
                "run_id": run_id,
            }
            for o in outcomes
            if o.state == "confirmed" and o.destination_id
        ]
        with self._engine.begin() as connection:
            for (state, detail), keys in _grouped(outcomes).items():
                connection.execute(
                    update(journal)
                    .where(
                        journal.c.entity == entity,
                        journal.c.source_key.in_(keys),
                        journal.c.state.in_((*IN_DOUBT, "accepted")),
                    )
                    .values(state=state, settled=now, detail=detail or None)
                )
            if known:
                connection.execute(upsert(crosswalk).on_conflict_do_nothing(), known)

    def adopt(self, run_id: int, entity: str, pairs: Sequence[tuple[str, str, str]]) -> None:
        """Link records (key, destination id, digest) that were there already, without a write."""
        rows = [
            {
                "entity": entity,
                "source_key": key,
                "destination_id": destination_id,
                "origin": "matched",
                "digest": digest,
                "run_id": run_id,
            }
            for key, destination_id, digest in pairs
        ]
        if rows:
            with self._engine.begin() as connection:
                connection.execute(upsert(crosswalk).on_conflict_do_nothing(), rows)

    # --- questions --------------------------------------------------------------------------

    def ids(self, entity: str, keys: Sequence[str]) -> dict[str, str]:
        """Return the destination ids of these keys, as far as they have one."""
        if not keys:
            return {}
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(crosswalk.c.source_key, crosswalk.c.destination_id).where(
                    crosswalk.c.entity == entity, crosswalk.c.source_key.in_(list(keys))
                )
            )
            return dict(rows.tuples().all())

    def crossed(self, entity: str) -> Iterator[tuple[str, str, str, int]]:
        """Yield key, destination id, origin and run of everything of an entity that is there."""
        with self._engine.connect() as connection:
            rows = connection.execution_options(yield_per=10_000).execute(
                select(
                    crosswalk.c.source_key,
                    crosswalk.c.destination_id,
                    crosswalk.c.origin,
                    crosswalk.c.run_id,
                ).where(crosswalk.c.entity == entity)
            )
            yield from rows.tuples()

    def keys_in(self, entity: str, states: Sequence[str], run_id: int | None = None) -> list[str]:
        """Return the keys of an entity whose last write is in one of these states."""
        query = (
            select(journal.c.source_key, func.max(journal.c.id))
            .where(journal.c.entity == entity)
            .group_by(journal.c.source_key)
        )
        last = query.subquery()
        wanted = select(journal.c.source_key).where(
            journal.c.id == last.c[1], journal.c.state.in_(list(states))
        )
        if run_id is not None:
            wanted = wanted.where(journal.c.run_id == run_id)
        with self._engine.connect() as connection:
            return [key for (key,) in connection.execute(wanted)]

    def last_intent(self, entity: str) -> datetime | None:
        """Return when a write of this entity was last intended, in UTC."""
        with self._engine.connect() as connection:
            at = connection.execute(
                select(func.max(journal.c.intended)).where(journal.c.entity == entity)
            ).scalar()
            return datetime.fromisoformat(at) if at else None

    def rejections(self, entity: str) -> list[tuple[str, str]]:
        """Return the keys that the destination refused, with its words, latest write only."""
        refused = set(self.keys_in(entity, ["rejected"]))
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(journal.c.source_key, journal.c.detail)
                .where(journal.c.entity == entity, journal.c.state == "rejected")
                .order_by(journal.c.id)
            )
            return [(k, d or "") for k, d in dict(rows.tuples().all()).items() if k in refused]

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="milliseconds")


def _grouped(outcomes: Sequence[Settled]) -> dict[tuple[str, str], list[str]]:
    groups: dict[tuple[str, str], list[str]] = {}
    for outcome in outcomes:
        groups.setdefault((outcome.state, outcome.detail), []).append(outcome.key)
    return groups


def _durable(connection: Any, _record: object) -> None:
    """A commit is on the disk when it returns; a reader does not stop a writer."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA busy_timeout = 10000")
