"""`crossdock fields`: the custom fields that must exist first."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.cli.common import HERE, JsonOption, ProjectOption, reported, show


def fields(
    project: ProjectOption = HERE,
    create: Annotated[bool, typer.Option(help="Create what is missing.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List the custom fields that the mapping needs, and create them where the API can."""
    from crossdock.cli import screen
    from crossdock.desk.workbench import Workbench
    from crossdock.provision.creating import create_fields, create_modules
    from crossdock.provision.missing import missing_fields, missing_modules, require_room

    with reported(as_json, project):
        bench = Workbench(project)
        mapping = bench.mapping()
        description = bench.look()
        modules = missing_modules(bench.route, mapping, description)
        if create and modules:
            bench.at_destination(lambda destination: create_modules(destination, modules))
            description, modules = bench.look(), []
        missing = missing_fields(mapping, description)
        require_room(mapping, description)
        made: list[str] = []
        checklist = missing
        if create and missing:
            with screen.steps("Creating fields") as step:
                made, checklist = bench.at_destination(
                    lambda destination: create_fields(destination, missing, step)
                )
            bench.look()
        document = {
            "created": made,
            "missing_modules": [module.plural for module in modules],
            "missing": [
                {"entity": f.entity, "label": f.label, "type": f.type, "choices": list(f.choices)}
                for f in checklist
            ],
        }

        def human() -> None:
            console = screen.out()
            if made:
                console.print(f"Created and read back: {len(made)} fields.")
            for module in modules:
                console.print(f"Missing at the destination: the custom module {module.plural}")
            if checklist:
                rows = [[f.entity, f.label, f.type, "; ".join(f.choices)] for f in checklist]
                title = "Missing at the destination (Admin settings > the module > Fields)"
                console.print(screen.table(title, ("entity", "label", "type", "choices"), rows))
                console.print("\nNext: crossdock fields --create, or add them by hand")
            elif not modules:
                console.print("Every custom field is there. Next: crossdock users")

        show(as_json, document, human)
        if checklist or modules:
            raise typer.Exit(1)
