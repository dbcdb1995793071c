"""The steps of the demo, each the same function that its command calls."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import httpx2

from crossdock.cli import screen
from crossdock.connectors.octopuspro.tenant import write_tenant
from crossdock.desk.mapping import confirm_mapping, propose_mapping
from crossdock.desk.migration import plan_all, run_all, verify_all
from crossdock.desk.workbench import Workbench
from crossdock.emulator import Account, create_app
from crossdock.errors import ProjectExistsError
from crossdock.load.runner import RunResult
from crossdock.model.faults import FaultPoints
from crossdock.model.times import VirtualClock
from crossdock.plan import cost
from crossdock.project import KEY_VARIABLE, Project
from crossdock.provision import missing
from crossdock.provision.creating import create_fields, create_modules
from crossdock.provision.people import missing_users
from crossdock.routes.base import Route
from crossdock.verify.verify import Verification

_MARK = ".crossdock-demo"
_URL = "http://emulator/crm/sales"


@dataclass(slots=True)
class Demo:
    """What the demo did. `seconds` are real ones, `run.seconds` those of a real account."""

    project: Path
    report: Path
    route: Route
    run: RunResult
    verification: Verification
    seconds: float
    invited: int
    hours: dict[str, float]

    def as_json(self) -> dict[str, Any]:
        """Return everything of run and verify, and where to look."""
        return {
            **self.run.as_json(),
            **self.verification.as_json(),
            "requests": self.run.requests + self.verification.requests,
            "project": str(self.project),
            "report": str(self.report),
        }

    def sentences(self) -> list[str]:
        """Return the outcome in a few sentences that a stranger understands."""
        verification = self.verification
        good = verification.classes["equal"] + verification.classes["normalised"]
        share = f"{100 * good / max(verification.fields, 1):.2f}".rstrip("0").rstrip(".")
        hours = ", ".join(f"{value:.1f} h on {plan.title()}" for plan, value in self.hours.items())
        return [
            f"{verification.records:,} records with {verification.fields:,} field values were read "
            f"back from Freshsales: {share} % are as planned.",
            f"{self.invited} people who own records were invited first, as an admin would do.",
            f"{self.run.requests:,} requests. A real account takes about {hours}: its hourly "
            "allowance is the limit.",
            f"Done here in {self.seconds:.0f} s, because the emulator's clock jumps over waits.",
            "What did not move, and why, stands in the report.",
            "",
            f"Report:   {self.report}",
            f"Project:  {self.project}   (crossdock status --project {self.project})",
        ]


def run_demo(folder: Path, customers: int, seed: int) -> Demo:
    """Make a tenant, migrate it to an emulated account, verify it.

    The emulator keeps all its limits; it and the loader share a clock that jumps over waits. Its
    state is kept in the project, so that a later `crossdock emulator --state` shows it.
    """
    started = time.monotonic()
    _clear(folder)
    _mark(folder)
    with screen.steps("Making a tenant") as step:
        write_tenant(
            folder / "tenant",
            customers=customers,
            seed=seed,
            progress=lambda what, _done, _total: step(what),
        )
    clock = VirtualClock()
    account = Account(plan="enterprise", key="emulator", seed=seed, clock=clock)
    transport = httpx2.ASGITransport(create_app(account))
    Project.create(folder, folder / "tenant", _URL)
    os.environ[KEY_VARIABLE] = "emulator"
    bench = Workbench(folder, clock, transport)
    with bench.project.database() as connection:
        invited = _prepare(bench, connection, account)
        with screen.steps("Planning") as step:
            planned = plan_all(bench, connection, step)
        with screen.phases() as watch:
            run = run_all(bench, connection, planned, watch, FaultPoints())
        with screen.phases() as watch:
            verification = verify_all(bench, connection, planned, watch)
    account.keep(folder / "emulator.state")
    account.close()
    return Demo(
        folder,
        bench.project.reports / "migration.html",
        bench.route,
        run,
        verification,
        time.monotonic() - started,
        invited,
        cost.hours(run.requests),
    )


def _prepare(bench: Workbench, connection: duckdb.DuckDBPyConnection, account: Account) -> int:
    """Do what a person does before a run: propose, confirm, create fields, invite people."""
    policies = bench.default_policies() | {"properties": "module"}
    with screen.steps("Reading the export") as step:
        proposed, description = propose_mapping(bench, connection, policies, step)
        people = missing_users(connection)
    for person in people:
        account.add_user(person["name"] or person["email"], person["email"], active=True)
    with screen.steps("Creating fields") as step:
        modules = missing.missing_modules(bench.route, proposed.mapping, description)
        bench.at_destination(lambda destination: create_modules(destination, modules))
        description = bench.look()
        wanted = missing.missing_fields(proposed.mapping, description)
        bench.at_destination(lambda destination: create_fields(destination, wanted, step))
    with screen.steps("Confirming the mapping") as step:
        confirm_mapping(bench, connection, "demo", step)
    return len(people)


def _clear(folder: Path) -> None:
    """Remove an earlier demo; raises ProjectExistsError for a folder of anything else."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / _MARK).exists():
        raise ProjectExistsError(
            f"{folder} holds something that is no earlier demo.",
            next_command="crossdock demo --project NEW_FOLDER",
        )
    shutil.rmtree(folder)


def _mark(folder: Path) -> None:
    """Say that this folder is a demo's, so that the next demo may replace it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).write_text("Made by crossdock demo, which replaces it.\n", "utf-8")
