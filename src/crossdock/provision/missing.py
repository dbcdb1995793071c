"""What is not there yet: custom modules and custom fields; and whether the plan has room."""

from __future__ import annotations

from collections import Counter

from crossdock.connectors.base import Description
from crossdock.errors import FieldsMissingError, PlanUnfitError
from crossdock.mapping.document import REJECTED, Mapping, NewField
from crossdock.routes.base import Module, Route


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
    used = {(x.entity, x.label) for x in mapping.lines if x.is_custom and x.status != REJECTED}
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
