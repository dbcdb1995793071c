"""Writing the reports of a project."""

from __future__ import annotations

from pathlib import Path

import duckdb

from crossdock.ledger import Ledger
from crossdock.model.times import Clock
from crossdock.plan.plan import Plan
from crossdock.project import Project, write_text
from crossdock.report import evidence, html, lists, rows
from crossdock.routes.base import Route
from crossdock.verify.verify import Verification


def write_report(
    project: Project,
    route: Route,
    connection: duckdb.DuckDBPyConnection,
    ledger: Ledger,
    plan: Plan,
    clock: Clock,
    verification: Verification | None = None,
) -> Path:
    """Write `reports/migration.html`, its evidence as JSON and the lists; returns the page."""
    found = evidence.gather(project, route, connection, ledger, plan, clock, verification)
    project.reports.mkdir(parents=True, exist_ok=True)
    project.write_json(project.reports / "migration.json", found)
    lists.write_list(project.reports / "review.csv", found["review"], evidence.REVIEW)
    lists.write_list(project.reports / "rejected.csv", found["rejected"], rows.REJECTED)
    page = project.reports / "migration.html"
    write_text(page, html.render(found))
    return page
