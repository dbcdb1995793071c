"""Every sheet of a workbook becomes a plain table, cell by cell what a person sees in it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.integration.workbooks import (
    cells,
    lines,
    raw,
    read,
    rows_by_openpyxl,
    written,
)


def test_a_sheet_becomes_a_table_that_knows_the_row_of_each_line(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row("A2", ["Number", "Customer"])
        sheet.write_row("A5", ["BOK-1", "Jane Citizen"])

    path = written(tmp_path, fill)
    (table,), notes = read(path)
    assert (table.name, table.origin) == ("report.xlsx, sheet Jobs", path)
    assert (table.rows, table.has_header, notes) == (2, False, [])
    assert lines(table) == [["2", "Number", "Customer"], ["5", "BOK-1", "Jane Citizen"]]


def test_rows_are_counted_as_another_reader_counts_them(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row in range(0, 300, 3):
            sheet.write_row(row, row % 4, [f"text {row}", row, "", " "])
        sheet.write(7, 2, " ")
        book.add_worksheet("More").write(40, 3, "far below")

    path = written(tmp_path, fill)
    assert {t.name.removeprefix("report.xlsx, sheet "): t.rows for t in read(path)[0]} == (
        rows_by_openpyxl(path)
    )


@pytest.mark.parametrize("extension", [".xlsx", ".xlsm", ".xls", ".csv", ".xlsb", ""])
def test_a_workbook_is_read_whatever_its_file_is_called(tmp_path: Path, extension: str) -> None:
    path = written(tmp_path, lambda _, sheet: sheet.write("A1", "x"))
    assert cells(path.rename(path.with_suffix(extension))) == [["x"]]


def test_hidden_sheets_are_read_and_told(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write("A1", "x")
        for number, name in enumerate(("Old & gone", "Deep", "Nothing")):
            hidden = book.add_worksheet(name)
            (hidden.very_hidden if name == "Deep" else hidden.hide)()
            if name != "Nothing":
                hidden.write("A1", number)

    tables, notes = read(written(tmp_path, fill))
    assert [table.name for table in tables] == [
        "report.xlsx, sheet Jobs",
        "report.xlsx, sheet Old & gone",
        "report.xlsx, sheet Deep",
    ]
    assert notes == [
        ("SHEETS_HIDDEN", "report.xlsx, sheet Old & gone", 1),
        ("SHEETS_HIDDEN", "report.xlsx, sheet Deep", 1),
    ]


def test_charts_and_empty_sheets_make_no_table(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Jobs!$A$1:$A$3"})
        book.add_chartsheet("Chart").set_chart(chart)
        sheet.write_string("B2", "   ")

    assert read(written(tmp_path, fill)) == ([], [])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Jane", "Jane"),
        ("0412 345 678", "0412 345 678"),
        ("=1+2", "=1+2"),
        ("two\nlines, and a comma", "two\nlines, and a comma"),
        ('6" pipe', '6" pipe'),
        (" kept ", " kept "),
        ("x" * 32_767, "x" * 32_767),
        (5, "5"),
        (-5.0, "-5"),
        (1234.56, "1234.56"),
        (19.990000000000002, "19.99"),
        (1.23457e15, "1234570000000000"),
        (0.0000001, "0.0000001"),
        (61412345678, "61412345678"),
        (1e300, "1e+300"),
        (True, "TRUE"),
        (False, "FALSE"),
    ],
)
def test_a_value_is_its_text(tmp_path: Path, value: Any, text: str) -> None:
    path = written(tmp_path, lambda _, sheet: sheet.write("A1", value))
    assert cells(path) == [[text]]


@pytest.mark.parametrize("since_1904", [False, True])
@pytest.mark.parametrize(
    ("shown", "value", "text"),
    [
        ("dd/mm/yyyy", date(2025, 3, 27), "2025-03-27"),
        ("dd/mm/yyyy", datetime.fromisoformat("2025-03-27 14:05:00"), "2025-03-27 14:05:00"),
        ("[$-C09]dddd, d mmmm yyyy;@", date(2025, 3, 27), "2025-03-27"),
        ("mmm yy", date(2025, 3, 1), "2025-03-01"),
        ("d/m/yy h:mm AM/PM", datetime.fromisoformat("2025-03-27 23:59:59"), "2025-03-27 23:59:59"),
        ("hh:mm:ss", time(14, 5), "14:05:00"),
        ("[h]:mm", timedelta(hours=30, minutes=5), "30:05:00"),
    ],
)
def test_dates_and_times_are_written_one_way(
    tmp_path: Path, shown: str, value: Any, text: str, since_1904: bool
) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_datetime("A1", value, book.add_format({"num_format": shown}))

    assert cells(written(tmp_path, fill, date_1904=since_1904)) == [[text]]


@pytest.mark.parametrize(
    ("serial", "text"),
    [
        (45743.5868055, "2025-03-27 14:05:00"),
        (45743.9999999999, "2025-03-28"),
        (0.99999999, "23:59:59"),
        (2958465.9999999, "9999-12-31 23:59:59"),
        (2958466, "2958466"),
    ],
)
def test_a_time_is_rounded_to_the_second(tmp_path: Path, serial: float, text: str) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_number("A1", serial, book.add_format({"num_format": "dd/mm/yyyy hh:mm"}))

    assert cells(written(tmp_path, fill))[0][0].startswith(text)


@pytest.mark.parametrize(
    "shown",
    ["$#,##0.00", "[$$-C09]#,##0.00", '_-"$"* #,##0.00_-', '0.00 "days"', "[Red]0.00", "#,##0_d"],
)
def test_a_number_with_a_currency_or_a_word_stays_a_number(tmp_path: Path, shown: str) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_number("A1", 1234.5, book.add_format({"num_format": shown}))

    assert cells(written(tmp_path, fill)) == [["1234.5"]]


@pytest.mark.parametrize(
    ("shown", "value", "text"),
    [
        ("0%", 0.1, "10%"),
        ("0.00%", 0.125, "12.5%"),
        ("0.0 %;[Red]-0.0 %", 0.07, "7%"),
        ("0000", 800, "0800"),
        ("0000000000", 412345678, "0412345678"),
    ],
)
def test_a_share_and_leading_zeros_are_read_as_shown(
    tmp_path: Path, shown: str, value: float, text: str
) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_number("B2", value, book.add_format({"num_format": shown}))

    (table,), notes = read(written(tmp_path, fill))
    assert lines(table) == [["2", "", text]]
    assert notes == [("NUMBERS_AS_SHOWN", "report.xlsx, sheet Jobs, from cell B2", 1)]


def test_cells_merged_downwards_hold_for_every_row_they_cover(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range("A1:C3", "Jobs of March")
        sheet.write_row("A4", ["Customer", "Number", "Total"])
        sheet.merge_range("A5:A7", "Jane")
        sheet.write_row("B5", ["BOK-1", 10])
        sheet.write_row("B7", ["BOK-3", 30])
        sheet.merge_range("A8:B8", "Sum")

    (table,), notes = read(written(tmp_path, fill))
    assert lines(table) == [
        ["1", "Jobs of March", "", ""],
        ["4", "Customer", "Number", "Total"],
        ["5", "Jane", "BOK-1", "10"],
        ["7", "Jane", "BOK-3", "30"],
        ["8", "Sum", "", ""],
    ]
    assert notes == [("CELLS_MERGED", "report.xlsx, sheet Jobs", 1)]


def test_a_formula_without_a_value_is_read_as_its_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Total"])
    sheet.append(["=SUM(B1:B9)"])
    book.save(tmp_path / "report.xlsx")
    (table,), notes = read(tmp_path / "report.xlsx")
    assert (lines(table), table.rows) == ([["1", "Total"], ["2", "=SUM(B1:B9)"]], 2)
    assert notes == [("FORMULAS_WITHOUT_VALUE", "report.xlsx, sheet Sheet, from cell A2", 1)]


def test_formulas_that_are_shared_are_told_in_every_cell(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/></c></row>'
    )
    assert cells(raw(tmp_path, rows)) == [["=B1*2"], ["=B1*2"]]


def test_a_formula_with_a_value_is_read_as_its_value(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_formula("A1", '="a"&"b"', None, "ab")
        sheet.write_formula("B1", "=1+2", None, 3)
        sheet.write_formula("C1", "=1=1", None, True)

    assert cells(written(tmp_path, fill)) == [["ab", "3", "TRUE"]]


def test_a_formula_that_makes_an_empty_text_is_empty(tmp_path: Path) -> None:
    rows = '<row><c t="str"><f>IF(1,"","")</f><v></v></c><c><v>1</v></c></row>'
    (table,), notes = read(raw(tmp_path, rows))
    assert (lines(table), notes) == ([["1", "", "1"]], [])


def test_errors_of_cells_are_read_as_their_text(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_formula("A1", "=NA()", None, "#N/A")
        sheet.write_formula("B9", "=1/0", None, "#DIV/0!")

    (table,), notes = read(written(tmp_path, fill))
    assert (lines(table), table.rows) == ([["1", "#N/A", ""], ["9", "", "#DIV/0!"]], 2)
    assert notes == [("ERRORS_IN_CELLS", "report.xlsx, sheet Jobs, from cell A1", 2)]


def test_a_number_with_more_digits_than_a_sheet_keeps_is_told(tmp_path: Path) -> None:
    cells = '<c r="A1"><v>12345678901234567</v></c><c r="B1"><v>123456789012345</v></c>'
    (table,), notes = read(raw(tmp_path, f'<row r="1">{cells}</row>'))
    assert lines(table) == [["1", "12345678901234567", "123456789012345"]]
    assert notes == [("NUMBERS_TOO_LONG", "report.xlsx, sheet Jobs, from cell A1", 1)]


def test_a_carriage_return_in_a_cell_stays_inside_of_its_quotes(tmp_path: Path) -> None:
    path = written(tmp_path, lambda _, sheet: sheet.write_row("A1", ["one\rtwo", "three"]))
    (table,), _ = read(path)
    assert table.path.read_bytes().endswith(b'"1","one\rtwo","three"\n')
