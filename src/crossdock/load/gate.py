"""The gate after each phase: what was read is what arrived, or the next phase does not begin."""

from __future__ import annotations

from crossdock.ledger.ledger import Settled
from crossdock.load.phase import Context
from crossdock.model.outcomes import PhaseCounts
from crossdock.verify.readback import Progress, load_crosswalk, read_back


async def take_ids(context: Context, entity: str, progress: Progress = lambda _: None) -> None:
    """Read the entity back and give ids to what was accepted in bulk without one."""
    await read_back(context.connection, context.destination, context.ledger, entity, progress)
    accepted = context.ledger.keys_in(entity, ["accepted"])
    if not accepted:
        return
    context.connection.execute("CREATE OR REPLACE TEMP TABLE accepted (key VARCHAR)")
    for start in range(0, len(accepted), 5000):
        context.connection.execute(
            "INSERT INTO accepted SELECT unnest(?)", [accepted[start : start + 5000]]
        )
    rows = context.connection.execute(
        f"""
        SELECT a.key, min(s.id), any_value(p.digest) FROM accepted a
        JOIN seen.{entity} s USING (key) JOIN plan.{entity} p ON p.source_key = a.key
        GROUP BY 1
        """
    ).fetchall()
    for start in range(0, len(rows), 1000):
        context.ledger.settle(
            context.run_id,
            entity,
            [Settled(k, "confirmed", i, digest=d) for k, i, d in rows[start : start + 1000]],
        )


def close(context: Context, entity: str) -> PhaseCounts:
    """Count a phase's buckets from plan, ledger and read-back, and say what does not balance.

    Reasons against balance: a record in no bucket, a write still in doubt, a record that the
    ledger knows and the destination does not show, a source key that it shows twice.
    """
    counts = planned_counts(context, entity)
    load_crosswalk(context.connection, context.ledger, entity)
    row = context.connection.execute(
        f"""
        SELECT
            count(*) FILTER (WHERE origin = 'created' AND run_id = ?),
            count(*) FILTER (WHERE origin <> 'created' OR run_id <> ?)
        FROM seen.crosswalk_{entity}
        WHERE key IN (SELECT source_key FROM plan.{entity} WHERE action <> 'reject')
        """,
        [context.run_id, context.run_id],
    ).fetchone()
    assert row is not None
    counts.created, counts.matched = row
    counts.rejected += len(context.ledger.rejections(entity))
    doubtful = context.ledger.keys_in(entity, ["intended", "unknown", "accepted"])
    if doubtful:
        counts.reasons.append(f"{len(doubtful)} writes are in doubt, such as {doubtful[0]}")
    _compare_with_seen(context, entity, counts)
    if counts.read != counts.placed:
        counts.reasons.append(f"{counts.read} read, but {counts.placed} are in a bucket")
    return counts


def planned_counts(context: Context, entity: str) -> PhaseCounts:
    """Return a phase's numbers as far as the plan alone knows them."""
    row = context.connection.execute(
        f"SELECT count(*), count(*) FILTER (WHERE action = 'reject') FROM plan.{entity}"
    ).fetchone()
    assert row is not None
    counts = PhaseCounts(entity, read=row[0], rejected=row[1])
    add_rows_without_record(context, counts)
    return counts


def add_rows_without_record(context: Context, counts: PhaseCounts) -> None:
    """Add the source rows that did not become a record of their own in this phase."""
    rows = context.connection.execute(
        "SELECT bucket, sum(rows)::BIGINT FROM route.not_created WHERE entity = ? GROUP BY 1",
        [counts.entity],
    ).fetchall()
    for bucket, number in rows:
        setattr(counts, bucket, getattr(counts, bucket) + number)
        counts.read += number


def _compare_with_seen(context: Context, entity: str, counts: PhaseCounts) -> None:
    row = context.connection.execute(
        f"""
        SELECT count(*) FILTER (WHERE s.id IS NOT NULL), count(*) FILTER (WHERE s.id IS NULL),
            any_value(c.key) FILTER (WHERE s.id IS NULL)
        FROM seen.crosswalk_{entity} c
        LEFT JOIN (SELECT DISTINCT id FROM seen.{entity}) s ON s.id = c.id
        """
    ).fetchone()
    assert row is not None
    counts.found, missing, example = row
    if missing:
        counts.reasons.append(
            f"{missing} records are in the ledger and not at the destination, such as {example}"
        )
    doubled = context.connection.execute(
        f"""
        SELECT key FROM seen.{entity} WHERE key IN (SELECT source_key FROM plan.{entity})
        GROUP BY 1 HAVING count(*) > 1
        """
    ).fetchall()
    if doubled:
        counts.reasons.append(f"{len(doubled)} records are there twice, such as {doubled[0][0]}")
