"""XLSX files."""

from __future__ import annotations

import io
import zipfile

import pytest

from .conftest import Api
from .importing import Wizard, counts

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(rows: str, **parts: str) -> bytes:
    """Return an XLSX file whose first sheet has these rows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="A" sheetId="1" r:id="rId7"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="rId7" Target="worksheets/one.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/one.xml", f'<worksheet xmlns="{MAIN}">{rows}</worksheet>')
        for name, text in parts.items():
            archive.writestr(f"xl/{name}.xml", text)
    return out.getvalue()


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
        ('<row><c t="s"><v>9</v></c></row>', {}),
        ('<row><c t="s"><v>x</v></c></row>', {}),
        ('<row><c s="1"><v>1E300</v></c></row>', {"styles": STYLES}),
        ('<row><c s="1"><v>x</v></c></row>', {"styles": STYLES}),
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
    status, text = wizard.refused(
        workbook('<row><c r="XFD1" t="str"><v>x</v></c></row>'), module="contacts"
    )
    assert (status, text) == (400, "The file has more than 1000 columns")
