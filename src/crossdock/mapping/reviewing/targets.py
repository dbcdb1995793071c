"""Which fields a line may go to, and by which transform a value gets there."""

from __future__ import annotations

import difflib
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crossdock.connectors.base import Description
from crossdock.mapping.document import CUSTOM, Line, Mapping
from crossdock.mapping.reviewing.filters import refused
from crossdock.mapping.transforms import Gives, transform_of
from crossdock.model.fields import Field, FieldType

#: Names that are less alike than this are not offered.
_ALIKE: Final = 0.5
_TEXT: Final = (Gives.TEXT, Gives.MARKED, Gives.CHOICE, Gives.CHOICES)
#: What a transform must make for a field of a type; the default transform comes with it.
_WANTED: Final[Dict[FieldType, tuple[tuple[Gives, ...], str]]] = {
    FieldType.TEXT: (_TEXT, "text"),
    FieldType.LONG_TEXT: (_TEXT, "text"),
    FieldType.EMAIL: (_TEXT, "text"),
    FieldType.PHONE: (_TEXT, "text"),
    FieldType.URL: (_TEXT, "text"),
    FieldType.NUMBER: ((Gives.NUMBER,), "number"),
    FieldType.MONEY: ((Gives.NUMBER,), "number"),
    FieldType.DATE: ((Gives.DAY,), "date"),
    FieldType.DATETIME: ((Gives.MOMENT,), "utc"),
    FieldType.CHECKBOX: ((Gives.YES_NO,), "checkbox"),
    FieldType.PICKLIST: ((Gives.CHOICE,), "choice"),
    FieldType.MULTI_PICKLIST: ((Gives.CHOICES,), "choices"),
}
#: The type of a new field for what a transform makes.
_NEW: Final[Dict[Gives, FieldType]] = {
    Gives.NUMBER: FieldType.NUMBER,
    Gives.YES_NO: FieldType.CHECKBOX,
    Gives.DAY: FieldType.DATE,
    Gives.CHOICE: FieldType.PICKLIST,
    Gives.CHOICES: FieldType.MULTI_PICKLIST,
    Gives.MARKED: FieldType.LONG_TEXT,
}


@dataclass(frozen=True, slots=True)
class Target:
    """A field that a line can go to. `name` is as the mapping file has it; `field` is None for a
    custom field that is yet to be made."""

    name: str
    label: str
    type: FieldType
    field: Field | None = None

    @property
    def takes_ids(self) -> bool:
        """Return whether it is a picklist that takes ids, which need a value map."""
        standard = self.field is not None and not self.field.custom
        return standard and self.type is FieldType.PICKLIST


def near(mapping: Mapping, description: Description, line: Line, most: int = 8) -> list[Target]:
    """Return the free fields of a line's entity, those first that are called nearly the same."""
    said = [column.removeprefix("cf_").removeprefix("own_") for column in line.columns]
    words = [name.casefold().replace("_", " ") for name in (*said, line.label)]
    free = [
        target
        for target in _all(description, line.entity)
        if not _taken(mapping, line, target) and target.type in _WANTED
    ]
    alike = [target for target in free if _likeness(words, target) >= _ALIKE]
    return sorted(alike, key=lambda target: -_likeness(words, target))[:most]


def named(mapping: Mapping, description: Description, line: Line, text: str) -> Target:
    """Return the field that a person named by its API name, its label, or `custom:Label`.

    A label that no custom field has yet stands for a new one. Raises ReviewError for a name that
    means nothing, and for a field that the destination computes.
    """
    wanted = text.strip()
    label = wanted.removeprefix(CUSTOM).strip()
    there = _all(description, line.entity, read_only=True)
    for target in there:
        is_named = wanted.casefold() in (target.name.casefold(), target.label.casefold())
        if is_named or (
            target.name.startswith(CUSTOM) and label.casefold() == target.label.casefold()
        ):
            if target.field and target.field.read_only:
                raise refused(f"the destination computes {target.name} and takes no value for it")
            return target
    if wanted.startswith(CUSTOM) and label:
        return Target(CUSTOM + label, label, new_type(mapping, line, label))
    names = [name for target in there for name in (target.name, target.label)]
    raise refused(
        f"{line.entity} has no field {wanted or 'without a name'}; for a new one write "
        f'"{CUSTOM}{label or "Label"}"',
        wanted,
        names,
    )


def new_type(mapping: Mapping, line: Line, label: str) -> FieldType:
    """Return the type of a new field for a line: as planned before, else what its transform
    makes."""
    planned = {(f.entity, f.label): f.type for f in mapping.new_fields}
    kind = planned.get((line.entity, label)) or planned.get((line.entity, line.label))
    return FieldType(kind) if kind else type_for(line.transform, line)


def type_for(transform: str, line: Line) -> FieldType:
    """Return the type of a new field for what a transform makes of a line's values."""
    made = transform_of(_with(line, transform)).gives
    return _NEW.get(made, FieldType.TEXT)


def fits(line: Line, kind: FieldType) -> bool:
    """Return whether what a line's transform makes goes into a field of a type."""
    made = transform_of(line).gives
    return made is Gives.ANYTHING or made in _WANTED.get(kind, ((), ""))[0]


def transform_for(line: Line, target: Target) -> str:
    """Return a line's own transform where it fits a target, else the usual one for its type.

    Raises ReviewError for a target that only the route can fill: one that names other records.
    """
    if target.type not in _WANTED:
        raise refused(
            f"{line.entity}.{target.name} names other records; only mapping.toml itself can say how"
        )
    return line.transform if fits(line, target.type) else _WANTED[target.type][1]


def _with(line: Line, transform: str) -> Line:
    return Line(line.entity, line.sources, line.target, transform)


def _all(description: Description, entity: str, read_only: bool = False) -> list[Target]:
    found = description.entities.get(entity)
    return [
        Target(CUSTOM + f.label if f.custom else f.name, f.label, f.type, f)
        for f in (found.fields if found else ())
        if read_only or not f.read_only
    ]


def _taken(mapping: Mapping, line: Line, target: Target) -> bool:
    name = target.name.casefold()
    return any(other.target.casefold() == name for other in mapping.active(line.entity))


def _likeness(words: Sequence[str], target: Target) -> float:
    names = (target.label.casefold(), target.name.removeprefix(CUSTOM).replace("_", " ").casefold())
    return max(
        difflib.SequenceMatcher(None, word, name).ratio() for word in words for name in names
    )
