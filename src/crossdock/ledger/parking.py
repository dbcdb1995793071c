"""Records whose owner had no user when they were loaded: whom they wait for, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from crossdock.ledger.tables import journal, parked

#: States in which the record still waits for its owner, or nobody knows whether it has it.
WAITING = ("parked", "intended", "unknown", "accepted")


@dataclass(frozen=True, slots=True)
class Parked:
    """A record that waits: the owner's e-mail, and the id of the owner it was given instead.

    An empty `stand_in` means that no owner was sent; `given` is the id sent later, if any was.
    """

    key: str
    wanted: str
    stand_in: str
    state: str = "parked"
    given: str = ""


class Parking:
    """Operations on the ledger's table of parked records. Each is one transaction."""

    def __init__(self, engine: Engine, now: Callable[[], str]) -> None:
        self._engine = engine
        self._now = now

    def keep(self, entity: str, rows: Sequence[Parked]) -> None:
        """Note records that are about to be loaded without their owner; known ones stay."""
        values = [
            {
                "entity": entity,
                "source_key": row.key,
                "wanted": row.wanted,
                "stand_in": row.stand_in,
                "state": "parked",
            }
            for row in rows
        ]
        if values:
            with self._engine.begin() as connection:
                connection.execute(upsert(parked).on_conflict_do_nothing(), values)

    def forget_unsent(self, entity: str) -> None:
        """Forget what an earlier plan noted and never sent: that plan holds no more."""
        sent = select(journal.c.source_key).where(journal.c.entity == entity)
        with self._engine.begin() as connection:
            connection.execute(
                delete(parked).where(
                    parked.c.entity == entity,
                    parked.c.state == "parked",
                    parked.c.source_key.not_in(sent),
                )
            )

    def waiting(self) -> dict[str, list[Parked]]:
        """Return what waits for its owner or is in doubt, by entity, ordered by key."""
        query = select(
            parked.c.entity,
            parked.c.source_key,
            parked.c.wanted,
            parked.c.stand_in,
            parked.c.state,
            parked.c.given,
        ).where(parked.c.state.in_(WAITING))
        found: dict[str, list[Parked]] = {}
        with self._engine.connect() as connection:
            ordered = query.order_by(parked.c.entity, parked.c.source_key)
            for entity, key, wanted, stand_in, state, given in connection.execute(ordered):
                found.setdefault(entity, []).append(
                    Parked(key, wanted, stand_in, state, given or "")
                )
        return found

    def intend(self, entity: str, rows: Sequence[tuple[str, str, str]]) -> None:
        """Commit that records (key, owner now, owner to be) are about to be given their owner."""
        now = self._now()
        with self._engine.begin() as connection:
            for key, prior, given in rows:
                connection.execute(
                    update(parked)
                    .where(parked.c.entity == entity, parked.c.source_key == key)
                    .values(state="intended", prior=prior, given=given, intended=now)
                )

    def settle(self, entity: str, rows: Sequence[tuple[str, str, str]]) -> None:
        """Commit what became of records: key, state, detail."""
        now = self._now()
        with self._engine.begin() as connection:
            for key, state, detail in rows:
                connection.execute(
                    update(parked)
                    .where(parked.c.entity == entity, parked.c.source_key == key)
                    .values(state=state, settled=now, detail=detail or None)
                )

    def state_of(self, entity: str, key: str) -> tuple[str, str, str] | None:
        """Return state, prior owner and owner given of a record, or None where it never waited."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(parked.c.state, parked.c.prior, parked.c.given).where(
                    parked.c.entity == entity, parked.c.source_key == key
                )
            ).first()
        return (row[0], row[1] or "", row[2] or "") if row else None
