"""Every sheet of a workbook becomes a plain table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from python_calamine import CalamineWorkbook

from crossdock.errors import CrossdockError, ExportTooLargeError, RowsLostError
from crossdock.intake.tables.table import Plain
from crossdock.intake.tables.workbooks.container import SAVE_AGAIN, opened, unreadable
from crossdock.intake.tables.workbooks.counting import count, odd_rows
from crossdock.intake.tables.workbooks.elements import Count
from crossdock.intake.tables.workbooks.outline import Sheet, outline
from crossdock.intake.tables.workbooks.writing import Written, write
from crossdock.intake.unpack.notes import printable

Note = tuple[str, str, int]

HIDDEN = "SHEETS_HIDDEN"
MERGED = "CELLS_MERGED"
#: calamine makes room for every cell up to the last one, whether it holds something or not; one
#: with a text takes about 90 bytes (measured). This is a full sheet of 30 columns.
MOST_CELLS = 32_000_000


def plain(path: Path, folder: Path, name: str) -> tuple[list[Plain], list[Note]]:
    """Write every sheet of a workbook that has a value to a folder, as a plain table.

    `name` is what people know the file by. Sheets without a value, and sheets that are charts,
    make no table. Also returns notes: code, place, how often.

    Raises ExportUnreadableError, ExportTooLargeError, and RowsLostError when the second reader
    finds another number of rows or values than was written.
    """
    tables: list[Plain] = []
    notes: list[Note] = []
    with opened(path, name, folder) as book, TemporaryFile(dir=folder) as odd:
        said = outline(book)
        counts = [count(book, sheet.part, said, odd) for sheet in said.sheets]
        book.measure_the_rest()
        with _told(name), path.open("rb") as stream:
            workbook = CalamineWorkbook.from_filelike(stream)
        for number, (sheet, found) in enumerate(zip(said.sheets, counts, strict=True), 1):
            if found.values:
                title = f"{name}, sheet {printable(sheet.name)}"
                table = Plain(title, path, folder / f"{number:04}.csv", found.rows, False)
                with _told(title):
                    written = _write(workbook, odd, sheet, found, table)
                tables.append(table)
                notes += _notes(title, sheet, found, written)
    return tables, notes


def _write(
    workbook: CalamineWorkbook, odd: BinaryIO, sheet: Sheet, found: Count, table: Plain
) -> Written:
    if found.height * found.width > MOST_CELLS:
        raise ExportTooLargeError(
            f"{table.name} reaches to row {found.height:,} and column {found.width:,}, which is "
            f"more than {MOST_CELLS:,} cells; {found.values:,} of them hold something.",
            next_command="delete in Excel what lies far from the table, or save the sheet as CSV, "
            "put that in its place, then: crossdock inspect DIR",
        )
    read = workbook.get_sheet_by_name(sheet.name)
    written = write(read, odd_rows(odd, found), found.width, table.path)
    if (written.rows, written.values) != (found.rows, found.values):
        raise RowsLostError(
            f"{table.name} has {found.rows:,} rows with {found.values:,} values, and "
            f"{written.rows:,} rows with {written.values:,} values could be read.",
            next_command=SAVE_AGAIN,
        )
    return written


def _notes(title: str, sheet: Sheet, found: Count, written: Written) -> Iterator[Note]:
    if sheet.hidden:
        yield HIDDEN, title, 1
    for code, number in found.odd.items():
        yield code, f"{title}, from cell {found.first[code]}", number
    if written.filled:
        yield MERGED, title, written.filled


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Say of which workbook an error of calamine is.

    Where calamine did not expect something it ends with an error that is no `Exception`.
    """
    try:
        yield
    except (CrossdockError, OSError, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise unreadable(name, error) from error
