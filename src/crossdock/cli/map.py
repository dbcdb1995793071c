"""`crossdock map`: propose, review and confirm which field becomes which."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.cli.common import HERE, JsonOption, ProjectOption, reported, show
from crossdock.cli.map_review import review

map_app = typer.Typer(help="The mapping file: which field becomes which.", no_args_is_help=True)


@map_app.command()
def propose(
    project: ProjectOption = HERE,
    overwrite: Annotated[bool, typer.Option(help="Replace an existing mapping file.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Write mapping.toml: the route's default, this tenant's own fields, value maps."""
    from crossdock.cli import screen
    from crossdock.desk.mapping import propose_mapping
    from crossdock.desk.workbench import Workbench
    from crossdock.errors import ProjectExistsError

    with reported(as_json, project):
        bench = Workbench(project)
        if bench.project.mapping_file.exists() and not overwrite:
            raise ProjectExistsError(
                f"{bench.project.mapping_file} is there already.",
                next_command="crossdock map review, or: crossdock map propose --overwrite",
            )
        with bench.project.database() as connection, screen.steps("Proposing") as step:
            proposed, _ = propose_mapping(bench, connection, bench.default_policies(), step)
        show(as_json, proposed.as_json(), lambda: _print(bench.project.mapping_file, proposed))


def _print(path: object, proposed: object) -> None:
    from crossdock.cli import screen
    from crossdock.mapping.propose import Proposed

    assert isinstance(proposed, Proposed)
    console = screen.out()
    lines = proposed.mapping.lines
    rows = [
        [
            entity,
            sum(x.entity == entity for x in lines),
            sum(x.entity == entity and x.confidence < 0.8 for x in lines),
            sum(f.entity == entity for f in proposed.mapping.new_fields),
        ]
        for entity in proposed.mapping.entities()
    ]
    headers = ("entity", "fields", "less sure", "custom fields")
    console.print(screen.table(f"Proposed in {path}", headers, rows, numbers=3))
    for column in proposed.unmapped_columns:
        console.print(
            f"No place: {column['object']} {column['column']} ({column['filled']} values)"
        )
    for left in proposed.mapping.left_out:
        console.print(f"Left out: {left['object']} {left['field']}: {left['why']}", markup=False)
    for unfilled in proposed.unmapped_targets:
        console.print(f"Demanded and unfilled: {unfilled['entity']} {unfilled['field']}")
    console.print("\nNext: read mapping.toml, then: crossdock map confirm --by NAME")


map_app.command()(review)


@map_app.command()
def confirm(
    by: Annotated[str, typer.Option(help="Your name: it stands under the mapping.")],
    project: ProjectOption = HERE,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Sign the mapping: nothing moves before, and no line may change after."""
    from crossdock.cli import screen
    from crossdock.desk.mapping import confirm_mapping
    from crossdock.desk.workbench import Workbench
    from crossdock.errors import ConfirmationError

    with reported(as_json, project):
        bench = Workbench(project)
        mapping = bench.mapping()
        lines = sum(line.status != "rejected" for line in mapping.lines)
        if not yes and (as_json or not typer.confirm(f"Confirm {lines} lines?", err=True)):
            raise ConfirmationError(
                f"{lines} lines wait to be confirmed by {by}, and nobody said yes.",
                next_command=f"crossdock map confirm --by {by} --yes",
            )
        with bench.project.database() as connection, screen.steps("Confirming") as step:
            signed = confirm_mapping(bench, connection, by, step)
        show(
            as_json,
            signed,
            lambda: typer.echo(f"{lines} lines confirmed by {by}. Next: crossdock fields --create"),
        )
