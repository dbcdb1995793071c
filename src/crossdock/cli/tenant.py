"""`crossdock tenant`: a synthetic OctopusPro export, to try things on."""

from __future__ import annotations

import json
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ExportShape(StrEnum):
    """The form that the export takes."""

    CSV = "csv"
    ZIP = "zip"
    JSON = "json"
    NDJSON = "ndjson"


def tenant(
    customers: Annotated[int, typer.Option(min=1, help="How many customers the account has.")],
    out: Annotated[Path, typer.Option(help="Folder to write, or the archive with --shape zip.")],
    seed: Annotated[int, typer.Option(min=0, help="The same seed writes the same bytes.")] = 1,
    mess: Annotated[
        int, typer.Option(min=0, max=3, help="0 clean, 1 as usual, 2 grown wild, 3 through Excel.")
    ] = 0,
    shape: Annotated[
        ExportShape, typer.Option(help="CSV, a zip of it, JSON, or a record a line.")
    ] = (ExportShape.CSV),
    bookings_per_customer: Annotated[
        float, typer.Option(min=0.1, help="Bookings for each customer, on average.")
    ] = 2.5,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Write a made OctopusPro export: realistic, seeded, the same every time."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from crossdock.connectors.octopuspro.tenant import write_tenant

    started = time.monotonic()
    errors = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
    )
    with bar:
        task = bar.add_task("tenant")
        summary = write_tenant(
            out,
            customers=customers,
            seed=seed,
            mess=mess,
            shape=shape.value,
            bookings_per_customer=bookings_per_customer,
            progress=lambda what, done, total: bar.update(
                task, description=what, completed=done, total=total
            ),
        )
    seconds = round(time.monotonic() - started, 3)
    if as_json:
        document = {
            "out": str(summary.path),
            "files": summary.files,
            "media": summary.media,
            "mess": [planted.as_json() for planted in summary.mess],
            "seconds": seconds,
        }
        typer.echo(json.dumps(document, ensure_ascii=False))
        return
    rows = sum(summary.files.values())
    typer.echo(f"{summary.path}: {len(summary.files)} files, {rows:,} rows, {summary.media} media")
    for planted in summary.mess:
        typer.echo(f"  {planted.file}: {planted.what} ({planted.count})")
    typer.echo(f"Written in {seconds:.1f} s. Next: crossdock new DIR --export {summary.path}")
