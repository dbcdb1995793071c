"""Both sides' schemas as they were when a person confirmed: what the mapping stands on.

The source's part is every column of every object. The destination's part is every field of each
entity that the mapping fills, with its type and whether it is demanded, and the choices that value
maps name. A custom field that the mapping creates looks the same before and after it was created,
and so does a custom module.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from crossdock.connectors.base import Description
from crossdock.mapping import document
from crossdock.mapping.document import CUSTOM
from crossdock.model.fields import Entity, Field, FieldType

#: Entities of custom modules begin with this.
MODULE = "cm_"
_NUMBERS = {str(FieldType.NUMBER), str(FieldType.MONEY)}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The schemas: columns by object, fields with their kind by entity, choices (label to id) by
    `entity.field`."""

    columns: Mapping[str, list[str]]
    fields: Mapping[str, Mapping[str, str]]
    choices: Mapping[str, Mapping[str, str]]

    def digest(self) -> str:
        """Return the digest of both schemas."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """Return the snapshot as it is kept in a file."""
        return asdict(self)


def take(
    connection: duckdb.DuckDBPyConnection, mapping: document.Mapping, description: Description
) -> Snapshot:
    """Return both schemas as they are now, as far as the mapping stands on them."""
    columns: dict[str, list[str]] = {}
    for name, column in connection.execute(
        "SELECT object, name FROM stage._column ORDER BY object, name"
    ).fetchall():
        columns.setdefault(name, []).append(column)
    entities = [
        description.entities[name]
        for name in sorted(mapping.entities())
        if name in description.entities and not name.startswith(MODULE)
    ]
    return Snapshot(
        columns,
        {entity.name: _fields(entity, mapping) for entity in entities},
        {key: labels for entity in entities for key, labels in _choices(entity, mapping)},
    )


def _fields(entity: Entity, mapping: document.Mapping) -> dict[str, str]:
    declared = {f.label: f.type for f in mapping.new_fields if f.entity == entity.name}
    found = {CUSTOM + label: kind for label, kind in declared.items()}
    by_label = {label.casefold(): label for label in declared}
    for field in entity.fields:
        label = by_label.get(field.label.casefold(), field.label) if field.custom else ""
        name = CUSTOM + label if field.custom else field.name
        found[name] = _kind(field, declared.get(label))
    return dict(sorted(found.items()))


def _kind(field: Field, declared: str | None) -> str:
    kind = str(field.type)
    if declared and (kind == declared or {kind, declared} <= _NUMBERS):
        kind = declared
    return f"{kind}, demanded" if field.required else kind


def _choices(entity: Entity, mapping: document.Mapping) -> Iterator[tuple[str, dict[str, str]]]:
    for line in mapping.of(entity.name):
        target = entity.field(line.target) if line.value_map else None
        if target is not None:
            yield line.name, {choice.label: str(choice.id) for choice in target.choices}


def differences(before: Snapshot, after: Snapshot) -> list[str]:
    """Return in words what changed on either side, one sentence part each."""
    return [
        *_columns(before.columns, after.columns),
        *_changed_fields(before.fields, after.fields),
        *_changed_choices(before.choices, after.choices),
    ]


def _columns(before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> Iterator[str]:
    for name in sorted({*before, *after}):
        old, new = set(before.get(name, ())), set(after.get(name, ()))
        yield from (f"the export has a new column {name}.{c}" for c in sorted(new - old))
        yield from (f"the export lacks the column {name}.{c}" for c in sorted(old - new))


def _changed_fields(
    before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    for entity in sorted({*before, *after}):
        old, new = before.get(entity, {}), after.get(entity, {})
        for name in sorted({*old, *new}):
            field = f"{entity} field {name.removeprefix(CUSTOM)}"
            if name not in new:
                yield f"the destination lacks the {field}"
            elif name not in old:
                yield f"the destination has a new {field}"
            elif old[name] != new[name]:
                yield f"the destination's {field} is {new[name]} and was {old[name]}"


def _changed_choices(
    before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    for name in sorted({*before, *after}):
        old, new = before.get(name, {}), after.get(name, {})
        yield from (f'{name} has a new choice "{c}"' for c in sorted(set(new) - set(old)))
        yield from (f'{name} lacks the choice "{c}"' for c in sorted(set(old) - set(new)))
        same = (c for c in sorted(set(old) & set(new)) if old[c] != new[c])
        yield from (f'the choice "{c}" of {name} is another one of that name' for c in same)
