"""A line for each of the tenant's own fields: as what the proposer says that it is.

A field goes to an existing field of the destination that means the same and holds its values, or to
a new one. A column that looks like one which the source's lists always have waits for a person:
read as that column its values would go where the route takes them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from crossdock.connectors.base import Description
from crossdock.connectors.octopuspro.catalogue import objects
from crossdock.mapping import document
from crossdock.mapping.document import CUSTOM, NEEDS_DECISION, PROPOSED, Line, NewField
from crossdock.mapping.proposing import (
    HIGH,
    OWN,
    Asked,
    ColumnProfile,
    ColumnProposal,
    Surroundings,
    places_of,
    propose_columns,
    staged,
)
from crossdock.mapping.reviewing import claims
from crossdock.mapping.tenant_fields import TenantField
from crossdock.model.fields import Field, FieldType
from crossdock.model.wording import count
from crossdock.profile.custom_fields import CustomField
from crossdock.routes.base import Route

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
#: From this confidence on a column that looks like a canonical one waits for a decision.
ASKED_FROM = 0.5
#: How sure the type of a new field is, by how sure the values are.
_TYPED = {"sure": 1.0, "likely": 0.85, "doubtful": 0.7}
#: Fields of the destination that take any text.
_TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.URL)

#: An answer to one of the tenant's own questions is surely a field of its own.
SURE = 0.99
_NOWHERE = "no field of the destination means the same"

Proposals = Mapping[tuple[str, str], ColumnProposal]
#: Proposes for each column of some lists, in their order.
Proposer = Callable[[Sequence[Asked]], Sequence[ColumnProposal]]


def by_evidence(lists: Sequence[Asked]) -> list[ColumnProposal]:
    """Propose from what the export and the account show, and from nothing else."""
    return [
        proposal
        for asked in lists
        for proposal in propose_columns(asked.profiles, asked.places, asked.around)
    ]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a field goes: `name` as a line writes it; `is_new` where the field must be made."""

    name: str
    is_new: bool


def proposals(
    connection: duckdb.DuckDBPyConnection,
    route: Route,
    description: Description,
    fields: Sequence[CustomField],
    filled: Iterable[Line],
    told_own: Collection[tuple[str, str]] = (),
    proposer: Proposer = by_evidence,
) -> Proposals:
    """Return what each unknown column seems to be, by object and column in the staged table.

    `filled` are lines whose targets are no places any more; `told_own` names columns, as (object,
    header in small letters), that a person said to be the tenant's own.
    """
    profiles = staged(connection, fields)
    by_object: dict[str, list[ColumnProfile]] = defaultdict(list)
    for (object_name, _), profile in profiles.items():
        by_object[object_name].append(profile)
    lines = document.parse(route.default_mapping()).lines
    taken = {(line.entity, line.target) for line in filled}
    lists: list[Asked] = []
    for obj in objects():
        some = by_object.get(obj.name)
        if not some:
            continue
        known, headers = _known(connection, obj.name)
        places = [p for p in places_of(obj, description, lines, taken) if p.name not in known]
        around = Surroundings(obj.name, headers)
        told = [p for p in some if (obj.name, p.header.casefold()) in told_own]
        free = [p for p in some if p not in told]
        fields_only = [place for place in places if place.kind != "column"]
        both = Asked(free, places, around), Asked(told, fields_only, around)
        lists += [asked for asked in both if asked.profiles]
    found = {(p.profile.object, p.profile.column): p for p in proposer(lists)}
    return {**found, **_of_answers(description, fields, taken)}


def _of_answers(
    description: Description, fields: Iterable[CustomField], taken: Collection[tuple[str, str]]
) -> Proposals:
    """Return which field of the destination the answers on jobs are like; they are no column."""
    obj = next(o for o in objects() if o.name == "booking")
    places = [p for p in places_of(obj, description, (), taken) if p.kind != "column"]
    answers = [
        f for f in fields if f.source_object == "custom_field_answer" and f.object == obj.name
    ]
    profiles = [
        ColumnProfile(obj.name, f.label, f.column, f.type, f.rows, f.filled, f.distinct, f.longest)
        for f in answers
    ]
    found = propose_columns(profiles, places, Surroundings(obj.name))
    return {
        (f.source_object, f.column): replace(p, confidence=SURE, reason=_NOWHERE)
        if p.place.key == OWN
        else p
        for f, p in zip(answers, found, strict=True)
    }


def _known(
    connection: duckdb.DuckDBPyConnection, object_name: str
) -> tuple[set[str], tuple[str, ...]]:
    """Return the canonical columns that an object's lists have, and all of their headers."""
    rows = connection.execute(
        "SELECT name, header, known FROM stage._column WHERE object = ? ORDER BY name, header",
        [object_name],
    ).fetchall()
    headers = tuple(dict.fromkeys(header for _, header, _ in rows))
    return {name for name, _, known in rows if known}, headers


def take_over(
    mapping: document.Mapping,
    own: TenantField,
    found: CustomField | None,
    proposal: ColumnProposal | None,
    description: Description,
) -> None:
    """Add a line for one of the tenant's own fields to a mapping, or say why it is left out."""
    if own.type is FieldType.SIGNATURE:
        why = f"a signature cannot be moved; {own.filled} must be captured again"
        mapping.left_out.append({"object": own.object, "field": own.label, "why": why})
        return
    transform, kind = _BY_TYPE.get(own.type, ("text", "text"))
    if own.type is FieldType.MULTI_PICKLIST:
        transform = _PARTED_BY.get(own.separator, transform)
    entity, target = _target(mapping, own, kind, proposal, description)
    asked = _claimed(own, proposal)
    mapping.lines.append(
        Line(
            entity,
            (f"{own.source_object}.{own.column}",),
            target.name,
            transform,
            _confidence(own, found, proposal),
            _reason(own, target, entity, proposal, description) + asked,
            NEEDS_DECISION if asked else PROPOSED,
        )
    )
    if target.is_new:
        choices = own.choices if kind in ("picklist", "multi_picklist") else ()
        label = target.name.removeprefix(CUSTOM)
        mapping.new_fields.append(NewField(entity, label, kind, tuple(choices)))


def _target(
    mapping: document.Mapping,
    own: TenantField,
    kind: str,
    proposal: ColumnProposal | None,
    description: Description,
) -> tuple[str, Target]:
    """Return entity and target: a field that means the same and fits, else one of its own."""
    place = proposal.place if proposal and proposal.confidence >= HIGH else None
    if place and place.kind == "field" and place.entity in description.entities:
        there = description.entity(place.entity).field(place.name)
        name = f"{CUSTOM}{place.label}" if place.custom else place.name
        free = all((x.entity, x.target) != (place.entity, name) for x in mapping.lines)
        if there is not None and free and _fits(own, kind, there):
            return place.entity, Target(name, is_new=False)
    return own.entity, Target(CUSTOM + _free_label(mapping, own), is_new=True)


def _fits(own: TenantField, kind: str, there: Field) -> bool:
    """Return whether an existing field holds every value of the tenant's field as it is."""
    if there.choices or there.type in (FieldType.PICKLIST, FieldType.MULTI_PICKLIST):
        offered = {choice.label.casefold() for choice in there.choices}
        is_same = there.custom and kind == str(there.type)
        return is_same and all(choice.casefold() in offered for choice in own.choices)
    if there.type in _TEXTS:
        return kind in ("text", "long_text") and (
            there.max_length is None or own.type is not FieldType.LONG_TEXT
        )
    return kind == str(there.type)


def _claimed(own: TenantField, proposal: ColumnProposal | None) -> str:
    """Return the words that ask whether a column is one that the lists always have, or nothing."""
    if proposal is None or proposal.place.kind != "column" or proposal.confidence < ASKED_FROM:
        return ""
    header = proposal.profile.header
    return "; " + claims.reason(own.source_object, header, proposal.place.name)


def _confidence(
    own: TenantField, found: CustomField | None, proposal: ColumnProposal | None
) -> float:
    """Return how sure a line is: of what the column is, and of the type of a new field."""
    typed = 1.0 if own.from_inventory or found is None else _TYPED[found.confidence]
    if proposal is None:
        return HIGH if own.from_inventory else round(0.8 * typed, 2)
    return round(proposal.confidence * typed, 2)


def _reason(
    own: TenantField,
    target: Target,
    entity: str,
    proposal: ColumnProposal | None,
    description: Description,
) -> str:
    said = [f"custom field of {own.object}s, {count(own.filled, 'value')}"]
    there = description.entities.get(entity)
    if proposal and proposal.reason:
        said.append(proposal.reason)
    if target.is_new and there and there.field_by_label(target.name.removeprefix(CUSTOM)):
        said.append("a field of this label is there already")
    elif not target.is_new:
        said.append("the field is there already and holds every value")
    return "; ".join(said)


def _free_label(mapping: document.Mapping, own: TenantField) -> str:
    """Return the field's label, or one made from it where a field of the entity has it already."""
    taken = {f.label.casefold() for f in mapping.new_fields if f.entity == own.entity}
    label, number = own.label, 1
    while label.casefold() in taken:
        label = f"{own.label} (OctopusPro{f' {number}' if number > 1 else ''})"
        number += 1
    return label
