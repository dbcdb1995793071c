"""Mapping lines become SQL, and route tables become planned records."""

from __future__ import annotations

import json
from collections.abc import Sequence

import duckdb

from crossdock.connectors.base import Description
from crossdock.mapping.document import Line, Mapping
from crossdock.mapping.transforms import Gives, expression, literal, quoted, transform_of
from crossdock.routes.base import Phase, Route

_TARGET_TYPES = "CASE t[1] WHEN 'deal' THEN 'Deal' WHEN 'contact' THEN 'Contact' END"


def compile_entities(
    connection: duckdb.DuckDBPyConnection,
    route: Route,
    mapping: Mapping,
    description: Description,
) -> None:
    """Make `plan.<entity>` for every phase that writes; replaces what was there."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS plan")
    _value_maps(connection, mapping, description)
    connection.execute(
        "CREATE OR REPLACE TABLE plan.field_limit AS"
        " SELECT entity, name, label, max_length FROM dest.field WHERE max_length IS NOT NULL"
    )
    for phase in route.phases:
        if not phase.checked:
            _compile(connection, phase, mapping.active(phase.entity), description)


def _value_maps(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, description: Description
) -> None:
    """Put every value map into a table that leads from the source's value to the choice's id."""
    connection.execute(
        "CREATE OR REPLACE TABLE plan.value_map"
        " (name VARCHAR, value VARCHAR, label VARCHAR, id BIGINT, forecast VARCHAR)"
    )
    targets = {
        line.value_map: (line.entity, line.target) for line in mapping.lines if line.value_map
    }
    rows = []
    for name, entries in mapping.maps.items():
        entity, field_name = targets.get(name, ("", ""))
        described = description.entities.get(entity)
        target = described.field(field_name) if described else None
        by_label = {c.label.casefold(): c for c in (target.choices if target else ())}
        for value, label in entries.items():
            choice = by_label.get(label.casefold())
            if choice is not None:
                forecast = choice.facts.get("forecast_type", "Open")
                rows.append([name, value, label, int(choice.id), forecast])
    if rows:
        connection.executemany("INSERT INTO plan.value_map VALUES (?, ?, ?, ?, ?)", rows)


def _compile(
    connection: duckdb.DuckDBPyConnection,
    phase: Phase,
    lines: Sequence[Line],
    description: Description,
) -> None:
    entity = description.entities.get(phase.entity)
    standard: list[str] = []
    custom: list[str] = []
    for line in lines:
        value = expression(line)
        if line.transform == "target":
            column = quoted(line.columns[0])
            kind = _TARGET_TYPES.replace("t[1]", column + "[1]")
            standard.append(_member("targetable_type", kind))
            standard.append(_member("targetable_id", value))
        elif line.is_custom:
            target = entity.field_by_label(line.label) if entity else None
            if target is not None:
                custom.append(_filled(target.name, value, line, target.max_length))
        else:
            target = entity.field(line.target) if entity else None
            limit = target.max_length if target else None
            standard.append(_filled(line.target, value, line, limit))
    if custom:
        standard.append(f"'\"custom_field\":' || {_object(custom)}")
    joins = " ".join(_joins(lines))
    # A record's place is that of its row: to count rows in a window takes one thread for all work.
    connection.execute(
        f"""
        CREATE OR REPLACE TABLE plan.{phase.entity} AS
        SELECT *, md5(payload) AS digest FROM (
            SELECT r.rowid + 1 AS seq, r.source_key, 'create' AS action, NULL::VARCHAR AS reason,
                NULL::VARCHAR AS destination_id, {_object(standard)} AS payload
            FROM {phase.table} r {joins}
        )
        """
    )


def _object(members: Sequence[str]) -> str:
    """Return SQL for the text of a JSON object; a member that is NULL is left out.

    It is put together as text: patching nulls away costs three times as much.
    """
    return f"'{{' || concat_ws(',', {', '.join(members)}) || '}}'" if members else "'{}'"


def _member(name: str, value: str) -> str:
    """Return SQL for one member of a JSON object, NULL where the value is."""
    return f"{literal(json.dumps(name, ensure_ascii=False) + ':')} || to_json({value})"


def _filled(name: str, value: str, line: Line, limit: int | None) -> str:
    if line.transform.startswith("sql:"):
        # What a person wrote may be JSON with nulls of its own, which are not sent either.
        value = f"nullif(json_merge_patch('{{}}', to_json({value})), 'null'::JSON)"
    return _member(name, _fitted(value, line, limit))


def _joins(lines: Sequence[Line]) -> list[str]:
    """Join one value map per `map:` line; other lines of the entity may use it as well.

    Its columns get names that no column of an export has, so that none is mistaken for another.
    """
    joins = {
        line.value_map: f"LEFT JOIN plan.value_map {quoted('map_' + line.value_map)}"
        " (_name, _value, _label, _id, _forecast)"
        f" ON {quoted('map_' + line.value_map)}._name = {literal(line.value_map)}"
        f" AND {quoted('map_' + line.value_map)}._value"
        f" = CAST(r.{quoted(line.columns[0])} AS VARCHAR)"
        for line in lines
        if line.value_map
    }
    return list(joins.values())


def _fitted(value: str, line: Line, limit: int | None) -> str:
    """Cut a text to what the field takes; `checks` counts the texts that were cut."""
    if limit is None or transform_of(line).gives not in (Gives.TEXT, Gives.CHOICE):
        return value
    return f"left({value}, {limit})"
