"""What the reader of text files refuses: why, and which of it only the file's damage makes so."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crossdock.intake.tables.table import Table

#: So large a share of a table's rows must be short before they count as written without their
#: last, empty cells; and at most so many rows may have a value where these have no cell.
_MANY = 0.1
_FILLED = 0.5
_FEW = 3


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that the reader refused.

    `record` counts from 1, the header; `place` is the byte at which it begins; `kind` and `told`
    are the reader's own words; `text` is the record, or the beginning of a long one.
    """

    record: int
    place: int
    kind: str
    told: str
    text: str

    def reason(self, columns: int) -> str:
        """Return in words why the record is not staged."""
        if self.kind in ("MISSING COLUMNS", "TOO MANY COLUMNS"):
            cells = "1 cell" if self.cells == 1 else f"{self.cells} cells"
            return f"{cells} where the header has {columns} columns"
        if self.kind == "UNQUOTED VALUE":
            more = len(self.lines) - 1
            lines = "1 more line" if more == 1 else f"{more} more lines"
            taken = f"; it takes {lines} with it" if more else ""
            return f"a quote that does not end its cell{taken}"
        if self.kind == "LINE SIZE OVER MAXIMUM":
            return "the row is longer than 2 million bytes"
        return self.told.splitlines()[0]

    @property
    def cells(self) -> int:
        """Return how many cells a record has whose number of cells is wrong."""
        return int(self.told.rpartition(" ")[2])

    @property
    def lines(self) -> list[str]:
        """Return the lines of the record."""
        return self.text.strip("\r\n").split("\n")


def strays(refusals: Sequence[Refusal], table: Table) -> list[int]:
    """Return the places of records whose first line has a stray quote that takes good rows with it.

    It does when a later line of the record is a row by itself. What is refused right behind
    another record may be read once that one's line is gone, and is left for then; a line behind
    one that stays refused comes last.
    """
    width = len(table.what.columns)
    taking = [
        refusal
        for refusal in refusals
        if any(_cells(line, table.delimiter) == width for line in refusal.lines[1:])
    ]
    sure = _behind_none(taking, refusals) or _behind_none(taking, taking)
    return [refusal.place for refusal in sure]


def _behind_none(taking: Sequence[Refusal], others: Sequence[Refusal]) -> list[Refusal]:
    """Return the records of `taking` that stand right behind none of the others."""
    behind = {refusal.record + 1 for refusal in others}
    return [refusal for refusal in taking if refusal.record not in behind]


def _cells(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return 0


def padding(
    refusals: Sequence[Refusal], table: Table, read: int, filled_from: Callable[[int], int]
) -> dict[int, int]:
    """Return the places of rows that lack only empty cells at their end, and how many cells.

    Spreadsheets leave these out. They do so in many rows of a file, and other rows have no more to
    say in these columns. A row that a line break cut in two is none of them.
    `filled_from` tells how many rows have a value from a column on.
    """
    width = len(table.what.columns)
    short = [r for r in refusals if r.kind == "MISSING COLUMNS" and len(r.lines) == 1]
    short = [r for r in _not_cut(short, width) if r.cells > 1 and r.text.strip(" \r\n\t,;|")]
    rows = read + len(refusals)
    if len(short) < min(_FEW, rows) or len(short) < rows * _MANY:
        return {}
    enough = {cells: filled_from(cells) <= rows * _FILLED for cells in {r.cells for r in short}}
    return {r.place: width - r.cells for r in short if enough[r.cells]}


def _not_cut(short: Sequence[Refusal], width: int) -> list[Refusal]:
    """Return the short rows but for those that make one whole row with the next or last one."""
    by_record = {r.record: r.cells for r in short}
    return [
        r
        for r in short
        if width + 1 - r.cells not in (by_record.get(r.record - 1), by_record.get(r.record + 1))
    ]
