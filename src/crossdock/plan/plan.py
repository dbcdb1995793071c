"""Making a plan: from an export and a confirmed mapping to records, money, requests and hours."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict

import duckdb

from crossdock.connectors.base import Description, Destination, Source
from crossdock.errors import GateUnbalancedError
from crossdock.intake.intake import export_digest, read_export
from crossdock.mapping import confirm, shaping, snapshot, validating, versions
from crossdock.mapping.document import Mapping
from crossdock.plan import compile, existing, facts, money, references, unique
from crossdock.plan.made import Plan
from crossdock.plan.summary import summarise
from crossdock.project import Project
from crossdock.provision import missing
from crossdock.routes.base import Route

__all__ = ["Plan", "current", "summarise"]

Progress = Callable[[str], None]

#: Entities of which the destination may already hold records that are the same.
_MATCHED = references.LINKED


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
        progress("looking at what is there already")
        await existing.read(connection, destination, description, _MATCHED)
        progress("compiling records")
        _compile(connection, route, mapping, description)
        facts.tell(connection, route, mapping, description)
        connection.execute("CREATE OR REPLACE TABLE plan._input AS SELECT ? AS digest", [inputs])
    return summarise(connection, route, mapping, description)


def _compile(
    connection: duckdb.DuckDBPyConnection,
    route: Route,
    mapping: Mapping,
    description: Description,
) -> None:
    """Make the records of every phase that writes, each checked against those before it."""
    compile.prepare(connection, mapping, description)
    for phase in route.phases:
        if phase.checked:
            continue
        entity, lines = phase.entity, mapping.active(phase.entity)
        compile.compile_entity(connection, phase, lines, description)
        unique.reject_repeated(connection, entity, lines, description)
        existing.match(connection, entity)
        unique.reject_taken(connection, entity, lines, description)
        if entity == "deal":
            unique.rename_deals(connection)
        references.offer(connection, entity)


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
        [asdict(entity) for entity in description.entities.values()],
    ]
    return hashlib.sha256(json.dumps(content, default=str).encode()).hexdigest()


def _require_money(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise GateUnbalancedError when the deals carry more or less money than the export says."""
    said, carried = money.source(connection), money.planned(connection)
    off = [f"{n}: {carried[n]} instead of {said[n]}" for n in said if carried[n] != said[n]]
    if off:
        raise GateUnbalancedError(
            f"The plan's money is not the export's ({'; '.join(off)}).",
            next_command="report this with: crossdock inspect --json",
        )
