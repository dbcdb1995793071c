"""What changed between two versions of the mapping, or since one of them until now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crossdock.desk.mapping import shape_export
from crossdock.desk.workbench import Workbench
from crossdock.errors import ReviewError
from crossdock.mapping import differences, snapshot, versions
from crossdock.mapping.differences import Change
from crossdock.mapping.versions import Version


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions compared: their numbers (0 for the file as it stands), what changed in the
    file, and in words what changed in both schemas."""

    before: int
    after: int
    lines: list[Change]
    schemas: list[str]

    def __bool__(self) -> bool:
        return bool(self.lines or self.schemas)

    def as_json(self) -> dict[str, Any]:
        """Return the comparison as the `--json` output shows it."""
        return {
            "from": self.before,
            "to": self.after,
            "changes": [change.as_json() for change in self.lines],
            "schemas": self.schemas,
        }


def compare(bench: Workbench, before: int | None = None, after: int | None = None) -> Compared:
    """Compare two versions; without `before` the last signed one, without `after` the file as it
    stands, with the export and the account as they are now.

    Raises ReviewError for a version that is not there, MappingInvalidError, and the E10x and E30x
    errors of the export and the account.
    """
    old = _signed(bench) if before is None else _numbered(bench, before)
    if after is not None:
        new = _numbered(bench, after)
        lines = differences.changes(old.mapping(), new.mapping())
        schemas = (
            snapshot.differences(old.snapshot, new.snapshot)
            if old.snapshot and new.snapshot
            else []
        )
        return Compared(old.number, new.number, lines, schemas)
    mapping, description = bench.mapping(), bench.look()
    lines = differences.changes(old.mapping(), mapping)
    if old.snapshot is None:
        return Compared(old.number, 0, lines, [])
    with bench.project.database() as connection:
        shape_export(bench, connection, description, mapping.policies)
        now = snapshot.take(connection, mapping, description)
    return Compared(old.number, 0, lines, snapshot.differences(old.snapshot, now))


def _signed(bench: Workbench) -> Version:
    found = versions.signed(bench.project)
    if found is None:
        raise ReviewError(
            "Nothing to compare with: nobody has signed a version of this mapping yet.",
            next_command="crossdock map confirm --by NAME, or: crossdock map diff --from NUMBER",
        )
    return found


def _numbered(bench: Workbench, number: int) -> Version:
    kept = versions.versions(bench.project)
    for version in kept:
        if version.number == number:
            return version
    known = f"1 to {len(kept)}" if kept else "none yet"
    raise ReviewError(
        f"There is no version {number} of this mapping; there are: {known}.",
        next_command="crossdock map versions",
    )
