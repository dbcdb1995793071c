"""What all tables of an export are, and what else is in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from crossdock.connectors.base import Declared
from crossdock.intake.tables.table import Table
from crossdock.model.findings import Question


@dataclass(slots=True)
class Layout:
    """An export, before any of its rows was staged.

    `work` is where copies may be written. `digests` are the SHA-256 of the files by path, in
    hexadecimal. `media` are files that belong to records, each with the place that the export's
    lists write. `unknown` says of each file that is not read why. `notes` are (code, place, count)
    for the profile; `refused` are records that a document's reader could not read: (object, table,
    line, reason).
    """

    work: Path
    tables: list[Table] = field(default_factory=list)
    settings: list[Path] = field(default_factory=list)
    media: list[tuple[Path, str]] = field(default_factory=list)
    unknown: list[tuple[Path, str]] = field(default_factory=list)
    declared: Declared = field(default_factory=Declared)
    digests: dict[Path, str] = field(default_factory=dict)
    encodings: dict[Path, str] = field(default_factory=dict)
    notes: list[tuple[str, str, int]] = field(default_factory=list)
    refused: list[tuple[str, str, int, str]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def objects(self) -> set[str]:
        """Return the names of the objects of which there is a table."""
        found = {table.what.object for table in self.tables}
        return found | {table.what.lines.object for table in self.tables if table.what.lines}

    def seal(self) -> list[str]:
        """Return what must be the same for a staged table to be as it would be staged now."""
        return [
            "|".join(
                (
                    table.name,
                    self.digests[table.origin],
                    self.encodings.get(table.origin, ""),
                    table.delimiter,
                    str(table.skip),
                    table.what.object,
                    *(f"{header}={name}" for header, name in table.what.columns),
                )
            )
            for table in self.tables
        ]
