"""What was decided and what is odd, as it is kept beside the rows for findings and reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

_TABLES = """
CREATE OR REPLACE TABLE stage._format (
    file_no INTEGER, object VARCHAR, field VARCHAR, decision VARCHAR, evidence VARCHAR
);
CREATE OR REPLACE TABLE stage._oddity (
    code VARCHAR, object VARCHAR, field VARCHAR, n BIGINT, examples VARCHAR[]
);
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: what is read how, and why.

    `file_no` is None for what holds in the whole export, `field` empty for what holds in a file.
    """

    file_no: int | None
    object: str
    field: str
    decision: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something about the values of a column that a person should know.

    `code` is that of the finding in the catalogue; `examples` holds up to five.
    """

    code: str
    object: str
    field: str
    n: int
    examples: Sequence[str] = ()


def keep(
    connection: duckdb.DuckDBPyConnection,
    decisions: Sequence[Decision],
    oddities: Sequence[Oddity],
) -> None:
    """Replace what was decided and what is odd: `stage._format`, `stage._oddity`."""
    connection.execute(_TABLES)
    for d in decisions:
        connection.execute(
            "INSERT INTO stage._format VALUES (?, ?, ?, ?, ?)",
            [d.file_no, d.object, d.field, d.decision, d.evidence],
        )
    for o in oddities:
        connection.execute(
            "INSERT INTO stage._oddity VALUES (?, ?, ?, ?, ?)",
            [o.code, o.object, o.field, o.n, list(o.examples[:5])],
        )
