"""`crossdock status`: where a project stands."""

from __future__ import annotations

import typer

from crossdock.cli.common import HERE, JsonOption, ProjectOption, reported, show


def status(project: ProjectOption = HERE, as_json: JsonOption = False) -> None:
    """Show where the project stands and what comes next. Reads files only."""
    from crossdock.desk.migration import where_it_stands
    from crossdock.desk.workbench import Workbench

    with reported(as_json, project):
        found = where_it_stands(Workbench(project))

        def human() -> None:
            typer.echo(f"Stage: {found['stage']}")
            for blocking in found["blocking"]:
                typer.echo(f"Blocks: {blocking}")
            typer.echo(f"Next: {found['next']}")

        show(as_json, found, human)
