"""From places, inventory and measures to the list of fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from crossdock.intake.intake import date_formats
from crossdock.model.fields import FieldType
from crossdock.model.wording import count
from crossdock.profile.custom_fields import (
    choices,
    contradictions,
    inventory,
    kinds,
    measures,
    places,
    separators,
)
from crossdock.profile.custom_fields.choices import Chosen
from crossdock.profile.custom_fields.field import Choice, CustomField
from crossdock.profile.custom_fields.inventory import Entry
from crossdock.profile.custom_fields.kinds import Kind
from crossdock.profile.custom_fields.measures import Measures
from crossdock.profile.custom_fields.places import Place
from crossdock.profile.custom_fields.separators import Split

_CHOSEN = (FieldType.PICKLIST, FieldType.MULTI_PICKLIST, FieldType.CHECKBOX)


@dataclass(slots=True)
class _Known:
    """What is found out of the field at each place, step by step."""

    entries: dict[int, Entry] = field(default_factory=dict)
    measured: Mapping[int, Measures] = field(default_factory=dict)
    splits: dict[int, Split | None] = field(default_factory=dict)
    kinds: dict[int, Kind] = field(default_factory=dict)
    chosen: Mapping[int, Chosen] = field(default_factory=dict)
    unfit: dict[int, int] = field(default_factory=dict)
    unfit_examples: Mapping[int, Sequence[str]] = field(default_factory=dict)


def discover(connection: duckdb.DuckDBPyConnection) -> list[CustomField]:
    """Return every field of the tenant's own that the staged export holds or its inventory lists.

    Reads the views of `crossdock.intake`; what it finds in files comes first, by object and in
    the order of the columns, then what the inventory alone lists. A field that is two columns of
    one label is two fields.
    """
    formats = date_formats(connection)
    found = places.find(connection)
    listed = inventory.read(connection)
    known = _Known()
    for number, place in enumerate(found):
        entry = listed.find(place.field_id, place.label, place.object)
        if entry:
            known.entries[number] = entry
    known.measured = measures.measure(connection, formats)
    _decide(connection, found, known)
    _compare(connection, known, formats)
    connection.execute("DROP TABLE custom_value; DROP TABLE custom_listed")
    used = set(known.entries.values())
    return [
        *(_field(number, place, known) for number, place in enumerate(found)),
        *(_unused(entry) for entry in listed.entries if entry not in used),
    ]


def _decide(connection: duckdb.DuckDBPyConnection, found: Sequence[Place], known: _Known) -> None:
    """Decide the separator and the type of each field."""
    whole = choices.keep_listed(connection, known.entries)
    tried = separators.splits(connection, known.measured)
    for number in range(len(found)):
        entry = known.entries.get(number)
        several = entry is not None and entry.type is FieldType.MULTI_PICKLIST
        known.splits[number] = separators.choose(
            tried.get(number, ()), several=several, whole=whole.get(number)
        )
        known.kinds[number] = kinds.decide(
            known.measured.get(number, Measures()), entry, known.splits[number]
        )


def _compare(connection: duckdb.DuckDBPyConnection, known: _Known, formats: Sequence[str]) -> None:
    """Count the choices in use, and the values that are not what the inventory says."""
    marks: dict[int, str] = {}
    unfit: dict[int, FieldType] = {}
    for number, m in known.measured.items():
        kind, split = known.kinds[number].type, known.splits[number]
        if kind in _CHOSEN:
            is_split = split is not None and kind is FieldType.MULTI_PICKLIST
            marks[number] = split.character if split and is_split else ""
        meant = known.kinds[number].nearly or kind
        fitting = kinds.fitting(m, meant)
        if fitting is not None and fitting < m.filled:
            known.unfit[number] = m.filled - fitting
            unfit[number] = meant
    known.chosen = choices.choices(connection, marks, known.entries)
    known.unfit_examples = contradictions.examples(connection, unfit, formats)


def _field(number: int, place: Place, known: _Known) -> CustomField:
    m = known.measured.get(number, Measures())
    kind, entry = known.kinds[number], known.entries.get(number)
    split, chosen = known.splits[number], known.chosen.get(number, Chosen((), 0, ()))
    labels = place.labels
    if entry:
        labels = (entry.label, *(label for label in labels if label != entry.portal_label))
    unfit = known.unfit.get(number, 0) + chosen.unlisted
    meant = kind.nearly or ("choice of it" if chosen.unlisted else kind.type)
    return CustomField(
        object=place.object,
        label=labels[0],
        type=kind.type,
        source_object=place.source_object,
        column=place.column,
        field_id=place.field_id or (entry.field_id if entry else ""),
        scope=place.scope or (entry.scope if entry else ""),
        rows=place.rows,
        filled=m.filled,
        empty=place.shown - m.filled,
        distinct=m.distinct,
        shortest=m.shortest,
        longest=m.longest,
        examples=m.examples,
        choices=chosen.choices,
        separator=split.separator if split and kind.type is FieldType.MULTI_PICKLIST else "",
        source="inventory" if entry and entry.type else "data",
        confidence="doubtful" if unfit else kind.confidence,
        evidence=kind.evidence
        + (f"; {count(unfit, 'value is', 'values are')} no {meant}" if unfit else ""),
        mandatory=bool(entry and entry.mandatory),
        labels=tuple(dict.fromkeys(labels)),
        nearly=kind.nearly,
        unfit=unfit,
        unfit_examples=known.unfit_examples.get(number) or chosen.unlisted_examples,
    )


def _unused(entry: Entry) -> CustomField:
    """Return a field that the inventory lists and no file holds."""
    return CustomField(
        object=entry.object,
        label=entry.label,
        type=entry.type or FieldType.TEXT,
        field_id=entry.field_id,
        scope=entry.scope,
        choices=tuple(Choice(value, 0, True) for value in entry.choices),
        source="inventory",
        confidence="sure",
        evidence=f"the inventory says {entry.word}" if entry.word else "it is in the inventory",
        mandatory=entry.mandatory,
        labels=(entry.label,),
    )
