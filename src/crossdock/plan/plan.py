"""Making a plan: from an export and a confirmed mapping to records, money, requests and hours."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

import duckdb

from crossdock.connectors.base import Description, Destination, Source
from crossdock.connectors.freshsales.costs import requests_for
from crossdock.connectors.freshsales.timezones import rails_zone
from crossdock.errors import RowsLostError, UsersMissingError
from crossdock.intake.intake import export_digest, export_facts, read_export
from crossdock.mapping import confirm, document, target
from crossdock.mapping.document import Mapping
from crossdock.model.findings import Finding
from crossdock.plan import checks, compile, cost, existing, money
from crossdock.project import Project
from crossdock.routes.base import Route

Progress = Callable[[str], None]

#: Notes are kept below this many characters. The destination's real limit is not documented; its
#: long text fields take 10,000.
NOTE_LENGTH = 9000


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


def shape(
    connection: duckdb.DuckDBPyConnection,
    route: Route,
    description: Description | None,
    policies: dict[str, str],
    export_folder: str,
) -> None:
    """Make the route's tables for these policies and check that every row is accounted for.

    Raises RowsLostError when a staged row of a moved object is in no bucket, or in two.
    """
    facts = export_facts(connection)
    target.fill(connection, description)
    zone = facts.get("time_zone", "UTC")
    variables: dict[str, str | int] = {
        **policies,
        "time_zone": zone,
        "rails_zone": rails_zone(zone) or "",
        "currency": facts.get("currency", "AUD"),
        "exported_at": facts.get("exported_at", "2000-01-01T00:00:00")[:19],
        "export_folder": export_folder,
        "note_length": NOTE_LENGTH,
    }
    route.shape(connection, variables)
    _account_for_rows(connection)


def _account_for_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Compare the flow with what was staged: each row once. Settings have no flow."""
    objects = connection.execute("SELECT DISTINCT object FROM stage._file").fetchall()
    for (name,) in objects:
        row = connection.execute(
            f"""
            SELECT (SELECT count(*) FROM stage.{name}), count(*), count(DISTINCT _row)
            FROM route.flow WHERE object = ?
            """,
            [name],
        ).fetchone()
        assert row is not None
        staged, placed, distinct = row
        if placed and not staged == placed == distinct:
            raise RowsLostError(
                f"{staged} rows of {name} were staged, but {distinct} are accounted for in "
                f"{placed} places.",
                next_command="report this with: crossdock inspect --json",
            )


def make(
    project: Project,
    source: Source,
    route: Route,
    connection: duckdb.DuckDBPyConnection,
    mapping: Mapping,
    description: Description,
    progress: Progress = lambda _: None,
) -> Plan:
    """Compile a confirmed mapping into planned records. Writes to the project's store only.

    Raises the errors of an unconfirmed or unfitting mapping (E120 to E123), FieldsMissingError.
    """
    intake = read_export(project, source, connection, progress)
    intake.settled()
    progress("putting jobs together")
    shape(connection, route, description, mapping.policies, str(intake.folder))
    confirm.validate(connection, route, mapping)
    confirm.require(mapping, confirm.schemas(connection, mapping, description))
    confirm.require_fields(mapping, description)
    progress("compiling records")
    compile.compile_entities(connection, route, mapping, description)
    checks.reject_unloadable(connection, route, description)
    _remember_inputs(connection, mapping, description)
    return summarise(connection, route, mapping, description)


async def match(
    connection: duckdb.DuckDBPyConnection, destination: Destination
) -> None:
    """Look which planned records the destination already has."""
    await existing.match_existing(
        connection, destination, ["sales_account", "contact", "product", "deal"]
    )


def is_current(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, description: Description
) -> bool:
    """Tell whether the plan in the store was made from just these inputs."""
    known = connection.execute(
        "SELECT 1 FROM information_schema.tables"
        " WHERE table_schema = 'plan' AND table_name = '_input'"
    ).fetchone()
    if known is None:
        return False
    row = connection.execute("SELECT digest FROM plan._input").fetchone()
    return row is not None and row[0] == _inputs(connection, mapping, description)


def _remember_inputs(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, description: Description
) -> None:
    digest = _inputs(connection, mapping, description)
    connection.execute("CREATE OR REPLACE TABLE plan._input AS SELECT ? AS digest", [digest])


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
    currency = export_facts(connection).get("currency", "AUD")
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
                f"SELECT count(*), bit_xor(hash(source_key, digest, action)) FROM plan.{phase.entity}"
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


def money_differences(connection: duckdb.DuckDBPyConnection) -> dict[str, Decimal]:
    """Return by measure what the plan carries more or less than the source says; empty is right."""
    said, carried = money.source(connection), money.planned(connection)
    return {name: carried[name] - said[name] for name in said if carried[name] != said[name]}


def missing_users(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return active field workers and sales reps who own records and have no user."""
    rows = connection.execute(
        """
        SELECT e.email, any_value(w.display_name), count(DISTINCT o.deal_key)
        FROM route.deal_owner o
        JOIN route.person_email e ON e.email = o.email
        LEFT JOIN route.worker w ON w.email = e.email
        WHERE e.email NOT IN (SELECT email FROM dest.user WHERE active)
          AND coalesce(w.is_active, true)
        GROUP BY 1 ORDER BY 3 DESC, 1
        """
    ).fetchall()
    return [{"email": email, "name": name or "", "deals": deals} for email, name, deals in rows]


def require_users(connection: duckdb.DuckDBPyConnection, policies: dict[str, str]) -> None:
    """Raise UsersMissingError when the policy wants users to exist first and some do not."""
    missing: Sequence[dict[str, Any]] = missing_users(connection)
    if missing and policies.get("missing_users") == "gate":
        names = ", ".join(m["email"] for m in missing[:5])
        raise UsersMissingError(
            f"{len(missing)} people own records and have no user at the destination ({names}"
            f"{', ...' if len(missing) > 5 else ''}).",
            next_command='crossdock users  (then invite them, or set missing_users = "default-owner"'
            " in mapping.toml and confirm)",
        )
