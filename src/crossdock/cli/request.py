"""`crossdock request`: the letter to OctopusPro's support."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crossdock.cli.common import HERE, JsonOption, in_project, reported, show

if TYPE_CHECKING:
    from crossdock.connectors.octopuspro.request.request import Request

AFTER = "Next, when the export is there: crossdock new DIR --export PATH"


def request(
    project: Annotated[
        Path | None,
        typer.Option(help="The project's folder.", show_default="here, if this is one"),
    ] = None,
    company: Annotated[str, typer.Option(help="Your company's name, for the letter.")] = "",
    account_email: Annotated[
        str, typer.Option(help="The e-mail address of your OctopusPro account.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help="Write it to this file, as Markdown, instead.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write the letter that asks OctopusPro's support for the export, and what to do meanwhile.

    In a project whose export was inspected, the letter asks for what that export lacks.
    """
    with reported(as_json, project or HERE):
        made, following = _made(project, company, account_email)
        if out:
            _write(out, made.as_markdown())
        document = made.as_json() | {"file": str(out.resolve()) if out else None}
        show(
            as_json,
            document,
            lambda: typer.echo(f"Wrote {out}." if out else made.as_markdown()),
        )
        if not as_json:
            typer.echo(following)


def _made(project: Path | None, company: str, email: str) -> tuple[Request, str]:
    """Return the request, and the sentence that says what follows."""
    from crossdock.cli import screen
    from crossdock.connectors.octopuspro import OctopusPro
    from crossdock.connectors.octopuspro.request.request import request as ask
    from crossdock.desk.gaps import gaps_of_export
    from crossdock.desk.workbench import Workbench
    from crossdock.project import SETTINGS

    if project is None and not (HERE / SETTINGS).is_file():
        return ask(OctopusPro().objects(), company, email), AFTER
    bench = Workbench(project or HERE)
    if not bench.project.stage_file.exists():
        return ask(bench.source.objects(), company, email), AFTER
    with screen.steps("Reading the export") as step:
        gaps, account = gaps_of_export(bench, step)
    made = ask(bench.source.objects(), company or account, email, gaps)
    following = (
        "Next, when the answer is in the export: crossdock inspect"
        if made.letter
        else "Next: crossdock status"
    )
    return made, in_project(following, project or HERE)


def _write(path: Path, text: str) -> None:
    from crossdock.project import write_text

    if path.exists():
        raise typer.BadParameter(f"{path} is there already; name another file.")
    try:
        write_text(path, text)
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be written: {error.strerror}.") from error
