"""What each way of keeping the history would cost: the plan itself carries one of them."""

from __future__ import annotations

from typing import Any

import duckdb

from crossdock.connectors.freshsales.costs import requests_for
from crossdock.plan import cost

#: What stands around an event in a digest, its line breaks counted as the destination holds them.
_AROUND = 20
#: Notes under each policy, as the route puts them together: an event of its own, or digests that
#: are split at the longest note. Lengths are taken without the marks of a web page, so that the
#: number of parts is an estimate where a digest is long.
_NOTES = f"""
WITH event AS (
    SELECT owner_key AS owner,
        coalesce(moment >= getvariable('exported_at')::TIMESTAMP - INTERVAL 365 DAY, false)
            AS is_recent,
        strlen(text) + {_AROUND} AS size
    FROM route.event WHERE owner_key IS NOT NULL
),
owner AS (
    SELECT count(*) AS events, count(*) FILTER (is_recent) AS recent,
        ceil(sum(size) / getvariable('note_length')) AS parts,
        ceil(coalesce(sum(size) FILTER (NOT is_recent), 0) / getvariable('note_length')) AS older
    FROM event GROUP BY owner
),
payment AS (SELECT count(*) AS notes FROM route.payment_fact)
SELECT p.notes + coalesce(o.digest, 0), p.notes + coalesce(o.recent, 0),
    p.notes + coalesce(o.whole, 0)
FROM payment p, (SELECT CAST(sum(parts) AS BIGINT) AS digest,
    CAST(sum(recent + older) AS BIGINT) AS recent, CAST(sum(events) AS BIGINT) AS whole
    FROM owner) o
"""
#: In the order of the query above.
POLICIES = ("digest", "recent", "full")


def notes(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return how many notes each policy would make of this export, right after it was shaped."""
    row = connection.execute(_NOTES).fetchone()
    assert row is not None
    return dict(zip(POLICIES, map(int, row), strict=True))


def costs(
    estimated: dict[str, int], chosen: str, planned: int, requests: int
) -> dict[str, dict[str, Any]]:
    """Return notes, requests and hours of the whole plan under each policy.

    `planned` notes and `requests` are those of the plan as it is, under the `chosen` policy.
    """
    others = requests - _requests(planned)
    found = {}
    for policy, number in estimated.items():
        count = planned if policy == chosen else number
        total = others + _requests(count)
        found[policy] = {
            "notes": count,
            "requests": total,
            "hours": cost.hours(total),
            "chosen": policy == chosen,
            "estimated": policy != chosen,
        }
    return found


def _requests(notes: int) -> int:
    return requests_for("note", notes) + -(-notes // cost.PAGE)
