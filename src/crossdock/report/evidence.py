"""Everything that a report says, as one document of plain values."""

from __future__ import annotations

from typing import Any

import duckdb

from crossdock.intake.intake import export_facts
from crossdock.ledger import Ledger
from crossdock.model.times import Clock
from crossdock.plan.plan import Plan
from crossdock.project import Project
from crossdock.routes.base import Route
from crossdock.verify.verify import Verification


def gather(
    project: Project,
    route: Route,
    connection: duckdb.DuckDBPyConnection,
    ledger: Ledger,
    plan: Plan,
    clock: Clock,
    verification: Verification | None,
) -> dict[str, Any]:
    """Return the evidence of a migration as it stands now."""
    runs = ledger.runs()
    closed = {p["entity"]: p for p in ledger.phases(runs[-1]["id"])} if runs else {}
    facts = export_facts(connection)
    return {
        "project": str(project.folder.resolve()),
        "account": facts.get("account_name", ""),
        "exported_at": facts.get("exported_at", ""),
        "destination": project.settings().destination_url,
        "made_at": clock.now().isoformat(timespec="seconds"),
        "run": runs[-1]["id"] if runs else None,
        "finished": bool(runs and runs[-1]["finished"]),
        "objects": _objects(connection, route),
        "phases": [
            closed.get(phase.entity, {"entity": phase.entity, "pending": True})
            | {"label": phase.label}
            for phase in route.phases
        ],
        "flows": _flows(connection),
        "money": list(verification.money) if verification else _planned_money(plan),
        "verification": verification.as_json() if verification else None,
        "requests": plan.requests,
        "hours": plan.hours,
        "not_moved": _not_moved(connection, route),
        "rejected": [
            {"entity": phase.entity, "key": key, "reason": reason}
            for phase in route.phases
            for key, reason in ledger.rejections(phase.entity)[:200]
        ],
        "planned_rejects": plan.rejects,
        "review": _review(connection),
        "no_equivalent": route.no_equivalent(),
        "automations": _automations(connection),
        "findings": [f.as_json() for f in plan.findings],
    }


def _objects(connection: duckdb.DuckDBPyConnection, route: Route) -> list[dict[str, Any]]:
    """Return for each object of the export where its rows went: one bucket each."""
    rows = connection.execute(
        """
        SELECT f.object, sum(f.rows)::BIGINT, list(f.name), any_value(b.buckets)
        FROM stage._file f LEFT JOIN (
            SELECT object, map_from_entries(list((bucket, n))) AS buckets
            FROM (SELECT object, bucket, count(*) AS n FROM route.flow GROUP BY 1, 2) GROUP BY 1
        ) b USING (object) GROUP BY 1 ORDER BY 2 DESC
        """
    ).fetchall()
    return [
        {
            "object": name,
            "files": files,
            "read": read,
            "buckets": buckets or {"skipped": read},
            "why": "" if buckets else route.settings_reason,
        }
        for name, read, files, buckets in rows
    ]


def _flows(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    rows = connection.execute(
        "SELECT object, entity, bucket, count(*) FROM route.flow"
        " WHERE bucket IN ('created', 'merged', 'matched') GROUP BY ALL ORDER BY 4 DESC"
    ).fetchall()
    return [
        {"object": object_name, "entity": entity, "bucket": bucket, "rows": count}
        for object_name, entity, bucket, count in rows
    ]


def _not_moved(connection: duckdb.DuckDBPyConnection, route: Route) -> list[dict[str, Any]]:
    rows = connection.execute(
        "SELECT object, bucket, reason, count(*) FROM route.flow"
        " WHERE bucket IN ('skipped', 'rejected') GROUP BY ALL ORDER BY 2, 4 DESC"
    ).fetchall()
    found = [
        {"object": object_name, "bucket": bucket, "reason": reason, "rows": count}
        for object_name, bucket, reason, count in rows
    ]
    settings = connection.execute(
        "SELECT object, sum(rows)::BIGINT FROM stage._file"
        " WHERE object NOT IN (SELECT DISTINCT object FROM route.flow) GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return found + [
        {"object": name, "bucket": "skipped", "reason": route.settings_reason, "rows": count}
        for name, count in settings
    ]


def _planned_money(plan: Plan) -> list[dict[str, Any]]:
    return [
        {"currency": row["currency"], "measure": name, "source": value, "destination": None}
        for row in plan.money
        for name, value in row.items()
        if name != "currency"
    ]


def _review(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    cursor = connection.execute(
        "SELECT object, number, invoice_number, customer_name, moment, amount, status, reference,"
        " reason FROM route.review ORDER BY moment"
    )
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, map(_text, row), strict=True)) for row in cursor.fetchall()]


def _automations(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    cursor = connection.execute(
        'SELECT name, "group", channel, enabled, frequency, template, receiver FROM src.automation'
    )
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, map(_text, row), strict=True)) for row in cursor.fetchall()]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
