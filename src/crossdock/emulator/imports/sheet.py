"""A file as a header and rows of text.

Reference: Freshsales API, CSV import; certainty: documented for the formats and the 5 MB. That a
CSV file must be UTF-8 with commas is inferred.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from crossdock.emulator import errors
from crossdock.emulator.imports.workbook import read_workbook

LARGEST = 5 * 1024 * 1024
TOO_LARGE = "The file is larger than 5 MB: split it into smaller files"
#: The column that a file of failed rows has beside those of its source.
REASON = "Import error"
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The header, and every row that is not blank."""

    header: list[str]
    rows: list[list[str]]


def read_sheet(content: bytes, date_format: str) -> Sheet:
    """Read a CSV or XLSX file; `date_format` is how the dates of an XLSX file are written out.

    Raises ApiError (400) that says what to do for a file that is empty, too large or unreadable.
    """
    if len(content) > LARGEST:
        raise errors.invalid(TOO_LARGE)
    if content.startswith(_OLD_EXCEL):
        raise errors.invalid("This is an XLS file: save it as CSV or XLSX")
    found = read_workbook(content, date_format) if content.startswith(_ZIP) else _csv(content)
    rows = [row for row in found if any(cell.strip() for cell in row)]
    if not rows:
        raise errors.invalid("The file is empty: it needs a header and at least one row")
    header = [cell.strip() for cell in rows[0]]
    _check(header)
    if len(rows) == 1:
        raise errors.invalid("The file has a header and no rows")
    return Sheet(header, rows[1:])


def _check(header: list[str]) -> None:
    named = [name for name in header if name]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice is not None:
        raise errors.invalid(f"The column {twice!r} stands twice in the header: rename one of them")


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise errors.invalid("The file is not UTF-8: save it as CSV in UTF-8") from None
    if "\0" in text:
        raise errors.invalid("The file is no text: save it as CSV in UTF-8")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return list(reader)
    except csv.Error as problem:
        raise errors.invalid(
            f"The file is no CSV that can be read: line {reader.line_num}: {problem}"
        ) from None


def failed_rows(header: list[str], failures: list[tuple[list[str], str]]) -> str:
    """Return the rows that failed as CSV: the columns of the source, and why.

    A file that was made so can be mended and imported again: its old reasons are left out. Cells
    beyond the header come after the reason, so that nothing is lost.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    kept = [place for place, name in enumerate(header) if name != REASON]
    writer.writerow([*(header[place] for place in kept), REASON])
    for cells, reason in failures:
        padded = cells + [""] * (len(header) - len(cells))
        writer.writerow([*(padded[place] for place in kept), reason, *cells[len(header) :]])
    return out.getvalue()
