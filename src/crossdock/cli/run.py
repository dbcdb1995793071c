"""`crossdock run`: all phases, gated; resumes where it stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crossdock.cli.common import HERE, JsonOption, ProjectOption, reported, show

if TYPE_CHECKING:
    from rich.table import Table

    from crossdock.load.runner import RunResult
    from crossdock.routes.base import Route


def run(project: ProjectOption = HERE, as_json: JsonOption = False) -> None:
    """Load everything, phase by phase; a gate closes each. Run it again to go on."""
    from crossdock.cli import screen
    from crossdock.cli.faults import from_environment
    from crossdock.desk.migration import plan_all, run_all
    from crossdock.desk.workbench import Workbench

    with reported(as_json, project, "What was written is in the ledger; run it again."):
        bench = Workbench(project)
        with bench.project.database() as connection:
            with screen.steps("Planning") as step:
                planned = plan_all(bench, connection, step)
            with screen.phases() as watch:
                result = run_all(bench, connection, planned, watch, from_environment())
        show(as_json, result.as_json(), lambda: _print(result, bench.route))


def phase_table(result: RunResult, route: Route) -> Table:
    """Return the phase table of a run."""
    from crossdock.cli import screen

    labels = {phase.entity: phase.label for phase in route.phases}
    names = ("read", "created", "updated", "matched", "merged", "skipped", "rejected")
    rows = [
        [labels[p.entity], *(getattr(p, name) for name in names), p.found, p.balanced]
        for p in result.phases
    ]
    headers = ("phase", *names, "found there", "balanced")
    return screen.table("What happened, phase by phase", headers, rows, numbers=9)


def _print(result: RunResult, route: Route) -> None:
    from crossdock.cli import screen

    console = screen.out()
    console.print(phase_table(result, route))
    written = sum(p.created + p.updated for p in result.phases)
    console.print(
        f"\n{written:,} records written, {result.requests:,} requests, {result.seconds:,.0f} s."
    )
    console.print("Next: crossdock verify")
