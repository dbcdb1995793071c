"""A person's signature under a mapping, and the check that it still fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Dict
from collections.abc import Sequence

from crossdock.connectors.base import Description
from crossdock.errors import (
    ColumnsUnplacedError,
    FieldsMissingError,
    MappingChangedError,
    MappingUnconfirmedError,
    PlanUnfitError,
    TargetsUnfilledError,
)
from crossdock.mapping import differences, snapshot
from crossdock.mapping.document import CONFIRMED, NEEDS_DECISION, REJECTED, Mapping, NewField
from crossdock.mapping.snapshot import Snapshot
from crossdock.mapping.versions import Version
from crossdock.model.times import Clock
from crossdock.routes.base import Module, Route

_REVIEW = "crossdock map review, then: crossdock map confirm --by NAME"
#: How many things a message names before it counts the rest.
_NAMED = 5


def require_decided(mapping: Mapping) -> None:
    """Raise MappingUnconfirmedError when lines need a decision that nobody can make at once."""
    waiting = [line for line in mapping.lines if line.status == NEEDS_DECISION]
    if waiting:
        named = [f"{line.name} ({line.reason})" for line in waiting]
        raise MappingUnconfirmedError(
            f"{_counted(len(waiting), 'line needs', 'lines need')} a decision: {_listed(named)}.",
            next_command="crossdock map review --status 'needs decision', or set status in "
            "mapping.toml to confirmed or rejected",
        )


def require_places(
    unplaced: Sequence[Dict[str, object]], unfilled: Sequence[Dict[str, str]]
) -> None:
    """Raise when columns with data have no place, or fields that are demanded have no line.

    Raises ColumnsUnplacedError, TargetsUnfilledError.
    """
    if unplaced:
        named = [f"{c['object']} {c['column']} ({c['filled']} values)" for c in unplaced]
        raise ColumnsUnplacedError(
            f"{_counted(len(unplaced), 'column has', 'columns have')} values and no place: "
            f"{_listed(named)}.",
            next_command="add a line for each to mapping.toml, or leave it out by name: "
            'crossdock map leave OBJECT "COLUMN" --why REASON',
        )
    if unfilled:
        named = [f"{t['entity']} {t['field']}" for t in unfilled]
        raise TargetsUnfilledError(
            f"The destination demands {_counted(len(unfilled), 'field', 'fields')} that no line "
            f"fills: {_listed(named)}.",
            next_command="add a line for each to mapping.toml, or make the field optional in the "
            "destination's admin settings, then: crossdock map confirm --by NAME",
        )


def sign(mapping: Mapping, schemas: Snapshot, by: str, clock: Clock) -> dict[str, str]:
    """Confirm every line that is not rejected, in a person's name; returns the signature.

    A line that somebody confirmed before keeps that name and moment.
    """
    at = clock.now().isoformat(timespec="seconds")
    mapping.lines = [
        line if not line.is_open and line.who else line.decided(_decided(line.status), by, at)
        for line in mapping.lines
    ]
    mapping.confirmed = {"by": by, "at": at, "digest": mapping.digest(schemas.digest())}
    return mapping.confirmed


def _decided(status: str) -> str:
    return REJECTED if status == REJECTED else CONFIRMED


def require(mapping: Mapping, schemas: Snapshot, signed: Version | None) -> None:
    """Raise unless the mapping is confirmed as it stands, for the schemas as they are.

    `signed` is the version that was signed last, to say what changed since.

    Raises MappingUnconfirmedError, MappingChangedError.
    """
    waiting = [line for line in mapping.lines if line.is_open]
    if waiting or not mapping.confirmed:
        first = f", first {waiting[0].name}" if waiting else ""
        number = len(waiting) if mapping.confirmed else len(mapping.lines)
        raise MappingUnconfirmedError(
            f"{number} of {len(mapping.lines)} lines of mapping.toml are not confirmed{first}.",
            next_command=_REVIEW,
        )
    if mapping.confirmed.get("digest") != mapping.digest(schemas.digest()):
        raise MappingChangedError(
            f"mapping.toml was confirmed by {mapping.confirmed.get('by')} on "
            f"{mapping.confirmed.get('at')}, and {_changed(mapping, schemas, signed)}.",
            next_command=_REVIEW,
        )


def _changed(mapping: Mapping, schemas: Snapshot, signed: Version | None) -> str:
    """Say what changed since the signature, or that the signature was made elsewhere."""
    if signed is None or signed.snapshot is None:
        return "this project has no version with that signature: it was made for another file"
    found = changes_since(mapping, schemas, signed)
    if not found or mapping.confirmed.get("digest") != signed.digest:
        found.insert(0, "its signature is not the one that this project kept")
    return f"then changed: {_listed(found)}"


def changes_since(mapping: Mapping, schemas: Snapshot, signed: Version) -> list[str]:
    """Return in words what changed since a signed version: lines first, then both schemas."""
    before = signed.snapshot
    return [
        *map(str, differences.changes(signed.mapping(), mapping)),
        *(snapshot.differences(before, schemas) if before else ()),
    ]


def _listed(named: Sequence[str]) -> str:
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return "; ".join(named[:_NAMED]) + more


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def missing_modules(route: Route, mapping: Mapping, description: Description) -> list[Module]:
    """Return the custom modules that the chosen policies want and the destination lacks."""
    return [
        module
        for module in route.modules
        if mapping.policies.get(module.policy) == module.value
        and module.entity not in description.modules
    ]


def missing_fields(mapping: Mapping, description: Description) -> list[NewField]:
    """Return the custom fields that confirmed lines write to and the destination lacks."""
    used = {(x.entity, x.label) for x in mapping.lines if x.is_custom and x.status != "rejected"}
    return [
        f
        for f in mapping.new_fields
        if (f.entity, f.label) in used
        and f.entity in description.entities
        and description.entity(f.entity).field_by_label(f.label) is None
    ]


def require_room(mapping: Mapping, description: Description) -> None:
    """Raise PlanUnfitError when the destination's plan does not allow the fields that are missing.

    The limits are those of the plan that the account seems to have; an unknown plan has none here,
    and the destination decides.
    """
    limits = description.custom_field_limits
    wanted = missing_fields(mapping, description)
    for entity in {f.entity for f in wanted}:
        there = Counter(str(f.type) for f in description.entity(entity).fields if f.custom)
        needed = there + Counter(f.type for f in wanted if f.entity == entity)
        needed["total"] = sum(needed.values())
        for kind, number in sorted(needed.items()):
            if number > limits.get(kind, number):
                raise PlanUnfitError(
                    f"The mapping needs {number} custom {kind} fields on {entity}, and the plan "
                    f"({description.plan}) allows {limits[kind]}.",
                    next_command="reject lines in mapping.toml, then: "
                    "crossdock map confirm --by NAME",
                )


def require_fields(route: Route, mapping: Mapping, description: Description) -> None:
    """Raise FieldsMissingError when a custom module or field is not at the destination."""
    modules = missing_modules(route, mapping, description)
    if modules:
        raise FieldsMissingError(
            f"The custom module {modules[0].plural} is missing at the destination.",
            next_command="crossdock fields --create",
        )
    missing = missing_fields(mapping, description)
    if missing:
        names = ", ".join(f"{f.entity}: {f.label}" for f in missing[:5])
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        raise FieldsMissingError(
            f"{len(missing)} custom fields are missing at the destination ({names}{more}).",
            next_command="crossdock fields --create",
        )
