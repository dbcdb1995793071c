"""Workbooks that tests write, with two writers that are not ours, or as XML."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from crossdock.intake.tables import workbooks
from crossdock.intake.tables.table import Plain

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
NAME = "report.xlsx"

Note = tuple[str, str, int]


def written(folder: Path, fill: Callable[[Any, Any], None], **options: Any) -> Path:
    """Write a workbook with XlsxWriter; `fill` gets the workbook and its first sheet, `Jobs`."""
    path = folder / NAME
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, **options}) as book:
        fill(book, book.add_worksheet("Jobs"))
    return path


def packed(sheet: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a workbook whose only sheet, `Jobs`, has this XML; `parts` come on top, or instead."""
    relations = "".join(
        f'<Relationship Id="{kind}" Type="{KINDS}/{kind}" Target="{target}"/>'
        for kind, target in {
            "worksheet": "worksheets/one.xml",
            "sharedStrings": "sharedStrings.xml",
            "styles": "styles.xml",
        }.items()
    )
    made: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" '
        f'Type="{KINDS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{KINDS}"><sheets>'
        '<sheet name="Jobs" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}'
        "</Relationships>",
        "xl/worksheets/one.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**made, **(parts or {})}.items():
            archive.writestr(name, content)
    return out.getvalue()


def raw(folder: Path, rows: str, parts: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a workbook whose only sheet has these rows, as XML."""
    path = folder / NAME
    path.write_bytes(packed(f"<sheetData>{rows}</sheetData>", parts))
    return path


def read(path: Path) -> tuple[list[Plain], list[Note]]:
    """Read a workbook into a folder beside it."""
    folder = path.parent / "work"
    folder.mkdir(exist_ok=True)
    return workbooks.plain(path, folder, path.name)


def lines(plain: Plain) -> list[list[str]]:
    """Return a plain table's lines below its first, as they are."""
    with plain.path.open(encoding="utf-8", newline="") as stream:
        first, *rest = csv.reader(stream)
    assert first == ["_line", *(f"c{number}" for number in range(1, len(first)))]
    return rest


def cells(path: Path) -> list[list[str]]:
    """Return the rows of the first sheet, without their numbers."""
    return [line[1:] for line in lines(read(path)[0][0])]


def rows_by_openpyxl(path: Path) -> dict[str, int]:
    """Count the rows with a value of each sheet, with openpyxl."""
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: sum(
            any(str(value).strip() for value in row if value is not None)
            for row in sheet.iter_rows(values_only=True)
        )
        for sheet in book.worksheets
    }
