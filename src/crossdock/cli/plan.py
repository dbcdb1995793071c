"""`crossdock plan`: what would be written. Nothing is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crossdock.cli.common import HERE, JsonOption, ProjectOption, reported, show

if TYPE_CHECKING:
    from crossdock.plan.plan import Plan


def plan(project: ProjectOption = HERE, as_json: JsonOption = False) -> None:
    """Show what would be written, what it costs and how long it takes. Nothing is sent."""
    from crossdock.cli import screen
    from crossdock.desk.migration import plan_all
    from crossdock.desk.workbench import Workbench

    with reported(as_json, project):
        bench = Workbench(project)
        with bench.project.database() as connection, screen.steps("Planning") as step:
            made, _, _ = plan_all(bench, connection, step)
        show(as_json, made.as_json(), lambda: _print(made))


def _print(made: Plan) -> None:
    from crossdock.cli import screen

    console = screen.out()
    names = ("entity", "create", "update", "match", "merge", "skip", "reject", "requests")
    rows = [[entity[name] for name in names] for entity in made.entities]
    console.print(screen.table("What would be written", names, rows, numbers=7))
    for reject in made.rejects:
        console.print(f"{reject['count']} {reject['entity']} rejected: {reject['reason']}")
    hours = ", ".join(f"{plan} {_duration(value)}" for plan, value in made.hours.items())
    console.print(f"\n{made.requests:,} requests. With the hourly allowance: {hours}.")
    for row in made.money:
        amounts = ", ".join(f"{k} {v}" for k, v in row.items() if k != "currency")
        console.print(f"Money in {row['currency']}: {amounts}")
    for finding in made.findings:
        console.print(f"{finding.code}: {finding.message}", markup=False)
        for place in finding.evidence:
            console.print(f"  · {place}", markup=False, style="dim")
    console.print("\nNext: crossdock run")


def _duration(hours: float) -> str:
    return f"{hours:.1f} h" if hours >= 1 else f"{max(1, round(hours * 60))} min"
