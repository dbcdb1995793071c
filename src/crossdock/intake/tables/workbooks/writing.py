"""One sheet of a workbook, read by calamine, written row by row as a plain table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineSheet

from crossdock.intake.tables.table import LINE
from crossdock.intake.tables.workbooks.cells import TEXTS
from crossdock.intake.tables.workbooks.elements import Row
from crossdock.intake.tables.workbooks.merging import Merged


@dataclass(slots=True)
class Written:
    """How many rows with a value were written, with how many values, and what merging filled."""

    rows: int = 0
    values: int = 0
    filled: int = 0


def write(sheet: CalamineSheet, odd: Iterator[Row], width: int, path: Path) -> Written:
    """Write every row that has a value, with its number in the sheet before it.

    `odd` are the rows with texts that calamine does not give, in order; `width` is the number of
    columns of the sheet. Raises OSError.
    """
    written = Written()
    merged = Merged(sheet.merged_cell_ranges or ())
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        # With LF as its line end the module would leave a lone CR without quotes.
        quoting = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow([LINE, *(f"c{number}" for number in range(1, width + 1))])
        for number, row in _rows(sheet, odd, width):
            own = len(row) - row.count("") - sum(map(str.isspace, row))
            if not own:
                continue
            written.rows += 1
            written.values += own
            merged.fill(number, row)
            line = [str(number + 1), *row]
            (quoting if "\r" in "".join(row) else writer).writerow(line)
    written.filled = merged.filled
    return written


def _rows(sheet: CalamineSheet, odd: Iterator[Row], width: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a sheet as texts, each `width` long, with their number from 0."""
    left = (sheet.start or (0, 0))[1]
    row_of_odd, texts = next(odd, (-1, {}))
    number = -1
    for number, values in enumerate(sheet.iter_rows()):
        row = [value if type(value) is str else TEXTS[type(value)](value) for value in values]
        if left or len(row) != width:
            row = _fitted([""] * left + row, width)
        if number == row_of_odd:
            _place(row, texts)
            row_of_odd, texts = next(odd, (-1, {}))
        yield number, row
    # calamine ends where it has its last value; below are only values that it does not give.
    while row_of_odd > number:
        row = [""] * width
        _place(row, texts)
        yield row_of_odd, row
        row_of_odd, texts = next(odd, (-1, {}))


def _fitted(row: list[str], width: int) -> list[str]:
    """Return a row with a length; what is cut off is blank, or the count of values will tell."""
    return (row + [""] * (width - len(row)))[:width]


def _place(row: list[str], texts: dict[int, str]) -> None:
    for column, value in texts.items():
        row[column] = value
