"""The proposal: the route's default, plus this tenant's own fields and values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb

from crossdock.connectors.base import Description
from crossdock.mapping import document
from crossdock.mapping.document import CUSTOM, Line, Mapping, NewField
from crossdock.mapping.samples import with_samples
from crossdock.mapping.tenant_fields import TenantField, tenant_fields
from crossdock.mapping.transforms import quoted
from crossdock.model.fields import FieldType
from crossdock.routes.base import Route
from crossdock.routes.octopuspro_freshsales import statuses

#: How a tenant's own field is taken over: the transform, and the type of the new field.
_BY_TYPE = {
    FieldType.NUMBER: ("number", "number"),
    FieldType.DATE: ("date", "date"),
    FieldType.CHECKBOX: ("checkbox", "checkbox"),
    FieldType.PICKLIST: ("choice", "picklist"),
    FieldType.MULTI_PICKLIST: ("choices", "multi_picklist"),
    FieldType.LONG_TEXT: ("text", "long_text"),
}
#: What parts the choices of a field in the source, where it is not ";".
_PARTED_BY = {",": "choices:comma", "|": "choices:bar", "\n": "choices:line"}


@dataclass(slots=True)
class Proposed:
    """A proposal and what it could not place."""

    mapping: Mapping
    #: How often each value of a value map occurs, by "map/value".
    counts: dict[str, int] = field(default_factory=dict)
    #: Columns with data and no place, as {object, column, filled}.
    unmapped_columns: list[dict[str, object]] = field(default_factory=list)
    #: Fields that the destination demands and nothing fills, as {entity, field}.
    unmapped_targets: list[dict[str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the proposal as the `--json` output shows it."""
        return {
            "fields": [line.as_json() for line in self.mapping.lines],
            "unmapped_columns": self.unmapped_columns,
            "unmapped_targets": self.unmapped_targets,
            "left_out": self.mapping.left_out,
            "maps": self.mapping.maps,
        }


def propose(
    connection: duckdb.DuckDBPyConnection,
    route: Route,
    description: Description,
    policies: dict[str, str],
) -> Proposed:
    """Propose a mapping for the export that is staged and shaped in the connection."""
    default = document.parse(route.default_mapping())
    tables = {phase.entity: phase.table for phase in route.phases}
    lines = [line for line in default.lines if _has_data(connection, tables, line)]
    fields = _wanted(default.new_fields, lines)
    mapping = Mapping(route.name, policies, lines, fields)
    proposed = Proposed(mapping)
    for own in tenant_fields(connection):
        _take_over(proposed, own, description)
    _fill_value_maps(proposed, connection, tables, description)
    proposed.unmapped_columns = unplaced(connection, mapping)
    proposed.unmapped_targets = unfilled(mapping, description)
    mapping.lines = with_samples(connection, tables, mapping.lines)
    return proposed


def _has_data(connection: duckdb.DuckDBPyConnection, tables: dict[str, str], line: Line) -> bool:
    """Tell whether a line is worth having: custom fields without a single value are not.

    A table that a policy leaves empty says nothing about its columns.
    """
    if not line.is_custom:
        return True
    row = connection.execute(
        f"SELECT count(*), count({quoted(line.columns[0])}) FROM {tables[line.entity]}"
    ).fetchone()
    assert row is not None
    rows, filled = row
    return bool(filled > 0 or rows == 0)


def _wanted(fields: Sequence[NewField], lines: Sequence[Line]) -> list[NewField]:
    used = {(line.entity, line.label) for line in lines if line.is_custom}
    return [f for f in fields if (f.entity, f.label) in used]


def _take_over(proposed: Proposed, own: TenantField, description: Description) -> None:
    """Add a line for one of the tenant's own fields, or say why it is left out."""
    mapping = proposed.mapping
    if own.type is FieldType.SIGNATURE:
        mapping.left_out.append(
            {
                "object": own.object,
                "field": own.label,
                "why": f"a signature cannot be moved; {own.filled} must be captured again",
            }
        )
        return
    transform, kind = _BY_TYPE.get(own.type, ("text", "text"))
    if own.type is FieldType.MULTI_PICKLIST:
        transform = _PARTED_BY.get(own.separator, transform)
    label = _free_label(mapping, own)
    existing = description.entities.get(own.entity)
    found = existing.field_by_label(label) if existing else None
    reason = f"custom field of {own.object}s, {own.filled} values"
    if found is not None:
        reason += "; a field of this label is there already"
    mapping.lines.append(
        Line(
            own.entity,
            (f"{own.source_object}.{own.column}",),
            CUSTOM + label,
            transform,
            0.9 if own.from_inventory else 0.7,
            reason,
        )
    )
    choices = own.choices if kind in ("picklist", "multi_picklist") else ()
    mapping.new_fields.append(NewField(own.entity, label, kind, tuple(choices)))


def _free_label(mapping: Mapping, own: TenantField) -> str:
    """Return the field's label, or one made from it where a field of the entity has it already."""
    taken = {f.label.casefold() for f in mapping.new_fields if f.entity == own.entity}
    label, number = own.label, 1
    while label.casefold() in taken:
        label = f"{own.label} (OctopusPro{f' {number}' if number > 1 else ''})"
        number += 1
    return label


def _fill_value_maps(
    proposed: Proposed,
    connection: duckdb.DuckDBPyConnection,
    tables: dict[str, str],
    description: Description,
) -> None:
    for line in proposed.mapping.lines:
        name = line.value_map
        if name is None:
            continue
        target = description.entity(line.entity).field(line.target)
        choices = list(target.choices) if target else []
        column = quoted(line.columns[0])
        rows = connection.execute(
            f"SELECT CAST({column} AS VARCHAR), count(*) FROM {tables[line.entity]}"
            f" WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()
        entries = proposed.mapping.maps.setdefault(name, {})
        for value, count in rows:
            key = f"{name}/{value}"
            proposed.counts[key] = proposed.counts.get(key, 0) + count
            if value not in entries and _worth_mapping(name, value):
                entries[value] = statuses.propose(name, value, choices).label
    proposed.mapping.lines = [
        replace(line, confidence=0.9) if line.value_map else line for line in proposed.mapping.lines
    ]


def _worth_mapping(name: str, value: str) -> bool:
    """Only lost jobs have a lost reason."""
    if name != "lost_reason":
        return True
    words = ("CANCEL", "FAIL", "DECLIN", "EXPIR", "VOID", "LOST", "REJECT", " / ")
    return any(word in value.upper() for word in words)


def unplaced(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> list[dict[str, object]]:
    """Return columns with data that no line takes and nobody left out: {object, column, filled}."""
    left = {(entry.get("object"), entry.get("field")) for entry in mapping.left_out}
    rows = connection.execute(
        "SELECT object, name, header FROM stage._column WHERE NOT known"
        " AND object NOT IN ('customer', 'booking', 'customer_property') ORDER BY 1, position"
    ).fetchall()
    found: list[dict[str, object]] = []
    for object_name, name, header in rows:
        row = connection.execute(
            f"SELECT count(nullif(trim({quoted(name)}), '')) FROM stage.{object_name}"
        ).fetchone()
        if row and row[0] and (object_name, header) not in left:
            found.append({"object": object_name, "column": header, "filled": row[0]})
    return found


def unfilled(mapping: Mapping, description: Description) -> list[dict[str, str]]:
    """Return the fields that the destination demands and no line fills: {entity, field}."""
    found = []
    for entity in mapping.entities():
        if entity not in description.entities:
            continue
        targets = {line.target for line in mapping.active(entity)}
        if "targetable" in targets:
            targets |= {"targetable_type", "targetable_id"}
        labels = {line.label.casefold() for line in mapping.active(entity) if line.is_custom}
        found += [
            {"entity": entity, "field": f.name}
            for f in description.entity(entity).fields
            if f.required and f.name not in targets and f.label.casefold() not in labels
        ]
    return found
