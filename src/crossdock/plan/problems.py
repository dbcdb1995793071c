"""Values that do not arrive as they are: counted in one pass per entity, kept with the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from crossdock.mapping.document import Line
from crossdock.plan.values import Problem

#: Keys of records that are shown as examples.
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Counted:
    """How often a problem holds for a line, with the keys of a few records."""

    line: Line
    code: str
    count: int
    examples: tuple[str, ...]


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the empty table of what was counted."""
    connection.execute(
        "CREATE OR REPLACE TABLE plan._problem (entity VARCHAR, target VARCHAR, source VARCHAR,"
        " code VARCHAR, count BIGINT, examples VARCHAR[])"
    )


def counted(
    connection: duckdb.DuckDBPyConnection,
    rows: str,
    problems: Mapping[Line, Sequence[Problem]],
) -> list[Counted]:
    """Count the problems of an entity's lines over its rows: one pass, however many there are.

    `rows` is what stands after FROM. Only what was found is looked up for examples.
    """
    asked = [(line, problem) for line, some in problems.items() for problem in some]
    if not asked:
        return []
    numbers = ", ".join(f"count(*) FILTER ({problem.where})" for _, problem in asked)
    found = connection.execute(f"SELECT {numbers} FROM {rows}").fetchone() or ()
    return [
        Counted(line, problem.code, number, _examples(connection, rows, problem))
        for (line, problem), number in zip(asked, found, strict=True)
        if number
    ]


def _examples(
    connection: duckdb.DuckDBPyConnection, rows: str, problem: Problem
) -> tuple[str, ...]:
    row = connection.execute(
        f"SELECT min(r.source_key, {EXAMPLES}) FROM {rows} WHERE {problem.where}"
    ).fetchone()
    return tuple(row[0] if row else ())


def keep(connection: duckdb.DuckDBPyConnection, entity: str, found: Sequence[Counted]) -> None:
    """Keep what was counted with the plan."""
    rows = [
        [entity, c.line.target, ", ".join(c.line.sources), c.code, c.count, list(c.examples)]
        for c in found
    ]
    if rows:
        connection.executemany("INSERT INTO plan._problem VALUES (?, ?, ?, ?, ?, ?)", rows)
