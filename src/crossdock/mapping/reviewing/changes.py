"""Another target, transform or value map entry. Each takes a mapping and returns a new one.

What a person chose counts as confirmed by that person. Whether a transform can read a column is
checked by the caller, who has the data: `crossdock.mapping.transforms.check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from crossdock.mapping.document import CONFIRMED, CUSTOM, Line, Mapping, NewField
from crossdock.mapping.reviewing.decisions import Decider, require_free, taken_back, with_line
from crossdock.mapping.reviewing.filters import refused
from crossdock.mapping.reviewing.targets import Target, fits, transform_for, type_for
from crossdock.model.fields import FieldType

_WITH_CHOICES = (FieldType.PICKLIST, FieldType.MULTI_PICKLIST)


def retarget(
    mapping: Mapping, line: Line, target: Target, by: Decider, values: Sequence[str] = ()
) -> Mapping:
    """Let a line fill another field, by a transform that fits it.

    `values` are the different values of its column; a picklist that takes ids gets a value map of
    them, where a value and a choice are called the same. Raises ReviewError for a field that
    another line fills, or that names other records.
    """
    require_free(mapping, line, target.name)
    if target.takes_ids:
        mapping, transform = _value_map(mapping, line, target, values)
    else:
        transform = transform_for(line, target)
    changed = _chosen(line, by, target=target.name, transform=transform)
    planned = _planned(mapping, line)
    mapping = taken_back(with_line(mapping, line, changed), line.sources)
    mapping = _without_unused(mapping, line)
    if target.field is None:
        choices = planned.choices if planned and target.type in _WITH_CHOICES else ()
        mapping = _with_field(mapping, NewField(line.entity, target.label, target.type, choices))
    return mapping


def retransform(mapping: Mapping, line: Line, transform: str, by: Decider) -> Mapping:
    """Let a line go through another transform; the type of its new field follows.

    Raises MappingInvalidError for a transform that is not there, and ReviewError for a value map
    that is not there.
    """
    changed = _chosen(line, by, target=line.target, transform=transform)
    if changed.value_map is not None and changed.value_map not in mapping.maps:
        raise refused(
            f"there is no value map {changed.value_map}", changed.value_map, list(mapping.maps)
        )
    planned = _planned(mapping, line)
    kind = type_for(transform, line)
    mapping = taken_back(with_line(mapping, line, changed), line.sources)
    if planned and not fits(changed, FieldType(planned.type)):
        choices = planned.choices if kind in _WITH_CHOICES else ()
        mapping = _with_field(mapping, replace(planned, type=kind, choices=choices))
    return mapping


def relabel(
    mapping: Mapping, name: str, value: str, label: str, by: Decider, choices: Iterable[str]
) -> Mapping:
    """Let a value of a value map become another choice; an empty label means none.

    `choices` are the labels that the destination has. Who and when are written into the lines that
    use the map. Raises ReviewError for a map, a value or a choice that is not there.
    """
    if name not in mapping.maps:
        raise refused(f"there is no value map {name}", name, list(mapping.maps))
    if value not in mapping.maps[name]:
        raise refused(f'maps.{name} has no value "{value}"', value, list(mapping.maps[name]))
    by_label = {choice.casefold(): choice for choice in choices}
    if label and label.casefold() not in by_label:
        known = ", ".join(by_label.values())
        raise refused(f'the destination has no choice "{label}"; it has: {known}')
    entries = mapping.maps[name] | {value: by_label.get(label.casefold(), "")}
    lines = [
        replace(line, who=by.who, when=by.now()) if line.value_map == name else line
        for line in mapping.lines
    ]
    return replace(mapping, maps=mapping.maps | {name: entries}, lines=lines)


def _chosen(line: Line, by: Decider, target: str, transform: str) -> Line:
    old = f"{line.target} by {line.transform}"
    changed = replace(line, target=target, transform=transform, confidence=1.0)
    changed = replace(changed, reason=f"chosen by {by.who}; {old} was proposed")
    return changed.decided(CONFIRMED, by.who, by.now())


def _value_map(
    mapping: Mapping, line: Line, target: Target, values: Sequence[str]
) -> tuple[Mapping, str]:
    """Return the mapping with a value map for a field that takes ids, and the transform."""
    name, number = target.name, 2
    while name in mapping.maps:
        name, number = f"{target.name}_{number}", number + 1
    choices = target.field.choices if target.field else ()
    by_label = {choice.label.casefold(): choice.label for choice in choices}
    entries = {value: by_label.get(value.strip().casefold(), "") for value in values}
    return replace(mapping, maps=mapping.maps | {name: entries}), f"map:{name}"


def _planned(mapping: Mapping, line: Line) -> NewField | None:
    named = (line.entity, line.label)
    return next((f for f in mapping.new_fields if (f.entity, f.label) == named), None)


def _without_unused(mapping: Mapping, line: Line) -> Mapping:
    """Return the mapping without the new field that a line filled and no line fills any more."""
    if not line.is_custom or any(other.name == line.name for other in mapping.lines):
        return mapping
    kept = [
        f for f in mapping.new_fields if CUSTOM + f.label != line.target or f.entity != line.entity
    ]
    return replace(mapping, new_fields=kept)


def _with_field(mapping: Mapping, wanted: NewField) -> Mapping:
    named = (wanted.entity, wanted.label)
    there = [f for f in mapping.new_fields if (f.entity, f.label) == named]
    fields = [wanted if (f.entity, f.label) == named else f for f in mapping.new_fields]
    return replace(mapping, new_fields=fields if there else [*mapping.new_fields, wanted])
