"""Columns with data and no place: what would be lost, were the mapping signed as it is.

Where a column of the catalogue goes, the route says (`Route.places`). A place that is a field holds
as long as the mapping has a line for it: a line that a person rejected is that person's decision, a
line that is gone is an alarm. Columns that only this tenant has are placed by a line, by the list
of what is left out, or by the text that the route makes of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb

from crossdock.mapping import document
from crossdock.mapping.document import Line, Mapping
from crossdock.mapping.transforms import quoted
from crossdock.routes.base import Route

#: A place that is a field: `entity.target`, for the first person of a row or a further one.
_FIELD = re.compile(r"(?P<entity>[a-z_]+)\.(?P<target>.+?)(?: of a (?:second|third) contact)?")
#: Own columns are one field each where the place begins so, and nothing where it begins so.
_OWN_FIELD = re.compile(r"[a-z_]+: ")
_NOWHERE = "nowhere"


def unplaced(
    connection: duckdb.DuckDBPyConnection, route: Route, mapping: Mapping
) -> list[dict[str, object]]:
    """Return the columns with data that have no place, as {object, column, header, filled}.

    The export must be staged and shaped in the connection. `filled` counts rows with a value.
    """
    places = route.places()
    gone = _lost_fields(connection, route, mapping)
    left = {(entry.get("object"), entry.get("field")) for entry in mapping.left_out}
    taken = {source for line in mapping.lines for source in line.sources}
    found: list[dict[str, object]] = []
    columns = connection.execute(
        "SELECT object, name, any_value(header), known FROM stage._column"
        " GROUP BY object, name, known ORDER BY object, min(position)"
    ).fetchall()
    for name, column, header, known in columns:
        said = left & {(name, column), (name, header), (name, _label(header))}
        if said or f"{name}.{column}" in taken:
            continue
        place = places[name].columns[column] if known else places[name].own
        lost = _field(place) in gone if known else _is_lost(place)
        filled = _filled(connection, name, column) if lost else 0
        if filled:
            found.append({"object": name, "column": column, "header": header, "filled": filled})
    return found


def _lost_fields(
    connection: duckdb.DuckDBPyConnection, route: Route, mapping: Mapping
) -> set[tuple[str, str]]:
    """Return the fields of the default mapping that have values and no line any more."""
    tables = {phase.entity: phase.table for phase in route.phases}
    there = {(line.entity, line.target) for line in mapping.lines}
    taken = {(line.entity, column) for line in mapping.lines for column in line.columns}
    return {
        (line.entity, line.target)
        for line in document.parse(route.default_mapping()).lines
        if (line.entity, line.target) not in there
        and not all((line.entity, column) in taken for column in line.columns)
        and any(_has_values(connection, tables[line.entity], line))
    }


def _has_values(connection: duckdb.DuckDBPyConnection, table: str, line: Line) -> Iterator[bool]:
    for column in line.columns:
        query = f"SELECT 1 FROM {table} WHERE {quoted(column)} IS NOT NULL LIMIT 1"
        yield connection.execute(query).fetchone() is not None


def _field(place: str) -> tuple[str, str]:
    """Return the field that a place is, as entity and target; empty texts for another place."""
    found = _FIELD.fullmatch(place)
    return (found["entity"], found["target"]) if found else ("", "")


def _is_lost(place: str) -> bool:
    """Return whether an own column that no line takes is lost where its object goes."""
    return place.startswith(_NOWHERE) or _OWN_FIELD.match(place) is not None


def _label(header: str) -> str:
    return header[3:].strip() if header.casefold().startswith("cf:") else header


def _filled(connection: duckdb.DuckDBPyConnection, name: str, column: str) -> int:
    row = connection.execute(
        f"SELECT count(nullif(trim({quoted(column)}), '')) FROM stage.{name}"
    ).fetchone()
    return int(row[0]) if row else 0
