"""Which places a column of an object could have, with all the names that each is called by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from crossdock.connectors.base import Description, SourceObject
from crossdock.mapping.document import Line
from crossdock.mapping.proposing.scorer import OWN, Place
from crossdock.mapping.proposing.words import dictionary
from crossdock.model.fields import Field, FieldType

#: Which entities the records of an object become, as far as fields of their own can go there.
BECOMES: Mapping[str, Sequence[str]] = {
    "customer": ("contact", "sales_account"),
    "customer_contact": ("contact",),
    "inquiry": ("contact",),
    "quote": ("deal",),
    "booking": ("deal",),
    "invoice": ("deal",),
    "service": ("product",),
    "product": ("product",),
}
_REFERENCES = (FieldType.REFERENCE,)


def places_of(
    obj: SourceObject,
    description: Description | None,
    route: Iterable[Line] = (),
    filled: Collection[tuple[str, str]] = (),
) -> list[Place]:
    """Return every place for columns of an object, the tenant's own last.

    `route` are the lines of the route's default mapping: what each canonical column becomes at the
    destination is read from them. `filled` are the destination's fields, as (entity, name), that
    something else fills: these are no places.
    """
    becomes = _becomes(obj, route)
    places = [
        Place(
            f"column:{column.name}",
            column.header,
            column.type,
            (column.header, *column.aliases, *_phrases(obj.name, column.name)),
            becomes.get(column.name, ()),
        )
        for column in obj.columns
    ]
    entities = description.entities if description else {}
    for entity in BECOMES.get(obj.name, ()):
        fields = entities[entity].fields if entity in entities else ()
        places += [
            place
            for f in fields
            if (entity, f.name) not in filled and (place := _field(entity, f)) is not None
        ]
    return [*places, Place(OWN, "a field of the tenant's own")]


def _phrases(object_name: str, column: str) -> Sequence[str]:
    """Return what a column is called in the trade: in lists of its object first."""
    phrases = dictionary().phrases
    return (*phrases.get(object_name, {}).get(column, ()), *phrases["shared"].get(column, ()))


def _field(entity: str, found: Field) -> Place | None:
    """Return a field as a place: a custom one, or a standard one that people have words for."""
    key = f"{entity}.{found.name}"
    names = dictionary().phrases["field"].get(key, ())
    if found.read_only or not (found.custom or names):
        return None
    return Place(
        f"field:{key}",
        found.label,
        found.type,
        (found.label, *names),
        (key,),
        tuple(choice.label for choice in found.choices),
        found.max_length,
        found.custom,
    )


def _becomes(obj: SourceObject, route: Iterable[Line]) -> Mapping[str, Sequence[str]]:
    """Return by canonical column where the route's default takes it to, as `entity.target`."""
    entities = BECOMES.get(obj.name, ())
    found: dict[str, list[str]] = defaultdict(list)
    for line in route:
        if line.entity in entities:
            for column in line.columns:
                found[column].append(line.name)
    return {column: tuple(targets) for column, targets in found.items()}
