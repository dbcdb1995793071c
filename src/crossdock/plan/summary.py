"""Counting and pricing the plan that stands in the store."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import duckdb

from crossdock.connectors.base import Description
from crossdock.connectors.freshsales.costs import requests_for
from crossdock.intake.intake import export_facts
from crossdock.mapping import target
from crossdock.mapping.document import Mapping
from crossdock.plan import checks, cost, facts, history, money
from crossdock.plan.made import Plan
from crossdock.routes.base import Route


def summarise(
    connection: duckdb.DuckDBPyConnection,
    route: Route,
    mapping: Mapping,
    description: Description,
) -> Plan:
    """Count and price the plan that stands in the store."""
    currency = export_facts(connection)["currency"]
    plan = Plan(_digest(connection, route), currency)
    creates: dict[str, int] = {}
    planned: dict[str, int] = {}
    for phase in route.phases:
        if phase.checked:
            continue
        row = _entity_counts(connection, phase.entity)
        available = target.needs(description, phase.needs)
        if not available:
            row |= {"skip": row["skip"] + row["create"], "create": 0, "why": phase.without}
        creates[phase.entity] = row["create"]
        planned[phase.entity] = row["create"] + row["match"]
        plan.entities.append(row)
        plan.rejects += _rejects(connection, phase.entity)
    per_entity = cost.requests(creates, planned, requests_for)
    for row in plan.entities:
        row["requests"] = per_entity[row["entity"]]
    plan.requests = sum(per_entity.values())
    plan.hours = cost.hours(plan.requests)
    plan.money = _money(connection, currency)
    plan.account = {
        "plan": description.plan,
        "requests_per_hour": description.requests_per_hour,
    }
    told = facts.told(connection)
    chosen, notes = mapping.policies.get("history", ""), creates.get("note", 0)
    plan.history = history.costs(told["notes"], chosen, notes, plan.requests)
    plan.storage, plan.fires, plan.needs = told["storage"], told["fires"], told["needs"]
    plan.findings = checks.findings(connection, route, mapping, description, plan.storage)
    return plan


def _digest(connection: duckdb.DuckDBPyConnection, route: Route) -> str:
    """Return one digest over every planned record, whatever the order in which they stand."""
    parts = []
    for phase in route.phases:
        if not phase.checked:
            # Where a file lies on this machine is no part of the plan.
            content = "digest"
            if phase.entity == "document":
                content = "json_merge_patch(payload, '{\"path\": null}')"
            row = connection.execute(
                f"""
                SELECT count(*),
                    bit_xor(md5_number(concat_ws('|', source_key, {content}, action)))
                FROM plan.{phase.entity}
                """
            ).fetchone()
            parts.append([phase.entity, *map(str, row or ())])
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _entity_counts(connection: duckdb.DuckDBPyConnection, entity: str) -> dict[str, Any]:
    row = connection.execute(
        f"""
        SELECT
            count(*) FILTER (WHERE action = 'create' AND destination_id IS NULL),
            count(*) FILTER (WHERE destination_id IS NOT NULL),
            count(*) FILTER (WHERE action = 'reject')
        FROM plan.{entity}
        """
    ).fetchone()
    assert row is not None
    others = dict(
        connection.execute(
            "SELECT bucket, sum(rows)::BIGINT FROM route.not_created WHERE entity = ? GROUP BY 1",
            [entity],
        ).fetchall()
    )
    return {
        "entity": entity,
        "create": row[0],
        "update": 0,
        "match": row[1],
        "merge": others.get("merged", 0),
        "skip": others.get("skipped", 0),
        "reject": row[2] + others.get("rejected", 0),
    }


def _rejects(connection: duckdb.DuckDBPyConnection, entity: str) -> list[dict[str, Any]]:
    """Return reasons with codes, counts and examples, the most frequent first.

    From the plan, and rows of the export that became no record.
    """
    rows = connection.execute(
        f"""
        SELECT p.reason, min(r.code), count(*), min(source_key, 3) FROM plan.{entity} p
        LEFT JOIN (SELECT DISTINCT reason, code FROM plan._reason WHERE entity = $entity) r
            ON r.reason = p.reason
        WHERE action = 'reject' GROUP BY 1
        UNION ALL
        SELECT reason, 'EXPORT', sum(rows)::BIGINT, [] FROM route.not_created
        WHERE entity = $entity AND bucket = 'rejected' GROUP BY 1
        ORDER BY 3 DESC, 1
        """,
        {"entity": entity},
    ).fetchall()
    return [
        {"entity": entity, "code": code, "reason": reason, "count": number, "examples": examples}
        for reason, code, number, examples in rows
    ]


def _money(connection: duckdb.DuckDBPyConnection, currency: str) -> list[dict[str, Any]]:
    carried = money.planned(connection)
    return [{"currency": currency} | {name: str(carried[name]) for name in money.MEASURES}]
