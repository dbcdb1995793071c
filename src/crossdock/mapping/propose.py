"""The proposal: the route's default, plus this tenant's own fields and values."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb

from crossdock.connectors.base import Description
from crossdock.intake.tables import claims
from crossdock.mapping import document
from crossdock.mapping.document import Line, Mapping, NewField
from crossdock.mapping.places import unplaced
from crossdock.mapping.samples import with_samples
from crossdock.mapping.taking_over import Proposer, by_evidence, proposals, take_over
from crossdock.mapping.tenant_fields import tenant_fields
from crossdock.mapping.transforms import quoted
from crossdock.profile.custom_fields import discover
from crossdock.routes.base import Route
from crossdock.routes.octopuspro_freshsales import statuses


@dataclass(slots=True)
class Proposed:
    """A proposal and what it could not place."""

    mapping: Mapping
    #: How often each value of a value map occurs, by "map/value".
    counts: dict[str, int] = field(default_factory=dict)
    #: Columns with data and no place, as {object, column, header, filled}.
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
    answers: Dict[str, str] | None = None,
    proposer: Proposer = by_evidence,
) -> Proposed:
    """Propose a mapping for the export that is staged and shaped in the connection.

    `answers` are the project's: a header that a person called the tenant's own is not asked about.
    `proposer` says what unknown columns seem to be.
    """
    default = document.parse(route.default_mapping())
    tables = {phase.entity: phase.table for phase in route.phases}
    lines = [line for line in default.lines if _has_data(connection, tables, line)]
    fields = _wanted(default.new_fields, lines)
    becomes = {name: place.becomes for name, place in route.places().items()}
    present = _present(connection)
    mapping = Mapping(route.name, policies, lines, fields)
    mapping.becomes = {n: tuple(b) for n, b in becomes.items() if n in present and b}
    proposed = Proposed(mapping)
    _add_own_fields(connection, route, mapping, description, answers or {}, proposer)
    _fill_value_maps(proposed, connection, tables, description)
    proposed.unmapped_columns = unplaced(connection, route, mapping)
    proposed.unmapped_targets = unfilled(mapping, description)
    mapping.lines = with_samples(connection, tables, mapping.lines)
    return proposed


def _add_own_fields(
    connection: duckdb.DuckDBPyConnection,
    route: Route,
    mapping: Mapping,
    description: Description,
    answers: Dict[str, str],
    proposer: Proposer,
) -> None:
    """Add what the export holds besides its known columns, each as what it seems to be."""
    found = [field for field in discover(connection) if field.filled]
    told_own = {
        (name, header.casefold())
        for code, value in answers.items()
        if value == claims.OWN
        for name, header in [claims.named(code)]
        if header
    }
    seen = proposals(connection, route, description, found, mapping.lines, told_own, proposer)
    by_place = {(field.source_object, field.column): field for field in found}
    for own in tenant_fields(connection, found):
        place = own.source_object, own.column
        if place not in by_place:
            place = own.source_object, own.column.removeprefix(f"{own.source_object}_")
        take_over(mapping, own, by_place.get(place), seen.get(place), description)


def _present(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the objects that the export holds."""
    rows = connection.execute("SELECT DISTINCT object FROM stage._file").fetchall()
    return {name for (name,) in rows}


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
