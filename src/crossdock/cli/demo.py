"""`crossdock demo`: a whole migration on a made tenant, against the emulator."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crossdock.cli.common import JsonOption, reported, show
from crossdock.errors import VerificationError

if TYPE_CHECKING:
    from crossdock.cli.demo_steps import Demo


def demo(
    folder: Annotated[Path, typer.Option("--project", help="A new folder for the demo.")] = Path(
        "crossdock-demo"
    ),
    customers: Annotated[int, typer.Option(min=1, help="Customers of the made tenant.")] = 500,
    seed: Annotated[int, typer.Option(help="The same seed makes the same tenant.")] = 1,
    as_json: JsonOption = False,
) -> None:
    """Run a whole migration on a made tenant against a Freshsales on this machine."""
    from crossdock.cli.demo_steps import run_demo

    with reported(as_json):
        result = run_demo(folder, customers, seed)
        show(as_json, result.as_json(), lambda: _print(result))
        if not result.verification.clean:
            raise typer.Exit(VerificationError.exit_code)


def _print(result: Demo) -> None:
    from crossdock.cli import screen
    from crossdock.cli.run import phase_table
    from crossdock.cli.verify import money_table

    console = screen.out()
    console.print(
        "", phase_table(result.run, result.route), "", money_table(result.verification), ""
    )
    for line in result.sentences():
        console.print(line, markup=False)
