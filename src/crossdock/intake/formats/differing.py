"""The rows that would be read otherwise by one answer to a question than by another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.sql import quoted

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Differing:
    """How many values would differ, up to five of them with both readings, and one as it stands."""

    count: int
    evidence: Sequence[str]
    sample: str


def differing(
    connection: duckdb.DuckDBPyConnection,
    obj: SourceObject,
    file_no: int,
    fields: Sequence[str],
    pattern: str,
    readings: Callable[[str], str],
    condition: str = "true",
) -> Differing:
    """Find the values of a file that match a pattern whole, and say what each could mean.

    `condition` is SQL over such a value, named `t`, that must hold as well.
    """
    name = quoted(obj.key[0]) if obj.key else "(rowid + 1)::VARCHAR"
    parts = " UNION ALL ".join(
        f"SELECT rowid AS r, {name} AS name, '{field}' AS field, trim({quoted(field)}) AS t"
        f" FROM stage.{obj.name} WHERE _file = {file_no}"
        f" AND regexp_full_match({quoted(field)}, '{pattern}')"
        for field in fields
    )
    row = connection.execute(
        f"""
        WITH found AS (SELECT * FROM ({parts}) WHERE {condition})
        SELECT count(*), (SELECT list([coalesce(name, 'row'), field, t]) FROM
            (SELECT * FROM found ORDER BY r, field LIMIT {_SHOWN})) FROM found
        """
    ).fetchone()
    assert row is not None
    count, rows = row[0], row[1] or []
    evidence = tuple(f"{name}, {field}: {text} is {readings(text)}" for name, field, text in rows)
    return Differing(count, evidence, rows[0][2] if rows else "")
