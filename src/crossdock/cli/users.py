"""`crossdock users`: who must have a login before the load."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.cli.common import HERE, JsonOption, ProjectOption, reported, show


def users(
    project: ProjectOption = HERE,
    wait: Annotated[
        bool, typer.Option("--wait", help="Look again until everybody is there.")
    ] = False,
    every: Annotated[
        float, typer.Option(min=5, help="Seconds between two looks; each costs a request.")
    ] = 60.0,
    reassign: Annotated[
        bool,
        typer.Option("--reassign", help="Give loaded records to owners who have a user by now."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List the people who own records and have no user at the destination.

    Writes users-to-invite.csv. With --wait, looks until they are there. With --reassign, after a
    load, gives the records that somebody stood in for to their owners.
    """
    from crossdock.cli import screen, users_screen
    from crossdock.cli.faults import from_environment
    from crossdock.desk.users import reassign as give_back
    from crossdock.desk.users import staff, wait_for
    from crossdock.desk.workbench import Workbench

    with reported(as_json, project, "Run the same command again to go on."):
        bench = Workbench(project)
        if reassign:
            with bench.project.database() as connection, screen.steps("Giving back") as step:
                done = give_back(
                    bench,
                    connection,
                    from_environment(),
                    lambda entity, sent, total: step(f"{entity} {sent:,} of {total:,}"),
                )
            document = {"reassigned": [handover.as_json() for handover in done]}
            show(as_json, document, lambda: users_screen.print_handover(screen.out(), done))
            return
        with bench.project.database() as connection, screen.steps("Looking who owns what") as step:
            found = staff(bench, connection, step)
        if wait and found.missing:
            console = screen.out()

            def told(email: str, left: int) -> None:
                if not as_json:
                    console.print(f"{email} has a user now; {left} to go.", markup=False)

            if not as_json:
                users_screen.print_staff(console, found, project)
                console.print(f"\nLooking every {every:.0f} seconds. Ctrl-C ends it.")
            appeared = wait_for(bench, found, every, told)
            with bench.project.database() as connection:
                found = staff(bench, connection)
            found.appeared = appeared
        show(
            as_json,
            found.as_json(),
            lambda: users_screen.print_staff(screen.out(), found, project),
        )
        if found.missing and found.gate:
            raise typer.Exit(1)
