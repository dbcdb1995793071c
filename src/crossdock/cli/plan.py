"""`crossdock plan`: what would be written. Nothing is sent."""

from __future__ import annotations

from crossdock.cli.common import HERE, JsonOption, ProjectOption, reported, show


def plan(project: ProjectOption = HERE, as_json: JsonOption = False) -> None:
    """Show what would be written, what it costs and how long it takes. Nothing is sent."""
    from crossdock.cli import plan_screen, screen
    from crossdock.cli.lines import Sheet
    from crossdock.desk.migration import plan_all
    from crossdock.desk.workbench import Workbench
    from crossdock.plan import switch_off

    with reported(as_json, project):
        bench = Workbench(project)
        with bench.project.database() as connection, screen.steps("Planning") as step:
            made, _, _ = plan_all(bench, connection, step)
        page = switch_off.write(bench.project, made.fires, made.digest)
        document = made.as_json() | {"switch_off": str(page)}
        show(
            as_json,
            document,
            lambda: plan_screen.show(Sheet(screen.out(), project), made, str(page)),
        )
