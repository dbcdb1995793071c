"""What a table of an export is, once its file can be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crossdock.connectors.base import Recognised

#: The first column of a plain table: the row's line, or sheet row, in the file it came from.
LINE = "_line"


@dataclass(frozen=True, slots=True)
class Plain:
    """A table that was written out of a workbook or a document, as a plain CSV file.

    The file is UTF-8 without a mark, with commas, LF, RFC 4180 quotes. Its first line names the
    columns: `_line`, and for the rest either the headers (a document has them) or nothing but
    `c1`, `c2`, … (a sheet: its own header is somewhere in its first rows).

    `name` is what people read ("report.xlsx, sheet Bookings"), `origin` the file of the export.
    `rows` is how many rows, all but those without any value, a second reader counted in the
    origin. `object` is set when the document itself says what the table is.
    """

    name: str
    origin: Path
    path: Path
    rows: int
    has_header: bool
    object: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an export, recognised, with how it is to be read.

    `path` is read with `delimiter`; `skip` lines come before the line of its header. A `numbered`
    table carries `_line` as its first column, and its rows are those with a line above `above`
    (where a sheet has its header). `counted` is the number of rows below the header that a second
    reader found, rows without a value left out; None: they are counted while they are staged.
    """

    name: str
    origin: Path
    path: Path
    what: Recognised
    delimiter: str = ","
    skip: int = 0
    numbered: bool = False
    above: int = 0
    counted: int | None = None
