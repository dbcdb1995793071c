"""The first sheet of an XLSX file as rows of text.

Reference: Freshsales API, CSV import; certainty: documented that XLSX is taken. That the first
sheet counts, that formulas give the value the file holds, that errors in cells are empty, and that
a date is written in the format that was chosen, is inferred.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date, time, timedelta
from decimal import Decimal

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from crossdock.emulator import errors

_UNREADABLE = "The file is no XLSX that can be read: save it as CSV"
_TOO_MUCH = "The file unpacks to more than can be imported: split it into smaller files"
#: A small archive can hold very much: what is unpacked, and how many cells that makes.
_LARGEST_UNPACKED = 64 * 1024 * 1024
_MOST_COLUMNS = 1_000
_MOST_CELLS = 3_000_000
#: The longest number that is written without an exponent: no field takes it beyond that.
_MOST_DIGITS = 40
_MARKUP = (".xml", ".rels")
_ROW = re.compile(rb"[<:]row(?=[\s/>])")
_CELL = re.compile(rb"[<:]c(?=[\s/>])")
#: Where a cell says that it is; calamine makes room for every cell up to the last one.
_PLACE = re.compile(rb"""[\s"']r\s*=\s*["']\s*([A-Za-z]*)([0-9]+)""")
_Value = int | float | str | bool | date | time | timedelta


def read_workbook(content: bytes, date_format: str) -> list[list[str]]:
    """Return the rows of the first sheet; dates are written with a `strftime` format.

    Raises ApiError (400) for what is no workbook, or one that is too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive)
        return _rows(CalamineWorkbook.from_filelike(io.BytesIO(content)), date_format)
    except (
        CalamineError,
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,  # A password, or an unknown way of packing.
        OverflowError,
        ValueError,
        EOFError,
        OSError,
    ) as problem:
        raise errors.invalid(_UNREADABLE) from problem


def _check(archive: zipfile.ZipFile) -> None:
    """Refuse what would be too much, before calamine reads it without a limit."""
    left = _LARGEST_UNPACKED
    for part in archive.infolist():
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError(part.compress_type)
        left -= part.file_size
        if left < 0:
            raise errors.invalid(_TOO_MUCH)
        # Reading a part to its end compares its size and its sum with what it says of itself.
        body = archive.read(part)
        if part.filename.lower().endswith(_MARKUP):
            if b"<!DOCTYPE" in body:
                raise ValueError(part.filename)
            if _reach(body) > _MOST_CELLS:
                raise errors.invalid(_TOO_MUCH)


def _reach(sheet: bytes) -> int:
    """Return how many cells a sheet can reach over, at most; 0 for other parts."""
    rows = _ROW.split(sheet)
    if len(rows) == 1:
        return 0
    last, widest = 0, 0
    for letters, digits in _PLACE.findall(sheet):
        if len(letters) > 3 or len(digits) > 7:
            raise ValueError(letters + digits)
        last, widest = max(last, int(digits)), max(widest, _column(letters))
    # A row has one place of its own; a cell without one stands beside the cell before it.
    without = max(1 + len(_CELL.findall(row)) - len(_PLACE.findall(row)) for row in rows)
    return (last + len(rows)) * (widest + max(without, 0))


def _column(letters: bytes) -> int:
    """Return the place of a column from 1: `A` is 1, `AB` is 28; a row has none."""
    place = 0
    for letter in letters.upper():
        place = place * 26 + letter - ord("A") + 1
    return place


def _rows(book: CalamineWorkbook, date_format: str) -> list[list[str]]:
    """Return every row of the first sheet that has cells, each as long as its last filled cell."""
    sheet: CalamineSheet = book.get_sheet_by_index(0)
    if sheet.total_width > _MOST_COLUMNS:
        raise errors.invalid(f"The file has more than {_MOST_COLUMNS} columns")
    out = []
    for values in sheet.to_python(skip_empty_area=False):
        row = [_text(value, date_format) for value in values]
        while row and not row[-1]:
            row.pop()
        out.append(row)
    return out


def _text(value: _Value, date_format: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.strftime(date_format)
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, timedelta):
        value = value / timedelta(days=1)
    return _number(value)


def _number(value: float) -> str:
    """Return a number without the exponent that a workbook may write it with."""
    number = Decimal(repr(value))
    short = number.is_finite() and abs(number.adjusted()) < _MOST_DIGITS
    return format(number, "f").removesuffix(".0") if short else str(number)
