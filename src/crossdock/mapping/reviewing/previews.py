"""What a line makes of the data: values before and after, those that would be lost, a value map.

All of it is one query over the entity's route table, which `shaping.shape` made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from crossdock.connectors.base import Description
from crossdock.errors import MappingInvalidError
from crossdock.mapping import transforms
from crossdock.mapping.document import Line, Mapping
from crossdock.mapping.transforms import Gives, literal, quoted, transform_of
from crossdock.model.references import MARK
from crossdock.routes.base import Route

#: How many samples and examples are shown at most.
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Sample:
    """A value before and after, and how many rows have it; `after` is None where nothing is sent.

    The value of several columns has " + " between them.
    """

    before: str
    after: str | None
    rows: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a line makes of its values. `problem` says why it makes nothing, else it is empty.

    `filled` of `rows` rows have a value before; `distinct` are different. `lost` rows have one
    before and none after; `cut` are longer than the field, in characters.
    """

    rows: int = 0
    filled: int = 0
    distinct: int = 0
    samples: tuple[Sample, ...] = ()
    lost: int = 0
    lost_examples: tuple[Sample, ...] = ()
    cut: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A value of a value map: how many rows have it, and the label it becomes (empty: none)."""

    value: str
    rows: int
    label: str


def preview(
    connection: duckdb.DuckDBPyConnection,
    route: Route,
    mapping: Mapping,
    description: Description,
    line: Line,
) -> Preview:
    """Return what a line makes of the data as it is."""
    table = table_of(route, line)
    try:
        transforms.check(connection, table, line)
        _evaluate(connection, table, mapping, description, line)
    except MappingInvalidError as error:
        return Preview(problem=error.message)
    except duckdb.Error as error:
        return Preview(problem=str(error).splitlines()[0])
    row = connection.execute(
        """
        SELECT coalesce(sum(_rows), 0), coalesce(sum(_rows) FILTER (_before IS NOT NULL), 0),
            count(DISTINCT _before),
            coalesce(sum(_rows) FILTER (_before IS NOT NULL AND _after IS NULL), 0),
            coalesce(sum(_rows) FILTER (length(_after) > ?), 0)
        FROM review_value
        """,
        [_limit(description, line)],
    ).fetchone()
    assert row is not None
    rows, filled, distinct, lost, cut = row
    samples = _samples(connection, line, "_before IS NOT NULL")
    losses = _samples(connection, line, "_before IS NOT NULL AND _after IS NULL") if lost else ()
    return Preview(rows, filled, distinct, samples, lost, losses, cut)


def histogram(
    connection: duckdb.DuckDBPyConnection, route: Route, mapping: Mapping, line: Line
) -> list[Bar]:
    """Return what each value becomes by a line's value map, the most frequent value first.

    Entries of the map that no row has come last; a line without a value map has none.
    """
    if line.value_map is None:
        return []
    column = quoted(line.columns[0])
    found = connection.execute(
        f"SELECT CAST({column} AS VARCHAR), count(*) FROM {table_of(route, line)}"
        f" WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    counts = {str(value): int(rows) for value, rows in found}
    entries = mapping.maps.get(line.value_map, {})
    values = dict.fromkeys([*counts, *entries])
    return [Bar(value, counts.get(value, 0), entries.get(value, "")) for value in values]


def values_of(
    connection: duckdb.DuckDBPyConnection, route: Route, line: Line, most: int = 300
) -> list[str]:
    """Return the different values of a line's first column, the most frequent first."""
    column = quoted(line.columns[0])
    rows = connection.execute(
        f"SELECT CAST({column} AS VARCHAR) FROM {table_of(route, line)}"
        f" WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT {most}"
    ).fetchall()
    return [str(value) for (value,) in rows]


def table_of(route: Route, line: Line) -> str:
    """Return the name of the route table that a line reads."""
    return next(phase.table for phase in route.phases if phase.entity == line.entity)


def _evaluate(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    mapping: Mapping,
    description: Description,
    line: Line,
) -> None:
    """Put a line's values before and after, with how many rows have them, into `review_value`."""
    names = sorted({x.value_map for x in mapping.of(line.entity) if x.value_map})
    _fill_maps(connection, mapping, description, line.entity)
    columns = {x.value_map: x.columns[0] for x in mapping.of(line.entity) if x.value_map}
    joins = " ".join(_join(name, columns[name]) for name in names)
    value = transforms.expression(line)
    if line.value_map is not None:
        value = f"{quoted('map_' + line.value_map)}._label"
    parts = ", ".join(
        f"nullif(nullif(trim(CAST(r.{quoted(column)} AS VARCHAR)), ''), '[]')"
        for column in line.columns
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE review_value AS"
        " SELECT _before, _after, count(*) AS _rows FROM ("
        f"SELECT nullif(concat_ws(' + ', {parts}), '') AS _before,"
        f" CAST({value} AS VARCHAR) AS _after FROM {table} r {joins}) GROUP BY ALL"
    )


def _fill_maps(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, description: Description, entity: str
) -> None:
    """Put the value maps of an entity into `review_map`; labels that are no choice are left out."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE review_map"
        " (name VARCHAR, value VARCHAR, label VARCHAR, id VARCHAR, forecast VARCHAR)"
    )
    described = description.entities.get(entity)
    rows: list[list[str]] = []
    for line in mapping.of(entity):
        target = described.field(line.target) if described and line.value_map else None
        choices = {c.label.casefold(): c for c in (target.choices if target else ())}
        for value, label in mapping.maps.get(line.value_map or "", {}).items():
            choice = choices.get(label.casefold())
            if choice is not None:
                forecast = choice.facts.get("forecast_type", "Open")
                rows.append([line.value_map or "", value, choice.label, choice.id, forecast])
    if rows:
        connection.executemany("INSERT INTO review_map VALUES (?, ?, ?, ?, ?)", rows)


def _join(name: str, column: str) -> str:
    alias = quoted("map_" + name)
    return (
        "LEFT JOIN (SELECT DISTINCT ON (name, value) * FROM review_map) "
        f"{alias} (_name, _value, _label, _id, _forecast)"
        f" ON {alias}._name = {literal(name)}"
        f" AND {alias}._value = CAST(r.{quoted(column)} AS VARCHAR)"
    )


def _samples(
    connection: duckdb.DuckDBPyConnection, line: Line, condition: str
) -> tuple[Sample, ...]:
    rows = connection.execute(
        f"SELECT _before, _after, _rows FROM review_value WHERE {condition}"
        f" ORDER BY _rows DESC, length(_before), _before LIMIT {SHOWN}"
    ).fetchall()
    return tuple(
        Sample(before, _shown(connection, line, after), count) for before, after, count in rows
    )


def _shown(connection: duckdb.DuckDBPyConnection, line: Line, after: Any) -> str | None:
    """Return a value as people read it: a user by name, a record by its kind and source key."""
    if after is None:
        return None
    text = str(after)
    if line.transform == "number" and "." in text:
        return text.rstrip("0").rstrip(".")
    if line.transform == "owner":
        row = connection.execute("SELECT name FROM dest.user WHERE id = ?", [text]).fetchone()
        return str(row[0]) if row and row[0] else text
    if text.startswith(f'{{"{MARK}":["'):
        return (
            text.removeprefix(f'{{"{MARK}":[').removesuffix("]}").replace('"', "").replace(",", " ")
        )
    return text


def _limit(description: Description, line: Line) -> int:
    """Return how many characters the field takes; a number that no text reaches for no limit."""
    none = 2**31
    if transform_of(line).gives not in (Gives.TEXT, Gives.CHOICE):
        return none
    entity = description.entities.get(line.entity)
    if entity is None:
        return none
    target = entity.field_by_label(line.label) if line.is_custom else entity.field(line.target)
    return target.max_length or none if target else none
