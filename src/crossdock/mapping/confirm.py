"""A person's signature under a mapping, and the check that it still fits."""

from __future__ import annotations

import hashlib
import json
from collections import Counter

import duckdb

from crossdock.connectors.base import Description
from crossdock.errors import (
    FieldsMissingError,
    MappingChangedError,
    MappingInvalidError,
    MappingUnconfirmedError,
    PlanUnfitError,
)
from crossdock.mapping.document import Line, Mapping, NewField
from crossdock.mapping.transforms import expression
from crossdock.model.times import Clock
from crossdock.routes.base import Module, Route

#: Targets that stand for two fields, or that the destination takes and does not describe.
_NOT_DESCRIBED = ("targetable", "product_pricings", "pricing_type", "products", "deal_id")
#: Entities of custom modules begin with this.
MODULE = "cm_"


def schemas(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, description: Description
) -> str:
    """Return one digest of both schemas as far as the mapping depends on them.

    The source's part is every column of every object; the destination's part is each mapped
    standard field with its type and, for value maps, its choices. A custom field that the mapping
    creates looks the same before and after it was created, and so does a custom module.
    """
    columns = connection.execute(
        "SELECT object, name FROM stage._column ORDER BY object, name"
    ).fetchall()
    targets = []
    for line in mapping.lines:
        if line.is_custom or line.entity.startswith(MODULE):
            continue
        entity = description.entities.get(line.entity)
        target = entity.field(line.target) if entity else None
        if target is None:
            continue
        choices = [[c.id, c.label] for c in target.choices] if line.value_map else []
        targets.append([line.entity, line.target, str(target.type), choices])
    text = json.dumps([columns, sorted(targets, key=str)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def validate(
    connection: duckdb.DuckDBPyConnection,
    route: Route,
    mapping: Mapping,
    description: Description,
) -> None:
    """Raise MappingInvalidError for anything in the file that does not exist or cannot work.

    Checks policies and their values, entities, source columns, transforms, targets, value maps,
    and that each SQL expression can be evaluated.
    """
    tables = {phase.entity: phase.table for phase in route.phases if not phase.checked}
    _check_policies(route, mapping)
    for line in mapping.lines:
        if line.entity not in tables:
            raise _invalid(f"there is no entity {line.entity} on this route")
        if not line.sources:
            raise _invalid(f"{line.entity}.{line.target} takes no column")
        if line.value_map is not None and line.value_map not in mapping.maps:
            raise _invalid(f"{line.entity}.{line.target} uses a value map that is not there")
        _check_target(line, mapping, description)
        _check_source(connection, tables[line.entity], line)


def _check_policies(route: Route, mapping: Mapping) -> None:
    for policy in route.policies:
        value = mapping.policies.get(policy.name)
        if value not in policy.choices:
            allowed = ", ".join(policy.choices)
            raise _invalid(f"the policy {policy.name} is {value!r} and none of: {allowed}")
    unknown = set(mapping.policies) - {policy.name for policy in route.policies}
    if unknown:
        raise _invalid(f"there is no policy {min(unknown)}")


def _check_target(line: Line, mapping: Mapping, description: Description) -> None:
    """Check a standard field against the destination, a custom one against `new_fields`."""
    entity = description.entities.get(line.entity)
    if line.is_custom:
        declared = any(
            f.entity == line.entity and f.label == line.label for f in mapping.new_fields
        )
        there = entity is not None and entity.field_by_label(line.label) is not None
        if not declared and not there:
            raise _invalid(
                f"{line.entity}.{line.target} is neither at the destination nor in new_fields"
            )
    elif (
        entity is not None
        and line.target not in _NOT_DESCRIBED
        and entity.field(line.target) is None
    ):
        raise _invalid(f"{line.entity} has no field {line.target} at the destination")


def _check_source(connection: duckdb.DuckDBPyConnection, table: str, line: Line) -> None:
    value = expression(line)
    if line.transform.startswith("sql:"):
        try:
            connection.execute(f"EXPLAIN SELECT {value} FROM {table}")
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise _invalid(f"the SQL of {line.entity}.{line.target} fails: {reason}") from error
        return
    known = _columns(connection, table)
    for source, column in zip(line.sources, line.columns, strict=True):
        if column not in known:
            raise _invalid(f"{line.entity}.{line.target} takes {source}, which is not there")


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    return {row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()}


def _invalid(message: str) -> MappingInvalidError:
    return MappingInvalidError(
        f"In mapping.toml, {message}.",
        next_command="edit mapping.toml, then: crossdock map confirm --by NAME",
    )


def sign(mapping: Mapping, schemas_digest: str, by: str, clock: Clock) -> dict[str, str]:
    """Confirm every line that is not rejected, in a person's name; returns the signature."""
    mapping.with_status("confirmed")
    mapping.confirmed = {
        "by": by,
        "at": clock.now().isoformat(timespec="seconds"),
        "digest": mapping.digest(schemas_digest),
    }
    return mapping.confirmed


def require(mapping: Mapping, schemas_digest: str) -> None:
    """Raise unless the mapping is confirmed as it stands, for the schemas as they are.

    Raises MappingUnconfirmedError, MappingChangedError.
    """
    waiting = [x for x in mapping.lines if x.status not in ("confirmed", "rejected")]
    if waiting or not mapping.confirmed:
        first = f", first {waiting[0].entity}.{waiting[0].target}" if waiting else ""
        raise MappingUnconfirmedError(
            f"{len(waiting)} of {len(mapping.lines)} lines of mapping.toml are not "
            f"confirmed{first}.",
            next_command="crossdock map review, then: crossdock map confirm --by NAME",
        )
    if mapping.confirmed.get("digest") != mapping.digest(schemas_digest):
        raise MappingChangedError(
            f"mapping.toml was confirmed by {mapping.confirmed.get('by')} on "
            f"{mapping.confirmed.get('at')}, and then it, the export's columns or the "
            "destination's fields changed.",
            next_command="crossdock map review, then: crossdock map confirm --by NAME",
        )


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
