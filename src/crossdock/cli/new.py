"""`crossdock new`: a project from an export."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from crossdock.cli.common import JsonOption, reported, show


def new(
    folder: Annotated[Path, typer.Argument(help="The folder to make the project in.")],
    export: Annotated[
        Path,
        typer.Option(help="What support sent: a folder, a zip, or one file (.xlsx, .csv, .json)."),
    ],
    url: Annotated[str, typer.Option(help="The destination's base URL; can be set later.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Make a project from an export. Nothing is read yet."""
    from crossdock.project import Project

    with reported(as_json):
        project = Project.create(folder, export, url)
        document = {"project": str(project.folder.resolve()), "next": "crossdock inspect"}
        following = f"crossdock inspect --project {quote(str(folder))}"
        show(
            as_json,
            document,
            lambda: typer.echo(f"Made the project {folder}. Next: {following}"),
        )
