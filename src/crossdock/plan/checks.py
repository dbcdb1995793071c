"""Records that cannot be loaded are found before a single request is spent on them."""

from __future__ import annotations

import duckdb

from crossdock.connectors.base import Description
from crossdock.mapping.document import Mapping
from crossdock.mapping.transforms import Gives, expression, literal, quoted, transform_of
from crossdock.model.fields import Entity
from crossdock.model.findings import Finding, Severity
from crossdock.model.wording import count
from crossdock.routes.base import Route


def reject_unloadable(
    connection: duckdb.DuckDBPyConnection, route: Route, description: Description
) -> None:
    """Mark records as rejected that the destination is known to refuse, with the reason.

    Required fields come from the account's own form, never from an assumption. A record that
    stands on a rejected one goes with it.
    """
    for phase in route.phases:
        if phase.checked:
            continue
        entity = description.entities.get(phase.entity)
        if entity is not None:
            _reject_incomplete(connection, entity)
        _reject_orphans(connection, phase.entity)


def _reject_incomplete(connection: duckdb.DuckDBPyConnection, entity: Entity) -> None:
    for wanted in entity.fields:
        if wanted.required and not wanted.read_only:
            path = _path(wanted.name, wanted.custom)
            _reject(
                connection,
                entity.name,
                f"payload ->> {literal(path)} IS NULL",
                f"{wanted.label} is empty, and the destination demands it",
            )
    for group in entity.required_groups:
        names = ["email" if name == "emails" else name for name in group]
        empty = " AND ".join(f"payload ->> {literal('$.' + name)} IS NULL" for name in names)
        _reject(
            connection,
            entity.name,
            empty,
            f"none of {', '.join(names)} is filled, and the destination demands one",
        )


def _path(name: str, custom: bool) -> str:
    return f'$.custom_field."{name}"' if custom else f"$.{name}"


def _reject_orphans(connection: duckdb.DuckDBPyConnection, entity: str) -> None:
    """Reject activities, notes, files and lines whose record is itself rejected."""
    for parent in ("deal", "contact"):
        known = connection.execute(
            "SELECT 1 FROM information_schema.tables"
            " WHERE table_schema = 'plan' AND table_name = ?",
            [parent],
        ).fetchone()
        if known is None or entity in ("deal", "contact", "sales_account", "product"):
            continue
        connection.execute(
            f"""
            UPDATE plan.{entity} SET action = 'reject',
                reason = 'the {parent} it stands on cannot be loaded'
            WHERE action = 'create' AND coalesce(
                CASE WHEN payload ->> '$.targetable_id.$ref[0]' = '{parent}'
                    THEN payload ->> '$.targetable_id.$ref[1]' END,
                CASE WHEN payload ->> '$.deal_id.$ref[0]' = '{parent}'
                    THEN payload ->> '$.deal_id.$ref[1]' END)
                IN (SELECT source_key FROM plan.{parent} WHERE action = 'reject')
            """
        )


def _reject(
    connection: duckdb.DuckDBPyConnection, entity: str, condition: str, reason: str
) -> None:
    connection.execute(
        f"UPDATE plan.{entity} SET action = 'reject', reason = ?"
        f" WHERE action = 'create' AND ({condition})",
        [reason],
    )


def findings(
    connection: duckdb.DuckDBPyConnection,
    route: Route,
    mapping: Mapping,
    description: Description,
) -> list[Finding]:
    """Return what a person should know about the plan before it is loaded."""
    found = [*_cut_texts(connection, route, mapping, description)]
    found += _unmapped_values(connection, route, mapping)
    return found


def _cut_texts(
    connection: duckdb.DuckDBPyConnection,
    route: Route,
    mapping: Mapping,
    description: Description,
) -> list[Finding]:
    found = []
    for phase in route.phases:
        entity = description.entities.get(phase.entity)
        if phase.checked or entity is None:
            continue
        for line in mapping.active(phase.entity):
            target = entity.field_by_label(line.label) if line.is_custom else None
            target = target or (None if line.is_custom else entity.field(line.target))
            if target is None or target.max_length is None:
                continue
            if transform_of(line).gives is not Gives.TEXT:
                continue
            row = connection.execute(
                f"SELECT count(*), any_value(source_key) FROM {phase.table}"
                f" WHERE length({expression(line)}) > ?",
                [target.max_length],
            ).fetchone()
            if row and row[0]:
                found.append(
                    Finding(
                        "TEXT_CUT",
                        Severity.WARNS,
                        count(
                            row[0],
                            f"value of {line.sources[0]} is longer than the {target.max_length} "
                            f"characters of {phase.entity} {target.label}.",
                            f"values of {line.sources[0]} are longer than the {target.max_length} "
                            f"characters of {phase.entity} {target.label}.",
                        ),
                        "map the column to a long text field, or accept that it is cut",
                        object=line.sources[0].partition(".")[0],
                        field=target.label,
                        count=row[0],
                        evidence=(str(row[1]),),
                    )
                )
    return found


def _unmapped_values(
    connection: duckdb.DuckDBPyConnection, route: Route, mapping: Mapping
) -> list[Finding]:
    """Count values that no value map entry covers: their field stays empty."""
    tables = {phase.entity: phase.table for phase in route.phases}
    found = []
    for line in mapping.lines:
        if line.value_map is None or line.status == "rejected" or line.value_map == "lost_reason":
            continue
        column = f"CAST({quoted(line.columns[0])} AS VARCHAR)"
        rows = connection.execute(
            f"""
            SELECT {column}, count(*) FROM {tables[line.entity]}
            WHERE {column} IS NOT NULL AND {column} NOT IN
                (SELECT value FROM plan.value_map WHERE name = ?)
            GROUP BY 1 ORDER BY 2 DESC
            """,
            [line.value_map],
        ).fetchall()
        if rows:
            found.append(
                Finding(
                    "VALUE_UNMAPPED",
                    Severity.WARNS,
                    count(
                        len(rows),
                        f"value of {line.sources[0]} has no choice at the destination; "
                        f"{line.target} stays empty there.",
                        f"values of {line.sources[0]} have no choice at the destination; "
                        f"{line.target} stays empty there.",
                    ),
                    f"complete [maps.{line.value_map}] in mapping.toml, or add the choice in the "
                    "destination's admin settings, then: crossdock map confirm --by NAME",
                    object=line.sources[0].partition(".")[0],
                    field=line.target,
                    count=sum(n for _, n in rows),
                    evidence=tuple(f"{value}: {n}" for value, n in rows[:8]),
                )
            )
    return found
