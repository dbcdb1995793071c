"""A person's signature under a mapping, and the check that it still fits."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from collections.abc import Sequence

from crossdock.errors import (
    ColumnsUnplacedError,
    MappingChangedError,
    MappingUnconfirmedError,
    TargetsUnfilledError,
)
from crossdock.mapping import differences, snapshot
from crossdock.mapping.document import CONFIRMED, NEEDS_DECISION, REJECTED, Mapping
from crossdock.mapping.snapshot import Snapshot
from crossdock.mapping.versions import Version
from crossdock.model.times import Clock

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
        named = [f"{c['object']} {c['header']} ({c['filled']} values)" for c in unplaced]
        raise ColumnsUnplacedError(
            f"{_counted(len(unplaced), 'column has', 'columns have')} values and no place: "
            f"{_listed(named)}.",
            next_command="add a line for each to mapping.toml, or leave it out by name: "
            'crossdock map leave OBJECT "COLUMN" --why REASON --by NAME',
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
