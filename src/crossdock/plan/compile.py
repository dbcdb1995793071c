"""Mapping lines become SQL, and route tables become planned records."""

from __future__ import annotations

import json
from collections.abc import Sequence

import duckdb

from crossdock.connectors.base import Description
from crossdock.mapping.document import Line, Mapping
from crossdock.mapping.transforms import expression, literal, quoted
from crossdock.model.fields import Entity, Field
from crossdock.plan import problems, references, rules
from crossdock.plan.rules import Rule
from crossdock.plan.values import Mapped, Value, fitted
from crossdock.routes.base import Phase

_TARGET_TYPES = "CASE (t)[1] WHEN 'deal' THEN 'Deal' WHEN 'contact' THEN 'Contact' END"


def prepare(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, description: Description
) -> None:
    """Make the schema `plan` with what its entities are made by; empties what was there."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS plan")
    for part in (rules, problems, references):
        part.prepare(connection)
    _value_maps(connection, mapping, description)


def compile_entity(
    connection: duckdb.DuckDBPyConnection,
    phase: Phase,
    lines: Sequence[Line],
    description: Description,
) -> None:
    """Make `plan.<entity>` of one phase; replaces what was there.

    Every value is checked against the live schema: what cannot be loaded is left out and counted,
    or rejects its record with the reason. Links are checked against the entities made before.
    """
    entity = description.entities.get(phase.entity)
    links = references.Links(connection, phase.table, lines)
    source = f"{links.rows} r {' '.join(_joins(lines))}"
    values = _values(connection, phase.table, source, lines, entity)
    found = problems.counted(
        connection, source, {line: value.problems for line, value in values.items()}
    )
    problems.keep(connection, phase.entity, [*found, *links.counted])
    record = _Record(entity, values)
    reasons = [*links.rules, *record.rules]
    rules.remember(connection, phase.entity, reasons)
    # A record's place is that of its row: to count rows in a window takes one thread for all work.
    connection.execute(
        f"""
        CREATE OR REPLACE TABLE plan.{phase.entity} AS
        SELECT seq, source_key,
            CASE WHEN reason IS NULL THEN 'create' ELSE 'reject' END AS action, reason,
            NULL::VARCHAR AS destination_id, payload, md5(payload) AS digest
        FROM (
            SELECT _place + 1 AS seq, source_key, {rules.reason(reasons)} AS reason,
                {record.payload} AS payload
            FROM (SELECT r.*, r.rowid AS _place{record.columns} FROM {source})
        )
        """
    )


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


def _values(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    source: str,
    lines: Sequence[Line],
    entity: Entity | None,
) -> dict[Line, Value]:
    """Return what the destination takes of each line, in the mapping's order.

    A custom field that is not at the destination takes nothing.
    """
    written = {line: _field(line, entity) for line in lines}
    kept = {line: f for line, f in written.items() if f is not None or not line.is_custom}
    columns = _types(connection, f"SELECT * FROM {table}")
    raw = {line: expression(line) for line in kept}
    listed = "".join(f", {sql} AS v{n}" for n, sql in enumerate(raw.values()))
    types = list(_types(connection, f"SELECT 1 AS one{listed} FROM {source}").values())[1:]
    return {
        line: fitted(Mapped(line, raw[line], types[n], columns), target)
        for n, (line, target) in enumerate(kept.items())
    }


def _types(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(f"DESCRIBE {query}").fetchall()}


def _field(line: Line, entity: Entity | None) -> Field | None:
    if entity is None:
        return None
    return entity.field_by_label(line.label) if line.is_custom else entity.field(line.target)


class _Record:
    """The SQL of one entity's records: a column for each value, and what is made of them."""

    def __init__(self, entity: Entity | None, values: dict[Line, Value]) -> None:
        self.columns = "".join(f", {v.sql} AS _v{n}" for n, v in enumerate(values.values()))
        standard: dict[str, str] = {}
        custom: dict[str, str] = {}
        own: list[Rule] = []
        sent: dict[str, str] = {}
        for n, line in enumerate(values):
            name = f"_v{n}"
            target = _field(line, entity)
            if line.transform == "target":
                standard["targetable_type"] = _TARGET_TYPES.replace("(t)", quoted(line.columns[0]))
                standard["targetable_id"] = name
            elif line.is_custom:
                custom[target.name if target else line.label] = name
            else:
                standard[line.target] = name
            sent[name] = _sent(line, name)
            own += _own_rules(line, name)
        self.rules = [*rules.demanded(entity, standard | custom), *own]
        members = [_member(name, sent.get(value, value)) for name, value in standard.items()]
        if custom:
            inner = [_member(name, sent[value]) for name, value in custom.items()]
            members.append(f"'\"custom_field\":' || {_object(inner)}")
        self.payload = _object(members)


def _own_rules(line: Line, value: str) -> list[Rule]:
    """Return the rules that go beyond single values: how many lines, how large a file."""
    if line.entity == "deal_products" and line.target == "products":
        return [rules.of_lines(value)]
    if line.entity == "document" and line.target == "path":
        return [rules.of_files("bytes")]
    return []


def _object(members: Sequence[str]) -> str:
    """Return SQL for the text of a JSON object; a member that is NULL is left out.

    It is put together as text: patching nulls away costs three times as much.
    """
    return f"'{{' || concat_ws(',', {', '.join(members)}) || '}}'" if members else "'{}'"


def _member(name: str, value: str) -> str:
    """Return SQL for one member of a JSON object, NULL where the value is."""
    return f"{literal(json.dumps(name, ensure_ascii=False) + ':')} || to_json({value})"


def _sent(line: Line, value: str) -> str:
    """Return a value as it is sent: what a person wrote may be JSON with nulls of its own."""
    if not line.transform.startswith("sql:"):
        return value
    return f"nullif(json_merge_patch('{{}}', to_json({value})), 'null'::JSON)"


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
