"""What was seen in the staged columns: one table, small, read whole by those who decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

TABLE = """
CREATE OR REPLACE TABLE stage._trait (
    file_no INTEGER, object VARCHAR, field VARCHAR, kind VARCHAR, value VARCHAR, n BIGINT,
    examples VARCHAR[]
)
"""


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing seen in one column of one file; `file_no` is None where files do not matter.

    `kind` is a word of the room that looked, `value` what it saw, `n` how often, `examples` up to
    five texts.
    """

    file_no: int | None
    object: str
    field: str
    kind: str
    value: str
    n: int
    examples: Sequence[str] = ()


class Traits:
    """Everything that was seen, by kind."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._by_kind: dict[str, list[Trait]] = {}
        rows = connection.execute("FROM stage._trait ORDER BY file_no, object, field, kind, n DESC")
        for row in rows.fetchall():
            number, obj, field, kind, value, n, examples = row
            trait = Trait(number, obj, field, kind, value, n, tuple(examples or ()))
            self._by_kind.setdefault(trait.kind, []).append(trait)

    def of(self, kind: str, obj: str | None = None, field: str | None = None) -> list[Trait]:
        """Return what was seen of one kind, everywhere or in an object or a column."""
        return [
            trait
            for trait in self._by_kind.get(kind, ())
            if (obj is None or trait.object == obj) and (field is None or trait.field == field)
        ]

    def has(self, kind: str, obj: str, field: str) -> bool:
        """Return whether a column has at least one of a kind."""
        return any(trait.n for trait in self.of(kind, obj, field))


def keep(connection: duckdb.DuckDBPyConnection, traits: Sequence[Trait]) -> None:
    """Add to what was seen."""
    if traits:
        lists = [list(column) for column in zip(*(_row(t) for t in traits), strict=True)]
        unnested = ", ".join(["unnest(?)"] * len(lists))
        connection.execute(f"INSERT INTO stage._trait SELECT {unnested}", lists)


def _row(trait: Trait) -> tuple[int | None, str, str, str, str, int, list[str]]:
    return (
        trait.file_no,
        trait.object,
        trait.field,
        trait.kind,
        trait.value,
        trait.n,
        list(trait.examples),
    )
