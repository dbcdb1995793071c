"""`crossdock map diff`, `versions` and `leave`."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.cli.common import HERE, JsonOption, ProjectOption, in_project, reported, show


def diff(
    project: ProjectOption = HERE,
    before: Annotated[
        int | None,
        typer.Option("--from", help="A version's number.", show_default="last signed"),
    ] = None,
    after: Annotated[
        int | None,
        typer.Option("--to", help="A version's number.", show_default="the file as it is"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show what changed since the mapping was signed. Exits with 1 when something did."""
    from crossdock.desk.mapping_versions import compare
    from crossdock.desk.workbench import Workbench

    with reported(as_json, project):
        found = compare(Workbench(project), before, after)

        def human() -> None:
            against = f"version {found.after}" if found.after else "now"
            if not found:
                typer.echo(f"Nothing changed from version {found.before} to {against}.")
                return
            typer.echo(f"From version {found.before} to {against}:")
            for text in [*map(str, found.lines), *found.schemas]:
                typer.echo(f"  {text}")
            if not found.after:
                following = in_project("crossdock map confirm --by NAME", project)
                typer.echo(f"Next: {following}")

        show(as_json, found.as_json(), human)
        if found:
            raise typer.Exit(1)


def versions(project: ProjectOption = HERE, as_json: JsonOption = False) -> None:
    """List the versions of the mapping: each that was signed, and each that was replaced."""
    from crossdock.cli import screen
    from crossdock.mapping import versions as keeping
    from crossdock.project import Project

    with reported(as_json, project):
        kept = keeping.versions(Project.open(project))

        def human() -> None:
            if not kept:
                typer.echo("No version is kept yet: signing the mapping makes the first.")
                return
            rows = [
                [x.number, "signed" if x.digest else "replaced", x.by, x.at[:16].replace("T", " ")]
                for x in kept
            ]
            headers = ("number", "", "by", "when (UTC)")
            screen.out().print(screen.table("Versions", headers, rows))

        document = {
            "versions": [
                {"number": x.number, "signed": bool(x.digest), "by": x.by, "at": x.at}
                | {"digest": x.digest, "file": str(x.path)}
                for x in kept
            ]
        }
        show(as_json, document, human)


def leave(
    object_name: Annotated[str, typer.Argument(metavar="OBJECT", help="As in: customer.")],
    column: Annotated[str, typer.Argument(help="The column's header, or its name in lines.")],
    why: Annotated[str, typer.Option(help="The reason; it is kept.")],
    by: Annotated[str, typer.Option(help="Your name.")],
    project: ProjectOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Leave a column of the export out, for a reason that is kept with your name."""
    from crossdock.desk.review import ReviewDesk
    from crossdock.desk.workbench import Workbench
    from crossdock.mapping.reviewing.decisions import Decider

    with reported(as_json, project):
        bench = Workbench(project)
        with bench.project.database() as connection:
            desk = ReviewDesk(bench, connection)
            header = desk.leave(object_name, column, why, Decider(by, bench.clock))
            desk.save()
        following = in_project("crossdock map confirm --by NAME", project)
        show(
            as_json,
            desk.mapping.left_out[-1],
            lambda: typer.echo(f"{header} of {object_name} is left out. Next: {following}"),
        )
