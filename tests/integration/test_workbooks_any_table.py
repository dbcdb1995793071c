"""Whatever a table holds, it is read back from a workbook cell by cell."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration.workbooks import lines, read, rows_by_openpyxl, written
from tests.tries import tries

# What XML can hold; a control sign is escaped by the writer.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffe\uffff"), max_size=20
)
MOMENTS = st.datetimes(
    datetime.fromisoformat("1900-03-01"), datetime.fromisoformat("9999-12-30")
).map(lambda moment: moment.replace(microsecond=0))
CELLS = st.one_of(
    st.none(),
    TEXTS,
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.decimals(-(10**9), 10**9, places=2),
    st.booleans(),
    MOMENTS,
)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=12)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return str(value).removesuffix(" 00:00:00")
    if isinstance(value, str | int):
        return str(value)
    text = format(value, "f").rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _has_value(row: Sequence[str]) -> bool:
    return any(cell.strip() for cell in row)


def filling(table: list[list[Any]]) -> Callable[[Any, Any], None]:
    """Return what fills a sheet with a table."""

    def fill(book: Any, sheet: Any) -> None:
        shown = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for row, values in enumerate(table):
            for column, value in enumerate(values):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif isinstance(value, datetime):
                    sheet.write_datetime(row, column, value, shown)
                elif value is not None:
                    sheet.write(row, column, value)

    return fill


@settings(max_examples=tries(30), deadline=None)
@given(TABLES)
def test_a_table_comes_back_as_it_was_written(table: list[list[Any]]) -> None:
    wanted = [[str(number), *map(_text, row)] for number, row in enumerate(table, 1)]
    wanted = [row for row in wanted if _has_value(row[1:])]
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), filling(table))
        tables, notes = read(path)
        found = [line for each in tables for line in lines(each)]
        assert sum(each.rows for each in tables) == rows_by_openpyxl(path)["Jobs"]
    assert notes == []
    assert len(found) == len(wanted)
    for line, row in zip(found, wanted, strict=True):
        row = row + [""] * (len(line) - len(row))
        assert line == row[: len(line)]
        assert not _has_value(row[len(line) :])
