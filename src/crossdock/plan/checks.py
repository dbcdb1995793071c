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
    """Reject records that lack what is demanded; the reason is the first thing that is lacking.

    Everything is asked in one pass, since each pass takes every payload apart.
    """
    wanted = [f for f in entity.fields if f.required and not f.read_only]
    lacking = [
        ([_path(f.name, f.custom)], f"{f.label} is empty, and the destination demands it")
        for f in wanted
    ]
    for group in entity.required_groups:
        names = ["email" if name == "emails" else name for name in group]
        why = f"none of {', '.join(names)} is filled, and the destination demands one"
        lacking.append(([_path(name, False) for name in names], why))
    if not lacking:
        return
    paths = [path for some, _ in lacking for path in some]
    cases = " ".join(
        "WHEN "
        + " AND ".join(f"values[{paths.index(path) + 1}] IS NULL" for path in some)
        + f" THEN {literal(why)}"
        for some, why in lacking
    )
    connection.execute(
        f"""
        UPDATE plan.{entity.name} AS planned SET action = 'reject', reason = lacking.reason
        FROM (SELECT seq, CASE {cases} END AS reason FROM (
            SELECT seq, json_extract_string(payload, ?) AS values
            FROM plan.{entity.name} WHERE action = 'create')) AS lacking
        WHERE planned.seq = lacking.seq AND lacking.reason IS NOT NULL
        """,
        [paths],
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
