"""What must exist before a load, for one project: compared, created, left for a person to add."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from crossdock.desk.mapping import shape_export
from crossdock.desk.workbench import Workbench
from crossdock.mapping import validating
from crossdock.provision import checklist
from crossdock.provision.checklist import Checklist
from crossdock.provision.creating import create_fields, create_modules
from crossdock.provision.fitting import Fit, fits
from crossdock.provision.missing import missing_fields, missing_modules, require_room
from crossdock.provision.needs import needed
from crossdock.provision.rooms import Room, rooms
from crossdock.provision.thing import Thing

Progress = Callable[[str], None]


@dataclass(slots=True)
class Provision:
    """Everything that the mapping needs, how it stands, and whether the values fit."""

    things: Sequence[Thing]
    fitted: Sequence[Fit]
    rooms: Sequence[Room]
    plan: str | None
    created: list[str] = field(default_factory=list)
    list: Checklist | None = None

    @property
    def unfit(self) -> Sequence[Fit]:
        """Return the fields that some values do not fit."""
        return [fit for fit in self.fitted if fit.unfit]

    @property
    def blocking(self) -> Sequence[Thing]:
        """Return the things without which nothing can be loaded."""
        return [thing for thing in self.things if thing.blocks]

    def as_json(self) -> dict[str, Any]:
        """Return all of it as the `--json` output shows it."""
        return {
            "plan": self.plan,
            "created": self.created,
            "things": [thing.as_json() for thing in self.things],
            "limits": [room.as_json() for room in self.rooms],
            "values_checked": sum(fit.values for fit in self.fitted),
            "fit": [fit.as_json() for fit in self.fitted],
            "checklist": self.list.printable if self.list else None,
            "checklist_csv": self.list.table if self.list else None,
        }


def provision_fields(
    bench: Workbench,
    connection: duckdb.DuckDBPyConnection,
    *,
    create: bool,
    progress: Progress = lambda _: None,
) -> Provision:
    """Compare what the mapping needs with the account; with `create`, add what the API can.

    A field whose values do not fit its type is not created: a type cannot be changed afterwards.
    The checklist of what is left is written into the project's reports.

    Raises the E10x errors of the export, MappingMissingError, MappingInvalidError; with `create`,
    PlanUnfitError before anything is created.
    """
    mapping, description = bench.mapping(), bench.look()
    shape_export(bench, connection, description, mapping.policies, progress)
    validating.validate(connection, bench.route, mapping, description)
    progress("comparing every value with its field")
    fitted = fits(connection, bench.route, mapping, description)
    created: list[str] = []
    if create:
        created = _create(bench, fitted, progress)
        description = bench.look()
    things = needed(connection, bench.route, mapping, description, fitted)
    found = Provision(things, fitted, rooms(things, description), description.plan, created)
    found.list = checklist.write(bench.project, things, description)
    return found


def _create(bench: Workbench, fitted: Sequence[Fit], progress: Progress) -> list[str]:
    """Create the modules and fields that are missing; returns the names of those made."""
    mapping, description = bench.mapping(), bench.description()
    require_room(mapping, description)
    created: list[str] = []
    modules = missing_modules(bench.route, mapping, description)
    if modules:
        progress("custom modules")
        created += bench.at_destination(lambda there: create_modules(there, modules))
        description = bench.look()
        require_room(mapping, description)
    unfit = {(fit.line.entity, fit.line.label) for fit in fitted if fit.unfit}
    missing = [f for f in missing_fields(mapping, description) if (f.entity, f.label) not in unfit]
    if missing:
        made, _ = bench.at_destination(lambda there: create_fields(there, missing, progress))
        created += made
    return created
