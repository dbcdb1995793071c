"""`crossdock users`: who must have a login before the load."""

from __future__ import annotations

import typer

from crossdock.cli.common import HERE, JsonOption, ProjectOption, reported, show


def users(project: ProjectOption = HERE, as_json: JsonOption = False) -> None:
    """List the people who own records and have no user at the destination."""
    from crossdock.cli import screen
    from crossdock.desk.workbench import Workbench
    from crossdock.intake.intake import read_export
    from crossdock.mapping import shaping
    from crossdock.provision.people import missing_users, write_list

    with reported(as_json, project):
        bench = Workbench(project)
        path = bench.project.folder / "users-to-invite.csv"
        description = bench.look()
        policies = (
            bench.mapping().policies
            if bench.project.mapping_file.exists()
            else bench.default_policies()
        )
        with bench.project.database() as connection:
            intake = read_export(bench.project, bench.source, connection)
            intake.settled()
            shaping.shape(connection, bench.route, description, policies)
            missing = missing_users(connection)
        write_list(path, missing)

        def human() -> None:
            console = screen.out()
            if not missing:
                console.print("Everybody who owns records has a user. Next: crossdock plan")
                return
            rows = [[m["name"], m["email"], m["deals"]] for m in missing]
            console.print(
                screen.table("To invite first", ("name", "e-mail", "deals"), rows, numbers=1)
            )
            console.print(
                f"\nNo API creates users: invite them in Admin settings > Users ({path} lists "
                'them),\nor set missing_users = "default-owner" in mapping.toml and confirm again.'
            )

        show(as_json, {"missing": missing, "list": str(path)}, human)
        if missing and policies.get("missing_users") == "gate":
            raise typer.Exit(1)
