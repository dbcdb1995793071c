"""Each file's order of day and month, decided by the file's own values.

`03/04/2025` is two different days. A date whose first number is above 12 proves day first, one
whose second number is above 12 proves month first. The decision is made per file, never per row:
the export's own statement (the manifest's `date_format`) settles a file without proof, and when
there is none either, a person is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.staging import quoted
from crossdock.model.fields import FieldType
from crossdock.model.findings import Question

Order = Literal["day-first", "month-first"]

_DECLARED: dict[str, Order] = {"D": "day-first", "M": "month-first"}
_CHOICES = {
    "day-first": "03/04/2025 is 3 April 2025",
    "month-first": "03/04/2025 is March 4, 2025",
}


@dataclass(frozen=True, slots=True)
class DateOrders:
    """The order of each file by its number, and what only a person can decide."""

    by_file: Mapping[int, Order]
    questions: Sequence[Question]


def decide(
    connection: duckdb.DuckDBPyConnection,
    objects: Sequence[SourceObject],
    declared: str,
    answers: Mapping[str, str],
) -> DateOrders:
    """Decide the order for every staged file.

    `declared` is the manifest's date format such as `DD/MM/YYYY`, or empty. `answers` holds what a
    person said before, by question code (`DATE_ORDER:bookings.csv`).
    """
    by_name = {obj.name: obj for obj in objects}
    orders: dict[int, Order] = {}
    questions: list[Question] = []
    files = connection.execute("SELECT file_no, object, name FROM stage._file ORDER BY 1")
    for number, object_name, file_name in files.fetchall():
        first, second, slashed = _evidence(connection, by_name[object_name], number)
        code = f"DATE_ORDER:{file_name}"
        order = answers.get(code) or _order(first, second, declared)
        if order is None and slashed:
            questions.append(
                Question(
                    code,
                    f"{file_name} has {slashed} dates such as 03/04/2025, and nothing in it says "
                    "whether the day or the month comes first.",
                    _CHOICES,
                    object=object_name,
                )
            )
        orders[number] = "month-first" if order == "month-first" else "day-first"
    return DateOrders(orders, questions)


def _order(first: int, second: int, declared: str) -> Order | None:
    if first > 12 and second <= 12:
        return "day-first"
    if second > 12 and first <= 12:
        return "month-first"
    if first > 12 and second > 12:
        return None
    return _DECLARED.get(declared[:1].upper())


def _evidence(
    connection: duckdb.DuckDBPyConnection, obj: SourceObject, file_no: int
) -> tuple[int, int, int]:
    """Return the largest first and second number of slashed dates, and how many dates there are."""
    dated = [c.name for c in obj.columns if c.type in (FieldType.DATE, FieldType.DATETIME)]
    if not dated:
        return 0, 0, 0
    parts = " UNION ALL ".join(
        f"SELECT {quoted(name)} AS t FROM stage.{obj.name} WHERE _file = {file_no}"
        for name in dated
    )
    row = connection.execute(
        f"""
        WITH slashed AS (
            SELECT string_split(replace(split_part(trim(t), ' ', 1), '-', '/'), '/') AS p
            FROM ({parts})
            WHERE t SIMILAR TO '\\s*\\d{{1,2}}[/-]\\d{{1,2}}[/-]\\d{{4}}.*'
        )
        SELECT coalesce(max(p[1]::INTEGER), 0), coalesce(max(p[2]::INTEGER), 0), count(*)
        FROM slashed
        """
    ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1]), int(row[2])
