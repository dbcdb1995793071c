"""Runs and verifications of one project, wired together for `run`, `verify` and `demo`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import duckdb

from crossdock.connectors.base import Description
from crossdock.connectors.freshsales import Freshsales
from crossdock.desk.workbench import Workbench
from crossdock.ledger import Ledger
from crossdock.load.parking import park
from crossdock.load.phase import Context
from crossdock.load.runner import RunResult, Watcher, run_phases
from crossdock.mapping.document import Mapping
from crossdock.model.faults import FaultPoints
from crossdock.plan.plan import Plan
from crossdock.project import Project
from crossdock.provision import missing
from crossdock.provision.people import require_default_owner, require_users
from crossdock.report.report import write_report
from crossdock.verify.verify import Verification, verify

#: A plan with the mapping and the description that it was made from.
Planned = tuple[Plan, Mapping, Description]


def plan_all(
    bench: Workbench, connection: duckdb.DuckDBPyConnection, progress: Callable[[str], None]
) -> Planned:
    """Look at the destination and return the plan of the confirmed mapping; sends nothing."""
    bench.mapping()
    bench.look()
    return bench.at_destination(lambda destination: bench.plan(connection, destination, progress))


def run_all(
    bench: Workbench,
    connection: duckdb.DuckDBPyConnection,
    planned: Planned,
    watch: Watcher,
    faults: FaultPoints,
) -> RunResult:
    """Load a plan and write the report, also when a gate does not balance."""
    plan, mapping, description = planned
    require_default_owner(description, mapping.policies)
    require_users(connection, mapping.policies)
    ledger = Ledger(bench.project.ledger_file, bench.clock)

    async def work(destination: Freshsales) -> RunResult:
        digest = mapping.confirmed.get("digest", "")
        run_id = ledger.open_run(plan.digest, digest, description.url)
        answers = bench.project.answers()
        context = Context(connection, destination, ledger, run_id, faults, answers)
        park(context, bench.route, mapping)
        try:
            return await run_phases(context, bench.route, description, bench.clock, watch)
        finally:
            write_report(bench.project, bench.route, connection, ledger, plan, bench.clock)

    try:
        return bench.at_destination(work)
    finally:
        ledger.close()


def verify_all(
    bench: Workbench, connection: duckdb.DuckDBPyConnection, planned: Planned, watch: Watcher
) -> Verification:
    """Read everything back, compare, and write the report anew."""
    plan, mapping, description = planned
    ledger = Ledger(bench.project.ledger_file, bench.clock)

    async def work(destination: Freshsales) -> Verification:
        result = await verify(
            connection, destination, ledger, bench.route, mapping, description, watch
        )
        write_report(bench.project, bench.route, connection, ledger, plan, bench.clock, result)
        verified = {"plan": plan.digest, "clean": result.clean}
        bench.project.write_json(bench.project.verified_file, verified)
        return result

    try:
        return bench.at_destination(work)
    finally:
        ledger.close()


def where_it_stands(bench: Workbench) -> dict[str, Any]:
    """Return the project's stage, the next command and what blocks it, from its files alone."""
    project = bench.project
    if not project.stage_file.exists():
        return _stage("export", "crossdock inspect")
    if not project.destination_file.exists():
        return _stage("inspected", "crossdock doctor")
    if not project.mapping_file.exists():
        return _stage("looked at the destination", "crossdock map propose")
    mapping = bench.mapping()
    waiting = sum(line.status not in ("confirmed", "rejected") for line in mapping.lines)
    if waiting or not mapping.confirmed:
        blocking = [f"{waiting} lines of mapping.toml are not confirmed"]
        return _stage("mapping proposed", "crossdock map confirm --by NAME", blocking)
    description = bench.description()
    modules = missing.missing_modules(bench.route, mapping, description)
    fields = missing.missing_fields(mapping, description)
    if fields or modules:
        blocking = [f"the custom module {m.plural} is missing at the destination" for m in modules]
        if fields:
            blocking.append(f"{len(fields)} custom fields are missing at the destination")
        return _stage("mapping confirmed", "crossdock fields --create", blocking)
    if not project.ledger_file.exists():
        return _stage("mapping confirmed", "crossdock plan, then: crossdock run")
    ledger = Ledger(project.ledger_file, bench.clock)
    try:
        runs = ledger.runs()
        if not runs:
            return _stage("mapping confirmed", "crossdock run")
        if not runs[-1]["finished"]:
            done = len(ledger.phases(runs[-1]["id"]))
            return _stage(f"running: {done} phases closed", "crossdock run")
    finally:
        ledger.close()
    return _after_load(project, runs[-1]["plan"])


def _after_load(project: Project, plan: str) -> dict[str, Any]:
    if not project.verified_file.exists():
        return _stage("loaded", "crossdock verify")
    verified = json.loads(project.verified_file.read_text("utf-8"))
    if verified["plan"] != plan:
        return _stage("loaded", "crossdock verify")
    page = project.reports / "migration.html"
    if verified["clean"]:
        return _stage("verified: everything is as planned", f"open {page}")
    return _stage("verified", f"open {page}", ["values at the destination are not as planned"])


def _stage(stage: str, following: str, blocking: list[str] | None = None) -> dict[str, Any]:
    return {"stage": stage, "next": following, "blocking": blocking or []}
