"""What stands below a table and is no record: totals, who printed it and when."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from io import StringIO

from crossdock.intake.tables.table import Table

_TAIL_BYTES = 1 << 16
#: So many of the last rows may be no records.
_MOST = 4
_TOTALS = re.compile(r"(?:grand|sub|sum|report)?[\s-]*totals?\b|sum\b|count\b", re.IGNORECASE)
_PRINTED = re.compile(
    r"(?:generated|printed|exported|created|report|page|filter|end of)\b"
    r"|\d[\d,]* (?:rows|records)\b",
    re.IGNORECASE,
)


def footers(table: Table) -> list[list[str]]:
    """Return the cells of the rows at the end of a table that are no records, without `_line`."""
    width = len(table.what.columns)
    found: list[list[str]] = []
    for row in reversed(_last_rows(table, width)):
        if not any(cell.strip() for cell in row):
            continue
        if not _is_footer(row):
            break
        found.append(row)
    return found


def _last_rows(table: Table, width: int) -> list[list[str]]:
    with table.path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(size - _TAIL_BYTES, 0))
        text = stream.read().decode("utf-8", "replace")
    if size > _TAIL_BYTES:
        text = text.partition("\n")[2]
    rows = list(_rows(text, table.delimiter))
    cells = [row[1:] if table.numbered else row for row in rows]
    return [row for row in cells[-_MOST - 1 :] if len(row) == width]


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return []


def _is_footer(row: Sequence[str]) -> bool:
    """Return whether a row says that it is a total, or holds one remark and nothing else."""
    filled = [cell.strip() for cell in row if cell.strip()]
    if len(row) >= 4 and len(filled) == 1 and _PRINTED.match(filled[0]):
        return True
    first = next(cell.strip() for cell in row if cell.strip())
    return _TOTALS.match(first) is not None and len(filled) <= max(len(row) * 0.6, 2)
