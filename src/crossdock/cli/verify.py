"""`crossdock verify`: read everything back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from crossdock.cli.common import HERE, JsonOption, ProjectOption, reported, show
from crossdock.errors import VerificationError

if TYPE_CHECKING:
    from rich.table import Table

    from crossdock.verify.verify import Verification


def verify(project: ProjectOption = HERE, as_json: JsonOption = False) -> None:
    """Read everything back and compare every mapped field with what the plan said."""
    from crossdock.cli import screen
    from crossdock.desk.migration import plan_all, verify_all
    from crossdock.desk.workbench import Workbench

    with reported(as_json, project):
        bench = Workbench(project)
        with bench.project.database() as connection:
            with screen.steps("Planning") as step:
                planned = plan_all(bench, connection, step)
            with screen.phases() as watch:
                result = verify_all(bench, connection, planned, watch)
        show(as_json, result.as_json(), lambda: _print(result))
        if not result.clean and not as_json:
            raise unlike_plan(result)
        if not result.clean:
            raise typer.Exit(VerificationError.exit_code)


def unlike_plan(result: Verification) -> VerificationError:
    """Return the error of a verification that found differences."""
    return VerificationError(
        f"{result.wrong:,} values at the destination are not as planned, or the money differs.",
        written="Verifying writes nothing.",
        next_command="open reports/migration.html: it lists each difference",
    )


def money_table(result: Verification) -> Table:
    """Return the money table of a verification."""
    from crossdock.cli import screen

    rows = [
        [
            m["measure"],
            m["currency"],
            f"{float(m['source']):,.2f}",
            f"{float(m['destination']):,.2f}",
        ]
        for m in result.money
    ]
    headers = ("", "currency", "export", "destination")
    return screen.table("The money, to the cent", headers, rows, numbers=2)


def _print(result: Verification) -> None:
    from crossdock.cli import screen

    console = screen.out()
    rows = [[name.replace("_", " "), count] for name, count in result.classes.items() if count]
    title = f"{result.records:,} records, {result.fields:,} field values read back"
    console.print(screen.table(title, ("class", "values"), rows, numbers=1))
    console.print("", money_table(result))
    for difference in result.differences[:10]:
        console.print(
            f"{difference['entity']} {difference['source_id']} {difference['field']}: expected "
            f"{difference['expected']!r}, found {difference['found']!r} ({difference['class']})",
            markup=False,
        )
    for left in result.not_verified:
        console.print(
            f"Not verifiable: {left['entity']} {left['field']}: {left['reason']}", markup=False
        )
