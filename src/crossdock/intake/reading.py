"""The SQL that reads one table: every cell as text, and which rows are no records."""

from __future__ import annotations

from collections.abc import Sequence

from crossdock.connectors.base import Recognised
from crossdock.intake.sql import literal, quoted
from crossdock.intake.tables.footers import footers
from crossdock.intake.tables.table import LINE, Table

#: To be run before each query here: the reader adds to these tables.
FORGET = "DROP TABLE IF EXISTS refused; DROP TABLE IF EXISTS refused_scan"
_EMPTY = "an empty row"
_HEADER = "the header again"
_TOTAL = "a total, no record"
_FOOTER = "a line below the table, no record"
#: A cell that took rows of the table with it is longer than this.
_LONG = 24
#: What stands first in a row of totals between the records, and nothing else beside it.
_TOTALS = r"(?i)\s*(grand|sub|page|report)?[\s-]*totals?\s*[:.]?\s*"


_MAY_BE_TOTAL = "contains(lower(c0), 'total')"
_MARK = "\ufeff"


class Reading:
    """Reads a table by the place of its columns: headers may be empty, doubled, or anything."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._width = len(table.what.columns)
        self._header = [header for header, _ in table.what.columns]
        self._footers = footers(table)

    def select(self, what: Recognised, number: int) -> str:
        """Return the query of the rows that are records; what is refused goes to `refused`."""
        return (
            f"SELECT {self._columns(what)}, {number}::INTEGER AS _file FROM {self._scan()}"
            f" WHERE {self._below()} AND ({self._is_record()})"
        )

    def set_aside(self) -> str:
        """Return the query of rows that are no records: their place among the readable, and why."""
        return (
            f"SELECT {self._place()}, {self._why()} FROM (SELECT *, row_number() OVER () - 1 AS _n"
            f" FROM {self._scan()}) WHERE {self._below()}"
            f" AND ({self._is_record()}) IS NOT TRUE ORDER BY 1"
        )

    def filled_from(self, place: int) -> str:
        """Return the query of how many rows have a value in a column or in a later one."""
        filled = " OR ".join(f"trim(c{i}) <> ''" for i in range(place, self._width))
        return f"SELECT count(*) FROM {self._scan()} WHERE {filled}"

    def rows_in_cells(self, obj: str, number: int) -> str:
        """Return the query of how many staged cells hold a line that looks like a row of the table.

        It begins as the row itself begins, digits aside, and has as many delimiters as the columns
        before the cell: then a quote was left open, and closed by another one further down.
        """
        delimiter = literal(self._table.delimiter)
        first, *others = (quoted(name) for _, name in self._table.what.columns)
        start = f"regexp_replace({first}, '[0-9]+', '0', 'g')"
        # Only CASE keeps DuckDB from working out the dear part for every row.
        found = [
            f"count(*) FILTER (CASE WHEN contains({name}, chr(10)) THEN"
            f" CASE WHEN strlen({name}) > {_LONG}"
            f" AND len({name}) - len(replace({name}, {delimiter}, '')) >= {place} THEN"
            f" list_bool_or(list_transform(str_split({name}, chr(10))[2:], lambda line:"
            f" len(line) - len(replace(line, {delimiter}, '')) >= {place}"
            f" AND regexp_replace(split_part(line, {delimiter}, 1), '[0-9]+', '0', 'g') = {start}"
            f")) END END)"
            for place, name in enumerate(others, 1)
        ]
        return f"SELECT {' + '.join(found) or '0'} FROM stage.{obj} WHERE _file = {number}"

    def repeated(self, number: int) -> str:
        """Return the statement that makes `repeated`: each record of a detailed list once.

        `_n` is the line of a numbered table's row, else its place among the readable rows.
        """
        what = self._table.what
        key = [name for _, name in what.columns].index(what.lines.key if what.lines else "")
        return (
            f"CREATE OR REPLACE TEMP TABLE repeated AS SELECT {self._columns(what)},"
            f" {number}::INTEGER AS _file, {self._place()} AS _n"
            f" FROM (SELECT *, row_number() OVER () - 1 AS _n FROM {self._scan()})"
            f" WHERE {self._below()} AND ({self._is_record()}) AND trim(c{key}) <> ''"
            f" QUALIFY row_number() OVER (PARTITION BY upper(trim(c{key})) ORDER BY _n) = 1"
        )

    def runs(self, obj: str, number: int, first: int) -> str:
        """Return the statement that keeps where the rows of a numbered table begin."""
        return (
            f"INSERT INTO stage._run SELECT {literal(obj)}, {number}, {first} + _n, _at FROM ("
            f"SELECT {LINE}::BIGINT AS _at, row_number() OVER () - 1 AS _n"
            f" FROM {self._scan()} WHERE {self._below()} AND ({self._is_record()}))"
            " QUALIFY _at - _n IS DISTINCT FROM lag(_at - _n) OVER (ORDER BY _n)"
        )

    def _scan(self) -> str:
        """Return the table function that reads the file; what it refuses goes to `refused`.

        Refused rows are always kept: where they are only to be passed over (`ignore_errors`), the
        reader stops at a stray quote and loses all rows below without a word (observed).
        """
        names = [LINE] if self._table.numbered else []
        columns = dict.fromkeys((*names, *(f"c{i}" for i in range(self._width))), "VARCHAR")
        return (
            f"read_csv({literal(str(self._table.path))}, header = true, skip = {self._table.skip},"
            f" columns = {columns!r}, auto_detect = false, strict_mode = true,"
            " store_rejects = true, rejects_table = 'refused', rejects_scan = 'refused_scan',"
            f" delim = {literal(self._table.delimiter)}, quote = '\"', escape = '\"')"
        )

    def _columns(self, what: Recognised) -> str:
        """Return the columns of an object; a header that stands twice is taken in its order."""
        places: dict[str, list[int]] = {}
        for place, header in enumerate(self._header):
            places.setdefault(header, []).append(place)
        return ", ".join(
            f"c{places[header].pop(0)} AS {quoted(name)}" for header, name in what.columns
        )

    def _place(self) -> str:
        return f"{LINE}::BIGINT" if self._table.numbered else "_n"

    def _below(self) -> str:
        return f"{LINE}::BIGINT > {self._table.above}" if self._table.numbered else "true"

    def _is_record(self) -> str:
        """Return the condition that a row is a record.

        Only CASE keeps DuckDB from comparing every cell of every row.
        """
        total = f"CASE WHEN {_MAY_BE_TOTAL} THEN NOT coalesce({self._total()}, false) ELSE true END"
        parts = [f"({self._filled()})", total]
        for row in (self._header, *self._footers):
            begins, rest = self._begins(row), self._goes_on(row)
            parts.append(f"CASE WHEN {begins} THEN NOT ({rest}) ELSE true END")
        return " AND ".join(parts)

    def _why(self) -> str:
        return (
            f"CASE WHEN NOT coalesce({self._filled()}, false) THEN {literal(_EMPTY)}"
            f" WHEN {self._equal(self._header)} THEN {literal(_HEADER)}"
            f" WHEN {self._total()} THEN {literal(_TOTAL)}"
            f" ELSE {literal(_FOOTER)} END"
        )

    def _filled(self) -> str:
        """Return the condition that a row has a value; the first column nearly always has."""
        return " OR ".join(f"trim(c{i}) <> ''" for i in range(self._width))

    def _total(self) -> str:
        """Return the condition that a row is a total; few begin with such a word at all."""
        return f"{_MAY_BE_TOTAL} AND regexp_full_match(c0, {literal(_TOTALS)})"

    def _equal(self, row: Sequence[str]) -> str:
        """Return the condition that a row has just these cells."""
        return f"(({self._begins(row)}) AND {self._goes_on(row)})"

    def _begins(self, row: Sequence[str]) -> str:
        """Return the condition that a row has this first cell.

        Before it there may be a mark, where files were put together.
        """
        first = row[0].strip()
        return f"coalesce(trim(c0), '') = {literal(first)} OR c0 = {literal(_MARK + first)}"

    def _goes_on(self, row: Sequence[str]) -> str:
        """Return the condition that a row has these cells behind the first."""
        cells = [
            f"coalesce(trim(c{place}), '') = {literal(cell.strip())}"
            for place, cell in enumerate(row[1:], 1)
        ]
        return " AND ".join(cells) or "true"
