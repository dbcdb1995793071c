"""The first sheet of an XLSX file as rows of text.

An XLSX file is a ZIP archive of XML. Reference: Freshsales API, CSV import; certainty: documented
that XLSX is taken. That the first sheet counts, that formulas give the value the file holds, and
that a date is written in the format that was chosen, is inferred.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from posixpath import join
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from crossdock.emulator import errors

_UNREADABLE = "The file is no XLSX that can be read: save it as CSV"
_TOO_MUCH = "The file unpacks to more than can be imported: split it into smaller files"
#: A small archive can hold very much: what is unpacked, and how many cells that makes.
_LARGEST_UNPACKED = 64 * 1024 * 1024
_MOST_COLUMNS = 1_000
_MOST_CELLS = 3_000_000
_MOST_DIGITS = 40
#: The numbers of the formats that show a date or a time and need no definition.
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_UNSHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001


def read_workbook(content: bytes, date_format: str) -> list[list[str]]:
    """Return the rows of the first sheet; dates are written with a `strftime` format.

    Raises ApiError (400) for what is no workbook, or one that is too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Workbook(archive, date_format).rows()
    except (
        zipfile.BadZipFile,
        zlib.error,
        ElementTree.ParseError,
        RuntimeError,  # A password, or an unknown way of packing.
        OverflowError,
        LookupError,
        ValueError,
        EOFError,
        OSError,
    ) as problem:
        raise errors.invalid(_UNREADABLE) from problem


class _Workbook:
    def __init__(self, archive: zipfile.ZipFile, date_format: str) -> None:
        self._archive = archive
        self._left = _LARGEST_UNPACKED
        self._date_format = date_format
        self._texts = self._shared_texts()
        self._dates = self._date_styles()

    def rows(self) -> list[list[str]]:
        """Return every row, each as long as its last filled cell."""
        out, cells = [], 0
        for row in _children(self._parse(self._first_sheet()), "row"):
            found = self._row(row)
            cells += len(found)
            if cells > _MOST_CELLS:
                raise errors.invalid(_TOO_MUCH)
            out.append(found)
        return out

    def _parse(self, name: str) -> Element:
        part = self._archive.getinfo(name)
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError(part.compress_type)
        self._left -= part.file_size
        if self._left < 0:
            raise errors.invalid(_TOO_MUCH)
        body = self._archive.read(name)
        if b"<!DOCTYPE" in body:
            raise errors.invalid(_UNREADABLE)
        return ElementTree.fromstring(body)

    def _first_sheet(self) -> str:
        sheet = next(_children(self._parse("xl/workbook.xml"), "sheet"))
        wanted = next(value for name, value in sheet.items() if name.endswith("}id"))
        for each in self._parse("xl/_rels/workbook.xml.rels"):
            if each.get("Id") == wanted:
                return join("xl", each.get("Target", "")).removeprefix("/")
        raise LookupError(wanted)

    def _shared_texts(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._archive.namelist():
            return []
        return [_text(each) for each in _children(self._parse("xl/sharedStrings.xml"), "si")]

    def _date_styles(self) -> set[int]:
        """Return the numbers of the styles that show a date."""
        if "xl/styles.xml" not in self._archive.namelist():
            return set()
        styles = self._parse("xl/styles.xml")
        shown = {
            int(each.get("numFmtId", "0"))
            for each in _children(styles, "numFmt")
            if re.search("[dy]", _UNSHOWN.sub("", each.get("formatCode", "")), re.I)
        }
        used = next(_children(styles, "cellXfs"), None)
        formats = [] if used is None else [int(each.get("numFmtId", "0")) for each in used]
        return {place for place, number in enumerate(formats) if number in _DATES | shown}

    def _row(self, row: Element) -> list[str]:
        out: list[str] = []
        for cell in _children(row, "c"):
            text = self._cell(cell)
            place = _column(cell.get("r", "")) if cell.get("r") else len(out)
            if place >= _MOST_COLUMNS:
                raise errors.invalid(f"The file has more than {_MOST_COLUMNS} columns")
            if text:
                out.extend([""] * (place + 1 - len(out)))
                out[place] = text
        return out

    def _cell(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text(cell)
        value = next((each.text or "" for each in _children(cell, "v")), "")
        if kind == "s":
            return self._texts[int(value)]
        if kind == "b":
            return "true" if value == "1" else "false"
        if kind != "n" or not value:
            return value
        if int(cell.get("s", "0")) in self._dates:
            return (_FIRST_DAY + timedelta(days=float(value))).strftime(self._date_format)
        return _number(value)


def _children(element: Element, name: str) -> Iterator[Element]:
    """Yield the elements of this name below an element, whatever their namespace is."""
    return (each for each in element.iter() if each.tag.rpartition("}")[2] == name)


def _text(element: Element) -> str:
    """Return the text of a cell; its parts may be formatted each in their own way."""
    return "".join(each.text or "" for each in _children(element, "t"))


def _column(reference: str) -> int:
    """Return the place of a column: `A1` is in column 0, `AB7` in column 27."""
    place = 0
    for letter in reference.rstrip("0123456789"):
        place = place * 26 + ord(letter) - ord("A") + 1
    if place < 1:
        raise ValueError(reference)
    return place - 1


def _number(value: str) -> str:
    """Return a number without the exponent that a workbook may write it with."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    # Beyond that no field takes it, and writing it out could fill the memory.
    short = number.is_finite() and abs(number.adjusted()) < _MOST_DIGITS
    return format(number, "f") if short and "E" in value.upper() else value
