"""One table into its staged table: what its reader refuses and what is no record set aside.

The rows are counted twice, by readers that share no code, while they are staged; nothing goes on
unless every row is staged, refused or set aside.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from crossdock.errors import ExportUnreadableError, RowsLostError
from crossdock.intake.counting import by_reader
from crossdock.intake.reading import Reading
from crossdock.intake.tables.lines import Lines
from crossdock.intake.tables.survey import Survey, survey
from crossdock.intake.tables.table import Table
from crossdock.intake.tables.text import without_mixed_ends

#: So many lines are handed to the database at once.
_AT_ONCE = 200_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows of an object a table gave, and how many it did not."""

    object: str
    rows: int
    rejected: int


def load(
    connection: duckdb.DuckDBPyConnection, number: int, table: Table, work: Path
) -> Iterator[Loaded]:
    """Stage one table; a detailed list gives its lines, and the records that they repeat.

    Raises RowsLostError, ExportUnreadableError.
    """
    try:
        yield from _Loading(connection, number, table).run()
    except duckdb.Error as error:
        if table.numbered or not survey(table.path, table.skip).mixed_ends:
            raise _unreadable(table, str(error).splitlines()[0]) from error
        mended = replace(table, path=without_mixed_ends(table, work))
        yield from load(connection, number, mended, work)


def _unreadable(table: Table, why: str) -> ExportUnreadableError:
    return ExportUnreadableError(
        f"{table.name} cannot be read as a table: {why}",
        next_command="save the file as CSV UTF-8, then: crossdock inspect",
    )


class _Loading:
    """One table on its way into the store."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, number: int, table: Table) -> None:
        self._connection = connection
        self._number = number
        self._table = table
        self._reading = Reading(table)

    def run(self) -> Iterator[Loaded]:
        """Stage the rows, account for all of them, then stage what they repeat."""
        what = self._table.what.lines or self._table.what
        first = self._next_row(what.object)
        with ThreadPoolExecutor(1) as second:
            counting = second.submit(survey, self._table.path, self._table.skip)
            self._insert(what.object, self._reading.select(what, self._number))
            counted = counting.result()
        refused = self._refused()
        staged = self._next_row(what.object) - first
        aside: list[tuple[int, str]] = []
        if staged + len(refused) != self._expected(counted):
            aside = self._set_aside()
        if staged + len(refused) + len(aside) != self._expected(counted):
            counted = self._third_opinion(staged, len(refused), len(aside))
        self._keep(what.object, first, counted, refused, aside)
        yield Loaded(what.object, staged, len(refused) + len(aside))
        if self._table.what.lines is not None:
            yield self._records(counted, refused)

    def _expected(self, counted: Survey) -> int:
        return counted.rows if self._table.counted is None else self._table.counted

    def _insert(self, obj: str, select: str) -> None:
        self._connection.execute("DROP TABLE IF EXISTS refused; DROP TABLE IF EXISTS refused_scan")
        self._connection.execute(f"INSERT INTO stage.{obj} BY NAME {select}")

    def _next_row(self, obj: str) -> int:
        query = f"SELECT coalesce(max(rowid), -1) + 1 FROM stage.{obj}"
        row = self._connection.execute(query).fetchone()
        assert row is not None
        return int(row[0])

    def _refused(self) -> list[tuple[int, str]]:
        """Return the records that the reader refused, each with the reason in words."""
        rows = self._connection.execute(
            f"""
            SELECT line - {self._table.skip}, any_value(error_type)::VARCHAR,
                any_value(error_message), max(len(csv_line) - len(replace(csv_line, chr(10), '')))
            FROM refused GROUP BY 1 ORDER BY 1
            """
        ).fetchall()
        cells = len(self._table.what.columns)
        return [(record, _reason(kind, told, cells, more)) for record, kind, told, more in rows]

    def _set_aside(self) -> list[tuple[int, str]]:
        """Return which of the readable rows, from 0, are no records, and why."""
        return self._connection.execute(self._reading.set_aside()).fetchall()

    def _third_opinion(self, staged: int, refused: int, aside: int) -> Survey:
        """Return the rows as Python's own reader sees them, when it agrees with the first."""
        table = self._table
        try:
            counted = by_reader(table.path, table.delimiter, table.skip)
        except (UnicodeDecodeError, csv.Error) as error:
            raise _unreadable(table, str(error)) from error
        if table.counted is not None or staged + refused + aside != counted.rows:
            raise RowsLostError(
                f"{table.name} has {self._expected(counted)} rows, but {staged} were staged and "
                f"{refused + aside} rejected.",
                next_command="look at the file's quotes and line breaks, then: crossdock inspect",
            )
        return counted

    def _keep(
        self,
        obj: str,
        first: int,
        counted: Survey,
        refused: list[tuple[int, str]],
        aside: list[tuple[int, str]],
    ) -> None:
        """Keep where each row begins, and why some are not staged."""
        if self._table.numbered:
            self._connection.execute(self._reading.runs(obj, self._number, first))
            rejects = aside
        else:
            without_refused = Lines(counted, [record for record, _ in refused])
            gone = [(without_refused.record(row), reason) for row, reason in aside]
            lines = Lines(counted, [record for record, _ in (*refused, *gone)])
            self._keep_runs(obj, ((first + row, line) for row, line in lines.runs()))
            rejects = [(lines.line(record), reason) for record, reason in sorted([*refused, *gone])]
        if rejects:
            self._connection.executemany(
                "INSERT INTO stage._reject VALUES (?, ?, ?, ?)",
                [(obj, self._table.name, line, reason) for line, reason in rejects],
            )

    def _keep_runs(self, obj: str, runs: Iterator[tuple[int, int]]) -> None:
        while True:
            some = [run for run, _ in zip(runs, range(_AT_ONCE), strict=False)]
            if not some:
                return
            self._connection.execute(
                "INSERT INTO stage._run SELECT ?, ?, unnest(?), unnest(?)",
                [obj, self._number, [row for row, _ in some], [line for _, line in some]],
            )

    def _records(self, counted: Survey, refused: list[tuple[int, str]]) -> Loaded:
        """Stage the records that a detailed list repeats, each once, as its first line has it."""
        obj = self._table.what.object
        first = self._next_row(obj)
        self._connection.execute(self._reading.repeated(self._number))
        self._connection.execute(
            f"INSERT INTO stage.{obj} BY NAME SELECT * EXCLUDE (_n) FROM repeated ORDER BY _n"
        )
        rows = self._connection.execute("SELECT _n FROM repeated ORDER BY _n").fetchall()
        kept = Lines(counted, [record for record, _ in refused])
        lines = (n if self._table.numbered else kept.line(kept.record(n)) for (n,) in rows)
        self._keep_runs(obj, ((first + row, line) for row, line in enumerate(lines)))
        self._connection.execute("DROP TABLE repeated")
        return Loaded(obj, len(rows), 0)


def _reason(kind: str, told: str, cells: int, more_lines: int) -> str:
    if kind in ("MISSING COLUMNS", "TOO MANY COLUMNS"):
        return f"{told.rpartition(' ')[2]} cells where the header has {cells} columns"
    if kind == "UNQUOTED VALUE":
        taken = f"; it takes {more_lines} more lines with it" if more_lines else ""
        return f"a quote that does not end its cell{taken}"
    if kind == "LINE SIZE OVER MAXIMUM":
        return "the row is longer than 2 million bytes"
    return told.splitlines()[0]
