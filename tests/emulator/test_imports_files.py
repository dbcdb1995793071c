from __future__ import annotations

import io
import zipfile

import httpx2
import orjson
import pytest

from .conftest import Api
from .importing import PATH, Wizard, counts, csv_file

CONTACT = ["Last name", "Email"]
HTML = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def wizard(api: Api) -> Wizard:
    return Wizard(api)


# -- CSV ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "The file is empty: it needs a header and at least one row"),
        (b"\n \n,,\n", "The file is empty: it needs a header and at least one row"),
        (b"Last name,Email\n", "The file has a header and no rows"),
        (b"Last name,Email,Email\nA,B,C\n", "The column 'Email' stands twice in the header"),
        ("Last name,Email\nMüller,a@x.co".encode("latin-1"), "The file is not UTF-8"),
        ("Last name,Email\nA,B".encode("utf-16"), "The file is not UTF-8"),
        (b"Last name;Email\nRoe;a@x.co\n", "Map a column to Last name"),
        (b'Last name,Email\n"Roe,a@x.co\n', "The file is no CSV that can be read: line 2"),
        (b"Last name,Email\nRoe\x00,a@x.co\n", "The file is no text: save it as CSV in UTF-8"),
        (b"Last name,Email\nR" + b"o" * 200_000 + b",x\n", "The file is no CSV that can be read"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "This is an XLS file: save it as CSV or XLSX"),
        (b"PK\x03\x04" + b"x" * 100, "The file is no XLSX that can be read: save it as CSV"),
        (b"x" * (5 * 1024 * 1024 + 1), "The file is larger than 5 MB"),
        (b"x" * (6 * 1024 * 1024), "The file is larger than 5 MB"),
    ],
    ids=range(14),
)
def test_a_file_that_cannot_be_read_is_refused(wizard: Wizard, content: bytes, text: str) -> None:
    status, message = wizard.refused(content, module="contacts")
    assert status == 400
    assert message.startswith(text)


def test_a_file_of_exactly_5_mb_is_taken(wizard: Wizard) -> None:
    head = b"Last name,Email,Padding\nRoe,a@x.co,"
    tail = b"\n,," + b"x" * 99_996 + b"\n"
    size = 5 * 1024 * 1024
    rows = (size - len(head)) // len(tail)
    file = head + b"x" * (size - len(head) - rows * len(tail)) + tail * rows
    assert len(file) == size
    assert counts(wizard.upload(file, module="contacts").json()["import"]) == (1, 0, 0, rows)


def test_a_mark_at_the_start_and_line_breaks_in_cells_are_read(api: Api, wizard: Wizard) -> None:
    file = '\ufeffLast name,Email,Address\r\nÖz,a@x.co,"1 Main St\r\nPerth"\r\n'.encode()
    assert counts(wizard.upload(file, module="contacts").json()["import"]) == (1, 0, 0, 0)
    (row,) = api.account.contacts.store.rows.values()
    assert (row["last_name"], row["address"]) == ("Öz", "1 Main St\r\nPerth")


def test_a_bad_row_costs_only_itself(wizard: Wizard) -> None:
    rows = [
        ["Roe", "a@x.co"],
        ["Poe", "no address"],
        ["x" * 300, "b@x.co"],
        ["Moe"],
        ["Loe", "c@x.co"],
    ]
    run = wizard.run("contacts", CONTACT, *rows)
    assert counts(run) == (2, 0, 0, 3)
    assert wizard.reasons(run) == [
        "no address is an invalid email address",
        "Last name is not in required length",
        "Need to fill this Email",
    ]


def test_failed_rows_keep_every_column_of_their_source(wizard: Wizard) -> None:
    header = [*CONTACT, "Shoe size", ""]
    run = wizard.run("contacts", header, ["Roe", "bad", "9", "x"], ["Poe", "a@x.co", "8", ""])
    response = wizard.send("GET", f"{PATH}/{run['id']}/failed.csv")
    assert response.headers["content-type"].startswith("text/csv")
    assert response.content.decode("utf-8-sig").splitlines() == [
        "Last name,Email,Shoe size,,Import error",
        "Roe,bad,9,x,bad is an invalid email address",
    ]


def test_a_row_with_too_many_cells_fails_and_loses_none(wizard: Wizard) -> None:
    run = wizard.run("contacts", CONTACT, ["Roe", "a@x.co", "more", "still"])
    response = wizard.send("GET", f"{PATH}/{run['id']}/failed.csv")
    assert response.content.decode("utf-8-sig").splitlines()[1] == (
        "Roe,a@x.co,The row has more cells than the header,more,still"
    )


def test_failed_rows_can_be_mended_and_imported_again(wizard: Wizard) -> None:
    run = wizard.run("contacts", CONTACT, ["Roe", "bad"], ["Poe", "worse"])
    content = wizard.send("GET", f"{PATH}/{run['id']}/failed.csv").content
    again = wizard.upload(content.replace(b"Roe,bad,", b"Roe,a@x.co,"), module="contacts")
    assert counts(again.json()["import"]) == (1, 0, 0, 1)
    (left,) = wizard.failed(again.json()["import"])
    assert list(left) == ["Last name", "Email", "Import error"]


def test_there_is_no_file_of_failed_rows_where_none_failed(wizard: Wizard) -> None:
    run = wizard.run("contacts", CONTACT, ["Roe", "a@x.co"])
    for number in (run["id"], 12):
        response = wizard.send("GET", f"{PATH}/{number}/failed.csv")
        assert response.status_code == 404
        assert response.json()["errors"]["message"] == ["The requested import is not in the CRM"]


def test_what_is_remembered_of_imports_survives_as_json(api: Api, wizard: Wizard) -> None:
    run = wizard.run("contacts", CONTACT, ["Roe", "bad"])
    imports = api.account.imports
    before, state = imports.recent(), orjson.loads(orjson.dumps(imports.runs.state()))
    imports.runs.load(state)
    assert imports.recent() == before
    assert wizard.reasons(run) == ["bad is an invalid email address"]


# -- XLSX --------------------------------------------------------------------------------------

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


# -- the request and the page --------------------------------------------------------------------


@pytest.mark.parametrize(
    "more",
    [
        {"json": {"module": "contacts"}},
        {"data": {"module": "contacts"}},
        {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}},
        {"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=b"}},
        {"content": b"--b\r\n", "headers": {"Content-Type": "multipart/form-data; boundary=b"}},
        {"files": {"other": ("a.csv", b"a", "text/csv")}},
        {"files": {"file": (None, b"a")}},
        {"files": [("file", ("a.csv", b"a")), ("file", ("b.csv", b"b"))]},
        {},
    ],
)
def test_a_request_without_a_readable_file_is_refused(
    wizard: Wizard, more: dict[str, object]
) -> None:
    response = wizard.send("POST", PATH, **more)
    assert response.status_code == 400
    assert "multipart/form-data" in response.json()["errors"]["message"][0]


@pytest.mark.parametrize("mode", ["delete", "ADD"])
def test_an_unknown_mode_is_refused(wizard: Wizard, mode: str) -> None:
    file = csv_file(CONTACT, ["Roe", "a@x.co"])
    status, text = wizard.refused(file, module="contacts", mode=mode)
    assert (status, text) == (400, f"{mode!r} is no mode: choose one of add, update, skip")


def test_an_answer_for_programs_names_the_failed_rows(wizard: Wizard) -> None:
    good = wizard.run("contacts", CONTACT, ["Roe", "a@x.co"])
    bad = wizard.run("contacts", CONTACT, ["Roe", "bad"])
    assert good["failed_rows_url"] is None
    assert bad["failed_rows_url"] == f"/emulator/import/{bad['id']}/failed.csv"


def page(response: httpx2.Response, status: int = 200) -> str:
    assert response.status_code == status
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return response.text


def test_the_page_offers_what_the_plan_has(api: Api, wizard: Wizard) -> None:
    names = {"singular_name": "Site", "plural_name": "Sites", "icon": "pin"}
    api.account.modules.create({"entity_name": "cm_site", **names})
    text = page(wizard.send("GET", PATH))
    assert '<option value="cm_site">Sites</option>' in text
    assert "Avery Admin (admin@example.com)" in text
    assert "<script" not in text


def test_a_person_sees_the_counts_and_the_failed_rows(wizard: Wizard) -> None:
    file = csv_file([*CONTACT, "<b>Shoe</b>"], ["Roe", "a@x.co", "9"], ["Poe", "bad", "8"])
    text = page(wizard.upload(file, module="contacts", headers=HTML))
    assert "<b>1</b>created" in text
    assert "<b>1</b>failed" in text
    assert "/failed.csv" in text
    assert "&lt;b&gt;Shoe&lt;/b&gt;" in text
    assert "/failed.csv" in page(wizard.send("GET", PATH))


def test_a_person_sees_what_is_wrong_and_keeps_the_choices(wizard: Wizard) -> None:
    form = {"module": "deals", "mapping": "<i> = Nothing", "date_format": "YYYY/MM/DD"}
    text = page(wizard.upload(csv_file(["<i>"], ["x"]), headers=HTML, **form), 400)
    assert "&#39;Nothing&#39; is no field that a column can be mapped to" in text
    assert '<option value="deals" selected>' in text
    assert "&lt;i&gt; = Nothing" in text
