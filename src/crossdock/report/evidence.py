"""Everything that a report says, as one document of plain values."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

import duckdb

from crossdock.intake.intake import export_facts
from crossdock.ledger import Ledger
from crossdock.model.times import Clock
from crossdock.plan import cost
from crossdock.plan import money as plan_money
from crossdock.plan.plan import Plan
from crossdock.project import Project
from crossdock.report import rows
from crossdock.routes.base import Route
from crossdock.verify.verify import Verification

#: The columns of the list of money that waits for a person.
REVIEW = (
    "object",
    "number",
    "invoice_number",
    "customer_name",
    "moment",
    "amount",
    "status",
    "reference",
    "reason",
)


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
    planned = {row["entity"]: row for row in plan.entities}
    closed = {p["entity"]: p for p in ledger.phases(runs[-1]["id"])} if runs else {}
    facts = export_facts(connection)
    rows.settle(connection, route, ledger, plan)
    waiting, payments = plan_money.in_review(connection)
    return {
        "source": route.source,
        "destination_system": route.destination,
        "project": str(project.folder.resolve()),
        "account": facts.get("account_name", ""),
        "exported_at": facts.get("exported_at", ""),
        "destination": project.settings().destination_url,
        "made_at": clock.now().isoformat(timespec="seconds"),
        "run": runs[-1]["id"] if runs else None,
        "run_started": runs[-1]["started"] if runs else None,
        "run_finished": runs[-1]["finished"] if runs else None,
        "finished": bool(runs and runs[-1]["finished"]),
        "objects": rows.objects(connection, route),
        "phases": [
            closed.get(phase.entity, {"entity": phase.entity, "pending": True})
            | {"label": phase.label, "planned": planned.get(phase.entity, {})}
            for phase in route.phases
        ],
        "flows": rows.flows(connection),
        "money": list(verification.money) if verification else _planned_money(plan),
        "money_in_review": {
            "currency": plan.currency,
            "amount": f"{waiting:.2f}",
            "records": payments,
        },
        "verification": verification.as_json() if verification else None,
        "requests": plan.requests,
        "hours": plan.hours,
        "allowance": dict(cost.REQUESTS_PER_HOUR),
        "not_moved": rows.not_moved(connection, route),
        "rejected": rows.rejected(connection, route, ledger),
        "planned_rejects": plan.rejects,
        "review": _review(connection),
        "no_equivalent": route.no_equivalent(),
        "automations": _automations(connection),
        "unknown_files": [PurePath(p).name for p in json.loads(facts.get("unknown_files", "[]"))],
        "findings": [f.as_json() for f in plan.findings],
    }


def _planned_money(plan: Plan) -> list[dict[str, Any]]:
    return [
        {"currency": row["currency"], "measure": name, "source": value, "destination": None}
        for row in plan.money
        for name, value in row.items()
        if name != "currency"
    ]


def _review(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    cursor = connection.execute(
        f"SELECT {', '.join(REVIEW)} FROM route.review ORDER BY moment, object, number"
    )
    return [dict(zip(REVIEW, map(_text, row), strict=True)) for row in cursor.fetchall()]


def _automations(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    cursor = connection.execute(
        'SELECT name, "group", channel, enabled, frequency, template, receiver FROM src.automation'
    )
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, map(_text, row), strict=True)) for row in cursor.fetchall()]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
