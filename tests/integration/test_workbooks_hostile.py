"""A workbook that is not what it should be is read, or refused with words; it never harms."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from crossdock.errors import (
    CrossdockError,
    ExportTooLargeError,
    ExportUnreadableError,
    RowsLostError,
)
from tests.integration.workbooks import KINDS, MAIN, NAME, cells, lines, packed, raw, read

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def shared(*texts: str) -> dict[str, str]:
    items = "".join(f"<si>{text}</si>" for text in texts)
    return {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{items}</sst>'}


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("<row><c", "not well-formed"),
        ('<row><c t="s"><v>9</v></c></row>', "string index not found"),
        ('<row r="2"><c r="A2" t="s"><v>x</v></c></row>', "its cell A2 refers to no text"),
        ('<row><c t="zz"><v>1</v></c></row>', 'attribute: "zz"'),
        ('<row><c t="e"><v>#NEW!</v></c></row>', "Unsupported cell error value '#NEW!'"),
        (ONE + ONE, "its row 1 comes after row 1"),
        ('<row r="2"/><row r="1"/>', "its row 1 comes after row 2"),
        ('<row r="2"><c r="A7"><v>1</v></c></row>', "its cell A7 stands in row 2"),
        ('<row r="2"><c r="22"><v>1</v></c></row>', "it has a cell in a column '2'"),
        ('<row r="2"><c r="2"><v>1</v></c></row>', "it has a cell in a column ''"),
        ('<row r="2"><c r="XFE2"><v>1</v></c></row>', "it has a cell in a column 'XFE'"),
        ('<row r="1048577"/>', "it has a row 1,048,577, and a sheet ends at 1,048,576"),
        ('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>', "it has a row 99,999"),
        ('<row r="x"/>', "invalid literal"),
    ],
)
def test_a_sheet_that_makes_no_sense_is_refused(tmp_path: Path, rows: str, why: str) -> None:
    with pytest.raises(ExportUnreadableError) as refused:
        read(raw(tmp_path, rows))
    assert refused.value.message.startswith("report.xlsx")
    assert why in refused.value.message
    assert "save it as .xlsx" in refused.value.next_command


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/one.xml"]
)
def test_xml_that_declares_entities_is_refused(tmp_path: Path, part: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "cccccccc"><!ENTITY d "&b;&b;&b;&b;">]><a>&d;</a>'
    with pytest.raises(ExportUnreadableError, match="its XML declares a document type"):
        read(raw(tmp_path, ONE, {part: bomb}))


def test_a_workbook_that_unpacks_to_very_much_is_refused(tmp_path: Path) -> None:
    path = raw(tmp_path, ONE, {"xl/media/photo.png": bytes(300_000_000)})
    with pytest.raises(ExportTooLargeError, match=r"report.xlsx unpacks to 300,\d+,\d+ bytes"):
        read(path)


@pytest.mark.parametrize("part", ["xl/worksheets/one.xml", "xl/theme/theme1.xml"])
def test_a_part_that_holds_more_than_it_says_is_refused(tmp_path: Path, part: str) -> None:
    content = packed(
        f"<sheetData>{ONE}{' ' * 50_000}</sheetData>", {"xl/theme/theme1.xml": "a" * 50_000}
    )
    path = tmp_path / NAME
    path.write_bytes(content)
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(part).file_size
    # The size stands in the list of parts and before the part itself.
    path.write_bytes(content.replace(size.to_bytes(4, "little"), (99).to_bytes(4, "little")))
    with pytest.raises(
        ExportUnreadableError,
        match=f"({part} holds more than it says|Bad CRC-32 for file {part!r})",
    ):
        read(path)


def test_a_cell_far_from_all_others_is_refused_before_there_is_room_for_it(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(ExportTooLargeError) as refused:
        read(raw(tmp_path, ONE + far))
    assert refused.value.message == (
        "report.xlsx, sheet Jobs reaches to row 1,048,576 and column 16,384, which is more than "
        "32,000,000 cells; 2 of them hold something."
    )
    assert "save the sheet as CSV" in refused.value.next_command


def test_empty_cells_far_from_all_others_do_no_harm(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    sheet = f'<dimension ref="A1:XFD1048576"/><sheetData>{ONE}{far}</sheetData>'
    path = tmp_path / NAME
    path.write_bytes(packed(sheet))
    (table,), _ = read(path)
    assert lines(table) == [["1", "1"]]


def test_columns_and_rows_without_their_places_are_counted_on(tmp_path: Path) -> None:
    rows = (
        '<row><c t="str"><v>a</v></c><c/><c t="str"><v>b</v></c></row><row/>'
        '<row><c r="B3"><v>1</v></c><c><v>2</v></c></row>'
    )
    (table,), _ = read(raw(tmp_path, rows))
    assert lines(table) == [["1", "a", "", "b"], ["3", "", "1", "2"]]


@pytest.mark.parametrize(
    "row",
    [
        '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>',
        '<c r="A1" t="str"><v><![CDATA[a]]></v></c><c r="B1"><v>1</v></c>',
        '<c r="A1" t="inlineStr"><v>a</v></c><c r="B1"><v>1</v></c>',
    ],
)
def test_a_value_that_only_one_of_two_readers_finds_stops(tmp_path: Path, row: str) -> None:
    with pytest.raises(RowsLostError) as lost:
        read(raw(tmp_path, f'<row r="1">{row}</row>'))
    assert lost.value.message == (
        "report.xlsx, sheet Jobs has 1 rows with 2 values, and 1 rows with 1 values could be read."
    )


def test_shared_texts_without_a_sign_are_no_value(tmp_path: Path) -> None:
    texts = shared("<t></t>", "<t> </t>", "", "<r><t>Ro</t></r><r><t>e</t></r>", "<t>_x000D_</t>")
    rows = "".join(f'<row r="{n + 1}"><c r="A{n + 1}" t="s"><v>{n}</v></c></row>' for n in range(5))
    (table,), _ = read(raw(tmp_path, rows, texts))
    assert (lines(table), table.rows) == ([["4", "Roe"]], 1)


def test_how_a_text_is_pronounced_is_not_a_part_of_it(tmp_path: Path) -> None:
    texts = shared('<t>Rao</t><rPh sb="0" eb="1"><t>RAU</t></rPh>', "<rPh><t>RAU</t></rPh>")
    rows = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
    assert cells(raw(tmp_path, rows, texts)) == [["Rao"]]


def test_other_prefixes_are_xml_too(tmp_path: Path) -> None:
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData>\n'
        '<x:row r="1">\n <x:c r="A1" t="str">\n  <x:v>Zoë</x:v>\n </x:c>\n</x:row>\n'
        "</x:sheetData></x:worksheet>"
    )
    path = raw(tmp_path, "", {"xl/worksheets/one.xml": text})
    assert cells(path) == [["Zoë"]]


def _with_sheets(sheets: str) -> dict[str, str]:
    start = f'<workbook xmlns="{MAIN}" xmlns:r="{KINDS}"><sheets>'
    return {"xl/workbook.xml": f"{start}{sheets}</sheets></workbook>"}


def test_a_workbook_without_a_sheet_has_no_table(tmp_path: Path) -> None:
    assert read(raw(tmp_path, ONE, _with_sheets(""))) == ([], [])


@pytest.mark.parametrize(
    ("sheets", "why"),
    [
        (
            '<sheet name="A" r:id="worksheet"/><sheet name="a" r:id="worksheet"/>',
            "it has two sheets with the name a",
        ),
        ('<sheet name="A" r:id="gone"/>', "its sheet A is nowhere in it"),
    ],
)
def test_sheets_that_cannot_be_told_apart_or_found_are_refused(
    tmp_path: Path, sheets: str, why: str
) -> None:
    with pytest.raises(ExportUnreadableError, match=why):
        read(raw(tmp_path, ONE, _with_sheets(sheets)))


def test_the_name_of_a_sheet_is_no_place_to_write_to(tmp_path: Path) -> None:
    sheet = '<sheet name="../../away/\u202eSheet" r:id="worksheet"/>'
    (table,), _ = read(raw(tmp_path, ONE, _with_sheets(sheet)))
    assert table.path == tmp_path / "work" / "0001.csv"
    assert table.name == "report.xlsx, sheet ../../away/\\u202eSheet"
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["0001.csv", "report.xlsx", "work"]


@pytest.mark.parametrize("kept", [0, 1, 30, 200, 600, -1, -22, -80])
def test_a_workbook_that_was_cut_is_refused(tmp_path: Path, kept: int) -> None:
    path = raw(tmp_path, ONE)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ExportUnreadableError, match=r"report\.xlsx cannot be read as a workbook"):
        read(path)


def test_a_workbook_with_a_changed_byte_is_read_or_refused(tmp_path: Path) -> None:
    good = raw(tmp_path, ONE).read_bytes()
    path = tmp_path / NAME
    for place in range(0, len(good), 3):
        path.write_bytes(good[:place] + bytes([good[place] ^ 0x55]) + good[place + 1 :])
        try:
            tables, _ = read(path)
        except CrossdockError as refused:
            assert refused.message.startswith("report.xlsx")
        else:
            assert [lines(table) for table in tables] == [[["1", "1"]]]


@pytest.mark.parametrize("before", [" ", "<!-- {} -->"])
def test_a_number_that_lies_across_two_pieces_is_one_number(tmp_path: Path, before: str) -> None:
    styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs></styleSheet>'
    head, cell = f'<worksheet xmlns="{MAIN}"><sheetData>', '<row r="1"><c r="A1" s="1"><v>0.1'
    # Filled so that a piece, of 262,144 bytes, ends behind the first digit.
    left = 262_144 - len(head + cell)
    between = before.format(" " * (left - 9)) if "{" in before else before * left
    rows = f"{between}{cell}25</v></c></row>"
    assert len(head + between + cell) == 262_144
    assert cells(raw(tmp_path, rows, {"xl/styles.xml": styles})) == [["12.5%"]]


def test_blanks_behind_a_cell_without_a_value_are_none_of_it(tmp_path: Path) -> None:
    styles = '<numFmts><numFmt numFmtId="164" formatCode="0000"/></numFmts>'
    styles = f'<styleSheet>{styles}<cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>'
    rows = '<row r="1"><c r="A1" s="0"><v/></c>\n<c r="B1"><v>1</v></c></row>\n'
    assert cells(raw(tmp_path, rows, {"xl/styles.xml": styles})) == [["", "1"]]
