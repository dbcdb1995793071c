"""`crossdock fields`: the fields and choices that must exist first."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.cli.common import HERE, JsonOption, ProjectOption, reported, show


def fields(
    project: ProjectOption = HERE,
    create: Annotated[bool, typer.Option(help="Create what is missing.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Compare what the mapping needs with the account, and create fields where the API can.

    Checks every value against the type of its field. Writes what is left into a checklist.
    """
    from crossdock.cli import screen
    from crossdock.cli.fields_screen import print_provision
    from crossdock.desk.fields import provision_fields
    from crossdock.desk.workbench import Workbench

    with reported(as_json, project):
        bench = Workbench(project)
        title = "Creating fields" if create else "Comparing"
        with bench.project.database() as connection, screen.steps(title) as step:
            found = provision_fields(bench, connection, create=create, progress=step)
        show(as_json, found.as_json(), lambda: print_provision(screen.out(), found, project))
        if found.blocking or found.unfit:
            raise typer.Exit(1)
