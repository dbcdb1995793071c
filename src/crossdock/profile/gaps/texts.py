"""Texts that all end at one length: a table that rules ask.

`gap_text` has label, header, length, texts: so many different texts of a column are exactly as
long as the longest of it, as they are when something cut them there.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.sql import quoted
from crossdock.model.fields import FieldType
from crossdock.profile.fields import FieldProfile, ObjectProfile

#: Lengths at which databases, forms and spreadsheets cut. Two texts that end there are enough.
LIMITS = (255, 256, 500, 512, 1000, 1024, 2000, 2048, 4000, 4096, 5000, 8000, 10_000, 65_535)
#: A cell of a spreadsheet holds no more. One text that ends there is enough.
CELL = 32_767
#: At any other length from here on so many different texts are, and so many times more than
#: there are in the tenth below it.
SHORTEST, TEXTS, TIMES = 30, 5, 3

#: Columns of plain text in which people write.
_WRITTEN = frozenset({"value", "answer", "reason"})


def measure(
    connection: duckdb.DuckDBPyConnection,
    objects: Iterable[SourceObject],
    profiled: Iterable[ObjectProfile],
) -> None:
    """Make the table, from columns in which people write and those that are not known."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE gap_text"
        " (label VARCHAR, header VARCHAR, length BIGINT, texts BIGINT)"
    )
    by_name = {obj.name: obj for obj in objects}
    for one in profiled:
        for field in one.fields:
            enough = 1 if field.longest == CELL else 2 if field.longest in LIMITS else TEXTS
            if (
                (field.longest or 0) >= SHORTEST
                and field.distinct >= enough
                and _is_written(by_name[one.object], field.name)
            ):
                _count(connection, one, field, enough)


def _is_written(obj: SourceObject, name: str) -> bool:
    column = obj.column(name)
    return column is None or column.type is FieldType.LONG_TEXT or name in _WRITTEN


def _count(
    connection: duckdb.DuckDBPyConnection,
    profiled: ObjectProfile,
    field: FieldProfile,
    enough: int,
) -> None:
    """Count the different texts of a column that are as long as the longest.

    What has no blank is a code or an address of a file, and often of one length. Nothing is trimmed
    here, and bytes are counted where they will do: the texts of e-mails are many.
    """
    column, longest = quoted(field.name), field.longest
    connection.execute(
        f"""
        INSERT INTO gap_text
        WITH near AS (
            SELECT {column} AS text, length({column}) = {longest} AS at_end
            FROM stage.{profiled.object}
            WHERE strlen({column}) >= {longest} * 0.9
        )
        SELECT ?, ?, {longest}, count(DISTINCT text) FILTER (at_end) AS texts FROM near
        WHERE contains(text, ' ')
        HAVING texts >= {enough} AND ({enough} < {TEXTS}
            OR texts >= {TIMES} * approx_count_distinct(text) FILTER (NOT at_end))
        """,
        [profiled.label, field.header],
    )
