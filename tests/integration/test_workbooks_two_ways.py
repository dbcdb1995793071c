"""What is cut out of a sheet without a parser is counted as a parser would have counted it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.intake.tables.workbooks.container import Container, opened
from crossdock.intake.tables.workbooks.elements import Reader
from crossdock.intake.tables.workbooks.outline import Outline, outline
from crossdock.intake.tables.workbooks.rows import thinned
from tests.integration.test_workbooks_any_table import TABLES, filling
from tests.integration.workbooks import MAIN, packed, written
from tests.tries import tries

STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="0000"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="164"/></cellXfs>'
    "</styleSheet>"
)
TEXTS = ("<si><t>Jane</t></si>", "<si><t> </t></si>", "<si><t>_x000D_</t></si>")
SHARED = f'<sst xmlns="{MAIN}">{"".join(TEXTS)}</sst>'

# What a sheet may hold, written as programs do, as they could, and in ways that are refused.
NUMBERS = ("0", "5", "-1.50", "0.07", "1E-7", "1.5E+20", "123456789012345", "1234567890123456", "")
SAID = (
    *["Jane"] * 20,
    " lead",
    "",
    " ",
    "\n",
    "a &amp; b",
    "&#10;",
    "&lt;",
    "_x000D_",
    "_x0041_",
    "_",
)
SAID += ("\u00a0", "\u2003x", "\u3000", "é", "Zoë", "a > b", "<![CDATA[x]]>", "<!-- x -->")
FORMULAS = (
    *[""] * 20,
    "<f>A1&amp;B1</f>",
    '<f aca="false">1</f>',
    '<f t="shared" si="0"/>',
    "<f/>",
)
FORMULAS += ('<f t="shared" ref="A1:A9" si="0">B1*2</f>', '<f t="array" ref="A1">B1</f>')
KINDS = ("", "", ' t="n"', ' t="b"', ' t="zz"')
BARE = (*[("", "<v>1</v>")] * 9, ("", ""), ("", "<v/>"), ("", "<x/>"), (' t="str"', "<v></v>"))
COLUMNS = (*"AAABBBCCC", "Z", "AB", "ZZ", "AAA")
WAYS = (*[""] * 20, ' spans="1:3"', ' ht="15"', ' xmlns="other"')
BETWEEN = (*[""] * 80, *["\n"] * 5, "<!-- <row> -->", '<x xmlns="other"/>')
WRONG = (
    "]]>",
    "\ufffe",
    "\x01",
    "&bad;",
    "<f>",
    "</v>",
    "</c>",
    '<row r="1"/>',
    "<!-- ",
    '<c r="XFE1"/>',
)


def valued(kinds: Sequence[str], texts: Sequence[str]) -> st.SearchStrategy[tuple[str, str]]:
    pairs = st.tuples(st.sampled_from(kinds), st.sampled_from(texts))
    return pairs.map(lambda pair: (pair[0], f"<v>{pair[1]}</v>"))


CONTENTS = st.one_of(
    valued(KINDS, NUMBERS),
    valued(KINDS[:3], ("7", "0.5")),
    valued([' t="s"'], "0000127"),
    valued([' t="str"', ' t="e"', ' t="d"'], SAID),
    st.sampled_from(SAID).map(lambda said: (' t="inlineStr"', f"<is><t>{said}</t></is>")),
    st.sampled_from(BARE),
)


@st.composite
def cells(draw: st.DrawFn, row: int, placed: bool) -> str:
    stands = f' r="{draw(st.sampled_from(COLUMNS))}{row}"' if placed else ""
    style = draw(st.sampled_from(["", "", "", ' s="1"', ' s="2"', ' s="3"']))
    if draw(st.integers(0, 9)) == 0:
        return f"<c{stands}{style}/>"
    kind, content = draw(CONTENTS)
    formula = "" if "inline" in kind else draw(st.sampled_from(FORMULAS))
    return f"<c{stands}{style}{kind}>{formula}{content}</c>"


@st.composite
def sheets(draw: st.DrawFn) -> str:
    rows, number = [], 0
    for _ in range(draw(st.integers(1, 40))):
        number += draw(st.sampled_from([1, 1, 1, 2]))
        placed = draw(st.sampled_from([True] * 20 + [False]))
        inside = "".join(draw(st.lists(cells(number, placed), max_size=5)))
        rows.append(f'<row r="{number}"{draw(st.sampled_from(WAYS))}>{inside}</row>')
        rows.append(draw(st.sampled_from(BETWEEN)))
    coding = draw(st.sampled_from([*[""] * 9, ' encoding="UTF-8"', ' encoding="ISO-8859-1"']))
    sheet = f'<?xml version="1.0"{coding}?><worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}'
    if draw(st.integers(0, 3)) == 0:
        at = draw(st.integers(sheet.index("<row"), len(sheet)))
        sheet = sheet[:at] + draw(st.sampled_from(WRONG)) + sheet[at:]
    return f"{sheet}</sheetData></worksheet>"


def found(book: Container, said: Outline, part: str, thin: bool) -> Any:
    """Return what a reader finds in a sheet, or how it ends."""
    reader = Reader(said)
    pieces = book.read(part)
    try:
        odd = list(reader.rows(thinned(pieces, reader, said) if thin else pieces))
    except (ExpatError, ValueError) as error:
        return type(error)
    return asdict(reader.count), odd


def assert_one_result(path: Path) -> None:
    with opened(path, "report.xlsx", path.parent) as book:
        said = outline(book)
        for sheet in said.sheets:
            careful = found(book, said, sheet.part, thin=False)
            assert found(book, said, sheet.part, thin=True) == careful


@settings(max_examples=tries(25), deadline=None)
@given(TABLES, st.booleans())
def test_a_table_is_counted_in_both_ways_alike(table: list[list[Any]], inline: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert_one_result(written(Path(folder), filling(table), constant_memory=inline))


@settings(max_examples=tries(60), deadline=None)
@given(sheets())
def test_any_markup_is_counted_in_both_ways_alike(sheet: str) -> None:
    parts = {
        "xl/worksheets/one.xml": sheet,
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": SHARED,
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        path.write_bytes(packed("", parts))
        assert_one_result(path)


LIBREOFFICE = (
    '<row r="{0}" customFormat="false" ht="12.8" hidden="false" customHeight="false" '
    'outlineLevel="0" collapsed="false"><c r="A{0}" s="0" t="s"><v>0</v></c>'
    '<c r="B{0}" s="1" t="n"><v>45743.5868055556</v></c><c r="C{0}" s="0"/>'
    '<c r="D{0}" s="0" t="str"><f aca="false">A{0}&amp;&quot;x&quot;</f><v>Jane</v></c></row>'
)
EXCEL = (
    '<row r="{0}" spans="1:4" x14ac:dyDescent="0.25"><c r="A{0}" t="s"><v>0</v></c>'
    '<c r="B{0}" s="1"><v>45743.586805555555</v></c><c r="C{0}" s="3"/>'
    '<c r="D{0}"><f t="shared" si="0"/><v>1.5E-2</v></c><c r="E{0}" t="b"><v>1</v></c></row>'
)


def by_openpyxl(folder: Path) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for number in range(1000):
        book.active.append([f"BOK-{number}", number, None, number / 7, True, " lead", "Zoë & co"])
    book.save(folder / "report.xlsx")
    return folder / "report.xlsx"


def by_xlsxwriter(folder: Path, inline: bool) -> Path:
    def fill(_: Any, sheet: Any) -> None:
        for number in range(1000):
            sheet.write_row(number, 0, [f"BOK-{number}", number, 1.1, True, " lead", "Zoë & co"])
            sheet.write_formula(number, 6, f"=A{number + 1}", None, "<text>")

    return written(folder, fill, constant_memory=inline)


def by_pattern(folder: Path, row: str) -> Path:
    rows = "".join(row.format(number) for number in range(1, 1001))
    start = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}"'
    sheet = f'{start} xmlns:x14ac="more"><sheetData>{rows}</sheetData></worksheet>'
    path = folder / "report.xlsx"
    parts = {"xl/sharedStrings.xml": SHARED, "xl/styles.xml": STYLES}
    path.write_bytes(packed("", {"xl/worksheets/one.xml": sheet, **parts}))
    return path


@pytest.mark.parametrize(
    "write",
    [
        by_openpyxl,
        partial(by_xlsxwriter, inline=False),
        partial(by_xlsxwriter, inline=True),
        partial(by_pattern, row=LIBREOFFICE),
        partial(by_pattern, row=EXCEL),
    ],
)
def test_of_what_programs_write_next_to_nothing_is_left_for_the_parser(
    tmp_path: Path, write: Callable[[Path], Path]
) -> None:
    path = write(tmp_path)
    with opened(path, path.name, tmp_path) as book:
        said = outline(book)
        part = said.sheets[0].part
        reader, left = Reader(said), 0

        def measured() -> Generator[bytes, None, None]:
            nonlocal left
            for piece in thinned(book.read(part), reader, said):
                left += len(piece)
                yield piece

        assert list(reader.rows(measured())) == []
        assert reader.count.rows == 1000
        assert left < sum(map(len, book.read(part))) / 50
