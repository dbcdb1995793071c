"""`crossdock inspect`: what the export holds."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.cli.common import HERE, JsonOption, ProjectOption, reported, show


def inspect(
    project: ProjectOption = HERE,
    name: Annotated[
        str, typer.Option("--object", help="Show all fields of this object, in full.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Read the export: objects, fields, types, findings, open questions.

    The same stands afterwards in the project's reports/inspect.html and reports/inspect.json.
    """
    from crossdock.cli import inspect_screen, screen
    from crossdock.cli.lines import Sheet
    from crossdock.desk.workbench import Workbench
    from crossdock.profile.profile import profile
    from crossdock.report.inspection.inspection import inspection
    from crossdock.report.inspection.writing import write_inspection

    with reported(as_json, project):
        bench = Workbench(project)
        with bench.project.database() as connection, screen.steps("Reading the export") as step:
            found = profile(bench.project, bench.source, connection, step)
        seen = inspection(found)
        told = seen.named(name) if name else None
        if name and told is None:
            known = ", ".join(o.name for o in seen.objects)
            raise typer.BadParameter(f"The export holds no {name}. It holds: {known}.")
        page, document = write_inspection(bench.project, found, seen, bench.clock)

        def human() -> None:
            sheet = Sheet(screen.out(), project)
            if told:
                inspect_screen.one(sheet, seen, told, str(page))
            else:
                inspect_screen.everything(sheet, seen, str(page))

        show(as_json, document, human)
        if found.blocks:
            raise typer.Exit(1)
