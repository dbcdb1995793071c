"""Values as the source has them, so that a person sees what a line is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import duckdb

from crossdock.mapping.document import Line
from crossdock.mapping.transforms import quoted

#: How many values a line shows, of how many rows at most, and how much of a long one.
SHOWN = 3
_ROWS = 2000
_LENGTH = 60


def with_samples(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, str], lines: Sequence[Line]
) -> list[Line]:
    """Return the lines with a few different values of their columns; one query per entity."""
    found: list[Line] = []
    for entity in dict.fromkeys(line.entity for line in lines):
        of_entity = [line for line in lines if line.entity == entity]
        names = list(dict.fromkeys(name for line in of_entity for name in line.columns))
        samples = _samples(connection, tables[entity], names)
        found += [replace(line, samples=_joined(line, samples)) for line in of_entity]
    return found


def _samples(
    connection: duckdb.DuckDBPyConnection, table: str, names: Sequence[str]
) -> dict[str, list[str]]:
    """Return different values of each column, of the table's first rows that have one."""
    there = {row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()}
    wanted = [name for name in names if name in there]
    if not wanted:
        return {}
    parts = ", ".join(
        f"list(DISTINCT left(CAST({quoted(name)} AS VARCHAR), {_LENGTH}))"
        f" FILTER ({quoted(name)} IS NOT NULL)"
        for name in wanted
    )
    row = connection.execute(f"SELECT {parts} FROM (FROM {table} LIMIT {_ROWS})").fetchone()
    assert row is not None
    return {
        name: sorted(values or (), key=lambda value: (len(value) < 2, value))[:SHOWN]
        for name, values in zip(wanted, row, strict=True)
    }


def _joined(line: Line, samples: Mapping[str, list[str]]) -> tuple[str, ...]:
    if len(line.columns) == 1:
        return tuple(samples.get(line.columns[0], ()))
    firsts = [samples.get(name, [])[:1] for name in line.columns]
    return tuple(value for values in firsts for value in values)
