"""Making a plan: from an export and a confirmed mapping to records, money, requests and hours."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import duckdb

from crossdock.connectors.base import Description, Destination, Source
from crossdock.connectors.freshsales.costs import requests_for
from crossdock.errors import GateUnbalancedError
from crossdock.intake.intake import export_digest, export_facts, read_export
from crossdock.mapping import confirm, shaping, snapshot, target, validating, versions
from crossdock.mapping.document import Mapping
from crossdock.model.findings import Finding
from crossdock.plan import checks, compile, cost, existing, money
from crossdock.project import Project
from crossdock.provision import missing
from crossdock.routes.base import Route

Progress = Callable[[str], None]

#: Entities of which the destination may already hold records that are the same.
_MATCHED = ["sales_account", "contact", "product", "deal"]


@dataclass(slots=True)
class Plan:
    """A plan in numbers; its records stand in the tables `plan.<entity>`."""

    digest: str
    currency: str
    entities: list[dict[str, Any]] = field(default_factory=list)
    rejects: list[dict[str, Any]] = field(default_factory=list)
    requests: int = 0
    hours: dict[str, float] = field(default_factory=dict)
    money: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the plan as the `--json` output shows it."""
        return asdict(self) | {"findings": [f.as_json() for f in self.findings]}


async def current(
    project: Project,
    source: Source,
    route: Route,
    connection: duckdb.DuckDBPyConnection,
    mapping: Mapping,
    description: Description,
    destination: Destination,
    progress: Progress = lambda _: None,
) -> Plan:
    """Return the plan of a confirmed mapping; it is made anew only when an input changed.

    Sends nothing but questions: what the destination already holds, page by page.

    Raises the errors of the export (E10x), of an unconfirmed or unfitting mapping (E120 to E123),
    FieldsMissingError, and GateUnbalancedError when the plan's money is not the export's.
    """
    intake = read_export(project, source, connection, progress)
    intake.settled()
    digest = mapping.confirmed.get("digest", "")
    schemas = snapshot.take(connection, mapping, description)
    confirm.require(mapping, schemas, versions.signed(project, digest))
    missing.require_fields(route, mapping, description)
    inputs = _inputs(connection, mapping, description)
    if _remembered(connection) != inputs:
        progress("putting jobs together")
        shaping.shape(connection, route, description, mapping.policies)
        validating.validate(connection, route, mapping, description)
        _require_money(connection)
        progress("compiling records")
        compile.compile_entities(connection, route, mapping, description)
        checks.reject_unloadable(connection, route, description)
        progress("looking at what is there already")
        await existing.match_existing(connection, destination, _MATCHED)
        connection.execute("CREATE OR REPLACE TABLE plan._input AS SELECT ? AS digest", [inputs])
    return summarise(connection, route, mapping, description)


def _remembered(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Return the digest of the inputs that the plan in the store was made from."""
    known = connection.execute(
        "SELECT 1 FROM information_schema.tables"
        " WHERE table_schema = 'plan' AND table_name = '_input'"
    ).fetchone()
    if known is None:
        return None
    row = connection.execute("SELECT digest FROM plan._input").fetchone()
    return str(row[0]) if row else None


def _inputs(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, description: Description
) -> str:
    content = [
        export_digest(connection),
        mapping.confirmed.get("digest", ""),
        description.url,
        sorted(description.features),
        [[u.email, u.id, u.active] for u in description.users],
        [[e.name, [[f.name, f.label] for f in e.fields]] for e in description.entities.values()],
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


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
    plan.findings = checks.findings(connection, route, mapping, description)
    return plan


def _digest(connection: duckdb.DuckDBPyConnection, route: Route) -> str:
    parts = []
    for phase in route.phases:
        if not phase.checked:
            row = connection.execute(
                "SELECT count(*), bit_xor(hash(source_key, digest, action))"
                f" FROM plan.{phase.entity}"
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
    """Return reasons with counts and examples: from the plan, and rows that became no record."""
    rows = connection.execute(
        f"""
        SELECT reason, count(*), list(source_key ORDER BY seq)[1:3] FROM plan.{entity}
        WHERE action = 'reject' GROUP BY 1
        UNION ALL
        SELECT reason, sum(rows)::BIGINT, [] FROM route.not_created
        WHERE entity = ? AND bucket = 'rejected' GROUP BY 1
        ORDER BY 2 DESC
        """,
        [entity],
    ).fetchall()
    return [
        {"entity": entity, "reason": reason, "count": count, "examples": examples}
        for reason, count, examples in rows
    ]


def _money(connection: duckdb.DuckDBPyConnection, currency: str) -> list[dict[str, Any]]:
    carried = money.planned(connection)
    return [{"currency": currency} | {name: str(carried[name]) for name in money.MEASURES}]


def _require_money(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise GateUnbalancedError when the deals carry more or less money than the export says."""
    said, carried = money.source(connection), money.planned(connection)
    off = [f"{n}: {carried[n]} instead of {said[n]}" for n in said if carried[n] != said[n]]
    if off:
        raise GateUnbalancedError(
            f"The plan's money is not the export's ({'; '.join(off)}).",
            next_command="report this with: crossdock inspect --json",
        )
