"""Everything that the mapping needs at the destination, compared with the account as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dict
from dataclasses import replace

import duckdb

from crossdock.connectors.base import Description
from crossdock.mapping.document import Line, Mapping, NewField
from crossdock.mapping.target import needs
from crossdock.mapping.transforms import expression
from crossdock.model.fields import Field, FieldType
from crossdock.model.wording import count
from crossdock.provision.chosen import chosen
from crossdock.provision.fitting import Fit
from crossdock.provision.rooms import beyond, rooms
from crossdock.provision.thing import Status, Thing
from crossdock.routes.base import Phase, Route

_CHOSEN = (FieldType.PICKLIST, FieldType.MULTI_PICKLIST)
#: Types of which a field of the second holds every value of the first.
_HOLDS = {
    (FieldType.NUMBER, FieldType.MONEY),
    (FieldType.MONEY, FieldType.NUMBER),
    (FieldType.TEXT, FieldType.LONG_TEXT),
}


def needed(
    connection: duckdb.DuckDBPyConnection,
    route: Route,
    mapping: Mapping,
    description: Description,
    fitted: Sequence[Fit],
) -> list[Thing]:
    """Return all things in the order of the route's phases and the mapping's lines.

    `fitted` tells how many records fill each field. The route's tables must be there.
    """
    values = {fit.line.name: fit.values for fit in fitted}
    found: list[Thing] = []
    for phase in route.phases:
        if phase.checked or not _is_wanted(route, mapping, phase):
            continue
        found += _feature(connection, route, phase, description)
        if found and found[-1].status is Status.NO_FEATURE and found[-1].entity == phase.entity:
            continue
        found += _fields(connection, phase, mapping, description, values)
        found += chosen(connection, phase, mapping, description)
    return _within_limits(found, description)


def _is_wanted(route: Route, mapping: Mapping, phase: Phase) -> bool:
    """Tell whether the policies want the entity: a custom module may be one way of several."""
    module = next((m for m in route.modules if m.entity == phase.entity), None)
    return module is None or mapping.policies.get(module.policy) == module.value


def _feature(
    connection: duckdb.DuckDBPyConnection, route: Route, phase: Phase, description: Description
) -> Iterator[Thing]:
    if not phase.needs:
        return
    row = connection.execute(f"SELECT count(*) FROM {phase.table}").fetchone()
    records = int(row[0]) if row else 0
    module = next((m for m in route.modules if m.entity == phase.entity), None)
    is_there = needs(description, phase.needs)
    if module is not None:
        status = Status.PRESENT if is_there else Status.MISSING
        yield Thing("custom module", phase.entity, module.plural, status, records)
    elif not is_there:
        yield Thing(
            "feature", phase.entity, phase.label, Status.NO_FEATURE, records, detail=phase.without
        )


def _fields(
    connection: duckdb.DuckDBPyConnection,
    phase: Phase,
    mapping: Mapping,
    description: Description,
    values: Dict[str, int],
) -> Iterator[Thing]:
    entity = description.entities.get(phase.entity)
    wanted = {f.label: f for f in mapping.new_fields if f.entity == phase.entity}
    for line in mapping.active(phase.entity):
        if not line.is_custom:
            continue
        new = wanted.get(line.label)
        found = entity.field_by_label(line.label) if entity else None
        kind = new.type if new else str(found.type) if found else ""
        choices = tuple(new.choices) if new else ()
        thing = Thing(
            "custom field",
            phase.entity,
            line.label,
            Status.MISSING,
            values.get(line.name, 0),
            kind,
            choices,
        )
        yield thing if found is None else _compared(connection, phase, line, thing, new, found)


def _compared(
    connection: duckdb.DuckDBPyConnection,
    phase: Phase,
    line: Line,
    thing: Thing,
    new: NewField | None,
    found: Field,
) -> Thing:
    """Return the thing with what was found at the destination."""
    wanted = FieldType(new.type) if new else found.type
    if found.type is not wanted and (wanted, found.type) not in _HOLDS:
        detail = (
            f"it is there as {found.type}, and a type cannot be changed. Either rename that field "
            f'in Freshsales, or set "{line.label}" to "{found.type}" in '
            f"[{phase.entity}.new_fields] of mapping.toml"
        )
        return replace(thing, status=Status.DIFFERENT, detail=detail)
    if found.type not in _CHOSEN:
        return replace(thing, status=Status.PRESENT)
    there = {choice.label for choice in found.choices}
    used = _used(connection, phase, line, found.type)
    lacking = [label for label in dict.fromkeys([*thing.choices, *used]) if label not in there]
    if not lacking:
        return replace(thing, status=Status.PRESENT)
    affected = sum(used.get(label, 0) for label in lacking)
    detail = f"{count(affected, 'value', 'values')} would be refused"
    return replace(thing, status=Status.CHOICES, missing_choices=tuple(lacking), detail=detail)


def _used(
    connection: duckdb.DuckDBPyConnection, phase: Phase, line: Line, kind: FieldType
) -> dict[str, int]:
    """Return the choices that values use, each with how often, the most used first."""
    value = f"CAST({expression(line)} AS VARCHAR)"
    parts = f"string_split({value}, ';')" if kind is FieldType.MULTI_PICKLIST else f"[{value}]"
    rows = connection.execute(
        f"SELECT trim(label), count(*) FROM (SELECT unnest({parts}) AS label FROM {phase.table} r)"
        " WHERE trim(label) <> '' GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    return dict(rows)


def _within_limits(things: Sequence[Thing], description: Description) -> list[Thing]:
    """Return the things with those fields marked that the plan has no room for any more."""
    over = beyond(things, description)
    full = {(room.entity, room.type): room for room in rooms(things, description)}
    return [
        replace(
            thing,
            status=Status.OVER,
            detail=full[(thing.entity, over[place])].sentence(description.plan or ""),
        )
        if place in over
        else thing
        for place, thing in enumerate(things)
    ]
