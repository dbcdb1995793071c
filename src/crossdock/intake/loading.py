"""One table into its staged table: what its reader refuses and what is no record set aside.

The rows are counted twice, by readers that share no code, while they are staged; nothing goes on
unless every row is staged, refused or set aside. A file in which a stray quote takes good rows with
it, or whose rows lack their last, empty cells, is read again from a copy that is mended.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import duckdb

from crossdock.errors import ExportUnreadableError, RowsLostError
from crossdock.intake.counting import by_reader
from crossdock.intake.reading import FORGET, Reading
from crossdock.intake.refusals import Refusal, padding, strays
from crossdock.intake.tables.lines import Lines
from crossdock.intake.tables.mending import filled_up, without_lines
from crossdock.intake.tables.survey import Survey, survey
from crossdock.intake.tables.table import Table
from crossdock.intake.tables.text import without_mixed_ends

#: So many lines are handed to the database at once.
_AT_ONCE = 200_000
#: A file is mended so often; what is refused then stays refused.
_MOST_TURNS = 20
_STRAY = "a quote that does not end its cell"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows of an object a table gave, and how many it did not."""

    object: str
    rows: int
    rejected: int


def load(
    connection: duckdb.DuckDBPyConnection, number: int, table: Table, work: Path
) -> Sequence[Loaded]:
    """Stage one table; a detailed list gives its lines, and the records that they repeat.

    Raises RowsLostError, ExportUnreadableError.
    """
    found: Sequence[Loaded] | _Again = _Again(table)
    while isinstance(found, _Again):
        connection.execute("BEGIN")
        try:
            found = _Loading(connection, number, table.name, found, work).run()
            connection.execute("ROLLBACK" if isinstance(found, _Again) else "COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    return found


def _unreadable(table: Table, why: str) -> ExportUnreadableError:
    return ExportUnreadableError(
        f"{table.name} cannot be read as a table: {why}",
        next_command="save the file as CSV UTF-8, then: crossdock inspect",
    )


@dataclass(frozen=True, slots=True)
class _Again:
    """What is to be read, perhaps instead of what was: a mended copy of it.

    `taken` are the lines that are no longer in it, with the reason; `padded` is how many of its
    rows were filled up with empty cells.
    """

    table: Table
    taken: tuple[tuple[int, str], ...] = ()
    padded: int = 0
    turns: int = 0


class _Loading:
    """One table on its way into the store, in a transaction."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        number: int,
        name: str,
        again: _Again,
        work: Path,
    ) -> None:
        self._connection = connection
        self._number = number
        self._name = name
        self._again = again
        self._table = again.table
        self._copy = work / f"mended-{again.turns % 2}.csv"
        self._reading = Reading(again.table)

    def run(self) -> Sequence[Loaded] | _Again:
        """Stage the rows and account for all of them, or say what to read instead."""
        try:
            return self._run()
        except duckdb.Error as error:
            table = self._table
            if table.numbered or not survey(table.path, table.skip).mixed_ends:
                raise _unreadable(table, str(error).splitlines()[0]) from error
            return self._one_end()

    def _one_end(self) -> _Again:
        """Return the same table with lines that all end in one way."""
        copy = without_mixed_ends(self._table, self._copy.parent)
        return replace(self._again, table=replace(self._table, path=copy))

    def _run(self) -> Sequence[Loaded] | _Again:
        what = self._table.what.lines or self._table.what
        first = self._next_row(what.object)
        with ThreadPoolExecutor(1) as second:
            counting = second.submit(survey, self._table.path, self._table.skip)
            staged = self._insert(what.object, self._reading.select(what, self._number))
            counted = counting.result()
        refusals = self._refusals()
        again = self._mended(counted, refusals, staged) if refusals else None
        if again is not None:
            return again
        refused = [(r.record, r.reason(len(self._table.what.columns))) for r in refusals]
        aside: list[tuple[int, str]] = []
        if staged + len(refused) != self._expected(counted):
            aside = self._set_aside()
        if staged + len(refused) + len(aside) != self._expected(counted):
            counted = self._third_opinion(staged, len(refused), len(aside))
        self._keep(what.object, first, counted, refused, aside)
        rejected = len(refused) + len(aside) + len(self._again.taken)
        found = [Loaded(what.object, staged, rejected)]
        if self._table.what.lines is not None:
            found.append(self._records(counted, refused))
        return found

    def _mended(self, counted: Survey, refusals: Sequence[Refusal], staged: int) -> _Again | None:
        """Return what to read instead when good rows are lost to a fault of other ones."""
        again, table = self._again, self._table
        if table.numbered or again.turns == _MOST_TURNS:
            return None
        self._copy.parent.mkdir(parents=True, exist_ok=True)
        spoilt = strays(refusals, table)
        if spoilt and counted.ends_cr:
            return self._one_end()
        mended = replace(again, table=replace(table, path=self._copy), turns=again.turns + 1)
        if spoilt:
            lines = without_lines(table.path, self._copy, spoilt)
            return replace(mended, taken=(*again.taken, *((line, _STRAY) for line in lines)))
        short = padding(refusals, table, staged, self._filled_from)
        if short:
            filled_up(table.path, self._copy, short, table.delimiter)
            return replace(mended, padded=len(short), turns=_MOST_TURNS)
        return None

    def _filled_from(self, place: int) -> int:
        """Return how many of the rows that are read have a value in this column or a later one."""
        row = self._ask(self._reading.filled_from(place)).fetchone()
        assert row is not None
        return int(row[0])

    def _expected(self, counted: Survey) -> int:
        return counted.rows if self._table.counted is None else self._table.counted

    def _insert(self, obj: str, select: str) -> int:
        row = self._ask(f"INSERT INTO stage.{obj} BY NAME {select}").fetchone()
        assert row is not None
        return int(row[0])

    def _ask(self, query: str) -> duckdb.DuckDBPyConnection:
        """Run a query that reads the file."""
        self._connection.execute(FORGET)
        return self._connection.execute(query)

    def _next_row(self, obj: str) -> int:
        query = f"SELECT coalesce(max(rowid), -1) + 1 FROM stage.{obj}"
        row = self._connection.execute(query).fetchone()
        assert row is not None
        return int(row[0])

    def _refusals(self) -> list[Refusal]:
        """Return the records that the reader refused."""
        rows = self._connection.execute(
            f"""
            SELECT line - {self._table.skip}, min(line_byte_position) - 1, any_value(error_type),
                any_value(error_message), any_value(csv_line)
            FROM (SELECT * REPLACE (error_type::VARCHAR AS error_type) FROM refused)
            GROUP BY 1 ORDER BY 1
            """
        ).fetchall()
        return [Refusal(*row) for row in rows]

    def _set_aside(self) -> list[tuple[int, str]]:
        """Return which of the readable rows, from 0, are no records, and why."""
        return self._ask(self._reading.set_aside()).fetchall()

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
            self._ask(self._reading.runs(obj, self._number, first))
            rejects = aside
        else:
            without_refused = Lines(counted, [record for record, _ in refused])
            gone = [(without_refused.record(row), reason) for row, reason in aside]
            lines = Lines(counted, [record for record, _ in (*refused, *gone)])
            self._keep_runs(obj, first, lines.runs())
            rejects = [(lines.line(record), reason) for record, reason in sorted([*refused, *gone])]
        rejects = sorted([*rejects, *self._again.taken])
        if rejects:
            self._connection.executemany(
                "INSERT INTO stage._reject VALUES (?, ?, ?, ?)",
                [(obj, self._name, line, reason) for line, reason in rejects],
            )
        self._notice("ROWS_PADDED", self._again.padded)
        if counted.tall[0] and not self._table.numbered and self._table.what.lines is None:
            query = self._reading.rows_in_cells(obj, self._number)
            row = self._connection.execute(query).fetchone()
            self._notice("ROWS_IN_CELLS", row[0] if row else 0)

    def _notice(self, code: str, count: int) -> None:
        """Keep something about the table that a person should know."""
        if count:
            self._connection.execute(
                "INSERT INTO stage._noticed VALUES (?, ?, ?)", [code, self._name, count]
            )

    def _keep_runs(self, obj: str, first: int, runs: Iterable[tuple[int, int]]) -> None:
        """Keep where rows begin; `first` is the place of the table's first row in its object."""
        runs = iter(runs)
        while some := list(islice(runs, _AT_ONCE)):
            rows, lines = zip(*some, strict=True)
            self._connection.execute(
                "INSERT INTO stage._run SELECT ?, ?, ? + unnest(?), unnest(?)",
                [obj, self._number, first, list(rows), list(lines)],
            )

    def _records(self, counted: Survey, refused: list[tuple[int, str]]) -> Loaded:
        """Stage the records that a detailed list repeats, each once, as its first line has it."""
        obj = self._table.what.object
        first = self._next_row(obj)
        self._ask(self._reading.repeated(self._number))
        self._connection.execute(
            f"INSERT INTO stage.{obj} BY NAME SELECT * EXCLUDE (_n) FROM repeated ORDER BY _n"
        )
        rows = self._connection.execute("SELECT _n FROM repeated ORDER BY _n").fetchall()
        kept = Lines(counted, [record for record, _ in refused])
        lines = (n if self._table.numbered else kept.line(kept.record(n)) for (n,) in rows)
        self._keep_runs(obj, first, enumerate(lines))
        self._connection.execute("DROP TABLE repeated")
        return Loaded(obj, len(rows), 0)
