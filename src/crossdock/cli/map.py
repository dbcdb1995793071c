"""`crossdock map`: propose, review and confirm which field becomes which."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from crossdock.cli.common import HERE, JsonOption, ProjectOption, in_project, reported, show
from crossdock.cli.map_review import review
from crossdock.cli.map_versions import diff, leave, versions
from crossdock.model.wording import count

if TYPE_CHECKING:
    from crossdock.cli.lines import Sheet
    from crossdock.desk.mapping import Checked
    from crossdock.mapping.merging import Merged
    from crossdock.mapping.propose import Proposed

map_app = typer.Typer(help="The mapping file: which field becomes which.", no_args_is_help=True)


@map_app.command()
def propose(
    project: ProjectOption = HERE,
    update: Annotated[
        bool, typer.Option("--update", help="Propose anew and keep what was decided.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option(help="Begin anew; the old file is kept as a version.")
    ] = False,
    with_model: Annotated[
        bool, typer.Option("--with-model", help="Let the model of crossdock.toml help; asks first.")
    ] = False,
    send_choices: Annotated[
        list[str] | None,
        typer.Option(help="A picklist's header whose choices the model may see; repeatable."),
    ] = None,
    agree: Annotated[
        str, typer.Option(help="The digest of what may be sent, as shown before: asks no more.")
    ] = "",
    by: Annotated[str, typer.Option(help="Who agrees to what a model is sent.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Write mapping.toml: the route's default, this tenant's own fields, value maps."""
    from crossdock.desk.mapping import propose_mapping, update_mapping
    from crossdock.desk.proposer import Extras
    from crossdock.desk.workbench import Workbench
    from crossdock.errors import ProjectExistsError

    with reported(as_json, project):
        bench = Workbench(project)
        there = bench.project.mapping_file.exists()
        if there and not (overwrite or update):
            raise ProjectExistsError(
                f"{bench.project.mapping_file} is there already.",
                next_command="crossdock map review, or: crossdock map propose --update",
            )
        extras = Extras(bench, by=by, choices_of=send_choices or ())
        if with_model:
            extras.consent = lambda text, digest: _may_send(text, digest, agree, as_json)
        merged = None
        with bench.project.database() as connection, _steps(quiet=with_model) as step:
            if there and update:
                proposed, merged = update_mapping(bench, connection, step, extras)
            else:
                policies = bench.default_policies()
                proposed, _ = propose_mapping(bench, connection, policies, step, extras)
        document = proposed.as_json() | ({"update": merged.as_json()} if merged else {})
        document |= {"warnings": extras.warnings} if extras.warnings else {}
        show(as_json, document, lambda: _print(project, proposed, merged, extras.warnings))


def _may_send(text: str, digest: str, agreed: str, as_json: bool) -> bool:
    """Show what would be sent to a model, and ask; a digest that was agreed to asks no more."""
    typer.echo(text, err=True)
    typer.echo(f"Digest: {digest}", err=True)
    if agreed or as_json:
        return agreed == digest
    return typer.confirm("Send this?", err=True)


@contextmanager
def _steps(quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show what is being done; not while a question may be asked."""
    from crossdock.cli import screen

    if quiet:
        yield lambda _: None
        return
    with screen.steps("Proposing") as step:
        yield step


def _print(project: Path, proposed: Proposed, merged: Merged | None, warnings: list[str]) -> None:
    from crossdock.cli import screen
    from crossdock.cli.lines import Sheet
    from crossdock.cli.map_screen import print_alarms
    from crossdock.mapping.reviewing.alarms import Alarms
    from crossdock.mapping.reviewing.filters import HIGH

    console = screen.out()
    for warning in warnings:
        console.print(warning, markup=False, style="yellow")
    lines = proposed.mapping.lines
    rows = [
        [
            entity,
            sum(x.entity == entity for x in lines),
            sum(x.entity == entity and x.confidence < HIGH for x in lines),
            sum(f.entity == entity for f in proposed.mapping.new_fields),
        ]
        for entity in proposed.mapping.entities()
    ]
    headers = ("entity", "fields", "less sure", "custom fields")
    title = f"Proposed in {project / 'mapping.toml'}"
    console.print(screen.table(title, headers, rows, numbers=3))
    for left in proposed.mapping.left_out:
        console.print(f"Left out: {left['object']} {left['field']}: {left['why']}", markup=False)
    sheet = Sheet(console, project)
    print_alarms(sheet, Alarms(proposed.unmapped_columns, proposed.unmapped_targets))
    if merged:
        sheet.line()
        sheet.line(f"{count(len(merged.kept), 'decided line is', 'decided lines are')} kept.")
        for what, names in (
            ("New", [*merged.new, *merged.values]),
            ("Gone, not in the export any more", merged.gone),
        ):
            if names:
                sheet.paragraph(f"{what}: {', '.join(names)}")
    sheet.line()
    sheet.line(
        f"Next: {sheet.command('crossdock map review, then: crossdock map confirm --by NAME')}"
    )


for command in (review, leave, diff, versions):
    map_app.command()(command)


@map_app.command()
def confirm(
    by: Annotated[str, typer.Option(help="Your name: it stands under the mapping.")],
    project: ProjectOption = HERE,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Sign the mapping: nothing moves before, and no line may change after."""
    from crossdock.cli import screen
    from crossdock.cli.lines import Sheet
    from crossdock.desk.mapping import check_mapping, sign_mapping
    from crossdock.desk.workbench import Workbench
    from crossdock.errors import ConfirmationError

    with reported(as_json, project):
        bench = Workbench(project)
        with bench.project.database() as connection:
            with screen.steps("Checking") as step:
                checked = check_mapping(bench, connection, step)
            if not as_json:
                _print_summary(Sheet(screen.out(), project), checked)
            lines = sum(line.status != "rejected" for line in checked.mapping.lines)
            if not (yes or checked.alarms or (not as_json and _agrees(by))):
                raise ConfirmationError(
                    f"{lines} lines wait to be confirmed by {by}, and nobody said yes.",
                    next_command=f"crossdock map confirm --by {quote(by)} --yes",
                )
            signed = sign_mapping(bench, checked, by)
        following = in_project("crossdock fields --create", project)
        show(
            as_json,
            signed,
            lambda: typer.echo(f"{lines} lines confirmed by {by}. Next: {following}"),
        )


def _agrees(by: str) -> bool:
    try:
        return typer.confirm(f"{by}: I have read this; it says what will be written", err=True)
    except typer.Abort:
        return False


def _print_summary(sheet: Sheet, checked: Checked) -> None:
    """Print what a person is about to sign."""
    from crossdock.cli.map_screen import print_alarms
    from crossdock.mapping.reviewing.summary import summary

    counted = summary(checked.mapping)
    statuses = ", ".join(f"{n} {status}" for status, n in counted.statuses.items() if n)
    sheet.line(f"{count(len(checked.mapping.lines), 'line')}: {statuses}.")
    sheet.line(
        f"{counted.sure} are at least 90 % sure, {counted.unsure} less; "
        f"{count(counted.new_fields, 'custom field')} must exist."
    )
    if counted.unseen:
        unsure = f", {counted.unseen_unsure} of them less sure" if counted.unseen_unsure else ""
        sheet.line(f"Nobody has looked at {count(counted.unseen, 'line')}{unsure}.", "yellow")
    if checked.changes is not None:
        since = "Changed since the last signature:" if checked.changes else "Nothing changed since "
        sheet.line(since if checked.changes else f"{since}the last signature.")
        for change in checked.changes:
            sheet.paragraph(change, indent=2)
    print_alarms(sheet, checked.alarms)
