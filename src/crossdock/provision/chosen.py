"""The choices that value maps lead to: stages, lost reasons, lead sources, activity types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

import duckdb

from crossdock.connectors.base import Description
from crossdock.mapping.document import Line, Mapping
from crossdock.mapping.transforms import quoted
from crossdock.model.fields import Entity
from crossdock.provision.thing import Status, Thing
from crossdock.routes.base import Phase

#: What the choices of a standard field are called.
_KINDS: Final = {
    "deal_stage_id": "deal stage",
    "deal_pipeline_id": "pipeline",
    "deal_reason_id": "lost reason",
    "deal_type_id": "deal type",
    "lead_source_id": "lead source",
    "lifecycle_stage_id": "lifecycle stage",
    "contact_status_id": "contact status",
    "industry_type_id": "industry",
    "business_type_id": "business type",
    "sales_activity_type_id": "activity type",
    "task_type_id": "task type",
}
_STAGE: Final = "deal_stage_id"
_PIPELINE: Final = "deal_pipeline_id"


def chosen(
    connection: duckdb.DuckDBPyConnection, phase: Phase, mapping: Mapping, description: Description
) -> Iterator[Thing]:
    """Yield every choice that a value map of an entity names, with how many values lead to it.

    A value for which the map names no choice is one thing as well, under the value's own words.
    """
    entity = description.entities.get(phase.entity)
    for line in mapping.active(phase.entity):
        if line.value_map is None:
            continue
        counts = _counts(connection, phase, line)
        entries = mapping.maps.get(line.value_map, {})
        wanted: Counter[str] = Counter()
        for value, label in entries.items():
            wanted[label] += counts.get(value, 0) if label else 0
        field = entity.field(line.target) if entity else None
        there = {choice.label.casefold() for choice in (field.choices if field else ())}
        kind = _KINDS.get(line.target, "choice")
        for label, values in wanted.items():
            if label:
                status = Status.PRESENT if label.casefold() in there else Status.MISSING
                yield Thing(kind, phase.entity, label, status, values, detail=_why(line, status))
        yield from _unchosen(phase, line, kind, entries, counts)
        if line.target == _STAGE and entity is not None:
            yield from _pipelines(phase, entity, wanted)


def _why(line: Line, status: Status) -> str:
    if status is Status.PRESENT:
        return ""
    return f"add it, or name another choice in [maps.{line.value_map}] of mapping.toml"


def _counts(connection: duckdb.DuckDBPyConnection, phase: Phase, line: Line) -> dict[str, int]:
    column = quoted(line.columns[0])
    rows = connection.execute(
        f"SELECT CAST({column} AS VARCHAR), count(*) FROM {phase.table}"
        f" WHERE {column} IS NOT NULL GROUP BY 1"
    ).fetchall()
    return dict(rows)


def _unchosen(
    phase: Phase, line: Line, kind: str, entries: dict[str, str], counts: dict[str, int]
) -> Iterator[Thing]:
    detail = (
        f"these stay without a {kind}; to keep them, add a {kind} and name it in "
        f"[maps.{line.value_map}] of mapping.toml"
    )
    for value, label in entries.items():
        if not label and counts.get(value):
            yield Thing(kind, phase.entity, value, Status.UNCHOSEN, counts[value], detail=detail)


def _pipelines(phase: Phase, entity: Entity, wanted: Counter[str]) -> Iterator[Thing]:
    """Yield the pipelines that the stages belong to; each is there, since its stages are."""
    stages, names = entity.field(_STAGE), entity.field(_PIPELINE)
    labels = {choice.id: choice.label for choice in (names.choices if names else ())}
    values: Counter[str] = Counter()
    for choice in stages.choices if stages else ():
        place = choice.facts.get("deal_pipeline_id", "")
        if choice.label in wanted and place in labels:
            values[labels[place]] += wanted[choice.label]
    for label, number in values.items():
        yield Thing("pipeline", phase.entity, label, Status.PRESENT, number)
