"""Values that must differ: within the plan, and from what the destination holds.

Of planned records with the same value the one with the smallest source key is loaded. Letters count
as the same whether small or capital.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from crossdock.connectors.base import Description
from crossdock.mapping.document import Line
from crossdock.mapping.transforms import literal
from crossdock.model.fields import Field
from crossdock.plan import existing, rules
from crossdock.plan.rules import Rule

#: Deals are written by name, so that two of one name would become one.
_BY_NAME = "deal"


def reject_repeated(
    connection: duckdb.DuckDBPyConnection,
    entity: str,
    lines: Sequence[Line],
    description: Description,
) -> None:
    """Reject planned records that repeat another one's value where values must differ."""
    for field in _mapped(entity, lines, description):
        rule = Rule(
            "UNIQUE",
            "true",
            f"another record of the plan has the same {field.label}, which must differ",
        )
        value = _value(field)
        _reject(
            connection,
            entity,
            rule,
            f"""
            SELECT source_key FROM (
                SELECT source_key, row_number() OVER (PARTITION BY {value} ORDER BY source_key) AS n
                FROM plan.{entity} WHERE action = 'create' AND {value} IN (
                    SELECT {value} FROM plan.{entity} WHERE action = 'create'
                    GROUP BY 1 HAVING count(*) > 1)
            ) WHERE n > 1
            """,
        )


def reject_taken(
    connection: duckdb.DuckDBPyConnection,
    entity: str,
    lines: Sequence[Line],
    description: Description,
) -> None:
    """Reject planned records with a value that a record of somebody else has at the destination."""
    if not existing.holds(connection, entity):
        return
    for field in _mapped(entity, lines, description):
        rule = Rule(
            "UNIQUE_THERE",
            "true",
            f"a record at the destination has the same {field.label}, which must differ",
        )
        _reject(
            connection,
            entity,
            rule,
            f"""
            SELECT p.source_key FROM plan.{entity} p JOIN (
                SELECT DISTINCT lower(held ->> {literal(f'$."{field.name}"')}) AS value
                FROM plan._there_{entity}) t ON {_value(field)} = t.value
            WHERE p.action = 'create' AND p.destination_id IS NULL
            """,
        )


def rename_deals(connection: duckdb.DuckDBPyConnection) -> None:
    """Give another name to a deal that would overwrite another: names are no keys there."""
    taken = f"SELECT same FROM plan._there_{_BY_NAME} WHERE key IS NULL"
    if not existing.holds(connection, _BY_NAME):
        taken = "SELECT NULL"
    name = "lower(payload ->> '$.name')"
    connection.execute(
        f"""
        UPDATE plan.{_BY_NAME} SET payload = p.payload, digest = md5(p.payload)
        FROM (
            SELECT source_key, CAST(json_merge_patch(payload, json_object('name',
                left(payload ->> '$.name', 200) || ' · OctopusPro ' || source_key)) AS VARCHAR)
                AS payload
            FROM plan.{_BY_NAME}
            WHERE action = 'create' AND destination_id IS NULL AND ({name} IN ({taken})
                OR {name} IN (SELECT {name} FROM plan.{_BY_NAME} GROUP BY 1 HAVING count(*) > 1))
        ) p
        WHERE {_BY_NAME}.source_key = p.source_key
        """
    )


def _mapped(entity: str, lines: Sequence[Line], description: Description) -> list[Field]:
    described = description.entities.get(entity)
    if described is None:
        return []
    targets = {
        field.name
        for line in lines
        if (
            field := described.field_by_label(line.label)
            if line.is_custom
            else described.field(line.target)
        )
    }
    return [f for f in existing.unique_fields(described) if f.name in targets]


def _value(field: Field) -> str:
    path = f'$.custom_field."{field.name}"' if field.custom else f'$."{field.name}"'
    return f"lower(payload ->> {literal(path)})"


def _reject(connection: duckdb.DuckDBPyConnection, entity: str, rule: Rule, keys: str) -> None:
    """Reject the records with these keys; writes nothing where there are none."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE repeated AS {keys}")
    if not connection.execute("SELECT 1 FROM repeated LIMIT 1").fetchone():
        return
    rules.remember(connection, entity, [rule])
    connection.execute(
        f"UPDATE plan.{entity} SET action = 'reject', reason = ?"
        " WHERE source_key IN (SELECT source_key FROM repeated)",
        [rule.reason],
    )
