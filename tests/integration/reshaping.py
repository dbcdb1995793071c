"""The same export in other shapes: what support might have sent instead."""

from __future__ import annotations

import csv
import datetime
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import xlsxwriter

Row = list[str]
#: Columns that a spreadsheet would hold as numbers and dates, not as text.
_MONEY = {"Total", "Sub Total", "Tax", "Paid", "Balance"}
_DATES = {"Issue Date", "Due Date", "Expiry Date", "Date Joined"}


def rows_of(path: Path) -> list[Row]:
    """Return a CSV file's rows, the header first."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def _each(export: Path, out: Path) -> Iterator[tuple[str, list[Row]]]:
    """Copy what is no CSV, and return the name and rows of each that is."""
    out.mkdir(parents=True)
    for path in sorted(export.iterdir()):
        if path.suffix == ".csv":
            yield path.stem, rows_of(path)
        elif path.is_file():
            (out / path.name).write_bytes(path.read_bytes())


def in_dialect(
    delimiter: str, encoding: str, line_end: str = "\n", ending: str = ".csv"
) -> Callable[[Path, Path], Path]:
    """Return what writes every list with another delimiter, encoding and line end."""

    def write(export: Path, out: Path) -> Path:
        for name, rows in _each(export, out):
            with (out / (name + ending)).open("w", encoding=encoding, newline="") as stream:
                writer = csv.writer(stream, delimiter=delimiter, lineterminator=line_end)
                writer.writerows(rows)
        return out

    return write


def with_titles_and_totals(export: Path, out: Path) -> Path:
    """Write every list as a report: titles above, totals and the time of printing below."""
    for name, rows in _each(export, out):
        with (out / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            width = len(rows[0])
            writer.writerows([[f'{name} of "Bright Clean"'], [], ["Filter: all"]])
            writer.writerows(rows)
            if width >= 4:
                writer.writerow(["Total", str(len(rows) - 1)] + [""] * (width - 2))
                writer.writerow(["Printed on 30/06/2026 at 09:00"] + [""] * (width - 1))
    return out


def with_shuffled_columns(export: Path, out: Path) -> Path:
    """Write every list with its columns the other way round and its headers in capitals."""
    for name, rows in _each(export, out):
        with (out / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            headers = [_louder(cell) for cell in rows[0]]
            csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(
                row[::-1] for row in [headers, *rows[1:]]
            )
    return out


def _louder(header: str) -> str:
    return header if header.startswith("CF:") else f"{header.upper().replace(' ', '_')}*"


def as_workbook(export: Path, out: Path) -> Path:
    """Write one workbook with a sheet for each list: titles, numbers, dates."""
    lists = list(_each(export, out))
    with xlsxwriter.Workbook(out / "export.xlsx") as book:
        money = book.add_format({"num_format": "$#,##0.00"})
        date = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, (name, rows) in enumerate(lists, 1):
            sheet = book.add_worksheet(f"{number} {name}"[:31])
            sheet.merge_range(0, 0, 0, 3, f"{name} report")
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    at = (place + 2, column)
                    header = rows[0][column] if place else ""
                    if header in _MONEY and _number(cell) is not None:
                        sheet.write_number(*at, _number(cell), money)
                    elif header in _DATES and cell:
                        moment = datetime.datetime.strptime(cell, "%d/%m/%Y")  # noqa: DTZ007
                        sheet.write_datetime(*at, moment, date)
                    else:
                        sheet.write_string(*at, cell)
    return out


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace("$", "").replace(",", ""))
    except ValueError:
        return None


def as_zip_in_zip(export: Path, out: Path) -> Path:
    """Pack the export into an archive, and that into another one."""
    out.mkdir(parents=True)
    inner = out / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        for path in sorted(p for p in export.rglob("*") if p.is_file()):
            archive.write(path, f"bright clean/{path.relative_to(export)}")
    with zipfile.ZipFile(out / "outer.zip", "w") as archive:
        archive.write(inner, "from support/inner.zip")
    return out / "outer.zip"


def split_in_three(export: Path, out: Path) -> Path:
    """Write every list as three files, each with the header."""
    for name, rows in _each(export, out):
        for part in range(3):
            with (out / f"{name} {part + 1}.csv").open("w", encoding="utf-8", newline="") as stream:
                size = -(-(len(rows) - 1) // 3)
                some = rows[1 + part * size : 1 + (part + 1) * size]
                csv.writer(stream).writerows([rows[0], *some])
    return out
