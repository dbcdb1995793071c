"""The account of every row of the export: one bucket each, after what really happened to it.

The route says where each row was meant to go. What the plan or the destination refused, what was
there already and what the account's plan has no place for changes that; the temporary table
`row_account` holds the corrected account, and everything here is counted from it.
"""

from __future__ import annotations

from typing import Any

import duckdb

from crossdock.ledger import Ledger
from crossdock.plan.plan import Plan
from crossdock.routes.base import Route
from crossdock.verify.readback import load_crosswalk

#: The columns of a rejected row or record.
REJECTED = ("by", "entity", "key", "reason", "file", "row")

_FATE = """
CREATE OR REPLACE TEMP TABLE fate (
    entity VARCHAR, key VARCHAR, bucket VARCHAR, reason VARCHAR
)
"""
_ACCOUNT = """
CREATE OR REPLACE TEMP TABLE row_account AS
WITH one AS (
    SELECT entity, key, arg_min(bucket, place) AS bucket, arg_min(reason, place) AS reason
    FROM (SELECT *, list_position(['rejected', 'skipped', 'matched'], bucket) AS place FROM fate)
    GROUP BY 1, 2
)
SELECT f.object, f._row, f.entity,
    CASE WHEN one.bucket = 'matched' AND f.bucket = 'merged' THEN 'merged'
        ELSE coalesce(one.bucket, f.bucket) END AS bucket,
    coalesce(one.reason, f.reason) AS reason,
    one.bucket IS NULL AS own
FROM route.flow f LEFT JOIN one ON f.bucket IN ('created', 'merged')
    AND one.entity = f.entity AND one.key = f.source_key
"""


def settle(connection: duckdb.DuckDBPyConnection, route: Route, ledger: Ledger, plan: Plan) -> None:
    """Make `row_account` from the route's account, the plan and the ledger."""
    connection.execute(_FATE)
    without = {row["entity"]: row["why"] for row in plan.entities if row.get("why")}
    for phase in route.phases:
        if phase.checked:
            continue
        load_crosswalk(connection, ledger, phase.entity)
        connection.execute(
            f"""
            INSERT INTO fate
            SELECT $entity, source_key, 'rejected', reason FROM plan.{phase.entity}
            WHERE action = 'reject'
            UNION ALL
            SELECT $entity, key, 'matched', NULL FROM seen.crosswalk_{phase.entity}
            WHERE origin = 'matched'
            UNION ALL
            SELECT $entity, p.source_key, 'matched', NULL FROM plan.{phase.entity} p
            WHERE p.destination_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM seen.crosswalk_{phase.entity} c WHERE c.key = p.source_key)
            UNION ALL
            SELECT $entity, source_key, 'skipped', $without FROM plan.{phase.entity}
            WHERE action = 'create' AND $without IS NOT NULL
            """,
            {"entity": phase.entity, "without": without.get(phase.entity)},
        )
        refused = ledger.rejections(phase.entity)
        if refused:
            connection.execute(
                "INSERT INTO fate SELECT ?, unnest(?), 'rejected', unnest(?)",
                [phase.entity, [key for key, _ in refused], [reason for _, reason in refused]],
            )
    connection.execute(_ACCOUNT)


def objects(connection: duckdb.DuckDBPyConnection, route: Route) -> list[dict[str, Any]]:
    """Return for each object of the export where its rows went: one bucket each.

    Rows that could not even be read from their file are counted, as rejected.
    """
    rows = connection.execute(
        """
        SELECT f.object, sum(f.rows)::BIGINT, sum(f.rejected)::BIGINT, list(f.name ORDER BY f.name),
            any_value(b.buckets)
        FROM stage._file f LEFT JOIN (
            SELECT object, map_from_entries(list((bucket, n))) AS buckets
            FROM (SELECT object, bucket, count(*) AS n FROM row_account GROUP BY 1, 2) GROUP BY 1
        ) b USING (object) GROUP BY 1 ORDER BY 2 DESC, 1
        """
    ).fetchall()
    found = []
    for name, staged, unreadable, files, known in rows:
        buckets = dict(known) if known else {"skipped": staged}
        if unreadable:
            buckets["rejected"] = buckets.get("rejected", 0) + unreadable
        found.append(
            {
                "object": name,
                "files": files,
                "read": staged + unreadable,
                "buckets": buckets,
                "why": "" if known else route.settings_reason,
            }
        )
    return found


def flows(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return how many rows of each object arrived in each entity."""
    return _dicts(
        connection,
        'SELECT object, entity, bucket, count(*) AS "rows" FROM row_account'
        " WHERE bucket IN ('created', 'merged', 'matched') GROUP BY ALL ORDER BY 4 DESC, 1, 2, 3",
    )


def not_moved(connection: duckdb.DuckDBPyConnection, route: Route) -> list[dict[str, Any]]:
    """Return the rows that did not move, counted by object and reason."""
    found = _dicts(
        connection,
        """
        SELECT object, bucket, reason, sum(n)::BIGINT AS "rows" FROM (
            SELECT object, bucket, reason, count(*) AS n FROM row_account
            WHERE bucket IN ('skipped', 'rejected') GROUP BY ALL
            UNION ALL
            SELECT object, 'rejected', 'the row cannot be read from its file', sum(rejected)
            FROM stage._file WHERE rejected > 0 GROUP BY ALL
        ) GROUP BY ALL ORDER BY bucket, 4 DESC, object, reason
        """,
    )
    settings = connection.execute(
        "SELECT object, sum(rows)::BIGINT FROM stage._file WHERE rows > 0"
        " AND object NOT IN (SELECT DISTINCT object FROM route.flow) GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return found + [
        {"object": name, "bucket": "skipped", "reason": route.settings_reason, "rows": count}
        for name, count in settings
    ]


def rejected(
    connection: duckdb.DuckDBPyConnection, route: Route, ledger: Ledger
) -> list[dict[str, Any]]:
    """Return everything rejected, one by one: rows of the export, then records.

    `by` says who refused: "file" (the row cannot be read), "export" (it leads nowhere), "plan"
    (the record would be refused) or "destination" (the record was refused).
    """
    found = [
        _rejected("file", name, "", reason, file=file, row=line)
        for name, file, line, reason in connection.execute(
            "SELECT object, file, line, reason FROM stage._reject ORDER BY ALL"
        ).fetchall()
    ]
    names = connection.execute(
        "SELECT DISTINCT object FROM row_account WHERE bucket = 'rejected' AND own ORDER BY 1"
    ).fetchall()
    for (name,) in names:
        found += _rejected_rows(connection, name)
    for phase in route.phases:
        if not phase.checked:
            planned = connection.execute(
                f"SELECT source_key, reason FROM plan.{phase.entity}"
                " WHERE action = 'reject' ORDER BY seq"
            ).fetchall()
            found += [_rejected("plan", phase.entity, key, why) for key, why in planned]
            found += [
                _rejected("destination", phase.entity, key, why)
                for key, why in ledger.rejections(phase.entity)
            ]
    return found


def _rejected_rows(connection: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    cursor = connection.execute(
        f"""
        SELECT a.reason, f.name, r._line, s.* EXCLUDE (_file)
        FROM row_account a JOIN stage.{name} s ON s.rowid = a._row
        JOIN row.{name} r ON r._row = a._row
        JOIN stage._file f ON f.file_no = s._file AND f.object = ?
        WHERE a.object = ? AND a.bucket = 'rejected' AND a.own ORDER BY s.rowid
        """,
        [name, name],
    )
    return [
        _rejected("export", name, _begin(values), reason, file=file, row=number)
        for reason, file, number, *values in cursor.fetchall()
    ]


def _begin(values: list[str | None]) -> str:
    """Return the beginning of a row, enough to recognise it by."""
    text = " · ".join([v for v in values if v][:4])
    return text if len(text) <= 160 else text[:159] + "…"


def _rejected(
    by: str, entity: str, key: str, reason: str | None, file: str = "", row: int | None = None
) -> dict[str, Any]:
    return {
        "by": by,
        "entity": entity,
        "key": key,
        "reason": reason or "",
        "file": file,
        "row": row,
    }


def _dicts(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
