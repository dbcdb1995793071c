"""A project whose export is asked for again, and is another one by then."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.integration.desks import Desk


def with_column(desk: Desk, folder: Path, file: str, header: str, value: str) -> None:
    """Let each row of a file of the export have one more column."""
    rewritten(
        desk, folder, file, lambda rows: [rows[0] + [header]] + [[*x, value] for x in rows[1:]]
    )


def rewritten(
    desk: Desk,
    folder: Path,
    file: str,
    change: Callable[[list[list[str]]], list[list[str]]],
) -> None:
    """Let the project read a copy of its export in which one file has other rows."""
    old = desk.bench.project.settings().export
    copied = shutil.copytree(old, folder / "exported again")
    path = copied / f"{file}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(change(rows))
    settings = desk.folder / "crossdock.toml"
    settings.write_text(settings.read_text("utf-8").replace(str(old), str(copied)), "utf-8")
