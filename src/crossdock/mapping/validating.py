"""What a mapping file names must exist and work: policies, columns, transforms, targets, maps."""

from __future__ import annotations

import duckdb

from crossdock.connectors.base import Description
from crossdock.mapping import transforms
from crossdock.mapping.document import REJECTED, Line, Mapping
from crossdock.mapping.transforms import faulty, invalid
from crossdock.routes.base import Route

#: Targets that stand for two fields, or that the destination takes and does not describe.
_NOT_DESCRIBED = ("targetable", "product_pricings", "pricing_type", "products", "deal_id")


def validate(
    connection: duckdb.DuckDBPyConnection,
    route: Route,
    mapping: Mapping,
    description: Description,
) -> None:
    """Raise MappingInvalidError for anything in the file that does not exist or cannot work.

    Checks policies and their values, entities, source columns, transforms, targets, value maps,
    and that each value can be had for every row.
    """
    tables = {phase.entity: phase.table for phase in route.phases if not phase.checked}
    _check_policies(route, mapping)
    for line in mapping.lines:
        if line.entity not in tables:
            raise faulty(line, f"this route has no entity {line.entity}", line.entity, tables)
        if line.status == REJECTED:
            continue
        name = line.value_map
        if name is not None and name not in mapping.maps:
            raise faulty(line, f"there is no value map {name}", name, mapping.maps)
        _check_stage(line, mapping)
        _check_order(line, list(tables))
        _check_target(line, mapping, description)
        transforms.check(connection, tables[line.entity], line)


def _check_policies(route: Route, mapping: Mapping) -> None:
    for policy in route.policies:
        value = mapping.policies.get(policy.name)
        if not policy.allows(value):
            allowed = ", ".join(policy.choices)
            raise invalid(f"the policy {policy.name} is {value!r} and none of: {allowed}")
    unknown = set(mapping.policies) - {policy.name for policy in route.policies}
    if unknown:
        raise invalid(f"there is no policy {min(unknown)}")


def _check_stage(line: Line, mapping: Mapping) -> None:
    """A date that depends on the deal's stage needs the line that says which stage it is."""
    stage = "map:deal_stage"
    if line.transform in ("closed_date", "open_date") and not any(
        other.transform == stage for other in mapping.active(line.entity)
    ):
        raise faulty(
            line,
            f'{line.transform} depends on the deal\'s stage, and no line has by = "{stage}"; '
            "use date, or reject this line as well",
        )


def _check_order(line: Line, entities: list[str]) -> None:
    """A record can only name records that are there before it; else two would wait for each
    other."""
    kind, _, wanted = line.transform.partition(":")
    if kind != "ref":
        return
    if wanted not in entities:
        raise faulty(line, f"this route has no entity {wanted}", wanted, entities)
    if entities.index(wanted) >= entities.index(line.entity):
        raise faulty(
            line,
            f"it refers to a {wanted}, which is loaded later: each would wait for the other",
        )


def _check_target(line: Line, mapping: Mapping, description: Description) -> None:
    """Check a standard field against the destination, a custom one against `new_fields`."""
    entity = description.entities.get(line.entity)
    if line.is_custom:
        there = entity is not None and entity.field_by_label(line.label) is not None
        if mapping.field_type(line) is None and not there:
            labels = [f.label for f in mapping.new_fields if f.entity == line.entity]
            raise faulty(
                line,
                f'the custom field "{line.label}" is neither at the destination nor in '
                f"[{line.entity}.new_fields]",
                line.label,
                labels,
            )
    elif entity is not None and line.target not in _NOT_DESCRIBED:
        target = entity.field(line.target)
        if target is None:
            names = [f.name for f in entity.fields]
            raise faulty(line, f"{line.entity} has no field {line.target}", line.target, names)
        if target.read_only:
            raise faulty(line, f"the destination computes {line.target} and takes no value for it")
