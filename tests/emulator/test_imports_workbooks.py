"""XLSX files."""

from __future__ import annotations

import io
import zipfile

import pytest

from .conftest import Api
from .importing import Wizard, counts

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(rows: str, **parts: str) -> bytes:
    """Return an XLSX file whose first sheet has these rows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="A" sheetId="1" r:id="rId7"/></sheets></workbook>',
        )
        archive.writestr("_rels/.rels", _relations({"rId1": ("officeDocument", "xl/workbook.xml")}))
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            _relations(
                {
                    "rId7": ("worksheet", "worksheets/one.xml"),
                    "rId8": ("sharedStrings", "sharedStrings.xml"),
                    "rId9": ("styles", "styles.xml"),
                }
            ),
        )
        archive.writestr("xl/worksheets/one.xml", f'<worksheet xmlns="{MAIN}">{rows}</worksheet>')
        for name, text in parts.items():
            archive.writestr(f"xl/{name}.xml", text)
    return out.getvalue()


def _relations(parts: dict[str, tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in parts.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{each}</Relationships>'


SHARED = f"""<sst xmlns="{MAIN}"><si><t>Last name</t></si><si><t>Email</t></si>
<si><r><t>Ro</t></r><r><t>e</t></r></si></sst>"""
STYLES = f"""<styleSheet xmlns="{MAIN}">
<numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>
<numFmt numFmtId="165" formatCode='0.0 "days"'/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>
</styleSheet>"""


def test_a_workbook_is_read_like_a_csv_file(api: Api, wizard: Wizard) -> None:
    rows = """<sheetData><row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>
    <c r="D1" t="inlineStr"><is><t>Mobile</t></is></c></row><row/>
    <row><c r="A3" t="s"><v>2</v></c><c r="B3" t="str"><v>a@x.co</v></c>
    <c r="D3"><v>6.1412345678E10</v></c></row></sheetData>"""
    response = wizard.upload(workbook(rows, sharedStrings=SHARED), module="contacts")
    assert counts(response.json()["import"]) == (1, 0, 0, 0)
    (row,) = api.account.contacts.store.rows.values()
    assert (row["last_name"], row["email"], row["mobile_number"]) == (
        "Roe",
        "a@x.co",
        "61412345678",
    )


@pytest.mark.parametrize("written", ["DD/MM/YYYY", "MM/DD/YYYY", "YYYY/MM/DD"])
@pytest.mark.parametrize("style", [1, 2])
def test_a_date_of_a_workbook_is_read_in_any_format(
    api: Api, wizard: Wizard, written: str, style: int
) -> None:
    rows = f"""<sheetData><row><c t="str"><v>Deal name</v></c><c t="str"><v>Deal value</v></c>
    <c t="str"><v>Closed date</v></c><c t="str"><v>Deal stage</v></c></row>
    <row><c t="str"><v>Clean</v></c><c s="3"><v>12.5</v></c><c s="{style}"><v>45082</v></c>
    <c t="str"><v>Won</v></c></row></sheetData>"""
    wizard.upload(workbook(rows, styles=STYLES), module="deals", date_format=written)
    (row,) = api.account.deals.store.rows.values()
    assert (row["amount"], row["closed_date"]) == ("12.5", "2023-06-05")


@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        ("<sheetData><row><c", {}),
        ('<sheetData><row><c t="s"><v>9</v></c></row></sheetData>', {}),
        ('<sheetData><row><c t="s"><v>x</v></c></row></sheetData>', {}),
        ('<sheetData><row><c r="AAAA1"><v>1</v></c></row></sheetData>', {}),
        ("", {"sharedStrings": f'<!DOCTYPE a [<!ENTITY b "c">]><sst xmlns="{MAIN}">&b;</sst>'}),
    ],
)
def test_a_broken_workbook_is_refused(wizard: Wizard, rows: str, parts: dict[str, str]) -> None:
    status, text = wizard.refused(workbook(rows, **parts), module="contacts")
    assert (status, text) == (400, "The file is no XLSX that can be read: save it as CSV")


def test_an_archive_that_is_no_workbook_is_refused(wizard: Wizard) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("letter.txt", "hello")
    status, text = wizard.refused(out.getvalue(), module="contacts")
    assert (status, text) == (400, "The file is no XLSX that can be read: save it as CSV")


def test_a_workbook_that_unpacks_to_very_much_is_refused(wizard: Wizard) -> None:
    status, text = wizard.refused(workbook(" " * (65 * 1024 * 1024)), module="contacts")
    assert (status, text) == (
        400,
        "The file unpacks to more than can be imported: split it into smaller files",
    )


def test_a_cell_far_to_the_right_is_refused(wizard: Wizard) -> None:
    cell = '<c r="XFD1" t="str"><v>x</v></c>'
    status, text = wizard.refused(
        workbook(f"<sheetData><row>{cell}</row></sheetData>"), module="contacts"
    )
    assert (status, text) == (400, "The file has more than 1000 columns")


@pytest.mark.parametrize(
    "rows",
    [
        '<row><c><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="9999999"><c r="A9999999"><v>1</v></c></row>',
        "<row>" + "<c><v>1</v></c>" * 3000 + "</row>" + "<row/>" * 3000,
    ],
)
def test_cells_that_are_far_from_each_other_are_refused(wizard: Wizard, rows: str) -> None:
    status, text = wizard.refused(workbook(f"<sheetData>{rows}</sheetData>"), module="contacts")
    assert (status, text) == (
        400,
        "The file unpacks to more than can be imported: split it into smaller files",
    )


@pytest.mark.parametrize(
    ("value", "read"), [("x", "x"), ("1E30", "1" + "0" * 30), ("9E99", "9E+99")]
)
def test_a_date_that_is_none_is_read_as_it_stands(
    api: Api, wizard: Wizard, value: str, read: str
) -> None:
    rows = f"""<sheetData><row><c t="str"><v>Last name</v></c><c t="str"><v>Email</v></c></row>
    <row><c s="1"><v>{value}</v></c><c t="str"><v>a@x.co</v></c></row></sheetData>"""
    wizard.upload(workbook(rows, styles=STYLES), module="contacts")
    (row,) = api.account.contacts.store.rows.values()
    assert row["last_name"] == read
